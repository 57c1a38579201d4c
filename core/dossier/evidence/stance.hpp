// Stance: reads the cues of one sentence in their context and decides which way each points, or why it does not count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
        bool supports = true, derived = false;
    };
    struct Reading;

    std::vector<Cue> cues_in(std::size_t sentence) const;
    Reading decide(Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence);
    void judge(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence);
    bool set_condition(Reading& reading, Cue const& cue, std::vector<Cue> const& cues, std::size_t sentence);
    void set_degree(Reading& reading, Cue const& cue, Claim const& claim, bool cue_states_degree,
                    SentenceContext const& context);
    static void set_safety(Reading& reading, Cue const& cue, Claim const& claim, RuleHit const& word);
    static bool has_degree(Reading const& reading);
    bool is_rebutted_next(std::size_t sentence);
    bool rests_on_unnamed_condition(Reading const& reading, Cue const& cue, std::size_t sentence);
    bool is_by_subject(RuleHit const& hit, Cue const& cue, std::size_t sentence);
    void add(std::size_t sentence, Cue const& cue, Reading const& reading, std::vector<EvidenceItem>& items) const;

    ClaimRegistry const& registry_;
    ArticleView& view_;
    SubjectResolver& subjects_;
};

}  // namespace dossier
