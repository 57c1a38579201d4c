#include "dossier/evidence/tokens.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "dossier/claims/phrase_pattern.hpp"

namespace dossier {

namespace {

struct CodePoint {
    utf8proc_int32_t value = 0;
    std::size_t length = 1;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return {byte, 1};
    utf8proc_int32_t value = 0;
    auto const length = utf8proc_iterate(reinterpret_cast<utf8proc_uint8_t const*>(text.data() + at),
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &value);
    return length < 1 ? CodePoint{0xFFFD, 1} : CodePoint{value, static_cast<std::size_t>(length)};
}

bool is_digit(utf8proc_int32_t c) {
    return c >= '0' && c <= '9';
}

bool is_word(utf8proc_int32_t c) {
    if (c < 0x80) return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    auto const category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool is_apostrophe(utf8proc_int32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2BC;
}
bool is_hyphen(utf8proc_int32_t c) {
    return c == '-' || c == 0x2010 || c == 0x2011;
}

/// Punctuation seen since the last word.
struct Between {
    Mark mark = Mark::none;
    int opens = 0, closes = 0;
    bool hyphen = false, space = false;

    void raise(Mark to) { mark = std::max(mark, to); }
};

void note(Between& between, utf8proc_int32_t c) {
    switch (c) {
        case ',': return between.raise(Mark::comma);
        case ';': return between.raise(Mark::semicolon);
        case ':': return between.raise(Mark::colon);
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015: return between.raise(Mark::dash);
        case '(':
        case '[': ++between.opens; return;
        case ')':
        case ']': ++between.closes; return;
        default:
            if (is_hyphen(c))
                between.hyphen = true;
            else if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0)
                between.space = true;
    }
}

class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    Tokens run() {
        while (at_ < text_.size()) {
            auto const c = code_point_at(text_, at_);
            if (is_word(c.value)) {
                word();
            } else if (c.value == '%') {
                add(at_, at_ + 1);
                at_ += 1;
            } else {
                note(between_, c.value);
                at_ += c.length;
            }
        }
        return std::move(tokens_);
    }

private:
    /// Letters and digits; an apostrophe between letters, a point or comma between digits.
    void word() {
        auto const begin = at_;
        utf8proc_int32_t last = 0;
        while (at_ < text_.size()) {
            auto const c = code_point_at(text_, at_);
            if (!is_word(c.value) && !holds_together(last, c)) break;
            last = c.value;
            at_ += c.length;
        }
        add(begin, at_);
    }

    bool holds_together(utf8proc_int32_t last, CodePoint c) const {
        if (at_ + c.length >= text_.size()) return false;
        auto const next = code_point_at(text_, at_ + c.length).value;
        if (is_apostrophe(c.value)) return is_word(last) && is_word(next);
        return (c.value == '.' || c.value == ',' || c.value == 0xB7) && is_digit(last) && is_digit(next);
    }

    void add(std::size_t begin, std::size_t end) {
        Token token{fold(text_.substr(begin, end - begin)),
                    begin,
                    end,
                    between_.mark,
                    false,
                    false,
                    between_.opens,
                    between_.closes};
        if (token.text.size() > 2 && token.text.ends_with("'s")) token.text.resize(token.text.size() - 2);
        bool const first = tokens_.empty();
        token.joined = !first && between_.hyphen && !between_.space && between_.mark == Mark::none;
        if (!first && between_.hyphen && between_.space) token.before = std::max(token.before, Mark::dash);
        if (!first && between_.mark == Mark::comma) tokens_.back().comma_after = true;
        tokens_.push_back(std::move(token));
        between_ = {};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Tokens tokens_;
    Between between_;
};

}  // namespace

Tokens tokenize(std::string_view text) {
    return Tokenizer(text).run();
}

}  // namespace dossier
