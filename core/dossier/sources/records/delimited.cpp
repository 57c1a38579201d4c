#include "dossier/sources/records/delimited.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/records/column_names.hpp"
#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_header_bytes = 1u << 20;

bool ends_line(char c) noexcept {
    return c == '\n' || c == '\r';
}

std::size_t line_end(std::string_view bytes) noexcept {
    return static_cast<std::size_t>(std::find_if(bytes.begin(), bytes.end(), ends_line) - bytes.begin());
}

/// "12", "-0.5", "1e+05", "NA"
bool is_value_of_r(std::string_view text) noexcept {
    return text.find_first_not_of("0123456789.+-eNA") == std::string_view::npos;
}

std::size_t past_line_end(std::string_view bytes, std::size_t at) noexcept {
    if (at >= bytes.size()) return bytes.size();
    return at + (bytes.substr(at, 2) == "\r\n" ? 2 : 1);
}

/// The separator that the head of a file has most of, outside quotes; of a TSV file a tab, where there is one.
char sniffed_separator(std::string_view head, char fallback) noexcept {
    std::size_t most = 0;
    char found = fallback;
    for (char const candidate : {fallback, ',', ';', '\t', '|'}) {
        bool quoted = false;
        std::size_t n = 0;
        for (char const c : head) {
            if (c == '"') quoted = !quoted;
            n += !quoted && c == candidate;
        }
        if (candidate == '\t' && fallback == '\t' && n > 0) return '\t';
        if (n > most) {
            most = n;
            found = candidate;
        }
    }
    return found;
}

/// End of the quoted text that begins after a quote at `begin`: the offset of the closing quote; npos: it is not closed.
std::size_t closing_quote(std::string_view text, std::size_t begin) noexcept {
    for (auto at = text.find('"', begin); at != std::string_view::npos; at = text.find('"', at + 2))
        if (at + 1 >= text.size() || text[at + 1] != '"') return at;
    return std::string_view::npos;
}

class DelimitedFinder final : public RecordFinder {
public:
    DelimitedFinder(char separator, std::map<std::string, std::string> columns, std::size_t max_record_bytes)
        : max_record_bytes_(max_record_bytes) {
        context_->separator = separator;
        context_->columns = std::move(columns);
    }

    std::size_t look(std::string_view bytes, std::size_t at, bool at_end) override {
        std::size_t pos = 0;
        if (!settled_) {
            pos = settle(bytes, at_end);
            if (!settled_) return at + pos;
        }
        auto const separator = context_->separator;
        while (pos < bytes.size()) {
            if (state_ == State::record_begin) {
                if (ends_line(bytes[pos])) {
                    ++pos;
                    continue;
                }
                open = at + pos;
                n_fields_ = n_filled_ = 0;
                quoted_text_ = unquoted_text_ = false;
                state_ = State::field_begin;
            }
            if (state_ == State::field_begin) {
                field_ = at + pos;
                ++n_fields_;
                bool const quoted = bytes[pos] == '"' && field_ != literal_;
                state_ = quoted ? State::quoted : State::plain;
                if (quoted) {
                    ++pos;
                    continue;
                }
            }
            if (state_ == State::plain) {
                auto const begin = pos;
                while (pos < bytes.size() && bytes[pos] != separator && !ends_line(bytes[pos]))
                    ++pos;
                if (pos > begin) n_filled_ = n_fields_;
                note_text(bytes.substr(begin, pos - begin), false);
                if (pos == bytes.size()) break;
                if (end_field(bytes[pos], at + pos)) return at + pos;
                ++pos;
                continue;
            }
            // Within quotes, or after a quote that may close them.
            if (state_ == State::quoted) {
                auto const quote = std::min(bytes.find('"', pos), bytes.size());
                if (quote > pos) n_filled_ = n_fields_;
                note_text(bytes.substr(pos, quote - pos), true);
                pos = quote;
                if (pos == bytes.size()) break;
                ++pos;
                state_ = State::after_quote;
                continue;
            }
            if (bytes[pos] == '"') {
                n_filled_ = n_fields_;
                state_ = State::quoted;
                ++pos;
                continue;
            }
            if (bytes[pos] != separator && !ends_line(bytes[pos])) {
                if (may_look_again()) return take_literally();
                state_ = State::plain;
                continue;
            }
            if (end_field(bytes[pos], at + pos)) return at + pos;
            ++pos;
        }
        return finish(at + bytes.size(), at_end);
    }

