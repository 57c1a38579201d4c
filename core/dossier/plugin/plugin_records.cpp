#include "dossier/plugin/plugin_records.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>
#include <tuple>
#include <utility>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/descriptor.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/model/replace_file.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_bytes = 4u << 20;

struct Reading {
    std::vector<PluginRecord> records;
    std::string problem;
};

Reading read(fs::path const& file) {
    if (file.empty()) return {};
    auto const bytes = read_file(file, max_bytes);
    if (bytes.problem == ReadProblem::missing) return {};
    if (bytes.problem != ReadProblem::none) return {{}, words_for(bytes.problem)};
    auto const document = nlohmann::json::parse(bytes.bytes, nullptr, false);
    Reading reading;
    auto const text = [](nlohmann::json const& entry, char const* key) {
        auto const found = entry.find(key);
        return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    // Nothing is copied: a copy of what is nested a million deep takes more stack than there is.
    auto const version = document.find("version"), plugins = document.find("plugins");
    bool const is_ours = document.is_object() && version != document.end() && *version == 1 &&
                         plugins != document.end() && plugins->is_array();
    if (!is_ours) return {{}, "is no file of plugin records"};
    for (auto const& entry : *plugins) {
        if (!entry.is_object() || text(entry, "path").empty()) return {{}, "holds a record without a path"};
        reading.records.push_back({text(entry, "path"), text(entry, "sha256"), text(entry, "reason")});
    }
    return reading;
}

std::string rendered(std::vector<PluginRecord> const& records) {
    auto plugins = nlohmann::json::array();
    for (auto const& record : records)
        plugins.push_back({{"path", record.path}, {"sha256", record.sha256}, {"reason", record.reason}});
    return nlohmann::json{{"version", 1}, {"plugins", plugins}}.dump(2, ' ', false,
                                                                     nlohmann::json::error_handler_t::replace) +
           "\n";
}

/// Held while records are read and replaced.
class FileLock {
public:
    explicit FileLock(fs::path const& path) : opened_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        while (opened_.is_open() && ::flock(opened_.number(), LOCK_EX) != 0)
            if (errno != EINTR) fail_at(path, "cannot lock", errno);
        if (!opened_.is_open()) fail_at(path, "cannot lock", errno);
    }

private:
    Descriptor opened_;
};

}  // namespace

PluginRecords::PluginRecords(fs::path file) : file_(std::move(file)) {
    auto reading = read(file_);
    records_ = std::move(reading.records), problem_ = std::move(reading.problem);
}

PluginRecord const* PluginRecords::of(CataloguedPlugin const& plugin) const noexcept {
    for (auto const& record : records_)
        if (record.path == plugin.path && (!record.is_quarantine() || record.sha256 == plugin.sha256)) return &record;
    return nullptr;
}

void PluginRecords::change(std::function<void(std::vector<PluginRecord>&)> const& change) {
    if (file_.empty())
        throw Failure(FailureKind::io, "there is no folder for state: set XDG_STATE_HOME or HOME to an absolute path");
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
    if (error) fail_at(file_, "cannot write", error.value());
    FileLock const lock(file_.string() + ".lock");
    auto reading = read(file_);
    if (!reading.problem.empty())
        throw Failure(FailureKind::io, file_.string() + " " + reading.problem + "; remove it to begin anew",
                      file_.string());
    change(reading.records);
    std::erase_if(reading.records, [](PluginRecord const& record) {  // builds come and go
        std::error_code ignored;
        return record.is_quarantine() && !fs::exists(record.path, ignored);
    });
    auto const key = [](PluginRecord const& record) { return std::tie(record.path, record.sha256); };
    std::sort(reading.records.begin(), reading.records.end(),
              [&](PluginRecord const& a, PluginRecord const& b) { return key(a) < key(b); });
    auto const text = rendered(reading.records);
    if (text.size() > max_bytes)
        throw Failure(FailureKind::io, file_.string() + " has no room for more; `dossier plugins retry` empties it",
                      file_.string());
    replace_file(file_, text, 0600);
    records_ = std::move(reading.records), problem_.clear();
}

void PluginRecords::quarantine(CataloguedPlugin const& plugin, std::string_view reason) {
    change([&](std::vector<PluginRecord>& records) {
        std::erase_if(records, [&](PluginRecord const& record) {
            return record.path == plugin.path && record.is_quarantine();  // earlier builds are gone
        });
        records.push_back({plugin.path, plugin.sha256, std::string(reason)});
    });
}

void PluginRecords::switch_off(CataloguedPlugin const& plugin) {
    change([&](std::vector<PluginRecord>& records) {
        PluginRecord const record{plugin.path, {}, {}};
        if (std::find(records.begin(), records.end(), record) == records.end()) records.push_back(record);
    });
}

bool PluginRecords::lift(std::string_view path) {
    std::size_t n_lifted = 0;
    change([&](std::vector<PluginRecord>& records) {
        n_lifted = std::erase_if(records, [&](PluginRecord const& record) { return record.path == path; });
    });
    return n_lifted > 0;
}

void apply(PluginRecords const& records, Catalogue& catalogue) {
    for (auto& plugin : catalogue.plugins) {
        auto const* const record = records.of(plugin);
        if (record == nullptr) continue;
        plugin.crash = record->reason;
        plugin.unusable = (record->is_quarantine() ? "is quarantined: " + record->reason : "is switched off") +
                          "; `dossier plugins retry` lifts that";
    }
}

fs::path plugin_records_file() {
    auto const folder = [](char const* variable) -> fs::path {
        char const* const value = std::getenv(variable);
        if (value == nullptr) return {};
        fs::path const path = value;
        return path.is_absolute() ? path : fs::path();
    };
    if (auto const listed = folder("STATE_DIRECTORY").string(); !listed.empty())  // systemd may list several
        return fs::path(listed.substr(0, listed.find(':'))) / "plugins.json";
    if (auto const state = folder("XDG_STATE_HOME"); !state.empty()) return state / "dossier" / "plugins.json";
    if (auto const home = folder("HOME"); !home.empty()) return home / ".local/state/dossier/plugins.json";
    return {};
}

}  // namespace dossier
