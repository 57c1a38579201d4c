// What kind of text an article is, and who or what was studied: proposed from how the text speaks of itself.
//
// The vocabulary of study_design:
//   systematic review, meta-analysis, scoping review, narrative review, guideline, randomised trial, clinical trial, cohort study,
//   case-control study, cross-sectional study, case series, case report, animal study, in vitro study, modelling study,
//   qualitative study, protocol ("protocol of a …"), preprint; with " (preprint)" behind it when the article is one;
//   news report, "news report of a …" with one of those, news aggregation, opinion, marketing page, health information page.
// That of population: human, animal, in vitro.
#pragma once

#include "dossier/sources/article_words.hpp"

namespace dossier::sources {

struct KindOfSource {
    Stated design, population;  ///< empty: the text is not clear
};

/// First what the record states (publication types, MeSH headings: origin "publication type: …", "subject heading: …"), then
/// the text. A design counts when the text names it as its own ("this cohort study", "we randomly assigned", in its title);
/// one that is denied, wished for or told of others does not. A text that reports what researchers did is a news report of it.
/// @param sells  the article's publisher sells what it is about
[[nodiscard]] KindOfSource kind_of_source(ArticleWords const& words, bool sells);

}  // namespace dossier::sources
