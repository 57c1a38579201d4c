#include "dossier/sources/page_furniture.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dossier/sources/stock_phrases.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using Words = std::string_view;

// The whole line, but for punctuation at its end.
constexpr auto whole_lines = std::to_array<Words>({
    "about us",
    "accept",
    "accept all",
    "accept cookies",
    "add a comment",
    "add to cart",
    "advertisement",
    "advertising",
    "all articles",
    "archives",
    "back",
    "back to top",
    "blog",
    "book now",
    "bottom of page",
    "buy now",
    "cancel reply",
    "careers",
    "categories",
    "category",
    "close",
    "comments",
    "comments are closed",
    "contact",
    "contact us",
    "continue reading",
    "cookie policy",
    "cookie settings",
    "copy link",
    "disclaimer",
    "donate",
    "download",
    "email",
    "email address",
    "facebook",
    "faq",
    "faqs",
    "featured",
    "filed under",
    "find help",
    "first name",
    "full name",
    "follow",
    "follow us",
    "get help",
    "get started",
    "help",
    "home",
    "instagram",
    "jump to content",
    "last name",
    "learn more",
    "like",
    "linkedin",
    "load more",
    "log in",
    "login",
    "menu",
    "more",
    "most popular",
    "most read",
    "navigation",
    "newer post",
    "newer posts",
    "newsletter",
    "next",
    "next article",
    "next post",
    "older post",
    "older posts",
    "open menu",
    "our services",
    "our team",
    "page not found",
    "pinterest",
    "popular",
    "post a comment",
    "post comment",
    "post navigation",
    "previous",
    "previous article",
    "previous post",
    "print",
    "privacy",
    "privacy policy",
    "read more",
    "recent posts",
    "register",
    "related",
    "reply",
    "report this ad",
    "scroll to top",
    "search",
    "search for",
    "see all",
    "see more",
    "select language",
    "send",
    "services",
    "share",
    "share on facebook",
    "share on twitter",
    "share this",
    "shop",
    "show more",
    "show navigation",
    "sign in",
    "sign up",
    "sitemap",
    "skip navigation",
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "sponsored",
    "story continues below advertisement",
    "submit",
    "subscribe",
    "subscribe now",
    "tags",
    "terms",
    "terms and conditions",
    "terms of service",
    "terms of use",
    "toggle navigation",
    "top of page",
    "trending",
    "tweet",
    "twitter",
    "useful links",
    "view all",
    "view comments",
    "watch now",
    "whatsapp",
    "work with us",
    "advertise with us",
    "write for us",
    "letters to the editor",
    "write a letter to the editor",
    "submit a letter to the editor",
    "terms of sale",
    "write a comment",
    "your message",
    "your name",
    "your website",
    "youtube",
});

// How furniture lines begin.
constexpr auto line_beginnings = std::to_array<Words>({
    "read also:",
    "also read:",
    "read more:",
    "read next:",
    "see also:",
    "related:",
    "related article",
    "related story",
    "related stories",
    "related posts",
    "you may also like",
    "you might also like",
    "more from ",
    "recommended:",
    "recommended for you",
    "don't miss",
    "up next:",
    "next:",
    "previous:",
    "next post",
    "previous post",
    "next article",
    "previous article",
    "share this",
    "share on ",
    "share via ",
    "follow us",
    "follow @",
    "tags:",
    "tagged:",
    "tagged with",
    "filed under",
    "categories:",
    "category:",
    "posted in",
    "posted by",
    "click here",
    "tap here",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "join our ",
    "join the newsletter",
    "download our",
    "download the app",
    "skip to ",
    "jump to ",
    "copyright ",
    "\u00A9",
    "photo by",
    "photo:",
    "photo credit",
    "image credit",
    "image:",
    "picture of ",
    "image of ",
    "getty images",
    "advertisement",
    "show caption",
    "hide caption",
    "view gallery",
    "watch:",
    "listen:",
    "video:",
    "watch the video",
    "leave a comment",
    "leave a reply",
    "more items from",
    "written by ",
    "reviewed by ",
    "medically reviewed",
    "fact checked",
    "last updated",
    "last modified",
    "updated:",
    "updated on",
    "published:",
    "published on",
    "posted on",
    "date:",
    "call us",
    "call now",
    "email us",
    "contact us",
    "book your ",
    "book a ",
    "schedule your ",
    "schedule a ",
    "turn captions",
    "to view, click",
    "to turn on",
    "to turn off",
    "log in to",
    "login to",
    "powered by",
    "page 1 of",
    "there are no comments",
    "no comments",
    "rated 0 out of",
    "enter your email",
    "your email",
    "older post:",
    "newer post:",
    "older posts:",
    "newer posts:",
    "save my name",
    "notify me of",
});

