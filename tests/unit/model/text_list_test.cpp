#include "dossier/model/text_list.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using dossier::TextList;

std::string text(std::size_t number) {
    return std::string(number % 7, 'x') + std::to_string(number);
}

TEST(TextList, GivesBackEachTextByTheNumberUnderWhichItWasAdded) {
    constexpr std::size_t n = 3000;
    TextList list;
    EXPECT_TRUE(list.empty());
    for (std::size_t i = 0; i < n; ++i)
        list.push_back(text(i));
    ASSERT_EQ(list.size(), n);
    for (std::size_t i = 0; i < n; ++i)
        ASSERT_EQ(list[i], text(i));
}

TEST(TextList, HoldsTextsThatAreEmptyOrLong) {
    std::string const large(1'000'000, 'l');
    TextList list;
    for (std::size_t i = 0; i < 600; ++i)
        list.push_back(i % 300 == 7 ? std::string_view(large) : std::string_view());
    EXPECT_EQ(list[7], large);
    EXPECT_EQ(list[8], "");
    EXPECT_EQ(list[307], large);
    EXPECT_EQ(list[599], "");
}

TEST(TextList, KeepsWhatComesAfterTheTextsThatWereReleased) {
    constexpr std::size_t n = 1000;
    TextList list;
    for (std::size_t i = 0; i < n; ++i)
        list.push_back(text(i));
    for (std::size_t i = 0; i < n; ++i) {
        list.release_before(i);
        ASSERT_EQ(list[i], text(i));
        ASSERT_EQ(list[n - 1], text(n - 1));
    }
}

TEST(TextList, TellsWhetherATextIsAmongSortedOnes) {
    TextList list;
    EXPECT_FALSE(is_among("", list));
    for (std::size_t i = 1000; i < 2000; i += 2)
        list.push_back(std::to_string(i));
    EXPECT_TRUE(is_among("1000", list));
    EXPECT_TRUE(is_among("1512", list));
    EXPECT_TRUE(is_among("1998", list));
    EXPECT_FALSE(is_among("", list));
    EXPECT_FALSE(is_among("1513", list));
    EXPECT_FALSE(is_among("1999", list));
}

}  // namespace
