// One clear sentence for every way in which a plugin can misbehave, and nothing left behind.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <string>

#include "dossier/model/digest.hpp"
#include "fixture_run.hpp"
#include "support/without_landlock.hpp"

namespace {

using dossier::ComponentKind;
using dossier::WorkerFailure;
namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

struct Case {
    std::string report;
    WorkerFailure failure;
    std::string sentence;
};

void PrintTo(Case const& one, std::ostream* out) {
    *out << one.report;
}

class MisbehavingReport : public testing::TestWithParam<Case> {};

TEST_P(MisbehavingReport, CostsItsOwnPartAndSaysWhy) {
    auto const& [report, failure, sentence] = GetParam();
    auto settings = short_limits();
    if (failure == WorkerFailure::timed_out) settings.limits.plugin_seconds = 1.0;
    if (failure == WorkerFailure::out_of_memory && sanitized) GTEST_SKIP() << "sanitizers do without a limit on memory";
    if (failure == WorkerFailure::too_much_output) settings.limits.output_bytes = 1 << 20;
    auto const before = n_descriptors();
    auto const outcome = run_fixture(report, settings);
    EXPECT_EQ(outcome.sentence, sentence);
    EXPECT_EQ(outcome.failure, failure);
    EXPECT_FALSE(outcome.flow);
    EXPECT_EQ(outcome.plugin_path, fixture(ComponentKind::report, report).path);
    EXPECT_EQ(outcome.plugin_sha256.size(), 64U);
    EXPECT_EQ(n_children(), 0);
    EXPECT_EQ(n_descriptors(), before);
    auto const next = run_fixture("hello-c", settings);
    EXPECT_TRUE(next.ok()) << "the next run suffers: " << next.sentence;
}

Case const cases[] = {
    {"segfault", WorkerFailure::crashed, "report `segfault` crashed (SIGSEGV)"},
    {"throws", WorkerFailure::component, "report `throws` failed: it let an exception escape: nobody caught me"},
    {"exit-zero", WorkerFailure::unfinished, "report `exit-zero` ended without finishing (exit status 0)"},
    {"underscore-exit-zero", WorkerFailure::unfinished,
     "report `underscore-exit-zero` ended without finishing (exit status 0)"},
    {"endless-loop", WorkerFailure::timed_out, "report `endless-loop` was stopped: it ran longer than 1 s"},
    {"sleeps", WorkerFailure::timed_out, "report `sleeps` was stopped: it ran longer than 1 s"},
    {"eats-memory", WorkerFailure::out_of_memory,
     "report `eats-memory` was stopped: it used more memory than the limit of 512 MiB"},
    {"eats-memory-new", WorkerFailure::out_of_memory,
     "report `eats-memory-new` was stopped: it used more memory than the limit of 512 MiB"},
    {"writes-file", WorkerFailure::forbidden, "report `writes-file` was stopped: it tried to write a file"},
    {"removes-file", WorkerFailure::forbidden, "report `removes-file` was stopped: it tried to change files"},
    {"opens-socket", WorkerFailure::forbidden, "report `opens-socket` was stopped: it tried to open a socket"},
    {"forks", WorkerFailure::forbidden, "report `forks` was stopped: it tried to start a process or a thread"},
    {"execs", WorkerFailure::forbidden, "report `execs` was stopped: it tried to start a program"},
    {"kills-parent", WorkerFailure::forbidden, "report `kills-parent` was stopped: it tried to signal another process"},
    {"traces-parent", WorkerFailure::forbidden,
     "report `traces-parent` was stopped: it tried to look into another process"},
    {"writes-to-channel", WorkerFailure::unfinished,
     "report `writes-to-channel` was stopped: it wrote to the channel that is the worker's"},
    {"closes-descriptors", WorkerFailure::unfinished,
     "report `closes-descriptors` ended without finishing (exit status 1)"},
    {"floods-errors", WorkerFailure::component, "report `floods-errors` failed: it gave status 2 and no reason"},
    {"floods-blocks", WorkerFailure::too_much_output, "report `floods-blocks` was stopped: it said more than 1 MiB"},
    {"abi-two", WorkerFailure::refused,
     "report `abi-two` cannot be loaded: it was built for plugin ABI 2.0, this Dossier offers 1.1"},
    {"abi-newer-minor", WorkerFailure::refused,
     "report `abi-newer-minor` cannot be loaded: it was built for plugin ABI 1.9, this Dossier offers 1.1"},
    {"metadata-abi-two", WorkerFailure::refused,
     "report `metadata-abi-two` cannot be loaded: it was built for plugin ABI 2.0, this Dossier offers 1.1"},
    {"no-entry", WorkerFailure::refused, "report `no-entry` cannot be loaded: it does not export dossier_plugin_entry"},
    {"declines", WorkerFailure::refused, "report `declines` cannot be loaded: it declines to work with plugin ABI 1.1"},
    {"something-else", WorkerFailure::refused,
     "report `something-else` cannot be loaded: its metadata promise report `something-else`, which its table lacks"},
    {"crashes-in-constructor", WorkerFailure::crashed,
     "report `crashes-in-constructor` crashed (SIGSEGV) while it was being loaded"},
    {"crashes-in-entry", WorkerFailure::crashed,
     "report `crashes-in-entry` crashed (SIGSEGV) while it was being loaded"},
    {"crashes-in-destroy", WorkerFailure::crashed, "report `crashes-in-destroy` crashed (SIGSEGV)"},
    {"breaks-grammar", WorkerFailure::bad_document,
     "report `breaks-grammar` broke the rules of blocks: block 2 (row): no table is open"},
    {"leaves-list-open", WorkerFailure::bad_document,
     "report `leaves-list-open` broke the rules of blocks: after 1 block: a list is still open"},
    {"dangling-link", WorkerFailure::bad_document,
     "report `dangling-link` broke the rules of blocks: after 1 block: links lead to \"#nowhere\", which no block has "
     "as "
     "its anchor"},
    {"bad-utf8", WorkerFailure::bad_document,
     "report `bad-utf8` broke the rules of blocks: block 1 (paragraph): run 1 is not UTF-8: \"caf\\xE9\""},
    {"null-text", WorkerFailure::bad_document,
     "report `null-text` broke the rules of blocks: block 1 (heading): a text has a size but no bytes"},
    {"fails-politely", WorkerFailure::component, "report `fails-politely` failed: the moon is in the wrong house"},
    {"fails-silently", WorkerFailure::component, "report `fails-silently` failed: it gave status 77 and no reason"},
    {"bad-query", WorkerFailure::component, "report `bad-query` failed: a query was refused: no such table: nowhere"},
    {"reads-tables", WorkerFailure::component,
     "report `reads-tables` failed: a query was refused: access to hidden.id is prohibited"},
    {"counts-tables", WorkerFailure::component,
     "report `counts-tables` failed: a query was refused: only views may be read: no such table: hidden"},
    {"counts-schema", WorkerFailure::component,
     "report `counts-schema` failed: a query was refused: only views may be read: not authorized"},
};

std::string name_of_case(testing::TestParamInfo<Case> const& info) {
    std::string name;
    for (char const c : info.param.report)
        if (c != '-') name += c;
    return name;
}

INSTANTIATE_TEST_SUITE_P(Every, MisbehavingReport, testing::ValuesIn(cases), name_of_case);

TEST(Isolation, AThreadIsNotStarted) {
    if (sanitized) GTEST_SKIP() << "sanitizers start threads of their own";
    auto const outcome = run_fixture("starts-thread", short_limits());
    EXPECT_EQ(outcome.sentence, "report `starts-thread` was stopped: it tried to start a process or a thread");
}

TEST(Isolation, FilesOfTheUserAreNotRead) {
    if (sanitized) GTEST_SKIP() << "the sanitizer's own needs are not what is tested here";
    auto const outcome = run_fixture("reads-secrets", short_limits());
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    dossier::Spool::Reader reader(*outcome.flow);
    EXPECT_NE(reader.next().find("denied"), std::string_view::npos);
}

TEST(Isolation, WhatWasToBeWrittenOrRemovedIsNot) {
    fs::path const made = "/tmp/dossier-fixture-was-here", kept = "/tmp/dossier-fixture-is-to-stay";
    fs::remove(made);
    std::ofstream(kept) << "stay";
    EXPECT_FALSE(run_fixture("writes-file", short_limits()).ok());
    EXPECT_FALSE(run_fixture("removes-file", short_limits()).ok());
    EXPECT_FALSE(fs::exists(made));
    EXPECT_EQ(file_text(kept), "stay");
    fs::remove(kept);
}

TEST(Isolation, WhatAPluginPrintsIsKeptInPartAndMadeSafe) {
    auto const outcome = run_fixture("floods-errors", short_limits());
    EXPECT_LT(outcome.stderr_tail.size(), 32'000U);
    EXPECT_NE(outcome.stderr_tail.find("line 199999 of nonsense\\x1B[31m"), std::string::npos);
    EXPECT_EQ(outcome.stderr_tail.find('\x1B'), std::string::npos);
}

TEST(Isolation, TheOutcomeSaysInWhichSandboxThePluginRan) {
    auto const outcome = run_fixture("hello-c", short_limits());
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    EXPECT_GE(outcome.sandbox.landlock, 1);
    EXPECT_TRUE(outcome.sandbox.seccomp);
}

/// A copy of a fixture, changed, with a catalogue entry that matches it: what a scan of a damaged file would not give.
dossier::CataloguedPlugin changed_copy(fs::path const& folder, std::string const& bytes) {
    auto plugin = fixture(ComponentKind::report, "hello-c");
    plugin.path = (folder / "hello-c.so").string();
    std::ofstream(plugin.path, std::ios::binary | std::ios::trunc) << bytes;
    plugin.size = bytes.size();
    plugin.sha256 = dossier::sha256_hex(bytes);
    return plugin;
}

TEST(DamagedPlugin, CutOffAnywhereCostsOneSentence) {
    TestFolder const folder;
    dossier::WorkerClient const client(short_limits());
    auto const whole = file_text(fixture(ComponentKind::report, "hello-c").path);
    for (std::size_t cut :
         {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, whole.size() / 8, whole.size() / 4,
          whole.size() / 3, whole.size() / 2, whole.size() * 3 / 4, whole.size() - 4096, whole.size() - 1}) {
        auto const outcome = client.describe(changed_copy(folder.path(), whole.substr(0, cut)));
        if (outcome.ok()) continue;  // only the section headers are gone, which loaders do not need
        EXPECT_TRUE(outcome.failure == WorkerFailure::refused || outcome.failure == WorkerFailure::crashed)
            << outcome.sentence;
        EXPECT_TRUE(outcome.sentence.starts_with("plugin `hello-c` cannot be loaded: ") ||
                    outcome.sentence == "plugin `hello-c` crashed (SIGBUS) while it was being loaded" ||
                    outcome.sentence == "plugin `hello-c` crashed (SIGSEGV) while it was being loaded")
            << "cut at " << cut << ": " << outcome.sentence;
        EXPECT_EQ(n_children(), 0);
    }
    EXPECT_EQ(client.describe(changed_copy(folder.path(), "")).sentence,
              "plugin `hello-c` cannot be loaded: hello-c.so: file too short");
}

TEST(DamagedPlugin, ChangedSinceItWasListedIsRefused) {
    TestFolder const folder;
    auto const whole = file_text(fixture(ComponentKind::report, "hello-c").path);
    auto const plugin = changed_copy(folder.path(), whole);
    auto other = whole;
    other[other.size() / 2] ^= 1;
    std::ofstream(plugin.path, std::ios::binary | std::ios::trunc) << other;
    auto const outcome = dossier::WorkerClient(short_limits()).describe(plugin);
    EXPECT_EQ(outcome.sentence, "plugin `hello-c` cannot be loaded: it was changed since it was listed");
}

TEST(DamagedPlugin, ALinkPutInItsPlaceIsRefused) {
    TestFolder const folder;
    auto const whole = file_text(fixture(ComponentKind::report, "hello-c").path);
    auto const plugin = changed_copy(folder.path(), whole);
    fs::rename(plugin.path, folder.path() / "elsewhere.so");
    fs::create_symlink(folder.path() / "elsewhere.so", plugin.path);
    auto const outcome = dossier::WorkerClient(short_limits()).describe(plugin);
    EXPECT_EQ(outcome.failure, WorkerFailure::refused) << outcome.sentence;
    EXPECT_TRUE(outcome.sentence.starts_with("plugin `hello-c` cannot be loaded: it cannot be opened: "));
}

TEST(Worker, ThatIsNotThereIsOneSentence) {
    auto settings = short_limits();
    settings.worker = "/nonexistent/dossier-worker";
    dossier::WorkerClient const client(settings);
    auto const outcome = client.describe(fixture(ComponentKind::report, "hello-c"));
    EXPECT_EQ(outcome.failure, WorkerFailure::not_started);
    EXPECT_EQ(
        outcome.sentence,
        "plugin `hello-c` could not be started: cannot run /nonexistent/dossier-worker: No such file or directory");
}

TEST(Worker, ThatIsAnotherProgramIsAFailureWhateverItsExitStatus) {
    auto settings = short_limits();
    settings.worker = "/bin/true";
    auto const outcome = dossier::WorkerClient(settings).describe(fixture(ComponentKind::report, "hello-c"));
    EXPECT_EQ(outcome.sentence, "plugin `hello-c` ended without finishing (exit status 0)");
}

/// Describes a good plugin without Landlock; 0 if the outcome is as expected.
[[noreturn]] void describe_without_landlock(bool allow_unsandboxed, std::string const& sentence) {
    dossier::test::take_landlock_away();
    auto settings = short_limits();
    settings.allow_unsandboxed = allow_unsandboxed;
    auto const outcome = dossier::WorkerClient(settings).describe(fixture(ComponentKind::report, "hello-c"));
    if (outcome.sentence != sentence) std::fprintf(stderr, "%s\n", outcome.sentence.c_str());
    std::_Exit(outcome.sentence == sentence && outcome.sandbox.landlock == 0 ? 0 : 1);
}

TEST(WithoutLandlock, NothingIsRun) {
    EXPECT_EXIT(
        describe_without_landlock(false,
                                  "plugin `hello-c` was not run: this kernel has no Landlock, which keeps plugins "
                                  "from files; --allow-unsandboxed runs them without"),
        testing::ExitedWithCode(0), "");
}

TEST(WithoutLandlock, ThePluginRunsIfThatIsAllowedAndTheOutcomeSaysSo) {
    EXPECT_EXIT(describe_without_landlock(true, ""), testing::ExitedWithCode(0), "");
}

struct FormatCase {
    std::string format;
    WorkerFailure failure;
    std::string sentence;
};
void PrintTo(FormatCase const& one, std::ostream* out) {
    *out << one.format;
}

class MisbehavingFormat : public testing::TestWithParam<FormatCase> {};

TEST_P(MisbehavingFormat, LeavesNothingBehindAndSaysWhy) {
    auto const& [format, failure, sentence] = GetParam();
    auto settings = short_limits();
    if (failure == WorkerFailure::timed_out) settings.limits.plugin_seconds = 1.0;
    if (failure == WorkerFailure::too_much_output) settings.limits.output_bytes = 1 << 20;
    dossier::DocumentPart const parts[] = {{"missing", nullptr, "report `missing` crashed"}};
    FormatRun run;
    run_format_fixture(format, settings, parts, run);
    EXPECT_EQ(run.outcome.sentence, sentence);
    EXPECT_EQ(run.outcome.failure, failure);
    EXPECT_TRUE(run.outcome.files.empty());
    EXPECT_TRUE(fs::is_empty(run.folder.path()));
    EXPECT_EQ(n_children(), 0);
}

FormatCase const format_cases[] = {
    {"format-crashes", WorkerFailure::crashed, "format `format-crashes` crashed (SIGSEGV)"},
    {"format-sleeps", WorkerFailure::timed_out, "format `format-sleeps` was stopped: it ran longer than 1 s"},
    {"format-floods", WorkerFailure::too_much_output, "format `format-floods` was stopped: it wrote more than 1 MiB"},
    {"format-leaves-folder", WorkerFailure::component,
     "format `format-leaves-folder` failed: it may not call a file \"../x\": names are [a-z0-9][a-z0-9._-]*"},
    {"format-undeclared-files", WorkerFailure::component,
     "format `format-undeclared-files` failed: it began a file, but does not declare that it writes several"},
    {"format-same-file-twice", WorkerFailure::component,
     "format `format-same-file-twice` failed: it began the file \"a.txt\" twice"},
};

std::string name_of_format_case(testing::TestParamInfo<FormatCase> const& info) {
    std::string name;
    for (char const c : info.param.format)
        if (c != '-') name += c;
    return name;
}

INSTANTIATE_TEST_SUITE_P(Every, MisbehavingFormat, testing::ValuesIn(format_cases), name_of_format_case);

}  // namespace
