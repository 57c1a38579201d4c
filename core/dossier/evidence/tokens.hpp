// Tokens: the words of a sentence, folded for matching, with the punctuation that parts clauses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace dossier {

/// What stands between a word and the one before it, the strongest mark of several.
enum class Mark : std::uint8_t { none, comma, dash, colon, semicolon };

/// One word, or one part of a hyphenated word. Offsets are bytes within the sentence.
struct Token {
    std::string_view text;  ///< folded, without a possessive 's; lives as long as its Tokens
    std::size_t begin = 0, end = 0;
    std::uint32_t hash = 0;     ///< of text: hash_of_word
    int opens = 0, closes = 0;  ///< brackets opened and closed between the token before and this one
    Mark before = Mark::none;
    bool joined = false;  ///< a hyphen ties it to the token before
    bool comma_after = false;
};

/// The words of one text and the bytes that they are made of. Moving keeps the words where they are.
class Tokens {
public:
    Tokens() = default;
    Tokens(Tokens&&) noexcept = default;
    Tokens& operator=(Tokens&&) noexcept = default;

    [[nodiscard]] std::size_t size() const noexcept { return tokens_.size(); }
    [[nodiscard]] bool empty() const noexcept { return tokens_.empty(); }
    [[nodiscard]] Token const& operator[](std::size_t i) const noexcept { return tokens_[i]; }
    [[nodiscard]] Token const& at(std::size_t i) const { return tokens_.at(i); }
    [[nodiscard]] Token const& front() const noexcept { return tokens_.front(); }
    [[nodiscard]] Token const& back() const noexcept { return tokens_.back(); }
    [[nodiscard]] Token const* begin() const noexcept { return tokens_.data(); }
    [[nodiscard]] Token const* end() const noexcept { return tokens_.data() + tokens_.size(); }

private:
    friend class Tokenizer;
    std::vector<Token> tokens_;
    std::vector<char> folded_;
};

inline constexpr std::size_t any_number_of_words = std::numeric_limits<std::size_t>::max();

/// The words of `text`. "%" is a word of its own; "1.3" and "10,000" are one word; "and/or" is two.
[[nodiscard]] Tokens tokenize(std::string_view text);

/// The same into `tokens`, whose memory is used again; reads no further than `max_words`.
void tokenize(std::string_view text, Tokens& tokens, std::size_t max_words = any_number_of_words);

}  // namespace dossier
