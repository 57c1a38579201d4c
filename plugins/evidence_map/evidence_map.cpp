// Evidence map: what kinds of study inform which claim, in independent sources, and what is missing.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::strong;
using dossier::shared::claim_anchor;
using dossier::shared::counted;
using dossier::shared::joined;
using dossier::shared::joined_at_most;
using dossier::shared::or_empty;
using dossier::shared::unended;

constexpr std::size_t most_claims_drawn = 40, most_kinds_drawn = 12;  // more do not fit a page
constexpr std::size_t most_named = 20;

/// A kind of study that one would look for: by its level of evidence, which news, protocols and opinions do not have, and where
/// that is not enough by words of its design.
struct Wanted {
    std::string_view name;
    std::int64_t best_level, worst_level;
    enum { anything, review, study } what = anything;
    std::array<std::string_view, 4> words = {};  ///< of which one is said; empty ones are none
};
constexpr std::array wanted_designs = {
    Wanted{"systematic review or meta-analysis", 1, 5, Wanted::review},
    Wanted{"randomised trial", 2, 2, Wanted::study},
    Wanted{
        "cohort or case-control study", 3, 4, Wanted::study, {"cohort", "case control", "longitudinal", "prospective"}},
};
constexpr std::array wanted_levels = {
    Wanted{"level 1 evidence", 1, 1},
    Wanted{"level 2 evidence", 2, 2},
    Wanted{"level 3 evidence", 3, 3},
};
constexpr std::array<std::string_view, 6> review_words = {"systematic",   "meta analysis",   "meta analyses",
                                                          "metaanalysis", "umbrella review", "cochrane review"};

/// Kinds in the order in which they are shown: the stronger designs first. Others follow by name, "not stated" last.
constexpr std::array<std::string_view, 14> known_order = {
    "systematic review", "meta-analysis",      "randomised trial",      "clinical trial",
    "cohort study",      "case-control study", "cross-sectional study", "case series",
    "case report",       "modelling study",    "qualitative study",     "guideline",
    "narrative review",  "scoping review"};
constexpr char const *not_stated = "not stated", *no_level = "no level";

/// Articles alike in all this.
struct Part {
    std::string claim_id, kind, stance;
    bool animal = false;
    std::string shared_source;  ///< its id; empty: each article is a source of its own
    std::int64_t n_articles = 0;
    std::int64_t level = 0;  ///< of evidence; 0: none
};

/// Independent sources that inform a claim.
struct Count {
    std::int64_t sources = 0, supports = 0, refutes = 0, mixed = 0;
    std::int64_t on_people = 0;  ///< sources that are more than an animal or laboratory study
    std::int64_t level = 0;      ///< of evidence, of these; 0: none
};

struct Entry {
    std::string claim_id, statement, anchor;
    Count total;  ///< of all kinds
    std::map<std::string, Count> kinds;
};

/// Whether a design has these words in it, whatever its capitals and hyphens: "Nested case-control study" says "case control".
bool says(std::string_view design, std::string_view words) {
    if (words.empty()) return false;
    std::string spaced = " ";
    for (char const c : design)
        spaced += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '-' ? ' ' : c;
    return spaced.find(" " + std::string(words)) != std::string::npos;
}

template <class Words>
bool says_any(std::string_view design, Words const& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return says(design, one); });
}

bool is_wanted(Wanted const& wanted, std::string const& kind, Count const& count) {
    if (count.on_people == 0 || count.level < wanted.best_level || count.level > wanted.worst_level) return false;
    if (wanted.what != Wanted::anything && says_any(kind, review_words) != (wanted.what == Wanted::review))
        return false;
    return wanted.words.front().empty() || says_any(kind, wanted.words);
}

std::pair<std::size_t, std::string> order_of(std::string const& kind) {
    auto const known = std::find(known_order.begin(), known_order.end(), kind);
    auto const place = static_cast<std::size_t>(known - known_order.begin());
    return {place + (kind == not_stated || kind == no_level ? 1u : 0u), kind};
}

/// "7 of 9 claims", "any of the 9 claims", "the one claim".
std::string of_claims(std::size_t n, std::size_t all) {
    if (all == 1) return "the one claim";
    return n == all ? "any of the " + std::to_string(all) + " claims"
                    : std::to_string(n) + " of " + std::to_string(all) + " claims";
}

