#include "dossier/findings/stance_tally.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::shared_stance;
using dossier::Stance;

TEST(StanceOfASource, IsOneVote) {
    EXPECT_EQ(shared_stance({.supports = 2, .silent = 1}), Stance::supports);
    EXPECT_EQ(shared_stance({.refutes = 1, .neutral = 1, .not_assessable = 1}), Stance::refutes);
}

TEST(StanceOfASource, IsMixedWhenItsArticlesDisagree) {
    EXPECT_EQ(shared_stance({.supports = 1, .refutes = 1}), Stance::mixed);
    EXPECT_EQ(shared_stance({.supports = 1, .mixed = 1}), Stance::mixed);
}

TEST(StanceOfASource, RanksSilentBelowNeutralBelowInformative) {
    EXPECT_EQ(shared_stance({.neutral = 1, .silent = 1}), Stance::neutral);
    EXPECT_EQ(shared_stance({.silent = 1, .not_assessable = 1}), Stance::silent);
    EXPECT_EQ(shared_stance({.not_assessable = 2}), Stance::not_assessable);
    EXPECT_EQ(shared_stance({}), Stance::silent);
}

}  // namespace
