// Formats that are known by their content.
#include "dossier/sources/format.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::sources::Format;
using dossier::sources::format_of;

TEST(Format, OfBibtexIsKnownByItsFirstEntry) {
    EXPECT_EQ(format_of("refs.txt", "@article{smith2020,\n  title = {Tea},\n}\n"), Format::bibtex);
    EXPECT_EQ(format_of("refs", "\n@Book (doe:1999, title = \"Tea\")\n"), Format::bibtex);
    EXPECT_EQ(format_of("refs.txt", "% Encoding: UTF-8\n\n@InProceedings{a-b,\n"), Format::bibtex);
    EXPECT_EQ(format_of("refs.txt", "@string{leaf = \"Leaf\"}\n@article{smith2020,\n"), Format::bibtex);
}

TEST(Format, OfTextIsNotBibtexBecauseOfAnAtSign) {
    EXPECT_EQ(format_of("a.txt", "@ada said that tea {green, black} helps.\n"), Format::text);
    EXPECT_EQ(format_of("a.txt", "@media { width: 3, }\n"), Format::text);
    EXPECT_EQ(format_of("a.txt", "@article is how an entry begins, and then a brace.\n"), Format::text);
    EXPECT_EQ(format_of("a.txt", "@"), Format::text);
    EXPECT_EQ(format_of("a.txt", "% a comment"), Format::text);
}

TEST(Format, OfATableWithTabsIsKnownByTheColumnsOfAnExport) {
    EXPECT_EQ(format_of("savedrecs.txt", "PT\tAU\tTI\tSO\tAB\tDI\tPY\nJ\tSmith, A\tTea\tLeaf\tWe drank.\t\t2020\n"),
              Format::tsv);
    EXPECT_EQ(format_of("scopus.txt", "Authors\tTitle\tYear\tAbstract\n"), Format::tsv);
    EXPECT_EQ(format_of("a.txt", "Day\tTea\tCoffee\n1\t2\t3\n"), Format::text);
    EXPECT_EQ(format_of("a.txt", "Title\nTea and sleep\n"), Format::text);
}

}  // namespace
