#include "dossier/model/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

namespace dossier {
namespace {

constexpr int max_decimals = 15;

/// A decimal number: 0.d1d2d3… times 10 to the power of `point`.
struct Decimal {
    bool negative = false;
    std::string digits;
    int point = 0;
};

/// The shortest decimal number that reads back as `value`.
Decimal shortest(double value) {
    std::array<char, 64> text{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
    std::string_view rest(text.data(), static_cast<std::size_t>(end - text.data()));
    Decimal decimal;
    if (rest.front() == '-') {
        decimal.negative = true;
        rest.remove_prefix(1);
    }
    auto const e = rest.find('e');
    for (char const c : rest.substr(0, e))
        if (c != '.') decimal.digits += c;
    auto exponent = rest.substr(e + 1);
    if (exponent.front() == '+') exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.point);
    decimal.point += 1;
    return decimal;
}

/// Keeps the first `n_kept` digits, rounded half away from zero.
void round_digits(Decimal& decimal, int n_kept) {
    if (n_kept >= static_cast<int>(decimal.digits.size())) return;
    bool const up = n_kept >= 0 && decimal.digits[static_cast<std::size_t>(n_kept)] >= '5';
    decimal.digits.resize(static_cast<std::size_t>(std::max(n_kept, 0)));
    if (!up) return;
    for (auto digit = decimal.digits.rbegin(); digit != decimal.digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return;
        }
        *digit = '0';
    }
    decimal.digits.insert(decimal.digits.begin(), '1');  // 9.99 became 10.0
    ++decimal.point;
}

std::string written(Decimal decimal, int decimals) {
    round_digits(decimal, decimal.point + decimals);
    bool const zero = decimal.digits.find_first_not_of('0') == std::string::npos;
    auto const digit_at = [&](int place) {  // place 0: first digit after the point; negative: before it
        int const index = decimal.point + place;
        return index >= 0 && index < static_cast<int>(decimal.digits.size())
                   ? decimal.digits[static_cast<std::size_t>(index)]
                   : '0';
    };
    std::string text = decimal.negative && !zero ? "-" : "";
    for (int place = -std::max(decimal.point, 1); place < 0; ++place)
        text += digit_at(place);
    if (decimals > 0) text += '.';
    for (int place = 0; place < decimals; ++place)
        text += digit_at(place);
    return text;
}

}  // namespace

std::string decimal_text(double value, int decimals, int shift) {
    if (!std::isfinite(value)) return {};
    auto decimal = shortest(value);
    if (value != 0.0) decimal.point += shift;
    return written(std::move(decimal), std::clamp(decimals, 0, max_decimals));
}

std::string number_text(double number) {
    std::array<char, 40> text{};
    bool const is_plain = number == 0.0 || (std::abs(number) >= 1e-6 && std::abs(number) < 1e15);
    auto* const end = is_plain
                          ? std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr
                          : std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

}  // namespace dossier
