#include "contents.hpp"

#include <cstdint>

#include "excel_text.hpp"

namespace dossier::formats {
namespace {

class Contents {
public:
    Contents(Sheet& sheet, CellWriter& writer, TitlePage const& title_page, Losses const& losses)
        : sheet_(sheet), writer_(writer), title_page_(title_page), losses_(losses) {}
    void write(std::vector<SheetEntry> const& sheets, std::string const& long_texts) {
        sheet_.widths = {60, 24, 18, 20, 18, 10};
        set_widths(sheet_);
        sheet_.n_lines = 2;  // in large letters
        line(title_page_.title, Role::title);
        line("As of " + title_page_.as_of + ", " + title_page_.generator, Role::subtitle);
        write_verdicts();
        write_sheets(sheets);
        write_losses(long_texts);
    }

private:
    void line(std::string const& text, Role role, CellLook const& look = {}) {
        writer_.put_text(sheet_, row_, 0, cell_text(text), role, look);
        end_line();
    }
    void cells(std::vector<CellRecord> row) {
        for (std::size_t i = 0; i < row.size(); ++i)
            writer_.put(sheet_, row_, i, row[i]);
        end_line();
    }
    void heads(std::vector<std::string> const& titles) {
        for (std::size_t i = 0; i < titles.size(); ++i)
            writer_.put_text(sheet_, row_, i, titles[i], Role::head);
        end_line();
    }
    void end_line() { end_row(sheet_, row_++); }
    void write_verdicts() {
        if (title_page_.verdicts.empty()) return;
        end_line();
        heads(title_page_.verdict_titles);
        for (auto const& verdict : title_page_.verdicts)
            cells(verdict);
    }
    void write_sheets(std::vector<SheetEntry> const& sheets) {
        end_line();
        heads({"What the sheets hold", "Sheet", "Report", "Rows"});
        for (auto const& entry : sheets) {
            CellLook count;
            count.shape = NumberShape::integer;
            auto what = wrapped(entry.caption.empty() ? entry.name : entry.caption);
            writer_.put(sheet_, row_, 0, what, location(entry.name, 0));
            cells({{}, wrapped(entry.name), wrapped(entry.report), {count, static_cast<double>(entry.n_rows), {}, {}}});
        }
    }
    void write_losses(std::string const& long_texts) {
        auto const sentences = losses_.sentences();
        if (sentences.empty()) return;
        end_line();
        CellLook look;
        look.bold = true;
        line("What did not fit", Role::body, look);
        for (auto const& sentence : sentences)
            line(sentence, Role::body);
        if (losses_.n_long_texts == 0) return;
        CellRecord lead;
        lead.text = "To the long texts";
        writer_.put(sheet_, row_, 0, lead, location(long_texts, 0));
        end_line();
    }
    static CellRecord wrapped(std::string const& text) {
        CellRecord cell;
        cell.text = text;
        cell.look.wrapped = true;
        return cell;
    }
    Sheet& sheet_;
    CellWriter& writer_;
    TitlePage const& title_page_;
    Losses const& losses_;
    std::size_t row_ = 0;
};

}  // namespace

void write_contents(Sheet& sheet, CellWriter& cells, TitlePage const& title_page, std::vector<SheetEntry> const& sheets,
                    std::string const& long_texts, Losses const& losses) {
    Contents(sheet, cells, title_page, losses).write(sheets, long_texts);
}

}  // namespace dossier::formats
