#include "dossier/findings/main_texts.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "dossier/diagnostics/failure.hpp"

namespace {

using dossier::MainText;
using dossier::MainTexts;

MainText text(std::uint32_t number) {
    return {number * 0x9E3779B97F4A7C15u, number % 100, number, number / 2, number % 3 == 0, number % 5 == 0};
}

TEST(MainTexts, ComeBackAsTheyWereAddedWhetherInMemoryOrOnDisk) {
    for (std::uint32_t const n : {0u, 7u, 2048u, 4500u}) {
        MainTexts kept{{}};
        for (std::uint32_t i = 0; i < n; ++i)
            kept.add(text(i));
        auto const all = kept.all();
        ASSERT_EQ(all.size(), n);
        for (std::uint32_t i = 0; i < n; ++i) {
            EXPECT_EQ(all[i].hash, text(i).hash);
            EXPECT_EQ(all[i].n_shingles, text(i).n_shingles);
            EXPECT_EQ(all[i].article, i);
            EXPECT_EQ(all[i].sketch, text(i).sketch);
            EXPECT_EQ(all[i].is_readable, text(i).is_readable);
            EXPECT_EQ(all[i].is_independent, text(i).is_independent);
        }
    }
}

TEST(MainTexts, NameTheFolderInWhichTheyCannotBeKept) {
    MainTexts kept("/no/such/folder");
    try {
        for (std::uint32_t i = 0; i < 5000; ++i)
            kept.add(text(i));
        FAIL() << "they were kept";
    } catch (dossier::Failure const& failure) {
        EXPECT_EQ(failure.kind(), dossier::FailureKind::io);
        EXPECT_EQ(failure.path(), "/no/such/folder");
    }
}

}  // namespace
