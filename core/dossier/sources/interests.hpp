// Who stands to gain and who paid: proposed from what a text says of its authors, its publisher and its funding.
//
// Values of conflict_of_interest, the first that applies: "sells the treatment", "earns commission on sales",
// "sponsored content", "financial ties declared", "funded by industry", "none declared".
#pragma once

#include "dossier/sources/article_words.hpp"

namespace dossier::sources {

/// Empty: the text shows no sign, which is not to say that there is no interest.
[[nodiscard]] Stated conflict_of_interest(ArticleWords const& words);

/// A statement on interests says that there are none, and names none.
[[nodiscard]] bool declares_none(std::string_view statement);

/// The sentence that says who paid; empty: none, or several that differ.
[[nodiscard]] Stated funding(ArticleWords const& words);

}  // namespace dossier::sources
