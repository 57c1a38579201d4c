// UTC time: texts of the history back to times, and spans of time as people write and read them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

/// The contrary of utc_text. nullopt: `text` is not of the form 2026-11-22T21:59:05Z.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> time_of_utc(std::string_view text);

/// "8d", "36h", "90m", "30s", and such after one another from the longest to the shortest: "1d12h". nullopt: it is none, is
/// nothing, or is longer than 100 years.
[[nodiscard]] std::optional<std::chrono::seconds> parse_span(std::string_view text);

/// In its two longest units: "8 days", "1 day 3 hours", "42 seconds". What lies ahead is "0 seconds".
[[nodiscard]] std::string span_text(std::chrono::seconds span);

}  // namespace dossier
