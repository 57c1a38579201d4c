// The five sample articles against their gold files.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>

#include "corpus.hpp"

namespace {

using dossier::Article;

std::map<std::string, Article> articles() {
    std::map<std::string, Article> read;
    for (auto const& entry : std::filesystem::directory_iterator(corpus::folder("ketamine") / "articles")) {
        auto const name = entry.path().filename().string();
        read.emplace(name, corpus::read(name, corpus::bytes_of(entry.path())));
    }
    return read;
}

class Ketamine : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpus::folder("ketamine"))) GTEST_SKIP() << "the ketamine articles are not there";
        read_ = articles();
    }
    std::map<std::string, Article> read_;
};

std::string plain(std::string text) {
    for (std::string_view const quote : {"\u2019", "\u2018"})
        for (auto at = text.find(quote); at != std::string::npos; at = text.find(quote))
            text.replace(at, quote.size(), "'");
    return text;
}

bool is_quotable(Article const& article, std::string const& text) {
    for (auto const& sentence : article.sentences)
        if (corpus::is_admissible(sentence.role) && plain(sentence.text).find(plain(text)) != std::string::npos)
            return true;
    return false;
}

TEST_F(Ketamine, StatesTitleAndAuthorAsAnAnalystReadsThem) {
    for (auto const& row : corpus::rows_of(corpus::folder("ketamine") / "gold-metadata.tsv")) {
        auto const& article = read_.at(row[0]);
        EXPECT_EQ(article.title.value, row[1]) << row[0];
        EXPECT_EQ(article.author.value, row[2]) << row[0];
        EXPECT_EQ(article.published.value, row[3]) << row[0];
        EXPECT_EQ(article.language, "en");
        EXPECT_EQ(article.truncated, row.at(4).find("cut off") != std::string::npos) << row[0];
        EXPECT_EQ(article.conflict_of_interest.value.empty(), row.size() < 6 || row[5].empty()) << row[0];
    }
}

TEST_F(Ketamine, NeverQuotesBoilerplate) {
    for (auto const& row : corpus::rows_of(corpus::folder("ketamine") / "gold-boilerplate.tsv"))
        EXPECT_FALSE(is_quotable(read_.at(row[0]), row[1])) << row[0] << ": " << row[1];
}

TEST_F(Ketamine, CanQuoteWhatAnAnalystWouldCite) {
    for (auto const& row : corpus::rows_of(corpus::folder("ketamine") / "gold-stances.tsv"))
        if (row.size() > 4 && !row[4].empty()) {
            EXPECT_TRUE(is_quotable(read_.at(row[2]), row[4])) << row[2] << ": " << row[4];
        }
    for (auto const& row : corpus::rows_of(corpus::folder("ketamine") / "gold-quantities.tsv"))
        EXPECT_TRUE(is_quotable(read_.at(row[0]), row[2])) << row[0] << ": " << row[2];
}

TEST_F(Ketamine, QuotesNoQuestion) {
    for (auto const& [name, article] : read_)
        for (auto const& sentence : article.sentences)
            if (corpus::is_admissible(sentence.role)) {
                EXPECT_FALSE(sentence.text.ends_with('?')) << name << ": " << sentence.text;
            }
}

}  // namespace
