// A bad plugin in a job: one clear message, exit code 5, its place in the document says so, and all else is published.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr int plugin_failed = 5;
constexpr int short_limit = sanitized ? 15 : 3;  // seconds; good plugins must stay below it too

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

class BadPlugin : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        fs::create_directories(path("articles"));
        fs::create_directories(path("plugins"));
        fs::permissions(path("plugins"), fs::perms::group_write | fs::perms::others_write, fs::perm_options::remove);
        write("articles/a.md", "# A lamp at night\n\nThe survey found that a lamp at night harms sleep in adults.\n");
        write("claims.toml",
              "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\n"
              "statement = \"A lamp at night harms sleep.\"\nsupports = [\"harms sleep\"]\n");
    }

    void write_job(std::string const& report) {
        write("job.toml",
              "[job]\ntitle = \"Lamps\"\nas_of = \"2026-01-01\"\n\n[sources]\ninclude = [\"articles/*\"]\n\n"
              "[limits]\nplugin_seconds = " +
                  std::to_string(report == "endless-loop" ? short_limit : 60) +
                  "\nplugin_memory_megabytes = 256\n\n"
                  "[[output]]\nreports = [\"consensus\", \"" +
                  report +
                  "\"]\nformat = \"markdown\"\nfile = \"with-bad.md\"\n\n"
                  "[[output]]\nreports = [\"consensus\"]\nformat = \"markdown\"\nfile = \"good.md\"\n\n"
                  "[[output]]\nreports = [\"stance-table\"]\nformat = \"csv\"\nfile = \"tables\"\n");
    }

    ProcessResult run() { return dossier({"run", path("job.toml").string(), "--output", path("out").string()}); }
    /// With a folder for state of its own, so that no test meets a plugin that another one had quarantined.
    ProcessResult dossier(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), DOSSIER_PROGRAM);
        arguments.insert(arguments.end(), {"--plugin-path", path("plugins").string()});
        return run_program(arguments, {{"XDG_STATE_HOME", path("state").string()}});
    }
    void bring(std::string const& plugin) {
        fs::copy_file(fs::path(DOSSIER_FIXTURES) / (plugin + ".so"), path("plugins") / (plugin + ".so"),
                      fs::copy_options::overwrite_existing);
    }

    void expect_all_else_published(ProcessResult const& result) {
        EXPECT_EQ(result.exit_code, plugin_failed) << result.err;
        EXPECT_EQ(count(result.err, "error: "), 1u) << result.err;
        EXPECT_EQ(count(result.err, "warning: "), 0u) << result.err;
        EXPECT_NE(bytes_of(path("out/latest/good.md")).find("A lamp at night harms sleep."), std::string::npos);
        EXPECT_FALSE(files_below(path("out/latest/tables")).empty());
        auto const mixed = bytes_of(path("out/latest/with-bad.md"));
        EXPECT_NE(mixed.find("A lamp at night harms sleep."), std::string::npos)
            << "the good report beside it is there";
        EXPECT_NE(mixed.find(GetParam()), std::string::npos) << "the document says which report is missing";
        EXPECT_NE(bytes_of(path("out/latest/manifest.json")).find("\"reason\""), std::string::npos);
    }

    [[nodiscard]] fs::path path(std::string const& relative) const { return folder_.path() / relative; }
    void write(std::string const& relative, std::string const& text) {
        std::ofstream(path(relative), std::ios::binary) << text;
    }

private:
    TemporaryFolder folder_;
};

TEST_P(BadPlugin, CostsItsOwnSectionAndNothingElse) {
    bring(GetParam());
    write_job(GetParam());
    expect_all_else_published(run());
}

TEST_P(BadPlugin, ThatFailsTheSameWayAgainPublishesNothingNew) {
    bring(GetParam());
    write_job(GetParam());
    ASSERT_EQ(run().exit_code, plugin_failed);
    auto const before = files_below(path("out/runs"));
    EXPECT_EQ(run().exit_code, plugin_failed);
    EXPECT_EQ(files_below(path("out/runs")), before);
}

std::vector<char const*> bad_plugins() {
    std::vector<char const*> plugins{"segfault",     "throws",  "exit-zero", "endless-loop",     "writes-file",
                                     "opens-socket", "abi-two", "no-entry",  "metadata-abi-two", "breaks-grammar"};
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    plugins.push_back("eats-memory");  // sanitizers need the address space that the limit would take
#endif
    return plugins;
}

std::string test_name(testing::TestParamInfo<char const*> const& tested) {
    std::string name = tested.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, BadPlugin, testing::ValuesIn(bad_plugins()), test_name);

/// Which plugins are kept from running, and what lifts that.
class QuarantinedPlugin : public BadPlugin {
protected:
    void SetUp() override {
        BadPlugin::SetUp();
        bring("segfault");
        write_job("segfault");
    }
    ProcessResult plugins(std::vector<std::string> words) {
        words.insert(words.begin(), "plugins");
        return dossier(words);
    }
    [[nodiscard]] std::string listed() { return plugins({"list"}).out; }
};

