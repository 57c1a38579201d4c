#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/journal/journal_xml.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/records/record_splitter.hpp"

namespace {

using dossier::sources::BlockKind;
using dossier::sources::Document;
using dossier::sources::read_pubmed_article;
using testing::ElementsAre;

std::string const record =
    "<PubmedArticle><MedlineCitation><PMID Version=\"1\">111</PMID><Article><Journal><JournalIssue><Volume>3</Volume>"
    "<Issue>1</Issue><PubDate><Year>2018</Year><Month>May</Month></PubDate></JournalIssue><Title>Annals of "
    "Sleep</Title></Journal>"
    "<ArticleTitle>[Coffee and sleep.]</ArticleTitle><Pagination><MedlinePgn>5-9</MedlinePgn></Pagination><ELocationID "
    "EIdType=\"doi\">10.1/A</ELocationID><Abstract><AbstractText Label=\"AIM &amp; SCOPE\">We asked whether coffee "
    "harms sleep."
    "</AbstractText>\n<AbstractText Label=\"RESULTS\">Coffee <i>harmed</i> the sleep of 10<sup>3</sup> people "
    "(p&lt;0.05)."
    "</AbstractText><CopyrightInformation>Copyright "
    "2018.</CopyrightInformation></Abstract><AuthorList><Author><LastName>Smith"
    "</LastName><ForeName>Ada B</ForeName></Author><Author><CollectiveName>Sleep "
    "Group</CollectiveName></Author></AuthorList>"
    "<Language>eng</Language><GrantList><Grant><Agency>Bean "
    "Board</Agency></Grant></GrantList><PublicationTypeList><PublicationType>"
    "Randomized Controlled "
    "Trial</PublicationType></PublicationTypeList><ArticleDate><Year>2018</Year><Month>04</Month><Day>02</Day>"
    "</ArticleDate></Article><CommentsCorrectionsList><CommentsCorrections "
    "RefType=\"RetractionIn\"/></CommentsCorrectionsList>"
    "<MeshHeadingList><MeshHeading><DescriptorName>Coffee</DescriptorName></MeshHeading></"
    "MeshHeadingList><KeywordList><Keyword>sleep"
    "</Keyword></KeywordList><CoiStatement>None "
    "declared.</CoiStatement></MedlineCitation><PubmedData><ArticleIdList><ArticleId "
    "IdType=\"pmc\">PMC9</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId "
    "IdType=\"pubmed\">77"
    "</ArticleId><ArticleId "
    "IdType=\"doi\">10.2/B</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>";

std::vector<std::string> texts(Document const& document) {
    std::vector<std::string> all;
    for (auto const& block : document.blocks)
        all.push_back(block.text.text());
    return all;
}

std::string value(Document const& document, std::string_view key) {
    for (auto const& item : document.metadata)
        if (item.key == key) return item.value;
    return {};
}

TEST(PubmedArticle, ReadsTitleAndStructuredAbstract) {
    auto const document = read_pubmed_article(record);
    EXPECT_THAT(texts(document),
                ElementsAre("[Coffee and sleep.]", "AIM & SCOPE", "We asked whether coffee harms sleep.", "RESULTS",
                            "Coffee harmed the sleep of 10³ people (p<0.05)."));
    EXPECT_TRUE(document.blocks[0].title);
    EXPECT_EQ(document.blocks[1].kind, BlockKind::heading);
    EXPECT_EQ(value(document, "title"), "Coffee and sleep.");
}

TEST(PubmedArticle, StatesItsCitation) {
    auto const document = read_pubmed_article(record);
    auto const& citation = document.citation;
    EXPECT_EQ(citation.pmid, "111");
    EXPECT_EQ(citation.doi, "10.1/a");
    EXPECT_EQ(citation.pmcid, "PMC9");
    EXPECT_EQ(citation.journal, "Annals of Sleep");
    EXPECT_EQ(citation.year, "2018");
    EXPECT_EQ(citation.volume + '/' + citation.issue + '/' + citation.pages, "3/1/5-9");
    EXPECT_THAT(citation.authors, ElementsAre("Smith, Ada B", "Sleep Group"));
    EXPECT_THAT(citation.publication_types, ElementsAre("Randomized Controlled Trial", "Retracted Publication"));
    EXPECT_THAT(citation.keywords, ElementsAre("Coffee", "sleep"));
    EXPECT_THAT(citation.references, ElementsAre("pmid:77", "doi:10.2/b"));
    EXPECT_EQ(value(document, "published"), "2018-04-02");
    EXPECT_EQ(value(document, "conflict_of_interest"), "None declared.");
    EXPECT_EQ(value(document, "funding"), "Bean Board");
    EXPECT_EQ(value(document, "language"), "en");
}

TEST(PubmedArticle, EverySentenceStandsAtItsBytesInTheFile) {
    std::string const before = "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n";
    dossier::ArticleInput input;
    input.id = input.path = "set.xml#1";
    input.origin = {"set.xml", {}, 1, {before.size(), before.size() + record.size()}};
    input.format = dossier::sources::Format::pubmed_xml;
    input.bytes = record;
    input.line = 3;
    input.context = std::make_shared<dossier::sources::RecordContext>();
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article(input, {}, diagnostics);
    dossier::QuoteChecker const checker(input);
    ASSERT_EQ(article.sentences.size(), 5u);
    for (auto const& sentence : article.sentences)
        EXPECT_TRUE(checker.stands(sentence.bytes, sentence.text)) << sentence.text;
    EXPECT_EQ(article.sentences[0].line, 3u);
    EXPECT_EQ(article.sentences[4].line, 4u);
    EXPECT_EQ(article.sentences[4].heading, "RESULTS");
}

TEST(PubmedArticle, ReadsDatesOfSeasonsAndSpans) {
    auto const published = [](std::string const& date) {
        return value(
            read_pubmed_article("<PubmedArticle><MedlineCitation><Article><Journal><JournalIssue><PubDate>" + date +
                                "</PubDate></JournalIssue></Journal></Article></MedlineCitation></PubmedArticle>"),
            "published");
    };
    EXPECT_EQ(published("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>"), "1998-12");
    EXPECT_EQ(published("<MedlineDate>2000 Spring</MedlineDate>"), "2000");
    EXPECT_EQ(published("<Year>2001</Year><Season>Winter</Season>"), "2001");
}

TEST(PubmedArticle, ReadsChaptersOfBooks) {
    auto const document = read_pubmed_article(
        "<PubmedBookArticle><BookDocument><PMID>5</PMID><Book><Publisher><PublisherName>Night "
        "Press</PublisherName></Publisher>"
        "<BookTitle>Sleep</BookTitle><PubDate><Year>2012</Year></PubDate></Book><ArticleTitle>Coffee</"
        "ArticleTitle><Abstract>"
        "<AbstractText>Coffee harms sleep.</AbstractText></Abstract></BookDocument></PubmedBookArticle>");
    EXPECT_THAT(texts(document), ElementsAre("Coffee", "Coffee harms sleep."));
    EXPECT_EQ(document.citation.pmid, "5");
    EXPECT_EQ(document.citation.journal, "Sleep");
    EXPECT_EQ(value(document, "publisher"), "Night Press");
}

TEST(PubmedArticle, SaysThatPubmedCutAnAbstract) {
    auto const document = read_pubmed_article(
        "<PubmedArticle><MedlineCitation><Article><Abstract><AbstractText>Coffee harms.(ABSTRACT TRUNCATED AT 250 "
        "WORDS)"
        "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>");
    EXPECT_TRUE(document.cut_off);
}

TEST(PubmedArticle, RefusesBrokenXmlAndOtherRecords) {
    EXPECT_EQ(read_pubmed_article("<PubmedArticle><PMID>1</PMID>").broken,
              "is not well-formed XML: it ends before its elements do");
    EXPECT_EQ(read_pubmed_article("<DeleteCitation/>").broken, "holds no <PubmedArticle>");
}

}  // namespace
