#include "dossier/job/labelled_file.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/job/evaluation.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/plugin/utf8.hpp"
#include "dossier/sources/records/delimited.hpp"

namespace dossier {

namespace {

using Fields = std::vector<std::string>;

/// A row of the file, and where each of its fields stands.
struct Row {
    Fields fields;
    std::vector<Place> places;
    Place place;            ///< of the row
    std::string_view line;  ///< as it stands in the file
    std::string broken;     ///< why it has no fields, one clause; empty: it has
};

/// The table, row after row; the first is the line of names.
class RowReader {
public:
    virtual ~RowReader() = default;
    [[nodiscard]] virtual bool next(Row& row) = 0;
};

class TabbedRows final : public RowReader {
public:
    TabbedRows(std::string_view bytes, std::string file) : rest_(bytes), file_(std::move(file)) {}

    bool next(Row& row) override {
        std::string_view line;
        do {
            if (rest_.empty()) return false;
            line = rest_.substr(0, rest_.find('\n'));
            rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
            ++line_number_;
            if (line.ends_with('\r')) line.remove_suffix(1);
        } while (line.empty());
        row = {{}, {}, {file_, line_number_, 1, 0}, line, {}};
        if (line.size() > max_labelled_row_bytes)
            row.broken = "the row is longer than the limit of 4 MiB";
        else
            split(line, row);
        return true;
    }

private:
    void split(std::string_view line, Row& row) const {
        std::size_t column = 1;
        for (std::size_t begin = 0; begin <= line.size() && row.fields.size() <= sources::max_columns;) {
            auto const field = line.substr(begin, line.find('\t', begin) - begin);
            auto const length = count_code_points(field);
            row.fields.emplace_back(field);
            row.places.push_back({file_, line_number_, column, length});
            column += length + 1;
            begin += field.size() + 1;
        }
    }

    std::string_view rest_;
    std::string file_;
    std::size_t line_number_ = 0;
};

class CsvRows final : public RowReader {
public:
    CsvRows(std::string_view bytes, std::string file)
        : stream_(bytes),
          file_(std::move(file)),
          splitter_(sources::make_record_splitter(sources::Format::csv, stream_, {}, max_labelled_row_bytes)) {}

    bool next(Row& row) override {
        if (at_names_) {
            at_names_ = false;
            has_next_ = splitter_->next(next_);
            return names(row);
        }
        if (!has_next_) return false;
        slice_ = std::exchange(next_, {});
        has_next_ = splitter_->next(next_);
        std::string_view const record = slice_.bytes;
        row = {{}, {}, {file_, slice_.line, 1, 0}, record.substr(0, record.find('\n')), slice_.broken};
        if (!row.broken.empty()) return true;
        for (auto const& cell : sources::cells_of(record, splitter_->context()->separator)) {
            row.fields.push_back(sources::value_of(record, cell));
            row.places.push_back({file_, slice_.line, count_code_points(record.substr(0, cell.begin)) + 1,
                                  count_code_points(row.fields.back())});
        }
        return true;
    }

private:
    bool names(Row& row) const {
        row = {splitter_->context()->header, {}, {file_, 1, 1, 0}, {}, {}};
        row.places.assign(row.fields.size(), row.place);
        return !row.fields.empty();
    }

    sources::MemoryStream stream_;
    std::string file_;
    std::unique_ptr<sources::RecordSplitter> splitter_;
    sources::RecordSlice slice_, next_;
    bool at_names_ = true, has_next_ = false;
};

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 60;
    return "\"" + printable(text, longest) + (text.size() > longest ? "…" : "") + "\"";
}

/// A labelled file being read: its columns by name, and what is wrong with its rows.
class LabelledTable {
public:
    LabelledTable(std::string path, Diagnostics& diagnostics) : path_(std::move(path)), diagnostics_(diagnostics) {}

    /// @return false when the file cannot be read or has no line of names
    bool open() {
        auto read = read_file(path_, max_labelled_file_bytes);
        if (read.problem != ReadProblem::none) return refuse(words_for(read.problem));
        bytes_ = std::move(read.bytes);
        std::string_view text = bytes_;
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        if (path_.ends_with(".csv"))
            rows_ = std::make_unique<CsvRows>(text, path_);
        else
            rows_ = std::make_unique<TabbedRows>(text, path_);
        if (!rows_->next(names_) || !names_.broken.empty())
            return refuse("is empty: a first line that names the columns is missing");
        return true;
    }

