// Alert step: from the state of an alert and what holds now to its next state; nothing else decides whether anybody is told.
#pragma once

#include <optional>

#include "dossier/history/alert_states.hpp"
#include "dossier/job/alert_readings.hpp"

namespace dossier {

/// What a run has found of one alert.
struct AlertObservation {
    Holds when = Holds::no;
    Holds clear_when = Holds::no;              ///< of an alert without such a condition, the contrary of `when`
    unsigned hold = 1;                         ///< JobAlert::hold
    bool is_of_changes = false;                ///< it asks for differences between sets: every new set is news
    std::string definition, set_id, readings;  ///< as in AlertState
    std::int64_t run = 0;
    std::string now;  ///< utc_text
};

enum class AlertStep {
    quiet,    ///< the condition does not hold
    waiting,  ///< it holds, but not in enough runs yet
    fired,
    holding,  ///< it fired before, and was not cleared
    cleared,
    missing,  ///< a value is missing, so that nothing can be said; the phase stays as it was
};

struct AlertStepped {
    AlertState state;
    AlertStep step = AlertStep::quiet;
    bool begins_anew = false;  ///< there was no state, or one of another definition
};

/// A pure function. Fires on the way from quiet to firing only. An alert clears when `clear_when` holds and `when` does not,
/// so that the two cannot chase each other.
///
/// @param before  nullopt: the alert was never looked at
[[nodiscard]] AlertStepped step(std::optional<AlertState> const& before, AlertObservation const& observation);

}  // namespace dossier
