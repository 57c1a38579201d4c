#include "dossier/sources/html_tokens.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t max_attributes = 64;
constexpr std::size_t max_attribute_bytes = 16u << 10;
constexpr std::size_t max_name_bytes = 64;

bool is_html_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

// Numbers of windows-1252 that pages use as if they were Unicode (HTML standard, "numeric character reference end state").
char32_t numeric_character(char32_t number) noexcept {
    static constexpr char32_t windows_1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (number >= 0x80 && number < 0xA0) return windows_1252[number - 0x80];
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return 0xFFFD;
    return number;
}

int digit_value(char c, int base) noexcept {
    if (is_ascii_digit(c)) return c - '0';
    c = ascii_lower(c);
    return base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Entity numeric_entity(std::string_view text) {
    std::size_t at = 2;
    int base = 10;
    if (at < text.size() && ascii_lower(text[at]) == 'x') {
        base = 16;
        ++at;
    }
    char32_t number = 0;
    std::size_t const digits = at;
    for (; at < text.size() && digit_value(text[at], base) >= 0; ++at)
        number = std::min<char32_t>(
            number * static_cast<char32_t>(base) + static_cast<char32_t>(digit_value(text[at], base)), 0x110000);
    if (at == digits) return {};
    if (at < text.size() && text[at] == ';') ++at;
    Entity entity;
    entity.length = at;
    append_utf8(entity.characters, numeric_character(number));
    return entity;
}

char32_t named_character(std::string const& name) {
    if (name == "apos") return '\'';
    auto const* found = htmlEntityLookup(reinterpret_cast<xmlChar const*>(name.c_str()));
    return found ? found->value : 0;
}

}  // namespace

Entity entity_at(std::string_view text) {
    if (text.size() < 3 || text[0] != '&') return {};
    if (text[1] == '#') return numeric_entity(text);
    std::size_t end = 1;
    while (end < text.size() && end < 12 && (is_ascii_alpha(text[end]) || is_ascii_digit(text[end])))
        ++end;
    bool const closed = end < text.size() && text[end] == ';';
    auto const value = named_character(std::string(text.substr(1, end - 1)));
    // Without its semicolon only the Latin-1 names count, as in browsers ("&copy 2020", but not "&sect" in "?a&sect=1").
    if (value == 0 || (!closed && (value > 0xFF || (end < text.size() && text[end] == '=')))) return {};
    Entity entity;
    entity.length = closed ? end + 1 : end;
    append_utf8(entity.characters, value);
    return entity;
}

std::string resolve_entities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const entity = text[at] == '&' ? entity_at(text.substr(at, 64)) : Entity{};
        if (entity.length == 0) {
            out += text[at++];
        } else {
            out += entity.characters;
            at += entity.length;
        }
    }
    return out;
}

std::string_view HtmlToken::attribute(std::string_view wanted) const noexcept {
    for (auto const& each : attributes)
        if (each.name == wanted) return each.value;
    return {};
}

bool HtmlToken::has_attribute(std::string_view wanted) const noexcept {
    return std::any_of(attributes.begin(), attributes.end(), [&](auto const& a) { return a.name == wanted; });
}

HtmlToken HtmlTokenizer::next() {
    HtmlToken token;
    while (at_ < text_.size() && text_[at_] == '<' && skip_declaration()) {
    }
    std::size_t const begin = at_;
    std::size_t text_end = begin;
    while (at_ < text_.size()) {
        if (text_[at_] != '<') {
            auto const bracket = text_.find('<', at_);
            at_ = text_end = bracket == std::string_view::npos ? text_.size() : bracket;
            continue;
        }
        if (text_end > begin && at_ + 1 < text_.size() &&
            (is_ascii_alpha(text_[at_ + 1]) || text_[at_ + 1] == '/' || text_[at_ + 1] == '!' || text_[at_ + 1] == '?'))
            break;
        if (is_begin_of_tag_at_end()) {
            ended_within_tag_ = true;
            at_ = text_.size();
            break;
        }
        if (read_tag(token)) return token;
        text_end = ++at_;  // a bracket that begins no tag is text
    }
    token.begin = begin;
    token.end = text_end;
    if (!ended_within_tag_) at_ = text_end;
    token.kind = begin < text_end ? HtmlToken::Kind::text : HtmlToken::Kind::end_of_file;
    return token;
}

