// Stance table: what each article says on each claim, and the words it says it with.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shared/quotes.hpp"
#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::link;
using dossier::strong;
using dossier::Text;
using namespace dossier::shared;

constexpr std::size_t most_columns = 16;    // articles side by side; more do not fit a page
constexpr std::size_t most_overrides = 20;  // named below the table; all are in its remarks

/// An id as the key of a column: "articles/01-Post.txt" -> "articles_01_post_txt". Not unique yet.
std::string as_key(std::string const& id) {
    constexpr std::size_t longest = 60;
    std::string key;
    for (char const c : id) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!key.empty() && key.back() != '_')
            key += '_';
    }
    bool const begins_well = !key.empty() && key.front() >= 'a' && key.front() <= 'z';
    if (!begins_well) key.insert(0, key.empty() ? "article" : "article_");
    key.resize(std::min(key.size(), longest));
    while (key.back() == '_')
        key.pop_back();
    return key;
}

/// An article with its number in this report.
struct Source {
    dossier::Article article;
    std::size_t number = 0;  ///< from 1
    std::string proposed, cluster_reason;
    bool truncated = false;          ///< the capture breaks off
    std::size_t cluster_number = 0;  ///< number of the first article of its cluster

    std::string name() const { return article.title.empty() ? article.article_id : article.title; }
    std::string mark() const { return "[" + std::to_string(number) + "]"; }
    std::string anchor() const { return "article-" + std::to_string(number); }
    std::string key_anchor() const { return "key-" + std::to_string(number); }
    std::string year() const { return article.published.substr(0, 4); }
};

struct ClaimEntry {
    dossier::Claim claim;
    std::size_t number = 0;

    /// "claim-addictive"; by number where the id would make too long an anchor.
    std::string anchor() const { return claim_anchor(claim.claim_id, number); }
};

/// What is shown of one article's quotes on one claim.
struct Selection {
    std::vector<dossier::Evidence> shown;  ///< by evidence_id
    std::size_t n_left_out = 0;
};

/// Picks at most `limit` quotes, but always one for each direction under each condition: no side is hidden by a limit.
Selection select(std::vector<dossier::Evidence> const& quotes, std::size_t limit) {
    std::set<std::pair<std::string, std::string>> sides;
    std::vector<bool> chosen(quotes.size(), false);
    std::size_t n_chosen = 0;
    for (std::size_t i = 0; i < quotes.size(); ++i)
        if (quotes[i].direction != "neutral" && sides.emplace(quotes[i].direction, quotes[i].condition_id).second)
            chosen[i] = true, ++n_chosen;
    for (bool const neutral : {false, true})
        for (std::size_t i = 0; i < quotes.size() && n_chosen < limit; ++i)
            if (!chosen[i] && (quotes[i].direction == "neutral") == neutral) chosen[i] = true, ++n_chosen;
    Selection selection;
    for (std::size_t i = 0; i < quotes.size(); ++i)
        if (chosen[i]) selection.shown.push_back(quotes[i]);
    selection.n_left_out = quotes.size() - n_chosen;
    return selection;
}

class StanceTable final : public dossier::Report {
public:
    explicit StanceTable(dossier::OptionValues const& options)
        : max_quotes_(static_cast<std::size_t>(options.integer("max_quotes"))),
          quotes_(options.boolean("quotes")),
          silent_(options.boolean("silent")),
          long_table_(options.boolean("long_table")),
          flat_(options.boolean("flat")) {}

