#include "pdf/unicode.hpp"

#include <gtest/gtest.h>

namespace {

using namespace dossier::pdf;

std::string set(std::string const& raw) {
    std::string room;
    return std::string(settable(raw, room));
}

TEST(PdfUnicode, ReadsEveryKindOfSequenceAndNoneThatIsBroken) {
    auto const first = [](std::string_view text) {
        std::size_t at = 0;
        return next_code_point(text, at);
    };
    EXPECT_EQ(first("a"), U'a');
    EXPECT_EQ(first("é"), U'é');
    EXPECT_EQ(first("≥"), U'≥');
    EXPECT_EQ(first("😀"), U'😀');
    for (std::string_view const broken :
         {"\x80", "\xc0\xaf", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"})
        EXPECT_EQ(first(broken), replacement_character);
}

TEST(PdfUnicode, ReadsOnAfterAByteThatIsBroken) {
    std::string_view const text = "\xe2(é";
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(text, at), replacement_character);
    EXPECT_EQ(next_code_point(text, at), U'(');
    EXPECT_EQ(next_code_point(text, at), U'é');
    EXPECT_EQ(at, text.size());
}

TEST(PdfUnicode, SqueezesBlanksButKeepsThoseAtTheEnds) {
    EXPECT_EQ(set(" a \t\r\n b "), " a b ");
    EXPECT_EQ(set("a\u2028b\u2003c"), "a b c");
    EXPECT_EQ(set("10\u00a0%"), "10\u00a0%") << "a space that must not break stays one";
}

TEST(PdfUnicode, ShortensBetweenCharacters) {
    EXPECT_EQ(shortened("aé😀", 3), "aé😀");
    EXPECT_EQ(shortened("aé😀b", 3), "aé…");
    EXPECT_EQ(shortened("ab", 1), "…");
    EXPECT_EQ(shortened("", 1), "");
}

TEST(PdfUnicode, WritesUtf16WithSurrogates) {
    using namespace std::string_literals;
    EXPECT_EQ(utf16_with_mark("aé😀"),
              "\xfe\xff\0"
              "a\0\xe9\xd8\x3d\xde\0"s);
}

}  // namespace
