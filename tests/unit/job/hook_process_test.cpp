#include "dossier/job/hook_process.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace {

namespace fs = std::filesystem;
using dossier::HookCall;
using dossier::HookEnd;
using dossier::run_hook;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

HookCall shell(std::string script, std::chrono::duration<double> limit = 20s) {
    HookCall call;
    call.command = {"/bin/sh", "-c", std::move(script)};
    call.input = "{\"alert\": \"a\"}\n";
    call.limit = limit;
    return call;
}

double seconds_of(HookCall const& call, HookEnd& end) {
    auto const began = std::chrono::steady_clock::now();
    end = run_hook(call);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

class Folder {
public:
    Folder() {
        auto pattern = (fs::temp_directory_path() / "dossier-hook-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
        path = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    void write(std::string const& name, std::string const& text, mode_t mode) const {
        std::ofstream(path / name) << text;
        ::chmod((path / name).c_str(), mode);
    }
    fs::path path;
};

bool is_alive(pid_t process) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string number, name, state;
    stat >> number >> name >> state;
    return !state.empty() && state != "Z";
}

/// Waits for it to be gone, for a second.
bool is_gone(pid_t process) {
    for (int i = 0; i < 100 && is_alive(process); ++i)
        std::this_thread::sleep_for(10ms);
    return !is_alive(process);
}

TEST(Hook, ReadsItsMessageAndSaysWhatItDid) {
    auto const end = run_hook(shell("cat; echo done >&2"));
    EXPECT_TRUE(end.is_good());
    EXPECT_EQ(end.output, "{\"alert\": \"a\"}\ndone\n");
}

TEST(Hook, TellsItsExitStatus) {
    auto const end = run_hook(shell("exit 7"));
    EXPECT_FALSE(end.is_good());
    EXPECT_EQ(end.kind, HookEnd::Kind::exited);
    EXPECT_EQ(end.sentence(30s), "ended with exit status 7");
}

TEST(Hook, MayCloseItsInputAtOnceHoweverLongTheMessageIs) {
    auto call = shell("exec 0<&-; exit 0");
    call.input.assign(8u << 20, 'x');
    EXPECT_TRUE(run_hook(call).is_good());
}

TEST(Hook, ReadsAMessageLongerThanAPipe) {
    auto call = shell("wc -c");
    call.input.assign(3u << 20, 'x');
    EXPECT_THAT(run_hook(call).output, HasSubstr("3145728"));
}

TEST(Hook, IsKilledAtItsLimitWithAllThatItStarted) {
    HookEnd end;
    EXPECT_LT(seconds_of(shell("sleep 1000 & echo $!; wait", 0.5s), end), 10);
    EXPECT_EQ(end.kind, HookEnd::Kind::timed_out);
    EXPECT_EQ(end.sentence(0.5s), "took longer than 0.5 s and was killed");
    auto const child = static_cast<pid_t>(std::atoi(end.output.c_str()));
    ASSERT_GT(child, 1);
    EXPECT_TRUE(is_gone(child));
}

TEST(Hook, IsKilledAtItsLimitEvenIfItIgnoresSignals) {
    HookEnd end;
    EXPECT_LT(seconds_of(shell("trap '' TERM INT HUP PIPE; while :; do sleep 1; done", 0.5s), end), 10);
    EXPECT_EQ(end.kind, HookEnd::Kind::timed_out);
}

TEST(Hook, IsNotWaitedForWhenAChildKeepsItsPipe) {
    HookEnd end;
    EXPECT_LT(seconds_of(shell("sleep 1000 & echo $!; exit 0"), end), 10);
    EXPECT_TRUE(end.is_good());
    auto const child = static_cast<pid_t>(std::atoi(end.output.c_str()));
    ASSERT_GT(child, 1);
    EXPECT_TRUE(is_gone(child)) << "what it left behind in its group is killed";
}

TEST(Hook, MayPrintAnythingOfWhichTheEndIsKept) {
    HookEnd end;
    EXPECT_LT(seconds_of(shell("head -c 100000000 /dev/zero | tr '\\0' 'y'; echo last words", 60s), end), 60);
    EXPECT_TRUE(end.is_good());
    EXPECT_EQ(end.output.size(), dossier::most_hook_output);
    EXPECT_TRUE(end.output.ends_with("last words\n"));
}

TEST(Hook, ThatPrintsForeverIsKilledAtItsLimit) {
    HookEnd end;
    EXPECT_LT(seconds_of(shell("yes", 0.5s), end), 10);
    EXPECT_EQ(end.kind, HookEnd::Kind::timed_out);
    EXPECT_EQ(end.output.size(), dossier::most_hook_output);
}

TEST(Hook, MayDieBySignal) {
    auto const end = run_hook(shell("kill -SEGV $$"));
    EXPECT_EQ(end.kind, HookEnd::Kind::signalled);
    EXPECT_EQ(end.sentence(30s), "was killed by signal " + std::to_string(SIGSEGV));
}

TEST(Hook, ThatIsNotThereIsNotStarted) {
    HookCall call;
    call.command = {"/no/such/program"};
    EXPECT_EQ(run_hook(call).sentence(30s), "could not be started: No such file or directory");
    call.command = {"no-such-program-anywhere"};
    EXPECT_EQ(run_hook(call).kind, HookEnd::Kind::not_started);
    call.command = {};
    EXPECT_EQ(run_hook(call).kind, HookEnd::Kind::not_started);
}

TEST(Hook, ThatMayNotBeRunIsNotStarted) {
    Folder const folder;
    folder.write("hook", "#!/bin/sh\nexit 0\n", 0644);
    HookCall call;
    call.command = {(folder.path / "hook").string()};
    EXPECT_EQ(run_hook(call).sentence(30s), "could not be started: Permission denied");
    call.command = {folder.path.string()};
    EXPECT_EQ(run_hook(call).kind, HookEnd::Kind::not_started);
}

TEST(Hook, ThatIsNoProgramIsNotStarted) {
    Folder const folder;
    folder.write("hook", "neither binary nor script\n", 0755);
    HookCall call;
    call.command = {(folder.path / "hook").string()};
    EXPECT_EQ(run_hook(call).sentence(30s), "could not be started: Exec format error");
}

TEST(Hook, IsFoundBesideTheJob) {
    Folder const folder;
    fs::create_directory(folder.path / "bin");
    folder.write("bin/hook", "#!/bin/sh\npwd\n", 0755);
    HookCall call;
    call.command = {"bin/hook"};
    call.folder = folder.path.string();
    auto const end = run_hook(call);
    EXPECT_EQ(end.output, fs::canonical(folder.path).string() + "\n");
}

TEST(Hook, TakesItsArgumentsAsTheyAre) {
    HookCall call;
    call.command = {"printf", "[%s]", "a b", "$HOME", "*", ""};
    EXPECT_EQ(run_hook(call).output, "[a b][$HOME][*][]");
}

TEST(Hook, GetsNothingOfTheEnvironmentButWhatIsListed) {
    ::setenv("SECRET_TOKEN", "s3cret", 1);
    ::setenv("DOSSIER_WEBHOOK_URL", "https://example.org/hook", 1);
    ::setenv("LANG", "C.UTF-8", 1);
    auto call = shell("env");
    call.variables = {{"DOSSIER_ALERT", "sleep"}};
    auto const output = run_hook(call).output;
    ::unsetenv("SECRET_TOKEN");
    ::unsetenv("DOSSIER_WEBHOOK_URL");
    EXPECT_THAT(output, Not(HasSubstr("SECRET_TOKEN")));
    EXPECT_THAT(output, HasSubstr("DOSSIER_WEBHOOK_URL=https://example.org/hook\n"));
    EXPECT_THAT(output, HasSubstr("DOSSIER_ALERT=sleep\n"));
    EXPECT_THAT(output, HasSubstr("LANG=C.UTF-8\n"));
    EXPECT_THAT(output, HasSubstr("PATH="));
}

TEST(Hook, GetsNoDescriptorOfOursBeyondTheFirstThree) {
    int const ours = ::open("/dev/null", O_RDONLY);  // left open for children on purpose
    ASSERT_GE(ours, 3);
    auto const end = run_hook(shell("ls -l /proc/$$/fd"));
    ::close(ours);
    EXPECT_TRUE(end.is_good()) << end.output;
    EXPECT_THAT(end.output, Not(HasSubstr(" " + std::to_string(ours) + " -> /dev/null")));
    EXPECT_THAT(end.output, HasSubstr(" 2 -> "));
    EXPECT_THAT(end.output, Not(HasSubstr(" 4 -> ")));
}

TEST(Hook, FindsSignalsAsAProgramExpectsThem) {
    auto const before = ::signal(SIGPIPE, SIG_IGN);  // as `dossier` has it
    auto const end = run_hook(shell("sh -c 'kill -PIPE $$'; echo $?"));
    ::signal(SIGPIPE, before);
    EXPECT_EQ(end.output, std::to_string(128 + SIGPIPE) + "\n");
}

TEST(Hook, LeavesNoDescriptorAndNoProcessBehind) {
    auto const count = [] {
        std::size_t n = 0;
        for ([[maybe_unused]] auto const& entry : fs::directory_iterator("/proc/self/fd"))
            ++n;
        return n;
    };
    auto const before = count();
    for (int i = 0; i < 50; ++i)
        (void)run_hook(shell(i % 2 == 0 ? "exit 0" : "kill -9 $$"));
    HookCall missing;
    missing.command = {"/no/such/program"};
    (void)run_hook(missing);
    EXPECT_EQ(count(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
