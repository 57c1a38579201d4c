#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace {

using dossier::Diagnostic;
using dossier::MessageFormat;
using dossier::Place;
using dossier::render;
using dossier::Severity;
using testing::HasSubstr;
using testing::Not;

Diagnostic at(Place place, std::string source_line) {
    return {Severity::error, "DOS0204", std::move(place), "no", std::move(source_line), {}};
}

std::string human(Diagnostic const& diagnostic) {
    return render(std::vector{diagnostic}, MessageFormat::human);
}

/// The source line and the line of carets below it.
std::string picture(Diagnostic const& diagnostic) {
    auto const text = human(diagnostic);
    return text.substr(text.find('\n') + 1);
}

TEST(RenderForPeople, ShowsPlaceProblemTextAndWhatWouldHaveWorked) {
    Diagnostic const diagnostic{
        Severity::error,
        "DOS0204",
        {"covid.job.toml", 6, 12, 15},
        "no report is called \"stance-tables\"; did you mean \"stance-table\"?",
        "reports = [\"stance-tables\"]",
        {"reports found: consensus, risk-factors, stance-table", "searched: /usr/lib/dossier/plugins"}};
    EXPECT_EQ(human(diagnostic),
              "covid.job.toml:6:12: error: no report is called \"stance-tables\"; did you mean \"stance-table\"? "
              "[DOS0204]\n"
              "    6 | reports = [\"stance-tables\"]\n"
              "      |            ^^^^^^^^^^^^^^^\n"
              "  reports found: consensus, risk-factors, stance-table\n"
              "  searched: /usr/lib/dossier/plugins\n");
}

TEST(RenderForPeople, SaysNoMoreAboutThePlaceThanIsKnown) {
    EXPECT_EQ(human(at({"job.toml"}, "")), "job.toml: error: no [DOS0204]\n");
    EXPECT_EQ(human(at({"job.toml", 3}, "x = 1")), "job.toml:3: error: no [DOS0204]\n    3 | x = 1\n");
    EXPECT_EQ(human(at({}, "")), "error: no [DOS0204]\n");
    EXPECT_EQ(human({Severity::warning, "", {}, "careful", "", {}}), "warning: careful\n");
    EXPECT_EQ(human({Severity::note, "", {}, "by the way", "", {}}), "note: by the way\n");
}

TEST(RenderForPeople, WritesNothingForNoMessages) {
    EXPECT_EQ(render({}, MessageFormat::human), "");
    EXPECT_EQ(render({}, MessageFormat::json), "");
}

TEST(RenderForPeople, PutsCaretsUnderWideCharactersInDisplayColumns) {
    // Two wide characters, four columns; the carets underline the third and fourth code point.
    EXPECT_EQ(picture(at({"f", 1, 3, 2}, "咖啡ab")),
              "    1 | 咖啡ab\n"
              "      |     ^^\n");
    EXPECT_EQ(picture(at({"f", 1, 1, 2}, "咖啡ab")),
              "    1 | 咖啡ab\n"
              "      | ^^^^\n");
}

TEST(RenderForPeople, CountsACombiningMarkAsACodePointThatTakesNoRoom) {
    EXPECT_EQ(picture(at({"f", 1, 4, 1}, "e\xCC\x81xy")),  // e, combining acute, x, y
              "    1 | e\xCC\x81xy\n"
              "      |   ^\n");
}

TEST(RenderForPeople, ExpandsTabsAlikeInBothLines) {
    EXPECT_EQ(picture(at({"f", 1, 2, 1}, "\tx = 1")),
              "    1 |     x = 1\n"
              "      |     ^\n");
    EXPECT_EQ(picture(at({"f", 1, 4, 1}, "ab\tx")),
              "    1 | ab  x\n"
              "      |     ^\n");
}

TEST(RenderForPeople, MakesRoomForLongLineNumbers) {
    EXPECT_EQ(picture(at({"f", 1234567, 1, 1}, "x")),
              "1234567 | x\n"
              "        | ^\n");
}

TEST(RenderForPeople, PointsPastTheEndOfAShortLine) {
    EXPECT_EQ(picture(at({"f", 1, 9, 1}, "abc")),
              "    1 | abc\n"
              "      |    ^\n");
    EXPECT_EQ(picture(at({"f", 1, 3, 99}, "abc")),
              "    1 | abc\n"
              "      |   ^\n");
}

