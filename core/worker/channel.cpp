#include "channel.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "dossier/model/bytes.hpp"

namespace dossier::worker {
namespace {

constexpr std::size_t buffer_bytes = 32 * 1024;

}  // namespace

bool FrameWriter::send(FrameKind kind, std::string_view payload) {
    put_frame(buffer_, kind, payload);
    return buffer_.size() < buffer_bytes ? !lost_ : flush();
}

bool FrameWriter::flush() {
    length_ += buffer_.size();
    std::string_view rest = buffer_;
    while (!rest.empty() && !lost_) {
        auto const written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        lost_ = written <= 0;
        if (!lost_) rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
    return !lost_;
}

bool FrameWriter::end() {
    if (!flush()) return false;
    std::string payload;
    put(payload, length_);
    put_frame(buffer_, FrameKind::end, payload);
    return flush();
}

bool FrameWriter::host_is_gone() const {
    pollfd descriptor{descriptor_, 0, 0};
    return lost_ || (::poll(&descriptor, 1, 0) > 0 && (descriptor.revents & (POLLERR | POLLHUP)) != 0);
}

std::optional<Frame> FrameSource::next() {
    while (true) {
        if (auto frame = reader_.next()) return frame;
        if (reader_.broken()) return std::nullopt;
        auto const got = ::read(descriptor_, bytes_.data(), bytes_.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 || (got == 0 && is_whole_)) return std::nullopt;
        if (got == 0)
            wait_for_more();
        else
            reader_.add({bytes_.data(), static_cast<std::size_t>(got)});
    }
}

void FrameSource::wait_for_more() {
    std::array<char, 256> bytes;
    auto const got = ::read(growth_, bytes.data(), bytes.size());
    is_whole_ = got == 0 || (got < 0 && errno != EINTR);
}

}  // namespace dossier::worker
