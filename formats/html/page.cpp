#include "page.hpp"

#include <algorithm>
#include <array>

#include "assets.hpp"
#include "markup.hpp"
#include "policy_hash.hpp"
#include "shared/charts/svg.hpp"

namespace dossier::html {
namespace {

constexpr std::size_t most_entries = 150;  ///< of the contents; beyond them only first levels are named

std::string style(std::string const& theme) {
    auto const light = std::string(light_css) + charts::svg_colors(charts::Theme::light);
    auto const dark = std::string(dark_css) + charts::svg_colors(charts::Theme::dark);
    std::string rules = ":root {\n" + light + "}\n";
    if (theme != "light")
        rules += "@media (prefers-color-scheme: dark) {\n:root:not([data-theme=light]) {\n" + dark + "}\n}\n";
    rules += ":root[data-theme=dark] {\n" + dark + "}\n";
    rules += "@media print {\n:root:root:root {\n" + light + "}\n}\n";
    return rules + std::string(page_css) + charts::svg_rules();
}

std::string policy(std::string const& style, bool scripts) {
    auto rules = "default-src 'none'; style-src '" + policy_hash(style) + "'";
    if (scripts) rules += "; script-src '" + policy_hash(page_js) + "'";
    return rules + "; base-uri 'none'; form-action 'none'";
}

/// Letters, digits and hyphens, as a language tag has them.
std::string language_tag(std::string_view language) {
    bool const is_tag =
        !language.empty() && language.size() <= 35 && std::all_of(language.begin(), language.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        });
    return is_tag ? std::string(language) : "en";
}

std::string options(std::vector<std::pair<std::size_t, std::string>> const& values) {
    std::string markup;
    for (auto const& [number, label] : values)
        markup += "<option value=\"" + std::to_string(number) + "\">" + trimmed(label) + "</option>\n";
    return markup;
}

std::string choice(std::string_view name, std::string_view label, std::string const& choices) {
    return "<label><span>" + std::string(label) + "</span><select" + attribute("name", name) +
           "><option value=\"\">all</option>\n" + choices + "</select></label>\n";
}

std::string stance_choice() {
    constexpr std::array<std::array<std::string_view, 2>, 6> stances{{{"supports", "▲ supports"},
                                                                      {"refutes", "▼ refutes"},
                                                                      {"mixed", "◆ mixed"},
                                                                      {"neutral", "● neutral"},
                                                                      {"silent", "○ silent"},
                                                                      {"not_assessable", "✕ not assessable"}}};
    std::string choices;
    for (auto const& [word, shown] : stances)
        choices += "<option" + attribute("value", word) + ">" + std::string(shown) + "</option>\n";
    return choice("stance", "Stance", choices);
}

}  // namespace

std::string page_begin(PageHead const& head) {
    auto const rules = style(head.theme);
    auto const title = trimmed(head.title);
    auto const date = trimmed(head.as_of);
    auto const theme = head.theme == "auto" ? std::string() : attribute("data-theme", head.theme);
    std::string markup = "<!DOCTYPE html>\n<html" + attribute("lang", language_tag(head.language)) + theme +
                         ">\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\"" +
                         attribute("content", policy(rules, head.scripts)) +
                         "/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                         "<meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"generator\"" +
                         attribute("content", head.generator) + "/>\n<title>" + (title.empty() ? "Dossier" : title) +
                         "</title>\n<style>" + rules + "</style>\n</head>\n<body>\n" +
                         "<a class=\"skip\" href=\"#Main\">Skip to the text</a>\n<header class=\"title\">\n<h1>" +
                         (title.empty() ? "Dossier" : title) + "</h1>\n";
    if (!date.empty())
        markup += "<p class=\"as-of\">As of <time" + attribute("datetime", head.as_of) + ">" + date + "</time></p>\n";
    return markup + "</header>\n";
}

std::string contents(std::vector<Entry> const& entries) {
    unsigned const deepest = entries.size() > most_entries ? 1 : 2;
    std::string items;
    bool is_open = false, has_inner = false;
    for (auto const& entry : entries) {
        if (entry.level > deepest) continue;
        auto const link = "<a href=\"#" + entry.id + "\">" + entry.text + "</a>";
        if (entry.level == 1 || !is_open) {
            if (has_inner) items += "</ol>";
            if (is_open) items += "</li>\n";
            items += "<li>" + link;
            is_open = true, has_inner = false;
        } else {
            items += (has_inner ? "" : "\n<ol>") + std::string("<li>") + link + "</li>\n";
            has_inner = true;
        }
    }
    if (items.empty()) return {};
    items += std::string(has_inner ? "</ol>" : "") + "</li>\n";
    return "<nav class=\"contents\" aria-labelledby=\"Contents\">\n<details open=\"\">\n"
           "<summary id=\"Contents\">Contents</summary>\n<ol>\n" +
           items + "</ol>\n</details>\n</nav>\n";
}

std::string filter_bar(Facets const& facets) {
    std::string choices;
    if (auto const claims = facets.claims.used(); claims.size() > 1)
        choices += choice("claim", "Claim", options(claims));
    choices += stance_choice();
    if (auto const sources = facets.sources.used(); sources.size() > 1)
        choices += choice("source", "Source", options(sources));
    if (auto const conditions = facets.conditions.used(); !conditions.empty())
        choices += choice(
            "condition", "Condition",
            (facets.without_condition ? "<option value=\"0\">none: as a whole</option>\n" : "") + options(conditions));
    return "<form class=\"filters\" role=\"search\" aria-label=\"Filter and search\" hidden=\"\">\n"
           "<label class=\"search\"><span>Search</span><input type=\"search\" name=\"words\" autocomplete=\"off\" "
           "spellcheck=\"false\"/></label>\n"
           "<button type=\"button\" name=\"more\" aria-expanded=\"false\" aria-controls=\"Choices\">Filters</button>\n"
           "<div class=\"choices\" id=\"Choices\">\n" +
           choices +
           "</div>\n<button type=\"reset\" disabled=\"\">Clear</button>\n<output "
           "aria-live=\"polite\"></output>\n</form>\n";
}

std::string page_end(PageHead const& head) {
    auto const generator = trimmed(head.generator);
    std::string markup = "<footer>\n<p>" + (generator.empty() ? std::string() : "Made by " + generator + ". ") +
                         "This page is one file and loads nothing from elsewhere.</p>\n</footer>\n";
    if (head.scripts) markup += "<script>" + std::string(page_js) + "</script>\n";
    return markup + "</body>\n</html>\n";
}

}  // namespace dossier::html
