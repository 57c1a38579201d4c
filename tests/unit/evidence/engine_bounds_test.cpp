// A registry that asks for everything and an article that says it over and over: slow would be a way to stop a run.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"

namespace {

using namespace dossier;

Article article_of(std::string const& word, std::size_t n_sentences) {
    Article article;
    article.id = "a";
    std::string text;
    for (int i = 0; i < 390; ++i)
        text += word + " ";
    for (std::size_t i = 0; i < n_sentences; ++i)
        article.sentences.emplace_back().text = text + std::to_string(i);
    return article;
}

TEST(EngineBounds, AThousandClaimsAboutTheSameFrequentWordStayBounded) {
    ClaimRegistry registry;
    for (int i = 0; i < 1000; ++i) {
        auto& claim = registry.claims.emplace_back();
        claim.id = "c" + std::to_string(i);
        claim.statement = "Something is said";
        claim.supports = {{"the", {}}, {"the ... the", {}}};
    }
    Engine const engine(registry, built_in_lexicon());
    auto const begin = std::chrono::steady_clock::now();
    EXPECT_LE(engine.analyse(article_of("the", 3), false).items.size(), 3000u);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(EngineBounds, AQuickLookMissesNoQuantity) {
    for (auto const* sentence : {"Up to 30% slept badly.", "One in five slept badly.", "About 12 per cent did.",
                                 "12 percent did.", "The OR was 1.5 (95% CI 1.2 to 1.9).", "aHR 2.1, 95% CI 1.1-3.0",
                                 "RR1.16 (1.01-1.30)", "a mean difference of 2.0", "The relative risk was 3.1.",
                                 "incidence rate ratios of 1.4 (1.1 to 1.8)", "2 in 5 of them", "hazard ratio 0.80"}) {
        ASSERT_FALSE(quantities_in(sentence, built_in_lexicon()).empty()) << sentence;
        EXPECT_TRUE(may_hold_quantities(sentence, tokenize(sentence))) << sentence;
    }
    EXPECT_FALSE(may_hold_quantities("In 1999 one or two of them left.", tokenize("In 1999 one or two of them left.")));
}

}  // namespace
