#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "exit_code.hpp"
#include "explain_articles.hpp"
#include "explanation.hpp"
#include "recompute.hpp"

namespace dossier {
namespace {

constexpr std::size_t most_ids_listed = 10;

/// What was meant when there is no such id: nothing to explain, and a hint.
int unknown(char const* what, std::string const& id, std::vector<std::string> const& ids) {
    auto const guess = nearest(id, ids);
    std::fprintf(stderr, "dossier: the job has no %s \"%s\"%s\n", what, id.c_str(),
                 guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    auto const n_listed = std::min(ids.size(), most_ids_listed);
    for (std::size_t i = 0; i < n_listed; ++i)
        std::fprintf(stderr, "  %s\n", ids[i].c_str());
    if (n_listed < ids.size()) std::fprintf(stderr, "  and %zu more\n", ids.size() - n_listed);
    return exit_usage;
}

std::vector<std::string> claim_ids(ClaimRegistry const& registry) {
    std::vector<std::string> ids;
    for (auto const& claim : registry.claims)
        ids.push_back(claim.id);
    return ids;
}

std::vector<std::string> article_ids(std::vector<Article> const& articles) {
    std::vector<std::string> ids;
    for (auto const& article : articles)
        ids.push_back(article.id);
    return ids;
}

/// Which articles are one source; with --article, that article's source.
int explain_articles(ExplainOptions const& options, LoadedJob const& loaded) {
    Diagnostics diagnostics;
    auto const catalogue = find_plugins_of(options.job, options);
    auto engines = engines_of(loaded, catalogue, options, diagnostics);
    AnalysisSettings settings;
    settings.n_threads = options.threads;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.engines = &engines;
    auto const analysis = analyse(*loaded.job, *loaded.registry, built_in_lexicon(), settings);
    diagnostics.append(analysis.diagnostics);
    diagnostics.append(engines.messages());
    print_messages(diagnostics, options);
    if (diagnostics.has_errors()) return exit_usage;
    ArticlesExplanation explanation{analysis.articles, analysis.findings.clusters, {}};
    if (!options.article.empty()) {
        auto const found = std::find_if(analysis.articles.begin(), analysis.articles.end(),
                                        [&](Article const& article) { return is_meant(article, options.article); });
        if (found == analysis.articles.end())
            return unknown("article", options.article, article_ids(analysis.articles));
        explanation.only = found->id;
    }
    print(options.json ? articles_as_json(explanation) : articles_as_text(explanation));
    return exit_done;
}

/// Explains batch after batch of articles; what was explained is let go of.
class Explainer {
public:
    Explainer(ExplainOptions const& options, ClaimRegistry const& registry, Annotations const& annotations,
              std::vector<Claim const*> claims, PluginEngines& engines)
        : options_(options),
          registry_(registry),
          adjudication_(annotations, registry),
          claims_(std::move(claims)),
          engines_(engines),
          engine_(registry, built_in_lexicon()) {}

    void take(std::vector<Article>& batch) {
        for (auto const& article : batch)
            ids_.push_back(article.id);
        std::erase_if(batch, [&](Article const& article) { return !is_meant(article, options_.article); });
        std::vector<ArticleEvidence> evidence(batch.size());
        for_each_index(batch.size(), options_.threads,
                       [&](std::size_t i) { evidence[i] = engine_.analyse(batch[i], true); });
        engines_.decide(batch, evidence, true);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            adjudication_.read(batch[i], evidence[i]);
            explain(batch[i], evidence[i]);
        }
        n_explained_ += batch.size();
    }

    /// What all explanations come to, where there are several.
    void finish() const {
        if (options_.json || overview_.size() < 2) return;
        print(overview_as_text(options_.claim.empty() ? "all claims" : "all articles", overview_));
    }

    void warn_of_claims_without_cues(Diagnostics& diagnostics) const {
        dossier::warn_of_claims_without_cues(engine_, registry_, engines_.decided_claims(), diagnostics);
    }
    [[nodiscard]] std::size_t n_explained() const noexcept { return n_explained_; }
    [[nodiscard]] std::vector<std::string> const& ids() const noexcept { return ids_; }

private:
    void explain(Article const& article, ArticleEvidence const& evidence) {
        auto stances = article_stances(article, evidence, registry_);
        for (auto& row : stances)
            if (auto const decider = deciders_.find(row.claim_id); decider != deciders_.end())
                row.decided_by = decider->second;
        auto const annotations = adjudication_.outcomes_on(article);
        for (auto const* claim : claims_) {
            Explanation explanation{*claim, article, evidence, {}, {}};
            std::copy_if(stances.begin(), stances.end(), std::back_inserter(explanation.stances),
                         [&](ArticleStance const& stance) { return stance.claim_id == claim->id; });
            std::copy_if(annotations.begin(), annotations.end(), std::back_inserter(explanation.annotations),
                         [&](AnnotationOutcome const& outcome) { return outcome.annotation.claim_id == claim->id; });
            show(explanation);
        }
    }

    /// Of many explanations for people those without anything to tell are in the overview only.
    void show(Explanation const& explanation) {
        note_stance(explanation);
        if (options_.json) return print(explain_as_json(explanation));
        bool const is_one_of_many = options_.claim.empty() || options_.article.empty();
        if (is_one_of_many && !has_decisions(explanation)) return;
        if (shown_) print("\n");
        print(explain_as_text(explanation));
        shown_ = true;
    }

    /// The overview has stances as they count.
    void note_stance(Explanation const& explanation) {
        if (explanation.stances.empty()) return;
        std::vector<ArticleStance> overall{explanation.stances.front()};
        apply_overrides(adjudication_.overrides_of(explanation.article.id), explanation.evidence.items, overall);
        overview_.push_back(
            {options_.claim.empty() ? explanation.claim.id : explanation.article.id, std::move(overall.front())});
    }

    ExplainOptions const& options_;
    ClaimRegistry const& registry_;
    Adjudication adjudication_;
    std::vector<Claim const*> claims_;
    PluginEngines& engines_;
    std::map<std::string, std::string> deciders_ = engines_.deciders();  ///< engines, by claim
    Engine engine_;
    std::vector<std::string> ids_;
    std::vector<ExplainedStance> overview_;
    std::size_t n_explained_ = 0;
    bool shown_ = false;
};

std::vector<Claim const*> wanted_claims(ExplainOptions const& options, ClaimRegistry const& registry) {
    std::vector<Claim const*> claims;
    for (auto const& claim : registry.claims)
        if (options.claim.empty() || claim.id == options.claim) claims.push_back(&claim);
    return claims;
}

int explain_stances(ExplainOptions const& options, LoadedJob const& loaded) {
    auto claims = wanted_claims(options, *loaded.registry);
    if (claims.empty()) return unknown("claim", options.claim, claim_ids(*loaded.registry));
    Diagnostics diagnostics;
    auto const catalogue = find_plugins_of(options.job, options);
    auto engines = engines_of(loaded, catalogue, options, diagnostics);
    if (diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    if (options.recompute) return recompute_stances(options, loaded, engines, std::move(diagnostics));
    Explainer explainer(options, *loaded.registry, loaded.annotations, std::move(claims), engines);
    read_articles(
        *loaded.job, {options.threads, options.allow_unsandboxed},
        [&](std::vector<Article>& batch) { explainer.take(batch); }, diagnostics);
    bool const readable = !diagnostics.has_errors();
    if (readable) explainer.warn_of_claims_without_cues(diagnostics);
    diagnostics.append(engines.messages());
    diagnostics.sort();
    print_messages(diagnostics, options);
    if (!readable) return exit_usage;
    if (explainer.n_explained() == 0) return unknown("article", options.article, explainer.ids());
    explainer.finish();
    return engines.messages().empty() ? exit_done : exit_plugin_failed;
}

}  // namespace

int explain_command(ExplainOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    if (!loaded.complete() || diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    return options.articles ? explain_articles(options, loaded) : explain_stances(options, loaded);
}

}  // namespace dossier
