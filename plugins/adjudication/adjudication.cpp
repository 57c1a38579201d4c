// Adjudication: what people decided in place of the engine, what of it no longer fits, and how far readers agree.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shared/rater_tables.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;
using dossier::shared::counted;
using dossier::shared::or_empty;
using dossier::shared::stance_in_words;

using Question = std::tuple<std::string, std::string, std::string>;  ///< claim, article, condition

/// A row of the view `annotations` with what its claim, condition and article are called.
struct Annotation {
    std::int64_t position = 0;
    std::string role, who, when, claim_id, article_id, condition_id, stance, why, status, reason, detector;
    std::string statement, condition_name, title, path, url;

    [[nodiscard]] std::string question() const {
        auto const claim = statement.empty() ? claim_id : statement;
        return condition_id.empty() ? claim
                                    : claim + " (" + (condition_name.empty() ? condition_id : condition_name) + ")";
    }
    [[nodiscard]] Question question_id() const { return {claim_id, article_id, condition_id}; }
    [[nodiscard]] std::string article() const { return title.empty() ? article_id : title; }
    [[nodiscard]] bool in_force() const { return role == "override" && status == "applied"; }
    [[nodiscard]] std::string anchor() const { return "decision-" + std::to_string(position); }
};

Annotation read_annotation(dossier::Row const& r) {
    return {r.integer(0), r.text(1),  r.text(2),  r.text(3),  r.text(4),  r.text(5),  r.text(6),  r.text(7), r.text(8),
            r.text(9),    r.text(10), r.text(11), r.text(12), r.text(13), r.text(14), r.text(15), r.text(16)};
}

/// An article's stance that a person decided, with the quote that it rests on.
struct Decided {
    std::string claim_id, article_id, condition_id, stance;
    std::string quote, path;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0;
    std::string url;
};

Decided read_decided(dossier::Row const& r) {
    return {r.text(0),    r.text(1),    r.text(2),    r.text(3),    r.text(4), r.text(5),
            r.integer(6), r.integer(7), r.integer(8), r.integer(9), {}};
}

dossier::Evidence read_evidence(dossier::Row const& r) {
    dossier::Evidence row;
    row.evidence_id = r.text(0), row.claim_id = r.text(1), row.article_id = r.text(2), row.direction = r.text(3);
    row.condition_id = r.text(4), row.quote = r.text(5);
    row.byte_begin = r.integer(6), row.byte_end = r.integer(7), row.line = r.integer(8), row.page = r.integer(9);
    row.path = r.text(10);
    return row;
}

/// A person's judgement of certainty, a row of the view `judgements`, beside what the data suggest.
struct Judgement {
    std::string claim_id, condition_id, statement, condition_name, domain;
    std::optional<std::int64_t> levels_down, suggested_levels_down;
    std::string level, suggested_level, who, when, why, status, reason;

    [[nodiscard]] bool in_force() const { return status == "applied"; }
    [[nodiscard]] std::string question() const {
        return condition_name.empty() ? statement : statement + " (" + condition_name + ")";
    }
    [[nodiscard]] std::string of_what() const { return domain.empty() ? "as a whole" : domain; }
    [[nodiscard]] std::string verdict() const { return domain.empty() ? level : in_words(levels_down); }
    [[nodiscard]] std::string suggestion() const {
        return domain.empty() ? suggested_level : in_words(suggested_levels_down);
    }
    [[nodiscard]] std::string why_not() const {
        return status == "replaced" ? "a later judgement of the same takes its place" : reason;
    }

private:
    static std::string in_words(std::optional<std::int64_t> levels_down) {
        return !levels_down        ? std::string()
               : *levels_down == 0 ? "no level down"
                                   : counted(*levels_down, "level down", "levels down");
    }
};

std::optional<std::int64_t> integer_if_any(dossier::Row const& r, std::size_t column) {
    return r.has(column) ? std::optional(r.integer(column)) : std::nullopt;
}

Judgement read_judgement(dossier::Row const& r) {
    return {r.text(0), r.text(1), r.text(2), r.text(3),  r.text(4),  integer_if_any(r, 5), integer_if_any(r, 6),
            r.text(7), r.text(8), r.text(9), r.text(10), r.text(11), r.text(12),           r.text(13)};
}

