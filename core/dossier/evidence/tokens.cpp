#include "dossier/evidence/tokens.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/letter_bits.hpp"

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

/// Lower case of ASCII letters and digits; 0 for every other byte.
constexpr auto folded_letters = [] {
    std::array<char, 256> letters{};
    for (int c = '0'; c <= '9'; ++c)
        letters[static_cast<std::size_t>(c)] = static_cast<char>(c);
    for (int c = 'a'; c <= 'z'; ++c) {
        letters[static_cast<std::size_t>(c)] = static_cast<char>(c);
        letters[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<char>(c);
    }
    return letters;
}();

char folded_letter(char c) {
    return folded_letters[static_cast<unsigned char>(c)];
}

bool is_word(utf8proc_int32_t c) {
    if (c < 0x80) return c >= 0 && folded_letter(static_cast<char>(c)) != 0;
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
    bool hyphen = false, space = false;
    int opens = 0, closes = 0;

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

template <class Number>
std::uint64_t load(char const* from) {
    Number bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/// All bytes of a word of up to eight, none twice at the same place of two words of one length.
std::uint64_t load_short(std::string_view word) {
    auto const n = word.size();
    if (n >= 4) return load<std::uint32_t>(word.data()) | load<std::uint32_t>(word.data() + n - 4) << 32;
    if (n >= 2) return load<std::uint16_t>(word.data()) | load<std::uint16_t>(word.data() + n - 2) << 16;
    return n == 0 ? 0 : load<unsigned char>(word.data());
}

std::uint32_t mix(std::uint64_t a, std::uint64_t b, std::size_t length) {
    auto hash = (a ^ (b * 0x9E3779B97F4A7C15u) ^ length) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::uint32_t hash_of_word(std::string_view word) noexcept {
    if (word.size() <= 8) return mix(load_short(word), 0, word.size());
    std::uint64_t rest = 0;
    for (std::size_t at = 8; at + 8 < word.size(); at += 8)
        rest = (rest ^ load<std::uint64_t>(word.data() + at)) * 0x9E3779B97F4A7C15u;
    return mix(load<std::uint64_t>(word.data()), rest ^ load<std::uint64_t>(word.data() + word.size() - 8),
               word.size());
}

class Tokenizer {
public:
    Tokenizer(std::string_view text, Tokens& tokens, LetterBits const& letters)
        : text_(text), letters_(letters), tokens_(tokens.tokens_), folded_(tokens.folded_), end_(text.size()) {
        tokens_.clear();
        if (folded_.size() < text.size()) folded_.resize(text.size());
        // This bit makes small letters of capitals, and leaves digits, points, commas and apostrophes as they are.
        std::transform(text.begin(), text.end(), folded_.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    }

    void run(std::size_t max_words) {
        while (at_ < text_.size() && tokens_.size() < max_words) {
            auto const byte = text_[at_];
            if (folded_letter(byte) != 0) {
                word();
            } else if (byte == ' ') {
                between_.space = true;
                ++at_;
            } else if (byte == '%') {
                add(at_, at_ + 1, {folded_.data() + at_, 1});
                ++at_;
            } else {
                auto const c = code_point_at(text_, at_);
                if (is_word(c.value)) {
                    word();
                } else {
                    note(between_, c.value);
                    at_ += c.length;
                }
            }
        }
    }

private:
    /// Letters and digits; an apostrophe between letters, a point or comma between digits.
    void word() {
        auto const begin = at_;
        bool is_plain = true;  // folded_ holds the word as fold() would give it
        bool is_ascii = true;  // apart from apostrophes
        utf8proc_int32_t last = 0;
        while (at_ < text_.size()) {
            if (auto const end = letters_.end_of_run(at_); end != at_) {
                at_ = end;
                last = text_[at_ - 1];
                continue;
            }
            if (text_[at_] == ' ') break;
            auto const c = code_point_at(text_, at_);
            if (!is_word(c.value) && !holds_together(last, c)) break;
            is_plain &= c.value < 0x80;
            is_ascii &= c.value < 0x80 || is_apostrophe(c.value);
            last = c.value;
            at_ += c.length;
        }
        auto const length = at_ - begin;
        if (is_plain) return add(begin, at_, {folded_.data() + begin, length});
        auto const written = text_.substr(begin, length);
        add(begin, at_, write(is_ascii ? with_plain_apostrophes(written) : fold(written)));
    }

    /// In small letters.
    static std::string with_plain_apostrophes(std::string_view word) {
        std::string plain;
        for (std::size_t i = 0; i < word.size();) {
            auto const c = code_point_at(word, i);
            plain += is_apostrophe(c.value) ? '\'' : static_cast<char>(c.value | 0x20);
            i += c.length;
        }
        return plain;
    }

    bool holds_together(utf8proc_int32_t last, CodePoint c) const {
        if (at_ + c.length >= text_.size()) return false;
        bool const joins_letters = is_apostrophe(c.value);
        if (!joins_letters && c.value != '.' && c.value != ',' && c.value != 0xB7) return false;
        auto const next = code_point_at(text_, at_ + c.length).value;
        return joins_letters ? is_word(last) && is_word(next) : is_digit(last) && is_digit(next);
    }

    /// Puts a word behind the text in folded_; where that must grow, the words so far move along.
    std::string_view write(std::string_view word) {
        auto const needed = end_ + word.size();
        if (needed > folded_.size()) {
            std::vector<char> larger(2 * needed);
            std::copy_n(folded_.begin(), end_, larger.begin());
            for (auto& token : tokens_)
                token.text = {larger.data() + (token.text.data() - folded_.data()), token.text.size()};
            folded_.swap(larger);
        }
        auto* const to = folded_.data() + end_;
        std::copy(word.begin(), word.end(), to);
        end_ = needed;
        return {to, word.size()};
    }

    void add(std::size_t begin, std::size_t end, std::string_view text) {
        if (text.size() > 2 && text.ends_with("'s")) text.remove_suffix(2);
        bool const first = tokens_.empty();
        if (!first && between_.mark == Mark::comma) tokens_.back().comma_after = true;
        auto& token = tokens_.emplace_back();
        token.text = text;
        token.begin = begin;
        token.end = end;
        token.hash = hash_of_word(text);
        token.opens = between_.opens;
        token.closes = between_.closes;
        token.before = between_.mark;
        if (!first && between_.hyphen) {
            token.joined = !between_.space && between_.mark == Mark::none;
            if (between_.space) token.before = std::max(token.before, Mark::dash);
        }
        between_ = {};
    }

    std::string_view text_;
    LetterBits const& letters_;
    std::size_t at_ = 0;
    std::vector<Token>& tokens_;
    std::vector<char>& folded_;  ///< the text, byte for byte, and behind it the words that folding changes further
    std::size_t end_;            ///< of what is written
    Between between_;
};

Tokens tokenize(std::string_view text) {
    Tokens tokens;
    tokenize(text, tokens);
    return tokens;
}

void tokenize(std::string_view text, Tokens& tokens, std::size_t max_words) {
    thread_local LetterBits letters;  // as long as the longest text
    letters.read(text);
    Tokenizer(text, tokens, letters).run(max_words);
}

}  // namespace dossier
