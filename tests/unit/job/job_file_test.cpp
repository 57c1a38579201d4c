#include "dossier/job/job_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "dossier/model/digest.hpp"
#include "support/temporary_folder.hpp"

namespace {

using dossier::Diagnostic;
using dossier::Diagnostics;
using dossier::Job;
using dossier::load_job;
using dossier_test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* least = "[job]\nas_of = 2026-11-22\n[sources]\ninclude = ['a/*.txt']\n";

class JobFile : public testing::Test {
protected:
    std::optional<Job> load(std::string const& text) {
        diagnostics_ = {};
        return load_job(folder_.write("job.toml", text), diagnostics_);
    }

    std::optional<Job> load_output(std::string const& keys) {
        return load(std::string(least) + "[[output]]\nreports = ['consensus']\nformat = 'pdf'\n" + keys);
    }

    std::vector<std::string> places() const {
        std::vector<std::string> result;
        for (auto const& d : diagnostics_.items())
            result.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.code);
        return result;
    }

    Diagnostic only() const {
        EXPECT_EQ(diagnostics_.items().size(), 1u) << render(diagnostics_.items(), dossier::MessageFormat::human);
        return diagnostics_.items().empty() ? Diagnostic{} : diagnostics_.items().front();
    }

    TemporaryFolder folder_;
    Diagnostics diagnostics_;
};

// --- what a job means ---------------------------------------------------------------------------------------------

TEST_F(JobFile, NeedsNoMoreThanADayAndSources) {
    auto const job = load(least);
    ASSERT_TRUE(job);
    EXPECT_TRUE(diagnostics_.empty());
    EXPECT_EQ(job->title, "Evidence summary");
    EXPECT_EQ(job->as_of, "2026-11-22");
    EXPECT_EQ(job->registry.text, "claims.toml");
    EXPECT_EQ(job->folder, folder_.path().string());
    EXPECT_EQ(job->sha256, dossier::sha256_hex(least));
    EXPECT_THAT(job->outputs, IsEmpty());
    dossier::JobLimits const usual;
    EXPECT_EQ(job->limits.article_bytes, usual.article_bytes);
    EXPECT_EQ(job->limits.container_bytes, usual.container_bytes);
    EXPECT_EQ(job->limits.container_files, usual.container_files);
    EXPECT_EQ(job->limits.container_ratio, usual.container_ratio);
    EXPECT_EQ(job->limits.container_depth, usual.container_depth);
    EXPECT_EQ(job->limits.output_bytes, usual.output_bytes);
    EXPECT_EQ(job->limits.plugin_seconds, usual.plugin_seconds);
    EXPECT_EQ(job->limits.plugin_memory_bytes, usual.plugin_memory_bytes);
}

