#include "dossier/job/review_sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "dossier/claims/config_document.hpp"
#include "dossier/findings/words.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/plugin/utf8.hpp"
#include "dossier/sources/byte_stream.hpp"
#include "dossier/sources/records/delimited.hpp"

namespace dossier {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t longest_row = 1u << 20;

// --- writing --------------------------------------------------------------------------------------------------------

bool takes_away(std::string_view& text, std::string_view begin) noexcept {
    if (!text.starts_with(begin)) return false;
    text.remove_prefix(begin.size());
    return true;
}

/// Takes away what spreadsheets skip or split at before they look whether a cell is a formula: spaces, quotation marks,
/// separators. The same as in CSV documents (formats/csv/csv_record.cpp).
bool takes_away_what_is_skipped(std::string_view& text) noexcept {
    constexpr auto skipped =
        std::to_array<std::string_view>({" ", "\"", "'", "`", ",", ";", "|", "\u00A0", "\u2028", "\u2029", "\u202F",
                                         "\u205F", "\u3000", "\uFEFF", "\u2018", "\u2019", "\u201C", "\u201D"});
    for (auto const one : skipped)
        if (takes_away(text, one)) return true;
    bool const is_wide_or_empty =  // U+2000 to U+200F
        text.starts_with("\xE2\x80") && text.size() > 2 && static_cast<unsigned char>(text[2]) < 0x90;
    if (is_wide_or_empty) text.remove_prefix(3);
    return is_wide_or_empty;
}

/// = + - @ and their full-width forms, behind what spreadsheets skip.
bool reads_as_formula(std::string_view text) noexcept {
    while (takes_away_what_is_skipped(text)) {
    }
    for (std::string_view const begin : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
        if (text.starts_with(begin)) return true;
    return false;
}

class CsvLines {
public:
    void cell(std::string_view text) {
        if (!at_begin_) out_ += ',';
        at_begin_ = false;
        auto const guarded = (reads_as_formula(text) ? "'" : "") + std::string(text);
        if (guarded.find_first_of(",;\t|\"\r\n") == std::string::npos) {
            out_ += guarded;
            return;
        }
        out_ += '"';
        for (char const c : guarded)
            out_.append(c == '"' ? 2 : 1, c);
        out_ += '"';
    }
    void end_row() {
        out_ += "\r\n";
        at_begin_ = true;
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_{byte_order_mark};
    bool at_begin_ = true;
};

/// Without what would break a cell: control characters other than the line break.
std::string clean(std::string_view text) {
    std::string out;
    for (char const c : text)
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    return out;
}

std::string joined(std::vector<std::string> const& parts, std::string_view between) {
    std::string out;
    for (auto const& part : parts)
        out += (out.empty() ? "" : std::string(between)) + part;
    return out;
}

std::string in_words(Stance stance) {
    return stance == Stance::not_assessable ? "not assessable" : name_of(stance);
}

std::string detector_cell(ReviewRow const& row) {
    auto const text = in_words(row.detector);
    return row.confidence ? text + " (" + two_decimals(*row.confidence) + ")" : text;
}

/// One line per quote: "[1] The words.", or "[1] refutes: The words."
std::string quotes_cell(ReviewRow const& row, bool blind) {
    std::vector<std::string> lines;
    for (auto const& quote : row.quotes)
        lines.push_back("[" + std::to_string(lines.size() + 1) + "] " +
                        (blind ? "" : std::string(name_of(quote.side)) + ": ") + clean(quote.text));
    if (row.n_quotes_left_out > 0)
        lines.push_back("and " + std::to_string(row.n_quotes_left_out) + " more in the article");
    return joined(lines, "\n");
}

std::string places_cell(ReviewRow const& row) {
    std::vector<std::string> lines;
    for (auto const& quote : row.quotes)
        lines.push_back("[" + std::to_string(lines.size() + 1) + "] " + quote.place);
    return joined(lines, "\n");
}

std::string hashes_cell(ReviewRow const& row) {
    std::vector<std::string> hashes;
    for (auto const& quote : row.quotes)
        hashes.push_back(quote.sha256);
    return joined(hashes, " ");
}

void write_head(CsvLines& csv, bool blind) {
    if (!blind) csv.cell("reason");
    for (auto const* name : {"claim_id", "statement", "condition_id", "condition", "article_id", "title"})
        csv.cell(name);
    if (!blind) csv.cell("detector");
    for (auto const* name : {"quotes", "places", "stance", "quote_number", "why", "who", "when", "quote_sha256",
                             "article_sha256", "statement_sha256"})
        csv.cell(name);
    csv.end_row();
}

void write_row(CsvLines& csv, ReviewRow const& row, SheetReader const& reader) {
    if (!reader.blind) csv.cell(row.reasons.empty() ? "takes a stance" : joined(row.reasons, "; "));
    for (auto const* text :
         {&row.claim_id, &row.statement, &row.condition_id, &row.condition_name, &row.article_id, &row.title})
        csv.cell(clean(*text));
    if (!reader.blind) csv.cell(detector_cell(row));
    csv.cell(quotes_cell(row, reader.blind));
    csv.cell(places_cell(row));
    for (std::string_view const to_fill_in :
         {std::string_view(), std::string_view(), std::string_view(), std::string_view(reader.who), std::string_view()})
        csv.cell(to_fill_in);
    csv.cell(hashes_cell(row));
    csv.cell(row.article_sha256);
    csv.cell(row.statement_sha256);
    csv.end_row();
}

/// By a digest of reader and question: a shuffle that is the same on every machine.
void shuffle_for(std::string const& reader, std::vector<ReviewRow>& rows) {
    std::vector<std::pair<std::string, ReviewRow>> keyed;
    for (auto& row : rows) {
        auto key = reader + '\0' + row.claim_id + '\0' + row.condition_id + '\0' + row.article_id;
        keyed.emplace_back(sha256_hex(key), std::move(row));
    }
    std::sort(keyed.begin(), keyed.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    rows.clear();
    for (auto& [key, row] : keyed)
        rows.push_back(std::move(row));
}

// --- reading --------------------------------------------------------------------------------------------------------

std::string trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// A cell as it was before its apostrophe.
std::string unguarded(std::string text) {
    if (text.starts_with('\'') && reads_as_formula(std::string_view(text).substr(1))) text.erase(0, 1);
    return text;
}

std::string lower_case(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool is_identifier(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::optional<unsigned> number_in(std::string_view text) {
    unsigned value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    auto const year = number_in(text.substr(0, 4)), month = number_in(text.substr(5, 2)),
               day = number_in(text.substr(8, 2));
    return year && month && day &&
           std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                       std::chrono::day(*day))
               .ok();
}

std::vector<std::string> words_of(std::string const& text) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; (begin = text.find_first_not_of(" \n\r\t,", begin)) != std::string::npos;) {
        auto const end = std::min(text.find_first_of(" \n\r\t,", begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return words;
}

std::vector<std::string> const& stance_words() {
    static std::vector<std::string> const words{"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"};
    return words;
}

/// "Not assessable" is how sheets say it, and how people type it.
std::optional<Stance> stance_called(std::string_view typed) {
    auto word = lower_case(std::string(typed));
    std::replace(word.begin(), word.end(), ' ', '_');
    for (auto const stance :
         {Stance::supports, Stance::refutes, Stance::mixed, Stance::neutral, Stance::silent, Stance::not_assessable})
        if (word == name_of(stance)) return stance;
    return std::nullopt;
}

class SheetParser {
public:
    SheetParser(std::string path, AnnotationRole role, std::string who, Diagnostics& diagnostics)
        : path_(std::move(path)), role_(role), who_(std::move(who)), diagnostics_(diagnostics) {}

    FilledSheet parse(std::string_view bytes) {
        if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
        sources::MemoryStream stream(bytes);
        auto const rows = sources::make_record_splitter(sources::Format::csv, stream, {}, longest_row);
        FilledSheet sheet;
        sources::RecordSlice slice;
        bool any = rows->next(slice);
        if (!find_columns(rows->context()->header)) return sheet;
        for (; any; any = rows->next(slice)) {
            line_ = slice.line;
            if (slice.broken.empty())
                read_row(slice.bytes, rows->context()->separator, sheet);
            else
                add("DOS0262", "this row cannot be read: " + slice.broken,
                    "give it as many fields as the first line has, or take it out");
        }
        return sheet;
    }

private:
    static constexpr std::array<std::string_view, 11> needed{
        "claim_id", "condition_id", "article_id",   "stance",         "quote_number",    "why",
        "who",      "when",         "quote_sha256", "article_sha256", "statement_sha256"};

    void add(std::string_view code, std::string message, std::string note) {
        diagnostics_.add({Severity::error,
                          std::string(code),
                          {path_, line_, line_ > 0 ? std::size_t{1} : 0, 0},
                          std::move(message),
                          {},
                          {std::move(note)}});
    }

    bool find_columns(std::vector<std::string> const& names) {
        line_ = 1;
        for (auto const name : needed) {
            auto const n = std::count(names.begin(), names.end(), name);
            if (n != 1)
                add("DOS0261", (n == 0 ? "no column is called " : "two columns are called ") + in_quotes(name),
                    "the first line names the columns as dossier review --out wrote them");
            else
                columns_[name] = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        }
        return columns_.size() == needed.size();
    }

    void read_row(std::string const& record, char separator, FilledSheet& sheet) {
        std::vector<std::string> cells;
        for (auto const& cell : sources::cells_of(record, separator))
            cells.push_back(unguarded(trimmed(sources::value_of(record, cell))));
        auto const of = [&](std::string_view column) -> std::string const& {
            static std::string const nothing;
            auto const at = columns_.at(column);
            return at < cells.size() ? cells[at] : nothing;
        };
        if (of("stance").empty()) {
            ++sheet.n_empty;
            return;
        }
        FilledRow row;
        auto& annotation = row.annotation;
        annotation.role = role_;
        annotation.claim_id = of("claim_id");
        annotation.article_id = of("article_id");
        annotation.condition_id = of("condition_id");
        annotation.article_sha256 = lower_case(of("article_sha256"));
        annotation.statement_sha256 = lower_case(of("statement_sha256"));
        annotation.why = of("why");
        std::replace(annotation.why.begin(), annotation.why.end(), '\n', ' ');
        annotation.place = {path_, line_, 1, 0};
        read_stance(of("stance"), annotation);
        read_person(of("who"), annotation);
        read_day(of("when"), annotation);
        read_choice(of("quote_number"), words_of(lower_case(of("quote_sha256"))), row);
        if (annotation.claim_id.empty() || annotation.article_id.empty())
            add("DOS0264", "this row does not say which claim or article it is about", "leave its ids as they were");
        sheet.rows.push_back(std::move(row));
    }

    void read_stance(std::string const& typed, Annotation& annotation) {
        if (auto const stance = stance_called(typed))
            annotation.stance = *stance;
        else
            add("DOS0263", in_quotes(typed) + " is no stance" + did_you_mean(lower_case(typed), stance_words()),
                listed("stances", stance_words()));
    }

    void read_person(std::string const& typed, Annotation& annotation) {
        annotation.who = typed.empty() ? who_ : typed;
        if (annotation.who.empty())
            add("DOS0264", "this row does not say who decided", "fill in the column who, or give --who ID");
        else if (!is_identifier(annotation.who))
            add("DOS0264", in_quotes(annotation.who) + " cannot be a person's id",
                "ids are lower-case letters a to z, digits and hyphens");
        else if (is_reserved_name(annotation.who))
            add("DOS0253", in_quotes(annotation.who) + " is the id of no person: reports call something else so",
                "write the id of the person who says so");
        if (role_ == AnnotationRole::override_stance && annotation.why.empty())
            add("DOS0264", "this row does not say why", "an override needs a reason, in one sentence");
    }

    void read_day(std::string const& typed, Annotation& annotation) {
        annotation.when = typed;
        if (!typed.empty() && !is_date(typed))
            add("DOS0265", in_quotes(typed) + " is not a day", "write it as 2026-11-22; the cell must be text");
    }

    /// Without a number the only quote of a row is meant; of several, none in particular. Who says that an article is silent,
    /// or cannot be assessed, speaks of all of it.
    void read_choice(std::string const& typed, std::vector<std::string> const& hashes, FilledRow& row) {
        row.n_quotes = hashes.size();
        if (typed.empty()) {
            auto const stance = row.annotation.stance;
            bool const of_all = stance == Stance::silent || stance == Stance::not_assessable;
            row.quote_by_default = hashes.size() == 1 && !of_all;
            if (row.quote_by_default) row.annotation.quote_sha256 = hashes.front();
            return;
        }
        auto const number = number_in(typed);
        if (number && *number >= 1 && *number <= hashes.size())
            row.annotation.quote_sha256 = hashes[*number - 1];
        else
            add("DOS0266", "this row has no quote number " + in_quotes(typed),
                hashes.empty() ? "it has no quotes" : "its quotes are numbered 1 to " + std::to_string(hashes.size()));
    }

    std::string path_;
    AnnotationRole role_;
    std::string who_;
    Diagnostics& diagnostics_;
    std::size_t line_ = 0;
    std::map<std::string_view, std::size_t> columns_;
};

}  // namespace

std::string review_sheet(std::vector<ReviewRow> rows, SheetReader const& reader) {
    if (reader.blind) shuffle_for(reader.who, rows);
    CsvLines csv;
    write_head(csv, reader.blind);
    for (auto const& row : rows)
        write_row(csv, row, reader);
    return csv.take();
}

std::optional<FilledSheet> read_review_sheet(std::string const& path, AnnotationRole role, std::string const& who,
                                             Diagnostics& diagnostics) {
    auto const file = read_file(path, largest_review_sheet);
    auto const refuse = [&](std::string message, std::string note) {
        diagnostics.add({Severity::error, "DOS0260", {path}, std::move(message), {}, {std::move(note)}});
        return std::nullopt;
    };
    if (file.problem != ReadProblem::none)
        return refuse(std::string("the sheet cannot be read: ") + words_for(file.problem),
                      "give the file that dossier review --out wrote, filled in");
    if (!is_utf8(file.bytes)) return refuse("the sheet is not UTF-8", "save it as \"CSV UTF-8\" from the spreadsheet");
    Diagnostics found;
    auto sheet = SheetParser(path, role, who, found).parse(file.bytes);
    found.sort();
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    return sheet;
}

}  // namespace dossier
