// SIGKILL at every system call of a run that changes something on disk: a reader sees the old set or the new one, whole, and
// the next run puts everything right. strace does the killing, so that the point is exact and the program is as it ships.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "robustness/crash_job.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int killed = 128 + 9;
constexpr std::size_t n_shards = 2, n_sampled = rounds_here(60), most_problems_shown = 40;

/// What opens, writes, makes durable, renames, links, removes, resizes or makes a folder.
constexpr char const* changing_calls[] = {
    "openat",    "open",      "creat",   "write",           "pwrite64",  "writev",   "pwritev",
    "fsync",     "fdatasync", "rename",  "renameat",        "renameat2", "link",     "linkat",
    "symlink",   "symlinkat", "unlink",  "unlinkat",        "rmdir",     "truncate", "ftruncate",
    "fallocate", "mkdir",     "mkdirat", "copy_file_range", "chmod",     "fchmod",   "fchmodat"};

/// What stands in the output folder, and beside it, before the run that is killed.
struct Precondition {
    char const* name;
    int version;  ///< of the job that the killed run runs
    std::string options;
    std::function<void(CrashJob const&, fs::path const& output)> prepare;
};

void must_succeed(CrashJob const& job, int version, fs::path const& output) {
    auto const result = job.run(version, output);
    if (result.exit_code != 0)
        throw std::runtime_error("an undisturbed run ends with " + std::to_string(result.exit_code) + ": " +
                                 result.err);
}

constexpr char const* an_alert = "[[alert]]\nid = \"harm\"\nclaim = \"harm\"\nwhen = \"supports >= 3\"\n";
constexpr char const* more_outputs =
    "[[output]]\nreports = [\"consensus\", \"changes\"]\nformat = \"csv\"\nfile = \"more\"\n"
    "[[output]]\nreports = [\"changes\"]\nformat = \"markdown\"\nfile = \"changes.md\"\n"
    "[[output]]\nreports = [\"changes\"]\nformat = \"html\"\nfile = \"changes.html\"\n"
    "[[output]]\nreports = [\"quotes\"]\nformat = \"json\"\nfile = \"quotes.json\"\n";

void leave_as_killed_runs_do(fs::path const& output) {
    fs::create_directories(output / ".staging-killed" / "tables");
    std::ofstream(output / ".staging-killed" / "report.md") << "# half a rep";
    std::ofstream(output / ".staging-killed" / "tables" / "stances.csv") << "claim,supp";
    fs::create_symlink("runs/none", output / ".latest-new");
}

std::vector<Precondition> preconditions() {
    return {
        {"no folder yet", 0, "", [](CrashJob const&, fs::path const&) {}},
        {"an old set", 1, "", [](CrashJob const& job, fs::path const& output) { must_succeed(job, 0, output); }},
        {"inputs as they were", 0, "",
         [](CrashJob const& job, fs::path const& output) { must_succeed(job, 0, output); }},
        {"an old set and leftovers of a killed run", 1, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             leave_as_killed_runs_do(output);
         }},
        {"a set that latest does not lead to", 1, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             auto const old = fs::read_symlink(output / "latest");
             must_succeed(job, 1, output);
             fs::remove(output / "latest");
             fs::create_symlink(old, output / "latest");
         }},
        {"one article more", 0, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             job.add_article(1);
         }},
        {"sets that retention removes", 0, "[history]\nkeep = 1\nkeep_weekly = false\n",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             must_succeed(job, 1, output);
         }},
        {"back to what was before the last set", 0, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             must_succeed(job, 1, output);
         }},
        {"an article gone", 0, "",
         [](CrashJob const& job, fs::path const& output) {
             job.add_article(1);
             must_succeed(job, 0, output);
             job.remove_article(1);
         }},
        {"articles come and gone, and sets that retention removes", 1, "[history]\nkeep = 1\nkeep_weekly = false\n",
         [](CrashJob const& job, fs::path const& output) {
             job.add_article(1);
             must_succeed(job, 0, output);
             must_succeed(job, 1, output);
             job.remove_article(1);
             job.add_article(2);
         }},
        {"a pinned set among those that retention removes", 0, "[history]\nkeep = 1\nkeep_weekly = false\n",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             pin_latest(output);
             job.add_article(1);
             must_succeed(job, 1, output);
         }},
        {"a set without latest", 0, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             fs::remove(output / "latest");
         }},
        {"an article more, sets that retention removes, and twice as many documents", 1,
         std::string("[history]\nkeep = 1\nkeep_weekly = false\n") + more_outputs,
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             must_succeed(job, 1, output);
             job.add_article(1);
         }},
        {"a damaged cache", 1, "",
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             for (auto const& entry : fs::recursive_directory_iterator(output / "cache"))
                 if (entry.is_regular_file()) std::ofstream(entry.path(), std::ios::binary) << "no cache";
         }},
        {"an alert that fires", 0, an_alert,
         [](CrashJob const& job, fs::path const& output) {
             must_succeed(job, 0, output);
             job.add_article(1);
         }},
        {"twice as many documents", 1, more_outputs,
         [](CrashJob const& job, fs::path const& output) { must_succeed(job, 0, output); }},
        {"a long history", 0, "",
         [](CrashJob const& job, fs::path const& output) {
             for (int i = 0; i < 12; ++i)
                 must_succeed(job, i % 2, output);
         }},
    };
}

