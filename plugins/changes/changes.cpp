// Changes: what is otherwise than in the previous run, and why; verdicts first, then stances with their quotes.
#include <dossier/plugin.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::shared::counted;
using dossier::shared::joined;
using dossier::shared::or_empty;

/// The run, and the one that it was compared with.
struct Run {
    std::int64_t n_changes = 0;
    std::string previous_as_of;  ///< empty: there is none
};

/// A row of the view `changes` with what its claim, condition, article and risk factor are called.
struct Change {
    std::string kind, claim, condition, article, factor, aspect;
    std::optional<std::string> before, after;
    std::string quote_before, cause;
    std::string quote_after;
    std::int64_t quote_number = 0;
    std::string claim_id, condition_id, article_id, factor_id;

    [[nodiscard]] std::string question() const { return condition.empty() ? claim : claim + " (" + condition + ")"; }
};

std::optional<std::string> text_if_any(dossier::Row const& r, std::size_t column) {
    return r.has(column) ? std::optional(r.text(column)) : std::nullopt;
}

Change read_change(dossier::Row const& r) {
    Change one;
    one.kind = r.text(0), one.claim = r.text(1), one.condition = r.text(2), one.article = r.text(3);
    one.factor = r.text(4), one.aspect = r.text(5), one.before = text_if_any(r, 6), one.after = text_if_any(r, 7);
    one.quote_before = r.text(8), one.cause = r.text(9), one.quote_after = r.text(10), one.quote_number = r.integer(11);
    one.claim_id = r.text(12), one.condition_id = r.text(13), one.article_id = r.text(14), one.factor_id = r.text(15);
    return one;
}

/// Kinds that are shown in one table.
struct Group {
    std::string_view anchor, title;
    std::string_view singular, plural;
    std::string_view kinds;                                           ///< for SQL
    bool of_claims = false, of_articles = false, of_factors = false;  ///< which ids its rows have
};
constexpr std::array groups = {
    Group{"verdicts-changed", "Verdicts", "part of a verdict", "parts of verdicts", "'verdict_changed'", true},
    Group{"stances-changed", "Stances of articles", "stance", "stances",
          "'stance_new', 'stance_lost', 'stance_flipped'", true, true},
    Group{"articles-changed", "Articles", "change of articles", "changes of articles",
          "'article_new', 'article_gone', 'article_changed', 'article_retracted', 'article_reinstated',"
          " 'article_unreadable', 'article_readable'",
          false, true},
    Group{"factors-changed", "Risk factors", "risk factor", "risk factors",
          "'factor_new', 'factor_lost', 'factor_changed'", false, false, true},
    Group{"claims-changed", "Claims, and what people decided", "change of claims or decisions",
          "changes of claims or decisions",
          "'claim_new', 'claim_gone', 'claim_changed', 'judgement_changed', 'override_new', 'override_gone',"
          " 'override_changed'",
          true, true},
    Group{"rules-changed", "What the run was given, and its rules", "change of rules or inputs",
          "changes of rules or inputs",
          "'schema_changed', 'tool_changed', 'lexicon_changed', 'statement_model_changed', 'registry_changed',"
          " 'annotations_changed', 'job_changed', 'engine_changed', 'plugin_changed'"}};

struct KindWords {
    std::string_view kind, words;
};
constexpr std::array kind_words = {
    KindWords{"article_new", "new"},
    KindWords{"article_gone", "gone"},
    KindWords{"article_changed", "changed"},
    KindWords{"article_retracted", "marked as retracted"},
    KindWords{"article_reinstated", "no longer marked as retracted"},
    KindWords{"article_unreadable", "can no longer be assessed"},
    KindWords{"article_readable", "can be assessed again"},
    KindWords{"stance_new", "new"},
    KindWords{"stance_lost", "lost"},
    KindWords{"stance_flipped", "flipped"},
    KindWords{"factor_new", "named now"},
    KindWords{"factor_lost", "no longer named"},
    KindWords{"factor_changed", "direction changed"},
    KindWords{"claim_new", "claim new"},
    KindWords{"claim_gone", "claim gone"},
    KindWords{"claim_changed", "claim changed"},
    KindWords{"judgement_changed", "judgement of certainty"},
    KindWords{"override_new", "override new"},
    KindWords{"override_gone", "override gone"},
    KindWords{"override_changed", "override changed"},
    KindWords{"schema_changed", "version of the analysis database"},
    KindWords{"tool_changed", "version of Dossier"},
    KindWords{"lexicon_changed", "lexicon"},
    KindWords{"statement_model_changed", "statement model"},
    KindWords{"registry_changed", "registry"},
    KindWords{"annotations_changed", "annotations"},
    KindWords{"job_changed", "job file"},
    KindWords{"engine_changed", "engine"},
    KindWords{"plugin_changed", "plugin"},
};

