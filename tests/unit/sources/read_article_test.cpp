#include "dossier/sources/read_article.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "corpus.hpp"

namespace {

using dossier::Article;
using dossier::ArticleStatus;
using dossier::Diagnostics;
using dossier::ReadOptions;
using dossier::Sentence;
using dossier::SentenceRole;
using dossier::Severity;
using testing::HasSubstr;

std::string const english =
    "Drinking tea every day is a habit of many people, and it may protect the heart. "
    "A large survey found that those who drank three cups had fewer strokes than those who did not.\n";

Sentence const* find(Article const& article, std::string_view text) {
    auto const found = std::find_if(article.sentences.begin(), article.sentences.end(),
                                    [&](Sentence const& s) { return s.text.find(text) != std::string::npos; });
    return found == article.sentences.end() ? nullptr : &*found;
}

std::string role_of(Article const& article, std::string_view text) {
    auto const* sentence = find(article, text);
    return sentence ? name_of(sentence->role) : "absent";
}

std::string codes(Diagnostics const& diagnostics) {
    std::string all;
    for (auto const& item : diagnostics.items())
        all += item.code + " ";
    return all;
}

// --- what cannot be assessed ---

struct Unusable {
    std::string name, path, bytes, code, reason;
};

class UnusableFiles : public testing::TestWithParam<Unusable> {};

TEST_P(UnusableFiles, AreNotAssessableAndSaySoOnce) {
    auto const& file = GetParam();
    Diagnostics diagnostics;
    auto const article = corpus::read(file.path, file.bytes, &diagnostics);
    EXPECT_EQ(article.status, ArticleStatus::not_assessable);
    EXPECT_THAT(article.status_reason, HasSubstr(file.reason));
    ASSERT_EQ(diagnostics.items().size(), 1u) << codes(diagnostics);
    EXPECT_EQ(diagnostics.items()[0].code, file.code);
    EXPECT_EQ(diagnostics.items()[0].severity, Severity::warning);
    EXPECT_EQ(diagnostics.items()[0].place.file, file.path);
    EXPECT_THAT(diagnostics.items()[0].message, HasSubstr(file.reason));
}

INSTANTIATE_TEST_SUITE_P(
    Sources, UnusableFiles,
    testing::Values(
        Unusable{"Empty", "a.txt", "", "DOS0303", "is empty"},
        Unusable{"White", "a.md", " \n\t\n", "DOS0303", "is empty but for white space"},
        Unusable{"Pdf", "a.txt", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "DOS0304", "a PDF document"},
        Unusable{"Zip", "a.html", std::string("PK\x03\x04\x14\0\0\0", 8), "DOS0304", "a ZIP archive"},
        Unusable{"Image", "a.txt", "\x89PNG\r\n\x1A\n", "DOS0304", "a PNG image"},
        Unusable{"Nulls", "a.txt", std::string(64, '\0') + "text", "DOS0304", "NUL bytes"},
        Unusable{"Controls", "a.txt", std::string(40, '\x01') + "some text", "DOS0304", "control characters"},
        Unusable{"NoText", "a.html", "<html><body><nav><a href=x>Home</a></nav></body></html>", "DOS0307",
                 "no usable text"},
        Unusable{
            "German", "a.txt",
            "Der Tee ist f\u00FCr viele Menschen ein Teil des Lebens, und er wird auch nicht nur am Morgen getrunken. "
            "Die Forscher haben mit einer gro\u00DFen Studie gezeigt, dass er gut f\u00FCr das Herz sein kann.\n",
            "DOS0306", "is written in German (de), this version reads English"},
        Unusable{
            "French", "a.md",
            "Le th\u00E9 est une boisson qui est bue par des millions de personnes dans le monde, et il ne contient "
            "pas "
            "de sucre. Les chercheurs ont montr\u00E9 que cette boisson est bonne pour le coeur avec une \u00E9tude.\n",
            "DOS0306", "French (fr)"},
        Unusable{"Russian", "a.txt",
                 "\u042D\u0442\u043E \u043F\u0440\u043E\u0441\u0442\u043E\u0439 \u0442\u0435\u043A\u0441\u0442 \u043E "
                 "\u0447\u0430\u0435, \u043A\u043E\u0442\u043E\u0440\u044B\u0439 \u043F\u044C\u044E\u0442 "
                 "\u043C\u043D\u043E\u0433\u0438\u0435 \u043B\u044E\u0434\u0438 \u0432 \u043C\u0438\u0440\u0435.\n",
                 "DOS0306", "Russian (ru)"},
        Unusable{"Paywall", "a.txt", "Tea and the heart\n\n" + english + "\nSubscribe to continue reading\n", "DOS0308",
                 "paywall"},
        Unusable{"Cookies", "a.html",
                 "<p>We use cookies and similar techniques to give you the best experience.</p><p>You can change your "
                 "choice "
                 "at any time in the settings of this page.</p><button>Accept all</button>",
                 "DOS0308", "cookie or access dialog"}),
    [](auto const& file) { return file.param.name; });

TEST(ReadArticle, RefusesAFileBeyondItsLimitWithoutReadingIt) {
    Diagnostics diagnostics;
    ReadOptions options;
    options.max_bytes = 100;
    auto const article = corpus::read("a.txt", english, &diagnostics, options);
    EXPECT_EQ(article.status, ArticleStatus::not_assessable);
    EXPECT_EQ(codes(diagnostics), "DOS0302 ");
    EXPECT_THAT(article.status_reason, HasSubstr("limit 100 bytes"));
}

TEST(ReadArticle, RefusesMoreSentencesThanItsLimit) {
    Diagnostics diagnostics;
    ReadOptions options;
    options.max_sentences = 1;
    EXPECT_EQ(corpus::read("a.txt", english, &diagnostics, options).status, ArticleStatus::not_assessable);
    EXPECT_EQ(codes(diagnostics), "DOS0309 ");
}

TEST(ReadArticle, SaysThatAFileIsMissing) {
    Diagnostics diagnostics;
    auto const article = dossier::read_article_file("gone", testing::TempDir(), "no/such/file.txt", {}, diagnostics);
    EXPECT_EQ(article.status, ArticleStatus::not_assessable);
    EXPECT_EQ(article.status_reason, "does not exist");
    EXPECT_EQ(codes(diagnostics), "DOS0301 ");
    EXPECT_EQ(diagnostics.items()[0].place.file, "no/such/file.txt");
}

TEST(ReadArticle, KeepsShortTextAssessableWithoutALanguage) {
    Diagnostics diagnostics;
    auto const article = corpus::read("a.txt", "Tea lowers blood pressure in most adults.\n", &diagnostics);
    EXPECT_EQ(article.status, ArticleStatus::ok);
    EXPECT_EQ(article.language, "");
    EXPECT_EQ(role_of(article, "Tea lowers"), "statement");
    EXPECT_TRUE(diagnostics.empty());
}

TEST(ReadArticle, StaysEnglishWithForeignFurniture) {
    auto const article = corpus::read(
        "a.txt", english + "\nComentarios\n\nAgrega una calificaci\u00F3n\n\nA\u00FAn no hay calificaciones.\n");
    EXPECT_EQ(article.language, "en");
    EXPECT_EQ(article.status, ArticleStatus::ok);
    EXPECT_EQ(role_of(article, "no hay"), "boilerplate");
}

TEST(ReadArticle, ReadsUndecodableBytesAndNamesTheFirstLine) {
    Diagnostics diagnostics;
    auto const article = corpus::read(
        "a.txt",
        english +
            "\nSomebody dropped caf\xC3\xA9 here, na\xC3\xAFve as he was, and left a \xFF byte in this line of it.\n",
        &diagnostics);
    EXPECT_EQ(article.encoding, "UTF-8");
    EXPECT_EQ(article.status, ArticleStatus::ok);
    ASSERT_EQ(codes(diagnostics), "DOS0305 ");
    EXPECT_EQ(diagnostics.items()[0].place.line, 3u);
    EXPECT_THAT(find(article, "byte in this line")->text, HasSubstr("a \uFFFD byte"));
}

TEST(ReadArticle, ChoosesTheFormatByExtensionThenByContent) {
    EXPECT_EQ(corpus::read("a.TXT", "<p>x</p>").format, "text");
    EXPECT_EQ(corpus::read("a.markdown", english).format, "markdown");
    EXPECT_EQ(corpus::read("a.xhtml", english).format, "html");
    EXPECT_EQ(corpus::read("a", "<!DOCTYPE html><p>x").format, "html");
    EXPECT_EQ(corpus::read("a.page", english).format, "text");
}

// --- truncation ---

TEST(ReadArticle, NoticesATextThatBreaksOff) {
    Diagnostics diagnostics;
    auto const article = corpus::read("a.txt",
                                      english +
                                          "\nPeople who drink a lot of it, which is to say more than eight cups on "
                                          "each and every day of the week, may also have\n",
                                      &diagnostics);
    EXPECT_TRUE(article.truncated);
    EXPECT_EQ(article.status, ArticleStatus::ok);
    EXPECT_EQ(codes(diagnostics), "DOS0310 ");
    EXPECT_EQ(role_of(article, "may also have"), "fragment");
    EXPECT_FALSE(corpus::read("a.txt", english).truncated);
}

TEST(ReadArticle, NoticesACaptureThatWasShortened) {
    auto const article =
        corpus::read("a.txt", english +
                                  "\nResearchers also looked at coffee. They compared people who drank it with those "
                                  "who never did and saw [\u2026]\n\nLeave a Reply\n");
    EXPECT_TRUE(article.truncated);
    EXPECT_EQ(role_of(article, "looked at coffee"), "statement");
    EXPECT_EQ(role_of(article, "never did"), "fragment");
}

// --- roles in captured text ---

std::string const captured =
    "Skip to main content\n\nTea and the heart: what is known\n\nBy Ada Smith, RN\n\nUpdated: Feb 17\n\n" + english +
    "\nRead Also: Coffee Keeps You Awake at Night, a Study Says\n\nDoes tea help everybody?\n\nNo, it does not help "
    "everybody who drinks it.\n\nWhat to expect\n\nMost people feel nothing at all. Would they notice? Few do, and "
    "that is "
    "normal for them.\n\n  \u2022 Warm hands\n  \u2022 A calm mind in the morning\n\n> Tea is the best drink there "
    "is.\n\n"
    "Recent Posts\n\nTen Teas to Try This Year\n\nWhy We Love Milk\n\nLeave a Reply\n\nYour email address will not be "
    "published. Required fields are marked *\n\nJoin our newsletter for tips about tea and other warm drinks.\n";

TEST(CapturedText, GivesEachLineItsRole) {
    auto const article = corpus::read("a.txt", captured);
    EXPECT_EQ(role_of(article, "Skip to main"), "boilerplate");
    EXPECT_EQ(role_of(article, "what is known"), "title");
    EXPECT_EQ(role_of(article, "By Ada Smith"), "fragment");
    EXPECT_EQ(role_of(article, "Updated: Feb 17"), "boilerplate");
    EXPECT_EQ(role_of(article, "fewer strokes"), "statement");
    EXPECT_EQ(role_of(article, "Read Also"), "boilerplate");
    EXPECT_EQ(role_of(article, "Does tea help everybody?"), "heading");
    EXPECT_EQ(role_of(article, "No, it does not help"), "statement");
    EXPECT_EQ(role_of(article, "What to expect"), "heading");
    EXPECT_EQ(role_of(article, "Would they notice?"), "question");
    EXPECT_EQ(role_of(article, "Few do, and"), "statement");
    EXPECT_EQ(role_of(article, "Warm hands"), "list_item");
    EXPECT_EQ(role_of(article, "the best drink"), "quotation");
    EXPECT_EQ(role_of(article, "Ten Teas"), "boilerplate");
    EXPECT_EQ(role_of(article, "Why We Love"), "boilerplate");
    EXPECT_EQ(role_of(article, "email address"), "boilerplate");
    EXPECT_EQ(role_of(article, "newsletter"), "boilerplate");
}

TEST(CapturedText, KnowsTheHeadingAboveAndTheLine) {
    auto const article = corpus::read("a.txt", captured);
    EXPECT_EQ(find(article, "No, it does")->heading, "Does tea help everybody?");
    EXPECT_EQ(find(article, "Warm hands")->heading, "What to expect");
    EXPECT_EQ(find(article, "fewer strokes")->line, 9u);
    EXPECT_EQ(find(article, "fewer strokes")->paragraph, find(article, "Drinking tea")->paragraph);
    EXPECT_NE(find(article, "Warm hands")->paragraph, find(article, "calm mind")->paragraph);
}

TEST(CapturedText, HasTheMetadataThatIsStated) {
    auto const article = corpus::read("a.txt", captured);
    EXPECT_EQ(article.title.value, "Tea and the heart: what is known");
    EXPECT_TRUE(article.title.proposed);
    EXPECT_EQ(article.author.value, "Ada Smith, RN");
    EXPECT_EQ(article.published.value, "") << "a day without its year is no date";
}

TEST(CapturedText, HasNoTitleWhereTheFirstLineIsAByline) {
    auto const article = corpus::read("a.txt", "By Ada Smith\n\n" + english + "\nWhat to expect\n\n" + english);
    EXPECT_EQ(article.title.value, "");
    EXPECT_EQ(article.author.value, "Ada Smith");
}

TEST(CapturedText, TakesTheDayBehindANameForNoPartOfIt) {
    auto const author = [](std::string const& line) {
        return corpus::read("a.txt", "Tea is good for you\n\n" + line + "\n\n" + english).author.value;
    };
    EXPECT_EQ(author("By Ada Smith, 4 May 2023"), "Ada Smith");
    EXPECT_EQ(author("By Ada Smith, May 4, 2023"), "Ada Smith");
    EXPECT_EQ(author("By Ada Smith, 2023-05-04"), "Ada Smith");
    EXPECT_EQ(author("By Ada Smith and Ben Low, 4 May 2023"), "Ada Smith and Ben Low");
    EXPECT_EQ(author("By Monday, 4 May 2023"), "");
    EXPECT_EQ(author("By Week 12, 40 adults"), "");
}

TEST(CapturedText, PrefersARepeatedLineForItsTitle) {
    auto const article = corpus::read(
        "a.txt",
        "The best paper of the whole county\n\nPost: Tea is good for you\n\nTea is good for you\n\n" + english);
    EXPECT_EQ(article.title.value, "Tea is good for you");
    EXPECT_EQ(role_of(article, "whole county"), "boilerplate");
    EXPECT_EQ(role_of(article, "Post: Tea"), "title");
}

TEST(CapturedText, JoinsHardWrappedLines) {
    auto const article = corpus::read("a.txt",
                                      "Tea has been drunk for thousands of years and is now the second most\nwidely "
                                      "drunk beverage on the whole planet after "
                                      "plain water, which is\nhard to beat. Many believe that it protects the heart "
                                      "and the blood\nvessels of those who "
                                      "drink it often enough.\n");
    EXPECT_EQ(role_of(article, "after plain water, which is hard to beat."), "statement");
    EXPECT_EQ(role_of(article, "blood vessels of those who drink it often enough."), "statement");
}

// --- appeals to the reader ---

std::string const running =
    "Mules carry loads over passes that no lorry can cross, and they have done so for four thousand years.\n\n"
    "The beasts are calm. They sleep little, eat what they find and seldom fall ill on the road.\n\n";

TEST(Appeals, AmongFurnitureAtTheEndAreFurniture) {
    auto const article = corpus::read(
        "a.txt", running +
                     "Older post: The lost mill\n\nLiked this? Join 300 followers of Hoof and Road. Mules carry the "
                     "load, we carry the news!\nYour name\nYour email\nSubscribe\n");
    EXPECT_EQ(role_of(article, "Older post"), "boilerplate");
    EXPECT_EQ(role_of(article, "Join 300"), "boilerplate");
    EXPECT_EQ(role_of(article, "we carry the news"), "boilerplate");
    EXPECT_EQ(role_of(article, "seldom fall ill"), "statement");
}

TEST(Appeals, SpreadOverNoMoreThanTheirNeighbours) {
    auto const article = corpus::read(
        "a.txt", running +
                     "Mules are the best beasts of burden that there are in these hills!\n\nTags: mules, roads\n\n"
                     "Get the whole story of the mule on paper, with forty maps!\n\nMules never sleep on the road, "
                     "so grab a copy of it today!\n\nSubscribe\n");
    EXPECT_EQ(role_of(article, "best beasts"), "statement") << "text stands above it";
    EXPECT_EQ(role_of(article, "forty maps"), "statement") << "furniture stands on one side only";
    EXPECT_EQ(role_of(corpus::read("a.txt", running + "Tags: mules\n\nGet the whole story of the mule on paper, with "
                                                      "forty maps!\n\nSubscribe\n"),
                      "forty maps"),
              "boilerplate");
}

TEST(Appeals, BesideFurnitureAmidTheTextAreKnownByTheirVoice) {
    auto const article = corpus::read(
        "a.txt", running +
                     "Read also: A mill by the stream\n\nMules carry loads, and we keep you informed about all "
                     "that they carry.\n\n" +
                     "Every driver has a tale to tell of a mule that would not go where it was told to.\n");
    EXPECT_EQ(role_of(article, "keep you informed"), "boilerplate");
    EXPECT_EQ(role_of(article, "Every driver"), "statement");
}

TEST(Appeals, OfThePeopleInTheTextAreText) {
    auto const article = corpus::read(
        "a.txt",
        "The mule trains\n\nBy Ada Smith\nPhoto: Bo Lund\n\nKeep mules dry and give them salt, said the drivers of "
        "the pass.\n\n" +
            running +
            "\"We keep you informed of every fall,\" the owner of the beasts told us that day.\n\nRead also: A "
            "mill\n\nTry a mule yourself and see how well it walks, they said!\n\n" +
            running + "Never overload a mule on the way down, even a young one.\n\nTags: mules\n");
    EXPECT_EQ(role_of(article, "Keep mules dry"), "statement");
    EXPECT_EQ(role_of(article, "informed of every fall"), "statement");
    EXPECT_EQ(role_of(article, "Try a mule"), "statement");
    EXPECT_EQ(role_of(article, "Never overload"), "statement");
}

// --- titles of captures ---

TEST(TitlesOfCaptures, StandBelowTheMenuOfTheSite) {
    auto const article = corpus::read("a.txt",
                                      "Packhorse \u2013 the paper of the hill roads\n\nNews | Roads | Weather | "
                                      "Letters\n\nThe last mule of the northern pass\n\nColumn by Ada Smith\n\n" +
                                          running);
    EXPECT_EQ(article.title.value, "The last mule of the northern pass");
    EXPECT_EQ(article.author.value, "Ada Smith");
    EXPECT_EQ(role_of(article, "the paper of"), "boilerplate");
    EXPECT_EQ(role_of(article, "News | Roads"), "boilerplate");
    EXPECT_EQ(
        corpus::read("a.txt",
                     "All the news of the hills\n\nHome\nSearch\nRoads\n\nThe last mule of the pass\n\n" + running)
            .title.value,
        "The last mule of the pass");
}

TEST(TitlesOfCaptures, StandAboveTheBylineNotTheMotto) {
    EXPECT_EQ(corpus::read("a.txt",
                           "HOOF AND ROAD\nNews of the hills every day\n\nHow the last mule of the northern pass came "
                           "home\n\nPosted by Ada Smith on 9 October 2025\n\n" +
                               running)
                  .title.value,
              "How the last mule of the northern pass came home");
}

TEST(TitlesOfCaptures, AreNotTheLineThatSumsThemUp) {
    EXPECT_EQ(corpus::read("a.txt",
                           "How the last mule came home\n\nA driver, a storm and eleven days on the road in the deep "
                           "snow\n\nBy Ada Smith\n\n" +
                               running)
                  .title.value,
              "How the last mule came home");
}

TEST(TitlesOfCaptures, AreFoundBelowALongMenu) {
    std::string head = "Packhorse Daily\n\nWrite a letter to us\n\n";
    for (char letter = 'A'; letter <= 'Z'; ++letter)
        head += std::string("Valley of ") + letter + "\n\nRoads of " + letter + "\n\n";
    auto const article = corpus::read(
        "a.txt", head + "The last mule of 2019 has come home\n\nMarch 3, 2020\n\nBy Ada Smith\n\n" + running);
    EXPECT_EQ(article.title.value, "The last mule of 2019 has come home");
    EXPECT_EQ(role_of(article, "Roads of"), "boilerplate");
    EXPECT_EQ(role_of(article, "seldom fall ill"), "statement");
}

TEST(TitlesOfCaptures, AreNotTheNameOfTheAuthorAboveTheDate) {
    EXPECT_EQ(
        corpus::read("a.txt", "Ten things to know about mules\n\nAda Smith, Hill Post\n\nMarch 3, 2020\n\n" + running)
            .title.value,
        "Ten things to know about mules");
}

TEST(CapturedText, TakesALongLineWithoutItsStopForASentence) {
    auto const between = [](std::string const& line) { return running + line + "\n\n" + english; };
    EXPECT_EQ(role_of(corpus::read("a.txt", between("The drivers of the pass have known for many years that the beasts "
                                                    "can find the road in the snow")),
                      "drivers of the pass"),
              "statement");
    EXPECT_EQ(role_of(corpus::read("a.txt", between("What the Drivers of the Northern Pass Have Known for Many Years "
                                                    "About the Beasts and the Snow")),
                      "Northern Pass"),
              "fragment");
    EXPECT_EQ(role_of(corpus::read("a.txt", between("Mules can find the road")), "find the road"), "heading");
}

// --- Markdown ---

TEST(Markdown, TakesOnlyTheThreeWordsOfAnAppraisalFromFrontMatter) {
    auto const article = corpus::read("a.md", "---\ntitle: Tea\nrisk_of_bias: medium\n---\n# Tea\n\n" + english + "\n");
    EXPECT_EQ(article.risk_of_bias.value, "");
}

TEST(Markdown, TakesThePopulationThatFrontMatterStates) {
    for (std::string const population : {"human", "animal", "in vitro"}) {
        auto const article = corpus::read("a.md", "---\ntitle: Tea\npopulation: " + population +
                                                      "\n---\n# Tea calms mice and rats\n\n" + english + "\n");
        EXPECT_EQ(article.population.value, population);
        EXPECT_EQ(article.population.origin, "front matter");
        EXPECT_FALSE(article.population.proposed);
    }
    auto const town = corpus::read("a.md", "---\ntitle: Tea\npopulation: 12,400\n---\n# Tea\n\n" + english + "\n");
    EXPECT_NE(town.population.value, "12,400");
}

TEST(Markdown, TakesIdentifiersInFrontMatterForItsOwn) {
    auto const article = corpus::read(
        "a.md", "---\ntitle: Tea\ndoi: https://doi.org/10.1234/TEA\npmid: 1234567\n---\n# Tea\n\n" + english + "\n");
    EXPECT_EQ(article.citation.doi, "10.1234/tea");
    EXPECT_EQ(article.citation.pmid, "1234567");
    EXPECT_EQ(article.rests_on.value, "");
    EXPECT_EQ(corpus::read("a.md", "---\npmid: PMID: 1234567\n---\n# Tea\n\n" + english + "\n").citation.pmid,
              "1234567");
    auto const other = corpus::read("a.md", "---\ntitle: Tea\npmid: see below\n---\n# Tea\n\n" + english + "\n");
    EXPECT_EQ(other.citation.pmid, "");
}

TEST(Markdown, ReadsFrontMatterBlocksAndLinks) {
    auto const article = corpus::read(
        "a.md",
        "---\ntitle: \"Tea: a review\"\nauthor: Ada Smith\ndate: 2021-03-04\nstudy_design: review\nfunding: none\n"
        "rests_on: 10.1234/tea\nrisk_of_bias: some concerns\n---\n# Tea: a review\n\n" +
            english +
            "\n## Findings\n\n- Tea lowers **blood pressure** &amp; pulse.\n- [A link to another page](x.html)\n\n> "
            "Nobody knows why.\n\n"
            "![A cup of tea](cup.png)\n\nIs it safe?\n\nIt is safe for *most* [adults](y.html) who\ndrink it.\n\n## "
            "References\n\n- Smith A. Tea. 2020.\n");
    EXPECT_EQ(article.title.value, "Tea: a review");
    EXPECT_EQ(article.title.origin, "front matter");
    EXPECT_FALSE(article.title.proposed);
    EXPECT_EQ(article.published.value, "2021-03-04");
    EXPECT_EQ(article.study_design.value, "review");
    EXPECT_EQ(article.rests_on.value, "10.1234/tea");
    EXPECT_EQ(article.risk_of_bias.value, "some concerns");
    EXPECT_FALSE(article.risk_of_bias.proposed);
    EXPECT_EQ(role_of(article, "Tea: a review"), "title");
    EXPECT_EQ(role_of(article, "Findings"), "heading");
    EXPECT_EQ(role_of(article, "Tea lowers blood pressure & pulse."), "list_item");
    EXPECT_EQ(role_of(article, "A link to another"), "boilerplate");
    EXPECT_EQ(role_of(article, "Nobody knows why."), "quotation");
    EXPECT_EQ(role_of(article, "A cup of tea"), "fragment");
    EXPECT_EQ(role_of(article, "Is it safe?"), "heading");
    EXPECT_EQ(role_of(article, "It is safe for most adults who drink it."), "statement");
    EXPECT_EQ(role_of(article, "Smith A. Tea."), "boilerplate");
    EXPECT_EQ(role_of(article, "study_design"), "absent");
}

TEST(Markdown, ReadsTomlFrontMatterAndNamesABrokenLine) {
    Diagnostics diagnostics;
    auto const article = corpus::read(
        "a.md", "+++\ntitle = \"Tea\"\nauthors = [\"Ada Smith\", \"Bo Lund\"]\nthis is wrong\n+++\n\n" + english,
        &diagnostics);
    EXPECT_EQ(article.title.value, "Tea");
    EXPECT_EQ(article.author.value, "Ada Smith, Bo Lund");
    ASSERT_EQ(codes(diagnostics), "DOS0312 ");
    EXPECT_EQ(diagnostics.items()[0].place.line, 4u);
}

TEST(Markdown, TellsOfADesignThatIsMisspeltInFrontMatter) {
    for (std::string const front :
         {"---\ntitle: Tea\nstudy_design: randomised-trail\n---\n", "---\nstudy-design:\n- randomised-trail\n---\n",
          "+++\ntitle = \"Tea\"\nstudy_design = \"randomised-trail\"\n+++\n"}) {
        Diagnostics diagnostics;
        auto const article = corpus::read("a.md", front + "\n" + english, &diagnostics);
        EXPECT_EQ(article.study_design.value, "randomised-trail");
        ASSERT_EQ(codes(diagnostics), "DOS0235 ") << front;
        EXPECT_EQ(diagnostics.items()[0].place.line, 3u);
        EXPECT_EQ(diagnostics.items()[0].message,
                  "study_design is \"randomised-trail\"; did you mean \"randomised-trial\"?");
    }
    Diagnostics diagnostics;
    corpus::read("a.md", "---\nstudy_design: randomised trial\n---\n\n" + english, &diagnostics);
    EXPECT_EQ(codes(diagnostics), "");
}

// --- e-mails and pages saved as one file ---

TEST(MailMessage, IsNotReadWhereItsBodyIsEncoded) {
    for (std::string const header : {"From: a@b.example\nSubject: Tea\nContent-Transfer-Encoding: quoted-printable\n",
                                     "From: <Saved by Blink>\r\nSubject: Tea\r\nMIME-Version: 1.0\r\nContent-Type: "
                                     "multipart/related;\r\n\ttype=\"text/html\"\r\n",
                                     "Received: from x\n by y\ncontent-transfer-encoding: BASE64\n"}) {
        Diagnostics diagnostics;
        auto const article = corpus::read("tea.mhtml", header + "\n" + english, &diagnostics);
        EXPECT_EQ(article.status_reason,
                  "is an e-mail or a page saved as one file (MHTML), save it as HTML, PDF or text");
        EXPECT_EQ(codes(diagnostics), "DOS0304 ") << header;
        EXPECT_TRUE(article.sentences.empty());
    }
}

TEST(MailMessage, IsPlainTextWhereItsBodyStandsThereAsItIs) {
    for (std::string const head :
         {"From: a@b.example\nSubject: Tea\nContent-Type: text/plain; charset=utf-8\n\n",
          "How mail works\n\nContent-Transfer-Encoding: base64\n\n", "Content-Type: multipart/mixed stands first.\n"})
        EXPECT_EQ(corpus::read("tea.txt", head + english).status, ArticleStatus::ok) << head;
}

// --- HTML ---

std::string const page =
    "<!DOCTYPE html><html lang=\"en\"><head><title>Tea &amp; the heart | The Daily Leaf</title>"
    "<meta property=\"og:site_name\" content=\"The Daily Leaf\"><meta property='article:published_time' "
    "content='2021-03-04T10:00:00Z'>"
    "<link rel=canonical href=\"https://leaf.example/tea\"><script "
    "type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
    "\"author\":[{\"@type\":\"Person\",\"name\":\"Ada Smith\"}]}</script><style>p{color:red}</style></head><body>\n"
    "<nav><ul><li><a href=\"/\">Home</a><li><a href=\"/tea\">All about tea and cups</a></ul></nav>\n"
    "<article><h1>Tea &amp; the heart</h1><p>Drinking <b>tea</b> every day is a habit of many, and it <a href=x>may "
    "protect</a> "
    "the heart&mdash;or so they say.</p>\n<p>Tea has caffeine.<br>It keeps people awake for much of the night.<p>An "
    "unclosed "
    "paragraph follows the other one here, and nobody minds that.</p><h2>Who should not drink it?</h2>"
    "<blockquote><p>Nobody should drink it cold, said the doctor.</p></blockquote><ul><li>People with ulcers should "
    "not drink it.</li>"
    "<li><a href=z>Ten more things about tea</a></li></ul><figure><img alt='a cup'><figcaption>A cup on a "
    "table.</figcaption></figure>"
    "<div class=\"related-posts\"><p>Coffee is not as good as tea, says another study of ours.</p></div>"
    "<p style='display: none'>This sentence is hidden from the readers of the page.</p>"
    "<aside><p>Sign up for more news about all sorts of hot drinks.</p></aside></article>\n"
    "<form><p>Leave a comment about what you have read above.</p></form>"
    "<footer><p>The Daily Leaf is printed in a small town by the sea.</p></footer><script>var p = '<p>Not "
    "text.</p>';</script></body></html>";

TEST(Html, GivesEachBlockItsRole) {
    auto const article = corpus::read("a.html", page);
    EXPECT_EQ(article.format, "html");
    EXPECT_EQ(role_of(article,
                      "Drinking tea every day is a habit of many, and it may protect the heart\u2014or so they say."),
              "statement");
    EXPECT_EQ(role_of(article, "Tea has caffeine."), "statement");
    EXPECT_EQ(role_of(article, "It keeps people awake"), "statement");
    EXPECT_EQ(role_of(article, "An unclosed paragraph"), "statement");
    EXPECT_EQ(role_of(article, "Who should not"), "heading");
    EXPECT_EQ(role_of(article, "Nobody should drink"), "quotation");
    EXPECT_EQ(role_of(article, "People with ulcers"), "list_item");
    EXPECT_EQ(role_of(article, "Ten more things"), "boilerplate");
    EXPECT_EQ(role_of(article, "A cup on a table."), "fragment");
    EXPECT_EQ(role_of(article, "Coffee is not"), "boilerplate");
    EXPECT_EQ(role_of(article, "hidden from"), "absent");
    EXPECT_EQ(role_of(article, "Sign up"), "boilerplate");
    EXPECT_EQ(role_of(article, "Leave a comment"), "boilerplate");
    EXPECT_EQ(role_of(article, "printed in a small town"), "boilerplate");
    EXPECT_EQ(role_of(article, "Not text"), "absent");
    EXPECT_EQ(role_of(article, "All about tea"), "boilerplate");
    EXPECT_EQ(role_of(article, "Tea & the heart"), "title");
}

TEST(Html, HasItsMetadataWithWhereItCameFrom) {
    auto const article = corpus::read("a.html", page);
    EXPECT_EQ(article.title.value, "Tea & the heart");
    EXPECT_EQ(article.author.value, "Ada Smith");
    EXPECT_EQ(article.author.origin, "JSON-LD author");
    EXPECT_EQ(article.published.value, "2021-03-04");
    EXPECT_EQ(article.publisher.value, "The Daily Leaf");
    EXPECT_EQ(article.url.value, "https://leaf.example/tea");
    EXPECT_TRUE(article.url.proposed);
}

struct CutPage {
    std::string name, end;  // of the file, after a whole paragraph
    bool truncated;
};

class CutPages : public testing::TestWithParam<CutPage> {};

TEST_P(CutPages, SayThatTheTextBreaksOff) {
    Diagnostics diagnostics;
    auto const article = corpus::read(
        "a.html",
        "<!DOCTYPE html><html lang=\"en\"><head><title>Mules</title></head><body><nav><a href=\"/\">Home</a></nav>"
        "<article><h1>Mules</h1><p>Mules carry loads over passes that no lorry can cross, and they have done so for "
        "four thousand years, says the owner of the last train.</p>\n" +
            GetParam().end,
        &diagnostics);
    EXPECT_EQ(article.status, ArticleStatus::ok);
    EXPECT_EQ(article.truncated, GetParam().truncated);
    EXPECT_EQ(codes(diagnostics), GetParam().truncated ? "DOS0310 " : "");
    EXPECT_EQ(role_of(article, "Mules carry"), "statement");
    if (auto const* whole = find(article, "The beasts")) {
        EXPECT_TRUE(corpus::is_admissible(whole->role)) << name_of(whole->role);
    }
    if (GetParam().truncated && find(article, "They sleep")) {
        EXPECT_EQ(role_of(article, "They sleep"), "fragment");
    }
    EXPECT_EQ(role_of(article, "Sold by"), GetParam().name == "Footer" ? "boilerplate" : "absent");
}

INSTANTIATE_TEST_SUITE_P(
    Html, CutPages,
    testing::Values(
        CutPage{"InALink", "<p>The beasts are calm and strong. They sleep little and <a href=\"https://mule", true},
        CutPage{"AtABracket", "<p>The beasts are calm and strong. They sleep little and <", true},
        CutPage{"InAnEndTag", "<p>The beasts are calm and strong. They sleep little and <b>seldom</", true},
        CutPage{"InAWord", "<p>The beasts are calm and strong. They sleep little and sel", true},
        CutPage{"BeforeAParagraph", "<p>The beasts are calm and strong.</p>\n<p class=\"te", true},
        CutPage{"InAList", "<ul><li>The beasts are calm and strong.</li><li>They sleep little and <em", true},
        CutPage{"AfterAllOfIt", "<p>The beasts are calm and strong.</p></article></body></htm", false},
        CutPage{"WithoutEndTags", "<p>The beasts are calm and strong.", false},
        CutPage{"Footer", "<p>The beasts are calm and strong.</p></article><footer><p>Sold by the owners <a hr",
                false}),
    [](auto const& each) { return each.param.name; });

struct LastLine {
    std::string name, text;
    bool truncated;
};

class LastLines : public testing::TestWithParam<LastLine> {};

TEST_P(LastLines, OfAPageSayThatItBreaksOffOnlyWhereNoLineEndsSo) {
    auto const article = corpus::read("a.html",
                                      "<!DOCTYPE html><html><body><article><h1>Mules</h1><p>Mules carry loads over "
                                      "passes that no lorry can cross, and "
                                      "they have done so for four thousand years, says the owner of the last "
                                      "train.</p><p>The beasts are calm and strong, "
                                      "and they find their way in the dark as in the light of day, " +
                                          GetParam().text + "</p></article></body></html>");
    EXPECT_EQ(article.truncated, GetParam().truncated);
}

INSTANTIATE_TEST_SUITE_P(
    Html, LastLines,
    testing::Values(
        LastLine{"InAName", "writes our reporter, whom you may follow under the name of Mule Trains", false},
        LastLine{"InAnAddress", "and you can buy one of them today at mules@example.org", false},
        LastLine{"InDotsAfterASentence", "and if you want to see one of them, go to the pass and look...", false},
        LastLine{"InBracketedDots", "and if you want to see one of them, go to the pass [\u2026]", true},
        LastLine{"InDotsAfterASmallWord", "and if you want to see one of them, you go to the\u2026", true},
        LastLine{"InASmallWord", "and if you want to see one of them, you go to the", true},
        LastLine{"InAComma", "and if you want to see one of them,", true}),
    [](auto const& each) { return each.param.name; });

// Generated names have any two letters in them; "promo" on every paragraph says nothing of any of them.
TEST(Html, ReadsTextWhoseNamesSeemToSayThatItIsFurniture) {
    for (std::string const name : {"sc-7 hJpRRP", "promo"}) {
        std::string markup = "<!DOCTYPE html><html><body><div><h1>The mule trains</h1>";
        for (auto const* what : {"salt", "maize", "coffee", "letters"})
            markup += "<p class=\"" + name + "\">Mules carry " + what +
                      " over passes that no lorry can cross, and they have done so for four thousand years.</p>";
        auto const article = corpus::read("a.html", markup + "</div></body></html>");
        EXPECT_EQ(article.status, ArticleStatus::ok) << name;
        EXPECT_EQ(role_of(article, "carry maize"), "statement") << name;
    }
}

TEST(Html, LeavesOutWhatReadersWroteHoweverMuchItIs) {
    std::string markup = "<!DOCTYPE html><html><body><div id=\"content\"><h1>The mule trains</h1>";
    for (auto const* what : {"salt", "maize", "coffee"})
        markup += std::string("<p>Mules carry ") + what +
                  " over passes that no lorry can cross, and they have done so for four thousand years.</p>";
    markup += "<div id=\"comments\">";
    for (auto const* who : {"uncle", "aunt", "father", "cousin", "neighbour"})
        markup += std::string("<div class=\"entry\"><p>My ") + who +
                  " had a mule that could open any gate in the village, and nobody ever found out how it was done.</p>"
                  "</div>";
    auto const article = corpus::read("a.html", markup + "</div></div></body></html>");
    EXPECT_EQ(role_of(article, "carry maize"), "statement");
    EXPECT_EQ(role_of(article, "My cousin"), "boilerplate");
    markup.replace(markup.find("id=\"content\""), 12, "class=\"post has-comments\"");
    EXPECT_EQ(role_of(corpus::read("a.html", markup + "</div></div></body></html>"), "carry maize"), "statement");
}

TEST(Html, JoinsAnArticleThatAdvertisementsBreakUp) {
    std::string markup = "<!DOCTYPE html><html><body><main><h1>The mule trains</h1>";
    for (auto const* part : {"salt", "maize"}) {
        markup += "<div class=\"row\"><div class=\"article-body\">";
        for (auto const* who : {"driver", "owner", "smith"})
            markup += std::string("<p>The ") + who + " remembers the mules that carried " + part +
                      " over passes that no lorry could cross.</p>";
        markup += "</div></div><div class=\"ad\"><p>Advertisement</p></div>";
    }
    auto const article = corpus::read("a.html", markup + "</main></body></html>");
    EXPECT_EQ(role_of(article, "carried salt"), "statement");
    EXPECT_EQ(role_of(article, "carried maize"), "statement");
}

// --- proposals ---

TEST(Proposals, SayWhoSellsTheTreatmentAndShowTheWords) {
    auto const article = corpus::read("a.txt", "Tea therapy\n\n" + english +
                                                   "\nAt the Tea House, we specialize in tea therapy for tired people "
                                                   "of all ages. Our clinic provides a quiet room for it.\n\n"
                                                   "Our expert team is here to help with all of your questions about "
                                                   "it.\n\nContact us today to book a visit.\n");
    EXPECT_EQ(article.conflict_of_interest.value, "sells the treatment");
    EXPECT_THAT(article.conflict_of_interest.origin, HasSubstr("we specialize in tea therapy"));
    EXPECT_TRUE(article.conflict_of_interest.proposed);
    EXPECT_EQ(article.study_design.value, "marketing page");
}

TEST(Proposals, KnowANewsReportOfAnAnimalStudyAndWhatItRestsOn) {
    auto const article = corpus::read("a.txt",
                                      "Tea calms mice\n\nResearchers at a university gave tea to mice for a month and "
                                      "watched what they did. The mice that drank tea slept longer. "
                                      "The team says that the mice were calm.\n\nThe study was published in the "
                                      "journal Leaf (doi: 10.1234/leaf.5678).\n");
    EXPECT_EQ(article.study_design.value, "news report of an animal study");
    EXPECT_EQ(article.rests_on.value, "10.1234/leaf.5678");
    EXPECT_TRUE(article.rests_on.proposed);
    EXPECT_EQ(corpus::read("a.txt", english).study_design.value, "") << "nothing is said when unsure";
}

TEST(ReadArticle, CutsALongHeadingBetweenWords) {
    std::string heading;
    while (heading.size() < 400)
        heading += "caf\u00E9s and tea ";
    auto const article =
        corpus::read("a.html", "<h1>Tea</h1><h2>" + heading + "</h2><p>Tea is drunk by many people.</p>");
    auto const& shown = article.sentences.back().heading;
    EXPECT_LE(shown.size(), 200u);
    EXPECT_GT(shown.size(), 180u);
    EXPECT_TRUE(heading.starts_with(shown + ' ')) << shown;
}

TEST(ReadArticle, TellsEachTroubleOfAPage) {
    std::string bomb = "<p";
    for (int i = 0; i < 100; ++i)
        bomb += " a" + std::to_string(i) + "=1";
    bomb += ">Tea is drunk by many people.</p>";
    for (int i = 0; i < 2000; ++i)
        bomb += "<div>";
    dossier::Diagnostics diagnostics;
    corpus::read("a.html", bomb + "Tea is warm.", &diagnostics);
    std::size_t n = 0;
    for (auto const& item : diagnostics.items())
        n += item.code == "DOS0311";
    EXPECT_EQ(n, 2u);
}

TEST(ReadArticle, IsAPureFunctionOfItsBytes) {
    for (auto const& [path, bytes] :
         std::vector<std::pair<std::string, std::string>>{{"a.txt", captured}, {"a.html", page}}) {
        auto const first = corpus::read(path, bytes), second = corpus::read(path, bytes);
        ASSERT_EQ(first.sentences.size(), second.sentences.size());
        for (std::size_t i = 0; i < first.sentences.size(); ++i) {
            EXPECT_EQ(first.sentences[i].text, second.sentences[i].text);
            EXPECT_EQ(first.sentences[i].bytes, second.sentences[i].bytes);
            EXPECT_EQ(first.sentences[i].role, second.sentences[i].role);
        }
        EXPECT_EQ(first.sha256, second.sha256);
    }
}

}  // namespace
