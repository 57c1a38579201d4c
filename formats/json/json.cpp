// JSON: the whole document with typed values, the analysis behind it, and by option both in the words of two vocabularies.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "claim_review.hpp"
#include "json_writer.hpp"
#include "va_spec.hpp"
#include "verdict.hpp"
#include "views.hpp"

namespace {

using dossier::Option;
using dossier::OptionValues;
using dossier::Output;
using dossier::view;
using namespace dossier::formats;

constexpr std::string_view schema_id = "urn:dossier:schema:document:1";

std::string_view name_of_cell_kind(std::uint32_t kind) {
    switch (kind) {
        case DOSSIER_CELL_TEXT: return "text";
        case DOSSIER_CELL_INTEGER: return "integer";
        case DOSSIER_CELL_REAL: return "real";
        case DOSSIER_CELL_PERCENT: return "percent";
        case DOSSIER_CELL_DATE: return "date";
        case DOSSIER_CELL_LINK: return "link";
        case DOSSIER_CELL_STANCE: return "stance";
        case DOSSIER_CELL_INTERVAL: return "interval";
        case DOSSIER_CELL_QUOTE: return "quote";
        default: return "unknown";
    }
}

bool has_decimals(std::uint32_t kind) {
    return kind == DOSSIER_CELL_REAL || kind == DOSSIER_CELL_PERCENT || kind == DOSSIER_CELL_INTERVAL;
}

/// Cells that people are shown other than as their value.
bool is_shown_otherwise(std::uint32_t kind) {
    return has_decimals(kind) || kind == DOSSIER_CELL_STANCE;
}

std::string_view name_of_chart_kind(std::uint32_t kind) {
    switch (kind) {
        case DOSSIER_CHART_STACKED_BAR: return "stacked_bar";
        case DOSSIER_CHART_INTERVAL: return "interval";
        case DOSSIER_CHART_DIVERGING_BAR: return "diverging_bar";
        case DOSSIER_CHART_EFFECT_DIRECTION: return "effect_direction";
        case DOSSIER_CHART_HARVEST: return "harvest";
        case DOSSIER_CHART_FOREST: return "forest";
        case DOSSIER_CHART_BUBBLE: return "bubble";
        case DOSSIER_CHART_LINE: return "line";
        default: return "unknown";
    }
}

std::string_view name_of_tone(std::uint32_t tone) {
    return tone == DOSSIER_CALLOUT_FAILURE ? "failure" : tone == DOSSIER_CALLOUT_WARNING ? "warning" : "info";
}

class Json final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {Option::boolean("pretty", false, "Indent, a line for each value; else a line for each block and row."),
                Option::boolean("shown", true, "Write beside rounded values and stances how people are shown them."),
                Option::text("views", "all", {},
                             "Which views of the analysis follow the document: all, none, or names with commas "
                             "between."),
                Option::boolean("va_spec", false, "Add stances as evidence lines of GA4GH VA-Spec."),
                Option::boolean("claim_review", false, "Add verdicts as schema.org ClaimReview, JSON-LD."),
                Option::text("claim_review_author", "", {},
                             "The organisation that publishes the reviews; empty: the program is named."),
                Option::text("claim_review_url", "", {}, "The page where the reviews are published; empty: none.")};
    }
    Json(OptionValues const& options, Output& output)
        : output_(output),
          json_([this](std::string_view bytes) { output_.write(bytes); }, options.boolean("pretty")),
          shown_(options.boolean("shown")),
          views_(chosen_views(options.text("views"))),
          va_spec_(options.boolean("va_spec")),
          claim_review_(options.boolean("claim_review")) {
        publication_.author = options.text("claim_review_author");
        publication_.url = options.text("claim_review_url");
    }

    void begin_document(dossier_document const& document) override {
        json_.begin_object(Elements::one_per_line);
        json_.member("$schema", schema_id);
        json_.key("document");
        json_.begin_object();
        text("title", document.title);
        text("as_of", document.as_of);
        text("language", document.language);
        text("generator", document.generator);
        json_.end_object();
        write_verdicts(document);
        json_.key("sections");
        json_.begin_array(Elements::one_per_line);
        publication_.generator = view(document.generator);
        publication_.as_of = view(document.as_of);
    }

    void end_document() override {
        json_.end_array();
        if (!views_.empty()) {
            json_.key("views");
            write_views(views_, output_.analysis(), json_);
        }
        if (va_spec_) {
            json_.key("va_spec");
            write_va_spec(output_.analysis(), json_);
        }
        if (claim_review_) {
            json_.key("claim_reviews");
            write_claim_reviews(verdicts_, publication_, json_);
        }
        json_.end_object();
        json_.finish();
    }

    void begin_section(dossier_section const& section) override {
        json_.begin_object();
        text("report", section.report);
        text("anchor", section.anchor);
        json_.key("blocks");
        json_.begin_array(Elements::one_per_line);
    }
    void end_section() override {
        json_.end_array();
        json_.end_object();
    }

    void heading(dossier_heading const& heading) override {
        begin_block("heading");
        json_.member("level", std::uint64_t{heading.level});
        text("text", heading.text);
        optional_text("anchor", heading.anchor);
        json_.end_object();
    }

    void paragraph(dossier_paragraph const& paragraph) override {
        begin_block("paragraph");
        write_runs(paragraph.runs, paragraph.n_runs);
        json_.end_object();
    }

    void begin_list(dossier_list const& list) override {
        begin_block("list");
        json_.member("ordered", list.ordered != 0);
        json_.key("items");
        json_.begin_array();
    }
    void end_list() override {
        json_.end_array();
        json_.end_object();
    }
    void begin_item() override { json_.begin_array(); }
    void end_item() override { json_.end_array(); }

    void quote(dossier_quote const& quote) override {
        begin_block("quote");
        text("text", quote.text);
        optional_text("stance", quote.stance);
        optional_text("comment", quote.comment);
        optional_text("anchor", quote.anchor);
        optional_text("back", quote.back);
        if (DOSSIER_HAS(&quote, dossier_quote, after)) {
            optional_text("before", quote.before);
            optional_text("after", quote.after);
        }
        write_locator(quote.locator);
        json_.end_object();
    }

    void note(dossier_note const& note) override {
        begin_block("note");
        optional_text("anchor", note.anchor);
        write_runs(note.runs, note.n_runs);
        json_.end_object();
    }

    void callout(dossier_callout const& callout) override {
        begin_block("callout");
        json_.member("tone", name_of_tone(callout.tone));
        text("title", callout.title);
        write_runs(callout.runs, callout.n_runs);
        json_.end_object();
    }

    void page_break() override {
        begin_block("page_break");
        json_.end_object();
    }

    void begin_table(dossier_table const& table) override {
        begin_block("table");
        text("anchor", table.anchor);
        text("caption", table.caption);
        json_.key("columns");
        json_.begin_array();
        keys_.clear(), columns_.clear();
        for (auto const* const column : dossier::columns_of(table))
            write_column(*column);
        json_.end_array();
        json_.key("rows");
        json_.begin_array(Elements::one_per_line);
    }

    void row(dossier_row const& row) override {
        json_.begin_object();
        optional_text("anchor", row.anchor);
        json_.key("cells");
        json_.begin_object();
        for (std::size_t i = 0; i < columns_.size() && i < row.n_cells; ++i) {
            json_.key(keys_[i]);
            write_cell(columns_[i], row.cells[i]);
        }
        json_.end_object();
        json_.end_object();
    }

    void end_table() override {
        json_.end_array();
        json_.end_object();
    }

    void chart(dossier_chart const& chart) override {
        begin_block("chart");
        json_.member("chart", name_of_chart_kind(chart.kind));
        text("title", chart.title);
        text("alternative", chart.alternative);
        text("anchor", chart.anchor);
        bool const has_axes = DOSSIER_HAS(&chart, dossier_chart, n_marks);
        if (has_axes) write_axes(chart);
        write_texts("categories", chart.categories, chart.n_categories);
        write_texts("series", chart.series, chart.n_series);
        write_chart_values(chart);
        if (has_axes) write_weights_and_marks(chart);
        json_.end_object();
    }

