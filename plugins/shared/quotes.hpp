// Quotes as reports show them: what is said beside one, where it stands, and which of several speaks for a side. SDK only.
#pragma once

#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace dossier::shared {

/// "reported, not asserted"; empty for what the article asserts itself.
inline std::string attribution_in_words(std::string const& attribution) {
    if (attribution == "reported") return "reported, not asserted";
    if (attribution == "asked") return "asked, takes no side";
    if (attribution == "rebutted") return "quoted in order to rebut it";
    if (attribution == "hypothetical") return "hypothetical, takes no side";
    if (attribution == "recommended") return "a recommendation, takes no side";
    return {};
}

/// Condition, who says it and how, and the rule, in plain words.
inline std::string comment_on(Evidence const& one, std::string const& condition_name) {
    std::string text = condition_name.empty() ? "" : condition_name + "; ";
    if (auto const words = attribution_in_words(one.attribution); !words.empty()) text += words + "; ";
    if (one.hedged) text += "hedged; ";
    if (one.causal_strength != "none") text += one.causal_strength + " link; ";
    return text + one.rule;
}

/// "line 34"; of a source with pages "page 2, line 3".
inline std::string place_in_words(std::int64_t line, std::int64_t page) {
    return (page > 0 ? "page " + std::to_string(page) + ", " : std::string()) + "line " + std::to_string(line);
}

/// Names of conditions by id; the empty id has an empty name.
inline std::map<std::string, std::string> condition_names(Analysis const& analysis) {
    std::map<std::string, std::string> names{{"", ""}};
    for (auto const& condition : analysis.conditions())
        names[condition.condition_id] = condition.name;
    return names;
}

/// A quote that takes a side, as one cell of a table can show it.
struct SideQuote {
    std::string claim_id, article_id, title, cluster_id, direction, condition_id, attribution, quote;
    std::int64_t number = 0;  ///< for Cell::quote
    std::int64_t line = 0, page = 0;
    double strength = 0.0;
    bool hedged = false;
    bool animal = false, conflicted = false;  ///< of its article, as in the view `articles`

    Cell cell() const { return Cell::quote(quote, number); }
};

/// The quotes of one article that take a side on one claim, in their order.
inline std::vector<SideQuote> side_quotes(Analysis const& analysis, std::string const& claim_id,
                                          std::string const& article_id) {
    std::vector<SideQuote> quotes;
    for (auto const& quote : analysis.query<SideQuote>(
             "SELECT e.claim_id, e.article_id, " + std::string(article_title_sql) +
                 ", a.cluster_id, e.direction, e.condition_id, e.attribution,"
                 " e.quote, e.quote_number, e.line, e.page, e.strength, e.hedged, a.animal, a.conflicted"
                 " FROM evidence e JOIN articles a ON a.position = e.article_position"
                 " WHERE e.claim_id = ?1 AND e.article_id = ?2 AND e.direction <> 'neutral' ORDER BY e.evidence_id",
             {claim_id, article_id}, [](Row const& r) {
                 return SideQuote{r.text(0),          r.text(1),          r.text(2),         r.text(3),
                                  r.text(4),          r.text(5),          r.text(6),         r.text(7),
                                  r.integer(8),       r.integer(9),       r.integer(10),     r.real(11).value_or(0.0),
                                  r.integer(12) != 0, r.integer(13) != 0, r.integer(14) != 0};
             }))
        quotes.push_back(quote);
    return quotes;
}

/// The quote that says it most plainly: the highest strength, the first of equals. nullptr: none points that way.
inline SideQuote const* plainest(std::vector<SideQuote> const& quotes, std::string_view direction) {
    SideQuote const* best = nullptr;
    for (auto const& quote : quotes)
        if (quote.direction == direction && (best == nullptr || quote.strength > best->strength)) best = &quote;
    return best;
}

/// Two quotes of one source that point both ways.
struct OpposingPair {
    SideQuote supports, refutes;
    bool same_condition = false;  ///< both under the same condition, or both under none
};

/// The pair that points both ways most plainly: under the same condition if there is one, and of several the one whose
/// weaker half is strongest. nullopt when all point one way.
inline std::optional<OpposingPair> opposing_pair(std::vector<SideQuote> const& quotes) {
    std::map<std::string, std::pair<SideQuote const*, SideQuote const*>> by_condition;
    for (auto const& quote : quotes) {
        auto& [supports, refutes] = by_condition[quote.condition_id];
        auto& best = quote.direction == "supports" ? supports : refutes;
        if (best == nullptr || quote.strength > best->strength) best = &quote;
    }
    std::optional<OpposingPair> plainest_pair;
    for (auto const& [condition, pair] : by_condition) {
        auto const& [supports, refutes] = pair;
        if (supports == nullptr || refutes == nullptr) continue;
        auto const weaker = [](SideQuote const& a, SideQuote const& b) { return std::min(a.strength, b.strength); };
        if (!plainest_pair || weaker(*supports, *refutes) > weaker(plainest_pair->supports, plainest_pair->refutes))
            plainest_pair = OpposingPair{*supports, *refutes, true};
    }
    if (plainest_pair) return plainest_pair;
    auto const* supports = plainest(quotes, "supports");
    auto const* refutes = plainest(quotes, "refutes");
    if (supports == nullptr || refutes == nullptr) return std::nullopt;
    return OpposingPair{*supports, *refutes, false};
}

}  // namespace dossier::shared
