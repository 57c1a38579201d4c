#include "dossier/plugin/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using dossier::ComponentDescription;
using dossier::Diagnostics;
using dossier::JobOption;
using dossier::OptionDeclaration;
using dossier::OptionScalar;
using dossier::OptionType;
using testing::ElementsAre;

OptionDeclaration declared(std::string key, OptionType type, OptionScalar fallback) {
    OptionDeclaration option;
    option.key = std::move(key);
    option.type = type;
    option.fallback = std::move(fallback);
    return option;
}

ComponentDescription component() {
    ComponentDescription made;
    made.name = "stance-table";
    auto decimals = declared("decimals", OptionType::integer, std::int64_t{2});
    decimals.minimum = 0, decimals.maximum = 6;
    auto share = declared("cut_off", OptionType::real, 0.5);
    share.minimum = 0.25, share.maximum = 1.0;
    auto order = declared("order", OptionType::text, std::string("claim"));
    order.choices = {"claim", "agreement"};
    made.options = {decimals, share, order, declared("quotes", OptionType::boolean, true),
                    declared("title", OptionType::text, std::string())};
    return made;
}

JobOption said(std::string key, OptionScalar value, std::size_t line = 7) {
    JobOption option;
    option.key = std::move(key);
    option.value = std::move(value);
    option.key_place = {"a.job.toml", line, 1, option.key.size()};
    option.value_place = {"a.job.toml", line, option.key.size() + 4, 1};
    option.key_line = option.value_line = "the line";
    return option;
}

dossier::Diagnostic only_mistake(JobOption option) {
    Diagnostics diagnostics;
    std::vector<JobOption> const options = {std::move(option)};
    (void)dossier::resolve_options(component(), options, diagnostics);
    EXPECT_EQ(diagnostics.items().size(), 1U);
    return diagnostics.empty() ? dossier::Diagnostic() : diagnostics.items().front();
}

TEST(DigestText, TellsApartNumbersThatDifferInTheirLastDigitOnly) {
    std::vector<OptionScalar> const values{
        1e-7, 2e-7, 0.1, std::nextafter(0.1, 1.0), 1e300, std::int64_t{7}, true, false, std::string("text")};
    std::set<std::string> texts;
    for (auto const& value : values)
        texts.insert(dossier::digest_text(value));
    EXPECT_EQ(texts.size(), values.size());
    EXPECT_EQ(dossier::digest_text(0.5), "0.5");
    EXPECT_EQ(dossier::digest_text(std::string("text")), "text");
}

TEST(ResolveOptions, GivesTheDefaultsInOrderWhereTheJobIsSilent) {
    Diagnostics diagnostics;
    auto const values = dossier::resolve_options(component(), {}, diagnostics);
    ASSERT_EQ(values.size(), 5U);
    EXPECT_EQ(values[0].key, "decimals");
    EXPECT_EQ(std::get<std::int64_t>(values[0].value), 2);
    EXPECT_EQ(std::get<std::string>(values[2].value), "claim");
    EXPECT_TRUE(diagnostics.empty());
}

