#include "dossier/sources/sentence_roles.hpp"

#include <algorithm>

#include "dossier/sources/page_furniture.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t attribution_words = 6;  // "the lead author of the study asked"

bool is_opening_mark(char32_t c) noexcept {
    return c == 0x201C || c == 0xAB || c == 0x201E;
}
bool is_closing_mark(char32_t c) noexcept {
    return c == 0x201D || c == 0xBB;
}

// Five and a half inches: a straight mark right after a digit measures, unless one is open.
bool may_open(std::string_view block, std::size_t at) noexcept {
    return at == 0 || !is_digit(code_point_before(block, at).value);
}

bool is_closer_after_question(char32_t c) noexcept {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB || c == '!' ||
           c == '*' || c == '_';
}

// Where the marks that follow the question mark at `at` end.
std::size_t past_closers(std::string_view text, std::size_t at) noexcept {
    while (at < text.size()) {
        auto const [value, length] = code_point_at(text, at);
        if (!is_closer_after_question(value)) break;
        at += length;
    }
    return at;
}

bool begins_with_mark(std::string_view text) noexcept {
    if (text.empty()) return false;
    auto const first = code_point_at(text, 0).value;
    return first == '"' || is_opening_mark(first) || first == 0x2018;
}

std::size_t bullet_length(std::string_view text) noexcept {
    auto const [first, length] = code_point_at(text, 0);
    bool const sign = first == 0x2022 || first == 0x25E6 || first == 0x25AA || first == 0x25CF || first == 0x2023 ||
                      first == 0x2043 || first == 0xB7 || first == 0x25A0 || first == 0x25BA || first == '*' ||
                      first == '-' || first == '+' || first == 0x2013;
    return sign ? length : 0;
}

bool is_number_of_item(std::string_view mark) noexcept {
    if (mark.empty() || mark.size() > 4) return false;
    if (std::all_of(mark.begin(), mark.end(), is_ascii_digit)) return mark.size() <= 2;
    if (mark.size() == 1) return is_ascii_alpha(mark[0]);
    return mark.find_first_not_of("ivx") == std::string_view::npos;
}

// "1.", "1)", "(1)", "a)", "(a)", "iv)"; "A." is an initial.
std::size_t number_length(std::string_view text) noexcept {
    text = text.substr(0, 8);
    bool const opened = text[0] == '(';
    auto const is_end = [](char c) { return c == '.' || c == ')'; };
    auto const end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_end) - text.begin());
    if (end == text.size() || (opened && text[end] == '.')) return 0;
    auto const mark = text.substr(opened ? 1 : 0, end - (opened ? 1 : 0));
    if (!is_number_of_item(mark) || (text[end] == '.' && !is_ascii_digit(mark[0]))) return 0;
    return end + 1;
}

bool is_furniture(SentenceInBlock const& sentence, std::size_t words) {
    bool const may_be_line = words <= 20 && may_be_furniture_line(sentence.text);
    bool const may_hold_phrase = words <= 60 && sentence.may_have_furniture;
    if (!may_be_line && !may_hold_phrase) return false;
    auto const compared = comparable(sentence.text.substr(0, 2000));
    return (may_hold_phrase && has_furniture_phrase(compared)) || (may_be_line && is_furniture_line(compared));
}

}  // namespace

QuotedParts::QuotedParts(std::string_view block) : block_(block) {
    if (block.find('"') == std::string_view::npos && is_ascii(block)) return;
    bool const straight = std::count(block.begin(), block.end(), '"') % 2 == 0;
    std::size_t opened = block.size();
    char32_t opening = 0;  // 0: nothing is open
    for (std::size_t at = 0; at < block.size();) {
        if (static_cast<unsigned char>(block[at]) < 0x80 && block[at] != '"') {
            ++at;
            continue;
        }
        auto const [value, length] = code_point_at(block, at);
        bool const straight_mark = value == '"' && straight;
        if (opening == 0 && (is_opening_mark(value) || (straight_mark && may_open(block, at)))) {
            opening = value;
            opened = at;
        } else if (opening != 0 && (opening == '"' ? straight_mark : is_closing_mark(value))) {
            parts_.emplace_back(opened, at + length);
            opening = 0;
        }
        at += length;
    }
    if (opening != 0 && opening != '"') parts_.emplace_back(opened, block.size());
}

