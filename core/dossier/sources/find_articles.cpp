#include "dossier/sources/find_articles.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <numeric>
#include <system_error>

#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// One character class "[…]" of a glob name against one byte.
bool matches_class(std::string_view set, char c) noexcept {
    bool const negated = !set.empty() && (set[0] == '!' || set[0] == '^');
    if (negated) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            found = found || (set[i] <= c && c <= set[i + 2]);
            i += 2;
        } else {
            found = found || set[i] == c;
        }
    }
    return found != negated;
}

std::size_t class_end(std::string_view glob, std::size_t open) noexcept {
    std::size_t const from =
        open + (open + 1 < glob.size() && (glob[open + 1] == '!' || glob[open + 1] == '^') ? 3 : 2);
    return from <= glob.size() ? glob.find(']', from) : std::string_view::npos;
}

std::size_t character_length(std::string_view text, std::size_t at) noexcept {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80)
        ++end;
    return end - at;
}

// One name: the usual two-pointer match, which goes back to the last star only.
bool matches_name(std::string_view glob, std::string_view name) noexcept {
    if (name.starts_with('.') && !glob.starts_with('.')) return false;
    std::size_t g = 0, n = 0, star = std::string_view::npos, star_n = 0;
    while (n < name.size()) {
        std::size_t const length = character_length(name, n);
        auto const closing = g < glob.size() && glob[g] == '[' ? class_end(glob, g) : std::string_view::npos;
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            star_n = n;
        } else if (g < glob.size() && glob[g] == '?') {
            ++g;
            n += length;
        } else if (closing != std::string_view::npos && length == 1 &&
                   matches_class(glob.substr(g + 1, closing - g - 1), name[n])) {
            g = closing + 1;
            ++n;
        } else if (closing == std::string_view::npos && g < glob.size() && glob[g] == name[n]) {
            ++g;
            ++n;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            star_n += character_length(name, star_n);
            n = star_n;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        auto const slash = std::min(path.find('/'), path.size());
        if (auto const part = path.substr(0, slash); !part.empty() && part != ".") parts.push_back(part);
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

std::string refusal_of(std::string_view glob) {
    if (glob.empty()) return "is empty";
    if (glob.starts_with('/')) return "is absolute; globs are relative to the job's folder";
    for (auto const part : split(glob))
        if (part == "..") return "leaves the job's folder";
    return {};
}

/// Glob and path matched so far: element h says whether the glob's parts up to here can match the path's first h parts.
using Reach = std::vector<bool>;

Reach nothing_yet(std::vector<std::string_view> const& path) {
    Reach reach(path.size() + 1, false);
    reach[0] = true;
    return reach;
}

Reach with_part(Reach const& reach, std::string_view part, std::vector<std::string_view> const& path) {
    Reach next(reach.size(), false);
    for (std::size_t h = 0; h < reach.size(); ++h) {
        if (part == "**")
            next[h] = reach[h] || (h > 0 && next[h - 1] && !path[h - 1].starts_with('.'));
        else
            next[h] = h > 0 && reach[h - 1] && matches_name(part, path[h - 1]);
    }
    return next;
}

/// Whether a file in this folder, or below it, can match the glob.
bool can_match_below(std::string_view glob, std::string_view folder) {
    auto const path = split(folder);
    auto reach = nothing_yet(path);
    for (auto const part : split(glob)) {
        if (reach.back()) return true;
        reach = with_part(reach, part, path);
        if (part == "**" && reach.back()) return true;
    }
    return false;
}

bool is_output_folder(fs::path const& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / ".lock", error) &&
           (fs::is_directory(folder / "runs", error) || fs::is_regular_file(folder / "history.sqlite", error));
}

/// Whether `dossier run` wrote this: a report must not be read as an article.
bool is_of_a_run(fs::path const& path) {
    auto const name = path.filename().string();
    return (name == "runs" || name == "cache" || name.starts_with("history.sqlite")) &&
           is_output_folder(path.parent_path());
}

// The files below the folder that a glob can reach, '/' separated, and what could not be listed or leads outside.
class Walk {
public:
    Walk(fs::path root, std::vector<std::string> const& include, FoundArticles& found) : found_(found) {
        for (auto const& glob : include)
            if (refusal_of(glob).empty()) globs_.push_back(glob);
        std::error_code error;
        root_ = fs::canonical(root, error);
        if (error)
            found_.unreadable_folders.push_back(root.generic_string());
        else
            list(root_, "");
    }
    /// Sorted.
    [[nodiscard]] TextList files() const {
        std::vector<std::uint32_t> order(files_.size());
        std::iota(order.begin(), order.end(), std::uint32_t{0});
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return files_[a] < files_[b]; });
        TextList sorted;
        for (auto const number : order)
            sorted.push_back(files_[number]);
        return sorted;
    }

