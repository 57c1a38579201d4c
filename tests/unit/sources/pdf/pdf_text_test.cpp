#include "dossier/sources/pdf/pdf_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dossier/sources/quote_check.hpp"
#include "dossier/sources/read_article.hpp"

namespace {

using dossier::Article;
using dossier::SentenceRole;
using dossier::sources::Block;
using dossier::sources::BlockKind;
using dossier::sources::Document;
using dossier::sources::PdfPages;
using testing::ElementsAre;

PdfPages pages_of(std::vector<std::string> texts) {
    PdfPages pages;
    pages.pages = std::move(texts);
    return pages;
}

Document read_pages(PdfPages const& pages) {
    return read_pdf_text(text_of(pages), pages);
}

Document read(std::vector<std::string> texts) {
    return read_pages(pages_of(std::move(texts)));
}

/// Text of the blocks that are no furniture.
std::vector<std::string> texts_of(Document const& document) {
    std::vector<std::string> texts;
    for (auto const& block : document.blocks)
        if (!block.furniture) texts.push_back(block.text.text());
    return texts;
}

std::vector<std::string> furniture_of(Document const& document) {
    std::vector<std::string> texts;
    for (auto const& block : document.blocks)
        if (block.furniture) texts.push_back(block.text.text());
    return texts;
}

/// The only block with this text.
Block const& block_with(Document const& document, std::string const& text) {
    static Block const none;
    auto const at = std::find_if(document.blocks.begin(), document.blocks.end(),
                                 [&](Block const& block) { return block.text.text() == text; });
    EXPECT_NE(at, document.blocks.end()) << "no block says: " << text;
    return at == document.blocks.end() ? none : *at;
}

std::string stated(Document const& document, std::string const& key) {
    for (auto const& item : document.metadata)
        if (item.key == key) return item.value;
    return {};
}

Article article_of(PdfPages const& pages) {
    dossier::ReadOptions options;
    options.read_pdf = [&](std::string_view) { return pages; };
    dossier::Diagnostics diagnostics;
    return dossier::read_article("a", "a.pdf", "%PDF-1.7 any", options, diagnostics);
}

// What a page of a journal holds besides its text.
std::string const page_head = "Journal of Evening Drinks 12 (2021) 33-41\n\n";

TEST(PdfText, EndsEveryPageWithAFormFeed) {
    EXPECT_EQ(text_of(pages_of({"One.\n", "Two.\n"})), "One.\n\fTwo.\n\f");
    EXPECT_EQ(text_of(pages_of({})), "");
}

TEST(PdfText, JoinsTheLinesOfAParagraph) {
    EXPECT_THAT(texts_of(read({"We asked forty people how well they\nhad slept, and all of them\nanswered.\n"})),
                ElementsAre("We asked forty people how well they had slept, and all of them answered."));
}

TEST(PdfText, KeepsParagraphsApartThatABlankLineParts) {
    EXPECT_THAT(texts_of(read({"The first paragraph ends here.\n\nThe second paragraph begins here.\n"})),
                ElementsAre("The first paragraph ends here.", "The second paragraph begins here."));
}

TEST(PdfText, EndsAParagraphAtAShortLastLine) {
    auto const texts = texts_of(
        read({"Sleep was measured with a watch on the wrist of everybody\nwho took part in it.\nIn the second week the "
              "watches were read out by two of us,\nwho did not know the groups.\n"}));
    EXPECT_THAT(texts, ElementsAre("Sleep was measured with a watch on the wrist of everybody who took part in it.",
                                   "In the second week the watches were read out by two of us, who did not know the "
                                   "groups."));
}

TEST(PdfText, JoinsAParagraphAcrossTwoPages) {
    auto const document =
        read({"The drink was given to all of them in the\n", "evening of the third day of the week.\n"});
    ASSERT_EQ(document.blocks.size(), 1u);
    EXPECT_EQ(document.blocks[0].text.text(),
              "The drink was given to all of them in the evening of the third day of the week.");
    EXPECT_EQ(document.blocks[0].page, 1u);
}

TEST(PdfText, JoinsAParagraphAcrossHeadsAndNumbers) {
    auto const texts = texts_of(read({page_head + "The drink was given to all of them in the\n33\n",
                                      page_head + "evening of the third day of the week.\n34\n",
                                      page_head + "Nothing else was given to them on that day.\n35\n"}));
    EXPECT_THAT(texts, ElementsAre("The drink was given to all of them in the evening of the third day of the week.",
                                   "Nothing else was given to them on that day."));
}

TEST(PdfText, JoinsAParagraphAroundACaption) {
    auto const document =
        read({"The drink was given to all of them in the\n\nFigure 1. Hours of sleep by group.\n\n"
              "evening of the third day of the week.\n"});
    EXPECT_THAT(texts_of(document),
                ElementsAre("The drink was given to all of them in the evening of the third day of the week.",
                            "Figure 1. Hours of sleep by group."));
    EXPECT_EQ(block_with(document, "Figure 1. Hours of sleep by group.").kind, BlockKind::caption);
}

TEST(PdfText, DoesNotJoinWhatBeginsWithACapital) {
    EXPECT_THAT(texts_of(read({"A line that has no end\n", "Another line that has none either\n"})),
                ElementsAre("A line that has no end", "Another line that has none either"));
}

TEST(PdfText, JoinsABrokenWord) {
    EXPECT_THAT(texts_of(read({"This was an inter-\nnational study of their sleep.\n"})),
                ElementsAre("This was an international study of their sleep."));
    EXPECT_THAT(texts_of(read({"This was an inter\u00AD\nnational study of their sleep.\n"})),
                ElementsAre("This was an international study of their sleep."));
}

TEST(PdfText, JoinsAWordBrokenByTheEndOfAPage) {
    EXPECT_THAT(texts_of(read({"This was an inter-\n", "national study of their sleep.\n"})),
                ElementsAre("This was an international study of their sleep."));
}

TEST(PdfText, KeepsTheHyphenThatTheDocumentWritesElsewhere) {
    EXPECT_THAT(texts_of(read({"A sugar-free drink was given. The sugar-\nfree drink was warm.\n"})),
                ElementsAre("A sugar-free drink was given. The sugar-free drink was warm."));
}

TEST(PdfText, KeepsTheHyphenOfKnownCompoundsAndOfNames) {
    EXPECT_THAT(texts_of(read({"It was a long-\nterm study of COVID-\n19 and of IL-\n6 in all.\n"})),
                ElementsAre("It was a long-term study of COVID-19 and of IL-6 in all."));
}

TEST(PdfText, DropsTheHyphenOfAWordThatStandsWholeElsewhere) {
    EXPECT_THAT(texts_of(read({"The long-\nitude and the longitude were noted down.\n"})),
                ElementsAre("The longitude and the longitude were noted down."));
}

TEST(PdfText, KeepsADashAtTheEndOfALine) {
    EXPECT_THAT(texts_of(read({"The drink -\na warm one - was given to them.\n"})),
                ElementsAre("The drink - a warm one - was given to them."));
}

TEST(PdfText, DropsRunningHeadsThatDifferInTheirNumbers) {
    auto const document = read({"Page head 2021 p. 1\n\nOne is here.\n", "Page head 2021 p. 2\n\nTwo is here.\n",
                                "Page head 2021 p. 3\n\nThree is here.\n"});
    EXPECT_THAT(texts_of(document), ElementsAre("One is here.", "Two is here.", "Three is here."));
    EXPECT_EQ(furniture_of(document).size(), 3u);
}

TEST(PdfText, DropsHeadsThatChangeBetweenLeftAndRightPages) {
    std::vector<std::string> pages;
    for (int i = 1; i <= 8; ++i)
        pages.push_back(
            (i % 2 == 0 ? std::string("A. Smith et al.\n\n") : std::string("Evening drinks and sleep\n\n")) +
            "Paragraph " + std::string(static_cast<std::size_t>(i), 'x') + " says something.\n");
    EXPECT_EQ(furniture_of(read(pages)).size(), 8u);
}

TEST(PdfText, DropsPageNumbersInTheMidstOfTheReadingOrder) {
    auto const texts =
        texts_of(read({"The left column goes on with some words\n1\n\nin the right column of the page.\n",
                       "Another left column ends with a stop.\n2\n\nAnother right column does, too.\n"}));
    EXPECT_THAT(texts, ElementsAre("The left column goes on with some words in the right column of the page.",
                                   "Another left column ends with a stop.", "Another right column does, too."));
}

TEST(PdfText, KeepsNumbersThatCountNoPages) {
    auto const texts = texts_of(read({"Of these\n\n412\n\nwere women.\n", "Of those\n\n97\n\nwere men.\n"}));
    EXPECT_THAT(texts, testing::Contains("412 were women."));
}

TEST(PdfText, KnowsHeadings) {
    auto const document =
        read({"2.1 Participants\nWe asked forty people to take part in it.\n\nRESULTS\n\nAll slept "
              "well in both groups.\n\nDiscussion\n\nThe groups did not differ in anything.\n"});
    for (auto const* const heading : {"2.1 Participants", "RESULTS", "Discussion"})
        EXPECT_EQ(block_with(document, heading).kind, BlockKind::heading);
}

TEST(PdfText, KnowsItems) {
    auto const document =
        read({"They were asked not to\n\u2022 drink coffee in the evening,\n\u2022 sleep in the "
              "afternoon,\n\u2022 read in bed.\n"});
    EXPECT_EQ(block_with(document, "drink coffee in the evening,").kind, BlockKind::list_item);
    EXPECT_EQ(block_with(document, "read in bed.").kind, BlockKind::list_item);
}

TEST(PdfText, TellsACaptionFromASentenceAboutATable) {
    auto const document = read({"Table 2 Hours of sleep\n\nTable 2 shows that both groups slept well in the end.\n"});
    EXPECT_EQ(block_with(document, "Table 2 Hours of sleep").kind, BlockKind::caption);
    EXPECT_EQ(block_with(document, "Table 2 shows that both groups slept well in the end.").kind, BlockKind::paragraph);
}

TEST(PdfText, KeepsCellsOfTablesOutOfTheText) {
    auto const document = read({"12 (30%)\n14 (35%)\n0.42\n7.5 h\n6.9 h\n0.03\n"});
    ASSERT_EQ(document.blocks.size(), 6u);
    for (auto const& block : document.blocks)
        EXPECT_EQ(block.kind, BlockKind::table_cell);
}

TEST(PdfText, TakesTheReferencesForWhatTheArticleRestsOn) {
    auto const document = read(
        {"The groups did not differ.\n\nReferences\n\n1. Smith A. Warm drinks. J Drinks 2019. doi:10.1000/ABC.1\n"
         "2. Doe B. Cold drinks. https://doi.org/10.1000/xyz(2)\n\nAcknowledgements\n\nWe thank all who slept.\n"});
    EXPECT_THAT(document.citation.references, ElementsAre("doi:10.1000/abc.1", "doi:10.1000/xyz(2"));
    EXPECT_THAT(texts_of(document),
                ElementsAre("The groups did not differ.", "Acknowledgements", "We thank all who slept."));
}

TEST(PdfText, LeavesNotesAtTheFootOut) {
    auto const document =
        read({"The drink was given to all of them in the\n\nCorrespondence to: A. Smith, Street 1.\n\n",
              "evening of the third day of the week.\n"});
    EXPECT_THAT(texts_of(document),
                ElementsAre("The drink was given to all of them in the evening of the third day of the week."));
}

TEST(PdfText, TakesTheTitleFromTheDocumentInformation) {
    auto pages = pages_of({"Warm drinks and sleep\n\nAda Smith\n\nWe asked forty people how they slept.\n"});
    pages.title = "Warm drinks and sleep";
    pages.author = "Ada Smith";
    pages.created = "2021-03-04";
    auto const document = read_pages(pages);
    EXPECT_EQ(stated(document, "title"), "Warm drinks and sleep");
    EXPECT_EQ(stated(document, "author"), "Ada Smith");
    EXPECT_EQ(stated(document, "published"), "2021-03-04");
    EXPECT_TRUE(document.blocks[0].title);
}

TEST(PdfText, PassesOverTitlesThatProgramsPutThere) {
    for (auto const* const title : {"Microsoft Word - Draft 3.docx", "untitled", "drinks_final.indd", "jdr-2021_0042",
                                    "PII: S0000-1", "Layout 1"}) {
        auto pages = pages_of({"Warm drinks and sleep\n\nWe asked forty people how they slept.\n"});
        pages.title = title;
        EXPECT_EQ(stated(read_pages(pages), "title"), "Warm drinks and sleep") << title;
    }
}

TEST(PdfText, PassesOverLogInNames) {
    for (auto const* const name : {"admin", "asmith2", "anonymous", "Microsoft Office User"}) {
        auto pages = pages_of({"We asked forty people how they slept.\n"});
        pages.author = name;
        EXPECT_EQ(stated(read_pages(pages), "author"), "") << name;
    }
}

TEST(PdfText, FindsTheTitleBelowTheJournalsHead) {
    auto const document =
        read({"Original Article\n\nJ Drinks, ISSN 0000-0001, doi:10.1000/jd.5\n\nWarm drinks in the "
              "evening\nand the sleep of students\nAda Smith and Bob Doe\n\nAbstract\n\nWe asked forty "
              "people how they slept.\n"});
    EXPECT_EQ(stated(document, "title"), "Warm drinks in the evening and the sleep of students");
    EXPECT_EQ(stated(document, "doi"), "10.1000/jd.5");
}

TEST(PdfText, PrefersTheDateOfPublicationToThatOfTheFile) {
    auto pages = pages_of({"Published online: 4 March 2021\n\nWe asked forty people how they slept.\n"});
    pages.created = "2022-01-01";
    EXPECT_EQ(stated(read_pages(pages), "published"), "2021-03-04");
}

TEST(PdfText, SaysWhenManyPagesHoldNoText) {
    EXPECT_THAT(read({"One.\n", "", "", "Two.\n"}).troubles,
                ElementsAre("2 of 4 pages hold no text (scans without text recognition, or blank)"));
    EXPECT_TRUE(read({"One.\n", "Two.\n"}).troubles.empty());
}

TEST(PdfText, CountsLinesWithinTheirPage) {
    auto const article =
        article_of(pages_of({"The first page has one sentence only, which is this one.\n",
                             "The second page has two of them in all.\n\nThis is the second of its two "
                             "sentences here.\n"}));
    ASSERT_EQ(article.sentences.size(), 3u);
    EXPECT_EQ(article.sentences[0].page, 1u);
    EXPECT_EQ(article.sentences[0].line, 1u);
    EXPECT_EQ(article.sentences[1].page, 2u);
    EXPECT_EQ(article.sentences[1].line, 1u);
    EXPECT_EQ(article.sentences[2].page, 2u);
    EXPECT_EQ(article.sentences[2].line, 3u);
}

TEST(PdfText, ASentenceStandsOnThePageItBeginsOn) {
    auto const article = article_of(pages_of({"All of them slept well. The drink was given to all of them in the\n",
                                              "evening of the third day. Nothing else was given to them that day.\n"}));
    ASSERT_EQ(article.sentences.size(), 3u);
    EXPECT_EQ(article.sentences[1].text, "The drink was given to all of them in the evening of the third day.");
    EXPECT_EQ(article.sentences[1].page, 1u);
    EXPECT_EQ(article.sentences[2].page, 2u);
    EXPECT_EQ(article.sentences[2].line, 1u);
}

TEST(PdfText, EverySentenceStandsWhereItsBytesSay) {
    auto const pages =
        pages_of({page_head + "Warm drinks and sleep\nAda Smith\n\nAbstract\n\nThis was an inter-\nnational "
                              "study of the\n\nFigure 1. Hours of sleep.\n\n1\n",
                  page_head + "sleep of forty students. They slept well.\n\n\u2022 One item here.\n2\n"});
    dossier::sources::PdfReader const reader = [&](std::string_view) { return pages; };
    auto const article = article_of(pages);
    dossier::ArticleInput input;
    input.path = "a.pdf", input.bytes = "%PDF-1.7 any", input.format = dossier::sources::Format::pdf;
    dossier::QuoteChecker const checker(input, reader);
    EXPECT_GE(article.sentences.size(), 6u);
    for (auto const& sentence : article.sentences)
        EXPECT_TRUE(checker.stands(sentence.bytes, sentence.text)) << sentence.text;
}

TEST(PdfText, AReaderThatAnswersWithAProblemMakesTheArticleNotAssessable) {
    PdfPages pages;
    pages.problem = "is encrypted and opens with a password only";
    auto const article = article_of(pages);
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    EXPECT_EQ(article.status_reason, pages.problem);
    EXPECT_TRUE(article.sentences.empty());
}

TEST(PdfText, TakesTenThousandPagesInLinearTime) {
    std::vector<std::string> pages;
    for (int i = 0; i < 10'000; ++i)
        pages.push_back("Head of the page " + std::to_string(i) +
                        "\n\nThe line goes on and on with more and\nmore words "
                        "until the page is over and\n" +
                        std::to_string(i) + "\n");
    EXPECT_GE(read(pages).blocks.size(), 20'000u);
}

// --- lines of the text that come again ---

std::string const chorus_begin = "Hello, this is a line of a text that was made to fill the page, and it\n";
std::string const chorus = chorus_begin +
                           "goes on for some lines so that there is a paragraph. Nothing is said in\n"
                           "it that was not said before.\n";

TEST(PdfText, KeepsALineThatBeginsManyParagraphs) {
    std::vector<std::string> pages;
    for (std::string const heading : {"Foo", "Bar", "Baz", "Moss", "Fern"})
        pages.push_back(heading + "\n\n" + chorus + "\n" + chorus + "\nTen\n\n" + chorus);
    auto const document = read(pages);
    EXPECT_THAT(furniture_of(document), ElementsAre());
    for (auto const& text : texts_of(document))
        EXPECT_TRUE(text.size() < 5 || text.starts_with("Hello, this is a line of a text")) << text;
}

TEST(PdfText, KeepsALineInTheMidstOfAParagraphThatComesAtThreePageTops) {
    std::vector<std::string> pages;
    for (int i = 0; i < 3; ++i)
        pages.push_back(
            "drank the tea that was put before them in the evening of each day, and they\n"
            "slept well.\n\nOn day " +
            std::string(1, static_cast<char>('a' + i)) + " we asked the nurses of the ward once more whether they\n");
    EXPECT_THAT(furniture_of(read(pages)), ElementsAre());
}

TEST(PdfText, StillDropsAHeadAboveALineThatGoesOn) {
    auto const document = read({"Evening drinks\nThe drink was given to all of them in the\n",
                                "Evening drinks\nevening of the third day of the week, and to the\n",
                                "Evening drinks\nothers on the fourth day of the week.\n"});
    EXPECT_THAT(furniture_of(document), ElementsAre("Evening drinks", "Evening drinks", "Evening drinks"));
    EXPECT_THAT(texts_of(document),
                ElementsAre("The drink was given to all of them in the evening of the third day of the "
                            "week, and to the others on the fourth day of the week."));
}

TEST(PdfText, DoesNotJoinAHeadingWithTheRestOfASentence) {
    EXPECT_THAT(texts_of(read({"Foo\n\nprinted text will look like this at this place, and nobody knows why.\n"})),
                ElementsAre("Foo", "printed text will look like this at this place, and nobody knows why."));
}

}  // namespace
