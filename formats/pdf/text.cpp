#include "text.hpp"

#include <fribidi.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

constexpr double rounding = 1e-6;  // sums of widths that are equal on paper differ in the last bits

bool is_letter(char32_t c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0;
}
bool is_digit(char32_t c) noexcept {
    return c >= '0' && c <= '9';
}
/// Sorted, for look-ups.
template <std::size_t n>
constexpr bool is_one_of(std::array<char32_t, n> const& sorted, char32_t c) noexcept {
    return std::binary_search(sorted.begin(), sorted.end(), c);
}
bool closes(char32_t c) noexcept {  // must not begin a line
    static constexpr std::array<char32_t, 49> marks{
        '!',    ')',    ',',    '.',    ':',    ';',    '?',    ']',    '}',    0x00bb, 0x2019, 0x201d, 0x2026,
        0x3001, 0x3002, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0x3015, 0x3041, 0x3043, 0x3045, 0x3047,
        0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5,
        0x30e7, 0x30fb, 0x30fc, 0xff01, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f};
    return is_one_of(marks, c);
}
bool opens(char32_t c) noexcept {  // must not end a line
    static constexpr std::array<char32_t, 13> marks{'(',    '[',    '{',    0x00ab, 0x2018, 0x201c, 0x3008,
                                                    0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0xff08};
    return is_one_of(marks, c);
}

/// May a line end between `before` and `after`, with `earlier` in front of them
/// (0: nothing)?
bool breaks_between(char32_t earlier, char32_t before, char32_t after) noexcept {
    if (breaks_anywhere(before) || breaks_anywhere(after)) return !closes(after) && !opens(before);
    switch (before) {
        case '-':
        case 0x2010: return earlier != 0 && earlier != '-' && is_letter(after);
        case 0x2013: return is_letter(after);
        case 0x2014: return true;
        case '/':
        case '\\': return earlier != 0 && (is_letter(after) || is_digit(after));
        case '_':
        case '=':
        case '&':
        case '?': return earlier != 0 && (is_letter(after) || is_digit(after));
        default: return false;
    }
}

/// A sign that would look lost at the end of a line: it stays with what it is
/// about ("▲ supports", "p ≤ 0.01").
bool clings_to_next(std::string_view token) noexcept {
    constexpr std::size_t longest_code_point = 4;
    if (token.empty() || token.size() > longest_code_point) return false;
    std::size_t at = 0;
    auto const c = next_code_point(token, at);
    bool const relation = c == '<' || c == '=' || c == '>' || c == 0xb1 || (c >= 0x2248 && c <= 0x2265);
    bool const symbol = c >= 0x25a0 && c <= 0x27bf;
    return at == token.size() && (relation || symbol);
}

/// True for a character that is written onto or into the letter before it, and
/// for letters that a joiner ties.
bool clings_to_letter(char32_t before, char32_t c) {
    auto* const functions = hb_unicode_funcs_get_default();
    auto const kind = hb_unicode_general_category(functions, c);
    bool const is_mark = kind == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
                         kind == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
                         kind == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
    constexpr unsigned virama = 9;  // canonical combining class of what joins consonants
    bool const is_tied =
        before == 0x200d ||
        (before >= 0x900 && static_cast<unsigned>(hb_unicode_combining_class(functions, before)) == virama);
    return is_mark || is_tied || c == 0x200c || c == 0x200d || (c >= 0x1f3fb && c <= 0x1f3ff);
}

bool may_need_breaks(std::string_view token) noexcept {
    constexpr std::size_t longest_plain = 32;
    if (token.size() > longest_plain) return true;
    return std::any_of(token.begin(), token.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte >= 0xe2 || byte == '-' || byte == '/' || byte == '\\' || byte == '_' || byte == '=' ||
               byte == '&' || byte == '?';
    });
}

}  // namespace

double Typesetter::space_width(TextStyle const& style) {
    auto& width = space_widths_[static_cast<std::size_t>(style.face)];
    if (width == 0) width = fonts_.space(style.face).advance;
    return width * style.size / 1000.0;
}

void Typesetter::add_atom(std::string_view text, std::uint32_t span, TextStyle const& style, bool may_break_after,
                          std::uint8_t level) {
    auto const& word = fonts_.shape(style.face, text, {level % 2 != 0, region_});
    atoms_.push_back({&word, span, level, false, may_break_after, word.width * style.size / 1000.0, 0});
}

