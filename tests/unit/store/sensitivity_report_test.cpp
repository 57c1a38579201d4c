// The reports "sensitivity" and "evidence-map" over a real analysis database: what matters comes first, gaps have names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report_of_sample.hpp"

namespace {

using dossier::test::as_text;
using dossier::test::blocks_of;
using dossier::test::rows_in_words;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using testing::Contains;
using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

bool has_chart(std::vector<Said> const& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [](Said const& said) { return said.kind == DOSSIER_CHART; });
}

/// Four sources support "causes" and none refutes it; "tolerance" rests on one; "tea" on none.
SampleAnalysis unanimous() {
    SampleAnalysis sample;
    sample.articles.clear(), sample.evidence.clear();
    for (auto const* id : {"one", "two", "three", "four"}) {
        sample.add_article(id, std::string("On ") + id, std::string("It does, says ") + id + ".");
        sample.support(sample.articles.size() - 1, "causes", std::string("It does, says ") + id + ".");
    }
    sample.support(0, "tolerance", "They get used to it.");
    return sample;
}

TEST(SensitivityReport, NamesTheOnlySourceOfAVerdict) {
    auto const text = as_text(blocks_of("sensitivity", unanimous()));
    EXPECT_THAT(text, HasSubstr("Rests on one source"));
    EXPECT_THAT(text, HasSubstr("Regular drinkers become tolerant (“On one”)"));
}

TEST(SensitivityReport, CountsEachVerdictOnce) {
    auto const text = as_text(blocks_of("sensitivity", unanimous()));
    EXPECT_THAT(text, HasSubstr("2 verdicts of 3 claims rest on evidence. Of these, 1 rests on one source, 0 would read"
                                " otherwise if one source were left out, 0 only if articles or sources were chosen or"
                                " counted differently, and no single change that was tried turns 1."));
}

TEST(SensitivityReport, ListsTheMostFragileVerdictFirstAndNothingWithoutEvidence) {
    auto const rows = rows_in_words(blocks_of("sensitivity", unanimous()), "fragility");
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_THAT(rows[0], StartsWith("Regular drinkers become tolerant."));
    EXPECT_THAT(rows[1], StartsWith("Evening coffee causes insomnia.|"));
    EXPECT_THAT(rows[1], HasSubstr("|4 of 4|"));
}

TEST(SensitivityReport, SaysAlikeWhatIfsInOneRow) {
    auto const rows = rows_in_words(blocks_of("sensitivity", unanimous()), "what-ifs");
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                            [](std::string const& row) {
                                return row.find("without any one of the 4 sources that support|") != std::string::npos;
                            }),
              1);
}

TEST(SensitivityReport, LeavesOutAnArticleOnlyWhereItsSourceHasSeveral) {
    for (auto const& row : rows_in_words(blocks_of("sensitivity", unanimous()), "what-ifs"))
        EXPECT_THAT(row, Not(HasSubstr("without the article")));
}

TEST(SensitivityReport, CanLeaveOutWhatChangesNothing) {
    auto const blocks = blocks_of("sensitivity", unanimous(), {{"only_flips", true}});
    EXPECT_THAT(rows_in_words(blocks, "what-ifs"), IsEmpty());
    EXPECT_THAT(rows_in_words(blocks, "without-effect"), IsEmpty());
    EXPECT_THAT(rows_in_words(blocks, "flips"), Not(IsEmpty()));
    EXPECT_FALSE(has_chart(blocks_of("sensitivity", unanimous(), {{"chart", false}})));
}

TEST(SensitivityReport, SaysOnceWhatWasTriedWithoutEffect) {
    auto const rows = rows_in_words(blocks_of("sensitivity", unanimous()), "without-effect");
    EXPECT_THAT(rows, Contains("only sources at low risk of bias|no source that informs the claim is appraised|2|all"));
    EXPECT_THAT(rows, Contains("articles are mixed below a share of 0.50, 0.60, 0.70, 0.80, 0.90|no article's stance "
                               "depends on it|2|all"));
}

TEST(SensitivityReport, SaysHowManyRowsItLeavesOut) {
    auto const blocks = blocks_of("sensitivity", SampleAnalysis(), {{"max_rows", std::int64_t{2}}});
    EXPECT_EQ(rows_in_words(blocks, "what-ifs").size(), 2u);
    EXPECT_THAT(as_text(blocks), ContainsRegex("further rows? not shown \\(option max_rows\\)"));
}

TEST(EvidenceMapReport, CountsIndependentSourcesPerKindOfStudy) {
    auto const rows = rows_in_words(blocks_of("evidence_map", SampleAnalysis()), "sources-by-kind");
    // "b" and its copy are one source.
    EXPECT_THAT(rows, ElementsAre("Evening coffee causes insomnia.|randomised trial|1|1|0|0",
                                  "Evening coffee causes insomnia.|not stated|2|0|1|1",
                                  "Regular drinkers become tolerant.|randomised trial|1|1|0|0"));
}

TEST(EvidenceMapReport, CountsASourceUnderEachKindAndStanceOfItsArticlesButOnceInAll) {
    SampleAnalysis sample;
    sample.articles[1].study_design.value = sample.articles[2].study_design.value = "cohort study";
    sample.add_article("b retold", "", "Coffee drunk before noon does not disturb sleep.");
    sample.articles.back().study_design.value = "news report";
    sample.support(sample.articles.size() - 1, "causes", "Late coffee is another matter.");
    auto const blocks = blocks_of("evidence_map", sample);
    EXPECT_THAT(rows_in_words(blocks, "sources-by-kind"),
                ElementsAre("Evening coffee causes insomnia.|randomised trial|1|1|0|0",
                            "Evening coffee causes insomnia.|cohort study|1|0|1|0",
                            "Evening coffee causes insomnia.|news report|1|1|0|0",
                            "Evening coffee causes insomnia.|not stated|1|0|0|1",
                            "Regular drinkers become tolerant.|randomised trial|1|1|0|0"));
    EXPECT_THAT(rows_in_words(blocks, "missing")[0], StartsWith("Evening coffee causes insomnia.|3|3|"));
}

