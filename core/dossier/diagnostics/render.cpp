#include "dossier/diagnostics/render.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "dossier/diagnostics/display_text.hpp"

namespace dossier {
namespace {

constexpr std::size_t gutter_width = 5;     // of the line number
constexpr std::size_t widest_source = 100;  // columns; more is cut around the caret
constexpr std::size_t tab_stop = 4;
constexpr std::size_t looked_at = 2000;  // bytes on either side of the caret; a line may have a hundred million

std::string place_text(Place const& place) {
    if (place.file.empty()) return {};
    auto text = display_text(place.file);
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
    return text + ": ";
}

/// A code point of the source line, in the column where it stands.
struct Cell {
    std::string shown;
    std::size_t width = 0;
    bool marked = false;  ///< underlined by carets
};

struct SourceView {
    std::vector<Cell> cells;
    bool cut_before = false, cut_after = false;
};

/// Byte offset of code point number `column` (from 1); the end of the line when it is shorter.
std::size_t offset_of(std::string_view line, std::size_t column) {
    std::size_t offset = 0;
    for (std::size_t at = 1; at < column && offset < line.size(); ++at)
        offset += display_unit(line, offset).bytes;
    return offset;
}

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

SourceView view_of(std::string_view line, Place const& place) {
    SourceView view;
    auto const caret = offset_of(line, place.column);
    auto begin = caret > looked_at ? caret - looked_at : 0;
    while (begin < caret && begin > 0 && is_continuation(line[begin]))
        ++begin;
    auto const end = std::min(line.size(), caret + looked_at);
    view.cut_before = begin > 0;
    view.cut_after = end < line.size();

    auto const length = std::max<std::size_t>(place.length, 1);
    std::size_t column = 0, marked = 0;
    for (auto offset = begin; offset < end;) {
        bool const is_tab = line[offset] == '\t';
        auto unit = display_unit(line, offset);
        auto const width = is_tab ? tab_stop - column % tab_stop : unit.width;
        bool const mark = place.column > 0 && offset >= caret && marked < length;
        if (mark) ++marked;
        view.cells.push_back({is_tab ? std::string(width, ' ') : std::move(unit.shown), width, mark});
        column += width;
        offset += unit.bytes;
    }
    return view;
}

std::size_t width_of(std::vector<Cell> const& cells) {
    std::size_t width = 0;
    for (auto const& cell : cells)
        width += cell.width;
    return width;
}

/// Keeps at most `widest_source` columns, with the first caret a third of the way in.
void cut(SourceView& view) {
    if (width_of(view.cells) <= widest_source) return;
    std::size_t before = 0;  // columns left of the first caret
    for (auto const& cell : view.cells) {
        if (cell.marked) break;
        before += cell.width;
    }
    if (before >= width_of(view.cells)) before = 0;
    auto const dropped = before > widest_source * 2 / 3 ? before - widest_source / 3 : 0;
    std::vector<Cell> kept;
    std::size_t column = 0, kept_width = 0;
    for (auto& cell : view.cells) {
        if (column < dropped) {
            view.cut_before = true;
        } else if (kept_width + cell.width <= widest_source) {
            kept_width += cell.width;
            kept.push_back(std::move(cell));
        } else {
            view.cut_after = true;
            break;
        }
        column += cell.width;
    }
    view.cells = std::move(kept);
}

std::string carets_under(SourceView const& view, std::size_t length) {
    std::string carets(view.cut_before ? 1 : 0, ' ');
    std::size_t marked = 0;
    for (auto const& cell : view.cells) {
        if (marked > 0 && !cell.marked) break;
        carets += std::string(cell.marked ? std::max<std::size_t>(cell.width, marked == 0 ? 1 : 0) : cell.width,
                              cell.marked ? '^' : ' ');
        if (cell.marked) ++marked;
    }
    if (marked == 0) carets += '^';                                      // past the end of the line
    if (marked > 0 && marked < length && view.cut_after) carets += '^';  // under the "…"
    return carets;
}

std::string source_text(Diagnostic const& diagnostic) {
    if (diagnostic.source_line.empty() || diagnostic.place.line == 0) return {};
    auto view = view_of(diagnostic.source_line, diagnostic.place);
    cut(view);
    auto number = std::to_string(diagnostic.place.line);
    number.insert(0, gutter_width - std::min(gutter_width, number.size()), ' ');
    auto text = number + " | " + (view.cut_before ? "…" : "");
    for (auto const& cell : view.cells)
        text += cell.shown;
    text += view.cut_after ? "…\n" : "\n";
    if (diagnostic.place.column == 0) return text;
    return text + std::string(number.size(), ' ') + " | " + carets_under(view, diagnostic.place.length) + "\n";
}

std::string human(Diagnostic const& diagnostic) {
    auto text = place_text(diagnostic.place) + name_of(diagnostic.severity) + ": " + display_text(diagnostic.message);
    if (!diagnostic.code.empty()) text += " [" + diagnostic.code + "]";
    text += "\n" + source_text(diagnostic);
    for (auto const& note : diagnostic.notes)
        text += "  " + display_text(note) + "\n";
    return text;
}

}  // namespace

char const* name_of(Severity severity) noexcept {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "error";
}

std::string render_human(std::span<Diagnostic const> diagnostics) {
    std::string text;
    for (auto const& diagnostic : diagnostics)
        text += human(diagnostic);
    return text;
}

std::string render(std::span<Diagnostic const> diagnostics, MessageFormat format) {
    switch (format) {
        case MessageFormat::human: return render_human(diagnostics);
        case MessageFormat::json: return render_json(diagnostics);
        case MessageFormat::sarif: return render_sarif(diagnostics);
    }
    return {};
}

}  // namespace dossier
