#include "dossier/findings/similar_texts.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "dossier/model/text_sketch.hpp"

namespace dossier {

namespace {

constexpr std::size_t bins_per_band = 2;
constexpr std::size_t bucket_window = 16;  // neighbours in a bucket that a text is compared with
constexpr std::size_t few_texts = 64;      // of which every pair is compared
constexpr double greatest_ratio = 4.0;     // of lengths, above which containment is too uncertain

using Minima = std::array<std::uint32_t, sketch_bins>;

constexpr std::uint32_t scrambled(std::uint32_t value) noexcept {
    value = (value ^ (value >> 16)) * 0x7FEB352Du;
    value = (value ^ (value >> 15)) * 0x846CA68Bu;
    return value ^ (value >> 16);
}

/// A sketch whose empty bins borrow from others, in an order that depends on the bin only (A. Shrivastava, "Optimal
/// densification", ICML 2017), so that short texts have bands, too.
Minima densified(TextSketch const& sketch) {
    Minima minima{};
    for (std::uint32_t bin = 0; bin < sketch_bins; ++bin) {
        auto from = bin;
        for (std::uint32_t attempt = 0; sketch.minima[from] == empty_bin && attempt < 4096; ++attempt)
            from = scrambled(bin * 4096 + attempt) % sketch_bins;
        minima[bin] = sketch.minima[from];
    }
    return minima;
}

struct BandEntry {
    std::uint64_t key = 0;
    std::uint32_t n_shingles = 0, text = 0;

    friend bool operator<(BandEntry const& a, BandEntry const& b) noexcept {
        return std::tie(a.key, a.n_shingles, a.text) < std::tie(b.key, b.n_shingles, b.text);
    }
};

std::vector<TextMatch> compare_all(std::span<TextSketch const* const> sketches, std::vector<std::uint32_t> const& texts,
                                   LikenessLimits const& limits, std::size_t* n_compared) {
    std::vector<TextMatch> matches;
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            TextMatch match{texts[i], texts[j]};
            if (is_alike(*sketches[match.a], *sketches[match.b], limits, match)) matches.push_back(match);
        }
    if (n_compared != nullptr)
        *n_compared += texts.size() * (texts.size() - std::min<std::size_t>(texts.size(), 1)) / 2;
    return matches;
}

}  // namespace

bool is_alike(TextSketch const& a, TextSketch const& b, LikenessLimits const& limits, TextMatch& match) {
    auto const fewer = std::min(a.n_shingles, b.n_shingles), more = std::max(a.n_shingles, b.n_shingles);
    if (fewer < std::min(limits.resemblance_shingles, limits.containment_shingles)) return false;
    match.resemblance = resemblance(a, b);
    if (fewer >= limits.resemblance_shingles && match.resemblance >= limits.resemblance) {
        match.is_excerpt = false;
        return true;
    }
    if (match.resemblance == 0.0 || fewer < limits.containment_shingles || more > greatest_ratio * fewer) return false;
    match.containment = containment(a, b);
    match.is_excerpt = true;
    return match.containment >= limits.containment;
}

std::vector<TextMatch> find_similar_texts(std::span<TextSketch const* const> sketches, LikenessLimits const& limits,
                                          std::size_t* n_compared) {
    std::vector<std::uint32_t> texts;
    std::vector<Minima> minima;
    for (std::size_t i = 0; i < sketches.size(); ++i) {
        if (sketches[i]->minima.size() != sketch_bins) continue;
        texts.push_back(static_cast<std::uint32_t>(i));
        minima.push_back(densified(*sketches[i]));
    }
    if (texts.size() <= few_texts) return compare_all(sketches, texts, limits, n_compared);
    std::vector<TextMatch> matches;
    std::vector<BandEntry> band(texts.size());
    for (std::size_t bin = 0; bin < sketch_bins; bin += bins_per_band) {
        for (std::size_t i = 0; i < texts.size(); ++i)
            band[i] = {std::uint64_t{minima[i][bin]} << 32 | minima[i][bin + 1], sketches[texts[i]]->n_shingles,
                       texts[i]};
        std::sort(band.begin(), band.end());
        auto const n_known = static_cast<std::ptrdiff_t>(matches.size());
        for (std::size_t i = 0; i < band.size(); ++i)
            for (std::size_t j = i + 1; j < band.size() && j <= i + bucket_window && band[j].key == band[i].key; ++j) {
                if (n_compared != nullptr) ++*n_compared;
                TextMatch match;
                std::tie(match.a, match.b) = std::minmax<std::size_t>(band[i].text, band[j].text);
                if (is_alike(*sketches[match.a], *sketches[match.b], limits, match)) matches.push_back(match);
            }
        // The same pair comes up in many bands; `matches` stays sorted.
        auto const by_pair = [](TextMatch const& x, TextMatch const& y) {
            return std::tie(x.a, x.b) < std::tie(y.a, y.b);
        };
        std::sort(matches.begin() + n_known, matches.end(), by_pair);
        std::inplace_merge(matches.begin(), matches.begin() + n_known, matches.end(), by_pair);
        auto const is_same = [](TextMatch const& x, TextMatch const& y) { return x.a == y.a && x.b == y.b; };
        matches.erase(std::unique(matches.begin(), matches.end(), is_same), matches.end());
    }
    return matches;
}

}  // namespace dossier
