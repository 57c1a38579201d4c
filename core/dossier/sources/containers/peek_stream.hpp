// Peek stream: a stream whose next bytes can be looked at before they are taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dossier/sources/byte_stream.hpp"

namespace dossier::sources {

class PeekStream final : public ByteStream {
public:
    /// @param size  how many bytes `from` has, if that is known: a small stream is read at once, and ends there
    explicit PeekStream(ByteStream& from, std::uint64_t size = unknown_size) noexcept : from_(from), size_(size) {}

    /// The next `size` bytes, which stay to be read; fewer where the stream ends. Valid until the next call.
    [[nodiscard]] std::string_view peek(std::size_t size);
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
    /// All that is left, but no more than `most` bytes.
    [[nodiscard]] std::string take(std::size_t most);
    /// Whether nothing is left.
    [[nodiscard]] bool at_end() { return peek(1).empty(); }
    [[nodiscard]] std::string problem() const override { return from_.problem(); }

private:
    [[nodiscard]] std::string_view ahead() const noexcept { return std::string_view(buffer_).substr(taken_); }

    static constexpr std::uint64_t unknown_size = ~std::uint64_t{0};
    ByteStream& from_;
    std::uint64_t size_;
    std::uint64_t n_read_ = 0;
    std::string buffer_;     // what was read ahead
    std::size_t taken_ = 0;  // of buffer_
    bool ended_ = false;
};

}  // namespace dossier::sources
