#include "dossier/job/quote_contexts.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "dossier/sources/read_article.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::QuoteContexts;

constexpr char const* article_text =
    "# Lamps\n\n"
    "Many people read in bed. They like a light. A lamp at night harms sleep.\n\n"
    "Nobody knows why it does so. Some ask the lamp. It keeps silent.\n\n"
    "## Candles\n\n"
    "Candles are another matter. A candle harms nobody.\n";

/// A job with one article, of which some sentences are quoted.
class ContextOf : public testing::Test {
protected:
    void SetUp() override {
        job_.folder = folder_.path().string();
        write(article_text);
        dossier::Diagnostics diagnostics;
        article_ = read_article_file("a", job_.folder, "a.md", {}, diagnostics);
        dossier::ArticleEvidence evidence;
        evidence.article_id = "a";
        for (auto const& sentence : article_.sentences) {
            if (!dossier::may_be_quoted(sentence.role)) continue;
            dossier::EvidenceItem item;
            item.quote = sentence.text, item.bytes = sentence.bytes, item.line = sentence.line;
            item.article_id = "a", item.claim_id = "lamps", item.rule = "cue";
            evidence.items.push_back(item);
        }
        dossier::ClaimRegistry registry;
        registry.claims.emplace_back();
        registry.claims[0].id = "lamps";
        dossier::Summing summing(registry);
        dossier::AnalysisWriter writer(database_ = job_.folder + "/analysis.sqlite");
        writer.add_registry(registry);
        writer.add_article(article_, evidence, summing.add(article_, evidence));
        writer.add_summary(summing.finish());
        writer.finish({});
    }

    void write(std::string const& text) { std::ofstream(fs::path(job_.folder) / "a.md", std::ios::binary) << text; }

    dossier::QuoteContext around(std::string const& words, std::size_t max_bytes = 1 << 20) {
        QuoteContexts contexts(job_, database_, false, max_bytes);
        for (auto const& sentence : article_.sentences) {
            if (sentence.text != words) continue;
            dossier_quote quote{};
            quote.size = sizeof quote, quote.locator.size = sizeof quote.locator;
            quote.text = {sentence.text.data(), sentence.text.size()};
            quote.locator.article_id = {article_.id.data(), article_.id.size()};
            quote.locator.byte_begin = sentence.bytes.begin, quote.locator.byte_end = sentence.bytes.end;
            return contexts.around(quote);
        }
        ADD_FAILURE() << "no sentence reads: " << words;
        return {};
    }

    dossier_test::TemporaryFolder folder_;
    dossier::Job job_;
    std::string database_;
    dossier::Article article_;
};

TEST_F(ContextOf, AQuoteIsTheSentencesAroundIt) {
    auto const context = around("A lamp at night harms sleep.");
    EXPECT_EQ(context.before, "Many people read in bed. They like a light.");
    EXPECT_EQ(context.after, "Nobody knows why it does so. Some ask the lamp.");
}

TEST_F(ContextOf, AQuoteKeepsParagraphsApart) {
    EXPECT_EQ(around("Some ask the lamp.").before, "A lamp at night harms sleep.\nNobody knows why it does so.");
}

TEST_F(ContextOf, AQuoteEndsWithItsSection) {
    EXPECT_EQ(around("It keeps silent.").after, "") << "a heading follows";
    EXPECT_EQ(around("Candles are another matter.").before, "") << "a heading precedes";
    EXPECT_EQ(around("A candle harms nobody.").after, "");
}

TEST_F(ContextOf, AChangedArticleIsNothing) {
    write("# Lamps\n\nOther words. A lamp at night harms sleep.\n");
    EXPECT_EQ(around("A lamp at night harms sleep.").before, "");
}

TEST_F(ContextOf, AQuoteIsNothingOnceMemoryIsUsedUp) {
    EXPECT_EQ(around("A lamp at night harms sleep.", 100).before, "");
}

TEST_F(ContextOf, AnUnknownArticleIsNothing) {
    QuoteContexts contexts(job_, database_, false);
    dossier_quote quote{};
    quote.size = sizeof quote, quote.locator.size = sizeof quote.locator;
    quote.locator.article_id = {"b", 1};
    EXPECT_EQ(contexts.around(quote).after, "");
}

}  // namespace
