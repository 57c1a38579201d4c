// Finding articles: the files that a job's include and exclude globs name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/text_list.hpp"

namespace dossier {

/// Files that are articles or hold some; there may be millions.
struct FoundFiles {
    /// Relative to the folder, '/' separated; sorted, each once.
    TextList paths;
    /// Of each: file name without extension; where that clashes, with its folders in front: "2024/trial".
    TextList ids;
};

/// What became of one include glob.
struct GlobOutcome {
    std::string glob;
    std::size_t n_files = 0;  ///< files it matched, before excludes
    std::string refused;      ///< why it was not expanded at all ("leaves the job's folder"); empty: it was
};

struct FoundArticles {
    FoundFiles articles;
    std::vector<GlobOutcome> globs;               ///< one per include glob, in their order
    std::vector<std::string> refused_paths;       ///< symbolic links that lead out of the folder, sorted
    std::vector<std::string> misnamed_paths;      ///< asked for; not UTF-8, or with control characters; sorted
    std::vector<std::string> unreadable_folders;  ///< folders that had to be listed and could not be, sorted
};

/// Expands globs relative to `folder`: `*` and `?` within a name, `[a-z]` `[!a]` one character, `**` any folders, `{` has no
/// meaning. Hidden files (leading dot) need a literal dot. Absolute globs and ".." are refused. Links to files within the
/// folder are followed, links to folders are not (so that no walk is endless). What `dossier run` writes in an output folder
/// is never found (a folder with a file `.lock`, and a folder `runs` or a `history.sqlite`; of it, `runs`, `cache`, the
/// history): a report is no article. Folders that no glob reaches are not listed; one that `exclude` leaves out whole
/// ("private/**") need not be readable.
[[nodiscard]] FoundArticles find_articles(std::string const& folder, std::vector<std::string> const& include,
                                          std::vector<std::string> const& exclude);

/// "folder/a" of "folder/a.html", also of "folder/a.html.gz" and "folder/a.tar.gz"; a name that begins with its only dot
/// stays.
[[nodiscard]] std::string name_without_extension(std::string const& path);

/// Whether `path` ('/' separated, relative) matches `glob`. Linear in |path| x |glob| at worst.
[[nodiscard]] bool matches_glob(std::string_view glob, std::string_view path);

}  // namespace dossier
