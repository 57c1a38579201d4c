// Contradictions: where sources are against each other or against themselves, in their own words, side by side.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
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

/// One independent source that speaks on a claim, by its first article that takes the stance.
struct Source {
    std::string article_id, title, stance;
    bool explained_by_conditions = false;
};

/// One claim and its opposing sources. Of each list no more than are shown.
struct Entry {
    dossier::Consensus overall;
    std::string anchor;
    std::vector<dossier::Consensus> conditions;  ///< under which somebody takes a side or is mixed
    std::vector<Source> supporting, refuting;
    std::vector<Source> both;  ///< with quotes both ways, whatever their stance
    std::int64_t n_both = 0;

    /// Under one condition more support, under another more refute.
    bool turns_with_conditions() const {
        bool any_for = false, any_against = false;
        for (auto const& row : conditions) {
            any_for = any_for || row.supports > row.refutes;
            any_against = any_against || row.refutes > row.supports;
        }
        return any_for && any_against;
    }
    bool has_opposing_sources() const { return overall.supports > 0 && overall.refutes > 0; }
    bool is_opposed() const { return has_opposing_sources() || n_both > 0 || turns_with_conditions(); }
};

class Contradictions final : public dossier::Report {
public:
    explicit Contradictions(dossier::OptionValues const& options)
        : max_pairs_(options.integer("max_pairs")), unopposed_(options.boolean("unopposed")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::integer("max_pairs", 5, 1, 1000, "rows of opposing quotes shown per claim and table"),
                dossier::Option::boolean("unopposed", true, "name the claims without opposing quotes")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        condition_names_ = condition_names(analysis);
        std::vector<Entry> opposed;
        std::vector<std::string> unopposed, uninformed;
        for (auto& entry : read(analysis))
            if (entry.is_opposed())
                opposed.push_back(std::move(entry));
            else
                (informative(entry.overall) > 0 ? unopposed : uninformed)
                    .push_back("“" + entry.overall.statement + "”");
        out.heading(1, "Contradictions", "contradictions");
        say_summary(opposed, opposed.size() + unopposed.size() + uninformed.size(), out);
        for (auto const& entry : opposed)
            say_claim(analysis, entry, out);
        if (unopposed_ && !unopposed.empty())
            out.paragraph(strong("No opposing quotes: ") + joined(unopposed, "; ") +
                          " Where all agree, all may rest on the same mistake: see who they are.");
        if (unopposed_ && !uninformed.empty())
            out.paragraph(strong("Nobody says which way it is: ") + joined(uninformed, "; ") + ".");
        say_how_to_read(out);
    }

private:
    // ---- Reading

    std::vector<Entry> read(dossier::Analysis const& analysis) const {
        std::vector<Entry> entries;
        for (auto const& row : analysis.consensus())
            entries.push_back({row, claim_anchor(row.claim_id, entries.size() + 1), {}, {}, {}, {}, 0});
        for (auto& entry : entries) {
            auto const& claim_id = entry.overall.claim_id;
            for (auto const& row : analysis.consensus_by_condition(claim_id))
                if (informative(row) > 0) entry.conditions.push_back(row);
            entry.n_both = count_both(analysis, claim_id);
            if (entry.n_both > 0) entry.both = sources(analysis, claim_id, says_both);
            if (!entry.has_opposing_sources()) continue;
            entry.supporting = sources(analysis, claim_id, "t.stance = 'supports'");
            entry.refuting = sources(analysis, claim_id, "t.stance = 'refutes'");
        }
        return entries;
    }

    static constexpr char const* says_both = "t.n_supporting > 0 AND t.n_refuting > 0";

    /// The first article of each independent source with this property: in the order of reading, animal studies last.
    std::vector<Source> sources(dossier::Analysis const& analysis, std::string const& claim_id,
                                std::string const& property) const {
        std::vector<Source> result;
        for (auto const& source : analysis.query<Source>(
                 "SELECT t.article_id, " + std::string(article_title_sql) +
                     ", t.stance, t.explained_by_conditions, min(t.article_position)"
                     " FROM taken_stances t JOIN articles a ON a.position = t.article_position"
                     " WHERE t.claim_id = ?1 AND t.condition_position = 0 AND " +
                     property + " GROUP BY a.cluster_id ORDER BY a.animal, min(t.article_position) LIMIT ?2",
                 {claim_id, max_pairs_}, [](dossier::Row const& r) {
                     return Source{r.text(0), r.text(1), r.text(2), r.integer(3) != 0};
                 }))
            result.push_back(source);
        return result;
    }

