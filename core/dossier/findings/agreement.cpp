#include "dossier/findings/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace dossier {

namespace {

double sum_of(std::span<double const> values) {
    double sum = 0.0;
    for (double const value : values)
        sum += value;  // category order, never arrival order
    return sum;
}

/// Agreement of one layer: which categories are filled, and not by how much.
double layer_agreement(std::vector<bool> const& filled) {
    auto const n_categories = filled.size();
    auto const n_filled = static_cast<std::size_t>(std::count(filled.begin(), filled.end(), true));
    // Triples of categories that look unimodal (110, 011) and those with a dip (101).
    std::size_t unimodal = 0, dips = 0;
    for (std::size_t i = 0; i < n_categories; ++i)
        for (std::size_t j = i + 1; j < n_categories; ++j)
            for (std::size_t k = j + 1; k < n_categories; ++k) {
                if (filled[j] && filled[i] != filled[k]) ++unimodal;
                if (!filled[j] && filled[i] && filled[k]) ++dips;
            }
    double unimodality = 1.0;
    if (unimodal + dips > 0) {
        auto const categories = static_cast<double>(n_categories);
        auto const tu = static_cast<double>(unimodal), tdu = static_cast<double>(dips);
        unimodality = ((categories - 2) * tu - (categories - 1) * tdu) / ((categories - 2) * (tu + tdu));
    }
    return unimodality * (1.0 - static_cast<double>(n_filled - 1) / static_cast<double>(n_categories - 1));
}

}  // namespace

std::array<double, 3> ordinal_frequencies(StanceTally const& tally) noexcept {
    return {static_cast<double>(tally.refutes), static_cast<double>(tally.mixed), static_cast<double>(tally.supports)};
}

std::optional<double> van_der_eijk_agreement(std::span<double const> frequencies) {
    double const total = sum_of(frequencies);
    if (!(total > 0) || frequencies.size() < 2) return std::nullopt;

    std::vector<double> heights(frequencies.begin(), frequencies.end());
    std::sort(heights.begin(), heights.end());
    heights.erase(std::unique(heights.begin(), heights.end()), heights.end());

    double agreement = 0.0, below = 0.0;
    for (double const height : heights) {
        if (height <= 0) continue;
        std::vector<bool> filled;
        for (double const frequency : frequencies)
            filled.push_back(frequency >= height);
        auto const width = static_cast<double>(std::count(filled.begin(), filled.end(), true));
        agreement += layer_agreement(filled) * width * (height - below) / total;
        below = height;
    }
    return agreement;
}

std::optional<double> tastle_wierman_consensus(std::span<double const> frequencies) {
    double const total = sum_of(frequencies);
    if (!(total > 0) || frequencies.size() < 2) return std::nullopt;
    auto const width = static_cast<double>(frequencies.size() - 1);

    double mean = 0.0;
    for (std::size_t x = 0; x < frequencies.size(); ++x)
        mean += frequencies[x] / total * static_cast<double>(x);
    double consensus = 1.0;
    for (std::size_t x = 0; x < frequencies.size(); ++x)
        if (frequencies[x] > 0)
            consensus += frequencies[x] / total * std::log2(1.0 - std::abs(static_cast<double>(x) - mean) / width);
    return consensus;
}

std::optional<double> shannon_entropy(std::span<double const> frequencies) {
    double const total = sum_of(frequencies);
    if (!(total > 0) || frequencies.size() < 2) return std::nullopt;
    double entropy = 0.0;
    for (double const frequency : frequencies)
        if (frequency > 0) entropy += frequency / total * std::log2(total / frequency);
    return entropy;
}

std::optional<double> relative_entropy(std::span<double const> frequencies) {
    auto entropy = shannon_entropy(frequencies);
    if (entropy) *entropy /= std::log2(static_cast<double>(frequencies.size()));
    return entropy;
}

}  // namespace dossier
