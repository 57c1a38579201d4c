#include "dossier/claims/config_document.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/near_path.hpp"
#include "dossier/model/file_bytes.hpp"

namespace dossier {
namespace {

/// What of TOML matters to how deep it nests: brackets and dots outside texts and comments.
class DepthScan {
public:
    explicit DepthScan(std::string_view text) : text_(text) {}

    /// Byte offset of the first bracket or dot that is too deep.
    [[nodiscard]] std::optional<std::size_t> too_deep() {
        for (; at_ < text_.size(); ++at_) {
            switch (text_[at_]) {
                case '#': at_ = std::min(text_.find('\n', at_), text_.size()); [[fallthrough]];
                case '\n':
                case '=':
                case ',': dots_ = 0; break;
                case '"':
                case '\'': skip_text(); break;
                case '[':
                case '{':
                    dots_ = 0;
                    ++brackets_;
                    break;
                case ']':
                case '}': brackets_ -= brackets_ > 0 ? 1 : 0; break;
                case '.': ++dots_; break;
                default: break;
            }
            if (brackets_ > deepest_config || dots_ >= longest_dotted_key) return at_;
        }
        return std::nullopt;
    }

private:
    /// Moves to the last character of the text that begins here; an open one-line text ends with its line.
    void skip_text() {
        auto const quote = text_[at_];
        bool const many_lines = text_.substr(at_, 3) == std::string(3, quote);
        auto const close = many_lines ? std::string(3, quote) : std::string(1, quote);
        at_ += close.size();
        for (; at_ < text_.size() && !text_.substr(at_).starts_with(close); ++at_) {
            if (!many_lines && text_[at_] == '\n') return;
            if (quote == '"' && text_[at_] == '\\') ++at_;
        }
        at_ += close.size() - 1;
    }

