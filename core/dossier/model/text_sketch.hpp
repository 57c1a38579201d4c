// Text sketch: a fingerprint of an article's main text, from which the likeness of two texts is estimated.
//
// k-shingles of words and MinHash (A. Broder, "On the resemblance and containment of documents", 1997).
#pragma once

#include <span>

#include "dossier/model/article.hpp"

namespace dossier {

/// Over the sentences that may be quoted.
[[nodiscard]] TextSketch sketch_of(std::span<Sentence const> sentences);

/// Estimated Jaccard similarity of the shingle sets, [0, 1]. 0 where one of them has too little text.
[[nodiscard]] double resemblance(TextSketch const& a, TextSketch const& b) noexcept;

}  // namespace dossier