void Typesetter::atomise_token(std::string_view token, std::uint32_t span, TextStyle const& style) {
    if (levels_.empty() && !may_need_breaks(token)) return add_atom(token, span, style, false, 0);
    constexpr std::size_t longest_piece = 32;  // code points: shapes of endless words are not worth keeping
    std::size_t begin = 0, n_in_piece = 0;
    char32_t earlier = 0, before = 0;
    auto level = static_cast<std::uint8_t>(levels_.empty() ? 0 : levels_[level_at_]);
    for (std::size_t at = 0; at < token.size();) {
        std::size_t next = at;
        auto const c = next_code_point(token, next);
        auto const own_level = static_cast<std::uint8_t>(levels_.empty() ? 0 : levels_[level_at_++]);
        bool const combining = c >= 0x300 && clings_to_letter(before, c);
        bool const may_break = before != 0 && !combining && breaks_between(earlier, before, c);
        bool const too_long = n_in_piece >= longest_piece && !combining;
        if (at > begin && (may_break || too_long || own_level != level)) {
            add_atom(token.substr(begin, at - begin), span, style, may_break, level);
            begin = at, n_in_piece = 0;
        }
        level = own_level, earlier = before, before = c, at = next;
        ++n_in_piece;
    }
    add_atom(token.substr(begin), span, style, false, level);
}

void Typesetter::look_over(std::vector<Span> const& spans) {
    levels_.clear();
    level_at_ = 0;
    base_right_to_left_ = false;
    region_ = Region::china;
    bool const any_script = std::any_of(spans.begin(), spans.end(), [](Span const& span) {
        return std::any_of(span.text.begin(), span.text.end(),
                           [](char c) { return static_cast<unsigned char>(c) >= 0xd6; });
    });
    if (!any_script) return;
    std::vector<FriBidiChar> text;
    bool any_right_to_left = false, any_kana = false, any_hangul = false;
    for (auto const& span : spans) {
        auto const settable_text = settable(span.text, room_);
        for (std::size_t at = 0; at < settable_text.size();) {
            auto const c = next_code_point(settable_text, at);
            text.push_back(c);
            any_right_to_left = any_right_to_left || is_right_to_left(c);
            any_kana = any_kana || is_kana(c);
            any_hangul = any_hangul || is_hangul(c);
        }
    }
    region_ = fonts_.region_of(any_kana, any_hangul);
    if (!any_right_to_left) return;
    auto const size = static_cast<FriBidiStrIndex>(text.size());
    std::vector<FriBidiCharType> types(text.size());
    std::vector<FriBidiBracketType> brackets(text.size());
    levels_.resize(text.size());
    fribidi_get_bidi_types(text.data(), size, types.data());
    fribidi_get_bracket_types(text.data(), size, types.data(), brackets.data());
    FriBidiParType base = FRIBIDI_PAR_ON;
    if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), size, &base, levels_.data()) == 0)
        levels_.clear();
    base_right_to_left_ = FRIBIDI_IS_RTL(base) != 0;
}

void Typesetter::atomise(std::vector<Span> const& spans) {
    atoms_.clear();
    look_over(spans);
    bool clings = false;
    for (std::uint32_t i = 0; i < spans.size(); ++i) {
        auto const text = settable(spans[i].text, room_);
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == ' ') {
                if (!atoms_.empty()) {
                    atoms_.back().space_after = true;
                    if (!levels_.empty()) atoms_.back().space_level = static_cast<std::uint8_t>(levels_[level_at_]);
                    atoms_.back().may_break_after = !clings;
                }
                clings = false;
                ++at;
                if (!levels_.empty()) ++level_at_;
                continue;
            }
            auto const end = std::min(text.find(' ', at), text.size());
            auto const token = text.substr(at, end - at);
            atomise_token(token, i, spans[i].style);
            clings = clings_to_next(token);
            at = end;
        }
    }
}

std::size_t Typesetter::unbreakable_end(std::size_t first) const {
    while (first + 1 < atoms_.size() && !atoms_[first].may_break_after)
        ++first;
    return std::min(first + 1, atoms_.size());
}

