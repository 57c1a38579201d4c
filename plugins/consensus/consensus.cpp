// Consensus: per claim the four parts of its verdict, overall and under each condition, and how firmly it stands.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/verdicts.hpp"
#include "shared/wording.hpp"

namespace {

using namespace dossier::shared;
using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;

constexpr std::size_t most_what_ifs = 5;
constexpr std::size_t most_named = 20;  // articles in a callout
constexpr char const* counts_caption = "Independent sources behind the verdicts";
constexpr std::size_t most_bars = 40;  // more do not fit a page that a person can read

/// The direction, and whether one source more or less would turn it. A lone source says so itself.
std::string direction(dossier::Consensus const& row) {
    return row.direction_word + (row.fragile && informative(row) > 1 ? ", fragile" : "");
}

/// The level, and who judged it where a person did.
std::string certainty(dossier::Consensus const& row) {
    bool const is_judged = !row.certainty.empty() && row.certainty_decided_by != "data";
    return certainty_level(row) + (is_judged ? " (judged by " + row.certainty_decided_by + ")" : "");
}

/// What comes out when something is left out or counted differently.
struct WhatIf {
    std::string analysis, subject, direction_word, title;
};

/// What was done, to end "it reads “evenly divided” …".
std::string choice_in_words(WhatIf const& what_if) {
    static std::vector<std::pair<std::string, std::string>> const phrases = {
        {"human_evidence_only", "on human evidence only"},
        {"low_risk_of_bias_only", "on sources at low risk of bias only"},
        {"mixed_as_half", "with mixed sources as half a vote each way"},
        {"no_conflict_of_interest", "on sources without a conflict of interest only"},
        {"no_retracted_articles", "without retracted articles"},
        {"publisher_correlation", "with sources of one publisher counted for less"},
        {"uniform_prior", "with a uniform prior"},
        {"weighted", "with a person's weights"}};
    for (auto const& [analysis, phrase] : phrases)
        if (what_if.analysis == analysis) return phrase;
    return "where an article takes a side from a share of " + what_if.subject + " of its quotes";
}

/// "a", "a or b", "a, b or c".
std::string alternatives(std::vector<std::string> parts) {
    if (parts.size() < 2) return joined(parts);
    auto const last = std::move(parts.back());
    parts.pop_back();
    return joined(parts) + " or " + last;
}

/// One claim with all that its section says.
struct Entry {
    dossier::Consensus overall;
    std::string anchor;
    std::vector<dossier::Consensus> conditions;
    std::vector<std::string> retracted;  ///< articles that inform it
};

class ConsensusReport final : public dossier::Report {
public:
    explicit ConsensusReport(dossier::OptionValues const& options)
        : chart_(options.boolean("chart")), details_(options.boolean("details")) {}