/// A call of the run's process, or of one of its workers, at which it is killed.
struct Point {
    std::size_t precondition;
    std::string call;
    std::size_t number;  ///< the n-th such call, from 1
    bool in_worker = false;
};

/// A precondition made once, to be copied, and what its run makes when it is not disturbed.
struct Stage {
    Stage(Precondition const& given, fs::path const& folder)
        : precondition(given), job(folder / "job", given.options), before(folder / "before"), calls() {
        given.prepare(job, before);
        old_set = published_set(before);
        auto const output = folder / "after";
        copy_folder(before, output);
        must_succeed(job, given.version, output);
        new_set = published_set(output);
        count_calls(folder);
    }

    Precondition precondition;
    CrashJob job;
    fs::path before;
    std::optional<SetContent> old_set, new_set;
    std::map<std::string, std::size_t> calls;  ///< of the run's own process, and how often

private:
    void count_calls(fs::path const& folder) {
        auto const output = folder / "traced", trace = folder / "trace";
        copy_folder(before, output);
        std::string names;
        for (auto const* call : changing_calls)
            names += (names.empty() ? "" : ",") + std::string(call);
        std::vector<std::string> command{"strace", "-f",           "-b", "execve",        "-q",
                                         "-o",     trace.string(), "-e", "trace=" + names};
        for (auto const& word : job.command(precondition.version, output))
            command.push_back(word);
        auto const result = run_program(command, job.environment());
        if (result.exit_code != 0) throw std::runtime_error("strace: " + result.err);
        std::ifstream lines(trace);
        std::string host, process, line;
        while (lines >> process && std::getline(lines, line)) {
            if (host.empty()) host = process;
            auto const begin = line.find_first_not_of(' ');
            auto const end = line.find('(');
            if (process != host || end == std::string::npos || line[begin] == '<' || line[begin] == '+') continue;
            ++calls[line.substr(begin, end - begin)];
        }
        calls.erase("--- SIGCHLD {si_signo=SIGCHLD");
    }
};

/// How the kills went; shared by the threads that do them.
class Account {
public:
    void add(Point const& point, Stage const& stage, std::vector<std::string> const& found) {
        std::lock_guard const lock(mutex_);
        for (auto const& problem : found) {
            ++n_problems_;
            if (problems_.size() < most_problems_shown)
                problems_.push_back(std::string(stage.precondition.name) + ", " + (point.in_worker ? "worker's " : "") +
                                    point.call + " #" + std::to_string(point.number) + ": " + problem);
        }
    }
    void fired(Point const& point) {
        std::lock_guard const lock(mutex_);
        ++(point.in_worker ? n_in_worker_ : n_fired_);
        ++by_call_[point.call];
    }
    void missed() {
        std::lock_guard const lock(mutex_);
        ++n_missed_;
    }
    void interrupted() {
        std::lock_guard const lock(mutex_);
        ++n_interrupted_;
    }
    void report(std::size_t n_points) const {
        std::printf(
            "%zu points: %zu kills of the run, %zu of a worker, %zu came too late; history said interrupted %zu times;",
            n_points, n_fired_, n_in_worker_, n_missed_, n_interrupted_);
        for (auto const& [call, n] : by_call_)
            std::printf(" %s %zu", call.c_str(), n);
        std::printf("\n");
        for (auto const& problem : problems_)
            ADD_FAILURE() << problem;
        EXPECT_EQ(n_problems_, 0u);
        EXPECT_GE(n_fired_ + n_in_worker_, n_points * 9 / 10) << "most kills must have happened";
    }

private:
    std::mutex mutex_;
    std::size_t n_fired_ = 0, n_in_worker_ = 0, n_missed_ = 0, n_problems_ = 0, n_interrupted_ = 0;
    std::map<std::string, std::size_t> by_call_;
    std::vector<std::string> problems_;
};

/// Kills runs in one folder.
class Shard {
public:
    Shard(fs::path const& folder, Account& account)
        : output_(folder / "out"), trace_(folder / "trace"), account_(&account) {}

