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

std::string const indonesian =
    "Para perawat minum teh pada malam hari dan tidak tidur dengan baik. Mereka tidur lebih lama dari orang yang minum "
    "air, "
    "kata para peneliti, namun hal itu tidak berlaku untuk semua orang. Teh yang mereka minum dibuat dari daun kering, "
    "dan "
    "mereka dapat memilih sendiri berapa banyak gula yang akan ditambahkan ke dalam cangkir itu setiap hari.";

TEST(Language, IsNamedForManyThatAreNotEnglish) {
    EXPECT_EQ(language_of({indonesian}), "id");
    EXPECT_EQ(
        language_of(
            {"Kerana hujan, beliau tidak dapat pergi ke sekolah dan perlu menunggu di rumah. Bahawa hal ini boleh "
             "berlaku kepada semua orang ialah perkara yang kita tahu daripada pengalaman."}),
        "ms");
    EXPECT_EQ(language_of(
                  {"Các y tá đã uống trà vào buổi tối và ngủ lâu hơn những người khác. Trong một tuần họ không uống cà "
                   "phê, nhưng vẫn được uống trà với sữa khi họ muốn."}),
              "vi");
    EXPECT_EQ(
        language_of(
            {"Hemşireler akşam çay içti ve daha uzun uyudu. Bu bir hafta sürdü, ama her gün için çay ile birlikte "
             "süt de vardı. Çok soğuk olan günlerde daha fazla içildi."}),
        "tr");
    EXPECT_EQ(language_of(
                  {"Sestry pily večer čaj a spaly déle než ostatní. Bylo to jako na horách, kde se pije čaj s mlékem, "
                   "ale není to pro každého. Podle nich je čaj lepší než káva, která už není tak dobrá."}),
              "cs");
    EXPECT_EQ(language_of(
                  {"Asistentele au băut ceai seara și au dormit mai mult. Nu este bine să se bea cafea după cină, dar "
                   "ceaiul care se bea cu lapte este bun pentru oricine a fost în frig."}),
              "ro");
    EXPECT_EQ(language_of(
                  {"Az ápolók este teát ittak, és tovább aludtak. Nem volt hideg, de a tea nagyon jó volt, mert mézzel "
                   "itták. Azt mondták, hogy ez csak egy hétig tart, azonban még most is isszák."}),
              "hu");
    EXPECT_EQ(
        language_of({"Wauguzi walikunywa chai jioni na walilala zaidi. Hii ni kwa sababu ya maziwa katika chai, lakini "
                     "watu wa mji wanasema kwamba si hivyo. Chai hiyo ni ya milima na ni kama dawa."}),
        "sw");
    EXPECT_EQ(
        language_of(
            {"Ang mga nars ay uminom ng tsaa sa gabi at natulog nang mas mahaba. Hindi ito para sa lahat, pero ang "
             "gatas na may tsaa ay mabuti kung malamig ang panahon."}),
        "tl");
}

TEST(Language, OfRunningTextThatIsNotEnglishIsNotCalledEnglishForLackOfAName) {
    std::string esperanto;
    for (int i = 0; i < 6; ++i)
        esperanto += "La flegistinoj trinkis teon vespere kaj dormis pli longe ol tiuj, kiuj trinkis akvon kun mielo. ";
    EXPECT_EQ(language_of({esperanto}), "und");
    auto const article = corpus::read("teo.txt", esperanto + "\n");
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    EXPECT_EQ(article.status_reason,
              "is not written in English (its language is not recognised), this version reads English");
}

TEST(Language, OfListsAndTablesIsNotRefused) {
    std::string names, doses, figures;
    for (int i = 0; i < 20; ++i) {
        names += "Smith A, van der Berg J, Okafor C, Li W. ";
        doses += "aspirin 100 mg daily; ibuprofen tablets 200 mg, coated; vitamin injections, weekly dosing. ";
        figures += "Sodium 140 mmol/L 138 139 p = 0.3; Weight 70 kg 71 kg. ";
    }
    for (auto const& text : {names, doses, figures}) {
        auto const language = language_of({text});
        EXPECT_TRUE(language.empty() || language == "en") << language << ": " << text.substr(0, 60);
    }
}

}  // namespace
