#include "fixture_run.hpp"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

TestFolder::TestFolder() {
    auto name = (fs::temp_directory_path() / "dossier-plugins-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

dossier::Catalogue const& fixtures() {
    static dossier::Catalogue const catalogue = [] {
        std::vector<fs::path> const folders = {DOSSIER_FIXTURES};
        return dossier::scan_plugins(folders);
    }();
    return catalogue;
}

dossier::CataloguedPlugin const& fixture(dossier::ComponentKind kind, std::string const& name) {
    auto const* const plugin = fixtures().find(kind, name);
    if (plugin == nullptr) {
        std::fprintf(stderr, "no fixture is called %s\n", name.c_str());
        std::abort();
    }
    return *plugin;
}

fs::path analysis_database() {
    static TestFolder const folder;
    static fs::path const path = [] {
        auto const made = folder.path() / "an analysis?.sqlite";  // names need escaping in URIs
        sqlite3* database = nullptr;
        sqlite3_open(made.c_str(), &database);
        sqlite3_exec(database,
                     "CREATE TABLE hidden (id TEXT, n INTEGER);"
                     "INSERT INTO hidden VALUES ('a1', 3), ('a2', 5), ('a3', NULL);"
                     "CREATE VIEW articles AS SELECT id AS article_id, n AS n_sentences FROM hidden;",
                     nullptr, nullptr, nullptr);
        sqlite3_close(database);
        return made;
    }();
    return path;
}

dossier::WorkerSettings short_limits() {
    dossier::WorkerSettings settings;
    settings.limits.plugin_seconds = 20.0;
    settings.limits.plugin_memory_bytes = std::size_t{512} << 20;
    settings.limits.output_bytes = std::size_t{64} << 20;
    return settings;
}

std::string file_text(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

dossier::ReportOutcome run_fixture(std::string const& report, dossier::WorkerSettings const& settings,
                                   std::vector<dossier::JobOption> const& options,
                                   dossier::QuoteCheck const& check_quote) {
    dossier::WorkerClient const client(settings);
    auto const& plugin = fixture(dossier::ComponentKind::report, report);
    // Plugins that cannot even be described have no options.
    auto const description = client.describe(plugin);
    auto const* const component = description.find(dossier::ComponentKind::report, report);
    dossier::Diagnostics diagnostics;
    auto const values = component != nullptr ? dossier::resolve_options(*component, options, diagnostics)
                                             : std::vector<dossier::OptionValue>();
    return client.run_report(plugin, report, values, analysis_database(), {check_quote, {}});
}

void run_format_fixture(std::string const& format, dossier::WorkerSettings const& settings,
                        std::span<dossier::DocumentPart const> parts, FormatRun& run) {
    dossier::WorkerClient const client(settings);
    auto const& plugin = fixture(dossier::ComponentKind::format, format);
    auto const description = client.describe(plugin);
    auto const* const component = description.find(dossier::ComponentKind::format, format);
    run.target = run.folder.path() / "out";
    if (component == nullptr) {
        run.outcome.failure = description.failure;
        run.outcome.sentence = description.sentence;
        return;
    }
    run.outcome =
        client.run_format(plugin, *component, {}, {"A title", "2026-11-22", "en", "Dossier test"}, parts, run.target);
}

int n_children() {
    // waitpid says ECHILD when there is neither a running child nor a zombie.
    return ::waitpid(-1, nullptr, WNOHANG | WNOWAIT) < 0 ? 0 : 1;
}

int n_descriptors() {
    int n = 0;
    for (auto const& entry : fs::directory_iterator("/proc/self/fd")) {
        (void)entry;
        ++n;
    }
    return n;
}
