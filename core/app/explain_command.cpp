#include <algorithm>
#include <cstdio>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/analysis.hpp"
#include "exit_code.hpp"
#include "explanation.hpp"

namespace dossier {
namespace {

/// What was meant when there is no such id: nothing to explain, and a hint.
int unknown(char const* what, std::string const& id, std::vector<std::string> const& ids) {
    auto const guess = nearest(id, ids);
    std::fprintf(stderr, "dossier: the job has no %s \"%s\"%s\n", what, id.c_str(),
                 guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    for (auto const& known : ids)
        std::fprintf(stderr, "  %s\n", known.c_str());
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

}  // namespace

int explain_command(ExplainOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    if (!loaded.complete() || diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    auto const* claim = loaded.registry->find_claim(options.claim);
    if (claim == nullptr) return unknown("claim", options.claim, claim_ids(*loaded.registry));

    auto const analysis = analyse(*loaded.job, *loaded.registry, built_in_lexicon(),
                                  {.n_threads = options.threads, .keep_decisions = true});
    print_messages(analysis.diagnostics, options);
    if (analysis.diagnostics.has_errors()) return exit_usage;
    bool found = false;
    for (std::size_t i = 0; i < analysis.articles.size(); ++i) {
        auto const& article = analysis.articles[i];
        if (!is_meant(article, options.article)) continue;
        Explanation const explanation{*claim, article, analysis.evidence[i],
                                      stances_of(analysis.findings, *claim, article)};
        if (found && !options.json) print("\n");
        print(options.json ? explain_as_json(explanation) : explain_as_text(explanation));
        found = true;
    }
    if (found) return exit_done;
    std::vector<std::string> ids;
    for (auto const& article : analysis.articles)
        ids.push_back(article.id);
    return unknown("article", options.article, ids);
}

}  // namespace dossier
