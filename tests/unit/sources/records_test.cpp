#include "dossier/sources/records/record_splitter.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/read_article.hpp"
#include "dossier/sources/records/identifiers.hpp"
#include "dossier/sources/records/names.hpp"
#include "dossier/sources/records/record_dates.hpp"

namespace {

using namespace dossier::sources;
using Columns = std::map<std::string, std::string>;

struct ReadExport {
    std::vector<RecordSlice> slices;
    std::vector<Document> records;
    std::shared_ptr<RecordContext const> context;
};

ReadExport read_export(Format format, std::string_view bytes, Columns columns = {},
                       std::size_t max_record_bytes = 1u << 20) {
    ReadExport read;
    MemoryStream stream(bytes);
    auto const splitter = make_record_splitter(format, stream, std::move(columns), max_record_bytes);
    for (RecordSlice slice; splitter->next(slice);) {
        read.slices.push_back(slice);
        read.records.push_back(slice.broken.empty() ? read_record(format, slice.bytes, *splitter->context())
                                                    : Document{});
    }
    read.context = splitter->context();
    return read;
}

std::string value_of(Document const& document, std::string_view key) {
    for (auto const& item : document.metadata)
        if (item.key == key) return item.value;
    return {};
}

std::string title_of(Document const& document) {
    for (auto const& block : document.blocks)
        if (block.title) return block.text.text();
    return {};
}

/// Blocks but the title, headings in brackets.
std::string text_of(Document const& document) {
    std::string text;
    for (auto const& block : document.blocks) {
        if (block.title) continue;
        auto const& words = block.text.text();
        text += (text.empty() ? "" : "|") + (block.kind == BlockKind::heading ? "[" + words + "]" : words);
    }
    return text;
}

dossier::Article read_as_article(Format format, std::string const& file, std::size_t n,
                                 dossier::Diagnostics& diagnostics) {
    auto const read = read_export(format, file);
    dossier::ArticleInput input;
    input.id = "library#" + std::to_string(n);
    input.path = input.id;
    input.origin.file = "library";
    input.origin.record = n;
    auto const& slice = read.slices.at(n - 1);
    input.origin.bytes = {slice.byte_begin, slice.byte_begin + slice.bytes.size()};
    input.format = format;
    input.bytes = slice.bytes;
    input.line = slice.line;
    input.context = read.context;
    return dossier::read_article(input, {}, diagnostics);
}

constexpr std::string_view two_ris =
    "1.\nTY  - JOUR\nTI  - Coffee and\n sleep\nAU  - Doe, Jane\nAU  - Roe, R.\nT2  - Journal of Naps\nJ2  - J Naps\n"
    "PY  - 2021/03/04/\nVL  - 7\nIS  - 2\nSP  - 10\nEP  - 19\nDO  - https://doi.org/10.1000/ABC\nKW  - sleep\nKW  - "
    "coffee\n"
    "AB  - Nobody slept.\nResults: everybody woke.\nUR  - http://example.org/a\nER  - \n\nLink to the full text: x\n\n"
    "TY  - JOUR\nT1  - Tea\nER  -\n";

TEST(Ris, ReadsEveryFieldOfACitation) {
    auto const read = read_export(Format::ris, two_ris);
    ASSERT_EQ(read.records.size(), 2u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "Coffee and sleep");
    EXPECT_EQ(text_of(record), "Nobody slept.|[Results:]|everybody woke.");
    EXPECT_EQ(record.citation.authors, (std::vector<std::string>{"Doe, Jane", "Roe, R."}));
    EXPECT_EQ(record.citation.journal, "Journal of Naps");
    EXPECT_EQ(record.citation.year, "2021");
    EXPECT_EQ(record.citation.volume, "7");
    EXPECT_EQ(record.citation.issue, "2");
    EXPECT_EQ(record.citation.pages, "10-19");
    EXPECT_EQ(record.citation.doi, "10.1000/abc");
    EXPECT_EQ(record.citation.keywords, (std::vector<std::string>{"sleep", "coffee"}));
    EXPECT_EQ(record.citation.publication_types, (std::vector<std::string>{"Journal Article"}));
    EXPECT_EQ(value_of(record, "published"), "2021-03-04");
    EXPECT_EQ(value_of(record, "author"), "Doe, Jane; Roe, R.");
    EXPECT_EQ(value_of(record, "publisher"), "Journal of Naps");
    EXPECT_EQ(value_of(record, "url"), "http://example.org/a");
    EXPECT_EQ(title_of(read.records[1]), "Tea");
}

TEST(Ris, KnowsWhereEachRecordStandsInTheFile) {
    auto const read = read_export(Format::ris, two_ris);
    for (auto const& slice : read.slices)
        EXPECT_EQ(two_ris.substr(slice.byte_begin, slice.bytes.size()), slice.bytes);
    EXPECT_EQ(read.slices[0].line, 2u);
    EXPECT_EQ(read.slices[1].line, 24u);
    EXPECT_TRUE(read.slices[1].bytes.starts_with("TY  - JOUR"));
}

TEST(Ris, ARecordWithoutItsEndIsReadAndTold) {
    auto const read = read_export(Format::ris, "TY  - JOUR\r\nTI  - One\r\nTY  - JOUR\r\nTI  - Two\r\nER  - \r\n");
    ASSERT_EQ(read.records.size(), 2u);
    EXPECT_EQ(title_of(read.records[0]), "One");
    EXPECT_EQ(read.records[0].troubles.size(), 1u);
    EXPECT_TRUE(read.records[1].troubles.empty());
}

TEST(Ris, WebOfScienceTextInARisFileIsReadAsWhatItIs) {
    auto const read = read_export(Format::ris, "FN X\nVR 1.0\nPT J\nTI A title\n   that goes on\nER\n");
    ASSERT_EQ(read.records.size(), 1u);
    EXPECT_EQ(title_of(read.records[0]), "A title that goes on");
}

TEST(Ris, MarkupOfDatabasesIsNoText) {
    auto const read = read_export(Format::ris,
                                  "TY  - JOUR\nTI  - <i>In vivo</i> &amp; p&lt;0.05\nAB  - <jats:p>One "
                                  "a<b.</jats:p><jats:p>Two.</jats:p>\nER  -\n");
    EXPECT_EQ(title_of(read.records[0]), "In vivo & p<0.05");
    EXPECT_EQ(text_of(read.records[0]), "One a<b.|Two.");
}

TEST(Ris, ACopyrightNoticeIsFurniture) {
    auto const read =
        read_export(Format::ris, "TY  - JOUR\nAB  - They slept. © 2020 Somebody. All rights reserved.\nER  -\n");
    ASSERT_EQ(read.records[0].blocks.size(), 2u);
    EXPECT_FALSE(read.records[0].blocks[0].furniture);
    EXPECT_TRUE(read.records[0].blocks[1].furniture);
}

TEST(Ris, SentencesOfALegacyEncodingPointIntoTheFile) {
    std::string const file =
        "TY  - JOUR\nTI  - Caf\xE9 culture and sleep\nAB  - Na\xEFve people drank coffee in the caf\xE9 every day. "
        "They slept badly "
        "at night, as we found in the study.\nER  - \n\nTY  - JOUR\nTI  - Na\xEFve\nAB  - The na\xEFve people of the "
        "second study "
        "slept very well all through the night. Nobody drank any coffee.\nER  - \n";
    dossier::Diagnostics diagnostics;
    auto const article = read_as_article(Format::ris, file, 2, diagnostics);
    EXPECT_EQ(article.format, "ris");
    ASSERT_EQ(article.n_sentences, 2u);
    auto const& last = article.sentences.back();
    EXPECT_EQ(last.text, "Nobody drank any coffee.");
    EXPECT_EQ(file.substr(last.bytes.begin, last.bytes.end - last.bytes.begin), last.text);
    EXPECT_EQ(last.line, 8u);
}

TEST(Records, ATitleWithoutAnAbstractCannotBeAssessed) {
    dossier::Diagnostics diagnostics;
    auto const article = read_as_article(
        Format::ris, "TY  - JOUR\nTI  - The effects of coffee on sleep in adults\nER  - \n", 1, diagnostics);
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    EXPECT_EQ(article.status_reason, "has a title but no abstract");
    EXPECT_EQ(article.title.value, "The effects of coffee on sleep in adults");
}

TEST(Records, ABrokenOneCostsItselfAndTellsItsLine) {
    dossier::Diagnostics diagnostics;
    auto const article = read_as_article(Format::jsonl, "{\"title\":\"A\"}\n\n{\"title\":}\n", 2, diagnostics);
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0314");
    EXPECT_EQ(diagnostics.items()[0].place.line, 3u);
}

TEST(Nbib, ReadsWrappedLinesStructuredAbstractsAndIdentifiers) {
    auto const read = read_export(
        Format::nbib,
        "\nPMID- 123\r\nTI  - A title that is\r\n      wrapped.\r\nAB  - BACKGROUND: They were awake.\r\n      "
        "MATERIALS AND METHODS: We\r\n"
        "      looked. CI: none.\r\nFAU - Doe, Jane\r\nAU  - Doe J\r\nJT  - Naps\r\nTA  - N\r\nDP  - 2017 Nov-Dec\r\n"
        "LID - S1 [pii]\r\nLID - 10.1000/x [doi]\r\nPMC - PMC77\r\nPT  - Review\r\nMH  - *Sleep\r\nCOIS- None.\r\n\r\n"
        "PMID- 124\r\nTI  - B\r\n");
    ASSERT_EQ(read.records.size(), 2u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "A title that is wrapped.");
    EXPECT_EQ(text_of(record), "[BACKGROUND:]|They were awake.|[MATERIALS AND METHODS:]|We looked. CI: none.");
    EXPECT_EQ(record.citation.pmid, "123");
    EXPECT_EQ(record.citation.pmcid, "PMC77");
    EXPECT_EQ(record.citation.doi, "10.1000/x");
    EXPECT_EQ(record.citation.authors, std::vector<std::string>{"Doe, Jane"});
    EXPECT_EQ(record.citation.journal, "Naps");
    EXPECT_EQ(value_of(record, "published"), "2017-11");
    EXPECT_EQ(value_of(record, "conflict_of_interest"), "None.");
    EXPECT_EQ(read.slices[1].line, 20u);
}

TEST(Ciw, ReadsNamesALineEachAndListsOfKeywords) {
    auto const read = read_export(Format::ciw,
                                  "FN Clarivate\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\nAF Doe, Jane\n   Roe, Richard\nTI "
                                  "T\nSO NAPS\nDE sleep; coffee\n"
                                  "BP 9\nEP 20\nPD DEC 16\nPY 2020\nDT Article; Early Access\nUT WOS:1\nER\n\nEF\n");
    ASSERT_EQ(read.records.size(), 1u);
    auto const& citation = read.records[0].citation;
    EXPECT_EQ(citation.authors, (std::vector<std::string>{"Doe, Jane", "Roe, Richard"}));
    EXPECT_EQ(citation.keywords, (std::vector<std::string>{"sleep", "coffee"}));
    EXPECT_EQ(citation.publication_types, (std::vector<std::string>{"Article", "Early Access"}));
    EXPECT_EQ(citation.pages, "9-20");
    EXPECT_EQ(citation.accession, "WOS:1");
    EXPECT_EQ(value_of(read.records[0], "published"), "2020-12-16");
}

TEST(Bibtex, ResolvesLatexNamesAndAbbreviations) {
    auto const read = read_export(Format::bibtex,
                                  "@string{jn = \"Journal of {N}aps\"}\n@comment{@article{no,}}\n@Article{key,\n title "
                                  "= {The {EEG} of M{\\\"u}ller \\& \\'Etienne: "
                                  "5\\% {\\textless} $\\alpha$},\n author = {M{\\\"u}ller, A. and {Sleep and Wake "
                                  "Group} and others},\n journal = jn,\n"
                                  " year = 2020, month = mar,\n pages = {10--19},\n abstract = {One.\nTwo "
                                  "``three''.},\n doi = {10.1000/A\\_B}\n}\n");
    ASSERT_EQ(read.records.size(), 1u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "The EEG of Müller & Étienne: 5% < α");
    EXPECT_EQ(text_of(record), "One.|Two “three”.");
    EXPECT_EQ(record.citation.authors, (std::vector<std::string>{"Müller, A.", "Sleep and Wake Group"}));
    EXPECT_EQ(record.citation.journal, "Journal of Naps");
    EXPECT_EQ(record.citation.pages, "10-19");
    EXPECT_EQ(record.citation.doi, "10.1000/a_b");
    EXPECT_EQ(value_of(record, "published"), "2020-03");
}

TEST(Bibtex, AnEntryThatIsNotClosedCostsItself) {
    auto const read = read_export(Format::bibtex, "@article{a, title = {One\n}\n@article{b, title = {Two}}\n");
    ASSERT_EQ(read.slices.size(), 2u);
    EXPECT_EQ(read.slices[0].broken, "is not closed: its braces do not balance");
    EXPECT_EQ(title_of(read.records[1]), "Two");
}

TEST(EndnoteXml, ReadsStyledTextAndEntities) {
    std::string_view const file =
        "<?xml version=\"1.0\"?>\n<xml><records>\n<record><ref-type name=\"Journal "
        "Article\">17</ref-type><contributors><authors><author>Doe, J</author>"
        "<author>Roe, R</author></authors></contributors><titles><title><style face=\"normal\">Sleep &amp; "
        "</style><style face=\"italic\">coffee</style></title>"
        "<secondary-title>Naps</secondary-title></titles><pages>1-9</pages><dates><year>2011</"
        "year><pub-dates><date>Jul 5</date></pub-dates></dates>"
        "<electronic-resource-num>10.1000/x</electronic-resource-num><abstract>One &lt; "
        "two.&#xD;Three.</abstract></record><record><titles></record></records></xml>";
    auto const read = read_export(Format::endnote_xml, file);
    ASSERT_EQ(read.records.size(), 2u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "Sleep & coffee");
    EXPECT_EQ(text_of(record), "One < two.|Three.");
    EXPECT_EQ(record.citation.authors.size(), 2u);
    EXPECT_EQ(record.citation.journal, "Naps");
    EXPECT_EQ(value_of(record, "published"), "2011-07-05");
    EXPECT_EQ(record.citation.publication_types, std::vector<std::string>{"Journal Article"});
    auto const& last = record.blocks.back().text;
    EXPECT_EQ(file.substr(read.slices[0].byte_begin + last.origin_begin(0), 6), "Three.");
    EXPECT_FALSE(read.records[1].broken.empty());
}

TEST(EndnoteXml, EndTagsInCommentsAndCdataEndNothing) {
    auto const read =
        read_export(Format::endnote_xml,
                    "<records><record><!-- </record> --><abstract><![CDATA[</record>]]></abstract></record></records>");
    ASSERT_EQ(read.slices.size(), 1u);
    EXPECT_TRUE(read.slices[0].bytes.ends_with("</abstract></record>"));
}

TEST(PubmedXml, IsSplitIntoArticles) {
    auto const read = read_export(Format::pubmed_xml,
                                  "<PubmedArticleSet>\n<PubmedArticle>a</PubmedArticle>\n<PubmedBookArticle>b</"
                                  "PubmedBookArticle><PubmedArticle>c");
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_EQ(read.slices[1].bytes, "<PubmedBookArticle>b</PubmedBookArticle>");
    EXPECT_EQ(read.slices[1].line, 3u);
    EXPECT_EQ(read.slices[2].broken, "is not closed by </PubmedArticle>");
}

TEST(Csv, RecognisesColumnsAndQuotedLineBreaks) {
    auto const read = read_export(
        Format::csv,
        "\xEF\xBB\xBF\"Article Title\",Authors,\"Abstract\",\"Publication Year\",DOI,\"Start Page\",\"End Page\"\r\n"
        "\"On \"\"sleep\"\", again\",\"Doe, J.; Roe, R.\",\"One.\r\nTwo, three.\",2020,10.1000/X,5,9\r\n\r\n");
    ASSERT_EQ(read.records.size(), 1u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "On \"sleep\", again");
    EXPECT_EQ(text_of(record), "One.|Two, three.");
    EXPECT_EQ(record.citation.authors, (std::vector<std::string>{"Doe, J.", "Roe, R."}));
    EXPECT_EQ(record.citation.pages, "5-9");
    EXPECT_EQ(record.citation.doi, "10.1000/x");
    EXPECT_EQ(read.slices[0].line, 2u);
}

TEST(Csv, FindsItsSeparator) {
    EXPECT_EQ(read_export(Format::csv, "title;abstract\na;b\n").context->separator, ';');
    EXPECT_EQ(read_export(Format::csv, "title\tabstract\na\tb\n").context->separator, '\t');
    EXPECT_EQ(read_export(Format::csv, "sep=;\ntitle;a,b,c,d\nx;y\n").context->separator, ';');
    EXPECT_EQ(read_export(Format::tsv, "title\tabstract, in English, short\na\tb\n").context->separator, '\t');
}

TEST(Csv, AQuoteThatIsNeverClosedCostsItsOwnLine) {
    auto const read = read_export(Format::csv, "title,abstract\n\"open,a\n\"Two\",\"b, c\"\nThree,d\n");
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_EQ(title_of(read.records[1]), "Two");
    EXPECT_EQ(read.slices[2].line, 4u);
}

TEST(Csv, FieldsThatDoNotFitTheHeadBreakTheRecord) {
    auto const read = read_export(Format::csv, "title,abstract\nOne,a,b\nTwo\nThree,c,,\n");
    ASSERT_EQ(read.slices.size(), 3u);
    EXPECT_NE(read.slices[0].broken.find("has 3 fields where the first line names 2 columns"), std::string::npos);
    EXPECT_FALSE(read.slices[1].broken.empty());
    EXPECT_TRUE(read.slices[2].broken.empty());
}

TEST(Csv, TheJobNamesItsColumns) {
    auto const read = read_export(Format::csv, "Titel;Title;Zusammenfassung\nA;B;C.\n",
                                  {{"title", "Titel"}, {"abstract", "Zusammenfassung"}});
    EXPECT_EQ(title_of(read.records[0]), "A");
    EXPECT_EQ(text_of(read.records[0]), "C.");
    EXPECT_EQ(read_export(Format::csv, "a,b\n1,2\n", {{"title", "Titel"}}).context->trouble,
              "no column is called \"Titel\", which the job maps to title");
    EXPECT_EQ(read_export(Format::csv, "a,b\n1,2\n", {{"titel", "a"}}).context->trouble,
              "\"titel\" is no field that a column can be mapped to");
    EXPECT_EQ(read_export(Format::csv, "a,b\n1,2\n").context->trouble,
              "no column is recognised as title or abstract; [sources.table.columns] of the job can name them");
}

TEST(Jsonl, ReadsNestedMembersAndEscapes) {
    auto const read = read_export(
        Format::jsonl,
        "{\"title\":\"A \\u00e9 \\ud83d\\ude00\",\"abstract\":\"One.\\nTwo.\",\"authors\":[{\"name\":\"Jane "
        "Doe\",\"id\":1},{\"name\":\"R Roe\"}],"
        "\"externalIds\":{\"DOI\":\"10.1000/X\"},\"year\":2020,\"keywords\":[\"a\",\"b\"]}\r\n");
    ASSERT_EQ(read.records.size(), 1u);
    auto const& record = read.records[0];
    EXPECT_EQ(title_of(record), "A é 😀");
    EXPECT_EQ(text_of(record), "One.|Two.");
    EXPECT_EQ(record.citation.authors, (std::vector<std::string>{"Jane Doe", "R Roe"}));
    EXPECT_EQ(record.citation.doi, "10.1000/x");
    EXPECT_EQ(record.citation.year, "2020");
    EXPECT_EQ(record.citation.keywords, (std::vector<std::string>{"a", "b"}));
}

TEST(Jsonl, TheJobNamesNestedMembers) {
    auto const read = read_export(Format::jsonl, "{\"head\":{\"t\":\"A\"},\"body\":[\"One.\",\"Two.\"]}\n",
                                  {{"title", "head.t"}, {"abstract", "body"}});
    EXPECT_EQ(title_of(read.records[0]), "A");
    EXPECT_EQ(text_of(read.records[0]), "One.|Two.");
}

TEST(Jsonl, DeepNestingIsRefusedWithoutRecursion) {
    auto const read = read_export(Format::jsonl, "{\"a\":" + std::string(500'000, '[') + "\n{\"title\":\"B\"}\n");
    EXPECT_NE(read.records[0].broken.find("nested deeper than 64 levels"), std::string::npos);
    EXPECT_EQ(title_of(read.records[1]), "B");
}

TEST(Records, OneLargerThanTheLimitIsHandedOutWithoutItsBytes) {
    auto const read = read_export(
        Format::ris, "TY  - JOUR\nAB  - " + std::string(900'000, 'x') + "\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", {},
        1000);
    ASSERT_EQ(read.slices.size(), 2u);
    EXPECT_EQ(read.slices[0].broken, "is larger than the limit (1000 bytes)");
    EXPECT_TRUE(read.slices[0].bytes.empty());
    EXPECT_EQ(read.slices[1].line, 4u);
    EXPECT_EQ(title_of(read.records[1]), "B");
}

TEST(RecordDate, ReadsWhatExportsWrite) {
    EXPECT_EQ(record_date("1999/08//undefined", "1999"), "1999-08");
    EXPECT_EQ(record_date("2017 Nov 15", ""), "2017-11-15");
    EXPECT_EQ(record_date("DEC 16 2020", ""), "2020-12-16");
    EXPECT_EQ(record_date("FEB 28", "2017"), "2017-02-28");
    EXPECT_EQ(record_date("20170422", ""), "2017-04-22");
    EXPECT_EQ(record_date("2019 Spring", ""), "2019");
    EXPECT_EQ(record_date("4/5/2018", ""), "2018");
    EXPECT_EQ(record_date("2021-02-31", ""), "2021-02");
    EXPECT_EQ(record_date("", "n.d."), "");
}

TEST(Identifiers, AreTakenOutOfTheirResolversAndLabels) {
    EXPECT_EQ(doi_in("http://dx.doi.org/10.1000/ABC."), "10.1000/abc");
    EXPECT_EQ(doi_in("doi:10.1016/S0140-6736(20)30183-5"), "10.1016/s0140-6736(20)30183-5");
    EXPECT_EQ(doi_in("https://doi.org/10.1000%2Fx"), "10.1000/x");
    EXPECT_EQ(doi_in("DOI 1"), "");
    EXPECT_EQ(pmid_in("Place: US PMID: 35319117  PMCID: PMC9151451"), "35319117");
    EXPECT_EQ(pmcid_in("Place: US PMID: 35319117  PMCID: PMC9151451"), "PMC9151451");
}

TEST(Names, AreSplitAsExportsJoinThem) {
    EXPECT_EQ(names_in("Doe, J.; Roe, R."), (std::vector<std::string>{"Doe, J.", "Roe, R."}));
    EXPECT_EQ(names_in("Doe AB, van der Roe R."), (std::vector<std::string>{"Doe AB", "van der Roe R"}));
    EXPECT_EQ(names_in("Doe, Jane and Roe, Richard"), (std::vector<std::string>{"Doe, Jane", "Roe, Richard"}));
    EXPECT_EQ(names_in("Doe, Jane"), std::vector<std::string>{"Doe, Jane"});
}

}  // namespace
