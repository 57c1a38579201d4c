#include "dossier/job/adjudication.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "dossier/claims/config_document.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/stance_ratings.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

bool is_override(Annotation const& annotation) noexcept {
    return annotation.role == AnnotationRole::override_stance;
}

/// Whether it stands and falls with quotes that the engine found.
bool needs_engine(Annotation const& annotation) noexcept {
    return is_override(annotation) && is_informative(annotation.stance) && annotation.quote_sha256.empty();
}

constexpr std::size_t most_told = 20;  ///< messages of a kind

/// Suggestions for ids that are not known: for the first few only, since each is compared with all that are.
class Suggestions {
public:
    explicit Suggestions(ClaimRegistry const& registry) {
        for (auto const& claim : registry.claims)
            claim_ids_.push_back(claim.id);
    }
    std::string for_claim(std::string const& id) { return among(claim_ids_, id); }
    std::string among(std::vector<std::string> const& known, std::string const& id) {
        if (n_left_ == 0) return {};
        --n_left_;
        return did_you_mean(id, known);
    }

private:
    std::vector<std::string> claim_ids_;
    int n_left_ = 20;
};

/// Why claim and condition are no longer those that the annotation speaks of; empty: they are.
std::string trouble_with_question(Annotation const& annotation, ClaimRegistry const& registry,
                                  Suggestions& suggestions) {
    auto const* claim = registry.find_claim(annotation.claim_id);
    if (claim == nullptr)
        return "the registry has no claim " + in_quotes(annotation.claim_id) +
               suggestions.for_claim(annotation.claim_id);
    auto const& known = claim->conditions;
    if (!annotation.condition_id.empty() &&
        std::find(known.begin(), known.end(), annotation.condition_id) == known.end())
        return "the claim is not looked at under the condition " + in_quotes(annotation.condition_id) +
               suggestions.among(known, annotation.condition_id);
    if (!annotation.statement_sha256.empty() && annotation.statement_sha256 != sha256_hex(claim->statement))
        return "the statement of the claim has changed since";
    return {};
}

/// Whether the engine's own quotes bear a stance out.
bool bear_out(ArticleStance const& by_engine, Stance stance) noexcept {
    if (stance == Stance::supports) return by_engine.n_supporting > 0;
    if (stance == Stance::refutes) return by_engine.n_refuting > 0;
    return by_engine.n_supporting > 0 && by_engine.n_refuting > 0;
}

/// Which sides a quote is evidence for, in the hands of a person who decided a stance.
std::vector<Direction> sides_of(Stance stance) {
    switch (stance) {
        case Stance::supports: return {Direction::supports};
        case Stance::refutes: return {Direction::refutes};
        case Stance::mixed: return {Direction::supports, Direction::refutes};
        case Stance::neutral: return {Direction::neutral};
        case Stance::silent:
        case Stance::not_assessable: break;
    }
    return {};
}

/// Of a mixed stance a quote that the engine reads one way stays on that side.
std::vector<Direction> sides_of(Annotation const& annotation, Sentence const& sentence,
                                std::span<EvidenceItem const> items) {
    if (annotation.stance == Stance::mixed)
        for (auto const& item : items)
            if (item.claim_id == annotation.claim_id && item.condition_id == annotation.condition_id &&
                item.quote == sentence.text && item.direction != Direction::neutral)
                return {item.direction};
    return sides_of(annotation.stance);
}

std::vector<EvidenceItem> evidence_of(Annotation const& annotation, Article const& article, Sentence const& sentence,
                                      std::span<EvidenceItem const> items) {
    std::vector<EvidenceItem> evidence;
    for (auto const side : sides_of(annotation, sentence, items)) {
        auto& item = evidence.emplace_back();
        item.claim_id = annotation.claim_id;
        item.article_id = article.id;
        item.direction = side;
        item.decided_by = annotation.who;
        item.condition_id = annotation.condition_id;
        item.quote = sentence.text;
        item.bytes = sentence.bytes;
        item.line = sentence.line;
        item.page = sentence.page;
        item.sentence = static_cast<std::size_t>(&sentence - article.sentences.data());
        item.rule = "pointed at by " + annotation.who;
    }
    return evidence;
}

