// Sensitivity: which verdicts would read otherwise if a source were left out, or sources chosen or counted differently.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/verdicts.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;
using dossier::shared::article_named;
using dossier::shared::claim_anchor;
using dossier::shared::counted;
using dossier::shared::informative;
using dossier::shared::joined_at_most;
using dossier::shared::number_shown;
using dossier::shared::or_empty;
using dossier::shared::unended;

constexpr std::size_t most_dots = 40;   // more do not fit a page that a person can read
constexpr std::size_t most_named = 20;  // claims in a callout

constexpr std::string_view leave_article = "leave_one_article_out", leave_cluster = "leave_one_cluster_out";

/// What was done differently, in the order in which it is shown.
struct Analysis {
    std::string_view name;
    std::string_view words;  ///< empty: they depend on the row
};
constexpr std::array analyses = {
    Analysis{leave_cluster, ""},
    Analysis{leave_article, ""},
    Analysis{"low_risk_of_bias_only", "only sources at low risk of bias"},
    Analysis{"no_conflict_of_interest", "only sources without a conflict of interest"},
    Analysis{"no_retracted_articles", "without retracted articles"},
    Analysis{"human_evidence_only", "only evidence on people"},
    Analysis{"mixed_as_half", "each mixed source as half a vote either way"},
    Analysis{"weighted", "sources weighted as declared"},
    Analysis{"uniform_prior", "a uniform prior instead of Jeffreys'"},
    Analysis{"publisher_correlation", "sources of one publisher as half independent"},
    Analysis{"threshold", ""},
};

std::size_t rank_of(std::string_view analysis) {
    auto const found =
        std::find_if(analyses.begin(), analyses.end(), [&](Analysis const& one) { return one.name == analysis; });
    return static_cast<std::size_t>(found - analyses.begin());
}

/// Rows of the view `sensitivity` that came out alike.
struct WhatIf {
    std::string claim_id, analysis;
    std::string subject, title;  ///< of the first
    std::int64_t n = 0;
    std::optional<double> share;
    std::string direction_word;
    bool flips = false;
    double supports = 0, refutes = 0, mixed = 0;
    std::string note;

    bool leaves_out() const { return analysis == leave_cluster || analysis == leave_article; }
    bool is_threshold() const { return analysis == "threshold"; }
    /// Id of the one article, or the one source, that is left out; empty: none is, or several are.
    Cell left_out(std::string_view what) const { return analysis == what && n == 1 ? Cell(subject) : Cell(); }
    bool says_as_much_as(WhatIf const& other) const {
        return direction_word == other.direction_word && flips == other.flips && supports == other.supports &&
               refutes == other.refutes && mixed == other.mixed;
    }
    /// Whether anything comes out otherwise than in the verdict itself.
    bool has_effect(dossier::Consensus const& row) const {
        if (direction_word == "not estimated") return false;
        return leaves_out() || direction_word != row.direction_word || supports != static_cast<double>(row.supports) ||
               refutes != static_cast<double>(row.refutes) || mixed != static_cast<double>(row.mixed);
    }
};

/// Adds a threshold to the one before it where both come to the same.
bool joins(std::vector<WhatIf>& before, WhatIf const& one) {
    if (!one.is_threshold() || before.empty() || !before.back().is_threshold() || !before.back().says_as_much_as(one))
        return false;
    before.back().subject += ", " + one.subject;
    if (one.note != "as it is") before.back().note = one.note;
    before.back().n += one.n;
    return true;
}

/// One claim with all that was tried on it.
struct Entry {
    dossier::Consensus row;
    std::string anchor;
    std::vector<WhatIf> what_ifs;

    std::int64_t n_flips() const {
        std::int64_t n = 0;
        for (auto const& one : what_ifs)
            n += one.flips ? one.n : 0;
        return n;
    }
    std::int64_t n_tried() const {
        std::int64_t n = 0;
        for (auto const& one : what_ifs)
            n += one.n;
        return n;
    }
    bool rests_on_one() const { return informative(row) == 1; }
};

