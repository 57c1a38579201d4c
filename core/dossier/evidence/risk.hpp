// Risk factors: sentences that name a factor together with the outcome, and which way the factor is said to move it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/subject.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

class RiskReader {
public:
    RiskReader(ClaimRegistry const& registry, ArticleView& view, SubjectResolver& subjects)
        : registry_(registry), view_(view), subjects_(subjects) {}

    /// Appends one mention for each factor that the sentence links to the outcome.
    void read(std::size_t sentence, ArticleEvidence& evidence);

private:
    struct Link;

    bool is_not_stated(PhraseMatch const& outcome, std::size_t sentence, Link const& link);
    bool find_outcome(std::size_t sentence, std::uint32_t factor, Link& link);
    bool find_link(std::size_t sentence, std::uint32_t factor, Link& link);
    FactorDirection direction_of(PhraseMatch const& factor, std::size_t factor_sentence, Link const& link,
                                 FactorDirection usual);

    ClaimRegistry const& registry_;
    ArticleView& view_;
    SubjectResolver& subjects_;
};

/// The ids of the risk factors whose phrases stand in the sentence, whether or not it names their outcome: in registry
/// order, each once. Of phrases within one another the longest counts.
[[nodiscard]] std::vector<std::string> factors_named_in(std::size_t sentence, ArticleView const& view,
                                                        ClaimRegistry const& registry);

}  // namespace dossier
