// CSV: one file per table for programs and spreadsheets, the quotes as a table of their own, and datapackage.json.
#include <cstddef>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv_record.hpp"
#include "data_package.hpp"
#include "shared/clean_text.hpp"

namespace {

using dossier::Option;
using dossier::OptionValues;
using dossier::Output;
using dossier::view;
using namespace dossier::formats;

constexpr std::size_t buffer_size = 64 * 1024;
constexpr std::size_t longest_stem = 180;  // file names may have 200 bytes; this leaves room for a number and ".csv"

std::vector<std::string> const stances{"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"};

/// What of a cell goes into a field: most cells have a value only.
enum class Part { value, low, high, target };

struct Field {
    std::size_t column;
    Part part;
};

/// "#anchor" as the anchor alone, so that it joins with the `anchor` of the quotes; a URL as it is.
std::string_view joined_target(dossier_text target) {
    auto text = view(target);
    if (!text.empty() && text.front() == '#') text.remove_prefix(1);
    return text;
}

std::string text_of(dossier_run const* runs, std::size_t n_runs) {
    std::string text;
    for (std::size_t i = 0; i < n_runs; ++i)
        text += clean_text(view(runs[i].text));
    return text;
}

DataField text_field(std::string name, std::string title, std::string description) {
    return {std::move(name), std::move(title), std::move(description), "string", {}, {}};
}

DataField integer_field(std::string name, std::string title, std::string description) {
    return {std::move(name), std::move(title), std::move(description), "integer", {}, {}};
}

/// How the values of a column are described to programs.
DataField value_field(dossier_column const& column) {
    auto field =
        text_field(clean_text(view(column.key)), clean_text(view(column.title)), clean_text(view(column.description)));
    auto const add = [&](std::string_view sentence) {
        field.description += (field.description.empty() ? "" : "; ") + std::string(sentence);
    };
    switch (column.kind) {
        case DOSSIER_CELL_INTEGER: field.type = "integer"; break;
        case DOSSIER_CELL_REAL: field.type = "number"; break;
        case DOSSIER_CELL_PERCENT: field.type = "number", add("a share: 1 is 100 %"); break;
        case DOSSIER_CELL_INTERVAL: field.type = "number"; break;
        case DOSSIER_CELL_STANCE: field.choices = stances; break;
        case DOSSIER_CELL_DATE: field.pattern = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"; break;
        default: break;
    }
    return field;
}

std::vector<DataField> quote_fields() {
    auto stance = text_field("stance", "Stance", "what the quote says of the claim; empty: not said");
    stance.choices = stances;
    return {text_field("anchor", "Anchor", "the name under which cells lead to this quote; empty: none"),
            stance,
            text_field("quote", "Quote", "verbatim from the article"),
            text_field("article_id", "Article", "the article it stands in"),
            text_field("path", "File", "the article's file"),
            integer_field("page", "Page", "the page it begins on, from 1; empty: the file has no pages"),
            integer_field("line", "Line", "the line it begins in, from 1; within its page"),
            integer_field("byte_begin", "First byte", "its first byte in the file, from 0"),
            integer_field("byte_end", "End", "the byte behind its last one"),
            text_field("url", "Address", "where the article was published; empty: not known"),
            text_field("comment", "Comment", "what decided, and under which condition; may be empty")};
}

class Csv final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {Option::text("separator", "comma", {"comma", "semicolon", "tab"}, "What stands between fields."),
                Option::boolean("bom", false, "Begin files with a byte order mark, by which Excel knows UTF-8."),
                Option::boolean("formula_guard", true,
                                "Put an apostrophe before text that a spreadsheet would run as a formula."),
                Option::text("targets", "auto", {"auto", "all", "none"},
                             "Which columns get a second one with what their cells lead to: links, stances and "
                             "quotes; all; or none.")};
    }
    Csv(OptionValues const& options, Output& output)
        : output_(output),
          bom_(options.boolean("bom")),
          targets_(options.text("targets")),
          dialect_{separator(options.text("separator")), options.boolean("formula_guard")},
          record_(dialect_) {
        package_.separator = dialect_.separator;
    }

    void begin_document(dossier_document const& document) override {
        package_.title = clean_text(view(document.title));
        package_.as_of = clean_text(view(document.as_of));
        package_.language = clean_text(view(document.language));
        package_.generator = clean_text(view(document.generator));
    }

    void begin_section(dossier_section const& section) override {
        report_ = clean_text(view(section.report));
        section_ = std::string(view(section.anchor.size == 0 ? section.report : section.anchor));
    }

    void begin_table(dossier_table const& table) override {
        DataResource resource{file_name(view(table.anchor)), clean_text(view(table.caption)), report_, {}};
        auto const columns = dossier::columns_of(table);
        fields_.clear();
        for (std::size_t i = 0; i < columns.size(); ++i)
            add_fields(*columns[i], i, resource.fields);
        make_unique(resource.fields);
        begin_file(std::move(resource));
    }

    void row(dossier_row const& row) override {
        for (auto const& field : fields_) {
            if (field.column < row.n_cells)
                write_part(row.cells[field.column], field.part);
            else
                record_.nothing();
        }
        put(record_.end());
    }

    void quote(dossier_quote const& quote) override {
        record_.text(view(quote.anchor));
        record_.text(view(quote.stance));
        record_.text(view(quote.text));
        record_.text(view(quote.locator.article_id));
        record_.text(view(quote.locator.path));
        if (quote.locator.page == 0)
            record_.nothing();
        else
            record_.number(quote.locator.page);
        record_.number(quote.locator.line);
        record_.number(quote.locator.byte_begin);
        record_.number(quote.locator.byte_end);
        record_.text(view(quote.locator.url));
        record_.text(view(quote.comment));
        quotes_ += record_.end();
    }

    void callout(dossier_callout const& callout) override {
        auto const* const tone = callout.tone == DOSSIER_CALLOUT_FAILURE   ? "failure"
                                 : callout.tone == DOSSIER_CALLOUT_WARNING ? "warning"
                                                                           : "info";
        package_.notices.push_back({tone, clean_text(view(callout.title)), text_of(callout.runs, callout.n_runs)});
    }

    // Quotes come between tables, and a file that was left cannot be taken up again: so they wait for the section's end.
    void end_section() override {
        if (quotes_.empty()) return;
        begin_file({file_name("quotes"), "Quotes", report_, quote_fields()});
        put(quotes_);
        quotes_.clear();
    }

    void end_document() override {
        if (package_.resources.empty())
            output_.log(DOSSIER_LOG_WARNING, "the document holds no table and no quote, so there is no CSV file");
        flush();
        output_.begin_file("datapackage.json");
        output_.write(package_.json());
    }

