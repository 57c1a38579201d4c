// my-format: documents as plain text.
#include <dossier/plugin.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace {

class MyFormat final : public dossier::Format {
public:
    explicit MyFormat(dossier::Output& output) : output_(output) {}

    void begin_document(dossier_document const& document) override { write_line(document.title); }
    void heading(dossier_heading const& heading) override {
        output_.write("\n" + std::string(heading.level, '=') + " ");
        write_line(heading.text);
    }
    void paragraph(dossier_paragraph const& paragraph) override { write_runs(paragraph.runs, paragraph.n_runs); }
    void note(dossier_note const& note) override { write_runs(note.runs, note.n_runs); }
    void callout(dossier_callout const& callout) override {
        write_line(callout.title);
        write_runs(callout.runs, callout.n_runs);
    }
    void quote(dossier_quote const& quote) override {
        output_.write("> ");
        write_line(quote.text);
    }

    void begin_table(dossier_table const& table) override {
        write_line(table.caption);
        columns_.clear();
        for (auto const* column : dossier::columns_of(table)) {
            output_.write(columns_.empty() ? "- " : " | ");
            output_.write(dossier::view(column->title));
            dossier_column kept{};  // without its texts, which are gone after this call
            kept.size = sizeof kept, kept.kind = column->kind, kept.decimals = column->decimals;
            columns_.push_back(kept);
        }
        output_.write("\n");
    }
    void row(dossier_row const& row) override {
        for (std::size_t i = 0; i < row.n_cells; ++i)
            output_.write((i == 0 ? "- " : " | ") + output_.shown(columns_[i], row.cells[i]));
        output_.write("\n");
    }

private:
    void write_line(dossier_text text) { output_.write(std::string(dossier::view(text)) + "\n"); }
    void write_runs(dossier_run const* runs, std::size_t n_runs) {
        for (std::size_t i = 0; i < n_runs; ++i)
            output_.write(dossier::view(runs[i].text));
        output_.write("\n");
    }

    dossier::Output& output_;
    std::vector<dossier_column> columns_;  // of the table that is being written
};

}  // namespace

DOSSIER_FORMAT(MyFormat, "my-format", "Plain text", "text/plain", 0, false)