double Typesetter::unbreakable_width(std::size_t first, std::size_t end, std::vector<Span> const& spans) {
    double width = 0;
    for (auto i = first; i < end; ++i) {
        width += atoms_[i].width;
        if (i + 1 < end && atoms_[i].space_after) width += space_width(spans[atoms_[i].span].style);
    }
    return width;
}

void Typesetter::append_space(Line& line, std::vector<Span> const& spans) {
    line.pieces.back().space_after = true;
    line.width += space_width(spans[line.pieces.back().span].style);
}

void Typesetter::append(Line& line, Atom const& atom, std::uint32_t first, std::uint32_t last, double width) {
    line.pieces.push_back(
        {atom.word, first, last, atom.span, line.width, width, false, 0.0, 0.0, atom.level, atom.space_level});
    line.width += width;
}

void Typesetter::justify(Line& line, std::vector<Span> const& spans, double width) {
    constexpr double widest_stretch = 0.6;  // of the type size; more would look like holes
    std::size_t n_spaces = 0;
    for (std::size_t i = 0; i + 1 < line.pieces.size(); ++i)
        n_spaces += line.pieces[i].space_after ? 1 : 0;
    double const spare = width - line.width;
    if (n_spaces == 0 || spare <= 0) return;
    double const each = spare / static_cast<double>(n_spaces);
    if (each > widest_stretch * spans[line.pieces.front().span].style.size) return;
    double moved = 0;
    for (std::size_t i = 0; i < line.pieces.size(); ++i) {
        auto& piece = line.pieces[i];
        piece.x += moved;
        if (i + 1 < line.pieces.size() && piece.space_after) piece.stretch = each, moved += each;
    }
    line.width = width;
}

void Typesetter::finish(Line& line, std::vector<Span> const& spans) {
    line.right_to_left = base_right_to_left_;
    if (!line.pieces.empty()) line.pieces.back().space_after = false;
    if (levels_.empty()) return;
    struct Element {
        std::uint8_t level;
        double width;
        std::size_t piece;
        bool is_space;  ///< the space behind that piece
    };
    std::vector<Element> elements;
    std::uint8_t highest = 0;
    for (std::size_t i = 0; i < line.pieces.size(); ++i) {
        auto const& piece = line.pieces[i];
        elements.push_back({piece.level, piece.width, i, false});
        if (piece.space_after)
            elements.push_back({piece.space_level, space_width(spans[piece.span].style) + piece.stretch, i, true});
        highest = std::max(highest, piece.level);
    }
    // UAX #9, rule L2: turn every stretch at or above each level, from the
    // highest down to 1.
    for (int level = highest; level > 0; --level)
        for (auto it = elements.begin(); it != elements.end();) {
            auto const begin = std::find_if(it, elements.end(), [&](Element const& e) { return e.level >= level; });
            it = std::find_if(begin, elements.end(), [&](Element const& e) { return e.level < level; });
            std::reverse(begin, it);
        }
    // The pieces stay in the order in which they are read; only where they and their spaces stand changes.
    double x = 0;
    std::vector<double> space_x(line.pieces.size());
    for (auto const& element : elements) {
        (element.is_space ? space_x[element.piece] : line.pieces[element.piece].x) = x;
        x += element.width;
    }
    line.width = x;
    for (std::size_t i = 0; i < line.pieces.size(); ++i) {
        auto& piece = line.pieces[i];
        double const gap = space_x[i] - piece.x - piece.width;
        if (piece.space_after)
            piece.gap = std::fabs(gap) > rounding ? gap : 0.0;
        else if (piece.level % 2 != 0)  // at the end of the line, to the left of what it follows
            piece.gap = -piece.width - space_width(spans[piece.span].style);
    }
}

