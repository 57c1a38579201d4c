#include "dossier/job/analysis.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include "dossier/evidence/engine.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

/// JobAnalysis::inputs_sha256, article by article.
class InputsDigest {
public:
    void add(Article const& article) {
        add(article.path);
        add(article.sha256);
    }
    std::string finish(Job const& job) {
        for (auto const& source : job.declared) {
            for (auto const* value :
                 {&source.path, &source.title, &source.author, &source.published, &source.publisher, &source.url,
                  &source.study_design, &source.conflict_of_interest, &source.funding, &source.rests_on,
                  &source.population, &source.risk_of_bias, &source.press_release, &source.doi})
                add(*value);
            add(number_text(source.weight));
            add(source.independent ? "independent" : "");
        }
        return digest_.hex();
    }

private:
    /// The shortest text that reads back as this number.
    static std::string number_text(double number) {
        std::array<char, 32> buffer{};
        return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr};
    }
    void add(std::string_view text) {
        digest_.update(text);
        digest_.update(std::string_view("\0", 1));
    }
    Sha256 digest_;
};

/// For each thread: what was read of these is still in its cache when it is analysed. Plugins, which are started anew for
/// each batch, get more at once.
constexpr std::size_t articles_in_cache = 32;

}  // namespace

StreamedAnalysis analyse_in_batches(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                                    AnalysisSettings const& settings, TakeAnalysed const& take) {
    StreamedAnalysis analysis;
    InputsDigest digest;
    auto const elsewhere =
        settings.engines != nullptr ? settings.engines->decided_claims() : std::vector<std::string>();
    Engine const engine(registry, lexicon);
    auto const analyse_batch = [&](std::vector<Article>& batch) {
        std::vector<ArticleEvidence> evidence(batch.size());
        for_each_index(batch.size(), settings.n_threads,
                       [&](std::size_t i) { evidence[i] = engine.analyse(batch[i], false); });
        if (settings.engines != nullptr) settings.engines->decide(batch, evidence, false);
        if (settings.adjudication != nullptr)
            for (std::size_t i = 0; i < batch.size(); ++i)
                settings.adjudication->read(batch[i], evidence[i]);
        for (auto& article : batch) {
            digest.add(article);
            std::vector<Sentence>().swap(article.sentences);
        }
        take(batch, evidence);
    };
    ReadingSettings reading{settings.n_threads, settings.allow_unsandboxed};
    if (elsewhere.empty()) reading.batch = threads_meant_by(settings.n_threads) * articles_in_cache;
    read_articles(job, reading, analyse_batch, analysis.diagnostics);
    analysis.refused = analysis.diagnostics.has_errors();
    if (analysis.refused) return analysis;
    if (settings.engines != nullptr) analysis.diagnostics.append(settings.engines->messages());
    if (settings.adjudication != nullptr) analysis.diagnostics.append(settings.adjudication->messages());

    warn_of_claims_without_cues(engine, registry, elsewhere, analysis.diagnostics);
    check_examples(engine, registry, elsewhere, Severity::warning, analysis.diagnostics);
    analysis.diagnostics.sort();
    analysis.inputs_sha256 = digest.finish(job);
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
