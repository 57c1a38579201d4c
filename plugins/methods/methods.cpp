// Methods: how this run came to its verdicts, written from the run: what went in, what was counted, by which rules, and
// what was not done.
#include <dossier/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/rater_tables.hpp"
#include "shared/verdicts.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::Text;
using namespace dossier::shared;

/// A text and how often it occurs.
struct Count {
    std::string text;
    std::int64_t n = 0;
};

class Facts {
public:
    explicit Facts(dossier::Analysis const& analysis) : analysis_(analysis) {}

    /// The number that a SELECT of one row and column gives.
    [[nodiscard]] std::int64_t number(std::string const& sql) const {
        for (auto const n : analysis_.query<std::int64_t>(sql, {}, [](dossier::Row const& r) { return r.integer(0); }))
            return n;
        return 0;
    }
    /// The rows of a SELECT of a text and a number.
    [[nodiscard]] std::vector<Count> counts(std::string const& sql) const {
        std::vector<Count> result;
        for (auto const& row : analysis_.query<Count>(sql, {}, [](dossier::Row const& r) {
                 return Count{r.text(0), r.integer(1)};
             }))
            result.push_back(row);
        return result;
    }
    /// The rows of a SELECT of so many texts.
    [[nodiscard]] std::vector<std::vector<std::string>> texts(std::string const& sql) const {
        std::vector<std::vector<std::string>> result;
        for (auto const& row : analysis_.query<std::vector<std::string>>(sql, {}, [](dossier::Row const& r) {
                 std::vector<std::string> values;
                 for (std::size_t i = 0; i < r.size(); ++i)
                     values.push_back(r.text(i));
                 return values;
             }))
            result.push_back(row);
        return result;
    }

private:
    dossier::Analysis const& analysis_;
};

class Methods final : public dossier::Report {
public:
    explicit Methods(dossier::OptionValues const& options) : digests_(options.boolean("digests")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("digests", true, "list versions and digests of all that made the run")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        run_ = analysis.run();
        Facts const facts(analysis);
        read(facts);
        out.heading(1, "Methods", "methods");
        out.paragraph(
            "A synthesis without meta-analysis: vote counting based on direction of effect, made by Dossier " +
            run_.tool_version + " from " + counted(run_.n_articles, "article", "articles") + " and " +
            counted(run_.n_claims, "claim", "claims") + ", as of " + run_.as_of +
            ". This page is written from the run.");
        say_flow(facts, out);
        say_reading(out);
        say_swim(facts, out);
        say_statistics(out);
        say_cut_offs(facts, out);
        say_what_the_posterior_is(out);
        say_adjudication(analysis, facts, out);
        say_what_was_not_done(analysis, facts, out);
        say_limits(out);
        if (digests_) say_digests(facts, out);
    }

private:
    void read(Facts const& facts) {
        n_pooled_ = facts.number("SELECT count(DISTINCT group_id) FROM pooled_effects");
        n_effects_ = facts.number("SELECT count(*) FROM effects");
        n_annotations_ = facts.number("SELECT count(*) FROM annotations");
        n_rated_ = facts.number("SELECT count(*) FROM rater_agreement WHERE status = 'ok'");
        n_overlap_ = facts.number("SELECT count(*) FROM overlap WHERE covered_area IS NOT NULL");
        n_appraised_ = facts.number("SELECT count(*) FROM articles WHERE risk_of_bias IS NOT NULL");
        n_conditions_ = facts.number("SELECT count(*) FROM conditions");
        n_included_ =
            facts.number("SELECT count(DISTINCT article_position) FROM taken_stances WHERE condition_position = 0");
    }

    // ---- What went in

