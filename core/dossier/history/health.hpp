// Health: whether scheduled runs still do what they are there for, for a program that watches them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "dossier/history/alert_states.hpp"
#include "dossier/history/history_database.hpp"
#include "dossier/history/run_history.hpp"

namespace dossier {

/// What is known of an output folder.
struct HealthFacts {
    std::optional<RunEntry> last_good;     ///< nullopt: there was none yet
    std::optional<RunEntry> failed_since;  ///< the newest run that was not good, after it
    std::vector<AlertStanding> alerts;     ///< by id
    std::vector<AlertLogEntry>
        not_delivered;          ///< events within the greatest age of which nobody was told, newest first
    std::size_t n_waiting = 0;  ///< events that a run with hooks is still to tell
};

/// @param now      by the machine's clock
/// @param max_age  that the last good run may have; failed deliveries of older events are not asked for
[[nodiscard]] HealthFacts health_facts(HistoryDatabase const& database, std::chrono::system_clock::time_point now,
                                       std::chrono::seconds max_age);

struct Health {
    std::vector<std::string> troubles;        ///< a sentence each, without a full stop; empty: all is well
    std::optional<std::chrono::seconds> age;  ///< of the last good run; nullopt: there was none
};

/// What is wrong: no good run, or one that is too old or lies ahead of the clock; an alert of which nobody was told.
[[nodiscard]] Health health_of(HealthFacts const& facts, std::chrono::system_clock::time_point now,
                               std::chrono::seconds max_age);

}  // namespace dossier
