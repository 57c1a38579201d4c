#include "spool.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace dossier::formats {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20;

}  // namespace

void Spool::write(std::string_view bytes) {
    if (is_read_) throw std::logic_error("a spool was written to after it was read");
    n_written_ += bytes.size();
    while (!bytes.empty()) {
        auto const taken = std::min(bytes.size(), block_size - open_.size());
        open_.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (open_.size() == block_size) compress();
    }
}

void Spool::compress() {
    auto size = ::compressBound(static_cast<uLong>(open_.size()));
    std::string room(size, '\0');
    if (::compress2(reinterpret_cast<Bytef*>(room.data()), &size, reinterpret_cast<Bytef const*>(open_.data()),
                    static_cast<uLong>(open_.size()), Z_BEST_SPEED) != Z_OK)
        throw std::runtime_error("zlib could not compress what is to be kept in memory");
    blocks_.push_back({room.substr(0, size), open_.size()});
    open_.clear();
}

bool Spool::open_next_block() {
    position_ = 0;
    if (blocks_.empty()) {
        open_ = std::exchange(tail_, {});
        return !open_.empty();
    }
    auto const& block = blocks_.front();
    auto size = static_cast<uLong>(block.size);
    open_.resize(block.size);
    if (::uncompress(reinterpret_cast<Bytef*>(open_.data()), &size, reinterpret_cast<Bytef const*>(block.bytes.data()),
                     static_cast<uLong>(block.bytes.size())) != Z_OK ||
        size != block.size)
        throw std::runtime_error("zlib could not read what it wrote");
    blocks_.pop_front();
    return true;
}

std::size_t Spool::read(char* room, std::size_t size) {
    if (!is_read_) {
        is_read_ = true;
        tail_ = std::exchange(open_, {});
    }
    std::size_t taken = 0;
    while (taken < size) {
        if (position_ == open_.size() && !open_next_block()) break;
        auto const now = std::min(size - taken, open_.size() - position_);
        std::memcpy(room + taken, open_.data() + position_, now);
        taken += now, position_ += now;
    }
    n_read_ += taken;
    return taken;
}

}  // namespace dossier::formats
