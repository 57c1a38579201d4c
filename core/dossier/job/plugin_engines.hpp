// Plugin engines: the claims of a job that a plugin's stance engine decides in place of the built-in rules.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/plugin/worker_client.hpp"

namespace dossier {

/// One per analysis, asked batch by batch from one thread.
class PluginEngines {
public:
    /// Borrows the registry; `engines` as resolve_engines gave them, without mistakes.
    PluginEngines(ClaimRegistry const& registry, std::vector<ResolvedEngine> engines, WorkerSettings settings);

    /// For the claims that engines decide, puts their judgements in place of what the built-in rules found. An engine that
    /// fails costs its own claims: the articles of the batch, and of those after it, are not assessable on them, and
    /// one error among messages() (DOS0522) says why.
    /// @param evidence       of `articles`, one each
    /// @param keep_decisions  also says what was judged (explain)
    void decide(std::span<Article const> articles, std::span<ArticleEvidence> evidence, bool keep_decisions);

    /// One error for each engine that has failed.
    [[nodiscard]] Diagnostics const& messages() const noexcept { return messages_; }

private:
    void decide(ResolvedEngine& engine, std::span<Article const> articles, std::span<ArticleEvidence> evidence,
                bool keep_decisions);
    void fail(ResolvedEngine const& engine);

    ClaimRegistry const& registry_;
    std::vector<ResolvedEngine> engines_;
    WorkerClient workers_;
    Diagnostics messages_;
};

}  // namespace dossier