TEST_P(QuarantinedPlugin, IsNotTriedAgainUntilAPersonSaysSo) {
    auto const first = run();
    EXPECT_EQ(count(first.err, "quarantined"), 0u) << first.err;
    EXPECT_EQ(count(listed(), "is quarantined: report `segfault` crashed (SIGSEGV)"), 1u) << listed();
    auto const second = run();
    EXPECT_EQ(second.exit_code, plugin_failed);
    EXPECT_EQ(count(second.err, "`dossier plugins retry segfault` tries it again"), 1u) << second.err;
    auto const retried = plugins({"retry", "segfault"});
    EXPECT_EQ(retried.exit_code, 0) << retried.err;
    EXPECT_EQ(count(listed(), "quarantined"), 0u) << listed();
}

TEST_P(QuarantinedPlugin, IsGivenAChanceWhenItsFileChanges) {
    ASSERT_EQ(run().exit_code, plugin_failed);
    fs::rename(path("plugins/segfault.so"), path("segfault.so"));
    auto const bytes = bytes_of(path("segfault.so")) + "\n";  // another build
    write("plugins/segfault.so", bytes);
    EXPECT_EQ(count(listed(), "quarantined"), 0u) << listed();
}

TEST_P(QuarantinedPlugin, MayBeSwitchedOffByAPerson) {
    bring("hello-c");
    write_job("hello-c");
    ASSERT_EQ(run().exit_code, 0);
    EXPECT_EQ(plugins({"disable", "hello-c"}).exit_code, 0);
    auto const off = run();
    EXPECT_EQ(off.exit_code, plugin_failed);
    EXPECT_EQ(count(off.err, "report `hello-c` is switched off; `dossier plugins retry` lifts that"), 1u) << off.err;
    EXPECT_EQ(plugins({"info", "hello-c"}).exit_code, plugin_failed);
    EXPECT_EQ(plugins({"retry", "hello-c"}).exit_code, 0);
    EXPECT_EQ(run().exit_code, 0);
}

TEST_P(QuarantinedPlugin, IsNotRunUnlessTheLockListsIt) {
    bring("hello-c");
    write_job("hello-c");
    auto const missing = dossier({"run", path("job.toml").string(), "--locked", "--output", path("out").string()});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_EQ(count(missing.err, "plugins.lock: no such file"), 1u) << missing.err;
    auto const lock = plugins({"lock"});
    EXPECT_EQ(lock.exit_code, 0) << lock.err;
    write("plugins.lock", lock.out);
    EXPECT_EQ(dossier({"run", path("job.toml").string(), "--locked", "--output", path("out").string()}).exit_code, 0);
    std::string without;
    for (std::size_t begin = 0; begin < lock.out.size();) {
        auto const end = lock.out.find('\n', begin) + 1;
        auto const line = lock.out.substr(begin, end - begin);
        if (count(line, "  hello-c ") == 0) without += line;
        begin = end;
    }
    ASSERT_LT(without.size(), lock.out.size());
    write("plugins.lock", without);
    auto const locked = dossier({"run", path("job.toml").string(), "--locked", "--output", path("out2").string()});
    EXPECT_EQ(locked.exit_code, plugin_failed);
    EXPECT_EQ(count(locked.err, "report `hello-c` is not listed in plugins.lock"), 1u) << locked.err;
    auto const spelt_otherwise =
        dossier({"run", path("plugins/../job.toml").string(), "--locked", "--output", path("out3").string()});
    EXPECT_EQ(bytes_of(path("out3/latest/with-bad.md")), bytes_of(path("out2/latest/with-bad.md")));
    EXPECT_EQ(fs::read_symlink(path("out3/latest")), fs::read_symlink(path("out2/latest"))) << "the same run id";
    auto const verified = plugins({"verify", "--lock", path("plugins.lock").string()});
    EXPECT_EQ(verified.exit_code, plugin_failed);
    EXPECT_EQ(count(verified.out, ": is not listed in"), 1u) << verified.out;
}

TEST_P(QuarantinedPlugin, DoesNotComeBackWhenTheRecordsAreDamaged) {
    bring("hello-c");
    write_job("hello-c");
    ASSERT_EQ(plugins({"disable", "hello-c"}).exit_code, 0);
    write("state/dossier/plugins.json", "{");
    auto const result = run();
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(count(result.err, "plugins.json is no file of plugin records; mend it, or remove it"), 1u) << result.err;
    EXPECT_FALSE(fs::exists(path("out/latest")));
}

TEST_P(QuarantinedPlugin, IsDescribedForPrograms) {
    bring("hello-c");
    auto const info = plugins({"info", "hello-c", "--json"});
    ASSERT_EQ(info.exit_code, 0) << info.err;
    for (std::string const key : {"\"options\"", "\"sha256\"", "\"seccomp\": true", "\"unusable\": null"})
        EXPECT_EQ(count(info.out, key), 1u) << key << " in " << info.out;
}

INSTANTIATE_TEST_SUITE_P(OfThePlugin, QuarantinedPlugin, testing::Values("segfault"));

class TruncatedPlugin : public BadPlugin {};

TEST_P(TruncatedPlugin, CostsItsOwnSectionAndNothingElse) {
    auto const whole = bytes_of(fs::path(DOSSIER_FIXTURES) / "hello-c.so");
    for (std::size_t const eighths : {0u, 1u, 4u, 7u}) {
        write("plugins/hello-c.so", whole.substr(0, whole.size() * eighths / 8));
        fs::permissions(path("plugins/hello-c.so"), fs::perms::owner_all);
        write_job(GetParam());
        expect_all_else_published(run());
    }
}

INSTANTIATE_TEST_SUITE_P(AtSeveralPoints, TruncatedPlugin, testing::Values("hello-c"), test_name);

}  // namespace
