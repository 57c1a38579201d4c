// Analysis writer: one run as one SQLite file, analysis.sqlite, whose views are the contract
// (store/schema.hpp).
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/model/annotation.hpp"
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
    std::string annotations_sha256;  ///< empty: there are none
    std::string lexicon_sha256, statement_model_sha256;
    std::string job_sha256 = {};  ///< of the job file; empty: it was not made by a job
};

/// A component that the job names (view `components`).
struct ComponentInfo {
    std::string kind, name;
    std::string version, sha256;      ///< of its plugin; empty: its file could not be read
    std::string options_sha256 = {};  ///< of the options it was given; empty: it takes none
};

/// Writes one analysis. Nothing is kept in memory: one article after the other is added with all that is said of it, and
/// forgotten. The same content in the same order gives the same bytes.
///
/// Every member throws Failure(FailureKind::store) when the database refuses (disk full, no permission, an id
/// that does not exist or exists twice). Without finish() no file is left behind.
class AnalysisWriter {
public:
    /// Creates the file at `path`; one that is there already is replaced.
    explicit AnalysisWriter(std::string path);
    ~AnalysisWriter();
    AnalysisWriter(AnalysisWriter&&) noexcept;
    AnalysisWriter& operator=(AnalysisWriter&&) = delete;
    AnalysisWriter(AnalysisWriter const&) = delete;
    AnalysisWriter& operator=(AnalysisWriter const&) = delete;

    /// First, and once: everything else refers to its claims, conditions and risk factors.
    /// @param deciders  engines of plugins that decide a claim, by its id, as in EvidenceItem::decided_by
    void add_registry(ClaimRegistry const& registry, std::map<std::string, std::string> const& deciders = {});
    /// The article, its items, mentions and quantities (decisions are for `explain` and not stored), and its stances.
    /// @param stances  but for those that follow from the article alone (Summing::add)
    void add_article(Article const& article, ArticleEvidence const& evidence, std::span<ArticleStance const> stances);
    void add_summary(Summary const& summary);
    /// What people decided or rated, and how far they agree with one another and with the engine.
    void add_annotations(std::span<AnnotationOutcome const> annotations, std::span<RaterAgreement const> agreement,
                         std::span<ConfusionCount const> confusion);
    void add_components(std::span<ComponentInfo const> components);
    void add_diagnostics(Diagnostics const& diagnostics);
    /// Numbers the evidence, counts, closes the file. Call once, last.
    void finish(RunInfo const& run);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dossier
