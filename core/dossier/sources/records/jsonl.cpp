#include "dossier/sources/records/jsonl.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/records/column_names.hpp"
#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_path_bytes = 400;
constexpr std::size_t max_opening_bytes = 64;  // "{" and the white space after it

bool is_json_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class JsonFinder final : public RecordFinder {
public:
    explicit JsonFinder(std::map<std::string, std::string> columns) {
        context_->columns = std::move(columns);
        context_->trouble = mapping_trouble(*context_);
    }

    std::size_t look(std::string_view bytes, std::size_t at, bool at_end) override {
        std::size_t pos = 0;
        if (layout_ == Layout::unknown) {
            pos = settle(bytes, at_end);
            if (layout_ == Layout::unknown) return at + pos;
        }
        switch (layout_) {
            case Layout::array: return look_for_element(bytes, pos, at, at_end);
            case Layout::single: return look_for_end(bytes, pos, at, at_end);
            default: return look_for_line(bytes, pos, at, at_end);
        }
    }

    std::shared_ptr<RecordContext const> context() const override { return context_; }

private:
    enum class Layout { unknown, lines, array, single };

    // Says what the file holds by how it begins. @return how far that was used; layout_ says whether it is settled
    std::size_t settle(std::string_view bytes, bool at_end) noexcept {
        std::size_t pos = 0;
        while (pos < bytes.size() && is_json_blank(bytes[pos]))
            ++pos;
        if (pos == bytes.size()) return pos;
        if (bytes[pos] == '[') {
            layout_ = Layout::array;
            return pos + 1;
        }
        auto const opening = bytes.substr(pos, max_opening_bytes);
        auto const next = std::min(opening.find_first_not_of(" \t\r", 1), opening.size());
        bool const needs_more = bytes[pos] == '{' && next == opening.size() && next < max_opening_bytes && !at_end;
        if (needs_more) return pos;
        bool const alone = bytes[pos] == '{' && next < opening.size() && opening[next] == '\n';
        layout_ = alone ? Layout::single : Layout::lines;
        return pos;
    }

    // An element of the array ends before a comma or the bracket that closes the array; what it is, its reader says. What follows the
    // array is read line by line.
    std::size_t look_for_element(std::string_view bytes, std::size_t pos, std::size_t at, bool at_end) {
        for (; pos < bytes.size(); ++pos) {
            char const c = bytes[pos];
            if (is_json_blank(c) && !in_string_) continue;
            bool const ends = !in_string_ && depth_ == 0 && (c == ',' || c == ']');
            if (ends) {
                if (c == ']') layout_ = Layout::lines;
                if (open) return take(at + pos + 1);
                if (c == ']') return look_for_line(bytes, pos + 1, at, at_end);
                continue;
            }
            if (!open) open = at + pos;
            text_end_ = at + pos + 1;
            step_within(c);
        }
        if (at_end && open) return take(at + bytes.size());
        return at + bytes.size();
    }

    void step_within(char c) noexcept {
        if (in_string_) {
            bool const ends = c == '"' && !escaped_;
            escaped_ = c == '\\' && !escaped_;
            in_string_ = !ends;
            return;
        }
        in_string_ = c == '"';
        if (c == '{' || c == '[') ++depth_;
        if ((c == '}' || c == ']') && depth_ > 0) --depth_;
    }

    // All that the file holds is one record.
    std::size_t look_for_end(std::string_view bytes, std::size_t pos, std::size_t at, bool at_end) {
        for (; pos < bytes.size(); ++pos) {
            if (is_json_blank(bytes[pos])) continue;
            if (!open) open = at + pos;
            text_end_ = at + pos + 1;
        }
        if (at_end && open) return take(at + bytes.size());
        return at + bytes.size();
    }

    std::size_t look_for_line(std::string_view bytes, std::size_t pos, std::size_t at, bool at_end) {
        while (pos < bytes.size()) {
            auto const end = std::min(bytes.find('\n', pos), bytes.size());
            auto const text = trimmed_line(bytes.substr(pos, end - pos));
            if (!text.empty()) {
                auto const begin = at + static_cast<std::size_t>(text.data() - bytes.data());
                if (!open) open = begin;
                text_end_ = begin + text.size();
            }
            if (end == bytes.size()) break;
            pos = end + 1;
            if (open) return take(at + pos);
        }
        if (at_end && open) return take(at + bytes.size());
        return at + bytes.size();
    }

    static std::string_view trimmed_line(std::string_view line) noexcept {
        auto const is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
        while (!line.empty() && is_blank(line.front()))
            line.remove_prefix(1);
        while (!line.empty() && is_blank(line.back()))
            line.remove_suffix(1);
        return line;
    }

    std::size_t take(std::size_t at) {
        found = FoundRecord{*open, text_end_, {}};
        open.reset();
        depth_ = 0;
        in_string_ = escaped_ = false;
        return at;
    }

    std::shared_ptr<RecordContext> context_ = std::make_shared<RecordContext>();
    Layout layout_ = Layout::unknown;
    std::size_t text_end_ = 0;
    std::size_t depth_ = 0;  // within the element of the array
    bool in_string_ = false, escaped_ = false;
};