std::string in_words(std::string const& kind) {
    for (auto const& [name, words] : kind_words)
        if (name == kind) return std::string(words);
    return kind;
}

/// "study_design" -> "study design"
std::string aspect_in_words(std::string aspect) {
    for (char& c : aspect)
        if (c == '_') c = ' ';
    return aspect;
}

/// Digests are shown by their first digits, which is enough to tell two apart.
std::string shown(std::optional<std::string> const& value) {
    constexpr std::size_t digest_digits = 64, shown_digits = 12;
    if (!value) return {};
    bool const is_digest =
        value->size() == digest_digits && value->find_first_not_of("0123456789abcdef") == std::string::npos;
    return is_digest ? value->substr(0, shown_digits) + "…" : *value;
}

Cell cell(std::optional<std::string> const& value) {
    return or_empty(shown(value));
}

std::string because(Change const& change) {
    return change.cause.empty() ? "not known" : change.cause;
}

class Changes final : public dossier::Report {
public:
    explicit Changes(dossier::OptionValues const& options)
        : most_(options.integer("most")), quotes_(options.boolean("quotes")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::integer("most", 100, 1, 1'000'000, "rows of a table; how many more there are is said"),
                dossier::Option::boolean("quotes", true, "with the quotes that bore a stance out before and now")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "What changed", "changes");
        auto const run = read_run(analysis);
        if (run.previous_as_of.empty()) return out.paragraph("There is no earlier run to compare this one with.");
        if (run.n_changes == 0)
            return out.paragraph("Nothing changed since the run that speaks for " + run.previous_as_of + ".");
        std::vector<std::int64_t> counts;
        for (auto const& group : groups)
            counts.push_back(count(analysis, group));
        out.paragraph("Since the run that speaks for " + run.previous_as_of + ": " + summary_of(counts) + ".");
        if (counts[0] == 0) out.paragraph("No verdict changed.");
        for (std::size_t i = 0; i < groups.size(); ++i)
            if (counts[i] > 0) say_group(analysis, groups[i], counts[i], out);
        out.note(
            "A cause is what the digests stored by both runs show to be another. Where several are, and nobody can tell"
            " which of them it was, all are named.",
            "note-changes");
    }

