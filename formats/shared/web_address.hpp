// Which addresses a document may lead to: one rule for every format.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "shared/clean_text.hpp"

namespace dossier::formats {

inline constexpr std::size_t longest_web_address = 2'000;  ///< bytes; longer ones do not open everywhere

namespace detail {

/// White space of Unicode, and what takes no room at all: neither can be typed into an address.
inline bool is_blank_in_address(char32_t value) noexcept {
    constexpr std::u32string_view blanks = U"\u00A0\u1680\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF";
    return value <= 0x20 || (value >= 0x2000 && value <= 0x200F) || blanks.find(value) != blanks.npos;
}

inline bool may_stand_in_address(CodePoint const& point) noexcept {
    constexpr std::u32string_view never = U"\"<>\\^`{|}\uFFFE\uFFFF";  // RFC 3986; and what is no character
    return point.valid && !is_treacherous(point.value) && !is_blank_in_address(point.value) &&
           never.find(point.value) == never.npos;
}

}  // namespace detail

/// Whether `address` is one of http, https or mailto (in letters of any case), with something behind it that a URL can hold:
/// no control characters, no white space, none of "<>\^`{|}, valid UTF-8. Letters beyond ASCII may stand in it; each format
/// escapes them, and whatever else it cannot hold, as it must.
inline bool is_web_address(std::string_view address) noexcept {
    auto const begins_with = [&](std::string_view scheme) {
        auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return address.size() > scheme.size() &&
               std::equal(scheme.begin(), scheme.end(), address.begin(), [&](char a, char b) { return a == lower(b); });
    };
    if (address.size() > longest_web_address) return false;
    if (!begins_with("http://") && !begins_with("https://") && !begins_with("mailto:")) return false;
    for (std::size_t offset = 0; offset < address.size();) {
        auto const point = code_point_at(address, offset);
        if (!detail::may_stand_in_address(point)) return false;
        offset += point.size;
    }
    return true;
}

}  // namespace dossier::formats
