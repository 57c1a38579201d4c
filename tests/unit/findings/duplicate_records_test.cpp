#include "dossier/findings/duplicate_records.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using dossier::Article;
using dossier::compare_records;
using dossier::find_duplicate_records;

struct Fields {
    std::string title = {}, author = {}, year = {}, journal = {}, volume = {}, issue = {}, pages = {}, doi = {},
                pmid = {};
};

Article record(Fields const& fields) {
    Article article;
    article.title.value = fields.title;
    if (!fields.author.empty()) article.citation.authors = {fields.author, "Doe, J."};
    article.citation.year = fields.year;
    article.citation.journal = fields.journal;
    article.citation.volume = fields.volume;
    article.citation.issue = fields.issue;
    article.citation.pages = fields.pages;
    article.citation.doi = fields.doi;
    article.citation.pmid = fields.pmid;
    return article;
}

bool same(Fields const& a, Fields const& b) {
    bool const result = compare_records(record(a), record(b)).has_value();
    EXPECT_EQ(compare_records(record(b), record(a)).has_value(), result) << "order matters: " << a.title;
    return result;
}

Fields const tea{"Tea drinking and bone density in older women",
                 "Möller, K.",
                 "2011",
                 "Journal of Bone Research",
                 "12",
                 "3",
                 "623-631",
                 "10.1000/tea.1",
                 ""};

TEST(DuplicateRecords, AbbreviatedFieldsAreTheSame) {
    auto other = tea;
    other.title = "Tea drinking and bone-density in older women.";
    other.author = "Moller KA";
    other.journal = "J Bone Res";
    other.pages =
        "623\xE2\x80\x90"
        "31";
    other.doi = "";
    auto const match = compare_records(record(tea), record(other));
    ASSERT_TRUE(match);
    EXPECT_EQ(match->fields, "title, first author, year, journal, volume, issue, first page");
    EXPECT_EQ(match->score, 6 + 2 + 1 + 2 + 1 + 1 + 3);
}

TEST(DuplicateRecords, JournalsAreKnownByTheirAbbreviations) {
    for (auto const& [full, abbreviated] : std::vector<std::pair<std::string, std::string>>{
             {"Transactions of the Royal Society of Tropical Medicine and Hygiene", "Trans R Soc Trop Med Hyg"},
             {"British Medical Journal", "BMJ"},
             {"The Lancet", "Lancet"},
             {"MMWR. Morbidity and mortality weekly report", "MMWR Morb Mortal Wkly Rep"},
             {"Deutsche Medizinische Wochenschrift", "Dtsch Med Wochenschr"},
             {"Medicine (Baltimore)", "Medicine"}}) {
        auto a = tea, b = tea;
        a.journal = full, b.journal = abbreviated;
        auto const match = compare_records(record(a), record(b));
        ASSERT_TRUE(match);
        EXPECT_NE(match->fields.find("journal"), std::string::npos) << full;
    }
    auto a = tea, b = tea;
    a.journal = "Journal of Bone Research", b.journal = "Journal of Clinical Nutrition";
    EXPECT_EQ(compare_records(record(a), record(b))->fields.find("journal"), std::string::npos);
}

TEST(DuplicateRecords, AheadOfPrintIsThePrintedArticle) {
    auto ahead = tea;
    ahead.year = "2010", ahead.volume = ahead.issue = ahead.pages = "";
    EXPECT_TRUE(same(tea, ahead));
}

TEST(DuplicateRecords, ATypingErrorInTheTitleDoesNotMatter) {
    auto other = tea;
    other.title = "Tea drinkng and bone density in older woman";
    other.doi = "";
    EXPECT_TRUE(same(tea, other));
}

TEST(DuplicateRecords, ALostSubtitleDoesNotMatter) {
    auto other = tea;
    other.title += ": a prospective cohort study";
    EXPECT_TRUE(same(tea, other));
}

TEST(DuplicateRecords, ACorrectionOrAReplyIsNotTheArticle) {
    for (auto const* opening : {"Erratum: ", "Correction to: ", "Re: ", "Reply: ", "Comment on "}) {
        auto other = tea;
        other.title = opening + tea.title;
        EXPECT_FALSE(same(tea, other)) << opening;
    }
}

TEST(DuplicateRecords, PartsAreTwoArticles) {
    auto first = tea, second = tea;
    first.title += ". Part I", second.title += ". Part II";
    second.pages = "632-640", second.doi = "10.1000/tea.2";
    EXPECT_FALSE(same(first, second));
    second.pages = first.pages, second.doi = "";
    EXPECT_FALSE(same(first, second)) << "only the numbers differ";
}

TEST(DuplicateRecords, ARegisterEntryIsNotTheArticle) {
    Fields const entry{tea.title, "Nct,", "2009", "https://clinicaltrials.gov/show/NCT01309620"};
    EXPECT_FALSE(same(tea, entry));
}

TEST(DuplicateRecords, AConferenceAbstractIsNotTheLaterArticle) {
    Fields const abstract{tea.title, tea.author, "2010", "Osteoporosis International", "21", "S4", "S88"};
    EXPECT_FALSE(same(tea, abstract));
}

