// What a person declared about an article wins over what was read from it.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// The [[source]] tables of a job, by path. A path that names a container or an export counts for every article in it; what is
/// declared for one of them ("refs.ris#12") wins over that.
class DeclaredSources {
public:
    /// @param declared  must outlive this. A second table for the same path gets DOS0321 (warning); the last value of each
    ///                  key counts
    DeclaredSources(std::span<DeclaredSource const> declared, Diagnostics& diagnostics);

    /// Sets every declared, non-empty value on the article: origin "sources.toml", proposed false.
    void apply_to(Article& article);

    /// DOS0320 (warning) for each table whose path no article had.
    void report_unused(Diagnostics& diagnostics) const;

private:
    struct Known {
        std::vector<DeclaredSource const*> tables;
        bool used = false;
    };
    std::map<std::string, Known, std::less<>> by_path_;
    std::set<std::string> unmatched_paths_;  ///< of articles without a declaration, for "did you mean"; bounded
};

}  // namespace dossier
