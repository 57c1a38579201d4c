// Comparison: what changed between two analyses, and why, as far as the digests they hold can tell.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dossier/store/change.hpp"

namespace dossier {

/// Compares two files, analysis.sqlite, and hands on every difference: in groups in the order of ChangeKind (runs, plugins,
/// claims, judgements, overrides, articles, stances, risk factors, verdicts), within a group by ids. Takes time linear in what
/// they hold, and memory for the claims, not for the articles. An older file has less to compare: that is one change
/// (schema_changed), and what only one of them has is left alone.
///
/// Articles are the same article when their ids are; so are claims, conditions, risk factors and plugins.
/// @throws Failure(FailureKind::store) a file is damaged, or is no analysis; Failure::path says which
void for_each_change(std::string const& before, std::string const& after,
                     std::function<void(Change const&)> const& take);

/// The same, all at once. Empty for `before` = nullopt, the first run.
[[nodiscard]] std::vector<Change> changes_between(std::optional<std::string> const& before, std::string const& after);

/// Whether the file before is known to be as its run left it.
enum class Earlier { may_be_edited, is_as_written };

/// Writes into the finished `after` what changed since `before` (view `changes`), and what it was compared with
/// (run.previous_as_of, run.previous_inputs_sha256). nullopt: a first run, of which the file says so already.
///
/// @param earlier  as written: articles whose digests are the same in both files are not compared column by column
/// @return how many changes there are
/// @throws Failure(FailureKind::store) with the path of the file that is at fault; if that is `before`, `after` is as it was
std::size_t add_changes(std::string const& after, std::optional<std::string> const& before,
                        Earlier earlier = Earlier::may_be_edited);

}  // namespace dossier
