// Records that no database writes: what is read of them is bounded in time and memory, and nothing of them is quoted wrongly
// or lost without a word.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/records/delimited.hpp"
#include "dossier/sources/records/identifiers.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "support/sanitized.hpp"

namespace {

using namespace dossier::sources;

struct ReadExport {
    std::vector<RecordSlice> slices;
    std::vector<Document> records;
    std::shared_ptr<RecordContext const> context;
};

ReadExport read_export(Format format, std::string_view bytes, std::size_t max_record_bytes = 64u << 20) {
    ReadExport read;
    MemoryStream stream(bytes);
    auto const splitter = make_record_splitter(format, stream, {}, max_record_bytes);
    for (RecordSlice slice; splitter->next(slice);) {
        read.slices.push_back(slice);
        read.records.push_back(slice.broken.empty() ? read_record(format, slice.bytes, *splitter->context())
                                                    : Document{});
    }
    read.context = splitter->context();
    return read;
}

std::string title_of(Document const& document) {
    for (auto const& block : document.blocks)
        if (block.title) return block.text.text();
    return {};
}

/// Blocks but the title.
std::string text_of(Document const& document) {
    std::string text;
    for (auto const& block : document.blocks)
        if (!block.title) text += (text.empty() ? "" : "|") + block.text.text();
    return text;
}

std::string repeated(std::string_view part, std::size_t n_bytes) {
    std::string text;
    while (text.size() < n_bytes)
        text += part;
    return text;
}

std::size_t peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss);
}

constexpr std::size_t large = 8u << 20;

/// Reads one record of `large` bytes: it is read in a moment, and takes no more memory than its bytes and what the bounds
/// allow for.
Document read_large(Format format, std::string const& record, RecordContext const& context = {}) {
    auto const before = peak_kib();
    auto const begin = std::chrono::steady_clock::now();
    auto document = read_record(format, record, context);
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!sanitized) {
        EXPECT_LT(seconds, 10.0);
        EXPECT_LT(peak_kib() - before, std::size_t{400} << 10);
    }
    return document;
}

// --- quotes ---

TEST(BibtexStrings, AnAbstractFromAnAbbreviationIsNotQuoted) {
    std::string const file =
        "@string{abs = {Coffee harms the sleep of most adults. Tea does not harm the sleep of adults at all.}}\n"
        "@article{a, title = {Coffee and sleep}, abstract = abs}\n";
    auto const read = read_export(Format::bibtex, file);
    ASSERT_EQ(read.records.size(), 1u);
    EXPECT_EQ(read.records[0].troubles.front(),
              "the abstract comes from an @string and cannot be quoted; write it in the entry");
    dossier::ArticleInput input;
    input.id = input.path = "library#1";
    input.origin.file = "library";
    input.origin.record = 1;
    input.origin.bytes = {read.slices[0].byte_begin, read.slices[0].byte_begin + read.slices[0].bytes.size()};
    input.format = Format::bibtex;
    input.bytes = read.slices[0].bytes;
    input.context = read.context;
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article(input, {}, diagnostics);
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    dossier::QuoteChecker const checker(input, {});
    for (auto const& sentence : article.sentences) {
        EXPECT_FALSE(dossier::may_be_quoted(sentence.role) && !checker.stands(sentence.bytes, sentence.text))
            << sentence.text;
    }
}

TEST(BibtexStrings, ANameThatStandsForNothingIsTold) {
    auto const read = read_export(Format::bibtex,
                                  "@article{a, title = {One}, journal = jn, year = 2020, month = mar}\n"
                                  "@string{jn = {Journal of Naps}}\n@article{b, title = {Two}, journal = jn}\n");
    ASSERT_EQ(read.records.size(), 2u);
    std::vector<std::string> const told{
        "\"jn\" is no @string that stands before the first entry, and is read as it stands"};
    EXPECT_EQ(read.records[0].troubles, told);
    EXPECT_EQ(read.records[1].troubles, told);
}

