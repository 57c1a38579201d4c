#include "dossier/evidence/statement_model.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement/features.hpp"
#include "dossier/evidence/statement/object_effect.hpp"
#include "dossier/evidence/statement/word_links.hpp"

namespace dossier {

extern char const* const statement_model_text;
extern char const* const statement_model_sha256;

namespace {

constexpr char const* too_little = "too little to go on: add cues";
constexpr std::size_t fewest_words = 2, fewest_subject_words = 3, most_words = 100;  // content words

std::vector<std::string> stems_of(std::vector<std::string_view> const& words) {
    std::vector<std::string> stems;
    for (auto const word : words)
        stems.push_back(stem_of(word));
    return stems;
}

constexpr std::size_t most_synonyms_in_a_term = 12;
constexpr std::size_t shortest_stem = 4;

bool is_plain(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

/// Snowball turns a final y into i: "happi" of "happy".
std::string stem_pattern(std::string stem) {
    if (stem.ends_with('i')) stem.pop_back();
    return stem.size() >= shortest_stem ? stem + "*" : std::string();
}

/// "{caus*|induc*|cause|...}": the word, its other forms, and what may stand for it or be its opposite.
/// @param is_name  what the statement is about goes by no opposite, and by no short synonym ("bet", "back")
std::string term_of(StatementWord const& word, bool is_name) {
    std::string alternatives = word.word.text;
    auto const add = [&](std::string const& pattern) {
        if (pattern.empty() || !is_plain(pattern.substr(0, pattern.size() - 1))) return;
        if (alternatives.size() + pattern.size() + 4 > max_phrase_length) return;
        alternatives += "|" + pattern;
    };
    if (!is_plain(word.word.text)) return {};
    if (!word.word.is_number) add(stem_pattern(word.word.stem));
    if (word.word.is_predicate && !is_name)
        for (auto const& other : likened_to(word.word.stem))
            add(stem_pattern(stem_of(other)));
    for (std::size_t i = 0; i < std::min(word.synonyms.size(), most_synonyms_in_a_term); ++i)
        if (!is_name || word.synonyms[i].size() > shortest_stem) add(stem_pattern(word.synonyms[i]));
    if (is_name) return "{" + alternatives + "}";
    for (auto const& antonym : word.antonyms)  // "safe" speaks of "dangerous"
        add(stem_pattern(antonym));
    return "{" + alternatives + "}";
}

bool has_predicate(std::vector<StatementWord> const& words) {
    return std::any_of(words.begin(), words.end(), [](StatementWord const& word) { return word.word.is_predicate; });
}

/// "Coffee is." has a verb, but says nothing about its subject. In a longer statement the verb was mistaken: it is judged
/// as a whole.
bool says_too_little(ReadStatement::Parts const& parts) {
    bool const has_verb =
        std::any_of(parts.all.begin(), parts.all.end(), [](ReadWord const& word) { return word.is_predicate; });
    bool const lacks_predicate = has_verb && !parts.text.is_question && !has_predicate(parts.words);
    return parts.words.size() < (lacks_predicate ? fewest_subject_words : fewest_words);
}

std::unique_ptr<ReadStatement::Parts const> take_apart(std::string_view statement, Lexicon const& lexicon) {
    auto parts = std::make_unique<ReadStatement::Parts>();
    parts->lexicon = &lexicon;
    parts->text = read_text(statement, lexicon);
    for (auto const& sentence : parts->text.sentences)
        parts->all.insert(parts->all.end(), sentence.words.begin(), sentence.words.end());
    for (std::size_t i = 0; i < parts->all.size() && parts->words.size() < most_words; ++i) {
        auto const& word = parts->all[i];
        bool const seen = std::any_of(parts->words.begin(), parts->words.end(),
                                      [&](StatementWord const& other) { return other.word.stem == word.stem; });
        if (!word.is_content || seen) continue;
        auto const links = word.is_number || word.is_name ? WordLinks{} : links_of(word.text);
        auto synonyms = equivalents_of(word.stem);  // by hand, so first: terms take the first few
        auto const linked = stems_of(links.synonyms);
        synonyms.insert(synonyms.end(), linked.begin(), linked.end());
        parts->words.push_back({word, std::move(synonyms), stems_of(links.antonyms), i});
        parts->total_weight += word.weight;
    }
    for (auto const& word : parts->words) {
        parts->terms.push_back(term_of(word, false));
        parts->names.push_back(term_of(word, true));
    }
    if (says_too_little(*parts)) parts->problem = too_little;
    return parts;
}

}  // namespace

char const* name_of(PassageStance stance) noexcept {
    switch (stance) {
        case PassageStance::supports: return "supports";
        case PassageStance::refutes: return "refutes";
        case PassageStance::mixed: return "mixed";
        case PassageStance::neutral: return "neutral";
    }
    return "";
}

ReadStatement::ReadStatement(std::string_view statement, Lexicon const& lexicon)
    : parts_(take_apart(statement, lexicon)) {}
ReadStatement::~ReadStatement() = default;
ReadStatement::ReadStatement(ReadStatement&&) noexcept = default;
ReadStatement& ReadStatement::operator=(ReadStatement&&) noexcept = default;
std::string const& ReadStatement::problem() const noexcept {
    return parts_->problem;
}
std::vector<std::string> const& ReadStatement::terms() const noexcept {
    return parts_->terms;
}

struct StatementModel::Weights {
    using Row = std::array<double, n_passage_stances>;

