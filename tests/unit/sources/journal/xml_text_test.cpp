#include "dossier/sources/journal/xml_text.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "dossier/sources/journal/journal_xml.hpp"
#include "unit/sources/corpus.hpp"

namespace {

using namespace dossier::sources;

TEST(XmlText, KnowsWhereEveryCharacterStands) {
    std::string const source = "<a b=\"x&amp;y\">one &lt; <c>two</c><![CDATA[3]]></a>";
    XmlText const xml(source);
    MappedText text;
    append_all_text(text, xml, xml.document());
    ASSERT_EQ(text.text(), "one < two3");
    EXPECT_EQ(source.substr(text.origin_begin(4), text.origin_end(5) - text.origin_begin(4)), "&lt;");
    EXPECT_EQ(text.origin_begin(6), source.find("two"));
    EXPECT_EQ(text.origin_begin(9), source.find("3]]>"));
    auto const attribute = xml.slice_of(xml.document().first_child().first_attribute());
    EXPECT_EQ(attribute.text, "x&amp;y");
    EXPECT_EQ(attribute.origin, source.find("x&amp;"));
}

TEST(XmlText, GivesTextOfAnElementFolded) {
    XmlText const xml("<a>  one\n<b>tw&#111;</b>\t</a>");
    EXPECT_EQ(plain_text(xml.document()), "one two");
}

TEST(XmlText, FindsNamesWithAndWithoutPrefix) {
    XmlText const xml("<x:a><y:b z:c=\"1\" d=\"2\"/></x:a>");
    auto const b = child_named(child_named(xml.document(), "a"), "b");
    ASSERT_TRUE(b);
    EXPECT_EQ(attribute_of(b, "c"), "1");
    EXPECT_EQ(attribute_of(b, "d"), "2");
    EXPECT_EQ(attribute_of(b, "e"), "");
}

TEST(XmlText, SaysWhyThereIsNoTree) {
    EXPECT_EQ(XmlText("").problem(), "is not well-formed XML: it has no element");
    EXPECT_EQ(XmlText("<a>\n<b").problem_line(), 2u);
    EXPECT_EQ(XmlText("<a><!-- </a>").problem(), "is not well-formed XML: a comment is not closed");
}

TEST(XmlText, WalksFlatAndNestedElementsAlike) {
    XmlText const xml("<a><b><c/></b><d/></a>");
    std::string order;
    walk_xml(
        xml.document().first_child(),
        [&](pugi::xml_node node) {
            order += node.name();
            return true;
        },
        [&](pugi::xml_node node) { order += std::string("/") + node.name(); });
    EXPECT_EQ(order, "abc/c/bd/d/a");
}

// Nothing of what an attack aims at reaches the text, whatever reader it is given to.
TEST(XmlText, GivesAttacksNothing) {
    auto const folder = corpus::folder("hostile/xml_attacks");
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "skipped: " << folder << " is not there";
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        auto const bytes = corpus::bytes_of(entry.path());
        XmlText const xml(bytes);
        EXPECT_LE(plain_text(xml.document()).size(), bytes.size()) << entry.path();
        EXPECT_TRUE(read_jats(bytes).blocks.empty()) << entry.path();
        EXPECT_TRUE(read_pubmed_article(bytes).blocks.empty()) << entry.path();
    }
}

}  // namespace
