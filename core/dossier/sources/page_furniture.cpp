#include "dossier/sources/page_furniture.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dossier/sources/page_furniture_words.hpp"
#include "dossier/sources/stock_phrases.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

using namespace furniture_words;

enum Group : std::uint8_t { strong, weak, publisher, audience_of_publisher, joining, paywall, wall };
constexpr auto joining_words = std::to_array<Words>({"join"});

StockPhrases const& stock_phrases() {
    static constexpr auto groups = std::to_array<std::span<Words const>>(
        {strong_phrases, weak_phrases, publisher_phrases, audience, joining_words, paywall_phrases, wall_phrases});
    static StockPhrases const phrases(groups);
    return phrases;
}

bool has(PhraseGroups groups, Group group) noexcept {
    return (groups >> group & 1u) != 0;
}

bool has_voice(PhraseGroups groups) noexcept {
    return has(groups, publisher) || (has(groups, joining) && has(groups, audience_of_publisher));
}

/// The list `lines`, made ready when it is first asked for.
template <auto const& lines>
StockLines const& made_lines() {
    static StockLines const made(lines);
    return made;
}

template <std::size_t n>
bool any_equal(std::array<Words, n> const& lines, std::string_view text) {
    return std::find(lines.begin(), lines.end(), text) != lines.end();
}

std::string_view without_final_punctuation(std::string_view text) noexcept {
    while (!text.empty() && std::string_view(".:!?*>|-,;\"").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    while (text.ends_with("\u2026") || text.ends_with("\u00BB"))
        text.remove_suffix(text.ends_with("\u00BB") ? 2 : 3);
    return trimmed(text);
}

// "post-content relatedPosts" -> post content post-content related posts relatedposts
std::vector<std::string> name_tokens(std::string_view names) {
    std::vector<std::string> tokens;
    std::string part, whole;
    bool after_lower = false, part_of_camel = false;
    auto const end_part = [&] {
        bool const chance = part_of_camel && part.size() < 3;  // two letters of a generated name
        if (!part.empty() && !chance && tokens.size() < 64) tokens.push_back(part);
        part.clear();
        part_of_camel = false;
    };
    for (char const c : names.substr(0, 512)) {
        if (c >= 'A' && c <= 'Z' && after_lower) {
            end_part();
            part_of_camel = true;
        }
        after_lower = c >= 'a' && c <= 'z';
        if (is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80)
            part += ascii_lower(c);
        else
            end_part();
        if (c == ' ') {
            if (!whole.empty() && tokens.size() < 64) tokens.push_back(whole);
            whole.clear();
        } else {
            whole += ascii_lower(c);
        }
    }
    end_part();
    if (!whole.empty()) tokens.push_back(whole);
    return tokens;
}

template <auto const& names>
bool any_name(std::string_view class_and_id) {
    if (trimmed(class_and_id).empty()) return false;
    auto const tokens = name_tokens(class_and_id);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](std::string const& token) { return made_lines<names>().has(token); });
}

// "Facebook Twitter LinkedIn": what is shared with, in a row.
bool is_row_of_buttons(std::string_view line) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < line.size(); ++n) {
        auto const end = std::min(line.find(' ', at), line.size());
        if (!any_equal(button_words, line.substr(at, end - at))) return false;
        at = end + 1;
    }
    return n >= 2 && n <= 12;
}

// "Home > News > Health"
bool is_breadcrumb(std::string_view line) {
    if (!line.starts_with("home ")) return false;
    auto const rest = line.substr(5);
    return rest.starts_with("> ") || rest.starts_with("\u00BB ") || rest.starts_with("\u203A ") ||
           rest.starts_with("/ ");
}

}  // namespace

bool may_be_furniture_line(std::string_view folded) {
    static LineHeads const heads = [] {
        LineHeads all;
        all.add(whole_lines);
        all.add(line_beginnings);
        all.add(button_words);
        static constexpr auto breadcrumb = std::to_array<Words>({"home "});
        all.add(breadcrumb);
        return all;
    }();
    return heads.may_begin(folded);
}

bool is_furniture_line(std::string_view text) {
    if (!may_be_furniture_line(text)) return false;
    auto const line = without_final_punctuation(text);
    if (line.empty() || is_row_of_buttons(line) || is_breadcrumb(line)) return true;
    return made_lines<whole_lines>().has(line) || made_lines<line_beginnings>().has_begin_of(text);
}