class EvidenceMap final : public dossier::Report {
public:
    explicit EvidenceMap(dossier::OptionValues const& options)
        : by_level_(options.text("by") == "level"), chart_(options.boolean("chart")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::text("by", "design", {"design", "level"},
                                      "map claims by study design, or by level of evidence (OCEBM 2011)"),
                dossier::Option::boolean("chart", true, "draw the bubble map")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        out.heading(1, "Evidence map", "evidence-map");
        auto const entries = read(analysis);
        auto const kinds = kinds_of(entries);
        auto const run = analysis.run();
        if (entries.empty() || run.n_articles == 0) {
            out.callout(DOSSIER_CALLOUT_WARNING, entries.empty() ? "No claims" : "No articles",
                        "There is nothing to map.");
            return;
        }
        say_summary(entries, kinds, out);
        if (kinds.empty()) return;  // where there is nothing at all, there is no use in naming what
        say_gaps(entries, out);
        if (chart_) draw(entries, kinds, out);
        tabulate_map(entries, kinds, out);
        tabulate_claims(entries, out);
        say_how_to_read(out);
    }

private:
    [[nodiscard]] std::vector<Entry> read(dossier::Analysis const& analysis) const {
        std::vector<Entry> entries;
        std::map<std::string, std::size_t> places;
        for (auto const& claim : analysis.claims()) {
            places[claim.claim_id] = entries.size();
            entries.push_back(
                {claim.claim_id, claim.statement, claim_anchor(claim.claim_id, entries.size() + 1), {}, {}});
        }
        std::string source;          // the one that several articles are, as the rows come
        std::string stated;          // its first kind that is stated; empty: none
        std::set<std::string> seen;  // what of it is counted
        for (auto part : analysis.query<Part>(parts_sql(), {}, read_part)) {
            if (auto const here = part.claim_id + '\n' + part.shared_source; here != source)
                seen.clear(), stated.clear(), source = here;
            if (bool const is_stated = part.kind != unstated(); is_stated && stated.empty())
                stated = part.kind;
            else if (!is_stated && !stated.empty() && !part.shared_source.empty())
                part.kind = stated;  // an article without a design retells the source: it is no other kind of study
            if (auto const found = places.find(part.claim_id); found != places.end())
                count(part, entries[found->second], seen);
        }
        return entries;
    }

    [[nodiscard]] char const* unstated() const { return by_level_ ? no_level : not_stated; }

    /// Rows of one claim and one source that several articles are follow one another, kinds that are stated first.
    [[nodiscard]] std::string parts_sql() const {
        std::string const kind = by_level_ ? "coalesce('level ' || a.level_of_evidence, 'no level')"
                                           : "coalesce(nullif(a.study_design, ''), 'not stated')";
        return "SELECT t.claim_id, " + kind +
               ", t.stance, a.animal, CASE WHEN a.cluster_reason IS NULL THEN '' ELSE a.cluster_id END, count(*),"
               " coalesce(max(a.level_of_evidence), 0)"
               " FROM taken_stances t JOIN articles a ON a.position = t.article_position"
               " WHERE t.condition_position = 0 GROUP BY t.claim_position, 5, 2, 3, 4"
               " ORDER BY t.claim_position, 5, (" +
               kind + ") = '" + unstated() + "', 2, 3, 4";
    }
    static Part read_part(dossier::Row const& r) {
        return {r.text(0), r.text(1), r.text(2), r.integer(3) != 0, r.text(4), r.integer(5), r.integer(6)};
    }

    static void count(Part const& part, Entry& entry, std::set<std::string>& seen) {
        auto const add = [&](std::int64_t& count, std::string const& what) {
            if (part.shared_source.empty())
                count += part.n_articles;
            else if (seen.insert(what).second)
                ++count;
        };
        auto const add_to = [&](Count& count, std::string const& scope) {
            add(count.sources, scope);
            add(part.stance == "supports"  ? count.supports
                : part.stance == "refutes" ? count.refutes
                                           : count.mixed,
                scope + '\n' + part.stance);
            if (!part.animal) add(count.on_people, scope + "\npeople");
        };
        add_to(entry.total, "");
        auto& of_kind = entry.kinds[part.kind];
        add_to(of_kind, part.kind + '\n');
        if (!part.animal && part.level > 0) of_kind.level = part.level;
    }

