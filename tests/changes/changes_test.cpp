// What changed between two runs, as a user meets it: `dossier run` twice, the report, and `dossier diff`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;

using dossier::test::bytes_of;
using dossier::test::ProcessResult;
using dossier::test::run_program;
using dossier::test::TemporaryFolder;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

fs::path const stored = fs::path(DOSSIER_STORED) / "v1";

void write(fs::path const& file, std::string const& text) {
    std::ofstream(file, std::ios::binary) << text;
}

void replace_in(fs::path const& file, std::string const& what, std::string const& by) {
    auto text = bytes_of(file);
    auto const at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    write(file, text.replace(at, what.size(), by));
}

/// The stored job, with the report `changes`, in a folder of its own.
struct Runs : testing::Test {
    TemporaryFolder folder;
    fs::path const job = folder.path() / "job.toml", output = folder.path() / "out";

    Runs() {
        for (auto const* name : {"articles", "claims.toml", "annotations.toml", "job.toml"})
            fs::copy(stored / name, folder.path() / name, fs::copy_options::recursive);
        replace_in(job, R"(reports = ["summary"])", R"(reports = ["changes"])");
    }
    [[nodiscard]] ProcessResult dossier(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), DOSSIER_PROGRAM);
        return run_program(arguments, {{"DOSSIER_PLUGIN_PATH", ""}});
    }
    void run() const {
        auto const result = dossier({"run", job.string(), "--output", output.string(), "--quiet"});
        EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    }
    [[nodiscard]] std::string report() const { return bytes_of(output / "latest/report.md"); }
    [[nodiscard]] ProcessResult diff(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "diff");
        arguments.insert(arguments.end(), {"--output", output.string()});
        return dossier(std::move(arguments));
    }
    [[nodiscard]] fs::path article(std::string const& name) const { return folder.path() / "articles" / name; }
};