TEST(BibtexStrings, AreResolvedWithinBoundsOnly) {
    RecordContext context;
    context.strings["x"] = std::string(100'000, 'y');
    auto const document = read_large(Format::bibtex, "@article{a, title = " + repeated("x # ", 30'000) + "x}", context);
    EXPECT_TRUE(document.overfull);
}

// --- time and memory ---

TEST(RecordBounds, WhiteSpaceWithinAnAbstractIsReadOnce) {
    for (std::string_view const blank : {" ", " \n", "\f", "\n\t \f"}) {
        auto const abstract = repeated(blank, 200'000) + repeated("a\n", 200'000) + repeated(blank, 200'000) + ".";
        auto const begin = std::chrono::steady_clock::now();
        auto const read = read_export(Format::jsonl, [&] {
            std::string escaped;
            for (char const c : abstract)
                escaped += c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\f' ? "\\u000c" : std::string(1, c);
            return "{\"abstract\":\"" + escaped + "\"}\n";
        }());
        ASSERT_EQ(read.records.size(), 1u);
        EXPECT_EQ(read.records[0].blocks.empty(), false);
        EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 5.0);
    }
}

TEST(RecordBounds, ManyLabelsOnOneLineAreReadInAMoment) {
    auto const document =
        read_large(Format::ris, "TY  - JOUR\nAB  - " + repeated("METHODS: We did. ", large) + "\nER  - \n");
    EXPECT_TRUE(document.overfull);
}

TEST(RecordBounds, EmptyLinesTakeNoMemory) {
    auto const document =
        read_large(Format::ris, "TY  - JOUR\nAB  - One.\n" + repeated("\n", large) + "Two.\nER  - \n");
    EXPECT_FALSE(document.overfull);
    EXPECT_EQ(text_of(document), "One.|Two.");
}

TEST(RecordBounds, LinesOfOneFieldAreBounded) {
    EXPECT_TRUE(read_large(Format::ris, "TY  - JOUR\nAB  - One\n" + repeated("a\n", large)).overfull);
    EXPECT_TRUE(read_large(Format::nbib, "PMID- 1\nAB  - One\n" + repeated(" a\n", large)).overfull);
}

TEST(RecordBounds, FieldsOfOneRecordAreBounded) {
    auto const document = read_large(Format::ris, "TY  - JOUR\n" + repeated("T1  -\n", large));
    EXPECT_EQ(document.troubles.front(), "the record has more than 100000 fields; the rest is left out");
}

TEST(RecordBounds, ResolvedCharactersAreBounded) {
    EXPECT_TRUE(read_large(Format::bibtex, "@article{a, abstract = {" + repeated("~a", large) + "}}").overfull);
    EXPECT_TRUE(read_large(Format::jsonl, "{\"abstract\":\"" + repeated("a\\t", large) + "\"}").overfull);
    EXPECT_TRUE(read_large(Format::jsonl, "{\"abstract\":\"" + repeated("a<i>", 3 * large) + "\"}").overfull);
    RecordContext context;
    context.header = {"title", "abstract"};
    EXPECT_TRUE(read_large(Format::csv, "One,\"" + repeated("a\"\"", large) + "\"", context).overfull);
}

TEST(RecordBounds, TitlesAndAbstractsCountAsFields) {
    auto const titles = read_large(Format::jsonl, "{\"title\":\"One\"" + repeated(",\"title\":\"Two\"", large) + "}");
    EXPECT_EQ(title_of(titles), "One");
    auto const abstracts = read_large(Format::jsonl, "{\"abstract\":[\"One.\"" + repeated(",\"Two.\"", large) + "]}");
    EXPECT_EQ(abstracts.blocks.size(), 100'000u);
    EXPECT_EQ(abstracts.troubles.front(), "the record has more than 100000 fields; the rest is left out");
}

TEST(RecordBounds, ItemsOfListsAreBounded) {
    auto const document = read_large(Format::jsonl, "{\"keywords\":\"" + repeated("a;", large) + "\"}");
    EXPECT_EQ(document.citation.keywords.size(), 100'000u);
    EXPECT_EQ(document.troubles.front(), "a list of the record has more than 100000 items; the rest is left out");
}

TEST(RecordBounds, FieldsBeyondTheHeadAreNotKept) {
    EXPECT_EQ(cells_of(repeated(",", large), ',', 2).size(), 2u);
    auto const read = read_export(Format::csv, "title,abstract\nOne,Two." + repeated(",", large) + "\n");
    ASSERT_EQ(read.records.size(), 1u);
    EXPECT_EQ(title_of(read.records[0]), "One");
}

TEST(RecordBounds, PiecesOfOneFieldAreBounded) {
    auto const document =
        read_large(Format::bibtex, "@article{a, title = {One}, note = " + repeated("a#", large) + "b}");
    EXPECT_EQ(title_of(document), "One");
    EXPECT_FALSE(document.troubles.empty());
}

// --- nothing is lost ---

TEST(TaggedRecords, LinesOutsideOfRecordsAreABrokenOne) {
    auto const read =
        read_export(Format::ris,
                    "TY  - JOUR\nTI  - One\nER  - \n\nT1  - Two\nAU  - Doe, J\nER  - \n\nTY  - JOUR\nTI  - "
                    "Three\nER  - \nER  - \nA word\nEF  - \n");
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_EQ(read.slices[1].broken, "does not begin with \"TY  -\"");
    EXPECT_EQ(read.slices[1].bytes, "T1  - Two\nAU  - Doe, J\nER  - ");
    EXPECT_EQ(read.slices[1].line, 5u);
    EXPECT_EQ(title_of(read.records[2]), "Three");

    auto const first = read_export(Format::ris, "TI  - One\nTY  - JOUR\nTI  - Two\nER  - \n");
    ASSERT_EQ(first.slices.size(), 2u);
    EXPECT_EQ(first.slices[0].broken, "does not begin with \"TY  -\"");
    EXPECT_EQ(title_of(first.records[1]), "Two");

    auto const ciw = read_export(Format::ciw, "FN X\nVR 1.0\nPT J\nTI One\nER\n\nTI Two\nER\n\nEF\n");
    ASSERT_EQ(ciw.slices.size(), 2u);
    EXPECT_EQ(ciw.slices[1].broken, "does not begin with \"PT\"");
}

TEST(TaggedRecords, AnEmptyLineDoesNotEndARecordOfPubmed) {
    auto const read = read_export(Format::nbib,
                                  "PMID- 1\nTI  - One\n\nAB  - They slept.\n\n\nPMID- 2\nTI  - Two\nPMID- 3\nTI  - "
                                  "Three\n");
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_EQ(text_of(read.records[0]), "They slept.");
    EXPECT_EQ(read.records[1].citation.pmid, "2");
    // Records without numbers are told apart by nothing else.
    EXPECT_EQ(read_export(Format::nbib, "TI  - One\nAB  - A.\n\nTI  - Two\n").slices.size(), 2u);
}

TEST(TaggedRecords, WebOfScienceTextIsKnownByItsFirstLine) {
    for (auto const* const start :
         {"PT J\nAU Doe", "PT J\r\nAU Doe", "PT B\r\nAU Doe", "PT S\nAU Doe", "FN X\r\nVR 1.0\r\n"})
        EXPECT_EQ(format_of("savedrecs.txt", start), Format::ciw) << start;
    EXPECT_EQ(format_of("savedrecs.txt", "PT Barnum\n"), Format::text);
    EXPECT_EQ(format_of("savedrecs.txt", "PT J"), Format::text);
}

TEST(Tables, ARowThatIsShortSaysWhatIsMissing) {
    auto const read = read_export(Format::csv, "title,abstract,year\nOne\nTwo,b\n");
    ASSERT_EQ(read.slices.size(), 2u);
    EXPECT_EQ(
        read.slices[0].broken,
        "has 1 field where the first line names 3 columns; 2 fields are missing, and empty ones must be written too");
    EXPECT_EQ(
        read.slices[1].broken,
        "has 2 fields where the first line names 3 columns; 1 field is missing, and empty ones must be written too");
}

TEST(Tables, NamesOfRowsNeedNoNameInTheHead) {
    for (std::string_view const file :
         {"\"title\",\"abstract\"\n\"1\",\"One\",\"A b.\"\n\"2\",\"Two\",\"C d.\"\n",
          "\"title\",\"abstract\"\n\"doe\",\"One\",\"A b.\"\n\"roe\",\"Two\",\"C d.\"\n"}) {
        auto const read = read_export(Format::csv, file);
        ASSERT_EQ(read.slices.size(), 2u);
        EXPECT_EQ(title_of(read.records[0]), "One");
        EXPECT_EQ(text_of(read.records[1]), "C d.");
    }
    // A separator in unquoted text, or a line with a field too many: nobody can tell.
    for (std::string_view const file :
         {"title,abstract\nCoffee, tea,A b.\nTwo,C d.\n", "title,abstract\n1,One,A b.\nTwo,C d.\n",
          "title,abstract\n,tea,A b.\nTwo,C d.\n"}) {
        auto const read = read_export(Format::csv, file);
        ASSERT_EQ(read.slices.size(), 2u);
        EXPECT_FALSE(read.slices[0].broken.empty());
        EXPECT_EQ(title_of(read.records[1]), "Two");
    }
}

// --- arrays of objects ---

TEST(JsonArrays, AreSplitIntoTheirObjects) {
    std::string const file =
        "\xEF\xBB\xBF [\n  {\"title\": \"A ] } \\\" [\", \"author\": [{\"family\": \"Doe\"}],\n"
        "   \"issued\": {\"date-parts\": [[2020, 3]]}},\n"
        "  7 ,\n  {\"title\": \"B\"}\n]\n";
    EXPECT_EQ(format_of("library.json", file), Format::jsonl);
    auto const read = read_export(Format::jsonl, file);
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_EQ(title_of(read.records[0]), "A ] } \" [");
    EXPECT_EQ(read.records[0].citation.authors, std::vector<std::string>{"Doe"});
    EXPECT_EQ(read.records[0].citation.year, "2020");
    EXPECT_EQ(read.records[1].broken, "is not a JSON object");
    EXPECT_EQ(title_of(read.records[2]), "B");
    EXPECT_EQ(read.slices[2].line, 5u);
    for (auto const& slice : read.slices)
        EXPECT_EQ(file.substr(slice.byte_begin, slice.bytes.size()), slice.bytes);
}

TEST(JsonArrays, WhatIsWrongInThemIsTold) {
    EXPECT_TRUE(read_export(Format::jsonl, "[]").slices.empty());
    auto const open = read_export(Format::jsonl, "[{\"title\":\"A\"},{\"title\":\"B\"");
    ASSERT_EQ(open.records.size(), 2u);
    EXPECT_NE(open.records[1].broken.find("it ends within the object"), std::string::npos);
    auto const behind = read_export(Format::jsonl, "[{\"title\":\"A\"}]\n{\"title\":\"B\"}\n");
    ASSERT_EQ(behind.slices.size(), 2u);
    EXPECT_EQ(title_of(behind.records[1]), "B");
    auto const too_large =
        read_export(Format::jsonl, "[{\"title\":\"" + std::string(900'000, 'x') + "\"},{\"title\":\"B\"}]", 1000);
    ASSERT_EQ(too_large.slices.size(), 2u);
    EXPECT_EQ(too_large.slices[0].broken, "is larger than the limit (1000 bytes)");
    EXPECT_EQ(title_of(too_large.records[1]), "B");
}

TEST(JsonArrays, AnObjectOnManyLinesIsOneRecord) {
    auto const read = read_export(Format::jsonl, "{\n  \"title\": \"A\",\n  \"abstract\": \"B.\"\n}\n");
    ASSERT_EQ(read.slices.size(), 1u);
    EXPECT_EQ(title_of(read.records[0]), "A");
    EXPECT_EQ(text_of(read.records[0]), "B.");
}

// --- identifiers ---

TEST(Identifiers, ItemNumbersInAngleBracketsBelongToTheDoi) {
    EXPECT_EQ(doi_of("10.1892/0891-6640(2002)016<0123:abc>2.0.co;2"), "10.1892/0891-6640(2002)016<0123:abc>2.0.co;2");
    EXPECT_EQ(doi_of("10.1002/(SICI)1097-4636(199823)43:4&lt;338::AID-JBM16&gt;3.0.CO;2-B"),
              "10.1002/(sici)1097-4636(199823)43:4<338::aid-jbm16>3.0.co;2-b");
    EXPECT_EQ(doi_of("https://doi.org/10.1892/0891-6640(2002)016%3C0123:abc%3E2.0.co;2"),
              "10.1892/0891-6640(2002)016<0123:abc>2.0.co;2");
    EXPECT_EQ(doi_of("<b>10.1000/abc</b>"), "10.1000/abc");
    EXPECT_EQ(doi_of("10.1000/abc<br>"), "10.1000/abc");
    EXPECT_EQ(doi_in("see 10.1000/abc<0123>2.0"), "10.1000/abc");
}

}  // namespace
