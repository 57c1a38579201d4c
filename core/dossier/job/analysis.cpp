#include "dossier/job/analysis.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/evidence/engine.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/article_keys.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/inputs_digest.hpp"
#include "dossier/job/known_article.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/store/article_cache.hpp"

namespace dossier {
namespace {

/// For each thread: what was read of these is still in its cache when it is analysed. Plugins, which are started anew for
/// each batch, get more at once.
constexpr std::size_t articles_in_cache = 32;

/// Thrown through the reading of articles: the cache may not be used after all.
struct CacheFails {};

/// What is read goes to the engines unless the cache knows what they say, and then on.
class StreamOfArticles {
public:
    StreamOfArticles(Engine const& engine, ArticleKeys const& keys, AnalysisSettings const& settings,
                     TakeAnalysed const& take)
        : engine_(engine), keys_(keys), settings_(settings), take_(take) {}

    /// @throws CacheFails
    void read(Job const& job, FoundArticles found, ReadingSettings const& reading, StreamedAnalysis& analysis) {
        std::optional<ArticleMemory> memory;
        if (may_use_cache())
            memory.emplace(ArticleMemory{*settings_.cache, keys_, [&](Article const& article) {
                                             return settings_.adjudication != nullptr &&
                                                    settings_.adjudication->concerns(article);
                                         }});
        read_or_recall_articles(
            job, std::move(found), reading, memory ? &*memory : nullptr,
            [&](std::vector<Article>& batch, std::vector<Recollection>& recollections) {
                analyse(batch, recollections);
            },
            analysis.diagnostics);
        analysis.n_articles = n_articles_;
        analysis.n_recalled = n_recalled_;
        analysis.checked = std::move(checked_);
    }

    [[nodiscard]] InputsDigest& digest() noexcept { return digest_; }

private:
    /// An engine that fails from the beginning leaves its claims open, whatever it once said.
    [[nodiscard]] bool may_use_cache() const {
        return settings_.cache != nullptr && (settings_.engines == nullptr || settings_.engines->all_work());
    }

    void analyse(std::vector<Article>& batch, std::vector<Recollection>& recollections) {
        std::vector<ArticleEvidence> evidence(batch.size());
        auto const n_open = std::count_if(recollections.begin(), recollections.end(),
                                          [](Recollection const& one) { return !one.evidence; });
        for_each_index(batch.size(), n_open > 1 ? settings_.n_threads : 1, [&](std::size_t i) {
            auto& known = recollections[i].evidence;
            evidence[i] = known ? std::move(*known) : engine_.analyse(batch[i], false);
        });
        bool const come_again = ask_plugins(batch, evidence, recollections);
        for (std::size_t i = 0; come_again && i < batch.size(); ++i)
            keep(batch[i], evidence[i], recollections[i]);
        if (settings_.adjudication != nullptr)
            for (std::size_t i = 0; i < batch.size(); ++i)
                settings_.adjudication->read(batch[i], evidence[i]);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            auto& article = batch[i];
            digest_.add(article.path, article.origin.bytes, article.sha256, recollections[i].context);
            if (recollections[i].checked != 0) {  // of a run that recalls nothing there is nothing to remember
                checked_.resize(n_articles_ + i);
                checked_.push_back(recollections[i].checked);
            }
            std::vector<Sentence>().swap(article.sentences);
        }
        n_articles_ += batch.size();
        take_(batch, evidence);
    }

