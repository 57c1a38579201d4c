// The report "sources" over a real analysis database: every article is appraised, and nothing to be careful about is lost.
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
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The sample, with a study of mice at high risk of bias and lists of references.
SampleAnalysis sample_with_mice() {
    SampleAnalysis sample;
    sample.add_article("m", "Sleepless mice", "Mice ran all night.");
    auto& mice = sample.articles.back();
    mice.study_design = {"animal study", "title: Sleepless mice", true};
    mice.population = {"animal", "title: Sleepless mice", true};
    mice.risk_of_bias = {"high", "sources.toml", false};
    mice.citation.references = {"doi:10.1/one", "doi:10.1/two"};
    sample.articles[0].citation.references = {"doi:10.1/one"};
    sample.support(sample.articles.size() - 1, "causes", "Mice ran all night.");
    return sample;
}

TEST(SourcesReport, CountsArticlesAndIndependentSources) {
    auto const text = as_text(blocks_of("sources", sample_with_mice()));
    EXPECT_THAT(text, HasSubstr("7 articles, 6 independent sources"));
    EXPECT_THAT(text, HasSubstr("Of 2 articles something was read out of the text and declared by nobody"));
}

TEST(SourcesReport, NamesWhatToBeCarefulAbout) {
    auto const text = as_text(blocks_of("sources", sample_with_mice()));
    EXPECT_THAT(text, HasSubstr("1 article could not be assessed: “In German” (the language is de)."));
    EXPECT_THAT(text, HasSubstr("1 article is cut off: “Cut off”."));
    EXPECT_THAT(text, HasSubstr("1 article rests on animals or cells: “Sleepless mice” (animal study, animal)."));
    EXPECT_THAT(text, HasSubstr("1 article has a conflict of interest: b (sells coffee)."));
    EXPECT_THAT(text, HasSubstr("1 article is at high risk of bias: “Sleepless mice” (animal study)."));
    EXPECT_THAT(text, Not(HasSubstr("remark:")));
}

TEST(SourcesReport, AppraisesEveryArticleAndMarksWhatNobodyDeclared) {
    auto const rows = rows_in_words(blocks_of("sources", sample_with_mice()), "appraisal");
    ASSERT_EQ(rows.size(), 7u);
    EXPECT_THAT(rows, Contains("6|Sleepless mice|animal study (proposed)|5|animal (proposed)|high|||"
                               "indirect: animals or cells, high risk of bias"));
    EXPECT_THAT(rows, Contains(HasSubstr("|Coffee and sleep|randomised trial|2||||")));
    EXPECT_THAT(rows, Contains(HasSubstr("|b|||||sells coffee|2|conflict of interest")));
    EXPECT_THAT(rows, Contains(HasSubstr("|Coffee, again||||||1|")));
}

TEST(SourcesReport, SaysWhichArticlesAreOneSourceAndWhy) {
    EXPECT_THAT(rows_in_words(blocks_of("sources", sample_with_mice()), "shared-sources"),
                ElementsAre("b|2|b; copy of b|same text"));
    SampleAnalysis alone;
    alone.articles.erase(alone.articles.begin() + 2);
    alone.evidence.erase(alone.evidence.begin() + 2);
    EXPECT_THAT(as_text(blocks_of("sources", alone)), HasSubstr("Every article is an independent source"));
}

TEST(SourcesReport, ShowsOverlapOrWhyThereIsNone) {
    auto const rows = rows_in_words(blocks_of("sources", sample_with_mice()), "overlap");
    ASSERT_EQ(rows.size(), 3u);  // nobody who names a study speaks of tea
    EXPECT_THAT(rows[0], testing::StartsWith("All articles|2|2|3|"));
    EXPECT_THAT(rows[0], HasSubstr("very high"));
    EXPECT_THAT(rows[2], HasSubstr("only one article names a study by DOI"));
    EXPECT_THAT(as_text(blocks_of("sources", SampleAnalysis())),
                HasSubstr("Overlap is not defined: no article names a study by DOI"));
}

TEST(SourcesReport, ListsEveryValueWithWhoStatedIt) {
    auto const blocks = blocks_of("sources", sample_with_mice());
    auto const rows = rows_in_words(blocks, "values");
    EXPECT_THAT(rows, Contains("m|study_design|animal study|proposed"));
    EXPECT_THAT(rows, Contains("m|risk_of_bias|high|declared"));
    EXPECT_THAT(rows, Contains("b|conflict_of_interest|sells coffee|declared"));
    EXPECT_THAT(rows_in_words(blocks, "files"),
                Contains("e|articles/e.txt|text|de|1|not assessable|the language is de"));
    EXPECT_THAT(rows_in_words(blocks, "files"), Contains("f|articles/f.txt|text|en|1|cut off|"));
}

TEST(SourcesReport, LeavesOutWhatItIsToldTo) {
    auto sample = sample_with_mice();
    sample.articles[0].conflict_of_interest.value = "sponsored";
    auto const blocks =
        blocks_of("sources", sample, {{"values", false}, {"files", false}, {"max_named", std::int64_t{1}}});
    EXPECT_THAT(rows_in_words(blocks, "values"), IsEmpty());
    EXPECT_THAT(rows_in_words(blocks, "files"), IsEmpty());
    EXPECT_THAT(as_text(blocks), HasSubstr("2 articles have a conflict of interest: b (sells coffee); and 1 more."));
}

TEST(SourcesReport, CopesWithNothing) {
    SampleAnalysis nothing;
    nothing.articles.clear(), nothing.evidence.clear(), nothing.registry = {};
    EXPECT_THAT(as_text(blocks_of("sources", nothing)), HasSubstr("The job found no article."));
    EXPECT_FALSE(blocks_of("sources", SampleAnalysis()).empty());
}

}  // namespace
