#include "dossier/job/checked_quotes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier;

ArticleInput text_with(std::string bytes) {
    ArticleInput input;
    input.format = sources::Format::text;
    input.bytes = std::move(bytes);
    return input;
}

TEST(CheckedQuotes, StandPlainlyWhereTheirBytesAreTheirWords) {
    auto const input = text_with("Lamps.\nA lamp \n at night harms sleep.\n");
    EXPECT_TRUE(stands_plainly(input, {7, 37}, "A lamp at night harms sleep."));
    EXPECT_FALSE(stands_plainly(input, {7, 37}, "A lamp at night helps sleep."));
    EXPECT_FALSE(stands_plainly(input, {7, 36}, "A lamp at night harms sleep."));
    EXPECT_FALSE(stands_plainly(input, {7, 38}, "A lamp at night harms sleep. "));
    EXPECT_FALSE(stands_plainly(input, {7, 99}, "A lamp at night harms sleep."));
    EXPECT_FALSE(stands_plainly(input, {7, 7}, ""));
}

TEST(CheckedQuotes, AreNoneWhereTheirWhiteSpaceIsNotFolded) {
    for (auto const* text :
         {"A lamp  harms sleep.", "A lamp\nharms sleep.", "A\tlamp harms sleep.", "A lamp harms\rsleep.",
          " A lamp harms sleep.", "A lamp harms sleep. ", "\nA lamp", "A lamp\n", " "}) {
        std::string_view const quote = text;
        EXPECT_FALSE(stands_plainly(text_with(text), {0, quote.size()}, quote)) << '"' << text << '"';
    }
}

TEST(CheckedQuotes, OfOtherFormatsAndOfRecordsAreToBeLookedAtClosely) {
    auto input = text_with("A lamp harms sleep.");
    EXPECT_TRUE(stands_plainly(input, {0, 19}, "A lamp harms sleep."));
    input.origin.record = 1;
    EXPECT_FALSE(stands_plainly(input, {0, 19}, "A lamp harms sleep."));
    input.origin.record = 0;
    input.format = sources::Format::html;
    EXPECT_FALSE(stands_plainly(input, {0, 19}, "A lamp harms sleep."));
}

TEST(CheckedQuotes, OfAnArticleStandOnlyTogether) {
    auto const input = text_with("A lamp harms sleep.");
    ArticleEvidence evidence;
    EXPECT_TRUE(stand_plainly(input, evidence)) << "there is none";
    evidence.items.emplace_back();
    evidence.items[0].quote = "A lamp", evidence.items[0].bytes = {0, 6};
    evidence.mentions.emplace_back();
    evidence.mentions[0].quote = "harms", evidence.mentions[0].bytes = {7, 12};
    evidence.quantities.emplace_back();
    evidence.quantities[0].quote = "sleep.", evidence.quantities[0].bytes = {13, 19};
    EXPECT_TRUE(stand_plainly(input, evidence));
    auto item = evidence, mention = evidence, quantity = evidence;
    item.items[0].quote = "A lump", mention.mentions[0].quote = "hurts", quantity.quantities[0].quote = "sheep.";
    for (auto const& wrong : {item, mention, quantity})
        EXPECT_FALSE(stand_plainly(input, wrong));
}

TEST(StateOfAFile, IsNotKnownWhereTheFileIsGoneOrNoFileOrWasChangedJustNow) {
    dossier_test::TemporaryFolder const made;
    auto const folder = made.path().string();
    EXPECT_EQ(state_of_file(folder, "a.txt"), 0u);
    EXPECT_EQ(state_of_file(made.path().parent_path().string(), made.path().filename().string()), 0u);
    std::ofstream(made.path() / "a.txt") << "Lamps.";
    EXPECT_EQ(state_of_file(folder, "a.txt"), 0u);
    fs::last_write_time(made.path() / "a.txt", fs::file_time_type::clock::now() - std::chrono::hours(24));
    EXPECT_EQ(state_of_file(folder, "a.txt"), 0u) << "its times were set just now, and may lie";
}

TEST(StateOfAFile, IsThatOfTheFileThatALinkLeadsTo) {
    auto const program = fs::canonical("/bin/sh");  // old enough
    auto const state = state_of_file(program.parent_path().string(), program.filename().string());
    EXPECT_NE(state, 0u);
    EXPECT_EQ(state_of_file("", program.string()), state);
    dossier_test::TemporaryFolder const made;
    fs::create_symlink(program, made.path() / "link");
    EXPECT_EQ(state_of_file(made.path().string(), "link"), state);
    EXPECT_NE(state_of_file("", fs::canonical("/bin/cat").string()), state);
}

}  // namespace
