#include "dossier/sources/records/bibtex.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "dossier/sources/records/latex_text.hpp"
#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_entry_type_bytes = 40;
constexpr std::size_t max_strings = 10'000;
constexpr std::size_t max_string_bytes = 1u << 20;    // of all @string entries together
constexpr std::size_t max_resolved_bytes = 4u << 20;  // of abbreviations in one entry
constexpr std::size_t max_pieces = 10'000;            // of one field, joined by "#"
constexpr std::size_t max_named_bytes = 60;

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// Reads what stands between the braces of an entry.
class EntryReader {
public:
    explicit EntryReader(std::string_view entry) noexcept : entry_(entry) {}

    struct Piece {
        std::size_t begin = 0, end = 0;
        bool name = false;  ///< of a @string, or a number
    };
    struct Field {
        std::string name;           ///< lower case
        std::vector<Piece> pieces;  ///< joined by "#"
    };

    [[nodiscard]] std::string type() {
        at_ = std::min(entry_.find('@'), entry_.size());
        if (at_ == entry_.size()) return problem_ = true, std::string();
        ++at_;
        skip_blank();
        auto const begin = at_;
        while (at_ < entry_.size() && is_ascii_alpha(entry_[at_]))
            ++at_;
        auto type = ascii_lower(entry_.substr(begin, at_ - begin));
        skip_blank();
        if (at_ < entry_.size()) ++at_;  // the brace
        return type;
    }

    [[nodiscard]] std::string key() {
        skip_blank();
        auto const begin = at_;
        while (at_ < entry_.size() && entry_[at_] != ',' && entry_[at_] != '=' && entry_[at_] != '}' &&
               entry_[at_] != '\n')
            ++at_;
        if (at_ < entry_.size() && entry_[at_] == '=') {  // there is no key
            at_ = begin;
            return {};
        }
        return std::string(trimmed(entry_.substr(begin, at_ - begin)));
    }

    /// @return false at the end, or where there is no field: then problem() says why
    [[nodiscard]] bool next(Field& field) {
        skip_separators();
        if (at_ + 1 >= entry_.size()) return false;  // the closing brace
        auto const begin = at_;
        while (at_ < entry_.size() && !is_blank(entry_[at_]) && entry_[at_] != '=' && entry_[at_] != ',' &&
               entry_[at_] != '{' && entry_[at_] != '}')
            ++at_;
        // Scopus writes "funding_text 1={…}".
        auto name_end = at_;
        while (at_ < entry_.size() && (is_blank(entry_[at_]) || is_ascii_digit(entry_[at_])))
            ++at_;
        if (at_ >= entry_.size() || entry_[at_] != '=' || name_end == begin) {
            if (at_ + 1 < entry_.size()) problem_ = true;
            return false;
        }
        field = {ascii_lower(entry_.substr(begin, name_end - begin)), {}};
        ++at_;
        return read_pieces(field);
    }

    [[nodiscard]] bool problem() const noexcept { return problem_; }
    [[nodiscard]] std::size_t at() const noexcept { return at_; }

private:
    bool read_pieces(Field& field) {
        for (;;) {
            skip_blank();
            if (at_ >= entry_.size()) return problem_ = true, false;
            Piece piece;
            if (entry_[at_] == '{')
                piece = braced();
            else if (entry_[at_] == '"')
                piece = quoted();
            else
                piece = named();
            if (problem_) return false;
            if (field.pieces.size() >= max_pieces) return problem_ = true, false;
            field.pieces.push_back(piece);
            skip_blank();
            if (at_ >= entry_.size() || entry_[at_] != '#') return true;
            ++at_;
        }
    }

    Piece braced() noexcept {
        auto const begin = ++at_;
        std::size_t depth = 1;
        for (; at_ < entry_.size(); ++at_) {
            if (entry_[at_] == '\\') {
                ++at_;
                continue;
            }
            if (entry_[at_] == '{') ++depth;
            if (entry_[at_] == '}' && --depth == 0) return {begin, at_++, false};
        }
        problem_ = true;
        return {};
    }

    Piece quoted() noexcept {
        auto const begin = ++at_;
        std::size_t depth = 0;
        for (; at_ < entry_.size(); ++at_) {
            if (entry_[at_] == '\\') {
                ++at_;
                continue;
            }
            if (entry_[at_] == '{') ++depth;
            if (entry_[at_] == '}' && depth > 0) --depth;
            if (entry_[at_] == '"' && depth == 0) return {begin, at_++, false};
        }
        problem_ = true;
        return {};
    }

    Piece named() noexcept {
        auto const begin = at_;
        while (at_ < entry_.size() && !is_blank(entry_[at_]) && entry_[at_] != ',' && entry_[at_] != '#' &&
               entry_[at_] != '}' && entry_[at_] != ')')
            ++at_;
        return {begin, at_, true};
    }

