#include "pdf/columns.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace {

using dossier::pdf::ColumnPlan;
using dossier::pdf::ColumnWish;
using dossier::pdf::plan_columns;

ColumnWish prose(double length, std::vector<double> cells) {
    ColumnWish wish{.narrowest = 30, .comfortable = 80, .widest = length, .mean = length * 0.8, .is_text = true};
    wish.sample = std::move(cells);
    return wish;
}

ColumnWish number(double width) {
    ColumnWish wish{.narrowest = width, .comfortable = width, .widest = width, .mean = width, .is_text = false};
    wish.sample = {width, width, width};
    return wish;
}

double total(ColumnPlan const& plan) {
    return std::accumulate(plan.widths.begin(), plan.widths.end(), 0.0);
}

TEST(PdfColumns, GiveRoomWhereItSavesLines) {
    // Both columns have one long cell; but those of the first are long in every row.
    auto const plan = plan_columns({prose(600, {20, 540, 530}), prose(600, {20, 20, 90})}, 8, 400, 0);
    EXPECT_GT(plan.widths[0], plan.widths[1] * 1.8);
    EXPECT_LE(total(plan), 400.01);
}

TEST(PdfColumns, NeverBreakANumberForTheSakeOfProse) {
    auto const plan = plan_columns({prose(900, {20, 900, 900}), number(60), number(70)}, 8, 300, 0);
    double const padding = 2 * dossier::pdf::padding_of_size * plan.size, scale = plan.size / 8;
    EXPECT_GE(plan.widths[1], 60 * scale + padding - 0.01);
    EXPECT_GE(plan.widths[2], 70 * scale + padding - 0.01);
    EXPECT_LE(total(plan), 300.01);
}

TEST(PdfColumns, StaySmallWhereThereIsLittleToSay) {
    auto const plan = plan_columns({number(40), number(50)}, 8, 500, 800);
    EXPECT_LT(total(plan), 120);
    EXPECT_FALSE(plan.landscape);
    EXPECT_DOUBLE_EQ(plan.size, 8);
}

TEST(PdfColumns, TurnThePageWhereSmallerTypeIsNotEnough) {
    std::vector<ColumnWish> const wishes(12, number(60));
    EXPECT_TRUE(plan_columns(wishes, 8, 500, 900).landscape);
    EXPECT_FALSE(plan_columns(wishes, 8, 500, 0).landscape);
}

}  // namespace