    static std::int64_t count_both(dossier::Analysis const& analysis, std::string const& claim_id) {
        for (auto const n : analysis.query<std::int64_t>(
                 "SELECT count(DISTINCT a.cluster_id) FROM taken_stances t JOIN articles a"
                 " ON a.position = t.article_position WHERE t.claim_id = ?1 AND t.condition_position = 0 AND " +
                     std::string(says_both),
                 {claim_id}, [](dossier::Row const& r) { return r.integer(0); }))
            return n;
        return 0;
    }

    // ---- Saying

    static void say_summary(std::vector<Entry> const& opposed, std::size_t n_claims, dossier::Blocks& out) {
        auto const count = [&](std::string const& disagreement) {
            return std::count_if(opposed.begin(), opposed.end(),
                                 [&](auto const& entry) { return entry.overall.disagreement == disagreement; });
        };
        if (n_claims == 0) {
            out.callout(DOSSIER_CALLOUT_WARNING, "No claims", "The registry holds no claims.");
            return;
        }
        out.paragraph(strong(std::to_string(opposed.size()) + " of " +
                             counted(static_cast<std::int64_t>(n_claims), "claim", "claims")) +
                      " with quotes that oppose each other: on " + std::to_string(count("unexplained")) +
                      " the disagreement is unexplained, on " + std::to_string(count("explained")) +
                      " conditions explain it. Articles that rest on one source are shown once, by the first of them.");
    }

    void say_claim(dossier::Analysis const& analysis, Entry const& entry, dossier::Blocks& out) const {
        auto const& row = entry.overall;
        out.heading(2, row.statement, entry.anchor);
        out.paragraph(strong(explanation_of(entry)) + " Independent sources: " + counts_in_words(row) + ".");
        if (auto const items = remarks_on(analysis, entry); !items.empty()) out.list(items);
        if (entry.has_opposing_sources()) tabulate_sources(analysis, entry, out);
        if (entry.n_both > 0) tabulate_both(analysis, entry, out);
    }

    static std::string explanation_of(Entry const& entry) {
        auto const& disagreement = entry.overall.disagreement;
        if (disagreement == "explained") return "Explained by conditions: under each of them sources agree.";
        if (disagreement == "unexplained") return "Unexplained: under the same condition, sources or quotes differ.";
        return entry.turns_with_conditions() ? "The direction turns with the condition."
                                             : "No source is divided as a whole; single quotes are.";
    }

    static std::vector<Text> remarks_on(dossier::Analysis const& analysis, Entry const& entry) {
        auto const& row = entry.overall;
        std::vector<Text> items;
        for (auto const& one : entry.conditions)
            items.push_back(strong(one.condition_name + ": ") + one.direction_word + " (" + informative_in_words(one) +
                            ")");
        if (auto const text = one_sided(row); !text.empty()) items.push_back(strong("One side only: ") + text);
        if (auto const text = weak_side_in_words(row, sides_of(analysis, row.claim_id)); !text.empty())
            items.push_back(strong("Weigh the sides: ") + text);
        return items;
    }

    /// Where sources are mixed, but only one side has a source that takes it outright.
    static std::string one_sided(dossier::Consensus const& row) {
        if (row.mixed == 0 || (row.supports > 0) == (row.refutes > 0)) return {};
        return "no independent source " + std::string(row.supports > 0 ? "refutes" : "supports") +
               " it as a whole; what is said against the others stands in sources that say both";
    }

    /// What one source says on its side: the plainest quote under each condition, and the plainest of all.
    struct Voice {
        std::map<std::string, SideQuote> by_condition;
        std::optional<SideQuote> plainest_of_all;
        bool is_against_some = false;  ///< somebody on the other side speaks under one of its conditions
    };
    using Row = std::pair<SideQuote const*, SideQuote const*>;  ///< for and against; nullptr: nobody

    static std::vector<Voice> voices(dossier::Analysis const& analysis, std::string const& claim_id,
                                     std::vector<Source> const& sources, std::string const& direction) {
        std::vector<Voice> result;
        for (auto const& source : sources) {
            auto const quotes = side_quotes(analysis, claim_id, source.article_id);
            auto const* const best = plainest(quotes, direction);
            if (best == nullptr) continue;  // a person took this side for it
            auto& voice = result.emplace_back();
            voice.plainest_of_all = *best;
            for (auto const& quote : quotes) {
                if (quote.direction != direction) continue;
                auto const [known, is_new] = voice.by_condition.emplace(quote.condition_id, quote);
                if (!is_new && quote.strength > known->second.strength) known->second = quote;
            }
        }
        return result;
    }

