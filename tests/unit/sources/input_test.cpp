#include "dossier/sources/input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "archive_maker.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/source_text.hpp"

namespace {

namespace fs = std::filesystem;

using archives::compress;
using archives::pack;
using archives::Packing;
using dossier::ArticleInput;
using dossier::Diagnostics;
using dossier::InputOptions;
using dossier::sources::Format;
using testing::ElementsAre;
using testing::HasSubstr;

struct Outcome {
    std::vector<ArticleInput> inputs;
    Diagnostics diagnostics;

    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        for (auto const& input : inputs)
            paths.push_back(input.path);
        return paths;
    }
    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> ids;
        for (auto const& input : inputs)
            ids.push_back(input.id);
        return ids;
    }
};

Outcome read_bytes(std::string const& bytes, std::string const& file, std::string const& id,
                   InputOptions const& options = {}) {
    Outcome outcome;
    dossier::for_each_input_in(
        bytes, file, id, options, nullptr,
        [&](ArticleInput&& input) {
            outcome.inputs.push_back(std::move(input));
            return true;
        },
        outcome.diagnostics);
    return outcome;
}

/// A folder that is gone with the test.
class InputFiles : public testing::Test {
protected:
    InputFiles() : folder_(fs::temp_directory_path() / ("dossier-input-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~InputFiles() override { fs::remove_all(folder_); }

    void write(std::string const& name, std::string const& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    [[nodiscard]] Outcome read(std::string const& name, InputOptions const& options = {}) const {
        Outcome outcome;
        dossier::for_each_input(
            folder_.string(), name, "id", options,
            [&](ArticleInput&& input) {
                outcome.inputs.push_back(std::move(input));
                return true;
            },
            outcome.diagnostics);
        return outcome;
    }
    [[nodiscard]] Outcome read_again(std::string const& name, std::set<std::string> const& wanted) const {
        Outcome outcome;
        dossier::reopen(folder_.string(), name, {}, wanted, [&](ArticleInput&& input) {
            outcome.inputs.push_back(std::move(input));
            return true;
        });
        return outcome;
    }
    [[nodiscard]] std::string folder() const { return folder_.string(); }

    fs::path folder_;
};

// --- plain files ---

TEST_F(InputFiles, APlainFileIsOneArticle) {
    write("tea.html", "<p>Tea.");
    auto const outcome = read("tea.html");
    ASSERT_EQ(outcome.inputs.size(), 1u);
    auto const& input = outcome.inputs[0];
    EXPECT_EQ(input.id, "id");
    EXPECT_EQ(input.path, "tea.html");
    EXPECT_EQ(input.origin, (dossier::ArticleOrigin{"tea.html", {}, 0, {0, 7}}));
    EXPECT_EQ(input.format, Format::html);
    EXPECT_EQ(input.bytes, "<p>Tea.");
    EXPECT_EQ(input.problem, "");
    EXPECT_TRUE(outcome.diagnostics.empty());
}

TEST_F(InputFiles, AFileThatCannotBeReadIsAnInputWithAProblem) {
    auto const missing = read("nowhere.txt");
    ASSERT_EQ(missing.inputs.size(), 1u);
    EXPECT_EQ(missing.inputs[0].problem, "does not exist");
    EXPECT_EQ(missing.inputs[0].problem_code, "DOS0301");
    fs::create_directory(fs::path(folder()) / "sub.txt");
    EXPECT_EQ(read("sub.txt").inputs.at(0).problem, "is a folder, not a file");
}

TEST_F(InputFiles, AnEmptyFileIsAnArticleWithoutBytes) {
    write("empty.txt", "");
    auto const outcome = read("empty.txt");
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].bytes, "");
    EXPECT_EQ(outcome.inputs[0].problem, "");
}

TEST_F(InputFiles, AFileBeyondTheLimitCostsItself) {
    write("long.txt", std::string(2001, 'a'));
    InputOptions options;
    options.max_article_bytes = 2000;
    auto const outcome = read("long.txt", options);
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].problem, "is larger than the limit (2000 bytes)");
    EXPECT_EQ(outcome.inputs[0].problem_code, "DOS0302");
    EXPECT_EQ(outcome.inputs[0].bytes, "");
    write("long.txt", std::string(2000, 'a'));
    EXPECT_EQ(read("long.txt", options).inputs.at(0).bytes.size(), 2000u);
}

// --- compressed files ---

