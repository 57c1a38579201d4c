#include "dossier/model/byte_masks.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace dossier;

std::vector<std::string> runs_of(std::string_view text) {
    std::vector<std::string> runs;
    for_each_run(text, IsWordByte{}, [&](std::size_t begin, std::size_t end) {
        runs.emplace_back(text.substr(begin, end - begin));
        return true;
    });
    return runs;
}

// What for_each_run() does, byte by byte.
std::vector<std::string> runs_byte_by_byte(std::string_view text) {
    std::vector<std::string> runs;
    bool inside = false;
    for (char const c : text) {
        bool const word = IsWordByte{}(c);
        if (word && !inside) runs.emplace_back();
        if (word) runs.back() += c;
        inside = word;
    }
    return runs;
}

TEST(ByteMasks, ABitTellsOfTheByteAtItsPlace) {
    std::string const text = "a-b" + std::string(60, ' ') + "cd";
    EXPECT_EQ(mask_at(text, 0, IsWordByte{}), 1u | 4u | std::uint64_t{1} << 63);
    EXPECT_EQ(mask_at(text, 64, IsWordByte{}), 1u);
    EXPECT_EQ(mask_at(text, 2, IsWordByte{}), 1u | std::uint64_t{3} << 61);
}

TEST(ByteMasks, WordsAreLettersAndDigitsAndWhatIsBeyondAscii) {
    EXPECT_EQ(runs_of("Caf\u00E9s, 2 of 3 (don't): @ALL[z]`{"),
              (std::vector<std::string>{"Caf\u00E9s", "2", "of", "3", "don", "t", "ALL", "z"}));
    EXPECT_TRUE(runs_of("").empty());
    EXPECT_TRUE(runs_of(" .,-").empty());
}

TEST(ByteMasks, RunsGoOnWhereTheNextMaskBegins) {
    std::string text;
    for (std::size_t length = 0; length < 200; ++length) {
        EXPECT_EQ(runs_of(text), runs_byte_by_byte(text)) << text;
        EXPECT_EQ(runs_of(text + "."), runs_byte_by_byte(text + ".")) << text;
        text += length % 7 == 3 || length % 11 == 5 ? ' ' : 'a';
    }
    EXPECT_EQ(runs_of(std::string(300, 'x')), std::vector<std::string>{std::string(300, 'x')});
}

TEST(ByteMasks, OfTextsOfEveryLengthHoldTheirBytesAndNothingBeyond) {
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte)
        all_bytes += static_cast<char>(byte);
    auto const is_ascii_word = [](char c) { return IsWordByte{}(c) && static_cast<unsigned char>(c) < 0x80; };
    for (std::size_t length = 0; length <= all_bytes.size(); ++length) {
        auto const text = std::string_view(all_bytes).substr(0, length);
        for (std::size_t at = 0; at <= length; at += 13) {
            std::uint64_t words = 0, ascii_words = 0;
            for (std::size_t i = 0; i < mask_bytes && at + i < length; ++i) {
                words |= std::uint64_t{IsWordByte{}(text[at + i])} << i;
                ascii_words |= std::uint64_t{is_ascii_word(text[at + i])} << i;
            }
            EXPECT_EQ(mask_at(text, at, IsWordByte{}), words) << length << ", " << at;
            EXPECT_EQ(mask_at(text, at, IsLetterOrDigit{}), ascii_words) << length << ", " << at;
        }
    }
}

TEST(ByteMasks, StopWhenNoMoreIsWanted) {
    std::size_t n = 0;
    for_each_run("one two three", IsWordByte{}, [&](std::size_t, std::size_t) { return ++n < 2; });
    EXPECT_EQ(n, 2u);
}

}  // namespace
