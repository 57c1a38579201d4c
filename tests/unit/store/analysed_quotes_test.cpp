#include "dossier/store/analysed_quotes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/store/schema.hpp"
#include "sample_analysis.hpp"

namespace {

using dossier::AnalysedQuotes;
using dossier::test::SampleAnalysis;
using dossier::test::TemporaryFolder;

class AnalysedQuotesOfASample : public testing::Test {
protected:
    AnalysedQuotesOfASample() { sample.write(path); }
    TemporaryFolder folder;
    SampleAnalysis sample;
    std::string path = folder.file("analysis.sqlite");
};

TEST_F(AnalysedQuotesOfASample, KnowArticlesByIdAndByFile) {
    AnalysedQuotes quotes(path);
    auto const found = quotes.article("copy of b");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->number, 3);
    EXPECT_EQ(found->path, "articles/copy of b.txt");
    EXPECT_EQ(found->file, found->path);
    EXPECT_EQ(found->sha256, std::string(64, '0'));
    EXPECT_FALSE(quotes.article("copy of c"));
    EXPECT_TRUE(quotes.articles_in("articles/d.txt").empty()) << "the file is the article itself";
    EXPECT_TRUE(quotes.articles_in("articles/none.txt").empty());
    std::vector<std::string> ids;
    quotes.for_each_article([&](auto const& article) { ids.push_back(article.id); });
    ASSERT_EQ(ids.size(), sample.articles.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        EXPECT_EQ(ids[i], sample.articles[i].id);
}

TEST_F(AnalysedQuotesOfASample, LeadFromEveryItemToItsQuoteAndBackToTheArticle) {
    AnalysedQuotes quotes(path);
    for (auto const& evidence : sample.evidence)
        for (auto const& item : evidence.items) {
            auto const article = quotes.article(item.article_id);
            ASSERT_TRUE(article);
            auto const number = quotes.number_of(article->number, item.bytes, item.quote);
            ASSERT_GE(number, 0) << item.quote;
            auto const quote = quotes.quote(number);
            ASSERT_TRUE(quote);
            EXPECT_EQ(quote->text, item.quote);
            EXPECT_EQ(quote->bytes, item.bytes);
            EXPECT_EQ(quotes.article_of(number)->id, item.article_id);
        }
}

TEST_F(AnalysedQuotesOfASample, KnowNoQuoteOfOtherWordsOrFromAnotherPlace) {
    AnalysedQuotes quotes(path);
    auto const& item = sample.evidence[3].items.front();
    auto const article = quotes.article(item.article_id)->number;
    EXPECT_EQ(quotes.number_of(article, item.bytes, item.quote + "!"), -1);
    EXPECT_EQ(quotes.number_of(article, {item.bytes.begin, item.bytes.end + 1}, item.quote), -1);
    EXPECT_EQ(quotes.number_of(article + 1, item.bytes, item.quote), -1);
    EXPECT_FALSE(quotes.quote(-1));
    EXPECT_FALSE(quotes.quote(article * dossier::quotes_per_article + 1000));
    EXPECT_FALSE(quotes.article_of(1000 * dossier::quotes_per_article));
}

TEST_F(AnalysedQuotesOfASample, HandOverTheQuotesOfOneArticleUntilToldToStop) {
    AnalysedQuotes quotes(path);
    std::size_t n = 0;
    quotes.for_each_quote_of(4, [&](auto const& quote) {
        EXPECT_EQ(quotes.article_of(quote.number)->id, "d");
        return ++n < 100;
    });
    EXPECT_EQ(n, 4u);  // two of a claim, one of a risk factor, one with a number
    n = 0;
    quotes.for_each_quote_of(4, [&](auto const&) { return ++n < 2; });
    EXPECT_EQ(n, 2u);
}

TEST(AnalysedQuotes, OfAFileThatIsNoDatabaseAreRefused) {
    TemporaryFolder folder;
    EXPECT_THROW(AnalysedQuotes(folder.file("none.sqlite")), dossier::Failure);
}

}  // namespace
