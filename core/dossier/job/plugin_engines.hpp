// Plugin engines: the claims of a job that a plugin's stance engine decides in place of the built-in rules.
#pragma once

#include <map>
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

/// What became of one engine.
struct EngineAccount {
    ResolvedComponent component;
    Outcome outcome;
    bool asked = false;
};

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

    /// No engine has failed so far.
    [[nodiscard]] bool all_work() const noexcept;
    /// What engines answered about articles is all that there was of them: none had anything to tell, and none ran without its
    /// sandbox.
    [[nodiscard]] bool answers_are_all() const noexcept;
    [[nodiscard]] std::span<ResolvedEngine const> engines() const noexcept { return engines_; }

    /// Ids of the claims that engines decide, by engine.
    [[nodiscard]] std::vector<std::string> decided_claims() const;
    /// The same with who decides each, as in EvidenceItem::decided_by.
    [[nodiscard]] std::map<std::string, std::string> deciders() const;
    /// What became of each engine, in the job's order: its log over all batches, the weakest sandbox it ran in, and the
    /// failure if there was one. Engines that were never asked have said nothing.
    [[nodiscard]] std::span<EngineAccount const> accounts() const noexcept { return accounts_; }
    /// One error for each engine that has failed, and warnings of articles that were too long to be shown (DOS0523).
    [[nodiscard]] Diagnostics const& messages() const noexcept { return messages_; }

private:
    void decide(std::size_t engine, std::span<Article const> articles, std::span<ArticleEvidence> evidence,
                bool keep_decisions);
    void account_for(std::size_t engine, EngineOutcome const& outcome);
    void fail(std::size_t engine, std::string const& sentence);
    void warn_of_long_article(std::size_t engine, Article const& article);

    ClaimRegistry const& registry_;
    std::vector<ResolvedEngine> engines_;
    std::vector<EngineAccount> accounts_;  ///< of engines_, one each
    WorkerClient workers_;
    Diagnostics messages_;
};

/// Whether a note of DOS0522 tells where the plugin lies or what it printed, which is no part of what an analysis came to.
[[nodiscard]] bool is_of_this_machine(std::string_view note) noexcept;

}  // namespace dossier