    void skip_blank() noexcept {
        while (at_ < entry_.size() && is_blank(entry_[at_]))
            ++at_;
    }
    void skip_separators() noexcept {
        while (at_ < entry_.size() && (is_blank(entry_[at_]) || entry_[at_] == ','))
            ++at_;
    }

    std::string_view entry_;
    std::size_t at_ = 0;
    bool problem_ = false;
};

// --- finding ---

class BibtexFinder final : public RecordFinder {
public:
    std::size_t look(std::string_view bytes, std::size_t at, bool at_end) override {
        std::size_t pos = 0;
        while (pos < bytes.size()) {
            if (!open) {
                pos = std::min(bytes.find('@', pos), bytes.size());
                if (pos == bytes.size()) break;
                auto const opening = opening_at(bytes, pos, at_end);
                if (opening == incomplete) return at + pos;
                if (opening == 0) {
                    ++pos;
                    continue;
                }
                begin_entry(bytes.substr(pos, opening), at + pos);
                pos += opening;
                continue;
            }
            pos = within(bytes, pos, at, at_end);
            if (found || waiting_) return at + pos;
        }
        if (at_end && open) take(at + bytes.size(), "is not closed: its braces do not balance");
        return at + bytes.size();
    }

    std::shared_ptr<RecordContext const> context() const override { return context_; }

private:
    static constexpr std::size_t incomplete = static_cast<std::size_t>(-1);

    /// Length of "@type{" at `pos`; 0: there is none; incomplete: more bytes are needed to tell.
    static std::size_t opening_at(std::string_view bytes, std::size_t pos, bool at_end) noexcept {
        auto at = pos + 1;
        while (at < bytes.size() && at - pos < max_entry_type_bytes &&
               (is_ascii_alpha(bytes[at]) || is_blank(bytes[at])))
            ++at;
        if (at == bytes.size() && !at_end) return incomplete;
        bool const named = at < bytes.size() && at > pos + 1 && (bytes[at] == '{' || bytes[at] == '(');
        return named ? at + 1 - pos : 0;
    }

    void begin_entry(std::string_view opening, std::size_t at) {
        open = at;
        depth_ = 1;
        closing_ = opening.back() == '{' ? '}' : ')';
        auto const type = ascii_lower(trimmed(opening.substr(1, opening.size() - 2)));
        is_record_ = type != "comment" && type != "preamble" && type != "string";
        is_string_ = type == "string";
        string_text_.assign(opening);
        at_line_begin_ = escaped_ = false;
    }

    // Goes on in the open entry.
    std::size_t within(std::string_view bytes, std::size_t pos, std::size_t at, bool at_end) {
        waiting_ = false;
        auto const begin = pos;
        for (; pos < bytes.size(); ++pos) {
            char const c = bytes[pos];
            if (escaped_) {
                escaped_ = false;
                at_line_begin_ = false;
                continue;
            }
            if (c == '@' && at_line_begin_) {
                // An entry that begins at the begin of a line ends one that was not closed.
                auto const opening = opening_at(bytes, pos, at_end);
                if (opening == incomplete) {
                    keep_string(bytes.substr(begin, pos - begin));
                    waiting_ = true;
                    return pos;
                }
                auto const last = opening == 0 ? '\0' : bytes[pos + opening - 1];
                if (last == '{') {
                    take(at + pos, "is not closed: its braces do not balance");
                    return pos;
                }
            }
            at_line_begin_ = c == '\n' || c == '\r' || (at_line_begin_ && (c == ' ' || c == '\t'));
            escaped_ = c == '\\';
            if (c == '{') ++depth_;
            bool const closes = c == '}' ? depth_ > 0 && --depth_ == 0 : c == ')' && closing_ == ')' && depth_ == 1;
            if (!closes) continue;
            keep_string(bytes.substr(begin, pos + 1 - begin));
            take(at + pos + 1, {});
            return pos + 1;
        }
        keep_string(bytes.substr(begin));
        return pos;
    }

    void keep_string(std::string_view bytes) {
        if (is_string_ && string_text_.size() + bytes.size() <= max_string_bytes) string_text_ += bytes;
    }

    void take(std::size_t end, std::string broken) {
        if (is_record_) found = FoundRecord{*open, end, std::move(broken)};
        if (is_string_ && broken.empty()) define_string();
        any_record_ = any_record_ || is_record_;
        open.reset();
    }

    // The context is handed out with the first record and does not change from then on.
    void define_string() {
        if (any_record_ || context_->strings.size() >= max_strings || strings_bytes_ > max_string_bytes) return;
        strings_bytes_ += string_text_.size();
        EntryReader reader(string_text_);
        [[maybe_unused]] auto const type = reader.type();
        EntryReader::Field field;
        if (!reader.next(field) || field.pieces.size() != 1 || field.pieces[0].name) return;
        auto const& piece = field.pieces[0];
        context_->strings.emplace(field.name, string_text_.substr(piece.begin, piece.end - piece.begin));
    }

