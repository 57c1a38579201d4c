#include "dossier/sources/calendar.hpp"

#include <gtest/gtest.h>

#include <array>

#include "dossier/sources/metadata.hpp"
#include "dossier/sources/records/record_dates.hpp"

namespace {

using dossier::sources::is_date;

TEST(Calendar, KnowsTheDaysOfEachMonth) {
    EXPECT_TRUE(is_date(2021, 12, 31));
    EXPECT_TRUE(is_date(2020, 2, 29));
    EXPECT_TRUE(is_date(2000, 2, 29));
    for (auto const& [year, month, day] : {std::array{2021, 2, 29},
                                           {1900, 2, 29},
                                           {2021, 4, 31},
                                           {2021, 0, 1},
                                           {2021, 13, 1},
                                           {2021, 1, 0},
                                           {2021, 1, 257},
                                           {2021, 257, 1},
                                           {2021, -1, -1}})
        EXPECT_FALSE(is_date(year, month, day)) << year << ' ' << month << ' ' << day;
}

TEST(Calendar, KeepsTheMonthOfADayThatIsNone) {
    EXPECT_EQ(dossier::sources::iso_date("2021-02-31"), "2021-02");
    EXPECT_EQ(dossier::sources::iso_date("31 April 2021"), "2021-04");
    EXPECT_EQ(dossier::sources::record_date("2021/02/31", ""), "2021-02");
}

}  // namespace
