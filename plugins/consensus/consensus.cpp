// Consensus: per claim the four parts of its verdict, overall and under each condition, and how firmly it stands.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;

constexpr std::int64_t most_what_ifs = 5;
constexpr char const* counts_caption = "Independent sources behind the verdicts";
constexpr std::size_t most_bars = 40;  // more do not fit a page that a person can read

/// A number with two decimals, whatever the locale.
std::string shown(double value) {
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 2).ptr;
    return {digits, end};
}

std::string counted(std::int64_t n, std::string const& singular, std::string const& plural) {
    return std::to_string(n) + " " + (n == 1 ? singular : plural);
}

/// "claim-addictive"; by number where the id would make too long an anchor.
std::string claim_anchor(std::string const& claim_id, std::size_t number) {
    return claim_id.size() <= 80 ? "claim-" + claim_id : "claimno-" + std::to_string(number);
}

std::int64_t informative(dossier::Consensus const& row) {
    return row.supports + row.refutes + row.mixed;
}
std::int64_t assessable(dossier::Consensus const& row) {
    return informative(row) + row.neutral + row.silent;
}

/// "3 of 4": votes for the claim out of those cast. Empty when nobody takes a side.
Cell votes(dossier::Consensus const& row) {
    auto const n = row.supports + row.refutes;
    return n == 0 ? Cell() : Cell(std::to_string(row.supports) + " of " + std::to_string(n));
}

/// "broad (4 of 5)".
std::string coverage(dossier::Consensus const& row) {
    if (assessable(row) == 0) return row.coverage_word;
    return row.coverage_word + " (" + std::to_string(informative(row)) + " of " + std::to_string(assessable(row)) + ")";
}

/// The level alone, where the column says what it is a level of.
std::string certainty(dossier::Consensus const& row) {
    return row.certainty.empty() ? row.certainty_word : row.certainty;
}

/// "3 support, 1 refutes, 1 mixed": the counts that are not 0, in words.
std::string counts_in_words(dossier::Consensus const& row) {
    std::string text;
    auto const add = [&](std::int64_t n, char const* singular, char const* plural) {
        if (n > 0) text += (text.empty() ? "" : ", ") + counted(n, singular, plural);
    };
    add(row.supports, "supports", "support");
    add(row.refutes, "refutes", "refute");
    add(row.mixed, "is mixed", "are mixed");
    add(row.neutral, "is neutral", "are neutral");
    add(row.silent, "is silent", "are silent");
    add(row.not_assessable, "is not assessable", "are not assessable");
    return text.empty() ? "no sources" : text;
}

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

struct WhatIf {
    std::string analysis, subject, direction_word, title;
    bool flips = false;
};

/// One claim with all that its section says.
struct Entry {
    dossier::Consensus overall;
    std::string anchor;
    std::vector<dossier::Consensus> conditions;
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
    }