class CompressedFiles : public testing::TestWithParam<std::pair<Packing, std::string>> {};

TEST_P(CompressedFiles, AreTheArticleWithin) {
    auto const& [packing, extension] = GetParam();
    auto const file = "tea.html." + extension;
    auto const outcome = read_bytes(compress(packing, "<p>Tea."), file, "tea");
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].problem, "");
    EXPECT_EQ(outcome.inputs[0].path, file);
    EXPECT_EQ(outcome.inputs[0].id, "tea");
    EXPECT_EQ(outcome.inputs[0].origin, (dossier::ArticleOrigin{file, {}, 0, {0, 7}}));
    EXPECT_EQ(outcome.inputs[0].format, Format::html);
    EXPECT_EQ(outcome.inputs[0].bytes, "<p>Tea.");
    EXPECT_TRUE(outcome.diagnostics.empty());
}

TEST_P(CompressedFiles, AreKnownByTheirBytes) {
    auto const outcome = read_bytes(compress(GetParam().first, "<p>Tea."), "tea.html", "tea");
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].bytes, "<p>Tea.");
}

TEST_P(CompressedFiles, ThatAreCutOffSaySo) {
    std::string text;
    for (int i = 0; i < 40'000; ++i)
        text += std::to_string(i * 7919) + ' ';
    auto bytes = compress(GetParam().first, text);
    bytes.resize(bytes.size() * 2 / 3);
    auto const outcome = read_bytes(bytes, "tea.txt." + GetParam().second, "tea");
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_THAT(outcome.inputs[0].problem, HasSubstr("is damaged"));
    EXPECT_EQ(outcome.inputs[0].problem_code, "DOS0331");
    EXPECT_TRUE(outcome.diagnostics.empty());
}

INSTANTIATE_TEST_SUITE_P(Input, CompressedFiles,
                         testing::Values(std::pair(Packing::gz, std::string("gz")), std::pair(Packing::xz, "xz"),
                                         std::pair(Packing::zst, "zst"), std::pair(Packing::bz2, "bz2")),
                         [](auto const& example) { return example.param.second; });

// --- archives ---

std::vector<archives::Entry> const two_articles = {{"folder/", "", 'd'}, {"folder/b.html", "<p>B."}, {"a.txt", "A."}};

class Archives : public testing::TestWithParam<std::pair<Packing, std::string>> {};

TEST_P(Archives, GiveTheirMembersInTheirOrder) {
    auto const& [packing, extension] = GetParam();
    auto const outcome = read_bytes(pack(packing, two_articles), "bundle." + extension, "bundle");
    EXPECT_THAT(outcome.paths(),
                ElementsAre("bundle." + extension + "!/folder/b.html", "bundle." + extension + "!/a.txt"));
    EXPECT_THAT(outcome.ids(), ElementsAre("bundle/folder/b", "bundle/a"));
    ASSERT_EQ(outcome.inputs.size(), 2u);
    EXPECT_EQ(outcome.inputs[0].bytes, "<p>B.");
    EXPECT_EQ(outcome.inputs[0].format, Format::html);
    EXPECT_EQ(outcome.inputs[0].origin, (dossier::ArticleOrigin{"bundle." + extension, "folder/b.html", 0, {0, 5}}));
    EXPECT_EQ(outcome.inputs[1].bytes, "A.");
    EXPECT_TRUE(outcome.diagnostics.empty());
}

INSTANTIATE_TEST_SUITE_P(Input, Archives,
                         testing::Values(std::pair(Packing::zip, std::string("zip")), std::pair(Packing::tar, "tar"),
                                         std::pair(Packing::tar_gz, "tar.gz"), std::pair(Packing::tar_gz, "tgz"),
                                         std::pair(Packing::tar_xz, "tar.xz"), std::pair(Packing::tar_zst, "tar.zst"),
                                         std::pair(Packing::tar_bz2, "tar.bz2")),
                         [](auto const& example) {
                             auto name = example.param.second;
                             std::erase(name, '.');
                             return name;
                         });

TEST_F(InputFiles, ArchivesAreReadFromDisk) {
    for (auto const packing : {Packing::zip, Packing::tar, Packing::tar_gz}) {
        write("bundle", pack(packing, two_articles));
        EXPECT_THAT(read("bundle").paths(), ElementsAre("bundle!/folder/b.html", "bundle!/a.txt"));
    }
}

TEST(Input, ContainersStandInContainers) {
    auto const inner = pack(Packing::zip, {{"deep.txt", "Deep."}});
    auto const bytes = pack(Packing::tar_gz, {{"inner.zip", inner}, {"b.html.gz", compress(Packing::gz, "<p>B.")}});
    auto const outcome = read_bytes(bytes, "bundle.tgz", "bundle");
    EXPECT_THAT(outcome.paths(), ElementsAre("bundle.tgz!/inner.zip!/deep.txt", "bundle.tgz!/b.html.gz"));
    EXPECT_THAT(outcome.ids(), ElementsAre("bundle/inner/deep", "bundle/b"));
    EXPECT_EQ(outcome.inputs.at(0).origin.member, "inner.zip!/deep.txt");
    EXPECT_EQ(outcome.inputs.at(0).bytes, "Deep.");
    EXPECT_EQ(outcome.inputs.at(1).bytes, "<p>B.");
}

TEST(Input, IdsOfMembersAreUnique) {
    auto const bytes = pack(Packing::zip, {{"a.txt", "1"}, {"a.html", "2"}, {"b/a.txt", "3"}, {"a.txt.html", "4"}});
    EXPECT_THAT(read_bytes(bytes, "z.zip", "z").ids(), ElementsAre("z/a", "z/a.html", "z/b/a", "z/a.txt"));
}

TEST(Input, MembersThatAreNoArticlesAreCountedInOneNote) {
    auto const bytes = pack(Packing::zip, {{"a.txt", "A."},
                                           {"1.png", "x"},
                                           {"2.PNG", "x"},
                                           {"style.css", "x"},
                                           {"LICENCE", "x"},
                                           {".DS_Store", "x"},
                                           {"__MACOSX/._a.txt", "x"}});
    auto const outcome = read_bytes(bytes, "z.zip", "z");
    EXPECT_THAT(outcome.paths(), ElementsAre("z.zip!/a.txt"));
    ASSERT_EQ(outcome.diagnostics.items().size(), 1u);
    EXPECT_EQ(outcome.diagnostics.items()[0].code, "DOS0338");
    EXPECT_EQ(outcome.diagnostics.items()[0].severity, dossier::Severity::note);
    EXPECT_EQ(outcome.diagnostics.items()[0].message,
              "4 members that are no articles are left out: .png 2, no extension 1, .css 1");
}

TEST(Input, ExcludesApplyToMembers) {
    InputOptions options;
    options.exclude = {"z.zip!/drafts/**"};
    auto const bytes = pack(Packing::zip, {{"a.txt", "A."}, {"drafts/b.txt", "B."}});
    EXPECT_THAT(read_bytes(bytes, "z.zip", "z", options).paths(), ElementsAre("z.zip!/a.txt"));
}

TEST(Input, EndsWhenNoMoreIsWanted) {
    std::size_t n = 0;
    Diagnostics diagnostics;
    dossier::for_each_input_in(
        pack(Packing::zip, two_articles), "z.zip", "z", {}, nullptr, [&](ArticleInput&&) { return ++n < 1; },
        diagnostics);
    EXPECT_EQ(n, 1u);
}

TEST(Input, AToldFormatIsNotGuessed) {
    Format const text = Format::text;
    Outcome outcome;
    dossier::for_each_input_in(
        compress(Packing::gz, "x"), "standard input", "stdin", {}, &text,
        [&](ArticleInput&& input) {
            outcome.inputs.push_back(std::move(input));
            return true;
        },
        outcome.diagnostics);
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].format, Format::text);
    EXPECT_TRUE(outcome.inputs[0].bytes.starts_with("\x1F\x8B"));
}

