#include "dossier/job/labelled_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace dossier;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A file that is there as long as this.
class WrittenFile {
public:
    WrittenFile(std::string const& name, std::string const& bytes)
        : path_(std::filesystem::temp_directory_path() /
                (testing::UnitTest::GetInstance()->current_test_info()->name() + std::string("-") + name)) {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~WrittenFile() { std::filesystem::remove(path_); }
    WrittenFile(WrittenFile const&) = delete;
    WrittenFile& operator=(WrittenFile const&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

TEST(LabelledPairs, AreReadByTheNamesOfTheirColumnsInAnyOrder) {
    WrittenFile const file("a.tsv",
                           "label\textra\tevidence_text\tclaim\tid\nrefutes\tx\tIt did not rain.\tIt rained.\tp1\n");
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_TRUE(diagnostics.empty());
    ASSERT_EQ(pairs->rows.size(), 1u);
    EXPECT_EQ(pairs->rows[0].id, "p1");
    EXPECT_EQ(pairs->rows[0].claim, "It rained.");
    EXPECT_EQ(pairs->rows[0].text, "It did not rain.");
    EXPECT_EQ(pairs->rows[0].label, Stance::refutes);
}

TEST(LabelledPairs, NeedNeitherLabelsNorIds) {
    WrittenFile const file("a.tsv",
                           "\xEF\xBB\xBF"
                           "claim\tevidence_text\r\nIt rained.\tIt did.\r\n");
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_FALSE(pairs->has_labels);
    ASSERT_EQ(pairs->rows.size(), 1u);
    EXPECT_EQ(pairs->rows[0].id, "2") << "the number of its line";
    EXPECT_FALSE(pairs->rows[0].label);
}

TEST(LabelledPairs, TakeQuotesAsTheyStandBetweenTabs) {
    WrittenFile const file("a.tsv", "claim\tevidence_text\n\"It rained\"\tHe said \"it did\n");
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_EQ(pairs->rows.at(0).claim, "\"It rained\"");
    EXPECT_EQ(pairs->rows.at(0).text, "He said \"it did");
}

TEST(LabelledPairs, OfACsvFileMayBeQuoted) {
    WrittenFile const file("a.csv", "id,claim,evidence_text,label\n1,\"It rained, much.\",\"Two\nlines.\",supports\n");
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_TRUE(diagnostics.empty());
    ASSERT_EQ(pairs->rows.size(), 1u);
    EXPECT_EQ(pairs->rows[0].claim, "It rained, much.");
    EXPECT_EQ(pairs->rows[0].text, "Two\nlines.");
}

TEST(LabelledPairs, ABadRowCostsItselfAndSaysWhere) {
    WrittenFile const file("a.tsv",
                           "claim\tevidence_text\tlabel\nIt rained.\tIt did.\tsuports\nIt rained.\tIt did.\n"
                           "It rained.\t\tsupports\nIt rained.\tIt \xFF.\tsupports\nIt rained.\tIt did.\tsupports\n");
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_EQ(pairs->rows.size(), 1u);
    EXPECT_EQ(pairs->n_left_out, 4u);
    auto const& messages = diagnostics.items();
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[0].code, "DOS0243");
    EXPECT_EQ(messages[0].place.line, 2u);
    EXPECT_EQ(messages[0].place.column, 20u);
    EXPECT_THAT(messages[0].message, HasSubstr("did you mean \"supports\"?"));
    EXPECT_EQ(messages[1].code, "DOS0242");
    EXPECT_THAT(messages[1].message, HasSubstr("the row has 2 fields, and the file 3 columns"));
    EXPECT_THAT(messages[2].message, HasSubstr("no evidence_text"));
    EXPECT_THAT(messages[3].message, HasSubstr("not UTF-8"));
}

TEST(LabelledPairs, TellAtMostTwentyRowsOfAKind) {
    std::string text = "claim\tevidence_text\n";
    for (int i = 0; i < 1000; ++i)
        text += "one field\n";
    WrittenFile const file("a.tsv", text);
    Diagnostics diagnostics;
    auto const pairs = read_pairs(file.path(), diagnostics);
    ASSERT_TRUE(pairs);
    EXPECT_EQ(pairs->n_left_out, 1000u);
    EXPECT_EQ(diagnostics.items().size(), 21u);
}

TEST(LabelledPairs, AreRefusedWithoutTheirColumns) {
    WrittenFile const file("a.tsv", "claim\tevidence\nIt rained.\tIt did.\n");
    Diagnostics diagnostics;
    EXPECT_FALSE(read_pairs(file.path(), diagnostics));
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0241");
    EXPECT_THAT(diagnostics.items()[0].message, HasSubstr("is it \"evidence\"?"));
}

TEST(LabelledPairs, AreRefusedWhereAColumnIsThereTwice) {
    WrittenFile const file("a.tsv", "claim\tevidence_text\tclaim\na\tb\tc\n");
    Diagnostics diagnostics;
    EXPECT_FALSE(read_pairs(file.path(), diagnostics));
    EXPECT_EQ(diagnostics.items().at(0).place.column, 21u);
}

TEST(LabelledPairs, AreRefusedWhereThereIsNothing) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_pairs("/nowhere/at/all.tsv", diagnostics));
    WrittenFile const empty("a.tsv", "\n\n");
    EXPECT_FALSE(read_pairs(empty.path(), diagnostics));
    WrittenFile const names("b.tsv", "claim\tevidence_text\n");
    EXPECT_FALSE(read_pairs(names.path(), diagnostics));
    ASSERT_EQ(diagnostics.items().size(), 3u);
    for (auto const& message : diagnostics.items())
        EXPECT_EQ(message.code, "DOS0240");
}

TEST(GoldStances, MayAcceptSeveral) {
    WrittenFile const file(
        "g.tsv",
        "claim\tarticle\taccepted_stances\tquote\nc\ta.txt\tsupports|mixed\tx\nc\tb\tsilent|not_assessable\t\n");
    Diagnostics diagnostics;
    auto const gold = read_gold(file.path(), diagnostics);
    ASSERT_TRUE(gold);
    EXPECT_TRUE(diagnostics.empty());
    ASSERT_EQ(gold->rows.size(), 2u);
    EXPECT_THAT(gold->rows[0].accepted, ElementsAre(Stance::supports, Stance::mixed));
    EXPECT_THAT(gold->rows[1].accepted, ElementsAre(Stance::silent, Stance::not_assessable));
    EXPECT_EQ(gold->rows[0].article_place.column, 3u);
}

TEST(GoldStances, ARowWithoutAStanceCostsItself) {
    WrittenFile const file("g.tsv", "claim\tarticle\taccepted_stances\nc\ta\t\nc\ta\tsupports|\n");
    Diagnostics diagnostics;
    auto const gold = read_gold(file.path(), diagnostics);
    ASSERT_TRUE(gold);
    EXPECT_THAT(gold->rows, IsEmpty());
    EXPECT_EQ(gold->n_left_out, 2u);
}

}  // namespace