// Nowhere but in furniture.
constexpr auto strong_phrases = std::to_array<Words>({
    "email address will not be published",
    "required fields are marked",
    "save my name, email",
    "by clicking \"subscribe",
    "by clicking subscribe",
    "by clicking \"sign up",
    "by signing up",
    "by subscribing",
    "agree to receive email",
    "agree to our terms",
    "agree to the terms",
    "agree to receive emails",
    "opt out at any time",
    "may opt out of",
    "unsubscribe at any time",
    "unsubscribe from",
    "all rights reserved",
    "terms of service and privacy policy",
    "privacy policy and terms",
    "this site uses cookies",
    "we use cookies",
    "this website uses cookies",
    "cookie policy",
    "use of cookies",
    "cookies to improve",
    "accept all cookies",
    "newsletter and",
    "sign up for our",
    "sign up to our",
    "subscribe to our",
    "join our mailing list",
    "join our newsletter",
    "delivered to your inbox",
    "straight to your inbox",
    "in your inbox",
    "follow us on",
    "like us on facebook",
    "share this article",
    "share this post",
    "leave a comment below",
    "comments are closed",
    "be the first to comment",
    "you must be logged in",
    "log in to post",
    "notify me of follow-up",
    "this site uses akismet",
    "closed captions",
    "subtitles and/or",
    "turn on captions",
    "video player",
    "videos shown by",
    "provided on this website",
    "on this website is",
    "this website offers",
    "this website provides",
    "this site is for informational",
    "content on this site",
    "information on this site",
    "information on this page is",
    "not a substitute for professional",
    "not intended as medical advice",
    "not intended to be a substitute",
    "not intended to diagnose",
    "does not constitute medical advice",
    "always seek the advice of",
    "always seek guidance from",
    "contact a healthcare professional or emergency",
    "is an independent website",
    "not associated or affiliated",
    "may earn a commission",
    "earn a commission",
    "affiliate link",
    "affiliate links",
    "advertising policy",
    "we do not endorse",
    "your browser does not support",
    "enable javascript",
    "javascript is disabled",
    "please enable cookies",
    "was this page helpful",
    "was this article helpful",
    "view our privacy",
    "read our privacy",
    "get the app",
    "download the app",
    "download our app",
    "on the app store",
    "google play",
    "watch the video above",
    "rate this article",
    "print this page",
    "email this article",
    "protected by recaptcha",
    "click here to subscribe",
    "weekly newsletter",
    "daily newsletter",
    "free newsletter",
    "email newsletter",
    "our newsletter",
    "the newsletter",
    "become a member today",
    "create a free account",
    "already have an account",
    "already a subscriber",
    "forgot your password",
    "edit your profile",
    "this content is published by a third party",
});

