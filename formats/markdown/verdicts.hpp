// What the analysis comes to, claim by claim, as YAML and as a table.
#pragma once

#include <dossier/plugin.h>

#include <string>
#include <vector>

namespace dossier::formats {

/// Lines of a YAML mapping with the one key `verdicts`, a list with an entry per claim; numbers in full, `null` where
/// there is none. No lines for a document without verdicts.
[[nodiscard]] std::vector<std::string> verdicts_in_yaml(dossier_document const& document);

/// Lines of a GFM table, a row per claim: its statement, the verdict's four parts in words and the sources that were
/// counted. No lines for a document without verdicts.
[[nodiscard]] std::vector<std::string> verdicts_as_table(dossier_document const& document);

}  // namespace dossier::formats
