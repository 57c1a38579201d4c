#include "dossier/job/alert_step.hpp"

namespace dossier {
namespace {

/// What the step begins from.
AlertState begun_from(std::optional<AlertState> const& before, AlertObservation const& observation, bool begins_anew) {
    auto state = begins_anew ? AlertState{} : *before;
    bool const is_news = observation.is_of_changes && state.set_id != observation.set_id;
    if (is_news) state.phase = AlertPhase::quiet, state.since.clear(), state.streak = 0;
    state.definition = observation.definition;
    state.set_id = observation.set_id;
    state.readings = observation.readings;
    state.run = observation.run;
    return state;
}

AlertStep step_of_quiet(AlertState& state, AlertObservation const& observation) {
    if (observation.when != Holds::yes) {
        state.streak = 0;
        return observation.when == Holds::no ? AlertStep::quiet : AlertStep::missing;
    }
    if (++state.streak < observation.hold) return AlertStep::waiting;
    state.phase = AlertPhase::firing;
    state.since = observation.now;
    state.streak = 0;
    return AlertStep::fired;
}

AlertStep step_of_firing(AlertState& state, AlertObservation const& observation) {
    if (observation.clear_when == Holds::unknown) return AlertStep::missing;
    if (observation.clear_when == Holds::no || observation.when == Holds::yes) return AlertStep::holding;
    state.phase = AlertPhase::quiet;
    state.since.clear();
    return AlertStep::cleared;
}

}  // namespace

AlertStepped step(std::optional<AlertState> const& before, AlertObservation const& observation) {
    AlertStepped stepped;
    stepped.begins_anew = !before || before->definition != observation.definition;
    stepped.state = begun_from(before, observation, stepped.begins_anew);
    stepped.step = stepped.state.phase == AlertPhase::quiet ? step_of_quiet(stepped.state, observation)
                                                            : step_of_firing(stepped.state, observation);
    return stepped;
}

}  // namespace dossier