TEST(DuplicateRecords, AnotherDoiSpeaksAgainst) {
    auto version = tea;
    version.title = "Tea drinking for preventing fractures", version.doi = "10.1000/tea.pub2", version.year = "2015";
    EXPECT_FALSE(same(tea, version));
    auto other = tea;
    other.doi = "10.1000/tea.2", other.pages = "700-705", other.issue = "4";
    EXPECT_FALSE(same({tea.title, tea.author, tea.year, "", "", "", tea.pages, tea.doi, ""},
                      {tea.title, tea.author, tea.year, "", "", "", other.pages, other.doi, ""}));
}

TEST(DuplicateRecords, OfDifferentDoisAreTwoPublicationsUnlessTheyStandInOnePlace) {
    auto sequel = tea;
    sequel.doi = "10.1000/tea.2", sequel.pages = "";
    EXPECT_FALSE(same(tea, sequel)) << "title, author, journal, year, volume and issue are not enough";
    auto mistyped = tea;
    mistyped.doi = "10.1000/tae.1";
    EXPECT_TRUE(same(tea, mistyped)) << "one page has one article";
    auto by_number = tea;
    by_number.pmid = sequel.pmid = "12345678";
    EXPECT_TRUE(same(by_number, sequel));
}

TEST(DuplicateRecords, DoNotJoinDifferentDoisByWayOfARecordWithout) {
    auto first = tea, between = tea, second = tea;
    first.pages = "";
    between.doi = "";
    second.doi = "10.1000/tea.2", second.pages = "", second.issue = "";
    auto const a = record(second), b = record(between), c = record(first);
    ASSERT_TRUE(compare_records(a, b));
    ASSERT_TRUE(compare_records(b, c));
    ASSERT_FALSE(compare_records(a, c));
    auto const matches = find_duplicate_records(std::vector<Article const*>{&a, &b, &c});
    ASSERT_EQ(matches.size(), 1u);
    EXPECT_EQ(matches[0].a, 1u) << "the one that it is most like";
    EXPECT_EQ(matches[0].b, 2u);
}

TEST(DuplicateRecords, ADoiThatTwoAbstractsShareIsNotEnough) {
    Fields const other{
        "Coffee and sleep in shift workers", "Ray, P.", "2011", tea.journal, "12", "3", "700", tea.doi, ""};
    EXPECT_FALSE(same(tea, other));
}

TEST(DuplicateRecords, ShortTitlesTellLittle) {
    Fields const first{"Editorial", "Ray, P.", "2011", "Journal of Bone Research", "12", "1", "1-2", "", ""};
    auto second = first;
    second.issue = "2", second.pages = "101";
    EXPECT_FALSE(same(first, second));
    EXPECT_TRUE(same(first, first));
}

TEST(DuplicateRecords, WithoutTitleNeedAnIdentifier) {
    Fields const by_doi{"", "", "", "", "", "", "", tea.doi, ""};
    EXPECT_TRUE(same(tea, by_doi));
    EXPECT_FALSE(same(tea, {"", tea.author, tea.year, tea.journal, tea.volume, tea.issue, tea.pages, "", ""}));
    EXPECT_FALSE(same({}, {}));
}

TEST(DuplicateRecords, PagesOfTheWebAreNoRecords) {
    Article page;
    page.title.value = tea.title;
    page.published.value = "2011-02-03";
    std::vector<Article const*> const articles{&page, &page};
    EXPECT_FALSE(is_record(page));
    EXPECT_TRUE(find_duplicate_records(articles).empty());
}

TEST(DuplicateRecords, AreFoundAmongOthers) {
    std::vector<Article> records;
    for (int i = 0; i < 300; ++i) {
        auto fields = tea;
        fields.title = "Finding number " + std::to_string(i) + " on tea and bones in women of " + std::to_string(i);
        fields.author = "Author" + std::to_string(i) + ", A.";
        fields.pages = std::to_string(i), fields.doi = "10.1000/" + std::to_string(i);
        records.push_back(record(fields));
    }
    records[17] = record(tea);
    auto twin = tea;
    twin.journal = "J Bone Res", twin.doi = "", twin.pages = "623";
    records[250] = record(twin);
    std::vector<Article const*> articles;
    for (auto const& one : records)
        articles.push_back(&one);
    auto const matches = find_duplicate_records(articles);
    ASSERT_EQ(matches.size(), 1u);
    EXPECT_EQ(matches[0].a, 17u);
    EXPECT_EQ(matches[0].b, 250u);
}

TEST(DuplicateRecords, SurviveOddFields) {
    std::string const odd(5000, '\xE2');
    Fields const fields{odd + "<" + odd, ",", "20", "((", ";", ",", "-", "10.", "x"};
    EXPECT_TRUE(same(fields, fields));
    auto article = record(tea);
    article.citation.authors = {"", ",", "et al.", "   ", "J.", "\xC3"};
    article.citation.journal = ":";
    EXPECT_TRUE(compare_records(article, article));
}

}  // namespace
