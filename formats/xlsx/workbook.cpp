#include "workbook.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <dossier/plugin.hpp>
#include <memory>
#include <utility>

#include "contents.hpp"
#include "excel_text.hpp"
#include "memory_files.hpp"
#include "sheet.hpp"
#include "shortage.hpp"

namespace dossier::formats {
namespace {

constexpr std::size_t most_anchors = 250'000;
constexpr std::size_t most_sheets = 1'000;
constexpr std::size_t wide_table = 8;  // columns, from which the first one stays in view

[[noreturn]] void refuse_more_sheets() {
    throw PluginError(
        "the document has more than 1,000 tables, which take a sheet each; the format csv has no such limit");
}

struct WorkbookFreer {
    void operator()(lxw_workbook* workbook) const noexcept { ::lxw_workbook_free(workbook); }
};

lxw_workbook* new_workbook() {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;  // rows leave for their sheet's file as soon as they are complete
    options.use_zip64 = LXW_FALSE;
    auto* const workbook = ::workbook_new_opt("package", &options);
    if (workbook == nullptr) throw std::bad_alloc();
    return workbook;
}

}  // namespace

std::vector<std::string> Losses::sentences() const {
    std::vector<std::string> said;
    auto const say = [&](std::size_t n, std::string const& one, std::string const& many) {
        if (n > 0) said.push_back(n == 1 ? one : std::to_string(n) + many);
    };
    say(n_long_texts, "One text is longer than a cell may be; it stands whole on the sheet Long texts.",
        " texts are longer than a cell may be; they stand whole on the sheet Long texts.");
    say(n_continued, "One table has more rows than a sheet may have; it goes on on the next sheet.",
        " tables have more rows than a sheet may have; they go on on the next sheet.");
    say(n_written_links, "One address is written behind its text, because Excel takes no such link or no more of them.",
        " addresses are written behind their texts, because Excel takes no such links or no more of them.");
    say(n_dropped_links, "One cell does not lead where it should, because Excel takes no such link or no more of them.",
        " cells do not lead where they should, because Excel takes no such links or no more of them.");
    return said;
}

/// Writes the recorded tables, sheet by sheet.
class WorkbookWriter {
public:
    WorkbookWriter(Workbook& workbook, TitlePage const& title_page, Losses& losses)
        : source_(workbook),
          title_page_(title_page),
          losses_(losses),
          workbook_(new_workbook()),
          cells_(workbook_.get(), workbook, *workbook.long_texts_, losses) {
        set_properties();
        contents_ = add_sheet("Contents");
        if (n_memory_files() == 0)
            throw PluginError("libxlsxwriter was loaded before this plugin and would write files");
    }

    std::string write() {
        for (auto& table : source_.tables_)
            write(table);
        for (auto& table : source_.own_tables_)
            if (table.n_rows() > 0 && &table != source_.long_texts_) write(table);
        write_contents(contents_, cells_, title_page_, entries_, source_.long_texts_->name(), losses_);
        if (source_.long_texts_->n_rows() > 0) write(*source_.long_texts_);  // to which all others may add
        std::string package;
        PackageInMemory const in_memory(package);
        auto const error = ::workbook_close(workbook_.release());  // which frees it, whatever it returns
        if (shortages_.saw_any()) throw std::bad_alloc();
        check(error);
        return package;
    }

private:
    void set_properties() {
        auto title = cell_text(title_page_.title);
        auto generator = cell_text(title_page_.generator);
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.author = generator.data();
        properties.created = static_cast<time_t>(seconds_since_1970(title_page_.as_of));
        check(::workbook_set_properties(workbook_.get(), &properties));
    }

