#include "dossier/job/annotations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/digest.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace dossier;
using dossier_test::TemporaryFolder;
namespace fs = std::filesystem;

std::optional<Annotations> parse(std::string const& text, std::string* told = nullptr) {
    Diagnostics diagnostics;
    auto annotations = parse_annotations(text, "annotations.toml", diagnostics);
    if (told != nullptr) *told = render(diagnostics.items(), MessageFormat::human);
    return annotations;
}

std::string codes_of(std::string const& text) {
    Diagnostics diagnostics;
    (void)parse_annotations(text, "annotations.toml", diagnostics);
    std::string codes;
    for (auto const& diagnostic : diagnostics.items())
        codes += (codes.empty() ? "" : " ") + diagnostic.code;
    return codes;
}

constexpr char const* one = R"([[annotation]]
claim = "sleep"
article = "a1"
stance = "refutes"
who = "jm"
when = 2026-11-22
why = "The sample is of mice."
quote = "It does  nothing."
)";

std::string bytes_of(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Annotations, AreReadAsWritten) {
    auto const annotations = parse(one);
    ASSERT_TRUE(annotations);
    ASSERT_EQ(annotations->items.size(), 1u);
    auto const& item = annotations->items.front();
    EXPECT_EQ(item.role, AnnotationRole::override_stance);
    EXPECT_EQ(item.stance, Stance::refutes);
    EXPECT_EQ(item.who, "jm");
    EXPECT_EQ(item.when, "2026-11-22");
    EXPECT_EQ(item.quote_sha256, sha256_hex("It does nothing.")) << "white space folds as in sentences";
    EXPECT_EQ(item.place.line, 2u);
    EXPECT_EQ(annotations->sha256, sha256_hex(one));
}

TEST(Annotations, OfAnEmptyFileAreNone) {
    auto const annotations = parse("# nothing yet\n");
    ASSERT_TRUE(annotations);
    EXPECT_TRUE(annotations->items.empty());
    EXPECT_FALSE(annotations->sha256.empty());
}

TEST(Annotations, TellAllMistakesAtOnce) {
    EXPECT_EQ(codes_of(R"([[annotation]]
claim = "sleep"
article = "a1"
stance = "agrees"
who = "J M"
quote_sha256 = "12"
[[annotation]]
article = "a1"
stance = "refutes"
who = "data"
why = "x"
when = "22.11.2026"
)"),
              "DOS0254 DOS0214 DOS0219 DOS0251 DOS0210 DOS0253 DOS0216");
}

TEST(Annotations, OfOneQuestionAndTheSameWordsMustAgree) {
    std::string told;
    std::string const other = R"([[annotation]]
claim = "sleep"
article = "a1"
stance = "mixed"
who = "ab"
why = "Both are there."
quote = "It does nothing."
)";
    EXPECT_FALSE(parse(one + other, &told));
    EXPECT_TRUE(parse(one + other + "statement_sha256 = \"" + sha256_hex("s") + "\"\n"))
        << "it may be the renewal of one that is stale";
    EXPECT_THAT(told, testing::HasSubstr("annotations.toml:10:"));
    EXPECT_THAT(told, testing::HasSubstr("the other: annotations.toml:2:9: refutes, by jm"));
}