bool QuotedParts::hold(SentenceSpan sentence) const noexcept {
    auto part = std::lower_bound(parts_.begin(), parts_.end(), sentence.begin,
                                 [](auto const& known, std::size_t begin) { return known.second <= begin; });
    if (part == parts_.end() || part->first >= sentence.end) return false;
    for (std::size_t at = sentence.begin; at < sentence.end;) {
        while (part != parts_.end() && part->second <= at)
            ++part;
        if (part != parts_.end() && at >= part->first) {
            at = part->second;
            continue;
        }
        auto const [value, length] = code_point_at(block_, at);
        if (is_letter(value) || is_digit(value)) return false;
        at += length;
    }
    return true;
}

bool asks(std::string_view sentence) {
    if (sentence.find('?') == std::string_view::npos && is_ascii(sentence)) return false;
    sentence = trimmed(sentence);
    auto mark = sentence.rfind('?');
    std::size_t length = 1;
    if (mark == std::string_view::npos) {
        constexpr std::string_view wide_mark = "\uFF1F";
        mark = sentence.rfind(wide_mark);
        length = wide_mark.size();
    }
    if (mark == std::string_view::npos) return false;
    auto const tail = past_closers(sentence, mark + length);
    if (tail == sentence.size()) return true;
    bool const said = begins_with_mark(sentence) && tail > mark + length && sentence[tail] == ' ';
    return said && count_words(sentence.substr(tail)) <= attribution_words;
}

std::size_t item_mark_length(std::string_view sentence) noexcept {
    if (sentence.empty()) return 0;
    auto length = bullet_length(sentence);
    if (length == 0) length = number_length(sentence);
    if (length == 0 || length >= sentence.size() || sentence[length] != ' ') return 0;
    return length + 1;
}

bool ends_in_address(std::string_view text) noexcept {
    auto const space = text.rfind(' ');
    auto const last = space == std::string_view::npos ? text : text.substr(space + 1);
    return last.find("://") != std::string_view::npos || last.starts_with("www.") || last.starts_with("doi:");
}

bool ends_cut_off(std::string_view text) noexcept {
    return text.ends_with("[\u2026]") || text.ends_with("[...]") || text.ends_with("\u2026") || text.ends_with("...");
}

SentenceRole role_of(SentenceInBlock const& sentence) {
    auto const text = sentence.text;
    switch (sentence.block) {
        case BlockRole::title: return SentenceRole::title;
        case BlockRole::heading: return SentenceRole::heading;
        case BlockRole::boilerplate: return SentenceRole::boilerplate;
        case BlockRole::fragment: return SentenceRole::fragment;
        default: break;
    }
    if (sentence.cut) return SentenceRole::fragment;
    if (asks(text)) return SentenceRole::question;
    auto const words = count_words(text);
    if (is_furniture(sentence, words)) return SentenceRole::boilerplate;
    if (sentence.block == BlockRole::list_item) return words == 0 ? SentenceRole::fragment : SentenceRole::list_item;
    if (words < 2) return SentenceRole::fragment;
    auto const mark = item_mark_length(text);
    if (mark > 0 && is_terminated(text)) return SentenceRole::list_item;
    if (!is_terminated(text) && !ends_in_address(text) &&
        (words < 8 || (sentence.last_of_several && ends_cut_off(text))))
        return SentenceRole::fragment;
    return sentence.block == BlockRole::quotation || sentence.quoted ? SentenceRole::quotation
                                                                     : SentenceRole::statement;
}

}  // namespace dossier::sources
