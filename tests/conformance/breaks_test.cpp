// Every rule can fail, and a plugin that breaks one rule fails that one and no other.
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "kit_run.hpp"
#include "rule.hpp"
#include "support/sanitized.hpp"

namespace {

using dossier::test::run_kit;

constexpr char const* misbehaving = DOSSIER_FIXTURES "/";
constexpr char const* made_for_a_rule = DOSSIER_RULE_FIXTURES "/";

struct Case {
    std::string folder, plugin;
    std::set<std::string> broken;
    std::string says;      ///< a part of what the kit says of it
    bool endless = false;  ///< it has to be stopped, so the kit is told not to wait long
    bool without_sanitizers = false;
};
void PrintTo(Case const& one, std::ostream* out) {
    *out << one.plugin;
}

std::vector<Case> cases() {
    std::vector<Case> all = {
        // What tests/plugins runs in the worker.
        {misbehaving, "abi-newer-minor", {"P203"}, "the table 1.9"},
        {misbehaving, "abi-two", {"P203"}, "the table 2.0"},
        {misbehaving, "aborts", {"P401"}, "it crashed (SIGABRT) while it ran"},
        {misbehaving, "bad-query", {"P401"}, "no such table: nowhere"},
        {misbehaving, "bad-utf8", {"P402"}, "is not UTF-8"},
        {misbehaving, "breaks-grammar", {"P402"}, "block 2 (row): no table is open"},
        {misbehaving, "closes-descriptors", {"P401"}, "it ended the process"},
        {misbehaving, "counts-schema", {"P401"}, "only views may be read"},
        {misbehaving, "counts-tables", {"P401"}, "a query was refused"},
        {misbehaving, "crashes-in-constructor", {"P201"}, "it crashed (SIGSEGV) while it was being loaded"},
        {misbehaving, "crashes-in-destroy", {"P304"}, "it crashed (SIGSEGV) in destroy"},
        {misbehaving, "crashes-in-entry", {"P202"}, "it crashed (SIGSEGV) in dossier_plugin_entry"},
        {misbehaving, "dangling-link", {"P402"}, "#nowhere"},
        {misbehaving, "declines", {"P202"}, "returned NULL for plugin ABI 1."},
        {misbehaving, "eats-memory", {"P401"}, "it crashed", false, true},
        {misbehaving, "eats-memory-new", {"P401"}, "bad_alloc", false, true},
        {misbehaving, "endless-loop", {"P401"}, "it ran longer than 3 s", true},
        {misbehaving, "engine-misbehaves", {"P602"}, "whose role is not one that may be judged"},
        {misbehaving, "execs", {"P401"}, "it tried to start a program"},
        {misbehaving, "exit-zero", {"P401"}, "it ended the process (exit status 0)"},
        {misbehaving, "exits-thread", {"P401"}, "it ended the process", false, true},
        {misbehaving, "fails-politely", {"P401"}, "the moon is in the wrong house"},
        {misbehaving, "fails-silently", {"P401"}, "it gave status 77 and no reason"},
        {misbehaving, "floods-blocks", {"P401"}, "more than 2,000,000 blocks"},
        {misbehaving, "floods-errors", {"P401"}, "it gave status 2"},
        {misbehaving, "forks", {"P401"}, "it tried to start a process or a thread"},
        {misbehaving, "format-crashes", {"P501"}, "it crashed (SIGSEGV)"},
        {misbehaving, "format-floods", {"P501"}, "more than 64 MiB"},
        {misbehaving, "format-leaves-folder", {"P502"}, "it called a file \"../x\""},
        {misbehaving, "format-same-file-twice", {"P502"}, "twice"},
        {misbehaving, "format-sleeps", {"P501"}, "it ran longer than 3 s", true},
        {misbehaving, "format-two-files", {"P503", "P505"}, "it wrote other bytes"},
        {misbehaving, "format-undeclared-files", {"P502"}, "does not declare several_files"},
        {misbehaving, "ignores-sigterm", {"P401"}, "it ran longer than 3 s", true},
        {misbehaving, "kills-parent", {"P401"}, "it tried to signal another process"},
        {misbehaving, "leaves-list-open", {"P402"}, "a list is still open"},
        {misbehaving, "longjmps", {"P401"}, "", false, true},
        {misbehaving, "many-rows", {"P411"}, "nothing was asked of the analysis"},
        {misbehaving, "metadata-abi-two", {"P107"}, "plugin ABI 2.0"},
        {misbehaving, "metadata-disagrees", {"P203"}, "which the table lacks"},
        {misbehaving, "missing-symbol", {"P201"}, "a_function_of_another_library"},
        {misbehaving, "no-entry", {"P102"}, "does not export dossier_plugin_entry"},
        {misbehaving, "null-text", {"P402"}, "a text has a size but no bytes"},
        {misbehaving, "opens-socket", {"P401"}, "it tried to open a socket"},
        {misbehaving, "overflows-stack", {"P401"}, "it crashed (SIGSEGV)"},
        {misbehaving, "reads-tables", {"P401"}, "a query was refused"},
        {misbehaving, "removes-file", {"P401"}, "it tried to change files"},
        {misbehaving, "segfault", {"P401"}, "it crashed (SIGSEGV)"},
        {misbehaving, "sleeps", {"P401"}, "it ran longer than 3 s", true},
        {misbehaving, "starts-thread", {"P401"}, "it tried to start a process or a thread", false, true},
        {misbehaving, "throws", {"P401"}, "it let an exception escape: nobody caught me"},
        {misbehaving, "tour", {"P411", "P412"}, "the analysis has no article `a1`"},
        {misbehaving, "traces-parent", {"P401"}, "it tried to look into another process"},
        {misbehaving, "underscore-exit-zero", {"P401"}, "it ended the process (exit status 0)"},
        {misbehaving, "unknown-block", {"P409"}, "it said 1 more"},
        {misbehaving, "writes-file", {"P401"}, "it tried to write a file"},
        {misbehaving, "writes-to-channel", {"P701"}, "it printed 11 bytes, beginning \"hello"},
        // Well behaved.
        {misbehaving, "hello-c", {}, "0 broken"},
        {misbehaving, "dump-plain", {}, "0 broken"},
        {misbehaving, "dump-rich", {}, "0 broken"},
        {misbehaving, "reads-secrets", {}, "0 broken"},  // it is told that it may not
        {made_for_a_rule, "bad_load_none", {}, "0 broken"},
        {made_for_a_rule, "bad_report_none", {}, "0 broken"},
        {made_for_a_rule, "bad_format_none", {}, "0 broken"},
        {made_for_a_rule, "bad_engine_none", {}, "0 broken"},
        {made_for_a_rule, "conforming_thin_evidence", {}, "0 broken"},
        {made_for_a_rule, "conforming_outline", {}, "0 broken"},
        {made_for_a_rule, "conforming_shared_words", {}, "0 broken"},
    };
    // Each made to break one rule.
    for (std::string const code :
         {"P103", "P105", "P106", "P204", "P205", "P206", "P207", "P301", "P302", "P303", "P305", "P403",
          "P404", "P405", "P406", "P407", "P408", "P409", "P410", "P412", "P413", "P504", "P505", "P506",
          "P507", "P508", "P509", "P510", "P601", "P603", "P604", "P605", "P606", "P607", "P702", "P703"})
        all.push_back({made_for_a_rule, "breaks_" + code, {code}, code + " FAILED"});
    // A sanitizer exports symbols of its own.
    all.push_back({made_for_a_rule, "breaks_P104", {"P104"}, "unique_number", false, true});
    return all;
}

class Plugin : public testing::TestWithParam<Case> {};

TEST_P(Plugin, FailsTheRulesItBreaksAndNoOther) {
    auto const& one = GetParam();
    if (one.without_sanitizers && sanitized) GTEST_SKIP() << "sanitizers have memory, threads and symbols of their own";
    std::string options = one.endless ? "--timeout 3 " : "";
    // With a sanitizer all rules would take minutes; that no other is broken is seen without.
    if (sanitized)
        for (auto const& code : one.broken)
            options += "--rule " + code + " ";
    auto const run = run_kit(options + one.folder + one.plugin + ".so");
    EXPECT_EQ(run.broken, one.broken) << run.output;
    EXPECT_NE(run.output.find(one.says), std::string::npos) << run.output;
    EXPECT_EQ(run.exit_status, one.broken.empty() ? 0 : 1);
}

std::string name_of_case(testing::TestParamInfo<Case> const& info) {
    std::string name;
    for (char const c : info.param.plugin)
        if (c != '-') name += c;
    return name;
}

INSTANTIATE_TEST_SUITE_P(Each, Plugin, testing::ValuesIn(cases()), name_of_case);

TEST(Rules, HaveEachAPluginThatBreaksThem) {
    std::set<std::string> broken{"P101"};  // AFileThatIsNoPlugin
    for (auto const& one : cases())
        broken.insert(one.broken.begin(), one.broken.end());
    for (auto const& rule : dossier::check::all_rules())
        EXPECT_TRUE(broken.contains(rule.code)) << "nothing shows that " << rule.code << " can fail";
}

TEST(Rules, AFileThatIsNoPluginBreaksTheFirst) {
    auto const path = testing::TempDir() + "no-plugin.so";
    for (auto const* content : {"", "not a library", "\177ELF and no more"}) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
        auto const run = run_kit(path);
        EXPECT_EQ(run.broken, std::set<std::string>{"P101"}) << run.output;
        EXPECT_EQ(run.exit_status, 1);
    }
}

/// Whatever is damaged, the kit says something and ends: its own reading of ELF files is bounded.
TEST(Rules, ADamagedPluginIsReadWithinBounds) {
    std::ifstream file(std::string(misbehaving) + "hello-c.so", std::ios::binary);
    std::string const whole{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(whole.empty());
    auto const path = testing::TempDir() + "damaged-plugin.so";
    for (std::size_t i = 1; i <= 24; ++i) {
        auto damaged = i % 2 == 0 ? whole.substr(0, whole.size() * i / 25) : whole;
        for (std::size_t at = i * 7; at < damaged.size(); at += 997 * i)
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << (i % 8)));
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        auto const run = run_kit("--rule P106 --rule P103 " + path);
        EXPECT_TRUE(run.exit_status == 0 || run.exit_status == 1) << i << ": " << run.output;
    }
}

}  // namespace