TEST_F(JobFile, ReadsEveryKeyWithItsPlace) {
    folder_.write("meta/sources.toml",
                  "[[source]]\npath='./a/x.txt'\ntitle='T'\npublished=2021-03-04\n"
                  "[[source]]\npath='a/y.txt'\npublished=2020\nindependent=true\n"
                  "[[source]]\npath='a/z.txt'\npublished='2019-12'\n");
    auto const job = load(R"([job]
title = "Coffee"
as_of = "2026-11-22"
[sources]
include = ["a/*.txt", "b/**"]
exclude = ["a/x*"]
manifest = "meta/sources.toml"
[registry]
file = "topics/coffee.toml"
[[output]]
reports = ["consensus", "stance-table"]
format = "pdf"
file = "out/coffee.pdf"
[output.options]
paper = "A4"
margin = 12.5
[output.options.consensus]
intervals = true
digits = 3
[[output]]
reports = ["stance-table"]
format = "csv"
file = "tables"
[limits]
article_megabytes = 2
output_megabytes = 3
plugin_seconds = 0.5
plugin_memory_megabytes = 128
)");
    ASSERT_TRUE(job) << render(diagnostics_.items(), dossier::MessageFormat::human);
    auto const& read = *job;
    EXPECT_EQ(read.title, "Coffee");
    EXPECT_EQ(read.as_of, "2026-11-22");
    ASSERT_EQ(read.sources.include.size(), 2u);
    EXPECT_EQ(read.sources.include[1].text, "b/**");
    EXPECT_EQ(read.sources.include[1].place.line, 5u);
    EXPECT_EQ(read.sources.include[1].place.column, 23u);
    EXPECT_EQ(read.sources.exclude[0].text, "a/x*");
    EXPECT_EQ(read.sources.manifest, "meta/sources.toml");
    EXPECT_EQ(read.registry.text, "topics/coffee.toml");
    ASSERT_EQ(read.declared.size(), 3u);
    EXPECT_EQ(read.declared[0].path, "a/x.txt");
    EXPECT_EQ(read.declared[0].title, "T");
    EXPECT_EQ(read.declared[0].published, "2021-03-04");
    EXPECT_EQ(read.declared[1].published, "2020");
    EXPECT_EQ(read.declared[2].published, "2019-12");
    EXPECT_FALSE(read.declared[0].independent);
    EXPECT_TRUE(read.declared[1].independent);
    EXPECT_EQ(read.declared[0].place.file, (folder_ / "meta/sources.toml").string());

    ASSERT_EQ(read.outputs.size(), 2u);
    auto const& pdf = read.outputs[0];
    EXPECT_EQ(pdf.format, "pdf");
    EXPECT_EQ(pdf.format_place.line, 12u);
    EXPECT_EQ(pdf.format_line, "format = \"pdf\"");
    EXPECT_EQ(pdf.file, "out/coffee.pdf");
    EXPECT_EQ(pdf.place.line, 10u);
    ASSERT_EQ(pdf.reports.size(), 2u);
    EXPECT_EQ(pdf.reports[1].name, "stance-table");
    EXPECT_EQ(pdf.reports[1].place.column, 25u);
    EXPECT_EQ(pdf.reports[1].place.length, 14u);
    EXPECT_EQ(pdf.reports[1].source_line, "reports = [\"consensus\", \"stance-table\"]");
    ASSERT_EQ(pdf.options.size(), 2u);
    EXPECT_EQ(pdf.options[0].key, "paper");
    EXPECT_EQ(std::get<std::string>(pdf.options[0].value), "A4");
    EXPECT_EQ(std::get<double>(pdf.options[1].value), 12.5);
    EXPECT_EQ(pdf.options[1].key_place.line, 16u);
    EXPECT_EQ(pdf.options[1].value_place.column, 10u);
    EXPECT_EQ(pdf.options[1].value_line, "margin = 12.5");
    ASSERT_EQ(pdf.reports[0].options.size(), 2u);
    EXPECT_TRUE(std::get<bool>(pdf.reports[0].options[0].value));
    EXPECT_EQ(std::get<std::int64_t>(pdf.reports[0].options[1].value), 3);
    EXPECT_THAT(pdf.reports[1].options, IsEmpty());

    EXPECT_EQ(read.limits.article_bytes, 2u << 20);
    EXPECT_EQ(read.limits.output_bytes, 3u << 20);
    EXPECT_EQ(read.limits.plugin_seconds, 0.5);
    EXPECT_EQ(read.limits.plugin_memory_bytes, 128u << 20);
}

TEST_F(JobFile, SaysHowManySetsAreKeptOnlyIfItHasTheTable) {
    auto job = load(least);
    ASSERT_TRUE(job);
    EXPECT_FALSE(job->history) << "every set is kept";
    job = load(std::string(least) + "[history]\n");
    ASSERT_TRUE(job);
    ASSERT_TRUE(job->history);
    EXPECT_EQ(job->history->keep, 50u);
    EXPECT_TRUE(job->history->keep_weekly);
    job = load(std::string(least) + "[history]\nkeep = 3\nkeep_weekly = false\n");
    ASSERT_TRUE(job && job->history);
    EXPECT_EQ(job->history->keep, 3u);
    EXPECT_FALSE(job->history->keep_weekly);
    EXPECT_FALSE(load(std::string(least) + "[history]\nkeep = 0\n"));
}

TEST_F(JobFile, ReadsHowTheColumnsOfTablesAreCalled) {
    auto const job = load(std::string(least) +
                          "[[sources.table]]\nfiles = ['refs/*.csv']\ncolumns = { title = 'Name', abstract = 'Text' }\n"
                          "[[sources.table]]\nfiles = ['b.jsonl']\n[sources.table.columns]\ndoi = 'ids.doi'\n");
    ASSERT_TRUE(job) << render(diagnostics_.items(), dossier::MessageFormat::human);
    ASSERT_EQ(job->sources.tables.size(), 2u);
    using Columns = std::map<std::string, std::string>;
    EXPECT_EQ(job->sources.tables[0].files.at(0).text, "refs/*.csv");
    EXPECT_EQ(job->sources.tables[0].columns, (Columns{{"title", "Name"}, {"abstract", "Text"}}));
    EXPECT_EQ(job->sources.tables[1].columns, (Columns{{"doi", "ids.doi"}}));
}

TEST_F(JobFile, ProposesTheFieldThatAColumnIsMeantFor) {
    EXPECT_FALSE(load(std::string(least) + "[[sources.table]]\nfiles = ['a.csv']\ncolumns = { abstrct = 'Text' }\n"));
    EXPECT_EQ(only().code, "DOS0203");
    EXPECT_THAT(only().message, HasSubstr("did you mean \"abstract\"?"));
}