    /// The column of this name. One that is needed and missing is an error (DOS0241), as is one that is there twice.
    std::optional<std::size_t> column(std::string const& name, bool needed) {
        auto const& names = names_.fields;
        auto const found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            if (needed) tell_missing(name);
            return std::nullopt;
        }
        auto const at = static_cast<std::size_t>(found - names.begin());
        if (auto const again = std::find(found + 1, names.end(), name); again != names.end()) {
            diagnostics_.add({Severity::error,
                              "DOS0241",
                              names_.places[static_cast<std::size_t>(again - names.begin())],
                              "there are two columns \"" + name + "\"",
                              std::string(names_.line),
                              {}});
            complete_ = false;
        }
        return at;
    }

    /// Every column that was needed is there once.
    [[nodiscard]] bool is_complete() const noexcept { return complete_; }

    /// Calls `take` with every row that has as many fields as there are names; it answers whether the row is kept.
    /// @return the rows that were left out; nullopt (DOS0240): there was none at all
    std::optional<std::size_t> for_each_row(std::function<bool(Row const&)> const& take) {
        std::size_t n = 0, n_left_out = 0;
        for (Row row; rows_->next(row); ++n)
            if (!is_sound(row) || !take(row)) ++n_left_out;
        bounded_.tell_the_rest(diagnostics_);
        if (n > 0) return n_left_out;
        refuse("has no rows below the names of its columns");
        return std::nullopt;
    }

    /// A warning about a row, which is left out.
    void warn(std::string code, Row const& row, Place const& place, std::string message,
              std::vector<std::string> notes = {}) {
        notes.emplace_back("the row is left out");
        Diagnostics one;
        one.add(
            {Severity::warning, std::move(code), place, std::move(message), std::string(row.line), std::move(notes)});
        bounded_.add(one, path_, diagnostics_);
    }

private:
    bool refuse(std::string const& problem) {
        diagnostics_.add({Severity::error, "DOS0240", {path_}, problem, {}, {}});
        return false;
    }

    void tell_missing(std::string const& name) {
        Diagnostic diagnostic{Severity::error,          "DOS0241", names_.place, "no column is called \"" + name + "\"",
                              std::string(names_.line), {}};
        if (auto const guess = nearest(name, names_.fields); !guess.empty())
            diagnostic.message += "; is it " + in_quotes(guess) + "?";
        std::string there = "columns found:";
        constexpr std::size_t most_shown = 12;
        for (std::size_t i = 0; i < names_.fields.size() && i < most_shown; ++i)
            there += (i == 0 ? " " : ", ") + printable(names_.fields[i], 40);
        diagnostic.notes.push_back(there + (names_.fields.size() > most_shown ? ", …" : ""));
        if (names_.fields.size() == 1)
            diagnostic.notes.push_back("fields are parted by TABs; a file of commas is called .csv");
        diagnostics_.add(std::move(diagnostic));
        complete_ = false;
    }

    bool is_sound(Row const& row) {
        auto const n = row.fields.size(), n_names = names_.fields.size();
        std::string problem = row.broken;
        if (problem.empty() && n != n_names)
            problem = "the row has " + counted(n, "field") + ", and the file " + std::to_string(n_names) + " columns";
        if (problem.empty() && !std::all_of(row.fields.begin(), row.fields.end(), is_utf8))
            problem = "the row is not UTF-8";
        if (problem.empty()) return true;
        warn("DOS0242", row, row.place, problem);
        return false;
    }

    std::string path_;
    Diagnostics& diagnostics_;
    BoundedMessages bounded_;
    std::string bytes_;
    std::unique_ptr<RowReader> rows_;
    Row names_;
    bool complete_ = true;
};

/// One field of a row.
struct Field {
    LabelledTable& table;
    Row const& row;
    std::size_t column;

    [[nodiscard]] std::string const& text() const { return row.fields[column]; }
    void warn(std::string code, std::string message, std::vector<std::string> notes = {}) const {
        table.warn(std::move(code), row, row.places[column], std::move(message), std::move(notes));
    }
};

/// " Supports" is "supports".
std::string plain_label(std::string_view word) {
    constexpr std::string_view space = " \t";
    auto const first = std::min(word.find_first_not_of(space), word.size());
    std::string plain(word.substr(first, word.find_last_not_of(space) + 1 - first));
    for (auto& c : plain)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return plain;
}

