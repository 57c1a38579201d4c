#include "json_writer.hpp"

#include <cmath>
#include <cstddef>

#include "shared/clean_text.hpp"
#include "shared/number_text.hpp"

namespace dossier::formats {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

bool is_plain(char c) noexcept {
    auto const byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '<';
}

bool is_within(char32_t value, char32_t first, char32_t last) noexcept {
    return value >= first && value <= last;
}

bool changes_direction(char32_t value) noexcept {
    return value == 0x061C || value == 0x200E || value == 0x200F || is_within(value, 0x202A, 0x202E) ||
           is_within(value, 0x2066, 0x2069);
}

/// But for the joiners U+200C and U+200D, which several scripts are spelled with.
bool cannot_be_seen(char32_t value) noexcept {
    return value == 0x200B || value == 0xFEFF || is_within(value, 0x2060, 0x206F) || is_within(value, 0xFFF9, 0xFFFB) ||
           is_within(value, 0xE0000, 0xE007F);
}

bool is_noncharacter(char32_t value) noexcept {
    return is_within(value, 0xFDD0, 0xFDEF) || (value & 0xFFFE) == 0xFFFE;
}

bool is_escaped(char32_t value) noexcept {
    bool const line_end = value == 0x2028 || value == 0x2029;
    return value < 0x20 || value == '"' || value == '\\' || value == '<' || is_within(value, 0x7F, 0x9F) || line_end ||
           changes_direction(value) || cannot_be_seen(value) || is_noncharacter(value);
}

void append_unit(std::string& json, char32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    json += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        json += digits[unit >> shift & 0xF];
}

void append_escaped(std::string& json, char32_t value) {
    switch (value) {
        case '"': json += "\\\""; return;
        case '\\': json += "\\\\"; return;
        case '\b': json += "\\b"; return;
        case '\f': json += "\\f"; return;
        case '\n': json += "\\n"; return;
        case '\r': json += "\\r"; return;
        case '\t': json += "\\t"; return;
        default: break;
    }
    if (value < 0x10000) return append_unit(json, value);
    append_unit(json, 0xD800 + ((value - 0x10000) >> 10));
    append_unit(json, 0xDC00 + ((value - 0x10000) & 0x3FF));
}

}  // namespace

void append_quoted(std::string& json, std::string_view text) {
    json += '"';
    for (std::size_t offset = 0; offset < text.size();) {
        auto end = offset;
        while (end < text.size() && is_plain(text[end]))
            ++end;
        json += text.substr(offset, end - offset);
        offset = end;
        if (offset == text.size()) break;
        auto const point = code_point_at(text, offset);
        if (!point.valid)
            json += replacement_character;
        else if (is_escaped(point.value))
            append_escaped(json, point.value);
        else
            json += text.substr(offset, point.size);
        offset += point.size;
    }
    json += '"';
}

void JsonWriter::key(std::string_view name) {
    separate();
    append_quoted(buffer_, name);
    put(indented_ ? ": " : ":");
    follows_key_ = true;
}

void JsonWriter::value(std::string_view text) {
    before_value();
    append_quoted(buffer_, text);
    put({});
}

void JsonWriter::value(bool truth) {
    before_value();
    put(truth ? "true" : "false");
}

void JsonWriter::value(std::int64_t number) {
    before_value();
    NumberText room;
    put(shortest(number, room));
}

void JsonWriter::value(std::uint64_t number) {
    before_value();
    NumberText room;
    put(shortest(number, room));
}

void JsonWriter::value(double number) {
    if (!std::isfinite(number)) return null();
    before_value();
    NumberText room;
    auto const text = shortest(number, room);
    put(text);
    if (text.find_first_of(".e") == std::string_view::npos) put(".0");  // else it would read back as an integer
}

void JsonWriter::null() {
    before_value();
    put("null");
}

void JsonWriter::finish() {
    buffer_ += '\n';
    sink_(buffer_);
    buffer_.clear();
}

void JsonWriter::begin(char bracket, Elements elements) {
    before_value();
    buffer_ += bracket;
    levels_.push_back({indented_ || elements == Elements::one_per_line});
}

void JsonWriter::end(char bracket) {
    auto const level = levels_.back();
    levels_.pop_back();
    if (level.one_per_line && !level.is_empty) break_line();
    put({&bracket, 1});
}

void JsonWriter::before_value() {
    if (!follows_key_ && !levels_.empty()) separate();
    follows_key_ = false;
}

void JsonWriter::separate() {
    auto& level = levels_.back();
    if (!level.is_empty) buffer_ += ',';
    level.is_empty = false;
    if (level.one_per_line) break_line();
}

void JsonWriter::break_line() {
    buffer_ += '\n';
    if (indented_) buffer_.append(2 * levels_.size(), ' ');
}

void JsonWriter::put(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() < buffer_size) return;
    sink_(buffer_);
    buffer_.clear();
}

}  // namespace dossier::formats
