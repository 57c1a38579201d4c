// Input: from a file on disk to the bytes of each article in it, whether the file is one article, an export of many records or
// a container of files.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/sources/format.hpp"

namespace dossier {

namespace sources {
struct RecordContext;
}

/// One article before it is read.
struct ArticleInput {
    std::string id;    ///< proposed, unique within its file: "library#12", "bundle/2024/trial"
    std::string path;  ///< Article::path
    ArticleOrigin origin;
    sources::Format format = sources::Format::text;
    std::string bytes;                                      ///< of the file, member or record
    std::size_t line = 1;                                   ///< of bytes[0] in the file or member
    std::shared_ptr<sources::RecordContext const> context;  ///< of records
    std::string
        problem;  ///< why there are no bytes, one clause ("is larger than the limit (64 MiB)"); empty: there are
    std::string problem_code;  ///< of it, as its message has it
};

/// How columns of tables (CSV, TSV) and members of JSON records are named in some files.
struct ColumnMapping {
    std::vector<std::string> files;              ///< globs, relative to the job's folder
    std::map<std::string, std::string> columns;  ///< Dossier's field -> column
};

/// Bounds of one file. What is beyond them is told and costs itself: the member, the record, the rest of the container.
struct InputOptions {
    std::size_t max_article_bytes = 64u << 20;               ///< a file, member or record
    std::size_t max_container_bytes = std::size_t{4} << 30;  ///< unpacked, all members together
    std::size_t max_container_files = 200'000;
    double max_container_ratio = 250.0;  ///< unpacked to packed, once 16 MiB are unpacked
    unsigned max_container_depth = 2;    ///< a.zip holding b.html.gz
    std::vector<ColumnMapping> columns;  ///< the first whose files match counts
    std::vector<std::string> exclude;    ///< globs on Article::path of members
    std::string
        root;  ///< canonical folder; a file that turns out to lie elsewhere is not read. Empty: it may lie anywhere
};

/// Hands out the articles of one file in their order, each once, holding one at a time. `take` answers whether to go on.
/// What is wrong with the file as a whole, or with members that are left out, is added to `diagnostics`.
///
/// A file that cannot be read gives one input with a problem, as does a broken record or a member beyond the bounds: nothing
/// is lost without a trace.
///
/// @param folder  the job's; empty: the working folder
/// @param file    relative to it
/// @param id      of the file: its name without extension, made unique (FoundFiles::ids)
void for_each_input(std::string const& folder, std::string const& file, std::string const& id,
                    InputOptions const& options, std::function<bool(ArticleInput&&)> const& take,
                    Diagnostics& diagnostics);

/// The same for bytes that are in memory: standard input. @param format  nothing: by name and content
void for_each_input_in(std::string_view bytes, std::string const& file, std::string const& id,
                       InputOptions const& options, sources::Format const* format,
                       std::function<bool(ArticleInput&&)> const& take, Diagnostics& diagnostics);

/// Hands out again those articles of a file whose paths are wanted. Members that are not are passed over, in a ZIP file
/// without being unpacked; nothing is told twice. Ids are not those of the first time.
void reopen(std::string const& folder, std::string const& file, InputOptions const& options,
            std::set<std::string> const& wanted, std::function<bool(ArticleInput&&)> const& take);

}  // namespace dossier
