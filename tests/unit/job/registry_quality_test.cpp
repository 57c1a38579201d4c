#include "dossier/job/registry_quality.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dossier/job/registry_coverage.hpp"

namespace {

using namespace dossier;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// An article of these sentences; a leading "# " makes a heading, "@ " boilerplate.
Article article_of(std::string const& id, std::vector<std::string> const& texts) {
    Article article;
    article.id = id;
    article.path = id + ".txt";
    article.format = "text";
    article.language = "en";
    for (auto const& text : texts) {
        Sentence sentence;
        sentence.text = text.starts_with("# ") || text.starts_with("@ ") ? text.substr(2) : text;
        if (text.starts_with("# ")) sentence.role = SentenceRole::heading;
        if (text.starts_with("@ ")) sentence.role = SentenceRole::boilerplate;
        sentence.line = article.sentences.size() + 1;
        article.sentences.push_back(std::move(sentence));
    }
    return article;
}

Phrase phrase(std::string text) {
    return {std::move(text), {"claims.toml", 1, 1, 1}};
}

Claim claim_of(std::string id, std::vector<std::string> const& supports, std::vector<std::string> const& refutes = {}) {
    Claim claim;
    claim.id = std::move(id);
    claim.statement = "Coffee disturbs sleep.";
    claim.place = {"claims.toml", 1, 1, 1};
    for (auto const& cue : supports)
        claim.supports.push_back(phrase(cue));
    for (auto const& cue : refutes)
        claim.refutes.push_back(phrase(cue));
    return claim;
}

ClaimRegistry registry_of(std::vector<Claim> claims) {
    ClaimRegistry registry;
    registry.about = {phrase("coffee")};
    registry.outcome_terms = {phrase("sleep*")};
    registry.claims = std::move(claims);
    return registry;
}

/// Enough articles for every note, the first of them as given.
std::vector<Article> articles_with(std::vector<std::string> const& texts) {
    std::vector<Article> articles{article_of("a0", texts)};
    for (std::size_t i = 1; i < least_articles_for_quality; ++i)
        articles.push_back(article_of("a" + std::to_string(i), {"Nothing of the kind is told here."}));
    return articles;
}

std::vector<Diagnostic> notes_on(ClaimRegistry const& registry, std::vector<Article> const& articles,
                                 unsigned n_threads = 1) {
    RegistryQuality quality(registry, built_in_lexicon());
    quality.add(articles, n_threads);
    Diagnostics diagnostics;
    quality.report(diagnostics);
    return diagnostics.items();
}

std::vector<std::string> codes(std::vector<Diagnostic> const& notes) {
    std::vector<std::string> list;
    for (auto const& note : notes)
        list.push_back(note.code);
    return list;
}

TEST(RegistryQuality, SaysNothingWhereEveryCueDecides) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep"})});
    EXPECT_THAT(notes_on(registry, articles_with({"Coffee disturbs sleep."})), IsEmpty());
}

TEST(RegistryQuality, NamesACueThatIsNeverFoundBesideOneThatIs) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep", "keeps … awake"})});
    auto const notes = notes_on(registry, articles_with({"Coffee disturbs sleep."}));
    ASSERT_THAT(codes(notes), ElementsAre("DOS0140"));
    EXPECT_EQ(notes[0].severity, Severity::note);
    EXPECT_THAT(notes[0].message, HasSubstr("none of the 5 articles"));
}

TEST(RegistryQuality, NamesAClaimOnceWhereNoneOfItsCuesIsFound) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep", "keeps … awake"})});
    EXPECT_THAT(codes(notes_on(registry, articles_with({"Coffee is brown."}))), ElementsAre("DOS0144"));
}

TEST(RegistryQuality, NamesACueThatOnlyStandsWithinLongerOnes) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs", "disturbs sleep"})});
    auto const notes =
        notes_on(registry, articles_with({"Coffee disturbs sleep.", "Strong coffee disturbs sleep at night."}));
    ASSERT_THAT(codes(notes), ElementsAre("DOS0141"));
    EXPECT_THAT(notes[0].message, HasSubstr("2 times"));
    EXPECT_THAT(notes[0].notes, ElementsAre("longer cue: disturbs sleep"));
}

