// Hostile files, one by one and all at once: each costs its own part, in bounded time and memory, and says so.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "golden/analysis_rows.hpp"
#include "golden/dossier_process.hpp"
#include "robustness/hostile_files.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int done_with_warnings = 3;
constexpr double max_seconds = 10.0;
constexpr long max_kibibytes = 512L << 10;
constexpr std::size_t max_messages_of_a_file = 100;  // a record or member each, never one for each byte

constexpr char const* job_toml = R"(
[job]
title = "Walking"
as_of = 2026-04-01
[sources]
include = ["articles/*"]
[registry]
file = "claims.toml"
[[output]]
reports = ["stance-table"]
format = "markdown"
file = "report.md"
)";
constexpr char const* claims_toml = R"(
[registry]
title = "Walking"
about = ["walking"]
[[claim]]
id = "lowers-pressure"
statement = "Walking lowers blood pressure."
supports = ["walking lowers … pressure"]
)";

struct Cost {
    bool ended_by_signal = false;
    int status = 0;
    double seconds = 0.0;  // of the processor
    long kibibytes = 0;    // at most resident
};

/// `dossier text` on one file, in a process of its own.
Cost read_alone(fs::path const& file) {
    auto const child = fork();
    if (child == 0) {
        int const nothing = open("/dev/null", O_RDWR);
        dup2(nothing, STDIN_FILENO);
        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
        rlimit const limit{60, 60};
        setrlimit(RLIMIT_CPU, &limit);
        alarm(120);
        execl(DOSSIER_PROGRAM, "dossier", "text", "--json", file.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }
    Cost cost;
    rusage usage{};
    wait4(child, &cost.status, 0, &usage);
    cost.ended_by_signal = WIFSIGNALED(cost.status);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    cost.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    cost.kibibytes = usage.ru_maxrss;
    return cost;
}

void write(fs::path const& file, char const* text) {
    std::ofstream(file) << text;
}

TEST(HostileFiles, AreReadOneByOneWithinTheBounds) {
    TemporaryFolder const folder;
    auto const names = write_hostile_files(folder.path());
    ASSERT_GE(names.size(), 300u);
    double most_seconds = 0.0;
    long most_kibibytes = 0;
    std::string slowest, largest;
    for (auto const& name : names) {
        auto const cost = read_alone(folder.path() / name);
        EXPECT_FALSE(cost.ended_by_signal) << name << ": signal " << WTERMSIG(cost.status);
        if (!sanitized) {
            EXPECT_LE(cost.seconds, max_seconds) << name;
            EXPECT_LE(cost.kibibytes, max_kibibytes) << name;
        }
        if (cost.seconds > most_seconds) most_seconds = cost.seconds, slowest = name;
        if (cost.kibibytes > most_kibibytes) most_kibibytes = cost.kibibytes, largest = name;
    }
    std::printf("%zu hostile files; most time %.2f s (%s), most memory %ld MiB (%s)\n", names.size(), most_seconds,
                slowest.c_str(), most_kibibytes >> 10, largest.c_str());
}

class HostileRun : public testing::Test {
protected:
    struct Run {
        TemporaryFolder folder;
        std::vector<std::string> names;
        ProcessResult process;
        std::map<std::string, std::size_t> n_messages;  // by file
    };
    static Run& run() {
        static Run only;
        static bool const done = [] {
            auto const articles = only.folder.path() / "job" / "articles";
            fs::create_directories(articles);
            write(articles.parent_path() / "job.toml", job_toml);
            write(articles.parent_path() / "claims.toml", claims_toml);
            write(
                articles / "0-good.txt",
                "Walking\n\nWalking lowers blood pressure in most people who try it. The nurses of a clinic walked for "
                "half an hour a day and were measured every week.\n");
            only.names = write_hostile_files(articles);
            only.process = run_program({DOSSIER_PROGRAM, "run", (articles.parent_path() / "job.toml").string(),
                                        "--output", (only.folder.path() / "out").string(), "--message-format", "json"},
                                       {}, std::chrono::seconds(900));
            std::istringstream lines(only.process.err);
            for (std::string line; std::getline(lines, line);) {
                if (!line.starts_with('{')) continue;
                auto const message = nlohmann::json::parse(line);
                auto const file = message.at("file").get<std::string>();
                ++only.n_messages[file.substr(0, file.find("!/"))];
            }
            return true;
        }();
        (void)done;
        return only;
    }
    void SetUp() override {
        ASSERT_FALSE(run().process.timed_out);
        ASSERT_EQ(run().process.exit_code, done_with_warnings) << run().process.err.substr(0, 4000);
    }
    static std::vector<std::vector<std::string>> ask(std::string const& sql) {
        return query(run().folder.path() / "out" / "latest" / "analysis.sqlite", sql, {});
    }
};

TEST_F(HostileRun, GoesOnToTheEndAndPublishes) {
    EXPECT_TRUE(fs::exists(run().folder.path() / "out" / "latest" / "report.md"));
    EXPECT_EQ(ask("SELECT stance FROM stances WHERE article_id = '0-good' AND condition_id = ''"),
              (std::vector<std::vector<std::string>>{{"supports"}}));
}

TEST_F(HostileRun, WhatIsNotAssessableIsTold) {
    auto const rows = ask("SELECT path FROM articles WHERE status = 'not_assessable'");
    EXPECT_GE(rows.size(), 100u);
    for (auto const& row : rows) {
        auto const file = row[0].substr(0, std::min(row[0].find("!/"), row[0].find('#')));
        EXPECT_GE(run().n_messages[file], 1u) << row[0];
    }
}

TEST_F(HostileRun, NoFileFloodsTheMessages) {
    for (auto const& [file, n] : run().n_messages)
        EXPECT_LE(n, max_messages_of_a_file) << file;
}

}  // namespace
