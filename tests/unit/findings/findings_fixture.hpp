// A registry, articles and quotes in one line each, for the tests of findings.
#pragma once

#include <string>
#include <utility>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/model/text_sketch.hpp"

namespace dossier::test {

/// Two claims, "addictive" (looked at under two conditions) and "tolerance", and two risk factors.
inline ClaimRegistry registry() {
    ClaimRegistry result;
    result.outcome = "addiction";
    Claim addictive;
    addictive.id = "addictive";
    addictive.statement = "It is addictive.";
    addictive.conditions = {"supervised", "misuse"};
    Claim tolerance;
    tolerance.id = "tolerance";
    tolerance.statement = "Repeated use builds tolerance.";
    result.claims = {addictive, tolerance};
    Condition supervised, misuse;
    supervised.id = "supervised", supervised.name = "under medical supervision";
    misuse.id = "misuse", misuse.name = "with misuse";
    result.conditions = {supervised, misuse};
    RiskFactor dose, screening;
    dose.id = "high-dose", dose.name = "high dose", dose.usual_direction = FactorDirection::raises;
    screening.id = "screening", screening.name = "screening of patients", screening.outcome = "relapse";
    result.risk_factors = {dose, screening};
    return result;
}

/// A readable article whose one sentence of main text names its own id.
inline Article article(std::string id) {
    Article result;
    result.path = "articles/" + id + ".txt";
    result.format = "text";
    result.encoding = "UTF-8";
    Sentence sentence;
    sentence.text = "Main text of " + id + ", long enough not to be mistaken for that of another article.";
    sentence.line = 1;
    result.sentences = {sentence};
    result.sketch = sketch_of(result.sentences);
    result.id = std::move(id);
    return result;
}

inline EvidenceItem quote(std::string article_id, std::string text, Direction direction, std::string condition_id = {},
                          std::string claim_id = "addictive") {
    EvidenceItem item;
    item.claim_id = std::move(claim_id);
    item.article_id = std::move(article_id);
    item.direction = direction;
    item.condition_id = std::move(condition_id);
    item.quote = std::move(text);
    item.bytes = {0, item.quote.size()};
    item.line = 1;
    item.rule = "cue 'addictive'";
    return item;
}

}  // namespace dossier::test
