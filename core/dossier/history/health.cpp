#include "dossier/history/health.hpp"

#include <algorithm>

#include "dossier/history/utc_time.hpp"

namespace dossier {
namespace {

using namespace std::chrono;

constexpr seconds clock_leeway = minutes(5);  // between machines that share a folder

std::string because_of(std::optional<RunEntry> const& failed) {
    if (!failed) return "";
    auto const run = "; run " + std::to_string(failed->number);
    if (failed->state == RunState::published) return run + " published, but a plugin failed";
    if (failed->state == RunState::failed) return run + " failed: " + failed->failure;
    return run + " was " + name_of(failed->state) + (failed->failure.empty() ? "" : ": " + failed->failure);
}

std::string trouble_with_age(seconds age, seconds max_age, HealthFacts const& facts) {
    if (age < -clock_leeway)
        return "the last good run ended " + span_text(-age) +
               " from now: the clock was set back, so its age is not known";
    if (age <= max_age) return "";
    return "the last good run is " + span_text(age) + " old, more than " + span_text(max_age) +
           because_of(facts.failed_since);
}

}  // namespace

HealthFacts health_facts(HistoryDatabase const& database, system_clock::time_point now, seconds max_age) {
    HealthFacts facts;
    RunHistory const runs(database, [now] { return now; });
    AlertStates const alerts(database);
    facts.last_good = runs.last_good();
    facts.failed_since = runs.last_failed();
    facts.alerts = alerts.standings();
    facts.not_delivered = alerts.not_delivered_since(utc_text(now - max_age));
    facts.n_waiting = alerts.undelivered().size();
    return facts;
}

Health health_of(HealthFacts const& facts, system_clock::time_point now, seconds max_age) {
    Health health;
    auto const ended = facts.last_good ? time_of_utc(facts.last_good->ended) : std::nullopt;
    if (ended) {
        health.age = floor<seconds>(now - *ended);
        if (auto trouble = trouble_with_age(*health.age, max_age, facts); !trouble.empty())
            health.troubles.push_back(std::move(trouble));
    } else {
        health.troubles.push_back("no run was good yet" + because_of(facts.failed_since));
    }
    for (auto const& event : facts.not_delivered)
        health.troubles.push_back("the alert \"" + event.alert_id + "\" " + std::string(name_of(event.event)) +
                                  " in run " + std::to_string(event.run) + ", but " + event.problem);
    return health;
}

}  // namespace dossier
