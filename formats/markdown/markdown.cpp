// Markdown: one GitHub Flavored Markdown file, for repositories, wikis and further conversion.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inline_text.hpp"
#include "verdicts.hpp"

namespace {

using dossier::Option;
using dossier::OptionValues;
using dossier::Output;
using dossier::view;
using namespace dossier::formats;

constexpr std::size_t buffer_size = 64 * 1024;

bool is_number(std::uint32_t column_kind) noexcept {
    return column_kind == DOSSIER_CELL_INTEGER || column_kind == DOSSIER_CELL_REAL ||
           column_kind == DOSSIER_CELL_PERCENT || column_kind == DOSSIER_CELL_INTERVAL;
}

char const* name_of_tone(std::uint32_t tone) noexcept {
    switch (tone) {
        case DOSSIER_CALLOUT_WARNING: return "Warning";
        case DOSSIER_CALLOUT_FAILURE: return "Failure";
        default: return "Note";
    }
}

/// What holds blocks: the document, or an item of a list.
struct Container {
    std::string marker;  ///< before its first line: "- "
    std::string indent;  ///< before the others
    bool has_line = false;
    bool has_block = false;
    char list_before = 0;  ///< the marker of the list that was its last block; 0: that was no list
};

/// An open list.
struct List {
    bool ordered;
    char marker;
    std::size_t n_items = 0;
};

class Markdown final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {Option::boolean("front_matter", true,
                                "Begin with title, date, generator and verdicts as YAML front matter."),
                Option::boolean("anchors", true,
                                "Mark places that links lead to with <a id>; otherwise links within the document are "
                                "plain text.")};
    }
    Markdown(OptionValues const& options, Output& output)
        : output_(output),
          front_matter_(options.boolean("front_matter")),
          links_(options.boolean("anchors") ? Links::all : Links::web_only) {}

    void begin_document(dossier_document const& document) override {
        if (front_matter_) {
            line("---");
            line("title: " + yaml_quoted(view(document.title)));
            line("as_of: " + yaml_quoted(view(document.as_of)));
            line("lang: " + yaml_quoted(view(document.language)));
            line("generator: " + yaml_quoted(view(document.generator)));
            lines(verdicts_in_yaml(document));
            line("---");
            containers_.back().has_block = true;
        }
        begin_block();
        line("# " + escaped_heading(view(document.title)));
        if (document.as_of.size != 0) {
            begin_block();
            line("As of " + escaped(view(document.as_of)));
        }
        auto const verdicts = verdicts_as_table(document);
        if (verdicts.empty()) return;
        begin_block();
        line(strong("Verdicts, and the independent sources they rest on"));
        begin_block();
        lines(verdicts);
    }

    void end_document() override {
        if (!at_start_) buffer_ += '\n';
        flush();
    }

    void begin_section(dossier_section const& section) override { waiting_anchors_ += anchor(section.anchor); }

    void end_section() override {
        if (!waiting_anchors_.empty()) {
            begin_block();
            line(anchors({}));
        }
        for (auto const& note : notes_) {
            begin_block();
            line(note);
        }
        notes_.clear();
    }

    void heading(dossier_heading const& heading) override {
        begin_block();
        // The title of the document is the only heading of level 1.
        std::string const marks(std::min<std::size_t>(std::size_t{heading.level} + 1, 6), '#');
        line(marks + " " + anchors(heading.anchor) + escaped_heading(view(heading.text)));
    }

    void paragraph(dossier_paragraph const& paragraph) override {
        auto const text = anchors({}) + block_line(styled(paragraph.runs, paragraph.n_runs, links_));
        if (text.empty()) return;
        begin_block();
        line(text);
        takes_mark_ = true;
    }

    void begin_list(dossier_list const& list) override {
        auto const before = containers_.back().list_before;
        bool const ordered = list.ordered != 0;
        // Two lists in a row would be one if they had the same marker.
        char const marker = ordered ? (before == '.' ? ')' : '.') : (before == '-' ? '*' : '-');
        lists_.push_back({ordered, marker});
    }

    void end_list() override {
        auto const list = lists_.back();
        lists_.pop_back();
        if (list.n_items > 0) containers_.back().list_before = list.marker;
    }

    void begin_item() override {
        auto& list = lists_.back();
        if (list.n_items++ == 0) begin_block();
        auto const marker = (list.ordered ? std::to_string(list.n_items) : std::string()) + list.marker + " ";
        containers_.push_back({marker, std::string(marker.size(), ' ')});
        takes_mark_ = false;
    }

    void end_item() override {
        // An empty item within an item: after "- -" md4c would not see that what follows belongs to the outer one.
        if (!containers_.back().has_line) line(containers_.size() > 2 ? "&#32;" : "");
        containers_.pop_back();
        takes_mark_ = false;
    }

    void quote(dossier_quote const& quote) override {
        begin_block();
        line("> " + anchors(quote.anchor) + block_line(escaped(view(quote.text))));
        line(">");
        line("> " + origin(quote));
        takes_mark_ = true;
    }

    void note(dossier_note const& note) override {
        if (!takes_mark_) {  // nothing before it that a mark could stand at: the note itself stands here
            begin_block();
            line(anchors(note.anchor) + strong("Note:") + " " + styled(note.runs, note.n_runs, links_));
            return;
        }
        auto const mark = "[^" + std::to_string(++n_notes_) + "]";
        escape_exclamation(buffer_);
        buffer_ += mark;
        notes_.push_back(mark + ": " +
                         footnote(anchor(note.anchor) + block_line(styled(note.runs, note.n_runs, links_))));
    }

    void begin_table(dossier_table const& table) override {
        auto const caption = strong(view(table.caption));
        auto const marks = anchors(table.anchor);
        if (!caption.empty() || !marks.empty()) {
            begin_block();
            line(marks + caption);
        }
        begin_block();
        std::string head = "|", rule = "|";
        columns_.clear();
        for (auto const* const column : dossier::columns_of(table)) {
            auto const title = escaped(view(column->title));
            head += " " + (title.empty() ? escaped(view(column->key)) : title) + " |";
            rule += is_number(column->kind) ? " ---: |" : " --- |";
            columns_.push_back({sizeof(dossier_column), {}, {}, column->kind, column->decimals, {}, 0, 0});
        }
        line(head);
        line(rule);
    }

    void row(dossier_row const& row) override {
        std::string text = "|";
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            auto const mark = i == 0 ? anchor(row.anchor) : std::string();
            text += " " + mark + (i < row.n_cells ? cell(columns_[i], row.cells[i]) : std::string()) + " |";
        }
        line(text);
    }

    void callout(dossier_callout const& callout) override {
        begin_block();
        auto const title = trimmed_line(view(callout.title));
        std::string const tone = name_of_tone(callout.tone);
        line("> " + anchors({}) + strong(title.empty() ? tone : tone + ": " + title));
        auto const text = styled(callout.runs, callout.n_runs, links_);
        takes_mark_ = true;
        if (text.empty()) return;
        line(">");
        line("> " + block_line(text));
    }

    void page_break() override {
        begin_block();
        line(containers_.size() == 1 ? "---" : "___");  // "- ---" would be a rule and no item
    }

