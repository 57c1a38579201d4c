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
    std::optional<Stance> overridden;           ///< what the engine had said, where a person's annotation decided
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
    std::string certainty;                      ///< "high", "moderate", "low", "very low"; empty: not rated
    std::string certainty_reasons;              ///< one line per domain that lowered it
    std::string certainty_suggested;            ///< what the data suggest, whoever decided; empty: not rated
    std::string certainty_decided_by = "data";  ///< or the id of the person whose judgement it is
    std::optional<double> clopper_pearson_low, clopper_pearson_high;  ///< 95 %, of direction_share
    std::optional<double> jeffreys_low, jeffreys_high;                ///< 95 %, equal-tailed, of direction_share
    std::optional<double> posterior_uniform;  ///< P(share > 1/2 | data), uniform prior: the sensitivity prior of 4.3
    std::optional<double> direction_index;    ///< (supports - refutes) / informative, [-1, 1]; never shown alone
    std::optional<double> entropy;            ///< of the informative stances, in units of log2 3, [0, 1]
    bool fragile = false;                     ///< leaving out one cluster changes direction_word
    std::optional<std::size_t>
        flip_set_size;             ///< fewest clusters whose removal changes direction_word; absent: none does
    std::string flip_set;          ///< which, in words; empty: none does
    std::size_t n_overridden = 0;  ///< articles whose stance a person decided
};

/// One domain of the certainty of the body of evidence on one question (statistics.md 4.11).
struct CertaintyDomain {
    std::string claim_id, condition_id;
    std::string domain;   ///< one of certainty_domains
    int levels_down = 0;  ///< 0 to 2, as it counts
    std::string reason;   ///< why, or why not
    int suggested_levels_down = 0;
    std::string decided_by = "data";  ///< or the id of the person whose judgement it is
};

/// How far raters agree (statistics.md 4.8). A coefficient that is not defined has no value but a status.
struct RaterAgreement {
    std::string comparison;   ///< "between raters", "detector and people"
    std::string coefficient;  ///< "percent agreement", "Krippendorff's alpha (nominal)", "Cohen's kappa", …
    std::optional<double> value, ci_low, ci_high;  ///< 95 % bootstrap interval
    std::optional<double> observed_agreement;      ///< in [0, 1]
    std::size_t n_units = 0, n_raters = 0, n_ratings = 0;
    std::string status = "ok";  ///< "ok", "no-variation", "one-rater", "no-overlap", "no-data"
    std::string note;           ///< what to be careful about; empty: nothing
};

/// One cell of the detector-against-people matrix.
struct ConfusionCount {
    Stance detector = Stance::silent, person = Stance::silent;
    std::size_t n = 0;
};

/// How far articles rest on the same primary studies (statistics.md 4.10).
struct StudyOverlap {
    std::string claim_id;                                  ///< its informative articles; empty: all articles
    std::size_t citations = 0, studies = 0, articles = 0;  ///< N, r, c; of articles that name studies
    std::optional<double> covered_area;                    ///< corrected covered area, [0, 1]; absent: not defined
    std::string band;    ///< "slight", "moderate", "high", "very high"; empty: not defined
    std::string reason;  ///< why it is not defined; empty: it is
};

/// Effects of one factor by one measure in one population that may be pooled, pooled one way (statistics.md 4.9). Ratios
/// and their ends are on their own scale, not its logarithm.
struct PooledEffect {
    std::size_t group = 0;  ///< from 1
    std::string factor_id, measure, population,
        adjustment;  ///< factor_id '': no factor is named; the others '': not stated
    std::size_t n_effects = 0, n_clusters = 0;
    std::string method;                                  ///< "fixed", "DerSimonian-Laird", "REML", "Paule-Mandel"
    double estimate = 0.0, ci_low = 0.0, ci_high = 0.0;  ///< 95 %
    std::optional<double> hartung_knapp_low, hartung_knapp_high;  ///< 95 %; absent for fixed
    std::optional<double> prediction_low, prediction_high;        ///< 95 %; absent below three effects and for fixed
    double q = 0.0, q_p = 1.0, i2 = 0.0, tau2 = 0.0;              ///< i2 in [0, 1]
    std::string note;                                             ///< what to be careful about; empty: nothing
};

/// What one effect size of one article came to.
struct EffectUse {
    std::size_t article = 0,
                place = 0;  ///< number of the article as it came, from 1; its place among its quantities, from 0
    std::size_t group = 0;  ///< PooledEffect::group; 0: in none
    std::string factor_id;  ///< the factor its sentence names; empty: none, or several
    std::string reason_not_pooled;         ///< empty: it was
    std::optional<double> standard_error;  ///< of the estimate, ratios: of its logarithm
    std::optional<double> weight_fixed,
        weight_random;  ///< shares of the pooled estimate, [0, 1]; random: DerSimonian-Laird
};

/// A pooled estimate without one of its articles.
struct EffectLeftOut {
    std::size_t group = 0;
    std::string article_id, method;
    double estimate = 0.0, ci_low = 0.0, ci_high = 0.0;
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
    double supports = 0.0, refutes = 0.0, mixed = 0.0;  ///< clusters that are left; fractions where votes are weighted
    std::string note;                                   ///< why it could not be done, or what to be careful about
};

struct Findings {
    std::vector<Cluster> clusters;
    std::vector<ArticleStance> stances;           ///< by claim, condition, article
    std::vector<Consensus> consensus;             ///< by claim, condition; overall first
    std::vector<RiskFactorFinding> risk_factors;  ///< registry order
    std::vector<SensitivityFinding> sensitivity;
    std::vector<CertaintyDomain> certainty;  ///< by claim, condition, domain
    std::vector<StudyOverlap> overlap;       ///< all articles first, then by claim
    std::vector<PooledEffect> pooled_effects;
    std::vector<EffectUse> effects;  ///< by article, place
    std::vector<EffectLeftOut> effects_left_out;
};

}  // namespace dossier