    std::shared_ptr<RecordContext> context_ = std::make_shared<RecordContext>();
    std::size_t depth_ = 0, strings_bytes_ = 0;
    char closing_ = '}';
    bool is_record_ = false, is_string_ = false, any_record_ = false;
    bool at_line_begin_ = false, escaped_ = false, waiting_ = false;
    std::string string_text_;
};

// --- reading ---

struct NamedUse {
    std::string_view name;
    FieldUse use;
};

std::vector<NamedUse> const& bibtex_uses() {
    using enum FieldRole;
    static std::vector<NamedUse> const uses = {{"title", {title, 0}},
                                               {"abstract", {abstract, 0}},
                                               {"journal", {journal, 0}},
                                               {"journaltitle", {journal, 1}},
                                               {"booktitle", {journal, 2}},
                                               {"series", {journal, 3}},
                                               {"year", {year, 0}},
                                               {"date", {date, 0}},
                                               {"volume", {volume, 0}},
                                               {"number", {issue, 1}},
                                               {"issue", {issue, 0}},
                                               {"pages", {pages, 0}},
                                               {"doi", {doi, 0}},
                                               {"url", {url, 0}},
                                               {"pmid", {pmid, 0}},
                                               {"pmcid", {pmcid, 0}},
                                               {"language", {language, 0}},
                                               {"langid", {language, 1}},
                                               {"keywords", {keywords, 0}},
                                               {"keyword", {keywords, 0}},
                                               {"author_keywords", {keywords, 0}},
                                               {"document_type", {publication_types, 0}},
                                               {"note", {note, 0}},
                                               {"annote", {note, 1}},
                                               {"art_number", {article_number, 0}},
                                               {"eid", {article_number, 1}},
                                               {"article-number", {article_number, 2}},
                                               {"unique-id", {accession, 0}},
                                               {"funding", {funding, 0}},
                                               {"type", {publication_types, 1}},
                                               {"eprint", {none, 0}}};
    return uses;
}

std::string type_in_words(std::string_view type) {
    if (type == "article") return "Journal Article";
    if (type == "inproceedings" || type == "conference") return "Conference Paper";
    if (type == "incollection" || type == "inbook") return "Book Chapter";
    if (type == "phdthesis" || type == "mastersthesis" || type == "thesis") return "Thesis";
    if (type == "techreport" || type == "report") return "Report";
    return type == "misc" || type.empty() ? std::string() : std::string(type);
}

/// "mar", which every style defines, and "march", which some write.
bool is_month(std::string_view name) {
    static constexpr auto months =
        std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july", "august",
                                         "september", "october", "november", "december"});
    auto const lower = ascii_lower(name.substr(0, max_named_bytes));
    return lower.size() >= 3 &&
           std::any_of(months.begin(), months.end(), [&](std::string_view month) { return month.starts_with(lower); });
}

MappedText verbatim_text(std::string_view text, std::size_t origin) {
    MappedText value;
    value.append(text, origin);
    return value;
}

class EntryDocument {
public:
    EntryDocument(std::string_view record, RecordContext const& context) noexcept
        : record_(record), context_(context) {}

    Document read() {
        EntryReader reader(record_);
        auto const type = reader.type();
        [[maybe_unused]] auto const key = reader.key();
        for (EntryReader::Field field; reader.next(field);)
            take(field);
        if (reader.problem())
            fields_.add_trouble("the entry cannot be read to its end; what follows its last whole field is left out");
        add_date();
        auto document = fields_.document();
        if (document.citation.publication_types.empty())
            if (auto words = type_in_words(type); !words.empty())
                document.citation.publication_types.push_back(std::move(words));
        return document;
    }

private:
    void take(EntryReader::Field const& field) {
        if (field.name == "author") return take_authors(field);
        if (field.name == "month") month_ = plain_text(field).text();
        if (field.name == "day") day_ = plain_text(field).text();
        for (auto const& [name, use] : bibtex_uses()) {
            if (name != field.name) continue;
            if (!fields_.takes(use)) return;
            auto const origin = "field " + field.name;
            bool const verbatim =
                use.role == FieldRole::doi || use.role == FieldRole::url || use.role == FieldRole::pages;
            if (verbatim) return fields_.add(use, escaped_text(field), origin);
            if (!has_abbreviation(field)) return fields_.add(use, plain_text(field), origin);
            if (use.role == FieldRole::abstract)
                fields_.add_trouble("the abstract comes from an @string and cannot be quoted; write it in the entry");
            return fields_.add_unquotable(use, plain_text(field), origin);
        }
    }