/// Walks through one JSON text and hands out its strings and numbers with their paths. Holds the way to where it is, no more.
class JsonWalker {
public:
    explicit JsonWalker(std::string_view text) noexcept : text_(text) {}

    struct Leaf {
        std::string_view path;
        std::size_t begin = 0, end = 0;  ///< without quotes
        bool is_string = false;
        bool in_array = false;
    };

    /// @param take  called for each leaf but null, true and false
    /// @return why the text is no JSON object; empty: it is one
    template <typename Take>
    std::string walk(Take take) {
        skip_blank();
        if (!is_at('{')) return "is not a JSON object";
        if (!push('{')) return problem_;
        while (problem_.empty() && !levels_.empty())
            step(take);
        skip_blank();
        if (problem_.empty() && at_ < text_.size()) fail("something follows the object");
        return problem_;
    }

private:
    struct Level {
        bool is_array = false;
        bool any = false;            // a value was read
        std::size_t path_bytes = 0;  // of the path above
    };

    template <typename Take>
    void step(Take& take) {
        skip_blank();
        auto& level = levels_.back();
        char const closing = level.is_array ? ']' : '}';
        if (is_at(closing)) {
            ++at_;
            path_.resize(level.path_bytes);
            levels_.pop_back();
            if (!levels_.empty()) leave_member();
            return;
        }
        if (level.any && !expect(',')) return;
        level.any = true;
        skip_blank();
        if (!level.is_array && !enter_member()) return;
        value(take);
    }

    bool enter_member() {
        std::size_t begin = 0, end = 0;
        if (!is_at('"')) return fail("a member has no name in quotes");
        if (!string(begin, end)) return false;
        skip_blank();
        if (!expect(':')) return false;
        skip_blank();
        member_bytes_.push_back(path_.size());
        if (path_.size() + (end - begin) < max_path_bytes) {
            if (!path_.empty()) path_ += '.';
            path_ += text_.substr(begin, end - begin);
        }
        return true;
    }

    // Of an object, the path ends with the member that was read.
    void leave_member() {
        if (levels_.back().is_array || member_bytes_.empty()) return;
        path_.resize(member_bytes_.back());
        member_bytes_.pop_back();
    }

    template <typename Take>
    void value(Take& take) {
        if (at_ >= text_.size()) {
            fail("it ends within the object");
            return;
        }
        char const c = text_[at_];
        if (c == '{' || c == '[') {
            push(c);
            return;
        }
        std::size_t begin = at_, end = at_;
        bool const is_string = c == '"';
        bool const read = is_string ? string(begin, end) : word(begin, end);
        if (!read) return;
        bool const number = !is_string && (c == '-' || is_ascii_digit(c));
        if (is_string || number) take(Leaf{path_, begin, end, is_string, levels_.back().is_array});
        leave_member();
    }

    bool push(char opening) {
        if (levels_.size() >= max_depth)
            return fail("it is nested deeper than " + std::to_string(max_depth) + " levels");
        levels_.push_back({opening == '[', false, path_.size()});
        ++at_;
        return true;
    }

