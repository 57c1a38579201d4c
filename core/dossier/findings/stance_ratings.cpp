#include "dossier/findings/stance_ratings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "dossier/findings/bootstrap.hpp"
#include "dossier/findings/rater_agreement.hpp"
#include "dossier/findings/settled.hpp"
#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

constexpr double high_observed = 0.8, low_coefficient = 0.4;  // between them: the prevalence paradox
constexpr std::size_t n_stances = 6;
constexpr std::size_t cost_of_a_kind = 200, cost_of_a_rater = 20;  // measured, in draws of the bootstrap

std::size_t index_of(Stance stance) noexcept {
    return static_cast<std::size_t>(stance);
}

/// Place on the scale refutes < mixed < supports; nullopt: not on it.
std::optional<std::uint32_t> place_on_scale(Stance stance) noexcept {
    switch (stance) {
        case Stance::refutes: return 0;
        case Stance::mixed: return 1;
        case Stance::supports: return 2;
        default: return std::nullopt;
    }
}

/// Who says what of one unit.
struct Reading {
    std::uint32_t rater = 0;
    Stance stance = Stance::silent;
};
using Unit = std::vector<Reading>;

/// Units in an order of their own, the readings of each by rater, and which units the bootstrap draws together.
struct Readings {
    std::vector<Unit> units;
    std::vector<UnitBlock> blocks;
    std::size_t n_raters = 0;
    std::size_t n_ratings = 0;
};

using UnitKey = std::tuple<std::string_view, std::string_view, std::string_view>;
UnitKey key_of(StanceRating const& rating) {
    return {rating.claim_id, rating.article_id, rating.condition_id};
}

Readings read(std::span<StanceRating const> ratings) {
    std::map<std::string_view, std::uint32_t> raters;
    for (auto const& rating : ratings)
        raters.emplace(rating.rater, 0);
    std::uint32_t next = 0;
    for (auto& [name, number] : raters)
        number = next++;
    std::map<UnitKey, std::map<std::uint32_t, Stance>> units;
    for (auto const& rating : ratings)
        units[key_of(rating)][raters[rating.rater]] = rating.stance;
    Readings readings;
    readings.n_raters = raters.size();
    for (auto const& [key, of_unit] : units) {
        readings.blocks.push_back({static_cast<std::uint32_t>(readings.units.size())});
        auto& unit = readings.units.emplace_back();
        for (auto const& [rater, stance] : of_unit)
            unit.push_back({rater, stance});
        readings.n_ratings += unit.size();
    }
    return readings;
}

/// The detector is rater 0, whoever rated is rater 1; the pairs of one unit make a block.
Readings read(std::span<DetectorRating const> ratings) {
    std::map<UnitKey, std::map<std::string_view, std::pair<Stance, Stance>>> units;
    for (auto const& rating : ratings)
        units[key_of(rating.person)][rating.person.rater] = {rating.detector, rating.person.stance};
    Readings readings;
    readings.n_raters = 2;
    for (auto const& [key, pairs] : units) {
        auto& block = readings.blocks.emplace_back();
        for (auto const& [person, stances] : pairs) {
            block.push_back(static_cast<std::uint32_t>(readings.units.size()));
            readings.units.push_back({{0, stances.first}, {1, stances.second}});
            readings.n_ratings += 2;
        }
    }
    return readings;
}

/// Names as categories: the stances that occur, so that another program given the same sheet finds the same numbers.
RatingTable nominal_table(Readings const& readings) {
    std::array<bool, n_stances> occurs{};
    for (auto const& unit : readings.units)
        for (auto const& reading : unit)
            occurs[index_of(reading.stance)] = true;
    RatingTable table;
    std::array<std::uint32_t, n_stances> category{};
    for (std::size_t i = 0; i < n_stances; ++i) {
        category[i] = static_cast<std::uint32_t>(table.scores.size());
        if (occurs[i]) table.scores.push_back(static_cast<double>(table.scores.size() + 1));
    }
    table.n_raters = readings.n_raters;
    for (auto const& unit : readings.units) {
        auto& row = table.units.emplace_back();
        for (auto const& reading : unit)
            row.push_back({reading.rater, category[index_of(reading.stance)]});
    }
    return table;
}

