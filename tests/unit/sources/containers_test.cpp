// Containers that lie, grow without end or try to leave their place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <ctime>
#include <string>
#include <vector>

#include "archive_maker.hpp"
#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/containers/member_name.hpp"
#include "dossier/sources/input.hpp"
#include "support/sanitized.hpp"

namespace {

using archives::compress;
using archives::pack;
using archives::Packing;
using archives::stored_zip;
using dossier::ArticleInput;
using dossier::Diagnostics;
using dossier::InputOptions;
using testing::ElementsAre;
using testing::HasSubstr;

struct Outcome {
    std::vector<std::string> paths;     ///< of articles with bytes
    std::vector<std::string> problems;  ///< "CODE path: problem" of the others
    std::vector<std::string> messages;  ///< "CODE path: message"
};

Outcome read(std::string const& bytes, std::string const& file, InputOptions const& options = {}) {
    Outcome outcome;
    Diagnostics diagnostics;
    dossier::for_each_input_in(
        bytes, file, "id", options, nullptr,
        [&](ArticleInput&& input) {
            if (input.problem.empty())
                outcome.paths.push_back(input.path);
            else
                outcome.problems.push_back(input.problem_code + ' ' + input.path + ": " + input.problem);
            return true;
        },
        diagnostics);
    for (auto const& item : diagnostics.items())
        outcome.messages.push_back(item.code + ' ' + item.place.file + ": " + item.message);
    return outcome;
}

/// Fails a test that took longer than a hostile file may take, or grew the process beyond what it may.
class Bounds {
public:
    ~Bounds() {
        if (sanitized) return;
        EXPECT_LT((std::clock() - begin_) / CLOCKS_PER_SEC, 10) << "seconds";
        struct rusage usage {};
        getrusage(RUSAGE_SELF, &usage);
        EXPECT_LT(usage.ru_maxrss, 512 * 1024) << "KiB";
    }

private:
    std::clock_t begin_ = std::clock();
};

// --- names ---

TEST(MemberName, MustNotLeadAnywhere) {
    using dossier::sources::refusal_of_member_name;
    EXPECT_EQ(refusal_of_member_name("folder/a.html"), "");
    EXPECT_EQ(refusal_of_member_name("folder/..a.html"), "");
    EXPECT_EQ(refusal_of_member_name("../a.html"), "leads out of the archive");
    EXPECT_EQ(refusal_of_member_name("x/../../a.html"), "leads out of the archive");
    EXPECT_EQ(refusal_of_member_name("x/.."), "leads out of the archive");
    EXPECT_EQ(refusal_of_member_name("/etc/passwd.txt"), "has an absolute name");
    EXPECT_EQ(refusal_of_member_name("C:\\a.html"), "has a name with a drive letter");
    EXPECT_EQ(refusal_of_member_name("..\\a.html"), "has a backslash in its name");
    EXPECT_EQ(refusal_of_member_name("a\nb.html"), "has a control character in its name");
    EXPECT_EQ(refusal_of_member_name("a!/b.html"), "has \"!/\" in its name");
    EXPECT_EQ(refusal_of_member_name(""), "has no name");
    EXPECT_EQ(refusal_of_member_name(std::string(1025, 'a')), "has a name of more than 1024 bytes");
}

TEST(Containers, RefuseMembersWhoseNamesLeadElsewhereAndReadTheOthers) {
    auto const bytes = stored_zip({{"../../evil.html", "<p>Evil."},
                                   {"/etc/evil.txt", "Evil."},
                                   {"C:/evil.txt", "Evil."},
                                   {"x\\..\\evil.txt", "Evil."},
                                   {"good.txt", "Good."}});
    auto const outcome = read(bytes, "z.zip");
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/good.txt"));
    EXPECT_THAT(outcome.problems, ElementsAre());
    EXPECT_THAT(outcome.messages,
                ElementsAre("DOS0334 z.zip: the member \"../../evil.html\" is left out: it leads out of the archive",
                            "DOS0334 z.zip: the member \"/etc/evil.txt\" is left out: it has an absolute name",
                            "DOS0334 z.zip: the member \"C:/evil.txt\" is left out: it has a name with a drive letter",
                            "DOS0334 z.zip: the member \"x/../evil.txt\" is left out: it leads out of the archive"));
}

TEST(Containers, ShowHostileNamesAsEscapes) {
    auto const bytes = stored_zip({{"\x1B[31m\xE2\x80\xAEgpj.html", "x"}, {"good.txt", "Good."}});
    EXPECT_THAT(read(bytes, "z.zip").messages,
                ElementsAre(HasSubstr("\"\\u{1B}[31m\\u{202E}gpj.html\" is left out: it has a control character")));
}

TEST(Containers, TellTwentyMembersOfAKindAndCountTheRest) {
    std::vector<archives::ZipEntry> entries;
    for (int i = 0; i < 50; ++i)
        entries.push_back({"../" + std::to_string(i) + ".html", "x"});
    auto const outcome = read(stored_zip(entries), "z.zip");
    ASSERT_EQ(outcome.messages.size(), 21u);
    EXPECT_EQ(outcome.messages.back(), "DOS0334 z.zip: 30 more members are left out for the same reason");
}

TEST(Containers, ReadNamesOfEveryCharacterSet) {
    constexpr std::uint16_t utf8_flag = 1u << 11;
    auto const bytes =
        stored_zip({{"caf\xC3\xA9.txt", "1", utf8_flag}, {"\xE8\x8C\xB6.txt", "2"}, {"caf\x82-2.txt", "3"}});
    EXPECT_THAT(read(bytes, "z.zip").paths,
                ElementsAre("z.zip!/caf\xC3\xA9.txt", "z.zip!/\xE8\x8C\xB6.txt", "z.zip!/caf\xC3\xA9-2.txt"));
    auto const tar = pack(Packing::tar, {{"caf\xC3\xA9.txt", "1"}});
    EXPECT_THAT(read(tar, "t.tar").paths, ElementsAre("t.tar!/caf\xC3\xA9.txt"));
}

// --- what is no plain file ---

TEST(Containers, RefuseLinksAndDevices) {
    auto const tar = pack(Packing::tar, {{"a.txt", "A."},
                                         {"link.txt", "", 's', "/etc/passwd"},
                                         {"hard.txt", "", 'h', "a.txt"},
                                         {"device.txt", "", 'c'}});
    auto const outcome = read(tar, "t.tar");
    EXPECT_THAT(outcome.paths, ElementsAre("t.tar!/a.txt"));
    EXPECT_THAT(outcome.messages, ElementsAre("DOS0335 t.tar: the member \"link.txt\" is left out: it is a link",
                                              "DOS0335 t.tar: the member \"hard.txt\" is left out: it is a link",
                                              "DOS0335 t.tar: the member \"device.txt\" is left out: it is a device"));
    auto const zip = stored_zip({{"link.txt", "/etc/passwd", 0, 0120777u << 16}, {"a.txt", "A."}});
    EXPECT_THAT(read(zip, "z.zip").paths, ElementsAre("z.zip!/a.txt"));
}

TEST(Containers, ReadOneOfMembersWithTheSameName) {
    auto const outcome = read(stored_zip({{"a.txt", "1"}, {"./a.txt", "2"}, {"b.txt", "3"}}), "z.zip");
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/a.txt", "z.zip!/b.txt"));
    EXPECT_THAT(
        outcome.messages,
        ElementsAre("DOS0336 z.zip: the member \"a.txt\" is left out: it has the name of another one before it"));
}

TEST(Containers, RefuseEncryptedMembers) {
    auto const outcome = read(stored_zip({{"a.txt", "0123456789abcdef", 1}, {"b.txt", "B."}}), "z.zip");
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/b.txt"));
    EXPECT_THAT(outcome.messages,
                ElementsAre("DOS0337 z.zip: the member \"a.txt\" is left out: it is encrypted; unpack "
                            "the archive with its password"));
}

TEST(Containers, RefuseOfficeDocumentsByWhatTheyAre) {
    auto const docx = stored_zip({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}});
    auto const epub = stored_zip({{"mimetype", "application/epub+zip"}, {"OEBPS/a.xhtml", "<p>A."}});
    EXPECT_THAT(read(docx, "a.docx").problems,
                ElementsAre("DOS0330 a.docx: is an office document (DOCX), save it as PDF, HTML or text"));
    EXPECT_THAT(read(docx, "a.zip").problems,
                ElementsAre("DOS0330 a.zip: is an office document (DOCX), save it as PDF, HTML or text"));
    EXPECT_THAT(read(epub, "book").problems,
                ElementsAre("DOS0330 book: is an office document (EPUB), save it as PDF, HTML or text"));
    EXPECT_THAT(read("7z\xBC\xAF\x27\x1C..........", "a.7z").problems,
                ElementsAre("DOS0330 a.7z: is a 7-Zip archive, pack it as .zip or .tar.gz"));
}

