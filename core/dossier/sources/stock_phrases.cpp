#include "dossier/sources/stock_phrases.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "dossier/model/byte_masks.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

bool is_word_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && IsWordByte{}(text[at]);
}

std::string_view first_word(std::string_view phrase) noexcept {
    std::size_t end = 0;
    while (is_word_at(phrase, end))
        ++end;
    return phrase.substr(0, end);
}

std::uint16_t two_bytes_at(std::string_view text, std::size_t at) noexcept {
    std::uint16_t two = 0;
    if (at + sizeof two <= text.size()) std::memcpy(&two, text.data() + at, sizeof two);
    return two;
}

std::size_t slot(char c) noexcept {
    return static_cast<unsigned char>(c);
}

constexpr std::size_t long_bytes = 8;  // of a head

/// Of the first `n_bytes`, at most 8, in 15 bits.
/// @pre text.size() >= n_bytes
std::size_t hash_of_head(std::string_view text, std::size_t n_bytes) noexcept {
    std::uint64_t bytes = 0;
    if (text.size() >= sizeof bytes)
        std::memcpy(&bytes, text.data(), sizeof bytes);
    else
        std::memcpy(&bytes, text.data(), text.size());
    auto const others = 64 - 8 * n_bytes;
    auto const head = std::endian::native == std::endian::little ? bytes << others : bytes >> others;
    return static_cast<std::size_t>(head * 0x9E3779B97F4A7C15u >> (64 - 15));
}

constexpr std::size_t n_letters_of_head = 3;

bool begins_with_letters(std::string_view line) noexcept {
    return line.size() >= n_letters_of_head && is_ascii_alpha(line[0]) && is_ascii_alpha(line[1]) &&
           is_ascii_alpha(line[2]);
}

// Case does not matter.
std::size_t head_of(std::string_view line) noexcept {
    return (slot(line[0]) & 31u) << 10 | (slot(line[1]) & 31u) << 5 | (slot(line[2]) & 31u);
}

}  // namespace

StockPhrases::StockPhrases(std::span<std::span<std::string_view const> const> groups) : by_first_word_(1) {
    for (auto const phrases : groups)
        for (auto const phrase : phrases)
            short_bytes_ = std::min(short_bytes_, phrase.size());
    PhraseGroups group = 1;
    for (auto const phrases : groups) {
        for (auto const phrase : phrases) {
            auto const number = first_words_.add(first_word(phrase));
            by_first_word_.resize(std::max<std::size_t>(by_first_word_.size(), number + 1u));
            by_first_word_[number].push_back({phrase, group, two_bytes_at(phrase, first_word(phrase).size())});
            if (phrase.size() >= long_bytes)
                long_heads_.set(hash_of_head(phrase, long_bytes));
            else
                short_heads_.set(hash_of_head(phrase, short_bytes_));
        }
        group <<= 1;
    }
}

inline bool StockPhrases::may_begin(std::string_view text) const noexcept {
    return (text.size() >= long_bytes && long_heads_.test(hash_of_head(text, long_bytes))) ||
           (text.size() >= short_bytes_ && short_heads_.test(hash_of_head(text, short_bytes_)));
}

PhraseGroups StockPhrases::groups_in(std::string_view text) const noexcept {
    PhraseGroups groups = 0;
    for_each_run(text, IsWordByte{}, [&](std::size_t begin, std::size_t end) {
        if (!may_begin(text.substr(begin))) return true;
        auto const after_word = two_bytes_at(text, end);
        for (auto const& phrase : by_first_word_[first_words_.find(text.substr(begin, end - begin))]) {
            if (phrase.after_word != 0 && phrase.after_word != after_word) continue;
            bool const ends_word = is_word_at(phrase.text, phrase.text.size() - 1);
            if (text.substr(begin).starts_with(phrase.text) &&
                !(ends_word && is_word_at(text, begin + phrase.text.size())))
                groups |= phrase.group;
        }
        return true;
    });
    return groups;
}

void LineHeads::add(std::span<std::string_view const> lines) {
    for (auto const line : lines)
        if (begins_with_letters(line)) heads_.set(head_of(line));
}

bool LineHeads::may_begin(std::string_view line) const noexcept {
    return !begins_with_letters(line) || heads_.test(head_of(line));
}

StockLines::StockLines(std::span<std::string_view const> lines) : lines_(lines.begin(), lines.end()), begins_(257) {
    std::stable_sort(lines_.begin(), lines_.end(), [](auto a, auto b) { return slot(a.front()) < slot(b.front()); });
    for (auto const line : lines_)
        ++begins_[slot(line.front()) + 1];
    for (std::size_t c = 1; c < begins_.size(); ++c)
        begins_[c] += begins_[c - 1];
}

std::span<std::string_view const> StockLines::beginning_with(char first) const noexcept {
    auto const begin = begins_[slot(first)], end = begins_[slot(first) + 1];
    return std::span(lines_).subspan(begin, end - begin);
}

bool StockLines::has(std::string_view line) const noexcept {
    if (line.empty()) return false;
    auto const lines = beginning_with(line.front());
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

bool StockLines::has_begin_of(std::string_view line) const noexcept {
    if (line.empty()) return false;
    auto const lines = beginning_with(line.front());
    return std::any_of(lines.begin(), lines.end(), [&](std::string_view begin) { return line.starts_with(begin); });
}

}  // namespace dossier::sources
