// HTML: blocks by the structure of the markup, and the part of the page that holds the article.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "dossier/sources/block_features.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/html_metadata.hpp"
#include "dossier/sources/html_tokens.hpp"
#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_depth = 512;
constexpr std::size_t max_nodes = 1'000'000;
constexpr std::size_t max_bylines = 64;  // a page of many is one of comments
constexpr std::size_t max_names = 16;

// What an element does to the text in it.
enum ElementTrait : std::uint16_t {
    block_level = 1,
    no_content = 2,  // has no end tag
    dropped = 4,     // its text is never the reader's
    raw = 8,         // no markup within
    furniture = 16,  // navigation and the like
    boundary = 32,   // an end tag of an inline element does not reach beyond it
};

struct Element {
    std::string_view name;
    std::uint16_t traits;
};

constexpr auto elements = std::to_array<Element>({
    {"address", block_level},
    {"area", no_content},
    {"article", block_level | boundary},
    {"aside", block_level | boundary},
    {"audio", dropped},
    {"base", no_content},
    {"blockquote", block_level | boundary},
    {"body", block_level | boundary},
    {"br", no_content},
    {"button", dropped},
    {"canvas", dropped},
    {"caption", block_level | boundary},
    {"center", block_level},
    {"col", no_content},
    {"dd", block_level | boundary},
    {"details", block_level},
    {"dialog", block_level | furniture},
    {"dir", block_level},
    {"div", block_level | boundary},
    {"dl", block_level},
    {"dt", block_level | boundary},
    {"embed", no_content},
    {"fieldset", block_level},
    {"figcaption", block_level | boundary},
    {"figure", block_level | boundary},
    {"footer", block_level | furniture},
    {"form", block_level},
    {"h1", block_level | boundary},
    {"h2", block_level | boundary},
    {"h3", block_level | boundary},
    {"h4", block_level | boundary},
    {"h5", block_level | boundary},
    {"h6", block_level | boundary},
    {"head", dropped},
    {"header", block_level | boundary},
    {"hr", no_content | block_level},
    {"iframe", dropped | raw},
    {"img", no_content},
    {"input", no_content},
    {"label", 0},
    {"legend", block_level},
    {"li", block_level | boundary},
    {"link", no_content},
    {"main", block_level | boundary},
    {"map", dropped},
    {"math", dropped},
    {"menu", block_level | furniture},
    {"meta", no_content},
    {"nav", block_level | furniture},
    {"noembed", dropped | raw},
    {"noframes", dropped | raw},
    {"noscript", dropped | raw},
    {"object", dropped},
    {"ol", block_level},
    {"option", block_level},
    {"p", block_level},
    {"param", no_content},
    {"pre", block_level | boundary},
    {"script", dropped | raw},
    {"section", block_level | boundary},
    {"select", dropped},
    {"source", no_content},
    {"style", dropped | raw},
    {"summary", block_level},
    {"svg", dropped},
    {"table", block_level | boundary},
    {"tbody", block_level},
    {"td", block_level | boundary},
    {"template", dropped},
    {"textarea", dropped | raw},
    {"tfoot", block_level},
    {"th", block_level | boundary},
    {"thead", block_level},
    {"title", dropped | raw},
    {"tr", block_level},
    {"track", no_content},
    {"ul", block_level},
    {"video", dropped},
    {"wbr", no_content},
    {"xmp", dropped | raw},
});
static_assert(std::is_sorted(elements.begin(), elements.end(),
                             [](Element const& a, Element const& b) { return a.name < b.name; }));

std::uint16_t traits_of(std::string_view name) noexcept {
    auto const found = std::lower_bound(elements.begin(), elements.end(), name,
                                        [](Element const& e, std::string_view n) { return e.name < n; });
    return found != elements.end() && found->name == name ? found->traits : 0;
}

// An element of the page that has blocks below it.
struct Node {
    std::uint32_t parent = 0;
    bool negative = false;         // its class or role says that it is none of the article
    bool strong_negative = false;  // however much text it has
    bool positive = false;         // the markup says that it holds the article's text
    bool container = false;        // ul, div, section …: judged by its share of links
    bool comments = false;         // its class says that readers wrote it
    bool caption = false;          // its class says that it tells of a picture
    bool byline = false;           // its class says that it tells of the author
    bool linked_line = false;      // a line below it is a link
    bool linked_heading = false;   // that line is a heading
    std::uint64_t kind = 0;        // equal: made for the same purpose, by tag and class
    std::string label;             // class and id, of positive ones
    std::size_t prose = 0;         // bytes of running text below it
    std::size_t text = 0, links = 0;
};

