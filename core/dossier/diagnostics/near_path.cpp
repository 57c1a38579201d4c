#include "dossier/diagnostics/near_path.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <system_error>
#include <vector>

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_names = 10000;

enum class Wanted { any, folder };

/// Sorted, so that of two that are equally near always the same is named. No links.
std::vector<std::string> names_in(fs::path const& folder, Wanted wanted) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder.empty() ? fs::path(".") : folder, error), end;
         !error && entry != end && names.size() < most_names; entry.increment(error)) {
        auto const kind = entry->symlink_status(error).type();
        if (wanted == Wanted::folder ? kind == fs::file_type::directory : kind != fs::file_type::symlink)
            names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool has_wildcard(std::string_view name) {
    return name.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace

std::string near_path(fs::path const& folder, fs::path const& name) {
    fs::path near, at = folder;
    bool is_other = false;
    for (auto part = name.begin(); part != name.end(); ++part) {
        if (has_wildcard(part->string())) {
            for (; part != name.end(); ++part)
                near /= *part;
            break;
        }
        std::error_code error;
        auto const kind = fs::symlink_status(at / *part, error).type();
        if (kind == fs::file_type::symlink) return {};
        auto found = part->string();
        if (kind == fs::file_type::not_found) {
            found = nearest(found, names_in(at, std::next(part) == name.end() ? Wanted::any : Wanted::folder));
            if (found.empty()) return {};
            is_other = true;
        }
        near /= found;
        at /= found;
    }
    return is_other ? near.string() : std::string();
}

void add_near_path(Diagnostic& diagnostic, fs::path const& folder, fs::path const& name) {
    if (auto const near = near_path(folder, name); !near.empty())
        diagnostic.notes.push_back("did you mean \"" + near + "\"?");
}

}  // namespace dossier
