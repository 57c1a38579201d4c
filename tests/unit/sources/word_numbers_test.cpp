#include "dossier/sources/word_numbers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::sources::WordNumbers;

TEST(WordNumbers, EveryWordKeepsTheNumberItWasGivenFirst) {
    WordNumbers numbers;
    EXPECT_EQ(numbers.add("trial"), 1);
    EXPECT_EQ(numbers.add("cohort"), 2);
    EXPECT_EQ(numbers.add("trial"), 1);
    EXPECT_EQ(numbers.size(), 2u);
    EXPECT_EQ(numbers.word(2), "cohort");
}

TEST(WordNumbers, WordsOfAllLengthsAreToldApartByEachOfTheirBytes) {
    WordNumbers numbers;
    std::string const alphabet = "abcdefghijklmnopqrstuvwxyz";
    for (std::size_t size = 1; size <= 24; ++size)
        numbers.add(alphabet.substr(0, size));
    ASSERT_EQ(numbers.size(), 24u);
    for (std::size_t size = 1; size <= 24; ++size) {
        auto word = alphabet.substr(0, size);
        EXPECT_EQ(numbers.find(word), size);
        for (auto& letter : word) {
            auto const as_it_was = letter;
            letter = '#';
            EXPECT_EQ(numbers.find(word), 0) << word;
            letter = as_it_was;
        }
    }
}

TEST(WordNumbers, ManyWordsAreFoundAgain) {
    WordNumbers numbers;
    for (int i = 1; i <= 5000; ++i)
        EXPECT_EQ(numbers.add("w" + std::to_string(i)), i);
    for (int i = 1; i <= 5000; ++i)
        EXPECT_EQ(numbers.find("w" + std::to_string(i)), i);
    EXPECT_EQ(numbers.find("w5001"), 0);
}

TEST(WordNumbers, AreNoMoreThanTheirNumbersCanTell) {
    WordNumbers numbers;
    for (int i = 1; i <= 65'534; ++i)
        ASSERT_EQ(numbers.add("w" + std::to_string(i)), i);
    EXPECT_EQ(numbers.add("one more"), 0);
    EXPECT_EQ(numbers.find("one more"), 0);
    EXPECT_EQ(numbers.add("w1"), 1);
}

TEST(WordNumbers, NoWordIsFoundAmongNone) {
    EXPECT_EQ(WordNumbers().find("trial"), 0);
    EXPECT_EQ(WordNumbers().find(""), 0);
}

}  // namespace