    void say_flow(Facts const& facts, dossier::Blocks& out) const {
        out.heading(2, "Articles identified and included", "flow-of-articles");
        auto table = out.table("Flow of articles",
                               {Column::text("stage", "Stage"), Column::integer("n", "Number"),
                                Column::text("note", "Note", "Reasons, with how often. Empty: nothing to add.")},
                               "flow");
        auto const n_assessed = run_.n_articles - run_.n_not_assessable;
        table.row("identified", run_.n_articles, "files and records that the job names");
        table.row("not assessable", run_.n_not_assessable,
                  or_empty(in_words(facts.counts("SELECT status_reason, count(*) FROM articles WHERE status <> 'ok'"
                                                 " GROUP BY status_reason ORDER BY count(*) DESC, status_reason"))));
        table.row("assessed", n_assessed, Cell());
        table.row("of these, cut off", facts.number("SELECT count(*) FROM articles WHERE truncated AND status = 'ok'"),
                  "what they do not say counts as not assessable, not as silent");
        table.row("assessed, without a stance on any claim", n_assessed - n_included_, "silent, neutral or cut off");
        table.row("included: with a stance on a claim", n_included_, Cell());
        table.row("of all, same source as an earlier one",
                  facts.number("SELECT count(*) FROM articles WHERE cluster_id <> article_id"),
                  or_empty(in_words(
                      facts.counts("SELECT cluster_reason, count(*) FROM articles WHERE cluster_id <> "
                                   "article_id GROUP BY cluster_reason ORDER BY count(*) DESC, cluster_reason"))));
        table.row("independent sources, all articles", run_.n_clusters, Cell());
        table.row("independent sources, included articles",
                  facts.number("SELECT count(DISTINCT a.cluster_id) FROM taken_stances t JOIN articles a"
                               " ON a.position = t.article_position WHERE t.condition_position = 0"),
                  "the unit of every count of a verdict");
    }

    static std::string in_words(std::vector<Count> const& counts) {
        constexpr std::size_t most_reasons = 8;
        std::vector<std::string> parts;
        for (auto const& [text, n] : counts)
            parts.push_back(status_reason_in_words(text) + " (" + std::to_string(n) + ")");
        return joined_at_most(parts, most_reasons);
    }

    // ---- How it was read

    static void say_reading(dossier::Blocks& out) {
        out.heading(2, "How a stance is decided", "stances");
        std::vector<Text> const steps = {
            "The text is read as published; navigation, notices and link texts are set aside. Titles, headings, "
            "questions and"
            " captions are never evidence.",
            "Each sentence is searched for the phrases of the registry, about its subject and no other. A claim without"
            " phrases is judged from its statement by a statement model.",
            "Negation, hedging, degree, comparison, condition and who says it are read clause by clause, after the "
            "published"
            " NegEx and ConText method (Chapman et al. 2001, J Biomed Inform 34:301–310; Harkema et al. 2009, J Biomed "
            "Inform"
            " 42:839–851). Questions, hypotheses and recommendations take no side.",
            "An article supports or refutes a claim when at least 70 % of its distinct quotes that take a side say so, "
            "and is"
            " mixed otherwise (effect direction rule: Thomson and Thomas 2013; Hilton Boon and Thomson 2021, Research "
            "Synthesis"
            " Methods 12:29–33). Quotes under different conditions are not set against each other.",
            "Articles with the same or nearly the same text, or that rest on the same study or press release, are one "
            "independent"
            " source. A source whose articles differ is mixed.",
            "A person's annotation, where there is one, stands in place of the engine's stance and is shown as such. "
            "Every quote"
            " is compared with its file again when a report is made."};
        out.list(steps, true);
    }

