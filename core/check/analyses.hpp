// Analysis databases to try reports over, all invented: made when the first report asks, gone with the kit.
#pragma once

#include <filesystem>

#include "dossier/plugin/component.hpp"

namespace dossier::check {

enum class AnalysisKind {
    ordinary,   ///< two claims under conditions, six articles: copies, a contradiction, one unreadable, one cut off
    empty,      ///< no claims, no articles; what changed since one_claim is all that is gone
    one_claim,  ///< one claim, one article that supports it
    hostile,  ///< as the ordinary one, in right-to-left, Chinese and emoji, with NULs, markup and very long words; compared with
              ///< one_claim
    unknown,  ///< claims on which nobody takes a side: every share, interval and coefficient is NULL
    large     ///< 20 claims, 5,000 articles, 20,000 quotes, 100,000 rows in `stances`
};

[[nodiscard]] std::filesystem::path file_of(std::filesystem::path const& folder, AnalysisKind kind);

class Analyses {
public:
    Analyses() = default;
    Analyses(Analyses const&) = delete;
    Analyses& operator=(Analyses const&) = delete;
    ~Analyses();

    /// Makes those that components of this kind are tried over, unless they are there. Throws Failure.
    /// @param with_large  the large one as well
    void provide(ComponentKind kind, bool with_large);
    [[nodiscard]] std::filesystem::path const& folder() const noexcept { return folder_; }

private:
    std::filesystem::path folder_;
    bool has_ordinary_ = false, has_small_ = false, has_large_ = false;
};

}  // namespace dossier::check