private:
    static char separator(std::string const& name) { return name == "semicolon" ? ';' : name == "tab" ? '\t' : ','; }

    /// The fields of one column and their descriptions.
    void add_fields(dossier_column const& column, std::size_t index, std::vector<DataField>& described) {
        auto const add = [&](Part part, DataField field, char const* suffix) {
            field.name += suffix;
            fields_.push_back({index, part});
            described.push_back(std::move(field));
        };
        auto const value = value_field(column);
        if (column.kind == DOSSIER_CELL_INTERVAL) {
            add(Part::low, value, "_low");
            add(Part::high, value, "_high");
        } else {
            add(Part::value, value, "");
        }
        bool const leads_somewhere =
            column.kind == DOSSIER_CELL_LINK || column.kind == DOSSIER_CELL_STANCE || column.kind == DOSSIER_CELL_QUOTE;
        if (targets_ == "all" || (targets_ == "auto" && leads_somewhere))
            add(Part::target,
                text_field(clean_text(view(column.key)), value.title,
                           "what the cell leads to: an address, or the anchor of a quote; empty: nothing"),
                "_target");
    }

    /// "ci_low" may be a key of its own; then the later one gets a number.
    static void make_unique(std::vector<DataField>& fields) {
        std::set<std::string> taken;
        for (auto& field : fields) {
            auto const wanted = field.name;
            for (int n = 2; !taken.insert(field.name).second; ++n)
                field.name = wanted + "_" + std::to_string(n);
        }
    }

    void write_part(dossier_cell const& cell, Part part) {
        bool const is_interval = cell.kind == DOSSIER_CELL_INTERVAL;
        switch (part) {
            case Part::low: return is_interval ? record_.number(cell.low) : record_.nothing();
            case Part::high: return is_interval ? record_.number(cell.high) : record_.nothing();
            case Part::target: return record_.text(joined_target(cell.target));
            case Part::value: return write_value(cell);
        }
    }

    void write_value(dossier_cell const& cell) {
        switch (cell.kind) {
            case DOSSIER_CELL_INTEGER: return record_.number(cell.integer);
            case DOSSIER_CELL_REAL:
            case DOSSIER_CELL_PERCENT: return record_.number(cell.real);
            case DOSSIER_CELL_TEXT:
            case DOSSIER_CELL_DATE:
            case DOSSIER_CELL_LINK:
            case DOSSIER_CELL_STANCE:
            case DOSSIER_CELL_QUOTE: return record_.text(view(cell.text));
            default: return record_.nothing();  // empty, or of a kind that a newer host knows
        }
    }

    /// "<section>-<anchor>.csv"; the host has most anchors begin with their section's already.
    std::string file_name(std::string_view anchor) {
        bool const has_section = anchor.substr(0, section_.size() + 1) == section_ + "-";
        auto const full = has_section ? std::string(anchor) : section_ + "-" + std::string(anchor);
        std::string stem;
        for (char const c : full.substr(0, longest_stem)) {
            bool const allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            stem += allowed ? c : '-';
        }
        if (stem.front() == '-' || stem.front() == '_') stem.insert(0, "table");
        auto name = stem + ".csv";
        for (int n = 2; !file_names_.insert(name).second; ++n)
            name = stem + "-" + std::to_string(n) + ".csv";
        return name;
    }

    void begin_file(DataResource resource) {
        flush();
        output_.begin_file(resource.path);
        if (bom_) put("\xEF\xBB\xBF");
        for (auto const& field : resource.fields)
            record_.text(field.name);
        put(record_.end());
        package_.resources.push_back(std::move(resource));
    }

    void put(std::string_view bytes) {
        buffer_ += bytes;
        if (buffer_.size() >= buffer_size) flush();
    }
    void flush() {
        if (!buffer_.empty()) output_.write(buffer_);
        buffer_.clear();
    }

    Output& output_;
    bool bom_;
    std::string targets_;
    CsvDialect dialect_;
    CsvRecord record_;
    DataPackage package_;
    std::string report_, section_;  ///< where the blocks are
    std::vector<Field> fields_;     ///< of the open table
    std::string quotes_;            ///< records of the section's quotes
    std::string buffer_;
    std::set<std::string> file_names_;
};

}  // namespace

DOSSIER_FORMAT(Csv, "csv", "One CSV file per table, full precision, safe in spreadsheets", "text/csv",
               DOSSIER_CARRIES_LINKS, true)