// --- damage ---

TEST(Containers, ADamagedMemberCostsItself) {
    auto const bytes = stored_zip({{"a.txt", "A."}, {"bad.txt", "Bad.", 0, 0, true}, {"c.txt", "C."}});
    auto const outcome = read(bytes, "z.zip");
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/a.txt", "z.zip!/c.txt"));
    EXPECT_THAT(outcome.problems, ElementsAre(HasSubstr("DOS0331 z.zip!/bad.txt: is damaged (ZIP bad CRC")));
}

TEST(Containers, WhatStandsBeforeTheDamageStays) {
    std::string noise;
    for (unsigned i = 0, x = 1; i < 200'000; ++i, x = x * 1664525u + 1013904223u)
        noise += static_cast<char>('a' + (x >> 24) % 26);
    std::vector<archives::Entry> const entries = {{"a.txt", "A."}, {"b.txt", noise}, {"c.txt", "C."}};
    for (auto const packing : {Packing::zip, Packing::tar, Packing::tar_gz, Packing::tar_xz}) {
        auto bytes = pack(packing, entries);
        bytes.resize(bytes.size() / 2);
        auto const outcome = read(bytes, "z");
        if (packing != Packing::tar_xz) {
            EXPECT_THAT(outcome.paths, ElementsAre("z!/a.txt"));
        }
        EXPECT_EQ(outcome.problems.size() + outcome.messages.size(), 1u);
    }
}

TEST(Containers, EveryTruncationEndsInOneMessage) {
    for (auto const packing : {Packing::zip, Packing::tar, Packing::tar_gz, Packing::gz, Packing::tar_zst}) {
        auto const whole =
            pack(packing, packing == Packing::gz ? std::vector<archives::Entry>{{"x", "Some text."}}
                                                 : std::vector<archives::Entry>{{"a.txt", "A."}, {"b.txt", "B."}});
        for (std::size_t size = 0; size < whole.size(); ++size) {
            auto const outcome = read(whole.substr(0, size), "z.zip");
            EXPECT_LE(outcome.paths.size(), 2u);
            EXPECT_LE(outcome.problems.size() + outcome.messages.size(), 1u);
        }
    }
}

TEST(Containers, WithoutArticlesSaySo) {
    EXPECT_THAT(read(stored_zip({}), "z.zip").problems, ElementsAre("DOS0339 z.zip: is an empty archive"));
    EXPECT_THAT(read(pack(Packing::tar, {{"folder/", "", 'd'}}), "t.tar").problems,
                ElementsAre("DOS0339 t.tar: holds no articles"));
}

// --- bombs ---

TEST(Containers, ABombIsStoppedByItsRatio) {
    for (auto const packing : {Packing::gz, Packing::zst, Packing::xz, Packing::bz2}) {
        auto const bytes = archives::compressed_zeros(packing, packing == Packing::gz ? 200 : 32);
        Bounds const bounds;
        auto const outcome = read(bytes, "bomb.txt");
        EXPECT_THAT(outcome.paths, ElementsAre());
        EXPECT_THAT(outcome.problems, ElementsAre("DOS0332 bomb.txt: unpacks to more than 250 times its size"));
        EXPECT_THAT(outcome.messages, ElementsAre());
    }
}

TEST(Containers, ABombInAnArchiveCostsWhatFollows) {
    auto const bomb = archives::compressed_zeros(Packing::gz, 64);
    Bounds const bounds;
    for (auto const packing : {Packing::zip, Packing::tar, Packing::tar_gz}) {
        auto const outcome = read(pack(packing, {{"a.txt", "A."}, {"bomb.txt.gz", bomb}, {"b.txt", "B."}}), "z");
        EXPECT_THAT(outcome.paths, ElementsAre("z!/a.txt"));
        EXPECT_THAT(outcome.problems, ElementsAre());
        EXPECT_THAT(outcome.messages, ElementsAre("DOS0332 z: unpacks to more than 250 times its size; what follows "
                                                  "after 1 article is left out"));
    }
}

TEST(Containers, ManyMembersAreOneBomb) {
    Bounds const bounds;
    std::vector<archives::Entry> entries;
    for (int i = 0; i < 100; ++i)
        entries.push_back({std::to_string(i) + ".txt", std::string(1u << 20, 'a')});
    auto const outcome = read(pack(Packing::zip, entries), "bomb.zip");
    EXPECT_GE(outcome.paths.size(), 16u);
    EXPECT_LT(outcome.paths.size(), 40u);
    EXPECT_THAT(outcome.problems, ElementsAre());
    EXPECT_THAT(outcome.messages,
                ElementsAre(HasSubstr("DOS0332 bomb.zip: unpacks to more than 250 times its size; ")));
}

// D. Fifield, "A better zip bomb" (2019): all members of the list point to the same bytes.
TEST(Containers, OverlappingMembersCountEachTime) {
    Bounds const bounds;
    auto const one = pack(Packing::zip, {{"a.txt", std::string(1u << 20, 'a')}});
    auto const directory_at = one.find("PK\x01\x02"), end_at = one.find("PK\x05\x06");
    auto const listed = one.substr(directory_at, end_at - directory_at);
    auto bytes = one.substr(0, directory_at);
    for (char c = 'a'; c <= 'z'; ++c)
        bytes += std::string(listed).replace(listed.find("a.txt"), 1, 1, c);
    bytes += one.substr(end_at, 10) + archives::number(26, 2) + archives::number(26 * listed.size(), 4) +
             one.substr(end_at + 16);
    auto const outcome = read(bytes, "bomb.zip");
    EXPECT_LE(outcome.paths.size(), 16u);
    InputOptions options;
    options.max_container_bytes = 5u << 20;
    EXPECT_LE(read(bytes, "bomb.zip", options).paths.size(), 5u);
}

// Many small archives, each harmless, as in 42.zip.
TEST(Containers, ArchivesOfOneLevelShareTheirBounds) {
    Bounds const bounds;
    auto const inner = pack(Packing::zip, {{"a.txt", std::string(1u << 20, 'a')}});
    InputOptions options;
    options.max_container_bytes = 8u << 20;
    std::vector<archives::Entry> entries;
    for (int i = 0; i < 20; ++i)
        entries.push_back({std::to_string(i) + ".zip", inner});
    auto const outcome = read(pack(Packing::zip, entries), "bomb.zip", options);
    EXPECT_EQ(outcome.paths.size(), 8u);
    EXPECT_THAT(outcome.problems, ElementsAre());
    EXPECT_THAT(outcome.messages, ElementsAre("DOS0332 bomb.zip: unpacks to more than 8 MiB; what follows after 8 "
                                              "articles is left out"));
}

TEST(Containers, TheTotalOfUnpackedBytesIsBounded) {
    InputOptions options;
    options.max_container_bytes = 1u << 20;
    std::vector<archives::Entry> entries;
    for (int i = 0; i < 40; ++i)
        entries.push_back({std::to_string(i) + ".txt", std::string(100u << 10, static_cast<char>('a' + i % 26))});
    for (auto const packing : {Packing::zip, Packing::tar, Packing::tar_gz}) {
        auto const outcome = read(pack(packing, entries), "z", options);
        EXPECT_GE(outcome.paths.size(), 9u);
        EXPECT_LE(outcome.paths.size(), 10u);
        EXPECT_THAT(outcome.messages, ElementsAre(HasSubstr("DOS0332 z: unpacks to more than 1 MiB; what follows")));
    }
}

TEST(Containers, AMemberBeyondTheLimitOfArticlesCostsItself) {
    InputOptions options;
    options.max_article_bytes = 1000;
    auto const outcome = read(
        pack(Packing::zip, {{"a.txt", std::string(1001, 'a')}, {"b.txt", std::string(1000, 'b')}}), "z.zip", options);
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/b.txt"));
    EXPECT_THAT(outcome.problems, ElementsAre("DOS0302 z.zip!/a.txt: is larger than the limit (1000 bytes)"));
}

TEST(Containers, TheDepthOfContainersIsBounded) {
    auto bytes = pack(Packing::zip, {{"a.txt", "A."}});
    for (int i = 0; i < 5; ++i)
        bytes = pack(Packing::zip, {{"inner.zip", bytes}, {"beside.txt", "Beside."}});
    auto const outcome = read(bytes, "z.zip");
    EXPECT_THAT(outcome.paths, ElementsAre("z.zip!/inner.zip!/beside.txt", "z.zip!/beside.txt"));
    EXPECT_THAT(outcome.problems, ElementsAre("DOS0333 z.zip!/inner.zip!/inner.zip: is packed 3 levels deep (limit 2), "
                                              "unpack it first"));
}

TEST(Containers, LayersOfCompressionAreLevelsToo) {
    std::string bytes = "A.";
    for (int i = 0; i < 100; ++i)
        bytes = compress(Packing::gz, bytes);
    EXPECT_THAT(read(bytes, "a.txt.gz").problems,
                ElementsAre("DOS0333 a.txt.gz: is packed 3 levels deep (limit 2), unpack it first"));
}

TEST(Containers, TheNumberOfMembersIsBounded) {
    std::vector<archives::ZipEntry> entries;
    for (int i = 0; i < 300'000; ++i)
        entries.push_back({std::to_string(i) + ".txt", "x"});
    auto const bytes = stored_zip(entries);
    Bounds const bounds;
    auto const outcome = read(bytes, "z.zip");
    EXPECT_EQ(outcome.paths.size(), 200'000u);
    EXPECT_THAT(outcome.messages, ElementsAre("DOS0332 z.zip: holds more than 200000 files; what follows after 200000 "
                                              "articles is left out"));
}

// --- recognition ---

TEST(ContainerKind, IsReadFromTheBytesNotTheName) {
    using dossier::sources::ContainerKind;
    using dossier::sources::recognise_container;
    auto const kind = [](std::string_view bytes) { return recognise_container("a", bytes).kind; };
    EXPECT_EQ(kind("BZh is how this note begins."), ContainerKind::none);
    EXPECT_EQ(kind("<p>A."), ContainerKind::none);
    EXPECT_EQ(kind(std::string(512, ' ')), ContainerKind::none);
    EXPECT_EQ(kind(std::string(512, '\0')), ContainerKind::none);
    EXPECT_EQ(kind(pack(Packing::tar, {{"a.txt", "A."}})), ContainerKind::tar);
    EXPECT_EQ(kind(compress(Packing::bz2, "A.")), ContainerKind::bzip2);
    EXPECT_EQ(kind(compress(Packing::bz2, "")), ContainerKind::bzip2);
}

}  // namespace
