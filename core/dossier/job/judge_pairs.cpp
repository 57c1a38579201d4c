#include "dossier/job/judge_pairs.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "dossier/evidence/article_reading.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/sources/read_article.hpp"

namespace dossier {

namespace {

bool may_answer(std::span<Stance const> classes, Stance stance) {
    return std::find(classes.begin(), classes.end(), stance) != classes.end();
}

PassageStances passage_stances(std::span<Stance const> classes) {
    return {may_answer(classes, Stance::supports), may_answer(classes, Stance::refutes),
            may_answer(classes, Stance::mixed), may_answer(classes, Stance::neutral)};
}

Stance stance_of(PassageStance stance) noexcept {
    switch (stance) {
        case PassageStance::supports: return Stance::supports;
        case PassageStance::refutes: return Stance::refutes;
        case PassageStance::mixed: return Stance::mixed;
        case PassageStance::neutral: break;
    }
    return Stance::neutral;
}

bool share_words(StatementOutline const& a, StatementOutline const& b) {
    return std::any_of(a.words.begin(), a.words.end(), [&](std::string const& word) {
        return std::binary_search(b.words.begin(), b.words.end(), word);
    });
}

/// A claim, asked of one passage after the other.
class PassageJudge {
public:
    PassageJudge(std::string_view claim, std::span<Stance const> classes, Lexicon const& lexicon)
        : lexicon_(lexicon),
          statement_(claim, lexicon),
          outline_(claim, lexicon),
          allowed_(passage_stances(classes)),
          may_be_silent_(may_answer(classes, Stance::silent)),
          may_be_else_(allowed_.supports || allowed_.refutes || allowed_.mixed || allowed_.neutral) {}

    [[nodiscard]] PairVerdict judge(std::string_view passage) const {
        if (!statement_.problem().empty()) return {{}, {}, statement_.problem()};
        if (may_be_silent_ && (!may_be_else_ || !share_words(outline_, StatementOutline(passage, lexicon_))))
            return {Stance::silent, {}, {}};
        auto const verdict = StatementModel::built_in().judge(statement_, passage, allowed_);
        return {stance_of(verdict.stance), verdict.confidence, {}};
    }

private:
    Lexicon const& lexicon_;
    ReadStatement statement_;
    StatementOutline outline_;
    PassageStances allowed_;
    bool may_be_silent_, may_be_else_;
};

/// More sentences than a passage has, by marks that end one before a space.
bool is_longer_than_a_passage(std::string_view text) noexcept {
    constexpr std::size_t most_sentences = 10;
    std::size_t n_ends = 0;
    for (std::size_t i = 0; i + 1 < text.size() && n_ends < most_sentences; ++i)
        n_ends += (text[i] == '.' || text[i] == '!' || text[i] == '?') && (text[i + 1] == ' ' || text[i + 1] == '\n');
    return n_ends == most_sentences;
}

/// Pairs that share a claim or a text, by their numbers; in the order of what they share.
std::vector<std::pair<std::string_view, std::vector<std::size_t>>> grouped(std::span<LabelledPair const> pairs,
                                                                           std::string LabelledPair::*shared) {
    std::map<std::string_view, std::vector<std::size_t>> numbers;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        numbers[pairs[i].*shared].push_back(i);
    return {numbers.begin(), numbers.end()};
}

/// Texts are passages: each claim is taken apart once.
std::vector<PairVerdict> judge_passages(std::span<LabelledPair const> pairs, std::span<Stance const> classes,
                                        Lexicon const& lexicon, unsigned n_threads) {
    std::vector<PairVerdict> verdicts(pairs.size());
    auto const claims = grouped(pairs, &LabelledPair::claim);
    for_each_index(claims.size(), n_threads, [&](std::size_t at) {
        auto const& [claim, numbers] = claims[at];
        PassageJudge const judge(claim, classes, lexicon);
        for (auto const i : numbers)
            verdicts[i] = judge.judge(pairs[i].text);
    });
    return verdicts;
}

/// A text as an article that is read like any other.
Article article_of(std::string const& text) {
    Diagnostics of_no_file;
    return read_article("text", "text.txt", text, {}, of_no_file);
}

/// Texts are whole articles: each is taken apart once, and each claim once.
std::vector<PairVerdict> judge_articles(std::span<LabelledPair const> pairs, std::span<Stance const> classes,
                                        Lexicon const& lexicon, unsigned n_threads) {
    std::vector<PairVerdict> verdicts(pairs.size());
    std::map<std::string_view, StatementOutline> statements;
    for (auto const& pair : pairs)
        if (!statements.contains(pair.claim)) statements.emplace(pair.claim, StatementOutline(pair.claim, lexicon));
    auto const texts = grouped(pairs, &LabelledPair::text);
    for_each_index(texts.size(), n_threads, [&](std::size_t at) {
        auto const& numbers = texts[at].second;
        ArticleOutline const article(article_of(pairs[numbers.front()].text), lexicon);
        for (auto const i : numbers) {
            auto const& statement = statements.at(pairs[i].claim);
            auto const stance = judge_article(statement, article).stance;
            verdicts[i].answer = may_answer(classes, stance) ? stance : Stance::silent;
        }
    });
    return verdicts;
}

}  // namespace

PairMethod method_for(std::span<LabelledPair const> pairs, std::span<Stance const> classes) noexcept {
    if (!may_answer(classes, Stance::silent)) return PairMethod::passages;
    auto const n_long = std::count_if(pairs.begin(), pairs.end(),
                                      [](LabelledPair const& pair) { return is_longer_than_a_passage(pair.text); });
    return static_cast<std::size_t>(n_long) * 2 > pairs.size() ? PairMethod::articles : PairMethod::passages;
}

std::vector<PairVerdict> judge_pairs(std::span<LabelledPair const> pairs, std::span<Stance const> classes,
                                     Lexicon const& lexicon, unsigned n_threads) {
    return method_for(pairs, classes) == PairMethod::articles ? judge_articles(pairs, classes, lexicon, n_threads)
                                                              : judge_passages(pairs, classes, lexicon, n_threads);
}

}  // namespace dossier
