#include "dossier/sources/containers/peek_stream.hpp"

#include <algorithm>
#include <utility>

namespace dossier::sources {
namespace {

constexpr std::size_t piece = 64u << 10;

}  // namespace

std::string_view PeekStream::peek(std::size_t size) {
    while (!ended_ && ahead().size() < size) {
        if (taken_ > 0) buffer_.erase(0, std::exchange(taken_, 0));
        auto const held = buffer_.size();
        bool const small = n_read_ <= size_ && size_ - n_read_ < piece;
        // All that is left of a small stream, and one byte more, to see the end.
        auto const wanted = small ? static_cast<std::size_t>(size_ - n_read_) + 1 : std::min(piece, size - held);
        buffer_.resize(held + wanted);
        auto const n = from_.read(buffer_.data() + held, wanted);
        buffer_.resize(held + n);
        n_read_ += n;
        ended_ = n == 0 || (n < wanted && n_read_ == size_);
    }
    return ahead().substr(0, size);
}

std::size_t PeekStream::read(char* to, std::size_t size) {
    if (taken_ == buffer_.size()) {
        buffer_.clear();
        taken_ = 0;
        if (ended_ || size == 0) return 0;
        auto const n = from_.read(to, size);
        n_read_ += n;
        ended_ = n == 0;
        return n;
    }
    auto const n = ahead().copy(to, size);
    taken_ += n;
    return n;
}

std::string PeekStream::take(std::size_t most) {
    auto const size = peek(most).size();
    if (taken_ == 0 && size == buffer_.size()) return std::exchange(buffer_, {});
    std::string bytes(ahead().substr(0, size));
    taken_ += size;
    return bytes;
}

}  // namespace dossier::sources