TEST(RenderForPeople, ShowsControlCharactersBidiOverridesAndBrokenUtf8AsEscapes) {
    auto const text = human(at({"f\x1b[2J", 1, 2, 1}, "a\x1b[31m \xE2\x80\xAE \xFF \xC2\x85"));
    EXPECT_THAT(text, HasSubstr("f\\u{1B}[2J:1:2: error"));
    EXPECT_THAT(text, HasSubstr("    1 | a\\u{1B}[31m \\u{202E} \\xFF \\u{85}\n"
                                "      |  ^^^^^^\n"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(RenderForPeople, KeepsAMessageOnOneLineWhateverItQuotes) {
    EXPECT_EQ(human({Severity::error, "", {}, "bad \"a\nb\"", "", {"note\r\nmore"}}),
              "error: bad \"a\\u{0A}b\"\n  note\\u{0D}\\u{0A}more\n");
}

TEST(RenderForPeople, CutsLongLinesAroundTheCaret) {
    auto const line = std::string(5000, 'a') + "HERE" + std::string(5000, 'b');
    auto const text = picture(at({"f", 1, 5001, 4}, line));
    auto const caret_line = text.substr(text.find('\n') + 1);
    EXPECT_LT(text.size(), 300u);
    EXPECT_THAT(text, HasSubstr("    1 | …aaa"));
    EXPECT_THAT(text, HasSubstr("aHEREb"));
    EXPECT_THAT(text, HasSubstr("bbb…\n"));
    // Both stand in the same column: the ellipsis is three bytes and one column.
    EXPECT_EQ(text.find("HERE") - 2, caret_line.find("^^^^"));
    EXPECT_EQ(caret_line.find("^^^^^"), std::string::npos);
}

TEST(RenderForPeople, KeepsTheBeginningOfALongLineWhenTheCaretIsThere) {
    auto const text = picture(at({"f", 1, 1, 2}, "HI" + std::string(100'000'000, 'b')));
    EXPECT_THAT(text, testing::StartsWith("    1 | HIbbb"));
    EXPECT_LT(text.size(), 300u);
}

TEST(RenderForPeople, NeverSplitsACodePointWhenItCuts) {
    std::string line;
    for (int i = 0; i < 3000; ++i)
        line += "é";
    EXPECT_THAT(picture(at({"f", 1, 2500, 1}, line)), Not(HasSubstr("\\x")));
}

TEST(RenderForPrograms, WritesOneJsonObjectALine) {
    auto const text = render(std::vector{at({"a \"b\"", 2, 3, 4}, "\tx\xFF"), at({}, "")}, MessageFormat::json);
    auto const line_end = text.find('\n');
    auto const first = nlohmann::json::parse(text.substr(0, line_end));
    auto const second = nlohmann::json::parse(text.substr(line_end + 1));
    EXPECT_EQ(first["severity"], "error");
    EXPECT_EQ(first["code"], "DOS0204");
    EXPECT_EQ(first["file"], "a \"b\"");
    EXPECT_EQ(first["line"], 2);
    EXPECT_EQ(first["column"], 3);
    EXPECT_EQ(first["length"], 4);
    EXPECT_EQ(first["message"], "no");
    EXPECT_EQ(first["source_line"], "\tx\\xFF");
    EXPECT_TRUE(first["notes"].is_array());
    EXPECT_EQ(second["file"], "");
    EXPECT_EQ(text.back(), '\n');
}

TEST(RenderForPrograms, LetsNothingActOnATerminal) {
    for (auto const format : {MessageFormat::json, MessageFormat::sarif}) {
        auto const text = render(std::vector{at({"\x1b]0;x\x07", 1, 1, 1}, "\xE2\x80\xAE\x1b[2J")}, format);
        EXPECT_THAT(text, Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, Not(HasSubstr("\x07")));
        EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
    }
}

TEST(RenderForPrograms, WritesSarifWithPlacesInCodePoints) {
    auto diagnostic = at({"my folder/job.toml", 6, 12, 15}, "reports = [\"stance-tables\"]");
    diagnostic.notes = {"reports found: consensus"};
    auto warning = at({"claims.toml"}, "");
    warning.severity = Severity::warning;
    warning.code = "DOS0101";
    auto const document = nlohmann::json::parse(render(std::vector{diagnostic, warning}, MessageFormat::sarif));
    EXPECT_EQ(document["version"], "2.1.0");
    auto const& run = document["runs"][0];
    EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
    EXPECT_EQ(run["tool"]["driver"]["name"], "dossier");
    EXPECT_EQ(run["tool"]["driver"]["rules"][0]["id"], "DOS0101");
    auto const& result = run["results"][0];
    EXPECT_EQ(result["ruleId"], "DOS0204");
    EXPECT_EQ(result["ruleIndex"], 1);
    EXPECT_EQ(result["level"], "error");
    EXPECT_EQ(result["message"]["text"], "no\nreports found: consensus");
    auto const& location = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(location["artifactLocation"]["uri"], "my%20folder/job.toml");
    EXPECT_EQ(location["region"]["startLine"], 6);
    EXPECT_EQ(location["region"]["startColumn"], 12);
    EXPECT_EQ(location["region"]["endColumn"], 27);
    EXPECT_EQ(run["results"][1]["level"], "warning");
    EXPECT_FALSE(run["results"][1]["locations"][0]["physicalLocation"].contains("region"));
}

TEST(RenderForPrograms, WritesSarifForNoMessagesToo) {
    auto const document = nlohmann::json::parse(render({}, MessageFormat::sarif));
    EXPECT_TRUE(document["runs"][0]["results"].is_array());
    EXPECT_TRUE(document["runs"][0]["results"].empty());
}

}  // namespace
