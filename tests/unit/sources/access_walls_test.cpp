// Small pages, labelled before the rules: what stands in place of an article, and articles that only speak of such things.
#include "dossier/sources/access_walls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "corpus.hpp"

namespace {

using dossier::Article;
using dossier::ArticleStatus;
using testing::HasSubstr;

std::string const story =
    "The mill on the river was built in 1820 by two brothers who had come from the north. They ground rye and barley "
    "for nine "
    "villages, and the farmers paid them with every tenth sack. When the railway came, the grain went to the city, and "
    "the "
    "stones stood still for half a century.\n\n"
    "A baker bought the mill in 1975. She took the roof off, dried the beams and set the wheel turning again. Her "
    "bread is sold "
    "in three shops, and on Saturdays there is a queue that reaches the bridge. The brothers would have wondered at "
    "it, she "
    "says, since in their time nobody waited for bread.\n\n"
    "Last winter the ice broke two paddles of the wheel. A carpenter from the next valley cut new ones from larch, as "
    "the old "
    "plans asked for, and would not take money for them. He eats there now, at a table by the window, and nobody has "
    "brought "
    "him a bill yet.\n";
std::string const teaser =
    "The mill on the river was built in 1820 by two brothers who had come from the north. They ground rye and barley "
    "for nine "
    "villages, and the farmers paid them with every tenth sack.\n";

Article text(std::string const& bytes) {
    return corpus::read("page.txt", bytes);
}
Article html(std::string const& title, std::string const& body) {
    return corpus::read(
        "page.html", "<!DOCTYPE html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>");
}

struct Page {
    char const* title;
    char const* body;    // HTML
    char const* reason;  // part of it
};

constexpr Page walls[] = {
    {"Just a moment...",
     "<h1>news.example.org</h1><p>Verifying you are human. This may take a few seconds.</p><p>news.example.org needs "
     "to review the security of your connection before proceeding.</p>",
     "robot check"},
    {"Are you a robot?",
     "<p>We've detected unusual activity from your computer network. To continue, please click the box below to let us "
     "know you're not a robot.</p>",
     "robot check"},
    {"Access denied",
     "<p>You do not have permission to access this resource on this server.</p><p>Reference 18.4f2</p>", "robot check"},
    {"Security check",
     "<p>Please complete the security check to access the site. Why do I have to complete a captcha?</p>",
     "robot check"},
    {"example.org", "<p>Checking your browser before accessing example.org. This process is automatic.</p>",
     "robot check"},
    {"Blocked", "<p>Sorry, you have been blocked. You are unable to access this site.</p>", "robot check"},
    {"The Daily Mill",
     "<p>We use cookies to give you the best experience. By clicking accept you agree to the use of "
     "cookies.</p><button>Accept all cookies</button>",
     "cookie"},
    {"Before you continue",
     "<p>Before you continue to the site, we and our partners ask for your consent to the use of data.</p>", "cookie"},
    {"We value your privacy",
     "<p>We and our partners store information on a device, such as cookies. You may accept or manage your "
     "choices.</p>",
     "cookie"},
    {"App", "<p>You need to enable JavaScript to run this app.</p>", "JavaScript"},
    {"Reader", "<p>JavaScript is disabled in your browser. Please turn on JavaScript and load the page again.</p>",
     "JavaScript"},
    {"Sign in", "<h1>Sign in to your account</h1><p>Enter your name and your password. Forgot your password?</p>",
     "log-in page"},
    {"Log in", "<p>You must be logged in to view this page. Please log in with your library card.</p>", "log-in page"},
    {"Session", "<p>Your session has expired. Please sign in again.</p>", "log-in page"},
    {"Page not found", "<p>Sorry, we couldn't find the page that you asked for. It may be old.</p>", "not found"},
    {"404 Not Found", "<p>The requested URL was not found on this server.</p>", "not found"},
    {"Oops", "<p>The page you are looking for does not exist. Go back to the front page or search for it.</p>",
     "not found"},
    {"Error", "<p>This story is no longer available. Please see our other stories.</p>", "not found"},
    {"Removed", "<p>This article has been removed at the request of its author.</p>", "removed"},
    {"The Daily Mill", "<p>This post was deleted by its author. We are sorry.</p>", "removed"},
    {"451", "<p>This content is not available in your region. We are sorry for the trouble.</p>", "removed"},
    {"502 Bad Gateway", "<p>The server gave no answer that could be read.</p>", "error of the site"},
    {"Maintenance", "<p>The site is down for maintenance. Please come back in an hour.</p>", "error of the site"},
    {"Search", "<h1>Search results</h1><p>No results found for your search. Check the spelling of your words.</p>",
     "empty search"},
    {"Search", "<p>Your search for tea and mice did not match any documents.</p>", "empty search"},
};

TEST(Walls, AreToldFromTheArticleThatTheyHide) {
    for (auto const& page : walls) {
        auto const article = html(page.title, page.body);
        EXPECT_EQ(article.status, ArticleStatus::not_assessable) << page.title << ": " << page.body;
        EXPECT_THAT(article.status_reason, HasSubstr(page.reason)) << page.title << ": " << page.body;
    }
}

TEST(Walls, PaywallBehindATeaserIsAStub) {
    for (auto const* notice : {"Subscribe to continue reading.", "This content is for subscribers only.",
                               "To continue reading this article, log in or register.", "Already a subscriber? Log in",
                               "You have reached your article limit. Start your free trial.",
                               "Get access to the full article for 2 euros.", "Create a free account to read on."}) {
        auto const article = text("The mill\n\n" + teaser + "\n" + notice + "\n");
        EXPECT_EQ(article.status, ArticleStatus::not_assessable) << notice;
        EXPECT_THAT(article.status_reason, HasSubstr("paywall")) << notice;
    }
}

TEST(Walls, AnOfferBesideAWholeShortArticleHidesNothing) {
    std::string const whole =
        "The mill on the river turned again in spring, after the carpenter had mended its wheel with oak from the "
        "hill. Farmers brought their grain from three valleys, and the miller ground it by night and by day. The "
        "town had waited two years for it. In autumn a feast was held in the yard, and the carpenter was given a "
        "coat and a purse, which he is said to have worn to his last day.";
    auto const article = text("The mill\n\n" + whole + "\n\nStart your free trial.\n");
    EXPECT_EQ(article.status, ArticleStatus::ok) << article.status_reason;
    EXPECT_FALSE(article.truncated);
    auto const stub = text("The mill\n\n" + whole.substr(0, 330) + "...\n\nStart your free trial.\n");
    EXPECT_EQ(stub.status, ArticleStatus::not_assessable);
}

TEST(Walls, PaywallBehindHalfAnArticleCutsItOff) {
    for (auto const* notice :
         {"Subscribe to continue reading.", "The rest of this article is available to subscribers."}) {
        auto const article = text("The mill\n\n" + story + "\n" + notice + "\n");
        EXPECT_EQ(article.status, ArticleStatus::ok) << notice;
        EXPECT_TRUE(article.truncated) << notice;
    }
}

TEST(Walls, CutCapturesAreTruncated) {
    for (auto const* end :
         {"The carpenter came back in spring and found that the wheel, which he had mended with so much care, had been",
          "In spring the carpenter came back to the mill and found that the wheel he had mended was turning slowly, "
          "and [\u2026]"}) {
        auto const article = text("The mill\n\n" + story + "\n" + end + "\n");
        EXPECT_EQ(article.status, ArticleStatus::ok) << end;
        EXPECT_TRUE(article.truncated) << end;
    }
}

// Articles in which such words stand, or on whose pages such notices stand.
TEST(Walls, ArticlesThatSpeakOfThemStayAsTheyAre) {
    for (auto const* sentence :
         {"We use cookies on our pages, the town council wrote, and so does everybody else.",
          "Her site says \"page not found\" when the bakery is closed.",
          "The newspaper put the story behind a paywall, for subscribers only, and nobody read it.",
          "A sign asks visitors to verify that they are human before they may knead the dough.",
          "The page you are looking for, she told a boy with a book of fairy tales, is the last one.",
          "The article was removed from the town's site in May after the carpenter had asked for it.",
          "No results were found when the river was tested for lead.",
          "You must log in to the oven, the baker jokes, since it has a screen now.",
          "The mill's own study of yeast was retracted by nobody, since it was never published.",
          "JavaScript is required in the last year of school, and the baker's son likes it.",
          "Subscribe to read the parish letter, the priest says from the pulpit every Sunday.",
          "The site was temporarily unavailable when the flood came, and the mill had no telephone."}) {
        auto const article = text("The mill\n\n" + story + "\n" + sentence +
                                  " The villages still send their children to see the wheel.\n");
        EXPECT_EQ(article.status, ArticleStatus::ok) << sentence << " " << article.status_reason;
        EXPECT_FALSE(article.truncated) << sentence << " " << article.status_reason;
        EXPECT_EQ(article.status_reason, "") << sentence;
    }
}

TEST(Walls, NoticesAroundAnArticleAreNoWall) {
    for (auto const* notice : {"We use cookies to give you the best experience. Accept all cookies",
                               "Already a subscriber? Log in", "Sign in to your account",
                               "Please enable JavaScript to see the comments.", "Manage your cookie preferences"}) {
        auto const before = text("Menu\n\n" + std::string(notice) + "\n\nThe mill\n\n" + story);
        EXPECT_EQ(before.status, ArticleStatus::ok) << notice << " " << before.status_reason;
        EXPECT_FALSE(before.truncated) << notice;
    }
    // A short piece of news is no wall either.
    auto const brief = html(
        "The mill turns again",
        "<div class=\"banner\">Accept all cookies</div><article><h1>The mill turns again</h1><p>The mill on the river "
        "turns again after two paddles of its wheel were mended by a carpenter from the next valley. The baker opens "
        "on Saturday at nine, and bread is free for children.</p></article>");
    EXPECT_EQ(brief.status, ArticleStatus::ok) << brief.status_reason;
}

TEST(Walls, RetractionsAreFlaggedAndStayReadable) {
    for (auto const& [title, first] : std::vector<std::pair<std::string, std::string>>{
             {"RETRACTED: The mill and the moon", "A study of mills."},
             {"Retraction notice to: The mill and the moon", "The authors withdraw it."},
             {"The mill and the moon", "This article has been retracted at the request of its authors."}}) {
        dossier::Diagnostics diagnostics;
        auto const article = corpus::read("a.md", "# " + title + "\n\n" + first + "\n\n" + story, &diagnostics);
        EXPECT_EQ(article.status, ArticleStatus::ok) << title;
        EXPECT_THAT(article.status_reason, HasSubstr("retracted")) << title;
        ASSERT_FALSE(diagnostics.items().empty()) << title;
        EXPECT_EQ(diagnostics.items().front().code, "DOS0341") << title;
    }
    EXPECT_EQ(corpus::read("a.md", "# The mill\n\nThis article has not been retracted.\n\n" + story).status_reason, "");
}

}  // namespace
