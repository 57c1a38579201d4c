#include "dossier/sources/format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/file_name.hpp"
#include "dossier/sources/records/column_names.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr auto by_extension = std::to_array<std::pair<std::string_view, Format>>({
    {"md", Format::markdown},
    {"markdown", Format::markdown},
    {"html", Format::html},
    {"htm", Format::html},
    {"xhtml", Format::html},
    {"pdf", Format::pdf},
    {"ris", Format::ris},
    {"nbib", Format::nbib},
    {"medline", Format::nbib},
    {"ciw", Format::ciw},
    {"bib", Format::bibtex},
    {"bibtex", Format::bibtex},
    {"csv", Format::csv},
    {"tsv", Format::tsv},
    {"tab", Format::tsv},
    {"jsonl", Format::jsonl},
    {"ndjson", Format::jsonl},
    {"nxml", Format::jats},
});

/// Extensions that leave the format to the content.
constexpr auto by_content = std::to_array<std::string_view>({"txt", "text", "xml"});

constexpr std::size_t head_bytes = 4096;              // that tell a format
constexpr std::size_t most_prolog_bytes = 1u << 20;   // before the outermost element of XML
constexpr std::size_t most_before_front = 64u << 10;  // between <article> and <front>: comments

bool starts_html(std::string_view head) {
    static constexpr auto openings = std::to_array<std::string_view>(
        {"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<h1"});
    return std::any_of(openings.begin(), openings.end(), [&](auto opening) { return head.starts_with(opening); });
}

bool has_element(std::string_view head, std::string_view name) {
    for (auto at = head.find(name); at != std::string_view::npos; at = head.find(name, at + 1)) {
        auto const end = at + name.size();
        if (at > 0 && head[at - 1] == '<' && (end == head.size() || head[end] == '>' || is_space(head[end])))
            return true;
    }
    return false;
}

/// Behind the first `closing`; empty: it does not come.
std::string_view behind(std::string_view text, std::string_view closing) {
    auto const at = text.find(closing);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + closing.size());
}

/// Behind a document type declaration, with all that it declares itself. @pre text starts with it
std::string_view behind_document_type(std::string_view text) {
    bool inside = false;  // between its brackets
    for (text.remove_prefix(2); !text.empty();) {
        char const c = text.front();
        if (text.starts_with("<!--")) {
            text = behind(text.substr(4), "-->");
        } else if (text.starts_with("<?")) {
            text = behind(text, "?>");
        } else if (c == '"' || c == '\'') {
            text = behind(text.substr(1), text.substr(0, 1));
        } else {
            text.remove_prefix(1);
            if (c == '>' && !inside) return text;
            if (c == '[' || c == ']') inside = c == '[';
        }
    }
    return {};
}

/// How XML begins, in lower case.
struct XmlOpening {
    bool declared = false;      ///< by <?xml
    std::string document_type;  ///< its declaration; empty: none
    std::string root;           ///< what begins with the outermost element; empty: not found
};

XmlOpening xml_opening_of(std::string_view text) {
    XmlOpening opening;
    text = text.substr(0, most_prolog_bytes);
    opening.declared = ascii_lower(text.substr(0, 5)) == "<?xml";
    for (text = trimmed(text); text.starts_with("<!") || text.starts_with("<?"); text = trimmed(text)) {
        auto const begin = text;
        if (text.starts_with("<!--")) {
            text = behind(text.substr(4), "-->");
        } else if (text.starts_with("<?")) {
            text = behind(text, "?>");
        } else {
            text = behind_document_type(text);
            opening.document_type = ascii_lower(begin.substr(0, std::min(begin.size() - text.size(), head_bytes)));
        }
    }
    opening.root = ascii_lower(text.substr(0, most_before_front));
    return opening;
}

