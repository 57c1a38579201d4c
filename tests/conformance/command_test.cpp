// The command itself: its options, what it writes, and its page.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "document_generator.hpp"
#include "dossier/plugin.h"
#include "kit_run.hpp"
#include "rule.hpp"

namespace {

using dossier::check::all_rules;
using dossier::test::run_kit;

std::string const good = DOSSIER_RULE_FIXTURES "/bad_report_none.so";
std::string const bad = DOSSIER_RULE_FIXTURES "/breaks_P408.so";

std::string text_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

TEST(Rules, HaveEachASectionOfThePageUnderItsCodeAndTitle) {
    auto const page = text_of(DOSSIER_SOURCE_DIR "/docs/conformance.md");
    for (auto const& rule : all_rules())
        EXPECT_EQ(count(page, "\n### " + std::string(rule.code) + " " + rule.title + "\n"), 1U) << rule.code;
    EXPECT_EQ(count(page, "\n### "), all_rules().size()) << "the page has a section of a rule that there is not";
}

TEST(Rules, ComeBehindThoseTheyNeedAndHaveACodeOfTheirOwn) {
    std::set<std::string_view> seen;
    for (auto const& rule : all_rules()) {
        for (auto const needed : rule.needs)
            EXPECT_TRUE(seen.contains(needed) || dossier::check::find_rule(needed) != nullptr) << rule.code;
        EXPECT_TRUE(seen.insert(rule.code).second) << rule.code;
    }
    EXPECT_GT(seen.size(), 50U);
}

TEST(Command, ListsTheRules) {
    auto const run = run_kit("--list");
    EXPECT_EQ(run.exit_status, 0);
    EXPECT_EQ(static_cast<std::size_t>(std::count(run.output.begin(), run.output.end(), '\n')), all_rules().size());
}

TEST(Command, IsOfNoUseWithoutAPluginOrWithAnUnknownRule) {
    EXPECT_EQ(run_kit("").exit_status, 2);
    EXPECT_EQ(run_kit("/nonexistent.so").exit_status, 2);
    EXPECT_EQ(run_kit("--rule P999 " + good).exit_status, 2);
    EXPECT_EQ(run_kit("--unheard-of " + good).exit_status, 2);
}

TEST(Command, TriesOneRuleOnly) {
    auto const run = run_kit("--rule P408 " + bad);
    EXPECT_EQ(run.exit_status, 1);
    EXPECT_EQ(std::count(run.output.begin(), run.output.end(), '\n'), 2) << run.output;
    EXPECT_EQ(run_kit("--rule P402 " + bad).exit_status, 0);
}

TEST(Command, TriesRulesInOneProcessForADebugger) {
    EXPECT_EQ(run_kit("--in-process --rule P402 " + good).exit_status, 0);
    EXPECT_EQ(run_kit("--in-process --rule P408 " + bad).broken, std::set<std::string>{"P408"});
}

TEST(Command, WritesJUnitXml) {
    auto const file = testing::TempDir() + "conformance.xml";
    auto const run = run_kit("--junit " + file + " " + bad);
    EXPECT_EQ(run.exit_status, 1);
    auto const xml = text_of(file);
    EXPECT_TRUE(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\""));
    EXPECT_EQ(count(xml, "<testcase "),
              static_cast<std::size_t>(std::count(run.output.begin(), run.output.end(), '\n') - 1));
    EXPECT_EQ(count(xml, "<failure "), 1U);
    EXPECT_NE(xml.find("failures=\"1\""), std::string::npos);
    EXPECT_EQ(run_kit("--junit /nonexistent/x.xml " + good).exit_status, 2);
}

TEST(Command, LeavesNoFilesBehind) {
    auto const folder = testing::TempDir() + "conformance-scratch";
    std::filesystem::create_directory(folder);
    ASSERT_EQ(::setenv("TMPDIR", folder.c_str(), 1), 0);
    (void)run_kit(good);
    ::unsetenv("TMPDIR");
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    std::filesystem::remove_all(folder);
}

TEST(GeneratedDocument, IsTheSameForTheSameSeedAndKeepsTheGrammar) {
    using namespace dossier::check;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        DocumentSettings const settings{DocumentShape::random, seed, seed % 2 == 0, seed % 3 == 0};
        std::vector<std::string> first;
        ASSERT_NO_THROW(first = generated_document(settings, seed % 16)) << seed;  // throws where it breaks the grammar
        EXPECT_EQ(first, generated_document(settings, seed % 16)) << seed;
    }
}

TEST(GeneratedDocument, HasEveryKindOfBlock) {
    using namespace dossier::check;
    std::set<std::string> kinds;
    for (auto const& block : generated_document({}, ~std::uint64_t{0}))
        kinds.insert(block.substr(0, 4));
    EXPECT_EQ(kinds.size(), std::size_t{DOSSIER_PAGE_BREAK});
}

}  // namespace