// --- exports of records ---

std::string const two_records = "TY  - JOUR\nTI  - Caf\u00E9 and sleep\nER  - \nTY  - JOUR\nTI  - Tea\nER  - \n";

TEST(Input, EveryRecordOfAnExportIsAnArticle) {
    auto const outcome = read_bytes(two_records, "refs.ris", "refs");
    EXPECT_THAT(outcome.paths(), ElementsAre("refs.ris#1", "refs.ris#2"));
    EXPECT_THAT(outcome.ids(), ElementsAre("refs#1", "refs#2"));
    ASSERT_EQ(outcome.inputs.size(), 2u);
    auto const& second = outcome.inputs[1];
    EXPECT_EQ(second.format, Format::ris);
    EXPECT_EQ(second.origin.record, 2u);
    EXPECT_EQ(second.line, 4u);
    EXPECT_EQ(two_records.substr(second.origin.bytes.begin, second.bytes.size()), second.bytes);
    EXPECT_THAT(second.bytes, HasSubstr("TI  - Tea"));
    ASSERT_TRUE(second.context);
    EXPECT_EQ(second.context->encoding, "");
}

TEST(Input, ExportsAreSplitWithinContainers) {
    auto const zip = pack(Packing::zip, {{"a.txt", "A."}, {"refs.ris", two_records}});
    auto const outcome = read_bytes(zip, "z.zip", "z");
    EXPECT_THAT(outcome.paths(), ElementsAre("z.zip!/a.txt", "z.zip!/refs.ris#1", "z.zip!/refs.ris#2"));
    EXPECT_THAT(outcome.ids(), ElementsAre("z/a", "z/refs#1", "z/refs#2"));
    EXPECT_EQ(outcome.inputs.at(2).origin.member, "refs.ris");
    EXPECT_THAT(read_bytes(compress(Packing::gz, two_records), "refs.ris.gz", "refs").paths(),
                ElementsAre("refs.ris.gz#1", "refs.ris.gz#2"));
}

