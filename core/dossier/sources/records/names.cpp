#include "dossier/sources/records/names.hpp"

#include <algorithm>
#include <cstddef>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_names = 20'000;

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    while (parts.size() < max_names) {
        auto const at = text.find(separator);
        if (auto const part = trimmed(text.substr(0, at)); !part.empty()) parts.push_back(part);
        if (at == std::string_view::npos) break;
        text.remove_prefix(at + separator.size());
    }
    return parts;
}

bool is_initial_mark(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// "Doe AB", "van der Berg J.-P.": the last word holds initials only.
bool ends_in_initials(std::string_view name) noexcept {
    auto const space = name.rfind(' ');
    if (space == std::string_view::npos) return false;
    auto const last = name.substr(space + 1);
    return last.size() <= 8 && std::all_of(last.begin(), last.end(), is_initial_mark);
}

std::vector<std::string> as_names(std::vector<std::string_view> const& parts) {
    std::vector<std::string> names;
    for (auto const part : parts)
        names.push_back(folded(part));
    return names;
}

}  // namespace

std::vector<std::string> names_in(std::string_view list) {
    list = trimmed(list);
    for (auto const separator :
         {std::string_view(";"), std::string_view("|"), std::string_view("\n"), std::string_view(" and ")})
        if (list.find(separator) != std::string_view::npos) return as_names(split(list, separator));
    auto shorter = list;
    if (shorter.ends_with('.')) shorter.remove_suffix(1);
    auto const parts = split(shorter, ",");
    if (parts.size() > 1 && std::all_of(parts.begin(), parts.end(), ends_in_initials)) {
        auto names = as_names(split(list, ","));
        // "Smith J, Doe AB." ends as a sentence, "Smith J., Doe A.B." does not.
        bool const dotted = parts.front().ends_with('.');
        if (!dotted && names.back().ends_with('.')) names.back().pop_back();
        return names;
    }
    return list.empty() ? std::vector<std::string>() : std::vector<std::string>{folded(list)};
}

}  // namespace dossier::sources