/// "3 support, 1.5 refute, 1 is mixed".
std::string left_in_words(WhatIf const& one) {
    std::vector<std::string> parts;
    auto const add = [&](double n, char const* singular, char const* plural) {
        if (n <= 0) return;
        auto const whole = std::round(n) == n;
        parts.push_back(number_shown(n, whole ? 0 : 2) + " " + (n == 1 ? singular : plural));
    };
    add(one.supports, "supports", "support");
    add(one.refutes, "refutes", "refute");
    add(one.mixed, "is mixed", "are mixed");
    return parts.empty() ? "nothing is left" : dossier::shared::joined(parts);
}

/// What those that were left out say: it is what is missing from the counts.
char const* stance_left_out(WhatIf const& one, dossier::Consensus const& row) {
    if (one.supports < static_cast<double>(row.supports)) return "that support";
    if (one.refutes < static_cast<double>(row.refutes)) return "that refute";
    return one.mixed < static_cast<double>(row.mixed) ? "that are mixed" : "that inform";
}

std::string in_words(WhatIf const& one, dossier::Consensus const& row) {
    bool const source = one.analysis == leave_cluster;
    if (one.leaves_out() && one.n == 1)
        return std::string(source ? "without the source " : "without the article ") +
               article_named(one.title, one.subject);
    if (one.leaves_out())
        return "without any one of the " + std::to_string(one.n) + (source ? " sources " : " articles ") +
               stance_left_out(one, row);
    if (one.analysis == "threshold") return "articles are mixed below a share of " + one.subject;
    auto const rank = rank_of(one.analysis);
    return rank < analyses.size() ? std::string(analyses[rank].words) : one.analysis;
}

// An article that is a source of its own is left out as a source: leaving it out as an article says the same.
std::string const what_ifs_sql =
    "SELECT s.claim_id, s.analysis, min(s.subject), min(" + std::string(dossier::shared::article_title_sql) +
    "), count(*), s.direction_share, s.direction_word, s.flips,"
    " s.supports, s.refutes, s.mixed, s.note FROM sensitivity s LEFT JOIN articles a ON a.article_id = s.subject"
    " WHERE s.analysis <> 'leave_one_article_out' OR a.cluster_reason IS NOT NULL"
    " GROUP BY s.claim_position, s.analysis, CASE WHEN s.analysis LIKE 'leave_one%' THEN '' ELSE s.subject END,"
    " s.direction_word, s.flips, s.supports, s.refutes, s.mixed, s.note ORDER BY s.claim_position, s.analysis, 3";

WhatIf read_what_if(dossier::Row const& r) {
    return {r.text(0),
            r.text(1),
            r.text(2),
            r.text(3),
            r.integer(4),
            r.real(5),
            r.text(6),
            r.integer(7) != 0,
            r.real(8).value_or(0),
            r.real(9).value_or(0),
            r.real(10).value_or(0),
            r.text(11)};
}

class Sensitivity final : public dossier::Report {
public:
    explicit Sensitivity(dossier::OptionValues const& options)
        : only_flips_(options.boolean("only_flips")),
          chart_(options.boolean("chart")),
          max_rows_(static_cast<std::size_t>(options.integer("max_rows"))) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("only_flips", false, "leave out what-ifs that change no verdict"),
                dossier::Option::boolean("chart", true, "draw how far leaving out one source moves each share"),
                dossier::Option::integer("max_rows", 2000, 1, 10000, "rows of each table of what-ifs")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Sensitivity", "sensitivity");
        auto entries = read(analysis);
        auto const informed = static_cast<std::size_t>(
            std::count_if(entries.begin(), entries.end(), [](Entry const& one) { return informative(one.row) > 0; }));
        say_summary(entries, informed, out);
        if (informed == 0) return;
        std::stable_sort(entries.begin(), entries.end(),
                         [](Entry const& a, Entry const& b) { return key(a) < key(b); });
        entries.resize(informed);
        warn(entries, out);
        tabulate_fragility(entries, out);
        if (chart_) draw_shares(entries, out);
        tabulate_leave_one_out(entries, out);
        tabulate_what_ifs(entries, true, out);
        if (!only_flips_) {
            tabulate_what_ifs(entries, false, out);
            tabulate_without_effect(entries, out);
        }
        say_how_to_read(out);
    }

