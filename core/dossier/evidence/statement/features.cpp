#include "dossier/evidence/statement/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "dossier/evidence/statement/contrast.hpp"

namespace dossier {

namespace {

using Words = std::vector<ReadWord>;

class FeatureList {
public:
    void add(std::string name, double value, std::string words = {}) {
        value = std::clamp(value, -1.0, 1.0);
        if (value != 0.0) features_.push_back({std::move(name), value, 0.0, std::move(words)});
    }
    std::vector<Contribution> take() {
        std::sort(features_.begin(), features_.end(),
                  [](auto const& a, auto const& b) { return a.feature < b.feature; });
        return std::move(features_);
    }

private:
    std::vector<Contribution> features_;
};

double share(double part, double whole) {
    return whole > 0.0 ? part / whole : 0.0;
}

enum class Link { none, same, synonym, antonym };

/// Where one content word of the statement is found in a sentence.
struct Alignment {
    Link link = Link::none;
    std::size_t at = 0;
};

struct AlignedSentence {
    TextSentence const* sentence = nullptr;
    std::vector<Alignment> words;  ///< one for each content word of the statement
    double recall = 0.0;           ///< weight of the statement's words found, as a share of all
};

bool has(std::vector<std::string> const& stems, std::string const& stem) {
    return std::find(stems.begin(), stems.end(), stem) != stems.end();
}

Alignment find_word(StatementWord const& wanted, TextSentence const& sentence) {
    Alignment found;
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        auto const& stem = sentence.words[i].stem;
        if (stem == wanted.word.stem) return {Link::same, i};
        if (found.link == Link::none && has(wanted.synonyms, stem)) found = {Link::synonym, i};
        if (found.link == Link::none && (has(wanted.antonyms, stem) || is_denied_form(stem, wanted.word.stem)))
            found = {Link::antonym, i};
    }
    return found;
}

constexpr double worth(Link link) {
    return link == Link::same ? 1.0 : link == Link::none ? 0.0 : 0.6;
}

AlignedSentence align(ReadStatement::Parts const& statement, TextSentence const& sentence) {
    AlignedSentence aligned{&sentence, {}, 0.0};
    double found = 0.0;
    for (auto const& wanted : statement.words) {
        aligned.words.push_back(find_word(wanted, sentence));
        found += wanted.word.weight * worth(aligned.words.back().link);
    }
    aligned.recall = share(found, statement.total_weight);
    return aligned;
}

std::size_t count(Words const& words, WordClass word_class) {
    return static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [&](auto const& word) { return word.is(word_class); }));
}

std::string list(Words const& words, WordClass word_class) {
    std::string text;
    std::size_t n = 0;
    for (auto const& word : words)
        if (word.is(word_class) && n++ < 4) text += (text.empty() ? "" : ", ") + word.text;
    return text;
}

/// More against less, or good against bad: +1, 0 or -1; a denied word counts for nothing.
int sign_of(Words const& words, WordClass positive, WordClass negative) {
    int sum = 0;
    for (auto const& word : words)
        if (!word.is_denied) sum += static_cast<int>(word.is(positive)) - static_cast<int>(word.is(negative));
    return (sum > 0) - (sum < 0);
}

// ---------------------------------------------------------------- what is shared

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

// ---------------------------------------------------------------- denials

/// What the statement says of its subject: are those words there, and are they denied?
void add_predicate(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    double subject = 0.0, subject_found = 0.0, predicate = 0.0, predicate_found = 0.0, opposed = 0.0;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        auto const& word = statement.words[i].word;
        auto const found = word.weight * worth(best.words[i].link);
        (word.is_predicate ? predicate : subject) += word.weight;
        (word.is_predicate ? predicate_found : subject_found) += found;
        if (word.is_predicate && best.words[i].link != Link::none &&
            word.is_denied != best.sentence->words[best.words[i].at].is_denied)
            opposed += found;
    }
    if (subject > 0.0) features.add("recall of the subject", subject_found / subject);
    if (predicate > 0.0) features.add("recall of the predicate", predicate_found / predicate);
    if (subject > 0.0 && predicate > 0.0) {
        features.add("subject is there, predicate is not",
                     std::max(0.0, subject_found / subject - predicate_found / predicate));
        features.add("predicate is there, subject is not",
                     std::max(0.0, predicate_found / predicate - subject_found / subject));
    }
    if (predicate > 0.0 && predicate_found == 0.0) features.add("nothing of the predicate is there", 1.0);
    if (subject > 0.0 && subject_found == 0.0) features.add("nothing of the subject is there", 1.0);
    features.add("predicate denied in one, not in the other", share(opposed, predicate));
}

