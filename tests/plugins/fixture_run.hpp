// What the tests here share: the fixtures' catalogue, a small analysis, and short ways to run a component.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "dossier/plugin/options.hpp"
#include "dossier/plugin/worker_client.hpp"

/// A folder of its own, removed at the end.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    TestFolder(TestFolder const&) = delete;
    TestFolder& operator=(TestFolder const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// All fixtures, scanned once.
dossier::Catalogue const& fixtures();
/// The fixture that offers the component; ends the test program if there is none.
dossier::CataloguedPlugin const& fixture(dossier::ComponentKind kind, std::string const& name);

/// A database with a table `hidden` and a view `articles` (article_id, n_sentences) over it: a1 3, a2 5, a3 NULL.
std::filesystem::path analysis_database();

/// Short limits, so that the tests are quick.
dossier::WorkerSettings short_limits();

std::string file_text(std::filesystem::path const& path);

/// Runs a report of the fixtures with its options as the job would say them.
dossier::ReportOutcome run_fixture(std::string const& report, dossier::WorkerSettings const& settings,
                                   std::vector<dossier::JobOption> const& options = {},
                                   dossier::QuoteCheck const& check_quote = {});

struct FormatRun {
    dossier::FormatOutcome outcome;
    TestFolder folder;
    std::filesystem::path target;
};
/// Runs a format of the fixtures over `parts`.
void run_format_fixture(std::string const& format, dossier::WorkerSettings const& settings,
                        std::span<dossier::DocumentPart const> parts, FormatRun& run);

/// Processes of this program that are still there, running or as zombies.
int n_children();
/// Descriptors of this program that are open.
int n_descriptors();