// In a short passage.
constexpr auto weak_phrases = std::to_array<Words>({
    "newsletter",
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "cookies",
    "click here",
    "contact us today",
    "contact us for",
    "contact us to",
    "contact us at",
    "contact our",
    "call us",
    "call today",
    "call now",
    "give us a call",
    "reach out to us",
    "get in touch",
    "book an appointment",
    "book a consultation",
    "book your",
    "schedule a consultation",
    "schedule your",
    "schedule an appointment",
    "free consultation",
    "request an appointment",
    "learn more about our",
    "visit our website",
    "visit our blog",
    "view our",
    "follow us",
    "follow me",
    "share your thoughts in the comments",
    "in the comments below",
    "let us know in the comments",
    "check out our",
    "shop now",
    "buy now",
    "add to cart",
    "limited time offer",
    "use code",
    "free shipping",
    "our app",
    "related articles",
    "related posts",
    "more stories",
    "read the full story",
    "this article was originally published",
    "this article originally appeared",
    "originally published on",
    "this post was originally",
    "republished with permission",
    "want to stay informed",
    "want to learn more",
    "stay up to date",
    "stay informed",
    "stay tuned",
    "live your best life",
    "watch the video",
    "captions",
    "subtitles",
    "video player",
    "the videos we provide",
    "our youtube",
    "youtube channel",
    "podcast episode",
    "listen to the podcast",
    "take our quiz",
    "find a therapist",
    "find a doctor near",
    "find a provider near",
    "support our journalism",
    "make a donation",
    "donate today",
    "copyright",
    "skip to",
    "toggle",
    "read also",
    "also read",
    "read next",
    "picture of",
    "image source",
    "photo by",
    "photo credit",
    "getty images",
    "shutterstock",
    "advertisement",
});

constexpr auto link_headings = std::to_array<Words>({
    "recent posts",
    "recent articles",
    "latest posts",
    "latest news",
    "latest articles",
    "latest stories",
    "popular posts",
    "popular articles",
    "related",
    "related posts",
    "related articles",
    "related stories",
    "related content",
    "related topics",
    "related news",
    "related links",
    "related reading",
    "most popular",
    "most read",
    "most viewed",
    "trending",
    "trending now",
    "top stories",
    "more stories",
    "more news",
    "more articles",
    "recommended",
    "editor's picks",
    "recommended reading",
    "recommended for you",
    "you may also like",
    "you might also like",
    "you may like",
    "you might be interested",
    "you may be interested",
    "in this article",
    "on this page",
    "table of contents",
    "contents",
    "categories",
    "tags",
    "topics",
    "share this",
    "share",
    "share this article",
    "follow us",
    "read next",
    "up next",
    "don't miss",
    "see also",
    "quick links",
    "useful links",
    "helpful links",
    "sponsored content",
    "promoted content",
    "around the web",
    "menu",
    "navigation",
    "site menu",
    "archives",
    "jump to",
    "what to read next",
    "keep reading",
    "want to stay informed",
});

// Of the closing and link headings, those that an author may put above text of his own.
constexpr auto headings_of_text_too = std::to_array<Words>(
    {"acknowledgements", "acknowledgments", "bibliography", "citations", "contents", "endnotes", "footnotes",
     "further reading", "note", "notes", "references", "source", "sources", "topics"});
constexpr auto closing_headings = std::to_array<Words>({
    "leave a reply",
    "leave a comment",
    "leave a response",
    "comments",
    "post a comment",
    "add a comment",
    "write a comment",
    "join the conversation",
    "join the discussion",
    "discussion about this post",
    "comentarios",
    "kommentare",
    "commentaires",
    "commenti",
    "reacties",
    "kommentarer",
    "about the author",
    "about the authors",
    "author bio",
    "about us",
    "references",
    "reference list",
    "bibliography",
    "works cited",
    "sources",
    "article sources",
    "source",
    "citations",
    "further reading",
    "external links",
    "notes",
    "footnotes",
    "endnotes",
    "disclaimer",
    "medical disclaimer",
    "important disclaimer",
    "useful links",
    "helpful links",
    "related posts",
    "related articles",
    "related stories",
    "related content",
    "related resources",
    "similar articles",
    "you may also like",
    "you might also like",
    "you might be interested",
    "more from",
    "recent posts",
    "contact us",
    "get in touch",
    "subscribe",
    "newsletter",
    "sign up for our newsletter",
    "stay connected",
    "stay informed",
    "want to stay informed",
    "post navigation",
    "share this article",
    "tags",
    "filed under",
    "copyright",
    "privacy policy",
    "cookie policy",
    "recommended for you",
    "what to read next",
    "more stories",
    "author information",
    "acknowledgements",
    "acknowledgments",
    "important information on using this service",
    "using subtitles and closed captions",
    "advertisement",
});

