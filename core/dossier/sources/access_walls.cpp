#include "dossier/sources/access_walls.hpp"

#include <algorithm>
#include <array>

#include "dossier/sources/cue_phrases.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;

constexpr std::size_t wall_words = 60;      // less running text than this may be all wall
constexpr std::size_t titled_words = 150;   // as much may stand under a title that says it is a wall
constexpr std::size_t paywall_words = 150;  // a teaser before a paywall is seldom longer
constexpr std::size_t notice_words = 40;    // a notice to the reader is seldom longer
constexpr std::size_t short_notice_words = 14;
constexpr std::size_t compared_bytes = 590;  // a passage this long may have been cut by whoever took it

constexpr auto robot_wordings = std::to_array<Words>({
    "just a moment",
    "verify|verifying|confirm _2 you are _2 human",
    "you are not a robot|bot",
    "are you a robot|human",
    "i'm not a robot",
    "checking your browser",
    "unusual|suspicious traffic|activity _3 from|on your",
    "complete the _2 security|captcha check|below",
    "ddos protection by",
    "security check to access",
    "cloudflare ray id",
    "enable javascript and cookies to continue",
    "access denied",
    "access to this page has been denied",
    "you have been blocked",
    "request blocked|unsuccessful",
    "press hold to confirm",
});
constexpr auto script_wordings = std::to_array<Words>({
    "enable javascript",
    "javascript is|must|required|disabled",
    "javascript _3 disabled|enabled",
    "turn on javascript",
    "browser does not|doesn't support javascript",
});
constexpr auto login_wordings = std::to_array<Words>({
    "you must|need _3 log|logged|sign|signed in",
    "please log|sign in",
    "log|sign in to your account",
    "sign|log in to continue|view|access",
    "forgot|forgotten your|username|password",
    "forgot|forgotten password",
    "session has|is expired",
    "your session _2 expired",
});
constexpr auto missing_wordings = std::to_array<Words>({
    "page not found",
    "404 not found|error|page",
    "error 404",
    "not found 404",
    "410 gone",
    "page|article|story|content|document you _5 could|can not|cannot be found",
    "page|article|story|content _5 could|can not|cannot be found",
    "page|article|story|content you _5 looking for",
    "we|sorry _3 couldn't|can't|cannot|could|can _2 find _3 page|article|story|document",
    "page|article|story|content _4 does not|doesn't exist",
    "page|article|story|content|link _3 no longer available|exists|here",
    "page|article|story|content _3 has|been moved",
    "nothing _2 found here",
});
constexpr auto removed_wordings = std::to_array<Words>({
    "article|page|post|story|content|video _2 has|was _1 been _1 removed|withdrawn|deleted|unpublished",
    "article|page|post|story|content _2 was removed|withdrawn|deleted|unpublished",
    "article|page|post|story|content _3 taken down",
    "unavailable for legal reasons",
    "not available in your region|country|location",
    "unavailable in|from your region|country|location",
    "not|no _1 available _3 european economic area",
    "account|site has been suspended",
});
constexpr auto server_wordings = std::to_array<Words>({
    "502 bad gateway",
    "503 service _2 unavailable",
    "504 gateway time",
    "500 internal server error",
    "internal server error",
    "403 forbidden",
    "service temporarily|is unavailable",
    "temporarily unavailable|offline",
    "down for _2 maintenance",
    "under maintenance",
    "error establishing a database connection",
    "this site can't be reached",
    "domain _4 for sale",
    "something went wrong",
});
constexpr auto search_wordings = std::to_array<Words>({
    "no _3 results _1 found|for|were",
    "no _2 results|articles|posts matched|match|found",
    "0 results|articles|items",
    "your search _6 did not|didn't match|return|find",
    "did not match any documents|articles|results|items",
    "nothing matched|found for your",
    "try different|another|other _2 keywords|search|terms",
});
constexpr auto cookie_wordings = std::to_array<Words>({
    "we _4 use|uses|store _6 cookies",
    "uses cookies",
    "accept _3 cookies",
    "cookie|cookies consent|settings|preferences|policy",
    "manage _3 cookies",
    "we value your privacy",
    "your privacy choices",
    "consent to the use",
    "and our partners",
    "before you continue",
    "enable cookies",
});

struct WallKind {
    CueTable const& (*phrases)() noexcept;
    Words code, reason;
};
// What the page says most plainly comes first.
constexpr auto wall_kinds = std::to_array<WallKind>({
    {made<robot_wordings>, "DOS0308", "is a robot check, not the article"},
    {made<removed_wordings>, "DOS0340", "was removed; the page says so in its place"},
    {made<missing_wordings>, "DOS0340", "is missing: the page is a \"not found\" page"},
    {made<server_wordings>, "DOS0340", "is missing: the page is an error of the site"},
    {made<search_wordings>, "DOS0340", "is an empty search page"},
    {made<login_wordings>, "DOS0308", "is a log-in page, not the article"},
    {made<script_wordings>, "DOS0308", "was not captured: the page asks for JavaScript"},
    {made<cookie_wordings>, "DOS0308", "is a cookie or access dialog, not the article"},
});

constexpr auto retracted_wordings = std::to_array<Words>({
    "this|the article|paper|study has|have been retracted",
    "this|the article|paper|study was|is retracted",
    "retracted article",
    "this is a retraction notice|of",
});

