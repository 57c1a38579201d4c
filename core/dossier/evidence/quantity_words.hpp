// Words of quantities: numbers, names of measures and intervals, as they are written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/tokens.hpp"

namespace dossier {

inline constexpr std::size_t max_to_interval = 5;      // words between an estimate and its interval
inline constexpr std::size_t max_interval_words = 10;  // "95% confidence intervals (95% CI)"

/// Why a word may belong to a quantity.
enum class Hint : std::uint32_t { share, in, small_number, measure, measure_start, short_measure };

/// Words that may belong to a quantity, each with the number of a Hint.
[[nodiscard]] WordTable const& quantity_hints();

[[nodiscard]] inline bool has_digit_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Reads the words of one sentence. `text` must outlive it.
class QuantityWords {
public:
    explicit QuantityWords(std::string_view text) : text_(text), tokens_(tokenize(text)) {}

protected:
    struct Interval {
        double low = 0.0, high = 0.0;
        std::optional<double> level;
        std::size_t next = 0;  ///< token behind it
    };

    [[nodiscard]] std::string_view raw(std::size_t i) const;
    [[nodiscard]] std::string_view word(std::size_t i) const;
    /// The value of token i, with its sign; thousands separators and raised points are understood.
    [[nodiscard]] std::optional<double> number(std::size_t i) const;
    /// "1,24" and "0,125": no thousands end so.
    [[nodiscard]] static bool has_decimal_comma(std::string_view text);
    /// "1.3,2.0": two bounds without a space between.
    [[nodiscard]] std::optional<std::pair<double, double>> number_pair(std::size_t i) const;
    /// "RR1.23": the short name that is written together with its number; empty: none.
    [[nodiscard]] std::string_view glued_name(std::size_t i) const;
    /// ".80": the point stands before the token, and nothing before the point.
    [[nodiscard]] bool lacks_zero(std::size_t i) const;
    /// Bytes of the minus right before `begin`; 0: none.
    [[nodiscard]] std::size_t minus_before(std::size_t begin) const;
    /// A minus is a sign, not the hyphen of a range, unless a number or a word stands right before it. "0.5 -0.9" is a
    /// range, "-0.9 -0.5" is two numbers.
    [[nodiscard]] bool is_negative(std::size_t i) const;
    [[nodiscard]] bool number_text(std::size_t i) const;
    /// The measure named at token i, and the token behind its name.
    [[nodiscard]] std::optional<std::pair<std::string, std::size_t>> measure(std::size_t i) const;
    /// A mean difference that is called standardised, up to two words before its name or within, is in standard
    /// deviations.
    [[nodiscard]] std::string in_units(std::string measure, std::size_t first, std::size_t behind) const;
    /// "mean adjusted difference", "mean (95% CI) difference", "difference between the means"; the token behind.
    [[nodiscard]] std::optional<std::size_t> mean_difference(std::size_t i) const;

    struct ShortName {
        std::string_view name;
        char const* adjustment = "";
    };

    /// "OR", "aORs", "HRadj" at token i.
    [[nodiscard]] std::optional<ShortName> short_name(std::size_t i) const;
    [[nodiscard]] bool is_interval_word(std::size_t i) const;
    /// "95 % CI" at token i; returns the token behind it.
    [[nodiscard]] std::optional<std::pair<double, std::size_t>> level(std::size_t i) const;
    [[nodiscard]] std::size_t behind_interval_words(std::size_t at) const;
    /// The level once more, or behind its name: "95% confidence interval (95% CI) 1.4-6.2", "CI 95% 1.6-2.6".
    [[nodiscard]] std::optional<std::pair<double, std::size_t>> repeated_level(std::size_t i) const;
    /// Two bounds from token i on: "1.5-54.7", "1.09 to 1.32", "0.29, 0.82", with units between.
    [[nodiscard]] std::optional<Interval> bounds(std::size_t i) const;
    /// Behind "%", "percent", "per cent"; the token itself where none stands there.
    [[nodiscard]] std::size_t behind_percent(std::size_t at) const;

    struct ShareRange {
        std::size_t high = 0, next = 0;  ///< the token of its upper bound, and the one behind its "%"
    };

    /// "20-30 %", "5 to 10 %", "5 % to 10 %", "between 20 and 30 per cent", where token i is the lower bound; "from 5 to 10 %" only
    /// where something ranges so, since else it tells of a change.
    [[nodiscard]] std::optional<ShareRange> range_of_shares(std::size_t i) const;
    /// Behind "p = 0.01", "p value 0.01"; the token itself where no number follows.
    [[nodiscard]] std::size_t behind_p_value(std::size_t at) const;
    [[nodiscard]] bool is_p_value(std::size_t i) const;
    /// The interval that follows an estimate.
    [[nodiscard]] std::optional<Interval> interval(std::size_t i) const;

    std::string_view text_;
    Tokens tokens_;
};

}  // namespace dossier
