#include "dossier/findings/meta_analysis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using dossier::pool;
using dossier::Pooled;
using dossier::PoolingMethod;
using dossier::PoolingOutcome;
using dossier::StudyEffect;

constexpr std::array all_methods = {PoolingMethod::fixed, PoolingMethod::dersimonian_laird, PoolingMethod::reml,
                                    PoolingMethod::paule_mandel};

/// Vaccinated and not: with tuberculosis, without.
struct Trial {
    double cases, free, control_cases, control_free;
};

/// The log risk ratio and its variance by the delta method.
StudyEffect log_risk_ratio(Trial const& t) {
    double const n = t.cases + t.free, m = t.control_cases + t.control_free;
    return {std::log((t.cases / n) / (t.control_cases / m)), 1 / t.cases - 1 / n + 1 / t.control_cases - 1 / m};
}

/// The thirteen trials of the BCG vaccine: Colditz et al. 1994, JAMA 271:698-702.
std::vector<StudyEffect> bcg() {
    std::vector<StudyEffect> effects;
    for (Trial const& trial :
         {Trial{4, 119, 11, 128}, Trial{6, 300, 29, 274}, Trial{3, 228, 11, 209}, Trial{62, 13536, 248, 12619},
          Trial{33, 5036, 47, 5761}, Trial{180, 1361, 372, 1079}, Trial{8, 2537, 10, 619},
          Trial{505, 87886, 499, 87892}, Trial{29, 7470, 45, 7232}, Trial{17, 1699, 65, 1600},
          Trial{186, 50448, 141, 27197}, Trial{5, 2493, 3, 2338}, Trial{27, 16886, 29, 17825}})
        effects.push_back(log_risk_ratio(trial));
    return effects;
}

struct Weighed {
    double w = 0.0, w2 = 0.0, w3 = 0.0, q = 0.0, q2 = 0.0;
};

Weighed weigh(std::vector<StudyEffect> const& effects, double tau2) {
    Weighed sums;
    double wy = 0.0;
    for (auto const& [y, v] : effects) {
        double const w = 1 / (v + tau2);
        sums.w += w, sums.w2 += w * w, sums.w3 += w * w * w, wy += w * y;
    }
    for (auto const& [y, v] : effects) {
        double const w = 1 / (v + tau2), distance = y - wy / sums.w;
        sums.q += w * distance * distance, sums.q2 += w * w * distance * distance;
    }
    return sums;
}

// statistics.md 4.9, the golden values of BCG.
TEST(MetaAnalysis, GivesTheGoldenValuesOfBcg) {
    auto const fixed = pool(bcg(), PoolingMethod::fixed).pooled.value();
    EXPECT_NEAR(fixed.estimate, -.4302852, 5e-8);
    EXPECT_NEAR(fixed.q, 152.2330, 5e-5);
    EXPECT_NEAR(fixed.i2, .9211735, 5e-8);
    EXPECT_EQ(fixed.tau2, 0.0);
    auto const random = pool(bcg(), PoolingMethod::dersimonian_laird).pooled.value();
    EXPECT_NEAR(random.tau2, .3087603, 5e-8);
    EXPECT_NEAR(random.estimate, -.7141172, 5e-8);
    EXPECT_NEAR(random.standard_error, .1787421, 5e-8);
    EXPECT_NEAR(random.hartung_knapp_standard_error.value(), .1806966, 5e-8);
    EXPECT_NEAR(random.i2, .9211735, 5e-8);
}

// statistics.md 4.9: estimate ± t_{k-2} √(tau2 + SE²); the 97.5 % point of t with 11 degrees of freedom is 2.200985.
TEST(MetaAnalysis, PredictsByTheTDistribution) {
    auto const random = pool(bcg(), PoolingMethod::dersimonian_laird).pooled.value();
    double const half = 2.200985160 * std::sqrt(random.tau2 + random.standard_error * random.standard_error);
    ASSERT_TRUE(random.prediction);
    EXPECT_NEAR(random.prediction->lower, random.estimate - half, 1e-8);
    EXPECT_NEAR(random.prediction->upper, random.estimate + half, 1e-8);
}

