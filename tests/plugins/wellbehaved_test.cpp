// Plugins that do as they should: what they say arrives, whole and checked, in every format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "fixture_run.hpp"

namespace {

using dossier::ComponentKind;
using testing::ElementsAre;
namespace fs = std::filesystem;

dossier::JobOption option(std::string key, dossier::OptionScalar value) {
    dossier::JobOption made;
    made.key = std::move(key);
    made.value = std::move(value);
    return made;
}

/// Kinds of the blocks in a spool.
std::vector<std::string> kinds(dossier::Spool const& spool) {
    std::vector<std::string> names;
    dossier::Spool::Reader reader(spool);
    dossier::BlockDecoder decoder;
    for (auto bytes = reader.next(); !bytes.empty(); bytes = reader.next())
        names.push_back(dossier::block_name(decoder.decode(bytes)->kind));
    return names;
}

TEST(HelloInC, IsDescribedWithItsOptions) {
    auto const outcome = dossier::WorkerClient(short_limits()).describe(fixture(ComponentKind::report, "hello-c"));
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    auto const* const hello = outcome.find(ComponentKind::report, "hello-c");
    ASSERT_NE(hello, nullptr);
    EXPECT_EQ(hello->summary, "Greets, in C.");
    ASSERT_EQ(hello->options.size(), 2U);
    EXPECT_EQ(hello->options[0].key, "greeting");
    EXPECT_EQ(std::get<std::string>(hello->options[0].fallback), "Hello");
    EXPECT_EQ(hello->options[1].type, dossier::OptionType::integer);
    EXPECT_EQ(hello->options[1].maximum, 9.0);
    EXPECT_EQ(outcome.find(ComponentKind::format, "hello-c"), nullptr);
}

TEST(HelloInC, GreetsAsOftenAsTheJobSaysAndReadsTheAnalysis) {
    auto const outcome = run_fixture("hello-c", short_limits(), {option("times", std::int64_t{2})});
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    // a1 is left out by the query's parameter, a3 has no number of sentences.
    EXPECT_THAT(kinds(*outcome.flow),
                ElementsAre("heading", "paragraph", "paragraph", "table begin", "row", "row", "table end"));
    ASSERT_EQ(outcome.log.size(), 1U);
    EXPECT_EQ(outcome.log[0].level, std::uint32_t{DOSSIER_LOG_WARNING});
    EXPECT_EQ(outcome.log[0].text, "greeted with care");
}

TEST(HelloFromClang, WorksLikeAnyOther) {
    if (fixtures().find(ComponentKind::report, "hello-clang") == nullptr)
        GTEST_SKIP() << "no clang++ was found when this was built, or the build is instrumented";
    auto const outcome = run_fixture("hello-clang", short_limits());
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    dossier::Spool::Reader reader(*outcome.flow);
    EXPECT_NE(reader.next().find("Hello"), std::string_view::npos);
    auto const paragraph = reader.next();
    EXPECT_NE(paragraph.find("a1 a2 a3 built with "), std::string_view::npos);
    EXPECT_NE(paragraph.find("Clang"), std::string_view::npos);
}

TEST(UnknownBlock, IsSkippedNotRefused) {
    auto const outcome = run_fixture("unknown-block", short_limits());
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    EXPECT_THAT(kinds(*outcome.flow), ElementsAre("paragraph", "paragraph"));
}

TEST(Tour, ReachesAFormatThatCarriesEverythingAsItWasSaid) {
    auto const tour = run_fixture("tour", short_limits(), {option("tone", std::string("formal"))});
    ASSERT_TRUE(tour.ok()) << tour.sentence;
    dossier::DocumentPart const parts[] = {{"tour", &*tour.flow, {}},
                                           {"gone", nullptr, "report `gone` crashed (SIGSEGV)"}};
    FormatRun run;
    run_format_fixture("dump-rich", short_limits(), parts, run);
    ASSERT_TRUE(run.outcome.ok()) << run.outcome.sentence;
    auto const text = file_text(run.target);
    EXPECT_EQ(text,
              "document | A title | 2026-11-22 | Dossier test\n"
              "section | tour | tour\n"
              "heading | 1 | Tour, formal | tour-top\n"
              "paragraph | See the table<#tour-numbers>, the note<#tour-method> and the site<https://example.org/a>.\n"
              "list | 1\nitem\nparagraph | one\nend item\nitem\nparagraph | two\nend item\nend list\n"
              "quote | It is so. | tour-quote-1 | #tour-top\n"
              "note | How it was done. | tour-method\n"
              "table | Numbers | tour-numbers | name value share stance range source \n"
              "row | first | 0.43 | 75 % | ✕ not assessable | 0.30 to 0.95 | the site -> https://example.org/a\n"
              "row | second -> #tour-quote-1 |  |  |  |  | \n"
              "end table\n"
              "chart | Stances | tour-bars\n"
              "callout | 0 | Mind | the gap\n"
              "page break\n"
              "end section\n"
              "section | gone | gone\n"
              "heading | 1 | gone | \n"
              "callout | 2 | This part is missing | report `gone` crashed (SIGSEGV)\n"
              "end section\n"
              "end\n");
    ASSERT_EQ(run.outcome.files.size(), 1U);
    EXPECT_EQ(run.outcome.files[0].name, "");
    EXPECT_EQ(run.outcome.files[0].size, text.size());
    EXPECT_EQ(run.outcome.files[0].sha256, dossier::sha256_hex(text));
}

TEST(Tour, ReachesAFormatThatCarriesNothingLowered) {
    auto const tour = run_fixture("tour", short_limits());
    ASSERT_TRUE(tour.ok()) << tour.sentence;
    dossier::DocumentPart const parts[] = {{"tour", &*tour.flow, {}}};
    FormatRun run;
    run_format_fixture("dump-plain", short_limits(), parts, run);
    ASSERT_TRUE(run.outcome.ok()) << run.outcome.sentence;
    EXPECT_EQ(file_text(run.target),
              "document | A title | 2026-11-22 | Dossier test\n"
              "section | tour | tour\n"
              "heading | 1 | Tour, plain | tour-top\n"
              "paragraph | See the table, the note and the site (https://example.org/a).\n"
              "list | 1\nitem\nparagraph | one\nend item\nitem\nparagraph | two\nend item\nend list\n"
              "quote | It is so. | tour-quote-1 | \n"
              "paragraph | Note: How it was done.\n"
              "table | Numbers | tour-numbers | name value share stance range source \n"
              "row | first | 0.43 | 75 % | ✕ not assessable | 0.30 to 0.95 | the site (https://example.org/a)\n"
              "row | second |  |  |  |  | \n"
              "end table\n"
              "paragraph | Stances: Two support, one refutes.\n"
              "table | Stances | tour-bars | category supports_it refutes \n"
              "row | claim 1 | 2 | 1\n"
              "row | claim 2 | 0 | \n"
              "end table\n"
              "callout | 0 | Mind | the gap\n"
              "page break\n"
              "end section\n"
              "end\n");
}

TEST(Tour, IsRefusedWhenAQuoteIsNotInItsArticle) {
    auto const outcome = run_fixture("tour", short_limits(), {}, [](dossier_quote const& quote) {
        EXPECT_EQ(quote.locator.byte_begin, 10U);
        return std::optional<std::string>("bytes 10 to 19 of a.txt read otherwise");
    });
    EXPECT_EQ(outcome.failure, dossier::WorkerFailure::bad_document);
    EXPECT_EQ(outcome.sentence,
              "report `tour` broke the rules of blocks: block 11 (quote): bytes 10 to 19 of a.txt read otherwise");
}

TEST(Format, WritesSeveralFilesIntoItsFolder) {
    dossier::DocumentPart const parts[] = {{"gone", nullptr, "report `gone` crashed"}};
    FormatRun run;
    run_format_fixture("format-two-files", short_limits(), parts, run);
    ASSERT_TRUE(run.outcome.ok()) << run.outcome.sentence;
    ASSERT_EQ(run.outcome.files.size(), 2U);
    EXPECT_EQ(run.outcome.files[0].name, "done.txt");
    EXPECT_EQ(file_text(run.target / "done.txt"), "done\n");
    EXPECT_EQ(file_text(run.target / "count.txt"), "6 blocks\n");
    EXPECT_EQ(run.outcome.files[1].sha256, dossier::sha256_hex("6 blocks\n"));
}

TEST(Format, DoesNotOverwriteAFileThatIsThere) {
    TestFolder const folder;
    auto const target = folder.path() / "taken";
    std::fclose(std::fopen(target.c_str(), "w"));
    dossier::WorkerClient const client(short_limits());
    auto const& plugin = fixture(ComponentKind::format, "dump-plain");
    dossier::ComponentDescription format;
    format.kind = ComponentKind::format;
    format.name = "dump-plain";
    EXPECT_THROW((void)client.run_format(plugin, format, {}, {}, {}, target), dossier::Failure);
    EXPECT_TRUE(fs::exists(target));
}

TEST(Format, RunsTwiceToTheSameBytes) {
    auto const tour = run_fixture("tour", short_limits());
    ASSERT_TRUE(tour.ok()) << tour.sentence;
    dossier::DocumentPart const parts[] = {{"tour", &*tour.flow, {}}, {"tour", &*tour.flow, {}}};
    FormatRun first, second;
    run_format_fixture("dump-rich", short_limits(), parts, first);
    run_format_fixture("dump-rich", short_limits(), parts, second);
    ASSERT_TRUE(first.outcome.ok()) << first.outcome.sentence;
    EXPECT_EQ(file_text(first.target), file_text(second.target));
    EXPECT_NE(file_text(first.target).find("section | tour | 2-tour\n"), std::string::npos);
}

TEST(WorkerClient, MayBeUsedFromSeveralThreadsAtOnce) {
    auto const before = n_descriptors();
    std::vector<std::string> sentences(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < sentences.size(); ++i)
            threads.emplace_back([&sentences, i] {
                for (int turn = 0; turn < 5; ++turn)
                    sentences[i] = run_fixture(i % 2 == 0 ? "hello-c" : "segfault", short_limits()).sentence;
            });
    }
    for (std::size_t i = 0; i < sentences.size(); ++i)
        EXPECT_EQ(sentences[i], i % 2 == 0 ? "" : "report `segfault` crashed (SIGSEGV)");
    EXPECT_EQ(n_children(), 0);
    EXPECT_EQ(n_descriptors(), before);
}