    /// The nine items of Campbell et al. 2020 (BMJ 368:l6890), as they apply.
    void say_swim(Facts const& facts, dossier::Blocks& out) const {
        out.heading(2, "Reporting items for synthesis without meta-analysis", "swim-items");
        auto table = out.table(
            "SWiM, nine items (Campbell et al. 2020, BMJ 368:l6890)",
            {Column::integer("number", "No."), Column::text("item", "Item"), Column::text("here", "In this run")},
            "swim");
        table.row(
            1, "Grouping studies for synthesis",
            "By claim: " + counted(run_.n_claims, "claim", "claims") +
                " of the registry. Within a claim by condition: " + counted(n_conditions_, "condition", "conditions") +
                " of the registry. Articles of one source are one unit.");
        table.row(2, "Standardised metric and transformation",
                  "Direction of effect alone: supports, refutes or mixed. No size, no significance is transformed.");
        table.row(
            3, "Synthesis methods",
            std::string("Vote counting based on direction of effect, with a 95 % Wilson interval of the share and the"
                        " exact sign test; p-values are withheld below three sources that take a side.") +
                (n_pooled_ > 0 ? " Effects of " + counted(n_pooled_, "group", "groups") +
                                     " alike enough are pooled besides: see the report effects."
                               : ""));
        table.row(
            4, "Criteria to prioritise results",
            "None: every source counts once in the headline, whatever its quality. Restricted and weighted counts are"
            " shown as sensitivity.");
        table.row(
            5, "Investigation of heterogeneity",
            "Agreement A and polarisation among sources; verdicts by condition; disagreement is called explained where"
            " sources agree under each condition. " +
                counted(facts.number(
                            "SELECT count(*) FROM consensus WHERE condition_id = '' AND disagreement = 'unexplained'"),
                        "claim", "claims") +
                " with unexplained disagreement.");
        auto const n_applied = facts.number("SELECT count(*) FROM judgements WHERE status = 'applied'");
        auto const n_others = facts.number("SELECT count(*) FROM judgements WHERE status <> 'applied'");
        table.row(6, "Certainty of evidence",
                  "Suggested from data by study design, where evidence starts, and the five domains of GRADE, each with"
                  " its reason, for a person to confirm or change. It is no GRADE assessment. Decided by people: " +
                      counted(n_applied, "judgement", "judgements") + " in force, " + std::to_string(n_others) +
                      " not applied.");
        table.row(
            7, "Data presentation",
            "Tables and charts of independent sources per stance; matrix of claims by articles; all quotes with their"
            " places. Claims in the order of the registry, articles in the order of their names.");
        table.row(8, "Reporting results",
                  "Per claim direction, agreement, certainty and coverage, with the counts behind them; they are never "
                  "made into"
                  " one number.");
        table.row(9, "Limitations", "See what was not done, and the limits of the method, below.");
    }

    void say_statistics(dossier::Blocks& out) const {
        out.heading(2, "Statistics used", "statistics-used");
        auto table = out.table("Statistics and their sources",
                               {Column::text("statistic", "Statistic"), Column::text("use", "Used for"),
                                Column::text("reference", "Reference")},
                               "statistics");
        table.row("Vote counting based on direction of effect", "direction",
                  "McKenzie and Brennan, Cochrane Handbook, chapter 12; Bushman and Wang, Handbook of Research "
                  "Synthesis, ch. 11");
        table.row("Wilson, Clopper–Pearson and Jeffreys intervals", "share of sources that support",
                  "Wilson 1927, JASA 22:209–212; Clopper and Pearson 1934, Biometrika 26:404–413; Brown, Cai and "
                  "DasGupta 2001,"
                  " Stat Sci 16:101–133");
        table.row("Exact two-sided sign test", "direction, descriptive",
                  "Bushman and Wang; Nikolakopoulos 2020, Research"
                  " Synthesis Methods 11:714–719");
        table.row("P(share > ½), Beta(½ + S, ½ + R)", "words of direction",
                  "Jeffreys prior; uniform prior as sensitivity");
        table.row("Agreement A, polarisation (1 − A) / 2", "agreement",
                  "van der Eijk 2001, Quality and Quantity 35:325–341");
        table.row("Consensus Cns", "agreement, to compare",
                  "Tastle and Wierman 2007, Int J Approx Reasoning 45:531–545");
        table.row("Leave one out, smallest set that flips", "sensitivity, “fragile”",
                  "as metafor's leave1out, by source");
        if (n_overlap_ > 0)
            table.row("Corrected covered area",
                      "overlap of primary studies; meant for reviews, here of all articles that name any",
                      "Pieper et al. 2014, J Clin Epidemiol 67:368–375");
        if (n_pooled_ > 0)
            table.row("Fixed and random effects, Q, I², τ², Hartung–Knapp", "pooled effects",
                      "DerSimonian and Laird 1986, Control Clin Trials 7:177–188; Hartung and Knapp 2001, Stat Med "
                      "20:3875–3889");
        if (n_rated_ > 0)
            table.row(
                "Krippendorff's α, κ, AC1", "agreement of raters",
                "Krippendorff 2004, Content Analysis; Cohen 1960, Educ Psychol Meas 20:37–46; Gwet 2008, Br J Math Stat"
                " Psychol 61:29–48");
    }

