// XLSX: a sheet per table with typed cells, the quotes and the prose on sheets of their own, a sheet of contents first.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "excel_text.hpp"
#include "recorded_table.hpp"
#include "workbook.hpp"

namespace {

using dossier::Option;
using dossier::OptionValues;
using dossier::Output;
using dossier::view;
using namespace dossier::formats;

constexpr std::size_t bytes_per_write = std::size_t{1} << 20;

CellLook shaped(NumberShape shape, std::int32_t decimals = 0) {
    CellLook look;
    look.shape = shape;
    look.decimals = static_cast<std::uint8_t>(decimals);
    return look;
}

CellLook tinted(Tint tint) {
    CellLook look;
    look.tint = tint;
    look.bold = tint == Tint::supports || tint == Tint::refutes || tint == Tint::mixed;
    return look;
}

CellLook one_line() {
    CellLook look;
    look.one_line = true;
    return look;
}

Tint tint_of(std::string_view stance) {
    if (stance == "supports") return Tint::supports;
    if (stance == "refutes") return Tint::refutes;
    if (stance == "mixed") return Tint::mixed;
    if (stance == "neutral") return Tint::neutral;
    if (stance == "silent") return Tint::silent;
    if (stance == "not_assessable") return Tint::not_assessable;
    return Tint::none;
}

char const* kind_word(std::uint32_t kind) {
    switch (kind) {
        case DOSSIER_CELL_INTEGER: return "whole number";
        case DOSSIER_CELL_REAL: return "number";
        case DOSSIER_CELL_PERCENT: return "percentage";
        case DOSSIER_CELL_DATE: return "date";
        case DOSSIER_CELL_LINK: return "link";
        case DOSSIER_CELL_STANCE: return "stance";
        case DOSSIER_CELL_INTERVAL: return "number";
        case DOSSIER_CELL_QUOTE: return "quote";
        default: return "text";
    }
}

CellRecord text_cell(std::string_view text) {
    CellRecord cell;
    cell.text = cell_text(text);
    cell.look.wrapped = true;
    return cell;
}

/// The verdict in its four parts, for the sheet of contents.
std::vector<CellRecord> verdict_words(dossier_verdict const& verdict) {
    return {text_cell(view(verdict.statement)), text_cell(view(verdict.direction)),
            text_cell(view(verdict.agreement)), text_cell(view(verdict.certainty)),
            text_cell(view(verdict.coverage)),  text_cell(verdict.fragile != 0 ? "yes" : "no")};
}

std::vector<std::string> const verdict_titles{"Claim", "Direction", "Agreement", "Certainty", "Coverage", "Fragile"};

/// A column of the sheet of claims.
struct ClaimColumn {
    char const *title, *key, *values, *meaning;
};

constexpr ClaimColumn claim_columns[] = {
    {"Claim", "statement", "text", ""},
    {"Claim id", "claim_id", "text", "As the registry calls it."},
    {"Direction", "direction", "text", "Which way the sources point that take a side."},
    {"Agreement", "agreement", "text", "How far the sources agree."},
    {"Certainty", "certainty", "text", "How sure one can be of it."},
    {"Coverage", "coverage", "text", "How many of the sources say anything on it."},
    {"Fragile", "fragile", "text", "Whether leaving out one source gives another verdict."},
    {"Supports", "supports", "whole number", "Independent sources that support it."},
    {"Refutes", "refutes", "whole number", "Independent sources that refute it."},
    {"Mixed", "mixed", "whole number", "Independent sources that do both."},
    {"Neutral", "neutral", "whole number", "Independent sources that discuss it without a side."},
    {"Silent", "silent", "whole number", "Independent sources that do not mention it."},
    {"Not assessable", "not_assessable", "whole number", "Independent sources that could not be assessed."},
    {"Sources", "n_clusters", "whole number", "Independent sources looked at: the sum of the six before."},
    {"Articles", "n_articles", "whole number", "Articles looked at."},
    {"Share that supports", "direction_share", "percentage",
     "Of the sources that support or refute; empty: there are none."},
    {"Agreement A", "agreement_value", "number",
     "Van der Eijk's A, from -1 (two camps) to 1 (all alike); empty: fewer than two sources say anything."},
    {"Share covered", "coverage_share", "percentage",
     "Of the sources that could be assessed, those that say anything; empty: none could be assessed."},
};

class Xlsx final : public dossier::Format {
public:
    static std::vector<Option> options() {
        return {Option::text("page", "a4", {"a4", "letter"}, "The paper of prints.")};
    }