// DerSimonian & Kacker 2007, Contemporary Clinical Trials 28:105-114: the CLASP trials.
TEST(MetaAnalysis, GivesThePublishedValuesOfClasp) {
    std::vector<StudyEffect> const clasp{{-1.297628724034, 0.34677403170781}, {-1.264877107308, 0.26567573760625},
                                         {0.120792366847, 0.19838951484521},  {-0.329377388705, 0.02647708366715},
                                         {-0.200670695462, 0.22329679776488}, {-0.128534068672, 0.00649856026686}};
    auto const dl = pool(clasp, PoolingMethod::dersimonian_laird).pooled.value();
    EXPECT_NEAR(dl.estimate, -.3240, 5e-5);
    EXPECT_NEAR(dl.standard_error, .1540, 5e-5);
    EXPECT_NEAR(std::sqrt(dl.tau2), .2323, 5e-5);
    EXPECT_NEAR(pool(clasp, PoolingMethod::reml).pooled->estimate, -.2980, 5e-5);
    EXPECT_NEAR(pool(clasp, PoolingMethod::paule_mandel).pooled->estimate, -.3811, 5e-5);
}

// statistics.md 4.9: the interval 1.2 to 3.4.
TEST(StandardError, ComesFromTheWidthOfAnInterval) {
    EXPECT_NEAR(dossier::standard_error_of({std::log(1.2), std::log(3.4)}).value(), .265682, 5e-7);
    EXPECT_NEAR(dossier::standard_error_of({-1.6448536, 1.6448536}, .90).value(), 1.0, 1e-7);
    EXPECT_NEAR(dossier::standard_error_of({-2.5758293, 2.5758293}, .99).value(), 1.0, 1e-7);
    EXPECT_FALSE(dossier::standard_error_of({1.0, 1.0}));
    EXPECT_FALSE(dossier::standard_error_of({1.0, 2.0}, 1.0));
}

// statistics.md 4.9: RR 2.
TEST(EValue, MatchesTheGoldenValue) {
    EXPECT_NEAR(dossier::e_value(2.0).value(), 3.414214, 5e-7);
    EXPECT_NEAR(dossier::e_value(0.5).value(), 3.414214, 5e-7);
    EXPECT_EQ(dossier::e_value(1.0), 1.0);
    EXPECT_FALSE(dossier::e_value(0.0));
}

TEST(MetaAnalysis, NamesWhatCannotBePooled) {
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    for (auto const method : all_methods) {
        EXPECT_EQ(pool({}, method).outcome, PoolingOutcome::too_few_effects);
        std::vector<StudyEffect> const one{{0.3, 0.1}};
        EXPECT_EQ(pool(one, method).outcome, PoolingOutcome::too_few_effects);
        for (double const variance : {0.0, -1.0, nan}) {
            std::vector<StudyEffect> const effects{{0.3, 0.1}, {0.4, variance}};
            auto const result = pool(effects, method);
            EXPECT_EQ(result.outcome, PoolingOutcome::unusable_variance);
            EXPECT_FALSE(result.pooled);
        }
        for (double const estimate : {nan, 1e10, -1e300}) {
            std::vector<StudyEffect> const effects{{0.3, 0.1}, {estimate, 0.1}};
            EXPECT_EQ(pool(effects, method).outcome, PoolingOutcome::out_of_range);
        }
        EXPECT_FALSE(in_words(PoolingOutcome::not_converged).empty());
    }
}

TEST(MetaAnalysis, EqualEffectsHaveNoHeterogeneity) {
    std::vector<StudyEffect> const effects{{0.5, 0.04}, {0.5, 0.04}, {0.5, 0.04}, {0.5, 0.04}};
    for (auto const method : all_methods) {
        auto const pooled = pool(effects, method).pooled.value();
        EXPECT_EQ(pooled.estimate, 0.5);
        EXPECT_EQ(pooled.standard_error, 0.1);
        EXPECT_EQ(pooled.tau2, 0.0);
        EXPECT_EQ(pooled.i2, 0.0);
        EXPECT_EQ(pooled.q, 0.0);
        EXPECT_EQ(pooled.q_p, 1.0);
        EXPECT_EQ(pooled.weights, std::vector<double>(4, 0.25));
    }
}

