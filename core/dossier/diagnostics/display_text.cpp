#include "dossier/diagnostics/display_text.hpp"

#include <utf8proc.h>
#include <algorithm>

#include <utility>

namespace dossier {
namespace {

struct CodePoint {
    utf8proc_int32_t value = -1;  ///< -1: the byte is not UTF-8
    std::size_t bytes = 1;
};

CodePoint decode(std::string_view text, std::size_t offset) {
    CodePoint point;
    auto const* bytes = reinterpret_cast<utf8proc_uint8_t const*>(text.data()) + offset;
    auto const read = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - offset), &point.value);
    if (read > 0 && point.value >= 0) {
        point.bytes = static_cast<std::size_t>(read);
    } else {
        point.value = -1;
    }
    return point;
}

std::string hex(unsigned value, std::size_t least_digits) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (; value != 0 || result.size() < least_digits; value /= 16)
        result.insert(result.begin(), digits[value % 16]);
    return result;
}

bool must_be_escaped(utf8proc_int32_t value) {
    switch (utf8proc_category(value)) {
        case UTF8PROC_CATEGORY_CC:  // control
        case UTF8PROC_CATEGORY_CF:  // format: bidi overrides, zero-width characters, soft hyphens
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
        case UTF8PROC_CATEGORY_CN:  // not assigned: nobody knows how wide it is
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CS: return true;
        default: return false;
    }
}

}  // namespace

DisplayUnit display_unit(std::string_view text, std::size_t offset) {
    auto const point = decode(text, offset);
    if (point.value < 0) {
        auto const byte = static_cast<unsigned char>(text[offset]);
        return {"\\x" + hex(byte, 2), 4, 1};
    }
    if (must_be_escaped(point.value)) {
        auto shown = "\\u{" + hex(static_cast<unsigned>(point.value), 2) + "}";
        auto const width = shown.size();
        return {std::move(shown), width, point.bytes};
    }
    auto const width = utf8proc_charwidth(point.value);
    return {std::string(text.substr(offset, point.bytes)), width > 0 ? static_cast<std::size_t>(width) : 0,
            point.bytes};
}

std::string display_text(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        auto const unit = display_unit(text, offset);
        result += unit.shown;
        offset += unit.bytes;
    }
    return result;
}

std::string display_lines(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t begin = 0; begin < text.size();) {
        auto const end = std::min(text.find('\n', begin), text.size());
        result += display_text(text.substr(begin, end - begin));
        if (end < text.size()) result += '\n';
        begin = end + 1;
    }
    return result;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size(); ++count)
        offset += decode(text, offset).bytes;
    return count;
}

}  // namespace dossier
