// Components: the reports, formats and engines that plugins offer, as the host knows them without loading anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dossier/plugin.h"

namespace dossier {

enum class ComponentKind { report, format, engine };

[[nodiscard]] char const* name_of(ComponentKind kind) noexcept;  ///< "report", "format", "engine"
/// The kind of that name; nullopt: there is none.
[[nodiscard]] std::optional<ComponentKind> component_kind(std::string_view name) noexcept;
/// How the ABI calls it: DOSSIER_COMPONENT_*.
[[nodiscard]] std::uint32_t abi_kind(ComponentKind kind) noexcept;
/// The kind that the ABI calls so; nullopt: this host knows none.
[[nodiscard]] std::optional<ComponentKind> component_kind(std::uint32_t abi_kind) noexcept;

/// One `provides=` line of a plugin's metadata.
struct ProvidedComponent {
    ComponentKind kind = ComponentKind::report;
    std::string name;  ///< [a-z][a-z0-9-]*, at most 64 bytes

    friend bool operator==(ProvidedComponent const&, ProvidedComponent const&) = default;
};

enum class OptionType { integer, real, text, boolean };

[[nodiscard]] char const* name_of(OptionType type) noexcept;  ///< "a whole number", "a number", "text", "true or false"

/// Value of an option; the alternative is the one its declaration names.
using OptionScalar = std::variant<bool, std::int64_t, double, std::string>;

/// An option as its component declares it.
struct OptionDeclaration {
    std::string key;
    OptionType type = OptionType::text;
    OptionScalar fallback;                ///< of `type`
    double minimum = 1.0, maximum = 0.0;  ///< numbers, both ends allowed; minimum > maximum: no bounds
    std::vector<std::string> choices;     ///< text only; empty: any text
    std::string doc;                      ///< one sentence

    [[nodiscard]] bool has_bounds() const noexcept { return minimum <= maximum; }
};

/// An option's value in one run; there is one for each declared option, in the order of the declarations.
struct OptionValue {
    std::string key;
    OptionScalar value;
};

/// What a component says about itself (dossier_component), asked of it inside a worker.
struct ComponentDescription {
    ComponentKind kind = ComponentKind::report;
    std::string name, summary;
    std::vector<OptionDeclaration> options;
    std::uint64_t carries = 0;   ///< formats: DOSSIER_CARRIES_* bits
    std::string media_type;      ///< formats: "application/pdf"
    bool several_files = false;  ///< formats: the output is a folder
};

/// True for [a-z][a-z0-9-]*, at most 64 bytes: what components may be called.
[[nodiscard]] bool is_component_name(std::string_view name) noexcept;
/// True for [a-z][a-z0-9_]*, at most 64 bytes: keys of options and columns.
[[nodiscard]] bool is_key(std::string_view key) noexcept;
/// True for [a-z0-9][a-z0-9._-]*, at most 200 bytes: what a format may call a file.
[[nodiscard]] bool is_output_file_name(std::string_view name) noexcept;

}  // namespace dossier
