#include "robustness/crash_job.hpp"

#include <openssl/evp.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace dossier::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr char const* registry =
    "[registry]\n"
    "about = [\"lamp*\"]\n"
    "\n"
    "[[claim]]\n"
    "id = \"harm\"\n"
    "statement = \"A lamp at night harms sleep.\"\n"
    "supports = [\"harms sleep\"]\n"
    "refutes = [\"does not harm sleep\"]\n";

void write_file(fs::path const& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string output_table(std::string_view reports, std::string_view format, std::string_view file) {
    std::string table = "\n[[output]]\nreports = [";
    table += reports;
    table += "]\nformat = \"";
    table += format;
    table += "\"\nfile = \"";
    table += file;
    return table + "\"\n";
}

std::string job_text(int version, std::string const& options) {
    return "[job]\ntitle = \"Version " + std::to_string(version) + " of the summary\"\nas_of = \"2026-01-0" +
           std::to_string(version + 1) +
           "\"\n\n[sources]\ninclude = [\"articles/*\"]\n\n[registry]\nfile = \"claims.toml\"\n" +
           output_table("\"consensus\", \"stance-table\"", "markdown", "report.md") +
           output_table("\"stance-table\"", "pdf", "report.pdf") +
           output_table("\"stance-table\"", "html", "report.html") +
           output_table("\"stance-table\"", "json", "report.json") +
           output_table("\"stance-table\"", "xlsx", "report.xlsx") + output_table("\"stance-table\"", "csv", "tables") +
           "\n" + options;
}

/// Empty: the database is whole.
std::string fault_of_database(fs::path const& path) {
    sqlite3* database = nullptr;
    std::string fault;
    auto const take = [](void* result, int, char** values, char**) {
        *static_cast<std::string*>(result) = values[0] == nullptr ? "" : values[0];
        return 0;
    };
    if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, "PRAGMA integrity_check", take, &fault, nullptr) != SQLITE_OK)
        fault = sqlite3_errmsg(database);
    sqlite3_close(database);
    return fault == "ok" ? "" : fault;
}

/// The history as the next one to open it finds it: played back from its journal, in a copy.
class HistoryCopy {
public:
    explicit HistoryCopy(fs::path const& output) {
        for (auto const* name : {"history.sqlite", "history.sqlite-journal"})
            if (fs::exists(output / name)) fs::copy_file(output / name, folder_.path() / name);
    }
    [[nodiscard]] fs::path path() const { return folder_.path() / "history.sqlite"; }

private:
    TemporaryFolder folder_;
};

void compare_with_manifest(fs::path const& set, std::vector<std::string>& faults) {
    auto const name = set.filename().string();
    auto const manifest = fs::exists(set / "manifest.json")
                              ? Json::parse(bytes_of(set / "manifest.json"), nullptr, false)
                              : Json(Json::value_t::discarded);
    if (!manifest.is_object() || !manifest.contains("outputs")) {
        faults.push_back(name + " has no manifest that can be read");
        return;
    }
    auto files = files_below(set);
    std::erase(files, "manifest.json");
    std::vector<std::string> named;
    for (auto const& output : manifest.at("outputs")) {
        auto const file = output.at("file").get<std::string>();
        named.push_back(file);
        if (!fs::is_regular_file(set / file))
            faults.push_back(name + " has no " + file);
        else if (fs::file_size(set / file) != output.at("bytes").get<std::uintmax_t>() ||
                 sha256_of(set / file) != output.at("sha256").get<std::string>())
            faults.push_back(file + " of " + name + " is not what the manifest says");
    }
    std::sort(named.begin(), named.end());
    if (files != named) faults.push_back(name + " holds other files than its manifest names");
    if (manifest.value("run_id", "") != name) faults.push_back(name + " says that it is another run's");
    if (auto const fault = fault_of_database(set / "analysis.sqlite"); !fault.empty())
        faults.push_back("the analysis of " + name + ": " + fault);
}

bool is_hidden(fs::path const& path) {
    return path.filename().string().starts_with('.');
}

bool is_known(std::string const& name) {
    for (auto const* known : {"latest", "runs", "cache", "history.sqlite", "history.sqlite-journal", ".lock"})
        if (name == known) return true;
    return name.starts_with(".staging-") || name.starts_with(".latest-");
}

}  // namespace

CrashJob::CrashJob(fs::path folder, std::string const& options) : folder_(std::move(folder)) {
    fs::create_directories(folder_ / "articles");
    fs::create_directories(folder_ / "state");
    write_file(folder_ / "articles" / "one.md",
               "---\ntitle: A lamp and sleep\nauthor: Ada Mount\npublished: 2025-03-01\n---\n# A lamp and sleep\n\n"
               "Running a lamp at night harms sleep in adults, the survey found.\n");
    write_file(folder_ / "articles" / "two.txt", "A lamp at night does not harm sleep, the trial found.\n");
    write_file(folder_ / "articles" / "three.html",
               "<html><head><title>Lamps</title></head><body><article><h1>Lamps</h1><p>A lamp harms sleep in children, "
               "a small study said.</p></article></body></html>\n");
    write_file(folder_ / "claims.toml", registry);
    for (int version : {0, 1})
        write_file(file(version), job_text(version, options));
}

