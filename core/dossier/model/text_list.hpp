// Text list: any number of texts, one after the other.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <new>
#include <ranges>
#include <string>
#include <string_view>

namespace dossier {

/// Texts by number, from 0 in the order in which they were added. A text costs its bytes and four more; adding one moves at
/// most the few hundred that were added last.
class TextList {
public:
    /// @throws std::bad_alloc  also where a few hundred texts come to 4 GiB
    void push_back(std::string_view text) {
        auto const place = size_ % texts_per_block;
        if (place == 0) {
            if (!blocks_.empty()) blocks_.back().text.shrink_to_fit();
            blocks_.emplace_back();
        }
        auto& block = blocks_.back();
        if (text.size() > std::numeric_limits<std::uint32_t>::max() - block.text.size()) throw std::bad_alloc();
        block.text += text;
        block.ends[place] = static_cast<std::uint32_t>(block.text.size());
        ++size_;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// @param number  below size(), and not released
    /// @return valid until the next text is added
    [[nodiscard]] std::string_view operator[](std::size_t number) const noexcept {
        auto const& block = blocks_[number / texts_per_block];
        auto const place = number % texts_per_block;
        auto const begin = place == 0 ? 0 : block.ends[place - 1];
        return {block.text.data() + begin, block.ends[place] - begin};
    }

    /// Says that no text before this one will be asked for again, so that their room can be used for something else.
    void release_before(std::size_t number) noexcept {
        for (; n_released_ < number / texts_per_block; ++n_released_)
            std::string().swap(blocks_[n_released_].text);
    }

private:
    static constexpr std::size_t texts_per_block = 256;
    struct Block {
        std::string text;
        std::array<std::uint32_t, texts_per_block> ends;  ///< in text; of those that were added
    };
    std::deque<Block> blocks_;
    std::size_t size_ = 0;
    std::size_t n_released_ = 0;  ///< blocks
};

/// Whether a text is one of a list that is sorted.
[[nodiscard]] inline bool is_among(std::string_view text, TextList const& sorted) {
    auto const numbers = std::views::iota(std::size_t{0}, sorted.size());
    auto const found = std::ranges::lower_bound(numbers, text, {}, [&](std::size_t number) { return sorted[number]; });
    return found != numbers.end() && sorted[*found] == text;
}

}  // namespace dossier
