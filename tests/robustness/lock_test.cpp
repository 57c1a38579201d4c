// One at a time: of fifty runs that start at the same moment one holds the output folder, the others end at once with 75; and
// a holder that was killed is in nobody's way.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "robustness/crash_job.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;
using Clock = std::chrono::steady_clock;

constexpr int n_starts = 50, locked = 75, descriptor_of_end = 3;
constexpr std::chrono::seconds at_once{60};  // fifty processes on two cores that others use too

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        reading = ends[0], writing = ends[1];
    }
    ~Pipe() {
        close_writing();
        ::close(reading);
    }
    Pipe(Pipe const&) = delete;
    Pipe& operator=(Pipe const&) = delete;
    void close_writing() {
        if (writing >= 0) ::close(writing);
        writing = -1;
    }
    int reading = -1, writing = -1;
};

/// Fifty holders behind one barrier.
class Starters {
public:
    explicit Starters(fs::path const& folder, int n = n_starts) {
        for (int i = 0; i < n; ++i)
            start(folder);
    }
    ~Starters() {
        for (auto const process : processes_)
            ::kill(process, SIGKILL);
        for (auto const process : processes_)
            ::waitpid(process, nullptr, 0);
    }
    Starters(Starters const&) = delete;
    Starters& operator=(Starters const&) = delete;

    void go() { barrier_.close_writing(); }
    void let_holder_end() { end_.close_writing(); }

    /// How many of them said that they hold the lock; waits for the first to say so.
    int count_holders() {
        int n_held = 0;
        pollfd said{said_.reading, POLLIN, 0};
        auto const patience = std::chrono::duration_cast<std::chrono::milliseconds>(at_once).count();
        for (char byte = 0; ::poll(&said, 1, n_held == 0 ? static_cast<int>(patience) : 0) > 0 &&
                            ::read(said_.reading, &byte, 1) == 1;)
            ++n_held;
        return n_held;
    }
    /// Waits until all but `left` of them ended. @return their exit codes; fewer when that takes too long
    std::vector<int> exit_codes_of_all_but(std::size_t left) {
        std::vector<int> codes;
        auto const deadline = Clock::now() + at_once;
        while (processes_.size() > left && Clock::now() < deadline) {
            auto const before = processes_.size();
            std::erase_if(processes_, [&](pid_t process) {
                int status = 0;
                if (::waitpid(process, &status, WNOHANG) != process) return false;
                codes.push_back(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
                return true;
            });
            if (processes_.size() == before) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return codes;
    }
    void kill_holder() {
        for (auto const process : processes_)
            ::kill(process, SIGKILL);
    }

private:
    void start(fs::path const& folder) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, barrier_.reading, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, said_.writing, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, end_.reading, descriptor_of_end);
        std::string program = LOCK_HOLDER, path = folder.string();
        std::string until = "LOCK_HOLDER_UNTIL=" + std::to_string(descriptor_of_end);
        std::array<char*, 3> arguments{program.data(), path.data(), nullptr};
        std::array<char*, 2> variables{until.data(), nullptr};
        pid_t process = -1;
        auto const error = posix_spawn(&process, LOCK_HOLDER, &actions, nullptr, arguments.data(), variables.data());
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) throw std::runtime_error("a holder cannot be started");
        processes_.push_back(process);
    }

    Pipe barrier_, said_, end_;
    std::vector<pid_t> processes_;
};

TEST(Lock, HasOneHolderOfFiftyThatStartAtOnce) {
    TemporaryFolder const folder;
    auto const output = folder.path() / "out";
    auto const n_rounds = number_from_environment("DOSSIER_LOCK_ROUNDS", is_long_run() ? 100 : 10);
    auto slowest = Clock::duration::zero();
    for (std::size_t round = 0; round < n_rounds; ++round) {
        Starters starters(output);
        auto const begin = Clock::now();
        starters.go();
        auto const refused = starters.exit_codes_of_all_but(1);
        slowest = std::max(slowest, Clock::now() - begin);
        ASSERT_EQ(refused, std::vector<int>(n_starts - 1, locked)) << "round " << round;
        ASSERT_EQ(starters.count_holders(), 1) << "round " << round;
        if (round % 2 == 0)
            starters.kill_holder();  // as the out-of-memory killer does
        else
            starters.let_holder_end();
        ASSERT_EQ(starters.exit_codes_of_all_but(0), std::vector<int>{round % 2 == 0 ? 128 + SIGKILL : 0});
    }
    std::printf("%zu rounds of %d starts; the slowest had refused 49 after %lld ms\n", n_rounds, n_starts,
                static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(slowest).count()));
}

TEST(Lock, RefusesFiftyRunsAtOnceAndLetsTheNextOneInWhenItsHolderWasKilled) {
    TemporaryFolder const folder;
    auto const output = folder.path() / "out";
    CrashJob const job(folder.path() / "job");
    ASSERT_EQ(job.run(0, output).exit_code, 0);
    auto const before = published_set(output);
    auto const n_rounds = is_long_run() ? 10 : 1;
    for (int round = 0; round < n_rounds; ++round) {
        Starters holder(output, 1);
        holder.go();
        ASSERT_EQ(holder.count_holders(), 1);
        std::vector<ProcessResult> results(n_starts);
        {
            std::vector<std::jthread> starts;
            for (auto& result : results)
                starts.emplace_back([&] { result = job.run(1, output); });
        }
        for (auto const& result : results)
            ASSERT_EQ(result.exit_code, locked) << result.err;
        EXPECT_EQ(published_set(output), before);
        holder.kill_holder();
        ASSERT_EQ(holder.exit_codes_of_all_but(0), std::vector<int>{128 + SIGKILL});
        auto const next = job.run(0, output);
        EXPECT_EQ(next.exit_code, 0) << next.err;
    }
    std::printf("%d rounds of %d runs refused\n", n_rounds, n_starts);
}

}  // namespace
