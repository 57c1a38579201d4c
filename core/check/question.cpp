#include "question.hpp"

#include <cmath>
#include <deque>

#include "document_generator.hpp"
#include "dossier/plugin/abi_text.hpp"
#include "dossier/plugin/utf8.hpp"

namespace dossier::check {
namespace {

constexpr std::size_t longest_reason = 1000;

dossier_text as_text(std::string_view text) noexcept {
    return {text.data(), text.size()};
}

/// A question with all that it points to.
class Question {
public:
    explicit Question(QuestionKind kind) {
        claim_.size = sizeof claim_;
        claim_.claim_id = as_text("causes");
        claim_.statement =
            as_text(kind == QuestionKind::other ? "Tea makes people tired." : "Evening coffee causes insomnia.");
        claim_.outcome = as_text("insomnia");
        claim_.about = &about_, claim_.n_about = 1;
        question_.size = sizeof question_;
        question_.claim = &claim_;
        question_.article_id = as_text("a"), question_.title = as_text("Coffee and sleep"),
        question_.language = as_text("en");
        fill(kind);
        question_.sentences = sentences_.empty() ? nullptr : sentences_.data();
        question_.n_sentences = sentences_.size();
    }
    Question(Question const&) = delete;
    Question& operator=(Question const&) = delete;
    [[nodiscard]] dossier_question const& table() const noexcept { return question_; }

private:
    void fill(QuestionKind kind) {
        if (kind == QuestionKind::empty) return;
        if (kind == QuestionKind::hostile) {
            claim_.statement = as_text(hostile_texts()[0]);
            for (auto const& text : hostile_texts())
                add(text, DOSSIER_ROLE_STATEMENT);
            add("", DOSSIER_ROLE_STATEMENT);
            question_.title = {}, question_.language = {}, claim_.outcome = {}, claim_.about = nullptr,
            claim_.n_about = 0;
            return;
        }
        auto const n_rounds = kind == QuestionKind::many ? 625 : 1;
        for (int i = 0; i < n_rounds; ++i) {
            add("Evening coffee causes insomnia", DOSSIER_ROLE_TITLE);
            add("What coffee does", DOSSIER_ROLE_HEADING);
            add("Evening coffee causes insomnia in many people.", DOSSIER_ROLE_STATEMENT);
            add("Evening coffee does not cause insomnia, says a second study.", DOSSIER_ROLE_LIST_ITEM);
            add("\"Coffee causes insomnia\", the minister said.", DOSSIER_ROLE_QUOTATION);
            add("Does evening coffee cause insomnia?", DOSSIER_ROLE_QUESTION);
            add("Coffee causes insomnia: figure 1", DOSSIER_ROLE_OTHER);
            add("The weather was fine.", DOSSIER_ROLE_STATEMENT);
        }
    }
    void add(std::string const& text, std::uint32_t role) {
        sentences_.push_back(
            {sizeof(dossier_sentence), as_text(texts_.emplace_back(text)), as_text("What coffee does"), role, 0});
    }

    std::deque<std::string> texts_;
    std::vector<dossier_sentence> sentences_;
    dossier_text about_ = as_text("coffee");
    dossier_claim claim_{};
    dossier_question question_{};
};

class Taker {
public:
    Taker(dossier_question const& question, std::uint64_t refused_from, Answer& answer)
        : question_(question), judged_(question.n_sentences, false), refused_from_(refused_from), answer_(answer) {}
    [[nodiscard]] dossier_judgements table() { return {sizeof(dossier_judgements), this, &take}; }

private:
    static dossier_status take(void* self, dossier_judgement const* judgement) {
        if (judgement == nullptr) return DOSSIER_BAD_ARGUMENT;
        return static_cast<Taker*>(self)->take(*judgement);
    }
    dossier_status take(dossier_judgement const& judgement) {
        if (refused_) ++answer_.n_after_refusal;
        refused_ = refused_ || ++answer_.n_judgements == refused_from_;
        if (refused_) return DOSSIER_CANCELLED;
        if (auto wrong = trouble_with(judgement); !wrong.empty()) {
            if (answer_.broken.empty()) answer_.broken = std::move(wrong);
            return DOSSIER_BAD_ARGUMENT;
        }
        judged_[judgement.sentence] = true;
        answer_.text += std::to_string(judgement.sentence) + ' ' + std::to_string(judgement.direction) + ' ' +
                        std::to_string(judgement.hedged) + ' ' + std::to_string(judgement.strength) + ' ' +
                        std::to_string(judgement.confidence) + ' ' + std::string(view(judgement.reason)) + '\n';
        return DOSSIER_OK;
    }
    [[nodiscard]] std::string trouble_with(dossier_judgement const& said) const {
        auto const in_unit = [](double value) { return value >= 0.0 && value <= 1.0; };
        auto const sentence = "it judged sentence " + std::to_string(said.sentence);
        if (said.size < sizeof said) return "a judgement's size is smaller than sizeof(dossier_judgement)";
        if (said.sentence >= judged_.size())
            return sentence + " of " + std::to_string(judged_.size()) + "; sentences are numbered from 0";
        if (question_.sentences[said.sentence].role > DOSSIER_ROLE_QUOTATION)
            return sentence +
                   ", whose role is not one that may be judged; those are statements, list items and quotations";
        if (judged_[said.sentence]) return sentence + " twice; there is at most one judgement for each";
        if (said.direction < -1 || said.direction > 1) return sentence + " with a direction other than 1, 0 and -1";
        if (!in_unit(said.strength)) return sentence + " with a strength outside of 0 to 1";
        if (!std::isnan(said.confidence) && !in_unit(said.confidence))
            return sentence + " with a confidence outside of 0 to 1; NaN says that it is not calibrated";
        auto const reason = view(said.reason);
        if (reason.empty()) return sentence + " without a reason; `dossier explain` shows it";
        if (reason.size() > longest_reason || !is_utf8(reason))
            return sentence + " with a reason that is not UTF-8 of at most 1,000 bytes";
        return {};
    }

    dossier_question const& question_;
    std::vector<bool> judged_;
    std::uint64_t refused_from_;
    Answer& answer_;
    bool refused_ = false;
};

}  // namespace

Answer ask(dossier_component const& engine, void* instance, CheckHost const& host, QuestionKind kind,
           std::uint64_t refused_from) {
    Question const question(kind);
    Answer answer;
    Taker taker(question.table(), refused_from, answer);
    auto const judgements = taker.table();
    answer.status = engine.judge(instance, host.table(), &question.table(), &judgements);
    answer.failure = host.failure(answer.status);
    return answer;
}

}  // namespace dossier::check