constexpr auto paywall_phrases = std::to_array<Words>({
    "subscribe to continue",
    "subscribe to read",
    "subscribe to keep reading",
    "subscribe now to read",
    "continue reading with",
    "continue reading this article",
    "to continue reading",
    "keep reading with",
    "read the full article",
    "to read the full",
    "to read this article",
    "for subscribers only",
    "subscribers only",
    "subscriber-only",
    "exclusive to subscribers",
    "available to subscribers",
    "already a subscriber",
    "log in to continue",
    "login to continue",
    "sign in to continue",
    "sign in to read",
    "log in to read",
    "register to continue",
    "register to read",
    "create a free account to",
    "this content is for members",
    "members only",
    "you have reached your limit",
    "reached your article limit",
    "free articles remaining",
    "free articles this month",
    "your free articles",
    "start your free trial",
    "unlock this article",
    "purchase access",
    "buy this article",
    "get access to the full",
    "this is a preview of subscription content",
    "access through your institution",
    "rent or buy",
});

constexpr auto wall_phrases = std::to_array<Words>({
    "we use cookies",          "uses cookies",          "accept all cookies",    "accept cookies",
    "cookie consent",          "manage cookies",        "we value your privacy", "your privacy choices",
    "consent to the use",      "and our partners",      "enable javascript",     "javascript is disabled",
    "javascript is required",  "please enable cookies", "verify you are human",  "verifying you are human",
    "are you a robot",         "not a robot",           "checking your browser", "access denied",
    "unusual traffic",         "page not found",        "404 not found",         "403 forbidden",
    "temporarily unavailable", "before you continue",
});

constexpr auto furniture_names = std::to_array<Words>({
    "ad",
    "ads",
    "adsense",
    "advert",
    "advertisement",
    "advertising",
    "adwrapper",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "carousel",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "cta",
    "disqus",
    "donate",
    "footer",
    "gdpr",
    "infinite",
    "login",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "outbrain",
    "pager",
    "pagination",
    "paging",
    "paywall",
    "pingback",
    "popular",
    "popup",
    "print",
    "promo",
    "promos",
    "promotion",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "reply",
    "respond",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "shoutbox",
    "sidebar",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "sociable",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "syndication",
    "taboola",
    "tags",
    "taglist",
    "teaser",
    "toolbar",
    "tooltip",
    "trackback",
    "trending",
    "upsell",
    "widget",
    "widgets",
    "jp",
});

constexpr auto article_names = std::to_array<Words>({
    "articlebody",     "article-body",     "article__body",
    "article_body",    "article-content",  "article__content",
    "article_content", "articlecontent",   "article-text",
    "article_text",    "articletext",      "body-content",
    "body-copy",       "content-body",     "entry-content",
    "entry_content",   "entrycontent",     "main-content-article",
    "post-body",       "post_body",        "post-content",
    "post__content",   "post_content",     "postbody",
    "postcontent",     "post-entry",       "single-content",
    "story-body",      "story_body",       "storybody",
    "story-content",   "storycontent",     "story-text",
    "storytext",       "story__content",   "news-content",
    "news-body",       "news-text",        "rich-text-article",
    "td-post-content", "articlepage-body",
});

constexpr auto comment_names = std::to_array<Words>(
    {"commentlist", "comment-list", "comments", "commentscontainer", "comments-area", "comments-container",
     "comments-section", "disqus", "disqus_thread", "respond", "comment-thread", "reader-comments", "user-comments"});

