#include "columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace dossier::pdf {

namespace {

double sum_of(std::vector<ColumnWish> const& wishes, double ColumnWish::*member) {
    double sum = 0;
    for (auto const& wish : wishes)
        sum += wish.*member;
    return sum;
}

/// Widths between `least` and the widest, sharing `room`; full columns get more, but by the root of their length, so
/// that one column of prose does not starve the others.
std::vector<double> share(std::vector<ColumnWish> const& wishes, double ColumnWish::*least, double room) {
    auto const widths_at = [&](double level) {
        std::vector<double> widths;
        for (auto const& wish : wishes)
            widths.push_back(
                std::clamp(level * std::sqrt(wish.mean + 1), wish.*least, std::max(wish.*least, wish.widest)));
        return widths;
    };
    auto const total = [](std::vector<double> const& widths) {
        double sum = 0;
        for (auto const width : widths)
            sum += width;
        return sum;
    };
    double low = 0, high = 1e4;
    for (int i = 0; i < 60; ++i) {
        double const middle = (low + high) / 2;
        (total(widths_at(middle)) <= room ? low : high) = middle;
    }
    return widths_at(low);
}

/// Everything fits on one line each: a table nearly as wide as the text is stretched to it, a small one stays small.
std::vector<double> spread(std::vector<ColumnWish> const& wishes, double room, double all_of_it) {
    std::vector<double> widths;
    for (auto const& wish : wishes)
        widths.push_back(wish.widest);
    double const natural = sum_of(wishes, &ColumnWish::widest);
    constexpr double nearly = 0.6;
    if (natural < nearly * all_of_it) return widths;
    bool const any_text = std::any_of(wishes.begin(), wishes.end(), [](auto const& wish) { return wish.is_text; });
    double takers = 0;
    for (auto const& wish : wishes)
        takers += !any_text || wish.is_text ? wish.widest + 1 : 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (!any_text || wishes[i].is_text) widths[i] += (room - natural) * (wishes[i].widest + 1) / takers;
    return widths;
}

std::vector<ColumnWish> scaled(std::vector<ColumnWish> wishes, double factor) {
    for (auto& wish : wishes) {
        wish.narrowest *= factor, wish.comfortable *= factor, wish.widest *= factor, wish.mean *= factor;
        for (auto& cell : wish.sample)
            cell *= factor;
    }
    return wishes;
}

/// Moves width from column to column as long as that makes the sampled rows shorter.
class Balance {
public:
    Balance(std::vector<ColumnWish> const& wishes, double ColumnWish::*least, std::vector<double> widths)
        : wishes_(wishes), least_(least), widths_(std::move(widths)) {
        for (auto const& wish : wishes_)
            n_rows_ = std::min(n_rows_, wish.sample.size());
    }

    std::vector<double> widths() {
        constexpr std::size_t most_columns = 16;  // beyond that, there is no room to move
        constexpr int most_moves = 80;
        if (widths_.size() > most_columns || n_rows_ == 0) return widths_;
        double room = 0;
        for (auto const width : widths_)
            room += width;
        double height = this->height();
        for (int moves = 0; moves < most_moves; ++moves) {
            static constexpr std::array<double, 5> steps{90, 30, 12, 6, 3.5};  // of the room; large ones leave plateaus
            bool const moved =
                std::any_of(steps.begin(), steps.end(), [&](double step) { return move_best(room / step, height); });
            if (!moved) break;
        }
        return widths_;
    }

private:
    /// Lines that a cell takes: those that are broken fill their lines but for the last word.
    static double lines(double cell, double width) {
        constexpr double filled = 0.9;
        return cell <= width ? 1 : std::max(2.0, std::ceil(cell / (width * filled)));
    }
    /// Of all sampled rows, in lines; between equal ones, that with fewer lines in all cells.
    [[nodiscard]] double height() const {
        constexpr double weight_of_cells = 0.03;
        double sum = 0;
        for (std::size_t row = 0; row < n_rows_; ++row) {
            double tallest = 1, all = 0;
            for (std::size_t i = 0; i < widths_.size(); ++i) {
                double const n = lines(wishes_[i].sample[row], widths_[i]);
                tallest = std::max(tallest, n), all += n;
            }
            sum += tallest + weight_of_cells * all;
        }
        return sum;
    }
    /// What is comfortable is a wish, and a shorter table may be worth more; whole words are not negotiable.
    [[nodiscard]] double least(std::size_t column) const {
        constexpr double of_comfortable = 0.7;
        auto const& wish = wishes_[column];
        return wish.is_text ? std::max(wish.narrowest, wish.*least_ * of_comfortable) : wish.*least_;
    }
    bool move_best(double step, double& height) {
        std::size_t best_from = 0, best_to = 0;
        double least_height = height - 1e-9;
        for (std::size_t from = 0; from < widths_.size(); ++from) {
            if (widths_[from] - step < least(from)) continue;
            for (std::size_t to = 0; to < widths_.size(); ++to) {
                if (to == from || widths_[to] >= wishes_[to].widest) continue;
                widths_[from] -= step, widths_[to] += step;
                if (double const one = this->height(); one < least_height)
                    least_height = one, best_from = from, best_to = to;
                widths_[from] += step, widths_[to] -= step;
            }
        }
        if (best_from == best_to) return false;
        widths_[best_from] -= step, widths_[best_to] += step;
        height = least_height;
        return true;
    }