struct Open {
    std::string name;
    std::uint32_t node = 0;
    std::uint16_t traits = 0;
    bool skip = false, link = false, furniture = false, byline = false;
    bool own_byline = false;  // it is this element that names the author
    bool own_name = false;    // it says that it is the name within a byline
};

// The words of an element that names the author.
struct Byline {
    std::string text;
    std::vector<std::string> names;  // of its parts whose markup says that they are a name
    std::uint32_t node = 0;
};

bool is_heading(std::string_view name) noexcept {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

// Which open elements a start tag closes, as browsers do for the pages people write.
bool closes(std::string_view opening, std::string_view open) noexcept {
    auto const either = [&](std::string_view a, std::string_view b) { return open == a || open == b; };
    if (opening == "li") return open == "li";
    if (opening == "dt" || opening == "dd") return either("dt", "dd");
    if (opening == "td" || opening == "th") return either("td", "th");
    if (opening == "tr") return open == "tr" || either("td", "th");
    if (opening == "option") return open == "option";
    if (opening == "a") return open == "a";
    return false;
}

// Where the search for what a start tag closes ends.
bool shields(std::string_view opening, std::string_view open) noexcept {
    if (opening == "li") return open == "ul" || open == "ol" || open == "menu" || open == "table";
    if (opening == "dt" || opening == "dd") return open == "dl";
    if (opening == "td" || opening == "th" || opening == "tr") return open == "table";
    return true;
}

class PageReader {
public:
    explicit PageReader(std::string_view text) : text_(text), tokens_(text), metadata_(document_.metadata) {
        nodes_.emplace_back();
        open_.push_back({"", 0, block_level, false, false, false, false, false, false});
    }

    Document read() {
        for (auto token = tokens_.next(); token.kind != HtmlToken::Kind::end_of_file; token = tokens_.next()) {
            document_.overfull = document_.blocks.size() > max_blocks || entities_ > max_entities;
            if (document_.overfull) break;
            if (tokens_.ended_within_tag() && token.kind != HtmlToken::Kind::text) {
                cut_in_start_ = token.kind == HtmlToken::Kind::start_tag;
                break;
            }
            switch (token.kind) {
                case HtmlToken::Kind::text: take_text(token.begin, token.end); break;
                case HtmlToken::Kind::start_tag: take_start(token); break;
                case HtmlToken::Kind::end_tag: take_end(token); break;
                case HtmlToken::Kind::end_of_file: break;
            }
        }
        note_end();
        end_block();
        judge();
        note_troubles();
        return std::move(document_);
    }

private:
    // Pages that close their body close their paragraphs: one that is open at the end of the file was cut off.
    void note_end() {
        auto const is_open = [&](std::string_view name) {
            return std::any_of(open_.begin(), open_.end(), [&](Open const& open) { return open.name == name; });
        };
        last_open_ = open_.back().node;
        block_.cut_off = !document_.overfull &&
                         (tokens_.ended_within_tag() || (is_open("p") && (is_open("body") || is_open("html"))));
    }

    void take_text(std::size_t begin, std::size_t end) {
        if (open_.back().skip) return;
        note_byline_text(begin, end);
        auto const link_from = block_.text.text().size();
        for (std::size_t at = begin; at < end;) {
            auto const next = at + std::min(text_.substr(at, end - at).find('&'), end - at);
            if (next > at) append(at, next);
            at = next;
            if (at == end) break;
            auto const entity = entity_at(text_.substr(at, std::min<std::size_t>(64, end - at)));
            if (entity.length == 0) {
                append(at, at + 1);
                ++at;
            } else {
                block_.text.append_resolved(entity.characters, at, entity.length);
                if (++entities_ > max_entities) return;
                at += entity.length;
            }
        }
        if (open_.back().link && block_.text.text().size() > link_from)
            links_.push_back({link_from, block_.text.text().size()});
    }

    // White space that only lays out the source must not begin a block.
    void append(std::size_t begin, std::size_t end) {
        auto piece = text_.substr(begin, end - begin);
        if (block_.text.empty()) {
            auto const inner = trimmed(piece);
            if (inner.empty()) return;
            begin = static_cast<std::size_t>(inner.data() - text_.data());
            piece = text_.substr(begin, end - begin);
        }
        block_.text.append(piece, begin);
    }

    void take_start(HtmlToken const& token) {
        auto const traits = traits_of(token.name);
        metadata_.take_tag(token);
        if (traits & no_content) return take_void(token);
        if (traits & raw) return take_raw(token);
        if (traits & block_level) end_block();
        close_implied(token.name, traits);
        push(token, traits);
        if (token.self_closing && (traits & block_level) == 0) pop_to(open_.size() - 1);
    }

    void take_void(HtmlToken const& token) {
        if (token.name == "hr") return end_block();
        if (token.name == "br" && !block_.text.empty()) {
            // Two in a row part paragraphs.
            if (token.begin - last_break_ <= 12 &&
                trimmed(text_.substr(last_break_, token.begin - last_break_)).empty())
                return end_block();
            breaks_.push_back(block_.text.text().size());
            block_.text.append_resolved("\n", token.begin, token.end - token.begin);
            last_break_ = token.end;
        }
    }

    void take_raw(HtmlToken const& token) {
        auto const content = tokens_.raw_text(token.name);
        if (!open_.back().skip || token.name == "title" || token.name == "script") metadata_.take_raw(token, content);
        std::ignore = tokens_.next();  // its end tag
    }

    void close_implied(std::string_view name, std::uint16_t traits) {
        if (traits & block_level) close_paragraph();
        for (std::size_t i = open_.size(); i-- > 1;) {
            if (closes(name, open_[i].name)) return pop_to(i);
            if (shields(name, open_[i].name)) return;
        }
    }

    // A block-level element ends an open paragraph, but not one outside the box it stands in.
    void close_paragraph() {
        for (std::size_t i = open_.size(); i-- > 1;) {
            if (open_[i].name == "p") return pop_to(i);
            if (open_[i].traits & block_level) return;
        }
    }

    void push(HtmlToken const& token, std::uint16_t traits) {
        if (open_.size() >= max_depth) {
            ++too_deep_;
            return;
        }
        Open entry = open_.back();
        entry.name = token.name;
        entry.traits = traits;
        entry.skip = entry.skip || (traits & dropped) || is_hidden(token);
        entry.link = entry.link || (token.name == "a" && token.has_attribute("href"));
        entry.furniture = entry.furniture || (traits & furniture);
        entry.own_byline = !entry.byline && !entry.skip && !entry.furniture && is_byline(token);
        entry.byline = entry.byline || entry.own_byline;
        if (traits & block_level) entry.node = add_node(token, entry.node);
        if (entry.own_byline && bylines_.size() < max_bylines) bylines_.push_back({"", {}, entry.node});
        if (entry.byline && !entry.own_name && !bylines_.empty() && names_a_person(token)) {
            entry.own_name = true;
            if (bylines_.back().names.size() < max_names) bylines_.back().names.emplace_back();
        }
        open_.push_back(std::move(entry));
    }

    void note_byline_text(std::size_t begin, std::size_t end) {
        if (!open_.back().byline || bylines_.empty() || bylines_.back().text.size() > 400) return;
        auto const words = resolve_entities(text_.substr(begin, std::min<std::size_t>(end - begin, 400)));
        auto& byline = bylines_.back();
        byline.text += ' ' + words;  // elements side by side hold a name and a date
        if (open_.back().own_name && !byline.names.empty()) byline.names.back() += words;
    }

    // The first byline that stands in none of the page's other parts.
    void state_byline(std::vector<bool> const& excluded) {
        for (auto const& byline : bylines_) {
            if (excluded[byline.node]) continue;
            auto const name = author_in(byline);
            if (name.empty()) continue;
            metadata_.take_byline(name);
            return;
        }
    }

    // One name alone is what the markup says; several stand in the text as the page joins them.
    static std::string author_in(Byline const& byline) {
        std::vector<std::string> names;
        for (auto const& stated : byline.names)
            if (auto name = name_in_byline_element(stated);
                !name.empty() && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
        return names.size() == 1 ? names.front() : name_in_byline_element(byline.text);
    }

    // Within a byline: <a rel="author">, itemprop="name", hCard's "fn", a link to the author's page.
    static bool names_a_person(HtmlToken const& token) {
        if (token.attribute("itemprop") == "name" || token.attribute("rel") == "author" ||
            (' ' + std::string(token.attribute("class").substr(0, 256)) + ' ').find(" fn ") != std::string::npos)
            return true;
        if (token.name != "a") return false;
        auto const address = ascii_lower(token.attribute("href").substr(0, 512));
        return address.find("/author/") != std::string::npos || address.find("/authors/") != std::string::npos;
    }

    std::uint32_t add_node(HtmlToken const& token, std::uint32_t parent) {
        if (nodes_.size() >= max_nodes) {
            ++too_many_nodes_;
            return parent;
        }
        Node node;
        node.parent = parent;
        auto const role = token.attribute("role");
        auto const label = std::string(token.attribute("class")) + ' ' + std::string(token.attribute("id"));
        node.strong_negative =
            role == "navigation" || role == "contentinfo" || role == "dialog" || role == "search" || role == "banner";
        node.negative = node.strong_negative || token.name == "aside" || token.name == "form" || names_furniture(label);
        node.positive =
            token.attribute("itemprop").find("articleBody") != std::string_view::npos || names_article_text(label);
        node.comments = names_comments(label);
        node.caption = names_caption(label);
        node.byline = is_byline(token);
        node.kind = kind_of(token);
        if (node.positive) node.label = label;
        node.container = token.name != "p" && token.name != "body" && !is_heading(token.name);
        nodes_.push_back(node);
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    // Tag and first class, its numbers aside: "post-123" and "post-124" are two of a kind.
    static std::uint64_t kind_of(HtmlToken const& token) noexcept {
        auto const label = trimmed(token.attribute("class"));
        std::uint64_t hash = 14695981039346656037u;
        auto const take = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u; };
        for (char const c : token.name)
            take(c);
        take(' ');
        for (char const c : label.substr(0, std::min(label.find_first_of(" \t\n"), label.size())))
            if (!is_ascii_digit(c)) take(c);
        return hash;
    }

    static bool is_hidden(HtmlToken const& token) {
        if (token.name == "body" || token.name == "html") return false;
        if (token.has_attribute("hidden") || token.attribute("aria-hidden") == "true") return true;
        auto style = ascii_lower(token.attribute("style"));
        std::erase(style, ' ');
        return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
    }

    static bool is_byline(HtmlToken const& token) {
        auto const property = ' ' + ascii_lower(token.attribute("itemprop")) + ' ';
        if (token.attribute("rel") == "author" || property.find(" author ") != std::string::npos) return true;
        auto const names = std::string(token.attribute("class")) + ' ' + std::string(token.attribute("id"));
        return names_byline(names) &&
               ascii_lower(names).find("comment") == std::string::npos;  // a reader's, or its form
    }

    void take_end(HtmlToken const& token) {
        auto const traits = traits_of(token.name);
        if (traits & block_level) end_block();
        if (token.name == "br") return;
        for (std::size_t i = open_.size(); i-- > 1;) {
            if (open_[i].name == token.name) return pop_to(i);
            if ((traits & block_level) == 0 && (open_[i].traits & boundary)) return;
            if (open_[i].name == "td" || open_[i].name == "th") {
                if (token.name != "tr" && token.name != "table" && token.name != "tbody") return;
            }
        }
    }

    void pop_to(std::size_t size) { open_.resize(size); }

    void end_block() {
        last_break_ = 0;
        if (!block_.text.empty() && !trimmed(block_.text.text()).empty()) {
            describe();
            if (has_lines_of_their_own())
                add_lines();
            else
                add_block(std::move(block_), links_);
        }
        block_ = {};
        links_.clear();
        breaks_.clear();
    }

    struct Range {
        std::size_t begin, end;
    };

    void add_block(Block&& block, std::vector<Range> const& links) {
        for (auto const& link : links)
            block.link_bytes += link.end - link.begin;
        owners_.push_back(open_.back().node);
        document_.blocks.push_back(std::move(block));
    }

    // Lines that are parted by <br>, each a whole of its own: a list, or paragraphs. Lines that carry on are wrapped text.
    bool has_lines_of_their_own() const noexcept {
        if (breaks_.size() < 2 || block_.kind == BlockKind::code || block_.kind == BlockKind::heading) return false;
        std::string_view const text = block_.text.text();
        std::size_t n_carried_on = 0;
        for (auto const at : breaks_) {
            auto const rest = trimmed(text.substr(at));
            if (!rest.empty() && is_lower(code_point_at(rest, 0).value)) ++n_carried_on;
        }
        return n_carried_on * 10 <= breaks_.size();
    }

    // Two thirds of the lines end without a stop.
    bool is_list_of_lines() const noexcept {
        std::string_view const text = block_.text.text();
        std::size_t begin = 0, n = 0, n_open = 0;
        for (auto const end : breaks_) {
            auto const line = trimmed(text.substr(begin, end - begin));
            begin = end;
            if (line.empty()) continue;
            ++n;
            n_open += !is_terminated(line);
        }
        return n >= 3 && n_open * 3 >= n * 2;
    }

    void add_lines() {
        std::string_view const text = block_.text.text();
        breaks_.push_back(text.size());
        bool const list = block_.kind == BlockKind::paragraph && is_list_of_lines();
        std::size_t begin = 0, link = 0;
        for (auto const end : breaks_) {
            auto const line = trimmed(text.substr(begin, end - begin));
            if (!line.empty()) {
                auto const from = static_cast<std::size_t>(line.data() - text.data()), to = from + line.size();
                Block block;
                block.kind = list ? BlockKind::list_item : block_.kind;
                block.furniture = block_.furniture;
                block.marked_body = block_.marked_body;
                block.byline = block_.byline;
                block.single_line = block_.single_line;
                block.cut_off = block_.cut_off && end == text.size();
                block.text.append_part(block_.text, from, to);
                std::vector<Range> links;
                while (link < links_.size() && links_[link].end <= to)
                    links.push_back(links_[link++]);
                add_block(std::move(block), links);
            }
            begin = end;
        }
    }

    // Its kind, by the nearest element that says one.
    void describe() {
        block_.single_line = false;
        block_.furniture = open_.back().furniture;
        block_.byline = open_.back().byline;
        bool paragraph = false;
        for (std::size_t i = open_.size(); i-- > 1;) {
            std::string_view const name = open_[i].name;
            if (name == "p") paragraph = block_.marked_body = true;
            if (is_heading(name)) {
                block_.kind = BlockKind::heading;
                block_.heading_level = name[1] - '0';
                return;
            }
            if (name == "li" || name == "dd") return set(BlockKind::list_item);
            if (name == "blockquote") return set(BlockKind::quotation);
            if (name == "figcaption" || name == "caption" || (name == "figure" && !paragraph))
                return set(BlockKind::caption);
            if (name == "pre") return set(BlockKind::code);
            if (name == "dt" || name == "summary" || name == "legend") return set(BlockKind::heading);
            if (!paragraph && (name == "td" || name == "th")) return set(BlockKind::table_cell);
        }
    }
    void set(BlockKind kind) noexcept { block_.kind = kind; }

    // --- which part of the page holds the article ---

    static bool is_prose(Block const& block) noexcept {
        if (block.furniture || block.kind == BlockKind::heading || block.kind == BlockKind::caption) return false;
        auto const bytes = block.text.text().size();
        return bytes >= 60 && block.link_bytes * 2 < bytes;
    }

    void judge() {
        auto& blocks = document_.blocks;
        std::vector<bool> excluded(nodes_.size(), false);
        sum(excluded);
        auto const all = nodes_[0].prose;
        exclude(excluded, true);
        sum(excluded);
        // Names that make nearly everything furniture do not mean what they seem to.
        if (nodes_[0].prose * 10 < all) {
            excluded.assign(nodes_.size(), false);
            sum(excluded);
            exclude(excluded, false);
            sum(excluded);
        }
        exclude_cards(excluded);
        sum(excluded);
        std::uint32_t const home = find_home();
        std::vector<bool> inside(nodes_.size(), false);
        inside[home] = true;
        for (std::uint32_t i = 1; i < nodes_.size(); ++i)
            if (i != home) inside[i] = inside[nodes_[i].parent];
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (!inside[owners_[i]]) blocks[i].outside = true;
            if (excluded[owners_[i]]) blocks[i].furniture = true;
            blocks[i].box = box_of(owners_[i]);
        }
        mark_small_parts();
        state_byline(excluded);
        document_.cut_off = cut_in_start_ && inside[last_open_] && !excluded[last_open_];
    }

    void sum(std::vector<bool> const& excluded) {
        for (auto& node : nodes_)
            node.prose = node.text = node.links = 0;
        for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
            auto const& block = document_.blocks[i];
            auto& node = nodes_[owners_[i]];
            node.text += block.text.text().size();
            node.links += block.link_bytes;
            if (is_prose(block)) node.prose += block.text.text().size() - block.link_bytes;
        }
        for (std::size_t i = nodes_.size(); i-- > 1;) {
            if (excluded[i]) nodes_[i].prose = 0;
            auto& parent = nodes_[nodes_[i].parent];
            parent.prose += nodes_[i].prose;
            parent.text += nodes_[i].text;
            parent.links += nodes_[i].links;
        }
    }

    // A part named as furniture is furniture unless it holds much of the page's running text: some sites wrap the whole
    // page in a form or in class="has-sidebar".
    void exclude(std::vector<bool>& excluded, bool by_name) {
        auto const all = nodes_[0].prose;
        std::vector<bool> holds_article(nodes_.size(), false);
        for (std::size_t i = nodes_.size(); i-- > 1;) {
            if (nodes_[i].positive && nodes_[i].prose * 10 >= all) holds_article[i] = true;
            if (holds_article[i]) holds_article[nodes_[i].parent] = true;
        }
        for (std::size_t i = 1; i < nodes_.size(); ++i) {
            auto const& node = nodes_[i];
            bool const much = holds_article[i] || node.prose * 10 >= all * 4;
            bool const thread = node.comments && !holds_article[i] && node.prose * 10 < all * 8;
            bool const named = node.strong_negative || thread || (by_name && node.negative && !much);
            bool const links = node.container && !node.byline && node.links * 2 > node.text && !much;
            excluded[i] = excluded[node.parent] || named || links;
        }
    }

    // Three or more boxes of a kind in a row, each a linked headline with a line or two of text, announce other articles.
    void exclude_cards(std::vector<bool>& excluded) {
        note_linked_lines();
        std::map<std::pair<std::uint32_t, std::uint64_t>, Row> rows;
        for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
            if (!nodes_[i].container || excluded[i]) continue;
            auto& row = rows[{nodes_[i].parent, nodes_[i].kind}];
            ++row.n;
            row.n_cards += is_card(nodes_[i]);
            row.n_headed += is_card(nodes_[i]) && nodes_[i].linked_heading;
            row.prose += nodes_[i].prose;
        }
        auto const all = nodes_[0].prose;
        std::vector<bool> in_article(nodes_.size(), false);
        for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
            in_article[i] = in_article[nodes_[i].parent] || nodes_[i].positive;
            if (excluded[nodes_[i].parent]) excluded[i] = true;
            if (!nodes_[i].container || excluded[i]) continue;
            auto const& row = rows[{nodes_[i].parent, nodes_[i].kind}];
            // Within the article's own part, only what cannot be a list of the article's.
            bool const many = row.n >= 3 && (!in_article[i] || row.n >= 6 || row.n_headed == row.n);
            if (many && row.n_cards * 3 >= row.n * 2 && all - row.prose >= 600) excluded[i] = true;
        }
    }

    struct Row {
        std::size_t n = 0, n_cards = 0, n_headed = 0, prose = 0;
    };

    static bool is_card(Node const& node) noexcept {
        return node.linked_heading ? node.prose < 1000 && node.text < 1400
                                   : node.linked_line && node.prose < 500 && node.text < 900;
    }

    void note_linked_lines() {
        for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
            auto const& block = document_.blocks[i];
            if (block.link_bytes * 10 >= block.text.text().size() * 8 && count_words(block.text.text()) >= 3) {
                nodes_[owners_[i]].linked_line = true;
                if (block.kind == BlockKind::heading) nodes_[owners_[i]].linked_heading = true;
            }
        }
        for (std::size_t i = nodes_.size(); i-- > 1;) {
            if (nodes_[i].linked_line) nodes_[nodes_[i].parent].linked_line = true;
            if (nodes_[i].linked_heading) nodes_[nodes_[i].parent].linked_heading = true;
        }
    }

    std::uint32_t box_of(std::uint32_t node) const noexcept {
        while (node != 0 && !nodes_[node].container)
            node = nodes_[node].parent;
        return node;
    }

    // Captions and bylines, unless their names stand on a part that holds much of the text.
    void mark_small_parts() {
        auto const all = nodes_[0].prose;
        std::vector<bool> caption(nodes_.size(), false), byline(nodes_.size(), false);
        for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
            bool const small = nodes_[i].prose * 10 < all * 3;
            caption[i] = caption[nodes_[i].parent] || (nodes_[i].caption && small);
            byline[i] = byline[nodes_[i].parent] || (nodes_[i].byline && small);
        }
        for (std::size_t i = 0; i < document_.blocks.size(); ++i) {
            auto& block = document_.blocks[i];
            if (caption[owners_[i]] && block.kind != BlockKind::heading) block.kind = BlockKind::caption;
            block.bio = byline[owners_[i]];
        }
    }

    // From the top down, as long as one part holds nearly all the running text.
    std::uint32_t find_home() const {
        std::vector<std::uint32_t> best(nodes_.size(), 0);
        for (std::uint32_t i = static_cast<std::uint32_t>(nodes_.size()); i-- > 1;) {
            auto& favourite = best[nodes_[i].parent];
            if (favourite == 0 || nodes_[i].prose >= nodes_[favourite].prose) favourite = i;
        }
        std::uint32_t home = 0;
        for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
            if (!nodes_[i].positive || nodes_[i].prose * 4 < nodes_[0].prose) continue;
            if (home == 0 || nodes_[i].prose > nodes_[home].prose) home = i;
        }
        if (home != 0) return with_its_other_parts(home);
        while (best[home] != 0 && nodes_[best[home]].container &&
               nodes_[best[home]].prose * 100 >= nodes_[home].prose * 80 && nodes_[best[home]].prose > 0)
            home = best[home];
        return home;
    }

    // An article that is broken up by advertisements: the part that holds all parts named as this one is. Where each
    // paragraph has the name, short ones belong to it as well.
    std::uint32_t with_its_other_parts(std::uint32_t home) const {
        std::uint32_t all = home;
        for (std::uint32_t i = 1; i < nodes_.size(); ++i)
            if (i != home && nodes_[i].positive && nodes_[i].label == nodes_[home].label &&
                (nodes_[i].prose * 10 >= nodes_[home].prose || !nodes_[home].container))
                all = common_parent(all, i);
        return nodes_[all].prose * 100 <= prose_of_parts(home) * 125 ? all : home;
    }

    std::size_t prose_of_parts(std::uint32_t home) const {
        std::size_t sum = 0;
        for (auto const& node : nodes_)
            if (node.positive && node.label == nodes_[home].label) sum += node.prose;
        return sum;
    }

    // A node stands after its parent.
    std::uint32_t common_parent(std::uint32_t a, std::uint32_t b) const noexcept {
        while (a != b)
            (a > b ? a : b) = nodes_[std::max(a, b)].parent;
        return a;
    }

    void note_troubles() {
        if (too_deep_ > 0)
            document_.troubles.push_back("elements nested deeper than " + std::to_string(max_depth) +
                                         " are read as if they were not");
        if (too_many_nodes_ > 0)
            document_.troubles.push_back("has more than " + std::to_string(max_nodes) + " block elements");
        if (auto const n = tokens_.attributes_left_out(); n > 0)
            document_.troubles.push_back("a tag has more than 64 attributes; " + std::to_string(n) + " were left out");
    }

    std::string_view text_;
    HtmlTokenizer tokens_;
    Document document_;
    HtmlMetadata metadata_;
    std::vector<Node> nodes_;
    std::vector<Open> open_;
    std::vector<std::uint32_t> owners_;  // node of each block
    Block block_;
    std::vector<Byline> bylines_;
    std::vector<Range> links_;         // of block_: words of links
    std::vector<std::size_t> breaks_;  // of block_: where its lines end
    std::size_t last_break_ = 0;
    std::uint32_t last_open_ = 0;  // node that the file ends in
    bool cut_in_start_ = false;    // of an element: there was more to come
    std::size_t too_deep_ = 0, too_many_nodes_ = 0, entities_ = 0;
};

}  // namespace

Document read_html(std::string_view text) {
    return PageReader(text).read();
}

}  // namespace dossier::sources
