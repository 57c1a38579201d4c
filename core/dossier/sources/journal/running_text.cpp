#include "dossier/sources/journal/running_text.hpp"

#include <algorithm>
#include <array>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr auto superscripts = std::to_array<std::pair<char32_t, std::string_view>>({
    {U'0', "⁰"},
    {U'1', "¹"},
    {U'2', "²"},
    {U'3', "³"},
    {U'4', "⁴"},
    {U'5', "⁵"},
    {U'6', "⁶"},
    {U'7', "⁷"},
    {U'8', "⁸"},
    {U'9', "⁹"},
    {U'+', "⁺"},
    {U'-', "⁻"},
    {U'−', "⁻"},
    {U'–', "⁻"},
});

std::string_view superscript_of(char32_t character) noexcept {
    for (auto const& [plain, raised] : superscripts)
        if (character == plain) return raised;
    return {};
}

/// What may stand between two marks of one run of them: "[12], [13]", "3–5".
bool parts_marks(std::string_view text) noexcept {
    constexpr std::size_t longest = 16;
    if (text.size() > longest) return false;
    auto const inner = trimmed(text);
    static constexpr auto parting = std::to_array<std::string_view>(
        {"", ",", ";", "-", "–", "—", "⁻", "and", "&", "][", "],[", "], [", "]-[", "]–[", ")(", "),(", "), ("});
    return std::find(parting.begin(), parting.end(), inner) != parting.end();
}

bool is_one_of(char c, std::string_view characters) noexcept {
    return characters.find(c) != std::string_view::npos;
}

}  // namespace

void RunningText::add_superscript(XmlSlice slice, bool resolve) {
    MappedText raw;
    append_xml(raw, slice, resolve);
    std::string_view const text = raw.text();
    for (std::size_t at = 0; at < text.size();) {
        auto const character = code_point_at(text, at);
        auto const end = at + character.length;
        if (auto const raised = superscript_of(character.value); !raised.empty())
            text_.append_resolved(raised, raw.origin_begin(at), raw.origin_end(end) - raw.origin_begin(at));
        else
            text_.append_part(raw, at, end);
        at = end;
    }
}

void RunningText::add_mark(XmlSlice slice, bool resolve) {
    auto const begin = text_.text().size();
    append_xml(text_, slice, resolve);
    if (text_.text().size() > begin) marks_.emplace_back(begin, text_.text().size());
}

MappedText RunningText::result() const {
    MappedText result;
    std::size_t at = 0;
    for (auto const& gap : gaps()) {
        result.append_part(text_, at, gap.begin);
        auto const origin = text_.origin_begin(gap.begin);
        if (gap.needs_space) result.append_resolved(" ", origin, text_.origin_end(gap.end) - origin);
        at = gap.end;
    }
    result.append_part(text_, at, text_.text().size());
    return result;
}

std::vector<RunningText::Gap> RunningText::gaps() const {
    std::vector<Gap> gaps;
    std::string_view const text = text_.text();
    for (auto const& [begin, end] : marks_) {
        if (!gaps.empty() && parts_marks(text.substr(gaps.back().end, begin - gaps.back().end)))
            gaps.back().end = end;
        else
            gaps.push_back({begin, end, false});
    }
    std::vector<Gap> widened;
    std::size_t from = 0;
    for (auto gap : gaps) {
        if (gap.begin < from) continue;  // within the brackets of the one before
        widen_by_brackets(gap, from);
        settle_space(gap, from);
        widened.push_back(gap);
        from = gap.end;
    }
    return widened;
}

void RunningText::widen_by_brackets(Gap& gap, std::size_t from) const noexcept {
    std::string_view const text = text_.text();
    auto begin = gap.begin, end = gap.end;
    while (begin > from && is_one_of(text[begin - 1], " \t\r\n"))
        --begin;
    while (end < text.size() && is_one_of(text[end], " \t\r\n"))
        ++end;
    if (begin == from || end == text.size()) return;
    if (text[begin - 1] == '(' && text[end] == ')') gap = {begin - 1, end + 1, false};
    if (text[begin - 1] != '[') return;
    // "[12, pp. 57-59]"
    constexpr std::size_t longest_note = 60;
    auto const close = text.substr(end, longest_note).find_first_of("[]");
    if (close != std::string_view::npos && text[end + close] == ']' && is_one_of(text[end], "],;:"))
        gap = {begin - 1, end + close + 1, false};
}

void RunningText::settle_space(Gap& gap, std::size_t from) const noexcept {
    std::string_view const text = text_.text();
    auto begin = gap.begin;
    while (begin > from && is_one_of(text[begin - 1], " \t\r\n"))
        --begin;
    char const next = gap.end < text.size() ? text[gap.end] : '.';
    if (is_one_of(next, ".,;:)!?"))
        gap.begin = begin;  // the space was the mark's
    else
        gap.needs_space =
            begin == gap.begin && begin > from && (is_ascii_alpha(next) || is_ascii_digit(next) || next == '(');
}

bool is_citation_mark(std::string_view text) noexcept {
    bool letter_before = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const character = code_point_at(text, at);
        bool const letter = is_letter(character.value);
        if (letter && letter_before) return false;
        letter_before = letter;
        at += character.length;
    }
    return true;
}

}  // namespace dossier::sources
