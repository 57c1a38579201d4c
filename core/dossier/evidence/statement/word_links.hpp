// Word links: how common a word is, and which words mean the same or the opposite (config/statement_model/word_links.en.tsv,
// made from WordNet).
#pragma once

#include <string_view>
#include <vector>

namespace dossier {

/// Views into the embedded table: they live as long as the program.
struct WordLinks {
    bool is_known = false;
    int commonness = 0;  ///< 0 rare to 9 very common
    std::vector<std::string_view> synonyms, antonyms;
};

/// Links of a word in lower case, in whatever form it stands: "causes" and "caused" are looked up as "cause".
[[nodiscard]] WordLinks links_of(std::string_view word);

}  // namespace dossier
