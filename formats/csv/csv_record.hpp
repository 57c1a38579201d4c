// Records of a CSV file as RFC 4180 has them, with text that no spreadsheet takes for a formula.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::formats {

/// How a file is written.
struct CsvDialect {
    char separator = ',';
    bool formula_guard = true;  ///< put an apostrophe before text that a spreadsheet would run
};

/// One record in the making: fields in order, then end().
class CsvRecord {
public:
    explicit CsvRecord(CsvDialect dialect) noexcept : dialect_(dialect) {}

    /// Text of people: cleaned, guarded, quoted where needed.
    void text(std::string_view text);
    /// The shortest text that reads back as the same number; never guarded. What is not finite is no value.
    void number(double value);
    void number(std::int64_t value);
    void number(std::uint64_t value);
    /// No value.
    void nothing() { next(); }
    /// Ends the record with CR LF and gives it away; the next one begins.
    [[nodiscard]] std::string end();

private:
    void next();
    void quoted(std::string_view text);
    CsvDialect dialect_;
    std::string line_;
    std::uint64_t n_fields_ = 0;
};

/// True if a spreadsheet might run `text`: it begins with = + - @ (or their full-width forms), perhaps behind spaces,
/// quotation marks or separators, or it begins with a tab or line break.
[[nodiscard]] bool reads_as_formula(std::string_view text) noexcept;

}  // namespace dossier::formats
