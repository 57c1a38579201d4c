#include "csv_record.hpp"

#include <cmath>
#include <utility>

#include "shared/clean_text.hpp"
#include "shared/number_text.hpp"

namespace dossier::formats {
namespace {

/// What readers skip or split at before they look whether a cell is a formula: spaces, quotation marks, separators.
bool may_stand_before_formula(char32_t value) noexcept {
    constexpr std::u32string_view skipped =
        U" \t\r\n\u00A0\u2028\u2029\u202F\u205F\u3000\uFEFF\"'`\u2018\u2019\u201C\u201D,;|";
    bool const wide_or_empty = value >= 0x2000 && value <= 0x200F;
    return wide_or_empty || skipped.find(value) != std::u32string_view::npos;
}

/// = + - @ and their full-width forms.
bool begins_formula(char32_t value) noexcept {
    return std::u32string_view(U"=+-@\uFF1D\uFF0B\uFF0D\uFF20").find(value) != std::u32string_view::npos;
}

}  // namespace

bool reads_as_formula(std::string_view text) noexcept {
    if (text.empty()) return false;
    if (text.front() == '\t' || text.front() == '\r' || text.front() == '\n') return true;
    for (std::size_t offset = 0; offset < text.size();) {
        auto const point = code_point_at(text, offset);
        if (!may_stand_before_formula(point.value)) return begins_formula(point.value);
        offset += point.size;
    }
    return false;
}

void CsvRecord::next() {
    if (n_fields_++ > 0) line_ += dialect_.separator;
}

void CsvRecord::text(std::string_view text) {
    next();
    auto clean = clean_text(text);
    if (dialect_.formula_guard && reads_as_formula(clean)) clean.insert(clean.begin(), '\'');
    // Quoted for the sake of any reader: those that expect another separator, and those that trim spaces.
    bool const needs_quotes = !clean.empty() && (clean.find_first_of(",;\t|\"\r\n") != std::string::npos ||
                                                 clean.front() == ' ' || clean.back() == ' ');
    if (needs_quotes)
        quoted(clean);
    else
        line_ += clean;
}

void CsvRecord::quoted(std::string_view text) {
    line_ += '"';
    for (char const c : text)
        line_.append(c == '"' ? 2 : 1, c);
    line_ += '"';
}

void CsvRecord::number(double value) {
    next();
    NumberText room;
    // "-0" equals 0 and only puzzles; adding 0 drops its sign.
    if (std::isfinite(value)) line_ += shortest(value + 0.0, room);
}

void CsvRecord::number(std::int64_t value) {
    next();
    NumberText room;
    line_ += shortest(value, room);
}

void CsvRecord::number(std::uint64_t value) {
    next();
    NumberText room;
    line_ += shortest(value, room);
}

std::string CsvRecord::end() {
    // A record of one empty field would be an empty line, which many readers skip.
    if (line_.empty() && n_fields_ == 1) line_ = "\"\"";
    line_ += "\r\n";
    n_fields_ = 0;
    return std::exchange(line_, {});
}

}  // namespace dossier::formats
