// The PDF format: blocks in, one file out.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "blocks.hpp"
#include "front_matter.hpp"
#include "layout.hpp"
#include "pdf_file.hpp"

namespace {

using namespace dossier::pdf;
using dossier::Option;
using dossier::view;

class Pdf final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {
            Option::text("page", "a4", {"a4", "letter"}, "The paper."),
            Option::text("orientation", "auto", {"auto", "portrait", "landscape"},
                         "auto: upright, but pages with a table that is too wide lie on their side."),
            Option::real("margin", 18.0, 8.0, 50.0, "Margin on all sides, in millimetres."),
            Option::real("font_size", 9.5, 6.0, 16.0, "Size of running text, in points; everything else follows it."),
            Option::boolean(
                "tagged", true,
                "Structure for screen readers; without it a table of many thousand rows takes about half the room."),
            Option::boolean("justify", false, "Straight right edges for prose; words are never parted for it."),
            Option::text("contents", "auto", {"auto", "yes", "no"},
                         "A cover with a list of contents; auto: if the document has more than one report.")};
    }

    Pdf(dossier::OptionValues const& options, dossier::Output& output)
        : output_(output),
          setup_(page_setup(options)),
          contents_(options.text("contents")),
          fonts_([this](std::string const& message) { output_.log(DOSSIER_LOG_WARNING, message); }) {}

    void begin_document(dossier_document const& document) override {
        facts_ = owned(document);
        fonts_.set_language(facts_.language);
        flow_ = std::make_unique<Flow>(setup_, fonts_);
        layout_ = std::make_unique<Layout>(*flow_);
        if (contents_ == "yes") decide(true);
        if (contents_ == "no") decide(false);
    }
    void begin_section(dossier_section const& section) override {
        if (++n_sections_ > 1 && !decided_) decide(true);
        take(SectionBegin{std::string(view(section.anchor))});
    }
    void end_section() override { take(SectionEnd{}); }
    void heading(dossier_heading const& heading) override {
        take(Heading{static_cast<int>(std::clamp(heading.level, 1u, 6u)), std::string(view(heading.text)),
                     std::string(view(heading.anchor))});
    }
    void paragraph(dossier_paragraph const& paragraph) override {
        take(Paragraph{owned_runs(paragraph.runs, paragraph.n_runs)});
    }
    void begin_list(dossier_list const& list) override { take(ListBegin{list.ordered != 0}); }
    void end_list() override { take(ListEnd{}); }
    void begin_item() override { take(ItemBegin{}); }
    void end_item() override { take(ItemEnd{}); }
    void quote(dossier_quote const& quote) override { take(owned(quote, output_)); }
    void note(dossier_note const& note) override {
        take(Note{owned_runs(note.runs, note.n_runs), std::string(view(note.anchor))});
    }
    void begin_table(dossier_table const& table) override {
        columns_.clear();
        for (auto const* column : dossier::columns_of(table))
            columns_.push_back(KeptColumn(*column));
        take(owned(table));
    }
    void row(dossier_row const& row) override {
        TableRow out;
        out.anchor = view(row.anchor);
        out.cells.reserve(row.n_cells);
        for (std::size_t i = 0; i < row.n_cells && i < columns_.size(); ++i)
            out.cells.push_back(shown_cell(i, row.cells[i]));
        take(std::move(out));
    }
    void end_table() override { take(TableEnd{}); }
    void chart(dossier_chart const& chart) override { take(owned(chart, output_)); }
    void callout(dossier_callout const& callout) override {
        take(Callout{callout.tone, std::string(view(callout.title)), owned_runs(callout.runs, callout.n_runs)});
    }
    void page_break() override { take(PageBreak{}); }

    void end_document() override {
        if (!decided_) decide(false);
        layout_->end();
        for (auto const& warning : flow_->warnings())
            output_.log(DOSSIER_LOG_WARNING, warning);
        FinishedDocument document;
        auto body = flow_->finish();
        document.facts = facts_;
        document.anchors = std::move(flow_->anchors());
        document.bookmarks = std::move(flow_->bookmarks());
        document.structures.push_back(flow_->take_structure());
        if (has_cover_) {
            auto cover = cover_of(setup_, fonts_, facts_, document.bookmarks, body, document.anchors);
            document.structures.insert(document.structures.begin(), std::move(cover.structure));
            document.pages = std::move(cover.pages);
        }
        for (auto& page : body)
            document.pages.push_back(std::move(page));
        draw_furniture(setup_, fonts_, facts_, document.pages);
        write_pdf(document, fonts_, output_);
    }

