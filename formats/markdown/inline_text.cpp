#include "inline_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <dossier/plugin.hpp>
#include <vector>

#include "shared/clean_text.hpp"
#include "shared/web_address.hpp"

namespace dossier::formats {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_alphanumeric(char c) noexcept {
    return is_digit(c) || is_letter(c);
}
char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_with(std::string_view text, std::string_view beginning) noexcept {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

std::string_view trimmed(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// What escaped_line looks at; all else stays as it is.
constexpr auto may_mean_something = [] {
    std::array<bool, 256> table{};
    for (char const c : std::string_view("<>&\\`*_~[]{}|$@#:."))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

/// Escapes `line`, which single_line made.
std::string escaped_line(std::string_view line, bool heading = false) {
    std::string text;
    text.reserve(line.size() + line.size() / 8);
    for (std::size_t i = 0; i < line.size(); ++i) {
        auto const begin = i;
        while (i < line.size() && !may_mean_something[static_cast<unsigned char>(line[i])])
            ++i;
        text += line.substr(begin, i - begin);
        if (i == line.size()) break;
        char const c = line[i];
        char const following = i + 1 < line.size() ? line[i + 1] : ' ';
        switch (c) {
            case '<': text += "&lt;"; continue;
            case '>': text += "&gt;"; continue;
            case '&': text += is_alphanumeric(following) || following == '#' ? "&amp;" : "&"; continue;
            case '\\':
            case '`':
            case '*':
            case '_':
            case '~':
            case '[':
            case ']':
            case '{':
            case '}':
            case '|':
            case '$':
            case '@': text += '\\'; break;
            case '#':
                if (heading) text += '\\';
                break;
            case ':':
                if (line.substr(i + 1, 2) == "//") text += '\\';
                break;  // else a bare address becomes a link
            case '.':
                if (i >= 3 && begins_with(line.substr(i - 3), "www")) text += '\\';
                break;
            default: break;
        }
        text += c;
    }
    return text;
}

/// `text` in backticks, more of them than it holds in a row.
std::string code_span(std::string const& text) {
    std::size_t longest = 0, length = 0;
    for (char const c : text) {
        length = c == '`' ? length + 1 : 0;
        longest = std::max(longest, length);
    }
    bool const spaces_would_go = text.front() == ' ' && text.back() == ' ' && !trimmed(text).empty();
    char const* const padding = text.front() == '`' || text.back() == '`' || spaces_would_go ? " " : "";
    std::string const fence(longest + 1, '`');
    return fence + padding + text + padding + fence;
}

/// A stretch of a paragraph in one style.
struct Piece {
    std::uint32_t style = 0;
    std::string text;  ///< one line, not escaped
    std::string link;
    [[nodiscard]] bool is(std::uint32_t bit) const noexcept { return (style & bit) != 0; }
};

void add(std::vector<Piece>& pieces, std::uint32_t style, std::string_view text, std::string_view link) {
    if (text.empty()) return;
    if (!pieces.empty() && pieces.back().style == style && pieces.back().link == link)
        pieces.back().text += text;
    else
        pieces.push_back({style, std::string(text), std::string(link)});
}

/// Runs as pieces that can be marked: none empty, neighbours differ, and spaces stand outside of styles and links.
std::vector<Piece> pieces_of(dossier_run const* runs, std::size_t n_runs, Links links) {
    constexpr std::uint32_t known_styles = DOSSIER_EMPHASIS | DOSSIER_STRONG | DOSSIER_CODE;
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < n_runs; ++i) {
        auto const style = runs[i].style & known_styles;
        auto const line = single_line(view(runs[i].text));
        auto const link = link_destination(view(runs[i].link), links).empty() ? std::string_view{} : view(runs[i].link);
        if ((style & DOSSIER_CODE) != 0) {
            add(pieces, style, line, link);
            continue;
        }
        auto const core = trimmed(line);
        auto const begin = core.empty() ? line.size() : static_cast<std::size_t>(core.data() - line.data());
        add(pieces, 0, std::string_view(line).substr(0, begin), {});
        add(pieces, style, core, link);
        add(pieces, 0, std::string_view(line).substr(begin + core.size()), {});
    }
    return pieces;
}

/// Spaces beyond ASCII: Markdown does not let marks stand beside them.
bool is_wide_space(char32_t value) noexcept {
    constexpr std::u32string_view spaces = U"\u00A0\u1680\u2028\u2029\u202F\u205F\u3000";
    return (value >= 0x2000 && value <= 0x200A) || spaces.find(value) != std::u32string_view::npos;
}

/// Whether Markdown takes the character for one of a word. Beyond ASCII it asks Unicode; here all count, which costs a
/// needless reference at worst.
bool is_letter_like(char c) noexcept {
    return is_alphanumeric(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::size_t last_begin(std::string const& text) noexcept {
    auto begin = text.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
        --begin;
    return begin;
}

/// The character at `offset` as a character reference: "&#228;".
void refer(std::string& text, std::size_t offset) {
    auto const point = code_point_at(text, offset);
    text.replace(offset, point.size, "&#" + std::to_string(static_cast<std::uint32_t>(point.value)) + ";");
}

/// Writes pieces with their marks. A mark between a letter and a sign opens or closes nothing in Markdown ("a**(b)**c"),
/// nor does one beside a space; that letter or space is then written as a character reference, which counts as a sign.
class StyledLine {
public:
    explicit StyledLine(Links links) noexcept : links_(links) {}

    /// @param next  what follows, nullptr at the end
    void add(Piece const& piece, Piece const* next) {
        bool const strong = piece.is(DOSSIER_STRONG), emphasis = piece.is(DOSSIER_EMPHASIS);
        if (emphasis_ && (!emphasis || strong != strong_)) close(emphasis_, "_");
        if (strong_ && !strong) close(strong_, "**");
        auto text = content(piece, next);
        bool const both_open = strong && !strong_ && emphasis;
        if (strong && !strong_) open(strong_, "**", text, both_open);
        if (emphasis && !emphasis_) open(emphasis_, "_", text, false);
        if (letter_must_hide_ && is_letter_like(text.front())) refer(text, 0);
        letter_must_hide_ = false;
        if (text.front() == '[') escape_exclamation(line_);
        line_ += text;
    }
    std::string end() {
        if (emphasis_) close(emphasis_, "_");
        if (strong_) close(strong_, "**");
        return std::string(trimmed(line_));
    }

private:
    /// Whether a link may end in a bare address. md4c's search for bare addresses does not stop at its parenthesis, but
    /// runs to the next space and swallows the marks on its way.
    static bool stands_free(Piece const& piece, Piece const* next) {
        if (piece.is(DOSSIER_STRONG) || piece.is(DOSSIER_EMPHASIS)) return false;
        if (next == nullptr) return true;
        auto const end = next->text.find_first_not_of(".,;:!?)");
        return next->style == 0 && next->link.empty() && end != std::string::npos && next->text[end] == ' ';
    }
    std::string content(Piece const& piece, Piece const* next) const {
        auto const text = piece.is(DOSSIER_CODE) ? code_span(piece.text) : escaped_line(piece.text);
        if (piece.link.empty()) return text;
        if (piece.link.front() == '#' || stands_free(piece, next)) return linked(text, piece.link, links_);
        return "[" + text + "](<" + link_destination(piece.link, links_) + ">)";
    }
    void open(bool& state, char const* mark, std::string& text, bool mark_follows) {
        if (is_wide_space(code_point_at(text, 0).value)) refer(text, 0);
        bool const sign_follows = mark_follows || !is_alphanumeric(text.front());
        if (!line_.empty() && is_letter_like(line_.back()) && (*mark == '_' || sign_follows))
            refer(line_, last_begin(line_));
        line_ += mark;
        state = true;
        letter_must_hide_ = false;
    }
    void close(bool& state, char const* mark) {
        auto const last = last_begin(line_);
        if (is_wide_space(code_point_at(line_, last).value)) refer(line_, last);
        letter_must_hide_ = *mark == '_' || !is_alphanumeric(line_.back());
        line_ += mark;
        state = false;
    }
    Links links_;
    std::string line_;
    bool strong_ = false, emphasis_ = false;
    bool letter_must_hide_ = false;  ///< a mark was closed that a letter right behind it would keep open
};

}  // namespace

std::string single_line(std::string_view text) {
    auto clean = clean_text(text);
    if (std::none_of(clean.begin(), clean.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }))
        return clean;
    std::string line;
    line.reserve(clean.size());
    bool after_break = false;
    for (char const c : clean) {
        bool const is_break = c == '\n' || c == '\r';
        bool const is_space = c == ' ' || c == '\t';
        if (after_break && (is_break || is_space)) continue;
        if (is_break)
            while (!line.empty() && line.back() == ' ')
                line.pop_back();
        line += is_break || is_space ? ' ' : c;
        after_break = is_break;
    }
    return line;
}

std::string trimmed_line(std::string_view text) {
    return std::string(trimmed(single_line(text)));
}

std::string escaped(std::string_view text) {
    auto const line = single_line(text);
    return escaped_line(trimmed(line));
}

std::string escaped_heading(std::string_view text) {
    return escaped_line(trimmed_line(text), true);
}

std::string block_line(std::string line) {
    if (line.empty()) return line;
    if (std::string_view("#-+=").find(line.front()) != std::string_view::npos) return "\\" + line;
    auto const number = line.find_first_not_of("0123456789");
    bool const numbered = number != std::string::npos && number > 0 && (line[number] == '.' || line[number] == ')') &&
                          (number + 1 == line.size() || line[number + 1] == ' ');
    if (numbered) line.insert(number, 1, '\\');
    return line;
}

std::string link_destination(std::string_view target, Links links) {
    if (!target.empty() && target.front() == '#') {
        auto const is_anchor = std::all_of(target.begin() + 1, target.end(),
                                           [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
        return links == Links::all && is_anchor && target.size() > 1 ? std::string(target) : std::string();
    }
    if (!is_web_address(target)) return {};
    constexpr char hex[] = "0123456789ABCDEF";
    std::string destination;
    for (char const c : target) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '&')
            destination += "&amp;";  // or "&copy;" in an address would be read as a sign
        else if (is_alphanumeric(c) || std::string_view("-._~:/?#@!$'*+,;=%").find(c) != std::string_view::npos)
            destination += c;
        else
            destination += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return destination;
}

std::string linked(std::string shown, std::string_view target, Links links) {
    if (shown.empty() || target.empty()) return shown;
    auto const destination = link_destination(target, links);
    return destination.empty() ? shown : "[" + shown + "](" + destination + ")";
}

std::string styled(dossier_run const* runs, std::size_t n_runs, Links links) {
    StyledLine line(links);
    auto const pieces = pieces_of(runs, n_runs, links);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        line.add(pieces[i], i + 1 < pieces.size() ? &pieces[i + 1] : nullptr);
    return line.end();
}

std::string footnote(std::string text) {
    auto const end = text.find(' ');
    // A title may follow the address, in quotes or parentheses.
    bool const reads_as_address =
        end == std::string::npos || std::string_view("\"'(").find(text[end + 1]) != std::string::npos;
    return reads_as_address && !text.empty() ? text + " &#32;" : text;
}

void escape_exclamation(std::string& line) {
    if (!line.empty() && line.back() == '!') line.insert(line.size() - 1, 1, '\\');
}

std::string strong(std::string_view text) {
    dossier_run const run{DOSSIER_STRONG, 0, {text.data(), text.size()}, {}};
    return styled(&run, 1, Links::web_only);
}

std::string yaml_quoted(std::string_view text) {
    std::string quoted = "\"";
    auto const line = single_line(text);
    for (std::size_t offset = 0; offset < line.size();) {
        auto const point = code_point_at(line, offset);
        if (point.value == '"' || point.value == '\\') quoted += '\\';
        // Line separators, the byte order mark and two that are no characters may not stand in YAML as they are.
        quoted += point.value == 0x2028   ? "\\u2028"
                  : point.value == 0x2029 ? "\\u2029"
                  : point.value == 0xFEFF ? "\\uFEFF"
                  : point.value == 0xFFFE ? "\\uFFFE"
                  : point.value == 0xFFFF ? "\\uFFFF"
                                          : line.substr(offset, point.size);
        offset += point.size;
    }
    return quoted + "\"";
}

}  // namespace dossier::formats
