// The first sheet: title, verdicts, the list of sheets, and what could not be kept as it was.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sheet.hpp"
#include "workbook.hpp"

namespace dossier::formats {

/// A line of the list of sheets.
struct SheetEntry {
    std::string name, caption, report;
    std::size_t n_rows;
};

/// @param long_texts  name of the sheet of texts that no cell holds
void write_contents(Sheet& sheet, CellWriter& cells, TitlePage const& title_page, std::vector<SheetEntry> const& sheets,
                    std::string const& long_texts, Losses const& losses);

}  // namespace dossier::formats