StanceRating rating_of(Annotation const& annotation) {
    return {annotation.who, annotation.claim_id, annotation.article_id, annotation.condition_id, annotation.stance};
}

/// Each person's reading of each question once: an independent rating rather than an override.
std::vector<DetectorRating> readings_of(std::vector<AnnotationOutcome> const& outcomes) {
    std::map<std::tuple<std::string, std::string, std::string, std::string>, DetectorRating> readings;
    for (bool const overrides : {true, false})
        for (auto const& [annotation, status, reason, detector] : outcomes)
            if (is_in_force(status) && detector && is_override(annotation) == overrides)
                readings.insert_or_assign(
                    {annotation.claim_id, annotation.article_id, annotation.condition_id, annotation.who},
                    DetectorRating{rating_of(annotation), *detector});
    std::vector<DetectorRating> list;
    for (auto& [question, reading] : readings)
        list.push_back(std::move(reading));
    return list;
}

}  // namespace

/// One article that people said something of. Sentences are hashed, and claims summed up, once each and only if asked for.
class Adjudication::Reading {
public:
    /// @param with  null: no engine was asked
    Reading(Article const& of, ArticleEvidence const* with, ClaimRegistry const& registry)
        : article(of), evidence(with), registry_(registry) {}

    /// The first sentence that may be quoted and has these words; null: there is none.
    [[nodiscard]] Sentence const* find_quote(std::string const& sha256) {
        if (sentences_.empty())
            for (auto const& sentence : article.sentences)
                if (may_be_quoted(sentence.role)) sentences_.try_emplace(sha256_hex(sentence.text), &sentence);
        auto const found = sentences_.find(sha256);
        return found == sentences_.end() ? nullptr : found->second;
    }

    /// What the engine says; null: it was not asked.
    [[nodiscard]] ArticleStance const* stance_by_engine(Annotation const& annotation) {
        auto const* claim = registry_.find_claim(annotation.claim_id);
        if (claim == nullptr || evidence == nullptr) return nullptr;
        auto const [rows, is_new] = stances_.try_emplace(claim->id);
        if (is_new) {
            auto const& undecided = evidence->undecided_claims;
            bool const is_decided = std::find(undecided.begin(), undecided.end(), claim->id) == undecided.end();
            rows->second = stances_on(article, *claim, evidence->items, is_decided);
        }
        for (auto const& row : rows->second)
            if (row.condition_id == annotation.condition_id) return &row;
        return nullptr;
    }

    Article const& article;
    ArticleEvidence const* evidence;

private:
    ClaimRegistry const& registry_;
    std::unordered_map<std::string, Sentence const*> sentences_;  ///< by the digest of their words
    std::map<std::string, std::vector<ArticleStance>> stances_;   ///< by claim
};

Adjudication::Adjudication(Annotations const& annotations, ClaimRegistry const& registry)
    : registry_(registry), lacks_quote_(annotations.items.size(), false), is_read_(annotations.items.size(), false) {
    Suggestions suggestions(registry);
    for (auto const& annotation : annotations.items) {
        named_[annotation.article_id].push_back(outcomes_.size());
        auto& outcome = outcomes_.emplace_back(AnnotationOutcome{annotation, AnnotationStatus::stale, {}, {}});
        outcome.reason = trouble_with_question(annotation, registry, suggestions);
        fits_registry_.push_back(outcome.reason.empty());
        if (outcome.reason.empty()) outcome.reason = "the job has no article " + in_quotes(annotation.article_id);
    }
}

