#include "engine_run.hpp"

#include <cmath>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "dossier/plugin/abi_text.hpp"
#include "dossier/plugin/engine_frames.hpp"
#include "dossier/plugin/utf8.hpp"
#include "guarded_call.hpp"

namespace dossier::worker {
namespace {

dossier_text text_of(std::string_view text) {
    return {text.data(), text.size()};
}

std::vector<dossier_text> texts_of(std::vector<std::string> const& texts) {
    std::vector<dossier_text> views;
    for (auto const& text : texts)
        views.push_back(text_of(text));
    return views;
}

/// A claim in the shape of the ABI, with what it points to.
class AbiClaim {
public:
    explicit AbiClaim(EngineClaim&& claim)
        : claim_(std::move(claim)),
          about_(texts_of(claim_.about)),
          supports_(texts_of(claim_.supports)),
          refutes_(texts_of(claim_.refutes)) {
        table_.size = sizeof table_;
        table_.claim_id = text_of(claim_.claim_id), table_.statement = text_of(claim_.statement);
        table_.outcome = text_of(claim_.outcome);
        table_.about = about_.data(), table_.n_about = about_.size();
        table_.supports = supports_.data(), table_.n_supports = supports_.size();
        table_.refutes = refutes_.data(), table_.n_refutes = refutes_.size();
    }
    AbiClaim(AbiClaim const&) = delete;
    AbiClaim& operator=(AbiClaim const&) = delete;
    [[nodiscard]] dossier_claim const& table() const noexcept { return table_; }

private:
    EngineClaim claim_;
    std::vector<dossier_text> about_, supports_, refutes_;
    dossier_claim table_{};
};

/// Checks what the engine says about one article and one claim, and sends it off.
class JudgementTaker {
public:
    JudgementTaker(EngineArticle const& article, std::uint32_t number, FrameWriter& output)
        : article_(article), judged_(article.sentences.size(), false), output_(output) {
        judgement_.article = number;
    }
    void begin_claim(std::uint32_t claim) {
        judgement_.claim = claim;
        judged_.assign(judged_.size(), false);
    }
    [[nodiscard]] dossier_judgements table() noexcept { return {sizeof(dossier_judgements), this, &take}; }
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }

private:
    static dossier_status take(void* self, dossier_judgement const* judgement) {
        if (judgement == nullptr || judgement->size < sizeof *judgement) return DOSSIER_BAD_ARGUMENT;
        try {
            return static_cast<JudgementTaker*>(self)->take(*judgement);
        } catch (...) {
            return DOSSIER_FAILED;  // out of memory, which leaves its own trace
        }
    }
    dossier_status take(dossier_judgement const& said) {
        if (!problem_.empty()) return DOSSIER_BAD_ARGUMENT;
        problem_ = trouble_with(said);
        if (!problem_.empty()) return DOSSIER_BAD_ARGUMENT;
        judged_[said.sentence] = true;
        judgement_.sentence = static_cast<std::uint32_t>(said.sentence);
        judgement_.direction = said.direction;
        judgement_.hedged = said.hedged != 0;
        judgement_.strength = said.strength;
        judgement_.confidence = std::isnan(said.confidence) ? std::nullopt : std::optional<double>(said.confidence);
        judgement_.reason = view(said.reason);
        return output_.send(FrameKind::judgement, encode_judgement(judgement_)) ? DOSSIER_OK : DOSSIER_CANCELLED;
    }
    [[nodiscard]] std::string trouble_with(dossier_judgement const& said) const {
        auto const in_unit = [](double value) { return value >= 0.0 && value <= 1.0; };
        if (said.sentence >= judged_.size())
            return "it judged sentence " + std::to_string(said.sentence) + " of " + std::to_string(judged_.size());
        auto const sentence = "it judged sentence " + std::to_string(said.sentence);
        if (!may_be_judged(article_.sentences[said.sentence].role)) return sentence + ", which is never evidence";
        if (judged_[said.sentence]) return sentence + " twice";
        if (said.direction < -1 || said.direction > 1) return sentence + " with a direction other than 1, 0 and -1";
        if (!in_unit(said.strength)) return sentence + " with a strength outside of 0 to 1";
        if (!std::isnan(said.confidence) && !in_unit(said.confidence))
            return sentence + " with a confidence outside of 0 to 1";
        auto const reason = view(said.reason);
        if (reason.empty()) return sentence + " without a reason";
        if (reason.size() > max_reason_bytes || !is_utf8(reason))
            return sentence + " with a reason that is not UTF-8 of at most " + std::to_string(max_reason_bytes) +
                   " bytes";
        return {};
    }

    EngineArticle const& article_;
    std::vector<bool> judged_;
    FrameWriter& output_;
    EngineJudgement judgement_;
    std::string problem_;
};

/// One engine with the claims it is asked about.
class EngineRun {
public:
    EngineRun(dossier_component const& component, void* instance, PluginHost const& host, FrameWriter& output)
        : component_(component), instance_(instance), host_(host), output_(output) {}

    /// False: the frame is none of an engine's.
    bool take(Frame const& frame) {
        if (frame.kind == FrameKind::claim && n_articles_ == 0) {
            auto claim = decode_claim(frame.payload);
            if (claim) claims_.emplace_back(std::move(*claim));
            return claim.has_value();
        }
        if (frame.kind != FrameKind::article) return false;
        auto const article = decode_article(frame.payload);
        if (article) ask_about(*article);
        return article.has_value();
    }
    [[nodiscard]] std::optional<ErrorFrame> const& failure() const noexcept { return failure_; }

private:
    void ask_about(EngineArticle const& article) {
        std::vector<dossier_sentence> sentences;
        for (auto const& sentence : article.sentences)
            sentences.push_back(
                {sizeof(dossier_sentence), text_of(sentence.text), text_of(sentence.heading), sentence.role, 0});
        dossier_question question{};
        question.size = sizeof question;
        question.article_id = text_of(article.article_id), question.title = text_of(article.title);
        question.language = text_of(article.language);
        question.sentences = sentences.empty() ? nullptr : sentences.data();
        question.n_sentences = sentences.size();
        JudgementTaker taker(article, n_articles_++, output_);
        for (std::uint32_t i = 0; i < claims_.size() && !failure_; ++i) {
            question.claim = &claims_[i].table();
            taker.begin_claim(i);
            auto const judgements = taker.table();
            failure_ =
                guarded(host_, [&] { return component_.judge(instance_, &host_.table(), &question, &judgements); });
            if (!taker.problem().empty()) failure_ = ErrorFrame{WorkerError::component, taker.problem(), {}};
        }
    }

    dossier_component const& component_;
    void* instance_;
    PluginHost const& host_;
    FrameWriter& output_;
    std::deque<AbiClaim> claims_;
    std::uint32_t n_articles_ = 0;
    std::optional<ErrorFrame> failure_;
};

}  // namespace

std::optional<ErrorFrame> run_engine(dossier_component const& component, void* instance, PluginHost const& host,
                                     FrameSource& input, FrameWriter& output) {
    EngineRun run(component, instance, host, output);
    while (auto const frame = input.next()) {
        if (frame->kind == FrameKind::end) return std::nullopt;
        if (!run.take(*frame)) break;
        if (run.failure()) return run.failure();
    }
    return ErrorFrame{WorkerError::component, "the articles broke off", {}};
}

}  // namespace dossier::worker
