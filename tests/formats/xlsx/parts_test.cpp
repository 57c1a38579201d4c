// The parts of the XLSX format that can be looked at alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/web_addresses.hpp"
#include "xlsx/excel_text.hpp"
#include "xlsx/sheet_names.hpp"
#include "xlsx/shortage.hpp"
#include "xlsx/spool.hpp"

namespace {

using namespace dossier::formats;
using testing::ElementsAre;

TEST(Spool, GivesBackWhatWasPutInHoweverItIsCut) {
    std::string all;
    for (std::size_t i = 0; all.size() < 3'500'000; ++i)
        all += std::to_string(i * 2654435761u) + ' ';
    Spool spool;
    for (std::size_t at = 0, size = 1; at < all.size(); at += size, size = size * 3 % 300'007)
        spool.write(std::string_view(all).substr(at, size));
    EXPECT_EQ(spool.size(), all.size());
    std::string read, room(70'001, '\0');
    for (std::size_t n = 0; (n = spool.read(room.data(), room.size())) > 0;)
        read.append(room, 0, n);
    EXPECT_TRUE(read == all);
    EXPECT_EQ(spool.read(room.data(), room.size()), 0u);
    EXPECT_THROW(spool.write("late"), std::logic_error);
}

TEST(Spool, AnEmptyOneEndsAtOnce) {
    Spool spool;
    char room[8];
    EXPECT_EQ(spool.read(room, sizeof room), 0u);
}

TEST(ExcelText, PiecesEachFitIntoACellAndLoseNothing) {
    std::string text;
    while (text.size() < 200'000)
        text += "_x0041_ 😀 é ";
    std::string joined;
    for (auto const piece : pieces_of(text)) {
        joined += piece;
        std::size_t units = 0;
        for (unsigned char const c : escaped(piece))
            units += (c & 0xC0) != 0x80 ? (c >= 0xF0 ? 2 : 1) : 0;
        EXPECT_LE(units, longest_cell);
    }
    EXPECT_EQ(joined, text);
    EXPECT_THAT(pieces_of(""), ElementsAre(""));
}

TEST(ExcelText, EscapesOnlyWhatASpreadsheetWouldReadAsAnEscape) {
    EXPECT_EQ(escaped("_x0041_"), "_x005F_x0041_");
    EXPECT_EQ(escaped("_x00_ _xZZZZ_ _X0041_ x0041_ _x0041"), "_x00_ _xZZZZ_ _X0041_ x0041_ _x0041");
    EXPECT_EQ(escaped("__x00aF__"), "__x005F_x00aF__");
}

TEST(ExcelText, WidthsCountWhatIsSeen) {
    EXPECT_EQ(width_of("abc\nlonger line\nx"), 11u);
    EXPECT_EQ(width_of("中文"), 4u);
    EXPECT_EQ(width_of("e\xCC\x81"), 1u);
    EXPECT_EQ(lines_of("a", 10), 1u);
    EXPECT_EQ(lines_of("12345678901\n\nx", 10), 4u);
    EXPECT_EQ(lines_of("ab", 0), 2u) << "where there is no room, one digit a line";
}

TEST(ExcelText, LinksAreOfThreeSchemesAndNeverOfTheLibrarysOwn) {
    EXPECT_EQ(linkable("https://example.org/%41%zz"), "https://example.org/%41%25zz");
    EXPECT_EQ(linkable("http://e.org/?external:host"), "http://e.org/?external%3Ahost");
    for (auto const* const refused :
         {"", "https://", "javascript:1", "internal:'a'!A1", "file:///x", "data:,x", "//e.org"})
        EXPECT_FALSE(linkable(refused)) << refused;
}

TEST(ExcelText, LinksAreTheAddressesThatAreLinksEverywhere) {
    for (auto const& address : dossier::test::web_addresses())
        EXPECT_TRUE(linkable(address)) << address;
    for (auto const& address : dossier::test::no_web_addresses())
        EXPECT_FALSE(linkable(address)) << address;
}

TEST(SheetNames, SayWhatTheAnchorSays) {
    SheetNames names;
    names.reserve("Quotes");
    EXPECT_EQ(names.take("stance-table-every-stance", "stance-table"), "Every stance");
    EXPECT_EQ(names.take("quotes", "summary"), "Quotes, Summary");
    EXPECT_EQ(names.take("quotes", "summary"), "Quotes, 2");
    EXPECT_EQ(names.take("", ""), "Table");
    EXPECT_EQ(continued_name("Every stance", 1), "Every stance");
    EXPECT_EQ(continued_name("Every stance", 3), "Every stance (3)");
}

TEST(SheetNames, OfAHundredThousandTablesOfOneNameTakeAMoment) {
    SheetNames names;
    EXPECT_EQ(names.take("every-stance", ""), "Every stance");
    for (std::size_t n = 2; n <= 100'000; ++n)  // counted from 2 each time, this would take hours
        ASSERT_EQ(names.take("every-stance", ""), "Every stance, " + std::to_string(n));
}

TEST(Shortage, OfOneWorkbookIsNoneOfTheNext) {
    ShortageWatch const first;
    EXPECT_FALSE(first.saw_any());
    ShortageWatch::report();
    EXPECT_TRUE(first.saw_any());
    ShortageWatch const second;
    EXPECT_FALSE(second.saw_any());
}

}  // namespace