TEST(MetaAnalysis, ThousandsOfAlikeEffectsHaveNoHeterogeneity) {
    for (double const spread : {0.0, 1e-12, 1e-9}) {
        std::vector<StudyEffect> effects(5'000, {0.3, 0.01});
        effects[0].estimate += spread;
        for (auto const method : all_methods)
            EXPECT_EQ(pool(effects, method).pooled.value().q_p, 1.0) << spread;
    }
}

TEST(MetaAnalysis, NearlyNoEffectIsNotMinusZero) {
    auto const pooled = pool(std::vector<StudyEffect>{{-1e-14, 1.0}, {-1e-14, 1.0}}, PoolingMethod::fixed).pooled;
    ASSERT_TRUE(pooled);
    EXPECT_EQ(pooled->estimate, 0.0);
    EXPECT_FALSE(std::signbit(pooled->estimate));
}

TEST(MetaAnalysis, TwoEffectsPredictNothing) {
    std::vector<StudyEffect> const effects{{0.5, 0.04}, {0.1, 0.02}};
    EXPECT_FALSE(pool(effects, PoolingMethod::reml).pooled->prediction);
    EXPECT_TRUE(pool(effects, PoolingMethod::reml).pooled->hartung_knapp);
    EXPECT_FALSE(pool(effects, PoolingMethod::fixed).pooled->hartung_knapp);
}

TEST(MetaAnalysis, AlwaysComesToAnEndWithNumbers) {
    for (double const spread : {1e-9, 1.0, 1e6, 1e9})
        for (double const variance : {1e-18, 1e-9, 1.0, 1e9, 1e18})
            for (double const other : {1e-18, 1.0, 1e18}) {
                std::vector<StudyEffect> const effects{{-spread, variance}, {spread, other}, {spread / 3, variance}};
                for (auto const method : all_methods) {
                    auto const result = pool(effects, method);
                    EXPECT_EQ(result.pooled.has_value(), result.outcome == PoolingOutcome::pooled);
                    if (!result.pooled) continue;
                    for (double const number :
                         {result.pooled->estimate, result.pooled->standard_error, result.pooled->interval.lower,
                          result.pooled->q, result.pooled->q_p, result.pooled->i2, result.pooled->tau2,
                          result.pooled->h2, result.pooled->i2_of_tau2})
                        EXPECT_TRUE(std::isfinite(number)) << spread << ' ' << variance << ' ' << other;
                }
            }
}

// The equations that define the two estimators hold at what the searches find.
TEST(MetaAnalysis, FindsTheRootsOfTheirEquations) {
    auto const effects = bcg();
    auto const at_pm = weigh(effects, pool(effects, PoolingMethod::paule_mandel).pooled->tau2);
    EXPECT_NEAR(at_pm.q, 12.0, 1e-9);
    auto const at_reml = weigh(effects, pool(effects, PoolingMethod::reml).pooled->tau2);
    EXPECT_NEAR(at_reml.q2, at_reml.w - at_reml.w2 / at_reml.w, 1e-9);
}

TEST(MetaAnalysis, LeavesOneOutAtATime) {
    auto const effects = bcg();
    auto const left_out = dossier::pool_leaving_one_out(effects, PoolingMethod::dersimonian_laird);
    ASSERT_EQ(left_out.size(), 13u);
    std::vector<StudyEffect> const without_first(effects.begin() + 1, effects.end());
    std::vector<StudyEffect> const without_last(effects.begin(), effects.end() - 1);
    EXPECT_EQ(left_out.front().pooled->estimate,
              pool(without_first, PoolingMethod::dersimonian_laird).pooled->estimate);
    EXPECT_EQ(left_out.back().pooled->estimate, pool(without_last, PoolingMethod::dersimonian_laird).pooled->estimate);
}

// ---- Reference values of metafor 3.8

std::vector<std::string> split(std::string const& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, '\t');)
        fields.push_back(field);
    return fields;
}