private:
    /// A column that outlives the block it came in, for format_value.
    struct KeptColumn {
        explicit KeptColumn(dossier_column const& column)
            : key(view(column.key)),
              title(view(column.title)),
              description(view(column.description)),
              kind(column.kind),
              decimals(column.decimals) {}
        [[nodiscard]] dossier_column abi() const {
            return {sizeof(dossier_column),
                    dossier::as_text(key),
                    dossier::as_text(title),
                    kind,
                    decimals,
                    dossier::as_text(description),
                    0,
                    0};
        }
        std::string key, title, description;
        std::uint32_t kind;
        std::int32_t decimals;
    };

    static PageSetup page_setup(dossier::OptionValues const& options) {
        constexpr double points_per_millimetre = 72.0 / 25.4;
        PageSetup setup;
        if (options.text("page") == "letter") setup.width = 612, setup.height = 792;
        setup.margin = options.real("margin") * points_per_millimetre;
        setup.body_size = options.real("font_size");
        setup.justify = options.boolean("justify");
        setup.tagged = options.boolean("tagged");
        setup.landscape = options.text("orientation") == "landscape";
        setup.may_turn = options.text("orientation") == "auto";
        return setup;
    }

    TableCell shown_cell(std::size_t column, dossier_cell const& cell) {
        TableCell out;
        out.target = view(cell.target);
        if (cell.kind == DOSSIER_CELL_EMPTY) return out;
        if (cell.kind == DOSSIER_CELL_TEXT) {
            out.shown = view(cell.text);
        } else {
            out.shown = output_.shown(columns_[column].abi(), cell);
        }
        if (cell.kind == DOSSIER_CELL_STANCE) out.stance = view(cell.text);
        return out;
    }

    /// Keeps the blocks of a section until it ends, so that its notes are known where the text refers to them; those of
    /// the first until it is known whether the document gets a cover: page one looks different. Long ones are not kept.
    void take(Block block) {
        bool const ends_section = std::holds_alternative<SectionEnd>(block);
        if (is_long_section_) {
            layout_->lay(block);
            is_long_section_ = !ends_section;
            return;
        }
        constexpr std::size_t most_kept = 8u << 20;
        kept_bytes_ += weight(block);
        kept_.push_back(std::move(block));
        if (kept_bytes_ > most_kept) {
            if (!decided_) decide(true);  // so long a document is better off with a list of contents
            lay_kept();
            is_long_section_ = !ends_section;
        } else if (ends_section && decided_) {
            lay_kept();
        }
    }
    void lay_kept() {
        layout_->expect_notes(kept_);
        for (auto const& block : kept_)
            layout_->lay(block);
        kept_.clear();
        kept_bytes_ = 0;
    }
    void decide(bool cover) {
        decided_ = true;
        has_cover_ = cover;
        if (!cover) draw_title(*flow_, facts_);
        lay_kept();
    }

    dossier::Output& output_;
    PageSetup setup_;
    std::string contents_;
    FontSet fonts_;
    DocumentFacts facts_;
    std::unique_ptr<Flow> flow_;
    std::unique_ptr<Layout> layout_;
    std::vector<KeptColumn> columns_;
    std::vector<Block> kept_;
    std::size_t kept_bytes_ = 0;
    int n_sections_ = 0;
    bool decided_ = false, has_cover_ = false, is_long_section_ = false;
};

}  // namespace

DOSSIER_FORMAT(Pdf, "pdf", "Pages to read and print: tables, charts, quotes, links and bookmarks", "application/pdf",
               DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES, false)
