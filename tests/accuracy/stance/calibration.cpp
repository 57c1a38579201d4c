// Calibration of the statement model: of the verdicts given with confidence c, is a share of c right? On rows kept aside.
// The topic "calibration" prints the table and the diagram of docs/accuracy.md.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "judged_pairs.hpp"

namespace accuracy {
namespace {

constexpr std::size_t n_bins = 10;
constexpr double largest_error = 0.10;  // our own target; the issue names none

struct Bin {
    std::size_t n = 0, right = 0;
    double confidence = 0.0;  ///< sum

    [[nodiscard]] double mean_confidence() const { return n ? confidence / static_cast<double>(n) : 0.0; }
    [[nodiscard]] double share_right() const { return n ? static_cast<double>(right) / static_cast<double>(n) : 0.0; }
};
using Bins = std::array<Bin, n_bins>;

Bins bins_of(std::filesystem::path const& corpora) {
    Bins bins;
    for (auto const* set : {"check_covid", "scifact_rte", "pubmedqa"})
        for (auto const& pair : judged_pairs(corpora, set)) {
            if (pair.part != Part::aside) continue;
            auto& bin = bins[std::min(n_bins - 1, static_cast<std::size_t>(pair.verdict.confidence * n_bins))];
            ++bin.n;
            bin.right += pair.verdict.stance == pair.label;
            bin.confidence += pair.verdict.confidence;
        }
    return bins;
}

/// Guo et al. 2017: the mean distance of confidence and share right, weighted by the size of the bins.
double expected_calibration_error(Bins const& bins, std::size_t n) {
    double error = 0.0;
    for (auto const& bin : bins)
        error +=
            static_cast<double>(bin.n) / static_cast<double>(n) * std::abs(bin.mean_confidence() - bin.share_right());
    return error;
}

/// A row of 20 cells: # up to the share right, | where the mean confidence lies.
std::string diagram(Bin const& bin) {
    std::string row(20, '.');
    auto const cell = [](double share) { return std::min<std::size_t>(19, static_cast<std::size_t>(share * 20.0)); };
    if (bin.n == 0) return row;
    std::fill(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(std::lround(bin.share_right() * 20.0)), '#');
    row[cell(bin.mean_confidence())] = '|';
    return row;
}

void print(Bins const& bins) {
    std::printf(
        "| confidence | verdicts | mean confidence | share right | # right, \\| confidence |\n|---|---|---|---|---|\n");
    for (std::size_t i = 0; i < n_bins; ++i) {
        auto const& bin = bins[i];
        if (bin.n > 0)
            std::printf("| %.1f to %.1f | %zu | %.3f | %.3f | `%s` |\n", static_cast<double>(i) / n_bins,
                        static_cast<double>(i + 1) / n_bins, bin.n, bin.mean_confidence(), bin.share_right(),
                        diagram(bin).c_str());
    }
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    auto const bins = bins_of(corpora);
    std::size_t n = 0;
    for (auto const& bin : bins)
        n += bin.n;
    auto const error = expected_calibration_error(bins, n);
    char note[64];
    std::snprintf(note, sizeof note, "expected calibration error %.3f", error);
    return {{"stance/statement model", "1 - calibration error", Part::aside, 1.0 - error, 1.0 - largest_error, n, true,
             note}};
}

std::vector<Figure> print_table(std::filesystem::path const& corpora) {
    print(bins_of(corpora));
    return {};
}

Registered const registered("stance", 540, measure);
Registered const table("calibration", 0, print_table);

}  // namespace
}  // namespace accuracy