std::vector<StudyEffect> read_effects(std::filesystem::path const& file) {
    std::vector<StudyEffect> effects;
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);  // header
    while (std::getline(stream, line)) {
        auto const fields = split(line);
        effects.push_back({std::stod(fields.at(1)), std::stod(fields.at(2))});
    }
    return effects;
}

// metafor stops REML's search as soon as a step is below 1e-5, and that of Paule and Mandel once R's uniroot has it within
// 1.2e-4 of the root; pool() goes on to the last digits. To compare digit by digit, the same searches with metafor's rules:

double reml_as_metafor_stops(std::vector<StudyEffect> const& effects) {
    auto const k = static_cast<double>(effects.size());
    double mean = 0.0, squares = 0.0, variances = 0.0;
    for (auto const& [y, v] : effects)
        mean += y / k, variances += v / k;
    for (auto const& effect : effects)
        squares += (effect.estimate - mean) * (effect.estimate - mean);
    double tau2 = std::max(0.0, squares / (k - 1) - variances);
    for (int i = 0; i < 100; ++i) {
        auto const [w, w2, w3, q, q2] = weigh(effects, tau2);
        double step = (q2 - (w - w2 / w)) / (w2 - 2 * w3 / w + w2 * w2 / (w * w));
        while (tau2 + step < 0)
            step /= 2;
        tau2 += step;
        if (std::abs(step) <= 1e-5) break;
    }
    return tau2;
}

/// Brent's method as uniroot of R has it, from 0 to 100; NaN where the root lies beyond.
double paule_mandel_as_metafor_stops(std::vector<StudyEffect> const& effects) {
    auto const excess = [&](double tau2) { return weigh(effects, tau2).q - static_cast<double>(effects.size() - 1); };
    double const epsilon = std::numeric_limits<double>::epsilon(), tolerance = std::pow(epsilon, 0.25);
    double a = 0.0, b = 100.0, fa = excess(a), fb = excess(b), c = a, fc = fa;
    if (fa <= 0) return 0.0;
    if (fb > 0) return std::numeric_limits<double>::quiet_NaN();
    for (int i = 0; i < 100; ++i) {
        double const previous = b - a;
        if (std::abs(fc) < std::abs(fb)) a = b, b = c, c = a, fa = fb, fb = fc, fc = fa;
        double const least = 2 * epsilon * std::abs(b) + tolerance / 2;
        double step = (c - b) / 2;
        if (std::abs(step) <= least || fb == 0) break;
        if (std::abs(previous) >= least && std::abs(fa) > std::abs(fb)) {
            double p = 0.0, q = 0.0;
            if (a == c) {
                p = (c - b) * (fb / fa), q = 1 - fb / fa;
            } else {
                double const r = fa / fc, s = fb / fc, t = fb / fa;
                p = t * ((c - b) * r * (r - s) - (b - a) * (s - 1)), q = (r - 1) * (s - 1) * (t - 1);
            }
            (p > 0 ? q : p) *= -1;
            if (p < 0.75 * (c - b) * q - std::abs(least * q) / 2 && p < std::abs(previous * q / 2)) step = p / q;
        }
        if (std::abs(step) < least) step = step > 0 ? least : -least;
        a = b, fa = fb;
        b += step, fb = excess(b);
        if ((fb > 0) == (fc > 0)) c = a, fc = fa;
    }
    return b;
}