TEST(Annotations, OfOneQuestionMayAgreeOrDifferInCondition) {
    EXPECT_TRUE(parse(one + std::string(one)));
    EXPECT_TRUE(parse(one + std::string(R"([[annotation]]
claim = "sleep"
article = "a1"
condition = "late"
stance = "mixed"
who = "ab"
why = "Both are there."
)")));
}

TEST(Annotations, OfTwoRatersMayDiffer) {
    auto const rating = [](std::string const& who, std::string const& stance) {
        return "[[annotation]]\nrole = \"rating\"\nclaim = \"sleep\"\narticle = \"a1\"\nstance = \"" + stance +
               "\"\nwho = \"" + who + "\"\n";
    };
    EXPECT_TRUE(parse(rating("ab", "supports") + rating("cd", "refutes") + one));
    EXPECT_EQ(codes_of(rating("ab", "supports") + rating("ab", "refutes")), "DOS0250");
}

TEST(Annotations, WrittenAreReadBack) {
    Annotation item;
    item.claim_id = "sleep";
    item.article_id = "Ärger \"x\"\\b";
    item.condition_id = "late";
    item.stance = Stance::not_assessable;
    item.role = AnnotationRole::rating;
    item.who = "ab";
    item.when = "2026-11-22";
    item.why = "A \"quote\", a \\ and a tab\tthere";
    item.article_sha256 = sha256_hex("a");
    item.statement_sha256 = sha256_hex("b");
    auto const quote = std::string("Words, word for word.");
    item.quote_sha256 = sha256_hex(quote);
    auto const read = parse(annotations_as_toml(std::vector<AnnotationText>{{item, quote}, {item, ""}}));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->items.size(), 2u);
    for (auto const& again : read->items) {
        EXPECT_EQ(again.article_id, item.article_id);
        EXPECT_EQ(again.condition_id, "late");
        EXPECT_EQ(again.stance, Stance::not_assessable);
        EXPECT_EQ(again.role, AnnotationRole::rating);
        EXPECT_EQ(again.when, "2026-11-22");
        EXPECT_EQ(again.why, "A \"quote\", a \\ and a tab there");
        EXPECT_EQ(again.quote_sha256, item.quote_sha256);
        EXPECT_EQ(again.article_sha256, item.article_sha256);
    }
}

TEST(AppendToFile, KeepsWhatIsThereByteForByte) {
    TemporaryFolder const folder;
    auto const path = folder / "annotations.toml";
    std::string const old = "# our decisions\r\n\n" + std::string(one) + "# the end";
    std::ofstream(path, std::ios::binary) << old;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    append_to_file(path, sha256_hex(old), "new\n");
    EXPECT_EQ(bytes_of(path), old + "\r\nnew\r\n") << "line ends are those of the first line";
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(AppendToFile, MakesAFileThatIsNotThere) {
    TemporaryFolder const folder;
    append_to_file(folder / "new.toml", "", "new\n");
    EXPECT_EQ(bytes_of(folder / "new.toml"), "new\n");
}

TEST(AppendToFile, KeepsALinkALink) {
    TemporaryFolder const folder;
    std::ofstream(folder / "real.toml") << "old\n";
    fs::create_symlink("real.toml", folder / "link.toml");
    append_to_file(folder / "link.toml", sha256_hex("old\n"), "new\n");
    EXPECT_TRUE(fs::is_symlink(folder / "link.toml"));
    EXPECT_EQ(bytes_of(folder / "real.toml"), "old\nnew\n");
}

TEST(AppendToFile, LetsNoFileGrowBeyondWhatCanBeRead) {
    TemporaryFolder const folder;
    auto const path = folder / "a.toml";
    std::string const old(largest_annotations_file - 10, '#');
    std::ofstream(path, std::ios::binary) << old;
    EXPECT_THROW(append_to_file(path, sha256_hex(old), "0123456789"), Failure);
    EXPECT_EQ(fs::file_size(path), old.size());
    append_to_file(path, sha256_hex(old), "012345678");
    EXPECT_EQ(fs::file_size(path), largest_annotations_file);
}

TEST(AppendToFile, LeavesAFileThatMayNotBeWrittenAsItIs) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write every file";
    TemporaryFolder const folder;
    std::ofstream(folder / "a.toml") << "old\n";
    fs::permissions(folder / "a.toml", fs::perms::owner_read);
    EXPECT_THROW(append_to_file(folder / "a.toml", sha256_hex("old\n"), "new\n"), Failure);
    EXPECT_EQ(bytes_of(folder / "a.toml"), "old\n");
}

// Each reads and appends until nobody came in between: what any of them added must be there in the end.
TEST(AppendToFile, LosesNothingOfWritersAtTheSameTime) {
    TemporaryFolder const folder;
    auto const path = folder / "a.toml";
    std::ofstream(path) << "\n";
    constexpr int n_writers = 4, n_lines = 10;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < n_writers; ++writer)
        writers.emplace_back([&, line = std::string(1, static_cast<char>('a' + writer)) + "\n"] {
            for (int written = 0; written < n_lines;)
                try {
                    append_to_file(path, sha256_hex(bytes_of(path)), line);
                    ++written;
                } catch (Failure const&) {  // somebody else was first
                }
        });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(bytes_of(path).size(), 1u + 2u * n_writers * n_lines);
}

TEST(AppendToFile, RefusesAFileThatSomebodyChanged) {
    TemporaryFolder const folder;
    std::ofstream(folder / "a.toml") << "theirs\n";
    EXPECT_THROW(append_to_file(folder / "a.toml", sha256_hex("old\n"), "new\n"), Failure);
    EXPECT_THROW(append_to_file(folder / "a.toml", "", "new\n"), Failure);
    EXPECT_EQ(bytes_of(folder / "a.toml"), "theirs\n");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / ""), fs::directory_iterator()), 1)
        << "nothing is left behind";
}

TEST(Annotations, OfWhateverBytesAreReadOrRefused) {
    std::string const good = one + std::string(one) + "[[certainty]]\nclaim = \"a\"\nlevel = \"low\"\n";
    std::uint32_t state = 1;
    auto const next = [&] { return state = state * 1664525u + 1013904223u, state >> 8; };
    std::string_view const bytes("\"'[]=\n\\\0\xC3\xFFx9.#{}", 17);
    for (int round = 0; round < 400; ++round) {
        auto text = good;
        for (std::uint32_t changes = 1 + next() % 4; changes > 0; --changes)
            text[next() % text.size()] = bytes[next() % bytes.size()];
        Diagnostics diagnostics;
        auto const read = parse_annotations(text.substr(0, next() % (text.size() + 1)), "a.toml", diagnostics);
        EXPECT_NE(read.has_value(), diagnostics.has_errors());
    }
}

TEST(Annotations, OfCertaintyReachTheRegistryOrAreStale) {
    ClaimRegistry registry;
    registry.claims.emplace_back().id = "sleep";
    auto const annotations = parse(R"([[certainty]]
claim = "sleep"
level = "low"
who = "jm"
why = "One study."
[[certainty]]
claim = "rest"
level = "low"
who = "jm"
why = "One study."
)");
    ASSERT_TRUE(annotations);
    Diagnostics diagnostics;
    add_certainty(*annotations, registry, diagnostics);
    ASSERT_EQ(registry.certainty.size(), 1u);
    EXPECT_EQ(registry.certainty.front().level, "low");
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items().front().code, "DOS0255");
}

}  // namespace
