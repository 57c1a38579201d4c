// Text for XML and numbers for data, as several formats write them.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "shared/number_text.hpp"
#include "shared/xml_text.hpp"

namespace {

using namespace dossier::formats;

TEST(XmlText, EscapesWhatWouldMeanSomething) {
    EXPECT_EQ(xml_text("<a b='c' d=\"e\">&amp;"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;");
}

TEST(XmlText, HasOneKindOfLineBreak) {
    EXPECT_EQ(xml_text("a\r\nb\rc\nd\r"), "a\nb\nc\nd\n");
}

TEST(XmlText, HoldsNoCharacterThatXmlForbidsOrThatMisleads) {
    EXPECT_EQ(xml_text("\uFFFE\uFFFF\u202E\x1B\xFF"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(xml_text("\u00E9\U0001F600\t"), "\u00E9\U0001F600\t");
}

TEST(NumberText, IsTheShortestThatReadsBackAndAlwaysFits) {
    NumberText room;
    EXPECT_EQ(shortest(0.1, room), "0.1");
    EXPECT_EQ(shortest(-std::numeric_limits<double>::denorm_min(), room), "-5e-324");
    EXPECT_EQ(shortest(-std::numeric_limits<double>::max(), room), "-1.7976931348623157e+308");
    EXPECT_EQ(shortest(std::numeric_limits<std::int64_t>::min(), room), "-9223372036854775808");
    EXPECT_EQ(shortest(std::numeric_limits<std::uint64_t>::max(), room), "18446744073709551615");
}

}  // namespace
