#include "dossier/sources/records/tagged_lines.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "dossier/sources/document.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t nbib_tag_bytes = 4;
/// What is looked at of a line to say what it is.
constexpr std::size_t line_start_bytes = 16;

bool is_tag_char(char c) noexcept {
    return (c >= 'A' && c <= 'Z') || is_ascii_digit(c);
}

bool has_two_letter_tag(std::string_view line) noexcept {
    return line.size() >= 2 && line[0] >= 'A' && line[0] <= 'Z' && is_tag_char(line[1]);
}

/// "TY  - ", with two spaces as the format wants, or with one as some write. @return its length, 0: it is none
std::size_t ris_tag(std::string_view line, std::string_view separator) noexcept {
    if (!has_two_letter_tag(line)) return 0;
    auto const rest = line.substr(2);
    if (!rest.starts_with(separator)) return 0;
    auto const length = 2 + separator.size();
    if (length == line.size()) return length;
    return line[length] == ' ' || line[length] == '\t' ? length + 1 : 0;
}

std::size_t ris_tag_loose(std::string_view line) noexcept {
    auto const length = ris_tag(line, "  -");
    return length != 0 ? length : ris_tag(line, " -");
}

/// "PMID- ", "AB  - ": up to four letters, filled with spaces, a hyphen.
std::size_t nbib_tag(std::string_view line) noexcept {
    if (line.size() <= nbib_tag_bytes || line[nbib_tag_bytes] != '-' || line[0] < 'A' || line[0] > 'Z') return 0;
    bool filled = false;
    for (auto const c : line.substr(0, nbib_tag_bytes)) {
        if (c == ' ')
            filled = true;
        else if (filled || !is_tag_char(c))
            return 0;
    }
    auto const length = nbib_tag_bytes + 1;
    if (length == line.size()) return length;
    return line[length] == ' ' ? length + 1 : 0;
}

std::size_t ciw_tag(std::string_view line) noexcept {
    if (!has_two_letter_tag(line)) return 0;
    if (line.size() == 2) return 2;
    return line[2] == ' ' ? 3 : 0;
}

std::size_t tag_length(std::string_view line, TagDialect dialect, std::string_view separator) noexcept {
    switch (dialect) {
        case TagDialect::ris: return ris_tag(line, separator);
        case TagDialect::nbib: return nbib_tag(line);
        case TagDialect::ciw: return ciw_tag(line);
        case TagDialect::unknown: break;
    }
    return 0;
}

/// "PT J" and "PT B", but not "PT  - Journal Article".
bool begins_ciw(std::string_view line) noexcept {
    return line.size() >= 4 && line.starts_with("PT ") && line[3] >= 'A' && line[3] <= 'Z';
}

bool begins_ris(std::string_view line) noexcept {
    return line.starts_with("TY") && ris_tag_loose(line) != 0;
}

bool ends_ciw(std::string_view line) noexcept {
    return trimmed(line) == "ER" || trimmed(line) == "EF";
}

/// A field of a record, and not the frame around the records.
bool is_field_of_record(std::string_view line, TagDialect dialect) noexcept {
    if (dialect == TagDialect::ris)
        return ris_tag_loose(line) != 0 && !line.starts_with("ER") && !line.starts_with("EF");
    bool const frame =
        line.starts_with("FN") || line.starts_with("VR") || line.starts_with("ER") || line.starts_with("EF");
    return dialect == TagDialect::ciw && ciw_tag(line) != 0 && !frame;
}

class TaggedFinder final : public RecordFinder {
public:
    explicit TaggedFinder(TagDialect expected) noexcept : expected_(expected) {}

