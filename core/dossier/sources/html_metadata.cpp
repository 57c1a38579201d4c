#include "dossier/sources/html_metadata.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_json_ld_bytes = 512u << 10;
constexpr std::size_t max_value_bytes = 1000;

// Trust of a place: a smaller number stands further in front.
enum Trust { json_ld = 10, citation = 20, open_graph = 30, byline = 35, plain_meta = 40, element = 50, weak = 60 };

struct MetaKey {
    std::string_view name, key;
    int trust;
};

constexpr auto meta_keys = std::to_array<MetaKey>({
    {"citation_title", "title", citation},
    {"dc:title", "title", citation},
    {"dcterms:title", "title", citation},
    {"og:title", "title", open_graph},
    {"parsely-title", "title", plain_meta},
    {"twitter:title", "title", plain_meta},
    {"dc.title", "title", plain_meta},
    {"dcterms.title", "title", plain_meta},
    {"headline", "title", plain_meta},
    {"citation_author", "author", citation},
    {"dc:creator", "author", citation},
    {"dcterms:creator", "author", citation},
    {"author", "author", open_graph},
    {"byl", "author", open_graph},
    {"authors", "author", open_graph},
    {"byline", "author", open_graph},
    {"parsely-author", "author", open_graph},
    {"article:author_name", "author", open_graph},
    {"shareaholic:article_author_name", "author", open_graph},
    {"cxenseparse:author", "author", plain_meta},
    {"og:author", "author", plain_meta},
    {"og:article:author", "author", plain_meta},
    {"creator", "author", plain_meta},
    {"citation_authors", "author", citation},
    {"sailthru.author", "author", open_graph},
    {"article:author", "author", open_graph},
    {"dc.creator", "author", open_graph},
    {"dcterms.creator", "author", open_graph},
    {"citation_publication_date", "published", citation},
    {"citation_online_date", "published", citation},
    {"citation_date", "published", citation},
    {"article:published_time", "published", open_graph},
    {"og:published_time", "published", open_graph},
    {"datepublished", "published", open_graph},
    {"parsely-pub-date", "published", plain_meta},
    {"sailthru.date", "published", plain_meta},
    {"pubdate", "published", plain_meta},
    {"publish-date", "published", plain_meta},
    {"date", "published", plain_meta},
    {"dc.date", "published", plain_meta},
    {"dc.date.issued", "published", plain_meta},
    {"dcterms.date", "published", plain_meta},
    {"dcterms.created", "published", plain_meta},
    {"citation_journal_title", "publisher", citation},
    {"og:site_name", "publisher", open_graph},
    {"citation_publisher", "publisher", plain_meta},
    {"dc.publisher", "publisher", plain_meta},
    {"application-name", "publisher", element},
    {"og:url", "url", plain_meta},
    {"citation_doi", "doi", citation},
    {"og:locale", "language", plain_meta},
    {"content-language", "language", element},
});

// The names that nodes of a JSON-LD document give to what they describe, by "@id": an author may be stated elsewhere in it.
using NamesById = std::map<std::string, std::string, std::less<>>;

std::string string_at(nlohmann::json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string text_of(nlohmann::json const& value, NamesById const& names, int depth = 0);

std::string text_of_list(nlohmann::json const& list, NamesById const& names, int depth) {
    std::string joined;
    std::size_t n = 0;
    for (auto const& part : list) {
        auto const one = text_of(part, names, depth + 1);
        if (one.empty() || ++n > 20) continue;
        joined += (joined.empty() ? "" : ", ") + one;
    }
    return joined;
}

std::string name_of_object(nlohmann::json const& object, NamesById const& names, int depth) {
    if (auto const name = object.find("name"); name != object.end()) return text_of(*name, names, depth + 1);
    if (auto const family = string_at(object, "familyName"); !family.empty()) {
        auto const given = string_at(object, "givenName");
        return given.empty() ? family : given + ' ' + family;
    }
    auto const known = names.find(string_at(object, "@id"));
    return known == names.end() ? std::string() : known->second;
}

// At most three levels down: names stand no deeper.
std::string text_of(nlohmann::json const& value, NamesById const& names, int depth) {
    if (depth > 3) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) return text_of_list(value, names, depth);
    return value.is_object() ? name_of_object(value, names, depth) : std::string();
}