    [[nodiscard]] std::string const* meaning_of(std::string_view name) const {
        auto const known = context_.strings.find(ascii_lower(name));
        return known == context_.strings.end() ? nullptr : &known->second;
    }

    [[nodiscard]] bool has_abbreviation(EntryReader::Field const& field) const {
        return std::any_of(field.pieces.begin(), field.pieces.end(), [&](EntryReader::Piece const& piece) {
            return piece.name && meaning_of(record_.substr(piece.begin, piece.end - piece.begin)) != nullptr;
        });
    }

    MappedText plain_text(EntryReader::Field const& field) {
        MappedText text;
        for (auto const& piece : field.pieces) {
            auto const raw = record_.substr(piece.begin, piece.end - piece.begin);
            if (!piece.name) {
                append_latex(text, raw, piece.begin);
                continue;
            }
            auto const* const known = meaning_of(raw);
            if (known == nullptr) {
                text.append(raw, piece.begin);
                if (!is_month(raw) && !raw.empty() && !is_ascii_digit(raw[0])) note_unknown(raw);
                continue;
            }
            n_resolved_bytes_ += known->size();
            if (n_resolved_bytes_ > max_resolved_bytes) {
                fields_.set_overfull();
                return text;
            }
            MappedText meaning;
            append_latex(meaning, *known, 0);
            text.append_resolved(meaning.text(), piece.begin, raw.size());
        }
        return text;
    }

    void note_unknown(std::string_view name) {
        auto const quoted = name.size() <= max_named_bytes ? '"' + std::string(name) + '"' : "a name without quotes";
        fields_.add_trouble(quoted + " is no @string that stands before the first entry, and is read as it stands");
    }

    // Addresses and page ranges are not set in type, but some exports escape their underscores.
    MappedText escaped_text(EntryReader::Field const& field) const {
        std::string value;
        for (auto const& piece : field.pieces)
            for (auto at = piece.begin; at < piece.end; ++at)
                if (record_[at] != '{' && record_[at] != '}' && record_[at] != '\\') value += record_[at];
        MappedText text;
        if (!field.pieces.empty())
            text.append_resolved(value, field.pieces.front().begin,
                                 field.pieces.back().end - field.pieces.front().begin);
        return text;
    }

    // Names are separated by "and" outside braces.
    void take_authors(EntryReader::Field const& field) {
        if (field.pieces.size() != 1 || field.pieces[0].name)
            return fields_.add({FieldRole::authors, 0}, plain_text(field), "field author");
        auto const [begin, end, named] = field.pieces[0];
        std::size_t depth = 0;
        auto name_begin = begin;
        for (auto at = begin; at < end; ++at) {
            if (record_[at] == '\\') {
                ++at;
                continue;
            }
            if (record_[at] == '{') ++depth;
            if (record_[at] == '}' && depth > 0) --depth;
            bool const separates = depth == 0 && is_blank(record_[at]) && record_.substr(at + 1, 3) == "and" &&
                                   at + 4 < end && is_blank(record_[at + 4]);
            if (!separates) continue;
            add_author(name_begin, at);
            name_begin = at + 4;
            at += 3;
        }
        add_author(name_begin, end);
    }

    void add_author(std::size_t begin, std::size_t end) {
        auto const raw = trimmed(record_.substr(begin, end - begin));
        if (raw.empty() || raw == "others" || !fields_.takes({FieldRole::author, 0})) return;
        MappedText name;
        append_latex(name, raw, static_cast<std::size_t>(raw.data() - record_.data()));
        fields_.add({FieldRole::author, 0}, std::move(name), "field author");
    }

    void add_date() {
        if (month_.empty()) return;
        // "month = 3", "month = mar", "month = {mar 4}"
        bool const number = month_.size() <= 2 && std::all_of(month_.begin(), month_.end(), is_ascii_digit);
        static constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        auto const value = number ? std::size_t{0} + static_cast<std::size_t>(std::stoi(month_)) : 0;
        auto month = number
                         ? (value >= 1 && value <= 12 ? std::string(names.substr((value - 1) * 3, 3)) : std::string())
                         : month_;
        fields_.add({FieldRole::date, 1}, verbatim_text(month + " " + day_, 0), "field month");
    }

    std::string_view record_;
    RecordContext const& context_;
    RecordFields fields_;
    std::string month_, day_;
    std::size_t n_resolved_bytes_ = 0;  // of the abbreviations
};

}  // namespace

std::unique_ptr<RecordFinder> make_bibtex_finder() {
    return std::make_unique<BibtexFinder>();
}

Document read_bibtex(std::string_view record, RecordContext const& context) {
    return EntryDocument(record, context).read();
}

}  // namespace dossier::sources
