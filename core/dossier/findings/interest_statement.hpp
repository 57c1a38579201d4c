// Interest statement: does what is stated of an article's interests tell of one?
#pragma once

#include <string_view>

namespace dossier {

/// Judged sentence by sentence, since one author's stock is not undone by "the other authors declare none": a tie that is not
/// denied is a conflict, and so is a denial of the other authors only, next to a sentence on the first. A statement that denies
/// nothing and is no word for "not known" names an interest ("sells the treatment").
[[nodiscard]] bool tells_of_an_interest(std::string_view statement);

}  // namespace dossier