TEST(RegistryQuality, IsSilentOnAShortCueThatAlsoDecidesByItself) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs", "disturbs sleep"})});
    EXPECT_THAT(notes_on(registry, articles_with({"Coffee disturbs sleep.", "Coffee disturbs the night."})), IsEmpty());
}

TEST(RegistryQuality, NamesACueThatSaysTheSameAsAnother) {
    auto const registry = registry_of({claim_of("sleep", {"{poor|bad} sleep", "bad sleep"})});
    auto const notes = notes_on(registry, articles_with({"Coffee means bad sleep."}));
    EXPECT_THAT(codes(notes), testing::Contains("DOS0143"));
    EXPECT_THAT(notes[0].message, HasSubstr("\"{poor|bad} sleep\""));
}

TEST(RegistryQuality, WarnsOfCuesThatCountTheSameWordsAgainstEachOther) {
    auto const registry = registry_of({claim_of("sleep", {"disturb*"}, {"disturbs"})});
    auto const notes = notes_on(registry, {article_of("a0", {"Coffee disturbs the night."})});
    ASSERT_THAT(codes(notes), ElementsAre("DOS0142"));
    EXPECT_EQ(notes[0].severity, Severity::warning);
    EXPECT_THAT(notes[0].notes.back(), HasSubstr("a0.txt:1"));
}

TEST(RegistryQuality, ListsAQuoteThatCountsForManyClaims) {
    std::vector<Claim> claims;
    for (auto const* id : {"a", "b", "c", "d"})
        claims.push_back(claim_of(id, {"disturbs sleep"}));
    auto const notes = notes_on(registry_of(claims), {article_of("a0", {"Coffee disturbs sleep."})});
    ASSERT_THAT(codes(notes), ElementsAre("DOS0145"));
    EXPECT_THAT(notes[0].message, HasSubstr("4 claims: a, b, c, d"));
    claims.pop_back();
    EXPECT_THAT(notes_on(registry_of(claims), {article_of("a0", {"Coffee disturbs sleep."})}), IsEmpty());
}

TEST(RegistryQuality, NamesACueThatIsMostlyFoundInBoilerplateAndHeadings) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep"})});
    auto const notes =
        notes_on(registry, articles_with({"Coffee disturbs sleep.", "@ Coffee disturbs sleep: read more",
                                          "@ Subscribe: coffee disturbs sleep", "# Coffee disturbs sleep"}));
    ASSERT_THAT(codes(notes), ElementsAre("DOS0146"));
    EXPECT_THAT(notes[0].notes,
                ElementsAre("2 in boilerplate, 1 in titles, headings, questions and fragments, 1 in the main text"));
}

TEST(RegistryQuality, WithFewArticlesTellsOnlyWhatIsSurelyWrong) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep", "never found"})});
    EXPECT_THAT(notes_on(registry, {article_of("a0", {"Coffee disturbs sleep."})}), IsEmpty());
}

TEST(RegistryQuality, PassesOverArticlesThatCannotBeAssessed) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep"})});
    auto articles = articles_with({"Coffee disturbs sleep."});
    for (auto& article : articles)
        article.status = ArticleStatus::not_assessable;
    EXPECT_THAT(notes_on(registry, articles), IsEmpty());
}

TEST(RegistryQuality, TellsTheSameOnAnyNumberOfThreads) {
    auto const registry =
        registry_of({claim_of("sleep", {"disturbs", "disturbs sleep", "never found"}, {"no effect"})});
    std::vector<Article> articles;
    for (int i = 0; i < 40; ++i)
        articles.push_back(article_of("a" + std::to_string(i), {"Coffee disturbs sleep.", "# Coffee disturbs sleep"}));
    auto const one = notes_on(registry, articles, 1), four = notes_on(registry, articles, 4);
    EXPECT_EQ(render(one, MessageFormat::json), render(four, MessageFormat::json));
}

TEST(RegistryQuality, CountsWhereEachCueIsFound) {
    auto const registry = registry_of({claim_of("sleep", {"disturbs sleep"})});
    RegistryQuality quality(registry, built_in_lexicon());
    std::vector<Article> const articles{article_of(
        "a", {"Coffee disturbs sleep.", "Noise disturbs sleep.", "# Disturbs sleep", "@ Coffee disturbs sleep"})};
    quality.add(articles, 1);
    auto const& use = quality.use_of("sleep", true, "disturbs sleep");
    EXPECT_EQ(use.n_main_text, 2u);
    EXPECT_EQ(use.n_counted, 1u);
    EXPECT_EQ(use.n_headings, 1u);
    EXPECT_EQ(use.n_boilerplate, 1u);
}

