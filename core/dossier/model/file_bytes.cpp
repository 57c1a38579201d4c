#include "dossier/model/file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace dossier {
namespace {

FileBytes refused(ReadProblem problem, int system_error = 0) {
    return {{}, problem, system_error};
}

class Descriptor {
public:
    explicit Descriptor(int fd) noexcept : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int fd_;
};

}  // namespace

FileBytes read_file(std::filesystem::path const& path, std::size_t limit) {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) return refused(problem_of(errno), errno);
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return refused(ReadProblem::failed, errno);
    if (!S_ISREG(status.st_mode)) return refused(ReadProblem::not_a_file);
    if (static_cast<std::size_t>(status.st_size) > limit) return refused(ReadProblem::too_large);
    FileBytes result;
    result.bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < result.bytes.size()) {
        auto const n = ::read(file.get(), result.bytes.data() + filled, result.bytes.size() - filled);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return refused(ReadProblem::failed, errno);
        if (n == 0) break;  // shrank meanwhile
        filled += static_cast<std::size_t>(n);
    }
    result.bytes.resize(filled);
    return result;
}

char const* words_for(ReadProblem problem) noexcept {
    switch (problem) {
        case ReadProblem::none: return "could be read";
        case ReadProblem::missing: return "no such file";
        case ReadProblem::not_a_file: return "is not a regular file";
        case ReadProblem::no_permission: return "permission denied";
        case ReadProblem::too_large: return "is larger than the limit";
        case ReadProblem::failed: return "could not be read";
    }
    return "could not be read";
}

ReadProblem problem_of(int system_error) noexcept {
    switch (system_error) {
        case ENOENT:
        case ENOTDIR: return ReadProblem::missing;
        case EACCES:
        case EPERM: return ReadProblem::no_permission;
        default: return ReadProblem::failed;
    }
}

}  // namespace dossier