private:
    void text(std::string_view key, dossier_text said) { json_.member(key, view(said)); }
    void optional_text(std::string_view key, dossier_text said) {
        if (said.size != 0) text(key, said);
    }
    void begin_block(std::string_view kind) {
        json_.begin_object();
        json_.member("kind", kind);
    }

    void write_verdicts(dossier_document const& document) {
        json_.key("verdicts");
        json_.begin_array(Elements::one_per_line);
        for (auto const* const verdict : dossier::verdicts_of(document)) {
            write_verdict(*verdict);
            if (claim_review_) verdicts_.emplace_back(*verdict);
        }
        json_.end_array();
    }

    void write_verdict(dossier_verdict const& verdict) {
        json_.begin_object();
        text("claim_id", verdict.claim_id);
        text("statement", verdict.statement);
        write_part("direction", verdict.direction, "share", verdict.direction_share);
        write_part("agreement", verdict.agreement, "value", verdict.agreement_value);
        json_.key("certainty");
        json_.begin_object();
        text("word", verdict.certainty);
        json_.end_object();
        write_part("coverage", verdict.coverage, "share", verdict.coverage_share);
        json_.member("n_articles", verdict.n_articles);
        json_.member("n_clusters", verdict.n_clusters);
        json_.key("stances");
        json_.begin_object();
        json_.member("supports", verdict.supports);
        json_.member("refutes", verdict.refutes);
        json_.member("mixed", verdict.mixed);
        json_.member("neutral", verdict.neutral);
        json_.member("silent", verdict.silent);
        json_.member("not_assessable", verdict.not_assessable);
        json_.end_object();
        json_.member("fragile", verdict.fragile != 0);
        json_.end_object();
    }

    void write_part(std::string_view part, dossier_text word, std::string_view number_name, double number) {
        json_.key(part);
        json_.begin_object();
        text("word", word);
        json_.member(number_name, number);
        json_.end_object();
    }

    void write_runs(dossier_run const* runs, std::size_t n_runs) {
        json_.key("runs");
        json_.begin_array();
        for (std::size_t i = 0; i < n_runs; ++i) {
            json_.begin_object();
            text("text", runs[i].text);
            if ((runs[i].style & DOSSIER_EMPHASIS) != 0) json_.member("emphasis", true);
            if ((runs[i].style & DOSSIER_STRONG) != 0) json_.member("strong", true);
            if ((runs[i].style & DOSSIER_CODE) != 0) json_.member("code", true);
            optional_text("link", runs[i].link);
            json_.end_object();
        }
        json_.end_array();
    }

    void write_locator(dossier_locator const& locator) {
        json_.key("locator");
        json_.begin_object();
        text("article_id", locator.article_id);
        text("path", locator.path);
        json_.member("byte_begin", locator.byte_begin);
        json_.member("byte_end", locator.byte_end);
        json_.member("line", locator.line);
        if (locator.page != 0) json_.member("page", locator.page);
        optional_text("url", locator.url);
        json_.end_object();
    }

    void write_column(dossier_column const& column) {
        json_.begin_object();
        text("key", column.key);
        text("title", column.title);
        json_.member("kind", name_of_cell_kind(column.kind));
        if (has_decimals(column.kind)) json_.member("decimals", std::int64_t{column.decimals});
        optional_text("description", column.description);
        if (column.role == DOSSIER_COLUMN_KEY) json_.member("role", "key");
        json_.end_object();
        keys_.emplace_back(view(column.key));
        columns_.push_back({sizeof(dossier_column), {}, {}, column.kind, column.decimals, {}, column.role, 0});
    }

    void write_cell(dossier_column const& column, dossier_cell const& cell) {
        json_.begin_object();
        json_.key("value");
        write_cell_value(cell);
        if (shown_ && is_shown_otherwise(cell.kind)) json_.member("shown", output_.shown(column, cell));
        optional_text("target", cell.target);
        if (cell.kind == DOSSIER_CELL_QUOTE) json_.member("quote_number", cell.integer);
        json_.end_object();
    }

    void write_cell_value(dossier_cell const& cell) {
        switch (cell.kind) {
            case DOSSIER_CELL_TEXT:
            case DOSSIER_CELL_DATE:
            case DOSSIER_CELL_LINK:
            case DOSSIER_CELL_STANCE:
            case DOSSIER_CELL_QUOTE: return json_.value(view(cell.text));
            case DOSSIER_CELL_INTEGER: return json_.value(cell.integer);
            case DOSSIER_CELL_REAL:
            case DOSSIER_CELL_PERCENT: return json_.value(cell.real);
            case DOSSIER_CELL_INTERVAL:
                json_.begin_object();
                json_.member("low", cell.low);
                json_.member("high", cell.high);
                return json_.end_object();
            default: return json_.null();  // empty, or of a kind that a newer host knows
        }
    }

    void write_axes(dossier_chart const& chart) {
        optional_text("category_title", chart.category_title);
        optional_text("value_title", chart.value_title);
        json_.member("scale", chart.scale == DOSSIER_SCALE_LOGARITHMIC ? "logarithmic" : "linear");
        if (std::isfinite(chart.reference)) json_.member("reference", chart.reference);
    }

    void write_texts(std::string_view key, dossier_text const* texts, std::size_t n_texts) {
        json_.key(key);
        json_.begin_array();
        for (std::size_t i = 0; i < n_texts; ++i)
            json_.value(view(texts[i]));
        json_.end_array();
    }

    /// An array per category, in it one value per series, said by `say_value` for its number.
    template <class Say>
    void write_grid(std::string_view key, dossier_chart const& chart, Say const& say_value) {
        json_.key(key);
        json_.begin_array();
        for (std::size_t category = 0; category < chart.n_categories; ++category) {
            json_.begin_array();
            for (std::size_t series = 0; series < chart.n_series; ++series)
                say_value(category * chart.n_series + series);
            json_.end_array();
        }
        json_.end_array();
    }

    /// Of a kind that a newer host knows only the words are written: nobody can say what its values mean.
    void write_chart_values(dossier_chart const& chart) {
        if (name_of_chart_kind(chart.kind) == "unknown") return;
        if (chart.kind != DOSSIER_CHART_INTERVAL && chart.kind != DOSSIER_CHART_FOREST)
            return write_grid("values", chart, [&](std::size_t i) { json_.value(chart.values[i]); });
        write_grid("values", chart, [&](std::size_t i) {
            json_.begin_object();
            json_.member("estimate", chart.values[3 * i]);
            json_.member("low", chart.values[3 * i + 1]);
            json_.member("high", chart.values[3 * i + 2]);
            json_.end_object();
        });
    }

    void write_weights_and_marks(dossier_chart const& chart) {
        if (chart.n_weights != 0) write_grid("weights", chart, [&](std::size_t i) { json_.value(chart.weights[i]); });
        if (chart.n_marks == 0) return;
        json_.key("marks");
        json_.begin_array();
        for (std::size_t i = 0; i < chart.n_marks; ++i) {
            json_.begin_array();
            if ((chart.marks[i] & DOSSIER_MARK_POOLED) != 0) json_.value("pooled");
            if ((chart.marks[i] & DOSSIER_MARK_PREDICTION) != 0) json_.value("prediction");
            json_.end_array();
        }
        json_.end_array();
    }

    Output& output_;
    JsonWriter json_;
    bool shown_;
    std::vector<AnalysisView const*> views_;
    bool va_spec_, claim_review_;
    Publication publication_;
    std::vector<Verdict> verdicts_;        ///< kept for the reviews only
    std::vector<std::string> keys_;        ///< of the open table
    std::vector<dossier_column> columns_;  ///< of the open table, without their texts
};

}  // namespace

DOSSIER_FORMAT(Json, "json", "The whole document and the analysis as one JSON file with a published schema",
               "application/json",
               DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES | DOSSIER_CARRIES_CONTEXT |
                   DOSSIER_CARRIES_KEYS,
               false)
