// Questions for engines, and what they answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check_host.hpp"
#include "dossier/plugin.h"

namespace dossier::check {

enum class QuestionKind {
    ordinary,  ///< sentences of every role, some of which bear on the claim
    other,     ///< another claim, another article
    empty,     ///< an article without sentences
    hostile,   ///< texts of many scripts, with NULs, very long words and nothing at all
    many       ///< 5,000 sentences
};

struct Answer {
    dossier_status status = DOSSIER_OK;
    std::optional<std::string> failure;
    std::string text;    ///< all judgements, to compare
    std::string broken;  ///< the first rule of judgements that was broken
    std::uint64_t n_judgements = 0, n_after_refusal = 0;
};

/// @param refused_from  this judgement and those after it are refused with DOSSIER_CANCELLED; 0: none
[[nodiscard]] Answer ask(dossier_component const& engine, void* instance, CheckHost const& host, QuestionKind kind,
                         std::uint64_t refused_from = 0);

}  // namespace dossier::check