    std::string_view text_;
    std::size_t at_ = 0, brackets_ = 0, dots_ = 0;
};

std::string two_digits(unsigned value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string iso_date(toml::date const& date) {
    auto year = std::to_string(date.year);
    year.insert(0, 4 - std::min<std::size_t>(4, year.size()), '0');
    return year + "-" + two_digits(date.month) + "-" + two_digits(date.day);
}

/// toml++ values to ours. Its tables are sorted by key, ours by place.
class Converter {
public:
    explicit Converter(ConfigDocument const& document) : document_(document) {}

    [[nodiscard]] ConfigNode node_of(toml::node const& node) const {
        ConfigNode result;
        result.place = place_of(node.source());
        node.visit([&](auto const& value) { fill(result, value); });
        return result;
    }

    [[nodiscard]] Place place_of(toml::source_region const& region) const {
        Place place{document_.shown, region.begin.line, region.begin.column, 1};
        if (region.end.line == region.begin.line && region.end.column > region.begin.column)
            place.length = region.end.column - region.begin.column;
        if (region.end.line > region.begin.line) {
            auto const width = count_code_points(document_.line(place.line));
            if (width >= place.column) place.length = width - place.column + 1;
        }
        return place;
    }

private:
    using Kind = ConfigNode::Kind;

    static void fill(ConfigNode& node, toml::value<std::string> const& value) {
        node.kind = Kind::text;
        node.text = value.get();
    }
    static void fill(ConfigNode& node, toml::value<std::int64_t> const& value) {
        node.kind = Kind::integer;
        node.integer = value.get();
        node.real = static_cast<double>(value.get());
    }
    static void fill(ConfigNode& node, toml::value<double> const& value) {
        node.kind = Kind::real;
        node.real = value.get();
    }
    static void fill(ConfigNode& node, toml::value<bool> const& value) {
        node.kind = Kind::boolean;
        node.boolean = value.get();
    }
    static void fill(ConfigNode& node, toml::value<toml::date> const& value) {
        node.kind = Kind::date;
        node.text = iso_date(value.get());
    }
    static void fill(ConfigNode& node, toml::value<toml::time> const&) { node.kind = Kind::time; }
    static void fill(ConfigNode& node, toml::value<toml::date_time> const&) { node.kind = Kind::date_time; }
    void fill(ConfigNode& node, toml::array const& array) const {
        node.kind = Kind::list;
        for (auto const& item : array)
            node.items.push_back(node_of(item));
    }
    void fill(ConfigNode& node, toml::table const& table) const {
        node.kind = Kind::table;
        for (auto const& [key, value] : table)
            node.entries.push_back({std::string(key.str()), place_of(key.source()), node_of(value)});
        std::stable_sort(node.entries.begin(), node.entries.end(), [](auto const& a, auto const& b) {
            return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
        });
    }

    ConfigDocument const& document_;
};

/// What toml++ says, in words for people: its head "Error while parsing …: " goes.
std::string reason_of(std::string_view description) {
    if (description.starts_with("Error while parsing "))
        description.remove_prefix(std::min(description.find(": ") + 2, description.size()));
    std::string reason(description);
    if (!reason.empty() && reason.starts_with("Encountered")) reason[0] = 'e';
    return reason;
}

struct SyntaxHint {
    std::string_view in_description;  ///< of toml++
    std::string_view note;
};

constexpr std::array<SyntaxHint, 7> syntax_hints{{
    {"unknown escape sequence", R"(write \\ for a backslash, or put the text in 'single quotes')"},
    {"cannot redefine existing table", "a table that may stand several times is written in double brackets, each time"},
    {"cannot redefine existing array", "write every one of these tables in double brackets"},
    {"cannot redefine existing", "a key may be given once in its table"},
    {"into existing inline table", "a table in { } is whole: give all its keys there, or in lines below [its.name]"},
    {"leading zeroes are prohibited", R"(write the number without zeros in front, or a text in quotes)"},
    {"invalid utf-8", "save the file as UTF-8, which editors offer as its encoding"},
}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True where a value begins with a bare word: title = Coffee.
bool has_bare_word(std::string_view line) {
    auto const equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    auto const begin = line.find_first_not_of(" \t[", equals + 1);
    if (begin == std::string_view::npos || !is_letter(line[begin])) return false;
    auto const word = line.substr(begin, line.find_first_of(" \t,]#\r", begin) - begin);
    return word != "true" && word != "false" && word != "inf" && word != "nan";
}

/// "output" where the line is [output] or [[output]]; else empty.
std::string_view table_in_brackets(std::string_view line) {
    auto const begin = line.find_first_not_of(" \t[");
    if (begin == 0 || begin == std::string_view::npos || line.find('[') >= begin) return {};
    auto const end = line.find(']', begin);
    return end == std::string_view::npos ? std::string_view() : line.substr(begin, end - begin);
}

Diagnostic syntax_error(ConfigDocument const& document, ConfigCodes const& codes, toml::parse_error const& error) {
    auto const description = error.description();
    auto place = Converter(document).place_of(error.source());
    auto const line = document.line(place.line);
    auto const line_end = count_code_points(line) + 1;
    bool const at_line_end = place.column >= line_end;
    place.column = std::min(place.column, line_end);  // the end of the file is told beyond the last line break
    if (at_line_end && description.find("unescaped control characters") != std::string_view::npos)
        return document.error(codes.not_toml, place, "not valid TOML: the closing quotation mark is missing");
    auto diagnostic = document.error(codes.not_toml, place, "not valid TOML: " + reason_of(description));
    auto const hint = std::find_if(syntax_hints.begin(), syntax_hints.end(), [&](SyntaxHint const& known) {
        return description.find(known.in_description) != std::string_view::npos;
    });
    if (hint != syntax_hints.end()) {
        auto const table = table_in_brackets(line);
        bool const is_of_tables = hint->note.find("double brackets") != std::string_view::npos;
        diagnostic.notes.push_back(std::string(hint->note) +
                                   (is_of_tables && !table.empty() ? ": [[" + std::string(table) + "]]" : ""));
    } else if (line.find("“") != std::string_view::npos || line.find("”") != std::string_view::npos) {
        diagnostic.notes.emplace_back("write straight quotation marks: \" and not “ or ”");
    } else if (has_bare_word(line)) {
        diagnostic.notes.emplace_back("a text stands in quotation marks");
    }
    return diagnostic;
}

char const* reason_for(ReadProblem problem) {
    switch (problem) {
        case ReadProblem::folder: return "it is a folder, not a file";
        case ReadProblem::not_a_file: return "it is not a regular file";
        case ReadProblem::too_large: return "it is larger than 1 MiB";
        default: return words_for(problem);
    }
}

std::vector<std::size_t> line_begins_of(std::string_view bytes) {
    std::vector<std::size_t> begins{bytes.starts_with("\xEF\xBB\xBF") ? std::size_t{3} : 0};
    for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1))
        begins.push_back(at + 1);
    return begins;
}

Place place_at(ConfigDocument const& document, std::size_t offset) {
    auto const before = std::string_view(document.bytes).substr(0, offset);
    auto const line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    auto const line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    return {document.shown, line, count_code_points(before.substr(line_begin)) + 1, 1};
}

}  // namespace

ConfigEntry const* ConfigNode::find(std::string_view key) const noexcept {
    auto const found = std::find_if(entries.begin(), entries.end(), [&](auto const& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

std::string_view words_for(ConfigNode::Kind kind) noexcept {
    switch (kind) {
        case ConfigNode::Kind::text: return "a text";
        case ConfigNode::Kind::integer: return "a whole number";
        case ConfigNode::Kind::real: return "a number";
        case ConfigNode::Kind::boolean: return "true or false";
        case ConfigNode::Kind::date: return "a date";
        case ConfigNode::Kind::time: return "a time of day";
        case ConfigNode::Kind::date_time: return "a date with a time";
        case ConfigNode::Kind::list: return "a list";
        case ConfigNode::Kind::table: return "a table";
    }
    return "a value";
}

std::string_view ConfigDocument::line(std::size_t number) const noexcept {
    if (number == 0 || number > line_begins.size()) return {};
    auto text = std::string_view(bytes).substr(line_begins[number - 1]);
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

std::string ConfigDocument::line_to_show(std::size_t number) const {
    constexpr std::size_t most_bytes = 4u << 20;
    auto const text = line(number);
    if (shown_bytes + text.size() > most_bytes) return {};
    shown_bytes += text.size();
    return std::string(text);
}

Diagnostic ConfigDocument::error(std::string_view code, Place const& place, std::string message) const {
    return {Severity::error, std::string(code), place, std::move(message), line_to_show(place.line), {}};
}

Place ConfigDocument::place_inside(ConfigNode const& text, std::size_t offset, std::size_t length) const {
    auto const source = line(text.place.line);
    std::size_t begin = 0;
    for (std::size_t column = 1; column < text.place.column && begin < source.size(); ++column)
        begin += display_unit(source, begin).bytes;
    auto const written = source.substr(std::min(begin + 1, source.size()));  // past the quotation mark
    bool const as_is =
        !text.text.empty() && written.starts_with(text.text) && text.place.length == count_code_points(text.text) + 2;
    if (!as_is) return text.place;
    auto place = text.place;
    offset = std::min(offset, text.text.size());
    place.column += 1 + count_code_points(std::string_view(text.text).substr(0, offset));
    place.length = std::max<std::size_t>(1, count_code_points(std::string_view(text.text).substr(offset, length)));
    return place;
}

std::optional<ConfigDocument> parse_config(std::string bytes, std::string const& shown, ConfigCodes const& codes,
                                           Diagnostics& diagnostics) {
    ConfigDocument document{shown, std::move(bytes), {}, {}};
    document.line_begins = line_begins_of(document.bytes);
    document.root.place.file = shown;
    if (auto const offset = DepthScan(document.bytes).too_deep()) {
        diagnostics.add(
            document.error(codes.not_toml, place_at(document, *offset), "not valid TOML: it is nested too deeply"));
        return std::nullopt;
    }
    try {
        auto const table = toml::parse(std::string_view(document.bytes));
        document.root = Converter(document).node_of(table);
    } catch (toml::parse_error const& error) {
        diagnostics.add(syntax_error(document, codes, error));
        return std::nullopt;
    }
    document.root.place = {shown, 0, 0, 0};
    return document;
}

std::optional<ConfigDocument> read_config(std::filesystem::path const& path, std::string const& shown,
                                          ConfigCodes const& codes, Diagnostics& diagnostics,
                                          std::optional<Diagnostic> naming) {
    auto file = read_file(path, largest_config);
    if (file.problem == ReadProblem::none) return parse_config(std::move(file.bytes), shown, codes, diagnostics);
    if (!naming) {
        naming = Diagnostic{};
        naming->place.file = shown;
        naming->message = "this file cannot be read";
        add_near_path(*naming, {}, path);
    }
    naming->code = codes.unreadable;
    naming->message += std::string(": ") + reason_for(file.problem);
    diagnostics.add(std::move(*naming));
    return std::nullopt;
}

std::string in_quotes(std::string_view word) {
    constexpr std::size_t longest = 80;
    if (word.size() <= longest) return '"' + std::string(word) + '"';
    std::size_t end = 0;
    while (end < longest)
        end += display_unit(word, end).bytes;
    return '"' + std::string(word.substr(0, end)) + "…\"";
}

std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates) {
    auto const meant = nearest(word, candidates);
    return meant.empty() ? std::string() : "; did you mean " + in_quotes(meant) + "?";
}

std::string listed(std::string_view head, std::vector<std::string> const& names) {
    constexpr std::size_t most = 20;
    auto text = std::string(head) + ": ";
    if (names.empty()) return text + "none";
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

}  // namespace dossier
