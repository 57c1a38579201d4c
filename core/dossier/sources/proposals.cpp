#include "dossier/sources/proposals.hpp"

#include <utility>

#include "dossier/sources/article_words.hpp"
#include "dossier/sources/interests.hpp"
#include "dossier/sources/journal/citation_parts.hpp"
#include "dossier/sources/rests_on.hpp"
#include "dossier/sources/study_design.hpp"

namespace dossier::sources {
namespace {

void fill(Stated& stated, Stated proposed) {
    if (stated.value.empty()) stated = std::move(proposed);
}

/// A statement that a format hands over whole: "The authors declare that they have no competing interests."
void sum_up(Stated& conflict) {
    if (!conflict.proposed || conflict.value.empty() || !declares_none(conflict.value)) return;
    conflict.origin += ": " + shortened(conflict.value, 160);
    conflict.value = "none declared";
}

}  // namespace

void propose(Article& article, std::string const& doi) {
    ArticleWords const words(article);
    sum_up(article.conflict_of_interest);
    fill(article.conflict_of_interest, conflict_of_interest(words));
    auto kind = kind_of_source(words, article.conflict_of_interest.value == "sells the treatment");
    fill(article.study_design, std::move(kind.design));
    fill(article.population, std::move(kind.population));
    fill(article.funding, funding(words));
    fill(article.rests_on, study_it_rests_on(words, doi));
    // A page whose text names that study as its source reports on it.
    auto own = bare_doi(doi);
    if (article.citation.doi.empty() && own != article.rests_on.value) article.citation.doi = std::move(own);
    fill(article.press_release, press_release_of(words));
}

}  // namespace dossier::sources
