#include "verdicts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <dossier/plugin.hpp>

#include "markup.hpp"

namespace dossier::html {
namespace {

/// Sources with one stance.
struct Tally {
    std::string_view stance, symbol, singular, plural;
    std::uint64_t dossier_verdict::*count;
};
constexpr std::array<Tally, 6> tallies{
    {{"supports", "▲", "supports", "support", &dossier_verdict::supports},
     {"refutes", "▼", "refutes", "refute", &dossier_verdict::refutes},
     {"mixed", "◆", "is mixed", "are mixed", &dossier_verdict::mixed},
     {"neutral", "●", "is neutral", "are neutral", &dossier_verdict::neutral},
     {"silent", "○", "is silent", "are silent", &dossier_verdict::silent},
     {"not_assessable", "✕", "not assessable", "not assessable", &dossier_verdict::not_assessable}}};

/// A bar of the sources, for the eye; the words beside it say the same.
std::string bar(dossier_verdict const& verdict) {
    constexpr std::array<std::size_t, 6> order{1, 2, 3, 4, 5, 0};  // refutes at the left, supports at the right
    std::uint64_t total = 0;
    for (auto const& tally : tallies)
        total += verdict.*tally.count;
    if (total == 0) return {};
    std::string markup =
        "<svg class=\"tally\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" "
        "focusable=\"false\">";
    std::uint64_t before = 0;
    for (auto const i : order) {
        auto const count = verdict.*tallies[i].count;
        auto const from = before * 1000 / total, to = (before + count) * 1000 / total;
        before += count;
        if (to > from)
            markup += "<rect" + attribute("data-stance", tallies[i].stance) + " x=\"" + std::to_string(from) +
                      "\" y=\"0\" width=\"" + std::to_string(to - from) + "\" height=\"10\"/>";
    }
    return markup + "</svg>";
}

std::string counts(dossier_verdict const& verdict) {
    std::string markup;
    for (auto const& tally : tallies) {
        auto const count = verdict.*tally.count;
        if (count == 0) continue;
        markup += "<li" + attribute("data-stance", tally.stance) + "><span class=\"symbol\">" +
                  std::string(tally.symbol) + "</span> " + std::to_string(count) + " " +
                  std::string(count == 1 ? tally.singular : tally.plural) + "</li>";
    }
    return markup.empty() ? markup : "<ul class=\"counts\">" + markup + "</ul>";
}

std::string part(std::string_view label, std::string const& word, std::string const& detail) {
    return "<td" + attribute("data-label", label) + "><span class=\"word\">" + word + "</span>" +
           (detail.empty() ? "" : " <span class=\"detail\">" + detail + "</span>") + "</td>";
}

std::string direction(dossier_verdict const& verdict, NumberText const& number_text) {
    auto const sided = verdict.supports + verdict.refutes;
    auto const share = number_text(verdict.direction_share);
    auto word = trimmed(view(verdict.direction));
    if (verdict.fragile != 0) word += ", fragile";
    return part("Direction", word,
                sided == 0 ? "no source takes a side"
                           : std::to_string(verdict.supports) + " of " + std::to_string(sided) + " that take a side" +
                                 (share.empty() ? "" : " (" + share + ")"));
}

std::string row(dossier_verdict const& verdict, std::map<std::string, std::string> const& anchors,
                NumberText const& number_text) {
    std::string const statement(view(verdict.statement));
    auto const anchor = anchors.find(statement);
    auto const agreement = number_text(verdict.agreement_value);
    auto const informative = verdict.supports + verdict.refutes + verdict.mixed;
    auto const assessable = verdict.n_clusters - std::min(verdict.n_clusters, verdict.not_assessable);
    return "<tr><th scope=\"row\"><span class=\"statement\">" +
           linked(trimmed(statement), anchor == anchors.end() ? std::string() : "#" + anchor->second) + "</span>" +
           bar(verdict) + counts(verdict) + "</th>" + direction(verdict, number_text) +
           part("Agreement", trimmed(view(verdict.agreement)), agreement.empty() ? "" : "A = " + agreement) +
           part("Certainty", trimmed(view(verdict.certainty)), "") +
           part("Coverage", trimmed(view(verdict.coverage)),
                std::to_string(informative) + " of " + std::to_string(assessable) + " inform") +
           "</tr>\n";
}

}  // namespace

std::string verdicts_markup(std::vector<dossier_verdict> const& verdicts,
                            std::map<std::string, std::string> const& anchors, std::size_t max_rows,
                            NumberText const& number_text) {
    if (verdicts.empty()) return {};
    bool any_fragile = false;
    std::string rows;
    for (std::size_t i = 0; i < std::min(verdicts.size(), max_rows); ++i) {
        rows += row(verdicts[i], anchors, number_text);
        any_fragile = any_fragile || verdicts[i].fragile != 0;
    }
    std::string markup =
        "<section class=\"verdicts\" aria-labelledby=\"Verdicts\">\n<h2 id=\"Verdicts\">Verdicts</h2>\n"
        "<p>Four answers to four questions, never one score. Counts are of independent sources" +
        std::string(any_fragile ? "; a fragile direction would read otherwise without one of them" : "") +
        ".</p>\n<table>\n<caption class=\"unseen\">Each claim’s verdict in four parts</caption>\n"
        "<thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Direction</th><th scope=\"col\">Agreement</th>"
        "<th scope=\"col\">Certainty</th><th scope=\"col\">Coverage</th></tr></thead>\n<tbody>\n" +
        rows + "</tbody>\n</table>\n";
    if (verdicts.size() > max_rows)
        markup += "<p class=\"left-out\" role=\"note\">The first " + grouped(max_rows) + " of " +
                  grouped(verdicts.size()) + " claims are shown; the format json holds them all.</p>\n";
    return markup + "</section>\n";
}

}  // namespace dossier::html
