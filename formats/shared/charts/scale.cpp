#include "scale.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dossier::charts {

namespace {

constexpr double largest = 1e150;  // differences and sums of what is drawn stay finite
constexpr double smallest = 1e-150;
constexpr double rounding = 1e-9;

std::string scientific(double value) {
    std::array<char, 32> buffer{};
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, 1).ptr;
    return {buffer.data(), end};
}

/// Decimals that tell multiples of `step` apart.
int decimals_of(double step) {
    return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - rounding)), 0, 9);
}

/// Mantissas of the ticks of a logarithmic axis, and every how many powers of ten they are set.
struct TickPattern {
    std::vector<double> mantissas;
    int every;
};

std::vector<double> ticks_of(TickPattern const& pattern, double low, double high) {
    std::vector<double> values;
    auto const first = static_cast<int>(std::floor(std::log10(low))), last = static_cast<int>(std::log10(high)) + 1;
    for (int power = first; power <= last; ++power) {
        if (power % pattern.every != 0) continue;
        for (double const mantissa : pattern.mantissas) {
            double const value = power < 0 ? mantissa / std::pow(10.0, -power) : mantissa * std::pow(10.0, power);
            if (value >= low * (1 - rounding) && value <= high * (1 + rounding)) values.push_back(value);
        }
    }
    return values;
}

/// The finest round values that are not too many.
std::vector<double> round_logarithmic_ticks(double low, double high, int most_ticks) {
    std::vector<double> values;
    for (auto const& pattern :
         {TickPattern{{1, 1.5, 2, 3, 5, 7}, 1}, TickPattern{{1, 2, 5}, 1}, TickPattern{{1, 3}, 1}, TickPattern{{1}, 1},
          TickPattern{{1}, 2}, TickPattern{{1}, 5}, TickPattern{{1}, 20}, TickPattern{{1}, 100}}) {
        values = ticks_of(pattern, low, high);
        if (static_cast<int>(values.size()) <= most_ticks) break;
    }
    return values;
}

}  // namespace

double scale_step(double span, int most_steps) {
    if (!(span >= smallest) || !std::isfinite(span)) return 1;
    double const rough = span / most_steps;
    double const power = std::pow(10.0, std::floor(std::log10(rough)));
    for (double const factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * (1 - rounding)) return factor * power;
    return 10 * power;
}

std::string fixed_label(double value, int decimals) {
    double const size = std::abs(value);
    if (size >= 1e7 || (size > 0 && size < 0.5 * std::pow(10.0, -decimals))) return scientific(value);
    std::array<char, 40> buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0, std::chars_format::fixed,
                                   std::clamp(decimals, 0, 12))
                         .ptr;
    return {buffer.data(), end};
}

std::string label_of(double value) {
    auto label = fixed_label(value, 4);
    if (label.find('e') != std::string::npos || label.find('.') == std::string::npos) return label;
    while (label.back() == '0')
        label.pop_back();
    if (label.back() == '.') label.pop_back();
    return label == "-0" ? "0" : label;
}

Scale Scale::linear(double low, double high, int most_steps) {
    low = std::clamp(low, -largest, largest), high = std::clamp(high, -largest, largest);
    if (!(high - low > std::max(std::abs(high) * rounding, smallest))) {
        double const air = std::max(std::abs(high) * 0.1, 0.5);
        low -= air, high += air;
    }
    double const step = scale_step(high - low, std::max(most_steps, 1));
    Scale scale(std::floor(low / step + rounding) * step, std::ceil(high / step - rounding) * step, false);
    scale.add_round_ticks(step);
    return scale;
}

void Scale::add_round_ticks(double step) {
    double const first = std::ceil(low_ / step - rounding);
    auto const n = static_cast<int>(std::clamp(std::floor(high_ / step + rounding) - first, 0.0, 20.0));
    for (int i = 0; i <= n; ++i) {
        double const value = (first + i) * step;
        ticks_.push_back({value, fixed_label(value, decimals_of(step))});
    }
}

Scale Scale::logarithmic(double low, double high, int most_ticks) {
    low = std::clamp(low, smallest, largest), high = std::clamp(high, low, largest);
    if (high < low * 1.01) low /= 1.5, high *= 1.5;
    double const air = std::pow(high / low, 0.03);
    Scale scale(low / air, high * air, true);
    auto const values = round_logarithmic_ticks(scale.low_, scale.high_, most_ticks);
    constexpr std::size_t too_few = 3;
    if (values.size() < too_few)
        scale.add_round_ticks(scale_step(scale.high_ - scale.low_, std::max(most_ticks - 1, 1)));
    else
        for (double const value : values)
            scale.ticks_.push_back({value, label_of(value)});
    return scale;
}

double Scale::at(double value) const {
    if (std::isnan(value)) return 0;
    value = std::clamp(value, low_, high_);
    if (is_logarithmic_) return std::log(value / low_) / std::log(high_ / low_);
    return (value - low_) / (high_ - low_);
}

void Range::include(double value) {
    if (!std::isfinite(value)) return;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
}

Range range_without_outliers(std::vector<double> ends, Range inner, bool is_logarithmic) {
    std::erase_if(ends, [](double end) { return !std::isfinite(end); });
    if (ends.empty()) return inner;
    std::sort(ends.begin(), ends.end());
    auto const there = [&](double v) { return is_logarithmic ? std::log(v) : v; };
    auto const back = [&](double v) { return is_logarithmic ? std::exp(v) : v; };
    auto const span = [&](Range const& range) { return there(range.high) - there(range.low); };
    std::size_t const left_out = std::min(1 + ends.size() / 20, (ends.size() - 1) / 2);
    Range usual = inner, all = inner;
    for (auto const end : {ends[left_out], ends[ends.size() - 1 - left_out]})
        usual.include(end);
    for (auto const end : {ends.front(), ends.back()})
        all.include(end);
    constexpr double too_wide = 3, air = 0.4;
    if (!(span(all) > too_wide * span(usual))) return all;
    double const more = air * span(usual);
    return {std::max(all.low, back(there(usual.low) - more)), std::min(all.high, back(there(usual.high) + more)), true};
}

}  // namespace dossier::charts