    Xlsx(OptionValues const& options, Output& output)
        : output_(output),
          quotes_(workbook_.add_own_table("Quotes", "Every quote with its place",
                                          {"Report", "Under", "Stance", "Quote", "Comment", "Article", "File", "Page",
                                           "Line", "First byte", "End", "Address", "Before it", "After it"})),
          prose_(workbook_.add_own_table("Text", "What the reports say beside tables and quotes",
                                         {"Report", "Kind", "Text", "Leads to"})),
          columns_(workbook_.add_own_table("Columns", "What the columns of the tables mean",
                                           {"Sheet", "Column", "Key", "Values", "Meaning"})) {
        prose_.set_widest_column(100);
        title_page_.letter_paper = options.text("page") == "letter";
    }

    void begin_document(dossier_document const& document) override {
        title_page_.title = cell_text(view(document.title));
        title_page_.as_of = cell_text(view(document.as_of));
        title_page_.generator = cell_text(view(document.generator));
        title_page_.verdict_titles = verdict_titles;
        auto const verdicts = dossier::verdicts_of(document);
        if (!verdicts.empty()) put_claims(verdicts);
    }

    void begin_section(dossier_section const& section) override {
        report_ = view(section.report);
        section_ = view(section.anchor.size == 0 ? section.report : section.anchor);
        heading_.clear();
        workbook_.mark(view(section.anchor), prose_);
    }

    // ---- Prose

    void heading(dossier_heading const& heading) override {
        heading_ = view(heading.text);
        workbook_.mark(view(heading.anchor), prose_);
        CellLook look;
        look.bold = true;
        say("heading " + std::to_string(heading.level), heading_, look);
    }
    void paragraph(dossier_paragraph const& paragraph) override {
        if (lists_.empty()) return say_runs("paragraph", {}, paragraph.runs, paragraph.n_runs);
        say_runs("list item", item_mark(), paragraph.runs, paragraph.n_runs);
        lists_.back().is_marked = true;
    }
    void note(dossier_note const& note) override {
        workbook_.mark(view(note.anchor), prose_);
        say_runs("note", {}, note.runs, note.n_runs);
    }
    void callout(dossier_callout const& callout) override {
        bool const failed = callout.tone == DOSSIER_CALLOUT_FAILURE, warned = callout.tone == DOSSIER_CALLOUT_WARNING;
        auto const title = std::string(view(callout.title));
        say_runs(failed   ? "failure"
                 : warned ? "warning"
                          : "information",
                 title.empty() ? title : title + ": ", callout.runs, callout.n_runs,
                 tinted(failed   ? Tint::failure
                        : warned ? Tint::warning
                                 : Tint::none));
    }
    void begin_list(dossier_list const& list) override { lists_.push_back({list.ordered != 0, 0, false}); }
    void end_list() override {
        if (!lists_.empty()) lists_.pop_back();
    }
    void begin_item() override {
        if (!lists_.empty()) ++lists_.back().n_items, lists_.back().is_marked = false;
    }

    // ---- Tables

    void begin_table(dossier_table const& table) override {
        table_columns_.clear();
        std::vector<std::string> titles;
        auto const columns = dossier::columns_of(table);
        for (auto const* const column : columns)
            add_column(*column, titles);
        table_ = &workbook_.add_table(view(table.anchor), section_, view(table.caption), report_, titles);
        workbook_.mark(view(table.anchor), *table_);
        say("table", view(table.caption).empty() ? std::string_view(table_->name()) : view(table.caption), {},
            "#" + std::string(view(table.anchor)));
        for (auto const* const column : columns)
            describe(*column, "#" + std::string(view(table.anchor)));
    }

    void row(dossier_row const& row) override {
        if (table_ == nullptr) return;
        workbook_.mark(view(row.anchor), *table_);
        for (std::size_t i = 0; i < table_columns_.size(); ++i) {
            if (table_columns_[i].kind == DOSSIER_CELL_INTERVAL)
                put_interval(i < row.n_cells ? row.cells[i] : dossier_cell{}, table_columns_[i]);
            else
                put(i < row.n_cells ? row.cells[i] : dossier_cell{}, table_columns_[i]);
        }
    }

    void end_table() override { table_ = nullptr; }

    // ---- Quotes

