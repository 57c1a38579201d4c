#include "dossier/model/file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

FileBytes refused(ReadProblem problem, int system_error = 0) {
    return {{}, problem, system_error};
}

Descriptor open_for_reading(std::filesystem::path const& path) {
    int fd = -1;
    do
        fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (fd < 0 && errno == EINTR);
    return Descriptor(fd);
}

}  // namespace

FileBytes read_file(std::filesystem::path const& path, std::size_t limit) {
    auto const file = open_for_reading(path);
    if (!file.is_open()) return refused(problem_of(errno), errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return refused(ReadProblem::failed, errno);
    if (!S_ISREG(status.st_mode)) return refused(ReadProblem::not_a_file);
    if (static_cast<std::size_t>(status.st_size) > limit) return refused(ReadProblem::too_large);
    FileBytes result;
    result.bytes.resize(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < result.bytes.size()) {
        auto const n = ::read(file.number(), result.bytes.data() + filled, result.bytes.size() - filled);
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
