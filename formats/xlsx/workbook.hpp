// The workbook: takes tables, remembers what their rows are called, and writes them all with a sheet of contents before.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "recorded_table.hpp"
#include "sheet_names.hpp"

namespace dossier::formats {

/// What stands on the sheet of contents before the list of sheets, and in the file's properties.
struct TitlePage {
    std::string title, as_of, generator;
    std::vector<std::string> verdict_titles;
    std::vector<std::vector<CellRecord>> verdicts;  ///< a row per claim, a cell per title
    bool letter_paper = false;
};

/// What could not be kept as it was. Every one is told on the sheet of contents and in the log.
struct Losses {
    std::size_t n_long_texts = 0;     ///< cells whose text goes on on the sheet "Long texts"
    std::size_t n_written_links = 0;  ///< addresses written behind their text, because Excel takes no such link
    std::size_t n_dropped_links =
        0;                        ///< links of numbers, and links inside the workbook, that found no room or no place
    std::size_t n_continued = 0;  ///< tables that go on on another sheet
    [[nodiscard]] std::vector<std::string> sentences() const;
};

class Workbook {
public:
    Workbook();
    /// A table of the document. Its sheet's name is made of `anchor` and, where that is needed, `section`. Throws
    /// PluginError at the 1,001st, for a spreadsheet of so many sheets is no use to anybody.
    RecordedTable& add_table(std::string_view anchor, std::string_view section, std::string_view caption,
                             std::string_view report, std::vector<std::string> const& titles);
    /// A table of our own, whose sheets come after the document's tables; without rows it has none. To be added before
    /// the document's, so that its name is free.
    RecordedTable& add_own_table(std::string name, std::string_view caption, std::vector<std::string> const& titles);
    /// Has links to `anchor` lead to the row of `table` that comes next, or to the table itself where there is none yet.
    /// At most 250,000 anchors are remembered; links to others are dropped.
    void mark(std::string_view anchor, RecordedTable const& table);

    /// The file. Only once.
    [[nodiscard]] std::string write(TitlePage const& title_page, Losses& losses);

    /// Where an anchor leads: sheet and row, as Excel writes it ("internal:'Stances'!A5"); empty: nowhere.
    [[nodiscard]] std::string place_of(std::string_view anchor) const;

private:
    struct Place {
        RecordedTable const* table;
        std::size_t row;  ///< of the table's, from 0
    };
    std::deque<RecordedTable> tables_, own_tables_;
    SheetNames names_;
    RecordedTable* long_texts_;                      ///< pieces of the texts that no cell holds
    std::unordered_map<std::string, Place> places_;  ///< looked up only
    friend class WorkbookWriter;
};

}  // namespace dossier::formats
