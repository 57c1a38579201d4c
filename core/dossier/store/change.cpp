#include "dossier/store/change.hpp"

#include <array>
#include <cstddef>

namespace dossier {
namespace {

constexpr auto kind_names = std::to_array<std::string_view>({
    "schema_changed",     "tool_changed",        "lexicon_changed",  "statement_model_changed",
    "registry_changed",   "annotations_changed", "job_changed",      "engine_changed",
    "plugin_changed",     "claim_new",           "claim_gone",       "claim_changed",
    "judgement_changed",  "override_new",        "override_gone",    "override_changed",
    "article_new",        "article_gone",        "article_changed",  "article_retracted",
    "article_reinstated", "article_unreadable",  "article_readable", "stance_new",
    "stance_lost",        "stance_flipped",      "factor_new",       "factor_lost",
    "factor_changed",     "verdict_changed",
});
static_assert(kind_names.size() == static_cast<std::size_t>(ChangeKind::verdict_changed) + 1);

struct CauseText {
    std::string_view name, sentence;
};
constexpr auto cause_texts = std::to_array<CauseText>({
    {"input", "an input of the run changed"},
    {"article_new", "the article is new"},
    {"article_gone", "the article is gone"},
    {"article_text", "the article's text changed"},
    {"article_readability", "whether the article can be read changed"},
    {"article_metadata", "what is known of its articles changed"},
    {"declared", "what is declared of the article changed"},
    {"claim_new", "the claim is new"},
    {"claim_gone", "the claim is gone"},
    {"claim_definition", "the claim's definition changed"},
    {"factor_definition", "the risk factor's definition changed"},
    {"registry", "something else in the registry changed"},
    {"override_by_person", "a person's override"},
    {"judgement", "a person's judgement of the certainty"},
    {"decider", "another engine decides the claim"},
    {"plugin", "the plugin's file changed"},
    {"options", "the plugin's options changed"},
    {"engine_failed", "an engine failed in one of the runs"},
    {"lexicon", "the rules of the tool changed (lexicon)"},
    {"statement_model", "the rules of the tool changed (statement model)"},
    {"tool_version", "the version of the tool changed"},
    {"job", "the job file changed"},
    {"stances", "stances of articles changed"},
    {"sources", "articles count as other independent sources"},
    {"silent_sources", "more or fewer sources say nothing, or take no side"},
});
static_assert(cause_texts.size() == static_cast<std::size_t>(ChangeCause::silent_sources) + 1);

constexpr auto cause_names = [] {
    std::array<std::string_view, cause_texts.size()> names;
    for (std::size_t i = 0; i < names.size(); ++i)
        names[i] = cause_texts[i].name;
    return names;
}();

std::string joined(ChangeCauses const& causes, std::string_view separator, std::string_view CauseText::*part) {
    std::string text;
    for (std::size_t i = 0; i < cause_texts.size(); ++i)
        if (causes.has(static_cast<ChangeCause>(i)))
            text.append(text.empty() ? "" : separator).append(cause_texts[i].*part);
    return text;
}

}  // namespace

std::string ChangeCauses::words() const {
    return joined(*this, ",", &CauseText::name);
}

std::string ChangeCauses::sentence() const {
    return joined(*this, "; ", &CauseText::sentence);
}

std::string_view name_of(ChangeKind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(ChangeCause cause) noexcept {
    return cause_names[static_cast<std::size_t>(cause)];
}

std::span<std::string_view const> change_kinds() noexcept {
    return kind_names;
}

std::span<std::string_view const> change_causes() noexcept {
    return cause_names;
}

}  // namespace dossier
