#include "sheet_names.hpp"

#include <algorithm>

namespace dossier::formats {
namespace {

constexpr std::size_t longest = 31;
constexpr std::size_t room_for_number = 5;  // " (12)", should the table go on over twelve sheets

bool is_small(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

/// "every-stance" as "Every stance": letters, digits and spaces only.
std::string readable(std::string_view anchor) {
    std::string name;
    for (char const c : anchor) {
        bool const kept = is_small(c) || (c >= '0' && c <= '9');
        if (kept)
            name += c;
        else if (!name.empty() && name.back() != ' ')
            name += ' ';
    }
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    if (!name.empty() && is_small(name.front())) name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

/// The first `size` characters, ending with a word where there are several.
std::string shortened(std::string const& name, std::size_t size) {
    if (name.size() <= size) return name;
    auto const space = name.rfind(' ', size);
    return name.substr(0, space == std::string::npos || space < size / 2 ? size : space);
}

std::string small(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

}  // namespace

bool SheetNames::add(std::string const& name) {
    return taken_.insert(small(name)).second;
}

std::string SheetNames::take(std::string_view anchor, std::string_view section) {
    auto const prefix = std::string(section) + "-";
    if (anchor.size() > prefix.size() && anchor.substr(0, prefix.size()) == prefix) anchor.remove_prefix(prefix.size());
    auto own = readable(anchor);
    if (own.empty() || small(own) == "history") own += own.empty() ? "Table" : " table";  // "History" is Excel's own
    own = shortened(own, longest - room_for_number);
    if (add(own)) return own;
    auto const in_section = shortened(own + ", " + readable(section), longest - room_for_number);
    if (in_section.size() > own.size() + 2 && add(in_section)) return in_section;
    for (auto& n = next_numbers_.try_emplace(small(own), 2).first->second;;) {
        auto const number = ", " + std::to_string(n++);
        auto const numbered = shortened(own, longest - room_for_number - number.size()) + number;
        if (add(numbered)) return numbered;
    }
}

std::string continued_name(std::string const& name, std::size_t nth) {
    return nth == 1 ? name : name + " (" + std::to_string(nth) + ")";
}

}  // namespace dossier::formats