private:
    void list(fs::path const& folder, std::string const& prefix) {
        std::error_code error;
        fs::directory_iterator at(folder, error);
        if (error) {
            found_.unreadable_folders.push_back(prefix.empty() ? "." : prefix);
            return;
        }
        for (; !error && at != fs::directory_iterator(); at.increment(error))
            take(*at, prefix);
        if (error) found_.unreadable_folders.push_back(prefix.empty() ? "." : prefix);
    }

    void take(fs::directory_entry const& entry, std::string const& prefix) {
        std::error_code error;
        std::string const path =
            prefix.empty() ? entry.path().filename().string() : prefix + '/' + entry.path().filename().string();
        if (is_of_a_run(entry.path())) return;
        if (entry.is_symlink(error)) return take_link(entry, path);
        if (entry.is_directory(error)) {
            if (can_be_asked_for_below(path)) list(entry.path(), path);
            return;
        }
        files_.push_back(path);  // also what is no regular file: reading it says so
    }

    void take_link(fs::directory_entry const& entry, std::string const& path) {
        std::error_code error;
        auto const target = fs::canonical(entry.path(), error);
        if (error) {
            files_.push_back(path);  // dangling: reading it says so
            return;
        }
        auto const relative = target.lexically_relative(root_);
        if (relative.empty() || *relative.begin() == "..") {
            found_.refused_paths.push_back(path);
            return;
        }
        auto const n_within = std::distance(relative.begin(), relative.end());
        auto part = target;
        for (auto i = n_within; i > 0; --i, part = part.parent_path())
            if (is_of_a_run(part)) return;
        if (fs::is_regular_file(target, error)) files_.push_back(path);
    }

    [[nodiscard]] bool can_be_asked_for_below(std::string_view folder) const {
        return std::any_of(globs_.begin(), globs_.end(),
                           [&](std::string_view glob) { return can_match_below(glob, folder); });
    }

    FoundArticles& found_;
    fs::path root_;
    std::vector<std::string_view> globs_;  // those that are not refused
    TextList files_;                       // as the folders list them
};

std::string without_last_extension(std::string const& path) {
    auto const slash = path.rfind('/');
    auto const dot = path.rfind('.');
    bool const has_extension = dot != std::string::npos && dot > 0 && (slash == std::string::npos || dot > slash + 1);
    return has_extension ? path.substr(0, dot) : path;
}

/// The last parts of a path, at most `depth`.
std::string last_parts(std::string_view whole, std::size_t depth) {
    auto const parts = split(whole);
    std::string text;
    for (auto k = parts.size() > depth ? parts.size() - depth : 0; k < parts.size(); ++k)
        text += (text.empty() ? "" : "/") + std::string(parts[k]);
    return text;
}

/// A document can say what the file is called, on one line and without what a terminal obeys.
bool can_be_named(std::string_view path) {
    if (!sources::is_valid_utf8(path)) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        auto const byte = static_cast<unsigned char>(path[i]);
        bool const is_c1 = byte == 0xC2 && static_cast<unsigned char>(path[i + 1]) < 0xA0;  // U+0080 to U+009F
        if (byte < 0x20 || byte == 0x7F || is_c1) return false;
    }
    return true;
}