    static std::vector<std::string> kinds_of(std::vector<Entry> const& entries) {
        std::map<std::pair<std::size_t, std::string>, bool> seen;
        for (auto const& entry : entries)
            for (auto const& [kind, count] : entry.kinds)
                seen[order_of(kind)] = true;
        std::vector<std::string> kinds;
        for (auto const& [order, _] : seen)
            kinds.push_back(order.second);
        return kinds;
    }

    void say_summary(std::vector<Entry> const& entries, std::vector<std::string> const& kinds,
                     dossier::Blocks& out) const {
        auto const n_informed =
            std::count_if(entries.begin(), entries.end(), [](Entry const& entry) { return entry.total.sources > 0; });
        out.paragraph(strong(std::to_string(n_informed)) + " of " +
                      counted(static_cast<std::int64_t>(entries.size()), "claim", "claims") +
                      (n_informed == 1 ? " is" : " are") + " informed by at least one source. " +
                      (kinds.empty() ? std::string()
                                     : std::string(by_level_ ? "Levels of evidence" : "Study designs") + ": " +
                                           joined_at_most(kinds, most_named) + ". ") +
                      "Every count is of independent sources, not of articles.");
    }

    // ---- Gaps

    /// Claims without what `missing` looks for, in words; empty: there is none.
    template <class Missing>
    static std::vector<std::string> claims_where(std::vector<Entry> const& entries, Missing const& missing) {
        std::vector<std::string> statements;
        for (auto const& entry : entries)
            if (missing(entry)) statements.push_back(unended(entry.statement));
        return statements;
    }

    static bool has(Entry const& entry, Wanted const& wanted) {
        return std::any_of(entry.kinds.begin(), entry.kinds.end(),
                           [&](auto const& kind) { return is_wanted(wanted, kind.first, kind.second); });
    }

    [[nodiscard]] std::array<Wanted, 3> const& wanted() const { return by_level_ ? wanted_levels : wanted_designs; }

    void say_gaps(std::vector<Entry> const& entries, dossier::Blocks& out) const {
        std::vector<dossier::Text> gaps;
        auto const all = entries.size();
        auto const add = [&](std::string const& what, std::vector<std::string> const& claims) {
            if (claims.empty()) return;
            auto const named = claims.size() == all ? "." : ": " + joined_at_most(claims, most_named, " · ") + ".";
            gaps.push_back(strong(what + " " + of_claims(claims.size(), all)) + named);
        };
        add("No source at all informs", claims_where(entries, [](Entry const& one) { return one.total.sources == 0; }));
        for (auto const& one : wanted())
            add("No " + std::string(one.name) + " informs",
                claims_where(entries, [&](Entry const& entry) { return !has(entry, one); }));
        auto const animals_only =
            claims_where(entries, [](Entry const& one) { return one.total.sources > 0 && one.total.on_people == 0; });
        if (!animals_only.empty())
            gaps.push_back(strong("Only animal or laboratory studies inform ") +
                           joined_at_most(animals_only, most_named, " · ") + ".");
        out.heading(2, "Gaps", "gaps");
        if (gaps.empty())
            out.paragraph("Each claim is informed by every kind of study that was looked for.");
        else
            out.list(gaps);
    }

    /// The kinds of study that no article on one claim is: "randomised trial, cohort or case-control study".
    [[nodiscard]] std::string missing_for(Entry const& entry) const {
        std::vector<std::string> names;
        for (auto const& one : wanted())
            if (!has(entry, one)) names.emplace_back(one.name);
        return joined(names);
    }

    // ---- The map

