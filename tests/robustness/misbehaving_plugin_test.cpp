// Every way for a plugin to misbehave, through the commands that a user gives: `plugins list`, `check` and `run`. The host
// lives, says in one sentence which plugin and why, publishes everything else, stays small, and leaves no process behind.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int plugin_failed = 5;
constexpr int short_limit = sanitized ? 15 : 3;  // seconds; good plugins must stay below it too
constexpr char const* too_long = sanitized ? "it ran longer than 15 s" : "it ran longer than 3 s";
constexpr std::size_t most_growth_kib = 64 * 1024;

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

/// A job with two good outputs, and one more with a report of a plugin that misbehaves.
class Host {
public:
    Host() {
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // what a dead host leaves behind becomes ours to see
        for (auto const* name : {"articles", "plugins"})
            fs::create_directories(path(name));
        fs::permissions(path("plugins"), fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
        write("articles/a.md", "# A lamp at night\n\nThe survey found that a lamp at night harms sleep in adults.\n");
        write("claims.toml",
              "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\n"
              "statement = \"A lamp at night harms sleep.\"\nsupports = [\"harms sleep\"]\n");
    }
    /// @param seconds  so short where a plugin is to reach it, and otherwise so long that a busy machine does not
    void write_job(std::string const& report, int seconds = 60) {
        write("job.toml",
              "[job]\ntitle = \"Lamps\"\nas_of = \"2026-01-01\"\n\n[sources]\ninclude = [\"articles/*\"]\n\n"
              "[limits]\nplugin_seconds = " +
                  std::to_string(seconds) +
                  "\nplugin_memory_megabytes = 256\noutput_megabytes = 8\n\n"
                  "[[output]]\nreports = [\"consensus\"]\nformat = \"markdown\"\nfile = \"good.md\"\n\n" +
                  (report.empty() ? ""
                                  : "[[output]]\nreports = [\"" + report +
                                        "\"]\nformat = \"markdown\"\nfile = \"with-bad.md\"\n\n") +
                  "[[output]]\nreports = [\"stance-table\"]\nformat = \"csv\"\nfile = \"tables\"\n");
    }
    ProcessResult dossier(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), DOSSIER_PROGRAM);
        arguments.insert(arguments.end(), {"--plugin-path", path("plugins").string()});
        return run_program(arguments, {{"XDG_STATE_HOME", path("state").string()}}, std::chrono::seconds(60));
    }
    ProcessResult run() { return dossier({"run", path("job.toml").string(), "--output", path("out").string()}); }
    ProcessResult check() { return dossier({"check", path("job.toml").string()}); }
    ProcessResult list() { return dossier({"plugins", "list"}); }

    void bring(std::string const& plugin) { put(plugin, bytes_of(fs::path(DOSSIER_FIXTURES) / (plugin + ".so"))); }
    void put(std::string const& plugin, std::string const& bytes) {
        write("plugins/" + plugin + ".so", bytes);
        fs::permissions(path("plugins/" + plugin + ".so"), fs::perms::owner_all);
    }
    void expect_all_else_published() const {
        EXPECT_NE(bytes_of(path("out/latest/good.md")).find("A lamp at night harms sleep."), std::string::npos);
        EXPECT_FALSE(files_below(path("out/latest/tables")).empty());
    }
    /// What a run costs that has no bad plugin.
    std::size_t usual_peak_kib() {
        write_job("");
        return run().peak_kib;
    }
    [[nodiscard]] fs::path path(std::string const& relative) const { return folder_.path() / relative; }
    void write(std::string const& relative, std::string const& text) const {
        std::ofstream(path(relative), std::ios::binary | std::ios::trunc) << text;
    }

private:
    TemporaryFolder folder_;
};

/// No child is left, of ours or of a host that is gone.
void expect_nothing_left_behind() {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process is left behind";
    EXPECT_EQ(errno, ECHILD);
}