    std::shared_ptr<RecordContext const> context() const override { return context_; }

private:
    enum class State { record_begin, field_begin, plain, quoted, after_quote };

    // Reads the line that names the columns, and a "sep=;" line before it. @return how far; settled_ says whether it is there
    std::size_t settle(std::string_view bytes, bool at_end) {
        std::size_t pos = 0;
        while (!says_separator_ && pos < bytes.size() && ends_line(bytes[pos]))
            ++pos;
        auto end = head_end(bytes.substr(pos), at_end);
        if (!end) return pos;
        if (auto const first = bytes.substr(pos, *end);
            !says_separator_ && first.size() == 5 && ascii_lower(first.substr(0, 4)) == "sep=") {
            if (pos + *end + 1 >= bytes.size() && !at_end) return pos;
            says_separator_ = true;
            context_->separator = first[4];
            pos = past_line_end(bytes, pos + *end);
            head_looked_ = 0;
            end = head_end(bytes.substr(pos), at_end);
            if (!end) return pos;
        }
        auto const head = bytes.substr(pos, *end);
        if (!says_separator_) context_->separator = sniffed_separator(head, context_->separator);
        for (auto const& cell : cells_of(head, context_->separator))
            context_->header.push_back(folded(value_of(head, cell)));
        settled_ = true;
        note_troubles();
        return pos + *end;
    }

    // Length of the line that the bytes begin with, line breaks within quotes passed over; where its quotes are not closed
    // within reason, of its first line. Looks on from where it stopped. @return nothing when more must be read to tell
    std::optional<std::size_t> head_end(std::string_view bytes, bool at_end) noexcept {
        auto const reach = bytes.substr(0, max_header_bytes);
        for (; head_looked_ < reach.size(); ++head_looked_) {
            if (!head_quoted_ && ends_line(reach[head_looked_])) return head_looked_;
            if (reach[head_looked_] == '"') head_quoted_ = !head_quoted_;
        }
        if (!at_end && reach.size() < max_header_bytes) return std::nullopt;
        return line_end(reach);
    }

    void note_troubles() {
        auto& context = *context_;
        context.trouble = mapping_trouble(context);
        if (!context.trouble.empty() || context.header.empty()) return;
        bool const readable = std::any_of(context.header.begin(), context.header.end(), [&](std::string const& name) {
            auto const role = use_of_column(context, name).role;
            return role == FieldRole::title || role == FieldRole::abstract;
        });
        if (!readable)
            context.trouble =
                "no column is recognised as title or abstract; [sources.table.columns] of the job can name them";
    }

    // @return whether a record ends here, that counts
    bool end_field(char mark, std::size_t at) {
        if (!ends_line(mark)) {
            state_ = State::field_begin;
            return false;
        }
        return end_record(at);
    }

    bool end_record(std::size_t at) {
        state_ = State::record_begin;
        auto const begin = *std::exchange(open, std::nullopt);
        if (n_filled_ == 0) return false;  // a line of separators
        if (!any_record_ && has_row_name()) context_->header.insert(context_->header.begin(), std::string());
        any_record_ = true;
        found = FoundRecord{begin, at, misfit()};
        return true;
    }

    // Whether the first record has a field before those that the first line names. Else it has one too many since a
    // separator in its text is not quoted, and its fields cannot be told apart.
    [[nodiscard]] bool has_row_name() const noexcept {
        auto const n_columns = context_->header.size();
        return n_fields_ == n_columns + 1 && n_filled_ == n_fields_ && quoted_text_ && !unquoted_text_;
    }

    // Why the fields of the record cannot be told apart; empty: they can.
    [[nodiscard]] std::string misfit() const {
        auto const n_columns = context_->header.size();
        bool const missing = n_fields_ < n_columns;
        if (!missing && n_filled_ <= n_columns) return {};
        auto const problem =
            "has " + counted(n_fields_, "field") + " where the first line names " + counted(n_columns, "column");
        if (!missing) return problem + "; a separator or a quote in the text may not be quoted";
        auto const n_missing = n_columns - n_fields_;
        return problem + "; " + counted(n_missing, "field") + (n_missing == 1 ? " is" : " are") +
               " missing, and empty ones must be written too";
    }

