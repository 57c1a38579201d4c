// Alert readings: what the measures of an alert come to, and whether its conditions hold.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "dossier/model/alert.hpp"

namespace dossier {

/// A measured value, or why there is none ("no source takes a side").
struct AlertReading {
    std::variant<std::monostate, double, std::string> value;
    std::string reason;  ///< of a missing value; else empty

    [[nodiscard]] bool is_missing() const noexcept { return value.index() == 0; }
};

/// By measure.
using AlertReadings = std::map<std::string, AlertReading, std::less<>>;

/// What the analysis does not know.
struct RunFacts {
    std::string as_of;                        ///< ISO date of the run
    std::optional<double> last_good_run_age;  ///< days; nullopt: there was no good run yet
    std::optional<std::int64_t> failed_runs;  ///< in a row; nullopt: not known
};

/// Measures everything that the conditions of `alert` name.
/// @param database  a finished analysis.sqlite; empty: there is no set, and what it would say is missing; it is opened only if a condition
///                  asks for more than the history
/// @throws Failure store, whose path is `database`
[[nodiscard]] AlertReadings read_for(JobAlert const& alert, std::string const& database, RunFacts const& facts);

/// What is said of a claim in a message about it.
struct ClaimSummary {
    std::string statement;  ///< empty: the set does not know the claim
    std::string direction, agreement, certainty, coverage;
    std::int64_t n_quotes = 0;  ///< that bear on it
};

/// Of the alert's claim, under its condition. Empty where there is no claim or no set.
/// @throws Failure store, whose path is `database`
[[nodiscard]] ClaimSummary claim_summary_for(JobAlert const& alert, std::string const& database);

enum class Holds { no, yes, unknown };

/// `no` if a test fails; else `unknown` if a value is missing.
[[nodiscard]] Holds holds(AlertCondition const& condition, AlertReadings const& readings);

/// Whole days from the last day that a partial date ("2026", "2026-11") can mean to `as_of`; never below 0, since dates may lie
/// ahead. nullopt: one of them is none.
[[nodiscard]] std::optional<double> days_until(std::string_view published, std::string_view as_of);

}  // namespace dossier
