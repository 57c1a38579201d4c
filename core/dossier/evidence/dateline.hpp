// Dateline: the place, day and agency that open a news report. They are no part of what its first sentence says.
#pragma once

#include <cstddef>
#include <string_view>

#include "dossier/evidence/tokens.hpp"

namespace dossier {

/// Bytes of the dateline at the start of a sentence, with its dash and the space behind it ("LONDON, March 3 (Reuters) - ");
/// 0: it has none.
[[nodiscard]] std::size_t dateline_length(std::string_view sentence) noexcept;

/// The words of a sentence behind its dateline; their bytes are those of the whole sentence. See tokenize().
void tokenize_sentence(std::string_view sentence, Tokens& tokens, std::size_t max_words = any_number_of_words);

}  // namespace dossier
