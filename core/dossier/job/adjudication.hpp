// Adjudication: what people decided, held against the articles of a run, one after the other.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/findings/overrides.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// Holds annotations against claims and texts. One that no longer fits is stale: never applied, and told unless a later one
/// on the same question, in force, renewed it. Of articles without annotations nothing is kept.
class Adjudication {
public:
    /// @param registry  must outlive this
    Adjudication(Annotations const& annotations, ClaimRegistry const& registry);

    /// Whether anybody decided or rated something about an article; of others read() needs no sentences.
    [[nodiscard]] bool concerns(Article const& article) const { return !numbers_on(article).empty(); }

    /// One article with its sentences, and all that the engines read out of it.
    void read(Article const& article, ArticleEvidence const& evidence);

    /// The same of an article whose claims no engine was asked. What an engine's quotes would have to bear out counts as in
    /// force, and overrides nothing.
    void look_at(Article const& article);

    /// What people decided about an article that was read.
    [[nodiscard]] std::span<StanceOverride const> overrides_of(std::string const& article_id) const;

    /// One per annotation, in file order. Of an article that was not read: stale, since there is none.
    [[nodiscard]] std::vector<AnnotationOutcome> const& outcomes() const noexcept { return outcomes_; }

    /// Those on one article, in file order.
    [[nodiscard]] std::vector<AnnotationOutcome> outcomes_on(Article const& article) const;

    /// Warnings on what is stale (DOS0255) or bears no quote out (DOS0256), a bounded number.
    [[nodiscard]] Diagnostics messages() const;

    /// Errors on annotations in force that contradict another one in force (DOS0250), a bounded number. Of two the earlier
    /// is applied: for those who go on nevertheless.
    [[nodiscard]] Diagnostics contradictions() const;

    /// How far people agree with one another and with the engine; of annotations in force (statistics.md 4.8).
    [[nodiscard]] std::vector<RaterAgreement> agreement() const;
    [[nodiscard]] std::vector<ConfusionCount> confusion() const;

private:
    using Numbers = std::vector<std::size_t>;  ///< of annotations
    class Reading;

    [[nodiscard]] Numbers numbers_on(Article const& article) const;
    void judge_all_on(Reading& reading);
    void judge(std::size_t number, Reading& reading);
    void add_override(std::size_t number, Reading& reading);
    void set_stale(std::size_t number, std::string reason, bool lacks_quote = false);

    ClaimRegistry const& registry_;
    std::vector<AnnotationOutcome> outcomes_;
    std::vector<bool> fits_registry_;                    ///< claim and condition are those of the registry
    std::vector<bool> lacks_quote_;                      ///< of those that are stale: refused for want of a quote
    std::vector<bool> is_read_;                          ///< their article came
    std::map<std::size_t, std::size_t> contradicts_;     ///< later and earlier annotation
    std::map<std::string, Numbers, std::less<>> named_;  ///< annotations by the article's id or path, as written
    std::map<std::string, std::vector<StanceOverride>, std::less<>> overrides_;  ///< by article id
};

}  // namespace dossier