FurniturePhrases furniture_phrases_in(std::string_view text) {
    auto const groups = stock_phrases().groups_in(text);
    return {has(groups, strong), has(groups, weak), has_voice(groups), has(groups, paywall)};
}

bool has_furniture_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), strong);
}
bool has_weak_furniture_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), weak);
}

SectionOpening section_opened_by(std::string_view heading) {
    auto line = without_final_punctuation(heading);
    // "Comments (12)", "3 comments"
    while (!line.empty() &&
           (is_ascii_digit(line.back()) || line.back() == '(' || line.back() == ')' || line.back() == ' '))
        line.remove_suffix(1);
    while (!line.empty() && (is_ascii_digit(line.front()) || line.front() == ' '))
        line.remove_prefix(1);
    if (made_lines<closing_headings>().has(line)) return SectionOpening::closing;
    if (line.starts_with("leave a reply") || line.starts_with("leave a comment") ||
        line.starts_with("you might be interested"))
        return SectionOpening::closing;
    // "More great stories", "More from the desk", "More world news"
    static constexpr std::array<Words, 6> announced = {" stories", " articles", " posts",
                                                       " news",    " coverage", " headlines"};
    if (line.starts_with("more ") && count_words(line) <= 5 &&
        std::any_of(announced.begin(), announced.end(), [&](Words word) { return line.ends_with(word); }))
        return SectionOpening::links;
    if (made_lines<link_headings>().has(line)) return SectionOpening::links;
    return SectionOpening::none;
}

bool may_head_text(std::string_view heading) {
    return made_lines<headings_of_text_too>().has(without_final_punctuation(heading));
}

bool has_publisher_voice(std::string_view text) {
    return has_voice(stock_phrases().groups_in(text));
}

bool begins_as_appeal(std::string_view text) {
    return !text.empty() && std::any_of(appeals.begin(), appeals.end(), [&](Words word) {
        return word.front() == text.front() && text.starts_with(word) && text.size() > word.size() &&
               text[word.size()] == ' ';
    });
}

bool is_menu_line(std::string_view text) {
    if (text.find('|') == Words::npos && text.find('/') == Words::npos && is_ascii(text)) return false;
    std::size_t pieces = 0;
    while (!text.empty()) {
        std::size_t end = std::string_view::npos, length = 1;
        for (Words const separator : {"|", "\u00B7", "\u2022", "\u203A", "\u00BB", " / "})
            if (auto const at = text.find(separator); at < end) {
                end = at;
                length = separator.size();
            }
        auto const piece = trimmed(text.substr(0, end));
        if (count_words(piece) > 3 || std::any_of(piece.begin(), piece.end(), is_ascii_digit)) return false;
        if (!piece.empty()) ++pieces;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + length);
    }
    return pieces >= 3;
}

bool is_menu_word(std::string_view text) {
    return made_lines<menu_words>().has(without_final_punctuation(text));
}

bool is_paywall_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), paywall);
}
bool is_wall_phrase(std::string_view text) {
    return has(stock_phrases().groups_in(text), wall);
}

bool names_furniture(std::string_view class_and_id) {
    return any_name<furniture_names>(class_and_id);
}
bool names_article_text(std::string_view class_and_id) {
    auto const names = ascii_lower(class_and_id.substr(0, 512));
    return std::any_of(article_names.begin(), article_names.end(),
                       [&](Words name) { return names.find(name) != std::string::npos; });
}
bool names_comments(std::string_view class_and_id) {
    // Only as a whole: "has-comments" is a name of the article's own part.
    auto const names = ascii_lower(class_and_id.substr(0, 512)) + ' ';
    for (std::size_t at = 0, end = names.find(' '); end != std::string::npos; at = end + 1, end = names.find(' ', at))
        if (any_equal(comment_names, std::string_view(names).substr(at, end - at))) return true;
    return false;
}
bool names_caption(std::string_view class_and_id) {
    return any_name<caption_names>(class_and_id);
}
bool names_byline(std::string_view class_and_id) {
    return any_name<byline_names>(class_and_id);
}

}  // namespace dossier::sources
