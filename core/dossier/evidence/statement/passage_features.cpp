#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "dossier/evidence/statement/contrast.hpp"
#include "dossier/evidence/statement/feature_list.hpp"

namespace dossier {
namespace {

using Words = std::vector<ReadWord>;

void add_overlap(ReadStatement::Parts const& statement, std::vector<AlignedSentence> const& aligned,
                 AlignedSentence const& best, FeatureList& features) {
    double found = 0.0, synonyms = 0.0, names = 0.0, names_found = 0.0, missing = 0.0;
    std::string missing_words, missing_names, antonyms;
    bool antonym = false;
    for (std::size_t i = 0; i < statement.words.size(); ++i) {
        auto const& word = statement.words[i].word;
        auto link = Link::none;
        for (auto const& sentence : aligned) {
            auto const here = sentence.words[i].link;
            if (here == Link::same || link == Link::none) link = here;
        }
        found += word.weight * worth(link);
        if (link == Link::synonym) synonyms += word.weight;
        if (link == Link::none) {
            missing += word.weight;
            missing_words += (missing_words.empty() ? "" : ", ") + word.text;
        }
        if (best.words[i].link == Link::antonym) {
            antonym = true;
            antonyms = word.text + " / " + best.sentence->words[best.words[i].at].text;
        }
        if (!word.is_name) continue;
        names += 1.0;
        if (link == Link::same)
            names_found += 1.0;
        else
            missing_names += (missing_names.empty() ? "" : ", ") + word.text;
    }
    auto const recall = share(found, statement.total_weight);
    features.add("recall of the statement's words in the passage", recall);
    features.add("recall of the statement's words in one sentence", best.recall);
    features.add("recall is low", std::max(0.0, 0.4 - recall) / 0.4, missing_words);
    features.add("recall is high", std::max(0.0, best.recall - 0.6) / 0.4);
    features.add("recall by synonyms", share(synonyms, statement.total_weight));
    features.add("words missing from the passage", missing / 6.0, missing_words);
    features.add("names missing from the passage", names > 0.0 ? 1.0 - names_found / names : 0.0, missing_names);
    if (antonym) features.add("antonym of a word of the statement", 1.0, antonyms);

    double weight = 0.0, shared = 0.0;
    for (std::size_t i = 0; i < best.sentence->words.size(); ++i) {
        auto const& word = best.sentence->words[i];
        weight += word.weight;
        if (std::any_of(best.words.begin(), best.words.end(),
                        [&](auto const& a) { return a.link != Link::none && a.at == i; }))
            shared += word.weight;
    }
    features.add("share of the sentence that is in the statement", share(shared, weight));

    double pairs = 0.0, neighbours = 0.0, kept = 0.0, both = 0.0;
    for (std::size_t i = 0; i + 1 < best.words.size(); ++i) {
        pairs += 1.0;
        if (best.words[i].link == Link::none || best.words[i + 1].link == Link::none) continue;
        both += 1.0;
        auto const a = best.words[i].at, b = best.words[i + 1].at;
        kept += a < b;
        neighbours += a < b && b - a <= 3;
    }
    features.add("neighbouring words stay neighbours", share(neighbours, pairs));
    if (both >= 3.0) features.add("words stand in another order", (1.0 - kept / both) * best.recall);
}

void add_numbers(ReadStatement::Parts const& statement, std::vector<AlignedSentence> const& aligned,
                 FeatureList& features) {
    double mine = 0.0, same = 0.0;
    bool others = false;
    std::string missing;
    for (auto const& sentence : aligned)
        others |= std::any_of(sentence.sentence->words.begin(), sentence.sentence->words.end(),
                              [](auto const& word) { return word.is_number; });
    for (std::size_t i = 0; i < statement.words.size(); ++i) {
        if (!statement.words[i].word.is_number) continue;
        mine += 1.0;
        bool const found = std::any_of(aligned.begin(), aligned.end(),
                                       [&](auto const& sentence) { return sentence.words[i].link == Link::same; });
        same += found;
        if (!found) missing += (missing.empty() ? "" : ", ") + statement.words[i].word.text;
    }
    if (mine == 0.0) {
        if (others) features.add("numbers only in the passage", 1.0);
        return;
    }
    features.add("numbers are the same", same / mine);
    features.add(others ? "numbers differ" : "numbers only in the statement", 1.0 - same / mine, missing);
}

/// The first sentence with a word of the class; without any, the first.
Words const& first_with(TextReading const& passage, WordClass word_class) {
    auto const found = std::find_if(passage.sentences.begin(), passage.sentences.end(),
                                    [&](auto const& sentence) { return sentence.count(word_class) > 0; });
    return found == passage.sentences.end() ? passage.sentences.front().words : found->words;
}

double share_of_sentences(TextReading const& passage, WordClass word_class) {
    auto const n = std::count_if(passage.sentences.begin(), passage.sentences.end(),
                                 [&](auto const& sentence) { return sentence.count(word_class) > 0; });
    return static_cast<double>(n) / static_cast<double>(passage.sentences.size());
}

void add_passage(TextReading const& passage, AlignedSentence const& best, bool is_question, FeatureList& features) {
    std::string const asked = is_question ? "question: " : "";
    for (std::size_t c = 0; c < n_counted_classes; ++c) {
        auto const word_class = static_cast<WordClass>(c);
        auto const words = list_words(best.sentence->words, word_class);
        if (is_question)
            features.add(asked + "passage has " + name_of(word_class), share_of_sentences(passage, word_class), words);
        if (best.sentence->count(word_class) > 0)
            features.add(asked + "sentence has " + name_of(word_class), 1.0, words);
        if (is_question && passage.sentences.front().count(word_class) > 0)
            features.add(asked + "first sentence has " + name_of(word_class), 1.0,
                         list_words(passage.sentences.front().words, word_class));
        auto const is_denied = std::any_of(best.sentence->words.begin(), best.sentence->words.end(),
                                           [&](auto const& word) { return word.is(word_class) && word.is_denied; });
        if (is_denied && word_class <= WordClass::significant)
            features.add(asked + "sentence denies " + name_of(word_class), 1.0, words);
    }
    features.add(asked + "passage is long", std::min(1.0, static_cast<double>(passage.sentences.size() - 1) / 5.0));
    features.add(asked + "sentence denies", best.sentence->n_denials > 0);
}

/// What speaks for an answer that is neither yes nor no.
void add_answers(ReadStatement::Parts const& statement, TextReading const& passage, FeatureList& features) {
    if (!statement.text.is_question) return;
    auto const denial = share_of_sentences(passage, WordClass::denial),
               no_effect = share_of_sentences(passage, WordClass::no_effect);
    auto const denies = std::max(denial, no_effect);
    auto const states =
        std::max(share_of_sentences(passage, WordClass::significant), share_of_sentences(passage, WordClass::good));
    auto const partly = share_of_sentences(passage, WordClass::partly),
               hedge = share_of_sentences(passage, WordClass::hedge);
    features.add("question: some sentences deny, some do not", 4.0 * denies * (1.0 - denies));
    features.add("question: passage denies, and states an effect", std::min(denies, states));
    features.add("question: passage denies, in part", std::min(denies, partly));
    features.add("question: passage denies, with hedges", std::min(denies, hedge));
    features.add("question: passage states an effect, in part", std::min(states, partly));
    features.add("question: a contrast turns the answer", contrast_turns(passage));
    features.add("question: holds for some only", share_of_sentences(passage, WordClass::selected) > 0.0,
                 list_words(first_with(passage, WordClass::selected), WordClass::selected));
    features.add("question: passage neither states nor denies", (1.0 - std::min(1.0, denies + states)));
    if (std::any_of(statement.all.begin(), statement.all.end(),
                    [](auto const& word) { return word.text == "or" || word.text == "versus" || word.text == "vs"; }))
        features.add("question: names alternatives", 1.0);
    auto const& first = statement.text.sentences.back().words;
    if (!first.empty() && (first.front().text == "what" || first.front().text == "how" || first.front().text == "why" ||
                           first.front().text == "which"))
        features.add("question: cannot be answered with yes or no", 1.0);
}

/// More or less: +1, 0 or -1: the nearest word of direction within five words, in front first.
int direction_near(Words const& words, std::size_t at, std::string& which) {
    for (std::size_t distance = 1; distance <= 5; ++distance)
        for (int side = 0; side < 2; ++side) {
            if (side == 0 ? at < distance : at + distance >= words.size()) continue;
            auto const& word = words[side == 0 ? at - distance : at + distance];
            if (!is_direction(word)) continue;
            which = word.text;
            return (word.is(WordClass::up) ? 1 : -1) * (word.is_denied ? -1 : 1);
        }
    return 0;
}

void add_directions(ReadStatement::Parts const& statement, std::vector<AlignedSentence> const& aligned,
                    FeatureList& features) {
    double same = 0.0, opposite = 0.0;
    std::string words;
    for (auto const& sentence : aligned)
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            auto const& word = statement.words[i].word;
            if (sentence.words[i].link == Link::none || is_direction(word)) continue;
            std::string mine, theirs;
            int const sign = direction_near(statement.all, statement.words[i].at, mine) *
                             direction_near(sentence.sentence->words, sentence.words[i].at, theirs);
            if (sign > 0) same += word.weight * sentence.recall;
            if (sign >= 0) continue;
            opposite += word.weight * sentence.recall;
            if (words.empty()) words = mine + " / " + theirs + " " + word.text;
        }
    features.add("directions beside shared words agree", share(same - opposite, same + opposite), words);
    features.add("directions beside shared words are opposite", share(opposite, statement.total_weight), words);
}

/// Every sentence has a say, by how much of the statement it holds.
void add_all_sentences(ReadStatement::Parts const& statement, std::vector<AlignedSentence> const& aligned,
                       FeatureList& features) {
    int const my_value = sign_of(statement.all, WordClass::good, WordClass::bad);
    int const my_direction = sign_of(statement.all, WordClass::up, WordClass::down);
    bool const i_deny = denies_an_effect(statement.all);
    double all = 0.0, denied = 0.0, value = 0.0, direction = 0.0, matched = 0.0, opposed = 0.0;
    for (auto const& sentence : aligned) {
        auto const& words = sentence.sentence->words;
        double const say = sentence.recall + 0.1;
        all += say;
        denied += say * (denies_an_effect(words) != i_deny);
        value += say * my_value * sign_of(words, WordClass::good, WordClass::bad);
        direction += say * my_direction * sign_of(words, WordClass::up, WordClass::down);
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            if (sentence.words[i].link == Link::none) continue;
            auto const& mine = statement.words[i].word;
            matched += mine.weight;
            if (mine.is_denied != words[sentence.words[i].at].is_denied) opposed += mine.weight;
        }
    }
    features.add("all sentences: effect denied in one, not in the other", share(denied, all));
    features.add("all sentences: values agree", share(value, all));
    features.add("all sentences: directions agree", share(direction, all));
    features.add("all sentences: words denied in one, not in the other", share(opposed, matched));
}

