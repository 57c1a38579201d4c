#include "golden/text_diff.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::test::difference;

TEST(TextDiff, EqualTextsHaveNone) {
    EXPECT_EQ(difference("a\nb\n", "a\nb\n"), "");
}

TEST(TextDiff, ShowsChangedLinesWithTheirNumbers) {
    EXPECT_EQ(difference("a\nb\nc\n", "a\nB\nc\n"), "-2: b\n+2: B\n");
}

TEST(TextDiff, ShowsAddedAndRemovedLinesOnly) {
    EXPECT_EQ(difference("a\nc\n", "a\nb\nc\n"), "+2: b\n");
    EXPECT_EQ(difference("a\na\na\n", "a\na\n"), "-3: a\n");
}

TEST(TextDiff, SaysHowMuchItLeavesOut) {
    EXPECT_EQ(difference("1\n2\n3\n4\n", "", 2), "-1: 1\n-2: 2\n-… 2 more lines\n");
}

TEST(TextDiff, NoticesAMissingLastLineBreak) {
    EXPECT_NE(difference("a\n", "a"), "");
}

TEST(TextDiff, NamesTheFirstByteOfWhatIsNotText) {
    EXPECT_EQ(difference("%PDF-1.4 a", "%PDF-1.4 bc"), "10 bytes expected, 11 found, first difference at byte 9\n");
    EXPECT_EQ(difference(std::string("a\0b", 3), std::string("a\0c", 3)),
              "3 bytes expected, 3 found, first difference at byte 2\n");
}

}  // namespace
