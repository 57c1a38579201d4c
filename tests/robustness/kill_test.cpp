// SIGKILL at random moments of a run: a reader of `latest` sees the old set or the new one, whole, or nothing yet.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "dossier/job/manifest.hpp"
#include "dossier/model/digest.hpp"
#include "robustness/crash_job.hpp"
#include "support/sanitized.hpp"
#include "support/temporary_folder.hpp"

extern char** environ;

namespace {

namespace fs = std::filesystem;

std::string read_all(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

pid_t start_run(fs::path const& job, fs::path const& output) {
    std::vector<std::string> words{DOSSIER_PROGRAM, "run", job.string(), "--output", output.string(), "--quiet"};
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t child = -1;
    auto const error = posix_spawn(&child, DOSSIER_PROGRAM, &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? child : -1;
}

int wait_for(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

/// Every file that the manifest of `latest` names is there with its hash, no other file is, and all belong to one job.
void expect_a_whole_set_or_none(fs::path const& output, std::vector<std::string> const& titles) {
    auto const latest = output / "latest";
    if (!fs::is_symlink(fs::symlink_status(latest))) return;
    auto const text = read_all(latest / "manifest.json");
    auto const manifest = dossier::read_manifest(text);
    ASSERT_TRUE(manifest) << "latest leads to a set without a manifest: " << fs::read_symlink(latest);
    EXPECT_TRUE(manifest->complete) << text;
    std::size_t n_files = 0;
    for (auto const& entry : fs::recursive_directory_iterator(latest))
        if (entry.is_regular_file()) ++n_files;
    EXPECT_EQ(n_files, manifest->outputs.size() + 1);
    for (auto const& file : manifest->outputs)
        EXPECT_EQ(dossier::sha256_hex(read_all(latest / file.file)), file.sha256) << file.file;
    auto const report = read_all(latest / "report.md");
    int n_titles = 0;
    for (auto const& title : titles)
        n_titles += report.find(title) != std::string::npos ? 1 : 0;
    EXPECT_EQ(n_titles, 1) << "the report mixes two jobs or holds none";
}

class Kill : public testing::Test {
protected:
    void SetUp() override {
        for (int version : {0, 1})
            write_job(version);
    }

    static std::string title(int version) { return "Version " + std::to_string(version) + " of the summary"; }
    fs::path job(int version) const { return folder_ / ("job" + std::to_string(version)) / "job.toml"; }
    fs::path output() const { return folder_ / "out"; }

    void write_job(int version) {
        auto const folder = job(version).parent_path();
        fs::create_directories(folder / "articles");
        for (int i = 0; i < 6; ++i)
            std::ofstream(folder / "articles" / ("a" + std::to_string(i) + ".md"))
                << "# Article " << i << "\n\nRunning a lamp at night harms sleep in adults, the survey found.\n";
        std::ofstream(folder / "claims.toml") << "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\n"
                                                 "statement = \"A lamp at night harms sleep.\"\n"
                                                 "supports = [\"harms sleep\"]\n";
        std::ofstream(job(version))
            << "[job]\ntitle = \"" << title(version) << "\"\nas_of = \"2026-01-0" << version + 1
            << "\"\n\n[sources]\ninclude = [\"articles/*.md\"]\n\n"
               "[registry]\nfile = \"claims.toml\"\n\n"
               "[[output]]\nreports = [\"consensus\", \"stance-table\"]\nformat = \"markdown\"\n"
               "file = \"report.md\"\n\n"
               "[[output]]\nreports = [\"stance-table\"]\nformat = \"csv\"\nfile = \"tables\"\n";
    }

    dossier_test::TemporaryFolder made_;
    fs::path const folder_ = made_.path();
};

TEST_F(Kill, AtRandomMomentsNeverLeavesATornOrMixedSet) {
    // The quickest of some runs, so that a moment of load does not put all kills behind the end.
    auto whole = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 5; ++i) {
        auto const begin = std::chrono::steady_clock::now();
        ASSERT_EQ(WEXITSTATUS(wait_for(start_run(job(0), folder_ / ("trial" + std::to_string(i))))), 0);
        whole = std::min(whole, std::chrono::steady_clock::now() - begin);
    }

    std::mt19937 random(20261122);
    std::uniform_real_distribution<double> moment(0.0, 1.1);
    int const n_rounds = dossier::test::is_long_run() ? 2000 : rounds_here(200);
    int n_killed = 0;
    for (int i = 0; i < n_rounds; ++i) {
        // Each round starts without its set, so that there is something to publish over the other job's.
        for (auto const& leftover : std::vector<fs::path>{output() / "runs"}) {
            if (!fs::exists(leftover)) continue;
            auto const kept = fs::exists(output() / "latest") ? fs::read_symlink(output() / "latest").filename() : "";
            for (auto const& run : fs::directory_iterator(leftover))
                if (run.path().filename() != kept) fs::remove_all(run.path());
        }
        auto const child = start_run(job(i % 2), output());
        ASSERT_GT(child, 0);
        std::this_thread::sleep_for(std::chrono::duration_cast<std::chrono::microseconds>(whole * moment(random)));
        kill(child, SIGKILL);
        n_killed += WIFSIGNALED(wait_for(child)) ? 1 : 0;
        expect_a_whole_set_or_none(output(), {title(0), title(1)});
        if (HasFatalFailure()) return;
    }
    EXPECT_GE(n_killed, n_rounds / 4) << "most runs ended before they were killed: the test tested nothing";
    std::printf("killed %d of %d runs before their end\n", n_killed, n_rounds);

    // 3: it warns of a run that was interrupted.
    auto const next = WEXITSTATUS(wait_for(start_run(job(1), output())));
    ASSERT_TRUE(next == 0 || next == 3) << "the next run starts, and ends with " << next;
    auto const states = dossier::test::states_in_history(output());
    ASSERT_TRUE(states);
    EXPECT_EQ(std::count(states->begin(), states->end(), "running"), 0);
    EXPECT_GE(std::count(states->begin(), states->end(), "interrupted"), 1);
    expect_a_whole_set_or_none(output(), {title(1)});
    for (auto const& entry : fs::directory_iterator(output()))
        EXPECT_FALSE(entry.path().filename().string().starts_with(".staging-")) << "left over: " << entry.path();
}

}  // namespace
