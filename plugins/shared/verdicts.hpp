// A row of the view `consensus` in words, and what to know of the sources on each side of it. SDK only.
#pragma once

#include <dossier/plugin.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace dossier::shared {

/// Independent sources that support, refute or are mixed.
inline std::int64_t informative(Consensus const& row) {
    return row.supports + row.refutes + row.mixed;
}
/// Independent sources that could be read: those, and the neutral and the silent.
inline std::int64_t assessable(Consensus const& row) {
    return informative(row) + row.neutral + row.silent;
}
/// Independent sources that take a side.
inline std::int64_t directional(Consensus const& row) {
    return row.supports + row.refutes;
}

/// "3 of 4": votes for the claim out of those cast. Empty when nobody takes a side.
inline Cell votes(Consensus const& row) {
    auto const n = directional(row);
    return n == 0 ? Cell() : Cell(std::to_string(row.supports) + " of " + std::to_string(n));
}

/// "broad (4 of 5)".
inline std::string coverage_in_words(Consensus const& row) {
    if (assessable(row) == 0) return row.coverage_word;
    return row.coverage_word + " (" + std::to_string(informative(row)) + " of " + std::to_string(assessable(row)) + ")";
}

/// The level alone, where the column says what it is a level of.
inline std::string certainty_level(Consensus const& row) {
    return row.certainty.empty() ? row.certainty_word : row.certainty;
}

/// "3 support, 1 refutes, 1 is mixed": the counts that are not 0, in words. Empty: all are.
inline std::string informative_in_words(Consensus const& row) {
    std::vector<std::string> parts;
    auto const add = [&](std::int64_t n, char const* singular, char const* plural) {
        if (n > 0) parts.push_back(counted(n, singular, plural));
    };
    add(row.supports, "supports", "support");
    add(row.refutes, "refutes", "refute");
    add(row.mixed, "is mixed", "are mixed");
    return joined(parts);
}

/// The same with those that do not inform: "3 support, 2 are silent"; "no sources".
inline std::string counts_in_words(Consensus const& row) {
    std::string text = informative_in_words(row);
    auto const add = [&](std::int64_t n, char const* singular, char const* plural) {
        if (n > 0) text += (text.empty() ? "" : ", ") + counted(n, singular, plural);
    };
    add(row.neutral, "is neutral", "are neutral");
    add(row.silent, "is silent", "are silent");
    add(row.not_assessable, "is not assessable", "are not assessable");
    return text.empty() ? "no sources" : text;
}

/// What is known of the articles that take one stance on a claim as a whole. Sources are independent sources.
struct Side {
    std::int64_t n_articles = 0, n_sources = 0;
    std::int64_t n_conflicted = 0;  ///< sources with a conflict of interest
    std::int64_t n_animal = 0;      ///< sources that rest on an animal or laboratory study
};

/// By stance: "supports", "refutes", "mixed"; who takes no stance is left out.
inline std::map<std::string, Side> sides_of(Analysis const& analysis, std::string const& claim_id) {
    struct Row {
        std::string stance;
        Side side;
    };
    std::map<std::string, Side> sides;
    for (auto const& row :
         analysis.query<Row>("SELECT t.stance, count(*), count(DISTINCT a.cluster_id),"
                             " count(DISTINCT CASE WHEN a.conflicted THEN a.cluster_id END),"
                             " count(DISTINCT CASE WHEN a.animal THEN a.cluster_id END)"
                             " FROM taken_stances t JOIN articles a ON a.position = t.article_position"
                             " WHERE t.claim_id = ?1 AND t.condition_position = 0 GROUP BY t.stance",
                             {claim_id}, [](dossier::Row const& r) {
                                 return Row{r.text(0), {r.integer(1), r.integer(2), r.integer(3), r.integer(4)}};
                             }))
        sides[row.stance] = row.side;
    return sides;
}

/// "the only source that refutes it has a conflict of interest": where a whole side rests on such sources. Empty: neither
/// side does.
inline std::string weak_side_in_words(Consensus const& row, std::map<std::string, Side> const& sides) {
    std::vector<std::string> parts;
    for (auto const& [stance, n_sources] : {std::pair{"supports", row.supports}, std::pair{"refutes", row.refutes}}) {
        auto const found = sides.find(stance);
        if (found == sides.end() || found->second.n_sources != n_sources) continue;
        bool const one = n_sources == 1;
        auto const who = (one ? "the only source that " : "every source that ") + std::string(stance) + " it ";
        if (found->second.n_conflicted == n_sources) parts.push_back(who + "has a conflict of interest");
        if (found->second.n_animal == n_sources)
            parts.push_back(who + "rests on " + (one ? "an animal study" : "animal studies"));
    }
    return joined(parts, "; ");
}

}  // namespace dossier::shared