Adjudication::Numbers Adjudication::numbers_on(Article const& article) const {
    Numbers numbers;
    for (auto const name : std::set<std::string_view>{article.id, article.path})
        if (auto const found = named_.find(name); found != named_.end())
            numbers.insert(numbers.end(), found->second.begin(), found->second.end());
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

void Adjudication::read(Article const& article, ArticleEvidence const& evidence) {
    Reading reading(article, &evidence, registry_);
    judge_all_on(reading);
}

void Adjudication::look_at(Article const& article) {
    Reading reading(article, nullptr, registry_);
    judge_all_on(reading);
}

void Adjudication::judge_all_on(Reading& reading) {
    using Question = std::tuple<std::string_view, std::string_view, std::string_view>;  // and of ratings the rater
    struct InForce {
        std::size_t first, last;
    };
    std::map<Question, InForce> in_force;
    auto const question_of = [](Annotation const& annotation) {
        return Question{is_override(annotation) ? std::string_view() : annotation.who, annotation.claim_id,
                        annotation.condition_id};
    };
    Numbers stale;
    for (auto const number : numbers_on(reading.article)) {
        if (is_read_[number]) continue;  // of another article, one's id and the other's path are alike
        is_read_[number] = true;
        judge(number, reading);
        auto const& annotation = outcomes_[number].annotation;
        if (!is_in_force(outcomes_[number].status)) {
            stale.push_back(number);
            continue;
        }
        if (reading.evidence == nullptr && needs_engine(annotation)) continue;  // nobody knows whether it is
        auto const& [question, known] = *in_force.try_emplace(question_of(annotation), InForce{number, number}).first;
        auto const& first = outcomes_[known.first].annotation;
        if (first.stance != annotation.stance) {
            contradicts_.emplace(number, known.first);
            set_stale(number, std::string("another ") + name_of(annotation.role) + " says " + name_of(first.stance));
            continue;
        }
        in_force.at(question).last = number;
        if (is_override(annotation) && reading.evidence != nullptr) add_override(number, reading);
    }
    for (auto const number : stale) {
        auto const renewed = in_force.find(question_of(outcomes_[number].annotation));
        if (renewed == in_force.end() || renewed->second.last < number) continue;
        outcomes_[number].status = AnnotationStatus::superseded;
        outcomes_[number].reason +=
            "; renewed in line " + std::to_string(outcomes_[renewed->second.last].annotation.place.line);
    }
}

std::vector<AnnotationOutcome> Adjudication::outcomes_on(Article const& article) const {
    std::vector<AnnotationOutcome> outcomes;
    for (auto const number : numbers_on(article))
        if (outcomes_[number].annotation.article_id == article.id) outcomes.push_back(outcomes_[number]);
    return outcomes;
}

void Adjudication::judge(std::size_t number, Reading& reading) {
    auto const& article = reading.article;
    auto& outcome = outcomes_[number];
    auto& annotation = outcome.annotation;
    annotation.article_id = article.id;
    auto const* by_engine = reading.stance_by_engine(annotation);
    if (by_engine != nullptr) outcome.detector = by_engine->stance;
    if (!fits_registry_[number]) return;  // stale, and the reason known, from the beginning
    if (!annotation.article_sha256.empty() && annotation.article_sha256 != article.sha256)
        return set_stale(number, "the article has changed since");
    auto const* quoted = annotation.quote_sha256.empty() ? nullptr : reading.find_quote(annotation.quote_sha256);
    if (!annotation.quote_sha256.empty() && quoted == nullptr)
        return set_stale(number, "its quote is not among the sentences of the article that may be quoted");
    if (is_override(annotation) && article.status != ArticleStatus::ok)
        return set_stale(number, "the article cannot be assessed: " + article.status_reason);
    if (needs_engine(annotation) && by_engine != nullptr && !bear_out(*by_engine, annotation.stance))
        return set_stale(number,
                         std::string("no quote bears out that the article ") +
                             (annotation.stance == Stance::mixed ? "says both" : name_of(annotation.stance)) +
                             (annotation.stance == Stance::mixed ? "" : " the claim"),
                         true);
    outcome.status = is_override(annotation) ? AnnotationStatus::applied : AnnotationStatus::compared;
    outcome.reason.clear();
}

/// Several overrides of one question say the same, each with a quote of its own.
void Adjudication::add_override(std::size_t number, Reading& reading) {
    auto const& annotation = outcomes_[number].annotation;
    auto const detector = outcomes_[number].detector;
    auto& of_article = overrides_[reading.article.id];
    auto same = std::find_if(of_article.begin(), of_article.end(), [&](StanceOverride const& known) {
        return known.claim_id == annotation.claim_id && known.condition_id == annotation.condition_id;
    });
    if (same == of_article.end())
        same = of_article.insert(same, StanceOverride{annotation.claim_id, annotation.condition_id, annotation.stance,
                                                      *detector, annotation.who, annotation.why});
    auto const* quoted = annotation.quote_sha256.empty() ? nullptr : reading.find_quote(annotation.quote_sha256);
    if (quoted == nullptr) return;
    for (auto& item : evidence_of(annotation, reading.article, *quoted, reading.evidence->items)) {
        item.decided_by = same->who;  // who decided the stance
        same->quotes.push_back(std::move(item));
    }
}

void Adjudication::set_stale(std::size_t number, std::string reason, bool lacks_quote) {
    outcomes_[number].status = AnnotationStatus::stale;
    outcomes_[number].reason = std::move(reason);
    lacks_quote_[number] = lacks_quote;
}

std::span<StanceOverride const> Adjudication::overrides_of(std::string const& article_id) const {
    auto const found = overrides_.find(article_id);
    return found == overrides_.end() ? std::span<StanceOverride const>() : found->second;
}

Diagnostics Adjudication::messages() const {
    Diagnostics messages;
    std::size_t n_stale = 0;
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
        auto const& [annotation, status, reason, detector] = outcomes_[i];
        if (status != AnnotationStatus::stale || contradicts_.contains(i) || ++n_stale > most_told) continue;
        auto const what =
            std::string(is_override(annotation) ? "the override" : "the rating") + " by " + annotation.who;
        auto diagnostic = diagnostic_at(Severity::warning, lacks_quote_[i] ? "DOS0256" : "DOS0255", annotation.place,
                                        what + (lacks_quote_[i] ? " is not applied: " : " is stale: ") + reason);
        diagnostic.notes.emplace_back(
            lacks_quote_[i] ? "name the sentence that it rests on: quote = \"…\", word for word as dossier text "
                              "--sentences shows it"
                            : "it is not applied; look at the article again, then renew it or take it out");
        messages.add(std::move(diagnostic));
    }
    if (n_stale > most_told)
        messages.add({Severity::warning,
                      "DOS0255",
                      {outcomes_.front().annotation.place.file},
                      std::to_string(n_stale - most_told) + " more annotations are not applied",
                      {},
                      {"the view `annotations` of analysis.sqlite and the report adjudication have them all"}});
    return messages;
}

Diagnostics Adjudication::contradictions() const {
    Diagnostics messages;
    for (auto const& [later, earlier] : contradicts_) {
        if (messages.items().size() == most_told) break;
        auto const& annotation = outcomes_[later].annotation;
        auto const& other = outcomes_[earlier].annotation;
        auto diagnostic =
            diagnostic_at(Severity::error, "DOS0250", annotation.place, words_for_contradiction(annotation, other));
        diagnostic.notes.push_back(words_for_other(other));
        messages.add(std::move(diagnostic));
    }
    return messages;
}

std::vector<RaterAgreement> Adjudication::agreement() const {
    std::vector<StanceRating> ratings;
    for (auto const& [annotation, status, reason, detector] : outcomes_)
        if (is_in_force(status) && !is_override(annotation)) ratings.push_back(rating_of(annotation));
    auto rows = agreement_between_raters(ratings);
    for (auto& row : agreement_of_detector_and_people(readings_of(outcomes_)))
        rows.push_back(std::move(row));
    return rows;
}

std::vector<ConfusionCount> Adjudication::confusion() const {
    return confusion_of_detector_and_people(readings_of(outcomes_));
}

}  // namespace dossier