TEST_F(JobFile, ReadsTheBoundsOfContainers) {
    auto const job = load(std::string(least) +
                          "[limits]\ncontainer_megabytes = 5\ncontainer_files = 6\n"
                          "container_ratio = 7.5\ncontainer_depth = 3\n");
    ASSERT_TRUE(job);
    EXPECT_EQ(job->limits.container_bytes, 5u << 20);
    EXPECT_EQ(job->limits.container_files, 6u);
    EXPECT_EQ(job->limits.container_ratio, 7.5);
    EXPECT_EQ(job->limits.container_depth, 3u);
}

TEST_F(JobFile, TakesADateOrATextThatIsOne) {
    for (auto const* wrong : {"'2026-02-30'", "'22.11.2026'", "'2026-11'", "'2026-1-02'", "''", "'+026-11-22'"}) {
        EXPECT_FALSE(load("[job]\nas_of = " + std::string(wrong) + "\n[sources]\ninclude = ['a']\n")) << wrong;
        EXPECT_EQ(only().place, (dossier::Place{(folder_ / "job.toml").string(), 2, 9, std::string(wrong).size()}));
    }
    EXPECT_FALSE(load("[job]\nas_of = 2026-11-22T10:00:00\n[sources]\ninclude = ['a']\n"));
    EXPECT_EQ(only().message, "as_of takes a date, not a date with a time");
    EXPECT_FALSE(load("[job]\nas_of = 2026-02-30\n[sources]\ninclude = ['a']\n"));
    EXPECT_EQ(only().code, "DOS0202");
    EXPECT_TRUE(load("[job]\nas_of = '2024-02-29'\n[sources]\ninclude = ['a']\n"));
}

// --- mistakes -----------------------------------------------------------------------------------------------------

TEST_F(JobFile, TellsEveryMistakeAtOnceSortedByPlace) {
    EXPECT_FALSE(
        load("[job]\ntitel = 'x'\n[sources]\ninclude = 'a'\n[[output]]\nreports = []\nformat = 3\n"
             "[limits]\nplugin_seconds = 0\n"));
    EXPECT_THAT(places(), ElementsAre("1:1 DOS0210", "2:1 DOS0203", "4:11 DOS0211", "5:1 DOS0210", "6:11 DOS0212",
                                      "7:10 DOS0211", "9:18 DOS0215"));
}

TEST_F(JobFile, SaysWhatAMissingTableNeeds) {
    EXPECT_FALSE(load(""));
    ASSERT_EQ(diagnostics_.items().size(), 2u);
    EXPECT_EQ(diagnostics_.items()[0].message, "a job lacks [job]");
    EXPECT_THAT(diagnostics_.items()[0].notes, ElementsAre("[job] needs as_of"));
    EXPECT_EQ(diagnostics_.items()[0].place.line, 0u);
}

TEST_F(JobFile, TellsMistakesOfTheManifestBesideItsOwn) {
    folder_.write("sources.toml",
                  "[[source]]\ntitle='x'\n[[source]]\npath='a'\nyear=3\n[[source]]\npath='./a'\n"
                  "[[source]]\npath='b'\npublished='last year'\n");
    EXPECT_FALSE(load(std::string(least) + "manifest = 'sources.toml'\nxclude = ['a']\n"));
    EXPECT_THAT(places(), ElementsAre("6:1 DOS0203", "1:1 DOS0210", "5:1 DOS0203", "7:6 DOS0234", "10:11 DOS0216"));
}

TEST_F(JobFile, SaysWhereAMissingManifestIsNamed) {
    EXPECT_FALSE(load(std::string(least) + "manifest = 'none.toml'\n"));
    EXPECT_EQ(only().message, "\"none.toml\" cannot be read: no such file");
    EXPECT_EQ(only().place.line, 5u);
}

TEST_F(JobFile, LetsNoOutputLeaveThePublishedSet) {
    for (auto const* file : {"../x.pdf", "a/../../x.pdf", "/tmp/x.pdf", "a//x", "a/", "./x", ".hidden", "-rf", "a\\\\b",
                             "con:x", "x.", " x", "a*b"}) {
        EXPECT_FALSE(load_output("file = \"" + std::string(file) + "\"\n")) << file;
        EXPECT_EQ(only().code, "DOS0217") << file;
        EXPECT_EQ(only().place.line, 8u);
    }
    EXPECT_FALSE(load_output("file = '" + std::string(300, 'x') + "'\n"));
    EXPECT_EQ(only().code, "DOS0217");
    for (auto const* file : {"x.pdf", "a/b/c.pdf", "Zusammenfassung für März.pdf", "a..b", "x-1_2.pdf"})
        EXPECT_TRUE(load_output("file = '" + std::string(file) + "'\n")) << file;
}

