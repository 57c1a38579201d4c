// Same inputs: whether a job's articles are those of a published set, found out by their bytes alone.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/job.hpp"
#include "dossier/sources/find_articles.hpp"

namespace dossier {

/// What a run would find out again.
struct SameInputs {
    std::string sha256;               ///< InputsDigest
    Diagnostics messages;             ///< of reading the articles
    bool any_not_assessable = false;  ///< an article is
};

/// Holds the files against the database, in the order of reading, and stops at the first that differs. Nothing is read of an
/// article but its bytes.
///
/// @param found     find_articles of the job
/// @param database  of a set that stands as it was published and was made by rules alone, without engines of plugins
/// @return nullopt: something differs, or the run had more to say than the database tells, or it cannot be read
[[nodiscard]] std::optional<SameInputs> same_inputs(Job const& job, FoundArticles const& found,
                                                    std::filesystem::path const& database);

}  // namespace dossier
