#include "dossier/claims/phrase_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using dossier::fold;
using dossier::max_phrase_variants;
using dossier::parse_phrase;
using dossier::PhraseElement;
using dossier::PhraseError;
using dossier::PhrasePattern;

using Variants = std::vector<std::vector<PhraseElement>>;

PhraseElement word(std::string text) {
    return {PhraseElement::Kind::word, std::move(text)};
}
PhraseElement stem(std::string text) {
    return {PhraseElement::Kind::stem, std::move(text)};
}
PhraseElement gap() {
    return {PhraseElement::Kind::gap, {}};
}

Variants variants_of(std::string_view phrase) {
    auto const result = parse_phrase(phrase);
    auto const* pattern = std::get_if<PhrasePattern>(&result);
    if (!pattern) {
        ADD_FAILURE() << phrase << ": " << std::get<PhraseError>(result).message;
        return {};
    }
    EXPECT_EQ(pattern->source, phrase);
    return pattern->variants();
}

PhraseError error_of(std::string_view phrase) {
    auto const result = parse_phrase(phrase);
    auto const* error = std::get_if<PhraseError>(&result);
    if (!error) {
        ADD_FAILURE() << phrase << " was accepted";
        return {};
    }
    EXPECT_FALSE(error->message.empty());
    EXPECT_LE(error->offset + error->length, phrase.size());
    return *error;
}

TEST(PhrasePattern, ReadsWordsInOrderWithoutCaseAndAccents) {
    EXPECT_EQ(variants_of("Physical  Dépendence"), (Variants{{word("physical"), word("dependence")}}));
}

TEST(PhrasePattern, ReadsStemsAndKeepsHyphensAndApostrophesInsideWords) {
    EXPECT_EQ(variants_of("addict* habit-forming don\u2019t"),
              (Variants{{stem("addict"), word("habit-forming"), word("don't")}}));
}

TEST(PhrasePattern, DropsThePossessiveBecauseTextsAreReadWithoutIt) {
    EXPECT_EQ(variants_of("coffee's effect"), (Variants{{word("coffee"), word("effect")}}));
}

TEST(PhrasePattern, MultipliesOutAlternativesOfSeveralWords) {
    EXPECT_EQ(variants_of("{dose|higher dosage*} rises"),
              (Variants{{word("higher"), stem("dosage"), word("rises")}, {word("dose"), word("rises")}}));
}

TEST(PhrasePattern, OptionalWordsGiveTheLongerVariantFirst) {
    EXPECT_EQ(variants_of("[very highly] addictive"),
              (Variants{{word("very"), word("highly"), word("addictive")}, {word("addictive")}}));
}

TEST(PhrasePattern, ReadsBothSpellingsOfAGapAlsoWithoutSpaces) {
    Variants const expected{{word("risk"), gap(), word("addiction")}};
    EXPECT_EQ(variants_of("risk \u2026 addiction"), expected);
    EXPECT_EQ(variants_of("risk ... addiction"), expected);
    EXPECT_EQ(variants_of("risk\u2026addiction"), expected);
}

TEST(PhrasePattern, TwoGapsInARowAreOne) {
    EXPECT_EQ(variants_of("risk ... [very] ... low").back(), (std::vector{word("risk"), gap(), word("low")}));
}

TEST(PhrasePattern, ReadsNumbersAsTextsWriteThem) {
    EXPECT_EQ(variants_of("$20,000 1.5"), (Variants{{word("20,000"), word("1.5")}}));
}

TEST(PhrasePattern, EqualVariantsAreKeptOnce) {
    EXPECT_EQ(variants_of("{tea|Tea|TEA}").size(), 1u);
}

TEST(PhrasePattern, SaysWhereAndWhyAPhraseCannotBeUsed) {
    EXPECT_EQ(error_of("ad*ict").message, "'*' stands elsewhere than at the end of a word");
    EXPECT_EQ(error_of("ad*ict").offset, 2u);
    EXPECT_EQ(error_of("risk of ad*").offset, 8u);
    EXPECT_EQ(error_of("risk of ad*").length, 3u);
    EXPECT_EQ(error_of("{dose|dosage").message, "'{' is never closed");
    EXPECT_EQ(error_of("dose}").offset, 4u);
    EXPECT_EQ(error_of("{dose|[high] dosage}").message, "brackets inside brackets");
    EXPECT_EQ(error_of("{dose||dosage}").message, "an empty alternative");
    EXPECT_EQ(error_of("{dose|}").message, "an empty alternative");
    EXPECT_EQ(error_of("[] dose").message, "an empty alternative");
    EXPECT_EQ(error_of("{dose]").remedy, "close it with '}'");
}

class RefusedPhrase : public testing::TestWithParam<char const*> {};

TEST_P(RefusedPhrase, IsAnErrorWithARemedy) {
    EXPECT_FALSE(error_of(GetParam()).remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(All, RefusedPhrase,
                         testing::Values("", "   ", "...", "\u2026 \u2026", "... addiction", "risk ...", "[very]",
                                         "[a] ... risk", "risk ... [high]", "*", "ad*", "a|b", "--", "ris,k", "]", "{",
                                         "{a|{b}}"));

TEST(PhrasePattern, RefusesTooManyVariantsAndTooLongPhrases) {
    std::string phrase;
    for (int i = 0; i < 8; ++i)
        phrase += "{a|b} ";
    EXPECT_EQ(variants_of(phrase).size(), max_phrase_variants);
    EXPECT_EQ(error_of(phrase + "{a|b}").message, "the alternatives multiply out to more than 256 variants");
    EXPECT_EQ(error_of(std::string(401, 'a')).message, "the phrase is longer than 400 bytes");
}

TEST(Folding, MakesWhatIsWrittenAndWhatIsReadCompareEqual) {
    EXPECT_EQ(fold("CAFÉ"), "cafe");
    EXPECT_EQ(fold("cafe\u0301"), "cafe");
    EXPECT_EQ(fold("don\u2019t"), "don't");
    EXPECT_EQ(fold("habit\u2010forming"), "habit-forming");
    EXPECT_EQ(fold("ΑΛΦΑ"), "αλφα");
}

TEST(Folding, KeepsInvalidBytes) {
    EXPECT_EQ(fold("A\xff"
                   "B"),
              "a\xff"
              "b");
}

}  // namespace
