#include "dossier/sources/records/identifiers.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_searched = 64u << 10;  // of a note
constexpr std::size_t max_doi_bytes = 400;

std::size_t digits_at(std::string_view text, std::size_t at) noexcept {
    std::size_t n = 0;
    while (at + n < text.size() && is_ascii_digit(text[at + n]))
        ++n;
    return n;
}

int hex_value(char c) noexcept {
    if (is_ascii_digit(c)) return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string percent_resolved(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool ends_doi(char c) noexcept {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '|' || c == '{' || c == '}';
}

/// Without what belongs to the sentence or the brackets around it.
std::string_view without_tail(std::string_view doi) noexcept {
    while (!doi.empty()) {
        char const last = doi.back();
        bool const punctuation = last == '.' || last == ',' || last == ';' || last == ':' || last == '\'';
        char const opening = last == ')' ? '(' : last == ']' ? '[' : '\0';
        bool const stray =
            opening != '\0' && std::count(doi.begin(), doi.end(), last) > std::count(doi.begin(), doi.end(), opening);
        if (!punctuation && !stray) break;
        doi.remove_suffix(1);
    }
    return doi;
}

/// Length of "<0123:abc>" in "016<0123:abc>2.0.co;2"; 0: the brackets are no part of a DOI, but markup around it.
std::size_t item_number_at(std::string_view text, std::size_t at) noexcept {
    auto end = at + 1;
    while (end < text.size() && end - at < max_doi_bytes && !ends_doi(text[end]))
        ++end;
    bool const goes_on =
        end + 2 < text.size() && text[end] == '>' && is_ascii_digit(text[end + 1]) && text[end + 2] == '.';
    return goes_on ? end + 1 - at : 0;
}

/// The DOI that begins at `at`: "10.", four to nine digits (and sub-parts), a slash and something.
std::string_view doi_at(std::string_view text, std::size_t at, bool item_numbers) {
    auto const registrant = digits_at(text, at + 3);
    if (registrant < 4 || registrant > 9) return {};
    auto slash = at + 3 + registrant;
    while (slash < text.size() && (is_ascii_digit(text[slash]) || text[slash] == '.'))
        ++slash;
    if (slash >= text.size() || text[slash] != '/') return {};
    auto end = slash + 1;
    while (end < text.size() && end - at < max_doi_bytes) {
        auto const item = item_numbers && text[end] == '<' ? item_number_at(text, end) : 0;
        if (item == 0 && ends_doi(text[end])) break;
        end += std::max<std::size_t>(item, 1);
    }
    auto const doi = without_tail(text.substr(at, end - at));
    return doi.size() > slash + 1 - at ? doi : std::string_view();
}

std::string first_doi(std::string_view text, bool item_numbers) {
    text = text.substr(0, max_searched);
    std::string resolved;
    bool const resolver = text.find("doi.org/") != std::string_view::npos;
    if (resolver && text.find('%') != std::string_view::npos) text = resolved = percent_resolved(text);
    for (auto at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 3)) {
        if (at > 0 && (is_ascii_digit(text[at - 1]) || text[at - 1] == '.')) continue;
        if (auto const doi = doi_at(text, at, item_numbers); !doi.empty()) return ascii_lower(doi);
    }
    return {};
}

std::string with_brackets(std::string text) {
    for (auto const& [entity, bracket] : {std::pair{std::string_view("&lt;"), "<"}, {std::string_view("&gt;"), ">"}})
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1))
            text.replace(at, entity.size(), bracket);
    return text;
}

}  // namespace

std::string doi_in(std::string_view text) {
    return first_doi(text, false);
}

std::string doi_of(std::string_view value) {
    return first_doi(with_brackets(std::string(value.substr(0, max_searched))), true);
}

std::string pmid_of(std::string_view value) {
    value = trimmed(value);
    if (auto labelled = pmid_in(value.substr(0, 20)); !labelled.empty()) return labelled;
    auto const n = digits_at(value, 0);
    return n == value.size() && n > 0 && n <= 9 ? std::string(value) : std::string();
}

std::string pmid_in(std::string_view text) {
    auto const lower = ascii_lower(text.substr(0, max_searched));
    for (auto at = lower.find("pmid"); at != std::string::npos; at = lower.find("pmid", at + 4)) {
        auto begin = at + 4;
        while (begin < lower.size() && (lower[begin] == ' ' || lower[begin] == ':'))
            ++begin;
        auto const n = digits_at(lower, begin);
        if (n > 0 && n <= 9) return lower.substr(begin, n);
    }
    return {};
}

std::string pmcid_in(std::string_view text) {
    text = text.substr(0, max_searched);
    for (auto at = text.find("PMC"); at != std::string_view::npos; at = text.find("PMC", at + 3)) {
        auto const n = digits_at(text, at + 3);
        if (n > 0 && n <= 9) return std::string(text.substr(at, 3 + n));
    }
    return {};
}

}  // namespace dossier::sources
