#include "dossier/sources/web_address.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::web_address;

TEST(WebAddress, IsAbsoluteWithASchemeOfTheWebAndAHost) {
    EXPECT_EQ(web_address("https://example.org/a?b=c#d"), "https://example.org/a?b=c#d");
    EXPECT_EQ(web_address("HTTPS://Example.org/A"), "https://Example.org/A");
}

TEST(WebAddress, IsNothingElse) {
    for (auto const* text : {"", "www.example.org/a", "example.org", "/story/1", "ftp://example.org", "javascript://x",
                             "https://", "https:///a", "https://#a", "https://exa mple.org", "https://a\nb",
                             "https://a\"b", "https://<script>", "mailto:a@example.org"})
        EXPECT_EQ(web_address(text), std::nullopt) << text;
    EXPECT_EQ(web_address("https://a/" + std::string(2000, 'b')), std::nullopt);
}

}  // namespace
