#include "dossier/claims/phrase_pattern.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace dossier {

namespace {

using Variant = PhrasePattern::Variant;
using Kind = PhraseElement::Kind;

constexpr std::size_t min_stem_letters = 3;
constexpr std::string_view ellipsis = "\u2026";

/// Apostrophes, quotes used as such, and hyphens come in many shapes; a registry is typed with the plain
/// ones.
void plain_punctuation(std::string& text) {
    static constexpr std::pair<std::string_view, char> shapes[] = {
        {"\u2019", '\''}, {"\u2018", '\''}, {"\u02bc", '\''}, {"\u2010", '-'}, {"\u2011", '-'}};
    for (auto const& [shape, plain] : shapes)
        for (auto at = text.find(shape); at != std::string::npos; at = text.find(shape, at + 1))
            text.replace(at, shape.size(), 1, plain);
}

std::string fold_ascii(std::string_view text) {
    std::string folded(text);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_ascii_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Letters, digits and everything beyond ASCII; the rest is punctuation, which no phrase can match.
bool is_word_byte(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || is_ascii_word_byte(c);
}

bool joins_words(char c) {
    return c == '-' || c == '\'' || c == '%' || c == '&' || c == '+' || c == '.' || c == '/';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "10,000" is one word.
bool is_thousands_comma(std::string_view text, std::size_t at) {
    return text[at] == ',' && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]) && is_digit(text[at + 1]);
}

std::size_t count_letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Equal for equal variants only.
std::string key_of(Variant const& variant) {
    std::string key;
    for (auto const& element : variant) {
        key += static_cast<char>('0' + static_cast<int>(element.kind));
        key += element.text;
        key += ' ';
    }
    return key;
}

/// Two gaps in a row are one.
void push(Variant& variant, PhraseElement const& element) {
    if (element.kind != Kind::gap || variant.empty() || variant.back().kind != Kind::gap) variant.push_back(element);
}

std::vector<Variant> multiply_out(std::vector<std::vector<Variant>> const& parts) {
    std::vector<Variant> variants(1);
    for (auto const& alternatives : parts) {
        std::vector<Variant> product;
        product.reserve(variants.size() * alternatives.size());
        for (auto const& variant : variants)
            for (auto const& alternative : alternatives) {
                auto& longer = product.emplace_back(variant);
                for (auto const& element : alternative)
                    push(longer, element);
            }
        variants = std::move(product);
    }
    return variants;
}

/// Recursive descent over one phrase; groups do not nest, so there is one level.
class Reader {
public:
    explicit Reader(std::string_view phrase) : phrase_(phrase) {}

    std::variant<PhrasePattern, PhraseError> read() {
        if (phrase_.size() > max_phrase_length)
            return PhraseError{"the phrase is longer than 400 bytes", "split it into several phrases",
                               max_phrase_length, phrase_.size() - max_phrase_length};
        while (!error_ && skip_spaces())
            read_item();
        if (!error_ && (has_gap_ || !has_word_) && has_bad_end()) check(multiply_out(parts_));
        if (error_) return *error_;
        return PhrasePattern{std::string(phrase_), std::move(parts_)};
    }

private:
    bool skip_spaces() {
        while (at_ < phrase_.size() && is_space(phrase_[at_]))
            ++at_;
        return at_ < phrase_.size();
    }

    void fail(std::string message, std::string remedy, std::size_t offset, std::size_t length) {
        if (!error_) error_ = PhraseError{std::move(message), std::move(remedy), offset, length};
    }

    std::size_t gap_length() const {
        auto const rest = phrase_.substr(at_);
        if (rest.starts_with(ellipsis)) return ellipsis.size();
        return rest.starts_with("...") ? 3 : 0;
    }

    void read_item() {
        char const c = phrase_[at_];
        if (c == '{') return add(read_group('{', '}'));
        if (c == '[') return add(read_group('[', ']'));
        if (c == '}' || c == ']' || c == '|')
            return fail(std::string("a '") + c + "' without its opening bracket",
                        c == '|' ? "alternatives stand in braces: {dose|dosage}" : "remove it, or open it before", at_,
                        1);
        parts_.emplace_back(1).front().push_back(read_element());
        has_word_ = true;
    }

    /// One word, stem or gap at at_.
    PhraseElement read_element() {
        if (auto const length = gap_length()) {
            at_ += length;
            has_gap_ = true;
            return {Kind::gap, {}};
        }
        auto const begin = at_;
        while (at_ < phrase_.size() && (is_ascii_word_byte(phrase_[at_]) || !ends_word()))
            ++at_;
        return read_word(begin, phrase_.substr(begin, at_ - begin));
    }

    [[nodiscard]] bool ends_word() const {
        return is_space(phrase_[at_]) || std::string_view("{}[]|").find(phrase_[at_]) != std::string_view::npos ||
               gap_length() != 0;
    }

    PhraseElement read_word(std::size_t begin, std::string_view raw) {
        auto const star = raw.find('*');
        bool const stem = star != std::string_view::npos;
        if (stem && star + 1 != raw.size())
            fail("'*' stands elsewhere than at the end of a word", "write the start of the word and then '*': addict*",
                 begin + star, 1);
        auto text = fold(stem ? raw.substr(0, star) : raw);
        while (!text.empty() && !is_word_byte(text.front()))
            text.erase(text.begin());
        while (!text.empty() && !is_word_byte(text.back()) && !(stem && text.back() == '-') && text.back() != '%')
            text.pop_back();
        if (text.size() > 2 && text.ends_with("'s")) text.resize(text.size() - 2);
        if (stem && count_letters(text) < min_stem_letters)
            fail("a stem of fewer than 3 letters would match nearly every text",
                 "give at least three letters before '*'", begin, raw.size());
        if (text.empty())
            fail("there is no word in \"" + std::string(raw) + "\"", "leave punctuation out", begin, raw.size());
        auto const is_odd = [&](char const& c) {
            return !is_word_byte(c) && !joins_words(c) &&
                   !is_thousands_comma(text, static_cast<std::size_t>(&c - text.data()));
        };
        auto const odd = std::find_if(text.begin(), text.end(), is_odd);
        if (odd != text.end())
            fail(std::string("'") + *odd + "' inside a word matches nothing",
                 *odd == ',' ? "write the words only; alternatives are {one|another}"
                             : "write the words only, without punctuation",
                 begin, raw.size());
        return {stem ? Kind::stem : Kind::word, std::move(text)};
    }

