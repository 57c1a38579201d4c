// Causes of a reading: why an engine may read an article otherwise on a claim.
#include <string_view>

#include "dossier/model/evidence.hpp"
#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using Cause = ChangeCause;

bool is_of_a_plugin(std::string_view decider) noexcept {
    return decider.starts_with("engine:") && decider != decided_by_statement_model;
}

bool is_handed_over(ClaimFacts const& claim) {
    return claim.decider_changed && (is_of_a_plugin(claim.decider_before) || is_of_a_plugin(claim.decider_after));
}

}  // namespace

ChangeCauses ReadingCauses::of(std::string const& claim_id, std::string const& article_id,
                               std::string const& decider) const {
    auto const& article = files_.article(article_id);
    auto const claim = claims_.of(claim_id);
    ChangeCauses causes;
    causes.add_if(!article.before.is_there, Cause::article_new).add_if(!article.after.is_there, Cause::article_gone);
    causes.add_if(claim.is_new, Cause::claim_new).add_if(claim.is_gone, Cause::claim_gone);
    if (!causes.empty()) return causes;
    causes.add_if(article.before.status != article.after.status, Cause::article_readability);
    causes.add_if(article.has_other_text(), Cause::article_text);
    causes.add_if(claim.definition_changed, Cause::claim_definition);
    causes.add_if(!claim.definition_changed && inputs_.definitions, Cause::registry);
    causes.add_if(is_handed_over(claim), Cause::decider);
    for (auto const& one : {claim.decider_before, claim.decider_after})
        add_causes_of_decider(one.empty() ? decider : one, causes);
    causes.add_if(inputs_.tool, Cause::tool_version);
    return causes.add_if(causes.empty() && inputs_.job, Cause::job);
}

void ReadingCauses::add_causes_of_decider(std::string const& decider, ChangeCauses& causes) const {
    if (!is_of_a_plugin(decider)) {
        causes.add_if(inputs_.lexicon, Cause::lexicon);
        causes.add_if(inputs_.statement_model && decider != decided_by_rules, Cause::statement_model);
        return;
    }
    if (auto const found = inputs_.engines.find(decider); found != inputs_.engines.end())
        for (auto const cause : {Cause::plugin, Cause::options, Cause::job, Cause::input})
            causes.add_if(found->second.has(cause), cause);
    causes.add_if(inputs_.engine_failures, Cause::engine_failed);
}

}  // namespace dossier::comparison