    void draw(std::vector<Entry> const& entries, std::vector<std::string> kinds, dossier::Blocks& out) const {
        if (entries.size() > most_claims_drawn) {
            out.note("There are more than " + std::to_string(most_claims_drawn) +
                     " claims: the table stands for the chart.");
            return;
        }
        if (kinds.size() > most_kinds_drawn) {
            out.note(counted(static_cast<std::int64_t>(kinds.size() - most_kinds_drawn), "kind", "kinds") +
                     " of study not drawn, for want of room; the table holds all.");
            kinds.resize(most_kinds_drawn);
        }
        dossier::Chart chart;
        chart.kind = DOSSIER_CHART_BUBBLE;
        chart.title = "Independent sources per claim and " + axis();
        chart.anchor = "map";
        chart.series = kinds;
        std::int64_t most = 0;
        std::string where_most;
        std::size_t n_empty = 0;
        for (auto const& entry : entries) {
            chart.categories.push_back(entry.statement);
            for (auto const& kind : kinds) {
                auto const found = entry.kinds.find(kind);
                auto const n = found == entry.kinds.end() ? 0 : found->second.sources;
                chart.values.push_back(static_cast<double>(n));
                n_empty += n == 0 ? 1u : 0u;
                if (n > most) most = n, where_most = " (" + kind + ") on “" + unended(entry.statement) + "”";
            }
        }
        chart.category_title = "Claim", chart.value_title = "Independent sources";
        chart.alternative = "A circle where a claim and a " + axis() +
                            " meet, its area the number of independent sources. The largest stands for " +
                            counted(most, "source", "sources") + where_most + "; " + std::to_string(n_empty) + " of " +
                            std::to_string(entries.size() * kinds.size()) +
                            " places are empty. The numbers stand in the table “" + caption() + "”.";
        out.chart(chart);
    }

    [[nodiscard]] std::string axis() const { return by_level_ ? "level of evidence" : "study design"; }
    [[nodiscard]] std::string caption() const { return "Sources per claim and " + axis(); }

    void tabulate_map(std::vector<Entry> const& entries, std::vector<std::string> const& kinds,
                      dossier::Blocks& out) const {
        auto table = out.table(
            caption(),
            {Column::text("claim", "Claim"), Column::text("kind", by_level_ ? "Level of evidence" : "Study design"),
             Column::integer("sources", "Sources", "Independent sources that inform the claim."),
             Column::integer("supports", "Support"), Column::integer("refutes", "Refute"),
             Column::integer("mixed", "Mixed"), Column::id("claim_id", "Claim id")},
            "sources-by-kind");
        for (auto const& entry : entries)
            for (auto const& kind : kinds)
                if (auto const found = entry.kinds.find(kind); found != entry.kinds.end()) {
                    auto const& count = found->second;
                    table.row(entry.statement, kind, count.sources, count.supports, count.refutes, count.mixed,
                              entry.claim_id);
                }
    }

    void tabulate_claims(std::vector<Entry> const& entries, dossier::Blocks& out) const {
        auto table = out.table(
            "What each claim lacks",
            {Column::text("claim", "Claim"), Column::integer("sources", "Sources"),
             Column::integer("on_people", "Not animal or laboratory",
                             "Sources that are not, or not only, an animal or laboratory study, whatever they are."),
             Column::text("missing", "No article here is a", "Of the kinds that one would look for. Empty: none."),
             Column::id("claim_id", "Claim id")},
            "missing");
        for (auto const& entry : entries)
            table.cells_row({Cell(entry.statement), Cell(entry.total.sources), Cell(entry.total.on_people),
                             or_empty(missing_for(entry)), Cell(entry.claim_id)},
                            "missing-" + entry.anchor);
    }

    void say_how_to_read(dossier::Blocks& out) const {
        out.heading(2, "How to read this", "how-to-read");
        std::vector<dossier::Text> items = {
            "A source informs a claim where it supports, refutes or is mixed on it. Several articles with the same "
            "text or on"
            " the same study are one source; one whose articles differ in kind or stance counts under each kind that is"
            " stated.",
            "A gap is a gap in these articles, not in the literature. Animal and laboratory studies fill none, as they "
            "are"
            " indirect evidence on people.",
            "Many designs are read out of the text and not declared by a person; the report sources says which."};
        if (by_level_)
            items.emplace_back(
                "Levels are those of the OCEBM 2011 table for questions of harm. News, opinion and guidelines"
                " have none.");
        out.list(items);
    }

    bool by_level_, chart_;
};

}  // namespace

DOSSIER_REPORT(EvidenceMap, "evidence-map", "What kinds of study inform which claim, and what is missing")
