#include "dossier/history/alert_states.hpp"

#include <algorithm>
#include <array>

#include "dossier/diagnostics/failure.hpp"

namespace dossier {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 2> phases{"quiet", "firing"};
constexpr std::array<std::string_view, 2> events{"fired", "cleared"};
constexpr std::array<std::string_view, 7> deliveries{"none",   "pending", "started", "delivered",
                                                     "failed", "unknown", "dropped"};

template <class Value, std::size_t n>
Value value_called(std::array<std::string_view, n> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw Failure(FailureKind::store, "the history holds no sense: \"" + name + "\"");
    return static_cast<Value>(found - names.begin());
}

constexpr std::string_view log_columns =
    "SELECT number, alert_id, run, event, at, sentence, message, delivery_id, delivery, attempts, problem, output"
    " FROM alert_log";

AlertLogEntry log_entry_of(HistoryStatement const& row) {
    AlertLogEntry entry;
    entry.number = row.number(0);
    entry.alert_id = row.text(1);
    entry.run = row.number(2);
    entry.event = value_called<AlertEvent>(events, row.text(3));
    entry.at = row.text(4);
    entry.sentence = row.text(5);
    entry.message = row.text(6);
    entry.delivery_id = row.text(7);
    entry.delivery = value_called<AlertDelivery>(deliveries, row.text(8));
    entry.attempts = static_cast<unsigned>(row.number(9));
    entry.problem = row.text(10);
    entry.output = row.text(11);
    return entry;
}

std::vector<AlertLogEntry> log_entries_of(HistoryStatement& rows) {
    std::vector<AlertLogEntry> entries;
    while (rows.next())
        entries.push_back(log_entry_of(rows));
    return entries;
}

/// @param row  begins with the columns of `state_columns`
AlertState state_of(HistoryStatement const& row) {
    return {row.text(0),
            value_called<AlertPhase>(phases, row.text(1)),
            static_cast<unsigned>(row.number(2)),
            row.text(3),
            row.text(4),
            row.number(5),
            row.text(6)};
}

constexpr std::string_view state_columns = "SELECT definition, phase, streak, set_id, readings, run, since";

}  // namespace

std::string_view name_of(AlertPhase phase) noexcept {
    return phases[static_cast<std::size_t>(phase)];
}

std::string_view name_of(AlertEvent event) noexcept {
    return events[static_cast<std::size_t>(event)];
}

std::string_view name_of(AlertDelivery delivery) noexcept {
    return deliveries[static_cast<std::size_t>(delivery)];
}

std::optional<AlertState> AlertStates::state(std::string_view alert_id) const {
    HistoryStatement row(*database_, std::string(state_columns) + " FROM alert_state WHERE alert_id = ?1");
    if (!row.with(alert_id).next()) return std::nullopt;
    return state_of(row);
}

void AlertStates::set_state(std::string_view alert_id, AlertState const& state) {
    HistoryStatement(*database_,
                     "INSERT OR REPLACE INTO alert_state (alert_id, definition, phase, streak, set_id, readings, run,"
                     " since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        .run(alert_id, state.definition, name_of(state.phase), state.streak, state.set_id, state.readings, state.run,
             state.since);
}

void AlertStates::forget_all_but(std::vector<std::string> const& alert_ids) {
    for (auto const& [alert_id, state] : standings())
        if (std::find(alert_ids.begin(), alert_ids.end(), alert_id) == alert_ids.end())
            HistoryStatement(*database_, "DELETE FROM alert_state WHERE alert_id = ?1").run(alert_id);
}

void AlertStates::add(AlertLogEntry const& entry) {
    HistoryStatement(*database_,
                     "INSERT OR IGNORE INTO alert_log (alert_id, run, event, at, sentence, message, delivery_id,"
                     " delivery, attempts, problem, output) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
        .run(entry.alert_id, entry.run, name_of(entry.event), entry.at, entry.sentence, entry.message,
             entry.delivery_id, name_of(entry.delivery), entry.attempts, entry.problem, entry.output);
}

std::vector<AlertLogEntry> AlertStates::undelivered() const {
    HistoryStatement rows(*database_,
                          std::string(log_columns) + " WHERE delivery IN ('pending', 'started') ORDER BY number");
    return log_entries_of(rows);
}

void AlertStates::set_delivery(AlertLogEntry const& entry) {
    HistoryStatement(*database_,
                     "UPDATE alert_log SET delivery = ?2, attempts = ?3, problem = ?4, output = ?5 WHERE number = ?1")
        .run(entry.number, name_of(entry.delivery), entry.attempts, entry.problem, entry.output);
}

void AlertStates::forget_old_events(std::size_t most) {
    HistoryStatement(*database_,
                     "DELETE FROM alert_log WHERE delivery NOT IN ('pending', 'started') AND number <="
                     " (SELECT number FROM alert_log ORDER BY number DESC LIMIT 1 OFFSET ?1)")
        .run(most);
}

std::vector<AlertStanding> AlertStates::standings() const {
    HistoryStatement rows(*database_, std::string(state_columns) + ", alert_id FROM alert_state ORDER BY alert_id");
    std::vector<AlertStanding> standings;
    while (rows.next())
        standings.push_back({rows.text(7), state_of(rows)});
    return standings;
}

std::vector<AlertLogEntry> AlertStates::of_run(std::int64_t run) const {
    HistoryStatement rows(*database_, std::string(log_columns) + " WHERE run = ?1 ORDER BY number");
    return log_entries_of(rows.with(run));
}

std::vector<AlertLogEntry> AlertStates::not_delivered_since(std::string_view since) const {
    HistoryStatement rows(*database_, std::string(log_columns) +
                                          " WHERE delivery IN ('failed', 'unknown') AND at >= ?1 ORDER BY number DESC");
    return log_entries_of(rows.with(since));
}

}  // namespace dossier