/// What a sentence answers to a question, by its own words: +1 yes, -1 no, 0 neither.
int answer_of(ReadStatement::Parts const& statement, TextSentence const& sentence) {
    bool const asks_sameness = count_words(statement.all, WordClass::same) > 0;
    if (asks_sameness && sentence.count(WordClass::same) > 0) return 1;
    if (denies_an_effect(sentence.words)) return -1;
    int const value = sign_of(sentence.words, WordClass::good, WordClass::bad);
    if (asks_sameness && (value != 0 || sentence.count(WordClass::significant) > 0)) return -1;
    if (sign_of(statement.all, WordClass::good, WordClass::bad) > 0) return value;
    bool const states = std::any_of(sentence.words.begin(), sentence.words.end(), [](auto const& word) {
        return word.is(WordClass::effect) || word.is(WordClass::cause) || word.is(WordClass::significant) ||
               word.is(WordClass::good) || is_direction(word);
    });
    return states ? 1 : 0;
}

void add_answer(ReadStatement::Parts const& statement, std::vector<AlignedSentence> const& aligned,
                AlignedSentence const& best, FeatureList& features) {
    if (!statement.text.is_question) return;
    double all = 0.0, yes = 0.0, no = 0.0;
    for (auto const& sentence : aligned) {
        int const answer = answer_of(statement, *sentence.sentence);
        double const say = sentence.recall + 0.1;
        all += say;
        (answer > 0 ? yes : no) += answer == 0 ? 0.0 : say;
    }
    auto const first = answer_of(statement, *aligned.front().sentence),
               last = answer_of(statement, *aligned.back().sentence), here = answer_of(statement, *best.sentence);
    features.add("question: sentences answer yes or no", share(yes - no, all));
    features.add("question: sentences answer no", share(no, all));
    features.add("question: answers disagree", 2.0 * share(std::min(yes, no), all));
    features.add("question: first sentence answers", first);
    features.add("question: last sentence answers", last);
    features.add("question: best sentence answers", here);
    for (auto const* verb : {"is", "are", "does", "do", "can", "should", "has"})
        if (std::any_of(statement.all.begin(), statement.all.end(), [&](auto const& w) { return w.text == verb; }))
            features.add(std::string("question of ") + verb + ": sentences answer", share(yes - no, all));
}

}  // namespace

void add_passage_features(ReadStatement::Parts const& statement, TextReading const& passage,
                          std::vector<AlignedSentence> const& aligned, AlignedSentence const& best,
                          FeatureList& features) {
    add_overlap(statement, aligned, best, features);
    add_numbers(statement, aligned, features);
    add_passage(passage, best, statement.text.is_question, features);
    add_answers(statement, passage, features);
    add_directions(statement, aligned, features);
    add_all_sentences(statement, aligned, features);
    add_answer(statement, aligned, best, features);
}

}  // namespace dossier
