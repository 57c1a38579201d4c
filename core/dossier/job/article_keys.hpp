// Article keys: everything that decides what is found out about an article, as one number (docs/incremental.md lists it).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/model/claim.hpp"
#include "dossier/model/job.hpp"
#include "dossier/sources/input.hpp"
#include "dossier/store/article_cache.hpp"

namespace dossier {

struct ResolvedEngine;

/// What all articles of a run share, by name: "registry", "program", … with a digest or the value itself.
using RunParts = std::vector<std::pair<std::string, std::string>>;

/// The same as lines of text, and back; lines that are none are passed over.
[[nodiscard]] std::string text_of(RunParts const& parts);
[[nodiscard]] RunParts run_parts_in(std::string_view text);

/// The keys of one run.
class ArticleKeys {
public:
    /// @param engines  that decide some of the claims, none of them unusable
    ArticleKeys(Job const& job, ClaimRegistry const& registry, std::span<ResolvedEngine const> engines,
                bool allow_unsandboxed);

    /// A digest of what a record shares with the others of its file; empty for none.
    [[nodiscard]] static std::string digest_of(sources::RecordContext const* context);

    /// The key of what comes of reading an article and asking it; nullopt: nothing is to be kept of it, since it could not be
    /// opened, or since it is not known which build reads or asks it. From several threads at once.
    /// @param context  digest_of(input.context)
    [[nodiscard]] std::optional<ArticleKey> key_of(ArticleInput const& input, std::string_view context) const;

    [[nodiscard]] RunParts const& parts() const noexcept { return parts_; }

private:
    RunParts parts_;
    std::string digest_;  ///< of parts_; empty: one of them is not known
};

/// Whether what came of reading an article comes again whenever it is read: a PDF's reader may have had too little time.
[[nodiscard]] bool comes_again(ArticleInput const& input, Diagnostics const& messages);

}  // namespace dossier
