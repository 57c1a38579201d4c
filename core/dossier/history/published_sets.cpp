#include "dossier/history/published_sets.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <tuple>
#include <utility>

#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view hidden_prefix = ".removed-";

std::chrono::system_clock::time_point time_of(struct stat const& file) {
    using namespace std::chrono;
    return system_clock::time_point(seconds(file.st_mtim.tv_sec) + nanoseconds(file.st_mtim.tv_nsec));
}

/// DIR/runs, not followed if it is a link: what it leads to is not ours to remove.
class RunsFolder {
public:
    explicit RunsFolder(fs::path const& folder)
        : opened_(::open((folder / "runs").c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)), error_(errno) {}
    [[nodiscard]] int get() const noexcept { return opened_.number(); }
    [[nodiscard]] int error() const noexcept { return opened_.is_open() ? 0 : error_; }

private:
    Descriptor opened_;
    int error_;
};

bool is_name(std::string_view run_id) {
    return !run_id.empty() && run_id.front() != '.' && run_id.find('/') == std::string_view::npos;
}

}  // namespace

std::vector<PublishedSet> published_sets(fs::path const& folder) {
    std::vector<PublishedSet> sets;
    std::error_code error;
    for (fs::directory_iterator entry(folder / "runs", error), end; !error && entry != end; entry.increment(error)) {
        auto const name = entry->path().filename().string();
        struct stat manifest {};
        if (!is_name(name) || !entry->is_directory(error) || entry->is_symlink(error)) continue;
        if (::lstat((entry->path() / "manifest.json").c_str(), &manifest) != 0 || !S_ISREG(manifest.st_mode)) continue;
        sets.push_back({name, time_of(manifest)});
    }
    std::sort(sets.begin(), sets.end(), [](PublishedSet const& a, PublishedSet const& b) {
        return std::tie(a.finished, a.run_id) < std::tie(b.finished, b.run_id);
    });
    return sets;
}

std::optional<std::string> latest_set(fs::path const& folder) {
    std::error_code error;
    auto const link = folder / "latest";
    if (fs::symlink_status(link, error).type() == fs::file_type::not_found) return "";
    auto const target = fs::read_symlink(link, error);
    if (error || target.parent_path() != "runs" || !is_name(target.filename().string())) return std::nullopt;
    return target.filename().string();
}

HideResult hide_set(fs::path const& folder, std::string const& run_id) {
    auto const shown = (folder / "runs" / run_id).string();
    if (!is_name(run_id)) return {{}, "\"" + run_id + "\" is no name of a set"};
    RunsFolder const runs(folder);
    if (runs.error() == ENOENT) return {};
    if (runs.error() != 0)
        return {{},
                shown + " was not removed, since " + (folder / "runs").string() +
                    " is no folder of its own: " + std::strerror(runs.error())};
    auto hidden = std::string(hidden_prefix) + run_id;
    for (int n = 2; ::faccessat(runs.get(), hidden.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0; ++n)
        hidden = std::string(hidden_prefix) + run_id + "-" + std::to_string(n);
    if (::renameat(runs.get(), run_id.c_str(), runs.get(), hidden.c_str()) != 0)
        return {{}, errno == ENOENT ? std::string() : shown + " could not be removed: " + std::strerror(errno)};
    if (::fsync(runs.get()) != 0)
        return {std::move(hidden), shown + " could not be removed for good: " + std::strerror(errno)};
    return {std::move(hidden), {}};
}

void show_again(fs::path const& folder, std::vector<HiddenSet> const& hidden) {
    RunsFolder const runs(folder);
    if (runs.error() != 0) return;
    for (auto const& [run_id, hidden_name] : hidden)
        ::renameat2(runs.get(), hidden_name.c_str(), runs.get(), run_id.c_str(), RENAME_NOREPLACE);
    ::fsync(runs.get());
}

void remove_hidden_sets(fs::path const& folder) {
    if (RunsFolder(folder).error() != 0) return;
    std::error_code error;
    std::vector<fs::path> hidden;
    for (fs::directory_iterator entry(folder / "runs", error), end; !error && entry != end; entry.increment(error))
        if (entry->path().filename().string().starts_with(hidden_prefix)) hidden.push_back(entry->path());
    for (auto const& path : hidden)
        fs::remove_all(path, error);
}

}  // namespace dossier