    std::size_t look(std::string_view bytes, std::size_t at, bool at_end) override {
        std::size_t pos = 0;
        while (pos < bytes.size()) {
            if (after_return_ && bytes[pos] == '\n') ++pos;
            after_return_ = false;
            if (within_line_) {
                auto const end = line_end_after(bytes, pos);
                if (open && end != pos) content_end_ = at + end;
                if (end == bytes.size()) return finish(at + bytes.size(), at_end);
                pos = end + 1;
                after_return_ = bytes[end] == '\r';
                within_line_ = false;
                if (!ends_) continue;
                ends_ = false;
                take(content_end_);
                return at + pos;
            }
            auto const rest = bytes.substr(pos);
            if (rest.empty()) break;
            auto const end = line_end_after(rest.substr(0, line_start_bytes), 0);
            if (end == rest.size() && end < line_start_bytes && !at_end) return at + pos;
            auto const before = open;
            auto const skipped = begin_line(rest.substr(0, end), at + pos);
            if (found) return at + pos;
            if (open && open != before) content_end_ = at + pos + skipped;
            within_line_ = true;
            if (end == 0) blank_before_ = true;
        }
        return finish(at + bytes.size(), at_end);
    }

    std::shared_ptr<RecordContext const> context() const override { return context_; }

private:
    // Says what the line is; a record that ends before it is found. @return bytes that belong to no line (a byte order mark)
    std::size_t begin_line(std::string_view line, std::size_t at) {
        std::size_t const mark = line.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
        line.remove_prefix(mark);
        settle_dialect(line);
        bool const begins = begins_record(line);
        if (begins && open) {
            take(content_end_);
            return mark;
        }
        if (begins) open = at + mark;
        if (!open && is_field_of_record(line, dialect())) {
            open = at + mark;
            broken_ = dialect() == TagDialect::ris ? "does not begin with \"TY  -\"" : "does not begin with \"PT\"";
        }
        has_pmid_ = has_pmid_ || line.starts_with("PMID-");
        ends_ = open && ends_record(line);
        if (!line.empty()) blank_before_ = false;
        return mark;
    }

    void settle_dialect(std::string_view line) {
        if (dialect_ != TagDialect::unknown) return;
        if (begins_ris(line))
            dialect_ = TagDialect::ris;
        else if (line.starts_with("PMID-"))
            dialect_ = TagDialect::nbib;
        else if (begins_ciw(line))
            dialect_ = TagDialect::ciw;
        else if (expected_ == TagDialect::nbib && nbib_tag(line) != 0)
            dialect_ = TagDialect::nbib;
    }

    [[nodiscard]] bool begins_record(std::string_view line) const noexcept {
        switch (dialect_) {
            case TagDialect::ris: return begins_ris(line);
            case TagDialect::ciw: return begins_ciw(line);
            case TagDialect::nbib:
                if (nbib_tag(line) == 0) return false;
                return !open || (has_pmid_ ? line.starts_with("PMID-") : blank_before_);
            case TagDialect::unknown: break;
        }
        return false;
    }

    [[nodiscard]] bool ends_record(std::string_view line) const noexcept {
        if (dialect() == TagDialect::ris) return line.starts_with("ER") && ris_tag_loose(line) != 0;
        return dialect() == TagDialect::ciw && ends_ciw(line);
    }

    [[nodiscard]] TagDialect dialect() const noexcept { return dialect_ == TagDialect::unknown ? expected_ : dialect_; }

    void take(std::size_t end) {
        found = FoundRecord{*open, end, std::exchange(broken_, {})};
        open.reset();
        blank_before_ = true;
    }

    std::size_t finish(std::size_t at, bool at_end) {
        if (at_end && open) take(content_end_);
        return at;
    }

    TagDialect expected_, dialect_ = TagDialect::unknown;
    std::shared_ptr<RecordContext> context_ = std::make_shared<RecordContext>();
    bool within_line_ = false, after_return_ = false, ends_ = false, blank_before_ = true, has_pmid_ = false;
    std::size_t content_end_ = 0;  // of the last line of the open record that is not empty
    std::string broken_;           // why the open record cannot be read
};

