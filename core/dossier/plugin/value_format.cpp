#include "dossier/plugin/value_format.hpp"

#include "dossier/model/decimal.hpp"

namespace dossier {
namespace {

std::string text_of(dossier_text text) {
    return text.size == 0 ? std::string() : std::string(text.data, text.size);
}

}  // namespace

std::string format_real(double value, int decimals) {
    return decimal_text(value, decimals);
}

std::string format_percent(double share, int decimals) {
    auto const number = decimal_text(share, decimals, 2);
    return number.empty() ? number : number + " %";
}

std::string format_stance(std::string_view stance) {
    if (stance == "supports") return "▲ supports";
    if (stance == "refutes") return "▼ refutes";
    if (stance == "mixed") return "◆ mixed";
    if (stance == "neutral") return "● neutral";
    if (stance == "silent") return "○ silent";
    if (stance == "not_assessable") return "✕ not assessable";
    return std::string(stance);
}

std::string format_cell(dossier_column const& column, dossier_cell const& cell) {
    switch (cell.kind) {
        case DOSSIER_CELL_INTEGER: return std::to_string(cell.integer);
        case DOSSIER_CELL_REAL: return format_real(cell.real, column.decimals);
        case DOSSIER_CELL_PERCENT: return format_percent(cell.real, column.decimals);
        case DOSSIER_CELL_STANCE: return format_stance({cell.text.data, cell.text.size});
        case DOSSIER_CELL_INTERVAL: {
            auto const low = format_real(cell.low, column.decimals), high = format_real(cell.high, column.decimals);
            return low.empty() || high.empty() ? std::string() : low + " to " + high;
        }
        case DOSSIER_CELL_TEXT:
        case DOSSIER_CELL_DATE:
        case DOSSIER_CELL_LINK:
        case DOSSIER_CELL_QUOTE: return text_of(cell.text);
        default: return {};
    }
}

}  // namespace dossier
