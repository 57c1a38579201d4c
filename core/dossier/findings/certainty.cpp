#include "dossier/findings/certainty.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "dossier/findings/direction.hpp"
#include "dossier/findings/words.hpp"
#include "dossier/model/certainty.hpp"

namespace dossier {

namespace {

/// More than half of them, and at least one.
bool most(std::size_t some, std::size_t all) {
    return some > 0 && 2 * some > all;
}

std::string of_all(std::size_t some, std::size_t all) {
    return std::to_string(some) + " of " + counted(all, "informative source", "informative sources");
}

/// "-0.60"
std::string two_decimals(double value) {
    auto const hundredths = std::lround(std::abs(value) * 100);
    return std::string(value < 0 && hundredths > 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
           std::to_string(hundredths / 10 % 10) + std::to_string(hundredths % 10);
}

struct Rating {
    int levels_down = 0;
    std::string reason;
};

// ---- Risk of bias

/// What `n` sources are; none counts as one.
std::string sound_designs(std::size_t n) {
    return n > 1 ? "are trials, cohort or case-control studies, reviews or guidelines"
                 : "is a trial, cohort or case-control study, review or guideline";
}

std::string appraisals_in_words(BodyOfEvidence const& body, std::size_t n_appraised) {
    auto text = "appraised: " + std::to_string(body.n_low_risk) + " at low risk, " +
                std::to_string(body.n_some_concerns) + " with some concerns, " + std::to_string(body.n_high_risk) +
                " at high risk";
    if (auto const rest = body.tally.informative() - n_appraised; rest > 0)
        text += "; " + std::to_string(rest) + " not appraised, of which " +
                (body.n_study_design == 0 ? "none" : std::to_string(body.n_study_design)) + " " +
                sound_designs(body.n_study_design);
    return text;
}

std::string designs_in_words(BodyOfEvidence const& body, bool lowers) {
    auto const n = body.n_study_design;
    if (n == 0)
        return "no informative source is known to be a trial, cohort or case-control study, review or guideline";
    return (lowers ? "only " : "") + of_all(n, body.tally.informative()) + " " + sound_designs(n);
}

/// Each source by its appraisal where there is one, else by its design.
Rating rate_risk_of_bias(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    auto const n_appraised = body.n_low_risk + body.n_some_concerns + body.n_high_risk;
    auto const n_sound = body.n_low_risk + body.n_study_design;
    bool const sound = most(n_sound, n);
    if (sound && body.n_correlational_only >= n)
        return {1, "all informative sources state correlations, none an effect"};
    // In GRADE a body of evidence without randomised trials starts lower.
    bool const observational = body.n_randomised == 0;
    int const levels = n_sound == 0 || body.n_high_risk >= n || (!sound && observational) ? 2
                       : !sound || observational                                          ? 1
                                                                                          : 0;
    return {levels,
            (n_appraised > 0 ? appraisals_in_words(body, n_appraised) : designs_in_words(body, !sound)) +
                (observational && n_sound > 0 ? "; none is known to be a randomised trial or a review of such" : "")};
}

// ---- The other four

Rating rate_inconsistency(BodyOfEvidence const& body) {
    auto const a = body.agreement ? " (A = " + two_decimals(*body.agreement) + ")" : std::string();
    if (body.disagreement == "explained") return {0, "sources disagree, but conditions explain all of it" + a};
    if (body.disagreement != "unexplained")
        return {0, body.tally.informative() == 1 ? "one source: nothing to compare it with" : "the sources agree" + a};
    if (body.tally.informative() == 1) return {1, "the one source is mixed under the same condition"};
    if (body.tally.directional() == 0) return {1, "every informative source is mixed under the same condition" + a};
    if (body.agreement && *body.agreement < low_agreement)
        return {2, "sources disagree under the same condition, and are polarised" + a};
    return {1, "sources disagree, or are mixed, under the same condition" + a};
}

Rating rate_indirectness(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    if (body.n_animal == 0) return {0, "no informative source is known to rest on animal or laboratory studies"};
    auto const which =
        of_all(body.n_animal, n) + (body.n_animal == 1 ? " rests" : " rest") + " on animal or laboratory studies";
    if (body.n_animal >= n) return {2, which};
    return 2 * body.n_animal >= n ? Rating{1, which} : Rating{0, which + ": indirect, but too few to weigh"};
}

Rating rate_imprecision(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    // KCE asks for one level at least; the second since neither agreement nor an interval that excludes one half can come of
    // one source.
    if (n == 1) return {2, "rests on one source: no interval from one source excludes one half"};
    if (n < enough_clusters)
        return {1, "only " + counted(n, "informative source", "informative sources") + ", fewer than " +
                       std::to_string(enough_clusters)};
    auto const votes = count_votes(body.tally);
    if (!votes) return {1, "no informative source takes a side"};
    auto const interval =
        " (" + two_decimals(votes->interval.lower) + " to " + two_decimals(votes->interval.upper) + ")";
    if (votes->interval.lower < 0.5 && votes->interval.upper > 0.5)
        return {1, "the interval of the share" + interval + " includes one half"};
    return {0, counted(n, "informative source", "informative sources") + ", and the interval of the share" + interval +
                   " excludes one half"};
}

Rating rate_publication_bias(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    auto const n_conflicts = body.n_conflict_of_interest;
    auto const conflicts = of_all(n_conflicts, n) + (n_conflicts == 1 ? " has" : " have") + " a conflict of interest";
    if (n_conflicts > 0 && 3 * n_conflicts >= n) return {1, conflicts};
    if (body.one_publisher) return {1, "all informative sources have the same publisher"};
    if (n_conflicts > 0) return {0, conflicts + ", fewer than a third"};
    return {0, "no informative source is known to have a conflict of interest" +
                   std::string(n > 1 ? ", nor do all have one publisher" : "")};
}

std::array<Rating, certainty_domains.size()> ratings_of(BodyOfEvidence const& body) {
    return {rate_risk_of_bias(body), rate_inconsistency(body), rate_indirectness(body), rate_imprecision(body),
            rate_publication_bias(body)};
}

// ---- What people judged

std::string levels_in_words(int levels) {
    return levels == 0 ? "no level down" : levels == 1 ? "one level down" : "two levels down";
}

std::string signature(CertaintyJudgement const& judgement) {
    return judgement.who + (judgement.when.empty() ? "" : ", " + judgement.when);
}

/// The judgement that counts, and the one that it replaces.
struct Judged {
    CertaintyJudgement const* last = nullptr;
    CertaintyJudgement const* before = nullptr;

    /// "; replaces bob's: two levels down"
    [[nodiscard]] std::string replaced() const {
        if (before == nullptr) return {};
        return "; replaces the judgement of " + signature(*before) + ": " +
               (before->domain.empty() ? before->level : levels_in_words(before->levels_down));
    }
};

class Judgements {
public:
    Judgements(std::span<CertaintyJudgement const> all, std::string_view claim_id, std::string_view condition_id) {
        for (auto const& judgement : all)
            if (judgement.claim_id == claim_id && judgement.condition_id == condition_id) own_.push_back(&judgement);
    }
    [[nodiscard]] Judged of(std::string_view domain) const {
        Judged judged;
        for (auto const* judgement : own_)
            if (judgement->domain == domain) judged = {judgement, judged.last};
        return judged;
    }
    [[nodiscard]] Judged of_the_whole() const { return of(""); }
    [[nodiscard]] bool empty() const noexcept { return own_.empty(); }

private:
    std::vector<CertaintyJudgement const*> own_;
};

void apply(Judged const& judged, CertaintyDomain& domain) {
    if (judged.last == nullptr) return;
    domain.decided_by = judged.last->who;
    domain.levels_down = judged.last->levels_down;
    domain.reason = judged.last->why + " (judged by " + signature(*judged.last) + "; the data suggest " +
                    levels_in_words(domain.suggested_levels_down) + ": " + domain.reason + judged.replaced() + ")";
}

std::string level_after(int levels_down) {
    return std::string(certainty_levels[static_cast<std::size_t>(std::clamp(levels_down, 0, 3))]);
}

/// The people who decided a domain, each once, in the order of domains.
std::string deciders_of(std::vector<CertaintyDomain> const& domains) {
    std::vector<std::string> people;
    for (auto const& domain : domains)
        if (domain.decided_by != "data" && std::find(people.begin(), people.end(), domain.decided_by) == people.end())
            people.push_back(domain.decided_by);
    std::string text;
    for (auto const& person : people)
        text += (text.empty() ? "" : ", ") + person;
    return text.empty() ? "data" : text;
}

int total(std::vector<CertaintyDomain> const& domains, int CertaintyDomain::*levels) {
    return std::accumulate(domains.begin(), domains.end(), 0,
                           [&](int sum, CertaintyDomain const& domain) { return sum + domain.*levels; });
}

void apply_to_the_whole(Judged const& judged, CertaintyOfEvidence& certainty) {
    if (judged.last == nullptr) return;
    certainty.level = judged.last->level;
    certainty.decided_by = judged.last->who;
    certainty.reasons.push_back("as a whole: " + judged.last->why + " (rated " + judged.last->level + " by " +
                                signature(*judged.last) + "; the data suggest " + certainty.suggested +
                                judged.replaced() + ")");
}

}  // namespace

CertaintyOfEvidence certainty_of(BodyOfEvidence const& body, std::string_view claim_id, std::string_view condition_id,
                                 std::span<CertaintyJudgement const> judgements) {
    CertaintyOfEvidence certainty;
    Judgements const own(judgements, claim_id, condition_id);
    bool const is_rated = body.tally.informative() > 0;
    auto const nothing = std::string("no informative source") + (own.empty() ? "" : ": what was judged is not applied");
    auto ratings = is_rated ? ratings_of(body) : std::array<Rating, certainty_domains.size()>{};
    for (std::size_t i = 0; i < ratings.size(); ++i) {
        CertaintyDomain domain;
        domain.claim_id = claim_id, domain.condition_id = condition_id;
        domain.domain = certainty_domains[i];
        domain.levels_down = domain.suggested_levels_down = ratings[i].levels_down;
        domain.reason = is_rated ? std::move(ratings[i].reason) : nothing;
        if (is_rated) apply(own.of(certainty_domains[i]), domain);
        if (domain.levels_down > 0 || domain.decided_by != "data")
            certainty.reasons.push_back(domain.domain + ": " + domain.reason + " (" +
                                        levels_in_words(domain.levels_down) + ")");
        certainty.domains.push_back(std::move(domain));
    }
    if (!is_rated) return certainty;
    certainty.suggested = level_after(total(certainty.domains, &CertaintyDomain::suggested_levels_down));
    certainty.level = level_after(total(certainty.domains, &CertaintyDomain::levels_down));
    certainty.decided_by = deciders_of(certainty.domains);
    apply_to_the_whole(own.of_the_whole(), certainty);
    return certainty;
}

CertaintyOfEvidence suggest_certainty(BodyOfEvidence const& body) {
    return certainty_of(body, {}, {}, {});
}

bool states_correlation_only(std::span<EvidenceItem const> quotes, std::string_view condition_id) noexcept {
    auto strongest = CausalStrength::none;
    for (auto const& quote : quotes)
        if (quote.direction != Direction::neutral && (condition_id.empty() || quote.condition_id == condition_id))
            strongest = std::max(strongest, quote.causal_strength);
    return strongest == CausalStrength::correlational;
}

std::string certainty_word(std::string_view level) {
    return level.empty() ? "not rated" : std::string(level) + " certainty";
}

}  // namespace dossier
