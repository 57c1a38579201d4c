// A rule of the conformance kit, and what it is tried on. docs/conformance.md has a section for each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/plugin/component.hpp"

namespace dossier::check {

/// What a rule comes to.
struct Verdict {
    enum class Kind { kept, broken, not_applicable };
    Kind kind = Kind::kept;
    std::string sentence;  ///< broken: what broke and what would be right; not_applicable: why
};

inline Verdict kept() {
    return {};
}
inline Verdict broken(std::string sentence) {
    return {Verdict::Kind::broken, std::move(sentence)};
}
inline Verdict not_applicable(std::string why) {
    return {Verdict::Kind::not_applicable, std::move(why)};
}

/// One trial of one rule.
struct Trial {
    std::string plugin_path;                     ///< absolute
    std::optional<ProvidedComponent> component;  ///< of rules about components
    std::filesystem::path analyses;              ///< folder of analysis databases (analyses.hpp)
    std::uint64_t seed = 1;                      ///< of whatever is generated
    bool thorough = false;                       ///< try every position instead of a sample
    std::function<void(std::string const&)> doing = [](std::string const&) {};  ///< told what comes, for a crash's sake
};

/// What a rule is about: the file, the plugin once it is loaded, or each of its components of a kind.
enum class Scope { file, plugin, component, report, format, engine };

/// Where a rule is tried: in the kit itself, which then runs no code of the plugin; in a process of its own; in such a
/// process in the sandbox that plugins run in.
enum class Setting { kit, process, sandbox };

struct Rule {
    char const* code;   ///< "P101"; never given to another rule
    char const* title;  ///< what a plugin that keeps it does: "exports dossier_plugin_entry"
    Scope scope;
    Setting setting;
    std::vector<std::string_view>
        needs;  ///< rules without which it says nothing; those that do not apply count as kept
    std::function<Verdict(Trial const&)> try_out;
    bool silent = false;       ///< anything on standard output or error breaks it
    bool reads_large = false;  ///< tried over the large analysis, which is made only then
};

/// All, in the order in which they are tried: a rule comes after those it needs.
[[nodiscard]] std::span<Rule const> all_rules();
[[nodiscard]] Rule const* find_rule(std::string_view code);
[[nodiscard]] bool is_about(Rule const& rule, ComponentKind kind) noexcept;

// By subject; all_rules() puts them together.
[[nodiscard]] std::vector<Rule> static_rules();
[[nodiscard]] std::vector<Rule> load_rules();
[[nodiscard]] std::vector<Rule> descriptor_rules();
[[nodiscard]] std::vector<Rule> report_rules();
[[nodiscard]] std::vector<Rule> format_rules();
[[nodiscard]] std::vector<Rule> engine_rules();
[[nodiscard]] std::vector<Rule> life_cycle_rules();

}  // namespace dossier::check