TEST(Input, AnExportThatIsCutOffLosesItsLastRecordOnly) {
    std::string records;
    for (int i = 0; i < 20'000; ++i)
        records += "TY  - JOUR\nTI  - Title " + std::to_string(i * 7919) + "\nER  - \n";
    auto bytes = compress(Packing::gz, records);
    bytes.resize(bytes.size() / 2);
    auto const outcome = read_bytes(bytes, "refs.ris.gz", "refs");
    EXPECT_GT(outcome.inputs.size(), 5000u);
    for (auto const& input : outcome.inputs)
        EXPECT_THAT(input.bytes, HasSubstr("ER  -"));
    ASSERT_EQ(outcome.diagnostics.items().size(), 1u);
    EXPECT_EQ(outcome.diagnostics.items()[0].code, "DOS0331");
    EXPECT_THAT(outcome.diagnostics.items()[0].message,
                HasSubstr("what follows after " + std::to_string(outcome.inputs.size()) + " articles is left out"));
}

/// Little-endian, with a byte order mark.
std::string utf16(std::u16string_view text) {
    std::string bytes = "\xFF\xFE";
    for (char16_t const c : text) {
        bytes += static_cast<char>(c & 0xFF);
        bytes += static_cast<char>(c >> 8);
    }
    return bytes;
}

TEST(Input, WideExportsKeepTheirBytes) {
    auto const bytes =
        utf16(u"TY  - JOUR\nTI  - \u8336\u8336\u8336\u8336\u8336\u8336\u8336\nER  - \nTY  - JOUR\nTI  - Tea\nER  - \n");
    auto const outcome = read_bytes(bytes, "refs.ris", "refs");
    ASSERT_EQ(outcome.inputs.size(), 2u);
    for (auto const& input : outcome.inputs) {
        auto const range = input.origin.bytes;
        EXPECT_EQ(bytes.substr(range.begin, range.end - range.begin), input.bytes);
        ASSERT_TRUE(input.context);
        EXPECT_EQ(input.context->encoding, "UTF-16LE");
        dossier::sources::SourceText const text(input.bytes, dossier::sources::KnownEncoding{input.context->encoding});
        EXPECT_TRUE(text.text().starts_with("TY  - JOUR\n")) << text.text();
    }
    EXPECT_EQ(outcome.inputs[1].line, 4u);
}

TEST(Input, AnExportHasOneEncoding) {
    std::string csv = "title,abstract\n";
    for (int i = 0; i < 20; ++i)
        csv +=
            "\xCA\xEE\xF4\xE5 \xE8 \xF1\xEE\xED: \xF1\xEA\xEE\xEB\xFC\xEA\xEE \xF7\xE0\xF8\xE5\xEA \xEA\xEE\xF4\xE5 "
            "\xE2 \xE4\xE5\xED\xFC \xEC\xEE\xE6\xED\xEE \xEF\xE8\xF2\xFC \xE8 \xED\xE5 "
            "\xEF\xEE\xF2\xE5\xF0\xFF\xF2\xFC \xF1\xEE\xED,\xCC\xFB \xEE\xEF\xF0\xEE\xF1\xE8\xEB\xE8 "
            "\xE4\xE2\xE5\xF1\xF2\xE8 \xE2\xE7\xF0\xEE\xF1\xEB\xFB\xF5 \xEB\xFE\xE4\xE5\xE9 \xEE \xF2\xEE\xEC "
            "\xEA\xE0\xEA \xEE\xED\xE8 \xF1\xEF\xFF\xF2\n";  // windows-1251
    auto const outcome = read_bytes(csv, "refs.csv", "refs");
    ASSERT_EQ(outcome.inputs.size(), 20u);
    EXPECT_THAT(outcome.inputs[7].context->encoding, testing::StrCaseEq("windows-1251"));
}

TEST(Input, ColumnsAreMappedByFile) {
    InputOptions options;
    options.columns = {{{"refs/*.csv"}, {{"title", "Name"}}}, {{"**/*.csv"}, {{"title", "Other"}}}};
    auto const outcome = read_bytes("Name,Abstract\nTea,Tea is good.\n", "refs/a.csv", "a", options);
    ASSERT_EQ(outcome.inputs.size(), 1u);
    EXPECT_EQ(outcome.inputs[0].context->columns, (std::map<std::string, std::string>{{"title", "Name"}}));
    EXPECT_TRUE(outcome.diagnostics.empty());
    auto const wrong = read_bytes("Name,Abstract\nTea,Tea is good.\n", "b.csv", "b", options);
    ASSERT_EQ(wrong.diagnostics.items().size(), 1u);
    EXPECT_EQ(wrong.diagnostics.items()[0].code, "DOS0316");
}

// --- reopening ---

TEST_F(InputFiles, ReopeningGivesTheWantedRecordsOnly) {
    write("refs.ris", two_records);
    auto const outcome = read_again("refs.ris", {"refs.ris#2"});
    EXPECT_THAT(outcome.paths(), ElementsAre("refs.ris#2"));
    EXPECT_THAT(outcome.inputs.at(0).bytes, HasSubstr("Tea"));
}

TEST_F(InputFiles, ReopeningGivesTheWantedArticlesOnly) {
    auto const inner = pack(Packing::zip, {{"deep.txt", "Deep."}, {"other.txt", "Other."}});
    write("z.zip", pack(Packing::zip, {{"a.txt", "A."}, {"inner.zip", inner}, {"b.txt", "B."}, {"x.png", ""}}));
    auto const outcome = read_again("z.zip", {"z.zip!/b.txt", "z.zip!/inner.zip!/deep.txt"});
    EXPECT_THAT(outcome.paths(), ElementsAre("z.zip!/inner.zip!/deep.txt", "z.zip!/b.txt"));
    EXPECT_THAT(read_again("z.zip", {"z.zip!/c.txt"}).paths(), ElementsAre());
    write("a.txt", "A.");
    EXPECT_THAT(read_again("a.txt", {"a.txt"}).paths(), ElementsAre("a.txt"));
    EXPECT_THAT(read_again("gone.txt", {"gone.txt"}).inputs.at(0).problem, "does not exist");
}

TEST_F(InputFiles, AreNotReadWhereALinkLeadsOutOfTheRootWhenTheyAreOpened) {
    fs::create_directories(folder_ / "job/sub");
    write("secret.txt", "of somebody else");
    write("job/sub/a.txt", "an article");
    fs::create_symlink(folder_ / "secret.txt", folder_ / "job/link.txt");
    fs::create_symlink(folder_ / "job/sub/a.txt", folder_ / "job/inside.txt");
    fs::create_directory_symlink("..", folder_ / "job/up");
    InputOptions options;
    options.root = fs::canonical(folder_ / "job").string();
    for (auto const* name : {"job/link.txt", "job/up/secret.txt", "secret.txt", "job/sub/../../secret.txt"}) {
        auto const outcome = read(name, options);
        ASSERT_EQ(outcome.inputs.size(), 1u) << name;
        EXPECT_TRUE(outcome.inputs[0].bytes.empty()) << name;
        EXPECT_EQ(outcome.inputs[0].problem, "was replaced by a link that leads out of the job's folder") << name;
    }
    for (auto const* name : {"job/sub/a.txt", "job/inside.txt", "job/up/job/sub/a.txt", "job/sub/../sub/a.txt"})
        EXPECT_EQ(read(name, options).inputs.at(0).bytes, "an article") << name;
}

}  // namespace
