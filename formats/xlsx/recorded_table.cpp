#include "recorded_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "excel_text.hpp"

namespace dossier::formats {
namespace {

enum class Holds : std::uint8_t { nothing, number, text };

/// A cell's beginning in the spool; a number or a text of `n_text` bytes follows, then a target.
struct Prefix {
    CellLook look;
    Holds holds = Holds::nothing;
    std::uint32_t n_text = 0, n_target = 0;
};

template <class Value>
void append(std::string& bytes, Value const& value) {
    bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
}

/// Reads exactly `size` bytes, for a spool gives back what was put in.
void take(Spool& spool, void* room, std::size_t size) {
    if (spool.read(static_cast<char*>(room), size) != size) throw std::logic_error("a recorded table broke off");
}

std::string take_text(Spool& spool, std::size_t size) {
    std::string text(size, '\0');
    take(spool, text.data(), size);
    return text;
}

/// Characters of the number as it is shown.
std::size_t width_of_number(double value, CellLook const& look) {
    constexpr std::size_t width_of_date = 10;
    if (look.shape == NumberShape::date) return width_of_date;
    std::array<char, 512> room;
    double const shown = look.shape == NumberShape::percent ? 100.0 * value : value;
    auto const end = std::to_chars(room.data(), room.data() + room.size(), shown, std::chars_format::fixed,
                                   look.shape == NumberShape::integer ? 0 : look.decimals);
    return static_cast<std::size_t>(end.ptr - room.data()) + (look.shape == NumberShape::percent ? 2 : 0);
}

}  // namespace

RecordedTable::RecordedTable(std::string name, std::string_view caption, std::string_view report,
                             std::vector<std::string> const& titles)
    : name_(std::move(name)), caption_(cell_text(caption)), report_(cell_text(report)) {
    for (auto const& title : titles)
        heads_.push_back({cell_text(title), 0});
}

void RecordedTable::widen(std::size_t width) {
    auto& head = heads_[n_cells_ % heads_.size()];
    head.width = std::max(head.width, width);
}

void RecordedTable::text(std::string_view text, CellLook look, std::string_view target) {
    CellRecord cell{look, {}, cell_text(text), std::string(target)};
    auto const width = width_of(cell.text);
    cell.look.wrapped = !look.one_line && (width > widest_column_ || cell.text.find('\n') != std::string::npos);
    widen(width);
    add(cell);
}

void RecordedTable::number(double value, CellLook look, std::string_view target) {
    if (!std::isfinite(value)) return add({});
    widen(width_of_number(value, look));
    add({look, value + 0.0, {}, std::string(target)});  // adding 0 drops the sign of "-0"
}

void RecordedTable::integer(std::int64_t value, std::string_view target) {
    constexpr std::int64_t most = 999'999'999'999'999;
    if (value < -most || value > most) return text(std::to_string(value), {}, target);
    number(static_cast<double>(value), {NumberShape::integer}, target);
}

void RecordedTable::add(CellRecord const& cell) {
    Prefix prefix;
    prefix.look = cell.look;
    prefix.holds = cell.number ? Holds::number : cell.text.empty() ? Holds::nothing : Holds::text;
    prefix.n_text = static_cast<std::uint32_t>(cell.text.size());
    prefix.n_target = static_cast<std::uint32_t>(cell.target.size());
    encoded_.clear();
    append(encoded_, prefix);
    if (cell.number) append(encoded_, *cell.number);
    encoded_ += cell.text;
    encoded_ += cell.target;
    spool_.write(encoded_);
    ++n_cells_;
}

bool RecordedTable::next(CellRecord& cell) {
    Prefix prefix;
    auto const n_read = spool_.read(reinterpret_cast<char*>(&prefix), sizeof prefix);
    if (n_read == 0) return false;
    if (n_read != sizeof prefix) throw std::logic_error("a recorded table broke off");
    cell.look = prefix.look;
    cell.number.reset();
    if (prefix.holds == Holds::number) take(spool_, &cell.number.emplace(), sizeof(double));
    cell.text = take_text(spool_, prefix.n_text);
    cell.target = take_text(spool_, prefix.n_target);
    return true;
}

}  // namespace dossier::formats