    void kill_at(Point const& point, Stage const& stage) {
        copy_folder(stage.before, output_);
        auto const result = run_program(killing_command(point, stage), stage.job.environment());
        auto problems = faults_in(output_);
        auto const expect = [&](bool holds, std::string const& otherwise) {
            if (!holds) problems.push_back(otherwise);
        };
        if (result.exit_code == killed ||
            (point.in_worker && bytes_of(trace_).find("killed by SIGKILL") != std::string::npos))
            account_->fired(point);
        else
            account_->missed();
        auto const found = published_set(output_);
        bool const worker_only = result.exit_code != killed;
        // A run that goes on without a worker says so, in its exit code and in the manifest.
        if (worker_only)
            expect(result.exit_code == 0 || result.exit_code == 2 || result.exit_code == 5,
                   "exit " + std::to_string(result.exit_code) + ": " + result.err);
        else
            expect(found == stage.old_set || found == stage.new_set, "latest is neither the old set nor the new one");
        auto const states = states_in_history(output_);
        must_go_on(stage, states, expect);
        account_->add(point, stage, problems);
    }

private:
    std::vector<std::string> killing_command(Point const& point, Stage const& stage) const {
        std::vector<std::string> command{"strace", "-f"};
        if (!point.in_worker) command.insert(command.end(), {"-b", "execve"});  // workers have counters of their own
        command.insert(command.end(), {"-q", "-o", trace_.string(), "-e", "trace=" + point.call, "-e",
                                       "inject=" + point.call + ":signal=KILL:when=" + std::to_string(point.number)});
        for (auto const& word : stage.job.command(stage.precondition.version, output_))
            command.push_back(word);
        return command;
    }

    template <class Expect>
    void must_go_on(Stage const& stage, std::optional<std::vector<std::string>> const& states, Expect const& expect) {
        auto const next = stage.job.run(stage.precondition.version, output_);
        // 3: done, and it warns that a run was interrupted.
        bool const warns = states && std::find(states->begin(), states->end(), "running") != states->end();
        expect(next.exit_code == (warns ? 3 : 0),
               "the next run ends with " + std::to_string(next.exit_code) + ": " + next.err);
        expect(published_set(output_) == stage.new_set,
               "the next run's set is another than that of an undisturbed run");
        for (auto const& fault : faults_in(output_))
            expect(false, "after the next run: " + fault);
        for (auto const& leftover : leftovers_in(output_))
            expect(false, "after the next run there is still " + leftover);
        auto const then = states_in_history(output_);
        if (!then) return;
        expect(std::find(then->begin(), then->end(), "running") == then->end(), "the history says that a run goes on");
        expect(!then->empty() && (then->back() == "published" || then->back() == "unchanged"),
               "the history knows nothing of the next run");
        for (std::size_t i = 0; states && i < states->size(); ++i) {
            if ((*states)[i] != "running") continue;
            bool const says_so = i < then->size() && (*then)[i] == "interrupted";
            expect(says_so, "the history does not say that the killed run was interrupted");
            if (says_so) account_->interrupted();
        }
    }

    fs::path output_, trace_;
    Account* account_;
};

bool can_trace() {
    try {
        return run_program({"strace", "-f", "-b", "execve", "-q", "-o", "/dev/null", "true"}).exit_code == 0;
    } catch (std::runtime_error const&) {
        return false;
    }
}

std::vector<Point> all_points(std::vector<Stage> const& stages) {
    constexpr std::size_t worker_writes = 24;
    std::vector<Point> points;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        for (auto const& [call, n_calls] : stages[i].calls)
            for (std::size_t n = 1; n <= n_calls; ++n)
                points.push_back({i, call, n});
        for (std::size_t n = 2; n <= worker_writes; ++n)
            points.push_back({i, "write", n, true});
    }
    return points;
}

/// Every k-th, so that about `wanted` are left; of rare calls at least one.
std::vector<Point> sample_of(std::vector<Point> const& points, std::size_t wanted) {
    if (points.size() <= wanted) return points;
    std::vector<Point> sample;
    std::map<std::string, std::size_t> n_seen;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (n_seen[points[i].call]++ == 0 || i * wanted / points.size() != (i + 1) * wanted / points.size())
            sample.push_back(points[i]);
    return sample;
}

TEST(Crash, AtAnyCallThatChangesAFileLeavesTheOldSetOrTheNewAndTheNextRunGoesOn) {
    if (!can_trace()) GTEST_SKIP() << "strace is not there, or may not trace";
    TemporaryFolder const folder;
    std::vector<Stage> stages;
    auto const only = number_from_environment("DOSSIER_CRASH_PRECONDITION", preconditions().size());
    for (std::size_t i = 0; auto const& precondition : preconditions())
        if (only == preconditions().size() || i++ == only)
            stages.emplace_back(precondition, folder.path() / std::to_string(stages.size()));
    auto points = all_points(stages);
    auto const n_all = points.size();
    if (!is_long_run()) points = sample_of(points, number_from_environment("DOSSIER_CRASH_POINTS", n_sampled));
    std::printf("%zu points in all, %zu of them now\n", n_all, points.size());
    std::fflush(stdout);
    Account account;
    {
        std::vector<std::jthread> threads;
        for (std::size_t shard = 0; shard < n_shards; ++shard)
            threads.emplace_back([&, shard] {
                auto const own = folder.path() / ("shard" + std::to_string(shard));
                fs::create_directories(own);
                Shard killer(own, account);
                for (std::size_t i = shard; i < points.size(); i += n_shards) {
                    killer.kill_at(points[i], stages[points[i].precondition]);
                    if (i % 100 < n_shards) std::fprintf(stderr, "%zu of %zu\n", i, points.size());
                }
            });
    }
    account.report(points.size());
}

}  // namespace
