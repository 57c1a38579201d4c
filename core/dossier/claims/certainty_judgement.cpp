#include "dossier/claims/certainty_judgement.hpp"

#include <utility>

#include "dossier/model/certainty.hpp"

namespace dossier {

namespace {

/// What is wrong with the choice between a domain and the whole; empty: nothing.
std::string mistake_in(ConfigView const& view) {
    bool const of_domain = view.has("domain"), of_whole = view.has("level"), has_levels = view.has("levels_down");
    if (of_domain && of_whole) return "this judgement is of a domain and of the whole at once";
    if (of_domain && !has_levels)
        return "this judgement does not say by how many levels its domain lowers the certainty";
    if (has_levels && !of_domain) return "this judgement does not say which domain lowers the certainty";
    if (!of_domain && !of_whole) return "this judgement is neither of a domain nor of the whole";
    return {};
}

}  // namespace

std::vector<ConfigKey> certainty_keys(bool names_claim) {
    std::vector<ConfigKey> keys;
    if (names_claim)
        keys.push_back({.name = "claim", .type = ConfigType::reference, .required = true, .doc = "Id of the claim."});
    keys.push_back({.name = "domain",
                    .type = ConfigType::text,
                    .doc = "The domain that is judged; without it, `level` judges the certainty as a whole.",
                    .allowed = {certainty_domains.begin(), certainty_domains.end()}});
    keys.push_back({.name = "levels_down",
                    .type = ConfigType::integer,
                    .doc = "By how many levels the domain lowers the certainty.",
                    .minimum = 0,
                    .maximum = 2});
    keys.push_back({.name = "level",
                    .type = ConfigType::text,
                    .doc = "The certainty as a whole, in place of what the domains come to.",
                    .allowed = {certainty_levels.begin(), certainty_levels.end()}});
    keys.push_back({.name = "who",
                    .type = ConfigType::identifier,
                    .required = true,
                    .doc = "Who judges: a person's id, shown beside the judgement."});
    keys.push_back({.name = "why",
                    .type = ConfigType::text,
                    .required = true,
                    .doc = "The reason, in one sentence; shown with the judgement."});
    keys.push_back({.name = "when", .type = ConfigType::date, .doc = "The day of the judgement."});
    keys.push_back({.name = "condition",
                    .type = ConfigType::reference,
                    .doc = "Id of the condition under which the claim is judged; without it, the claim overall."});
    return keys;
}

void check_certainty_judgement(ConfigDocument const& document, ConfigView const& view, std::string_view code,
                               Diagnostics& diagnostics) {
    auto mistake = mistake_in(view);
    if (mistake.empty()) return;
    auto diagnostic = document.error(code, view.place(), std::move(mistake));
    diagnostic.notes.emplace_back("give domain and levels_down, or level for the certainty as a whole");
    diagnostics.add(std::move(diagnostic));
}

CertaintyJudgement read_certainty_judgement(ConfigView const& view, std::string claim_id) {
    CertaintyJudgement judgement;
    judgement.claim_id = std::move(claim_id);
    judgement.condition_id = view.text("condition");
    judgement.domain = view.text("domain");
    judgement.levels_down = static_cast<int>(view.number("levels_down"));
    judgement.level = view.text("level");
    judgement.who = view.text("who");
    judgement.when = view.text("when");
    judgement.why = view.text("why");
    judgement.place = view.place();
    return judgement;
}

}  // namespace dossier
