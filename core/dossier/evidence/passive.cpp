#include "dossier/evidence/passive.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace dossier {

namespace {

constexpr std::size_t max_adverbs = 3;  // between "was" and the participle

constexpr std::array forms_of_be = {"is",    "are",   "was",    "were",   "be",     "been",
                                    "being", "isn't", "aren't", "wasn't", "weren't"};
constexpr std::array irregular = {"cut",    "led",    "brought", "made",    "hurt",  "lost",   "driven",
                                  "broken", "held",   "built",   "spread",  "shut",  "hit",    "kept",
                                  "won",    "worn",   "torn",    "found",   "shown", "shaken", "slain",
                                  "shrunk", "struck", "halved",  "spurred", "set"};
constexpr std::array adverbs = {"not",  "never",  "also", "often",  "further", "thus",
                                "even", "rarely", "no",   "longer", "indeed"};
constexpr std::array prepositions = {"about",   "over", "on",   "from",  "for",     "with",    "to",    "by",
                                     "against", "at",   "than", "after", "without", "despite", "among", "into"};
constexpr std::array of_something = {"of", "in"};
constexpr std::array measures = {
    "risk",        "risks",    "rate",       "rates",    "incidence",  "number",  "numbers",   "level",       "levels",
    "frequency",   "severity", "likelihood", "odds",     "prevalence", "spread",  "onset",     "development", "share",
    "amount",      "amounts",  "cases",      "symptoms", "chance",     "chances", "intensity", "duration",    "growth",
    "progression", "quality",  "cost",       "costs",    "volume",     "supply",  "degree",    "occurrence"};

template <typename Words>
bool is_one_of(Words const& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_passive(Tokens const& tokens, std::size_t participle) {
    auto const& word = tokens[participle].text;
    if (!word.ends_with("ed") && !is_one_of(irregular, word)) return false;
    for (auto at = participle; at > 0 && participle - at <= max_adverbs && tokens[at].before == Mark::none;) {
        --at;
        if (is_one_of(forms_of_be, tokens[at].text)) return true;
        if (!tokens[at].text.ends_with("ly") && !is_one_of(adverbs, tokens[at].text)) return false;
    }
    return false;
}

bool is_passive_of(PhraseMatch const& match, Tokens const& tokens) {
    if (!is_passive(tokens, match.last)) return false;
    if (match.first == 0 || tokens[match.first].before != Mark::none) return true;
    auto const before = match.first - 1;
    if (is_one_of(of_something, tokens[before].text)) return before > 0 && is_one_of(measures, tokens[before - 1].text);
    return !is_one_of(prepositions, tokens[before].text);
}

}  // namespace dossier
