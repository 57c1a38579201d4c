#include "dossier/sources/containers/file_stream.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string>
#include <system_error>

namespace dossier::sources {
namespace {

constexpr int how_to_open = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

/// -1 where a link stands in the path, and where the system cannot open without following links.
int open_without_links(char const* path) noexcept {
    open_how how{};
    how.flags = how_to_open;
    how.resolve = RESOLVE_NO_SYMLINKS;
    return static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how));
}

/// Whether a path in which no link stands says already that it leads below a folder. Asking the system where a file lies takes
/// longer than opening it.
bool leads_below(std::string const& path, std::string const& prefix) {
    if (path.empty() || path.find("..") != std::string::npos) return false;
    if (path.starts_with('/')) return path.starts_with(prefix);
    std::array<char, PATH_MAX> folder;
    return ::getcwd(folder.data(), folder.size()) != nullptr &&
           std::string(folder.data()).append("/").append(path).starts_with(prefix);
}

}  // namespace

FileStream::FileStream(std::filesystem::path const& path) : descriptor_(open_without_links(path.c_str())) {
    if (descriptor_ >= 0)
        path_without_links_ = path.string();
    else
        descriptor_ = ::open(path.c_str(), how_to_open);
    struct stat status {};
    if (descriptor_ < 0)
        open_problem_ = problem_of(errno);
    else if (::fstat(descriptor_, &status) != 0)
        open_problem_ = ReadProblem::failed;
    else if (open_problem_ = problem_of_mode(status.st_mode); open_problem_ == ReadProblem::none)
        size_ = static_cast<std::uint64_t>(status.st_size);
}

FileStream::~FileStream() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool FileStream::lies_below(std::string const& folder) const {
    auto const prefix = folder.ends_with('/') ? folder : folder + '/';
    std::error_code error;
    if (leads_below(path_without_links_, prefix)) return true;
    auto const place = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor_), error).string();
    return !error && place.starts_with(prefix);
}

bool FileStream::seek(std::uint64_t offset) noexcept {
    if (offset > size_) return false;
    at_ = offset;
    return true;
}

std::size_t FileStream::read(char* to, std::size_t size) {
    if (open_problem_ != ReadProblem::none || failed_) return 0;
    ssize_t n = 0;
    do {
        n = ::pread(descriptor_, to, size, static_cast<off_t>(at_));
    } while (n < 0 && errno == EINTR);
    failed_ = n < 0;
    if (failed_) return 0;
    at_ += static_cast<std::uint64_t>(n);
    return static_cast<std::size_t>(n);
}

std::string FileStream::problem() const {
    return failed_ ? words_for(ReadProblem::failed) : std::string();
}

bool SeekableMemory::seek(std::uint64_t offset) noexcept {
    if (offset > bytes_.size()) return false;
    at_ = static_cast<std::size_t>(offset);
    return true;
}

std::size_t SeekableMemory::read(char* to, std::size_t size) {
    auto const n = bytes_.copy(to, size, at_);
    at_ += n;
    return n;
}

}  // namespace dossier::sources