constexpr auto reader_words = std::to_array<Words>(
    {"you|your", "this article|story|content|page|piece|post", "full article|story|text|access", "the rest of"});

// To the reader, in few words: "Subscribe to continue reading." Not a sentence of the article on who may read what.
bool is_paywall_notice(PagePassage const& passage) {
    if (passage.words > notice_words || !is_paywall_phrase(passage.text)) return false;
    return passage.words <= short_notice_words || made<reader_words>().any_in(CueWords(passage.text));
}

/// "Start your free trial" sells something, as any page may: by itself it does not say that there is more to read.
bool is_mere_offer(PagePassage const& passage) {
    constexpr Words offer = "start your free trial";
    auto const at = passage.text.find(offer);
    if (at == std::string::npos) return false;
    return !is_paywall_phrase(passage.text.substr(0, at) + passage.text.substr(at + offer.size()));
}

struct ArticleOnPage {
    std::size_t words = 0;  // of its running text, notices and walls left out
    std::size_t first = 0, last = 0;
    bool any = false;
};

bool is_wall_passage(PagePassage const& passage) {
    CueWords const words(passage.text);
    return std::any_of(wall_kinds.begin(), wall_kinds.end(),
                       [&](WallKind const& kind) { return kind.phrases().any_in(words); });
}

/// As much as a short article has, and its last sentence is not broken off.
bool is_whole(ArticleOnPage const& article, std::vector<PagePassage> const& page) {
    if (!article.any || article.words < wall_words) return false;
    auto last = article.last;
    while (last > article.first && (!page[last].article_text || is_paywall_notice(page[last])))
        --last;
    auto const& text = page[last].text;
    return !text.empty() &&
           (text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with('"') ||
            text.size() >= compared_bytes) &&
           !text.ends_with("...");
}

/// A notice that the rest is for subscribers; an offer beside a whole article is none.
bool parts_from_rest(PagePassage const& passage, ArticleOnPage const& article, std::vector<PagePassage> const& page) {
    return is_paywall_notice(passage) && !(is_mere_offer(passage) && is_whole(article, page));
}

ArticleOnPage article_on(std::vector<PagePassage> const& page) {
    ArticleOnPage article;
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (!page[i].article_text) continue;
        if (!article.any) article.first = i;
        article.any = true;
        article.last = i;
        if (article.words < paywall_words && !is_paywall_notice(page[i])) article.words += page[i].words;
    }
    return article;
}

// Running text that is none of a wall's, while the notice stands outside of the article's text or beside more of it.
bool has_text_beside(CueTable const& phrases, std::vector<PagePassage> const& page) {
    std::size_t own = 0;
    bool within_text = false;
    for (auto const& passage : page) {
        if (!passage.article_text) continue;
        if (phrases.any_in(CueWords(passage.text))) within_text = true;
        if (!is_wall_passage(passage)) own += passage.words;
    }
    return own >= (within_text ? wall_words / 2 : wall_words / 4);
}

}  // namespace

std::optional<Wall> wall_in_place_of_article(Words title, std::vector<PagePassage> const& page) {
    auto const article = article_on(page);
    if (article.words < paywall_words)
        for (std::size_t i = article.any ? article.first : 0; i < page.size(); ++i)
            if (parts_from_rest(page[i], article, page)) return Wall{"DOS0308", "is the stub before a paywall"};
    auto const compared_title = comparable(title.substr(0, 300));
    CueWords const title_words(compared_title);
    for (auto const& kind : wall_kinds) {
        if (article.words >= titled_words) break;
        auto const& phrases = kind.phrases();
        auto const found = phrases.find_in(title_words);
        bool const titled = !found.empty() && title_words.size() <= 8;
        bool const said =
            article.words < wall_words && std::any_of(page.begin(), page.end(), [&](PagePassage const& passage) {
                return phrases.any_in(CueWords(passage.text));
            });
        if (titled || said) {
            // Short, but an article with a notice beside it.
            if (!titled && kind.code == "DOS0308" && has_text_beside(phrases, page)) continue;
            return Wall{std::string(kind.code), std::string(kind.reason)};
        }
    }
    return std::nullopt;
}

bool rest_is_behind_paywall(std::vector<PagePassage> const& page) {
    auto const article = article_on(page);
    if (!article.any) return false;
    for (std::size_t i = article.last; i < std::min(page.size(), article.last + 4); ++i)
        if (parts_from_rest(page[i], article, page)) return true;
    return false;
}

bool is_marked_as_retracted(Words title, std::vector<PagePassage> const& page) {
    auto const start = comparable(title.substr(0, 300));
    for (Words const mark : {"retracted:", "retracted article:", "[retracted]", "retraction:", "retraction notice",
                             "retraction of:", "retracted -", "retraction -", "withdrawn:"})
        if (start.starts_with(mark)) return true;
    for (auto const& passage : page) {
        if (passage.words > notice_words || passage.text.find("retract") == std::string::npos) continue;
        CueWords const words(passage.text);
        for (auto const& match : made<retracted_wordings>().find_in(words))
            if (!is_denied(words, match) && match.begin <= 3) return true;
    }
    return false;
}

}  // namespace dossier::sources