/// A label, whatever the case of its letters; a word that is none costs the row (DOS0243).
std::optional<Stance> label_of(Field const& field, std::string_view word, bool of_an_article) {
    auto const stance = stance_named(plain_label(word));
    if (stance && (of_an_article || *stance != Stance::not_assessable)) return stance;
    std::vector<std::string> const names{"supports", "refutes", "mixed", "neutral", "silent"};
    auto const guess = nearest(word, names);
    field.warn("DOS0243",
               in_quotes(word) + " is no label" + (guess.empty() ? "" : "; did you mean " + in_quotes(guess) + "?"),
               {std::string("labels: supports, refutes, mixed, neutral, silent") +
                (of_an_article ? ", not_assessable; several joined by |" : "")});
    return std::nullopt;
}

/// False, and a message, where a text that a row needs is missing or too long.
bool has_text(Field const& field, char const* name, std::size_t most) {
    auto const& text = field.text();
    if (text.find_first_not_of(" \t\n") == std::string::npos)
        field.warn("DOS0242", std::string("the row has no ") + name);
    else if (text.size() > most)
        field.warn("DOS0242", std::string("the ") + name + " is longer than " + std::to_string(most) + " bytes");
    else
        return true;
    return false;
}

std::optional<std::vector<Stance>> accepted_in(Field const& field) {
    std::vector<Stance> accepted;
    std::string_view const words = field.text();
    for (std::size_t begin = 0; begin <= words.size();) {
        auto const word = words.substr(begin, words.find('|', begin) - begin);
        auto const stance = label_of(field, word, true);
        if (!stance) return std::nullopt;
        accepted.push_back(*stance);
        begin += word.size() + 1;
    }
    return accepted;
}

std::set<Stance> in_order(std::vector<Stance> const& stances) {
    return {stances.begin(), stances.end()};
}

}  // namespace

std::optional<LabelledPairs> read_pairs(std::string const& path, Diagnostics& diagnostics) {
    LabelledTable table(path, diagnostics);
    if (!table.open()) return std::nullopt;
    auto const claim = table.column("claim", true), text = table.column("evidence_text", true);
    auto const id = table.column("id", false), label = table.column("label", false);
    if (!table.is_complete()) return std::nullopt;
    LabelledPairs pairs;
    pairs.has_labels = label.has_value();
    auto const take = [&](Row const& row) {
        LabelledPair pair{
            id ? row.fields[*id] : std::to_string(row.place.line), row.fields[*claim], row.fields[*text], {}};
        if (!has_text({table, row, *claim}, "claim", max_labelled_claim_bytes) ||
            !has_text({table, row, *text}, "evidence_text", max_labelled_row_bytes))
            return false;
        if (label) pair.label = label_of({table, row, *label}, row.fields[*label], false);
        if (label && !pair.label) return false;
        pairs.rows.push_back(std::move(pair));
        return true;
    };
    auto const n_left_out = table.for_each_row(take);
    if (!n_left_out) return std::nullopt;
    pairs.n_left_out = *n_left_out;
    return pairs;
}

std::optional<GoldStances> read_gold(std::string const& path, Diagnostics& diagnostics) {
    LabelledTable table(path, diagnostics);
    if (!table.open()) return std::nullopt;
    auto const claim = table.column("claim", true), article = table.column("article", true);
    auto const stances = table.column("accepted_stances", true);
    if (!table.is_complete()) return std::nullopt;
    GoldStances gold;
    std::map<std::pair<std::string, std::string>, std::size_t> known;  // places in `gold`, by claim and article
    auto const take = [&](Row const& row) {
        auto accepted = accepted_in({table, row, *stances});
        if (!accepted) return false;
        auto const [first, is_new] = known.try_emplace({row.fields[*claim], row.fields[*article]}, gold.rows.size());
        if (!is_new) {
            auto const& before = gold.rows[first->second];
            bool const agrees = in_order(before.accepted) == in_order(*accepted);
            Field{table, row, *stances}.warn("DOS0246", "line " + std::to_string(before.claim_place.line) +
                                                            " labels this claim and article " +
                                                            (agrees ? "already" : "otherwise"));
            return false;
        }
        gold.rows.push_back(
            {row.fields[*claim], row.fields[*article], std::move(*accepted), row.places[*claim], row.places[*article]});
        return true;
    };
    auto const n_left_out = table.for_each_row(take);
    if (!n_left_out) return std::nullopt;
    gold.n_left_out = *n_left_out;
    return gold;
}

}  // namespace dossier