    void quote(dossier_quote const& quote) override {
        workbook_.mark(view(quote.anchor), quotes_);
        auto const& locator = quote.locator;
        quotes_.text(report_);
        quotes_.text(heading_, {}, heading_.empty() ? std::string_view() : view(quote.back));
        put_stance(quote.stance);
        quotes_.text(view(quote.text), {}, heading_.empty() ? view(quote.back) : std::string_view());
        quotes_.text(view(quote.comment));
        quotes_.text(view(locator.article_id));
        quotes_.text(view(locator.path));
        locator.page == 0 ? quotes_.nothing() : quotes_.integer(static_cast<std::int64_t>(locator.page));
        quotes_.integer(static_cast<std::int64_t>(locator.line));
        quotes_.integer(static_cast<std::int64_t>(locator.byte_begin));
        quotes_.integer(static_cast<std::int64_t>(locator.byte_end));
        put_address(view(locator.url));
        bool const has_context = DOSSIER_HAS(&quote, dossier_quote, after);
        quotes_.text(has_context ? view(quote.before) : std::string_view(), one_line());
        quotes_.text(has_context ? view(quote.after) : std::string_view(), one_line());
    }

    void end_document() override {
        Losses losses;
        auto const bytes = workbook_.write(title_page_, losses);
        for (auto const& sentence : losses.sentences())
            output_.log(DOSSIER_LOG_WARNING, sentence);
        for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(bytes_per_write, rest.size())))
            output_.write(rest.substr(0, bytes_per_write));
    }

