// Retention: which runs keep their sets and their details.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct RetentionPolicy {
    std::size_t keep = 50;    ///< the last runs, and the last runs that made a set; at least 1
    bool keep_weekly = true;  ///< also the last run of each ISO week (UTC) that made a set
};

/// A run, as far as it matters here.
struct RetentionEntry {
    std::int64_t number = 0;  ///< the order of runs; clocks may have been set back
    std::string began;        ///< utc_text
    std::string run_id;       ///< the set that it leads to; empty: none
    bool made_set = false;    ///< it made that set
    bool pinned = false;
    bool running = false;
};

/// What goes.
struct Retention {
    std::vector<std::int64_t> numbers;  ///< runs whose details go, ascending
    std::vector<std::string> run_ids;   ///< sets that go, sorted, each once

    friend bool operator==(Retention const&, Retention const&) = default;
};

/// Decides what goes. Pinned and running entries stay, and no set goes that `latest` or an entry that stays leads to, or that
/// the next run compares with; who made such a set stays as well.
///
/// @param entries  those that were not pruned already, in any order
/// @param latest   run id that DIR/latest leads to; empty: none
/// @param compared_with  run id of the set that the next run compares with if it makes that of `latest` again; empty: none
[[nodiscard]] Retention what_goes(std::span<RetentionEntry const> entries, RetentionPolicy const& policy,
                                  std::string_view latest, std::string_view compared_with = {});

inline constexpr std::int64_t no_week = std::numeric_limits<std::int64_t>::min();

/// Whole weeks since Monday 1970-01-05: equal within an ISO week. no_week: `utc` does not begin with a date.
[[nodiscard]] std::int64_t week_of(std::string_view utc);

}  // namespace dossier
