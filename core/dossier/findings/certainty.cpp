#include "dossier/findings/certainty.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "dossier/diagnostics/counted.hpp"
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

struct Rating {
    int levels_down = 0;
    std::string reason;
};

// ---- Study design and risk of bias

/// "are known to be randomised trials or reviews of such", of `n` sources; none counts as several.
std::string randomised_in_words(std::size_t n) {
    return n == 1 ? "is known to be a randomised trial or a review of such"
                  : "are known to be randomised trials or reviews of such";
}

/// Where GRADE starts: high with randomised trials, low with other evidence. An association, whoever states it, is no more
/// than other evidence shows, and counts here only.
Rating rate_study_design(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    auto const which = of_all(body.n_randomised, n) + " " + randomised_in_words(body.n_randomised);
    bool const associations = body.n_correlational_only >= n;
    auto const no_cause = !associations ? ""
                          : n == 1      ? "; it states an association, no cause"
                                        : "; all informative sources state associations, none a cause";
    if (body.n_randomised == 0) return {2, which + ": evidence without them starts at low" + no_cause};
    if (!most(body.n_randomised, n))
        return {2, "only " + which + ": where most are not, evidence starts at low" + no_cause};
    return {associations ? 1 : 0, which + ": evidence from them starts at high" + no_cause};
}

/// " (3 with some concerns, 1 at high risk, 2 not appraised)"; empty: there are none.
std::string otherwise_appraised(BodyOfEvidence const& body) {
    auto const n_appraised = body.n_low_risk + body.n_some_concerns + body.n_high_risk;
    std::string text;
    auto const add = [&](std::size_t count, std::string_view what) {
        if (count > 0) text += (text.empty() ? " (" : ", ") + std::to_string(count) + " " + std::string(what);
    };
    add(body.n_some_concerns, "with some concerns");
    add(body.n_high_risk, "at high risk");
    add(body.tally.informative() - n_appraised, "not appraised");
    return text.empty() ? text : text + ")";
}

/// By people's appraisals alone: that a design is sound says nothing of how it was carried out.
Rating rate_risk_of_bias(BodyOfEvidence const& body) {
    auto const n = body.tally.informative();
    auto const n_low = body.n_low_risk;
    if (n_low + body.n_some_concerns + body.n_high_risk == 0) return {1, "nobody appraised the informative sources"};
    if (body.n_high_risk >= n)
        return {2, n == 1 ? "the one informative source was appraised at high risk"
                          : "all " + std::to_string(n) + " informative sources were appraised at high risk"};
    auto const low =
        of_all(n_low, n) + (n_low == 1 ? " was" : " were") + " appraised at low risk" + otherwise_appraised(body);
    if (most(n_low, n)) return {0, low};
    return {1, (n_low > 0 ? "only " : "") + low};
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
    return {rate_study_design(body), rate_risk_of_bias(body), rate_inconsistency(body),
            rate_indirectness(body), rate_imprecision(body),  rate_publication_bias(body)};
}

// ---- What people judged

std::string levels_in_words(int levels) {
    return levels == 0 ? "no level down" : levels == 1 ? "one level down" : "two levels down";
}

/// The domain as a reason names it: what the data tell of publication bias are conflicts of interest and publishers.
std::string domain_in_words(std::string_view domain) {
    return domain == "publication bias" ? "publication bias or conflict of interest" : std::string(domain);
}

std::string signature(CertaintyJudgement const& judgement) {
    return judgement.who + (judgement.when.empty() ? "" : ", " + judgement.when);
}

/// "two levels down", "very low"
std::string verdict_of(CertaintyJudgement const& judgement) {
    return judgement.domain.empty() ? judgement.level : levels_in_words(judgement.levels_down);
}

/// The judgement that counts, and the one that it replaces.
struct Judged {
    CertaintyJudgement const* last = nullptr;
    CertaintyJudgement const* before = nullptr;

    /// "; replaces bob's: two levels down"
    [[nodiscard]] std::string replaced() const {
        if (before == nullptr) return {};
        return "; replaces the judgement of " + signature(*before) + ": " + verdict_of(*before);
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

CertaintyDomain domain_on(std::string_view claim_id, std::string_view condition_id, std::string_view name) {
    CertaintyDomain domain;
    domain.claim_id = claim_id, domain.condition_id = condition_id, domain.domain = name;
    return domain;
}

/// Nothing is rated where nothing was found; what was judged is said all the same.
CertaintyOfEvidence not_rated(Judgements const& own, std::string_view claim_id, std::string_view condition_id) {
    CertaintyOfEvidence certainty;
    auto const say = [&](std::string const& what, Judged const& judged) {
        if (judged.last == nullptr) return std::string();
        auto text = judged.last->why + " (judged by " + signature(*judged.last) + ": " + verdict_of(*judged.last) +
                    judged.replaced() + "; not applied: no source informs the claim)";
        certainty.reasons.push_back(what + ": " + text);
        return text;
    };
    for (auto const name : certainty_domains) {
        auto domain = domain_on(claim_id, condition_id, name);
        domain.reason = say(domain_in_words(name), own.of(name));
        if (domain.reason.empty()) domain.reason = "no informative source";
        certainty.domains.push_back(std::move(domain));
    }
    say("as a whole", own.of_the_whole());
    return certainty;
}

}  // namespace

CertaintyOfEvidence certainty_of(BodyOfEvidence const& body, std::string_view claim_id, std::string_view condition_id,
                                 std::span<CertaintyJudgement const> judgements) {
    Judgements const own(judgements, claim_id, condition_id);
    if (body.tally.informative() == 0) return not_rated(own, claim_id, condition_id);
    CertaintyOfEvidence certainty;
    auto ratings = ratings_of(body);
    for (std::size_t i = 0; i < ratings.size(); ++i) {
        auto domain = domain_on(claim_id, condition_id, certainty_domains[i]);
        domain.levels_down = domain.suggested_levels_down = ratings[i].levels_down;
        domain.reason = std::move(ratings[i].reason);
        apply(own.of(domain.domain), domain);
        if (domain.levels_down > 0 || domain.decided_by != "data")
            certainty.reasons.push_back(domain_in_words(domain.domain) + ": " + domain.reason + " (" +
                                        levels_in_words(domain.levels_down) + ")");
        certainty.domains.push_back(std::move(domain));
    }
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