class Adjudication final : public dossier::Report {
public:
    explicit Adjudication(dossier::OptionValues const& options)
        : quotes_(options.boolean("quotes")), ratings_(options.boolean("ratings")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("quotes", true, "show the quote that each override rests on"),
                dossier::Option::boolean("ratings", false, "list every rating, one row each")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Adjudication", "adjudication");
        read(analysis);
        if (annotations_.empty()) {
            out.paragraph(judgements_.empty() ? "Nobody has decided or rated anything: every stance is the engine's."
                                              : "Nobody has decided or rated a stance: all are the engine's.");
            tabulate_judgements(out);
            return;
        }
        say_summary(out);
        tabulate_overrides(out);
        if (quotes_) show_quotes(out);
        tabulate_stale(out);
        tabulate_judgements(out);
        compare_raters(analysis, out);
        compare_engine(analysis, out);
        if (ratings_) tabulate_ratings(out);
    }

private:
    void read(dossier::Analysis const& analysis) {
        for (auto const& row : analysis.query<Judgement>(
                 "SELECT j.claim_id, j.condition_id, c.statement, k.name, j.domain, j.levels_down,"
                 " CASE WHEN s.certainty IS NOT NULL THEN d.suggested_levels_down END, j.level, s.certainty_suggested,"
                 " j.who, j.\"when\", j.why, j.status, j.reason FROM judgements j"
                 " JOIN claims c ON c.claim_id = j.claim_id"
                 " LEFT JOIN conditions k ON k.condition_id = j.condition_id AND j.condition_id <> ''"
                 " LEFT JOIN consensus s ON s.claim_id = j.claim_id AND s.condition_id = j.condition_id"
                 " LEFT JOIN certainty d ON d.claim_id = j.claim_id AND d.condition_id = j.condition_id"
                 " AND d.domain = j.domain ORDER BY j.position",
                 {}, read_judgement))
            judgements_.push_back(row);
        for (auto const& row : analysis.query<Annotation>(
                 "SELECT n.position, n.role, n.who, n.\"when\", n.claim_id, n.article_id, n.condition_id, n.stance,"
                 " n.why, n.status, n.reason, n.detector, c.statement, k.name, " +
                     std::string(dossier::shared::article_title_sql) +
                     ", a.path, a.url"
                     " FROM annotations n LEFT JOIN claims c ON c.claim_id = n.claim_id"
                     " LEFT JOIN conditions k ON k.condition_id = n.condition_id AND n.condition_id <> ''"
                     " LEFT JOIN articles a ON a.article_id = n.article_id ORDER BY n.position",
                 {}, read_annotation))
            annotations_.push_back(row);
        for (auto const& annotation : annotations_)
            if (annotation.in_force()) first_anchors_.emplace(annotation.question_id(), annotation.anchor());
        for (auto const& row : analysis.query<Decided>(
                 "SELECT claim_id, article_id, condition_id, stance, quote, path, byte_begin, byte_end, line, page "
                 "FROM stances"
                 " WHERE overridden IS NOT NULL ORDER BY claim_position, condition_position, article_id",
                 {}, read_decided))
            decided_[{row.claim_id, row.article_id, row.condition_id}].push_back(row);
        if (std::any_of(annotations_.begin(), annotations_.end(),
                        [](Annotation const& a) { return a.in_force() && a.stance == "mixed"; }))
            read_both_sides(analysis);
    }

    /// A mixed stance is shown with a quote of each side; the view `stances` has the first only.
    void read_both_sides(dossier::Analysis const& analysis) {
        std::set<std::tuple<Question, std::string>> seen;
        for (auto const& row : analysis.query<dossier::Evidence>(
                 "SELECT evidence_id, claim_id, article_id, direction, condition_id, quote, byte_begin, byte_end,"
                 " line, page, path FROM evidence WHERE direction <> 'neutral'"
                 " AND (claim_id, article_id) IN (SELECT claim_id, article_id FROM annotations"
                 " WHERE status = 'applied' AND role = 'override' AND stance = 'mixed') ORDER BY evidence_id",
                 {}, read_evidence))
            for (auto const& condition : {std::string(), row.condition_id}) {
                Question const question{row.claim_id, row.article_id, condition};
                auto const found = decided_.find(question);
                if (found == decided_.end() || !seen.emplace(question, row.direction).second) continue;
                auto& quotes = found->second;
                bool const shown = std::any_of(quotes.begin(), quotes.end(), [&](Decided const& known) {
                    return known.quote == row.quote && known.byte_begin == row.byte_begin;
                });
                if (!shown && quotes.front().stance == "mixed")
                    quotes.push_back({row.claim_id,
                                      row.article_id,
                                      condition,
                                      "mixed",
                                      row.quote,
                                      row.path,
                                      row.byte_begin,
                                      row.byte_end,
                                      row.line,
                                      row.page,
                                      {}});
            }
    }

