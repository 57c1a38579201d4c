#include "dossier/plugin/component.hpp"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::size_t max_name_bytes = 64;
constexpr std::size_t max_file_name_bytes = 200;

bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// A lower-case letter, then lower-case letters, digits and `joiner`.
bool is_word(std::string_view word, char joiner) noexcept {
    return !word.empty() && word.size() <= max_name_bytes && is_lower(word.front()) &&
           std::all_of(word.begin(), word.end(),
                       [joiner](char c) { return is_lower(c) || is_digit(c) || c == joiner; });
}

}  // namespace

char const* name_of(ComponentKind kind) noexcept {
    switch (kind) {
        case ComponentKind::report: return "report";
        case ComponentKind::format: return "format";
        case ComponentKind::engine: break;
    }
    return "engine";
}

std::optional<ComponentKind> component_kind(std::string_view name) noexcept {
    for (auto const kind : {ComponentKind::report, ComponentKind::format, ComponentKind::engine})
        if (name == name_of(kind)) return kind;
    return std::nullopt;
}

std::uint32_t abi_kind(ComponentKind kind) noexcept {
    return static_cast<std::uint32_t>(kind) + DOSSIER_COMPONENT_REPORT;
}

std::optional<ComponentKind> component_kind(std::uint32_t abi_kind) noexcept {
    if (abi_kind < DOSSIER_COMPONENT_REPORT || abi_kind > DOSSIER_COMPONENT_ENGINE) return std::nullopt;
    return static_cast<ComponentKind>(abi_kind - DOSSIER_COMPONENT_REPORT);
}

char const* name_of(OptionType type) noexcept {
    switch (type) {
        case OptionType::integer: return "a whole number";
        case OptionType::real: return "a number";
        case OptionType::text: return "text";
        case OptionType::boolean: return "true or false";
    }
    return "";
}

bool is_component_name(std::string_view name) noexcept {
    return is_word(name, '-');
}
bool is_key(std::string_view key) noexcept {
    return is_word(key, '_');
}

bool is_output_file_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= max_file_name_bytes && (is_lower(name.front()) || is_digit(name.front())) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; });
}

}  // namespace dossier
