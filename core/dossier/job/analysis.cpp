#include "dossier/job/analysis.hpp"

#include <iterator>
#include <span>
#include <utility>

#include "dossier/evidence/engine.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

std::string digest_of_inputs(Job const& job, std::vector<Article> const& articles) {
    Sha256 digest;
    auto const add = [&](std::string const& text) {
        digest.update(text);
        digest.update(std::string_view("\0", 1));
    };
    for (auto const& article : articles) {
        add(article.path);
        add(article.sha256);
    }
    for (auto const& source : job.declared) {
        for (auto const* value : {&source.path, &source.title, &source.author, &source.published, &source.publisher,
                                  &source.url, &source.study_design, &source.conflict_of_interest, &source.funding,
                                  &source.rests_on, &source.population, &source.press_release, &source.doi})
            add(*value);
        add(source.independent ? "independent" : "");
    }
    return digest.hex();
}

}  // namespace

JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                    AnalysisSettings const& settings) {
    JobAnalysis analysis;
    Engine const engine(registry, lexicon);
    auto const take = [&](std::vector<Article>& batch) {
        auto const first = analysis.evidence.size();
        analysis.evidence.resize(first + batch.size());
        auto const keeps = [&](Article const& article) {
            return settings.keep_decisions_of && settings.keep_decisions_of(article);
        };
        for_each_index(batch.size(), settings.n_threads, [&](std::size_t i) {
            analysis.evidence[first + i] = engine.analyse(batch[i], keeps(batch[i]));
        });
        if (settings.engines != nullptr)
            settings.engines->decide(batch, std::span(analysis.evidence).subspan(first),
                                     static_cast<bool>(settings.keep_decisions_of));
        for (auto& article : batch)
            if (!keeps(article)) std::vector<Sentence>().swap(article.sentences);
        analysis.articles.insert(analysis.articles.end(), std::make_move_iterator(batch.begin()),
                                 std::make_move_iterator(batch.end()));
    };
    read_articles(job, {settings.n_threads, settings.allow_unsandboxed}, take, analysis.diagnostics);
    analysis.refused = analysis.diagnostics.has_errors();
    if (analysis.refused) return analysis;
    if (settings.engines != nullptr) analysis.diagnostics.append(settings.engines->messages());

    warn_of_claims_without_cues(engine, registry, analysis.diagnostics);
    analysis.diagnostics.sort();
    analysis.findings = summarise(analysis.articles, registry, analysis.evidence);
    analysis.inputs_sha256 = digest_of_inputs(job, analysis.articles);
    return analysis;
}

}  // namespace dossier
