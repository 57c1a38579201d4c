// Annotations: what people decided or rated, claim by claim and article by article. Read from annotations.toml by job/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// An override decides the stance in place of the engine. A rating is one of several independent readings: it is compared,
/// never applied.
enum class AnnotationRole { override_stance, rating };

/// What one person says of one article on one claim.
struct Annotation {
    AnnotationRole role = AnnotationRole::override_stance;
    std::string who, when;                           ///< a person's id; ISO date, may be empty
    std::string claim_id, article_id, condition_id;  ///< condition_id empty: overall
    Stance stance = Stance::silent;
    std::string why;  ///< one sentence; may be empty for a rating
    // What was looked at. An annotation whose text or claim has changed since is stale. Lower-case hex, empty: not given.
    std::string quote_sha256;      ///< of the quote's text (EvidenceItem::quote)
    std::string article_sha256;    ///< Article::sha256; for stances without a quote
    std::string statement_sha256;  ///< of the claim's statement
    Place place;
};

struct Annotations {
    std::vector<Annotation> items;              ///< in file order
    std::vector<CertaintyJudgement> certainty;  ///< in file order
    std::string sha256;                         ///< of the file's bytes; empty: there is no file
};

/// What became of an annotation in this run. One that is stale, and that a later one on the same question renewed, is
/// superseded: history, of which nobody is warned.
enum class AnnotationStatus { applied, compared, stale, superseded };

[[nodiscard]] constexpr bool is_in_force(AnnotationStatus status) noexcept {
    return status == AnnotationStatus::applied || status == AnnotationStatus::compared;
}

struct AnnotationOutcome {
    Annotation annotation;
    AnnotationStatus status = AnnotationStatus::compared;
    std::string reason;              ///< why it is not in force; empty: it is
    std::optional<Stance> detector;  ///< what the engine said; absent: the article or claim is not part of the run
};

[[nodiscard]] char const* name_of(AnnotationRole role) noexcept;      ///< "override", "rating"
[[nodiscard]] char const* name_of(AnnotationStatus status) noexcept;  ///< as the enumerator

}  // namespace dossier