void add_denials(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    double matched = 0.0, opposed = 0.0, denied_both = 0.0;
    std::string words;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        if (best.words[i].link == Link::none) continue;
        auto const& mine = statement.words[i].word;
        auto const& theirs = best.sentence->words[best.words[i].at];
        matched += mine.weight;
        if (mine.is_denied != theirs.is_denied) {
            opposed += mine.weight;
            words += (words.empty() ? "" : ", ") + theirs.text;
        } else if (mine.is_denied) {
            denied_both += mine.weight;
        }
    }
    bool const states_denial =
        std::any_of(statement.all.begin(), statement.all.end(), [](auto const& word) { return word.is_denied; });
    bool const passage_denies = best.sentence->n_denials > 0;
    add_predicate(statement, best, features);
    features.add("denied in one, not in the other", share(opposed, matched), words);
    features.add("denied in one, not in the other, × recall", share(opposed, matched) * best.recall, words);
    features.add("denied in both", share(denied_both, matched));
    features.add("denied in both × recall", share(denied_both, matched) * best.recall);
    features.add("the statement denies", states_denial);
    if (!states_denial && passage_denies) features.add("only the passage denies", 1.0);
    if (states_denial && !passage_denies) features.add("only the statement denies", 1.0);
    if (states_denial && passage_denies) features.add("both deny", 1.0);
    if (states_denial && !passage_denies) features.add("only the statement denies × recall", best.recall);
    if (!states_denial && !passage_denies) features.add("neither denies × recall", best.recall);
}

// ---------------------------------------------------------------- direction and value

/// +1 good, -1 bad, 0 neither: the word of value that goes with a word: the nearest one within six words, in front first.
int value_near(Words const& words, std::size_t at, std::string& which) {
    for (std::size_t distance = 0; distance <= 6; ++distance)
        for (int side = 0; side < (distance == 0 ? 1 : 2); ++side) {
            if (side == 0 ? at < distance : at + distance >= words.size()) continue;
            auto const& word = words[side == 0 ? at - distance : at + distance];
            bool const up = word.is(WordClass::good), down = word.is(WordClass::bad);
            if (up == down) continue;
            which = word.text;
            int const sign = up ? 1 : -1;
            return word.is_denied ? 0 : sign;
        }
    return 0;
}

void add_values(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    int const mine = sign_of(statement.all, WordClass::good, WordClass::bad);
    int const theirs = sign_of(best.sentence->words, WordClass::good, WordClass::bad);
    if (mine * theirs > 0) features.add("value is the same × recall", best.recall);
    if (mine * theirs < 0)
        features.add("value is opposite × recall", best.recall,
                     list(best.sentence->words, mine > 0 ? WordClass::bad : WordClass::good));
    if (mine != 0 && theirs == 0) features.add("value is only in the statement", 1.0);
    if (mine != 0 && theirs == 0) features.add("value is only in the statement × recall", best.recall);
    bool const denied = std::any_of(best.sentence->words.begin(), best.sentence->words.end(), [&](auto const& word) {
        return word.is_denied && word.is(mine > 0 ? WordClass::good : WordClass::bad);
    });
    if (mine != 0 && denied) features.add("value is denied in the passage", 1.0);

    double same = 0.0, opposite = 0.0;
    std::string words;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        auto const& word = statement.words[i].word;
        if (best.words[i].link == Link::none || word.is(WordClass::good) || word.is(WordClass::bad)) continue;
        auto const here = statement.words[i].at;
        std::string my_word, their_word;
        int const a = value_near(statement.all, here, my_word);
        int const b = value_near(best.sentence->words, best.words[i].at, their_word);
        if (a * b > 0) same += word.weight;
        if (a * b < 0) {
            opposite += word.weight;
            if (words.empty()) words = my_word + " / " + their_word + " " + word.text;
        }
    }
    features.add("value of shared words is the same", share(same, statement.total_weight));
    features.add("value of shared words is opposite", share(opposite, statement.total_weight), words);
    features.add("value of shared words", share(same - opposite, same + opposite));
}

