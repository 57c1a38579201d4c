// Documents to lay out: a report as analysts read it, and texts that break layouts. All content is invented.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "support/format_harness.hpp"

namespace dossier::test {

inline std::string numbered(std::string const& stem, std::size_t n) {
    auto digits = std::to_string(n);
    return stem + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

namespace samples {

inline std::vector<std::string> const claims = {"Night shift work raises the risk of type 2 diabetes",
                                                "Night shift work is harmless when shifts rotate forward",
                                                "Bright light at work shortens recovery after night shifts",
                                                "Napping during the shift lowers the rate of errors",
                                                "Melatonin helps shift workers to sleep by day",
                                                "Older workers adapt to night shifts less well"};
inline std::vector<std::string> const stances = {"supports", "refutes", "mixed", "neutral", "not_assessable", "silent"};
inline std::vector<std::string> const sentences = {
    "Workers on permanent nights had an 11 % higher risk of diabetes than day workers (95 % CI 1.03–1.20).",
    "No difference was seen once body mass index and smoking were taken into account.",
    "Whether rotating forward protects anybody has, in our view, not been shown.",
    "Among nurses older than 50 the adaptation took on average 2.4 days longer; the authors caution that only "
    "43 of them worked more than six nights a month, and that those who had left the ward before the survey "
    "could not be reached.",
    "A 20‑minute nap before 4 a.m. halved the number of lapses (p ≤ 0.01)."};

inline void consensus_report(Blocks& out) {
    out.heading(1, "Consensus", "consensus");
    out.paragraph(
        Text("Each claim is judged in four ways that are kept apart: ") + strong("direction") + ", " +
        strong("agreement") + ", " + strong("certainty") + " and " + strong("coverage") +
        ". Articles that rest on the same study count once. Shares leave out sources that are silent or neutral; " +
        emphasis("see the notes at the end") + " for the cut-offs, and " + link("the quotes", "#quotes") +
        " for the sentences behind each number.");
    out.callout(DOSSIER_CALLOUT_WARNING, "One article could not be assessed",
                Text("The capture of ") + code("articles/07-nap-trial.txt") +
                    " ends after the second paragraph. Claims on which the rest says nothing are shown as not "
                    "assessable, never as silent.");
    out.heading(2, "At a glance", "at-a-glance");
    std::vector<std::string> const series = {"supports", "mixed", "refutes", "neutral", "silent", "not_assessable"};
    out.stacked_bars(
        "Independent sources per claim", "bars",
        "Three of six claims are supported by most sources that take a side; one is contested.", claims, series,
        {5, 1, 1, 0, 1, 0, 1, 1, 4, 0, 2, 0, 3, 0, 0, 1, 3, 1, 4, 2, 0, 0, 2, 0, 2, 2, 2, 1, 1, 0, 0, 0, 0, 0, 8, 0});
    out.heading(2, "Verdicts", "verdicts");
    {
        auto table = out.table("Verdicts on six claims",
                               {Column::text("claim", "Claim"), Column::integer("articles", "Articles"),
                                Column::integer("sources", "Sources"), Column::integer("supports", "Supports"),
                                Column::integer("refutes", "Refutes"), Column::percent("share", "Share", 0),
                                Column::interval("ci", "95 % interval", 2), Column::text("direction", "Direction"),
                                Column::text("agreement", "Agreement"), Column::text("certainty", "Certainty"),
                                Column::text("coverage", "Coverage")},
                               "verdict-table");
        table.row(claims[0], 8, 7, 5, 1, 5.0 / 6, Cell::interval(0.436, 0.970), "supports", "high", "moderate",
                  "7 of 8");
        table.row(claims[1], 8, 7, 1, 4, 0.2, Cell::interval(0.036, 0.624), "leans against", "moderate", "low",
                  "6 of 8");
        table.row(claims[2], 5, 4, 3, 0, 1.0, Cell::interval(0.438, 1.0), "supports", "high", "low", "4 of 8");
        table.row(claims[3], 6, 6, 4, 0, 1.0, Cell::interval(0.51, 1.0), "supports", "moderate", "moderate", "6 of 8");
        table.row(claims[4], 7, 6, 2, 2, 0.5, Cell::interval(0.15, 0.85), "contested", "low", "very low", "6 of 8");
        table.row(claims[5], 0, 0, 0, 0, Cell(), Cell(), "nobody has looked", Cell(), Cell(), "0 of 8");
    }
    out.note(
        "Certainty starts at high for randomised trials and at low for observational studies; it is a suggestion, "
        "made from what the articles say about themselves.");
    out.heading(2, "Risk factors", "risk-factors");
    {
        auto table = out.table("Risk factors named",
                               {Column::text("factor", "Factor"), Column::text("outcome", "Outcome"),
                                Column::text("direction", "Direction"), Column::integer("articles", "Articles"),
                                Column::quote("quote", "An example")},
                               "risk-table");
        std::vector<std::string> const factors = {"permanent nights", "short recovery", "age above 50",
                                                  "no naps",          "long commute",   "bright light at home"};
        for (std::size_t i = 0; i < factors.size(); ++i)
            table.row(factors[i], i % 2 == 0 ? "diabetes" : "errors at work", i == 3 ? "lowers" : "raises", i + 1,
                      Cell(sentences[i % sentences.size()]).to("#q-" + std::to_string(i)));
    }
    out.heading(3, "How to read the table", "reading");
    out.list({Text("A factor ") + strong("raises") + " the outcome if most articles that name it say so.",
              "Numbers are articles, not people; a factor that everybody mentions is not for that reason a strong one. "
              "The sentence shown is the first one in the order of the articles.",
              Text("Follow the link in the last column to see the sentence in its place.")});
    out.list({"Read the claim.", "Read the quotes.", "Only then read the numbers."}, true);
}

inline void matrix_report(Blocks& out) {
    out.heading(1, "Stance matrix", "matrix");
    out.paragraph(
        "What each article says about each claim. A symbol stands with every word, so nothing depends on colour.");
    std::vector<Column> columns{Column::text("claim", "Claim")};
    for (std::size_t i = 1; i <= 8; ++i)
        columns.push_back(
            Column::stance("a" + std::to_string(i), numbered("a", i) + " (20" + std::to_string(10 + i) + ")"));
    auto table = out.table("Stance of eight articles on six claims", columns, "stance-matrix");
    for (std::size_t c = 0; c < claims.size(); ++c) {
        std::vector<Cell> cells{claims[c]};
        for (std::size_t a = 0; a < 8; ++a)
            cells.push_back(Cell(stances[(a * a + 3 * c) % stances.size()]).to("#q-" + std::to_string((a + c) % 40)));
        table.cells_row(cells, "claim-" + std::to_string(c));
    }
}

inline void quotes_report(Blocks& out) {
    out.heading(1, "Quotes", "quotes");
    out.paragraph("Every sentence that counted, with the place where it stands.");
    for (std::size_t c = 0; c < claims.size(); ++c) {
        out.heading(2, claims[c], "quotes-" + std::to_string(c));
        for (std::size_t i = c; i < 40; i += claims.size()) {
            Quoted quoted;
            quoted.text = sentences[i % sentences.size()];
            quoted.path = "articles/" + numbered("", i % 8 + 1) + "-night-work.html";
            quoted.url = "https://www.example.org/studies/" + std::to_string(i);
            quoted.line = static_cast<std::int64_t>(12 + 7 * i);
            quoted.anchor = "q-" + std::to_string(i);
            quoted.back = "#claim-" + std::to_string(c);
            quoted.comment =
                i % 2 == 0 ? "asserted; cue “higher risk”" : "hedged: “in our view”; condition: permanent nights";
            quoted.stance = stances[i % 4];
            out.quote(quoted);
        }
    }
}

}  // namespace samples

/// Three reports in a row, as the first example job makes them.
inline Document evidence_report() {
    Document document;
    document.begin("Night work and health: what twelve articles say", "2026-11-22");
    document.begin_section("consensus", "section-consensus");
    samples::consensus_report(document.out());
    document.end_section().begin_section("stance-table", "section-matrix");
    samples::matrix_report(document.out());
    document.end_section().begin_section("quotes", "section-quotes");
    samples::quotes_report(document.out());
    document.end_section().end();
    return document;
}

/// One report, with a table of stances as long as wanted.
inline Document long_table(std::size_t n_rows) {
    Document document;
    document.begin("A long table");
    document.begin_section("stances");
    document.out().heading(1, "Stances", "stances");
    {
        auto table = document.out().table("Stance of each article on each claim",
                                          {Column::text("article", "Article"), Column::text("claim", "Claim"),
                                           Column::stance("stance", "Stance"), Column::real("strength", "Strength", 2),
                                           Column::integer("mentions", "Mentions"), Column::quote("quote", "Quote")});
        for (std::size_t i = 0; i < n_rows; ++i)
            table.row(numbered("article-", i), numbered("claim-", i % 17), samples::stances[i % 6],
                      static_cast<double>(i % 100) / 100.0, i % 9, samples::sentences[i % samples::sentences.size()]);
    }
    document.end_section().end();
    return document;
}

}  // namespace dossier::test