    /// Asks the engines of plugins about the articles of which it is not known.
    /// @return whether they would say it again, and say nothing else
    bool ask_plugins(std::vector<Article>& batch, std::vector<ArticleEvidence>& evidence,
                     std::vector<Recollection> const& recollections) {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (!recollections[i].evidence) open.push_back(i);
        n_recalled_ += batch.size() - open.size();
        if (settings_.engines == nullptr) return true;
        auto& engines = *settings_.engines;
        auto const n_messages = engines.messages().items().size();
        if (open.size() == batch.size()) {
            engines.decide(batch, evidence, false);
        } else {
            std::vector<Article> asked;
            std::vector<ArticleEvidence> answers;
            for (auto const i : open) {
                asked.push_back(std::move(batch[i]));
                answers.push_back(std::move(evidence[i]));
            }
            engines.decide(asked, answers, false);
            for (std::size_t j = 0; j < open.size(); ++j) {
                batch[open[j]] = std::move(asked[j]);
                evidence[open[j]] = std::move(answers[j]);
            }
        }
        if (!engines.all_work() && n_recalled_ > 0) throw CacheFails();
        return engines.messages().items().size() == n_messages && engines.answers_are_all();
    }

    void keep(Article const& article, ArticleEvidence const& evidence, Recollection& recollection) {
        if (!recollection.key) return;
        append_evidence(recollection.reading, words_for_engines(article), evidence);
        settings_.cache->add(*recollection.key, recollection.reading);
        std::string().swap(recollection.reading);
    }

    Engine const& engine_;
    ArticleKeys const& keys_;
    AnalysisSettings const& settings_;
    TakeAnalysed const& take_;
    InputsDigest digest_;
    std::size_t n_articles_ = 0, n_recalled_ = 0;
    std::vector<std::uint64_t> checked_;  ///< StreamedAnalysis::checked; zeros at the end are left out
};

}  // namespace

StreamedAnalysis analyse_in_batches(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                    AnalysisSettings const& settings, TakeAnalysed const& take,
                                    std::optional<FoundArticles> found) {
    StreamedAnalysis analysis;
    auto const elsewhere =
        settings.engines != nullptr ? settings.engines->decided_claims() : std::vector<std::string>();
    Engine const engine(registry, lexicon);
    ArticleKeys const keys(
        job, registry, settings.engines != nullptr ? settings.engines->engines() : std::span<ResolvedEngine const>(),
        settings.allow_unsandboxed);
    ReadingSettings reading{settings.n_threads, settings.allow_unsandboxed};
    if (elsewhere.empty()) reading.batch = threads_meant_by(settings.n_threads) * articles_in_cache;
    StreamOfArticles articles(engine, keys, settings, take);
    try {
        articles.read(job, found ? std::move(*found) : find_articles(job), reading, analysis);
    } catch (CacheFails const&) {
        analysis = {};
        analysis.again_without_cache = true;
        return analysis;
    }
    analysis.refused = analysis.diagnostics.has_errors();
    if (analysis.refused) return analysis;
    if (settings.cache != nullptr) settings.cache->finish(text_of(keys.parts()));
    if (settings.engines != nullptr) analysis.diagnostics.append(settings.engines->messages());
    if (settings.adjudication != nullptr) analysis.diagnostics.append(settings.adjudication->messages());

    warn_of_claims_without_cues(engine, registry, elsewhere, analysis.diagnostics);
    check_examples(engine, registry, elsewhere, Severity::warning, analysis.diagnostics);
    analysis.diagnostics.sort();
    analysis.inputs_sha256 = articles.digest().finish(job);
    return analysis;
}

JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                    AnalysisSettings const& settings) {
    JobAnalysis analysis;
    auto const keep = [&](std::vector<Article>& articles, std::vector<ArticleEvidence>& evidence) {
        std::move(articles.begin(), articles.end(), std::back_inserter(analysis.articles));
        std::move(evidence.begin(), evidence.end(), std::back_inserter(analysis.evidence));
    };
    auto streamed = analyse_in_batches(job, registry, lexicon, settings, keep);
    analysis.diagnostics = std::move(streamed.diagnostics);
    analysis.refused = streamed.refused;
    if (analysis.refused) return analysis;
    analysis.inputs_sha256 = std::move(streamed.inputs_sha256);
    analysis.findings = summarise(analysis.articles, registry, analysis.evidence);
    return analysis;
}

}  // namespace dossier
