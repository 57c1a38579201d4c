#include "dossier/sources/containers/member_name.hpp"

#include <algorithm>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t longest_name = 1024;

/// Calls `take` with each part between slashes until it answers true.
template <typename Take>
bool any_part(std::string_view name, Take const& take) {
    while (true) {
        auto const slash = name.find('/');
        if (take(name.substr(0, slash))) return true;
        if (slash == std::string_view::npos) return false;
        name.remove_prefix(slash + 1);
    }
}

bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace

std::string tidy_member_name(std::string_view name) {
    std::string tidy;
    any_part(name, [&](std::string_view part) {
        if (!part.empty() && part != ".") tidy.append(tidy.empty() ? "" : "/").append(part);
        return false;
    });
    return tidy;
}

std::string refusal_of_member_name(std::string_view name) {
    if (name.empty()) return "has no name";
    if (name.size() > longest_name) return "has a name of more than " + std::to_string(longest_name) + " bytes";
    if (name.starts_with('/')) return "has an absolute name";
    if (name.size() >= 2 && is_ascii_alpha(name[0]) && name[1] == ':') return "has a name with a drive letter";
    if (any_part(name, [](std::string_view part) { return part == ".."; })) return "leads out of the archive";
    if (name.find('\\') != std::string_view::npos) return "has a backslash in its name";
    if (std::any_of(name.begin(), name.end(), is_control)) return "has a control character in its name";
    if (name.find("!/") != std::string_view::npos) return "has \"!/\" in its name";
    return {};
}

bool is_system_member(std::string_view tidy_name) {
    return tidy_name.starts_with("__MACOSX/") ||
           any_part(tidy_name, [](std::string_view part) { return part.starts_with('.'); });
}

}  // namespace dossier::sources