CoverageReport coverage_of(ClaimRegistry const& registry, std::vector<Article> const& articles) {
    RegistryCoverage coverage(registry, built_in_lexicon());
    coverage.add(articles);
    return coverage.report();
}

TEST(RegistryCoverage, GroupsSentencesByTheWordsBetweenSubjectAndOutcome) {
    auto const report =
        coverage_of(registry_of({claim_of("sleep", {"disturbs sleep"})}),
                    {article_of("a", {"Coffee shortens sleep.", "Coffee shortens their sleep by an hour."}),
                     article_of("b", {"We know that coffee shortens the sleep of adults."}),
                     article_of("c", {"Coffee wrecks sleep.", "Coffee disturbs sleep.", "Tea shortens sleep."})});
    EXPECT_EQ(report.n_sentences, 4u);
    EXPECT_EQ(report.n_covered, 1u);
    ASSERT_EQ(report.wordings.size(), 2u);
    EXPECT_EQ(report.wordings[0].cue, "shortens … sleep*");
    EXPECT_EQ(report.wordings[0].n_articles, 2u);
    EXPECT_EQ(report.wordings[0].n_sentences, 3u);
    EXPECT_EQ(report.wordings[1].cue, "wrecks … sleep*");
}

TEST(RegistryCoverage, OffersACueThatFindsTheSentence) {
    auto const articles = std::vector{article_of("a", {"Sleep gets shorter with every cup of coffee."})};
    auto const report = coverage_of(registry_of({claim_of("sleep", {"disturbs sleep"})}), articles);
    ASSERT_EQ(report.wordings.size(), 1u);
    auto const again = coverage_of(registry_of({claim_of("sleep", {report.wordings[0].cue})}), articles);
    EXPECT_EQ(again.n_sentences, 0u);
    EXPECT_EQ(again.n_covered, 1u);
}

TEST(RegistryCoverage, CountsASentenceThatStandsInSeveralArticlesOnce) {
    auto const report =
        coverage_of(registry_of({claim_of("sleep", {"disturbs sleep"})}),
                    {article_of("a", {"Coffee shortens sleep."}), article_of("b", {"Coffee shortens sleep."})});
    EXPECT_EQ(report.n_sentences, 1u);
    EXPECT_EQ(report.wordings.at(0).n_articles, 1u);
}

TEST(RegistryCoverage, LeavesOutWhatMayNotBeQuoted) {
    auto const report = coverage_of(registry_of({claim_of("sleep", {"disturbs sleep"})}),
                                    {article_of("a", {"# Coffee shortens sleep", "@ Coffee shortens sleep"})});
    EXPECT_EQ(report.n_sentences, 0u);
}

TEST(RegistryCoverage, SaysWhatARegistryMustNameFirst) {
    auto registry = registry_of({claim_of("sleep", {"disturbs sleep"})});
    registry.outcome_terms.clear();
    EXPECT_THAT(coverage_as_text(coverage_of(registry, {article_of("a", {"Coffee shortens sleep."})}), 5),
                HasSubstr("add `outcome_terms`"));
    registry.about.clear();
    EXPECT_THAT(coverage_as_text(coverage_of(registry, {}), 5), HasSubstr("add `about`"));
}

TEST(RegistryCoverage, IsShownToPeopleWithPlacesAndACountOfTheRest) {
    auto const report = coverage_of(registry_of({claim_of("sleep", {"disturbs sleep"})}),
                                    {article_of("a", {"Coffee shortens sleep.", "Coffee wrecks sleep."})});
    auto const text = coverage_as_text(report, 1);
    EXPECT_THAT(text,
                HasSubstr("1 article, 1 sentence: \"shortens … sleep*\"\n    a.txt:1: \"Coffee shortens sleep.\"\n"));
    EXPECT_THAT(text, HasSubstr("and 1 wording more"));
    EXPECT_THAT(coverage_as_json(report), HasSubstr("\"cue\": \"wrecks … sleep*\""));
}

}  // namespace