fs::path CrashJob::file(int version) const {
    return folder_ / ("version" + std::to_string(version) + ".toml");
}

void CrashJob::add_article(int number) const {
    write_file(folder_ / "articles" / ("more" + std::to_string(number) + ".txt"),
               "A lamp at night harms sleep, study " + std::to_string(number) + " found.\n");
}

void CrashJob::remove_article(int number) const {
    fs::remove(folder_ / "articles" / ("more" + std::to_string(number) + ".txt"));
}

std::vector<std::string> CrashJob::command(int version, fs::path const& output) const {
    return {DOSSIER_PROGRAM, "run", file(version).string(), "--output", output.string(), "--quiet"};
}

Environment CrashJob::environment() const {
    // Leaks cannot be looked for in a traced process, and a preloaded library comes before the sanitizer's own.
    return {{"XDG_STATE_HOME", (folder_ / "state").string()},
            {"ASAN_OPTIONS", "detect_leaks=0:verify_asan_link_order=0"}};
}

ProcessResult CrashJob::run(int version, fs::path const& output) const {
    return run_program(command(version, output), environment());
}

std::optional<SetContent> published_set(fs::path const& output) {
    auto const latest = output / "latest";
    if (!fs::exists(latest / "manifest.json")) return std::nullopt;
    SetContent content;
    for (auto const& file : files_below(latest / ""))
        if (file != "manifest.json") content[file] = sha256_of(latest / file);
    return content;
}

std::vector<std::string> faults_in(fs::path const& output) {
    std::vector<std::string> faults;
    if (!fs::exists(output)) return faults;
    for (auto const& entry : fs::directory_iterator(output))
        if (!is_known(entry.path().filename().string()))
            faults.push_back(entry.path().filename().string() + " has no business here");
    auto const latest = output / "latest";
    if (fs::symlink_status(latest).type() != fs::file_type::not_found) {
        if (!fs::is_symlink(latest))
            faults.push_back("latest is no link");
        else if (!fs::is_directory(latest))
            faults.push_back("latest leads nowhere");
    }
    if (fs::exists(output / "runs"))
        for (auto const& set : fs::directory_iterator(output / "runs"))
            if (!is_hidden(set.path())) compare_with_manifest(set.path(), faults);
    if (fs::exists(output / "history.sqlite"))
        if (auto const fault = fault_of_database(HistoryCopy(output).path()); !fault.empty())
            faults.push_back("the history: " + fault);
    return faults;
}

std::vector<std::string> leftovers_in(fs::path const& output) {
    std::vector<std::string> found;
    if (!fs::exists(output)) return found;
    for (auto const& entry : fs::directory_iterator(output)) {
        auto const name = entry.path().filename().string();
        if (name.starts_with('.') && name != ".lock") found.push_back(name);
    }
    if (fs::exists(output / "runs"))
        for (auto const& set : fs::directory_iterator(output / "runs"))
            if (is_hidden(set.path())) found.push_back("runs/" + set.path().filename().string());
    if (fs::exists(output / "history.sqlite-journal")) found.push_back("history.sqlite-journal");
    if (!fs::exists(output / "cache")) return found;
    for (auto const& file : files_below(output / "cache"))
        if (fs::path(file).filename().string().starts_with('.') || file.ends_with(".tmp") || file.ends_with("-journal"))
            found.push_back("cache/" + file);
    return found;
}

std::optional<std::vector<std::string>> states_in_history(fs::path const& output) {
    if (!fs::exists(output / "history.sqlite")) return std::nullopt;
    HistoryCopy const copy(output);
    std::vector<std::string> states;
    auto const take = [](void* result, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(result)->emplace_back(values[0]);
        return 0;
    };
    sqlite3* database = nullptr;
    // A run that was killed while it made the file leaves one without tables.
    if (sqlite3_open_v2(copy.path().c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK)
        sqlite3_exec(database, "SELECT state FROM runs ORDER BY number", take, &states, nullptr);
    sqlite3_close(database);
    return states;
}

void pin_latest(fs::path const& output) {
    auto const result = run_program({DOSSIER_PROGRAM, "pin", "latest", "--output", output.string()});
    if (result.exit_code != 0) throw std::runtime_error("nothing is pinned: " + result.err);
}

std::string sha256_of(fs::path const& file) {
    auto const bytes = bytes_of(file);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4];
        text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
}

bool is_long_run() {
    char const* const asked = std::getenv("DOSSIER_LONG");
    return asked != nullptr && asked[0] == '1';
}

std::size_t number_from_environment(char const* name, std::size_t otherwise) {
    char const* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

void copy_folder(fs::path const& from, fs::path const& to) {
    fs::remove_all(to);
    if (fs::exists(from)) fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}

}  // namespace dossier::test
