// Alert message: what a hook reads when an alert fires or clears, and the sentence that people read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dossier/history/alert_states.hpp"
#include "dossier/job/alert_readings.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// Readings as they are kept: {"direction_share":0.62,"supports":null}.
[[nodiscard]] std::string json_of(AlertReadings const& readings);

/// One event, as far as its message needs to know.
struct AlertNews {
    AlertEvent event = AlertEvent::fired;
    AlertReadings readings;
    std::string before;    ///< json_of() of the run before; empty: there was none
    std::string set;       ///< absolute path of the set; empty: there is none
    std::string set_id;    ///< its name; empty: there is none
    std::int64_t run = 0;  ///< number of the run
    std::string as_of, at;
    std::string delivery_id;
};

/// "direction_share is 0.44 (before: 0.62) on "Coffee harms sleep."": safe to show, without a full stop.
/// @param statement  of the claim; empty: the alert has none
[[nodiscard]] std::string sentence_of(JobAlert const& alert, AlertNews const& news, std::string_view statement);

/// One JSON object as alert_message_schema() says, indented, one trailing line break.
[[nodiscard]] std::string message_of(JobAlert const& alert, Job const& job, AlertNews const& news,
                                     ClaimSummary const& claim, std::string_view sentence);

/// JSON Schema (draft 2020-12) of a message. Ends in a line break.
[[nodiscard]] std::string alert_message_schema();

}  // namespace dossier