bool is_direction(ReadWord const& word) {
    return word.is(WordClass::up) != word.is(WordClass::down);
}

/// The word of direction that a word is the object or the head of: the nearest of the three in front of it; 0: none.
int modifier_of(Words const& words, std::size_t at, std::string& which) {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        auto const& word = words[at - back];
        if (!is_direction(word)) continue;
        which = word.text;
        return (word.is(WordClass::up) ? 1 : -1) * (word.is_denied ? -1 : 1);
    }
    return 0;
}

void add_modifiers(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    double same = 0.0, opposite = 0.0;
    std::string words;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        if (best.words[i].link == Link::none) continue;
        auto const& word = statement.words[i].word;
        std::string mine, theirs;
        auto const sign = modifier_of(statement.all, statement.words[i].at, mine) *
                          modifier_of(best.sentence->words, best.words[i].at, theirs);
        (sign > 0 ? same : opposite) += sign == 0 ? 0.0 : word.weight;
        if (sign < 0 && words.empty()) words = mine + " / " + theirs + " " + word.text;
    }
    features.add("same words go up and down", share(same, statement.total_weight) * 2.0);
    features.add("what goes up goes down", share(opposite, statement.total_weight) * 2.0, words);
}

/// A word of direction that the sentence does not share, where the sentence has one of its own instead.
void add_replaced_directions(ReadStatement::Parts const& statement, AlignedSentence const& best,
                             FeatureList& features) {
    std::array<bool, 2> mine{}, theirs{};  // down, up
    std::string words;
    for (std::size_t i = 0; i < best.words.size(); ++i)
        if (best.words[i].link == Link::none && is_direction(statement.words[i].word))
            mine[statement.words[i].word.is(WordClass::up)] = true;
    for (std::size_t k = 0; k < best.sentence->words.size(); ++k) {
        auto const& word = best.sentence->words[k];
        bool const shared = std::any_of(best.words.begin(), best.words.end(),
                                        [&](auto const& a) { return a.link == Link::same && a.at == k; });
        if (!is_direction(word) || shared) continue;
        theirs[word.is(WordClass::up)] = true;
        words += (words.empty() ? "" : ", ") + word.text;
    }
    bool const opposite = (mine[0] && theirs[1]) || (mine[1] && theirs[0]);
    bool const same = (mine[0] && theirs[0]) || (mine[1] && theirs[1]);
    if (opposite && !same) features.add("a direction is replaced by its opposite × recall", best.recall, words);
    if (same && !opposite) features.add("a direction is put in other words × recall", best.recall, words);
}

/// Less of what lowers something raises it: the directions and denials of a sentence, multiplied.
void add_products(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    auto const product = [](Words const& words) {
        int sign = 0;
        for (auto const& word : words)
            if (is_direction(word))
                sign = (sign == 0 ? 1 : sign) * (word.is(WordClass::up) ? 1 : -1) * (word.is_denied ? -1 : 1);
        return sign;
    };
    int const sign = product(statement.all) * product(best.sentence->words);
    if (sign > 0) features.add("product of directions is the same × recall", best.recall);
    if (sign < 0) features.add("product of directions is opposite × recall", best.recall);
}