TEST(WorkerClient, HoldsOneBlockInMemoryHoweverLongTheTable) {
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    auto settings = short_limits();
    settings.limits.output_bytes = std::size_t{1} << 30;
    auto const long_table = run_fixture("many-rows", settings, {option("rows", std::int64_t{300'000})});
    ASSERT_TRUE(long_table.ok()) << long_table.sentence;
    EXPECT_EQ(long_table.flow->n_blocks(), 300'002U);
    EXPECT_GT(long_table.flow->size(), std::uint64_t{20} << 20);
    ::getrusage(RUSAGE_SELF, &after);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 16 * 1024) << "KiB more than before";
}

// Not asserted: machines differ. Printed, so that a change is seen.
TEST(Cost, OfOneRender) {
    using Clock = std::chrono::steady_clock;
    auto const tour = run_fixture("tour", short_limits());
    ASSERT_TRUE(tour.ok()) << tour.sentence;
    dossier::DocumentPart const parts[] = {{"tour", &*tour.flow, {}}};
    dossier::WorkerClient const client(short_limits());
    auto const& plugin = fixture(ComponentKind::format, "dump-plain");
    auto const description = client.describe(plugin);
    TestFolder const folder;
    constexpr int n_runs = 50;
    auto const begin = Clock::now();
    for (int i = 0; i < n_runs; ++i)
        ASSERT_TRUE(client
                        .run_format(plugin, description.components.at(0), {}, {"t", "2026", "en", "g"}, parts,
                                    folder.path() / std::to_string(i))
                        .ok());
    std::chrono::duration<double, std::milli> const spent = Clock::now() - begin;
    std::printf("one render in a worker of its own: %.2f ms\n", spent.count() / n_runs);
}

}  // namespace
