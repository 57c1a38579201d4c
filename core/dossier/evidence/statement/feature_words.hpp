// Feature words: the statement model's features, said for people.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

/// "it denies what the statement does not" for "denied in one, not in the other". A feature that has no words of its own is
/// told by its name in quotes.
[[nodiscard]] std::string feature_in_words(std::string_view feature);

}  // namespace dossier
