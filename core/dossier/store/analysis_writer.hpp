// Analysis writer: one run as one SQLite file, analysis.sqlite, whose views are the contract
// (store/schema.hpp).
#pragma once

#include <memory>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// What the view `run` says beyond counts, which are taken from what was added.
struct RunInfo {
    std::string job_title;
    std::string as_of;         ///< ISO date
    std::string tool_version;  ///< "1.0.0"
    std::string inputs_sha256, registry_sha256;
};

/// Writes one analysis. Nothing is kept in memory: evidence of one article after the other may be added and
/// forgotten. The same content gives the same bytes, in whatever order articles and evidence are added.
///
/// Every member throws Failure(FailureKind::store) when the database refuses (disk full, no permission, an id
/// that does not exist or exists twice). Without finish() no file is left behind.
class AnalysisWriter {
public:
    /// Creates the file at `path`; one that is there already is replaced.
    AnalysisWriter(std::string path, RunInfo run);
    ~AnalysisWriter();
    AnalysisWriter(AnalysisWriter&&) noexcept;
    AnalysisWriter& operator=(AnalysisWriter&&) = delete;
    AnalysisWriter(AnalysisWriter const&) = delete;
    AnalysisWriter& operator=(AnalysisWriter const&) = delete;

    /// First, and once: everything else refers to its claims, conditions and risk factors.
    void add_registry(ClaimRegistry const& registry);
    void add_article(Article const& article);
    /// Items, mentions and quantities; decisions are for `explain` and not stored.
    void add_evidence(ArticleEvidence const& evidence);
    void add_findings(Findings const& findings);
    void add_diagnostics(Diagnostics const& diagnostics);
    /// Numbers the evidence, counts, closes the file. Call once, last.
    void finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dossier