/// Does the statement say that something has an effect, and the passage that it has none, or the other way round?
void add_effects(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    auto const& theirs = best.sentence->words;
    bool const i_deny = count(statement.all, WordClass::no_effect) > 0 || count(statement.all, WordClass::denial) > 0;
    bool const they_deny = count(theirs, WordClass::no_effect) > 0 || count(theirs, WordClass::denial) > 0;
    auto const states = [](Words const& words) {
        return std::any_of(words.begin(), words.end(), [](auto const& word) {
            return !word.is_denied &&
                   (word.is(WordClass::up) || word.is(WordClass::down) || word.is(WordClass::effect) ||
                    word.is(WordClass::good) || word.is(WordClass::bad) || word.is(WordClass::cause));
        });
    };
    if (!i_deny && states(statement.all) && they_deny)
        features.add("effect stated, denied in the passage × recall", best.recall, list(theirs, WordClass::no_effect));
    if (i_deny && !they_deny && states(theirs))
        features.add("effect denied, stated in the passage × recall", best.recall,
                     list(statement.all, WordClass::no_effect));
    if (i_deny && they_deny)
        features.add("effect denied in both × recall", best.recall, list(theirs, WordClass::no_effect));
    if (!i_deny && !they_deny && states(statement.all) && states(theirs))
        features.add("effect stated in both × recall", best.recall);
}

/// Words of some class that the statement has and the sentence has not, though it has most of the rest.
void add_missing_classes(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    for (auto const word_class :
         {WordClass::up, WordClass::down, WordClass::good, WordClass::bad, WordClass::all, WordClass::only,
          WordClass::many, WordClass::few, WordClass::none, WordClass::effect, WordClass::cause})
        for (std::size_t i = 0; i < best.words.size(); ++i)
            if (best.words[i].link == Link::none && statement.words[i].word.is(word_class)) {
                features.add(std::string("missing from the sentence: a word of ") + name_of(word_class) + ", × recall",
                             best.recall, statement.words[i].word.text);
                break;
            }
}

/// Where the first word of comparison ("than") stands; the number of words if there is none.
std::size_t comparison_in(Words const& words) {
    auto const found =
        std::find_if(words.begin(), words.end(), [](auto const& word) { return word.is(WordClass::compare); });
    return static_cast<std::size_t>(found - words.begin());
}

/// Comparisons: what stands before and behind "than" in the statement, and on which sides it stands in the passage.
void add_comparison(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    auto const mine = comparison_in(statement.all), theirs = comparison_in(best.sentence->words);
    if (mine == statement.all.size() || theirs == best.sentence->words.size()) return;
    double kept = 0.0, swapped = 0.0;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        if (best.words[i].link == Link::none) continue;
        auto const& word = statement.words[i].word;
        auto const here = statement.words[i].at;
        ((here < mine) == (best.words[i].at < theirs) ? kept : swapped) += word.weight;
    }
    features.add("sides of a comparison are kept", share(kept, kept + swapped));
    features.add("sides of a comparison are swapped", share(swapped, kept + swapped));
}

// ---------------------------------------------------------------- numbers, quantities, causes

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

