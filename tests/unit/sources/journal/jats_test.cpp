#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/journal/journal_xml.hpp"
#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"

namespace {

using dossier::Article;
using dossier::ArticleStatus;
using dossier::QuoteChecker;
using dossier::SentenceRole;
using dossier::sources::Block;
using dossier::sources::BlockKind;
using dossier::sources::Document;
using dossier::sources::read_jats;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string article_of(std::string const& front, std::string const& body, std::string const& back = {}) {
    return "<?xml version=\"1.0\"?>\n<article xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "article-type=\"research-article\" "
           "xml:lang=\"en\">\n<front><journal-meta><journal-title-group><journal-title>Annals of Sleep</journal-title>"
           "</journal-title-group><publisher><publisher-name>Night Press</publisher-name></publisher></journal-meta>\n"
           "<article-meta>" +
           front + "</article-meta></front>\n<body>" + body + "</body>\n<back>" + back + "</back>\n</article>\n";
}

std::string paragraph(std::string const& inner) {
    return article_of("", "<p>" + inner + "</p>");
}

std::vector<std::string> texts(Document const& document) {
    std::vector<std::string> all;
    for (auto const& block : document.blocks)
        all.push_back(block.text.text());
    return all;
}

std::string only_text(std::string const& file) {
    auto const document = read_jats(file);
    return document.blocks.size() == 1 ? document.blocks.front().text.text()
                                       : std::to_string(document.blocks.size()) + " blocks";
}

std::string value(Document const& document, std::string_view key) {
    for (auto const& item : document.metadata)
        if (item.key == key) return item.value;
    return {};
}

Article read(std::string const& file, dossier::Diagnostics* diagnostics = nullptr) {
    dossier::Diagnostics own;
    return dossier::read_article("article", "article.nxml", file, {}, diagnostics ? *diagnostics : own);
}

/// Every sentence stands where it says.
void expect_quotes_to_stand(std::string const& file) {
    auto const article = read(file);
    QuoteChecker const checker("article.nxml", file);
    EXPECT_FALSE(article.sentences.empty());
    for (auto const& sentence : article.sentences)
        EXPECT_TRUE(checker.stands(sentence.bytes, sentence.text))
            << sentence.text << " | " << checker.text_at(sentence.bytes);
}

// --- running text ---

TEST(Jats, KeepsTextOfInlineMarkupAsItReads) {
    EXPECT_EQ(only_text(paragraph("<italic>Coffee</italic> <bold>harms</bold> sl<sc>ee</sc>p.")),
              "Coffee harms sleep.");
}

TEST(Jats, LeavesOutMarksOfReferencesWithTheirBrackets) {
    EXPECT_EQ(
        only_text(paragraph("Coffee harms sleep [<xref ref-type=\"bibr\" rid=\"B1\">12</xref>, <xref ref-type=\"bibr\" "
                            "rid=\"B2\">13</xref>].")),
        "Coffee harms sleep.");
    EXPECT_EQ(only_text(paragraph("Coffee (<xref ref-type=\"bibr\">1</xref>–<xref ref-type=\"bibr\">3</xref>) harms.")),
              "Coffee  harms.");
}

TEST(Jats, LeavesOutBracketsThatBeginWithAMark) {
    EXPECT_EQ(only_text(paragraph("Coffee harms sleep [<xref ref-type=\"bibr\">12</xref>, pp. 57-59].")),
              "Coffee harms sleep.");
}

TEST(Jats, LeavesOutSuperscriptMarksWithoutGluingWords) {
    EXPECT_EQ(only_text(paragraph(
                  "It harms sleep.<sup><xref ref-type=\"bibr\">12</xref>,<xref ref-type=\"bibr\">13</xref></sup> "
                  "It helps.")),
              "It harms sleep. It helps.");
    EXPECT_EQ(only_text(paragraph("coffee<sup><xref ref-type=\"bibr\">4</xref></sup>Tea")), "coffee Tea");
}

TEST(Jats, KeepsReferencesThatAreWords) {
    EXPECT_EQ(only_text(paragraph("As <xref ref-type=\"bibr\">Smith and others (2010)</xref> found, see <xref "
                                  "ref-type=\"fig\">Figure 1</xref>.")),
              "As Smith and others (2010) found, see Figure 1.");
}

TEST(Jats, ShowsPowersAsSuperscriptsSoThatTheyAreNotDigitsOfTheNumber) {
    EXPECT_EQ(only_text(paragraph("10<sup>9</sup>/L and 10<sup>-5</sup> of CO<sub>2</sub>")), "10⁹/L and 10⁻⁵ of CO2");
    EXPECT_EQ(only_text(paragraph("the 4<sup>th</sup> day")), "the 4th day");
}

TEST(Jats, ResolvesEntitiesOfXmlHtmlAndIso) {
    EXPECT_EQ(only_text(paragraph("a &lt; b &amp; c &#8211; d &#x3b1; &ndash; &alpha; &hyphen; &lsqb;x&rsqb;")),
              "a < b & c – d α – α ‐ [x]");
}

TEST(Jats, LeavesUnknownReferencesAsTheyAreWritten) {
    EXPECT_EQ(only_text(paragraph("a &nosuch; b &amp c")), "a &nosuch; b &amp c");
}

TEST(Jats, TakesCharacterDataAsItIs) {
    EXPECT_EQ(only_text(paragraph("<![CDATA[p < 0.05 &amp; more]]>")), "p < 0.05 &amp; more");
}

TEST(Jats, PassesOverCommentsAndInstructions) {
    EXPECT_EQ(only_text(paragraph("cof<!-- a -->fee<?page 3?> harms")), "coffee harms");
}

TEST(Jats, PassesOverFormulasFootnotesAndSupplements) {
    EXPECT_EQ(
        only_text(paragraph("before<disp-formula><tex-math>x^2</tex-math></disp-formula>after<fn><p>note</p></fn> "
                            "end<supplementary-material><caption><p>S1</p></caption></supplementary-material>")),
        "before after end ");
}

TEST(Jats, KeepsWhatAFormulaInALineReads) {
    EXPECT_EQ(
        only_text(paragraph("where <inline-formula><alternatives><tex-math>\\chi</tex-math><mml:math><mml:mi>χ</mml:mi>"
                            "</mml:math></alternatives></inline-formula> is large")),
        "where χ is large");
}

// --- structure ---

TEST(Jats, ReadsTitleAbstractAndSectionsInOrder) {
    auto const document = read_jats(
        article_of("<title-group><article-title>Coffee and "
                   "sleep</article-title></title-group><abstract><sec><title>Aim</title><p>We asked."
                   "</p></sec></abstract>",
                   "<sec><title>Methods</title><p>One.</p><sec><title>People</title><p>Two.</p></sec></sec>"));
    EXPECT_THAT(texts(document),
                ElementsAre("Coffee and sleep", "Aim", "We asked.", "Methods", "One.", "People", "Two."));
    EXPECT_TRUE(document.blocks[0].title);
    EXPECT_EQ(document.blocks[1].kind, BlockKind::heading);
    EXPECT_EQ(document.blocks[1].heading_level, 3);
    EXPECT_EQ(document.blocks[3].heading_level, 2);
    EXPECT_EQ(document.blocks[5].heading_level, 3);
}

TEST(Jats, PassesOverAbstractsThatRepeat) {
    auto const document = read_jats(
        article_of("<abstract><p>Main.</p></abstract><abstract abstract-type=\"graphical\"><p>Picture.</p></abstract>"
                   "<trans-abstract xml:lang=\"fr\"><p>Autre.</p></trans-abstract>",
                   ""));
    EXPECT_THAT(texts(document), ElementsAre("Main."));
}

TEST(Jats, ReadsListsWithinListsAsItems) {
    auto const document =
        read_jats(paragraph("Before "
                            "<list><list-item><label>1</label><p>one</p><list><list-item><p>two</p></list-item></"
                            "list></list-item></list> after"));
    EXPECT_THAT(texts(document), ElementsAre("Before ", "one", "two", " after"));
    EXPECT_EQ(document.blocks[1].kind, BlockKind::list_item);
    EXPECT_EQ(document.blocks[2].kind, BlockKind::list_item);
    EXPECT_EQ(document.blocks[3].kind, BlockKind::paragraph);
}

TEST(Jats, ReadsQuotationsAsSuch) {
    auto const document =
        read_jats(article_of("", "<disp-quote><p>I slept badly.</p><attrib>A patient</attrib></disp-quote>"));
    EXPECT_THAT(texts(document), ElementsAre("I slept badly."));
    EXPECT_EQ(document.blocks[0].kind, BlockKind::quotation);
}

TEST(Jats, KeepsASentenceWholeAroundAFigure) {
    auto const document =
        read_jats(paragraph("Coffee <fig><label>Figure 1</label><caption><title>Sleep.</title><p>Hours a "
                            "night.</p></caption></fig>harms."));
    EXPECT_THAT(texts(document), ElementsAre("Coffee harms.", "Sleep.", "Hours a night."));
    EXPECT_EQ(document.blocks[1].kind, BlockKind::caption);
    EXPECT_EQ(document.blocks[2].kind, BlockKind::caption);
}

TEST(Jats, NeverTakesTablesAsEvidence) {
    auto const article =
        read(article_of("",
                        "<p>Coffee harmed the sleep of most people in it.</p><table-wrap><caption><p>Sleep of all the "
                        "people here.</p></caption><table><tr><th>Group</th><td>Coffee harms sleep in every group "
                        "we saw.</td></tr></table><table-wrap-foot><fn><p>All of it.</p></fn></table-wrap-foot>"
                        "</table-wrap>"));
    std::vector<std::string> quotable;
    for (auto const& sentence : article.sentences)
        if (dossier::may_be_quoted(sentence.role)) quotable.push_back(sentence.text);
    EXPECT_THAT(quotable, ElementsAre("Coffee harmed the sleep of most people in it."));
}

TEST(Jats, TakesNamesWithPrefixesAsTheyAreMeant) {
    EXPECT_EQ(
        only_text(
            "<j:article xmlns:j=\"u\"><j:body><j:p>Coffee <j:italic>harms</j:italic>.</j:p></j:body></j:article>"),
        "Coffee harms.");
}

TEST(Jats, ReadsTheOlderVocabularyOfNlm) {
    auto const document = read_jats(
        "<article><front><journal-meta><journal-title>Sleep</journal-title></journal-meta><article-meta><pub-date "
        "pub-type=\"ppub\"><month>3</month><year>1999</year></pub-date></article-meta></front><body><p>Text.</p></"
        "body></article>");
    EXPECT_EQ(document.citation.journal, "Sleep");
    EXPECT_EQ(value(document, "published"), "1999-03");
}

TEST(Jats, PassesOverReviewsAndTranslations) {
    auto const document = read_jats(
        "<article><body><p>Text.</p></body><sub-article><body><p>Reviewer.</p></body></sub-article></article>");
    EXPECT_THAT(texts(document), ElementsAre("Text."));
}

TEST(Jats, ReadsTheFirstOfSeveralArticlesAndSaysSo) {
    auto const document = read_jats(
        "<pmc-articleset><article><body><p>One.</p></body></article><article><body><p>Two.</p></body></article>"
        "</pmc-articleset>");
    EXPECT_THAT(texts(document), ElementsAre("One."));
    EXPECT_THAT(document.troubles, ElementsAre(HasSubstr("2 articles")));
}

// --- what the article states of itself ---

TEST(Jats, StatesItsCitation) {
    auto const document =
        read_jats(article_of("<article-id pub-id-type=\"doi\">10.1000/ABC.1</article-id><article-id "
                             "pub-id-type=\"pmid\">123</article-id><article-id "
                             "pub-id-type=\"pmc\">456</article-id><article-categories><subj-group "
                             "subj-group-type=\"heading\"><subject>Retraction</subject>"
                             "</subj-group></article-categories><title-group><article-title>Coffee</"
                             "article-title><subtitle>a trial</subtitle>"
                             "</title-group><contrib-group><contrib "
                             "contrib-type=\"author\"><name><surname>Smith</surname><given-names>Ada B</given-names>"
                             "</name></contrib><contrib contrib-type=\"author\"><collab>The Sleep "
                             "Group<contrib-group><contrib><name><surname>No"
                             "</surname></name></contrib></contrib-group></collab></contrib><contrib "
                             "contrib-type=\"editor\"><name><surname>Ed</surname>"
                             "</name></contrib></contrib-group><pub-date "
                             "pub-type=\"collection\"><year>2020</year></pub-date><pub-date pub-type=\"epub\">"
                             "<day>4</day><month>3</month><year>2020</year></pub-date><pub-date "
                             "pub-type=\"pmc-release\"><day>1</day><month>1</month>"
                             "<year>2019</year></pub-date><volume>7</volume><issue>2</issue><fpage>10</"
                             "fpage><lpage>19</lpage><kwd-group><kwd>caffeine"
                             "</kwd></kwd-group>",
                             ""));
    auto const& citation = document.citation;
    EXPECT_EQ(citation.doi, "10.1000/abc.1");
    EXPECT_EQ(citation.pmid, "123");
    EXPECT_EQ(citation.pmcid, "PMC456");
    EXPECT_THAT(citation.authors, ElementsAre("Smith, Ada B", "The Sleep Group"));
    EXPECT_THAT(citation.publication_types, ElementsAre("research-article", "Retraction"));
    EXPECT_THAT(citation.keywords, ElementsAre("caffeine"));
    EXPECT_EQ(
        citation.journal + ' ' + citation.year + ';' + citation.volume + '(' + citation.issue + "):" + citation.pages,
        "Annals of Sleep 2020;7(2):10-19");
    EXPECT_EQ(value(document, "title"), "Coffee: a trial");
    EXPECT_EQ(value(document, "author"), "Ada B Smith, The Sleep Group");
    EXPECT_EQ(value(document, "published"), "2020-03-04");
    EXPECT_EQ(value(document, "publisher"), "Night Press");
    EXPECT_EQ(value(document, "url"), "https://doi.org/10.1000/abc.1");
    EXPECT_EQ(value(document, "language"), "en");
}

TEST(Jats, StatesInterestsAndFundingWhereverTheyStand) {
    auto const in_back = read_jats(article_of("", "<p>Text.</p>",
                                              "<ack><title>Thanks</title><p>We thank Bo. It was supported by the Bean "
                                              "Board.</p></ack><sec><title>Competing interests"
                                              "</title><p>None declared.</p></sec>"));
    EXPECT_EQ(value(in_back, "conflict_of_interest"), "None declared.");
    EXPECT_EQ(value(in_back, "funding"), "It was supported by the Bean Board.");
    auto const in_front =
        read_jats(article_of("<author-notes><fn fn-type=\"conflict\"><p>Conflict of interest: A owns "
                             "shares.</p></fn></author-notes><funding-group>"
                             "<funding-statement>Paid by Bean Ltd.</funding-statement></funding-group>",
                             "<p>Text.</p>"));
    EXPECT_EQ(value(in_front, "conflict_of_interest"), "A owns shares.");
    EXPECT_EQ(value(in_front, "funding"), "Paid by Bean Ltd.");
}

TEST(Jats, NeverTakesBackMatterAsEvidence) {
    auto const article =
        read(article_of("",
                        "<p>Coffee harmed the sleep of most people in it.</p><sec><title>Competing "
                        "interests</title><p>The authors have shares in "
                        "coffee that harms sleep.</p></sec>",
                        "<ack><p>We thank all the people who drank coffee for us.</p></ack><sec><title>Authors' "
                        "contributions</title><p>AB drank coffee "
                        "and slept badly for it.</p></sec><ref-list><ref><mixed-citation>Coffee harms the sleep of "
                        "mice in cages.</mixed-citation></ref>"
                        "</ref-list><fn-group><fn><p>Coffee harms the sleep of everybody here.</p></fn></fn-group>"));
    std::vector<std::string> quotable;
    for (auto const& sentence : article.sentences)
        if (dossier::may_be_quoted(sentence.role)) quotable.push_back(sentence.text);
    EXPECT_THAT(quotable, ElementsAre("Coffee harmed the sleep of most people in it."));
}

TEST(Jats, ListsTheIdentifiersOfItsReferences) {
    auto const document = read_jats(
        article_of("", "<p>Text.</p>",
                   "<ref-list><ref><element-citation><article-title>Sleep</article-title><pub-id "
                   "pub-id-type=\"doi\">10.1/X</pub-id><pub-id "
                   "pub-id-type=\"pmid\">77</pub-id></element-citation></ref><ref><mixed-citation>See <ext-link "
                   "ext-link-type=\"uri\" "
                   "xlink:href=\"https://doi.org/10.2/Y\">here</ext-link></mixed-citation></ref></ref-list>"));
    EXPECT_THAT(document.citation.references, ElementsAre("doi:10.1/x", "pmid:77", "doi:10.2/y"));
    EXPECT_THAT(texts(document), ElementsAre("Text."));
}

// --- places ---

TEST(Jats, EverySentenceStandsAtItsBytes) {
    expect_quotes_to_stand(article_of(
        "<title-group><article-title>Coffee &amp; sleep<xref ref-type=\"fn\">*</xref></article-title></title-group>",
        "<sec><title>Results</title><p>Caf&eacute; au lait [<xref ref-type=\"bibr\">1</xref>] harms sleep.<sup><xref "
        "ref-type=\"bibr\">2</xref></sup> In 10<sup>9</sup> cells <![CDATA[p < 0.05]]> was "
        "<italic>seen</italic>.\r\nIt is  so. <list>"
        "<list-item><p>one item of the list</p></list-item></list> It went on after the list.</p></sec>"));
}

TEST(Jats, CountsLinesOfTheFile) {
    auto const article = read(
        "<article>\n<body>\n<p>Coffee harms the sleep of many.\nIt keeps them awake at night.</p></body></article>");
    ASSERT_EQ(article.sentences.size(), 2u);
    EXPECT_EQ(article.sentences[0].line, 3u);
    EXPECT_EQ(article.sentences[1].line, 4u);
}

TEST(Jats, FindsBytesOfOtherEncodings) {
    std::string const file =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><article><body><p>Caf\xE9 au lait harms the sleep of "
        "many.</p></body></article>";
    auto const article = read(file);
    ASSERT_EQ(article.sentences.size(), 1u);
    EXPECT_EQ(article.sentences[0].text, "Café au lait harms the sleep of many.");
    expect_quotes_to_stand(file);
}

// --- what is not as it should be ---

TEST(Jats, ReadsAbstractsWithoutABody) {
    auto const article = read(
        "<article><front><article-meta><abstract><p>Coffee harms the sleep of many "
        "people.</p></abstract></article-meta></front></article>");
    EXPECT_EQ(article.status, ArticleStatus::ok);
    EXPECT_EQ(article.n_sentences, 1u);
}

TEST(Jats, HasNoUsableTextWithoutAbstractAndBody) {
    EXPECT_EQ(read(article_of("<title-group><article-title>Coffee and sleep</article-title></title-group>", "")).status,
              ArticleStatus::not_assessable);
}

TEST(Jats, ReadsNothingOfATruncatedFileAndSaysWhere) {
    auto const file = article_of("", "<p>Coffee harms the sleep of many people.</p>\n<p>And");
    auto const article = read(file.substr(0, file.find("And") + 3));
    EXPECT_EQ(article.status, ArticleStatus::not_assessable);
    EXPECT_EQ(article.status_reason, "is not well-formed XML: it ends before its elements do (line 6)");
    EXPECT_THAT(article.sentences, IsEmpty());
}

TEST(Jats, RefusesWrongNesting) {
    auto const document = read_jats("<article>\n<body><p><bold>Coffee</p></bold></body></article>");
    EXPECT_EQ(document.broken, "is not well-formed XML: a tag has no counterpart (line 2)");
    EXPECT_THAT(document.blocks, IsEmpty());
}

TEST(Jats, RefusesOtherXml) {
    EXPECT_EQ(read_jats("<recipe><p>Coffee.</p></recipe>").broken, "holds no <article>");
}

TEST(Jats, ExpandsNoEntityOfTheFile) {
    EXPECT_EQ(only_text("<!DOCTYPE article [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><article><body><p>x "
                        "&b; y</p></body>"
                        "</article>"),
              "x &b; y");
}

TEST(Jats, ReadsNoOtherFile) {
    EXPECT_EQ(only_text("<!DOCTYPE article [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><article><body><p>x &e; "
                        "y</p></body></article>"),
              "x &e; y");
}

TEST(Jats, StandsAMillionNestedElements) {
    std::string file = "<article><body><p>Coffee.</p>";
    constexpr int n = 400'000;
    for (int i = 0; i < n; ++i)
        file += "<sec>";
    file += "<p>Deep.</p>";
    for (int i = 0; i < n; ++i)
        file += "</sec>";
    EXPECT_THAT(texts(read_jats(file + "</body></article>")), ElementsAre("Coffee."));
}

TEST(Jats, RefusesMoreMarkupThanItsBound) {
    std::string file = "<article><body>";
    for (int i = 0; i < 3'100'000; ++i)
        file += "<p/>";
    EXPECT_THAT(read_jats(file + "</body></article>").broken, HasSubstr("more than 3000000 tags"));
}

TEST(Jats, ReadsTenMegabytesOfNestedElementsInTime) {
    struct Nest {
        char const* open;
        char const* close;
        int depth;
    };
    std::string text;
    while (text.size() < 10'000'000)
        text += "Nobody paid for this study of tea. ";
    for (auto const& [open, close, depth] :
         {Nest{"<fn>", "</fn>", 390}, Nest{"<sec><title>", "</title></sec>", 190}, Nest{"<ack>", "</ack>", 390},
          Nest{"<funding-group><funding-statement>", "</funding-statement></funding-group>", 190},
          Nest{"<ref><pub-id>", "</pub-id></ref>", 190}, Nest{"<notes>", "</notes>", 390}}) {
        std::string inner = text;
        for (int i = 0; i < depth; ++i)
            inner.insert(0, open).append(close);
        auto const begin = std::chrono::steady_clock::now();
        auto const document = read_jats(article_of("", "<p>Tea is warm.</p>", inner));
        EXPECT_EQ(document.broken, "") << open;
        EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 10.0) << open;
    }
}

TEST(Jats, KnowsAFootnoteByTheLabelItBeginsWith) {
    auto const document = read_jats(
        article_of("", "<p>Tea is warm.</p>",
                   "<fn-group><fn><label>a</label>\n      <p>Thanks.</p></fn><fn><p>\n         Competing interests: "
                   "A. Smith sells tea.</p></fn></fn-group>"));
    EXPECT_EQ(value(document, "conflict_of_interest"), "A. Smith sells tea.");
}

}  // namespace
