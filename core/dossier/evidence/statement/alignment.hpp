// Alignment: which words of a sentence stand for the content words of a statement.
#pragma once

#include <cstddef>
#include <vector>

#include "dossier/evidence/statement/features.hpp"

namespace dossier {

enum class Link { none, same, synonym, antonym };

/// Where one content word of the statement is found in a sentence.
struct Alignment {
    Link link = Link::none;
    std::size_t at = 0;
};

struct AlignedSentence {
    TextSentence const* sentence = nullptr;
    std::vector<Alignment> words;  ///< one for each content word of the statement
    double recall = 0.0;           ///< weight of the statement's words found, as a share of all
};

/// The first place of the same word, else of one that may stand for it. The sentence outlives what is returned.
[[nodiscard]] AlignedSentence align(ReadStatement::Parts const& statement, TextSentence const& sentence);

/// What a word found in that way counts for, of 1.
constexpr double worth(Link link) noexcept {
    return link == Link::same ? 1.0 : link == Link::none ? 0.0 : 0.6;
}

/// 0 where the whole is nothing.
[[nodiscard]] double share(double part, double whole) noexcept;

}  // namespace dossier
