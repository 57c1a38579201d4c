#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "dossier/evidence/statement/feature_list.hpp"

namespace dossier {
namespace {

using Words = std::vector<ReadWord>;

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
                     list_words(best.sentence->words, mine > 0 ? WordClass::bad : WordClass::good));
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
    bool const i_deny =
        count_words(statement.all, WordClass::no_effect) > 0 || count_words(statement.all, WordClass::denial) > 0;
    bool const they_deny = count_words(theirs, WordClass::no_effect) > 0 || count_words(theirs, WordClass::denial) > 0;
    auto const states = [](Words const& words) {
        return std::any_of(words.begin(), words.end(), [](auto const& word) {
            return !word.is_denied &&
                   (word.is(WordClass::up) || word.is(WordClass::down) || word.is(WordClass::effect) ||
                    word.is(WordClass::good) || word.is(WordClass::bad) || word.is(WordClass::cause));
        });
    };
    if (!i_deny && states(statement.all) && they_deny)
        features.add("effect stated, denied in the passage × recall", best.recall,
                     list_words(theirs, WordClass::no_effect));
    if (i_deny && !they_deny && states(theirs))
        features.add("effect denied, stated in the passage × recall", best.recall,
                     list_words(statement.all, WordClass::no_effect));
    if (i_deny && they_deny)
        features.add("effect denied in both × recall", best.recall, list_words(theirs, WordClass::no_effect));
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
        if (count_words(statement.all, a) == 0) continue;
        for (auto const b : theirs)
            if (best.sentence->count(b) > 0)
                features.add(std::string("statement has ") + name_of(a) + ", sentence has " + name_of(b), best.recall,
                             list_words(statement.all, a) + " / " + list_words(best.sentence->words, b));
    }
}

}  // namespace

void add_sentence_features(ReadStatement::Parts const& statement, AlignedSentence const& best, FeatureList& features) {
    add_denials(statement, best, features);
    add_values(statement, best, features);
    add_modifiers(statement, best, features);
    add_replaced_directions(statement, best, features);
    add_products(statement, best, features);
    add_effects(statement, best, features);
    add_missing_classes(statement, best, features);
    add_comparison(statement, best, features);
    add_turned_comparison(statement, best, features);
    add_class_pairs(statement, best, features);
}

}  // namespace dossier