    // Looks at a part of a field of the first record, for has_row_name().
    void note_text(std::string_view text, bool quoted) noexcept {
        if (any_record_) return;
        if (quoted) quoted_text_ = true;
        if (!quoted && !is_value_of_r(text)) unquoted_text_ = true;
    }

    // The quote that began the field does not quote it. @return where to look on
    std::size_t take_literally() noexcept {
        literal_ = field_;
        --n_fields_;
        state_ = State::field_begin;
        return field_;
    }

    // Whether the field's bytes are still held.
    [[nodiscard]] bool may_look_again() const noexcept { return field_ - *open <= max_record_bytes_; }

    std::size_t finish(std::size_t at, bool at_end) {
        if (!open) return at;
        bool const within_quotes = state_ == State::quoted || (state_ == State::after_quote && !at_end);
        bool const too_large = at - *open > max_record_bytes_;
        if (within_quotes && (at_end || too_large) && may_look_again()) return take_literally();
        if (!at_end) return at;
        if (state_ == State::field_begin) ++n_fields_;  // the file ends with a separator
        end_record(at);
        return at;
    }

    std::shared_ptr<RecordContext> context_ = std::make_shared<RecordContext>();
    std::size_t max_record_bytes_;
    bool settled_ = false;
    bool says_separator_ = false, head_quoted_ = false;
    std::size_t head_looked_ = 0;
    State state_ = State::record_begin;
    std::size_t field_ = 0;                               // where the field begins
    std::size_t literal_ = static_cast<std::size_t>(-1);  // where the field begins whose quote is text
    std::size_t n_fields_ = 0, n_filled_ = 0;             // so far; up to the last one that is not empty
    bool any_record_ = false;
    // Of the first record.
    bool quoted_text_ = false;    // in any field of the first record
    bool unquoted_text_ = false;  // that is no number
};

MappedText text_of(std::string_view record, Cell const& cell) {
    MappedText text;
    auto at = cell.begin;
    while (at < cell.end && text.n_pieces() <= max_entities) {
        auto const quote = cell.quoted ? std::min(record.find("\"\"", at), cell.end) : cell.end;
        text.append(record.substr(at, quote - at), at);
        if (quote < cell.end) text.append_resolved("\"", quote, 2);
        at = quote + 2;
    }
    return text;
}

}  // namespace

std::vector<Cell> cells_of(std::string_view record, char separator, std::size_t max_cells) {
    std::vector<Cell> cells;
    for (std::size_t at = 0; at <= record.size() && cells.size() < max_cells;) {
        Cell cell{at, at, false, false};
        if (at < record.size() && record[at] == '"') {
            auto const closing = closing_quote(record, at + 1);
            cell.quoted =
                closing != std::string_view::npos && (closing + 1 == record.size() || record[closing + 1] == separator);
            if (cell.quoted) {
                cell.begin = at + 1;
                cell.end = closing;
                at = closing + 2;
            }
        }
        if (!cell.quoted) {
            cell.end = std::min(record.find(separator, at), record.size());
            cell.stray_quote = record.substr(cell.begin, cell.end - cell.begin).find('"') != std::string_view::npos;
            at = cell.end + 1;
        }
        cells.push_back(cell);
    }
    return cells;
}

std::string value_of(std::string_view record, Cell const& cell) {
    return text_of(record, cell).text();
}

std::unique_ptr<RecordFinder> make_delimited_finder(char default_separator, std::map<std::string, std::string> columns,
                                                    std::size_t max_record_bytes) {
    return std::make_unique<DelimitedFinder>(default_separator, std::move(columns), max_record_bytes);
}

Document read_delimited(std::string_view record, RecordContext const& context) {
    RecordFields fields;
    auto const cells = cells_of(record, context.separator, context.header.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].begin == cells[i].end) continue;
        auto const use = use_of_column(context, context.header[i]);
        if (!fields.takes(use)) continue;
        fields.add(use, text_of(record, cells[i]), "column " + context.header[i]);
        if (cells[i].stray_quote && context.separator != '\t')
            fields.add_trouble("a quote in the column " + context.header[i] +
                               " is not doubled; it is read as it stands");
    }
    return fields.document();
}

}  // namespace dossier::sources