bool HtmlTokenizer::skip_declaration() {
    auto const rest = text_.substr(at_);
    auto const skip_past = [&](std::string_view what, std::size_t from) {
        auto const end = text_.find(what, from);
        at_ = end == std::string_view::npos ? text_.size() : end + what.size();
        return true;
    };
    if (rest.starts_with("<!-->")) return skip_past(">", at_ + 4);
    if (rest.starts_with("<!--")) return skip_past("-->", at_ + 4);
    if (rest.starts_with("<![CDATA[")) return skip_past("]]>", at_ + 9);
    if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_past(">", at_ + 2);
    if (rest.starts_with("</") && rest.size() > 2 && !is_ascii_alpha(rest[2])) return skip_past(">", at_ + 2);
    return false;
}

// "<" or "</" and nothing after it.
bool HtmlTokenizer::is_begin_of_tag_at_end() const noexcept {
    auto const rest = text_.substr(at_);
    return rest == "<" || rest == "</";
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
    std::size_t at = at_ + 1;
    bool const ends = at < text_.size() && text_[at] == '/';
    if (ends) ++at;
    if (at >= text_.size() || !is_ascii_alpha(text_[at])) return false;
    std::size_t const name_begin = at;
    while (at < text_.size() && !is_html_space(text_[at]) && text_[at] != '>' && text_[at] != '/')
        ++at;
    token.name = ascii_lower(text_.substr(name_begin, std::min(at - name_begin, max_name_bytes)));
    token.kind = ends ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
    token.begin = at_;
    at_ = at;
    ended_within_tag_ = !read_attributes(token);
    token.end = at_;
    return true;
}

bool HtmlTokenizer::read_attributes(HtmlToken& token) {
    while (at_ < text_.size()) {
        while (at_ < text_.size() && (is_html_space(text_[at_]) || text_[at_] == '/')) {
            token.self_closing = text_[at_] == '/';
            ++at_;
        }
        if (at_ >= text_.size()) return false;
        if (text_[at_] == '>') {
            ++at_;
            return true;
        }
        token.self_closing = false;
        std::size_t const name_begin = at_++;
        while (at_ < text_.size() && !is_html_space(text_[at_]) && text_[at_] != '=' && text_[at_] != '>' &&
               text_[at_] != '/')
            ++at_;
        auto const name = text_.substr(name_begin, at_ - name_begin);
        while (at_ < text_.size() && is_html_space(text_[at_]))
            ++at_;
        std::string_view value;
        if (at_ < text_.size() && text_[at_] == '=') {
            ++at_;
            while (at_ < text_.size() && is_html_space(text_[at_]))
                ++at_;
            if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
                char const quote = text_[at_++];
                auto end = text_.find(quote, at_);
                if (end == std::string_view::npos) end = text_.size();
                value = text_.substr(at_, end - at_);
                at_ = std::min(end + 1, text_.size());
            } else {
                std::size_t const value_begin = at_;
                while (at_ < text_.size() && !is_html_space(text_[at_]) && text_[at_] != '>')
                    ++at_;
                value = text_.substr(value_begin, at_ - value_begin);
            }
        }
        if (token.attributes.size() >= max_attributes) {
            ++attributes_left_out_;
            continue;
        }
        token.attributes.push_back(
            {ascii_lower(name.substr(0, max_name_bytes)), resolve_entities(value.substr(0, max_attribute_bytes))});
    }
    return false;
}

std::string_view HtmlTokenizer::raw_text(std::string_view element) {
    std::size_t const begin = at_;
    for (auto at = text_.find("</", begin); at != std::string_view::npos; at = text_.find("</", at + 2)) {
        auto const name = text_.substr(at + 2, element.size());
        std::size_t const after = at + 2 + element.size();
        if (ascii_lower(name) == element &&
            (after >= text_.size() || is_html_space(text_[after]) || text_[after] == '>' || text_[after] == '/')) {
            at_ = at;
            return text_.substr(begin, at - begin);
        }
    }
    at_ = text_.size();
    return text_.substr(begin);
}

}  // namespace dossier::sources
