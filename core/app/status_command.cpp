#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "dossier/history/health.hpp"
#include "dossier/history/utc_time.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

Json maybe(std::string const& text) {
    return text.empty() ? Json() : Json(text);
}

Json watched_run(RunEntry const& run) {
    return {{"number", run.number},         {"state", name_of(run.state)}, {"began", run.began},
            {"ended", maybe(run.ended)},    {"as_of", maybe(run.as_of)},   {"run_id", maybe(run.run_id)},
            {"failure", maybe(run.failure)}};
}

Json json_of(Health const& health, HealthFacts const& facts, std::chrono::seconds max_age) {
    Json json = {{"ok", health.troubles.empty()},
                 {"troubles", health.troubles},
                 {"max_age_seconds", max_age.count()},
                 {"age_seconds", health.age ? Json(health.age->count()) : Json()},
                 {"last_good", facts.last_good ? watched_run(*facts.last_good) : Json()},
                 {"failed_since", facts.failed_since ? watched_run(*facts.failed_since) : Json()},
                 {"alerts", Json::array()},
                 {"not_delivered", Json::array()},
                 {"waiting", facts.n_waiting}};
    for (auto const& [id, state] : facts.alerts)
        json["alerts"].push_back({{"id", id}, {"phase", name_of(state.phase)}, {"since", maybe(state.since)}});
    for (auto const& event : facts.not_delivered)
        json["not_delivered"].push_back({{"alert", event.alert_id},
                                         {"event", name_of(event.event)},
                                         {"run", event.run},
                                         {"at", event.at},
                                         {"sentence", event.sentence},
                                         {"delivery", name_of(event.delivery)},
                                         {"problem", event.problem}});
    return json;
}

/// "2 of 3 alerts firing"
std::string alerts_text(HealthFacts const& facts) {
    auto const n_firing = std::count_if(facts.alerts.begin(), facts.alerts.end(), [](AlertStanding const& alert) {
        return alert.state.phase == AlertPhase::firing;
    });
    return std::to_string(n_firing) + " of " + std::to_string(facts.alerts.size()) +
           (facts.alerts.size() == 1 ? " alert firing" : " alerts firing");
}

/// One line for a program that watches, then details. Safe to show.
std::string text_of(Health const& health, HealthFacts const& facts, std::string const& folder) {
    std::string text;
    for (auto const& trouble : health.troubles)
        text += (text.empty() ? "FAILED: " : "; ") + display_text(trouble);
    if (health.troubles.empty())
        text = "OK: the last good run is " + span_text(*health.age) + " old (run " +
               std::to_string(facts.last_good->number) + ", " + name_of(facts.last_good->state) + ")";
    if (!facts.alerts.empty()) text += "; " + alerts_text(facts);
    text += "\n";
    for (auto const& [id, state] : facts.alerts)
        if (state.phase == AlertPhase::firing)
            text += "  alert " + display_text(id) + " fires since " + state.since + "\n";
    if (facts.failed_since && health.troubles.empty())
        text += "  run " + std::to_string(facts.failed_since->number) + " after it was not good: `dossier show " +
                std::to_string(facts.failed_since->number) + " --output " + display_text(shell_word(folder)) + "`\n";
    if (facts.n_waiting > 0)
        text += "  " + std::to_string(facts.n_waiting) + (facts.n_waiting == 1 ? " alert is" : " alerts are") +
                " told by the next run with --scheduled or --hooks\n";
    return text;
}

}  // namespace

int status_command(StatusOptions const& options) {
    auto const max_age = parse_span(options.max_age);
    if (!max_age) {
        Diagnostics wrong;
        wrong.add({Severity::error,
                   "DOS0810",
                   {},
                   "--max-age takes a span of time, not \"" + options.max_age + "\"",
                   {},
                   {"write days, hours and minutes as 8d, 36h, 90m or 1d12h"}});
        print_messages(wrong, options);
        return exit_usage;
    }
    HealthFacts facts;
    std::error_code ignored;
    bool const has_folder = std::filesystem::is_directory(options.output, ignored);
    auto health = Health{{has_folder ? "no run is recorded in " + options.output : no_folder_in_words(options.output)},
                         std::nullopt};
    if (auto const database = has_folder ? HistoryDatabase::open_to_read(options.output) : std::nullopt) {
        facts = health_facts(*database, now(), *max_age);
        health = health_of(facts, now(), *max_age);
    }
    if (options.json)
        print(json_of(health, facts, *max_age).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    else if (!options.quiet || !health.troubles.empty())
        print(text_of(health, facts, options.output));
    return health.troubles.empty() ? exit_done : exit_failed;
}

}  // namespace dossier
