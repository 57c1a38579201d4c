// Pages and captures: what is the article, what stands around it, and what the page says of itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/quote_check.hpp"

namespace {

using dossier::Article;

std::string const first = "Forty adults drank a cup of tea every evening for six weeks, and most of them slept better.";
std::string const second =
    "The authors say that a larger trial is needed before anyone should be told to drink more tea.";
std::string const third =
    "Sleep was measured with a wristband, and neither the adults nor the nurses knew who had tea.";

std::string paragraph(std::string_view text) {
    return "<p>" + std::string(text) + "</p>\n";
}

Article page(std::string const& body, std::string const& head = {}) {
    return corpus::read("page.html", "<html lang=en><head>" + head + "</head><body>" + body + "</body></html>");
}

std::string role_of(Article const& article, std::string_view text) {
    auto const found = std::find_if(article.sentences.begin(), article.sentences.end(), [&](auto const& sentence) {
        return sentence.text.find(text) != std::string::npos;
    });
    return found == article.sentences.end() ? "absent" : name_of(found->role);
}

TEST(PageText, LeavesOutRowsOfCardsThatAnnounceOtherArticles) {
    std::string cards;
    for (std::string const name : {"kettle", "teapot", "samovar"})
        cards += "<div class=\"item item-" + name + "\"><h3><a href=/" + name + ">How to choose a good " + name +
                 "</a></h3><span>A " + name +
                 " should last for years, and this one has done so in our kitchen.</span></div>";
    auto const article =
        page("<div id=a>" + paragraph(first) + paragraph(second) + "</div><div id=b>" + cards + "</div>" +
             paragraph(third + ' ' + first + ' ' + third + " It was long. " + second + ' ' + third));
    EXPECT_EQ(role_of(article, "Forty adults"), "statement");
    EXPECT_EQ(role_of(article, "A teapot should last"), "boilerplate");
}

TEST(PageText, KeepsAParagraphThatIsMostlyLinks) {
    auto const article =
        page(paragraph("<a href=1>A New York court has decided that tea</a> may be <a href=2>sold as a "
                       "remedy for sleep</a>, in spite of the state.") +
             paragraph(first) + paragraph("<a href=3>Read all of our articles on tea and on sleep here.</a>"));
    EXPECT_EQ(role_of(article, "A New York court"), "statement");
    EXPECT_EQ(role_of(article, "Read all of our"), "boilerplate");
}

TEST(PageText, KeepsLinesThatComeAgainAndOneCopyOfAPullQuote) {
    auto const article = page(paragraph(first) + "<h2>Monday</h2>" + paragraph("Serves four people in all.") +
                              "<blockquote>" + second + "</blockquote>" + paragraph(second) + "<h2>Tuesday</h2>" +
                              paragraph("Serves four people in all.") + paragraph(third));
    EXPECT_EQ(std::count_if(article.sentences.begin(), article.sentences.end(),
                            [](auto const& s) { return may_be_quoted(s.role) && s.text.starts_with("Serves four"); }),
              2);
    EXPECT_EQ(std::count_if(article.sentences.begin(), article.sentences.end(),
                            [](auto const& s) { return may_be_quoted(s.role) && s.text == second; }),
              1);
}

TEST(PageText, KeepsShortParagraphsWhereEachHasTheNameOfTheArticlesText) {
    auto const named = [](std::string_view text) {
        return "<p class=\"pw-post-body-paragraph\">" + std::string(text) + "</p>";
    };
    auto const article = page("<div>" + named("For ten years I believed in tea.") + named(first) + named("It failed.") +
                              named(second) + "</div><div><a href=/x>More stories like this one</a></div>");
    EXPECT_EQ(role_of(article, "For ten years"), "statement");
    EXPECT_EQ(role_of(article, "It failed."), "statement");
    EXPECT_EQ(role_of(article, "More stories"), "boilerplate");
}

TEST(PageText, GoesOnBelowAnAppealInABoxOfItsOwn) {
    auto const article =
        page("<main>" + paragraph(first) + paragraph(third) + paragraph(second) +
             "<div><h4>Subscribe</h4><span>Stay smart with our writers, every week.</span></div>" +
             paragraph("It cannot be ruled out that those who drank tea also went to bed earlier.") + "</main>");
    EXPECT_EQ(role_of(article, "Stay smart"), "boilerplate");
    EXPECT_EQ(role_of(article, "It cannot be ruled out"), "statement");
}

TEST(PageText, TakesCaptionsByTheirClassForFragments) {
    auto const article =
        page(paragraph(first) +
             "<div class=photo-caption>A cup of green tea stands on a table in the sun of an afternoon.</div>" +
             paragraph(second) + paragraph(third));
    EXPECT_EQ(role_of(article, "A cup of green tea"), "fragment");
}

TEST(PageText, LeavesOutWhatIsSaidOfTheAuthor) {
    auto const article = page(paragraph(first) + paragraph(second) + paragraph(third) +
                                  paragraph("Ada Smith is a writer who lives in Leeds with her two dogs."),
                              "<meta name=author content=\"Ada Smith\">");
    EXPECT_EQ(role_of(article, "Ada Smith is a writer"), "boilerplate");
}

TEST(PageText, ReadsLinesThatBreaksPartAsItemsAndWrappedLinesAsOne) {
    auto const list =
        page(paragraph(first) + "<p>2 cups of black tea<br>1 spoon of honey<br>Half a lemon</p>" + paragraph(second));
    EXPECT_EQ(role_of(list, "1 spoon of honey"), "list_item");
    auto const wrapped = page(paragraph("Forty adults drank a cup<br>of tea every evening<br>for six weeks in all.") +
                              paragraph(second));
    EXPECT_EQ(role_of(wrapped, "Forty adults drank a cup of tea every evening for six weeks in all."), "statement");
}

TEST(PageText, HasNoHeadingsAboveOrBelowTheArticle) {
    auto const article = page("<h2>Tea news</h2><p>Monday, 3 March 2021</p><h2>What they did</h2>" + paragraph(first) +
                              paragraph(second) + paragraph(third) + "<h3>Our best stories</h3>");
    EXPECT_EQ(role_of(article, "Tea news"), "fragment");
    EXPECT_EQ(role_of(article, "What they did"), "heading");
    EXPECT_EQ(role_of(article, "Our best stories"), "boilerplate");
}

TEST(PageMetadata, TakesTheBylineFromTheElementThatSaysSo) {
    for (auto const& [markup, name] : std::vector<std::pair<std::string, std::string>>{
             {"<div class=byline>By <a href=/ada rel=author>Ada Smith</a></div>", "Ada Smith"},
             {"<span itemprop=\"author creator\"><a itemprop=url href=/a><b itemprop=name>Ada Smith</b></a> | 3 "
              "March</span>",
              "Ada Smith"},
             {"<p class=article__author>By\n\t Ada Smith and Ben Low </p>", "Ada Smith and Ben Low"},
             {"<p class=byline><span>by</span><a href=/author/ada>Ada Smith</a><span>22 Dec 2016</span></p>",
              "Ada Smith"},
             {"<p class=byline><span>By</span><b>Ada Smith</b><span>Monday, March 4, 2021</span></p>", "Ada Smith"},
             {"<p class=byline>By <a rel=author>Ada Smith</a> and <a rel=author>Ben Low</a></p>",
              "Ada Smith and Ben Low"},
             {"<p class=byline>By Ada Smith, Staff Writer</p>", "Ada Smith"},
             {"<p class=byline>By Ada Smith, MD</p>", "Ada Smith, MD"},
             {"<p class=byline>Article by</p>", ""},
             {"<p class=comment-form-author>Your Name</p>", ""},
             {"<p class=byline>Sign up for our newsletter</p>", ""}})
        EXPECT_EQ(page(markup + paragraph(first) + paragraph(second)).author.value, name) << markup;
}

TEST(PageMetadata, FindsTheNameOfAnAuthorWhoIsStatedElsewhereInJsonLd) {
    auto const author = [](std::string const& stated) {
        return page(paragraph(first),
                    "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"Article\",\"author\":" + stated +
                        "},{\"@type\":\"Person\",\"@id\":\"#ada\",\"name\":\"Ada Smith\"}]}</script>")
            .author.value;
    };
    EXPECT_EQ(author("{\"@id\":\"#ada\"}"), "Ada Smith");
    EXPECT_EQ(author("[{\"@id\":\"#ada\"},{\"name\":\"Ben Low\"}]"), "Ada Smith, Ben Low");
    EXPECT_EQ(author("{\"givenName\":\"Ben\",\"familyName\":\"Low\"}"), "Ben Low");
    EXPECT_EQ(author("{\"@id\":\"#ben\"}"), "");
}

TEST(PageMetadata, TakesTheFieldThatALabelCallsTheAuthor) {
    EXPECT_EQ(page(paragraph(first),
                   "<meta name=\"twitter:label1\" content=\"Written by\"><meta name=\"twitter:data1\" "
                   "content=\"Ada Smith\"><meta name=\"twitter:creator\" content=\"@ada\">")
                  .author.value,
              "Ada Smith");
    EXPECT_EQ(page(paragraph(first),
                   "<meta name=\"twitter:label1\" content=\"Reading time\"><meta name=\"twitter:data1\" "
                   "content=\"3 minutes\">")
                  .author.value,
              "");
}

TEST(PageMetadata, TakesTheSiteForTheAuthorOnlyWhereNobodyIsNamed) {
    std::string const site =
        "<meta property=\"og:site_name\" content=\"The Leaf\"><meta name=author content=\"The Leaf\">";
    EXPECT_EQ(page(paragraph(first), site).author.value, "The Leaf");
    EXPECT_EQ(page("<p class=byline>By Ada Smith</p>" + paragraph(first), site).author.value, "Ada Smith");
    EXPECT_EQ(
        page("<p class=byline>By Ada Smith</p>" + paragraph(first), "<meta name=author content=admin>").author.value,
        "Ada Smith");
}

TEST(PageMetadata, KeepsATitleThatIsThePagesHeadingInFull) {
    EXPECT_EQ(page("<h1>Tea at night \u2013 good or bad?</h1>" + paragraph(first),
                   "<meta property=\"og:title\" content=\"Tea at night \u2013 good or bad?\">")
                  .title.value,
              "Tea at night \u2013 good or bad?");
}

TEST(PageMetadata, LeavesOutAddressesOfAuthors) {
    EXPECT_EQ(page(paragraph(first), "<meta name=author content=\"Ada Smith (https://a.example/ada)\">").author.value,
              "Ada Smith");
    EXPECT_EQ(page(paragraph(first), "<meta name=author content=\"https://a.example/ada\">").author.value, "");
}

TEST(PageMetadata, ReadsPropertiesThatListSeveralNames) {
    auto const article = page(paragraph(first), "<meta property=\"x:title dc:title\" content=\"Tea and sleep\">");
    EXPECT_EQ(article.title.value, "Tea and sleep");
    EXPECT_EQ(article.title.origin, "meta dc:title");
}

TEST(PageMetadata, PassesOverAHeadlineThatTheTitleElementDoesNotKnow) {
    auto const article = page(paragraph(first),
                              "<title>List of teas of the world - Pedia</title><script type=application/ld+json>"
                              "{\"@type\":\"Article\",\"name\":\"List of teas of the world\",\"headline\":\"article in "
                              "a project\"}</script>");
    EXPECT_EQ(article.title.value, "List of teas of the world");
}

TEST(CaptureTitles, ShareWordsWithTheTextBelowMenusThatComeTwice) {
    std::string menu;
    for (std::string const item :
         {"World", "Business", "Letters and opinion pages", "Weather", "Kitchen and garden shop"})
        menu += item + "\n";
    auto const article =
        corpus::read("page.txt", "The Leaf\n" + menu + "Facebook Twitter LinkedIn\nHome > Health > Tea\n" +
                                     "Tea in the evening and better sleep of adults\nBy Ada Smith\n" + first + "\n" +
                                     second + "\n" + third + "\nFacebook Twitter LinkedIn\n" + menu);
    EXPECT_EQ(article.title.value, "Tea in the evening and better sleep of adults");
}

TEST(CaptureText, BeginsWithAShortSentenceBelowTheTitle) {
    auto const article = corpus::read("page.txt", "Tea in the evening and better sleep\nUnlike coffee, tea is mild.\n" +
                                                      first + "\n" + second + "\n");
    EXPECT_EQ(role_of(article, "Unlike coffee"), "statement");
}

TEST(CaptureText, LeavesOutBannersByWhichAGovernmentTellsItsWebsitesApart) {
    auto const article = corpus::read("page.txt",
                                      "An official website of the United States government\nHere's how you know\n"
                                      "Official websites use .gov\nA .gov website belongs to an official government "
                                      "organization in the United States.\nSecure .gov websites use HTTPS\nA lock or "
                                      "https:// means you have safely connected to the .gov website. Share sensitive "
                                      "information only on official, secure websites.\n\nTea and sleep\n\n" +
                                          first + " " + second + "\n\n" + third +
                                          " The government's website says that tea is safe for most adults.\n");
    EXPECT_EQ(article.title.value, "Tea and sleep");
    for (auto const* const text : {"A .gov website belongs", "A lock or https", "Share sensitive information"})
        EXPECT_EQ(role_of(article, text), "boilerplate") << text;
    EXPECT_EQ(role_of(article, "The government's website"), "statement");
}

TEST(FrontMatter, DecodesQuotedValues) {
    auto const article = corpus::read("a.md",
                                      "---\ntitle: \"Tea \\\"works\\\" in a caf\\u00e9\"\n"
                                      "author: [\"Smith, Ada\", 'O''Neil']\npublisher: C:\\\\tea\n---\n" +
                                          first + "\n");
    EXPECT_EQ(article.title.value, "Tea \"works\" in a caf\u00e9");
    EXPECT_EQ(article.author.value, "Smith, Ada, O'Neil");
    EXPECT_EQ(article.publisher.value, "C:\\\\tea") << "unquoted values have no escapes";
}

TEST(Markdown, HasItsBlocksInFileOrderWhenAPictureStandsFirst) {
    auto const document = dossier::sources::read_markdown("![A cup](cup.png) of tea\n");
    ASSERT_EQ(document.blocks.size(), 2u);
    EXPECT_LT(document.blocks[0].text.origin_begin(0), document.blocks[1].text.origin_begin(0));
}

TEST(PageText, StandsAtItsBytesWhereLinesAndLinksAreTakenApart) {
    std::string const bytes =
        "<p>Caf&eacute; &amp; tea<br><a href=x>Two &lt; three</a><br>Four <b>or</b> five cups</p>" + paragraph(first);
    auto const article = corpus::read("page.html", bytes);
    dossier::QuoteChecker const checker("page.html", bytes);
    for (auto const& sentence : article.sentences)
        EXPECT_TRUE(checker.stands(sentence.bytes, sentence.text)) << sentence.text;
    EXPECT_NE(role_of(article, "Caf\u00e9 & tea"), "absent");
}

}  // namespace