    /// 0 for a plain assertion on people.
    static int weakness(SideQuote const& quote) {
        return (quote.animal ? 2 : 0) + (quote.hedged || quote.attribution != "asserted" ? 1 : 0);
    }
    static int weakness(Row const& row) {
        return (row.first == nullptr ? 0 : weakness(*row.first)) + (row.second == nullptr ? 0 : weakness(*row.second));
    }

    /// The plainest pair of two sources under one condition, or under none; {nullptr, nullptr}: they share no condition.
    static Row against_each_other(Voice const& a, Voice const& b) {
        Row best{nullptr, nullptr};
        for (auto const& [condition, supports] : a.by_condition) {
            auto const refutes = b.by_condition.find(condition);
            if (refutes == b.by_condition.end()) continue;
            Row const row{&supports, &refutes->second};
            if (best.first == nullptr || weakness(row) < weakness(best)) best = row;
        }
        return best;
    }

    struct Rows {
        std::vector<Row> against;  ///< under the same condition; then those for whom nobody is left
        std::vector<Row> apart;    ///< no one on the other side speaks under the same condition
    };

    /// Each source stands in one row. The plainest pairs come first.
    static Rows rows_of(std::vector<Voice>& supporting, std::vector<Voice>& refuting) {
        Rows rows;
        std::vector<SideQuote const*> left_for, left_against, apart_for, apart_against;
        std::vector<bool> is_taken(refuting.size(), false);
        for (auto& voice : supporting) {
            Row best{nullptr, nullptr};
            std::size_t best_place = 0;
            for (std::size_t i = 0; i < refuting.size(); ++i) {
                auto const row = against_each_other(voice, refuting[i]);
                if (row.first == nullptr) continue;
                voice.is_against_some = refuting[i].is_against_some = true;
                if (!is_taken[i] && (best.first == nullptr || weakness(row) < weakness(best)))
                    best = row, best_place = i;
            }
            if (best.first != nullptr)
                rows.against.push_back(best), is_taken[best_place] = true;
            else
                (voice.is_against_some ? left_for : apart_for).push_back(&*voice.plainest_of_all);
        }
        for (std::size_t i = 0; i < refuting.size(); ++i)
            if (!is_taken[i])
                (refuting[i].is_against_some ? left_against : apart_against).push_back(&*refuting[i].plainest_of_all);
        std::stable_sort(rows.against.begin(), rows.against.end(),
                         [](Row const& a, Row const& b) { return weakness(a) < weakness(b); });
        for (auto const* quote : left_for)
            rows.against.emplace_back(quote, nullptr);
        for (auto const* quote : left_against)
            rows.against.emplace_back(nullptr, quote);
        for (std::size_t i = 0; i < std::max(apart_for.size(), apart_against.size()); ++i)
            rows.apart.emplace_back(i < apart_for.size() ? apart_for[i] : nullptr,
                                    i < apart_against.size() ? apart_against[i] : nullptr);
        return rows;
    }

    void tabulate_sources(dossier::Analysis const& analysis, Entry const& entry, dossier::Blocks& out) const {
        auto supporting = voices(analysis, entry.overall.claim_id, entry.supporting, "supports");
        auto refuting = voices(analysis, entry.overall.claim_id, entry.refuting, "refutes");
        auto const rows = rows_of(supporting, refuting);
        tabulate_rows("Sources against each other", "against-", entry, rows.against, out);
        tabulate_rows("Sources under different conditions, which are not against each other", "apart-", entry,
                      rows.apart, out);
        auto const n_left = entry.overall.supports + entry.overall.refutes -
                            static_cast<std::int64_t>(entry.supporting.size() + entry.refuting.size());
        if (n_left > 0) out.paragraph(counted(n_left, "further source", "further sources") + " not shown.");
    }

