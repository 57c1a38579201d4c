// A spool: bytes written once and then read once, held compressed, so that a million rows fit into memory.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace dossier::formats {

class Spool {
public:
    /// All writing comes before the first reading.
    void write(std::string_view bytes);
    /// The next bytes, at most `size` of them; 0 at the end. What was read is given up.
    [[nodiscard]] std::size_t read(char* room, std::size_t size);
    /// Whether something was read.
    [[nodiscard]] bool is_begun() const noexcept { return n_read_ > 0; }
    [[nodiscard]] std::size_t size() const noexcept { return n_written_; }

private:
    void compress();
    [[nodiscard]] bool open_next_block();
    struct Block {
        std::string bytes;  ///< compressed
        std::size_t size;   ///< of what it holds
    };
    std::deque<Block> blocks_;
    std::string open_;          ///< writing: what is not compressed yet; reading: the block that is read
    std::size_t position_ = 0;  ///< of reading, in `open_`
    std::string tail_;          ///< reading: what was never compressed
    std::size_t n_written_ = 0, n_read_ = 0;
    bool is_read_ = false;
};

}  // namespace dossier::formats
