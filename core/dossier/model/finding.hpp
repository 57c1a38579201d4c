// Findings: what the evidence adds up to. Computed in findings/ only, stored once, shown by every report.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dossier/model/evidence.hpp"

namespace dossier {

/// One article on one claim under one condition; condition_id empty = overall (statistics.md 4.1).
struct ArticleStance {
    std::string claim_id, article_id, condition_id;
    Stance stance = Stance::silent;
    std::size_t n_supporting = 0, n_refuting = 0;  ///< distinct quotes
    /// Calibrated chance that the stance is right. Absent where no calibration applies, which is so for cues of a registry.
    std::optional<double> confidence;
    std::string decided_by = decided_by_rules;  ///< as in EvidenceItem, or a person's id
    bool explained_by_conditions = false;       ///< mixed overall, but of one mind under each condition
    bool internally_contradictory = false;      ///< asserts and denies under the same condition
};

/// Why two articles are one source (docs/independence.md).
enum class SourceLinkKind {
    same_text,          ///< the same words from beginning to end
    near_duplicate,     ///< most of the text is shared
    excerpt,            ///< most of the shorter text stands in the longer one
    same_record,        ///< two bibliographic records of one publication
    same_study,         ///< both rest on the same study
    reports_study,      ///< one is the study that the other rests on
    same_press_release  ///< both were taken from the same press release
};
/// "same_text", "near_duplicate", … as shown to programs.
[[nodiscard]] char const* name_of(SourceLinkKind kind) noexcept;

/// Two articles that are one source, and the evidence for it.
struct SourceLink {
    std::string article_a, article_b;  ///< ids, a < b
    SourceLinkKind kind = SourceLinkKind::same_text;
    std::string detail;        ///< the study, the press release, the fields that agree; empty for texts
    double shared_text = 0.0;  ///< near_duplicate: estimated resemblance, excerpt: containment; [0, 1]. 0: not compared
};

/// Articles that are one source, and why. A cluster counts once.
struct Cluster {
    std::string id;  ///< id of its first article
    std::vector<std::string> article_ids;
    std::string reason;             ///< "same text", …; empty for a cluster of one
    std::vector<SourceLink> links;  ///< enough to join its articles, sorted by kind and ids; not every pair
};

/// Articles of one publisher or web site. They stay separate votes, but are less independent than those of two
/// (statistics.md 4.4).
struct PublisherFamily {
    std::string name;  ///< as the first article states it, or the site's domain
    std::vector<std::string> article_ids;
};

/// What an independent source says: a cluster's stance on a claim under a condition.
struct ClusterStance {
    std::string claim_id, cluster_id, condition_id;
    Stance stance = Stance::silent;
};

/// One claim under one condition (statistics.md 4.2-4.5, 4.13). Counts are clusters.
struct Consensus {
    std::string claim_id, condition_id;
    std::size_t n_articles = 0, n_clusters = 0;
    std::size_t supports = 0, refutes = 0, mixed = 0, neutral = 0, silent = 0, not_assessable = 0;
    std::optional<double> direction_share;        ///< supports / (supports + refutes)
    std::optional<double> ci_low, ci_high;        ///< 95 % Wilson interval of direction_share
    std::optional<double> bound_low, bound_high;  ///< share if every mixed source refuted, or supported
    std::optional<double> sign_test_p;            ///< exact, two-sided; withheld below 3 clusters
    std::string sign_test_note;                   ///< why it is withheld, or what it cannot say
    std::optional<double> posterior;              ///< P(share > 1/2 | data), Jeffreys prior
    std::optional<double> agreement;              ///< van der Eijk A on clusters, [-1, 1]
    std::optional<double> polarisation;           ///< (1 - A) / 2
    std::optional<double> tastle_wierman;         ///< Cns, [0, 1]
    double coverage = 0.0;                        ///< informative / (informative + neutral + silent)
    /// P(more sources support than refute), from the confidences of their stances (statistics.md 4.6); absent unless
    /// every source that takes a side has one.
    std::optional<double> majority_supports;
    std::string disagreement = "none";  ///< "none", "explained" (by conditions) or "unexplained"
    std::string direction_word, agreement_word, certainty_word, coverage_word;
    std::string certainty;          ///< "high", "moderate", "low", "very low"; empty: not rated
    std::string certainty_reasons;  ///< one line per domain that lowered it
};

/// One risk factor over all articles.
struct RiskFactorFinding {
    std::string factor_id, name, outcome;
    FactorDirection direction = FactorDirection::unclear;
    std::size_t n_articles = 0, n_clusters = 0;
};

/// Leaving something out, or counting differently (statistics.md 4.7).
struct SensitivityFinding {
    std::string claim_id, analysis, subject;
    std::optional<double> direction_share;
    std::string direction_word;
    bool flips = false;
};

struct Findings {
    std::vector<Cluster> clusters;
    std::vector<ArticleStance> stances;           ///< by claim, condition, article
    std::vector<Consensus> consensus;             ///< by claim, condition; overall first
    std::vector<RiskFactorFinding> risk_factors;  ///< registry order
    std::vector<SensitivityFinding> sensitivity;
};

}  // namespace dossier
