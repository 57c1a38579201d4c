// Last run: what the newest published set says of an article, and which of the things it went by are others now.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/job/article_keys.hpp"
#include "dossier/model/article.hpp"
#include "dossier/store/analysis_file.hpp"

namespace dossier {

/// Something that decides results and has changed since the last run.
struct StaleCause {
    std::string
        part;  ///< "file", "registry", "rules", "program", "plugin engine:judge", "limits", "sandbox", "annotations"
    std::string what;  ///< one clause: "the article's file has changed"
};

/// One stance, as the last run or this one has it.
struct StoredStance {
    std::string condition_id;  ///< empty: overall
    std::string stance;
    std::int64_t n_supporting = 0, n_refuting = 0;

    friend bool operator==(StoredStance const&, StoredStance const&) = default;
};

/// Every member throws Failure(FailureKind::store) when the database cannot be read.
class LastRun {
public:
    /// @param output  the folder of runs/ and latest
    /// @return nullopt: nothing was published there
    [[nodiscard]] static std::optional<LastRun> in(std::filesystem::path const& output);

    [[nodiscard]] std::string const& run_id() const noexcept { return run_id_; }

    /// Causes that hold for every article.
    /// @param settings  what the last run went by (ArticleCache::last_settings); empty: only what its database says is compared
    [[nodiscard]] std::vector<StaleCause> causes(RunParts const& now, std::string_view settings,
                                                 std::string const& annotations_sha256);
    /// Causes that hold for one article: nothing where its bytes are what they were.
    [[nodiscard]] std::vector<StaleCause> causes(Article const& article);

    /// The id that the article at a path had; nullopt: it was not there.
    [[nodiscard]] std::optional<std::string> article_id(std::string const& path);
    /// Of one claim and article, by condition: overall first.
    [[nodiscard]] std::vector<StoredStance> stances(std::string const& claim_id, std::string const& article_id);

private:
    LastRun(std::string run_id, std::string const& database);
    std::string run_id_;
    AnalysisFile file_;
};

}  // namespace dossier
