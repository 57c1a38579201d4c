// Numbers and texts as bytes, for what is stored or travels between processes. Little endian; texts have their length first.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace dossier {

template <class Number>
void put(std::string& bytes, Number number) {
    static_assert(std::is_arithmetic_v<Number>);
    char raw[sizeof number];
    std::memcpy(raw, &number, sizeof number);
    if constexpr (std::endian::native == std::endian::big)
        for (std::size_t i = sizeof raw; i > 0; --i)
            bytes += raw[i - 1];
    else
        bytes.append(raw, sizeof raw);
}

inline void put_text(std::string& bytes, std::string_view text) {
    put(bytes, static_cast<std::uint32_t>(text.size()));
    bytes += text;
}

/// Takes apart what may be anything: past the end every number is 0 and every text empty, and failed() says so.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) noexcept : rest_(bytes) {}

    template <class Number>
    Number take() noexcept {
        Number number{};
        if (rest_.size() < sizeof number) {
            fail();
            return number;
        }
        char raw[sizeof number];
        std::memcpy(raw, rest_.data(), sizeof raw);
        if constexpr (std::endian::native == std::endian::big)
            for (std::size_t i = 0; i < sizeof raw / 2; ++i)
                std::swap(raw[i], raw[sizeof raw - 1 - i]);
        std::memcpy(&number, raw, sizeof number);
        rest_.remove_prefix(sizeof number);
        return number;
    }

    /// Borrows from what is being read.
    std::string_view take_text() noexcept {
        auto const size = take<std::uint32_t>();
        if (rest_.size() < size) {
            fail();
            return {};
        }
        auto const text = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return text;
    }

    /// How many things follow; 0 and failed() if fewer bytes are left than so many of at least `smallest` bytes need.
    std::size_t take_count(std::size_t smallest) noexcept {
        auto const count = take<std::uint32_t>();
        if (rest_.size() / smallest < count) {
            fail();
            return 0;
        }
        return count;
    }

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    /// Everything was there and nothing is left over.
    [[nodiscard]] bool complete() const noexcept { return !failed_ && rest_.empty(); }

private:
    void fail() noexcept {
        failed_ = true;
        rest_ = {};
    }
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace dossier
