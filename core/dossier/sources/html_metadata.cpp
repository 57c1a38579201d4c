#include "dossier/sources/html_metadata.hpp"

#include <algorithm>
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
    {"parsely-author", "author", open_graph},
    {"article:author_name", "author", open_graph},
    {"sailthru.author", "author", plain_meta},
    {"article:author", "author", plain_meta},
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

// At most three levels down: names stand no deeper.
std::string text_of(nlohmann::json const& value, int depth = 0) {
    if (depth > 3) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) {
        std::string joined;
        std::size_t n = 0;
        for (auto const& part : value) {
            auto const one = text_of(part, depth + 1);
            if (one.empty() || ++n > 20) continue;
            joined += (joined.empty() ? "" : ", ") + one;
        }
        return joined;
    }
    if (value.is_object()) {
        for (char const* key : {"name", "@id", "url"})
            if (auto const found = value.find(key); found != value.end() && found->is_string())
                return found->get<std::string>();
    }
    return {};
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

// Article nodes of a JSON-LD document, two levels down at most: the document, its array or its @graph.
std::vector<nlohmann::json const*> article_nodes(nlohmann::json const& document) {
    std::vector<nlohmann::json const*> queue{&document}, found;
    for (std::size_t i = 0; i < queue.size() && i < 200; ++i) {
        auto const& node = *queue[i];
        if (node.is_array())
            for (auto const& child : node)
                queue.push_back(&child);
        if (!node.is_object()) continue;
        if (is_article_type(node)) found.push_back(&node);
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
    if (key == "author") text = without_address(text);
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

void HtmlMetadata::take_meta(HtmlToken const& tag) {
    auto const content = tag.attribute("content");
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
    for (auto const* node : article_nodes(document)) {
        int const trust = is_web_page(*node) ? element + 5 : json_ld;
        auto const take = [&](char const* property, std::string_view key) {
            if (auto const found = node->find(property); found != node->end())
                add(key, text_of(*found), std::string("JSON-LD ") + property, trust);
        };
        take("headline", "title");
        take("name", "title");
        take("author", "author");
        take("datePublished", "published");
        take("publisher", "publisher");
        take("url", "url");
        take("inLanguage", "language");
    }
}

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
    for (std::string_view const stop : {" | ", " on ", " - ", " \u2013 ", " \u2014 ", " \u00B7 ", " \u2022 ",
                                        " Updated", " Published", " Posted", " at "})
        if (auto const at = name.find(stop); at != std::string::npos && at > 0) name.erase(at);
    name = std::string(trimmed(name));
    while (name.ends_with(',') || name.ends_with('|'))
        name.pop_back();
    bool const digits = std::count_if(name.begin(), name.end(), is_ascii_digit) > 2;
    auto const words = count_words(name);
    bool const unfit = name.size() < 3 || name.size() > 100 || digits || words > 14 ||
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
