// Lexicon: the context rules of a language as data (config/lexicon/en.toml), after the NegEx/ConText method.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/evidence/phrase_index.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// What a rule's words do to what they govern. config/lexicon/en.toml explains each with examples.
enum class RuleKind : std::uint8_t {
    negation,        ///< denies
    pseudo,          ///< looks like another rule but changes nothing; hides the rules inside it
    contrast,        ///< ends every scope and starts a statement of its own
    terminator,      ///< ends a scope
    opener,          ///< opens a subordinate clause; at the start of a clause that one ends at the next comma
    after_comma,     ///< after a comma, starts a new clause
    hedge,           ///< uncertain, but keeps its direction
    historical,      ///< was so, need not be now
    hypothetical,    ///< imagined, not stated
    question,        ///< asked, not stated
    doubted,         ///< passed on without being vouched for
    recommendation,  ///< what ought to be done
    mitigation,      ///< names the outcome as something to lower or to avoid
    comparison,      ///< compares; decides nothing about the thing itself
    frame,           ///< what follows is named for comparison only and is not the subject
    degree_nil,      ///< so little that it denies
    degree_low,
    degree_high,
    reported,         ///< somebody else says so
    belief,           ///< held to be so, by people at large
    rebuttal,         ///< said to be wrong
    rebuts_previous,  ///< says that the belief reported just before is wrong
    study,            ///< rests on an investigation
    pronoun,          ///< stands for the subject
    generic,          ///< a noun that stands for the subject, its use or its users
    verb,             ///< finite verbs by which a subject is recognised
    raises,           ///< a risk goes up
    lowers,           ///< a risk goes down
    no_effect,        ///< a risk stays as it is
    comparator,       ///< how a number is meant; `value` is the comparator
    stopword,         ///< carries no content of its own
    partial,          ///< denies it of some only, which decides nothing
    proviso,          ///< opens a condition on which the main clause depends
    harm,             ///< a noun for any bad outcome
    experiencer,      ///< happened to somebody else; `value` is who: "relative", "other person", "animal"
    causal,           ///< says that one thing brings about another (causal_strength.hpp)
    association,      ///< says that two things go together
    modal,            ///< makes a causal statement conditional
    no_finding,       ///< advice, plan, aim or method: states no link
    change,           ///< a noun or verb by which something grows or shrinks; governs nothing
    origin,           ///< names what something comes from or rises with: a subject of its own
    answer            ///< answers the question before it; `value` is "yes" or "no"
};

inline constexpr std::size_t n_rule_kinds = static_cast<std::size_t>(RuleKind::answer) + 1;

[[nodiscard]] char const* name_of(RuleKind kind) noexcept;  ///< "negation", "degree_low", …

/// Which words of its clause a rule governs.
enum class RuleScope : std::uint8_t {
    none,      ///< only itself
    forward,   ///< from behind it to the end of the clause
    backward,  ///< from the start of the clause up to it
    both,
    inside,  ///< what lies in the gaps of its phrase
    segment  ///< from behind it over further clauses up to the next contrast
};

/// One group of phrases that act alike.
struct LexiconRule {
    std::string id;
    RuleKind kind = RuleKind::negation;
    RuleScope scope = RuleScope::none;
    std::size_t reach = 0;     ///< words at most; 0: no limit within the scope
    bool joined = false;       ///< only where a hyphen ties it to what it governs
    bool predicative = false;  ///< only where no noun follows: "the risk is low", not "low doses"
    bool behind_verb = false;  ///< only right behind a full verb: "helped none", not "none improved"
    bool until_verb = false;   ///< the scope ends before a finite verb: "without help it fails"
    bool until_same = false;   ///< the scope ends before the next hit of it or its like, unless "that" stands between
    double strength = 1.0;     ///< what is left of the strength of evidence, [0, 1]
    std::string value;         ///< what the kind needs to know: a comparator ("up to"), "by subject", "less"
    std::vector<Phrase> phrases;
    std::vector<PhrasePattern> patterns;        ///< of the phrases, read; one each
    std::vector<std::string> examples;          ///< [brackets] around words it must govern; none: it must be found
    std::vector<std::string> counter_examples;  ///< [brackets] around words it must not govern
};

/// Rules with their phrases indexed. Only read once built; copies share one set of them.
class Lexicon {
public:
    Lexicon() : Lexicon(std::vector<LexiconRule>()) {}
    explicit Lexicon(std::vector<LexiconRule> rules);

    [[nodiscard]] std::vector<LexiconRule> const& rules() const noexcept { return data_->rules; }
    [[nodiscard]] PhraseIndex const& index() const noexcept { return data_->index; }
    /// The rule to which phrase number `phrase` of the index belongs.
    [[nodiscard]] LexiconRule const& rule_of(std::uint32_t phrase) const noexcept {
        return data_->rules[data_->owners[phrase]];
    }

    /// All of it as bytes, with an index that is as small as it can be.
    [[nodiscard]] std::string encode() const;
    /// What encode() made, and nothing else: whoever keeps the bytes is trusted. none: they end too soon or too late.
    [[nodiscard]] static std::optional<Lexicon> decode(std::string_view bytes);

private:
    struct Data {
        std::vector<LexiconRule> rules;
        PhraseIndex index;
        std::vector<std::uint32_t> owners;  ///< by phrase: the number of its rule
    };
    std::shared_ptr<Data const> data_;
};

/// Reads a lexicon file. Mistakes in it are diagnostics (DOS0410 to DOS0413), all at once; rules without one are kept.
/// @throws Failure (io) when the file cannot be read
[[nodiscard]] Lexicon load_lexicon(std::string const& path, Diagnostics& diagnostics);

/// The same for text in memory; `name` is what diagnostics call it.
[[nodiscard]] Lexicon read_lexicon(std::string_view text, std::string const& name, Diagnostics& diagnostics);

/// config/lexicon/en.toml as it was when this program was built, read then (compile_lexicon).
[[nodiscard]] Lexicon const& built_in_lexicon();

/// The same for who needs its four megabytes only for a while.
[[nodiscard]] Lexicon make_built_in_lexicon();

/// SHA-256 of that file: part of what decides a run's results.
[[nodiscard]] std::string built_in_lexicon_sha256();

}  // namespace dossier