// The publisher of the page speaks of itself and to its readers.
constexpr auto publisher_phrases = std::to_array<Words>({
    "keep you informed",
    "keep you updated",
    "keep you posted",
    "keep you up to date",
    "keep up to date with",
    "stay up to date",
    "stay in the loop",
    "stay in touch",
    "stay connected",
    "never miss a",
    "never miss an",
    "don't miss a",
    "don't miss an",
    "enjoyed this",
    "enjoying this",
    "enjoy this article",
    "enjoy this post",
    "enjoy reading",
    "like what you read",
    "like what you see",
    "liked this",
    "found this article",
    "found this useful",
    "found this helpful",
    "found this interesting",
    "thanks for reading",
    "thank you for reading",
    "our subscribers",
    "our mailing list",
    "your inbox",
    "your mailbox",
    "latest updates",
    "news and updates",
    "tips and updates",
    "updates from us",
    "hear from us",
    "tell a friend",
    "tell your friends",
    "share it with",
    "pass it on",
    "support our work",
    "support our reporting",
    "support us",
    "support independent",
    "our journalism",
    "become a member",
    "become a supporter",
    "become a subscriber",
    "join our",
    "join the club",
    "join thousands",
    "sign up",
    "subscribe",
    "newsletter",
    "straight to your",
    "delivered to your",
    "follow along",
});

constexpr auto appeals = std::to_array<Words>({
    "add",      "ask",     "become",      "book",    "browse", "buy",           "call",    "check out",  "choose",
    "click",    "come",    "create",      "dive",    "donate", "download",      "enjoy",   "enter",      "explore",
    "find out", "follow",  "get",         "give",    "grab",   "have your say", "help us", "hurry",      "join",
    "keep",     "learn",   "leave",       "let us",  "like",   "listen",        "log",     "never miss", "order",
    "read",     "receive", "register",    "save",    "see",    "send",          "share",   "shop",       "sign",
    "start",    "stay",    "subscribe",   "support", "tap",    "tell",          "try",     "visit",      "vote",
    "watch",    "win",     "write to us",
});

constexpr auto audience = std::to_array<Words>({"readers", "subscribers", "followers", "members", "fans"});

constexpr auto menu_words = std::to_array<Words>({
    "home",
    "menu",
    "navigation",
    "site menu",
    "main menu",
    "search",
    "sections",
    "sign in",
    "log in",
    "login",
    "register",
    "about",
    "about us",
    "contact",
    "contact us",
    "open menu",
    "skip to content",
    "skip to main content",
    "skip navigation",
    "toggle navigation",
    "my account",
    "topics",
    "all articles",
    "archive",
    "archives",
    "shop",
});

constexpr auto caption_names = std::to_array<Words>({
    "caption",
    "captions",
    "credit",
    "credits",
    "figcaption",
    "gallery",
    "imagecaption",
    "lightbox",
    "photocaption",
    "slideshow",
});

constexpr auto byline_names =
    std::to_array<Words>({"author", "authors", "byline", "by-line", "writer", "author-name", "authorname"});

enum Group : std::uint8_t { strong, weak, publisher, audience_of_publisher, joining, paywall, wall };
constexpr auto joining_words = std::to_array<Words>({"join"});

StockPhrases const& stock_phrases() {
    static constexpr auto groups = std::to_array<std::span<Words const>>(
        {strong_phrases, weak_phrases, publisher_phrases, audience, joining_words, paywall_phrases, wall_phrases});
    static StockPhrases const phrases(groups);
    return phrases;
}

bool has(PhraseGroups groups, Group group) noexcept {
    return (groups >> group & 1u) != 0;
}

bool has_voice(PhraseGroups groups) noexcept {
    return has(groups, publisher) || (has(groups, joining) && has(groups, audience_of_publisher));
}

/// The list `lines`, made ready when it is first asked for.
template <auto const& lines>
StockLines const& made_lines() {
    static StockLines const made(lines);
    return made;
}