bool is_article_type(nlohmann::json const& node) {
    auto const type = node.find("@type");
    if (type == node.end()) return false;
    auto const fits = [](nlohmann::json const& one) {
        if (!one.is_string()) return false;
        auto const& name = one.get_ref<std::string const&>();
        return name.ends_with("Article") || name.ends_with("Posting") || name == "Report" || name == "WebPage" ||
               name == "Review";
    };
    if (type->is_array()) return std::any_of(type->begin(), type->end(), fits);
    return fits(*type);
}

struct JsonLd {
    std::vector<nlohmann::json const*> articles;
    NamesById names;
};

// Nodes of a JSON-LD document, two levels down at most: the document, its array or its @graph.
JsonLd nodes_of(nlohmann::json const& document) {
    std::vector<nlohmann::json const*> queue{&document};
    JsonLd found;
    for (std::size_t i = 0; i < queue.size() && i < 200; ++i) {
        auto const& node = *queue[i];
        if (node.is_array())
            for (auto const& child : node)
                queue.push_back(&child);
        if (!node.is_object()) continue;
        if (is_article_type(node)) found.articles.push_back(&node);
        if (auto id = string_at(node, "@id"), name = string_at(node, "name"); !id.empty() && !name.empty())
            found.names.emplace(std::move(id), std::move(name));
        if (auto const graph = node.find("@graph"); graph != node.end()) queue.push_back(&*graph);
        if (auto const entity = node.find("mainEntity"); entity != node.end()) queue.push_back(&*entity);
    }
    return found;
}

bool is_web_page(nlohmann::json const& node) {
    auto const type = node.find("@type");
    return type != node.end() && type->is_string() && type->get_ref<std::string const&>() == "WebPage";
}

// "Ada Smith (https://example.org/)" without its address; nothing is left of an address alone.
std::string without_address(std::string_view name) {
    auto const at = std::min(name.find("http://"), name.find("https://"));
    if (at == std::string_view::npos) return name.starts_with("www.") ? std::string() : std::string(name);
    name = trimmed(name.substr(0, at));
    while (!name.empty() && (name.back() == '(' || name.back() == '<' || name.back() == ',' || name.back() == ' '))
        name.remove_suffix(1);
    return std::string(name);
}

// An account, an id or what a site's software fills in is no name.
std::string author_name(std::string_view stated) {
    static constexpr auto placeholders =
        std::to_array<std::string_view>({"admin", "administrator", "author", "root", "unknown", "user", "webmaster"});
    auto const name = without_address(stated);
    bool const account = name.starts_with('@') || name.starts_with('#') || name.starts_with('/');
    auto const lower = ascii_lower(name);
    return account || std::find(placeholders.begin(), placeholders.end(), lower) != placeholders.end() ? std::string()
                                                                                                       : name;
}

// Markup of old pages around a script.
std::string_view without_cdata(std::string_view script) noexcept {
    script = trimmed(script);
    for (std::string_view const opening : {"//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "<!--"})
        if (script.starts_with(opening)) script.remove_prefix(opening.size());
    script = trimmed(script);
    for (std::string_view const closing : {"//]]>", "/*]]>*/", "]]>", "-->"})
        if (script.ends_with(closing)) script.remove_suffix(closing.size());
    return script;
}

}  // namespace

void HtmlMetadata::take_byline(std::string_view name) {
    add("author", name, "byline element", byline);
}

void HtmlMetadata::add(std::string_view key, std::string_view value, std::string_view origin, int trust) {
    auto text = folded(resolve_entities(value));
    if (text.empty() || text.size() > max_value_bytes) return;
    if (key == "author") text = author_name(text);
    if (text.empty()) return;
    if (key == "language") text = ascii_lower(text.substr(0, 2));
    // Several citation_author tags are several authors.
    for (auto& item : out_)
        if (item.key == key && item.origin == origin && key == "author" && origin == "meta citation_author") {
            if (item.value.size() + text.size() < max_value_bytes) item.value += "; " + text;
            return;
        }
    std::size_t at = 0;
    while (at < trust_.size() && trust_[at] <= trust)
        ++at;
    out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(at),
                {std::string(key), std::move(text), std::string(origin)});
    trust_.insert(trust_.begin() + static_cast<std::ptrdiff_t>(at), trust);
}

void HtmlMetadata::take_tag(HtmlToken const& tag) {
    if (trust_.size() > 200) return;
    if (tag.name == "meta") return take_meta(tag);
    if (tag.name == "html") return add("language", tag.attribute("lang"), "html lang", weak);
    if (tag.name == "link" && ascii_lower(tag.attribute("rel")) == "canonical")
        return add("url", tag.attribute("href"), "canonical link", citation);
    if (tag.name == "time" && tag.has_attribute("datetime"))
        add("published", tag.attribute("datetime"), "time element",
            tag.attribute("itemprop") == "datePublished" || tag.has_attribute("pubdate") ? element : weak);
}