void add_class_pairs(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    static constexpr std::array mine{WordClass::up,     WordClass::down,      WordClass::good,   WordClass::bad,
                                     WordClass::effect, WordClass::no_effect, WordClass::denial, WordClass::same,
                                     WordClass::all,    WordClass::only,      WordClass::many,   WordClass::few,
                                     WordClass::cause,  WordClass::hedge,     WordClass::none};
    static constexpr std::array theirs{WordClass::up,     WordClass::down,      WordClass::good,      WordClass::bad,
                                       WordClass::effect, WordClass::no_effect, WordClass::denial,    WordClass::same,
                                       WordClass::many,   WordClass::few,       WordClass::correlate, WordClass::hedge,
                                       WordClass::partly};
    for (auto const a : mine) {
        if (count(statement.all, a) == 0) continue;
        for (auto const b : theirs)
            if (best.sentence->count(b) > 0)
                features.add(std::string("statement has ") + name_of(a) + ", sentence has " + name_of(b), best.recall,
                             list(statement.all, a) + " / " + list(best.sentence->words, b));
    }
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
        auto const words = list(best.sentence->words, word_class);
        if (is_question)
            features.add(asked + "passage has " + name_of(word_class), share_of_sentences(passage, word_class), words);
        if (best.sentence->count(word_class) > 0)
            features.add(asked + "sentence has " + name_of(word_class), 1.0, words);
        if (is_question && passage.sentences.front().count(word_class) > 0)
            features.add(asked + "first sentence has " + name_of(word_class), 1.0,
                         list(passage.sentences.front().words, word_class));
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
                 list(first_with(passage, WordClass::selected), WordClass::selected));
    features.add("question: passage neither states nor denies", (1.0 - std::min(1.0, denies + states)));
    if (std::any_of(statement.all.begin(), statement.all.end(),
                    [](auto const& word) { return word.text == "or" || word.text == "versus" || word.text == "vs"; }))
        features.add("question: names alternatives", 1.0);
    auto const& first = statement.text.sentences.back().words;
    if (!first.empty() && (first.front().text == "what" || first.front().text == "how" || first.front().text == "why" ||
                           first.front().text == "which"))
        features.add("question: cannot be answered with yes or no", 1.0);
}

// ---------------------------------------------------------------- the passage as a whole

bool denies_an_effect(Words const& words) {
    return count(words, WordClass::no_effect) > 0 || count(words, WordClass::denial) > 0;
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

/// A comparison with its sides swapped holds if its direction is turned too.
void add_turned_comparison(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    auto const mine = comparison_in(statement.all), theirs = comparison_in(best.sentence->words);
    if (mine == statement.all.size() || theirs == best.sentence->words.size()) return;
    double sides = 0.0;
    for (std::size_t i = 0; i < best.words.size(); ++i) {
        auto const& word = statement.words[i].word;
        if (best.words[i].link == Link::none || is_direction(word)) continue;
        sides += ((statement.words[i].at < mine) == (best.words[i].at < theirs) ? 1.0 : -1.0) * word.weight;
    }
    int const direction = sign_of(statement.all, WordClass::up, WordClass::down) *
                          sign_of(best.sentence->words, WordClass::up, WordClass::down);
    features.add("comparison: sides and directions agree", (sides > 0.0 ? 1.0 : -1.0) * direction);
}

/// What a sentence answers to a question, by its own words: +1 yes, -1 no, 0 neither.
int answer_of(ReadStatement::Parts const& statement, TextSentence const& sentence) {
    bool const asks_sameness = count(statement.all, WordClass::same) > 0;
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

std::vector<Contribution> features_of(ReadStatement::Parts const& statement, TextReading const& passage) {
    FeatureList features;
    if (passage.sentences.empty() || statement.words.empty()) return {};
    std::vector<AlignedSentence> aligned;
    for (auto const& sentence : passage.sentences)
        aligned.push_back(align(statement, sentence));
    auto const& best = *std::max_element(aligned.begin(), aligned.end(),
                                         [](auto const& a, auto const& b) { return a.recall < b.recall; });
    add_overlap(statement, aligned, best, features);
    add_denials(statement, best, features);
    add_values(statement, best, features);
    add_modifiers(statement, best, features);
    add_replaced_directions(statement, best, features);
    add_products(statement, best, features);
    add_effects(statement, best, features);
    add_missing_classes(statement, best, features);
    add_comparison(statement, best, features);
    add_numbers(statement, aligned, features);
    add_class_pairs(statement, best, features);
    add_passage(passage, best, statement.text.is_question, features);
    add_answers(statement, passage, features);
    add_directions(statement, aligned, features);
    add_all_sentences(statement, aligned, features);
    add_turned_comparison(statement, best, features);
    add_answer(statement, aligned, best, features);
    if (statement.text.is_question) features.add("the statement is a question", 1.0);
    features.add("statement is long", std::min(1.0, static_cast<double>(statement.words.size()) / 20.0));
    return features.take();
}

}  // namespace dossier
