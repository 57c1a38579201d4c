// Where the time of the stance engine goes: words, phrases, context, whole articles. The texts are made up here, about 5 KB an
// article; every fifth sentence says something about a claim.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "dossier/evidence/context.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/quantities.hpp"
#include "support/regex_matcher.hpp"

namespace {

using namespace dossier;

constexpr std::size_t sentences_of_article = 60;
constexpr std::size_t cues_of_claim = 9;

/// "balnera", "balneri", …: words that no lexicon knows.
std::string made_word(std::size_t number) {
    static constexpr char const* syllables[] = {"bal", "ner", "tor", "vel", "sim", "pra", "dok", "lun", "gri", "mes"};
    std::string word;
    for (int i = 0; i < 4; ++i, number /= 10)
        word += syllables[number % 10];
    return word;
}

std::string subject_of(std::size_t claim) {
    return made_word(claim % 40);
}

std::string cue_of(std::size_t claim, std::size_t cue) {
    static constexpr char const* forms[] = {"of the",    "in the",     "near the",   "across the", "around the",
                                            "under the", "within the", "behind the", "above the"};
    return made_word(1000 + claim % 60) + " " + forms[cue % cues_of_claim] + " " + made_word(2000 + claim / 60);
}

ClaimRegistry registry_of(std::size_t n_claims) {
    ClaimRegistry registry;
    for (std::size_t i = 0; i < n_claims; ++i) {
        auto& claim = registry.claims.emplace_back();
        claim.id = "c" + std::to_string(i);
        claim.statement = subject_of(i) + " causes " + cue_of(i, 0);
        claim.about = {{subject_of(i), {}}};
        for (std::size_t cue = 0; cue < cues_of_claim; ++cue)
            claim.supports.push_back({cue_of(i, cue), {}});
    }
    return registry;
}

Article article_of(std::size_t n_claims, std::size_t number) {
    static constexpr char const* told[] = {" causes ", " does not cause ", " may lead to ", " is not linked to ",
                                           " has never been shown to cause "};
    static constexpr char const* around[] = {
        "Participants kept a diary, noting sleep, appetite and mood before each of the 12 appointments.",
        "Funding came from a public grant, with additional support from a foundation in the north.",
        "Its half-life is close to 3.3 hours, which makes evening dosing practical for most people.",
        "A spokesperson for the agency declined to comment on the timetable of the second phase."};
    Article article;
    article.id = "a" + std::to_string(number);
    for (std::size_t i = 0; i < sentences_of_article; ++i) {
        auto& sentence = article.sentences.emplace_back();
        auto const claim = (number * 7 + i) % n_claims;
        if (i % 5 == 0)
            sentence.text = "In this group " + subject_of(claim) + told[i / 5 % 5] + cue_of(claim, i / 5) + ".";
        else
            sentence.text = around[i % 4];
        sentence.paragraph = i / 4;
    }
    return article;
}

std::vector<PhrasePattern> patterns_of(std::size_t n_phrases) {
    std::vector<PhrasePattern> patterns;
    for (std::size_t i = 0; i < n_phrases; ++i)
        patterns.push_back(std::get<PhrasePattern>(parse_phrase(cue_of(i / cues_of_claim, i % cues_of_claim))));
    return patterns;
}

std::vector<Tokens> words_of(Article const& article) {
    std::vector<Tokens> sentences;
    for (auto const& sentence : article.sentences)
        sentences.push_back(tokenize(sentence.text));
    return sentences;
}

void tokenise_article(benchmark::State& state) {
    auto const article = article_of(1000, 1);
    Tokens tokens;
    for (auto _ : state)
        for (auto const& sentence : article.sentences) {
            tokenize(sentence.text, tokens);
            benchmark::DoNotOptimize(tokens.size());
        }
}
BENCHMARK(tokenise_article)->Unit(benchmark::kMicrosecond);

void match_article(benchmark::State& state, CueMatcher const& matcher) {
    auto const sentences = words_of(article_of(1000, 1));
    std::vector<PhraseMatch> matches;
    for (auto _ : state) {
        matches.clear();
        for (auto const& tokens : sentences)
            matcher.find(tokens, matches);
        benchmark::DoNotOptimize(matches.size());
    }
}

void match_with_trie(benchmark::State& state) {
    PhraseIndex index;
    for (auto const& pattern : patterns_of(static_cast<std::size_t>(state.range(0))))
        index.add(pattern);
    match_article(state, index);
}
BENCHMARK(match_with_trie)->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void match_with_regular_expressions(benchmark::State& state) {
    match_article(state, test::RegexMatcher(patterns_of(static_cast<std::size_t>(state.range(0)))));
}
BENCHMARK(match_with_regular_expressions)->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void build_trie(benchmark::State& state) {
    auto const patterns = patterns_of(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        PhraseIndex index;
        for (auto const& pattern : patterns)
            index.add(pattern);
        benchmark::DoNotOptimize(index.size());
    }
}
BENCHMARK(build_trie)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void build_regular_expressions(benchmark::State& state) {
    auto const patterns = patterns_of(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(test::RegexMatcher(patterns));
}
BENCHMARK(build_regular_expressions)->Arg(10'000)->Unit(benchmark::kMicrosecond);

/// One sentence with a cue; an article has about ten.
void context_of_sentence(benchmark::State& state) {
    auto const tokens = tokenize(
        "Although most people believe it, there is no convincing evidence that coffee, unlike alcohol, causes "
        "insomnia.");
    auto const& lexicon = built_in_lexicon();
    for (auto _ : state)
        benchmark::DoNotOptimize(SentenceContext(tokens, lexicon).hits().size());
}
BENCHMARK(context_of_sentence)->Unit(benchmark::kMicrosecond);

/// 400 words, nearly all of which are rules: the longest sentence that is looked into.
void context_of_hostile_sentence(benchmark::State& state) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "not because no evidence ";
    auto const tokens = tokenize(text);
    for (auto _ : state)
        benchmark::DoNotOptimize(SentenceContext(tokens, built_in_lexicon()).hits().size());
}
BENCHMARK(context_of_hostile_sentence)->Unit(benchmark::kMicrosecond);

void quantities_of_sentence(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(
            quantities_in("The odds ratio was 1.52 (95% CI 1.21 to 1.90), and up to 30% of users slept badly.",
                          built_in_lexicon())
                .size());
}
BENCHMARK(quantities_of_sentence)->Unit(benchmark::kMicrosecond);

void analyse_article(benchmark::State& state) {
    auto const n_claims = static_cast<std::size_t>(state.range(0));
    Engine const engine(registry_of(n_claims), built_in_lexicon());
    std::vector<Article> articles;
    for (std::size_t i = 0; i < 20; ++i)
        articles.push_back(article_of(n_claims, i));
    std::size_t next = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(engine.analyse(articles[next++ % articles.size()], false).items.size());
}
BENCHMARK(analyse_article)->Arg(10)->Arg(1'000)->Unit(benchmark::kMicrosecond);

void build_engine(benchmark::State& state) {
    auto const registry = registry_of(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(Engine(registry, built_in_lexicon()).claims_without_cues().size());
}
BENCHMARK(build_engine)->Arg(10)->Arg(1'000)->Unit(benchmark::kMicrosecond);

}  // namespace
