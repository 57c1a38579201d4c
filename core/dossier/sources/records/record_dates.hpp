// Dates of records: what exports write in their year and date fields, as ISO 8601.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// The first year from 1000 to 2999 that stands alone in `text`; empty: there is none.
[[nodiscard]] std::string year_in(std::string_view text);

/// "2021", "2021-03" or "2021-03-04" out of a date field ("1999/08//", "2017 Nov 15", "FEB 28", "20170422") and a year field,
/// which counts when the date has no year of its own; empty: no year is stated. Numbers count as month and day only when
/// they follow the year; "4/5/2018" is 2018.
[[nodiscard]] std::string record_date(std::string_view date, std::string_view year);

}  // namespace dossier::sources
