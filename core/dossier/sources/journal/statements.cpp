#include "dossier/sources/journal/statements.hpp"

#include <algorithm>
#include <array>

#include "dossier/sources/journal/xml_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t longest_title = 8;  // words; longer ones are about a subject
constexpr std::size_t longest_title_bytes = 400;
constexpr std::size_t longest_label_bytes = 100;
constexpr std::size_t label_sample_bytes = 400;  // of the source, where line breaks may indent a label
constexpr std::size_t longest_statement_bytes = 4000;

constexpr auto conflict_phrases =
    std::to_array<std::string_view>({"conflict of interest",         "conflicts of interest",
                                     "conflict of interests",        "conflicts of interests",
                                     "competing interest",           "competing interests",
                                     "competing financial interest", "competing financial interests",
                                     "declaration of interest",      "declaration of interests",
                                     "declarations of interest",     "declaration of competing interest",
                                     "duality of interest",          "disclosure of interest",
                                     "disclosure of interests",      "disclosure statement",
                                     "financial disclosure",         "financial disclosures",
                                     "author disclosures",           "authors' disclosures"});

constexpr auto funding_phrases = std::to_array<std::string_view>(
    {"funding", "financial support", "source of support", "sources of support", "grant support", "funding source",
     "funding sources", "role of the sponsor", "role of sponsor", "sponsorship", "sponsors"});

constexpr auto other_titles = std::to_array<std::string_view>({
    "abbreviations",
    "abbreviations used",
    "acknowledgement",
    "acknowledgements",
    "acknowledgment",
    "acknowledgments",
    "about the authors",
    "additional information",
    "associated content",
    "author contribution",
    "author contributions",
    "author's contributions",
    "authors' contribution",
    "authors' contributions",
    "authors contributions",
    "authors' information",
    "availability of data and material",
    "availability of data and materials",
    "availability of supporting data",
    "consent for publication",
    "contributors",
    "contributorship",
    "copyright",
    "credit authorship contribution statement",
    "data accessibility",
    "data availability",
    "data availability statement",
    "data sharing",
    "data sharing statement",
    "declarations",
    "disclaimer",
    "footnotes",
    "list of abbreviations",
    "open access",
    "patient consent for publication",
    "peer review",
    "pre-publication history",
    "provenance and peer review",
    "publisher's note",
    "references",
    "supplementary data",
    "supplementary information",
    "supplementary material",
    "supplementary materials",
    "supplemental material",
    "supporting information",
    "transparency document",
});

template <std::size_t n>
bool has_any(std::string_view text, std::array<std::string_view, n> const& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](auto phrase) { return has_phrase(text, phrase); });
}

Statement statement_typed(std::string type) {
    type = ascii_lower(type);
    if (type == "conflict" || type == "coi-statement" || type == "coi" || type == "conflict-of-interest")
        return Statement::conflict_of_interest;
    if (type == "financial-disclosure" || type == "supported-by" || type == "funding" || type == "funding-statement" ||
        type == "funding-information")
        return Statement::funding;
    if (type == "supplementary-material" || type == "data-availability" || type == "author-contributions" ||
        type == "ack")
        return Statement::other;
    return Statement::none;
}

/// "Competing interests" of "Competing interests: none declared."; empty: it has no such label.
std::string_view run_in_label(std::string_view text) noexcept {
    auto const colon = text.substr(0, longest_label_bytes).find(':');
    return colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
}

/// Paragraphs and items with a space between them; titles and labels left out, also a title that is set as a paragraph.
std::string text_without_titles(pugi::xml_node element) {
    std::string text;
    walk_xml(element, [&](pugi::xml_node node) {
        auto const name = local_name(node);
        if (name == "title" || name == "label" || name == "sec-meta" || name == "object-id") return false;
        if (name != "p") return true;
        auto const part = plain_text(node);
        if (statement_titled(part) == Statement::none) text += part + ' ';
        return false;
    });
    return folded(text.empty() ? plain_text(element) : text);
}

}  // namespace

Statement statement_titled(std::string_view title) {
    auto text = comparable(title.substr(0, longest_title_bytes));
    while (!text.empty() && (text.back() == ':' || text.back() == '.'))
        text.pop_back();
    if (text.empty() || count_words(text) > longest_title) return Statement::none;
    if (text == "disclosure" || text == "disclosures" || text == "interests" || has_any(text, conflict_phrases))
        return Statement::conflict_of_interest;
    if (text == "support" || has_any(text, funding_phrases)) return Statement::funding;
    bool const other = std::find(other_titles.begin(), other_titles.end(), text) != other_titles.end();
    return other ? Statement::other : Statement::none;
}

Statement statement_of(pugi::xml_node element) {
    auto const name = local_name(element);
    for (auto const attribute : {"fn-type", "sec-type", "notes-type", "content-type"})
        if (auto const typed = statement_typed(attribute_of(element, attribute)); typed != Statement::none)
            return typed;
    if (auto const title = child_named(element, "title"))
        if (auto const titled = statement_titled(opening_text(title, 2 * longest_title_bytes));
            titled != Statement::none)
            return titled;
    if (name == "fn") return statement_titled(run_in_label(opening_text(element, label_sample_bytes)));
    return name == "ack" ? Statement::other : Statement::none;
}

std::string statement_text(pugi::xml_node element) {
    auto text = text_without_titles(element);
    if (auto const label = run_in_label(text); !label.empty() && statement_titled(label) != Statement::none)
        text = std::string(trimmed(std::string_view(text).substr(label.size() + 1)));
    return std::string(cut_to(text, longest_statement_bytes));
}

}  // namespace dossier::sources
