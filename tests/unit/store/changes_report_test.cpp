// The report "changes" over real analysis databases: what it says of a first run, of nothing, and of each group.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/store/comparison.hpp"
#include "made_run.hpp"
#include "report_of_sample.hpp"

namespace {

using dossier::test::as_text;
using dossier::test::MadeRun;
using dossier::test::OptionMap;
using dossier::test::rows_in_words;
using dossier::test::Said;
using dossier::test::TemporaryFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<Said> report_between(MadeRun const& before, MadeRun const& after, OptionMap const& options = {}) {
    TemporaryFolder folder;
    auto const earlier = folder.file("before.sqlite"), later = folder.file("after.sqlite");
    before.write(earlier), after.write(later);
    (void)dossier::add_changes(later, earlier);
    auto run = dossier::test::run_report(dossier::test::library_of("changes"), later, options);
    EXPECT_EQ(run.status, DOSSIER_OK) << run.error;
    EXPECT_THAT(problems_in(run.blocks), testing::IsEmpty());
    return run.blocks;
}

/// The second run: b flipped for its text, an article and a factor are new, the tea claim reads otherwise.
MadeRun changed() {
    MadeRun run;
    run.rewrite(1);
    run.support(1, "causes", "Coffee drunk before noon does disturb sleep.");
    run.add_article("new", "Coffee in space", "Coffee disturbs sleep in orbit.");
    run.support(6, "causes", "Coffee disturbs sleep in orbit.");
    run.mention(6, "genes", dossier::FactorDirection::raises, "Slow metabolism raises it.");
    run.registry.claims[2].statement = "Tea does not.";
    run.info.registry_sha256 = std::string(64, '9');
    return run;
}

TEST(ChangesReport, SaysOfAFirstRunThatItIsOne) {
    MadeRun const run;
    TemporaryFolder folder;
    run.write(folder.file("analysis.sqlite"));
    auto const said =
        dossier::test::run_report(dossier::test::library_of("changes"), folder.file("analysis.sqlite"), {});
    EXPECT_THAT(as_text(said.blocks), HasSubstr("There is no earlier run to compare this one with."));
    EXPECT_EQ(said.blocks.size(), 2u);
}

TEST(ChangesReport, SaysInOneSentenceThatNothingChanged) {
    auto const blocks = report_between(MadeRun(), MadeRun());
    EXPECT_THAT(as_text(blocks), HasSubstr("Nothing changed since the run that speaks for 2026-11-22."));
    EXPECT_EQ(blocks.size(), 2u);
}

TEST(ChangesReport, CountsWhatChangedAndBeginsWithTheVerdicts) {
    auto const text = as_text(report_between(MadeRun(), changed()));
    EXPECT_THAT(text, HasSubstr("Since the run that speaks for 2026-11-22: 5 parts of verdicts, 2 stances, 2 changes of"
                                " articles, 1 risk factor, 1 change of claims or decisions, 1 change of rules or"
                                " inputs."));
    auto last = std::string::npos;
    for (auto const* title : {"Verdicts", "Stances of articles", "Articles", "Risk factors", "Claims, and what",
                              "What the run was given"}) {
        auto const at = text.find(std::string("## ") + title);
        ASSERT_NE(at, std::string::npos) << title << "\n" << text;
        EXPECT_TRUE(last == std::string::npos || last < at) << title;
        last = at;
    }
}

TEST(ChangesReport, GivesEachVerdictItsWordsAndItsCause) {
    EXPECT_THAT(rows_in_words(report_between(MadeRun(), changed()), "verdicts"),
                Contains("Evening coffee causes insomnia.|direction|evenly divided|leans towards support|1 stance "
                         "flipped, 1 article new"));
}

TEST(ChangesReport, ShowsAFlippedStanceWithItsQuotesBeforeAndNow) {
    auto const rows = rows_in_words(report_between(MadeRun(), changed()), "stances");
    EXPECT_THAT(rows,
                ElementsAre("Evening coffee causes insomnia.|b|flipped|refutes|supports|the article's text changed; "
                            "something else in the registry changed|Coffee drunk before noon does not disturb sleep.|"
                            "Coffee drunk before noon does disturb sleep.",
                            "Evening coffee causes insomnia.|Coffee in space|new||supports|the article is new||Coffee "
                            "disturbs sleep in orbit."));
}

TEST(ChangesReport, NamesTheRestByWhatPeopleCallIt) {
    auto const blocks = report_between(MadeRun(), changed());
    EXPECT_THAT(rows_in_words(blocks, "articles-changed-table"),
                ElementsAre("b|changed|text|000000000000…|111111111111…|its file changed",
                            "Coffee in space|new|||Coffee in space|an input of the run changed"));
    EXPECT_THAT(rows_in_words(blocks, "factors-changed-table"),
                ElementsAre("slow metabolism|named now|||raises|1 article names it now: the article is new"));
    EXPECT_THAT(rows_in_words(blocks, "claims-changed-table"),
                ElementsAre(StartsWith("Tea does not.|claim changed|statement|Tea does the same.|Tea does not.|")));
    EXPECT_THAT(rows_in_words(blocks, "rules-changed-table"),
                ElementsAre(StartsWith("|registry|definitions|bbbbbbbbbbbb…|999999999999…|")));
}

TEST(ChangesReport, NamesClaimsAndArticlesThatAreGoneByTheirIds) {
    MadeRun after;
    after.remove(3);
    EXPECT_THAT(rows_in_words(report_between(MadeRun(), after), "stances"),
                ElementsAre(StartsWith("Evening coffee causes insomnia.|d|lost|mixed||the article is gone|")));
}

TEST(ChangesReport, LeavesOutWhatItIsToldTo) {
    auto const blocks = report_between(MadeRun(), changed(), {{"most", std::int64_t{1}}, {"quotes", false}});
    EXPECT_THAT(rows_in_words(blocks, "stances"),
                ElementsAre("Evening coffee causes insomnia.|b|flipped|refutes|supports|the article's text changed; "
                            "something else in the registry changed"));
    EXPECT_THAT(as_text(blocks), HasSubstr("And 1 more; the option most shows them."));
}

TEST(ChangesReport, SaysThatNoVerdictChangedWhereOnlyOthersDid) {
    MadeRun after;
    after.articles[1].risk_of_bias.value = "some concerns";
    after.info.lexicon_sha256 = std::string(64, '9');
    auto const text = as_text(report_between(MadeRun(), after));
    EXPECT_THAT(text, Not(HasSubstr("## Verdicts")));
    EXPECT_THAT(text, HasSubstr("No verdict changed."));
}

}  // namespace
