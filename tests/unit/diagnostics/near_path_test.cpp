#include "dossier/diagnostics/near_path.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::near_path;

class NearPath : public testing::Test {
protected:
    NearPath() {
        folder_.write("claims.toml", "");
        folder_.write("job.toml", "");
        folder_.write("articles/2024/trial.txt", "");
    }
    dossier_test::TemporaryFolder folder_;
};

TEST_F(NearPath, AMisspeltFileIsTheNearestBesideIt) {
    EXPECT_EQ(near_path(folder_.path(), "claim.toml"), "claims.toml");
}

TEST_F(NearPath, EveryMisspeltNameOnTheWayIsMended) {
    EXPECT_EQ(near_path(folder_.path(), "artcles/2023/trail.txt"), "articles/2024/trial.txt");
}

TEST_F(NearPath, OfAGlobWhatStandsBeforeItsWildcardIsMendedAndTheRestKept) {
    EXPECT_EQ(near_path(folder_.path(), "artcles/**/*.txt"), "articles/**/*.txt");
}

TEST_F(NearPath, WhatIsThereIsNotReplaced) {
    EXPECT_EQ(near_path(folder_.path(), "claims.toml"), "");
    EXPECT_EQ(near_path(folder_.path(), "articles/*.html"), "");
}

TEST_F(NearPath, WhereNothingNearIsThereNothingIsProposed) {
    EXPECT_EQ(near_path(folder_.path(), "bibliography.bib"), "");
    EXPECT_EQ(near_path(folder_.path() / "gone", "claims.toml"), "");
    EXPECT_EQ(near_path(folder_.path(), ""), "");
}

TEST_F(NearPath, AFolderGivenWithTheFileCountsToo) {
    EXPECT_EQ(near_path({}, folder_ / "jobb.toml"), (folder_ / "job.toml").string());
}

TEST_F(NearPath, BehindALinkNobodyLooks) {
    fs::create_directory_symlink(folder_ / "articles", folder_ / "elsewhere");
    EXPECT_EQ(near_path(folder_.path(), "elsewhere/2023"), "");
    EXPECT_EQ(near_path(folder_.path(), "elsewhre/2024/trial.txt"), "");
}

TEST_F(NearPath, AFileIsNoFolder) {
    EXPECT_EQ(near_path(folder_.path(), "job.toml/articles"), "");
    EXPECT_EQ(near_path(folder_.path(), "jobb.toml/*.txt"), "");
}

}  // namespace
