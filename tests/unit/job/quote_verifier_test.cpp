#include "dossier/job/quote_verifier.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include "dossier/job/checked_quotes.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "dossier/store/schema.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::Article;
using dossier::QuoteVerifier;

dossier_text text_of(std::string const& text) {
    return {text.data(), text.size()};
}

class QuotesOf : public testing::Test {
protected:
    void SetUp() override {
        job_.folder = folder_.path().string();
        write("# Lamps\n\nA lamp at night harms sleep. Nobody knows why it does so.\n");
        dossier::Diagnostics diagnostics;
        articles_.push_back(read_article_file("a", job_.folder, "a.md", {}, diagnostics));
        for (auto const& sentence : articles_[0].sentences)
            if (sentence.text.starts_with("A lamp")) sentence_ = sentence;
        ASSERT_FALSE(sentence_.text.empty());
        dossier::EvidenceItem item;
        item.quote = sentence_.text;
        item.bytes = sentence_.bytes;
        evidence_.emplace_back();
        evidence_[0].article_id = "a";
        item.article_id = "a", item.claim_id = "lamps", item.line = 3, item.rule = "cue";
        evidence_[0].items.push_back(item);
        write_database();
    }

    void write_database() {
        dossier::ClaimRegistry registry;
        registry.claims.emplace_back();
        registry.claims[0].id = "lamps";
        dossier::Summing summing(registry);
        dossier::AnalysisWriter writer(database_ = (folder_.path() / "analysis.sqlite").string());
        writer.add_registry(registry);
        writer.add_article(articles_[0], evidence_[0], summing.add(articles_[0], evidence_[0]));
        writer.add_summary(summing.finish());
        writer.finish({});
    }

    void write(std::string const& text) { std::ofstream(fs::path(job_.folder) / "a.md", std::ios::binary) << text; }

    [[nodiscard]] dossier_quote quote(std::string const& text) const {
        dossier_quote quote{};
        quote.size = sizeof quote;
        quote.text = text_of(text);
        quote.locator.size = sizeof quote.locator;
        quote.locator.article_id = text_of(articles_[0].id);
        quote.locator.path = text_of(articles_[0].path);
        quote.locator.byte_begin = sentence_.bytes.begin;
        quote.locator.byte_end = sentence_.bytes.end;
        return quote;
    }

    dossier_test::TemporaryFolder folder_;
    dossier::Job job_;
    std::string database_;
    std::vector<Article> articles_;
    std::vector<dossier::ArticleEvidence> evidence_;
    dossier::Sentence sentence_;
};

TEST_F(QuotesOf, TheArticleStandAsTheyWereAnalysed) {
    QuoteVerifier verifier(job_, database_, false);
    EXPECT_EQ(verifier.check(quote(sentence_.text)), std::nullopt);
    EXPECT_TRUE(verifier.warnings().empty());
}

TEST_F(QuotesOf, OtherWordsAreRefused) {
    QuoteVerifier verifier(job_, database_, false);
    std::string const invented = "A lamp at night improves sleep.";
    EXPECT_NE(verifier.check(quote(invented)), std::nullopt);
}

TEST_F(QuotesOf, WordsThatStandThereButWereNotAnalysedAreRefused) {
    QuoteVerifier verifier(job_, database_, false);
    std::string const part = "A lamp at night";
    auto shorter = quote(part);
    shorter.locator.byte_end = shorter.locator.byte_begin + part.size();
    EXPECT_NE(verifier.check(shorter), std::nullopt);
}

TEST_F(QuotesOf, CellsStandByTheirNumber) {
    QuoteVerifier verifier(job_, database_, false);
    auto const number = dossier::quotes_per_article;  // the first of the first article
    EXPECT_EQ(verifier.check_cell(number, sentence_.text), std::nullopt);
    EXPECT_NE(verifier.check_cell(number, "A lamp at night improves sleep."), std::nullopt);
    EXPECT_NE(verifier.check_cell(number + 1, sentence_.text), std::nullopt);
}

TEST_F(QuotesOf, AnUnknownArticleOrAnotherPathAreRefused) {
    QuoteVerifier verifier(job_, database_, false);
    std::string const other = "b";
    auto of_unknown = quote(sentence_.text);
    of_unknown.locator.article_id = text_of(other);
    EXPECT_NE(verifier.check(of_unknown), std::nullopt);
    auto of_other_path = quote(sentence_.text);
    of_other_path.locator.path = text_of(other);
    EXPECT_NE(verifier.check(of_other_path), std::nullopt);
}

TEST_F(QuotesOf, AnArticleThatChangedMeanwhileAreThoseOfTheVersionAnalysedAndSaySo) {
    write("Something else stands here now.\n");
    QuoteVerifier verifier(job_, database_, false);
    EXPECT_EQ(verifier.check(quote(sentence_.text)), std::nullopt);
    std::string const invented = "Something else stands here now.";
    EXPECT_NE(verifier.check(quote(invented)), std::nullopt);
    auto const warnings = verifier.warnings();
    ASSERT_EQ(warnings.items().size(), 1u);
    EXPECT_EQ(warnings.items()[0].code, "DOS0601");
    EXPECT_EQ(warnings.items()[0].message,
              "the article changed while the run was under way; its quotes are those of the version analysed");
}

TEST_F(QuotesOf, AnArticleAreNotComparedAgainWhereTheyWereAndItsFileWasNotTouchedSince) {
    auto const program =
        fs::read_symlink("/proc/self/exe");  // a file that is old enough, and has no quote of an article
    job_.folder = program.parent_path().string();
    articles_[0].path = articles_[0].origin.file = program.filename().string();
    write_database();
    auto const state = dossier::state_of_file(job_.folder, articles_[0].path);
    ASSERT_NE(state, 0u);
    std::vector<std::uint64_t> const checked{state}, touched_since{state + 1}, not_checked{0};
    QuoteVerifier verifier(job_, database_, false, checked);
    EXPECT_EQ(verifier.check(quote(sentence_.text)), std::nullopt);
    std::string const invented = "A lamp at night improves sleep.";
    EXPECT_NE(verifier.check(quote(invented)), std::nullopt);
    EXPECT_TRUE(verifier.warnings().empty());
    for (auto const& states : {touched_since, not_checked}) {
        QuoteVerifier reader(job_, database_, false, states);
        EXPECT_EQ(reader.check(quote(sentence_.text)), std::nullopt);
        EXPECT_EQ(reader.warnings().items().size(), 1u) << "the file was read again";
    }
}

}  // namespace