TEST_F(Runs, AreToldApartByReportAndCommand) {
    run();
    EXPECT_THAT(report(), HasSubstr("There is no earlier run"));
    auto const first = fs::read_symlink(output / "latest").filename().string();
    replace_in(article("birch.txt"), "do not disturb sleep", "cause insomnia");
    run();
    auto const text = report();
    EXPECT_THAT(text, HasSubstr("Since the run that speaks for 2026-11-01: "));
    EXPECT_THAT(text, HasSubstr("flipped"));
    EXPECT_THAT(text, HasSubstr("the article's text changed"));

    auto const people = diff({first, "latest"});
    EXPECT_EQ(people.exit_code, 0) << people.err;
    EXPECT_THAT(people.out,
                HasSubstr("  stance flipped  causes-insomnia, article birch: refutes -> supports\n"
                          "      before: \"Evening screens do not disturb sleep in adults who rest well.\"\n"
                          "      after:  \"Evening screens cause insomnia in adults who rest well.\"\n"
                          "      because: the article's text changed\n"));
    EXPECT_THAT(people.out, testing::StartsWith("Verdicts ("));
    EXPECT_EQ(diff({"1", "2"}).out, people.out) << "numbers of the history";
    EXPECT_EQ(diff({"1"}).out, people.out) << "with the latest";
    EXPECT_EQ(diff({(output / "runs" / first).string(), (output / "latest/analysis.sqlite").string()}).out, people.out);
    EXPECT_EQ(diff({"1", "2", "--exit-code"}).exit_code, 1);

    auto const programs = diff({"1", "2", "--json"});
    EXPECT_THAT(programs.out,
                HasSubstr(R"({"kind":"stance_flipped","claim_id":"causes-insomnia","condition_id":"","article_id":)"
                          R"("birch","factor_id":null,"aspect":null,"before":"refutes","after":"supports",)"));
    EXPECT_THAT(programs.out, HasSubstr(R"("causes":["article_text"],"cause":"the article's text changed"})"));
}

TEST_F(Runs, OfTheSameHaveNoChanges) {
    run();
    auto const result = diff({"latest", "latest", "--exit-code"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "Nothing changed.\n");
    EXPECT_THAT(diff({"latest", "latest", "--json"}).out, IsEmpty());
}

TEST_F(Runs, ThatGoBackToWhatWasBeforeAreToldToo) {
    run();
    auto const before = bytes_of(article("birch.txt"));
    replace_in(article("birch.txt"), "do not disturb sleep", "cause insomnia");
    run();
    write(article("birch.txt"), before);
    run();
    EXPECT_THAT(diff({"2", "3"}).out, HasSubstr("stance flipped  causes-insomnia, article birch: supports -> refutes"));
    EXPECT_THAT(report(), HasSubstr("flipped"));
    EXPECT_EQ(diff({"1", "3", "--exit-code"}).exit_code, 0) << "the same as the first";
}

TEST_F(Runs, TellARetractionAsItIsRecordedDeclaredOrInTheTitle) {
    run();
    write(folder.path() / "sources.toml", "[[source]]\npath = \"articles/cedar.txt\"\nretracted = true\n");
    replace_in(job, "[registry]", "manifest = \"sources.toml\"\n\n[registry]");
    replace_in(article("birch.txt"), "A night in", "RETRACTED: A night in");
    auto const result = dossier({"run", job.string(), "--output", output.string(), "--quiet"});
    EXPECT_EQ(result.exit_code, 3) << "a retracted article is a warning";
    auto const told = diff({"1", "2", "--most", "0"}).out;
    EXPECT_THAT(told, HasSubstr("  article retracted  birch: not retracted -> retracted\n"
                                "      because: the article's text changed\n"));
    EXPECT_THAT(told, HasSubstr("  article retracted  cedar: not retracted -> retracted\n"
                                "      because: what is declared of the article changed\n"));
}

TEST_F(Runs, TellAnOverrideThatIsTakenBack) {
    run();
    write(folder.path() / "annotations.toml", "");
    run();
    auto const told = diff({"1", "2"}).out;
    EXPECT_THAT(told, HasSubstr("  override gone  blue-light, article amber: mixed (r-voss) -> (none)\n"));
    EXPECT_THAT(told, HasSubstr("  stance flipped  blue-light, article amber: mixed -> supports\n"));
    EXPECT_THAT(told, HasSubstr("      because: a person's override\n"));
}

// An old store keeps working: it is compared with, over what both have, and nothing is made up.
TEST_F(Runs, AreComparedWithAStoredOneOfAnOlderVersion) {
    run();
    auto const old = (stored / "analysis.sqlite").string();
    auto const bytes = bytes_of(old);
    auto const told = diff({old, "latest", "--json"});
    EXPECT_EQ(told.exit_code, 0) << told.err;
    EXPECT_THAT(told.out, HasSubstr(R"("kind":"schema_changed")"));
    for (auto const* kind : {"article_", "claim_", "override_", "judgement_", "factor_", "stance_", "verdict_"})
        EXPECT_THAT(told.out, Not(HasSubstr(std::string("\"kind\":\"") + kind))) << kind;
    EXPECT_EQ(bytes_of(old), bytes) << "what is compared with is left as it is";
}

TEST_F(Runs, GoOnFromAStoredSetOfAnOlderVersion) {
    fs::create_directories(output / "runs/2026-11-01-0123456789ab");
    fs::copy_file(stored / "analysis.sqlite", output / "runs/2026-11-01-0123456789ab/analysis.sqlite");
    fs::create_directory_symlink("runs/2026-11-01-0123456789ab", output / "latest");
    replace_in(article("birch.txt"), "do not disturb sleep", "cause insomnia");
    auto const result = dossier({"run", job.string(), "--output", output.string()});
    EXPECT_EQ(result.exit_code, 3) << "it has no manifest, which is said; " << result.err;
    EXPECT_THAT(report(), HasSubstr("version of the analysis database"));
    EXPECT_THAT(report(), HasSubstr("flipped"));
}

TEST_F(Runs, GoOnAsAFirstOneWhereTheSetBeforeIsDamaged) {
    run();
    auto const before = fs::canonical(output / "latest") / "analysis.sqlite";
    auto bytes = bytes_of(before);
    fs::permissions(before, fs::perms::owner_write, fs::perm_options::add);
    write(before, bytes.substr(0, bytes.size() / 3));
    replace_in(article("birch.txt"), "do not disturb sleep", "cause insomnia");
    auto const result = dossier({"run", job.string(), "--output", output.string()});
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_THAT(result.err, HasSubstr("the latest set is no longer as it was published, so another is made [DOS0525]"));
    EXPECT_THAT(result.err, HasSubstr("counts as the first [DOS0524]"));
    EXPECT_THAT(report(), HasSubstr("There is no earlier run"));
    auto const told = diff({before.string(), "latest"});
    EXPECT_EQ(told.exit_code, 2);
    EXPECT_THAT(told.err, HasSubstr("[DOS0863]"));
}

TEST_F(Runs, ThatMadeNoSetOrLostItCannotBeCompared) {
    run();
    replace_in(job, R"(reports = ["changes"])", R"(reports = ["nothing"])");
    EXPECT_EQ(dossier({"run", job.string(), "--output", output.string(), "--scheduled"}).exit_code, 2);
    auto const none = diff({"2", "latest"});
    EXPECT_EQ(none.exit_code, 2);
    EXPECT_THAT(none.err, HasSubstr("[DOS0862]"));
    fs::remove_all(fs::canonical(output / "latest"));
    EXPECT_THAT(diff({"1", "1"}).err, HasSubstr("the set of run 1 is gone [DOS0862]"));
}

}  // namespace