    bool string(std::size_t& begin, std::size_t& end) {
        begin = ++at_;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\') {
                ++at_;
                continue;
            }
            if (text_[at_] != '"') continue;
            end = at_++;
            return true;
        }
        return fail("a string is not closed");
    }

    bool word(std::size_t& begin, std::size_t& end) {
        begin = at_;
        while (at_ < text_.size() && (is_ascii_alpha(text_[at_]) || is_ascii_digit(text_[at_]) || text_[at_] == '-' ||
                                      text_[at_] == '+' || text_[at_] == '.'))
            ++at_;
        end = at_;
        auto const text = text_.substr(begin, end - begin);
        bool const number = !text.empty() && (text[0] == '-' || is_ascii_digit(text[0]));
        // Programs that write no proper JSON for gaps in numbers.
        bool const known = text == "null" || text == "true" || text == "false" || text == "NaN";
        return number || known || fail("a value is none that JSON knows");
    }

    bool expect(char wanted) {
        skip_blank();
        if (!is_at(wanted))
            return fail(at_ < text_.size() ? std::string("\"") + wanted + "\" is missing"
                                           : "it ends within the object");
        ++at_;
        return true;
    }

    bool fail(std::string reason) {
        if (problem_.empty())
            problem_ = "is not a JSON object: " + std::move(reason) + ", at byte " +
                       std::to_string(std::min(at_, text_.size()) + 1);
        return false;
    }

    [[nodiscard]] bool is_at(char c) const noexcept { return at_ < text_.size() && text_[at_] == c; }
    void skip_blank() noexcept {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Level> levels_;
    std::vector<std::size_t> member_bytes_;  // of the path before each open member
    std::string path_, problem_;
};

// --- strings ---

/// Four hexadecimal digits; nothing: there are none.
std::optional<char32_t> hex4(std::string_view text) noexcept {
    if (text.size() < 4) return std::nullopt;
    char32_t value = 0;
    for (char const c : text.substr(0, 4)) {
        char const lower = ascii_lower(c);
        int const digit = is_ascii_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        value = value * 16 + static_cast<char32_t>(digit);
    }
    return value;
}

struct Escape {
    std::string text;
    std::size_t length = 2;
};

Escape unicode_escape(std::string_view text) {
    auto const first = hex4(text.substr(std::min<std::size_t>(2, text.size())));
    if (!first) return {"\uFFFD", std::min<std::size_t>(2, text.size())};
    std::string out;
    bool const leads = *first >= 0xD800 && *first < 0xDC00;
    if (leads && text.substr(6, 2) == "\\u") {
        auto const second = hex4(text.substr(8));
        if (second && *second >= 0xDC00 && *second < 0xE000) {
            append_utf8(out, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
            return {out, 12};
        }
    }
    append_utf8(out, *first >= 0xD800 && *first < 0xE000 ? char32_t{0xFFFD} : *first);
    return {out, 6};
}

/// @pre text begins with a backslash
Escape escape_at(std::string_view text) {
    if (text.size() < 2) return {"\\", 1};
    switch (text[1]) {
        case 'n': return {"\n"};
        case 'r': return {"\r"};
        case 't': return {"\t"};
        case 'b':
        case 'f': return {" "};
        case 'u': return unicode_escape(text);
        default: return {std::string(text.substr(1, 1))};
    }
}

MappedText unescaped(std::string_view record, std::size_t begin, std::size_t end) {
    MappedText text;
    auto const whole = record.substr(0, end);
    for (auto at = begin; at < end && text.n_pieces() <= max_entities;) {
        auto const backslash = std::min(whole.find('\\', at), end);
        text.append(whole.substr(at, backslash - at), at);
        at = backslash;
        if (at == end) break;
        auto const escape = escape_at(whole.substr(at));
        text.append_resolved(escape.text, at, escape.length);
        at += escape.length;
    }
    return text;
}

/// Items of a list come one by one.
FieldUse use_of_leaf(FieldUse use, bool in_array, std::string_view path) {
    bool const each = in_array || path.find('.') != std::string_view::npos;
    if (each && use.role == FieldRole::authors) use.role = FieldRole::author;
    if (each && use.role == FieldRole::keywords) use.role = FieldRole::keyword;
    if (each && use.role == FieldRole::publication_types) use.role = FieldRole::publication_type;
    return use;
}

}  // namespace

std::unique_ptr<RecordFinder> make_jsonl_finder(std::map<std::string, std::string> columns) {
    return std::make_unique<JsonFinder>(std::move(columns));
}

Document read_json_record(std::string_view record, RecordContext const& context) {
    RecordFields fields;
    std::string path;
    auto column = use_of_column(context, path);
    auto problem = JsonWalker(record).walk([&](JsonWalker::Leaf const& leaf) {
        if (leaf.path != path) {
            path = leaf.path;
            column = use_of_column(context, path);
        }
        auto const use = use_of_leaf(column, leaf.in_array, leaf.path);
        if (!fields.takes(use)) return;
        fields.add(use, unescaped(record, leaf.begin, leaf.end), "member " + std::string(leaf.path));
    });
    if (!problem.empty()) {
        Document document;
        document.broken = std::move(problem);
        return document;
    }
    return fields.document();
}

}  // namespace dossier::sources
