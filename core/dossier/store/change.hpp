// Change: one difference between two analyses, of a named kind, with its cause.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

/// Named kinds, in the order in which changes come: what decides first, what it came to last.
enum class ChangeKind {
    schema_changed,  ///< the files are of different versions; compared is what both have
    tool_changed,
    lexicon_changed,
    statement_model_changed,
    registry_changed,  ///< its files; aspect "definitions" if what they say changed too, "files" if only how
    annotations_changed,
    job_changed,
    engine_changed,  ///< a plugin that decides claims
    plugin_changed,  ///< one that writes reports or formats
    claim_new,
    claim_gone,
    claim_changed,
    judgement_changed,  ///< a person's, of the certainty
    override_new,
    override_gone,
    override_changed,
    article_new,
    article_gone,
    article_changed,  ///< aspect "text", or the value that is another
    article_retracted,
    article_reinstated,  ///< no longer marked as retracted
    article_unreadable,
    article_readable,
    stance_new,  ///< the article takes a side now
    stance_lost,
    stance_flipped,
    factor_new,  ///< some article names the risk factor now
    factor_lost,
    factor_changed,  ///< its direction
    verdict_changed  ///< aspect: direction, agreement, certainty or coverage
};

/// What the stored digests show to be another, and what may thus be why. A change has every cause that cannot be told from
/// the others.
enum class ChangeCause {
    input,        ///< the thing itself is what was given to the run: a file, the registry, the job
    article_new,  ///< the article was not part of the run before
    article_gone,
    article_text,
    article_readability,
    article_metadata,  ///< what is known of articles: design, interests, risk of bias, …
    declared,          ///< what people declare of the article
    claim_new,
    claim_gone,
    claim_definition,
    factor_definition,
    registry,  ///< something else in the registry
    override_by_person,
    judgement,
    decider,  ///< the claim is decided by another engine
    plugin,   ///< the file of a plugin
    options,  ///< the options of a plugin
    engine_failed,
    lexicon,
    statement_model,
    tool_version,
    job,
    stances,        ///< of articles, which are changes themselves
    sources,        ///< articles count as other independent sources
    silent_sources  ///< more or fewer sources say nothing, or take no side
};

/// A set of causes.
class ChangeCauses {
public:
    ChangeCauses& add(ChangeCause cause) noexcept {
        bits_ |= bit(cause);
        return *this;
    }
    ChangeCauses& add(ChangeCauses others) noexcept {
        bits_ |= others.bits_;
        return *this;
    }
    ChangeCauses& add_if(bool condition, ChangeCause cause) noexcept { return condition ? add(cause) : *this; }
    [[nodiscard]] bool has(ChangeCause cause) const noexcept { return (bits_ & bit(cause)) != 0; }
    [[nodiscard]] bool empty() const noexcept { return bits_ == 0; }
    /// "article_text,lexicon": in the order above.
    [[nodiscard]] std::string words() const;
    /// "the article's text changed; the lexicon changed". Empty: not known.
    [[nodiscard]] std::string sentence() const;

private:
    static std::uint32_t bit(ChangeCause cause) noexcept { return std::uint32_t{1} << static_cast<unsigned>(cause); }
    std::uint32_t bits_ = 0;
};

struct Change {
    ChangeKind kind = ChangeKind::tool_changed;
    std::string claim_id, article_id, factor_id;  ///< what it is about; empty: not about one
    std::optional<std::string> condition_id;      ///< of a stance or verdict; "": overall
    std::string aspect;                           ///< what of it changed; empty: all of it
    std::optional<std::string> before, after;     ///< absent: it was not there, it is gone
    std::string quote_before, quote_after;        ///< of stances: what bore them out; empty: nothing did
    ChangeCauses causes;                          ///< empty: not known
    std::string cause;                            ///< in words, with numbers where there are any; empty: not known
};

[[nodiscard]] std::string_view name_of(ChangeKind kind) noexcept;    ///< "stance_flipped"
[[nodiscard]] std::string_view name_of(ChangeCause cause) noexcept;  ///< "article_text"
/// All names of kinds and of causes, in their order.
[[nodiscard]] std::span<std::string_view const> change_kinds() noexcept;
[[nodiscard]] std::span<std::string_view const> change_causes() noexcept;

}  // namespace dossier
