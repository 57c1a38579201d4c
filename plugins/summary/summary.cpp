// Summary: one page on all claims, for who decides and has little time: the verdicts in four parts, and what to be careful
// about.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/quotes.hpp"
#include "shared/verdicts.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;
using namespace dossier::shared;

constexpr std::size_t most_charted = 5;  // claims for which chart and words fit one page
constexpr std::size_t most_bars = 40;    // more do not fit a page by themselves
constexpr std::size_t most_marks = 12;   // of a bar in a cell
constexpr std::size_t most_named = 3;    // articles or claims named where more could be

/// One claim with all that its row says.
struct Entry {
    dossier::Consensus overall;
    std::string anchor;
    std::vector<dossier::Consensus> conditions;
    std::map<std::string, Side> sides;  ///< by stance
};

std::int64_t sum(Entry const& entry, std::int64_t Side::*member) {
    std::int64_t total = 0;
    for (auto const& [stance, side] : entry.sides)
        total += side.*member;
    return total;
}

/// An article that is named for a caution, and on how many claims it bears.
struct Named {
    std::string article_id, title, detail;
    std::int64_t n_claims = 0;
};

/// An article with quotes on both sides of a claim, under the same condition.
struct Contradiction {
    std::string claim_id, article_id, title, stance;
};

constexpr char const* suggested_alone = "suggested from data alone; nobody has confirmed or changed it.";
constexpr char const* as_the_engine_read_them = "as the engine read them; nobody has checked them.";

class Summary final : public dossier::Report {
public:
    explicit Summary(dossier::OptionValues const& options)
        : chart_(options.text("chart")), contradictions_(static_cast<std::size_t>(options.integer("contradictions"))) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::text("chart", "fitting", {"fitting", "always", "never"},
                                      "draw the bars as a chart too; fitting: where the page has room for it"),
                dossier::Option::integer(
                    "contradictions", 1, 0, 1000,
                    "articles with quotes on both sides of a claim shown with both; the others are counted")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        auto const run = analysis.run();
        read(analysis);
        out.heading(1, "Summary", "summary");
        say_what_was_read(run, out);
        if (entries_.empty() || run.n_articles == 0) return;
        tabulate_verdicts(out);
        draw_chart(out);
        say_contradictions(analysis, out);  // before the list, which breaks where the page ends
        out.heading(2, "What to be careful about", "careful");
        out.list(cautions(analysis, run));
    }

