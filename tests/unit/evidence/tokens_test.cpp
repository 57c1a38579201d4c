#include "dossier/evidence/tokens.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dossier/evidence/word_hash.hpp"

namespace {

using dossier::tokenize;

struct Word {
    std::size_t begin, end;
    std::string text;
    friend bool operator==(Word const&, Word const&) = default;
};
std::ostream& operator<<(std::ostream& out, Word const& word) {
    return out << word.begin << ".." << word.end << " \"" << word.text << '"';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What tokenize() says of words of ASCII, character by character.
std::vector<Word> words_one_by_one(std::string const& text) {
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '%') words.push_back({at, at + 1, "%"});
        if (!is_word(text[at])) {
            ++at;
            continue;
        }
        auto const begin = at;
        for (; at < text.size(); ++at) {
            if (is_word(text[at])) continue;
            if (at + 1 == text.size()) break;
            bool const in_word = text[at] == '\'' && is_word(text[at - 1]) && is_word(text[at + 1]);
            bool const in_number =
                (text[at] == '.' || text[at] == ',') && is_digit(text[at - 1]) && is_digit(text[at + 1]);
            if (!in_word && !in_number) break;
        }
        std::string word;
        for (char const c : text.substr(begin, at - begin))
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
        words.push_back({begin, at, word});
    }
    return words;
}

std::vector<Word> words_of(std::string const& text) {
    std::vector<Word> words;
    auto const tokens = tokenize(text);
    for (auto const& token : tokens) {
        words.push_back({token.begin, token.end, std::string(token.text)});
        EXPECT_EQ(token.hash, dossier::hash_of_word(token.text));
    }
    return words;
}

TEST(Tokens, AreLettersAndDigitsWithWhatHoldsThemTogether) {
    EXPECT_EQ(words_of("Don't 1.3, 10,000. A's 5%"),
              (std::vector<Word>{
                  {0, 5, "don't"}, {6, 9, "1.3"}, {11, 17, "10,000"}, {19, 22, "a"}, {23, 24, "5"}, {24, 25, "%"}}));
    EXPECT_EQ(words_of("Caf\u00E9s, don\u2019t"), (std::vector<Word>{{0, 6, "cafes"}, {8, 15, "don't"}}));
}

TEST(Tokens, AreFoundByMasksAsCharacterByCharacter) {
    std::mt19937 random(7);
    std::string const letters = "aZ09 .,'%-(:\n";
    for (int text_number = 0; text_number < 3000; ++text_number) {
        std::string text(random() % 200, ' ');
        auto const n_letters = 2 + random() % (letters.size() - 1);
        for (char& c : text)
            c = letters[random() % n_letters];
        EXPECT_EQ(words_of(text), words_one_by_one(text)) << text;
    }
}

}  // namespace
