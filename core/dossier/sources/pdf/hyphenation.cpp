#include "dossier/sources/pdf/hyphenation.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

constexpr std::size_t longest_word = 80;  // bytes
constexpr char32_t soft_hyphen = 0xAD, unicode_hyphen = 0x2010;

// First parts that English writes with a hyphen.
constexpr auto first_parts = std::to_array<std::string_view>(
    {"all",   "cost", "cross", "double", "dose",    "end",   "evidence", "ex",    "follow",     "four",
     "full",  "half", "head",  "health", "high",    "large", "life",     "long",  "low",        "meta",
     "new",   "non",  "one",   "open",   "placebo", "well",  "self",     "short", "single",     "six",
     "small", "so",   "three", "time",   "triple",  "two",   "up",       "world", "randomised", "randomized"});

bool is_word_byte(char c) noexcept {
    return is_ascii_alpha(c) || is_ascii_digit(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::uint64_t hash_of(std::string_view word) noexcept {
    std::uint64_t hash = 14695981039346656037ull;
    for (char const c : word)
        hash = (hash ^ static_cast<unsigned char>(ascii_lower(c))) * 1099511628211ull;
    return hash;
}

std::string_view last_word(std::string_view text) noexcept {
    std::size_t begin = text.size();
    while (begin > 0 && text.size() - begin < longest_word && is_word_byte(text[begin - 1]))
        --begin;
    return text.substr(begin);
}

std::string_view first_word(std::string_view text) noexcept {
    std::size_t end = 0;
    while (end < std::min(text.size(), longest_word) && is_word_byte(text[end]))
        ++end;
    return text.substr(0, end);
}

bool is_lower_word(std::string_view word) noexcept {
    for (std::size_t at = 0; at < word.size();) {
        auto const [value, length] = code_point_at(word, at);
        if (!is_lower(value)) return false;
        at += length;
    }
    return !word.empty();
}

}  // namespace

void Hyphenation::learn_words() {
    learnt_ = true;
    for (std::size_t at = 0; at < text_.size();) {
        if (!is_word_byte(text_[at])) {
            ++at;
            continue;
        }
        auto end = at;
        while (end < text_.size() && (is_word_byte(text_[end]) ||
                                      (text_[end] == '-' && end + 1 < text_.size() && is_word_byte(text_[end + 1]))))
            ++end;
        bool const broken = end < text_.size() && text_[end] == '-';
        if (!broken && end - at <= longest_word) words_.push_back(hash_of(text_.substr(at, end - at)));
        at = end;
    }
    std::sort(words_.begin(), words_.end());
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

bool Hyphenation::knows(std::string_view word) {
    if (!learnt_) learn_words();
    return std::binary_search(words_.begin(), words_.end(), hash_of(word));
}

LineJoint Hyphenation::joint(std::string_view before, std::string_view after) {
    if (before.empty() || after.empty()) return {};
    auto const [last, length] = code_point_before(before, before.size());
    if (last != soft_hyphen && last != '-' && last != unicode_hyphen) return {};
    auto const left = last_word(before.substr(0, before.size() - length));
    auto const right = first_word(after);
    if (left.empty() || right.empty()) return {};  // a dash: "text - and more"
    if (last == soft_hyphen) return {false, length};
    // "COVID-19", "T-cell", "IL-6": what is no broken word keeps its hyphen.
    if (!is_lower_word(right) || !is_lower(code_point_before(left, left.size()).value)) return {false, 0};
    std::string joined(left), hyphened(left);
    joined.append(right);
    hyphened.append("-").append(right);
    if (knows(joined)) return {false, length};
    if (knows(hyphened)) return {false, 0};
    bool const compound =
        std::find(first_parts.begin(), first_parts.end(), ascii_lower(left)) != first_parts.end() && right.size() >= 3;
    return {false, compound ? 0 : length};
}

}  // namespace dossier::sources
