#include "dossier/sources/journal/xml_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "dossier/sources/document.hpp"
#include "dossier/sources/html_tokens.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// Neither escapes nor line ends nor attributes are rewritten, so that what the tree holds lies byte for byte where it lies in
/// the source.
constexpr unsigned verbatim = pugi::parse_cdata | pugi::parse_ws_pcdata;
constexpr std::size_t max_reference_bytes = 40;

/// Names of ISO 8879 that journals use and HTML 4 lacks.
constexpr auto iso_names = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"agr", "α"},    {"apos", "'"},   {"ast", "*"},    {"bgr", "β"},    {"bsol", "\\"},  {"bull", "•"},
    {"check", "✓"},  {"colon", ":"},  {"comma", ","},  {"commat", "@"}, {"dash", "‐"},   {"dgr", "δ"},
    {"dollar", "$"}, {"emsp13", " "}, {"epsi", "ε"},   {"equals", "="}, {"excl", "!"},   {"ffilig", "ffi"},
    {"fflig", "ff"}, {"filig", "fi"}, {"fllig", "fl"}, {"frac13", "⅓"}, {"frac23", "⅔"}, {"ggr", "γ"},
    {"half", "½"},   {"hairsp", " "}, {"horbar", "―"}, {"hyphen", "‐"}, {"lcub", "{"},   {"les", "⩽"},
    {"ges", "⩾"},    {"lowbar", "_"}, {"lpar", "("},   {"lsqb", "["},   {"mgr", "μ"},    {"num", "#"},
    {"numsp", " "},  {"ohm", "Ω"},    {"percnt", "%"}, {"period", "."}, {"phis", "φ"},   {"plus", "+"},
    {"puncsp", " "}, {"quest", "?"},  {"rcub", "}"},   {"rpar", ")"},   {"rsqb", "]"},   {"semi", ";"},
    {"sol", "/"},    {"square", "□"}, {"thetas", "θ"}, {"verbar", "|"}, {"vprime", "′"}, {"boxh", "─"},
    {"inodot", "ı"}, {"scedil", "ş"}, {"Scedil", "Ş"}, {"cacute", "ć"}, {"Cacute", "Ć"}, {"ccaron", "č"},
    {"Ccaron", "Č"}, {"zcaron", "ž"}, {"Zcaron", "Ž"}, {"lstrok", "ł"}, {"Lstrok", "Ł"}, {"nacute", "ń"},
    {"sacute", "ś"}, {"Sacute", "Ś"}, {"ecaron", "ě"}, {"rcaron", "ř"}, {"gbreve", "ğ"}, {"Idot", "İ"},
    {"odblac", "ő"}, {"udblac", "ű"}, {"eogon", "ę"},  {"aogon", "ą"},  {"dstrok", "đ"},
});

/// A reference with its semicolon: XML knows no other.
Entity reference_at(std::string_view text) {
    auto const end = text.substr(0, max_reference_bytes).find(';');
    if (end == std::string_view::npos) return {};
    if (auto entity = entity_at(text.substr(0, end + 1)); entity.length == end + 1) return entity;
    auto const name = text.substr(1, end - 1);
    for (auto const& [iso, characters] : iso_names)
        if (iso == name) return {std::string(characters), end + 1};
    return {};
}

/// Why a document is more than this reader takes on; empty: it is not.
std::string excess_of(std::string_view source) {
    std::size_t markup = 0, references = 0;
    for (char const c : source) {
        markup += c == '<' || c == '=';
        references += c == '&';
    }
    if (markup > max_xml_markup) return "has more than " + std::to_string(max_xml_markup) + " tags and attributes";
    if (references > max_entities) return "has more than " + std::to_string(max_entities) + " references to characters";
    return {};
}

std::string reason_of(pugi::xml_parse_status status) {
    switch (status) {
        case pugi::status_out_of_memory: return "there is not enough memory for it";
        case pugi::status_bad_pi: return "a processing instruction is not closed";
        case pugi::status_bad_comment: return "a comment is not closed";
        case pugi::status_bad_cdata: return "a CDATA section is not closed";
        case pugi::status_bad_doctype: return "the document type is not closed";
        case pugi::status_bad_start_element: return "a start tag is broken";
        case pugi::status_bad_attribute: return "an attribute is broken";
        case pugi::status_bad_end_element: return "an end tag is broken";
        case pugi::status_end_element_mismatch: return "a tag has no counterpart";
        case pugi::status_no_document_element: return "it has no element";
        default: return "a tag is broken";
    }
}

/// In document order; null: `at` is the last one below `root`.
pugi::xml_node next_within(pugi::xml_node root, pugi::xml_node at) noexcept {
    if (auto const child = at.first_child()) return child;
    for (; at != root; at = at.parent())
        if (auto const next = at.next_sibling()) return next;
    return {};
}

