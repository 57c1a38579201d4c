#include "dossier/sources/language.hpp"

#include <gtest/gtest.h>

#include "corpus.hpp"

namespace {

using dossier::sources::language_of;

TEST(Language, OfASentenceIsToldWhereHardlyAWordCouldBeEnglish) {
    EXPECT_EQ(language_of({"Das Licht der Bildschirme ist nicht schädlich."}), "de");
    EXPECT_EQ(language_of({"La lumière des écrans n'est pas dangereuse pour les yeux."}), "fr");
    EXPECT_EQ(language_of({"La luz de las pantallas no es mala para los ojos."}), "es");
    EXPECT_EQ(language_of({"Синий свет не вреден."}), "ru");
    EXPECT_EQ(language_of({"血圧は歩くと下がります。"}), "ja");
}

TEST(Language, OfAFewWordsIsNotGuessed) {
    EXPECT_EQ(language_of({"Ketamin hilft."}), "");
    EXPECT_EQ(language_of({"Walking helps many nurses."}), "");
    EXPECT_EQ(language_of({"The α and β of it."}), "");
    EXPECT_EQ(language_of({"Die in war, was it so?"}), "");
    EXPECT_EQ(language_of({""}), "");
}

TEST(Language, OfAShortArticleIsNamedRatherThanCalledUnusable) {
    for (auto const* const text :
         {"Das Licht der Bildschirme ist nicht schädlich.\n", "Das Licht der Bildschirme ist nicht schädlich"}) {
        dossier::Diagnostics diagnostics;
        auto const article = corpus::read("licht.txt", text, &diagnostics);
        EXPECT_EQ(article.language, "de");
        EXPECT_EQ(article.status_reason, "is written in German (de), this version reads English");
    }
}

}  // namespace
