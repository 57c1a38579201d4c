#include "dossier/schedule/installed_units.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/replace_file.hpp"
#include "dossier/schedule/unit_files.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr mode_t for_everybody = 0644;  // systemd warns of others

std::vector<fs::path> places(fs::path const& job, fs::path const& folder) {
    auto const name = unit_name(job);
    return {folder / (name + ".service"), folder / (name + ".timer")};
}

std::string contents(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool is_there(fs::path const& path) {
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
}

bool is_ours(fs::path const& path, fs::path const& job) {
    std::error_code error;
    return fs::is_regular_file(fs::symlink_status(path, error)) && contents(path).starts_with(unit_marker(job));
}

/// What `systemctl enable` makes; systemctl itself can be asked to remove it only where systemd runs.
void remove_link_of(fs::path const& timer) {
    auto const link = timer.parent_path() / "timers.target.wants" / timer.filename();
    std::error_code error;
    auto const target = fs::read_symlink(link, error);
    if (!error && (timer.parent_path() / "timers.target.wants" / target).lexically_normal() == timer)
        fs::remove(link, error);
}

}  // namespace

std::vector<UnitFile> unit_files(ScheduledRun const& run, fs::path const& folder) {
    auto const at = places(run.job, folder);
    return {{at[0], service_text(run)}, {at[1], timer_text(run)}};
}

std::vector<fs::path> foreign_units(fs::path const& job, fs::path const& folder) {
    std::vector<fs::path> foreign;
    for (auto const& path : places(job, folder))
        if (is_there(path) && !is_ours(path, job)) foreign.push_back(path);
    return foreign;
}

bool write_units(std::vector<UnitFile> const& files) {
    bool changed = false;
    for (auto const& [path, text] : files) {
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) fail_at(path.parent_path(), "could not make", error.value());
        if (contents(path) == text) continue;
        replace_file(path, text, for_everybody);
        sync_folder(path.parent_path());
        changed = true;
    }
    return changed;
}

std::vector<fs::path> remove_units(fs::path const& job, fs::path const& folder) {
    std::vector<fs::path> removed;
    for (auto const& path : places(job, folder)) {
        if (!is_ours(path, job)) continue;
        if (path.extension() == ".timer") remove_link_of(path);
        if (::unlink(path.c_str()) != 0) fail_at(path, "could not remove", errno);
        removed.push_back(path);
    }
    if (!removed.empty()) sync_folder(folder);
    return removed;
}

}  // namespace dossier
