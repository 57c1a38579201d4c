#include "dossier/model/file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "dossier/model/descriptor.hpp"

namespace dossier {
namespace {

constexpr std::size_t part_bytes = 64 * 1024;

FileBytes refused(ReadProblem problem, int system_error = 0) {
    return {{}, problem, system_error};
}

/// A regular file from its start.
class File {
public:
    File(std::filesystem::path const& path, std::size_t limit) {
        do
            opened_ = Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        while (!opened_.is_open() && errno == EINTR);
        struct stat status {};
        if (!opened_.is_open())
            fail(problem_of(errno));
        else if (::fstat(opened_.number(), &status) != 0)
            fail(ReadProblem::failed);
        else if (auto const problem = problem_of_mode(status.st_mode); problem != ReadProblem::none)
            problem_ = problem;
        else if (static_cast<std::size_t>(status.st_size) > limit)
            problem_ = ReadProblem::too_large;
        else
            size_ = static_cast<std::size_t>(status.st_size);
    }
    [[nodiscard]] ReadProblem problem() const noexcept { return problem_; }
    [[nodiscard]] int system_error() const noexcept { return system_error_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< in bytes, when it was opened

    /// The next bytes, as many as there is room for; fewer at the end, where it shrank meanwhile, and where there is a problem.
    [[nodiscard]] std::size_t read(char* bytes, std::size_t room) {
        std::size_t filled = 0;
        while (filled < room) {
            auto const n = ::read(opened_.number(), bytes + filled, room - filled);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(ReadProblem::failed);
            if (n <= 0) break;
            filled += static_cast<std::size_t>(n);
        }
        return filled;
    }

private:
    void fail(ReadProblem problem) noexcept {
        system_error_ = errno;
        problem_ = problem;
    }
    Descriptor opened_;
    std::size_t size_ = 0;
    ReadProblem problem_ = ReadProblem::none;
    int system_error_ = 0;
};

}  // namespace

FileBytes read_file(std::filesystem::path const& path, std::size_t limit) {
    File file(path, limit);
    if (file.problem() != ReadProblem::none) return refused(file.problem(), file.system_error());
    FileBytes result;
    result.bytes.resize(file.size());
    result.bytes.resize(file.read(result.bytes.data(), result.bytes.size()));
    if (file.problem() != ReadProblem::none) return refused(file.problem(), file.system_error());
    return result;
}

ReadProblem read_in_parts(std::filesystem::path const& path, std::size_t limit,
                          std::function<void(std::string_view part)> const& take) {
    File file(path, limit);
    std::string part(std::min(part_bytes, file.size()), '\0');
    for (auto left = file.size(); left > 0 && file.problem() == ReadProblem::none;) {
        auto const n = file.read(part.data(), std::min(part.size(), left));
        if (n == 0) break;
        take(std::string_view(part).substr(0, n));
        left -= n;
    }
    return file.problem();
}

char const* words_for(ReadProblem problem) noexcept {
    switch (problem) {
        case ReadProblem::none: return "could be read";
        case ReadProblem::missing: return "no such file";
        case ReadProblem::folder: return "is a folder, not a file";
        case ReadProblem::not_a_file: return "is not a regular file";
        case ReadProblem::no_permission: return "permission denied";
        case ReadProblem::too_large: return "is larger than the limit";
        case ReadProblem::failed: return "could not be read";
    }
    return "could not be read";
}

ReadProblem problem_of_mode(std::uint32_t mode) noexcept {
    return S_ISREG(mode) ? ReadProblem::none : S_ISDIR(mode) ? ReadProblem::folder : ReadProblem::not_a_file;
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