/// Units whose readings are all on the scale keep them, the others have none, so that units keep their numbers.
RatingTable ordinal_table(Readings const& readings) {
    RatingTable table;
    table.scores = {1, 2, 3};
    table.n_raters = readings.n_raters;
    for (auto const& unit : readings.units) {
        auto& row = table.units.emplace_back();
        for (auto const& reading : unit)
            if (auto const place = place_on_scale(reading.stance)) row.push_back({reading.rater, *place});
        if (row.size() < unit.size()) row.clear();
    }
    return table;
}

std::size_t n_units_with_pairs(RatingTable const& table) {
    return static_cast<std::size_t>(
        std::count_if(table.units.begin(), table.units.end(), [](auto const& unit) { return unit.size() > 1; }));
}

std::size_t n_ratings(RatingTable const& table) {
    std::size_t n = 0;
    for (auto const& unit : table.units)
        n += unit.size();
    return n;
}

std::size_t n_raters_seen(RatingTable const& table) {
    std::set<std::uint32_t> raters;
    for (auto const& unit : table.units)
        for (auto const& rating : unit)
            raters.insert(rating.rater);
    return raters.size();
}

void add_note(std::string& note, std::string const& sentence) {
    note += (note.empty() ? "" : "; ") + sentence;
}

/// What the bootstrap draws from a table: its units by kind, and blocks of them.
struct Draws {
    RatingTable kinds;
    std::vector<UnitBlock> blocks;
    std::size_t n_blocks_with_pairs = 0;
};

/// Units with the same ratings are one kind. Blocks without any rating are left out.
Draws draws_of(RatingTable const& table, std::span<UnitBlock const> blocks) {
    Draws draws;
    draws.kinds.scores = table.scores, draws.kinds.n_raters = table.n_raters;
    std::map<std::vector<std::pair<std::uint32_t, std::uint32_t>>, std::uint32_t> kinds;
    for (auto const& block : blocks) {
        UnitBlock drawn;
        bool pairs = false;
        for (auto const number : block) {
            auto const& unit = table.units[number];
            if (unit.empty()) continue;
            pairs = pairs || unit.size() > 1;
            std::vector<std::pair<std::uint32_t, std::uint32_t>> key;
            for (auto const& rating : unit)
                key.emplace_back(rating.rater, rating.category);
            auto const [kind, is_new] =
                kinds.emplace(std::move(key), static_cast<std::uint32_t>(draws.kinds.units.size()));
            if (is_new) draws.kinds.units.push_back(unit);
            drawn.push_back(kind->second);
        }
        if (!drawn.empty()) draws.blocks.push_back(std::move(drawn));
        draws.n_blocks_with_pairs += pairs ? 1 : 0;
    }
    return draws;
}

using Resampled = std::function<std::optional<double>(std::span<double const> times)>;

void add_interval(RaterAgreement& row, Draws const& draws, Resampled const& value) {
    if (row.status != "ok") return;
    if (draws.n_blocks_with_pairs < fewest_blocks_for_bootstrap)
        return add_note(row.note, "fewer than " + std::to_string(fewest_blocks_for_bootstrap) + " units: no interval");
    auto const n_kinds = draws.kinds.units.size();
    auto const cost = cost_of_a_kind * n_kinds + cost_of_a_rater * draws.kinds.n_raters;
    auto const found = bootstrap_interval(draws.blocks, {n_kinds, cost, value});
    if (!found)
        return add_note(row.note, "no interval: most resamples hold no variation, or there are too many ratings");
    row.ci_low = found->interval.lower, row.ci_high = found->interval.upper;
    if (found->n_undefined > 0)
        add_note(row.note, std::to_string(found->n_undefined) + " of " + std::to_string(found->n_resamples) +
                               " resamples hold no variation and are left out of the interval");
}

/// All coefficients of one comparison.
class Comparison {
public:
    Comparison(std::string name, Readings readings)
        : name_(std::move(name)),
          readings_(std::move(readings)),
          nominal_(nominal_table(readings_)),
          ordinal_(ordinal_table(readings_)),
          nominal_draws_(draws_of(nominal_, readings_.blocks)),
          ordinal_draws_(draws_of(ordinal_, readings_.blocks)) {}