    [[nodiscard]] std::size_t count(std::string const& role, std::string const& status) const {
        return static_cast<std::size_t>(
            std::count_if(annotations_.begin(), annotations_.end(), [&](Annotation const& annotation) {
                return annotation.status == status && (role.empty() || annotation.role == role);
            }));
    }

    void say_summary(dossier::Blocks& out) const {
        auto const n_stale = count("", "stale");
        std::size_t n_changed = 0;
        for (auto const& annotation : annotations_)
            n_changed += annotation.in_force() && annotation.stance != annotation.detector;
        out.paragraph(Text() + strong(counted(count("override", "applied"), "override", "overrides")) +
                      (" in force, " + std::to_string(n_changed) + " of them against the engine; " +
                       counted(count("rating", "compared"), "rating", "ratings") + " compared; " +
                       counted(n_stale, "annotation", "annotations") + " stale."));
        if (n_stale > 0)
            out.callout(
                DOSSIER_CALLOUT_WARNING, "Some annotations no longer fit",
                counted(n_stale, "annotation is", "annotations are") +
                    " not applied, because text or claim have changed since, or no quote bears them out. They are"
                    " listed below.");
    }

    void tabulate_overrides(dossier::Blocks& out) const {
        if (count("override", "applied") == 0) return;
        out.heading(2, "Overrides in force", "overrides-in-force");
        auto table =
            out.table("Stances that a person decided",
                      {Column::text("claim", "Claim", "with the condition, if there is one"),
                       Column::text("article", "Article"), Column::stance("engine", "Engine says"),
                       Column::stance("person", "Person says"), Column::text("who", "Who"),
                       Column::date("when", "When"), Column::text("why", "Why"), Column::id("claim_id", "Claim id"),
                       Column::id("condition_id", "Condition id"), Column::id("article_id", "Article id")},
                      "overrides");
        for (auto const& a : annotations_) {
            if (!a.in_force()) continue;
            auto const anchor = anchor_of(a);
            table.row(a.question(), anchor.empty() ? Cell(a.article()) : Cell(a.article()).to("#" + anchor), a.detector,
                      a.stance, a.who, or_empty(a.when), a.why, a.claim_id, or_empty(a.condition_id), a.article_id);
        }
    }

    /// Of the quote shown for an override; empty: none is.
    [[nodiscard]] std::string anchor_of(Annotation const& annotation) const {
        return quotes_ && !quotes_of(annotation).empty() ? first_anchors_.at(annotation.question_id()) : std::string();
    }

    /// Several overrides of one question share what is shown for it, below the first.
    [[nodiscard]] std::vector<Decided> quotes_of(Annotation const& annotation) const {
        auto const found = decided_.find(annotation.question_id());
        if (found == decided_.end() || found->second.front().quote.empty()) return {};
        return found->second;
    }

    void show_quotes(dossier::Blocks& out) const {
        bool first = true;
        std::set<Question> shown;
        for (auto const& a : annotations_) {
            if (!a.in_force() || !shown.insert(a.question_id()).second) continue;
            auto anchor = a.anchor();
            for (auto const& decided : quotes_of(a)) {
                if (first) out.heading(3, "What they rest on", "what-overrides-rest-on");
                first = false;
                dossier::Quoted quoted(decided);
                quoted.url = a.url;
                quoted.anchor = std::exchange(anchor, {});
                quoted.stance = a.stance;
                quoted.comment = a.claim_id + ": " + a.who + " says " + stance_in_words(a.stance) + ", the engine " +
                                 stance_in_words(a.detector) + "; " + a.why;
                out.quote(quoted);
            }
        }
    }

    void tabulate_stale(dossier::Blocks& out) const {
        if (count("", "stale") == 0) return;
        out.heading(2, "Stale annotations", "stale-annotations");
        auto table =
            out.table("Annotations that no longer fit, and were not applied",
                      {Column::text("claim", "Claim"), Column::text("article", "Article"), Column::text("role", "Role"),
                       Column::stance("person", "Person says"), Column::text("who", "Who"),
                       Column::text("reason", "Why it is stale"), Column::id("claim_id", "Claim id"),
                       Column::id("condition_id", "Condition id"), Column::id("article_id", "Article id")},
                      "stale");
        for (auto const& a : annotations_)
            if (a.status == "stale")
                table.row(a.question(), a.article(), a.role, a.stance, a.who, a.reason, a.claim_id,
                          or_empty(a.condition_id), a.article_id);
    }