void Typesetter::append_broken(std::vector<Line>& done, Line& line, std::vector<Span> const& spans, Atom const& atom,
                               double width) {
    auto const size = spans[atom.span].style.size;
    auto const& glyphs = atom.word->glyphs;
    auto const n = static_cast<std::uint32_t>(glyphs.size());
    bool const backward = atom.level % 2 != 0;  // glyphs stand from left to right, but are read from the right
    std::uint32_t n_set = 0;                    // glyphs that are on lines
    double taken = 0;
    auto const append_up_to = [&](std::uint32_t end) {
        if (backward)
            append(line, atom, n - end, n - n_set, taken);
        else
            append(line, atom, n_set, end, taken);
        n_set = end, taken = 0;
    };
    for (std::uint32_t i = 0; i < n;) {
        auto end = i + 1;  // of what must not be parted
        if (backward)
            while (end < n && !glyphs[n - end].starts_cluster)
                ++end;
        else
            while (end < n && !glyphs[end].starts_cluster)
                ++end;
        double advance = 0;
        for (auto k = i; k < end; ++k)
            advance += glyphs[backward ? n - 1 - k : k].advance * size / 1000.0;
        bool const line_has_something = i > n_set || !line.pieces.empty();
        if (line_has_something && line.width + taken + advance > width + rounding) {
            if (i > n_set) append_up_to(i);
            finish(line, spans);
            done.push_back(std::move(line));
            line = {};
        }
        taken += advance;
        i = end;
    }
    append_up_to(n);
}

std::vector<Line> Typesetter::lines(std::vector<Span> const& spans, double width, Alignment alignment) {
    atomise(spans);
    std::vector<Line> done;
    Line line;
    for (std::size_t at = 0; at < atoms_.size();) {
        auto const end = unbreakable_end(at);
        double const needed = unbreakable_width(at, end, spans);
        bool const has_gap = !line.pieces.empty() && atoms_[at - 1].space_after;
        double const gap = has_gap ? space_width(spans[atoms_[at - 1].span].style) : 0.0;
        bool const fits = line.width + gap + needed <= width + rounding;
        if (!fits && !line.pieces.empty()) {
            line.space_at_end = has_gap;
            if (alignment == Alignment::justified) justify(line, spans, width);
            finish(line, spans);
            done.push_back(std::move(line));
            line = {};
            continue;
        }
        if (has_gap) append_space(line, spans);
        for (; at < end; ++at) {
            auto const& atom = atoms_[at];
            if (fits)
                append(line, atom, 0, static_cast<std::uint32_t>(atom.word->glyphs.size()), atom.width);
            else
                append_broken(done, line, spans, atom, width);
            if (at + 1 < end && atom.space_after) append_space(line, spans);
        }
    }
    if (!line.pieces.empty()) {
        finish(line, spans);
        done.push_back(std::move(line));
    }
    return done;
}

Line Typesetter::single_line(std::vector<Span> const& spans, double width) {
    static std::string const ellipsis = "…";
    auto all = lines(spans, 1e9);
    if (all.empty()) return {};
    auto& line = all.front();
    if (line.width <= width + rounding) return std::move(line);
    auto const& style = spans[line.pieces.back().span].style;
    auto const& dots = fonts_.shape(style.face, ellipsis);
    double const dots_width = dots.width * style.size / 1000.0;
    while (!line.pieces.empty() && line.pieces.back().x + line.pieces.back().width + dots_width > width) {
        auto& last = line.pieces.back();
        if (last.last - last.first > 1 && last.x + dots_width < width) {
            --last.last;
            last.width -= last.word->glyphs[last.last].advance * spans[last.span].style.size / 1000.0;
        } else {
            line.pieces.pop_back();
        }
    }
    double const x = line.pieces.empty() ? 0.0 : line.pieces.back().x + line.pieces.back().width;
    auto const span = line.pieces.empty() ? 0u : line.pieces.back().span;
    if (!line.pieces.empty()) line.pieces.back().space_after = false;
    line.pieces.push_back(
        {&dots, 0, static_cast<std::uint32_t>(dots.glyphs.size()), span, x, dots_width, false, 0.0, 0.0, 0, 0});
    line.width = x + dots_width;
    return std::move(line);
}

Extent Typesetter::measure(std::vector<Span> const& spans) {
    atomise(spans);
    Extent extent;
    for (std::size_t at = 0; at < atoms_.size();) {
        auto const end = unbreakable_end(at);
        double const needed = unbreakable_width(at, end, spans);
        extent.narrowest = std::max(extent.narrowest, needed);
        extent.widest += needed;
        if (end < atoms_.size() && atoms_[end - 1].space_after)
            extent.widest += space_width(spans[atoms_[end - 1].span].style);
        at = end;
    }
    return extent;
}

}  // namespace dossier::pdf