private:
    static std::vector<Entry> read(dossier::Analysis const& analysis) {
        std::vector<Entry> entries;
        std::map<std::string, std::size_t> places;
        for (auto const& row : analysis.consensus()) {
            places[row.claim_id] = entries.size();
            entries.push_back({row, claim_anchor(row.claim_id, entries.size() + 1), {}});
        }
        for (auto const& one : analysis.query<WhatIf>(what_ifs_sql, {}, read_what_if))
            if (auto const found = places.find(one.claim_id); found != places.end())
                if (auto& what_ifs = entries[found->second].what_ifs; !joins(what_ifs, one)) what_ifs.push_back(one);
        for (auto& entry : entries)
            std::stable_sort(entry.what_ifs.begin(), entry.what_ifs.end(), [](WhatIf const& a, WhatIf const& b) {
                return std::pair(!a.flips, rank_of(a.analysis)) < std::pair(!b.flips, rank_of(b.analysis));
            });
        return entries;
    }

    /// The most fragile first, those without evidence last.
    static std::pair<bool, std::int64_t> key(Entry const& entry) {
        auto const size = entry.row.flip_set_size;
        return {informative(entry.row) == 0, size > 0 ? size : std::numeric_limits<std::int64_t>::max()};
    }

    static void say_summary(std::vector<Entry> const& entries, std::size_t informed, dossier::Blocks& out) {
        std::int64_t n_firm = 0, n_fragile = 0, n_lone = 0, n_by_choice = 0;  // each verdict is one of these
        for (auto const& entry : entries) {
            if (informative(entry.row) == 0) continue;
            ++(entry.rests_on_one()  ? n_lone
               : entry.row.fragile   ? n_fragile
               : entry.n_flips() > 0 ? n_by_choice
                                     : n_firm);
        }
        auto const n = static_cast<std::int64_t>(informed);
        Text text = strong(counted(n, "verdict", "verdicts")) + " of " +
                    counted(static_cast<std::int64_t>(entries.size()), "claim", "claims") + " " +
                    (n == 1 ? "rests" : "rest") + " on evidence. ";
        if (informed == 0) {
            out.paragraph(text + "Where there is no evidence, nothing can be left out or counted differently.");
            return;
        }
        out.paragraph(text + "Of these, " + strong(std::to_string(n_lone)) + (n_lone == 1 ? " rests" : " rest") +
                      " on one source, " + strong(std::to_string(n_fragile)) +
                      " would read otherwise if one source were left out, " + strong(std::to_string(n_by_choice)) +
                      " only if articles or sources were chosen or counted differently, and no single change that was"
                      " tried turns " +
                      strong(std::to_string(n_firm)) + ". Leaving out several sources can turn any of them.");
    }

    static void warn(std::vector<Entry> const& entries, dossier::Blocks& out) {
        std::vector<std::string> lone, fragile;
        for (auto const& entry : entries) {
            if (entry.rests_on_one())
                lone.push_back(unended(entry.row.statement) + " (" + only_source_of(entry) + ")");
            else if (entry.row.fragile)
                fragile.push_back(unended(entry.row.statement) + " (" + entry.row.flip_set + ")");
        }
        if (!lone.empty())
            out.callout(DOSSIER_CALLOUT_WARNING, "Rests on one source",
                        joined_at_most(lone, most_named, " · ") + ". Without it there is no verdict.");
        if (!fragile.empty())
            out.callout(DOSSIER_CALLOUT_WARNING, "Fragile: leaving out one source gives another verdict",
                        joined_at_most(fragile, most_named, " · ") + ".");
    }

    static std::string only_source_of(Entry const& entry) {
        for (auto const& one : entry.what_ifs)
            if (one.analysis == leave_cluster) return article_named(one.title, one.subject);
        return "one source";
    }

    static void tabulate_fragility(std::vector<Entry> const& entries, dossier::Blocks& out) {
        auto table = out.table(
            "The most fragile verdicts first",
            {Column::text("claim", "Claim"), Column::text("verdict", "Verdict", "The direction in words."),
             Column::text("votes", "Votes", "Sources that support, of those that take a side. Empty: none does."),
             Column::integer("flip_set_size", "Sources that turn it",
                             "The fewest whose removal gives another verdict. Empty: no removal does."),
             Column::text("flip_set", "Which"), Column::integer("n_flips", "What-ifs that turn it", "Of those tried."),
             Column::integer("n_tried", "Tried"), Column::id("claim_id", "Claim id")},
            "fragility");
        for (auto const& entry : entries) {
            auto const size = entry.row.flip_set_size;
            table.cells_row(
                {Cell(entry.row.statement), Cell(entry.row.direction_word), dossier::shared::votes(entry.row),
                 size > 0 ? Cell(size) : Cell(), or_empty(entry.row.flip_set), Cell(entry.n_flips()),
                 Cell(entry.n_tried()), Cell(entry.row.claim_id)},
                "fragility-" + entry.anchor);
        }
    }

    /// Smallest and greatest share over the sources left out, one at a time.
    struct Reach {
        std::optional<double> low, high;
        std::int64_t n = 0, n_flips = 0;
    };
    static Reach reach_of(Entry const& entry) {
        Reach reach;
        for (auto const& one : entry.what_ifs) {
            if (one.analysis != leave_cluster) continue;
            reach.n += one.n;
            reach.n_flips += one.flips ? one.n : 0;
            if (!one.share) continue;
            reach.low = std::min(reach.low.value_or(*one.share), *one.share);
            reach.high = std::max(reach.high.value_or(*one.share), *one.share);
        }
        return reach;
    }

    static void draw_shares(std::vector<Entry> const& entries, dossier::Blocks& out) {
        dossier::Chart chart;
        std::size_t n_across = 0;
        for (auto const& entry : entries) {
            auto const reach = reach_of(entry);
            if (!entry.row.direction_share || !reach.low) continue;
            chart.categories.push_back(entry.row.statement);
            chart.values.insert(chart.values.end(), {*entry.row.direction_share, *reach.low, *reach.high});
            n_across += *reach.low <= 0.5 && *reach.high >= 0.5 ? 1u : 0u;
        }
        if (chart.categories.empty()) return;
        if (chart.categories.size() > most_dots) {
            out.note("There are more than " + std::to_string(most_dots) + " claims: the table stands for the chart.");
            return;
        }
        chart.kind = DOSSIER_CHART_INTERVAL;
        chart.title = "Share of supports, and how far leaving out one source moves it";
        chart.anchor = "shares-without-one";
        chart.alternative =
            "A dot per claim marks the share of sources that support it, a line from the smallest to the "
            "greatest share that is left when one source is left out. The line touches or crosses one "
            "half for " +
            std::to_string(n_across) + " of " +
            counted(static_cast<std::int64_t>(chart.categories.size()), "claim", "claims") +
            "; the numbers stand in the table “Leaving out one source”.";
        chart.series = {"share"};
        chart.category_title = "Claim", chart.value_title = "Share of sources that support";
        chart.reference = 0.5;
        out.chart(chart);
    }

    static void tabulate_leave_one_out(std::vector<Entry> const& entries, dossier::Blocks& out) {
        auto table = out.table(
            "Leaving out one source",
            {Column::text("claim", "Claim"),
             Column::real("share", "Share", 2, "supports / (supports + refutes). Empty: no source takes a side."),
             Column::interval("without_one", "Without one source", 2,
                              "The smallest and the greatest share that is left. Empty: none is."),
             Column::integer("n_sources", "Sources", "That inform the claim: each was left out once."),
             Column::integer("n_flips", "Turn the verdict", "Sources without which it would read otherwise."),
             Column::id("claim_id", "Claim id")},
            "leave-one-out");
        for (auto const& entry : entries) {
            auto const reach = reach_of(entry);
            table.row(entry.row.statement, entry.row.direction_share, Cell::interval(reach.low, reach.high), reach.n,
                      reach.n_flips, entry.row.claim_id);
        }
    }

    void tabulate_what_ifs(std::vector<Entry> const& entries, bool flips, dossier::Blocks& out) const {
        std::vector<std::pair<Entry const*, WhatIf const*>> rows;
        for (auto const& entry : entries)
            for (auto const& one : entry.what_ifs)
                if (flips ? one.flips : one.has_effect(entry.row)) rows.emplace_back(&entry, &one);
        if (rows.empty()) {
            if (flips) out.paragraph("Nothing that was tried gives another verdict.");
            return;
        }
        auto const n_shown = std::min(rows.size(), max_rows_);
        {
            auto table = out.table(
                flips ? "What gives another verdict" : "Everything that leaves a source out or changes a count",
                {Column::text("claim", "Claim"), Column::text("what_if", "What if"),
                 Column::text("verdict", "Verdict then", "The direction in words."),
                 Column::text("sources", "Sources then", "Fractions where votes are weighted."),
                 Column::real("share", "Share then", 2, "Empty: no source takes a side, or it was not estimated."),
                 Column::text("changes", "Another verdict"), Column::text("note", "Note"),
                 Column::id("claim_id", "Claim id"),
                 Column::id("article_id", "Article id", "The one that is left out. Empty: none, or several."),
                 Column::id("cluster_id", "Cluster id", "The one that is left out. Empty: none, or several.")},
                flips ? "flips" : "what-ifs");
            for (std::size_t i = 0; i < n_shown; ++i) {
                auto const& [entry, one] = rows[i];
                table.row(entry->row.statement, in_words(*one, entry->row), one->direction_word, left_in_words(*one),
                          one->share, one->flips ? "yes" : "no", or_empty(one->note), entry->row.claim_id,
                          one->left_out(leave_article), one->left_out(leave_cluster));
            }
        }
        if (rows.size() > n_shown)
            out.note(counted(static_cast<std::int64_t>(rows.size() - n_shown), "further row", "further rows") +
                     " not shown (option max_rows); all are in the view sensitivity of analysis.sqlite.");
    }

    /// What was tried and left a verdict as it is, or could not be done: by reason, not by claim.
    static void tabulate_without_effect(std::vector<Entry> const& entries, dossier::Blocks& out) {
        std::map<std::pair<std::size_t, std::pair<std::string, std::string>>, std::vector<std::string>> claims;
        for (auto const& entry : entries)
            for (auto const& one : entry.what_ifs)
                if (!one.has_effect(entry.row)) {
                    // P(share > 1/2) under the other prior differs from claim to claim.
                    auto const reason = one.analysis == "uniform_prior" ? std::string("the words stay the same")
                                        : one.note.empty()              ? std::string("nothing changes")
                                                                        : one.note;
                    claims[{rank_of(one.analysis), {in_words(one, entry.row), reason}}].push_back(entry.row.statement);
                }
        if (claims.empty()) return;
        auto table = out.table("Tried without effect",
                               {Column::text("what_if", "What if"), Column::text("reason", "Why nothing changes"),
                                Column::integer("n_claims", "Claims"), Column::text("claims", "Which")},
                               "without-effect");
        for (auto const& [key, statements] : claims) {
            auto const& [what_if, reason] = key.second;
            table.row(what_if, reason, statements.size(),
                      statements.size() == entries.size() ? "all" : joined_at_most(statements, most_named, " · "));
        }
    }

    static void say_how_to_read(dossier::Blocks& out) {
        out.heading(2, "How to read this", "how-to-read");
        out.list(
            {"A verdict changes when it gets other words, but not when the same direction is only put more firmly.",
             "Sources that come out alike are one row. An article is left out alone only where its source has several;"
             " the source then says what the others of it say.",
             "Sources are never left out until none remains: a verdict on one source has nothing to stand against.",
             "Weights and the half independence of one publisher are sensitivity analyses, never the headline."});
    }

    bool only_flips_, chart_;
    std::size_t max_rows_;
};

}  // namespace

DOSSIER_REPORT(Sensitivity, "sensitivity",
               "Which verdicts would change if sources were left out or counted differently")
