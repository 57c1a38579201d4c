// Alert states: what each alert had come to after the last run, and what was told of it to whom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/history/history_database.hpp"

namespace dossier {

enum class AlertPhase { quiet, firing };

struct AlertState {
    std::string definition;  ///< SHA-256 of what the alert asks; another one is another alert
    AlertPhase phase = AlertPhase::quiet;
    unsigned streak = 0;   ///< quiet: runs in a row, the last included, in which the condition held
    std::string set_id;    ///< of the set that was looked at; empty: there was none
    std::string readings;  ///< JSON: what was measured then, {"direction_share": 0.62}
    std::int64_t run = 0;  ///< number of the run that looked
    std::string since;     ///< firing: when it fired, utc_text; quiet: empty
};

enum class AlertEvent { fired, cleared };

/// How far the news of an event got. A delivery goes from `pending` to `started` before its hook runs, so that none is made
/// twice whatever is killed when.
enum class AlertDelivery {
    none,       ///< the alert has no hook for it
    pending,    ///< to be made, by this run or the next
    started,    ///< the hook is running, or was when the run was killed
    delivered,  ///< the hook said so
    failed,     ///< the hook said so every time, or could not be started
    unknown,    ///< the hook or the run was killed meanwhile; never made again
    dropped,    ///< the alert or its hook went from the job before it was made
};

[[nodiscard]] std::string_view name_of(AlertPhase phase) noexcept;        ///< "firing"
[[nodiscard]] std::string_view name_of(AlertEvent event) noexcept;        ///< "fired"
[[nodiscard]] std::string_view name_of(AlertDelivery delivery) noexcept;  ///< "delivered"

/// One event of an alert.
struct AlertLogEntry {
    std::int64_t number = 0;  ///< from 1; 0: not stored yet
    std::string alert_id;
    std::int64_t run = 0;  ///< number of the run in which it happened
    AlertEvent event = AlertEvent::fired;
    std::string at;           ///< utc_text
    std::string sentence;     ///< what happened, without a full stop
    std::string message;      ///< JSON, what the hook reads
    std::string delivery_id;  ///< unique
    AlertDelivery delivery = AlertDelivery::none;
    unsigned attempts = 0;
    std::string problem;  ///< one sentence; empty unless failed, unknown or dropped
    std::string output;   ///< the end of what the hook printed in its last attempt
};

/// An alert with its state.
struct AlertStanding {
    std::string alert_id;
    AlertState state;
};

/// Reads and writes them. Throws as HistoryDatabase does.
class AlertStates {
public:
    static constexpr std::size_t most_log_entries = 10'000;  ///< beyond which the oldest that are done with go

    /// @param database  must outlive it
    explicit AlertStates(HistoryDatabase const& database) : database_(&database) {}

    // --- for a run, which holds the folder's lock ---

    /// nullopt: this alert was never looked at.
    [[nodiscard]] std::optional<AlertState> state(std::string_view alert_id) const;
    void set_state(std::string_view alert_id, AlertState const& state);
    /// Forgets alerts that the job has no more.
    void forget_all_but(std::vector<std::string> const& alert_ids);
    /// Adds an event; of events with one delivery id only the first is kept.
    void add(AlertLogEntry const& entry);
    /// Events whose delivery is pending or started, oldest first.
    [[nodiscard]] std::vector<AlertLogEntry> undelivered() const;
    /// Stores delivery, attempts, problem and output of an entry that is stored.
    void set_delivery(AlertLogEntry const& entry);
    void forget_old_events(std::size_t most = most_log_entries);

    // --- for readers ---

    /// By id.
    [[nodiscard]] std::vector<AlertStanding> standings() const;
    /// In the order in which they happened.
    [[nodiscard]] std::vector<AlertLogEntry> of_run(std::int64_t run) const;
    /// Newest first: deliveries that failed, or of which nothing is known, of events since `since` (utc_text).
    [[nodiscard]] std::vector<AlertLogEntry> not_delivered_since(std::string_view since) const;

private:
    HistoryDatabase const* database_;
};

}  // namespace dossier