// "twitter:label1" says what "twitter:data1" is: "Written by".
void HtmlMetadata::take_labelled(std::string_view name, std::string_view content) {
    if (name == "twitter:label1" || name == "twitter:label2") {
        auto const label = comparable(content.substr(0, 40));
        if (label == "written by" || label == "author" || label == "by")
            author_field_ = "twitter:data" + std::string(name.substr(name.size() - 1));
    } else if (!author_field_.empty() && name == author_field_) {
        add("author", content, "meta " + std::string(name), plain_meta);
    }
}

void HtmlMetadata::take_meta(HtmlToken const& tag) {
    auto const content = tag.attribute("content");
    take_labelled(ascii_lower(tag.attribute("name").substr(0, 32)), content);
    for (std::string_view const which : {"property", "name", "itemprop", "http-equiv"}) {
        // A property may list several names.
        auto const names = ascii_lower(tag.attribute(which).substr(0, 256));
        for (std::size_t at = names.find_first_not_of(" \t\n"); at < names.size();) {
            auto const end = std::min(names.find_first_of(" \t\n", at), names.size());
            auto const name = names.substr(at, end - at);
            for (auto const& known : meta_keys)
                if (known.name == name) return add(known.key, content, "meta " + name, known.trust);
            at = std::min(names.find_first_not_of(" \t\n", end), names.size());
        }
    }
}

void HtmlMetadata::take_raw(HtmlToken const& tag, std::string_view content) {
    if (tag.name == "title") return add("title", content, "title element", element);
    if (tag.name == "script" && ascii_lower(trimmed(tag.attribute("type"))) == "application/ld+json")
        take_json_ld(content);
}

void HtmlMetadata::take_json_ld(std::string_view json) {
    if (json.size() > max_json_ld_bytes || trust_.size() > 200) return;
    auto const document = nlohmann::json::parse(without_cdata(json), nullptr, false, true);
    if (document.is_discarded()) return;
    auto const nodes = nodes_of(document);
    for (auto const* node : nodes.articles) {
        int const trust = is_web_page(*node) ? element + 5 : json_ld;
        auto const take = [&](char const* property, std::string_view key) {
            if (auto const found = node->find(property); found != node->end())
                add(key, text_of(*found, nodes.names), std::string("JSON-LD ") + property, trust);
        };
        take("headline", "title");
        take("name", "title");
        take("author", "author");
        if (auto const found = node->find("creator"); found != node->end())
            add("author", text_of(*found, nodes.names), "JSON-LD creator", plain_meta);  // often an account
        take("datePublished", "published");
        take("publisher", "publisher");
        take("url", "url");
        take("inLanguage", "language");
    }
}

namespace {

// What stands before a name that is missing.
bool is_label_of_byline(std::string_view name) {
    static constexpr auto labels = std::to_array<std::string_view>(
        {"article by", "author", "authors", "by", "name", "posted", "posted by", "published", "written by"});
    return std::find(labels.begin(), labels.end(), ascii_lower(name)) != labels.end();
}

// "Ada Smith, staff writer": what the author does is no part of the name.
std::string without_role(std::string name) {
    static constexpr auto roles =
        std::to_array<std::string_view>({"columnist", "contributor", "correspondent", "editor", "journalist",
                                         "producer", "reporter", "staff", "writer"});
    auto const comma = name.rfind(", ");
    if (comma == std::string::npos || comma == 0) return name;
    auto const tail = comparable(std::string_view(name).substr(comma + 2));
    bool const role = std::any_of(roles.begin(), roles.end(), [&](std::string_view word) {
        return tail == word || tail.ends_with(' ' + std::string(word)) || tail.starts_with(std::string(word) + ' ');
    });
    if (role) name.erase(comma);
    return name;
}

// Names have no digits: what begins with one is a date, a time or a count.
std::string without_date(std::string name) {
    static constexpr auto date_words = std::to_array<std::string_view>(
        {"january", "february", "march",    "april",     "may",     "june",      "july",     "august", "september",
         "october", "november", "december", "monday",    "tuesday", "wednesday", "thursday", "friday", "saturday",
         "sunday",  "jan",      "feb",      "mar",       "apr",     "jun",       "jul",      "aug",    "sep",
         "sept",    "oct",      "nov",      "dec",       "mon",     "tue",       "wed",      "thu",    "fri",
         "sat",     "sun",      "on",       "published", "posted",  "updated"});
    auto const digit = std::find_if(name.begin(), name.end(), is_ascii_digit);
    if (digit == name.end()) return name;
    name.erase(digit, name.end());
    for (;;) {
        while (!name.empty() && (name.back() == ' ' || name.back() == ',' || name.back() == '.' || name.back() == '(' ||
                                 name.back() == '|' || name.back() == '-' || name.back() == ':'))
            name.pop_back();
        auto const space = name.rfind(' ');
        auto const last = ascii_lower(space == std::string::npos ? name : name.substr(space + 1));
        if (std::find(date_words.begin(), date_words.end(), last) == date_words.end()) return name;
        name.erase(space == std::string::npos ? 0 : space);
    }
}

}  // namespace

