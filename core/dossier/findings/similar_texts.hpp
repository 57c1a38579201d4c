// Similar texts: pairs of articles whose main text is largely shared, found without comparing every pair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dossier/findings/sketch_store.hpp"
#include "dossier/model/article.hpp"

namespace dossier {

/// From what likeness on two texts count as shared.
struct LikenessLimits {
    double resemblance = 0.0;                ///< of the 5-word shingles of both, that they share
    double containment = 0.0;                ///< of the 5-word shingles of the shorter text, that the longer one has
    std::uint32_t resemblance_shingles = 0;  ///< of each, below which resemblance says nothing
    std::uint32_t containment_shingles = 0;  ///< of the shorter text, below which containment says nothing
};

/// Near-duplicates: half of all shingles, as in Broder's clustering of the Web (1997), or an excerpt.
inline constexpr LikenessLimits near_duplicate_limits{0.5, 0.8, 50, 100};
/// For articles that say they were taken from the same press release: a third of each text.
inline constexpr LikenessLimits same_release_limits{0.2, 0.4, 50, 100};
/// For the longest texts of two groups, when a near-duplicate pair joins them: no chain leads from a text to one that is unlike
/// it.
inline constexpr LikenessLimits same_group_limits{0.25, 0.6, 50, 50};

/// A text to be compared with others.
struct ComparedText {
    std::uint32_t article = 0;     ///< what TextMatch calls it
    std::uint32_t sketch = 0;      ///< its number in the store
    std::uint32_t n_shingles = 0;  ///< TextSketch::n_shingles
};

/// Two texts that are alike.
struct TextMatch {
    std::size_t a = 0, b = 0;  ///< ComparedText::article of the two, a < b
    double resemblance = 0.0, containment = 0.0;
    bool is_excerpt = false;  ///< alike by containment only
};

/// Compares two sketches.
/// @param match  filled in when they are alike
[[nodiscard]] bool is_alike(TextSketch const& a, TextSketch const& b, LikenessLimits const& limits, TextMatch& match);

/// Pairs that are alike, sorted. Candidates share two adjacent minima (locality-sensitive hashing: a pair of resemblance .5 is
/// a candidate with a probability above .999999, of .25 with .98); of many texts with the same two, each is compared with its
/// nearest neighbours by length. Takes time that grows close to linearly, and a few bytes of memory for each text.
///
/// @param n_compared  if given, the number of pairs that were compared is added to it
[[nodiscard]] std::vector<TextMatch> find_similar_texts(SketchStore const& store, std::span<ComparedText const> texts,
                                                        LikenessLimits const& limits,
                                                        std::size_t* n_compared = nullptr);

/// One sketch of a store as is_alike takes it.
[[nodiscard]] TextSketch sketch_in(SketchStore const& store, ComparedText const& text);

}  // namespace dossier
