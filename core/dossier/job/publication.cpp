#include "dossier/job/publication.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <system_error>
#include <vector>

#include "dossier/diagnostics/shell_words.hpp"
#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/model/descriptor.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/model/replace_file.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t manifest_limit = std::size_t{256} << 20;

fs::path manifest_path(fs::path const& folder, std::string_view run_id) {
    return folder / "runs" / run_id / "manifest.json";
}

[[noreturn]] void fail(std::string const& what, fs::path const& path, int error) {
    fail_at(path, what, error, FailureKind::publish);
}

Descriptor open_file(fs::path const& path, int flags) {
    Descriptor opened(::open(path.c_str(), flags | O_CLOEXEC, 0666));
    if (!opened.is_open()) fail("could not open", path, errno);
    return opened;
}

void make_folder(fs::path const& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) fail("could not make the folder", path, error.value());
}

void sync(fs::path const& path, int flags) {
    auto const opened = open_file(path, flags);
    if (::fsync(opened.number()) != 0) fail("could not make durable", path, errno);
}

/// Files first, then the folders that name them, innermost first.
void sync_tree(fs::path const& root) {
    std::vector<fs::path> folders{root};
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_directory())
            folders.push_back(entry.path());
        else
            sync(entry.path(), O_RDONLY);
    }
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
        sync(*folder, O_RDONLY | O_DIRECTORY);
}

void rename_path(fs::path const& from, fs::path const& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) fail("could not rename to", to, errno);
}

bool is_leftover(fs::path const& path) {
    auto const name = path.filename().string();
    return name.starts_with(".staging-") || name.starts_with(".latest-");
}

/// `latest` is ours to switch only if it is a link.
void refuse_other_latest(fs::path const& folder) {
    std::error_code error;
    auto const status = fs::symlink_status(folder / "latest", error);
    if (!fs::exists(status) || fs::is_symlink(status)) return;
    throw Failure(
        FailureKind::publish,
        (folder / "latest").string() + " is not the link that a run switches; move it away, or choose another folder",
        (folder / "latest").string());
}

/// What cannot be removed now is hidden all the same, and removed another time; also when memory has run out.
void remove_leftovers(fs::path const& folder) noexcept try {
    std::error_code ignored;
    std::vector<fs::path> leftovers;
    for (auto const& entry : fs::directory_iterator(folder, ignored))
        if (is_leftover(entry.path())) leftovers.push_back(entry.path());
    for (auto const& leftover : leftovers)
        fs::remove_all(leftover, ignored);
} catch (std::exception const&) {
}

}  // namespace

OutputLock::OutputLock(fs::path const& folder) : folder_(folder) {
    make_folder(folder);
    auto const path = folder / ".lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("could not open the lock", path, errno);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
        remove_leftovers(folder);
        return;
    }
    auto const error = errno;
    ::close(descriptor_);
    if (error == EWOULDBLOCK)
        throw Failure(FailureKind::locked,
                      "another run is writing to " + folder.string() +
                          "; wait for it, or see which one it is: fuser -v " + shell_word(path.string()),
                      folder.string());
    fail("could not lock", path, error);
}

OutputLock::~OutputLock() {
    ::close(descriptor_);
}

StagedSet::StagedSet(fs::path const& folder) : folder_(folder) {
    refuse_other_latest(folder_);
    make_folder(folder_ / "runs");
    auto pattern = (folder_ / ".staging-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) fail("could not make a folder in", folder_, errno);
    path_ = pattern;
    if (::chmod(path_.c_str(), 0777 & ~file_creation_mask()) != 0) fail("could not open up the folder", path_, errno);
}

StagedSet::~StagedSet() {
    if (published_) return;
    try {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    } catch (std::exception const&) {  // no memory: the next run removes it
    }
}

fs::path StagedSet::publish(std::string_view run_id, std::function<void(Write const&)> const& write_manifest) {
    auto const target = folder_ / "runs" / run_id;
    try {
        auto const manifest = path_ / "manifest.json";
        {
            auto const file = open_file(manifest, O_WRONLY | O_CREAT | O_EXCL);
            write_manifest([&](std::string_view part) {
                if (int const error = write_all(file.number(), part); error != 0)
                    fail("could not write", manifest, error);
            });
        }
        sync_tree(path_);
    } catch (fs::filesystem_error const& error) {
        fail("could not read back", path_, error.code().value());
    }
    rename_path(path_, target);
    published_ = true;
    sync(folder_ / "runs", O_RDONLY | O_DIRECTORY);
    switch_latest(folder_, run_id);
    return target;
}

void switch_latest(fs::path const& folder, std::string_view run_id) {
    auto const target = fs::path("runs") / run_id;
    std::error_code error;
    if (fs::read_symlink(folder / "latest", error) == target && !error) return;
    auto const fresh = folder / ".latest-new";
    fs::remove(fresh, error);
    if (::symlink(target.c_str(), fresh.c_str()) != 0) fail("could not make the link", fresh, errno);
    rename_path(fresh, folder / "latest");
    sync(folder, O_RDONLY | O_DIRECTORY);
}

std::optional<std::string> published_manifest_sha256(fs::path const& folder, std::string_view run_id) {
    Sha256 hash;
    auto const problem =
        read_in_parts(manifest_path(folder, run_id), manifest_limit, [&](std::string_view part) { hash.update(part); });
    return problem == ReadProblem::none ? std::optional(hash.hex()) : std::nullopt;
}

std::optional<ManifestSummary> published_summary(fs::path const& folder, std::string_view run_id) {
    ManifestReader reader;
    auto const problem =
        read_in_parts(manifest_path(folder, run_id), manifest_limit, [&](std::string_view part) { reader.add(part); });
    return problem == ReadProblem::none ? reader.summary() : std::nullopt;
}

}  // namespace dossier
