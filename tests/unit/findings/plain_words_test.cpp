#include "dossier/findings/plain_words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using dossier::plain_words;

TEST(PlainWords, HaveNoAccentsCapitalsOrPunctuation) {
    EXPECT_EQ(plain_words("Caf\u00E9s, M\u00F6ller\u2019s \u0141\u00F3d\u017A"),
              (std::vector<std::string>{"cafes", "mollers", "lodz"}));
}

TEST(PlainWords, OfBytesThatAreNoUtf8StayWithinTheTables) {
    for (int first = 0x80; first < 0x100; ++first)
        for (int second = 0; second < 0x100; ++second) {
            std::string const bytes{'a', static_cast<char>(first), static_cast<char>(second)};
            for (auto const& word : plain_words(bytes))
                EXPECT_LE(word.size(), bytes.size());
        }
    EXPECT_EQ(plain_words("caf\xC5\xE9"), std::vector<std::string>{"caf\xC5\xE9"});
}

}  // namespace
