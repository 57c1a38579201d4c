// Which addresses a document may lead to. That formats keep to it is tested with each of them.
#include "shared/web_address.hpp"

#include <gtest/gtest.h>

#include "formats/web_addresses.hpp"

namespace {

using dossier::formats::is_web_address;

TEST(WebAddress, IsOneOfThreeSchemesInLettersOfAnyCase) {
    for (auto const& address : dossier::test::web_addresses())
        EXPECT_TRUE(is_web_address(address)) << address;
}

TEST(WebAddress, HoldsNothingThatAUrlCannot) {
    for (auto const& address : dossier::test::no_web_addresses())
        EXPECT_FALSE(is_web_address(address)) << address;
}

TEST(WebAddress, IsNoneWithAnyControlCharacterOrSpaceInIt) {
    for (int byte = 0; byte <= 0x20; ++byte)
        EXPECT_FALSE(is_web_address(std::string("https://example.org/a") + static_cast<char>(byte) + "b")) << byte;
}

}  // namespace
