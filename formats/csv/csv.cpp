// CSV: one file per table for programs and spreadsheets, the quotes as a table of their own, and datapackage.json.
#include <algorithm>
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
    std::size_t leads = none;  ///< number of its Leads, if its part is the target
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

/// Where the cells of one field lead, to find out whether all of it are quotes of the section.
struct Leads {
    std::size_t resource, field;      ///< numbers in the package
    std::set<std::string> anchors{};  ///< at most `most_anchors`
    bool only_anchors = true;         ///< and not too many of them
};
constexpr std::size_t most_anchors = 100'000;

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
    if (column.role == DOSSIER_COLUMN_KEY) add("an id, by which the rows of different files are joined");
    return field;
}

std::vector<DataField> quote_fields() {
    auto stance = text_field("stance", "Stance", "what the quote says of the claim; empty: not said");
    stance.choices = stances;
    return {text_field("anchor", "Anchor", "the name under which cells lead to this quote; empty: none"),
            stance,
            text_field("quote", "Quote", "verbatim from the article"),
            text_field("heading", "Under", "the heading of the report that it stands under, such as the claim"),
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
                Option::text("header", "key", {"key", "title"},
                             "What stands in the first line: short names for programs, or the titles that people are "
                             "shown."),
                Option::text("targets", "auto", {"auto", "all", "none"},
                             "Which columns get a second one with what their cells lead to: links, stances and "
                             "quotes; all; or none.")};
    }
    Csv(OptionValues const& options, Output& output)
        : output_(output),
          bom_(options.boolean("bom")),
          has_titles_(options.text("header") == "title"),
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
        heading_.clear();
        leads_.clear();
        quote_anchors_.clear();
    }

    void heading(dossier_heading const& heading) override { heading_ = view(heading.text); }

    void begin_table(dossier_table const& table) override {
        DataResource resource{file_name(view(table.anchor)), clean_text(view(table.caption)), report_, {}, {}, {}};
        auto const columns = dossier::columns_of(table);
        fields_.clear();
        for (std::size_t i = 0; i < columns.size(); ++i)
            add_fields(*columns[i], i, resource.fields);
        begin_file(std::move(resource));
        for (std::size_t i = 0; i < fields_.size(); ++i)
            if (fields_[i].part == Part::target) {
                fields_[i].leads = leads_.size();
                leads_.push_back({package_.resources.size() - 1, i});
            }
    }

    void row(dossier_row const& row) override {
        for (auto const& field : fields_) {
            if (field.column < row.n_cells)
                write_part(row.cells[field.column], field.part);
            else
                record_.nothing();
            if (field.column < row.n_cells && field.leads != Field::none)
                note_target(view(row.cells[field.column].target), leads_[field.leads]);
        }
        put(record_.end());
    }

    void quote(dossier_quote const& quote) override {
        ++n_quotes_;
        if (quote.anchor.size > 0) quote_anchors_.insert(std::string(view(quote.anchor)));
        record_.text(view(quote.anchor));
        record_.text(view(quote.stance));
        record_.text(view(quote.text));
        record_.text(heading_);
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
        auto fields = quote_fields();
        for (auto& field : fields)
            if (has_titles_) field.name = field.title;
        DataResource resource{file_name("quotes"), "Quotes", report_, std::move(fields), {}, {}};
        auto const anchor = resource.fields.front().name;
        if (quote_anchors_.size() == n_quotes_) resource.primary_key = anchor;
        add_foreign_keys(resource.name(), anchor);
        begin_file(std::move(resource));
        put(quotes_);
        quotes_.clear();
        n_quotes_ = 0;
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
        auto const add = [&](Part part, DataField field, std::string const& suffix) {
            if (has_titles_)
                field.name = field.title + (suffix.empty() ? "" : ", " + suffix);
            else
                field.name += suffix.empty() ? "" : "_" + suffix;
            fields_.push_back({index, part, Field::none});
            described.push_back(std::move(field));
        };
        auto const value = value_field(column);
        if (column.kind == DOSSIER_CELL_INTERVAL) {
            add(Part::low, value, "low");
            add(Part::high, value, "high");
        } else {
            add(Part::value, value, "");
        }
        bool const leads_somewhere =
            column.kind == DOSSIER_CELL_LINK || column.kind == DOSSIER_CELL_STANCE || column.kind == DOSSIER_CELL_QUOTE;
        if (targets_ == "all" || (targets_ == "auto" && leads_somewhere))
            add(Part::target,
                text_field(clean_text(view(column.key)), value.title,
                           "what the cell leads to: an address, or the anchor of a quote; empty: nothing"),
                "target");
    }

    /// "ci_low" may be a key of its own, and titles may be alike or empty; then the later one gets a number.
    static void make_unique(std::vector<DataField>& fields) {
        std::set<std::string> taken;
        for (auto& field : fields) {
            if (field.name.empty()) field.name = "column";
            if (reads_as_formula(field.name)) field.name = "column " + field.name;  // the same in file and package
            auto const wanted = field.name;
            for (int n = 2; !taken.insert(field.name).second; ++n)
                field.name = wanted + "_" + std::to_string(n);
        }
    }

    static void note_target(std::string_view target, Leads& leads) {
        if (target.empty() || !leads.only_anchors) return;
        if (target.front() == '#' && leads.anchors.size() < most_anchors)
            leads.anchors.insert(std::string(target.substr(1)));
        else
            leads.only_anchors = false;
    }

    /// Tells which fields hold nothing but anchors of the section's quotes, so that programs can join the files.
    void add_foreign_keys(std::string const& quotes, std::string const& anchor) {
        for (auto const& leads : leads_) {
            bool const all_are_quotes =
                leads.only_anchors && !leads.anchors.empty() &&
                std::includes(quote_anchors_.begin(), quote_anchors_.end(), leads.anchors.begin(), leads.anchors.end());
            auto& resource = package_.resources[leads.resource];
            if (all_are_quotes) resource.foreign_keys.push_back({resource.fields[leads.field].name, quotes, anchor});
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
        make_unique(resource.fields);
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
    bool bom_, has_titles_;
    std::string targets_;
    CsvDialect dialect_;
    CsvRecord record_;
    DataPackage package_;
    std::string report_, section_, heading_;  ///< where the blocks are
    std::vector<Field> fields_;               ///< of the open table
    std::string quotes_;                      ///< records of the section's quotes
    std::size_t n_quotes_ = 0;
    std::set<std::string> quote_anchors_;
    std::vector<Leads> leads_;  ///< of the section's tables
    std::string buffer_;
    std::set<std::string> file_names_;
};

}  // namespace

DOSSIER_FORMAT(Csv, "csv", "One CSV file per table, full precision, safe in spreadsheets", "text/csv",
               DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_KEYS, true)