    void tabulate_rows(std::string const& caption, std::string const& anchor, Entry const& entry,
                       std::vector<Row> const& rows, dossier::Blocks& out) const {
        if (rows.empty()) return;
        auto table = out.table(
            caption,
            {Column::quote("supports", "Supports"),
             Column::text("supports_source", "Source", "Article, place, condition, and what to be careful about."),
             Column::quote("refutes", "Refutes"),
             Column::text("refutes_source", "Source", "Article, place, condition, and what to be careful about."),
             Column::id("claim_id", "Claim id"), Column::id("supports_article_id", "Supporting article id"),
             Column::id("refutes_article_id", "Refuting article id")},
            anchor + entry.anchor);
        for (auto const& [supports, refutes] : rows) {
            auto cells = side_cells(supports);
            auto const right = side_cells(refutes);
            cells.insert(cells.end(), right.begin(), right.end());
            cells.insert(cells.end(), {Cell(entry.overall.claim_id), article_id(supports), article_id(refutes)});
            table.cells_row(cells);
        }
    }

    std::vector<Cell> side_cells(SideQuote const* quote) const {
        if (quote == nullptr) return {Cell(), Cell()};
        return {quote->cell(), Cell(source_in_words(*quote))};
    }

    static Cell article_id(SideQuote const* quote) { return quote == nullptr ? Cell() : Cell(quote->article_id); }

    /// "“Title”, line 34; under medical supervision; reported, not asserted; animal study".
    std::string source_in_words(SideQuote const& quote) const {
        auto const cautions = cautions_on(quote);
        return article_named(quote.title, quote.article_id) + ", " + place_of(quote) +
               (cautions.empty() ? "" : "; " + cautions);
    }

    /// "line 34; under medical supervision; reported, not asserted".
    std::string place_of(SideQuote const& quote) const {
        std::vector<std::string> parts{place_in_words(quote.line, quote.page)};
        if (auto const& name = condition_names_.at(quote.condition_id); !name.empty()) parts.push_back(name);
        if (auto const words = attribution_in_words(quote.attribution); !words.empty()) parts.push_back(words);
        if (quote.hedged) parts.push_back("hedged");
        return joined(parts, "; ");
    }

    /// What to be careful about in the quote's article; empty: nothing.
    static std::string cautions_on(SideQuote const& quote) {
        std::vector<std::string> parts;
        if (quote.animal) parts.push_back("animal study");
        if (quote.conflicted) parts.push_back("conflict of interest");
        return joined(parts, "; ");
    }

    void tabulate_both(dossier::Analysis const& analysis, Entry const& entry, dossier::Blocks& out) const {
        {
            auto table = out.table("Sources that say both",
                                   {Column::quote("asserts", "Asserts"), Column::quote("denies", "Denies"),
                                    Column::text("source", "Source", "Article, and where it asserts and denies it."),
                                    Column::text("kind", "Kind",
                                                 "“May contradict itself”: both stand under the same condition, or"
                                                 " under none. They may still go together: read both."),
                                    Column::stance("counts_as", "Counts as", "The article's stance as a whole."),
                                    Column::id("claim_id", "Claim id"), Column::id("article_id", "Article id")},
                                   "both-" + entry.anchor);
            for (auto const& source : entry.both)
                if (auto const pair = opposing_pair(side_quotes(analysis, entry.overall.claim_id, source.article_id)))
                    table.row(pair->supports.cell(), pair->refutes.cell(), both_in_words(*pair),
                              pair->same_condition ? "may contradict itself" : "explained by conditions", source.stance,
                              entry.overall.claim_id, source.article_id);
        }
        if (auto const n_left = entry.n_both - static_cast<std::int64_t>(entry.both.size()); n_left > 0)
            out.paragraph(counted(n_left, "further source", "further sources") + " that say both not shown.");
    }

    /// "“Title”. Asserts: line 21. Denies: line 19; hedged. Animal study".
    std::string both_in_words(OpposingPair const& pair) const {
        auto const cautions = cautions_on(pair.supports);
        return article_named(pair.supports.title, pair.supports.article_id) +
               (cautions.empty() ? "" : " (" + cautions + ")") + ". Asserts: " + place_of(pair.supports) +
               ". Denies: " + place_of(pair.refutes);
    }

    static void say_how_to_read(dossier::Blocks& out) {
        out.note(
            "Quotes under different conditions do not contradict each other. Of several quotes of one source the one "
            "that"
            " says it most plainly is shown; the report quotes has all. Whether two sentences truly contradict each"
            " other is for the reader: read them in their articles.",
            "note-contradictions");
    }

    std::int64_t max_pairs_;
    bool unopposed_;
    std::map<std::string, std::string> condition_names_;
};

}  // namespace

DOSSIER_REPORT(Contradictions, "contradictions", "Opposing quotes side by side, and whether conditions explain them")
