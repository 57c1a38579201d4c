#include "dossier/job/publication.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/digest.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::Failure;
using dossier::FailureKind;
using dossier::OutputLock;
using dossier::published_manifest_sha256;
using dossier::sha256_hex;
using dossier::StagedSet;
using dossier::switch_latest;

class Publication : public testing::Test {
protected:
    void publish(std::string const& run_id, std::string const& text) {
        StagedSet set(folder_);
        std::ofstream(set.path() / "report.txt") << text;
        set.publish(run_id, "{}\n");
    }
    std::string latest_text() const {
        std::ifstream file(folder_ / "latest" / "report.txt");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
};

TEST_F(Publication, LatestLeadsToTheSetPublishedLast) {
    publish("a", "first");
    EXPECT_EQ(latest_text(), "first");
    publish("b", "second");
    EXPECT_EQ(latest_text(), "second");
    EXPECT_EQ(fs::read_symlink(folder_ / "latest"), fs::path("runs/b"));
    EXPECT_TRUE(fs::exists(folder_ / "runs/a/report.txt")) << "older sets stay";
}

TEST_F(Publication, ASetThatIsNotPublishedLeavesNothing) {
    {
        StagedSet set(folder_);
        std::ofstream(set.path() / "report.txt") << "half";
    }
    EXPECT_FALSE(fs::exists(folder_ / "latest"));
    EXPECT_TRUE(fs::is_empty(folder_ / "runs"));
}

TEST_F(Publication, WhatAKilledRunLeftIsRemovedByTheNext) {
    fs::create_directories(folder_ / ".staging-killed/tables");
    fs::create_symlink("runs/never", folder_ / ".latest-new");
    OutputLock const lock(folder_);
    EXPECT_FALSE(fs::exists(folder_ / ".staging-killed"));
    publish("a", "text");
    EXPECT_EQ(latest_text(), "text");
}

TEST_F(Publication, ARunIdThatIsTakenIsRefusedAndLatestStays) {
    publish("a", "first");
    StagedSet set(folder_);
    std::ofstream(set.path() / "report.txt") << "other";
    try {
        set.publish("a", "{}\n");
        FAIL() << "published over an existing set";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.kind(), FailureKind::publish);
    }
    EXPECT_EQ(latest_text(), "first");
}

TEST_F(Publication, ALatestThatIsNoLinkIsLeftAlone) {
    fs::create_directories(folder_ / "latest/mine");
    try {
        StagedSet const set(folder_);
        FAIL() << "would have published over a folder of the user's";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.kind(), FailureKind::publish);
    }
    EXPECT_TRUE(fs::exists(folder_ / "latest/mine"));
}

TEST_F(Publication, ASetIsAsOpenAsTheMaskOfTheUserSays) {
    auto const before = umask(027);
    publish("a", "text");
    umask(before);
    EXPECT_EQ(fs::status(folder_ / "runs/a").permissions(), fs::perms(0750));
}

TEST_F(Publication, ASetWithoutManifestIsNotFinished) {
    publish("a", "text");
    EXPECT_EQ(published_manifest_sha256(folder_, "a"), sha256_hex("{}\n"));
    EXPECT_EQ(published_manifest_sha256(folder_, "b"), std::nullopt);
    fs::remove(folder_ / "runs/a/manifest.json");
    EXPECT_EQ(published_manifest_sha256(folder_, "a"), std::nullopt);
}

TEST_F(Publication, LatestCanBeSwitchedBack) {
    publish("a", "first");
    publish("b", "second");
    switch_latest(folder_, "a");
    EXPECT_EQ(latest_text(), "first");
}

TEST_F(Publication, ASecondHolderOfTheLockIsTurnedAwayAtOnce) {
    OutputLock const held(folder_);
    auto const child = fork();
    if (child == 0) {
        try {
            OutputLock const second(folder_);
            _exit(0);
        } catch (Failure const& failure) {
            _exit(failure.kind() == FailureKind::locked ? 75 : 1);
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 75);
}

TEST_F(Publication, AKilledHolderHoldsNothing) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    auto const child = fork();
    if (child == 0) {
        OutputLock const held(folder_);
        (void)!write(ready[1], "x", 1);
        pause();
        _exit(0);
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    EXPECT_THROW(OutputLock{folder_}, Failure);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_NO_THROW(OutputLock{folder_});
    close(ready[0]);
    close(ready[1]);
}

TEST(PublicationFolder, ThatCannotBeMadeIsAPublishFailure) {
    try {
        OutputLock const lock("/proc/no-such-folder");
        FAIL() << "made a folder in /proc";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.kind(), FailureKind::publish);
    }
}

}  // namespace