template <std::size_t n>
bool any_equal(std::array<Words, n> const& lines, std::string_view text) {
    return std::find(lines.begin(), lines.end(), text) != lines.end();
}

std::string_view without_final_punctuation(std::string_view text) noexcept {
    while (!text.empty() && std::string_view(".:!?*>|-,;\"").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    while (text.ends_with("\u2026") || text.ends_with("\u00BB"))
        text.remove_suffix(text.ends_with("\u00BB") ? 2 : 3);
    return trimmed(text);
}

// "post-content relatedPosts" -> post content post-content related posts relatedposts
std::vector<std::string> name_tokens(std::string_view names) {
    std::vector<std::string> tokens;
    std::string part, whole;
    bool after_lower = false, part_of_camel = false;
    auto const end_part = [&] {
        bool const chance = part_of_camel && part.size() < 3;  // two letters of a generated name
        if (!part.empty() && !chance && tokens.size() < 64) tokens.push_back(part);
        part.clear();
        part_of_camel = false;
    };
    for (char const c : names.substr(0, 512)) {
        if (c >= 'A' && c <= 'Z' && after_lower) {
            end_part();
            part_of_camel = true;
        }
        after_lower = c >= 'a' && c <= 'z';
        if (is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80)
            part += ascii_lower(c);
        else
            end_part();
        if (c == ' ') {
            if (!whole.empty() && tokens.size() < 64) tokens.push_back(whole);
            whole.clear();
        } else {
            whole += ascii_lower(c);
        }
    }
    end_part();
    if (!whole.empty()) tokens.push_back(whole);
    return tokens;
}

template <auto const& names>
bool any_name(std::string_view class_and_id) {
    if (trimmed(class_and_id).empty()) return false;
    auto const tokens = name_tokens(class_and_id);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](std::string const& token) { return made_lines<names>().has(token); });
}

constexpr auto button_words = std::to_array<Words>({
    "bluesky",   "comment",   "comments", "copy",     "email", "facebook",  "flipboard", "google+",
    "instagram", "like",      "link",     "linkedin", "mail",  "messenger", "more",      "on:",
    "pin",       "pinterest", "print",    "reddit",   "save",  "share",     "share:",    "submit",
    "telegram",  "tumblr",    "tweet",    "twitter",  "via",   "whatsapp",  "x",         "youtube",
});

// "Facebook Twitter LinkedIn": what is shared with, in a row.
bool is_row_of_buttons(std::string_view line) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < line.size(); ++n) {
        auto const end = std::min(line.find(' ', at), line.size());
        if (!any_equal(button_words, line.substr(at, end - at))) return false;
        at = end + 1;
    }
    return n >= 2 && n <= 12;
}

// "Home > News > Health"
bool is_breadcrumb(std::string_view line) {
    if (!line.starts_with("home ")) return false;
    auto const rest = line.substr(5);
    return rest.starts_with("> ") || rest.starts_with("\u00BB ") || rest.starts_with("\u203A ") ||
           rest.starts_with("/ ");
}

}  // namespace

bool may_be_furniture_line(std::string_view folded) {
    static LineHeads const heads = [] {
        LineHeads all;
        all.add(whole_lines);
        all.add(line_beginnings);
        all.add(button_words);
        static constexpr auto breadcrumb = std::to_array<Words>({"home "});
        all.add(breadcrumb);
        return all;
    }();
    return heads.may_begin(folded);
}

bool is_furniture_line(std::string_view text) {
    if (!may_be_furniture_line(text)) return false;
    auto const line = without_final_punctuation(text);
    if (line.empty() || is_row_of_buttons(line) || is_breadcrumb(line)) return true;
    return made_lines<whole_lines>().has(line) || made_lines<line_beginnings>().has_begin_of(text);
}