/// A line of a record, its end not included, and where it begins.
struct Line {
    std::string_view text;
    std::size_t begin = 0;
};

bool take_line(std::string_view record, std::size_t& at, Line& line) noexcept {
    if (at >= record.size()) return false;
    auto const end = line_end_after(record, at);
    line = {record.substr(at, end - at), at};
    at = end + 1;
    if (end + 1 < record.size() && record[end] == '\r' && record[end + 1] == '\n') ++at;
    return true;
}

LineText trimmed_line(Line const& line, std::size_t from) noexcept {
    auto const inner = trimmed(line.text.substr(from));
    if (inner.empty()) return {line.begin + line.text.size(), line.begin + line.text.size()};
    auto const begin = line.begin + static_cast<std::size_t>(inner.data() - line.text.data());
    return {begin, begin + inner.size()};
}

std::vector<TagUse>::const_iterator use_of(std::vector<TagUse> const& uses, std::string_view tag) noexcept {
    return std::find_if(uses.begin(), uses.end(), [&](TagUse const& use) { return use.tag == tag; });
}

}  // namespace

TagDialect dialect_of(std::string_view record) {
    if (begins_ris(record.substr(0, line_end_after(record, 0)))) return TagDialect::ris;
    if (begins_ciw(record)) return TagDialect::ciw;
    return nbib_tag(record.substr(0, line_end_after(record, 0))) != 0 ? TagDialect::nbib : TagDialect::unknown;
}

std::vector<TaggedField> fields_of(std::string_view record, TagDialect dialect, RecordFields& to) {
    std::vector<TaggedField> fields;
    std::size_t n_lines = 0;
    std::string_view const separator = record.substr(0, 8).find("  -") != std::string_view::npos ? "  -" : " -";
    Line line;
    for (std::size_t at = 0; take_line(record, at, line);) {
        auto const length = tag_length(line.text, dialect, separator);
        if (n_lines > max_entities) {
            to.set_overfull();
            break;
        }
        if (length != 0 && fields.size() >= max_record_fields) {
            to.tell_too_many();
            break;
        }
        if (length != 0)
            fields.push_back({trimmed(line.text.substr(0, dialect == TagDialect::nbib ? nbib_tag_bytes : 2)), {}});
        if (fields.empty()) continue;
        auto const text = trimmed_line(line, length);
        auto& lines = fields.back().lines;
        bool const repeated = !lines.empty() && text.empty() && lines.back().empty();
        if (repeated) continue;
        lines.push_back(text);
        ++n_lines;
    }
    return fields;
}

MappedText text_of(std::string_view record, std::vector<LineText> const& lines, bool keep_breaks) {
    MappedText text;
    std::size_t end = 0;
    for (auto const& line : lines) {
        if (text.n_pieces() > max_entities) break;
        if (line.empty() && !keep_breaks) continue;
        if (!text.empty()) text.append_resolved(keep_breaks ? "\n" : " ", end, line.begin - end);
        text.append(record.substr(line.begin, line.end - line.begin), line.begin);
        end = line.end;
    }
    return text;
}

void add_tagged_fields(std::string_view record, std::vector<TaggedField> const& fields, std::vector<TagUse> const& uses,
                       bool keep_breaks, RecordFields& to) {
    for (auto const& field : fields) {
        auto const known = use_of(uses, field.tag);
        if (known == uses.end()) continue;
        auto const origin = std::string(field.tag) + " field";
        if (!to.takes(known->use)) continue;
        if (!known->line_by_line) {
            to.add(known->use, text_of(record, field.lines, keep_breaks), origin);
            continue;
        }
        for (auto const& line : field.lines)
            to.add(known->use, text_of(record, {line}, false), origin);
    }
}

std::unique_ptr<RecordFinder> make_tagged_finder(TagDialect expected) {
    return std::make_unique<TaggedFinder>(expected);
}

}  // namespace dossier::sources