std::string name_in_byline_element(std::string_view text) {
    auto name = folded(text);
    auto const lower = ascii_lower(name);
    for (std::string_view const start : {"by ", "by: ", "written by ", "written by: ", "author: ", "posted by ",
                                         "words by ", "story by ", "article by ", "par ", "von ", "por "})
        if (lower.starts_with(start)) {
            name.erase(0, start.size());
            break;
        }
    // What follows the name on its line.
    for (std::string_view const stop :
         {" | ", " on ", " - ", " \u2013 ", " \u2014 ", " \u00B7 ", " \u2022 ", " Updated", " Published", " Posted",
          " at ", " View ", " More ", " Follow ", " See ", " Read "})
        if (auto const at = name.find(stop); at != std::string::npos && at > 0) name.erase(at);
    name = without_date(std::string(trimmed(name)));
    for (auto at = name.find(" ,"); at != std::string::npos; at = name.find(" ,", at))
        name.erase(at, 1);  // elements side by side
    name = without_role(std::move(name));
    while (name.ends_with(',') || name.ends_with('|'))
        name.pop_back();
    auto const words = count_words(name);
    bool const unfit = name.size() < 3 || is_label_of_byline(name) || name.size() > 100 || words > 14 ||
                       is_lower(code_point_at(name, 0).value) || is_furniture_line(comparable(name)) ||
                       has_furniture_phrase(comparable(name)) || has_weak_furniture_phrase(comparable(name)) ||
                       name.ends_with(':') || name.ends_with('!');
    return unfit ? std::string() : name;
}

std::string without_site_suffix(std::string_view title, std::string_view site) {
    static constexpr std::array<std::string_view, 8> separators = {" | ",      " - ",      " \u2013 ", " \u2014 ",
                                                                   " \u00BB ", " \u00B7 ", " :: ",     " \u2022 "};
    std::size_t best = std::string_view::npos;
    for (auto const separator : separators) {
        auto const at = title.rfind(separator);
        if (at == std::string_view::npos || count_words(title.substr(0, at)) < 3) continue;
        auto const tail = trimmed(title.substr(at + separator.size()));
        bool const is_site = !site.empty() && comparable(tail).find(comparable(site)) != std::string::npos;
        if (is_site || (count_words(tail) <= 4 && count_words(title.substr(0, at)) > count_words(tail)))
            best = best == std::string_view::npos ? at : std::max(best, at);
    }
    return best == std::string_view::npos ? std::string(title)
                                          : without_site_suffix(trimmed(title.substr(0, best)), site);
}

std::string declared_charset(std::string_view bytes) {
    std::string const head = ascii_lower(bytes.substr(0, 4096));
    for (auto at = head.find("charset"); at != std::string::npos; at = head.find("charset", at + 7)) {
        std::size_t from = at + 7;
        while (from < head.size() &&
               (head[from] == ' ' || head[from] == '=' || head[from] == '"' || head[from] == '\''))
            ++from;
        if (head.substr(at + 7, from - at - 7).find('=') == std::string::npos) continue;
        auto const tag = head.rfind('<', at);
        if (tag == std::string::npos || head.compare(tag, 5, "<meta") != 0) continue;
        std::size_t end = from;
        while (end < head.size() && (is_ascii_alpha(head[end]) || is_ascii_digit(head[end]) || head[end] == '-' ||
                                     head[end] == '_' || head[end] == ':'))
            ++end;
        return head.substr(from, end - from);
    }
    if (head.starts_with("<?xml"))
        if (auto const at = head.find("encoding="); at != std::string::npos && at < 200 && at + 10 < head.size()) {
            auto const end = head.find(head[at + 9], at + 10);
            if (end != std::string::npos) return head.substr(at + 10, end - at - 10);
        }
    return {};
}

}  // namespace dossier::sources