    /// {one|two words} or [optional]; the second also offers nothing at all.
    std::vector<Variant> read_group(char open, char close) {
        auto const begin = at_++;
        std::vector<Variant> alternatives(1);
        while (!error_ && skip_spaces() && phrase_[at_] != close) {
            char const c = phrase_[at_];
            if (c == '{' || c == '[') {
                fail("brackets inside brackets", "write two phrases instead", at_, 1);
            } else if (c == '}' || c == ']') {
                fail(std::string("a '") + c + "' closes what '" + open + "' opened",
                     std::string("close it with '") + close + "'", at_, 1);
            } else if (c == '|') {
                refuse_empty(alternatives.back(), begin);
                alternatives.emplace_back();
                ++at_;
            } else {
                alternatives.back().push_back(read_element());
            }
        }
        if (error_) return alternatives;
        if (at_ >= phrase_.size())
            fail(std::string("'") + open + "' is never closed", std::string("close it with '") + close + "'", begin, 1);
        ++at_;
        refuse_empty(alternatives.back(), begin);
        if (open == '[') alternatives.emplace_back();
        return alternatives;
    }

    void refuse_empty(Variant const& alternative, std::size_t begin) {
        if (alternative.empty())
            fail("an empty alternative",
                 "write a word on each side of '|', or use [square brackets] for words that may be missing", begin,
                 std::min(at_, phrase_.size()) - begin);
    }

    void add(std::vector<Variant> alternatives) {
        if (error_) return;
        n_variants_ *= alternatives.size();
        if (n_variants_ > max_phrase_variants)
            return fail("the alternatives multiply out to more than 256 variants", "split it into several phrases", 0,
                        phrase_.size());
        has_word_ |=
            std::none_of(alternatives.begin(), alternatives.end(), [](auto const& one) { return one.empty(); });
        parts_.push_back(std::move(alternatives));
    }

    /// Whether some variant is empty, or begins or ends with a gap: only its outer parts are looked at, not what they multiply out to.
    [[nodiscard]] bool has_bad_end() const {
        return may_begin_with_gap(parts_.begin(), parts_.end(), [](Variant const& one) { return one.front().kind; }) ||
               may_begin_with_gap(parts_.rbegin(), parts_.rend(), [](Variant const& one) { return one.back().kind; });
    }

    /// Or with nothing at all. The parts are those of [part, end), as `kind_of_outer` sees them.
    template <class Part, class KindOfOuter>
    static bool may_begin_with_gap(Part part, Part end, KindOfOuter const& kind_of_outer) {
        for (; part != end; ++part) {
            bool may_be_empty = false;
            for (auto const& alternative : *part) {
                may_be_empty |= alternative.empty();
                if (!alternative.empty() && kind_of_outer(alternative) == Kind::gap) return true;
            }
            if (!may_be_empty) return false;
        }
        return true;
    }

    void check(std::vector<Variant> const& variants) {
        for (auto const& variant : variants) {
            bool const words =
                std::any_of(variant.begin(), variant.end(), [](PhraseElement const& e) { return e.kind != Kind::gap; });
            if (variant.empty())
                return fail("the phrase can be empty", "write at least one word that must be there", 0, phrase_.size());
            if (!words)
                return fail("a gap alone matches everything", "write a word on each side of the gap", 0,
                            phrase_.size());
            if (variant.front().kind == Kind::gap)
                return fail("a gap at the start matches nothing more", "leave the gap out, or write a word before it",
                            0, phrase_.size());
            if (variant.back().kind == Kind::gap)
                return fail("a gap at the end matches nothing more", "leave the gap out, or write a word after it", 0,
                            phrase_.size());
        }
    }

    std::string_view phrase_;
    std::size_t at_ = 0;
    std::vector<std::vector<Variant>> parts_;
    std::size_t n_variants_ = 1;
    bool has_gap_ = false;
    bool has_word_ = false;  ///< in every variant, unless that is a gap
    std::optional<PhraseError> error_;
};

}  // namespace

std::vector<Variant> PhrasePattern::variants() const {
    auto all = multiply_out(parts);
    std::stable_sort(all.begin(), all.end(), [](Variant const& a, Variant const& b) { return a.size() > b.size(); });
    std::vector<Variant> distinct;
    std::set<std::string> seen;
    for (auto& variant : all)
        if (seen.insert(key_of(variant)).second) distinct.push_back(std::move(variant));
    return distinct;
}

std::string fold(std::string_view text) {
    if (is_ascii(text)) return fold_ascii(text);
    utf8proc_uint8_t* mapped = nullptr;
    auto const options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    auto const length = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owner(mapped, &std::free);
    if (length < 0) return fold_ascii(text);
    std::string folded(reinterpret_cast<char const*>(mapped), static_cast<std::size_t>(length));
    plain_punctuation(folded);
    return folded;
}

std::variant<PhrasePattern, PhraseError> parse_phrase(std::string_view phrase) {
    return Reader(phrase).read();
}

}  // namespace dossier