private:
    static Run read_run(dossier::Analysis const& analysis) {
        for (auto const& run : analysis.query<Run>("SELECT n_changes, coalesce(previous_as_of, '') FROM run", {},
                                                   [](dossier::Row const& r) {
                                                       return Run{r.integer(0), r.text(1)};
                                                   }))
            return run;
        return {};
    }

    static std::int64_t count(dossier::Analysis const& analysis, Group const& group) {
        for (auto const n : analysis.query<std::int64_t>(
                 "SELECT count(*) FROM changes WHERE kind IN (" + std::string(group.kinds) + ")", {},
                 [](dossier::Row const& r) { return r.integer(0); }))
            return n;
        return 0;
    }

    static std::string summary_of(std::vector<std::int64_t> const& counts) {
        std::vector<std::string> parts;
        for (std::size_t i = 0; i < groups.size(); ++i)
            if (counts[i] > 0) parts.push_back(counted(counts[i], groups[i].singular, groups[i].plural));
        return joined(parts);
    }

    /// SQL for what bears a changed stance out today. A subquery, since a joined view would be gone through as a whole.
    static std::string quote_now(std::string const& column) {
        return "CASE WHEN c.kind LIKE 'stance%' THEN (SELECT s." + column +
               " FROM taken_stances s WHERE s.article_position = (SELECT a.position FROM articles a"
               " WHERE a.article_id = c.article_id) AND s.claim_position = l.position AND s.condition_position = 0) "
               "END";
    }

    /// Row by row as the database gives them.
    dossier::Rows<Change> rows(dossier::Analysis const& analysis, Group const& group) const {
        return analysis.query<Change>(
            "SELECT c.kind, coalesce(l.statement, c.claim_id), coalesce(n.name, c.condition_id),"
            " coalesce((SELECT a.title FROM articles a WHERE a.article_id = c.article_id), c.article_id),"
            " coalesce((SELECT f.name FROM risk_factors f WHERE f.factor_id = c.factor_id), c.factor_id), c.aspect,"
            " c.before, c.after, c.quote_before, c.cause, " +
                quote_now("quote") + ", " + quote_now("quote_number") +
                ", c.claim_id, c.condition_id, c.article_id, c.factor_id"
                " FROM changes c LEFT JOIN claims l ON l.claim_id = c.claim_id"
                " LEFT JOIN conditions n ON n.condition_id = c.condition_id"
                " WHERE c.kind IN (" +
                std::string(group.kinds) + ") ORDER BY c.position LIMIT ?1",
            {most_}, read_change);
    }

    void say_group(dossier::Analysis const& analysis, Group const& group, std::int64_t n, dossier::Blocks& out) const {
        out.heading(2, std::string(group.title), std::string(group.anchor));
        if (group.anchor == groups[0].anchor)
            tabulate_verdicts(rows(analysis, group), out);
        else if (group.anchor == groups[1].anchor)
            tabulate_stances(rows(analysis, group), out);
        else
            tabulate_others(rows(analysis, group), group, out);
        if (n > most_) out.paragraph("And " + std::to_string(n - most_) + " more; the option most shows them.");
    }

    static void tabulate_verdicts(dossier::Rows<Change> rows, dossier::Blocks& out) {
        auto table =
            out.table("Verdicts that read otherwise",
                      {Column::text("claim", "Claim", "With the condition in brackets."), Column::text("part", "Part"),
                       Column::text("before", "Before"), Column::text("now", "Now"), Column::text("because", "Because"),
                       Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")},
                      "verdicts");
        for (auto const& one : rows)
            table.row(one.question(), one.aspect, cell(one.before), cell(one.after), because(one), one.claim_id,
                      or_empty(one.condition_id));
    }

    void tabulate_stances(dossier::Rows<Change> rows, dossier::Blocks& out) const {
        std::vector<Column> columns{Column::text("claim", "Claim"), Column::text("article", "Article"),
                                    Column::text("what", "What"),   Column::stance("before", "Before"),
                                    Column::stance("now", "Now"),   Column::text("because", "Because")};
        if (quotes_) {
            columns.push_back(Column::text("quote_before", "Quote before",
                                           "Word for word as the previous run found it; the file may have changed."));
            columns.push_back(Column::quote("quote_now", "Quote now", "Empty: no quote takes a side."));
        }
        columns.insert(columns.end(), {Column::id("claim_id", "Claim id"), Column::id("article_id", "Article id")});
        auto table = out.table("Stances that are new, lost or flipped", columns, "stances");
        for (auto const& one : rows) {
            std::vector<Cell> cells{Cell(one.claim),  Cell(one.article), Cell(in_words(one.kind)),
                                    cell(one.before), cell(one.after),   Cell(because(one))};
            if (quotes_) {
                cells.push_back(or_empty(one.quote_before));
                cells.push_back(one.quote_after.empty() ? Cell() : Cell::quote(one.quote_after, one.quote_number));
            }
            cells.insert(cells.end(), {Cell(one.claim_id), Cell(one.article_id)});
            table.cells_row(cells);
        }
    }

    /// What is not about a stance or a verdict: all have a subject, and most a value before and now.
    static void tabulate_others(dossier::Rows<Change> rows, Group const& group, dossier::Blocks& out) {
        std::vector<Column> columns{Column::text("subject", "What it is about"),
                                    Column::text("what", "What"),
                                    Column::text("aspect", "Of it", "Empty: all of it."),
                                    Column::text("before", "Before"),
                                    Column::text("now", "Now"),
                                    Column::text("because", "Because")};
        if (group.of_claims)
            columns.insert(columns.end(),
                           {Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")});
        if (group.of_articles) columns.push_back(Column::id("article_id", "Article id"));
        if (group.of_factors) columns.push_back(Column::id("factor_id", "Factor id"));
        auto table = out.table(std::string(group.title), columns, std::string(group.anchor) + "-table");
        for (auto const& one : rows) {
            std::vector<std::string> subject;
            for (auto const& part : {one.question(), one.article, one.factor})
                if (!part.empty()) subject.push_back(part);
            std::vector<Cell> cells{or_empty(joined(subject, "; ")),
                                    Cell(in_words(one.kind)),
                                    or_empty(aspect_in_words(one.aspect)),
                                    cell(one.before),
                                    cell(one.after),
                                    Cell(because(one))};
            if (group.of_claims) cells.insert(cells.end(), {or_empty(one.claim_id), or_empty(one.condition_id)});
            if (group.of_articles) cells.push_back(or_empty(one.article_id));
            if (group.of_factors) cells.push_back(or_empty(one.factor_id));
            table.cells_row(cells);
        }
    }

    std::int64_t most_;
    bool quotes_;
};

}  // namespace

DOSSIER_REPORT(Changes, "changes", "What changed since the previous run, and why")
