// The calendar that dates are checked against.
#pragma once

#include <chrono>

namespace dossier::sources {

/// Whether the Gregorian calendar has this day: not 2021-02-29.
[[nodiscard]] constexpr bool is_date(int year, int month, int day) noexcept {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
               .ok();
}

}  // namespace dossier::sources
