// Spaced words: a short text in the form in which whole words and phrases are looked for.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dossier {

/// Lower-case ASCII words of a metadata value, each between spaces: " randomised trial in mice "; " ": it has none.
[[nodiscard]] std::string spaced_words(std::string_view text);

/// @param words  as spaced_words() gives them
/// @param term   words with a space between: "case control"
[[nodiscard]] bool says(std::string_view words, std::string_view term);
[[nodiscard]] bool says_any(std::string_view words, std::span<std::string_view const> terms);

/// `words` without `terms`: " randomised trial " of " randomised and non randomised trial " without these two.
[[nodiscard]] std::string without(std::string words, std::span<std::string_view const> terms);

}  // namespace dossier
