// analysis.sqlite as any program may read it: SQL over its views, through SQLite's own C interface.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace dossier::test {

/// All rows of a query, every value as text; NULL as "".
/// @throws std::runtime_error with SQLite's message
[[nodiscard]] std::vector<std::vector<std::string>> query(std::filesystem::path const& database, std::string const& sql,
                                                          std::vector<std::string> const& parameters = {});

}  // namespace dossier::test
