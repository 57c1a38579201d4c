#include "markup.hpp"

#include <algorithm>
#include <cstdint>
#include <dossier/plugin.hpp>

#include "shared/web_address.hpp"
#include "shared/xml_text.hpp"

namespace dossier::html {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_anchor_sign(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
}
char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_anchor(std::string_view name) noexcept {
    return !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), is_anchor_sign);
}

/// Everything that is no sign of an address, percent-encoded.
std::string encoded(std::string_view target) {
    constexpr std::string_view hex = "0123456789ABCDEF", signs = "-._~:/?#@!$()*+,;=%&";
    std::string address;
    for (char const c : target) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain = is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || signs.find(c) != signs.npos;
        if (plain)
            address += c;
        else
            address += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return address;
}

std::string in_style(std::string markup, std::uint32_t style) {
    auto const wrap = [&](std::string const& tag) { markup = "<" + tag + ">" + markup + "</" + tag + ">"; };
    if ((style & DOSSIER_CODE) != 0) wrap("code");
    if ((style & DOSSIER_EMPHASIS) != 0) wrap("em");
    if ((style & DOSSIER_STRONG) != 0) wrap("strong");
    return markup;
}

}  // namespace

std::string escaped(std::string_view text) {
    return formats::xml_text(text);
}

std::string trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return escaped(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return {};
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string id_attribute(std::string_view anchor) {
    return is_anchor(anchor) ? attribute("id", anchor) : std::string();
}

std::string link_attributes(std::string_view target) {
    if (!target.empty() && target.front() == '#')
        return is_anchor(target.substr(1)) ? attribute("href", target) : std::string();
    if (!formats::is_web_address(target)) return {};
    return attribute("href", encoded(target)) + " rel=\"noopener noreferrer\"";
}

std::string linked(std::string const& markup, std::string_view target, std::string_view css_class) {
    auto const attributes = link_attributes(target);
    if (attributes.empty() || markup.empty()) return markup;
    return "<a" + attribute("class", css_class) + attributes + ">" + markup + "</a>";
}

std::string styled(dossier_run const* runs, std::size_t n_runs) {
    std::string markup;
    for (std::size_t i = 0; i < n_runs; ++i) {
        auto const text = escaped(view(runs[i].text));
        if (!text.empty()) markup += linked(in_style(text, runs[i].style), view(runs[i].link));
    }
    return markup;
}

std::string plain(dossier_run const* runs, std::size_t n_runs) {
    std::string text;
    for (std::size_t i = 0; i < n_runs; ++i)
        text += view(runs[i].text);
    return text;
}

std::string stance_markup(std::string_view shown) {
    auto const space = shown.find(' ');
    bool const has_symbol = space != std::string_view::npos && (static_cast<unsigned char>(shown.front()) & 0x80) != 0;
    if (!has_symbol) return escaped(shown);
    return "<span class=\"symbol\">" + escaped(shown.substr(0, space)) + "</span> " + escaped(shown.substr(space + 1));
}

std::string grouped(std::size_t number) {
    auto digits = std::to_string(number);
    for (auto at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace dossier::html