    void tabulate_judgements(dossier::Blocks& out) const {
        if (judgements_.empty()) return;
        auto const n_in_force = std::count_if(judgements_.begin(), judgements_.end(),
                                              [](Judgement const& judgement) { return judgement.in_force(); });
        auto const n_others = static_cast<std::int64_t>(judgements_.size()) - n_in_force;
        out.heading(2, "Judgements of certainty", "certainty-judged");
        out.paragraph(counted(n_in_force, "judgement", "judgements") + " of certainty in force, " +
                      std::to_string(n_others) + " not applied.");
        if (n_in_force > 0) {
            auto table =
                out.table("Judgements of certainty in force",
                          {Column::text("claim", "Claim", "with the condition, if there is one"),
                           Column::text("of", "Of", "a domain, or the certainty as a whole"),
                           Column::text("data", "Data suggest"), Column::text("person", "Person says"),
                           Column::text("who", "Who"), Column::date("when", "When"), Column::text("why", "Why"),
                           Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")},
                          "judgements");
            for (auto const& j : judgements_)
                if (j.in_force())
                    table.row(j.question(), j.of_what(), or_empty(j.suggestion()), j.verdict(), j.who, or_empty(j.when),
                              j.why, j.claim_id, or_empty(j.condition_id));
        }
        if (n_others == 0) return;
        auto table =
            out.table("Judgements of certainty that are not applied",
                      {Column::text("claim", "Claim"), Column::text("of", "Of"), Column::text("person", "Person says"),
                       Column::text("who", "Who"), Column::date("when", "When"), Column::text("why", "Why"),
                       Column::text("reason", "Why it is not applied"), Column::id("claim_id", "Claim id"),
                       Column::id("condition_id", "Condition id")},
                      "judgements-not-applied");
        for (auto const& j : judgements_)
            if (!j.in_force())
                table.row(j.question(), j.of_what(), j.verdict(), j.who, or_empty(j.when), j.why, j.why_not(),
                          j.claim_id, or_empty(j.condition_id));
    }

    static void compare_raters(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto const rows = dossier::shared::rater_agreement(analysis);
        if (rows.empty()) return;
        out.heading(2, "Agreement", "rater-agreement");
        dossier::shared::tabulate_agreement(rows, "agreement", out);
        out.note(
            "A coefficient that is not defined has no value, rather than 0 or 1. Where nearly all readings are alike, "
            "kappa"
            " is low although readers agree: read the share that agrees and Gwet's AC1 beside it. Overrides are mostly"
            " written where somebody doubted the engine; only blind ratings tell how often it is right.",
            "note-agreement");
    }

    static void compare_engine(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto const counts = dossier::shared::confusion(analysis);
        if (counts.empty()) return;
        out.heading(2, "Engine against people", "engine-against-people");
        dossier::shared::tabulate_confusion(counts, out);
    }

    void tabulate_ratings(dossier::Blocks& out) const {
        if (count("rating", "compared") == 0) return;
        out.heading(2, "Ratings", "ratings-compared");
        auto table =
            out.table("Independent ratings, compared and never applied",
                      {Column::text("claim", "Claim"), Column::text("article", "Article"),
                       Column::stance("engine", "Engine says"), Column::stance("person", "Rater says"),
                       Column::text("who", "Rater"), Column::text("why", "Why"), Column::id("claim_id", "Claim id"),
                       Column::id("condition_id", "Condition id"), Column::id("article_id", "Article id")},
                      "ratings");
        for (auto const& a : annotations_)
            if (a.role == "rating" && a.status == "compared")
                table.row(a.question(), a.article(), a.detector, a.stance, a.who, a.why, a.claim_id,
                          or_empty(a.condition_id), a.article_id);
    }

    bool quotes_, ratings_;
    std::vector<Annotation> annotations_;
    std::vector<Judgement> judgements_;
    std::map<Question, std::vector<Decided>> decided_;
    std::map<Question, std::string> first_anchors_;  ///< of overrides in force
};

}  // namespace

DOSSIER_REPORT(Adjudication, "adjudication", "What people decided, what is stale, and how far readers agree")