void append_resolved_text(std::string& to, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        auto const ampersand = std::min(text.find('&', at), text.size());
        to += text.substr(at, ampersand - at);
        if (ampersand == text.size()) return;
        auto const entity = reference_at(text.substr(ampersand));
        to += entity.length != 0 ? std::string_view(entity.characters) : "&";
        at = ampersand + std::max<std::size_t>(entity.length, 1);
    }
}

}  // namespace

XmlText::XmlText(std::string_view source) : source_(source) {
    problem_ = excess_of(source);
    if (!problem_.empty()) return;
    parsed_ = source;
    auto const result = document_.load_buffer_inplace(parsed_.data(), parsed_.size(), verbatim, pugi::encoding_utf8);
    if (!result) note_problem(result);
}

void XmlText::note_problem(pugi::xml_parse_result const& result) {
    auto const at = std::clamp<std::ptrdiff_t>(result.offset, 0, static_cast<std::ptrdiff_t>(source_.size()));
    auto const before = source_.substr(0, static_cast<std::size_t>(at));
    problem_line_ = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    bool const at_end = before.size() + 1 >= source_.size();
    problem_ = "is not well-formed XML: " + (at_end && result.status == pugi::status_end_element_mismatch
                                                 ? std::string("it ends before its elements do")
                                                 : reason_of(result.status));
    document_.reset();
}

XmlSlice XmlText::slice_of(char const* value) const {
    if (value < parsed_.data() || value >= parsed_.data() + parsed_.size()) return {};  // an empty value
    auto const origin = static_cast<std::size_t>(value - parsed_.data());
    return {source_.substr(origin, std::strlen(value)), origin};
}

std::string_view local_name(pugi::xml_node node) noexcept {
    std::string_view const name = node.name();
    auto const colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_named(pugi::xml_node parent, std::string_view name) noexcept {
    for (auto child = parent.first_child(); child; child = child.next_sibling())
        if (child.type() == pugi::node_element && local_name(child) == name) return child;
    return {};
}

bool is_text(pugi::xml_node node) noexcept {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

void append_xml(MappedText& to, XmlSlice slice, bool resolve) {
    auto const text = slice.text;
    for (std::size_t at = 0; at < text.size();) {
        auto ampersand = resolve ? std::min(text.find('&', at), text.size()) : text.size();
        auto const entity = ampersand < text.size() ? reference_at(text.substr(ampersand)) : Entity{};
        if (ampersand < text.size() && entity.length == 0) ++ampersand;
        to.append(text.substr(at, ampersand - at), slice.origin + at);
        to.append_resolved(entity.characters, slice.origin + ampersand, entity.length);
        at = ampersand + entity.length;
    }
}

void append_all_text(MappedText& to, XmlText const& xml, pugi::xml_node node) {
    walk_xml(node, [&](pugi::xml_node at) {
        if (is_text(at)) append_xml(to, xml.slice_of(at), at.type() == pugi::node_pcdata);
        return true;
    });
}

std::string plain_text(pugi::xml_node node) {
    std::string text;
    walk_xml(node, [&](pugi::xml_node at) {
        if (at.type() == pugi::node_pcdata) append_resolved_text(text, at.value());
        if (at.type() == pugi::node_cdata) text += at.value();
        return true;
    });
    return folded(text);
}

std::string opening_text(pugi::xml_node node, std::size_t most_bytes) {
    constexpr std::size_t most_nodes = 200;
    std::string text;
    std::size_t n_nodes = 0;
    for (auto at = node; at && n_nodes < most_nodes && text.size() < most_bytes;
         at = next_within(node, at), ++n_nodes) {
        std::string_view const part(at.value(), ::strnlen(at.value(), most_bytes - text.size()));
        if (at.type() == pugi::node_pcdata) append_resolved_text(text, part);
        if (at.type() == pugi::node_cdata) text += part;
    }
    return folded(text);
}

std::string text_of(pugi::xml_node parent, std::string_view child) {
    return plain_text(child_named(parent, child));
}

pugi::xml_attribute attribute_named(pugi::xml_node node, std::string_view name) noexcept {
    for (auto attribute = node.first_attribute(); attribute; attribute = attribute.next_attribute()) {
        std::string_view const full = attribute.name();
        if (full == name ||
            (full.size() > name.size() && full.ends_with(name) && full[full.size() - name.size() - 1] == ':'))
            return attribute;
    }
    return {};
}

std::string attribute_of(pugi::xml_node node, std::string_view name) {
    std::string text;
    append_resolved_text(text, attribute_named(node, name).value());
    return folded(text);
}

}  // namespace dossier::sources