private:
    /// A place that links lead to. Anchors have no character that HTML would mind; what has is none.
    [[nodiscard]] std::string anchor(dossier_text name) const {
        auto const destination = link_destination("#" + std::string(view(name)), links_);
        return destination.empty() ? std::string() : "<a id=\"" + destination.substr(1) + "\"></a>";
    }
    /// The anchors that wait for a block to stand in, and its own.
    std::string anchors(dossier_text name) { return std::exchange(waiting_anchors_, {}) + anchor(name); }

    /// Where a quote stands and what it says: "— ▲ supports · a.txt, line 17, bytes 5–27 · …".
    std::string origin(dossier_quote const& quote) {
        auto const& locator = quote.locator;
        std::string text = "—";
        auto const add = [&](std::string const& part) {
            if (!part.empty()) text += (text.size() > std::string_view("—").size() ? " · " : " ") + part;
        };
        dossier_column const column{sizeof column, {}, {}, DOSSIER_CELL_STANCE, 0, {}, 0, 0};
        dossier_cell stance{};
        stance.kind = quote.stance.size == 0 ? DOSSIER_CELL_EMPTY : DOSSIER_CELL_STANCE;
        stance.text = quote.stance;
        add(escaped(output_.shown(column, stance)));
        auto const page = locator.page == 0 ? std::string() : ", p. " + std::to_string(locator.page);
        add(escaped(view(locator.path.size == 0 ? locator.article_id : locator.path)) + page + ", line " +
            std::to_string(locator.line) + ", bytes " + std::to_string(locator.byte_begin) + "–" +
            std::to_string(locator.byte_end));
        add(escaped(view(quote.comment)));
        if (!link_destination(view(locator.url), links_).empty()) add(linked("source", view(locator.url), links_));
        if (!link_destination(view(quote.back), links_).empty()) add(linked("back", view(quote.back), links_));
        return text;
    }

    std::string cell(dossier_column const& column, dossier_cell const& cell) {
        return linked(escaped(output_.shown(column, cell)), view(cell.target), links_);
    }

    /// Sets a block off from the one before it in the same container.
    void begin_block() {
        auto& container = containers_.back();
        if (std::exchange(container.has_block, true)) buffer_ += '\n';
        container.list_before = 0;
        takes_mark_ = false;
    }

    /// Begins a line; it is ended by the next one, so that a note's mark can be added to it.
    void line(std::string const& text) {
        if (!std::exchange(at_start_, false)) buffer_ += '\n';
        if (buffer_.size() >= buffer_size) flush();
        for (auto& container : containers_)
            buffer_ += std::exchange(container.has_line, true) ? container.indent : container.marker;
        buffer_ += text;
        buffer_.resize(buffer_.find_last_not_of(' ') + 1);
    }

    void lines(std::vector<std::string> const& all) {
        for (auto const& text : all)
            line(text);
    }

    void flush() {
        if (!buffer_.empty()) output_.write(buffer_);
        buffer_.clear();
    }

    Output& output_;
    bool front_matter_;
    Links links_;
    std::vector<Container> containers_{1};
    std::vector<List> lists_;
    std::vector<dossier_column> columns_;  ///< of the open table, without their texts
    std::vector<std::string> notes_;       ///< of the section, to be said at its end
    std::size_t n_notes_ = 0;
    std::string waiting_anchors_;
    std::string buffer_;
    bool at_start_ = true;
    bool takes_mark_ = false;  ///< the last line is text to which a note's mark can be added
};

}  // namespace

DOSSIER_FORMAT(Markdown, "markdown", "One GitHub Flavored Markdown file, with tables, quotes and footnotes",
               "text/markdown", DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES, false)