    struct Kind {
        std::map<std::string, Row, std::less<>> by_feature;
        Row bias{};
        double temperature = 1.0;  ///< scores are divided by it: above 1 for a model that is too sure of itself
    };
    Kind of_statements, of_questions;
};

namespace {

std::array<double, n_passage_stances> row_of(toml::node const& node, std::string_view name) {
    std::array<double, n_passage_stances> row{};
    auto const* numbers = node.as_array();
    if (!numbers || numbers->size() != row.size())
        throw std::runtime_error("\"" + std::string(name) +
                                 "\" needs one weight for each of supports, refutes, mixed, neutral");
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = (*numbers)[i].value_or(0.0);
    return row;
}

StatementModel::Weights::Kind kind_of(toml::table const& table) {
    StatementModel::Weights::Kind kind;
    kind.temperature = table["temperature"].value_or(1.0);
    auto const* bias = table["bias"].as_array();
    auto const* rows = table["weights"].as_table();
    if (!bias || !rows || !(kind.temperature > 0.0))
        throw std::runtime_error("a statement model needs a bias, a temperature above 0 and [weights]");
    kind.bias = row_of(*bias, "bias");
    for (auto const& [name, row] : *rows)
        kind.by_feature.emplace(name.str(), row_of(row, name.str()));
    return kind;
}

bool is_allowed(PassageStances const& allowed, std::size_t stance) {
    std::array<bool, n_passage_stances> const flags{allowed.supports, allowed.refutes, allowed.mixed, allowed.neutral};
    return flags[stance];
}

}  // namespace

StatementModel::StatementModel(std::unique_ptr<Weights const> weights) noexcept : weights_(std::move(weights)) {}
StatementModel::~StatementModel() = default;
StatementModel::StatementModel(StatementModel&&) noexcept = default;

StatementModel StatementModel::read(std::string_view text) {
    auto weights = std::make_unique<Weights>();
    auto const file = toml::parse(text);
    weights->of_statements = kind_of(file);
    auto const* questions = file["questions"].as_table();
    weights->of_questions = questions ? kind_of(*questions) : weights->of_statements;
    return StatementModel(std::move(weights));
}

StatementModel const& StatementModel::built_in() {
    static StatementModel const model = read(statement_model_text);
    return model;
}

std::string StatementModel::built_in_sha256() {
    return statement_model_sha256;
}

std::vector<Contribution> StatementModel::features(ReadStatement const& statement, std::string_view passage) const {
    auto const& parts = statement.parts();
    return features_of(parts, read_text(passage, *parts.lexicon));
}

StatementVerdict StatementModel::judge(ReadStatement const& statement, std::string_view passage,
                                       PassageStances const& allowed) const {
    StatementVerdict verdict;
    auto const found = features(statement, passage);
    auto const& weights = statement.parts().text.is_question ? weights_->of_questions : weights_->of_statements;
    auto scores = weights.bias;
    std::vector<Weights::Row const*> rows;
    for (auto const& feature : found) {
        auto const row = weights.by_feature.find(feature.feature);
        rows.push_back(row == weights.by_feature.end() ? nullptr : &row->second);
        for (std::size_t i = 0; rows.back() && i < scores.size(); ++i)
            scores[i] += (*rows.back())[i] * feature.value;
    }
    auto best = scores.size();
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (is_allowed(allowed, i) && (best == scores.size() || scores[i] > scores[best])) best = i;
    if (best == scores.size()) return verdict;
    double sum = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (is_allowed(allowed, i))
            verdict.probabilities[i] = std::exp((scores[i] - scores[best]) / weights.temperature);
        sum += verdict.probabilities[i];
    }
    for (auto& probability : verdict.probabilities)
        probability /= sum;
    verdict.stance = static_cast<PassageStance>(best);
    verdict.confidence = verdict.probabilities[best];
    verdict.scores = scores;
    verdict.temperature = weights.temperature;
    verdict.contributions.push_back({"bias", 1.0, weights.bias[best], {}});
    for (std::size_t k = 0; k < found.size(); ++k) {
        if (!rows[k] || (*rows[k])[best] == 0.0) continue;
        verdict.contributions.push_back(found[k]);
        verdict.contributions.back().weight = (*rows[k])[best];
    }
    std::stable_sort(verdict.contributions.begin(), verdict.contributions.end(), [](auto const& a, auto const& b) {
        return std::abs(a.value * a.weight) > std::abs(b.value * b.weight);
    });
    return verdict;
}

}  // namespace dossier
