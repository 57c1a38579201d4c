#include "dossier/plugin/spool.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/model/bytes.hpp"
#include "dossier/model/nameless_file.hpp"

namespace dossier {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;

[[noreturn]] void fail(std::string const& what, std::string const& path = {}) {
    int const error = errno;
    throw Failure(FailureKind::io, what + ": " + std::generic_category().message(error), path, error);
}

}  // namespace

ScratchFile::ScratchFile(std::filesystem::path const& folder) {
    std::error_code error;
    auto chosen = folder.empty() ? std::filesystem::temp_directory_path(error) : folder;
    if (error) chosen = "/tmp";
    opened_ = open_nameless_file(chosen);
    if (!opened_.is_open()) fail("cannot make a temporary file in " + chosen.string(), chosen.string());
}

bool ScratchFile::append(std::string_view bytes) {
    buffer_ += bytes;
    size_ += bytes.size();
    if (buffer_.size() < buffer_bytes) return false;
    flush();
    return true;
}

void ScratchFile::flush() {
    if (write_all(opened_.number(), buffer_) != 0) fail("cannot write a temporary file");
    buffer_.clear();
}

std::size_t ScratchFile::read_at(std::uint64_t offset, char* bytes, std::size_t size) const {
    std::size_t n_read = 0;
    while (n_read < size) {
        auto const got = ::pread(opened_.number(), bytes + n_read, size - n_read, static_cast<off_t>(offset + n_read));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("cannot read a temporary file");
        if (got == 0) break;
        n_read += static_cast<std::size_t>(got);
    }
    return n_read;
}

int ScratchFile::open_for_reading() const {
    auto const path = "/proc/self/fd/" + std::to_string(opened_.number());
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail("cannot open a temporary file again");
    return descriptor;
}

void Spool::append(std::string_view block) {
    std::string size;
    put(size, static_cast<std::uint32_t>(block.size()));
    file_.append(size);
    file_.append(block);
    ++n_blocks_;
}

void Spool::close(std::set<std::string> note_anchors) {
    file_.flush();
    note_anchors_ = std::move(note_anchors);
}

/// Makes at least `wanted` unused bytes stand in the buffer, if the file has so many left.
void Spool::Reader::fill(std::size_t wanted) {
    if (buffer_.size() - used_ >= wanted) return;
    buffer_.erase(0, used_);
    used_ = 0;
    auto const kept = buffer_.size();
    buffer_.resize(std::max(wanted, kept + buffer_bytes));
    auto const got = spool_->file_.read_at(offset_, buffer_.data() + kept, buffer_.size() - kept);
    buffer_.resize(kept + got);
    offset_ += got;
}

std::string_view Spool::Reader::next() {
    constexpr std::size_t size_bytes = sizeof(std::uint32_t);
    fill(size_bytes);
    if (buffer_.size() - used_ < size_bytes) return {};
    auto const size = ByteReader(std::string_view(buffer_).substr(used_)).take<std::uint32_t>();
    fill(size_bytes + size);
    auto const block = std::string_view(buffer_).substr(used_ + size_bytes, size);
    used_ += size_bytes + block.size();
    return block;
}

}  // namespace dossier
