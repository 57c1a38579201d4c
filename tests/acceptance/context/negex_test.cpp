// Negation on the NegEx test kit: is the context part sound on text it was not written for?
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "acceptance/corpora.hpp"
#include "dossier/evidence/context.hpp"

namespace {

using namespace dossier;

/// Where the concept stands, matched word by word; named is empty when it is not there.
PhraseMatch find_concept(Tokens const& sentence, Tokens const& words) {
    for (std::uint32_t i = 0; !words.empty() && i + words.size() <= sentence.size(); ++i) {
        PhraseMatch match{0, i, static_cast<std::uint32_t>(i + words.size() - 1), 0};
        for (std::size_t k = 0; k < words.size() && sentence[i + k].text == words[k].text; ++k)
            if (k < 64) match.named |= std::uint64_t{1} << k;
        if (match.n_named() == words.size()) return match;
    }
    return {};
}

bool is_negated(std::string const& sentence, std::string const& concept_words) {
    auto const tokens = tokenize(sentence);
    auto const match = find_concept(tokens, tokenize(concept_words));
    if (match.named == 0) return false;
    SentenceContext const context(tokens, built_in_lexicon());
    std::size_t denials = 0;
    for (auto const& hit : context.hits())
        denials += hit.rule->kind == RuleKind::negation && hit.governs(match);
    return denials % 2 == 1;
}

TEST(NegexTestKit, NegationIsFound) {
    auto const path = test::corpora() / "stance/negex/open.tsv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "the test kit is not there: " << path;
    double hits = 0, false_alarms = 0, misses = 0;
    for (auto const& row : test::read_tsv(path)) {
        bool const wanted = row.at("negation") == "negated";
        bool const found = is_negated(row.at("sentence"), row.at("concept"));
        hits += wanted && found;
        false_alarms += !wanted && found;
        misses += wanted && !found;
        if (wanted != found && std::getenv("DOSSIER_SHOW_MISSES"))
            std::cout << (wanted ? "missed\t" : "false alarm\t") << row.at("concept") << "\t" << row.at("sentence")
                      << "\n";
    }
    auto const precision = hits / (hits + false_alarms), recall = hits / (hits + misses);
    auto const f = 2 * precision * recall / (precision + recall);
    std::cout << "negation: precision " << precision << ", recall " << recall << ", F " << f << "\n";
    EXPECT_GT(f, 0.96);
}

}  // namespace
