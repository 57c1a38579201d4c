// Stance: reads the cues of one sentence in their context and decides which way each points, or why it does not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dossier/evidence/answered_question.hpp"
#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/subject.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// A condition named in a sentence, and not denied there ("without supervision" is not "supervision").
struct ConditionHit {
    std::uint32_t condition = 0;  ///< index into ClaimRegistry::conditions
    PhraseMatch match;
};

/// Conditions of the sentence, by place. Of overlapping ones the longer counts.
[[nodiscard]] std::vector<ConditionHit> conditions_in(ArticleView& view, std::size_t sentence);

/// Is the phrase denied by the words right before it ("without", "outside of", "less closely")?
[[nodiscard]] bool is_denied_nearby(PhraseMatch const& match, SentenceContext const& context);

/// It is passed on: by nobody in particular, or by the press at second hand.
[[nodiscard]] bool is_hearsay(RuleHit const& hit);

/// "we found", "our results": found by the authors of the article, who state it and do not pass it on.
[[nodiscard]] bool is_own_finding(RuleHit const& hit);

/// The next sentences say that what is believed here is wrong, or this one ends "…, but I was wrong", "…, but the data do not
/// bear this out".
/// @param belief  its words
[[nodiscard]] bool is_rebutted_next(ArticleView& view, std::size_t sentence, PhraseMatch const& belief);

/// "The doctor said that it does not. But it does.": the next sentence of the paragraph says no more than that.
[[nodiscard]] bool is_affirmed_next(ArticleView& view, std::size_t sentence, PhraseMatch const& denied);

/// The next sentence of the paragraph says that others found nothing of the kind, or that nothing was offered in its support.
[[nodiscard]] bool is_left_open_next(ArticleView& view, std::size_t sentence);

class StanceReader {
public:
    StanceReader(ClaimRegistry const& registry, ArticleView& view, SubjectResolver& subjects)
        : registry_(registry), view_(view), subjects_(subjects) {}

    /// Appends the evidence of one sentence, and its decisions if asked for.
    void read(std::size_t sentence, bool keep_decisions, ArticleEvidence& evidence);

private:
    struct Cue {
        PhraseMatch match;
        std::uint32_t claim = 0;
        bool supports = true;
    };
    struct Reading;
    struct Site;

    std::vector<Cue> cues_in(std::size_t sentence) const;
    bool is_taken_for_granted(std::size_t sentence);
    bool has_cue_of(std::uint32_t claim, std::size_t sentence) const;
    Reading decide(Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence,
                   std::optional<Answer> const& answer);
    void judge(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence);
    void check_longer_cue(Reading& reading, Site const& site);
    void check_subject(Reading& reading, Site const& site);
    void check_condition(Reading& reading, Site const& site);
    void check_fixed_phrase(Reading& reading, Site const& site);
    void check_other_things(Reading& reading, Site const& site);
    void check_comparison(Reading& reading, Site const& site);
    void check_stated(Reading& reading, Site const& site);
    void check_experiencer(Reading& reading, Site const& site);
    void check_unnamed_condition(Reading& reading, Site const& site);
    void check_hearsay(Reading& reading, Site const& site);
    /// A cue "risk of headache", of a claim that does not itself tell of less ("lowers the risk"): a lower risk speaks against it.
    static bool is_risk_that_may_fall(Site const& site);
    void weigh_rules(Reading& reading, Site const& site);
    void check_denied_contrary(Reading& reading, Site const& site);
    void weigh_quotation(Reading& reading, Site const& site);
    void weigh_degree(Reading& reading, Site const& site);
    static bool is_discounted_here(Site const& site);
    void check_left_open(Reading& reading, Site const& site);
    void check_retold_hearsay(Reading& reading, Site const& site);
    bool set_condition(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence);
    void set_condition_from_around(Reading& reading, Cue const& cue, std::size_t sentence);
    std::optional<std::size_t> source_of_condition(Cue const& cue, std::size_t sentence);
    bool is_quoted_hearsay(std::size_t sentence);
    static RuleHit const* nearest_degree(Reading const& reading, Cue const& cue, SentenceContext const& context);
    static RuleHit const* degree_added(Cue const& cue, SentenceContext const& context);
    void set_degree(Reading& reading, Cue const& cue, Claim const& claim, bool cue_states_degree,
                    SentenceContext const& context);
    static void set_safety(Reading& reading, Cue const& cue, Claim const& claim, RuleHit const& word);
    static bool has_degree(Reading const& reading);
    bool rests_on_unnamed_condition(Reading const& reading, Cue const& cue, std::size_t sentence);
    bool tells_who_is_exposed(RuleHit const& hit, Cue const& cue, std::size_t sentence) const;
    bool is_by_subject(RuleHit const& hit, Cue const& cue, std::size_t sentence);
    bool is_named_by_claim(RuleHit const& hit, std::uint32_t claim, std::size_t sentence);
    bool states_result(std::size_t sentence);
    bool retells_hearsay(Reading const& reading, Cue const& cue, std::size_t sentence);
    void add(std::size_t sentence, Cue const& cue, Reading const& reading, std::vector<EvidenceItem>& items) const;

    ClaimRegistry const& registry_;
    ArticleView& view_;
    SubjectResolver& subjects_;
    /// How an article first speaks of a claim.
    struct Opening {
        bool is_hearsay = false;  ///< passed on only
        bool is_belief = false;   ///< passed on as a worry or a belief
        bool supports = false;    ///< the side that is passed on
    };
    std::map<std::uint32_t, Opening> opening_;  ///< by claim
};

}  // namespace dossier