private:
    static std::vector<Entry> read(dossier::Analysis const& analysis) {
        std::vector<Entry> entries;
        for (auto const& row : analysis.consensus())
            entries.push_back({row, claim_anchor(row.claim_id, entries.size() + 1), {}});
        for (auto& entry : entries)
            for (auto const& row : analysis.consensus_by_condition(entry.overall.claim_id))
                entry.conditions.push_back(row);
        return entries;
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
        std::vector<std::string> categories;
        std::vector<double> values;
        for (auto const& [row, anchor, conditions] : entries) {
            categories.push_back(row.statement);
            for (auto const n : {row.supports, row.mixed, row.refutes, row.neutral, row.silent, row.not_assessable})
                values.push_back(static_cast<double>(n));
        }
        out.stacked_bars("Independent sources per claim", "sources-per-claim", alternative_for(entries), categories,
                         {"supports", "mixed", "refutes", "neutral", "silent", "not_assessable"}, values);
    }

    /// The numbers stand in the table `counts`: here, what a reader sees at a glance.
    static std::string alternative_for(std::vector<Entry> const& entries) {
        std::int64_t n_for = 0, n_against = 0;
        for (auto const& entry : entries) {
            n_for += entry.overall.supports > entry.overall.refutes ? 1 : 0;
            n_against += entry.overall.refutes > entry.overall.supports ? 1 : 0;
        }
        auto const none_or = [](std::int64_t n) { return n == 0 ? std::string("none") : std::to_string(n); };
        return "One bar per claim divides its independent sources by stance. More support than refute on " +
               none_or(n_for) + " of " + counted(static_cast<std::int64_t>(entries.size()), "claim", "claims") +
               ", more refute than support on " + none_or(n_against) + "; the numbers stand in the table “" +
               counts_caption + "”.";
    }

    void tabulate_verdicts(std::vector<Entry> const& entries, dossier::Blocks& out) const {
        auto table = out.table(
            "Verdicts in four parts, never one dial",
            {Column::text("claim", "Claim"),
             Column::text("direction", "Direction", "Which way the independent sources point; cut-offs below."),
             Column::text("votes", "Votes", "Sources that support, of those that take a side. Empty: none does."),
             Column::real("share", "Share", 2, "supports / (supports + refutes). Empty: no source takes a side."),
             Column::interval("interval", "95 % interval", 2, "Wilson interval of the share. Empty: no share."),
             Column::text("agreement", "Agreement", "How much the informative sources say the same."),
             Column::text("certainty", "Certainty", "Suggested from data, for a person to confirm or change."),
             Column::text("coverage", "Coverage", "Sources that inform, of those that could be assessed.")},
            "verdicts");
        for (auto const& [row, anchor, conditions] : entries)
            table.cells_row({Cell(row.statement).to(details_ ? "#" + anchor : ""), Cell(row.direction_word), votes(row),
                             Cell(row.direction_share), Cell::interval(row.ci_low, row.ci_high),
                             Cell(row.agreement_word), Cell(certainty(row)), Cell(coverage(row))},
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
             Column::real("sign_test_p", "Sign test p", 3, "Exact, two-sided, descriptive. Empty: withheld."),
             Column::real("agreement", "Agreement A", 2,
                          "Van der Eijk's A, -1 two camps to 1 unanimous. Empty: fewer than two informative sources.")},
            "counts");
        for (auto const& [row, anchor, conditions] : entries)
            table.row(row.statement, row.supports, row.refutes, row.mixed, row.neutral, row.silent, row.not_assessable,
                      row.posterior, row.sign_test_p, row.agreement);
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
                                Column::integer("mixed", "Mixed"), Column::text("agreement", "Agreement")},
                               "conditions");
        for (auto const& entry : entries)
            for (auto const& row : entry.conditions)
                table.row(row.statement, row.condition_name, row.direction_word, votes(row),
                          Cell::interval(row.ci_low, row.ci_high), row.supports, row.refutes, row.mixed,
                          row.agreement_word);
    }

    static void say_claim(dossier::Analysis const& analysis, Entry const& entry, dossier::Blocks& out) {
        auto const& row = entry.overall;
        out.heading(2, row.statement, entry.anchor);
        auto const what_ifs = read_what_ifs(analysis, row.claim_id);
        if (informative(row) == 1) warn_of_one_source(what_ifs, out);
        std::vector<Text> parts;
        parts.push_back(strong("Direction: ") + row.direction_word + direction_numbers(row));
        parts.push_back(strong("Agreement: ") + row.agreement_word +
                        (row.agreement ? " (A = " + shown(*row.agreement) + ")" : ""));
        if (auto const words = disagreement_in_words(row); !words.empty())
            parts.push_back(strong("Disagreement: ") + words);
        parts.push_back(strong("Certainty: ") + row.certainty_word + certainty_reasons(row));
        parts.push_back(strong("Coverage: ") + coverage(row) + "; " + counts_in_words(row));
        for (auto const& condition : entry.conditions)
            parts.push_back(strong(condition.condition_name + ": ") + condition.direction_word +
                            (informative(condition) > 0 ? " (" + counts_of_condition(condition) + ")" : ""));
        if (informative(row) > 1) parts.push_back(strong("Sensitivity: ") + sensitivity_in_words(what_ifs));
        if (row.majority_supports)
            parts.push_back(strong("Detector uncertainty: ") + "the chance that more sources support than refute is " +
                            shown(*row.majority_supports) + ", given how sure each reading is");
        if (!row.sign_test_note.empty() && informative(row) > 0)
            parts.push_back(strong("Sign test: ") + row.sign_test_note);
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
            text = "; " + votes_in_words(row) + " (share " + shown(*row.direction_share) + ", 95 % interval " +
                   shown(*row.ci_low) + " to " + shown(*row.ci_high) + ")";
        if (row.mixed > 0 && row.bound_low && row.bound_high)
            text += "; from " + shown(*row.bound_low) + " if every mixed source refuted to " + shown(*row.bound_high) +
                    " if every one supported";
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
            text += (text.empty() ? ", because of " : "; ") + line;
        return text;
    }

    static std::string counts_of_condition(dossier::Consensus row) {
        row.silent = row.not_assessable = 0;  // most are, under any one condition: the table above has them
        return counts_in_words(row);
    }

    static std::vector<WhatIf> read_what_ifs(dossier::Analysis const& analysis, std::string const& claim_id) {
        std::vector<WhatIf> result;
        for (auto const& one :
             analysis.query<WhatIf>("SELECT analysis, subject, direction_word, (SELECT title FROM articles WHERE "
                                    "article_id = s.subject), flips"
                                    " FROM sensitivity s WHERE claim_id = ?1 ORDER BY analysis, subject",
                                    {claim_id}, [](dossier::Row const& r) {
                                        return WhatIf{r.text(0), r.text(1), r.text(2), r.text(3), r.integer(4) != 0};
                                    }))
            result.push_back(one);
        return result;
    }

    static std::string name_of(WhatIf const& what_if) {
        return what_if.title.empty() ? what_if.subject : "“" + what_if.title + "”";
    }

    static void warn_of_one_source(std::vector<WhatIf> const& what_ifs, dossier::Blocks& out) {
        std::string source;
        for (auto const& what_if : what_ifs)
            if (what_if.analysis == "leave_one_cluster_out") source = name_of(what_if);
        out.callout(DOSSIER_CALLOUT_WARNING, "Rests on one source",
                    "Only " + source + " says which way it is. One more source could turn the verdict.");
    }

    static std::string sensitivity_in_words(std::vector<WhatIf> const& what_ifs) {
        std::string text;
        std::int64_t n_flips = 0;
        for (auto const& what_if : what_ifs) {
            if (!what_if.flips || ++n_flips > most_what_ifs) continue;
            text += (text.empty() ? "" : "; ") +
                    (what_if.analysis == "mixed_as_half" ? "counting mixed sources as half a vote each way gives “"
                                                         : "without " + name_of(what_if) + " it reads “") +
                    what_if.direction_word + "”";
        }
        if (n_flips > most_what_ifs) text += "; and " + std::to_string(n_flips - most_what_ifs) + " more";
        return text.empty() ? "no single source changes the direction when it is left out" : "fragile; " + text;
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
            "The sign test is descriptive. It takes every vote as equally likely to be for or against; votes from"
            " unlike sources are not (Nikolakopoulos 2020, Research Synthesis Methods 11:714–719).",
            "note-sign-test");
        out.note(
            "Certainty starts at high and goes down a level or two for each domain that gives reason to. It is "
            "suggested"
            " from data, for a person to confirm or change.",
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
