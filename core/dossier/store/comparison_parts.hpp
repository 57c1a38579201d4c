// Comparison parts: what is compared, part by part in the order of ChangeKind. Each hands its changes on, and leaves to those after it
// what they need to tell causes.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "dossier/store/change.hpp"
#include "dossier/store/compared_files.hpp"

namespace dossier::comparison {

using ClaimAndCondition = std::pair<std::string, std::string>;
/// Claim, article, condition.
using Question = std::tuple<std::string, std::string, std::string>;

/// Which of the things that the runs were given are others.
struct InputChanges {
    bool tool = false, lexicon = false, statement_model = false, job = false, annotations = false;
    bool definitions = false;  ///< of the registry; or, where that is not known, its files
    bool engine_failures = false;
    std::map<std::string, ChangeCauses> engines;  ///< by "engine:NAME"
};

struct ClaimFacts {
    bool is_new = false, is_gone = false, definition_changed = false, decider_changed = false;
    std::string decider_before, decider_after;  ///< empty: not known
};

struct ClaimChanges {
    std::map<std::string, ClaimFacts> claims;
    std::set<ClaimAndCondition> judged_otherwise;

    /// Of a claim that no file lists, nothing is known.
    [[nodiscard]] ClaimFacts of(std::string const& claim_id) const;
};

/// A stance that a person decided.
struct Override {
    std::string stance;
    std::string of_engine;  ///< what the engine had said
};

struct Overrides {
    std::map<Question, Override> before, after;
};

struct ArticleChanges {
    std::int64_t n_new = 0, n_gone = 0, n_unreadable = 0, n_readable = 0;

    [[nodiscard]] bool any() const noexcept { return n_new + n_gone + n_unreadable + n_readable > 0; }
};

/// What moved between the articles of one claim under one condition.
struct Moves {
    std::int64_t n_new = 0, n_lost = 0, n_flipped = 0;         ///< of articles that are there both times
    std::int64_t n_new_articles = 0, n_gone_articles = 0;      ///< that take a side
    std::int64_t n_other_sources = 0, n_other_appraisals = 0;  ///< whose stance stands
};
using MovesByVerdict = std::map<ClaimAndCondition, Moves>;

/// Why an engine may read an article otherwise on a claim.
class ReadingCauses {
public:
    /// All of them must outlive this.
    ReadingCauses(ComparedFiles& files, InputChanges const& inputs, ClaimChanges const& claims)
        : files_(files), inputs_(inputs), claims_(claims) {}

    /// @param decider  of the stance, for files that do not say who decides the claim
    [[nodiscard]] ChangeCauses of(std::string const& claim_id, std::string const& article_id,
                                  std::string const& decider) const;

private:
    void add_causes_of_decider(std::string const& decider, ChangeCauses& causes) const;

    ComparedFiles& files_;
    InputChanges const& inputs_;
    ClaimChanges const& claims_;
};

/// What the runs were given: programs and their rules, registry, annotations, job, plugins.
InputChanges compare_inputs(ComparedFiles& files);
/// Claims, and what people judged of their certainty.
ClaimChanges compare_claims(ComparedFiles& files, InputChanges const& inputs);
Overrides compare_overrides(ComparedFiles& files, InputChanges const& inputs, ReadingCauses const& reading);
ArticleChanges compare_articles(ComparedFiles& files, InputChanges const& inputs);
MovesByVerdict compare_stances(ComparedFiles& files, ClaimChanges const& claims, Overrides const& overrides,
                               ReadingCauses const& reading);
void compare_factors(ComparedFiles& files, InputChanges const& inputs);

/// What verdicts come from.
struct VerdictGrounds {
    InputChanges const& inputs;
    ClaimChanges const& claims;
    ArticleChanges const& articles;
    MovesByVerdict const& moves;
};
void compare_verdicts(ComparedFiles& files, VerdictGrounds const& grounds);

}  // namespace dossier::comparison