    static std::vector<dossier::Option> options() {
        return {
            dossier::Option::integer("max_quotes", 5, 1, 10000,
                                     "quotes shown per claim and article; one for each side and condition always is"),
            dossier::Option::boolean("quotes", true, "show the quotes below the table"),
            dossier::Option::boolean("silent", false,
                                     "give silence a row too, wherever each stance has a row of its own"),
            dossier::Option::boolean("long_table", true,
                                     "end with a tidy table of every stance, one row each, by the ids of claim,"
                                     " condition and article"),
            dossier::Option::boolean("flat", false,
                                     "nothing but one table for large jobs: a row for each article that takes a stance"
                                     " on a claim, with one quote; the other options then say nothing")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Stance table", "stance-table");
        if (flat_) return tabulate_flat(analysis, out);
        read(analysis);
        say_summary(analysis.run(), out);
        if (!claims_.empty() && !sources_.empty()) {
            choose_targets(analysis);
            read_overrides(analysis);
            if (is_matrix()) {
                tabulate_key(out);
                tabulate_matrix(analysis, out);
            } else {
                tabulate_by_claim(analysis, out);
            }
            say_overrides(out);
            out.note(
                "Stances: supports, refutes, mixed (says both), neutral (discusses it, takes no side), silent (could be"
                " read and says nothing), not assessable (could not be read, or is cut off where it might have said"
                " more). Only the first three inform a claim.",
                "note-stances");
            if (quotes_) say_evidence(analysis, out);
        }
        if (!sources_.empty()) say_articles(out);
        if (long_table_ && !claims_.empty() && !sources_.empty()) tabulate_every_stance(analysis, out);
    }

private:
    void read(dossier::Analysis const& analysis) {
        for (auto const& article : analysis.articles()) {
            sources_.push_back({article, sources_.size() + 1, "", "", false, 0});
            numbers_.emplace(article.article_id, sources_.size());
        }
        struct Extra {
            std::string article_id, proposed, cluster_reason;
            bool truncated = false;
        };
        for (auto const& extra : analysis.query<Extra>(
                 "SELECT article_id, proposed, cluster_reason, truncated FROM articles ORDER BY article_id", {},
                 [](dossier::Row const& r) {
                     return Extra{r.text(0), r.text(1), r.text(2), r.integer(3) != 0};
                 })) {
            auto& source = source_of(extra.article_id);
            source.proposed = extra.proposed, source.cluster_reason = extra.cluster_reason;
            source.truncated = extra.truncated;
            auto const first = numbers_.find(source.article.cluster_id);
            source.cluster_number = first == numbers_.end() ? source.number : first->second;
        }
        for (auto const& claim : analysis.claims()) {
            claims_.push_back({claim, claims_.size() + 1});
            claim_numbers_.emplace(claim.claim_id, claims_.size());
        }
        for (auto const& condition : analysis.conditions()) {
            condition_names_[condition.condition_id] = condition.name;
            condition_numbers_[condition.condition_id] = condition_numbers_.size() + 1;
        }
    }

    bool is_matrix() const { return sources_.size() <= most_columns; }

    Source& source_of(std::string const& article_id) { return sources_.at(numbers_.at(article_id) - 1); }
    ClaimEntry const& entry_of(std::string const& claim_id) const {
        return claims_.at(claim_numbers_.at(claim_id) - 1);
    }

    void say_summary(dossier::Run const& run, dossier::Blocks& out) const {
        out.paragraph(strong(counted(run.n_claims, "claim", "claims")) + " against " +
                      strong(counted(run.n_articles, "article", "articles")) + ", which are " +
                      strong(counted(run.n_clusters, "independent source", "independent sources")) +
                      (quotes_ ? ". A stance leads to the words it rests on." : "."));
        if (claims_.empty()) out.callout(DOSSIER_CALLOUT_WARNING, "No claims", "The registry holds no claims.");
        if (sources_.empty())
            out.callout(DOSSIER_CALLOUT_WARNING, "No articles", "No article was read, so no stance is known.");
        for (auto const& source : sources_)
            if (source.article.status != "ok" && is_matrix())
                out.callout(
                    DOSSIER_CALLOUT_WARNING, source.mark() + " could not be assessed",
                    source.name() + ": " +
                        (source.article.status_reason.empty() ? "no reason is known" : source.article.status_reason));
    }

    // ---- Which quote a stance leads to

    /// Remembers the stances that a person decided in place of the engine.
    void read_overrides(dossier::Analysis const& analysis) {
        struct Override {
            std::string claim_id, article_id, condition_id, engine, person;
        };
        for (auto const& one : analysis.query<Override>(
                 "SELECT claim_id, article_id, condition_id, overridden, decided_by FROM stances"
                 " WHERE overridden IS NOT NULL ORDER BY claim_position, condition_position, article_id",
                 {}, [](dossier::Row const& r) {
                     return Override{r.text(0), r.text(1), r.text(2), r.text(3), r.text(4)};
                 }))
            overrides_[{one.claim_id, one.article_id, one.condition_id}] =
                "decided by " + one.person + "; engine said " + stance_in_words(one.engine);
    }

    /// "decided by jm; engine said mixed"; empty: the engine decided.
    std::string override_of(dossier::Stance const& stance) const {
        auto const found = overrides_.find({stance.claim_id, stance.article_id, stance.condition_id});
        return found == overrides_.end() ? std::string() : found->second;
    }

    std::string decision_on(dossier::Stance const& stance) const {
        auto const decided = override_of(stance);
        return decided.empty() ? "decided by " + stance.decided_by : decided;
    }

    /// Below a table whose cells hold stances alone: which of them are a person's.
    void say_overrides(dossier::Blocks& out) const {
        if (overrides_.empty()) return;
        std::vector<std::string> parts;
        for (auto const& [key, decided] : overrides_) {
            auto const& [claim_id, article_id, condition_id] = key;
            parts.push_back(sources_.at(numbers_.at(article_id) - 1).mark() + " on “" +
                            entry_of(claim_id).claim.statement + "”" +
                            (condition_id.empty() ? "" : " " + condition_name(condition_id)) + ": " + decided);
        }
        out.callout(DOSSIER_CALLOUT_INFO,
                    counted(static_cast<std::int64_t>(parts.size()), "stance is a person's", "stances are a person's"),
                    joined_at_most(parts, most_overrides) + ".");
    }

    /// Remembers, for each claim, article and condition, the quote that its cell leads to.
    void choose_targets(dossier::Analysis const& analysis) {
        if (!quotes_) return;
        for (auto const& entry : claims_)
            for (auto const& [article_id, quotes] : evidence_by_article(analysis, entry.claim.claim_id))
                for (auto const& quote : select(quotes, max_quotes_).shown) {
                    if (quote.direction != "neutral") {
                        targets_.emplace(key(entry.number, article_id, quote.condition_id, quote.direction),
                                         quote.evidence_id);
                        targets_.emplace(key(entry.number, article_id, "*", quote.direction), quote.evidence_id);
                    }
                    targets_.emplace(key(entry.number, article_id, quote.condition_id, "any"), quote.evidence_id);
                    targets_.emplace(key(entry.number, article_id, "*", "any"), quote.evidence_id);
                }
    }

    using Key = std::pair<std::pair<std::size_t, std::size_t>, std::string>;
    Key key(std::size_t claim, std::string const& article_id, std::string const& condition,
            std::string const& side) const {
        return {{claim, numbers_.at(article_id)}, condition + "\n" + side};
    }

    /// "#e000012", the first quote that points the way the stance does; empty: no quote is shown.
    std::string target_of(std::size_t claim, dossier::Stance const& stance) const {
        auto const condition = stance.condition_id.empty() ? std::string("*") : stance.condition_id;
        for (auto const& side : {stance.stance, std::string("any")}) {
            auto const found = targets_.find(key(claim, stance.article_id, condition, side));
            if (found != targets_.end() && stance.stance != "silent") return "#" + found->second;
        }
        return {};
    }

    static std::map<std::string, std::vector<dossier::Evidence>> evidence_by_article(dossier::Analysis const& analysis,
                                                                                     std::string const& claim_id) {
        std::map<std::string, std::vector<dossier::Evidence>> result;
        for (auto const& one : analysis.evidence(claim_id))
            result[one.article_id].push_back(one);
        return result;
    }

    // ---- Up to sixteen articles: a matrix

    static std::string row_anchor(ClaimEntry const& entry) { return "row-" + entry.anchor(); }
    std::string row_anchor(ClaimEntry const& entry, std::string const& article_id) const {
        return row_anchor(entry) + "-" + std::to_string(numbers_.at(article_id));
    }

    /// What the numbers over the columns stand for.
    void tabulate_key(dossier::Blocks& out) const {
        auto table =
            out.table("The articles by number",
                      {Column::integer("number", "No."), Column::text("title", "Title"),
                       Column::text("kind", "Kind", "Study design or kind of text. Empty: not stated."),
                       Column::date("year", "Year", "Year of publication. Empty: not stated."),
                       Column::text("same_source", "Same source as",
                                    "The first article that rests on the same source; the two count once. Empty: none "
                                    "before it."),
                       Column::id("article_id", "Article id"), Column::id("cluster_id", "Cluster id")},
                      "article-key");
        for (auto const& source : sources_) {
            bool const counted_before = source.cluster_number != source.number;
            table.cells_row({Cell(source.number), Cell(source.name()).to("#" + source.anchor()),
                             or_empty(source.article.study_design), or_empty(source.year()),
                             counted_before ? Cell("[" + std::to_string(source.cluster_number) + "]") : Cell(),
                             Cell(source.article.article_id), Cell(source.article.cluster_id)},
                            source.key_anchor());
        }
    }

    void tabulate_matrix(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto table = out.table("What each article says on each claim", matrix_columns(), "stances");
        for_each_claim(analysis, [&](ClaimEntry const& entry, std::vector<dossier::Stance> const& stances) {
            for (auto row = stances.begin(); row != stances.end();) {
                auto const end = std::find_if(
                    row, stances.end(), [&](auto const& stance) { return stance.condition_id != row->condition_id; });
                say_matrix_row(entry, {row, end}, table);
                row = end;
            }
        });
    }

    std::vector<Column> matrix_columns() const {
        std::vector<Column> columns{
            Column::text("claim", "Claim", "Empty: the claim above, under a condition."),
            Column::text("condition", "Condition", "Empty: the claim as a whole, whatever the condition.")};
        std::set<std::string> keys{"claim", "condition", "claim_id", "condition_id"};
        for (auto const& source : sources_) {
            auto key = as_key(source.article.article_id);
            if (!keys.insert(key).second) {
                for (key += "_" + std::to_string(source.number); !keys.insert(key).second;)
                    key += "_";
            }
            columns.push_back(Column::stance(key, source.mark(), source.name()));
        }
        columns.insert(columns.end(), {Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id")});
        return columns;
    }

    /// Stances on one claim, which come by condition in registry order (none first), then by article.
    template <class Take>
    void for_each_claim(dossier::Analysis const& analysis, Take const& take) const {
        std::vector<dossier::Stance> of_claim;
        auto const finish = [&] {
            if (!of_claim.empty()) take(entry_of(of_claim.front().claim_id), of_claim);
            of_claim.clear();
        };
        for (auto const& stance : analysis.stances()) {
            if (!of_claim.empty() && of_claim.front().claim_id != stance.claim_id) finish();
            of_claim.push_back(stance);
        }
        finish();
    }

    /// One row: the stances of all articles on a claim, as a whole or under one condition.
    void say_matrix_row(ClaimEntry const& entry, std::vector<dossier::Stance> const& stances,
                        dossier::Table& table) const {
        auto const& condition = stances.front().condition_id;
        bool const overall = condition.empty();
        bool const anything = std::any_of(stances.begin(), stances.end(),
                                          [](auto const& stance) { return is_informative(stance.stance); });
        if (!overall && !anything) return;  // nobody speaks of the claim under this condition
        std::vector<Cell> cells;
        cells.push_back(overall ? Cell(entry.claim.statement).to(quotes_ ? "#" + entry.anchor() : "") : Cell());
        cells.push_back(overall ? Cell() : Cell(condition_name(condition)));
        for (auto const& stance : stances)
            cells.push_back(Cell(stance.stance).to(target_of(entry.number, stance)));
        cells.insert(cells.end(), {Cell(entry.claim.claim_id), or_empty(condition)});
        table.cells_row(cells, overall ? row_anchor(entry) : "");
    }

    std::string condition_name(std::string const& condition_id) const {
        auto const found = condition_names_.find(condition_id);
        return found == condition_names_.end() ? condition_id : found->second;
    }

    // ---- More articles: a table per claim, one row per article

    void tabulate_by_claim(dossier::Analysis const& analysis, dossier::Blocks& out) {
        out.heading(2, "What each article says on each claim", "stances");
        if (!silent_) out.paragraph("Silent articles are counted but not listed; the option “silent” lists them too.");
        for_each_claim(analysis, [&](ClaimEntry const& entry, std::vector<dossier::Stance> const& stances) {
            if (std::any_of(stances.begin(), stances.end(), [&](auto const& stance) { return is_listed(stance); })) {
                tabulate_claim(entry, stances, out);
            } else {
                out.paragraph(strong(entry.claim.statement));
            }
            say_tally(entry, stances, out);
        });
    }

    void tabulate_claim(ClaimEntry const& entry, std::vector<dossier::Stance> const& stances, dossier::Blocks& out) {
        auto table = out.table(entry.claim.statement,
                               {Column::text("article", "Article"),
                                Column::text("condition", "Condition", "Empty: the article as a whole."),
                                Column::stance("stance", "Stance"),
                                Column::integer("n_supporting", "For", "Distinct quotes that support."),
                                Column::integer("n_refuting", "Against", "Distinct quotes that refute."),
                                Column::text("remark", "Remark",
                                             "Who decided in place of the engine; whether conditions explain a mixed "
                                             "stance, or it contradicts itself."),
                                Column::id("claim_id", "Claim id"), Column::id("condition_id", "Condition id"),
                                Column::id("article_id", "Article id")},
                               "stances-" + entry.anchor());
        for (auto const& stance : stances) {
            if (!is_listed(stance)) continue;
            auto const& source = source_of(stance.article_id);
            bool const overall = stance.condition_id.empty();
            table.cells_row({Cell(source.mark() + " " + source.name()).to("#" + source.anchor()),
                             overall ? Cell() : Cell(condition_name(stance.condition_id)),
                             Cell(stance.stance).to(target_of(entry.number, stance)), Cell(stance.n_supporting),
                             Cell(stance.n_refuting), remark_on(stance), Cell(stance.claim_id),
                             or_empty(stance.condition_id), Cell(stance.article_id)},
                            overall ? row_anchor(entry, stance.article_id) : "");
        }
    }

    /// "Of 30 articles 5 support, 1 refutes, 24 are silent. Quotes"
    void say_tally(ClaimEntry const& entry, std::vector<dossier::Stance> const& stances, dossier::Blocks& out) const {
        std::map<std::string, std::int64_t> n_articles;
        for (auto const& stance : stances)
            if (stance.condition_id.empty()) ++n_articles[stance.stance];
        std::string tally;
        auto const add = [&](char const* stance, char const* singular, char const* plural) {
            if (auto const n = n_articles[stance]; n > 0)
                tally += (tally.empty() ? " " : ", ") + counted(n, singular, plural);
        };
        add("supports", "supports", "support");
        add("refutes", "refutes", "refute");
        add("mixed", "is mixed", "are mixed");
        add("neutral", "is neutral", "are neutral");
        add("silent", "is silent", "are silent");
        add("not_assessable", "is not assessable", "are not assessable");
        Text text = "Of " + std::to_string(sources_.size()) + " articles" + tally + ".";
        if (quotes_) text += Text(" ") + link("Quotes", "#" + entry.anchor());
        out.paragraph(text);
    }

    bool is_listed(dossier::Stance const& stance) const {
        if (!stance.condition_id.empty()) return is_informative(stance.stance);
        return silent_ || stance.stance != "silent";
    }

    // ---- Every stance: tidy data

    void tabulate_every_stance(dossier::Analysis const& analysis, dossier::Blocks& out) const {
        out.heading(2, "Every stance, one row each");
        {
            auto table = out.table("Every stance by claim, condition and article",
                                   {Column::text("claim_id", "Claim"),
                                    Column::text("condition_id", "Condition", "Empty: the article as a whole."),
                                    Column::text("article_id", "Article"), Column::stance("stance", "Stance"),
                                    Column::integer("n_supporting", "For", "Distinct quotes that support."),
                                    Column::integer("n_refuting", "Against", "Distinct quotes that refute."),
                                    Column::text("remark", "Remark",
                                                 "Who decided in place of the engine; whether conditions explain a "
                                                 "mixed stance, or it contradicts itself.")},
                                   "every-stance");
            for (auto const& stance : analysis.stances()) {
                if (!is_in_long_table(stance)) continue;
                auto const& entry = entry_of(stance.claim_id);
                table.cells_row({Cell(stance.claim_id), or_empty(stance.condition_id), Cell(stance.article_id),
                                 Cell(stance.stance).to(target_of(entry.number, stance)), Cell(stance.n_supporting),
                                 Cell(stance.n_refuting), remark_on(stance)});
            }
        }
        if (!silent_) {
            out.note(
                "A pair of claim and article without a row is silent; under a condition only who speaks of it has a "
                "row. The option “silent” gives every pair one.",
                "note-silence");
        }
    }

    /// Under a condition, all but the articles that speak of it are silent or not assessable: both go without saying.
    bool is_in_long_table(dossier::Stance const& stance) const {
        if (silent_) return true;
        bool const says_nothing = stance.stance == "silent" || stance.stance == "not_assessable";
        return stance.condition_id.empty() ? stance.stance != "silent" : !says_nothing;
    }

    Cell remark_on(dossier::Stance const& stance) const {
        std::vector<std::string> parts;
        if (auto const decided = override_of(stance); !decided.empty()) parts.push_back(decided);
        if (stance.internally_contradictory)
            parts.push_back("says both under the same condition");
        else if (stance.explained_by_conditions)
            parts.push_back("explained by conditions");
        return or_empty(joined(parts, "; "));
    }

    // ---- Large jobs: one table, row by row as the database gives them; nothing is kept

    /// A stance that is taken, with the first quote on its side.
    struct Taken {
        std::string article_id, claim_id, stance;
        std::int64_t n_supporting = 0, n_refuting = 0;
        std::string quote;
        std::int64_t quote_number = 0, line = 0;
        std::string path;
        std::string overridden;  ///< what the engine said; empty: nobody overrode it
    };

    static void tabulate_flat(dossier::Analysis const& analysis, dossier::Blocks& out) {
        auto table = out.table(
            "Every stance that is taken, by article and claim",
            {Column::text("article_id", "Article"), Column::text("claim_id", "Claim"),
             Column::stance("stance", "Stance"),
             Column::integer("n_supporting", "For", "Distinct quotes that support."),
             Column::integer("n_refuting", "Against", "Distinct quotes that refute."),
             Column::quote("quote", "Quote", "The first on the side of the stance."), Column::text("file", "File"),
             Column::integer("line", "Line", "The line that the quote begins on."),
             Column::stance("overridden", "Engine said", "Where a person decided instead. Empty: nobody did.")},
            "stances");
        for (auto const& taken :
             analysis.query<Taken>("SELECT article_id, claim_id, stance, n_supporting, n_refuting, quote, "
                                   "quote_number, line, path, overridden"
                                   " FROM taken_stances WHERE condition_position = 0"
                                   " ORDER BY article_position, claim_position",
                                   {}, [](dossier::Row const& r) {
                                       return Taken{r.text(0), r.text(1),    r.text(2),    r.integer(3), r.integer(4),
                                                    r.text(5), r.integer(6), r.integer(7), r.text(8),    r.text(9)};
                                   }))
            table.cells_row({Cell(taken.article_id), Cell(taken.claim_id), Cell(taken.stance), Cell(taken.n_supporting),
                             Cell(taken.n_refuting), Cell::quote(taken.quote, taken.quote_number), Cell(taken.path),
                             taken.line == 0 ? Cell() : Cell(taken.line), or_empty(taken.overridden)});
    }

    // ---- The quotes

    void say_evidence(dossier::Analysis const& analysis, dossier::Blocks& out) {
        out.heading(2, "Evidence", "evidence");
        for (auto const& entry : claims_) {
            out.heading(3, entry.claim.statement, entry.anchor());
            auto const evidence = evidence_by_article(analysis, entry.claim.claim_id);
            std::map<std::string, std::vector<std::string>> without_quotes;  // stance -> marks of articles
            for (auto const& stance : analysis.stances(entry.claim.claim_id)) {
                auto const found = evidence.find(stance.article_id);
                if (found == evidence.end())
                    without_quotes[stance.stance].push_back(source_of(stance.article_id).mark());
                else
                    say_quotes(entry, stance, select(found->second, max_quotes_), out);
            }
            say_who_says_nothing(without_quotes, out);
        }
    }

    void say_quotes(ClaimEntry const& entry, dossier::Stance const& stance, Selection const& selection,
                    dossier::Blocks& out) {
        auto const& source = source_of(stance.article_id);
        Text head = link(source.mark() + " " + source.name(), "#" + source.anchor()) + ": " +
                    strong(stance_in_words(stance.stance));
        head += " (" + counted(stance.n_supporting, "quote", "quotes") + " for, " + std::to_string(stance.n_refuting) +
                " against" + (stance.explained_by_conditions ? "; explained by conditions" : "") +
                (stance.decided_by == "engine" ? "" : "; " + decision_on(stance)) + ")";
        out.paragraph(head);
        if (stance.internally_contradictory) {
            out.callout(DOSSIER_CALLOUT_WARNING, "Says both",
                        "This article asserts the claim and denies it under the same condition.");
        }
        auto const back = is_matrix()         ? "#" + row_anchor(entry)
                          : is_listed(stance) ? "#" + row_anchor(entry, stance.article_id)
                                              : std::string();
        for (auto const& one : selection.shown) {
            dossier::Quoted quoted(one);
            quoted.anchor = one.evidence_id;
            quoted.back = back;
            quoted.comment = comment_on(one, one.condition_id.empty() ? "" : condition_name(one.condition_id));
            quoted.stance = one.direction;
            out.quote(quoted);
        }
        if (selection.n_left_out > 0) {
            out.paragraph(counted(static_cast<std::int64_t>(selection.n_left_out), "further quote", "further quotes") +
                          " of this article not shown.");
        }
    }

    static void say_who_says_nothing(std::map<std::string, std::vector<std::string>> const& without_quotes,
                                     dossier::Blocks& out) {
        for (auto const& [stance, marks] : without_quotes) {
            std::string names;
            if (marks.size() <= most_columns)
                for (auto const& mark : marks)
                    names += " " + mark;
            else
                names = " " + std::to_string(marks.size()) + " articles";
            auto words = stance_in_words(stance);
            words.front() = static_cast<char>(words.front() - 'a' + 'A');
            out.paragraph(strong(words + ":") + names);
        }
    }

    // ---- The articles

    void say_articles(dossier::Blocks& out) const {
        out.heading(2, "Articles", "articles");
        {
            auto table = out.table("The articles and whether they could be assessed",
                                   {Column::integer("number", "No."), Column::text("title", "Title"),
                                    Column::text("author", "Author"), Column::date("published", "Published"),
                                    Column::text("publisher", "Publisher"), Column::text("file", "File"),
                                    Column::text("status", "Status", "Whether it could be assessed, and why not."),
                                    Column::id("article_id", "Article id")},
                                   "article-list");
            for (auto const& source : sources_)
                table.cells_row(
                    {Cell(source.number).to(is_matrix() && !claims_.empty() ? "#" + source.key_anchor() : ""),
                     Cell(source.name()).to(web_address(source.article.url)), or_empty(source.article.author),
                     or_empty(source.article.published), or_empty(source.article.publisher), Cell(source.article.path),
                     Cell(status_of(source)), Cell(source.article.article_id)},
                    source.anchor());
        }
        auto table = out.table(
            "What to know before trusting them",
            {Column::integer("number", "No."), Column::text("study_design", "Design"),
             Column::text("conflict_of_interest", "Conflict of interest"),
             Column::integer("source", "Source", "Number of the first article of the same independent source."),
             Column::text("same_source", "Why one source"),
             Column::text("proposed", "Proposed", "Values read out of the text, not declared by a person."),
             Column::id("article_id", "Article id"), Column::id("cluster_id", "Cluster id")},
            "appraisal");
        for (auto const& source : sources_)
            table.cells_row({Cell(source.number), or_empty(source.article.study_design),
                             or_empty(source.article.conflict_of_interest), Cell(source.cluster_number),
                             or_empty(source.cluster_reason), or_empty(names_of_fields(source.proposed)),
                             Cell(source.article.article_id), Cell(source.article.cluster_id)});
    }

    static std::string status_of(Source const& source) {
        auto status = stance_in_words(source.article.status);
        if (!source.article.status_reason.empty()) status += ": " + source.article.status_reason;
        return source.truncated ? status + "; cut off, so its silence counts as not assessable" : status;
    }

    /// The address if it is one that a document may link to.
    static std::string web_address(std::string const& url) {
        return url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0 ? url : std::string();
    }

    /// "title,study_design" -> "title, study design"
    static std::string names_of_fields(std::string const& fields) {
        std::string text;
        for (char const c : fields)
            text += c == ',' ? std::string(", ") : std::string(1, c == '_' ? ' ' : c);
        return text;
    }

    std::size_t max_quotes_;
    bool quotes_, silent_, long_table_, flat_;
    std::vector<Source> sources_;                 ///< by article_id
    std::map<std::string, std::size_t> numbers_;  ///< article_id -> number
    std::vector<ClaimEntry> claims_;
    std::map<std::string, std::size_t> claim_numbers_;  ///< claim_id -> number
    std::map<std::string, std::string> condition_names_;
    std::map<std::string, std::size_t> condition_numbers_;
    std::map<Key, std::string> targets_;  ///< evidence_id
    std::map<std::tuple<std::string, std::string, std::string>, std::string>
        overrides_;  ///< (claim, article, condition) -> whose decision
};

}  // namespace

DOSSIER_REPORT(StanceTable, "stance-table", "What each article says on each claim, with the quotes")
