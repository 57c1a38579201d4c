#include "dossier/plugin/value_format.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <limits>

namespace {

using dossier::format_percent;
using dossier::format_real;

TEST(FormatReal, RoundsTheDecimalNumberThatAReaderSeesHalfAwayFromZero) {
    EXPECT_EQ(format_real(0.285, 2), "0.29");  // the nearest double is 0.284999…
    EXPECT_EQ(format_real(1.005, 2), "1.01");
    EXPECT_EQ(format_real(2.5, 0), "3");
    EXPECT_EQ(format_real(-2.5, 0), "-3");
    EXPECT_EQ(format_real(0.125, 2), "0.13");
    EXPECT_EQ(format_real(0.124, 2), "0.12");
    EXPECT_EQ(format_real(0.05, 1), "0.1");
    EXPECT_EQ(format_real(0.04, 1), "0.0");
    EXPECT_EQ(format_real(0.5, 0), "1");
    EXPECT_EQ(format_real(0.49999, 0), "0");
}

TEST(FormatReal, CarriesOverTheNines) {
    EXPECT_EQ(format_real(9.995, 2), "10.00");
    EXPECT_EQ(format_real(0.999, 2), "1.00");
    EXPECT_EQ(format_real(99.5, 0), "100");
}

TEST(FormatReal, ShowsExactlyTheDecimalsAskedFor) {
    EXPECT_EQ(format_real(3.0, 2), "3.00");
    EXPECT_EQ(format_real(1234567.0, 0), "1234567");
    EXPECT_EQ(format_real(1e-7, 3), "0.000");
    EXPECT_EQ(format_real(1e-7, 8), "0.00000010");
    EXPECT_EQ(format_real(1e21, 1), "1000000000000000000000.0");
    EXPECT_EQ(format_real(0.1, 15), "0.100000000000000");
    EXPECT_EQ(format_real(0.1, 99), "0.100000000000000") << "no more than 15";
    EXPECT_EQ(format_real(12.3, -4), "12") << "no fewer than 0";
}

TEST(FormatReal, GivesZeroNoSign) {
    EXPECT_EQ(format_real(-0.0, 1), "0.0");
    EXPECT_EQ(format_real(-0.004, 2), "0.00");
    EXPECT_EQ(format_real(-0.006, 2), "-0.01");
}

TEST(FormatReal, ShowsNothingForWhatIsNoNumber) {
    EXPECT_EQ(format_real(std::nan(""), 2), "");
    EXPECT_EQ(format_real(std::numeric_limits<double>::infinity(), 2), "");
    EXPECT_EQ(format_percent(std::nan(""), 2), "");
}

TEST(FormatReal, DoesNotAskTheLocale) {
    char const* const had = std::setlocale(LC_NUMERIC, nullptr);
    std::string const before = had != nullptr ? had : "C";
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");  // where it is not installed this changes nothing
    EXPECT_EQ(format_real(1.5, 1), "1.5");
    std::setlocale(LC_NUMERIC, before.c_str());
}

TEST(FormatPercent, ShiftsBeforeItRounds) {
    EXPECT_EQ(format_percent(0.75, 0), "75 %");
    EXPECT_EQ(format_percent(0.285, 1), "28.5 %");
    EXPECT_EQ(format_percent(0.285, 0), "29 %");
    EXPECT_EQ(format_percent(0.07, 0), "7 %");
    EXPECT_EQ(format_percent(1.0, 0), "100 %");
    EXPECT_EQ(format_percent(0.0, 1), "0.0 %");
}

TEST(FormatStance, ShowsASymbolAndWords) {
    EXPECT_EQ(dossier::format_stance("supports"), "▲ supports");
    EXPECT_EQ(dossier::format_stance("refutes"), "▼ refutes");
    EXPECT_EQ(dossier::format_stance("mixed"), "◆ mixed");
    EXPECT_EQ(dossier::format_stance("neutral"), "● neutral");
    EXPECT_EQ(dossier::format_stance("silent"), "○ silent");
    EXPECT_EQ(dossier::format_stance("not_assessable"), "✕ not assessable");
    EXPECT_EQ(dossier::format_stance("new in 2.0"), "new in 2.0");
}

TEST(FormatCell, TakesDecimalsFromTheColumn) {
    dossier_column column{};
    column.decimals = 2;
    dossier_cell cell{};
    EXPECT_EQ(dossier::format_cell(column, cell), "") << "no value is not 0";
    cell.kind = DOSSIER_CELL_INTERVAL, cell.low = 0.3, cell.high = 0.95;
    EXPECT_EQ(dossier::format_cell(column, cell), "0.30 to 0.95");
    cell.kind = DOSSIER_CELL_INTEGER, cell.integer = -7;
    EXPECT_EQ(dossier::format_cell(column, cell), "-7");
    cell.kind = DOSSIER_CELL_REAL, cell.real = 0.5;
    EXPECT_EQ(dossier::format_cell(column, cell), "0.50");
    cell.kind = DOSSIER_CELL_DATE, cell.text = {"2026-11", 7};
    EXPECT_EQ(dossier::format_cell(column, cell), "2026-11");
    cell.kind = 99;
    EXPECT_EQ(dossier::format_cell(column, cell), "");
}

}  // namespace
