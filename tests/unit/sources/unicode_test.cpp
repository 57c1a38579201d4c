#include "dossier/sources/unicode.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::sources::comparable;
using dossier::sources::folded;

TEST(FoldedText, HasSingleSpacesAndNoControlCharacters) {
    EXPECT_EQ(folded("  Caf\u00E9\t\n noir \u00A0 and\x01 tea  "), "Caf\u00E9 noir and tea");
    EXPECT_EQ(folded("soft\u00ADhyphen"), "softhyphen");
    EXPECT_EQ(folded(" "), "");
}

TEST(ComparableText, IsInSmallLettersWithPlainQuotesAndDashes) {
    EXPECT_EQ(comparable("\u201CIt\u2019s A\u2013B\u201D, \u00C9DOUARD \u2022"), "\"it's a-b\", \u00C9douard \u2022");
    EXPECT_EQ(comparable("broken \xE2\x80 BYTES"), "broken \uFFFD bytes");
}

// ASCII is looked at in blocks: what is odd is found wherever in a block, or behind all blocks, it stands.
TEST(FoldedText, DoesNotDependOnWhereInABlockSomethingStands) {
    for (std::size_t n = 0; n < 70; ++n)
        for (std::size_t m = 0; m < 36; ++m) {
            std::string const before(n, 'A'), behind(m, 'Z');
            auto const small_before = std::string(n, 'a'), small_behind = std::string(m, 'z');
            EXPECT_EQ(folded(before + "\u2019" + behind), before + "\u2019" + behind);
            EXPECT_EQ(folded(before + "\u2019 " + behind + "  "), before + "\u2019" + (m > 0 ? " " : "") + behind);
            EXPECT_EQ(folded(before + "x  \t\u2019" + behind), before + "x \u2019" + behind);
            EXPECT_EQ(comparable(before + "\u2019" + behind), small_before + "'" + small_behind);
            EXPECT_EQ(comparable(before + "\u00E9" + behind), small_before + "\u00E9" + small_behind);
        }
}

}  // namespace
