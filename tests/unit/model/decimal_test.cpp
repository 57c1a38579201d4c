#include "dossier/model/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace {

using dossier::decimal_text;

TEST(DecimalText, RoundsTheNumberThatAReaderSeesHalfAwayFromZero) {
    EXPECT_EQ(decimal_text(0.625, 2), "0.63");
    EXPECT_EQ(decimal_text(0.285, 2), "0.29");  // as a double a little less
    EXPECT_EQ(decimal_text(-0.285, 2), "-0.29");
    EXPECT_EQ(decimal_text(0.6951, 2), "0.70");
}

TEST(DecimalText, GivesZeroNoSignAndNothingForWhatIsNoNumber) {
    EXPECT_EQ(decimal_text(-0.004, 2), "0.00");
    EXPECT_EQ(decimal_text(std::numeric_limits<double>::quiet_NaN(), 2), "");
    EXPECT_EQ(decimal_text(std::numeric_limits<double>::infinity(), 2), "");
}

TEST(DecimalText, ShiftsBeforeItRounds) {
    EXPECT_EQ(decimal_text(0.285, 0, 2), "29");
    EXPECT_EQ(decimal_text(0.0005, 1, 2), "0.1");
}

TEST(NumberText, IsWhatAPersonWouldWrite) {
    EXPECT_EQ(dossier::number_text(1e6), "1000000");
    EXPECT_EQ(dossier::number_text(86400), "86400");
    EXPECT_EQ(dossier::number_text(0.1), "0.1");
    EXPECT_EQ(dossier::number_text(-2.5), "-2.5");
    EXPECT_EQ(dossier::number_text(0.0), "0");
    EXPECT_EQ(dossier::number_text(0.000001), "0.000001");
    EXPECT_EQ(dossier::number_text(1e-7), "1e-07");
    EXPECT_EQ(dossier::number_text(1e15), "1e+15");
}

}  // namespace
