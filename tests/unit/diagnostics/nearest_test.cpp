#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace {

using dossier::nearest;

std::vector<std::string> const keys{"supports", "refutes", "statement", "id", "usual_direction", "about", "format"};

TEST(Nearest, FindsSlipsOfTheKeyboard) {
    EXPECT_EQ(nearest("suports", keys), "supports");    // left out
    EXPECT_EQ(nearest("suppports", keys), "supports");  // doubled
    EXPECT_EQ(nearest("suppotrs", keys), "supports");   // swapped
    EXPECT_EQ(nearest("dupports", keys), "supports");   // struck beside
    EXPECT_EQ(nearest("abuot", keys), "about");
}

TEST(Nearest, TakesNoNoticeOfCaseHyphensAndUnderscores) {
    EXPECT_EQ(nearest("SUPPORTS", keys), "supports");
    EXPECT_EQ(nearest("usual-direction", keys), "usual_direction");
}

TEST(Nearest, FindsAWholePartOfALongerName) {
    EXPECT_EQ(nearest("direction", keys), "usual_direction");
}

TEST(Nearest, FindsTheOnlyNameThatAWordAbbreviates) {
    EXPECT_EQ(nearest("fmt", keys), "format");
    std::vector<std::string> const two{"markdown", "med"};
    EXPECT_EQ(nearest("mwn", two), "markdown");
    std::vector<std::string> const ambiguous{"supports", "supposes"};
    EXPECT_EQ(nearest("sp", ambiguous), "");
    EXPECT_EQ(nearest("tm", keys), "") << "not its first letter";
}

TEST(Nearest, PrefersTheNearerAndThenTheFirst) {
    std::vector<std::string> const names{"cost", "cast", "case"};
    EXPECT_EQ(nearest("cask", names), "cast");
    EXPECT_EQ(nearest("casx", names), "cast");
}

TEST(Nearest, SaysNothingRatherThanSomethingFarOff) {
    EXPECT_EQ(nearest("weight", keys), "");
    EXPECT_EQ(nearest("xy", keys), "");
    EXPECT_EQ(nearest("", keys), "");
    EXPECT_EQ(nearest("a", {}), "");
}

TEST(Nearest, CountsLettersNotBytes) {
    std::vector<std::string> const names{"größe", "breite"};
    EXPECT_EQ(nearest("grüße", names), "größe");
}

TEST(Nearest, TakesHugeAndBrokenWordsInItsStride) {
    EXPECT_EQ(nearest(std::string(1'000'000, 'a'), keys), "");
    EXPECT_EQ(nearest("\xFF\xFE\xFF", keys), "");
    std::vector<std::string> const broken{"\xFF", std::string(1'000'000, 'b')};
    EXPECT_EQ(nearest("supports", broken), "");
}

}  // namespace