/// Of "<jats:article xmlns=…": "article".
std::string_view name_of_root(std::string_view root) {
    if (!root.starts_with('<')) return {};
    auto const name = root.substr(1, root.find_first_of("> /\t\r\n", 1) - 1);
    return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

bool names_journal_vocabulary(std::string_view text) {
    static constexpr auto names = std::to_array<std::string_view>({"jats", "journal", "nlm"});
    return std::any_of(names.begin(), names.end(),
                       [&](auto name) { return text.find(name) != std::string_view::npos; });
}

/// The vocabulary of XML by its outermost elements.
Format xml_format(XmlOpening const& opening) {
    auto const head = std::string_view(opening.root).substr(0, head_bytes);
    auto const root = name_of_root(head);
    if (root == "html" || (root != "article" && head.find("<html") != std::string_view::npos)) return Format::html;
    if (has_element(head, "pubmedarticleset") || has_element(head, "pubmedarticle") ||
        has_element(head, "pubmedbookarticle"))
        return Format::pubmed_xml;
    if (has_element(head, "xml") && has_element(head, "records")) return Format::endnote_xml;
    bool const journal = root == "article" || has_element(head, "article") || has_element(head, "pmc-articleset");
    if (journal && (names_journal_vocabulary(head) || names_journal_vocabulary(opening.document_type) ||
                    has_element(root == "article" ? std::string_view(opening.root) : head, "front")))
        return Format::jats;
    return Format::unknown_xml;
}

bool is_xml(XmlOpening const& opening) {
    auto const& type = opening.document_type;
    auto const root = name_of_root(opening.root);
    return opening.declared || type.starts_with("<!doctype article") || type.starts_with("<!doctype pubmed") ||
           root.starts_with("pubmedarticle") || root == "xml" || root == "pmc-articleset" ||
           (root == "article" && has_element(opening.root, "front"));
}

/// "PT J", "PT B", "PT S" and the end of the line, in lower case.
bool begins_with_publication_type(std::string_view head) noexcept {
    return head.size() > 4 && head.starts_with("pt ") && is_ascii_alpha(head[3]) &&
           (head[4] == '\n' || head[4] == '\r');
}

/// "@article{smith2020," behind comment lines; braces or parentheses.
bool looks_like_bibtex(std::string_view head) {
    while (head.starts_with('%')) {
        auto const end = head.find('\n');
        if (end == std::string_view::npos) return false;
        head = trimmed(head.substr(end));
    }
    if (!head.starts_with('@')) return false;
    std::size_t at = 1;
    while (at < head.size() && is_ascii_alpha(head[at]))
        ++at;
    auto const word = head.substr(1, at - 1);
    auto rest = trimmed(head.substr(at));
    if (word.empty() || (!rest.starts_with('{') && !rest.starts_with('('))) return false;
    if (word == "comment" || word == "preamble" || word == "string") return true;
    rest = trimmed(rest.substr(1));
    auto const comma = rest.find(',');
    return comma != std::string_view::npos && comma > 0 &&
           rest.substr(0, comma).find_first_of(" \t\r\n{}();") == std::string_view::npos;
}

/// A first line of columns, parted by tabs, that bibliographic exports have: three of them known, the title among them.
bool looks_like_tab_separated_export(std::string_view head) {
    auto line = head.substr(0, head.find_first_of("\r\n"));
    std::size_t n_columns = 0, n_known = 0;
    bool title = false;
    for (bool more = true; more; ++n_columns) {
        auto const tab = line.find('\t');
        auto const role = use_of_column({}, trimmed(line.substr(0, tab))).role;
        n_known += role != FieldRole::none ? 1 : 0;
        title = title || role == FieldRole::title;
        more = tab != std::string_view::npos;
        if (more) line.remove_prefix(tab + 1);
    }
    return title && n_known >= 3 && n_known * 2 >= n_columns;
}

Format content_format(std::string_view start_of_file) {
    if (start_of_file.starts_with("%PDF-")) return Format::pdf;
    if (start_of_file.starts_with("\xEF\xBB\xBF")) start_of_file.remove_prefix(3);
    auto const head = ascii_lower(trimmed(start_of_file.substr(0, head_bytes)));
    if (head.starts_with('<')) {
        auto const opening = xml_opening_of(trimmed(start_of_file.substr(0, most_prolog_bytes)));
        if (is_xml(opening)) return xml_format(opening);
        if (starts_html(head) || starts_html(opening.root)) return Format::html;
        if (head.starts_with("<!--") && head.find("<html") != std::string::npos) return Format::html;
    }
    if (head.starts_with("ty  -")) return Format::ris;
    if (head.starts_with("pmid-")) return Format::nbib;
    bool const names_its_writer =
        head.starts_with("fn ") && (head.find("\nvr ") != std::string::npos || head.find("\rvr ") != std::string::npos);
    if (names_its_writer || begins_with_publication_type(head)) return Format::ciw;
    if (looks_like_bibtex(head)) return Format::bibtex;
    if (looks_like_tab_separated_export(head)) return Format::tsv;
    return Format::text;
}

}  // namespace

Format format_of(std::string_view path, std::string_view start_of_file) {
    auto const extension = extension_of(name_unpacked(path));
    for (auto const& [name, format] : by_extension)
        if (extension == name) return format;
    // Most files of it hold no articles, so that those in archives are left out.
    if (extension == "json") return Format::jsonl;
    auto const format = content_format(start_of_file);
    // Text about HTML stays text.
    bool const text = extension == "txt" || extension == "text";
    return text && (format == Format::html || format == Format::unknown_xml || format == Format::pdf) ? Format::text
                                                                                                      : format;
}

char const* name_of(Format format) noexcept {
    switch (format) {
        case Format::text: return "text";
        case Format::markdown: return "markdown";
        case Format::html: return "html";
        case Format::jats: return "jats";
        case Format::pdf: return "pdf";
        case Format::ris: return "ris";
        case Format::nbib: return "nbib";
        case Format::ciw: return "ciw";
        case Format::bibtex: return "bibtex";
        case Format::endnote_xml: return "endnote-xml";
        case Format::pubmed_xml: return "pubmed-xml";
        case Format::csv: return "csv";
        case Format::tsv: return "tsv";
        case Format::jsonl: return "jsonl";
        case Format::unknown_xml: return "xml";
    }
    return "text";
}

bool has_records(Format format) noexcept {
    switch (format) {
        case Format::ris:
        case Format::nbib:
        case Format::ciw:
        case Format::bibtex:
        case Format::endnote_xml:
        case Format::pubmed_xml:
        case Format::csv:
        case Format::tsv:
        case Format::jsonl: return true;
        default: return false;
    }
}

bool is_structured(Format format) noexcept {
    return has_records(format) || format == Format::jats;
}

bool may_be_article(std::string_view path) {
    auto const extension = extension_of(name_unpacked(path));
    return std::any_of(by_extension.begin(), by_extension.end(), [&](auto const& e) { return e.first == extension; }) ||
           std::find(by_content.begin(), by_content.end(), extension) != by_content.end();
}

}  // namespace dossier::sources
