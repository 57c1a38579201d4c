// Word numbers: a fixed set of words, each with a number.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

class WordNumbers {
public:
    WordNumbers();

    /// The word's number, the next one from 1 when it is new; 0 when it is new and there are 65,534 already.
    std::uint16_t add(std::string_view word);
    /// 0: not one of the words. A hash table whose first look is at two bytes that stay in the cache.
    [[nodiscard]] std::uint16_t find(std::string_view word) const noexcept {
        return numbers_.data()[place_of(word, ends_of(word))];
    }

    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
    /// @pre 1 <= number <= size()
    [[nodiscard]] std::string const& word(std::uint16_t number) const noexcept { return words_[number - 1u]; }

private:
    /// First and last bytes of a word: all of it up to 16 bytes.
    struct Ends {
        std::uint64_t first = 0, last = 0, size = 0;
        friend bool operator==(Ends const&, Ends const&) = default;
    };
    template <class Number>
    static std::uint64_t load(char const* from) noexcept {
        Number number = 0;
        std::memcpy(&number, from, sizeof number);
        return number;
    }
    // Two loads that may overlap.
    static Ends ends_of(std::string_view word) noexcept {
        auto const n = word.size();
        auto const* const at = word.data();
        if (n >= 8) return {load<std::uint64_t>(at), load<std::uint64_t>(at + n - 8), n};
        if (n >= 4) return {load<std::uint32_t>(at), load<std::uint32_t>(at + n - 4), n};
        if (n == 0) return {};
        return {load<std::uint8_t>(at) << 8 | load<std::uint8_t>(at + n / 2), load<std::uint8_t>(at + n - 1), n};
    }
    static std::uint64_t hash_of(Ends const& ends) noexcept {
        auto const mixed = (ends.first ^ std::rotl(ends.last, 29) ^ ends.size) * 0x9E3779B97F4A7C15u;
        return mixed ^ mixed >> 32;
    }
    static std::uint16_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint16_t>(hash >> 48 | 1u); }
    /// Where the word stands, or the free place where it would.
    [[nodiscard]] std::size_t place_of(std::string_view word, Ends const& ends) const noexcept {
        constexpr std::size_t held_by_ends = 16;
        auto const hash = hash_of(ends);
        auto const tag = tag_of(hash);
        auto const* const tags = tags_.data();  // every word of a text comes by here: no look at bounds
        auto const last = tags_.size() - 1;
        for (auto place = static_cast<std::size_t>(hash) & last;; place = (place + 1) & last) {
            if (tags[place] == 0) return place;
            if (tags[place] != tag) continue;
            auto const number = numbers_.data()[place];
            if (ends_.data()[number - 1u] == ends && (word.size() <= held_by_ends || words_[number - 1u] == word))
                return place;
        }
    }
    void grow();

    std::vector<std::uint16_t> tags_;     // of the word at a place; 0: free. A power of two, at most half of them taken
    std::vector<std::uint16_t> numbers_;  // of the same places
    std::vector<Ends> ends_;              // by number - 1
    std::vector<std::string> words_;      // by number - 1
};

}  // namespace dossier::sources
