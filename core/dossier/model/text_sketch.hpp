// Text sketch: a fingerprint of an article's main text, from which the likeness of two texts is estimated.
//
// k-shingles of words and MinHash (A. Broder, "On the resemblance and containment of documents", 1997), all minima from
// one hash of each shingle (P. Li, A. Owen, C. Zhang, "One permutation hashing", NIPS 2012). The hashes are our own, so that
// a sketch is the same on every platform.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "dossier/model/article.hpp"

namespace dossier {

inline constexpr std::size_t words_per_shingle = 5;
inline constexpr std::size_t sketch_bins = 128;             ///< TextSketch::minima has as many values, or none
inline constexpr std::uint32_t least_sketch_shingles = 30;  ///< texts with fewer are compared as a whole only

/// TextSketch::minima of a bin into which no shingle fell.
inline constexpr std::uint32_t empty_bin = std::numeric_limits<std::uint32_t>::max();

/// Over the sentences that may be quoted. Case and punctuation do not matter; a text of fewer words than a shingle has is
/// one shingle.
[[nodiscard]] TextSketch sketch_of(std::span<Sentence const> sentences);

/// Estimated Jaccard similarity of the shingle sets, [0, 1]; its standard error is at most .05 for texts of 300 words
/// and more. 0 where one of them has too little text.
[[nodiscard]] double resemblance(TextSketch const& a, TextSketch const& b) noexcept;

/// Estimated share of the shorter text's shingles that the longer text has, too, [0, 1]. 0 where one of them has too
/// little text. The more the lengths differ, the less certain it is: at four to one its standard error is about .15.
[[nodiscard]] double containment(TextSketch const& a, TextSketch const& b) noexcept;

}  // namespace dossier
