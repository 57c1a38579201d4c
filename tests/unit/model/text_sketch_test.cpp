#include "dossier/model/text_sketch.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "support/made_text.hpp"

namespace {

using dossier::containment;
using dossier::resemblance;
using dossier::Sentence;
using dossier::SentenceRole;
using dossier::sketch_of;
using dossier::test::made_words;
using dossier::test::sentences_of;
using dossier::test::Words;
using dossier::test::operator+;

std::vector<Sentence> one_sentence(std::string text, SentenceRole role = SentenceRole::statement) {
    Sentence sentence;
    sentence.text = std::move(text);
    sentence.role = role;
    return {sentence};
}

std::uint64_t text_hash(std::string text) {
    return sketch_of(one_sentence(std::move(text))).text_hash;
}

std::set<Words> shingles_of(Words const& words) {
    std::set<Words> shingles;
    for (std::size_t i = 0; i + dossier::words_per_shingle <= words.size(); ++i)
        shingles.insert(Words(words.begin() + static_cast<std::ptrdiff_t>(i),
                              words.begin() + static_cast<std::ptrdiff_t>(i + dossier::words_per_shingle)));
    return shingles;
}

struct Shared {
    double resemblance, containment;
};

Shared shared_by(Words const& a, Words const& b) {
    auto const first = shingles_of(a), second = shingles_of(b);
    double n_shared = 0;
    for (auto const& shingle : first)
        n_shared += second.contains(shingle) ? 1.0 : 0.0;
    auto const n_first = static_cast<double>(first.size()), n_second = static_cast<double>(second.size());
    return {n_shared / (n_first + n_second - n_shared), n_shared / std::min(n_first, n_second)};
}

TEST(TextSketch, CaseAndPunctuationDoNotMatter) {
    EXPECT_EQ(text_hash("It is \xE2\x80\x9Cnot\xE2\x80\x9D addictive \xE2\x80\x93 they say."),
              text_hash("it is 'not' ADDICTIVE, they  say"));
    EXPECT_EQ(text_hash("Caf\xC3\x89 d\xC3\x8Aner"), text_hash("caf\xC3\xA9 d\xC3\xAAner"));
    EXPECT_NE(text_hash("It is addictive"), text_hash("It is not addictive"));
    EXPECT_NE(text_hash("now here"), text_hash("nowhere"));
    EXPECT_NE(text_hash("one two"), text_hash("two one"));
}

TEST(TextSketch, SentenceBoundariesDoNotMatter) {
    auto two = one_sentence("It is addictive.");
    two.push_back(one_sentence("They say so.").front());
    EXPECT_EQ(sketch_of(two).text_hash, text_hash("It is addictive; they say so."));
}

TEST(TextSketch, LeavesOutWhatMayNotBeQuoted) {
    auto page = one_sentence("It is addictive.");
    page.push_back(one_sentence("Sign up for our newsletter", SentenceRole::boilerplate).front());
    page.push_back(one_sentence("What is it?", SentenceRole::question).front());
    EXPECT_EQ(sketch_of(page).text_hash, text_hash("It is addictive."));
}

TEST(TextSketch, OfNothingIsEmpty) {
    for (auto const& nothing :
         {std::vector<Sentence>{}, one_sentence(" - . \xE2\x80\x94 "), one_sentence("\xE2\x80")}) {
        auto const sketch = sketch_of(nothing);
        EXPECT_EQ(sketch.n_shingles, 0u);
        EXPECT_TRUE(sketch.minima.empty());
    }
    EXPECT_EQ(sketch_of({}).text_hash, 0u);
    EXPECT_EQ(resemblance(sketch_of({}), sketch_of({})), 0.0);
}

TEST(TextSketch, CountsDifferentShingles) {
    EXPECT_EQ(sketch_of(one_sentence("only four words here")).n_shingles, 1u);
    EXPECT_EQ(sketch_of(one_sentence("one two three four five six seven")).n_shingles, 3u);
    EXPECT_EQ(sketch_of(one_sentence("la la la la la la la la la la la")).n_shingles, 1u);
    auto const words = made_words(1, 5000);
    EXPECT_EQ(sketch_of(sentences_of(words)).n_shingles, shingles_of(words).size());
}

TEST(TextSketch, HasNoMinimaForTooLittleText) {
    EXPECT_TRUE(sketch_of(sentences_of(made_words(1, 33))).minima.empty());
    EXPECT_EQ(sketch_of(sentences_of(made_words(1, 34))).minima.size(), dossier::sketch_bins);
}

TEST(TextSketch, IsTheSameOnEveryPlatform) {
    auto const sketch = sketch_of(sentences_of(made_words(7, 400)));
    EXPECT_EQ(sketch.text_hash, 5940842070546884790u);
    EXPECT_EQ(sketch.n_shingles, 396u);
    EXPECT_EQ(sketch.minima.at(0), 2979896217u);
    EXPECT_EQ(sketch.minima.at(127), 1216777316u);
}

// 128 bins: the standard error of a resemblance of one half is .044, of fewer shingles than bins more.
TEST(Resemblance, IsNearTheTrueJaccardSimilarity) {
    double sum_of_squares = 0.0;
    std::size_t n = 0;
    for (std::size_t const n_words : {150u, 400u, 2000u})
        for (std::size_t tenth = 0; tenth <= 10; ++tenth)
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                auto const common = made_words(seed * 100 + 3, n_words * tenth / 10);
                auto const a = common + made_words(seed * 100 + 1, n_words - common.size());
                auto const b = common + made_words(seed * 100 + 2, n_words - common.size());
                auto const estimate = resemblance(sketch_of(sentences_of(a)), sketch_of(sentences_of(b)));
                auto const error = estimate - shared_by(a, b).resemblance;
                EXPECT_LT(std::abs(error), 0.22) << n_words << " words, seed " << seed;
                sum_of_squares += error * error;
                ++n;
            }
    auto const standard_error = std::sqrt(sum_of_squares / static_cast<double>(n));
    RecordProperty("standard_error", std::to_string(standard_error));
    EXPECT_LT(standard_error, 0.045);
}

TEST(Resemblance, IsOneForTheSameTextAndNoughtForAnother) {
    for (std::size_t const n_words : {34u, 100u, 1000u, 20000u}) {
        auto const a = sketch_of(sentences_of(made_words(1, n_words)));
        EXPECT_EQ(resemblance(a, a), 1.0);
        EXPECT_EQ(resemblance(a, sketch_of(sentences_of(made_words(2, n_words)))), 0.0);
    }
}

TEST(Containment, OfAnExcerptIsNearOne) {
    double sum_of_squares = 0.0;
    std::size_t n = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        for (std::size_t const ratio : {2u, 3u, 4u}) {
            auto const whole = made_words(seed, 1200);
            Words const part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(1200 / ratio));
            auto const error = containment(sketch_of(sentences_of(part)), sketch_of(sentences_of(whole))) - 1.0;
            sum_of_squares += error * error;
            ++n;
        }
    EXPECT_LT(std::sqrt(sum_of_squares / static_cast<double>(n)), 0.15);
}

}  // namespace
