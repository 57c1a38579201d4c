// A small document as reports make them: verdicts, a matrix, a long table, quotes in their context, notes.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "support/format_harness.hpp"

namespace dossier::test {

inline std::vector<std::string> const& sample_claims() {
    static std::vector<std::string> const claims{"Naps shorten the night.", "Naps sharpen attention."};
    return claims;
}

inline dossier_verdict sample_verdict(std::size_t claim, std::string_view id) {
    dossier_verdict verdict{};
    verdict.size = sizeof verdict;
    verdict.claim_id = as_text(id), verdict.statement = as_text(sample_claims()[claim]);
    verdict.direction = as_text("leans towards support"), verdict.agreement = as_text("medium");
    verdict.certainty = as_text("low certainty"), verdict.coverage = as_text("partial");
    verdict.n_articles = 9, verdict.n_clusters = 8;
    verdict.supports = 3, verdict.refutes = 1, verdict.mixed = 1, verdict.silent = 2, verdict.not_assessable = 1;
    verdict.direction_share = 0.75, verdict.agreement_value = -0.5, verdict.coverage_share = 5.0 / 7.0;
    verdict.fragile = claim == 0 ? 1 : 0;
    return verdict;
}

inline std::vector<dossier_verdict> sample_verdicts() {
    return {sample_verdict(0, "night"), sample_verdict(1, "attention")};
}

/// A quote with the text around it, as the host hands it over.
inline void say_quote(Document& document, std::string const& anchor, std::string const& stance,
                      std::string const& article, std::string const& text) {
    dossier_quote quote{};
    auto const path = "articles/" + article + ".txt";
    auto const url = "https://example.org/" + article;
    quote.size = sizeof quote;
    quote.text = as_text(text);
    quote.locator = {sizeof quote.locator, as_text(article), as_text(path), 10, 10 + text.size(), 4, 2, as_text(url)};
    quote.anchor = as_text(anchor), quote.stance = as_text(stance);
    quote.back = as_text("#matrix"), quote.comment = as_text("in the afternoon");
    quote.before = as_text("What stands before it."), quote.after = as_text("What stands after it.");
    document.say(DOSSIER_QUOTE, &quote);
}

/// @param n_rows  of the long table
inline Document sample_document(std::size_t n_rows = 12) {
    Document document;
    document.begin("Naps", "2026-11-22", sample_verdicts());
    document.begin_section("stances");
    auto& out = document.out();
    out.heading(1, "Stances", "stances-top");
    out.paragraph(Text("Two claims, ") + strong("three sources") + ".");
    out.note("Sources count once.", "note-1");
    {
        auto table = out.table("What each source says",
                               {Column::text("claim", "Claim", "Empty: the claim above."),
                                Column::text("condition", "Condition"), Column::stance("a_alder", "[1]", "alder"),
                                Column::stance("a_birch", "[2]", "birch"), Column::stance("a_cedar", "[3]", "cedar")},
                               "matrix");
        table.row(sample_claims()[0], Cell(), Cell("supports").to("#q-1"), Cell("refutes").to("#q-3"), "silent");
        table.row(Cell(), "in the afternoon", "silent", Cell("refutes").to("#q-3"), "silent");
        table.row(sample_claims()[1], Cell(), "silent", "silent", Cell("mixed").to("#q-4"));
    }
    {
        auto table = out.table(
            "Every effect",
            {Column::text("article", "Article"), Column::text("claim_id", "Claim"), Column::stance("stance", "Stance"),
             Column::real("effect", "Effect", 2), Column::date("year", "Year")},
            "effects");
        std::vector<std::string> const articles{"alder", "birch", "cedar"}, stances{"supports", "refutes", "mixed"};
        for (std::size_t i = 0; i < n_rows; ++i)
            table.row("[" + std::to_string(i % 3 + 1) + "] " + articles[i % 3], i % 2 == 0 ? "night" : "attention",
                      stances[i % 3], i == 1 ? Cell() : Cell(static_cast<double>((i * 7) % 12) - 4.5),
                      std::to_string(2000 + i));
    }
    out.heading(2, sample_claims()[0], "claim-night");
    out.paragraph(link("[1] alder", "#matrix") + Text(": supports"));
    say_quote(document, "q-1", "supports", "alder", "Who naps sleeps less at night.");
    say_quote(document, "q-2", "supports", "alder", "Bedtime moved by an hour.");
    out.paragraph(link("[2] birch", "#matrix") + Text(": refutes"));
    say_quote(document, "q-3", "refutes", "birch", "The nights were as long as ever.");
    out.heading(2, sample_claims()[1], "claim-attention");
    say_quote(document, "q-4", "mixed", "cedar", "Naïve readers found attention sharper on some days.");
    out.callout(DOSSIER_CALLOUT_WARNING, "Few sources", "Three articles are not many.");
    out.stacked_bars("Sources per claim", "bars", "One source supports the first claim and one refutes it.",
                     sample_claims(), {"supports", "refutes"}, {1, 1, 0, std::numeric_limits<double>::quiet_NaN()});
    document.end_section().end();
    return document;
}

}  // namespace dossier::test
