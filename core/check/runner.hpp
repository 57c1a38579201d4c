// The runner: every rule on every component it is about, each trial in a process of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rule.hpp"

namespace dossier::check {

struct CheckOptions {
    std::string plugin_path;  ///< absolute
    std::uint64_t seed = 1;
    bool thorough = false;
    bool in_process = false;        ///< no other process and no sandbox, for a debugger
    double timeout = 0.0;           ///< seconds for each trial
    std::vector<std::string> only;  ///< codes; empty: all rules
};

struct Result {
    enum class Outcome { ok, failed, not_applicable, not_tried };
    Rule const* rule = nullptr;
    std::optional<ProvidedComponent> component;
    Outcome outcome = Outcome::ok;
    std::string sentence;  ///< failed: what broke and what would be right; else why the rule says nothing
    double seconds = 0.0;
};

/// Tries the rules. With `only`, the rules that those need are tried as well, but told of only where they fail.
/// @param tell  gets every result as it comes
/// @return whether no rule failed
[[nodiscard]] bool check_plugin(CheckOptions const& options, std::function<void(Result const&)> const& tell);

}  // namespace dossier::check