private:
    void read(dossier::Analysis const& analysis) {
        for (auto const& row : analysis.consensus()) {
            numbers_[row.claim_id] = entries_.size();
            entries_.push_back({row, claim_anchor(row.claim_id, entries_.size() + 1), {}, {}});
        }
        for (auto& entry : entries_) {
            for (auto const& row : analysis.consensus_by_condition(entry.overall.claim_id))
                if (informative(row) > 0) entry.conditions.push_back(row);
            entry.sides = sides_of(analysis, entry.overall.claim_id);
        }
    }

    void say_what_was_read(dossier::Run const& run, dossier::Blocks& out) const {
        out.paragraph(strong(counted(static_cast<std::int64_t>(entries_.size()), "claim", "claims")) + ", " +
                      strong(counted(run.n_articles, "article", "articles") + ", " +
                             counted(run.n_clusters, "independent source", "independent sources")) +
                      ", each counted once. Words and cut-offs: see methods.");
        if (entries_.empty()) out.callout(DOSSIER_CALLOUT_WARNING, "No claims", "The registry holds no claims.");
        if (run.n_articles == 0) {
            out.callout(DOSSIER_CALLOUT_WARNING, "No articles",
                        "No article was read, so nothing can be said on any claim.");
        }
    }

    // ---- The verdicts

    void tabulate_verdicts(dossier::Blocks& out) const {
        auto table = out.table(
            "The verdicts",
            {Column::text("claim", "Claim"),
             Column::text("sources", "Sources",
                          "Independent sources that inform it, a mark each: ▼ refutes, ◆ mixed, ▲ supports."),
             Column::text("direction", "Direction",
                          "Which way they point. Fragile: leaving out one of them gives another verdict."),
             Column::text("agreement", "Agreement",
                          "How much the sources say the same, and whether conditions explain why not."),
             Column::text("certainty", "Certainty", "Suggested from data, for a person to confirm or change."),
             Column::text("coverage", "Coverage",
                          "Articles and independent sources that inform it, of the sources that could be assessed."),
             Column::id("claim_id", "Claim id")},
            "verdicts");
        for (auto const& entry : entries_)
            table.cells_row({Cell(entry.overall.statement), or_empty(sources_of(entry.overall)),
                             Cell(direction_of(entry.overall)), Cell(agreement_of(entry.overall)),
                             Cell(certainty_of(entry.overall)), Cell(coverage_of(entry)), Cell(entry.overall.claim_id)},
                            entry.anchor);
    }

    /// "▼◆▲▲▲ 3 support, 1 refutes, 1 is mixed"; without marks where there would be too many.
    static std::string sources_of(dossier::Consensus const& row) {
        auto const counts = informative_in_words(row);
        if (static_cast<std::size_t>(informative(row)) > most_marks || counts.empty()) return counts;
        std::string bar;
        for (auto const& [n, mark] :
             {std::pair{row.refutes, "▼"}, std::pair{row.mixed, "◆"}, std::pair{row.supports, "▲"}})
            for (std::int64_t i = 0; i < n; ++i)
                bar += mark;
        return bar + " " + counts;
    }

    static std::string direction_of(dossier::Consensus const& row) {
        return row.direction_word + (row.fragile && informative(row) > 1 ? ", fragile" : "");
    }

    static std::string agreement_of(dossier::Consensus const& row) {
        if (row.disagreement == "explained") return row.agreement_word + "; conditions explain the split";
        return row.agreement_word + (row.disagreement == "unexplained" ? "; split unexplained" : "");
    }

    /// "very low", or "low, decided by jm (data suggest very low)".
    static std::string certainty_of(dossier::Consensus const& row) {
        auto const level = certainty_level(row);
        if (row.certainty.empty() || row.certainty_decided_by == "data") return level;
        auto const text = level + ", decided by " + row.certainty_decided_by;
        bool const same = row.certainty_suggested.empty() || row.certainty_suggested == row.certainty;
        return same ? text : text + " (data suggest " + row.certainty_suggested + ")";
    }

    /// "broad: 5 articles, 3 of 4 sources".
    static std::string coverage_of(Entry const& entry) {
        auto const& row = entry.overall;
        if (assessable(row) == 0) return row.coverage_word;
        return row.coverage_word + ": " + counted(sum(entry, &Side::n_articles), "article", "articles") + ", " +
               std::to_string(informative(row)) + " of " + counted(assessable(row), "source", "sources");
    }

    void draw_chart(dossier::Blocks& out) const {
        if (chart_ == "never" || entries_.size() > (chart_ == "always" ? most_bars : most_charted)) return;
        dossier::Chart chart;
        chart.kind = DOSSIER_CHART_DIVERGING_BAR;
        chart.title = "Independent sources that refute, are mixed, and support";
        chart.anchor = "sources-per-claim";
        chart.series = {"refutes", "mixed", "supports"};
        for (auto const& entry : entries_) {
            chart.categories.push_back(entry.overall.statement);
            for (auto const n : {entry.overall.refutes, entry.overall.mixed, entry.overall.supports})
                chart.values.push_back(static_cast<double>(n));
        }
        chart.alternative =
            "Left of the line sources that refute, right of it those that support, across it those that are mixed.";
        out.chart(chart);
    }

    // ---- What to be careful about

    std::vector<Text> cautions(dossier::Analysis const& analysis, dossier::Run const& run) const {
        std::vector<Text> items;
        auto const add = [&](char const* head, std::string const& text) {
            if (!text.empty()) items.push_back(strong(head) + (" " + text));
        };
        add("Few sources:", few_sources());
        add("One source only:", one_source());
        auto const certainty = who_judged_certainty(), stances = who_checked_stances(analysis);
        if (certainty == suggested_alone && stances == as_the_engine_read_them)
            add("Unchecked:",
                "stances are as the engine read them, certainty as the data suggest; no person confirmed either.");
        else
            add("Certainty:", certainty), add("Stances:", stances);
        add("What lowers certainty:", what_lowers_certainty(analysis));
        add("Conditions:", conditions_in_words());
        add("Weak sides:", weak_sides());
        add("Pooled:", pooled(analysis));
        add("Retracted:", retracted_in_words(analysis));
        add("Conflict of interest:", named_in_words(analysis, "conflicted", "a.conflict_of_interest"));
        add("Animal studies:", animals_in_words(analysis));
        add("Cut off:", cut_off(analysis));
        add("Not assessable:", not_assessable(analysis, run));
        add("Decided by people:", decided_by_people(analysis));
        if (items.empty()) items.push_back("Nothing that the data show. That is no proof that there is nothing.");
        return items;
    }

    std::string of_claims(std::int64_t n) const {
        return std::to_string(n) + " of " + counted(static_cast<std::int64_t>(entries_.size()), "claim", "claims");
    }

    /// On how many claims too few sources take a side for a sign test to reach .05, and on how many of them none is shown.
    std::string few_sources() const {
        std::int64_t n_claims = 0, n_withheld = 0, most_sources = 0;
        for (auto const& entry : entries_) {
            auto const& row = entry.overall;
            if (row.sign_test_note.empty()) continue;
            ++n_claims;
            n_withheld += row.sign_test_p ? 0 : 1;
            most_sources = std::max(most_sources, directional(row));
        }
        if (n_claims == 0) return {};
        std::string text = "on " + of_claims(n_claims) + " too few take a side for a sign test to reach .05";
        if (n_claims > n_withheld)
            text +=
                ": " + counted(most_sources, "source", "sources") + " cannot reach .05 two-sided, even if unanimous";
        if (n_withheld > 0)
            text += "; on " + std::to_string(n_withheld) + " no p-value is shown, as fewer than three do";
        return text + ". The words say which way sources point, not that it is proven.";
    }

    std::string who_judged_certainty() const {
        auto const n_rated = std::count_if(entries_.begin(), entries_.end(),
                                           [](auto const& entry) { return !entry.overall.certainty.empty(); });
        auto const n_suggested = n_rated - n_judged();
        if (n_suggested == 0) return {};
        return n_suggested == n_rated
                   ? suggested_alone
                   : "suggested from data on " + of_claims(n_suggested) + "; nobody has confirmed or changed it.";
    }

    static std::string who_checked_stances(dossier::Analysis const& analysis) {
        for (auto const n : analysis.query<std::int64_t>(
                 "SELECT count(*) FROM (SELECT DISTINCT claim_id, article_id FROM annotations WHERE status <> 'stale')",
                 {}, [](dossier::Row const& r) { return r.integer(0); }))
            if (n > 0)
                return "people read " + counted(n, "article on a claim", "pairs of article and claim") +
                       "; nobody has checked the other stances.";
        return as_the_engine_read_them;
    }

    /// "night shift work HR 1.20 (0.98 to 1.47), the interval includes “no effect”."
    static std::string pooled(dossier::Analysis const& analysis) {
        struct Pooled {
            std::string factor, measure, population, adjustment;
            double estimate = 0, low = 0, high = 0;
        };
        std::vector<std::string> parts;
        for (auto const& one : analysis.query<Pooled>(
                 "SELECT f.name, p.measure, coalesce(p.population, ''), coalesce(p.adjustment, ''), p.estimate,"
                 " p.ci_low, p.ci_high FROM pooled_effects p JOIN risk_factors f ON f.factor_id = p.factor_id"
                 " WHERE p.method = 'DerSimonian-Laird' ORDER BY f.position, p.group_id",
                 {}, [](dossier::Row const& r) {
                     return Pooled{r.text(0),
                                   r.text(1),
                                   r.text(2),
                                   r.text(3),
                                   r.real(4).value_or(0),
                                   r.real(5).value_or(0),
                                   r.real(6).value_or(0)};
                 })) {
            double const no_effect = one.measure == "MD" || one.measure == "SMD" ? 0.0 : 1.0;
            bool const includes = one.low <= no_effect && one.high >= no_effect;
            auto const among = joined(non_empty({one.adjustment, one.population}));
            parts.push_back(
                one.factor + " " + one.measure + " " + number_shown(one.estimate) + " (" + number_shown(one.low) +
                " to " + number_shown(one.high) + ")" + (among.empty() ? "" : ", " + among) +
                (includes ? "; the interval includes “no effect”" : "; the interval does not include “no effect”"));
        }
        return parts.empty() ? std::string() : joined_at_most(parts, most_named) + ".";
    }

    static std::vector<std::string> non_empty(std::vector<std::string> texts) {
        texts.erase(std::remove(texts.begin(), texts.end(), std::string()), texts.end());
        return texts;
    }

    std::int64_t n_judged() const {
        return std::count_if(entries_.begin(), entries_.end(), [](auto const& entry) {
            return !entry.overall.certainty.empty() && entry.overall.certainty_decided_by != "data";
        });
    }

    std::string one_source() const {
        std::vector<std::string> claims;
        for (auto const& entry : entries_)
            if (informative(entry.overall) == 1) claims.push_back("“" + entry.overall.statement + "”");
        if (claims.empty()) return {};
        return of_claims(static_cast<std::int64_t>(claims.size())) + (claims.size() == 1 ? " rests" : " rest") +
               " on one: " + joined_at_most(claims, most_named);
    }

    /// What holds under a condition, claim by claim.
    std::string conditions_in_words() const {
        std::vector<std::string> parts;
        for (auto const& entry : entries_) {
            std::vector<std::string> strata;
            for (auto const& one : entry.conditions)
                strata.push_back(one.condition_name + " " + one.direction_word + " (" + informative_in_words(one) +
                                 ")");
            if (!strata.empty())
                parts.push_back("“" + entry.overall.statement + "” " + joined_at_most(strata, most_named));
        }
        return parts.empty() ? std::string() : joined_at_most(parts, most_named) + ".";
    }

    /// Claims of which one whole side rests on sources to be careful with.
    std::string weak_sides() const {
        std::vector<std::string> parts;
        for (auto const& entry : entries_)
            if (auto const weak = weak_side_in_words(entry.overall, entry.sides); !weak.empty())
                parts.push_back("“" + entry.overall.statement + "” " + weak);
        return parts.empty() ? std::string() : joined_at_most(parts, most_named) + ".";
    }

    /// "imprecision on 9 of 9 claims; inconsistency on 2 of 9 claims", with the reason where it is the same on several.
    std::string what_lowers_certainty(dossier::Analysis const& analysis) const {
        struct Domain {
            std::string name;
            std::int64_t n_claims = 0;
        };
        std::vector<std::string> parts;
        for (auto const& domain :
             analysis.query<Domain>("SELECT domain, count(*) FROM certainty WHERE condition_id = '' AND levels_down > 0"
                                    " GROUP BY domain ORDER BY count(*) DESC, domain",
                                    {}, [](dossier::Row const& r) {
                                        return Domain{r.text(0), r.integer(1)};
                                    }))
            parts.push_back(
                (domain.name == "publication bias" ? "publication bias or conflict of interest" : domain.name) +
                " on " + of_claims(domain.n_claims));
        return parts.empty() ? std::string() : joined(parts, "; ") + ".";
    }

    /// Articles with a mark of the view `articles` that inform a claim, those that inform most first; one more than are
    /// named, if there is one.
    static std::vector<Named> named(dossier::Analysis const& analysis, std::string const& mark,
                                    std::string const& detail) {
        return read_named(analysis, "SELECT a.article_id, " + std::string(article_title_sql) + ", " + detail +
                                        ", count(*) FROM articles a CROSS JOIN taken_stances t"
                                        " ON t.article_position = a.position AND t.condition_position = 0 WHERE a." +
                                        mark + " GROUP BY a.position ORDER BY count(*) DESC, a.position");
    }
    static std::vector<Named> read_named(dossier::Analysis const& analysis, std::string const& sql) {
        std::vector<Named> result;
        for (auto const& one :
             analysis.query<Named>(sql + " LIMIT " + std::to_string(most_named + 1), {}, [](dossier::Row const& r) {
                 return Named{r.text(0), r.text(1), r.text(2), r.integer(3)};
             }))
            result.push_back(one);
        return result;
    }

    /// "a; b; and others."; empty: none.
    static std::string and_others(std::vector<std::string> parts) {
        if (parts.empty()) return {};
        if (parts.size() > most_named) parts.back() = "and others";
        return joined(parts, "; ") + ".";
    }

    std::string named_in_words(dossier::Analysis const& analysis, std::string const& mark,
                               std::string const& detail) const {
        std::vector<std::string> parts;
        for (auto const& one : named(analysis, mark, detail))
            parts.push_back(article_named(one.title, one.article_id) +
                            (one.detail.empty() ? "" : " (" + one.detail + ")") + " informs " +
                            of_claims(one.n_claims));
        return and_others(std::move(parts));
    }

    std::string retracted_in_words(dossier::Analysis const& analysis) const {
        auto const text = named_in_words(analysis, "retracted", "''");
        return text.empty() ? text : text + " Retracted articles count all the same.";
    }

    std::string animals_in_words(dossier::Analysis const& analysis) const {
        auto const text = named_in_words(analysis, "animal", "a.study_design");
        return text.empty() ? text : text + " On people that is indirect evidence.";
    }

    std::string cut_off(dossier::Analysis const& analysis) const {
        std::vector<std::string> parts;
        for (auto const& one :
             read_named(analysis, "SELECT a.article_id, " + std::string(article_title_sql) +
                                      ", '', (SELECT count(*) FROM stances s WHERE s.article_id = a.article_id AND "
                                      "s.condition_id = '' AND s.stance = 'not_assessable') FROM articles a"
                                      " WHERE a.truncated AND a.status = 'ok' ORDER BY a.position"))
            parts.push_back(article_named(one.title, one.article_id) + " breaks off: not assessable on " +
                            of_claims(one.n_claims));
        return and_others(std::move(parts));
    }

    static std::string not_assessable(dossier::Analysis const& analysis, dossier::Run const& run) {
        if (run.n_not_assessable == 0) return {};
        std::vector<std::string> reasons;
        for (auto const& reason : read_named(analysis,
                                             "SELECT '', status_reason, '', count(*) FROM articles WHERE status <> 'ok'"
                                             " GROUP BY status_reason ORDER BY count(*) DESC, status_reason"))
            reasons.push_back(status_reason_in_words(reason.title) +
                              (reason.n_claims > 1 ? " (" + std::to_string(reason.n_claims) + ")" : ""));
        return std::to_string(run.n_not_assessable) + " of " + counted(run.n_articles, "article", "articles") +
               " could not be assessed: " + and_others(std::move(reasons));
    }

    std::string decided_by_people(dossier::Analysis const& analysis) const {
        std::vector<std::string> parts;
        for (auto const& [n_overridden, n_stale] : analysis.query<std::pair<std::int64_t, std::int64_t>>(
                 "SELECT n_overridden, n_stale FROM run", {},
                 [](dossier::Row const& r) { return std::pair(r.integer(0), r.integer(1)); })) {
            if (n_overridden > 0) parts.push_back(overridden_in_words(analysis, n_overridden));
            if (n_stale > 0)
                parts.push_back(counted(n_stale, "annotation no longer matches its text or claim and was",
                                        "annotations no longer match their texts or claims and were") +
                                " not applied.");
        }
        if (n_judged() > 0) parts.push_back("A person judged the certainty of " + of_claims(n_judged()) + ".");
        return joined(parts, " ");
    }

    /// "2 stances are a person's; 1 of them is not what the engine said."
    static std::string overridden_in_words(dossier::Analysis const& analysis, std::int64_t n_overridden) {
        std::int64_t n_changed = 0;
        for (auto const n : analysis.query<std::int64_t>("SELECT count(*) FROM stances WHERE overridden <> stance", {},
                                                         [](dossier::Row const& r) { return r.integer(0); }))
            n_changed = n;
        auto const who = counted(n_overridden, "stance is", "stances are") + " a person's";
        if (n_changed == 0) return who + ", the same as the engine's.";
        if (n_changed == n_overridden) return who + ", other than the engine's.";
        return who + "; " + counted(n_changed, "of them is not what", "of them are not what") + " the engine said.";
    }

    // ---- Articles that say both

    void say_contradictions(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        auto const all = contradictions(analysis);
        if (all.empty()) return;
        auto const n_shown = std::min(contradictions_, all.size());
        auto const n_all = static_cast<std::int64_t>(all.size());
        if (n_shown == 0) {
            out.paragraph(strong("Articles with quotes on both sides of a claim: ") + std::to_string(n_all) +
                          ". They may contradict themselves: see the report contradictions.");
            return;
        }
        auto table =
            out.table("May contradict themselves: articles with quotes on both sides" +
                          (n_shown == all.size() ? ""
                                                 : " (" + std::to_string(n_shown) + " of " + std::to_string(n_all) +
                                                       "; all in the report contradictions)"),
                      {Column::text("article", "Article and claim"), Column::quote("asserts", "For it"),
                       Column::quote("denies", "Against it", "Empty: the same sentence."),
                       Column::id("claim_id", "Claim id"), Column::id("article_id", "Article id")},
                      "says-both");
        for (std::size_t i = 0; i < n_shown; ++i)
            say_contradiction(analysis, all[i], table);
    }

    void say_contradiction(dossier::Analysis const& analysis, Contradiction const& one, dossier::Table& table) const {
        auto const pair = opposing_pair(side_quotes(analysis, one.claim_id, one.article_id));
        if (!pair) return;
        auto const& entry = entries_.at(numbers_.at(one.claim_id));
        bool const one_sentence = pair->supports.number == pair->refutes.number;
        auto places = place_in_words(pair->supports.line, pair->supports.page);
        auto const second = place_in_words(pair->refutes.line, pair->refutes.page);
        if (one_sentence)
            places += " (one sentence, read both ways)";
        else if (second != places)
            places += " and " + second;
        table.cells_row({Cell(article_named(one.title, one.article_id) + ", " + places + ": " + entry.overall.statement)
                             .to("#" + entry.anchor),
                         pair->supports.cell(), one_sentence ? Cell() : pair->refutes.cell(), Cell(one.claim_id),
                         Cell(one.article_id)});
    }

    /// Those that are mixed for it first, and of them those on claims with the fewest sources: there it weighs most.
    std::vector<Contradiction> contradictions(dossier::Analysis const& analysis) const {
        std::vector<Contradiction> all;
        for (auto const& one : analysis.query<Contradiction>(
                 "SELECT t.claim_id, t.article_id, " + std::string(article_title_sql) +
                     ", t.stance FROM taken_stances t JOIN articles a"
                     " ON a.position = t.article_position WHERE t.condition_position = 0 AND t.internally_contradictory"
                     " ORDER BY t.claim_position, t.article_position",
                 {}, [](dossier::Row const& r) {
                     return Contradiction{r.text(0), r.text(1), r.text(2), r.text(3)};
                 }))
            all.push_back(one);
        auto const rank = [&](Contradiction const& one) {
            return std::pair(one.stance == "mixed" ? 0 : 1,
                             informative(entries_.at(numbers_.at(one.claim_id)).overall));
        };
        std::stable_sort(all.begin(), all.end(), [&](auto const& a, auto const& b) { return rank(a) < rank(b); });
        return all;
    }

    std::string chart_;
    std::size_t contradictions_;
    std::vector<Entry> entries_;
    std::map<std::string, std::size_t> numbers_;  ///< claim_id -> place in entries_
};

}  // namespace

DOSSIER_REPORT(Summary, "summary", "One page: the verdict on each claim in words, and what to be careful about")
