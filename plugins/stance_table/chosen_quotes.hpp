// Chosen quotes: which quotes of an article are shown, and to which of them a stance leads.
#pragma once

#include <dossier/plugin.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace stance_table {

/// What is shown of one article's quotes on one claim.
struct Selection {
    std::vector<dossier::Evidence> shown;  ///< by evidence_id
    std::size_t n_left_out = 0;
};

/// Picks at most `limit` quotes, but always one for each direction under each condition: no side is hidden by a limit.
Selection select_quotes(std::vector<dossier::Evidence> const& quotes, std::size_t limit);

/// The quotes on a claim by article_id.
std::map<std::string, std::vector<dossier::Evidence>> evidence_by_article(dossier::Analysis const& analysis,
                                                                          std::string const& claim_id);

/// The first quote that is shown for each claim, article, condition and side.
class QuoteTargets {
public:
    QuoteTargets() = default;  ///< none is shown
    /// @param limit  as for select_quotes()
    QuoteTargets(dossier::Analysis const& analysis, std::size_t limit);

    /// "#e000012", the first quote that points the way the stance does, else the first of all; empty: no quote is shown.
    std::string link_of(dossier::Stance const& stance) const;

private:
    void add(dossier::Evidence const& quote, std::string const& claim_id, std::string const& condition);

    using Key = std::tuple<std::string, std::string, std::string, std::string>;  // claim, article, condition, side
    std::map<Key, std::string> evidence_ids_;
};

}  // namespace stance_table