private:
    struct List {
        bool ordered;
        std::size_t n_items;
        bool is_marked;  ///< whether the item has its bullet or number
    };
    struct TableColumn {
        std::uint32_t kind;
        std::int32_t decimals;
    };

    // ---- Claims

    void put_claims(std::vector<dossier_verdict const*> const& verdicts) {
        std::vector<std::string> titles;
        for (auto const& column : claim_columns)
            titles.emplace_back(column.title);
        auto& claims = workbook_.add_table("claims", {}, "The verdict on each claim, with its numbers", {}, titles);
        for (auto const& column : claim_columns)
            describe(claims.name(), {}, {column.title, column.key, column.values, column.meaning});
        for (auto const* const verdict : verdicts) {
            title_page_.verdicts.push_back(verdict_words(*verdict));
            put_claim(*verdict, claims);
        }
    }

    static void put_claim(dossier_verdict const& verdict, RecordedTable& claims) {
        for (auto const& text : {verdict.statement, verdict.claim_id, verdict.direction, verdict.agreement,
                                 verdict.certainty, verdict.coverage})
            claims.text(view(text));
        claims.text(verdict.fragile != 0 ? "yes" : "no");
        for (auto const n : {verdict.supports, verdict.refutes, verdict.mixed, verdict.neutral, verdict.silent,
                             verdict.not_assessable, verdict.n_clusters, verdict.n_articles})
            claims.integer(static_cast<std::int64_t>(n));
        claims.number(verdict.direction_share, shaped(NumberShape::percent));
        claims.number(verdict.agreement_value, shaped(NumberShape::real, 2));
        claims.number(verdict.coverage_share, shaped(NumberShape::percent));
    }

    // ---- Prose

    void say(std::string_view kind, std::string_view text, CellLook look = {}, std::string_view target = {}) {
        prose_.text(report_);
        prose_.text(kind, tinted(look.tint));
        prose_.text(text, look);
        bool const is_internal = !target.empty() && target.front() == '#';
        prose_.text(is_internal ? "→" : target, one_line(), target);
    }

    /// A row leads to one place: that of the first link. Further addresses are written behind their text.
    void say_runs(std::string_view kind, std::string text, dossier_run const* runs, std::size_t n_runs,
                  CellLook look = {}) {
        std::string target;
        for (std::size_t i = 0; i < n_runs; ++i) {
            auto const link = view(runs[i].link);
            text += view(runs[i].text);
            if (target.empty())
                target = link;
            else if (!link.empty() && link.front() != '#' && link != view(runs[i].text))
                text += " <" + std::string(link) + ">";
        }
        say(kind, text, look, target);
    }

    std::string item_mark() const {
        auto const& list = lists_.back();
        auto const indent = std::string(2 * (lists_.size() - 1), ' ');
        if (list.is_marked) return indent + "  ";
        return indent + (list.ordered ? std::to_string(list.n_items) + ". " : "• ");
    }

    // ---- Tables

    void add_column(dossier_column const& column, std::vector<std::string>& titles) {
        table_columns_.push_back({column.kind, column.decimals});
        auto const title = std::string(view(column.title.size == 0 ? column.key : column.title));
        if (column.kind == DOSSIER_CELL_INTERVAL)
            titles.insert(titles.end(), {title + ", low", title + ", high"});
        else
            titles.push_back(title);
    }

    /// Adds the columns of the open table to the sheet of columns.
    void describe(dossier_column const& column, std::string const& target) {
        auto const key = std::string(view(column.key));
        auto const title = std::string(view(column.title.size == 0 ? column.key : column.title));
        auto const* const values = kind_word(column.kind);
        auto const meaning = std::string(view(column.description));
        if (column.kind != DOSSIER_CELL_INTERVAL)
            return describe(table_->name(), target, {title, key, values, meaning});
        describe(table_->name(), target, {title + ", low", key + "_low", values, meaning});
        describe(table_->name(), target, {title + ", high", key + "_high", values, meaning});
    }

    /// @param texts  title, key, values and meaning
    void describe(std::string const& sheet, std::string const& target, std::vector<std::string> const& texts) {
        columns_.text(sheet, {}, target);
        for (auto const& text : texts)
            columns_.text(text);
    }

    void put_interval(dossier_cell const& cell, TableColumn const& column) {
        auto const look = shaped(NumberShape::real, column.decimals);
        bool const holds = cell.kind == DOSSIER_CELL_INTERVAL;
        holds ? table_->number(cell.low, look, view(cell.target)) : table_->nothing();
        holds ? table_->number(cell.high, look) : table_->nothing();
    }

    void put(dossier_cell const& cell, TableColumn const& column) {
        auto const target = view(cell.target);
        switch (cell.kind) {
            case DOSSIER_CELL_INTEGER: return table_->integer(cell.integer, target);
            case DOSSIER_CELL_REAL:
                return table_->number(cell.real, shaped(NumberShape::real, column.decimals), target);
            case DOSSIER_CELL_PERCENT:
                return table_->number(cell.real, shaped(NumberShape::percent, column.decimals), target);
            case DOSSIER_CELL_DATE: return put_date(view(cell.text), target);
            case DOSSIER_CELL_STANCE:
                return table_->text(shown_stance(cell.text), tinted(tint_of(view(cell.text))), target);
            case DOSSIER_CELL_TEXT:
            case DOSSIER_CELL_LINK:
            case DOSSIER_CELL_QUOTE:
            case DOSSIER_CELL_EMPTY: return table_->text(view(cell.text), {}, target);
            default: return table_->nothing();  // of a kind that a newer host knows
        }
    }

    void put_date(std::string_view date, std::string_view target) {
        auto const day = day_number(date);
        day ? table_->number(*day, shaped(NumberShape::date), target) : table_->text(date, {}, target);
    }

    /// With its symbol, so that it can be told without colour.
    std::string shown_stance(dossier_text stance) {
        dossier_column column{};
        column.size = sizeof column, column.kind = DOSSIER_CELL_STANCE;
        dossier_cell cell{};
        cell.kind = DOSSIER_CELL_STANCE, cell.text = stance;
        return output_.shown(column, cell);
    }

    void put_stance(dossier_text stance) {
        if (stance.size == 0) return quotes_.nothing();
        quotes_.text(shown_stance(stance), tinted(tint_of(view(stance))));
    }

    void put_address(std::string_view url) {
        linkable(url) ? quotes_.text(url, one_line(), url) : quotes_.text(url, one_line());
    }

    Output& output_;
    Workbook workbook_;
    RecordedTable &quotes_, &prose_, &columns_;
    TitlePage title_page_;
    std::string report_, section_, heading_;  ///< where the blocks are
    std::vector<List> lists_;                 ///< open ones, outermost first
    RecordedTable* table_ = nullptr;          ///< the open one
    std::vector<TableColumn> table_columns_;
};

}  // namespace

// As DOSSIER_FORMAT, and what it exports beside its entry: memory_files.cpp says why.
DOSSIER_METADATA("xlsx", "provides=format:xlsx\ninterposes=lxw_tmpfile\ninterposes=zipOpen\n")
DOSSIER_ENTRY_(dossier::detail::format_component<Xlsx>(
    "xlsx", "A workbook with a sheet per table, typed cells and every quote",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES | DOSSIER_CARRIES_CONTEXT | DOSSIER_CARRIES_KEYS, false))