TEST(EvidenceMapReport, CountsASourceWithAStatedDesignUnderThatAlone) {
    SampleAnalysis sample;
    sample.articles[1].study_design.value = "trial report";  // "copy of b" states none
    EXPECT_THAT(rows_in_words(blocks_of("evidence_map", sample), "sources-by-kind"),
                ElementsAre("Evening coffee causes insomnia.|randomised trial|1|1|0|0",
                            "Evening coffee causes insomnia.|trial report|1|0|1|0",
                            "Evening coffee causes insomnia.|not stated|1|0|0|1",
                            "Regular drinkers become tolerant.|randomised trial|1|1|0|0"));
}

TEST(EvidenceMapReport, NamesGaps) {
    auto const text = as_text(blocks_of("evidence_map", SampleAnalysis()));
    EXPECT_THAT(text, HasSubstr("No source at all informs 1 of 3 claims: Tea does the same."));
    EXPECT_THAT(text, HasSubstr("No randomised trial informs 1 of 3 claims: Tea does the same."));
    EXPECT_THAT(text, HasSubstr("No systematic review or meta-analysis informs any of the 3 claims"));
}

TEST(EvidenceMapReport, FillsNoGapWithAnAnimalStudyOrATrialThatWasNotRandomised) {
    SampleAnalysis sample;
    sample.articles[0].study_design.value = "non-randomised trial";
    EXPECT_THAT(as_text(blocks_of("evidence_map", sample)),
                HasSubstr("No randomised trial informs any of the 3 claims"));
    sample.articles[0].study_design.value = "randomised trial";
    sample.articles[0].population.value = "mice";
    auto const text = as_text(blocks_of("evidence_map", sample));
    EXPECT_THAT(text, HasSubstr("No randomised trial informs any of the 3 claims"));
    EXPECT_THAT(text, HasSubstr("Only animal or laboratory studies inform Regular drinkers become tolerant."));
}

TEST(EvidenceMapReport, KnowsADesignByTheWordsThatPeopleUse) {
    for (auto const* design : {"randomised controlled trial", "randomized controlled trial (pilot)", "an RCT",
                               "Randomised controlled trial", "Double-blind RANDOMIZED trial"}) {
        SampleAnalysis sample;
        sample.articles[0].study_design.value = design;
        EXPECT_THAT(as_text(blocks_of("evidence_map", sample)),
                    Not(HasSubstr("No randomised trial informs any of the")))
            << design;
    }
}

TEST(EvidenceMapReport, FillsNoGapWithWhatOnlyTellsOfAStudyOrPlansOne) {
    for (auto const* design : {"news report of a randomised trial", "protocol of a randomised trial",
                               "systematic review of randomised trials", "opinion on a randomised trial"}) {
        SampleAnalysis sample;
        sample.articles[0].study_design.value = design;
        EXPECT_THAT(as_text(blocks_of("evidence_map", sample)),
                    HasSubstr("No randomised trial informs any of the 3 claims"))
            << design;
    }
    for (auto const* design :
         {"news report of a systematic review", "non-systematic review", "protocol of a meta-analysis"}) {
        SampleAnalysis sample;
        sample.articles[0].study_design.value = design;
        EXPECT_THAT(as_text(blocks_of("evidence_map", sample)),
                    HasSubstr("No systematic review or meta-analysis informs any of the 3 claims"))
            << design;
    }
    SampleAnalysis sample;
    sample.articles[0].study_design.value = "Systematic review of cohort studies";
    auto const text = as_text(blocks_of("evidence_map", sample));
    EXPECT_THAT(text, HasSubstr("No cohort or case-control study informs any of the 3 claims"));
    EXPECT_THAT(text, Not(HasSubstr("No systematic review or meta-analysis informs any of the")));
}

TEST(EvidenceMapReport, CanGoByLevelOfEvidence) {
    auto const blocks = blocks_of("evidence_map", SampleAnalysis(), {{"by", "level"}});
    EXPECT_THAT(rows_in_words(blocks, "sources-by-kind"),
                ElementsAre("Evening coffee causes insomnia.|level 2|1|1|0|0",
                            "Evening coffee causes insomnia.|no level|2|0|1|1",
                            "Regular drinkers become tolerant.|level 2|1|1|0|0"));
    EXPECT_THAT(as_text(blocks), HasSubstr("No level 1 evidence informs any of the 3 claims"));
}

TEST(EvidenceMapReport, DrawsNoMoreThanFitsAPageAndSaysSo) {
    SampleAnalysis sample;
    for (int i = 0; i < 14; ++i) {
        auto const number = std::to_string(i);
        sample.add_article("design " + number, "", "It does, says " + number + ".");
        sample.articles.back().study_design.value = "design " + number;
        sample.support(sample.articles.size() - 1, "causes", "It does, says " + number + ".");
    }
    EXPECT_THAT(as_text(blocks_of("evidence_map", sample)), HasSubstr("4 kinds of study not drawn"));
    for (int i = 0; i < 40; ++i)
        sample.add_claim("claim-" + std::to_string(i), "Claim.", {});
    EXPECT_FALSE(has_chart(blocks_of("evidence_map", sample)));
}

}  // namespace
