#include "dossier/evidence/statement/feature_list.hpp"

namespace dossier {

std::size_t count_words(std::vector<ReadWord> const& words, WordClass word_class) {
    return static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [&](auto const& word) { return word.is(word_class); }));
}

std::string list_words(std::vector<ReadWord> const& words, WordClass word_class) {
    std::string text;
    std::size_t n = 0;
    for (auto const& word : words)
        if (word.is(word_class) && n++ < 4) text += (text.empty() ? "" : ", ") + word.text;
    return text;
}

int sign_of(std::vector<ReadWord> const& words, WordClass positive, WordClass negative) {
    int sum = 0;
    for (auto const& word : words)
        if (!word.is_denied) sum += static_cast<int>(word.is(positive)) - static_cast<int>(word.is(negative));
    return (sum > 0) - (sum < 0);
}

bool is_direction(ReadWord const& word) {
    return word.is(WordClass::up) != word.is(WordClass::down);
}

bool denies_an_effect(std::vector<ReadWord> const& words) {
    return count_words(words, WordClass::no_effect) > 0 || count_words(words, WordClass::denial) > 0;
}

}  // namespace dossier
