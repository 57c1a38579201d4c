#include "dossier/sources/containers/file_stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace dossier::sources {

FileStream::FileStream(std::filesystem::path const& path)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat status {};
    if (descriptor_ < 0)
        open_problem_ = problem_of(errno);
    else if (::fstat(descriptor_, &status) != 0)
        open_problem_ = ReadProblem::failed;
    else if (!S_ISREG(status.st_mode))
        open_problem_ = ReadProblem::not_a_file;
    else
        size_ = static_cast<std::uint64_t>(status.st_size);
}

FileStream::~FileStream() {
    if (descriptor_ >= 0) ::close(descriptor_);
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
