#include "dossier/findings/sketch_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dossier/model/text_sketch.hpp"
#include "support/made_text.hpp"

namespace {

using dossier::sketch_bands;
using dossier::SketchStore;
using dossier::TextSketch;

/// Few words leave bins empty, so that keys have to borrow.
TextSketch sketch(std::uint64_t seed, std::size_t n_words = 120) {
    return dossier::sketch_of(dossier::test::sentences_of(dossier::test::made_words(seed, n_words)));
}

std::vector<std::uint64_t> keys(SketchStore const& store, std::size_t band, std::size_t first, std::size_t n) {
    std::vector<std::uint64_t> result(n);
    store.band_keys(band, first, result);
    return result;
}

TEST(SketchStore, GivesBackWhatItWasGivenWhetherInMemoryOrOnDisk) {
    constexpr std::size_t n = 4500;  // two chunks on disk, one in memory
    std::vector<TextSketch> different;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        different.push_back(sketch(seed, 40 + 20 * seed));
    SketchStore store;
    for (std::size_t i = 0; i < n; ++i)
        store.add(different[i * 7 % different.size()]);
    ASSERT_EQ(store.size(), n);
    for (std::size_t i = 0; i < n; i += 13) {
        auto const minima = store.minima(i);
        EXPECT_TRUE(std::equal(minima.begin(), minima.end(), different[i * 7 % different.size()].minima.begin())) << i;
    }
}

TEST(SketchStore, HasTheSameKeysForASketchWhereverItLies) {
    constexpr std::size_t n = 4500;
    SketchStore few, store;
    for (std::uint64_t seed = 0; seed < 5; ++seed)
        few.add(sketch(seed));
    for (std::size_t i = 0; i < n; ++i)
        store.add(sketch(i % 5));
    for (std::size_t band = 0; band < sketch_bands; band += 9) {
        auto const of_few = keys(few, band, 0, 5), all = keys(store, band, 0, n);
        for (std::size_t i = 0; i < n; ++i)
            ASSERT_EQ(all[i], of_few[i % 5]) << band << ", " << i;
        EXPECT_EQ(keys(store, band, 2040, 20), std::vector(all.begin() + 2040, all.begin() + 2060));
        EXPECT_EQ(keys(store, band, 4490, 10), std::vector(all.begin() + 4490, all.end()));
    }
}

TEST(SketchStore, HasTheSameSketchesAndKeysOnceItIsSealed) {
    for (std::size_t const n : {5u, 2048u, 4500u}) {
        SketchStore open, sealed;
        for (std::size_t i = 0; i < n; ++i) {
            open.add(sketch(i % 5));
            sealed.add(sketch(i % 5));
        }
        sealed.seal();
        ASSERT_EQ(sealed.size(), n);
        for (std::size_t i = 0; i < n; i += 7)
            ASSERT_EQ(sealed.minima(i), open.minima(i)) << i;
        for (std::size_t band = 0; band < sketch_bands; band += 9) {
            EXPECT_EQ(keys(sealed, band, 0, n), keys(open, band, 0, n));
            EXPECT_EQ(keys(sealed, band, n - 4, 3), keys(open, band, n - 4, 3));
        }
    }
}

TEST(SketchStore, GivesEvenShortTextsKeysByWhichTheirLikeIsFound) {
    SketchStore store;
    store.add(sketch(1, 40));
    store.add(sketch(2, 40));
    store.add(sketch(1, 40));
    for (std::size_t band = 0; band < sketch_bands; ++band) {
        auto const found = keys(store, band, 0, 3);
        EXPECT_EQ(found[0], found[2]);
        EXPECT_NE(found[0], found[1]);
    }
}

}  // namespace