    static void say_cut_offs(Facts const& facts, dossier::Blocks& out) {
        out.heading(2, "Words and their cut-offs", "words-and-cut-offs");
        auto table =
            out.table("The words of a verdict",
                      {Column::text("part", "Part"), Column::text("word", "Word"), Column::text("rule", "Used when")},
                      "cut-offs");
        for (auto const& row : facts.texts("SELECT part, word, rule FROM words ORDER BY position"))
            table.row(row[0], row[1], row[2]);
    }
    static void say_what_the_posterior_is(dossier::Blocks& out) {
        out.note(
            "P(share > 1/2 | data) is the probability that more than half of all such sources would support the claim,"
            " given these votes and no opinion before them (a Jeffreys prior).",
            "note-posterior");
    }

    // ---- People

    void say_adjudication(dossier::Analysis const& analysis, Facts const& facts, dossier::Blocks& out) const {
        out.heading(2, "Adjudication by people", "adjudication");
        if (n_annotations_ == 0) {
            out.paragraph("None: no person has checked or rated a stance of this run. All are the engine's.");
            return;
        }
        out.paragraph(
            "Annotations: " +
            in_words(facts.counts("SELECT role || ', ' || status, count(*) FROM annotations GROUP BY role, status"
                                  " ORDER BY role, status")) +
            ". By person: " +
            in_words(facts.counts("SELECT who, count(*) FROM annotations GROUP BY who ORDER BY who")) + ".");
        tabulate_stale(facts, out);
        if (auto const rows = rater_agreement(analysis); !rows.empty())
            tabulate_agreement(rows, "rater-agreement", out);
        if (auto const counts = confusion(analysis); !counts.empty()) tabulate_confusion(counts, out);
    }

    static void tabulate_stale(Facts const& facts, dossier::Blocks& out) {
        auto const stale = facts.texts(
            "SELECT who, claim_id, article_id, stance, reason, condition_id FROM annotations"
            " WHERE status = 'stale' ORDER BY position");
        if (stale.empty()) return;
        auto table = out.table("Stale annotations, which were not applied",
                               {Column::text("who", "Who"), Column::text("claim_id", "Claim"),
                                Column::text("article_id", "Article"), Column::stance("stance", "Stance"),
                                Column::text("reason", "Why it is stale"), Column::id("condition_id", "Condition id")},
                               "stale");
        for (auto const& row : stale)
            table.row(row[0], row[1], row[2], row[3], or_empty(row[4]), or_empty(row[5]));
    }

    // ---- What it is not

    void say_what_was_not_done(dossier::Analysis const& analysis, Facts const& facts, dossier::Blocks& out) const {
        out.heading(2, "What was not done", "not-done");
        std::vector<Text> items = {
            "No search for literature: the articles are those that the job names. Who chose them, and how, is not "
            "known here.",
            "No test for publication bias: vote counts hold nothing to test it with."};
        if (n_appraised_ < run_.n_articles)
            items.push_back("No full critical appraisal: the risk of bias is stated for " +
                            std::to_string(n_appraised_) + " of " + counted(run_.n_articles, "article", "articles") +
                            ".");
        if (n_annotations_ == 0) items.push_back("No reading by people: see adjudication.");
        if (n_effects_ == 0)
            items.push_back("No meta-analysis: the articles state no effect size.");
        else if (n_pooled_ == 0)
            items.push_back(
                "No meta-analysis: of " + counted(n_effects_, "effect size", "effect sizes") +
                " none was alike enough to pool: " +
                in_words(facts.counts("SELECT reason_not_pooled, count(*) FROM effects WHERE pooled = 0"
                                      " GROUP BY reason_not_pooled ORDER BY count(*) DESC, reason_not_pooled")) +
                ".");
        std::int64_t n_withheld = 0, n_too_few = 0, n_claims = 0;
        for (auto const& row : analysis.consensus()) {
            ++n_claims, n_withheld += row.sign_test_p ? 0 : 1;
            n_too_few += row.sign_test_p && !row.sign_test_note.empty() ? 1 : 0;
        }
        if (n_withheld > 0)
            items.push_back("No sign test on " + std::to_string(n_withheld) + " of " +
                            counted(n_claims, "claim", "claims") + ": fewer than three sources take a side.");
        if (n_too_few > 0)
            items.push_back("A sign test that cannot reach .05 on " + std::to_string(n_too_few) + " of " +
                            counted(n_claims, "claim", "claims") +
                            ": three to five sources take a side, too few even if unanimous. It is shown all the"
                            " same.");
        out.list(items);
    }