// The file name alone where that is unique, else with ever more folders in front, at last with its extension.
TextList ids_of(TextList const& paths) {
    std::size_t deepest = 1;
    for (std::size_t i = 0; i < paths.size(); ++i)
        deepest = std::max(deepest, split(paths[i]).size());
    std::vector<bool> named(paths.size(), false);
    std::vector<std::uint32_t> by_id(paths.size());
    std::iota(by_id.begin(), by_id.end(), std::uint32_t{0});
    std::size_t n_named = 0;
    TextList ids;
    for (std::size_t depth = 1; depth <= deepest + 1 && n_named < paths.size(); ++depth) {
        TextList deeper;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            std::string const path(paths[i]);
            deeper.push_back(named[i] ? std::string(ids[i])
                                      : last_parts(depth > deepest ? path : name_without_extension(path), depth));
        }
        ids = std::move(deeper);
        std::sort(by_id.begin(), by_id.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
        for (std::size_t i = 0; i < by_id.size(); ++i) {
            auto const id = ids[by_id[i]], path = paths[by_id[i]];
            bool const is_unique =
                (i == 0 || ids[by_id[i - 1]] != id) && (i + 1 == by_id.size() || ids[by_id[i + 1]] != id);
            // An id that is another's path would clash with it when that is what is left for the other.
            if (named[by_id[i]] || !is_unique || (depth <= deepest && path != id && is_among(id, paths))) continue;
            named[by_id[i]] = true;
            ++n_named;
        }
    }
    return ids;
}

}  // namespace

bool matches_glob(std::string_view glob, std::string_view path) {
    auto const parts = split(path);
    auto reach = nothing_yet(parts);
    for (auto const part : split(glob))
        reach = with_part(reach, part, parts);
    return reach.back();
}

std::string name_without_extension(std::string const& path) {
    return without_last_extension(sources::name_unpacked(path));
}

FoundArticles find_articles(std::string const& folder, std::vector<std::string> const& include,
                            std::vector<std::string> const& exclude) {
    FoundArticles found;
    auto const files = Walk(folder.empty() ? "." : folder, include, found).files();
    std::vector<bool> is_included(files.size(), false);
    for (auto const& glob : include) {
        GlobOutcome outcome{glob, 0, refusal_of(glob)};
        for (std::size_t i = 0; outcome.refused.empty() && i < files.size(); ++i)
            if (matches_glob(glob, files[i])) {
                ++outcome.n_files;
                is_included[i] = true;
            }
        found.globs.push_back(std::move(outcome));
    }
    // A link that leads out of the folder is worth a word only where it was asked for.
    std::erase_if(found.refused_paths, [&](std::string const& path) {
        return std::none_of(include.begin(), include.end(), [&](std::string const& glob) {
            return refusal_of(glob).empty() && matches_glob(glob, path);
        });
    });
    std::erase_if(found.unreadable_folders, [&](std::string const& path) {
        return std::any_of(exclude.begin(), exclude.end(), [&](std::string const& glob) {
            return (glob == "**" || glob.ends_with("/**")) && matches_glob(glob, path);
        });
    });
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!is_included[i] || std::any_of(exclude.begin(), exclude.end(),
                                           [&](std::string const& glob) { return matches_glob(glob, files[i]); }))
            continue;
        if (can_be_named(files[i]))
            found.articles.paths.push_back(files[i]);
        else
            found.misnamed_paths.emplace_back(files[i]);
    }
    found.articles.ids = ids_of(found.articles.paths);
    std::sort(found.refused_paths.begin(), found.refused_paths.end());
    std::sort(found.unreadable_folders.begin(), found.unreadable_folders.end());
    return found;
}

}  // namespace dossier