    [[nodiscard]] std::vector<RaterAgreement> rows() const {
        bool const two = readings_.n_raters == 2;
        std::vector<RaterAgreement> rows;
        rows.push_back(row("percent agreement", AgreementCoefficient::percent_agreement));
        rows.push_back(row(two ? "Cohen's kappa" : "Conger's kappa",
                           two ? AgreementCoefficient::cohen : AgreementCoefficient::conger));
        rows.push_back(row(two ? "Scott's pi" : "Fleiss' kappa",
                           two ? AgreementCoefficient::scott : AgreementCoefficient::fleiss));
        rows.push_back(row("Gwet's AC1", AgreementCoefficient::gwet));
        rows.push_back(row("Brennan-Prediger", AgreementCoefficient::brennan_prediger));
        rows.push_back(alpha("Krippendorff's alpha (nominal)", nominal_, nominal_draws_, MeasurementLevel::nominal));
        warn_of_prevalence(rows);
        rows.push_back(alpha("Krippendorff's alpha (ordinal)", ordinal_, ordinal_draws_, MeasurementLevel::ordinal));
        add_note(rows.back().note, scale_note());
        return rows;
    }

private:
    [[nodiscard]] RaterAgreement described(std::string coefficient, RatingTable const& table,
                                           AgreementEstimate const& estimate) const {
        RaterAgreement row;
        row.comparison = name_;
        row.coefficient = std::move(coefficient);
        row.value = settled(estimate.value);
        row.status = name_of(estimate.status);
        row.observed_agreement = settled(estimate_agreement(AgreementCoefficient::percent_agreement, table).observed);
        row.n_units = n_units_with_pairs(table);
        row.n_raters = n_raters_seen(table);
        row.n_ratings = n_ratings(table);
        return row;
    }

    [[nodiscard]] RaterAgreement row(std::string name, AgreementCoefficient coefficient) const {
        auto row = described(std::move(name), nominal_, estimate_agreement(coefficient, nominal_));
        add_interval(row, nominal_draws_, [&](std::span<double const> times) {
            return resampled_agreement(coefficient, nominal_draws_.kinds, times);
        });
        return row;
    }

    [[nodiscard]] RaterAgreement alpha(std::string name, RatingTable const& table, Draws const& draws,
                                       MeasurementLevel level) const {
        auto row = described(std::move(name), table, krippendorff_alpha(table, level));
        add_interval(row, draws,
                     [&](std::span<double const> times) { return resampled_alpha(draws.kinds, level, times); });
        return row;
    }

    /// High p_o beside a low coefficient: nearly everything is in one category. AC1 beside it (4.8).
    static void warn_of_prevalence(std::vector<RaterAgreement>& rows) {
        auto const ac1 = std::find_if(rows.begin(), rows.end(),
                                      [](RaterAgreement const& row) { return row.coefficient == "Gwet's AC1"; });
        if (ac1 == rows.end() || !ac1->value) return;
        for (auto& row : rows)
            if (row.value && row.observed_agreement && *row.observed_agreement >= high_observed &&
                *row.value < low_coefficient)
                add_note(row.note, "observed agreement is high (" + two_decimals(*row.observed_agreement) +
                                       ") though this is low: most ratings fall into one category (prevalence "
                                       "paradox); Gwet's AC1 beside it is " +
                                       two_decimals(*ac1->value));
    }

    [[nodiscard]] std::string scale_note() const {
        auto const n = n_units_with_pairs(ordinal_), of = n_units_with_pairs(nominal_);
        if (n == of) return "on the scale refutes < mixed < supports";
        return "on the scale refutes < mixed < supports: " + std::to_string(n) + " of " + std::to_string(of) +
               " units; the others hold a rating that is not on it";
    }

    std::string name_;
    Readings readings_;
    RatingTable nominal_, ordinal_;
    Draws nominal_draws_, ordinal_draws_;
};

}  // namespace

std::vector<RaterAgreement> agreement_between_raters(std::span<StanceRating const> ratings) {
    if (ratings.empty()) return {};
    return Comparison("between raters", read(ratings)).rows();
}

std::vector<RaterAgreement> agreement_of_detector_and_people(std::span<DetectorRating const> ratings) {
    if (ratings.empty()) return {};
    return Comparison("detector and people", read(ratings)).rows();
}

std::vector<ConfusionCount> confusion_of_detector_and_people(std::span<DetectorRating const> ratings) {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> counts;
    for (auto const& unit : read(ratings).units)
        ++counts[{index_of(unit[0].stance), index_of(unit[1].stance)}];
    std::vector<ConfusionCount> cells;
    for (auto const& [stances, n] : counts)
        cells.push_back({static_cast<Stance>(stances.first), static_cast<Stance>(stances.second), n});
    return cells;
}

}  // namespace dossier
