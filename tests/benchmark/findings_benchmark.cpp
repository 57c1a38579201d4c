// Where the time of summing up goes: articles that were read already, with what each says on some of the claims.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "dossier/findings/summarise.hpp"

namespace {

using namespace dossier;

ClaimRegistry registry_of(std::size_t n_claims) {
    ClaimRegistry registry;
    registry.conditions.emplace_back().id = "misuse";
    for (std::size_t i = 0; i < n_claims; ++i) {
        auto& claim = registry.claims.emplace_back();
        claim.id = "c" + std::to_string(i);
        claim.conditions = {"misuse"};
    }
    return registry;
}

Article article_of(std::size_t number) {
    Article article;
    article.id = "article-" + std::to_string(1000000 + number);
    article.path = article.id;
    article.publisher.value = "House " + std::to_string(number % 5000);
    article.study_design.value = number % 3 == 0 ? "cohort study" : "";
    article.conflict_of_interest.value = number % 11 == 0 ? "paid by a maker" : "";
    article.risk_of_bias.value = number % 4 == 0 ? "low" : number % 4 == 1 ? "high" : "";
    article.weight = number % 5 == 0 ? 0.5 : 1.0;
    if (number % 20 == 0) article.rests_on.value = "study " + std::to_string(number / 60);  // clusters of three
    return article;
}

/// Speaks on five claims; on one of them both ways.
ArticleEvidence evidence_of(Article const& article, std::size_t number, std::size_t n_claims) {
    ArticleEvidence evidence;
    evidence.article_id = article.id;
    std::vector<std::size_t> claims;
    for (std::size_t k = 0; k < 5; ++k)
        claims.push_back((number * 7 + k * n_claims / 5) % n_claims);
    std::sort(claims.begin(), claims.end());
    for (auto const claim : claims)
        for (std::size_t quote = 0; quote < (claim % 5 == 0 ? 3u : 1u); ++quote) {
            auto& item = evidence.items.emplace_back();
            item.claim_id = "c" + std::to_string(claim);
            item.article_id = article.id;
            item.direction = (number + quote) % 3 == 0 ? Direction::refutes : Direction::supports;
            item.condition_id = number % 4 == 0 ? "misuse" : "";
            item.quote = "Sentence " + std::to_string(quote);
            item.sentence = quote;
        }
    return evidence;
}

void finish(benchmark::State& state) {
    auto const n_articles = static_cast<std::size_t>(state.range(0)), n_claims = std::size_t{100};
    auto const registry = registry_of(n_claims);
    for (auto _ : state) {
        state.PauseTiming();
        {
            Summing summing(registry);
            for (std::size_t i = 0; i < n_articles; ++i) {
                auto const article = article_of(i);
                summing.add(article, evidence_of(article, i, n_claims));
            }
            state.ResumeTiming();
            benchmark::DoNotOptimize(summing.finish());
            state.PauseTiming();
        }
        state.ResumeTiming();
    }
}
BENCHMARK(finish)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void add(benchmark::State& state) {
    auto const n_claims = std::size_t{100};
    auto const registry = registry_of(n_claims);
    std::vector<Article> articles;
    std::vector<ArticleEvidence> evidence;
    for (std::size_t i = 0; i < 20'000; ++i) {
        articles.push_back(article_of(i));
        evidence.push_back(evidence_of(articles.back(), i, n_claims));
    }
    for (auto _ : state) {
        Summing summing(registry);
        for (std::size_t i = 0; i < articles.size(); ++i)
            benchmark::DoNotOptimize(summing.add(articles[i], evidence[i]));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(articles.size()));
}
BENCHMARK(add)->Unit(benchmark::kMillisecond);

}  // namespace