    std::vector<ColumnWish> const& wishes_;
    double ColumnWish::*least_;
    std::vector<double> widths_;
    std::size_t n_rows_ = static_cast<std::size_t>(-1);
};

}  // namespace

ColumnPlan plan_columns(std::vector<ColumnWish> const& wishes, double size, double upright, double turned) {
    struct Try {
        double factor;
        bool landscape;
        double ColumnWish::*least;
    };
    static constexpr std::array<Try, 10> tries{{{1.0, false, &ColumnWish::comfortable},
                                                {0.92, false, &ColumnWish::comfortable},
                                                {0.84, false, &ColumnWish::comfortable},
                                                {1.0, true, &ColumnWish::comfortable},
                                                {0.9, true, &ColumnWish::comfortable},
                                                {0.84, false, &ColumnWish::narrowest},
                                                {0.9, true, &ColumnWish::narrowest},
                                                {0.8, true, &ColumnWish::narrowest},
                                                {0.74, false, &ColumnWish::narrowest},
                                                {0.7, true, &ColumnWish::narrowest}}};
    auto const n = static_cast<double>(wishes.size());
    auto const room_for_text = [&](Try const& one) {
        return (one.landscape ? turned : upright) - n * 2 * padding_of_size * size * one.factor;
    };
    auto finished = [&](Try const& one, std::vector<double> widths) {
        for (auto& width : widths)
            width += 2 * padding_of_size * size * one.factor;
        return ColumnPlan{std::move(widths), size * one.factor, one.landscape};
    };
    for (auto const& one : tries) {
        if (one.landscape && turned <= 0) continue;
        auto const at_size = scaled(wishes, one.factor);
        double const room = room_for_text(one);
        if (sum_of(at_size, one.least) > room) continue;
        if (sum_of(at_size, &ColumnWish::widest) <= room)
            return finished(one, spread(at_size, room, one.landscape ? turned : upright));
        // Short values on one line each, if the prose can still be read beside them.
        auto with_short_whole = at_size;
        for (auto& wish : with_short_whole)
            if (!wish.is_text) wish.narrowest = wish.comfortable = wish.widest;
        bool const whole_fits = sum_of(with_short_whole, &ColumnWish::comfortable) <= room;
        auto const& wanted = whole_fits ? with_short_whole : at_size;
        auto const least = whole_fits ? &ColumnWish::comfortable : one.least;
        return finished(one, Balance(wanted, least, share(wanted, least, room)).widths());
    }
    // Words have to be broken: each column gets a part of the room, by the root of what it wants.
    Try const last{0.7, turned > 0, &ColumnWish::narrowest};
    double const room = std::max(room_for_text(last), n);
    double roots = 0;
    for (auto const& wish : wishes)
        roots += std::sqrt(wish.narrowest + 1);
    std::vector<double> widths;
    for (auto const& wish : wishes)
        widths.push_back(room * std::sqrt(wish.narrowest + 1) / roots);
    auto plan = finished(last, std::move(widths));
    double total = 0;
    for (auto const width : plan.widths)
        total += width;
    double const all = last.landscape ? turned : upright;
    if (total > all)  // hundreds of columns: even the padding is too wide
        for (auto& width : plan.widths)
            width *= all / total;
    return plan;
}

}  // namespace dossier::pdf
