#include "dossier/sources/format.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

std::string_view file_name(std::string_view path) {
    auto const slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string extension_of(std::string_view path) {
    auto const name = file_name(path);
    auto const dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : ascii_lower(name.substr(dot + 1));
}

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

bool looks_like_html(std::string_view head) {
    static constexpr std::array<std::string_view, 8> openings = {"<!doctype html", "<html", "<head", "<body",
                                                                 "<article",       "<div",  "<p>",   "<h1"};
    for (auto const opening : openings)
        if (head.starts_with(opening)) return true;
    return (head.starts_with("<?xml") || head.starts_with("<!--")) && head.find("<html") != std::string::npos;
}

bool has_element(std::string_view head, std::string_view name) {
    for (auto at = head.find(name); at != std::string_view::npos; at = head.find(name, at + 1)) {
        auto const end = at + name.size();
        if (at > 0 && head[at - 1] == '<' && (end == head.size() || head[end] == '>' || is_space(head[end])))
            return true;
    }
    return false;
}

/// The vocabulary of XML by its outermost elements.
Format xml_format(std::string_view head) {
    if (head.find("<html") != std::string_view::npos) return Format::html;
    if (has_element(head, "pubmedarticleset") || has_element(head, "pubmedarticle") ||
        has_element(head, "pubmedbookarticle"))
        return Format::pubmed_xml;
    if (has_element(head, "xml") && has_element(head, "records")) return Format::endnote_xml;
    bool const journal = has_element(head, "article") || has_element(head, "pmc-articleset");
    if (journal && (head.find("jats") != std::string_view::npos || head.find("journal") != std::string_view::npos ||
                    head.find("nlm") != std::string_view::npos || has_element(head, "front")))
        return Format::jats;
    return Format::unknown_xml;
}

Format content_format(std::string_view start_of_file) {
    auto start = start_of_file.substr(0, 4096);
    if (start.starts_with("%PDF-")) return Format::pdf;
    if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
    auto const head = ascii_lower(trimmed(start));
    if (head.starts_with("<?xml") || head.starts_with("<!doctype article") || head.starts_with("<!doctype pubmed") ||
        head.starts_with("<pubmedarticle") || head.starts_with("<xml>") || head.starts_with("<pmc-articleset"))
        return xml_format(head);
    if (head.starts_with("<article") && head.find("<front>") != std::string::npos) return Format::jats;
    if (looks_like_html(head)) return Format::html;
    if (head.starts_with("ty  -")) return Format::ris;
    if (head.starts_with("pmid-")) return Format::nbib;
    if ((head.starts_with("fn ") && head.find("\nvr ") != std::string::npos) || head.starts_with("pt j\n"))
        return Format::ciw;
    return Format::text;
}

}  // namespace

Format format_of(std::string_view path, std::string_view start_of_file) {
    auto const extension = extension_of(name_unpacked(path));
    for (auto const& [name, format] : by_extension)
        if (extension == name) return format;
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
