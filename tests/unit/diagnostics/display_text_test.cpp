#include "dossier/diagnostics/display_text.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

using dossier::count_code_points;
using dossier::display_text;
using dossier::display_unit;

TEST(DisplayText, LeavesReadableTextAsItIs) {
    EXPECT_EQ(display_text("naïve – 咖啡 ≥ 5 “x” 😀"), "naïve – 咖啡 ≥ 5 “x” 😀");
}

TEST(DisplayText, EscapesWhatCannotBeSeenOrWouldActOnTheScreen) {
    EXPECT_EQ(display_text(std::string_view("\0", 1)), "\\u{00}");
    EXPECT_EQ(display_text("\t"), "\\u{09}");
    EXPECT_EQ(display_text("\xE2\x80\x8B"), "\\u{200B}");       // zero-width space
    EXPECT_EQ(display_text("\xE2\x81\xA6"), "\\u{2066}");       // left-to-right isolate
    EXPECT_EQ(display_text("\xE2\x80\xA8"), "\\u{2028}");       // line separator
    EXPECT_EQ(display_text("\xEF\xBB\xBF"), "\\u{FEFF}");       // byte order mark
    EXPECT_EQ(display_text("\xF3\xA0\x81\x81"), "\\u{E0041}");  // tag character
}

TEST(DisplayText, EscapesEachByteThatIsNotUtf8) {
    EXPECT_EQ(display_text("a\xC3"), "a\\xC3");
    EXPECT_EQ(display_text("\xED\xA0\x80"), "\\xED\\xA0\\x80");  // a surrogate
    EXPECT_EQ(display_text("\xC0\xAF"), "\\xC0\\xAF");           // overlong
}

TEST(DisplayText, KnowsHowWideThingsStand) {
    EXPECT_EQ(display_unit("a", 0).width, 1u);
    EXPECT_EQ(display_unit("咖", 0).width, 2u);
    EXPECT_EQ(display_unit("\xCC\x81", 0).width, 0u);
    EXPECT_EQ(display_unit("\x1b", 0).width, 6u);
}

TEST(DisplayText, CountsCodePoints) {
    EXPECT_EQ(count_code_points("naïve"), 5u);
    EXPECT_EQ(count_code_points("\xFF\xFF"), 2u);
    EXPECT_EQ(count_code_points(""), 0u);
}

TEST(DisplayLines, KeepsLinesAndNothingElseThatMovesTheCursor) {
    EXPECT_EQ(dossier::display_lines("one\n\ntwo \x1b[31mred\x1b[0m\r\nthree"),
              "one\n\ntwo \\u{1B}[31mred\\u{1B}[0m\\u{0D}\nthree");
    EXPECT_EQ(dossier::display_lines("ends\n"), "ends\n");
    EXPECT_EQ(dossier::display_lines(""), "");
}

}  // namespace