TEST(ResolveOptions, TakesWhatTheJobSays) {
    Diagnostics diagnostics;
    std::vector<JobOption> const options = {said("order", std::string("agreement")), said("quotes", false),
                                            said("decimals", std::int64_t{6}), said("title", std::string("any text"))};
    auto const values = dossier::resolve_options(component(), options, diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(std::get<std::int64_t>(values[0].value), 6);
    EXPECT_EQ(std::get<std::string>(values[2].value), "agreement");
    EXPECT_FALSE(std::get<bool>(values[3].value));
    EXPECT_EQ(std::get<std::string>(values[4].value), "any text");
}

TEST(ResolveOptions, TakesAWholeNumberForANumberButNotTheReverse) {
    Diagnostics diagnostics;
    std::vector<JobOption> const options = {said("cut_off", std::int64_t{1})};
    auto const values = dossier::resolve_options(component(), options, diagnostics);
    EXPECT_EQ(std::get<double>(values[1].value), 1.0);
    EXPECT_TRUE(diagnostics.empty());
    auto const mistake = only_mistake(said("decimals", 2.0));
    EXPECT_EQ(mistake.code, "DOS0511");
    EXPECT_EQ(mistake.message, "option \"decimals\" takes a whole number, not 2");
    EXPECT_THAT(mistake.notes, ElementsAre("allowed: 0 to 6"));
}

TEST(ResolveOptions, NamesTheNearestKeyOfAnUnknownOne) {
    auto const mistake = only_mistake(said("decimal", std::int64_t{2}));
    EXPECT_EQ(mistake.code, "DOS0510");
    EXPECT_EQ(mistake.message, "report \"stance-table\" has no option \"decimal\"; did you mean \"decimals\"?");
    EXPECT_THAT(mistake.notes, ElementsAre("its options: cut_off, decimals, order, quotes, title"));
    EXPECT_EQ(mistake.place.line, 7U);
    EXPECT_EQ(mistake.place.column, 1U);
    EXPECT_EQ(mistake.source_line, "the line");
}

TEST(ResolveOptions, SaysWhichNumbersAreAllowed) {
    auto const mistake = only_mistake(said("cut_off", 0.2));
    EXPECT_EQ(mistake.code, "DOS0512");
    EXPECT_EQ(mistake.message, "option \"cut_off\" cannot be 0.2");
    EXPECT_THAT(mistake.notes, ElementsAre("allowed: 0.25 to 1"));
    EXPECT_EQ(mistake.place.column, 11U);
}

TEST(ResolveOptions, SaysWhichWordsAreAllowed) {
    auto const mistake = only_mistake(said("order", std::string("claims")));
    EXPECT_EQ(mistake.code, "DOS0513");
    EXPECT_EQ(mistake.message, "option \"order\" cannot be \"claims\"; did you mean \"claim\"?");
    EXPECT_THAT(mistake.notes, ElementsAre("choices: claim, agreement"));
}

TEST(ResolveOptions, SaysOfEveryTypeWhatItTakes) {
    EXPECT_EQ(only_mistake(said("quotes", std::string("yes"))).message,
              "option \"quotes\" takes true or false, not \"yes\"");
    EXPECT_EQ(only_mistake(said("order", true)).message, "option \"order\" takes text, not true");
    EXPECT_EQ(only_mistake(said("cut_off", std::string("half"))).message,
              "option \"cut_off\" takes a number, not \"half\"");
}

TEST(ResolveOptions, FindsAllMistakesAtOnceAndStillGivesEveryValue) {
    Diagnostics diagnostics;
    std::vector<JobOption> const options = {said("nonsense", true, 3), said("decimals", std::int64_t{7}, 4),
                                            said("order", std::string("x"), 5)};
    auto const values = dossier::resolve_options(component(), options, diagnostics);
    EXPECT_EQ(diagnostics.items().size(), 3U);
    EXPECT_EQ(values.size(), 5U);
    EXPECT_EQ(std::get<std::int64_t>(values[0].value), 2);
}

TEST(Names, OfComponentsKeysAndFiles) {
    EXPECT_TRUE(dossier::is_component_name("stance-table"));
    for (char const* const bad : {"", "Stance", "-a", "a_b", "1a", "a b", "ä"})
        EXPECT_FALSE(dossier::is_component_name(bad)) << bad;
    EXPECT_FALSE(dossier::is_component_name(std::string(65, 'a')));
    EXPECT_TRUE(dossier::is_key("n_articles"));
    EXPECT_FALSE(dossier::is_key("n-articles"));
    EXPECT_TRUE(dossier::is_output_file_name("2.table-1_a.csv"));
    for (char const* const bad : {"", ".", "..", ".hidden", "../x", "a/b", "A.csv", "a\n"})
        EXPECT_FALSE(dossier::is_output_file_name(bad)) << bad;
}

}  // namespace