    Sheet add_sheet(std::string const& name) {
        auto* const worksheet = ::workbook_add_worksheet(workbook_.get(), name.c_str());
        if (worksheet == nullptr) throw PluginError("libxlsxwriter made no sheet called " + name);
        ::worksheet_set_landscape(worksheet);
        constexpr std::uint8_t letter = 1, a4 = 9;
        ::worksheet_set_paper(worksheet, title_page_.letter_paper ? letter : a4);
        check(::worksheet_set_footer(worksheet, "&C&A, page &P of &N"));
        check(::worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
        return {worksheet, name, {}};
    }

    void write(RecordedTable& table) {
        Sheet sheet;
        std::size_t n_written = 0;
        auto const n_columns = table.heads().size();
        CellRecord cell;
        auto const begin_sheet = [&] {
            sheet = add_sheet(continued_name(table.name(), n_written / rows_per_sheet + 1));
            auto const n_rows = std::min(rows_per_sheet, table.n_rows() - n_written);
            frame(sheet, table, n_rows);
            write_head(sheet, table);
            entries_.push_back({sheet.name, table.caption(), table.report(), n_rows});
        };
        begin_sheet();
        for (; n_written < table.n_rows(); ++n_written) {
            if (n_written > 0 && n_written % rows_per_sheet == 0) begin_sheet();
            for (std::size_t column = 0; column < n_columns && table.next(cell); ++column)
                cells_.put(sheet, n_written % rows_per_sheet + 1, column, cell);
            end_row(sheet, n_written % rows_per_sheet + 1);
        }
        losses_.n_continued += table.n_rows() > rows_per_sheet ? 1 : 0;
    }

    void write_head(Sheet& sheet, RecordedTable const& table) {
        for (std::size_t column = 0; column < table.heads().size(); ++column) {
            auto const& title = table.heads()[column].title;
            cells_.put_text(sheet, 0, column, title, Role::head);
            sheet.n_lines = std::max(sheet.n_lines, lines_of(title, sheet.widths[column] - filter_button));
        }
        end_row(sheet, 0);
    }

    /// Filter, frozen head, widths, and the head again on every printed page.
    static void frame(Sheet& sheet, RecordedTable const& table, std::size_t n_rows) {
        constexpr std::size_t longest_head = 20, widest_in_view = 45, margin = 3;
        auto const& heads = table.heads();
        for (auto const& head : heads) {
            auto const title = std::min(width_of(head.title), longest_head) + filter_button;
            sheet.widths.push_back(std::max(title, std::min(head.width, table.widest_column()) + margin));
        }
        set_widths(sheet);
        auto const last_column = static_cast<lxw_col_t>(heads.size() - 1);
        check(::worksheet_autofilter(sheet.worksheet, 0, 0, static_cast<lxw_row_t>(n_rows), last_column));
        bool const keeps_first = heads.size() > wide_table && sheet.widths.front() <= widest_in_view;
        ::worksheet_freeze_panes(sheet.worksheet, 1, keeps_first ? 1 : 0);
        check(::worksheet_repeat_rows(sheet.worksheet, 0, 0));
    }

    Workbook& source_;
    TitlePage const& title_page_;
    Losses& losses_;
    ShortageWatch shortages_;
    std::unique_ptr<lxw_workbook, WorkbookFreer> workbook_;
    CellWriter cells_;
    Sheet contents_;
    std::vector<SheetEntry> entries_;
};

Workbook::Workbook() {
    names_.reserve("Contents");
    long_texts_ =
        &add_own_table("Long texts", "Texts that are longer than a cell may be", {"Sheet", "Cell", "Part", "Text"});
}

RecordedTable& Workbook::add_table(std::string_view anchor, std::string_view section, std::string_view caption,
                                   std::string_view report, std::vector<std::string> const& titles) {
    if (tables_.size() == most_sheets) refuse_more_sheets();
    return tables_.emplace_back(names_.take(anchor, section), caption, report, titles);
}

RecordedTable& Workbook::add_own_table(std::string name, std::string_view caption,
                                       std::vector<std::string> const& titles) {
    names_.reserve(name);
    return own_tables_.emplace_back(std::move(name), caption, std::string_view(), titles);
}

void Workbook::mark(std::string_view anchor, RecordedTable const& table) {
    if (anchor.empty() || places_.size() == most_anchors) return;
    places_.try_emplace(std::string(anchor), Place{&table, table.n_rows()});
}

std::string Workbook::place_of(std::string_view anchor) const {
    auto const at = places_.find(std::string(anchor));
    if (at == places_.end()) return {};
    auto const& [table, row] = at->second;
    return location(continued_name(table->name(), row / rows_per_sheet + 1), row % rows_per_sheet + 1);
}

std::string Workbook::write(TitlePage const& title_page, Losses& losses) {
    std::size_t n_sheets = 0;
    for (auto const& table : tables_)
        n_sheets += std::max<std::size_t>(1, (table.n_rows() + rows_per_sheet - 1) / rows_per_sheet);
    if (n_sheets > most_sheets) refuse_more_sheets();  // tables may go on on further sheets
    return WorkbookWriter(*this, title_page, losses).write();
}

}  // namespace dossier::formats
