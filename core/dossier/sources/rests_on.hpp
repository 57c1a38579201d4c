// The study that an article rests on, and the press release or agency that its text was taken from.
#pragma once

#include "dossier/sources/article_words.hpp"

namespace dossier::sources {

/// Of what is found, the first: an identifier where the text says that it is the source ("Reference:", "published in …
/// doi:"); the only identifier in the text; title and journal; researchers and journal. An article that has a DOI or PMID of
/// its own rests on no other, unless its study_design is a kind of news.
/// As "10.1234/abc", "PMID:123", "PMC123", "NCT01234567", "arXiv:2101.01234", "Title (Journal)",
/// "researchers at X (Journal)", "study in the journal X".
/// @param doi  the article's own, as its markup states it; empty: none
[[nodiscard]] Stated study_it_rests_on(ArticleWords const& words, std::string const& doi);

/// rests_on names one study and nothing else: a DOI, PMID, PMCID, trial number or arXiv number.
[[nodiscard]] bool is_study_identifier(std::string_view rests_on) noexcept;

/// "Reuters", "EurekAlert", "Lund University", …; "press release" where nobody is named.
[[nodiscard]] Stated press_release_of(ArticleWords const& words);

}  // namespace dossier::sources
