#include "dossier/sources/lost_line_breaks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_token = 120;

template <std::size_t n>
bool contains(std::array<std::string_view, n> const& sorted, std::string_view word) noexcept {
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

// Lower case, sorted. As the first word after a name they begin the message.
constexpr auto message_starters = std::to_array<std::string_view>(
    {"as",     "attached", "can",    "do",  "here",  "hope", "i",    "if", "in",   "it",  "just",
     "please", "thank",    "thanks", "the", "these", "they", "this", "we", "what", "yes", "you"});
static_assert(std::is_sorted(message_starters.begin(), message_starters.end()));

constexpr auto closings = std::to_array<std::string_view>({"all the best",
                                                           "best",
                                                           "best regards",
                                                           "best wishes",
                                                           "cheers",
                                                           "kind regards",
                                                           "kindest regards",
                                                           "love",
                                                           "many thanks",
                                                           "regards",
                                                           "sincerely",
                                                           "sincerely yours",
                                                           "take care",
                                                           "warm regards",
                                                           "warmest regards",
                                                           "with best regards",
                                                           "with kind regards",
                                                           "yours",
                                                           "yours faithfully",
                                                           "yours sincerely",
                                                           "yours truly"});
static_assert(std::is_sorted(closings.begin(), closings.end()));

constexpr auto closings_begin_with = [] {
    std::array<bool, 26> letters{};
    for (auto const closing : closings)
        letters[static_cast<std::size_t>(closing[0] - 'a')] = true;
    return letters;
}();

constexpr auto greetings =
    std::to_array<std::string_view>({"good afternoon", "good evening", "good morning", "hello", "hey", "hi"});
static_assert(std::is_sorted(greetings.begin(), greetings.end()));

bool is_ascii_byte(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80;
}

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::string_view token_at(std::string_view text, std::size_t at) noexcept {
    std::size_t end = at;
    while (end < text.size() && end - at < max_token && !is_blank(text[end]))
        ++end;
    return text.substr(at, end - at);
}

std::string_view last_token(std::string_view text) noexcept {
    std::size_t begin = text.size();
    while (begin > 0 && text.size() - begin < max_token && !is_blank(text[begin - 1]))
        --begin;
    return text.substr(begin);
}

std::string_view without_trailing_blanks(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view word_at(std::string_view text, std::size_t at) noexcept {
    std::size_t end = at;
    while (end < text.size() && end - at < max_token && is_ascii_alpha(text[end]))
        ++end;
    return text.substr(at, end - at);
}

bool begins_upper(std::string_view text) noexcept {
    return !text.empty() && is_upper(code_point_at(text, 0).value);
}

// --- rows of signs ---

bool is_row_sign(char c) noexcept {
    return c == '*' || c == '=' || c == '_' || c == '-' || c == '~' || c == '#' || c == '+';
}

// "=====", "***"; three stars are enough, other signs have uses of their own.
bool is_row(std::string_view token) noexcept {
    if (token.size() < 3 || !is_row_sign(token[0])) return false;
    return (token.size() >= 5 || token[0] == '*') && token.find_first_not_of(token[0]) == std::string_view::npos;
}

// "---= 19 servers": a row of signs with something in it.
bool begins_with_row(std::string_view token) noexcept {
    return token.starts_with("---") && token.find_first_not_of('-') != std::string_view::npos;
}

// "*****NOTICE*****", "==----"
bool ends_in_row(std::string_view token) noexcept {
    if (token.size() < 4) return false;
    auto const tail = token.substr(token.size() - 4);
    return is_row_sign(tail[0]) && tail.find_first_not_of(tail[0]) == std::string_view::npos;
}

// --- date and time, as mail programs write them: "02/13/2001 08:02 PM" ---

std::size_t digits_at(std::string_view text, std::size_t at) noexcept {
    std::size_t n = 0;
    while (at + n < text.size() && n < 5 && is_ascii_digit(text[at + n]))
        ++n;
    return n;
}

bool is_date(std::string_view token) noexcept {
    auto const month = digits_at(token, 0);
    if (month < 1 || month > 2 || month >= token.size() || token[month] != '/') return false;
    auto const day = digits_at(token, month + 1);
    std::size_t const second = month + 1 + day;
    if (day < 1 || day > 2 || second >= token.size() || token[second] != '/') return false;
    auto const year = digits_at(token, second + 1);
    return (year == 2 || year == 4) && second + 1 + year == token.size();
}

bool is_time(std::string_view token) noexcept {
    auto const hour = digits_at(token, 0);
    if (hour < 1 || hour > 2 || hour >= token.size() || token[hour] != ':') return false;
    if (digits_at(token, hour + 1) != 2) return false;
    std::size_t const end = hour + 3;
    return end == token.size() || (token[end] == ':' && digits_at(token, end + 1) == 2 && end + 3 == token.size());
}

bool begins_with_stamp(std::string_view text, std::size_t at) noexcept {
    auto const date = token_at(text, at);
    std::size_t const time = at + date.size() + 1;
    return is_date(date) && time < text.size() && is_time(token_at(text, time));
}

bool ends_with_stamp(std::string_view before) noexcept {
    auto token = last_token(before);
    if (token == "AM" || token == "PM") {
        before = without_trailing_blanks(before.substr(0, before.size() - token.size()));
        token = last_token(before);
    }
    if (!is_time(token)) return false;
    return is_date(last_token(without_trailing_blanks(before.substr(0, before.size() - token.size()))));
}

// --- addresses ---

bool is_mail_address(std::string_view token) noexcept {
    while (!token.empty() && (token.back() == '>' || token.back() == ')' || token.back() == ']'))
        token.remove_suffix(1);
    auto const at = token.find('@');
    return at != std::string_view::npos && at > 0 && token.find('.', at) != std::string_view::npos && !token.empty() &&
           is_ascii_alpha(token.back());
}

bool is_web_address(std::string_view token) noexcept {
    while (!token.empty() && (token.front() == '<' || token.front() == '[' || token.front() == '('))
        token.remove_prefix(1);
    if (!token.starts_with("http://") && !token.starts_with("https://")) return false;
    char const last = token.back();
    return last != ',' && last != ';' && last != ':' && last != '-' && last != '&';
}

// Names, numbers and addresses only: "Ada Smith", "\"Smith, Ada\" <ada@example.org>".
bool is_name_line(std::string_view head, std::size_t max_tokens) noexcept {
    if (head.size() > max_line_head) return false;
    std::size_t n_tokens = 0;
    for (std::size_t at = 0; at < head.size();) {
        auto const token = token_at(head, at);
        at += token.size();
        while (at < head.size() && is_blank(head[at]))
            ++at;
        if (++n_tokens > max_tokens || token.empty()) return false;
        std::size_t const skipped = token[0] == '"' || token[0] == '<' ? 1 : 0;
        bool const named = begins_upper(token.substr(skipped)) || token.find('@') != std::string_view::npos;
        bool const joins = token == "and" || token == "&";
        if (!named && !joins) return false;
    }
    return n_tokens > 0;
}

// "Email: ada@example.org", "From: \"Ada\" <ada@example.org>"
bool is_labelled_address(std::string_view head) noexcept {
    if (head.find('@') == std::string_view::npos) return false;
    auto const label = token_at(head, 0);
    return label.ends_with(':') && label.size() > 2 && begins_upper(label) && is_mail_address(last_token(head)) &&
           is_name_line(head, 5);
}

// "(New Scientist Space)": in parentheses from end to end, and more than one word.
bool is_aside(std::string_view head) noexcept {
    return head.size() > 2 && head.front() == '(' && head.back() == ')' && head.find(' ') != std::string_view::npos &&
           head.find(')') == head.size() - 1;
}

// --- heads of messages and of news ---

bool is_plain_name(std::string_view head) noexcept {
    if (!is_name_line(head, 3) || head.find(' ') == std::string_view::npos || !begins_upper(last_token(head)))
        return false;
    return is_letter(code_point_before(head, head.size()).value) && head.find("- ") == std::string_view::npos &&
           std::all_of(head.begin(), head.end(), [](char c) {
               return is_ascii_alpha(c) || c == ' ' || c == '-' || c == '.' || c == '\'' ||
                      static_cast<unsigned char>(c) >= 0x80;
           });
}

bool starts_message(std::string_view text, std::size_t at) {
    auto const word = word_at(text, at);
    if (!begins_upper(word) || !contains(message_starters, ascii_lower(word))) return false;
    auto const after = at + word.size();
    return after < text.size() && (text[after] == ' ' || text[after] == '\'' || text[after] == ',');
}

// The word of thanks by itself: "thanks I have tried that".
bool is_thanks(std::string_view head) {
    auto const words = ascii_lower(head.substr(0, max_line_head));
    return words == "thanks" || words == "thx" || words == "thank you" || words == "many thanks";
}

// "Ada Smith We will be there": a name or thanks, then a sentence whose second word is in lower case.
bool is_head_before_message(std::string_view head, std::string_view text, std::size_t at) {
    char const first = ascii_lower(text[at]);
    if (first != 'i' && first != 't' && first != 'w' && first != 'y') return false;  // as all subjects begin
    auto const word = word_at(text, at);
    std::size_t const second = at + word.size() + 1;
    if (second >= text.size() || text[second] < 'a' || text[second] > 'z') return false;
    static constexpr auto subjects =
        std::to_array<std::string_view>({"I", "They", "These", "This", "We", "You", "i", "it", "they", "we", "you"});
    auto const is_subject = [](std::string_view word_of_head) {
        return std::find(subjects.begin(), subjects.end(), word_of_head) != subjects.end();
    };
    if (!is_subject(word)) return false;
    return is_thanks(head) || (is_plain_name(head) && !contains(message_starters, ascii_lower(word_at(head, 0))));
}

std::string without_comma(std::string_view head) {
    return ascii_lower(head.substr(0, head.size() - 1));
}

// "Hi, Yes there is", "Dear All, My name is"
bool is_greeting(std::string_view head) {
    if (!head.ends_with(',') || head.size() > max_line_head) return false;
    auto const words = without_comma(head);
    if (contains(greetings, words)) return true;
    return words.starts_with("dear ") && is_name_line(head, 4);
}

// "Steve, Rod and Elyse - Just wanted to", "TEHRAN (AFP) - An international"
bool is_head_before_dash(std::string_view head, std::string_view text, std::size_t at) {
    if (head.back() != '-' && is_ascii_byte(head.back())) return false;
    auto const dash = last_token(head);
    if (dash != "-" && dash != "--" && dash != "\u2013" && dash != "\u2014") return false;
    auto const name = without_trailing_blanks(head.substr(0, head.size() - dash.size()));
    if (name.size() > max_line_head) return false;
    if (name.ends_with(')')) {
        auto const open = name.rfind(" (");
        return open != std::string_view::npos && open >= 3 && is_name_line(name.substr(0, open), 6) &&
               begins_upper(name.substr(open + 2)) &&
               std::none_of(name.begin(), name.begin() + 3, [](char c) { return c >= 'a' && c <= 'z'; });
    }
    return is_name_line(name, 5) && starts_message(text, at);
}

// "Best regards, Ada": the length of the formula and its comma at `at`; 0: there is none.
std::size_t closing_length(std::string_view text, std::size_t at) {
    if (text[at] < 'A' || text[at] > 'Z' || !closings_begin_with[static_cast<std::size_t>(text[at] - 'A')]) return 0;
    auto const comma = text.substr(at, 24).find(',');
    if (comma == std::string_view::npos || !contains(closings, ascii_lower(text.substr(at, comma)))) return 0;
    return comma + 1;
}

bool is_closing(std::string_view head) {
    return head.size() <= 24 && head.ends_with(',') && closing_length(head, 0) == head.size();
}

bool ends_in_emoticon(std::string_view before) noexcept {
    if (is_ascii_alpha(before.back()) && std::string_view("DPpOo").find(before.back()) == std::string_view::npos)
        return false;
    auto const token = last_token(before);
    return token.size() <= 4 && emoticon_length(token, 0) == token.size() && token.size() < before.size();
}

bool begins_line(std::string_view text, std::size_t at) noexcept {
    char const c = text[at];
    return begins_upper(text.substr(at, 4)) || c == '"' || c == '(' ||
           (c == '-' && at + 1 < text.size() && is_blank(text[at + 1]));
}

}  // namespace

std::size_t emoticon_length(std::string_view text, std::size_t at) noexcept {
    if (at + 1 >= text.size() || (text[at] != ':' && text[at] != ';' && text[at] != '=')) return 0;
    std::size_t end = at + 1;
    if (text[end] == '-') ++end;
    if (end >= text.size()) return 0;
    constexpr std::string_view mouths = ")(DPpOo";
    if (mouths.find(text[end]) == std::string_view::npos) return 0;
    ++end;
    return end == text.size() || is_blank(text[end]) ? end - at : 0;
}

bool has_lost_line_break(std::string_view text, std::size_t begin, std::size_t at) {
    auto const before = without_trailing_blanks(text.substr(begin, at - begin));
    if (before.empty()) return false;
    bool const short_head = before.size() <= max_line_head;
    char const first = text[at];
    if (is_within_line(first, before.back(), at - begin)) return short_head && is_labelled_address(before);
    if (first >= 'a' && first <= 'z' && before.back() != 'M' && !is_ascii_digit(before.back()))
        return short_head && (is_labelled_address(before) || is_head_before_message(before, text, at));
    if (is_row_sign(first) && first != '*' && (is_row(token_at(text, at)) || begins_with_row(token_at(text, at))))
        return true;
    if (is_ascii_digit(first) && short_head && begins_with_stamp(text, at) && is_name_line(before, 6)) return true;
    char const last = before.back();
    if ((first == 'A' || first == 'P') && (token_at(text, at) == "AM" || token_at(text, at) == "PM")) return false;
    if ((last == 'M' || is_ascii_digit(last)) && ends_with_stamp(before)) return short_head || begins_line(text, at);
    if (short_head && (is_labelled_address(before) || is_head_before_message(before, text, at))) return true;
    if (!begins_line(text, at)) return false;
    if (is_row_sign(last) && (ends_in_row(last_token(before)) || is_row(last_token(before)))) return true;
    if (before == "--" || before.ends_with(" >>") || before.ends_with(" <>")) return true;
    auto const token = last_token(before);
    if (is_mail_address(token) || is_web_address(token)) return true;
    if (ends_in_emoticon(before) || (short_head && is_aside(before))) return true;
    if (short_head && last == ',' && (is_greeting(before) || is_closing(before))) return true;
    if (short_head && is_head_before_dash(before, text, at)) return true;
    return last != ',' && last != ';' && closing_length(text, at) > 0 &&
           at + closing_length(text, at) + 1 < text.size();
}

}  // namespace dossier::sources
