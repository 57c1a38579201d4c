// Stances as evidence lines of GA4GH VA-Spec; docs/formats/json.md maps each field.
#pragma once

#include <dossier/plugin.hpp>
#include <string_view>

#include "json_writer.hpp"

namespace dossier::formats {

/// The version followed: the first ballot in which a proposition need not be about a genetic variant.
inline constexpr std::string_view va_spec_version = "1.1.0-ballot.2026-07.2";

/// Writes an object with the version and an array of EvidenceLine objects: one per article and claim, overall and under
/// each condition, where the article says anything on it; by claim, article and condition.
void write_va_spec(Analysis const& analysis, JsonWriter& json);

}  // namespace dossier::formats
