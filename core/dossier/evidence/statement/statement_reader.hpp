// Statement reader: evidence for claims of which nothing but the statement is known, by the statement model.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dossier/evidence/article_view.hpp"
#include "dossier/evidence/statement/statement_gate.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/evidence/subject.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// Terms for a claim without subject terms of its own: the content words in front of its statement's verb.
[[nodiscard]] std::vector<Phrase> subject_of(ReadStatement const& statement);

/// The claims of a registry that have no cues, their statements read once. Registry and lexicon must outlive this.
class StatementClaims {
public:
    StatementClaims(ClaimRegistry const& registry, Lexicon const& lexicon);

    [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
    /// The statement of a claim by its number; nullptr: it has cues, or too little to go on.
    [[nodiscard]] ReadStatement const* find(std::uint32_t claim) const noexcept;
    /// Of a claim that find() knows.
    [[nodiscard]] StatementGate const& gate_of(std::uint32_t claim) const noexcept { return entry_of(claim)->gate; }
    [[nodiscard]] ClaimRegistry const& registry() const noexcept { return registry_; }

private:
    ClaimRegistry const& registry_;
    struct Entry {
        std::uint32_t claim;
        ReadStatement statement;
        StatementGate gate;  ///< refers to the statement's parts
    };
    Entry const* entry_of(std::uint32_t claim) const noexcept;

    std::vector<Entry> entries_;  ///< by claim
};

/// One per analysis, like StanceReader. A sentence is judged where it is about the claim's subject, names the object of the
/// statement (StatementGate), and says what happens to it or holds half of what the statement says. Only what a side can be taken for is counted: a sentence that
/// asks, supposes or recommends is neutral, and so is one whose verdict is too close to call.
class StatementReader {
public:
    StatementReader(StatementClaims const& claims, ArticleView& view, SubjectResolver& subjects)
        : claims_(claims), view_(view), subjects_(subjects) {}

    void read(std::size_t sentence, bool keep_decisions, ArticleEvidence& evidence);

private:
    struct Found {
        std::uint32_t claim = 0, word = 0;
        PhraseMatch match;
    };
    struct Reading;

    std::vector<Found> terms_in(std::size_t sentence) const;
    struct Core {
        PhraseMatch match;
        bool holds_enough = false;  ///< at least half of the statement's weight is there
    };
    std::optional<Core> core_of(ReadStatement const& statement, std::span<Found const> found) const;
    void judge(std::uint32_t claim, ReadStatement const& statement, PhraseMatch const& core, std::size_t sentence,
               Reading& reading);
    bool speaks_of(std::uint32_t claim, Reading& reading, bool holds_enough, std::size_t sentence) const;
    static std::optional<PhraseMatch> match_of_object(Reading const& reading, std::span<Found const> found);
    void apply_rules(std::uint32_t claim, Reading& reading) const;
    static void turn_rebutted(Reading& reading);
    bool takes_no_side(Reading& reading, PhraseMatch const& core, std::size_t sentence);
    bool set_condition(Reading& reading, Claim const& claim, std::size_t sentence);
    EvidenceItem item_of(Reading const& reading, Claim const& claim, std::size_t sentence) const;
    Decision decision_of(Reading const& reading, Claim const& claim, PhraseMatch const& core, std::size_t sentence);

    StatementClaims const& claims_;
    ArticleView& view_;
    SubjectResolver& subjects_;
};

}  // namespace dossier