class MetaforReference : public testing::Test {
protected:
    static bool is_same(double ours, std::string const& theirs) {
        if (theirs == "NA") return true;
        double const wanted = std::stod(theirs);
        double const fourth_digit = std::pow(10.0, std::floor(std::log10(std::abs(wanted))) - 3);
        return std::abs(ours - wanted) <= std::max(fourth_digit / 2, 1e-12);
    }
    void compare(char const* what, double ours, std::string const& theirs) {
        ++n_compared_;
        EXPECT_TRUE(is_same(ours, theirs)) << row_ << ' ' << what << ": " << ours << ", metafor " << theirs;
    }
    void compare_row(std::vector<std::string> const& row, Pooled const& pooled, bool hartung_knapp) {
        auto const interval = hartung_knapp ? pooled.hartung_knapp.value() : pooled.interval;
        double const error = hartung_knapp ? pooled.hartung_knapp_standard_error.value() : pooled.standard_error;
        compare("estimate", pooled.estimate, row.at(4));
        compare("se", error, row.at(5));
        compare("ci_lb", interval.lower, row.at(6));
        compare("ci_ub", interval.upper, row.at(7));
        compare("tau2", pooled.tau2, row.at(10));
        compare("I2", 100 * pooled.i2_of_tau2, row.at(11));
        compare("H2", pooled.h2, row.at(12));
        compare("Q", pooled.q, row.at(13));
        compare("Qp", pooled.q_p, row.at(14));
        // metafor 3.8 predicts by the normal quantile (1.959964), we by t (statistics.md 4.9).
        double const half = 1.959963985 * std::sqrt(pooled.tau2 + error * error);
        compare("pi_lb", pooled.estimate - half, row.at(15));
        compare("pi_ub", pooled.estimate + half, row.at(16));
    }
    /// All numbers at metafor's tau2, which lies no further from ours than metafor's rule lets it.
    void compare_with_their_stop(std::vector<std::string> const& row, Pooled const& ours,
                                 std::vector<StudyEffect> const& effects, double their_tau2, double reach) {
        if (std::isnan(their_tau2)) return compare_row(row, ours, false);
        compare_row(row, dossier::pool_given_variance(effects, their_tau2).pooled.value(), false);
        EXPECT_NEAR(ours.tau2, their_tau2, reach) << row_;
        largest_gap_ = std::max(largest_gap_, std::abs(ours.tau2 - their_tau2));
    }
    std::string row_;
    std::size_t n_compared_ = 0;
    double largest_gap_ = 0.0;
};

TEST_F(MetaforReference, IsReproducedToFourDigits) {
    auto const folder =
        std::filesystem::path(DOSSIER_SOURCE_DIR) / ".." / "shared" / "corpora" / "numbers" / "meta_reference";
    std::ifstream results(folder / "pooled_results.tsv");
    if (!results) GTEST_SKIP() << folder << " is not there";
    std::map<std::string, PoolingMethod> const methods = {{"FE", PoolingMethod::fixed},
                                                          {"DL", PoolingMethod::dersimonian_laird},
                                                          {"DL+HKSJ", PoolingMethod::dersimonian_laird},
                                                          {"REML", PoolingMethod::reml},
                                                          {"PM", PoolingMethod::paule_mandel}};
    std::size_t n_rows = 0;
    std::string line;
    std::getline(results, line);  // header
    while (std::getline(results, line)) {
        auto const row = split(line);
        auto const method = methods.find(row.at(3));
        if (method == methods.end()) continue;
        auto const effects = read_effects(folder / "datasets" / (row.at(0) + "." + row.at(1) + ".tsv"));
        ASSERT_EQ(effects.size(), std::stoul(row.at(2))) << line;
        row_ = row.at(0) + " " + row.at(1) + " " + row.at(3);
        auto const ours = pool(effects, method->second).pooled;
        ASSERT_TRUE(ours) << row_;
        if (method->second == PoolingMethod::reml)
            compare_with_their_stop(row, *ours, effects, reml_as_metafor_stops(effects), 5e-5);
        else if (method->second == PoolingMethod::paule_mandel)
            compare_with_their_stop(row, *ours, effects, paule_mandel_as_metafor_stops(effects), 1.3e-4);
        else
            compare_row(row, *ours, row.at(3) == "DL+HKSJ");
        ++n_rows;
    }
    EXPECT_EQ(n_rows, 29u * 5);
    std::printf("%zu values of %zu rows compared; tau2 at most %.1e from metafor's\n", n_compared_, n_rows,
                largest_gap_);
}

}  // namespace
