#include "dossier/evidence/tokens.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>

#include "dossier/claims/phrase_pattern.hpp"
#include "dossier/evidence/word_hash.hpp"
#include "dossier/model/byte_masks.hpp"

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

/// One bit for each byte of a text: is it an ASCII letter or digit?
class LetterBits {
public:
    void read(std::string_view text) {
        bits_.clear();
        for (std::size_t at = 0; at < text.size(); at += mask_bytes)
            bits_.push_back(mask_at(text, at, IsLetterOrDigit{}));
        bits_.resize(bits_.size() + 2);
    }
    /// Where the letters and digits that begin at `at` end; `at` itself where there are none.
    [[nodiscard]] std::size_t end_of_run(std::size_t at) const noexcept {
        for (;; at += mask_bytes)
            if (auto const others = ~from(at); others != 0)
                return at + static_cast<std::size_t>(std::countr_zero(others));
    }

private:
    [[nodiscard]] std::uint64_t from(std::size_t at) const noexcept {
        auto const* const bits = bits_.data() + at / mask_bytes;
        auto const shift = at % mask_bytes;
        return bits[0] >> shift | bits[1] << 1 << (mask_bytes - 1 - shift);
    }

    std::vector<std::uint64_t> bits_;  ///< of the text, and more than 64 zeros
};

}  // namespace

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
        at_ = letters_.end_of_run(at_);
        if (at_ > begin && ends_here()) return add(begin, at_, {folded_.data() + begin, at_ - begin});
        at_ = begin;
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

    /// After letters: the text ends, or what follows is ASCII and holds no word together, as at nearly all words.
    [[nodiscard]] bool ends_here() const noexcept {
        if (at_ == text_.size()) return true;
        char const c = text_[at_];
        if (c == '.' || c == ',') return at_ + 1 == text_.size() || text_[at_ + 1] == ' ';
        return static_cast<unsigned char>(c) < 0x80 && c != '\'';
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
        Token token{text, begin, end, hash_of_word(text), between_.opens, between_.closes, between_.mark};
        if (!first && between_.hyphen) {
            token.joined = !between_.space && between_.mark == Mark::none;
            if (between_.space) token.before = std::max(token.before, Mark::dash);
        }
        tokens_.push_back(token);
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
