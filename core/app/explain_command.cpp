#include <algorithm>
#include <cstdio>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/analysis.hpp"
#include "exit_code.hpp"
#include "explain_articles.hpp"
#include "explanation.hpp"

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

std::vector<ArticleStance const*> stances_of(Findings const& findings, Claim const& claim, Article const& article) {
    std::vector<ArticleStance const*> stances;
    for (auto const& stance : findings.stances)
        if (stance.claim_id == claim.id && stance.article_id == article.id) stances.push_back(&stance);
    return stances;
}

std::vector<std::string> claim_ids(ClaimRegistry const& registry) {
    std::vector<std::string> ids;
    for (auto const& claim : registry.claims)
        ids.push_back(claim.id);
    return ids;
}

bool is_meant(Article const& article, std::string const& wanted) {
    return wanted.empty() || article.id == wanted || article.path == wanted || article.path.ends_with("/" + wanted);
}

std::vector<std::string> article_ids(std::vector<Article> const& articles) {
    std::vector<std::string> ids;
    for (auto const& article : articles)
        ids.push_back(article.id);
    return ids;
}

/// Which articles are one source; with --article, that article's source.
int explain_articles(ExplainOptions const& options, LoadedJob const& loaded) {
    AnalysisSettings settings;
    settings.n_threads = options.threads;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    auto const analysis = analyse(*loaded.job, *loaded.registry, built_in_lexicon(), settings);
    print_messages(analysis.diagnostics, options);
    if (analysis.diagnostics.has_errors()) return exit_usage;
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

}  // namespace

int explain_command(ExplainOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    if (!loaded.complete() || diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    if (options.articles) return explain_articles(options, loaded);
    auto const* claim = loaded.registry->find_claim(options.claim);
    if (claim == nullptr) return unknown("claim", options.claim, claim_ids(*loaded.registry));

    auto const is_wanted = [&](Article const& article) { return is_meant(article, options.article); };
    AnalysisSettings settings;
    settings.n_threads = options.threads;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.keep_decisions_of = is_wanted;
    auto const analysis = analyse(*loaded.job, *loaded.registry, built_in_lexicon(), settings);
    print_messages(analysis.diagnostics, options);
    if (analysis.diagnostics.has_errors()) return exit_usage;
    bool found = false;
    for (std::size_t i = 0; i < analysis.articles.size(); ++i) {
        auto const& article = analysis.articles[i];
        if (!is_wanted(article)) continue;
        Explanation const explanation{*claim, article, analysis.evidence[i],
                                      stances_of(analysis.findings, *claim, article)};
        if (found && !options.json) print("\n");
        print(options.json ? explain_as_json(explanation) : explain_as_text(explanation));
        found = true;
    }
    return found ? exit_done : unknown("article", options.article, article_ids(analysis.articles));
}

}  // namespace dossier