    static void say_limits(dossier::Blocks& out) {
        out.heading(2, "Limits of the method", "limits");
        out.list(
            {"Vote counting says which way sources point, not how large an effect is, nor that there is one. Many "
             "small or poor"
             " sources outvote one good one; the sensitivity report shows what the good ones say alone.",
             "The sign test takes every vote as equally likely to be for or against. Votes from unlike sources are "
             "not: they are"
             " Poisson-binomial, not binomial, so the test is descriptive (Nikolakopoulos 2020, Misuse of the sign "
             "test in"
             " narrative synthesis, Research Synthesis Methods 11:714–719).",
             "With five sources even unanimity gives p = .0625: five sources cannot reach .05 two-sided.",
             "What an article says is not what is true. A stance says what was read, by rules that misread some "
             "sentences:"
             " that is why each has its quotes.",
             "Independence is judged from texts, stated studies and press releases. Sources that share what none of "
             "them states"
             " are counted as independent.",
             "Silence means that nothing was found. A claim in words that the registry does not know is read as "
             "silence."});
    }

    void say_digests(Facts const& facts, dossier::Blocks& out) const {
        out.heading(2, "What made this run", "made-by");
        tabulate_digests(facts, out);
        auto const components = facts.texts("SELECT kind, name, version, sha256 FROM components ORDER BY position");
        if (components.empty()) return;
        auto table =
            out.table("Plugins",
                      {Column::text("kind", "Kind"), Column::text("name", "Name"), Column::text("version", "Version"),
                       Column::text("sha256", "SHA-256", "Of the plugin's file. Empty: it could not be read.")},
                      "components");
        for (auto const& row : components)
            table.row(row[0], row[1], or_empty(row[2]), or_empty(row[3]));
    }

    void tabulate_digests(Facts const& facts, dossier::Blocks& out) const {
        auto const run = facts.texts(
            "SELECT inputs_sha256, registry_sha256, lexicon_sha256, statement_model_sha256,"
            " annotations_sha256 FROM run");
        auto table = out.table(
            "Versions and SHA-256 digests",
            {Column::text("what", "What"), Column::text("value", "Version or digest", "Empty: there is none.")},
            "digests");
        table.row("Dossier", run_.tool_version);
        table.row("analysis database, version of its views",
                  std::to_string(facts.number("SELECT schema_version FROM run")));
        if (run.empty()) return;
        static constexpr char const* names[] = {"all inputs", "registry", "rules for reading sentences",
                                                "statement model", "annotations"};
        for (std::size_t i = 0; i < run.front().size(); ++i)
            table.row(names[i], or_empty(run.front()[i]));
    }

    bool digests_;
    dossier::Run run_;
    std::int64_t n_pooled_ = 0, n_effects_ = 0, n_annotations_ = 0, n_rated_ = 0, n_overlap_ = 0, n_appraised_ = 0,
                 n_conditions_ = 0, n_included_ = 0;
};

}  // namespace

DOSSIER_REPORT(Methods, "methods", "How the verdicts were made: flow of articles, rules, statistics, limits, versions")