bool has_control_bytes(std::string const& text) {
    for (char const c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return true;
    return false;
}

struct Case {
    char const* plugin;
    char const* reason;  ///< part of the sentence
};

class MisbehavingPlugin : public testing::TestWithParam<Case> {};

TEST_P(MisbehavingPlugin, IsListedCheckedAndRunWithoutHarm) {
    auto const& [plugin, reason] = GetParam();
    Host host;
    auto const usual_kib = host.usual_peak_kib();
    host.bring(plugin);
    host.write_job(plugin, std::string(reason) == too_long ? short_limit : 60);

    auto const listed = host.list();
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    EXPECT_EQ(count(listed.out, std::string("report ") + plugin + " "), 1u) << listed.out;
    auto const checked = host.check();
    EXPECT_TRUE(checked.exit_code == 0 || checked.exit_code == plugin_failed) << checked.err;

    auto const ran = host.run();
    EXPECT_EQ(ran.exit_code, plugin_failed) << ran.err;
    EXPECT_EQ(count(ran.err, "error: "), 1u) << ran.err;
    EXPECT_GE(count(ran.err, std::string(" `") + plugin + "` "), 1u) << ran.err;
    EXPECT_NE(ran.err.find(reason), std::string::npos) << ran.err;
    EXPECT_FALSE(has_control_bytes(ran.err)) << ran.err;
    host.expect_all_else_published();
    if (!sanitized) {
        EXPECT_LT(ran.peak_kib, usual_kib + most_growth_kib);
        EXPECT_LT(checked.peak_kib, usual_kib + most_growth_kib);
    }
    expect_nothing_left_behind();
}

std::vector<Case> cases() {
    std::vector<Case> all{{"crashes-in-constructor", "crashed (SIGSEGV) while it was being loaded"},
                          {"crashes-in-entry", "crashed (SIGSEGV) while it was being loaded"},
                          {"segfault", "crashed (SIGSEGV)"},
                          {"crashes-in-destroy", "crashed (SIGSEGV)"},
                          {"aborts", "crashed (SIGABRT)"},
                          {"throws", "it let an exception escape: nobody caught me"},
                          {"exit-zero", "ended without finishing (exit status 0)"},
                          {"underscore-exit-zero", "ended without finishing (exit status 0)"},
                          {"exits-thread", "ended without finishing"},
                          {"endless-loop", too_long},
                          {"sleeps", too_long},
                          {"ignores-sigterm", too_long},
                          {"floods-blocks", "it said more than 8 MiB"},
                          {"floods-errors", "it gave status 2 and no reason"},
                          {"closes-descriptors", "ended without finishing (exit status 1)"},
                          {"kills-parent", "it tried to signal another process"},
                          {"traces-parent", "it tried to look into another process"},
                          {"forks", "it tried to start a process or a thread"},
                          {"execs", "it tried to start a program"},
                          {"writes-file", "it tried to write a file"},
                          {"removes-file", "it tried to change files"},
                          {"opens-socket", "it tried to open a socket"},
                          {"abi-two", "it was built for plugin ABI 2.0, this Dossier offers 1.1"},
                          {"metadata-abi-two", "it was built for plugin ABI 2.0, this Dossier offers 1.1"},
                          {"no-entry", "it does not export dossier_plugin_entry"},
                          {"missing-symbol", "undefined symbol: a_function_of_another_library"},
                          {"breaks-grammar", "broke the rules of blocks: block 2 (row): no table is open"}};
    if (!sanitized) {
        all.push_back({"eats-memory", "it used more memory than the limit of 256 MiB"});
        all.push_back({"overflows-stack", "crashed (SIGSEGV)"});
        all.push_back({"longjmps", "crashed"});
    }
    return all;
}

INSTANTIATE_TEST_SUITE_P(Every, MisbehavingPlugin, testing::ValuesIn(cases()), [](auto const& tested) {
    std::string name;
    for (char const c : std::string(tested.param.plugin))
        if (c != '-') name += c;
    return name;
});

TEST(SecretReadingPlugin, IsDenied) {
    if (sanitized) GTEST_SKIP() << "the sanitizer's own needs are not what is tested here";
    Host host;
    host.bring("reads-secrets");
    host.write_job("reads-secrets");
    auto const ran = host.run();
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_NE(bytes_of(host.path("out/latest/with-bad.md")).find("denied"), std::string::npos);
}

/// Plugin files that are no plugins: whatever `list` says of them, nothing crashes and everything else is published.
class DamagedPlugin : public testing::Test {
protected:
    void expect_harmless(std::string const& bytes) {
        host_.put("hello-c", bytes);
        auto const listed = host_.list();
        ASSERT_TRUE(listed.exit_code == 0 || listed.exit_code == 3) << listed.exit_code << listed.err;
        auto const ran = host_.run();
        ASSERT_TRUE(ran.exit_code == 0 || ran.exit_code == plugin_failed) << ran.exit_code << ran.err;
        if (ran.exit_code == plugin_failed) {
            ASSERT_EQ(count(ran.err, "error: "), 1u) << ran.err;
            ASSERT_GE(count(ran.err, "hello-c"), 1u) << ran.err;
        }
        host_.expect_all_else_published();
        fs::remove_all(host_.path("out"));
        expect_nothing_left_behind();
    }
    void SetUp() override { host_.write_job("hello-c", short_limit); }  // a damaged one may run for ever
    Host host_;
    std::string const whole_ = bytes_of(fs::path(DOSSIER_FIXTURES) / "hello-c.so");
};

bool is_long() {
    auto const* const value = std::getenv("DOSSIER_LONG");
    return value != nullptr && std::string(value) == "1";
}

TEST_F(DamagedPlugin, MayBeCutOffAnywhere) {
    std::size_t const n_cuts = is_long() ? 160 : 5;
    for (std::size_t size = 0; size < whole_.size(); size += whole_.size() / n_cuts)
        ASSERT_NO_FATAL_FAILURE(expect_harmless(whole_.substr(0, size))) << size << " bytes";
}

TEST_F(DamagedPlugin, MayHaveAnyBitsFlipped) {
    std::minstd_rand random(20261122);
    int const n = is_long() ? 1000 : rounds_here(20);
    for (int i = 0; i < n; ++i) {
        auto bytes = whole_;
        auto const at = random() % bytes.size();
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
        ASSERT_NO_FATAL_FAILURE(expect_harmless(bytes)) << "byte " << at;
    }
}

TEST_F(DamagedPlugin, MayBeForAnotherMachine) {
    auto bytes = whole_;
    bytes[18] = static_cast<char>(0xB7), bytes[19] = 0;  // e_machine: AArch64
    expect_harmless(bytes);
    host_.put("hello-c", bytes);
    auto const ran = host_.run();
    EXPECT_EQ(ran.exit_code, plugin_failed);
    EXPECT_EQ(count(ran.err, "machine"), 1u) << ran.err;
}

TEST_F(DamagedPlugin, MayBeWritableByAnyoneAsMayItsFolder) {
    host_.put("hello-c", whole_);
    fs::permissions(host_.path("plugins/hello-c.so"), fs::perms::others_write, fs::perm_options::add);
    auto const file = host_.run();
    EXPECT_EQ(file.exit_code, plugin_failed);
    EXPECT_EQ(count(file.err, "anyone may write to it or to its folder"), 1u) << file.err;
    fs::permissions(host_.path("plugins/hello-c.so"), fs::perms::others_write, fs::perm_options::remove);
    fs::permissions(host_.path("plugins"), fs::perms::others_write, fs::perm_options::add);
    EXPECT_EQ(host_.run().exit_code, plugin_failed);
}

TEST_F(DamagedPlugin, MayBeOfferedTwice) {
    host_.put("hello-c", whole_);
    host_.put("hello-d", whole_);
    auto const ran = host_.run();
    EXPECT_EQ(ran.exit_code, 3) << ran.err;
    EXPECT_EQ(count(ran.err, "is offered by an earlier plugin too"), 1u) << ran.err;
    EXPECT_EQ(count(ran.err, "plugins/hello-c.so"), 1u) << ran.err;
    EXPECT_EQ(count(ran.err, "plugins/hello-d.so"), 1u) << ran.err;
}

}  // namespace
