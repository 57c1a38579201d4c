#include "dossier/claims/registry_schema.hpp"

#include "dossier/claims/certainty_judgement.hpp"

namespace dossier {
namespace {

using enum ConfigType;

ConfigTable const registry_head{
    .title = "[registry]",
    .doc = "What all claims share. May be left out.",
    .keys = {
        {.name = "title", .type = text, .doc = "What the registry is about, for people."},
        {.name = "language",
         .type = text,
         .fallback = R"("en")",
         .doc = "Language of phrases and articles.",
         .allowed = {"en"}},
        {.name = "about",
         .type = phrases,
         .doc = "Terms that name the subject; a sentence about something else decides nothing."},
        {.name = "others",
         .type = phrases,
         .doc = "Terms that name other subjects with which this one is compared or confused."},
        {.name = "outcome",
         .type = text,
         .doc = "What the claims are about happening, in a word or two; claims and risk factors inherit it."},
        {.name = "outcome_terms", .type = phrases, .doc = "Phrases that name the outcome in a sentence."},
        {.name = "extends",
         .type = paths,
         .doc = "Other registry files to read first, relative to this file; each is read once, and an id may be given "
                "once over all of them."},
    }};

ConfigTable const claim_examples{.title = "[claim.examples]",
                                 .doc = "Sentences that must come out as their list says; `dossier check` runs them.",
                                 .keys = {
                                     {.name = "supports", .type = texts, .doc = "Sentences that support the claim."},
                                     {.name = "refutes", .type = texts, .doc = "Sentences that refute it."},
                                     {.name = "silent", .type = texts, .doc = "Sentences that take no side on it."},
                                 }};

ConfigTable const claim_certainty{
    .title = "[[claim.certainty]]",
    .doc =
        "A person's judgement of how certain the body of evidence on the claim is. It stands in place of what the data "
        "suggest, which stays visible beside it. Of two judgements of the same, the later counts.",
    .keys = certainty_keys(false)};

ConfigTable const claim{
    .title = "[[claim]]",
    .doc =
        "One claim to be held against every article. `id` and `statement` are enough: without phrases of its own, "
        "the statement alone is judged (statement-only claims).",
    .keys = {
        {.name = "id",
         .type = identifier,
         .required = true,
         .doc = "Name of the claim in reports and references; lower-case letters, digits and hyphens; unique."},
        {.name = "statement", .type = text, .required = true, .doc = "The claim as one sentence."},
        {.name = "about",
         .type = phrases,
         .doc = "Terms that name the subject of this claim, in place of those of `[registry]`."},
        {.name = "outcome",
         .type = text,
         .doc = "What the claim is about happening, in place of that of `[registry]`."},
        {.name = "supports", .type = phrases, .doc = "Phrases that, asserted, support the claim."},
        {.name = "refutes", .type = phrases, .doc = "Phrases that, asserted, refute it."},
        {.name = "conditions",
         .type = references,
         .doc = "Ids of conditions under which the claim is also looked at on its own."},
        {.name = "only_under",
         .type = references,
         .doc = "Ids of conditions of which one must govern the clause, or it does not count."},
        {.name = "parent", .type = reference, .doc = "Id of the broader claim of which this one is a part."},
        {.name = "contrary_of", .type = reference, .doc = "Id of the claim that says the opposite."},
        {.name = "degree",
         .type = text,
         .fallback = R"("none")",
         .doc = "For a claim that something is low or high: asserting the other end refutes it.",
         .allowed = {"none", "low", "high"}},
        {.name = "weight",
         .type = number,
         .fallback = "1.0",
         .doc = "How much the claim matters beside the others.",
         .minimum = 0.0},
        {.name = "examples",
         .type = table,
         .doc = "Sentences that must come out as their list says.",
         .table = &claim_examples},
        {.name = "certainty",
         .type = tables,
         .doc = "People's judgements of the certainty of the evidence.",
         .table = &claim_certainty},
    }};

ConfigTable const condition{
    .title = "[[condition]]",
    .doc = "A circumstance under which a claim may hold or not: a dose, a setting, a group of people.",
    .keys = {
        {.name = "id",
         .type = identifier,
         .required = true,
         .doc = "Name of the condition in references; lower-case letters, digits and hyphens; unique."},
        {.name = "name", .type = text, .doc = "The condition as reports call it; the id, if left out."},
        {.name = "phrases", .type = phrases, .required = true, .doc = "Phrases that put a clause under the condition."},
    }};

ConfigTable const risk_factor{
    .title = "[[risk_factor]]",
    .doc = "Something that may make the outcome likelier or less likely.",
    .keys = {
        {.name = "id",
         .type = identifier,
         .required = true,
         .doc = "Name of the factor in the analysis; lower-case letters, digits and hyphens; unique."},
        {.name = "name", .type = text, .doc = "The factor as reports call it; the id, if left out."},
        {.name = "phrases", .type = phrases, .required = true, .doc = "Phrases that name the factor."},
        {.name = "outcome",
         .type = text,
         .doc = "What the factor makes likelier or less likely, in place of that of `[registry]`."},
        {.name = "usual_direction",
         .type = text,
         .fallback = R"("unclear")",
         .doc = "Which way it is taken to work where a sentence names it beside the outcome and does not say.",
         .allowed = {"raises", "lowers", "no_effect", "unclear"}},
    }};

ConfigTable const whole_file{
    .title = "a registry",
    .doc = "The claims that articles are held against, with their conditions and risk factors.",
    .keys = {
        {.name = "registry", .type = table, .doc = "What all claims share.", .table = &registry_head},
        {.name = "claim", .type = tables, .doc = "Claims.", .table = &claim},
        {.name = "condition",
         .type = tables,
         .doc = "Circumstances under which a claim may hold or not.",
         .table = &condition},
        {.name = "risk_factor",
         .type = tables,
         .doc = "What may make the outcome likelier or less likely.",
         .table = &risk_factor},
    }};

}  // namespace

ConfigTable const& registry_table() {
    return whole_file;
}

std::string registry_schema() {
    return json_schema(whole_file, "Dossier claim registry", "claims.toml");
}

std::string registry_reference() {
    return "# claims.toml\n\n" + markdown_reference(whole_file);
}

}  // namespace dossier
