// Statement gate: which sentences speak of a statement at all, and where the words plainly tell more than the model sees.
//
// A statement is parted into what it is about, its verb and its object ("back pain"; "addictive"). A sentence speaks of it
// only if it names the object too. Then general rules, each told back, may take a side away or turn it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/evidence/statement/features.hpp"
#include "dossier/evidence/statement/object_effect.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

/// A noun phrase, or the adjective of a predicate. Numbers are places in ReadStatement::Parts::words.
struct ObjectPhrase {
    std::size_t head = 0;
    std::vector<std::size_t> modifiers;  ///< one of them must stand beside the head; empty: none need
};

/// A share of a whole in percent: "more than half" is (50, 100].
struct ShareRange {
    double low = 0.0, high = 100.0;
};

/// Where a sentence names the object. Places among its words.
struct ObjectMention {
    std::size_t first = 0, head = 0, last = 0;
};

/// What a rule made of the model's verdict.
struct GateRuling {
    PassageStance stance = PassageStance::neutral;
    std::string reason;    ///< one clause
    std::size_t word = 0;  ///< the word of the sentence that decided
};

class StatementGate {
public:
    /// @param statement  as it is written, and read; the latter must outlive this (it may be moved)
    StatementGate(std::string_view text, ReadStatement const& statement);

    /// Any one of them suffices. Empty: not recognised, and nothing is asked for.
    [[nodiscard]] std::vector<ObjectPhrase> const& objects() const noexcept { return objects_; }
    [[nodiscard]] ObjectEffect effect() const noexcept { return effect_; }

    /// @return nullopt: the words do not name the object
    [[nodiscard]] std::optional<ObjectMention> mention_in(std::span<ReadWord const> words) const;
    /// Does a sentence that names the object say that anything happens to it, as the statement does?
    [[nodiscard]] bool states_effect(std::span<ReadWord const> words) const;
    /// The words may tell whether the statement holds: it is about no effect, or they tell of an effect, a link or a difference.
    [[nodiscard]] bool may_tell(std::span<ReadWord const> words) const;
    /// @return nullopt: the model's verdict stands
    [[nodiscard]] std::optional<GateRuling> rule_on(PassageStance verdict, ObjectMention const& object,
                                                    std::span<ReadWord const> words) const;

private:
    void part(std::string_view text);
    void add_objects(std::vector<std::size_t> const& places);
    bool is_named_by(std::size_t wanted, ReadWord const& word, bool as_modifier) const;
    std::optional<std::size_t> modifier_near(ObjectPhrase const& phrase, std::size_t head,
                                             std::span<ReadWord const> words) const;
    std::optional<ObjectMention> initials_in(ObjectPhrase const& phrase, std::span<ReadWord const> words) const;
    std::optional<GateRuling> rule_on_direction(PassageStance verdict, ObjectMention const& object,
                                                std::span<ReadWord const> words) const;
    std::optional<GateRuling> rule_on_adjective(PassageStance verdict, ObjectMention const& object,
                                                std::span<ReadWord const> words) const;
    std::optional<GateRuling> rule_on_same(PassageStance verdict, bool denied, std::size_t at,
                                           std::span<ReadWord const> words) const;
    int valence() const;

    ReadStatement::Parts const& statement_;
    std::vector<ObjectPhrase> objects_;
    ObjectEffect effect_ = ObjectEffect::none;
    bool is_denied_ = false, compares_ = false, object_is_adjective_ = false;
    std::optional<ShareRange> share_;
};

/// Places of words that the text tells: equal to tokenize(text) where the text is one sentence.
[[nodiscard]] std::vector<ReadWord> words_of(TextReading const& reading);

}  // namespace dossier
