// The axis of a chart's values: where a value stands, and which values are written along it.
#pragma once

#include <string>
#include <vector>

namespace dossier::charts {

/// A step for a scale: 1, 2 or 5 times a power of ten, so that `span` takes at most `most_steps` steps; 1 for
/// a span that is not finite or less than 1e-150.
double scale_step(double span, int most_steps);

/// The shortest text that is still exact enough for a label, in at most four decimals: "3", "0.25", "1.2e+09".
std::string label_of(double value);

/// With so many decimals; from ten million upwards and where it would be nothing but zeros, in powers of ten.
std::string fixed_label(double value, int decimals);

class Scale {
public:
    struct Tick {
        double value;
        std::string label;
    };

    Scale() : Scale(linear(0, 1, 5)) {}
    /// From `low` or a little below to `high` or a little above, its ends being ticks. Equal ends are moved apart.
    static Scale linear(double low, double high, int most_steps);
    /// From `low` > 0 to `high` with a little air; ticks at round numbers in between.
    static Scale logarithmic(double low, double high, int most_ticks);

    /// How far along the axis a value stands, in [0, 1]: what lies beyond an end stands there.
    [[nodiscard]] double at(double value) const;
    [[nodiscard]] bool holds(double value) const { return value >= low_ && value <= high_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] std::vector<Tick> const& ticks() const { return ticks_; }

private:
    Scale(double low, double high, bool is_logarithmic) : low_(low), high_(high), is_logarithmic_(is_logarithmic) {}
    void add_round_ticks(double step);

    double low_, high_;
    bool is_logarithmic_;
    std::vector<Tick> ticks_;
};

/// The range of values that a chart should show.
struct Range {
    double low = 0, high = 0;
    bool any = false;
    void include(double value);  ///< what is not finite is left out
};

/// The range that `ends` (of intervals) need, less a few that would leave no room for the others.
/// @param inner  what must be shown in any case: the estimates
Range range_without_outliers(std::vector<double> ends, Range inner, bool is_logarithmic);

}  // namespace dossier::charts