FurniturePhrases furniture_phrases_in(std::string_view text) {
    auto const groups = stock_phrases().groups_in(text);
    return {has(groups, strong), has(groups, weak), has_voice(groups), has(groups, paywall)};
}

bool has_furniture_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), strong);
}
bool has_weak_furniture_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), weak);
}

SectionOpening section_opened_by(std::string_view heading) {
    auto line = without_final_punctuation(heading);
    // "Comments (12)", "3 comments"
    while (!line.empty() &&
           (is_ascii_digit(line.back()) || line.back() == '(' || line.back() == ')' || line.back() == ' '))
        line.remove_suffix(1);
    while (!line.empty() && (is_ascii_digit(line.front()) || line.front() == ' '))
        line.remove_prefix(1);
    if (made_lines<closing_headings>().has(line)) return SectionOpening::closing;
    if (line.starts_with("leave a reply") || line.starts_with("leave a comment") ||
        line.starts_with("you might be interested"))
        return SectionOpening::closing;
    // "More great stories", "More from the desk", "More world news"
    static constexpr std::array<Words, 6> announced = {" stories", " articles", " posts",
                                                       " news",    " coverage", " headlines"};
    if (line.starts_with("more ") && count_words(line) <= 5 &&
        std::any_of(announced.begin(), announced.end(), [&](Words word) { return line.ends_with(word); }))
        return SectionOpening::links;
    if (made_lines<link_headings>().has(line)) return SectionOpening::links;
    return SectionOpening::none;
}

bool may_head_text(std::string_view heading) {
    return made_lines<headings_of_text_too>().has(without_final_punctuation(heading));
}

bool has_publisher_voice(std::string_view text) {
    return has_voice(stock_phrases().groups_in(text));
}

bool begins_as_appeal(std::string_view text) {
    return !text.empty() && std::any_of(appeals.begin(), appeals.end(), [&](Words word) {
        return word.front() == text.front() && text.starts_with(word) && text.size() > word.size() &&
               text[word.size()] == ' ';
    });
}

bool is_menu_line(std::string_view text) {
    if (text.find('|') == Words::npos && text.find('/') == Words::npos && is_ascii(text)) return false;
    std::size_t pieces = 0;
    while (!text.empty()) {
        std::size_t end = std::string_view::npos, length = 1;
        for (Words const separator : {"|", "\u00B7", "\u2022", "\u203A", "\u00BB", " / "})
            if (auto const at = text.find(separator); at < end) {
                end = at;
                length = separator.size();
            }
        auto const piece = trimmed(text.substr(0, end));
        if (count_words(piece) > 3 || std::any_of(piece.begin(), piece.end(), is_ascii_digit)) return false;
        if (!piece.empty()) ++pieces;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + length);
    }
    return pieces >= 3;
}

bool is_menu_word(std::string_view text) {
    return made_lines<menu_words>().has(without_final_punctuation(text));
}

bool is_paywall_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), paywall);
}
bool is_wall_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), wall);
}

bool names_furniture(std::string_view class_and_id) {
    return any_name<furniture_names>(class_and_id);
}
bool names_article_text(std::string_view class_and_id) {
    auto const names = ascii_lower(class_and_id.substr(0, 512));
    return std::any_of(article_names.begin(), article_names.end(),
                       [&](Words name) { return names.find(name) != std::string::npos; });
}
bool names_comments(std::string_view class_and_id) {
    // Only as a whole: "has-comments" is a name of the article's own part.
    auto const names = ascii_lower(class_and_id.substr(0, 512)) + ' ';
    for (std::size_t at = 0, end = names.find(' '); end != std::string::npos; at = end + 1, end = names.find(' ', at))
        if (any_equal(comment_names, std::string_view(names).substr(at, end - at))) return true;
    return false;
}
bool names_caption(std::string_view class_and_id) {
    return any_name<caption_names>(class_and_id);
}
bool names_byline(std::string_view class_and_id) {
    return any_name<byline_names>(class_and_id);
}

}  // namespace dossier::sources
