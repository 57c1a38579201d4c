#include "dossier/job/review_sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "dossier/model/digest.hpp"

namespace {

using namespace dossier;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

ReviewRow row(std::string article, std::vector<std::string> quotes = {"It harms sleep."}) {
    ReviewRow made;
    made.reasons = {"low confidence (0.51)"};
    made.claim_id = "sleep";
    made.statement = "Coffee harms sleep.";
    made.article_id = std::move(article);
    made.title = "=cmd|' /C calc'!A0";
    made.detector = Stance::supports;
    made.confidence = 0.51;
    for (auto& quote : quotes)
        made.quotes.push_back({quote, sha256_hex(quote), "a.txt:1", Direction::supports});
    made.article_sha256 = sha256_hex("a");
    made.statement_sha256 = sha256_hex(made.statement);
    return made;
}

class SheetFile {
public:
    explicit SheetFile(std::string const& bytes) {
        auto pattern = (fs::temp_directory_path() / "dossier-sheet-XXXXXX").string();
        path_ = pattern;
        int const fd = ::mkstemp(path_.data());
        ::close(fd);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~SheetFile() { fs::remove(path_); }
    SheetFile(SheetFile const&) = delete;
    SheetFile& operator=(SheetFile const&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

/// Puts texts into the empty fields stance … when of the only row.
std::string filled(std::string sheet, std::string const& five_fields) {
    auto const at = sheet.find(",,,,,");
    return sheet.replace(at + 1, 4, five_fields);
}

std::optional<FilledSheet> read(std::string const& bytes, AnnotationRole role = AnnotationRole::override_stance,
                                std::string const& who = "jm", std::string* told = nullptr) {
    SheetFile const file(bytes);
    Diagnostics diagnostics;
    auto sheet = read_review_sheet(file.path(), role, who, diagnostics);
    if (told != nullptr) *told = render(diagnostics.items(), MessageFormat::human);
    return sheet;
}

TEST(ReviewSheet, IsRfc4180ForSpreadsheets) {
    auto const sheet = review_sheet({row("a", {"She said: \"never\", and\nleft."})}, {});
    EXPECT_TRUE(sheet.starts_with("\xEF\xBB\xBFreason,claim_id,statement,"));
    EXPECT_TRUE(sheet.ends_with("\r\n"));
    EXPECT_THAT(sheet, HasSubstr("\"[1] supports: She said: \"\"never\"\", and\nleft.\""));
}

TEST(ReviewSheet, RunsNoFormula) {
    auto const sheet = review_sheet({row("-a")}, {});
    EXPECT_THAT(sheet, HasSubstr(",'-a,"));
    EXPECT_THAT(sheet, HasSubstr("'=cmd|' /C calc'!A0"));
    auto const back = read(filled(sheet, "supports,,Seen.,,"));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->rows.front().annotation.article_id, "-a") << "the apostrophe is taken off again";
}

TEST(ReviewSheet, RunsNoFormulaBehindWhatSpreadsheetsSkip) {
    for (std::string const id : {"\u201C=1", "\u2003+1", "\uFEFF@a", "'=1", ";-1", "\u00A0\u2018=1"}) {
        auto const sheet = review_sheet({row(id)}, {});
        EXPECT_THAT(sheet, HasSubstr("'" + id)) << id;
        auto const back = read(filled(sheet, "supports,,Seen.,,"));
        ASSERT_TRUE(back) << id;
        EXPECT_EQ(back->rows.front().annotation.article_id, id);
    }
}

TEST(ReviewSheet, TellsABlindReaderNothingOfTheEngine) {
    auto const sheet = review_sheet({row("a")}, {"ab", true});
    EXPECT_THAT(sheet, Not(HasSubstr("detector")));
    EXPECT_THAT(sheet, Not(HasSubstr("reason")));
    EXPECT_THAT(sheet, Not(HasSubstr("supports")));
    EXPECT_THAT(sheet, Not(HasSubstr("0.51")));
    EXPECT_THAT(sheet, HasSubstr("[1] It harms sleep."));
}

TEST(ReviewSheet, HasAnOrderOfItsOwnForEachBlindReader) {
    std::vector<ReviewRow> rows;
    for (char const* id : {"a", "b", "c", "d", "e", "f", "g", "h"})
        rows.push_back(row(id));
    auto const of_ab = review_sheet(rows, {"ab", true}), of_cd = review_sheet(rows, {"cd", true});
    EXPECT_EQ(of_ab, review_sheet(rows, {"ab", true}));
    auto const order = [](std::string const& sheet) {
        std::string ids;
        for (auto at = sheet.find("\r\nsleep,"); at != std::string::npos; at = sheet.find("\r\nsleep,", at + 1))
            ids += sheet[sheet.find(",,,", at) + 3];
        return ids;
    };
    EXPECT_NE(order(of_ab), order(of_cd));
    EXPECT_NE(order(of_ab), "abcdefgh");
    EXPECT_EQ(order(of_ab).size(), 8u);
}

TEST(ReviewSheet, ComesBackFilledIn) {
    auto const sheet =
        read(filled(review_sheet({row("a", {"One.", "Two."})}, {}), "Not assessable,2,Seen.,,2026-11-22"));
    ASSERT_TRUE(sheet);
    ASSERT_EQ(sheet->rows.size(), 1u);
    auto const& annotation = sheet->rows.front().annotation;
    EXPECT_EQ(annotation.claim_id, "sleep");
    EXPECT_EQ(annotation.article_id, "a");
    EXPECT_EQ(annotation.stance, Stance::not_assessable);
    EXPECT_EQ(annotation.quote_sha256, sha256_hex("Two."));
    EXPECT_EQ(annotation.who, "jm");
    EXPECT_EQ(annotation.why, "Seen.");
    EXPECT_EQ(annotation.when, "2026-11-22");
    EXPECT_EQ(annotation.article_sha256, sha256_hex("a"));
    EXPECT_EQ(annotation.statement_sha256, sha256_hex("Coffee harms sleep."));
    EXPECT_EQ(annotation.place.line, 2u);
}

TEST(ReviewSheet, TakesTheOnlyQuoteForTheOneThatIsMeant) {
    auto const chosen = [](std::vector<std::string> quotes, std::string const& fields) {
        return read(filled(review_sheet({row("a", std::move(quotes))}, {}), fields))
            ->rows.front()
            .annotation.quote_sha256;
    };
    EXPECT_EQ(chosen({"One."}, "refutes,,Seen.,,"), sha256_hex("One."));
    EXPECT_EQ(chosen({"One.", "Two."}, "refutes,,Seen.,,"), "");
    EXPECT_EQ(chosen({"One."}, "silent,,Seen.,,"), "") << "silence is said of the whole article";
}

TEST(ReviewSheet, WithSemicolonsAndMovedColumnsIsReadToo) {
    auto const sheet = read(
        "stance;note;when;who;why;quote_number;statement_sha256;article_sha256;quote_sha256;article_id;condition_id;"
        "claim_id\n"
        "supports;mine;;ab;\"Seen; twice\";;" +
        sha256_hex("s") + ";" + sha256_hex("a") + ";;a;late;sleep\n");
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->rows.front().annotation.why, "Seen; twice");
    EXPECT_EQ(sheet->rows.front().annotation.condition_id, "late");
    EXPECT_EQ(sheet->rows.front().annotation.who, "ab") << "the sheet says who, whatever --who says";
}

TEST(ReviewSheet, CountsRowsWithoutAStance) {
    auto const sheet = read(review_sheet({row("a"), row("b")}, {}));
    ASSERT_TRUE(sheet);
    EXPECT_TRUE(sheet->rows.empty());
    EXPECT_EQ(sheet->n_empty, 2u);
}

TEST(ReviewSheet, TellsEveryMistakeWithItsLine) {
    std::string told;
    EXPECT_FALSE(read(filled(review_sheet({row("a")}, {}), "suports,7,,J M,22/11/2026"),
                      AnnotationRole::override_stance, "", &told));
    for (auto const* part : {":2:1: error: \"suports\" is no stance; did you mean \"supports\"?", "DOS0264", "DOS0265",
                             "DOS0266", "this row does not say why"})
        EXPECT_THAT(told, HasSubstr(part));
    EXPECT_TRUE(read(filled(review_sheet({row("a")}, {}), "supports,,,,"), AnnotationRole::rating, "ab"))
        << "a rating may go without a reason";
}

TEST(ReviewSheet, IsFilledInByPeople) {
    std::string told;
    EXPECT_FALSE(read(filled(review_sheet({row("a")}, {}), "silent,,Seen.,engine,"), AnnotationRole::override_stance,
                      "", &told));
    EXPECT_THAT(told, HasSubstr(":2:1: error: \"engine\" is the id of no person"));
}

TEST(ReviewSheet, OfWhateverBytesIsReadOrRefused) {
    auto const good = filled(review_sheet({row("a", {"One, two.", "\"Three\""}), row("b")}, {}), "supports,1,Seen.,,");
    std::uint32_t state = 1;
    auto const next = [&] { return state = state * 1664525u + 1013904223u, state >> 8; };
    std::string_view const bytes("\",;\n\r\t'=\0\xFFx", 11);
    for (int round = 0; round < 200; ++round) {
        auto text = good;
        for (std::uint32_t changes = 1 + next() % 6; changes > 0; --changes)
            text[next() % text.size()] = bytes[next() % bytes.size()];
        SheetFile const file(text.substr(0, next() % (text.size() + 1)));
        Diagnostics diagnostics;
        auto const sheet = read_review_sheet(file.path(), AnnotationRole::rating, "ab", diagnostics);
        EXPECT_NE(sheet.has_value(), diagnostics.has_errors());
    }
}

TEST(ReviewSheet, MustBeUtf8) {
    std::string told;
    EXPECT_FALSE(read("claim_id\n\xE9\n", AnnotationRole::rating, "ab", &told));
    EXPECT_THAT(told, HasSubstr("save it as \"CSV UTF-8\""));
}

}  // namespace
