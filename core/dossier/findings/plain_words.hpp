// Plain words: names and titles in the form in which they are compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// Words of a name or a title: lower case, Latin letters without their marks, no punctuation. Other scripts stay as they are.
[[nodiscard]] std::vector<std::string> plain_words(std::string_view text);

/// The same words with one space between them.
[[nodiscard]] std::string plain_text(std::string_view text);

/// `text` without HTML tags, as some databases leave them in titles.
[[nodiscard]] std::string without_tags(std::string_view text);

}  // namespace dossier