    static std::vector<dossier::Option> options() {
        return {
            dossier::Option::boolean("chart", true, "draw the bars of independent sources per claim"),
            dossier::Option::boolean("details", true, "write a section per claim, with conditions and sensitivity")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        auto const run = analysis.run();
        auto const entries = read(analysis);
        out.heading(1, "Consensus", "consensus");
        say_summary(run, entries, out);
        if (entries.empty() || run.n_articles == 0) return;
        if (chart_) draw_chart(entries, out);
        tabulate_verdicts(entries, out);
        tabulate_counts(entries, out);
        tabulate_conditions(entries, out);
        if (details_)
            for (auto const& entry : entries)
                say_claim(analysis, entry, out);
        say_how_to_read(analysis, out);
        tabulate_further_numbers(analysis, entries, out);
    }

private:
    static std::vector<Entry> read(dossier::Analysis const& analysis) {
        std::vector<Entry> entries;
        for (auto const& row : analysis.consensus())
            entries.push_back({row, claim_anchor(row.claim_id, entries.size() + 1), {}, {}});
        for (auto& entry : entries)
            for (auto const& row : analysis.consensus_by_condition(entry.overall.claim_id))
                entry.conditions.push_back(row);
        read_retracted(analysis, entries);
        return entries;
    }

    static void read_retracted(dossier::Analysis const& analysis, std::vector<Entry>& entries) {
        struct Retracted {
            std::string claim_id, article;
        };
        std::map<std::string, std::vector<std::string>> of_claims;
        for (auto const& one : analysis.query<Retracted>(
                 "SELECT t.claim_id, a.article_id, " + std::string(article_title_sql) +
                     " FROM articles a CROSS JOIN taken_stances t ON t.article_position = a.position AND"
                     " t.condition_position = 0 WHERE a.retracted ORDER BY t.claim_position, a.position",
                 {}, [](dossier::Row const& r) {
                     return Retracted{r.text(0), article_named(r.text(2), r.text(1))};
                 }))
            of_claims[one.claim_id].push_back(one.article);
        for (auto& entry : entries)
            entry.retracted = of_claims[entry.overall.claim_id];
    }

    static void say_summary(dossier::Run const& run, std::vector<Entry> const& entries, dossier::Blocks& out) {
        auto const n_claims = static_cast<std::int64_t>(entries.size());
        out.paragraph(
            strong(counted(n_claims, "claim", "claims")) + ", " +
            strong(counted(run.n_articles, "article", "articles")) + ", " +
            strong(counted(run.n_clusters, "independent source", "independent sources")) +
            ". Every count below is of independent sources: articles with the same text or nearly so, or that rest on"
            " the same study, count once.");
        if (entries.empty()) out.callout(DOSSIER_CALLOUT_WARNING, "No claims", "The registry holds no claims.");
        if (run.n_articles == 0)
            out.callout(DOSSIER_CALLOUT_WARNING, "No articles",
                        "No article was read, so nothing can be said on any claim.");
        if (run.n_not_assessable > 0)
            out.callout(
                DOSSIER_CALLOUT_WARNING,
                counted(run.n_not_assessable, "article could not be assessed", "articles could not be assessed"),
                "They are counted as not assessable, never as silent.");
    }

    static void draw_chart(std::vector<Entry> const& entries, dossier::Blocks& out) {
        if (entries.size() > most_bars) {
            out.note("There are more than " + std::to_string(most_bars) + " claims: the tables stand for the chart.");
            return;
        }
        dossier::Chart chart;
        chart.kind = DOSSIER_CHART_DIVERGING_BAR;
        chart.title = "Independent sources per claim";
        chart.anchor = "sources-per-claim";
        chart.alternative = alternative_for(entries);
        chart.series = {"refutes", "mixed", "supports"};
        chart.category_title = "Claim";
        chart.value_title = "Independent sources";
        for (auto const& [row, anchor, conditions, retracted] : entries) {
            chart.categories.push_back(row.statement);
            for (auto const n : {row.refutes, row.mixed, row.supports})
                chart.values.push_back(static_cast<double>(n));
        }
        out.chart(chart);
    }

    /// The numbers stand in the table `counts`: here, what a reader sees at a glance.
    static std::string alternative_for(std::vector<Entry> const& entries) {
        std::int64_t n_for = 0, n_against = 0;
        for (auto const& entry : entries) {
            n_for += entry.overall.supports > entry.overall.refutes ? 1 : 0;
            n_against += entry.overall.refutes > entry.overall.supports ? 1 : 0;
        }
        auto const none_or = [](std::int64_t n) { return n == 0 ? std::string("none") : std::to_string(n); };
        return "One bar per claim: independent sources that refute to the left, those that support to the right, mixed "
               "ones"
               " across the middle. More support than refute on " +
               none_or(n_for) + " of " + counted(static_cast<std::int64_t>(entries.size()), "claim", "claims") +
               ", more refute than support on " + none_or(n_against) + "; the numbers stand in the table “" +
               counts_caption + "”.";
    }

    void tabulate_verdicts(std::vector<Entry> const& entries, dossier::Blocks& out) const {
        auto table = out.table(
            "Verdicts in four parts, never one dial",
            {Column::text("claim", "Claim"),
             Column::text(
                 "direction", "Direction",
                 "Which way the independent sources point; cut-offs below. Fragile: without one source it would"
                 " read otherwise."),
             Column::text("votes", "Votes", "Sources that support, of those that take a side. Empty: none does."),
             Column::real("share", "Share", 2, "supports / (supports + refutes). Empty: no source takes a side."),
             Column::interval("interval", "95 % interval", 2, "Wilson interval of the share. Empty: no share."),
             Column::text("agreement", "Agreement", "How much the informative sources say the same."),
             Column::text("certainty", "Certainty", "Suggested from data unless it says who judged it."),
             Column::text("coverage", "Coverage", "Sources that inform, of those that could be assessed."),
             Column::id("claim_id", "Claim id")},
            "verdicts");
        for (auto const& [row, anchor, conditions, retracted] : entries)
            table.cells_row(
                {Cell(row.statement).to(details_ ? "#" + anchor : ""), Cell(direction(row)), votes(row),
                 Cell(row.direction_share), Cell::interval(row.ci_low, row.ci_high), Cell(row.agreement_word),
                 Cell(certainty(row)), Cell(coverage_in_words(row)), Cell(row.claim_id)},
                "verdict-" + anchor);
    }

    static void tabulate_counts(std::vector<Entry> const& entries, dossier::Blocks& out) {
        auto table = out.table(
            counts_caption,
            {Column::text("claim", "Claim"), Column::integer("supports", "Supports"),
             Column::integer("refutes", "Refutes"), Column::integer("mixed", "Mixed"),
             Column::integer("neutral", "Neutral", "Discusses the claim, takes no side."),
             Column::integer("silent", "Silent"),
             Column::integer("not_assessable", "Not assessable",
                             "Unreadable, or cut off where it might have said more."),
             Column::real("posterior", "P(share > ½)", 2, "Jeffreys prior. Empty: no source takes a side."),
             Column::real("sign_test_p", "Sign test p", 4, "Exact, two-sided, descriptive. Empty: withheld."),
             Column::real("agreement", "Agreement A", 2,
                          "Van der Eijk's A, -1 two camps to 1 unanimous. Empty: fewer than two informative sources."),
             Column::id("claim_id", "Claim id")},
            "counts");
        for (auto const& [row, anchor, conditions, retracted] : entries)
            table.row(row.statement, row.supports, row.refutes, row.mixed, row.neutral, row.silent, row.not_assessable,
                      row.posterior, row.sign_test_p, row.agreement, row.claim_id);
    }

    static void tabulate_conditions(std::vector<Entry> const& entries, dossier::Blocks& out) {
        bool any = false;
        for (auto const& entry : entries)
            any = any || !entry.conditions.empty();
        if (!any) return;
        auto table = out.table("The same claims under a condition",
                               {Column::text("claim", "Claim"), Column::text("condition", "Condition"),
                                Column::text("direction", "Direction"), Column::text("votes", "Votes"),
                                Column::interval("interval", "95 % interval", 2),
                                Column::integer("supports", "Supports"), Column::integer("refutes", "Refutes"),
                                Column::integer("mixed", "Mixed"), Column::text("agreement", "Agreement"),
                                Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")},
                               "conditions");
        for (auto const& entry : entries)
            for (auto const& row : entry.conditions)
                table.row(row.statement, row.condition_name, direction(row), votes(row),
                          Cell::interval(row.ci_low, row.ci_high), row.supports, row.refutes, row.mixed,
                          row.agreement_word, row.claim_id, row.condition_id);
    }

    static void say_claim(dossier::Analysis const& analysis, Entry const& entry, dossier::Blocks& out) {
        auto const& row = entry.overall;
        out.heading(2, row.statement, entry.anchor);
        if (informative(row) == 1) warn_of_one_source(analysis, row.claim_id, out);
        if (!entry.retracted.empty()) warn_of_retracted(entry, out);
        std::vector<Text> parts;
        auto const say = [&](std::string const& label, std::string const& words) {
            if (!words.empty()) parts.push_back(strong(label + ": ") + words);
        };
        say("Direction", direction(row) + direction_numbers(row));
        say("Agreement", row.agreement_word + (row.agreement ? " (A = " + number_shown(*row.agreement) + ")" : ""));
        say("Disagreement", disagreement_in_words(row));
        say("Certainty", row.certainty_word + certainty_judge(row) + certainty_reasons(row));
        say("Coverage", coverage_in_words(row) + "; " + counts_in_words(row));
        for (auto const& condition : entry.conditions)
            say(condition.condition_name,
                direction(condition) +
                    (informative(condition) > 0 ? " (" + informative_in_words(condition) + ")" : ""));
        if (informative(row) > 1) say("Sensitivity", sensitivity_in_words(analysis, row));
        if (row.majority_supports)
            say("Detector uncertainty", "the chance that more sources support than refute is " +
                                            number_shown(*row.majority_supports) + ", given how sure each reading is");
        if (informative(row) > 0) say("Sign test", sign_test_in_words(row));
        if (row.n_overridden > 0)
            say("Decided by a person", counted(row.n_overridden, "article's stance", "articles' stances"));
        out.list(parts);
    }

    /// "3 of 4 sources that take a side support it"; nobody takes a side: empty.
    static std::string votes_in_words(dossier::Consensus const& row) {
        auto const n = row.supports + row.refutes;
        if (n == 0) return {};
        if (n == 1)
            return "the one source that takes a side " + std::string(row.supports == 1 ? "supports" : "refutes") +
                   " it";
        return std::to_string(row.supports) + " of " + std::to_string(n) + " sources that take a side support it";
    }

    static std::string direction_numbers(dossier::Consensus const& row) {
        std::string text;
        if (row.direction_share && row.ci_low && row.ci_high)
            text = "; " + votes_in_words(row) + " (share " + number_shown(*row.direction_share) + ", 95 % interval " +
                   number_shown(*row.ci_low) + " to " + number_shown(*row.ci_high) + ")";
        if (row.mixed > 0 && row.bound_low && row.bound_high)
            text += "; from " + number_shown(*row.bound_low) + " if every mixed source refuted to " +
                    number_shown(*row.bound_high) + " if every one supported";
        return text;
    }

    static std::string disagreement_in_words(dossier::Consensus const& row) {
        if (row.disagreement == "explained") return "explained by conditions: under each of them sources agree";
        return row.disagreement == "unexplained" ? "unexplained: under the same condition, sources or quotes differ"
                                                 : std::string();
    }

    static std::string certainty_reasons(dossier::Consensus const& row) {
        std::string text;
        for (auto const& line : lines_of(row.certainty_reasons))
            text += (!text.empty() || row.certainty.empty() ? "; " : ", because of ") + line;
        return text;
    }

    static std::string certainty_judge(dossier::Consensus const& row) {
        if (row.certainty.empty() || row.certainty_decided_by == "data") return {};
        return ", as judged by " + row.certainty_decided_by +
               (row.certainty_suggested == row.certainty ? "" : " (the data suggest " + row.certainty_suggested + ")");
    }

    /// The p-value, and why it is withheld or what it cannot say.
    static std::string sign_test_in_words(dossier::Consensus const& row) {
        if (!row.sign_test_p) return row.sign_test_note;
        return p_shown(*row.sign_test_p) + (row.sign_test_note.empty() ? "" : "; " + row.sign_test_note);
    }

    static WhatIf read_what_if(dossier::Row const& r) { return {r.text(0), r.text(1), r.text(2), r.text(3)}; }

    /// The first of the sources without which the claim would read otherwise.
    static std::vector<WhatIf> decisive_sources(dossier::Analysis const& analysis, std::string const& claim_id) {
        std::vector<WhatIf> result;
        for (auto const& one : analysis.query<WhatIf>(
                 "SELECT analysis, subject, direction_word, (SELECT " + std::string(article_title_sql) +
                     " FROM articles a WHERE a.article_id = subject) FROM"
                     " (SELECT analysis, subject, direction_word FROM sensitivity WHERE claim_id = ?1 AND"
                     " analysis = 'leave_one_cluster_out' AND flips ORDER BY subject LIMIT " +
                     std::to_string(most_what_ifs + 1) + ") ORDER BY subject",
                 {claim_id}, read_what_if))
            result.push_back(one);
        return result;
    }

    /// What else makes it read otherwise, if only firmer.
    static std::vector<WhatIf> decisive_choices(dossier::Analysis const& analysis, dossier::Consensus const& row) {
        std::vector<WhatIf> result;
        for (auto const& one :
             analysis.query<WhatIf>("SELECT analysis, subject, direction_word, NULL FROM sensitivity WHERE claim_id = "
                                    "?1 AND direction_word NOT IN (?2, 'not estimated') AND"
                                    " analysis NOT LIKE 'leave_one_%' ORDER BY analysis, subject",
                                    {row.claim_id, row.direction_word}, read_what_if))
            result.push_back(one);
        return result;
    }

    static void warn_of_one_source(dossier::Analysis const& analysis, std::string const& claim_id,
                                   dossier::Blocks& out) {
        std::string source;
        for (auto const& what_if : decisive_sources(analysis, claim_id))
            source = article_named(what_if.title, what_if.subject);
        out.callout(DOSSIER_CALLOUT_WARNING, "Rests on one source",
                    "Only " + source + " says which way it is. One more source could turn the verdict.");
    }

    static void warn_of_retracted(Entry const& entry, dossier::Blocks& out) {
        auto const many = entry.retracted.size() > 1;
        out.callout(DOSSIER_CALLOUT_WARNING, "Retracted",
                    joined_at_most(entry.retracted, most_named) + (many ? " were" : " was") + " retracted and " +
                        (many ? "count" : "counts") + " in this verdict all the same.");
    }

    static std::string sensitivity_in_words(dossier::Analysis const& analysis, dossier::Consensus const& row) {
        std::vector<std::string> parts;
        parts.push_back((row.fragile ? "fragile: it would read otherwise without "
                                     : "no single source turns it; it would read otherwise without ") +
                        row.flip_set);
        auto sources = decisive_sources(analysis, row.claim_id);
        bool const are_more = sources.size() > most_what_ifs;
        sources.resize(std::min(sources.size(), most_what_ifs));
        add_verdicts(
            sources, "without ", [](WhatIf const& one) { return article_named(one.title, one.subject); }, parts);
        if (are_more) parts.push_back("and likewise without others");
        add_verdicts(decisive_choices(analysis, row), "", choice_in_words, parts);
        return joined(parts, "; ");
    }

    /// "it reads “evenly divided” without “A” or “B”": each verdict that comes out, with what gives it.
    template <typename InWords>
    static void add_verdicts(std::vector<WhatIf> const& what_ifs, std::string const& before, InWords const& in_words,
                             std::vector<std::string>& parts) {
        std::vector<std::pair<std::string, std::vector<std::string>>> causes;  // by verdict, in the order of the first
        for (auto const& what_if : what_ifs) {
            auto same = std::find_if(causes.begin(), causes.end(),
                                     [&](auto const& cause) { return cause.first == what_if.direction_word; });
            if (same == causes.end()) same = causes.insert(same, {what_if.direction_word, {}});
            same->second.push_back(in_words(what_if));
        }
        for (auto const& [word, of_word] : causes)
            parts.push_back("it reads “" + word + "” " + before + alternatives(of_word));
    }

    struct FurtherNumbers {
        std::string claim_id;
        std::optional<double> bound_low, bound_high, exact_low, exact_high, jeffreys_low, jeffreys_high, uniform, index,
            polarisation, tastle_wierman, entropy;
    };

    /// For those who want to work with them: nothing that the verdicts need.
    static void tabulate_further_numbers(dossier::Analysis const& analysis, std::vector<Entry> const& entries,
                                         dossier::Blocks& out) {
        out.heading(2, "Further numbers", "further-numbers");
        auto table = out.table(
            "Further intervals and indices",
            {Column::text("claim", "Claim"),
             Column::interval("bounds", "Bounds", 2, "The share if every mixed source refuted, and if it supported."),
             Column::interval("clopper_pearson", "Exact 95 %", 2, "Clopper-Pearson interval of the share."),
             Column::interval("jeffreys", "Jeffreys 95 %", 2, "Equal-tailed interval of the share."),
             Column::real("posterior_uniform", "P, uniform", 2, "P(share > ½) under a uniform prior."),
             Column::real("direction_index", "D", 2,
                          "(supports - refutes) / informative. 0 for a tie as for mixed sources: never read it alone."),
             Column::real("polarisation", "Polarisation", 2, "(1 - A) / 2."),
             Column::real("tastle_wierman", "Cns", 2, "Tastle and Wierman's consensus; harsh with few sources."),
             Column::real("entropy", "Entropy", 2, "In units of log2 3."), Column::id("claim_id", "Claim id")},
            "further");
        std::size_t i = 0;
        for (auto const& n : analysis.query<FurtherNumbers>(
                 "SELECT claim_id, bound_low, bound_high, clopper_pearson_low, clopper_pearson_high, jeffreys_low,"
                 " jeffreys_high, posterior_uniform, direction_index, polarisation, tastle_wierman, entropy"
                 " FROM consensus WHERE condition_id = '' ORDER BY claim_position",
                 {}, [](dossier::Row const& r) {
                     return FurtherNumbers{r.text(0), r.real(1), r.real(2), r.real(3), r.real(4),  r.real(5),
                                           r.real(6), r.real(7), r.real(8), r.real(9), r.real(10), r.real(11)};
                 })) {
            if (i >= entries.size()) break;
            table.row(entries[i++].overall.statement, Cell::interval(n.bound_low, n.bound_high),
                      Cell::interval(n.exact_low, n.exact_high), Cell::interval(n.jeffreys_low, n.jeffreys_high),
                      n.uniform, n.index, n.polarisation, n.tastle_wierman, n.entropy, n.claim_id);
        }
    }

    static void say_how_to_read(dossier::Analysis const& analysis, dossier::Blocks& out) {
        struct Rule {
            std::string part, word, rule;
        };
        out.heading(2, "How to read this", "how-to-read");
        out.note(
            "Direction is vote counting based on direction of effect: it says which way the independent sources point,"
            " not how large an effect is. Silent, neutral and not assessable sources are in no denominator but that of"
            " coverage.",
            "note-direction");
        out.note(
            "P(share > 1/2 | data) is the probability that more than half of all such sources would support the claim,"
            " given these votes and no opinion before them (a Jeffreys prior): 0.50 says nothing either way, near 1 "
            "that"
            " support prevails, near 0 that refutation does.",
            "note-posterior");
        out.note(
            "The sign test is descriptive. It takes every vote as equally likely to be for or against; votes from"
            " unlike sources are not (Nikolakopoulos 2020, Research Synthesis Methods 11:714–719).",
            "note-sign-test");
        out.note(
            "Certainty starts at high where most informative sources are randomised trials or reviews of such, else at"
            " low, and goes down a level or two for each domain that gives reason to. It is suggested from data, for a"
            " person to confirm or change.",
            "note-certainty");
        auto table =
            out.table("Words and their cut-offs",
                      {Column::text("part", "Part"), Column::text("word", "Word"), Column::text("rule", "Used when")},
                      "cut-offs");
        for (auto const& rule : analysis.query<Rule>("SELECT part, word, rule FROM words ORDER BY position", {},
                                                     [](dossier::Row const& r) {
                                                         return Rule{r.text(0), r.text(1), r.text(2)};
                                                     }))
            table.row(rule.part, rule.word, rule.rule);
    }

    bool chart_, details_;
};

}  // namespace

DOSSIER_REPORT(ConsensusReport, "consensus",
               "Per claim: direction, agreement, certainty and coverage, overall and by condition")
