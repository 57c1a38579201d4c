// A table as it is to stand on a sheet: recorded while the document arrives, written when all of it is known, because a
// cell may lead to a place that comes later.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spool.hpp"

namespace dossier::formats {

/// How the number of a cell is shown.
enum class NumberShape : std::uint8_t { none, integer, real, percent, date };

/// Who a cell is coloured for.
enum class Tint : std::uint8_t { none, supports, refutes, mixed, neutral, silent, not_assessable, warning, failure };

struct CellLook {
    NumberShape shape = NumberShape::none;
    std::uint8_t decimals = 0;  ///< of real and percent
    Tint tint = Tint::none;
    bool bold = false;
    bool one_line = false;  ///< never wrapped, however long
    bool wrapped = false;   ///< found out by RecordedTable: the text has line breaks or is wider than a column may be
};

struct CellRecord {
    CellLook look;
    std::optional<double> number;  ///< a cell has a number or a text; neither: it is empty
    std::string text;              ///< as cell_text() gives it
    std::string target;            ///< "#anchor" or an address; empty: it leads nowhere
};

class RecordedTable {
public:
    struct Head {
        std::string title;
        std::size_t width;  ///< of the widest cell so far, in characters
    };
    /// @param name   of its first sheet
    RecordedTable(std::string name, std::string_view caption, std::string_view report,
                  std::vector<std::string> const& titles);

    /// Columns are not made wider than this, in characters: longer text is wrapped. To be set before any cell.
    void set_widest_column(std::size_t width) noexcept { widest_column_ = width; }
    [[nodiscard]] std::size_t widest_column() const noexcept { return widest_column_; }

    /// The next cell of the row; a row ends with its last column.
    void nothing() { add({}); }
    void text(std::string_view text, CellLook look = {}, std::string_view target = {});
    /// A number of whole digits when `look` says integer. What is not finite is no value.
    void number(double value, CellLook look, std::string_view target = {});
    /// A whole number; as text where a spreadsheet would lose its last digits (beyond 15).
    void integer(std::int64_t value, std::string_view target = {});

    /// The cells again, in order; false at the end. All writing comes before the first reading.
    [[nodiscard]] bool next(CellRecord& cell);

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] std::string const& caption() const noexcept { return caption_; }
    [[nodiscard]] std::string const& report() const noexcept { return report_; }
    [[nodiscard]] std::vector<Head> const& heads() const noexcept { return heads_; }
    [[nodiscard]] std::size_t n_rows() const noexcept { return n_cells_ / heads_.size(); }

private:
    void add(CellRecord const& cell);
    void widen(std::size_t width);
    std::string name_, caption_, report_;
    std::vector<Head> heads_;
    std::size_t widest_column_ = 60;
    Spool spool_;
    std::size_t n_cells_ = 0;
    std::string encoded_;
};

}  // namespace dossier::formats