TEST_F(JobFile, KeepsTheRunsOwnFilesForTheRun) {
    for (auto const* file : {"manifest.json", "analysis.sqlite", "Manifest.JSON", "manifest.json/x.pdf"}) {
        EXPECT_FALSE(load_output("file = '" + std::string(file) + "'\n")) << file;
        EXPECT_EQ(only().code, "DOS0230");
    }
}

TEST_F(JobFile, LetsNoOutputOverwriteAnother) {
    for (auto const* second : {"x", "X", "x/y.pdf"}) {
        EXPECT_FALSE(
            load_output("file = 'x'\n[[output]]\nreports=['a']\nformat='b'\nfile='" + std::string(second) + "'\n"))
            << second;
        EXPECT_EQ(only().code, "DOS0231");
        EXPECT_THAT(only().notes, ElementsAre(testing::EndsWith("job.toml:8:8")));
    }
    EXPECT_TRUE(load_output("file = 'x'\n[[output]]\nreports=['a']\nformat='b'\nfile='x2'\n"));
}

TEST_F(JobFile, WantsEveryReportOfAnOutputOnce) {
    EXPECT_FALSE(load(std::string(least) + "[[output]]\nreports=['a','b','a']\nformat='pdf'\nfile='x'\n"));
    EXPECT_EQ(only().message, "reports names \"a\" twice");
    EXPECT_EQ(only().place.column, 18u);
}

TEST_F(JobFile, ProposesTheReportThatATableOfOptionsMeant) {
    EXPECT_FALSE(load_output("file='x'\n[output.options.concensus]\na=1\n"));
    EXPECT_EQ(only().message, "this output has no report \"concensus\"; did you mean \"consensus\"?");
    EXPECT_EQ(only().place.column, 17u);
}

TEST_F(JobFile, TakesPlainValuesAsOptionsOnly) {
    EXPECT_FALSE(load_output("file='x'\n[output.options]\na=[1]\nb=2020-01-01\n[output.options.consensus.x]\ny=1\n"));
    EXPECT_THAT(places(), ElementsAre("10:3 DOS0233", "11:3 DOS0233", "12:1 DOS0233"));
}

TEST_F(JobFile, RefusesLimitsOutOfRange) {
    for (auto const* limit :
         {"article_megabytes = 0", "article_megabytes = 5000", "plugin_seconds = nan", "plugin_seconds = 1e9",
          "plugin_memory_megabytes = 9223372036854775807", "output_megabytes = -1"}) {
        EXPECT_FALSE(load(std::string(least) + "[limits]\n" + limit + "\n")) << limit;
        EXPECT_EQ(only().code, "DOS0215") << limit;
    }
    EXPECT_FALSE(load(std::string(least) + "[limits]\narticle_megabytes = 1.5\n"));
    EXPECT_EQ(only().message, "article_megabytes takes a whole number, not a number");
    EXPECT_TRUE(load(std::string(least) + "[limits]\nplugin_seconds = 30\n")) << "a whole number is a number";
}

TEST_F(JobFile, SaysThatItIsMissing) {
    EXPECT_FALSE(load_job(folder_ / "none.toml", diagnostics_));
    EXPECT_EQ(only().code, "DOS0201");
}

// --- what later steps use -----------------------------------------------------------------------------------------

TEST_F(JobFile, ShowsFilesBesideTheJobAsItWasGiven) {
    Job job;
    EXPECT_EQ(shown_path(job, "claims.toml"), "claims.toml");
    job.folder = "reviews";
    EXPECT_EQ(shown_path(job, "claims.toml"), "reviews/claims.toml");
    EXPECT_EQ(shown_path(job, "../claims.toml"), "claims.toml");
}

TEST_F(JobFile, FetchesTheSourceLineOfALaterDiagnostic) {
    auto const file = folder_.write("x.toml", "one\r\ntwo\r\nthree").string();
    using dossier::diagnostic_at;
    using dossier::Severity;
    EXPECT_EQ(diagnostic_at(Severity::error, "DOS0221", {file, 2, 1, 1}, "m").source_line, "two");
    EXPECT_EQ(diagnostic_at(Severity::error, "DOS0221", {file, 3, 1, 1}, "m").source_line, "three");
    EXPECT_EQ(diagnostic_at(Severity::error, "DOS0221", {file, 9, 1, 1}, "m").source_line, "");
    EXPECT_EQ(diagnostic_at(Severity::error, "DOS0221", {file + "x", 1, 1, 1}, "m").source_line, "");
    EXPECT_EQ(diagnostic_at(Severity::error, "DOS0221", {}, "m").message, "m");
}

}  // namespace
