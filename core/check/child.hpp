// The kit's other process: one rule is tried in it, and what becomes of it is told on a pipe, line by line.
#pragma once

#include <string>
#include <string_view>

#include "rule.hpp"

namespace dossier::check {

/// Descriptors that a child finds open beside the three that every process has.
inline constexpr int child_status = 3;  ///< the sandbox leaves the number of a stopped system call there
inline constexpr int child_verdict = 4;

/// Tries the rule in this process. Exceptions that the plugin lets escape break it.
[[nodiscard]] Verdict try_rule(Rule const& rule, Trial const& trial);

/// Tries the rule in this process, which is a child's, in the rule's setting, and tells the parent. @return exit status
[[nodiscard]] int work_as_child(Rule const& rule, Trial trial, double seconds);

/// What a child said, as far as it came.
struct ChildWords {
    std::string doing;               ///< "while it was being loaded"; empty: nothing yet
    std::optional<Verdict> verdict;  ///< nothing: it ended before
};
[[nodiscard]] ChildWords read_child_words(std::string_view text);

}  // namespace dossier::check
