#include "dossier/findings/similar_texts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <tuple>

#include "dossier/model/text_sketch.hpp"

namespace dossier {

namespace {

/// Four bits of each minimum of a sketch: enough to see that two texts are unlike without looking at their sketches
/// (P. Li, A. König, "b-bit minwise hashing", 2010).
class ShortSketch {
public:
    explicit ShortSketch(SketchMinima const& minima) noexcept {
        for (std::size_t bin = 0; bin < sketch_bins; ++bin)
            pairs_[bin / bins_per_pair][bin / bins_per_word % 2] |= std::uint64_t{minima[bin] & 15}
                                                                    << 4 * (bin % bins_per_word);
    }
    /// Minima that are different for sure: equal ones are equal in four bits.
    [[nodiscard]] static unsigned n_different(ShortSketch const& a, ShortSketch const& b) noexcept {
        constexpr std::uint64_t lowest_of_four = 0x1111111111111111u, lower_halves = 0x0F0F0F0F0F0F0F0Fu;
        // Counted in four bits for each place in a word, which eight words cannot fill: std::popcount is a call where the
        // oldest processors are to be served. They all have registers of two words.
        static_assert(2 * std::tuple_size_v<decltype(pairs_)> < 16 && sketch_bins < 256);
        WordPair of_pairs{};
        for (std::size_t i = 0; i < a.pairs_.size(); ++i) {
            auto bits = a.pairs_[i] ^ b.pairs_[i];
            bits |= bits >> 2;
            bits |= bits >> 1;
            of_pairs += bits & WordPair{lowest_of_four, lowest_of_four};
        }
        auto const counts = of_pairs[0] + of_pairs[1];
        return static_cast<unsigned>(((counts & lower_halves) + (counts >> 4 & lower_halves)) * 0x0101010101010101u >>
                                     56);
    }
    /// So many minima of two sketches that have at least this resemblance may be different, and perhaps one less.
    [[nodiscard]] static unsigned most_different(double resemblance) noexcept {
        return static_cast<unsigned>((1.0 - resemblance) * sketch_bins) + 1;
    }
    /// No less than the resemblance of two sketches of which so many minima are different.
    [[nodiscard]] static double greatest_resemblance(unsigned n_different) noexcept {
        return 1.0 - static_cast<double>(n_different) / sketch_bins;
    }

private:
    using WordPair = std::uint64_t __attribute__((vector_size(16)));
    static constexpr std::size_t bins_per_word = 16, bins_per_pair = 32;
    std::array<WordPair, sketch_bins / bins_per_pair> pairs_{};
};

/// The least resemblance at which is_alike may say yes, a little less for the sake of rounding.
double least_resemblance(std::uint32_t fewer, std::uint32_t more, LikenessLimits const& limits) noexcept {
    auto const n_shared = limits.containment * fewer;
    return std::min(limits.resemblance, n_shared / (static_cast<double>(fewer) + more - n_shared)) - 1e-6;
}

constexpr std::size_t bucket_window = 16;    // neighbours in a bucket that a text is compared with
constexpr std::size_t few_texts = 64;        // of which every pair is compared
constexpr std::uint32_t greatest_ratio = 4;  // of lengths, above which containment is too uncertain

struct BandEntry {
    std::uint64_t key = 0;
    std::uint32_t n_shingles = 0;
    std::uint32_t text = 0;  ///< its place among those that are compared
};

bool by_pair(TextMatch const& x, TextMatch const& y) noexcept {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
}

std::vector<TextMatch> compare_all(SketchStore const& store, std::span<ComparedText const> texts,
                                   LikenessLimits const& limits, std::size_t* n_compared) {
    std::vector<TextSketch> sketches;
    for (auto const& text : texts)
        sketches.push_back(sketch_in(store, text));
    std::vector<TextMatch> matches;
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            TextMatch match;
            std::tie(match.a, match.b) = std::minmax<std::size_t>(texts[i].article, texts[j].article);
            if (is_alike(sketches[i], sketches[j], limits, match)) matches.push_back(match);
        }
    if (n_compared != nullptr)
        *n_compared += texts.size() * (texts.size() - std::min<std::size_t>(texts.size(), 1)) / 2;
    std::sort(matches.begin(), matches.end(), by_pair);
    return matches;
}

/// How many texts have a key that has some bits in common: none, one, or several. Two bits each.
class KeyCounts {
public:
    explicit KeyCounts(std::size_t n_texts) : counts_(std::bit_ceil(2 * n_texts + 2)) {}
    void clear() { std::fill(counts_.begin(), counts_.end(), std::uint8_t{0}); }
    void add(std::uint64_t key) {
        if (auto const slot = slot_of(key); !is_several(slot))
            counts_[slot / 4] = static_cast<std::uint8_t>(counts_[slot / 4] + (1u << 2 * (slot % 4)));
    }
    [[nodiscard]] bool may_be_shared(std::uint64_t key) const noexcept { return is_several(slot_of(key)); }

private:
    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept {
        return (key * 0x9E3779B97F4A7C15u >> 20) & (4 * counts_.size() - 1);
    }
    [[nodiscard]] bool is_several(std::size_t slot) const noexcept {
        return (counts_[slot / 4] >> 2 * (slot % 4) & 2u) != 0;
    }
    std::vector<std::uint8_t> counts_;  ///< four to a byte
};

/// The texts whose key another text has, too, by key, then length, then article. Most texts, which have none of their like,
/// are never sorted.
class Bucket {
public:
    explicit Bucket(std::span<ComparedText const> texts) : texts_(texts), counts_(texts.size()) {}

    std::vector<BandEntry> const& shared(std::span<std::uint64_t const> keys) {
        counts_.clear();
        for (auto const key : keys)
            counts_.add(key);
        auto const may_be_shared = [&](std::uint64_t key) { return counts_.may_be_shared(key); };
        make_room(static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), may_be_shared)));
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (may_be_shared(keys[i]))
                entries_.push_back({keys[i], texts_[i].n_shingles, static_cast<std::uint32_t>(i)});
        std::sort(entries_.begin(), entries_.end(), [&](BandEntry const& a, BandEntry const& b) {
            return std::tie(a.key, a.n_shingles, texts_[a.text].article) <
                   std::tie(b.key, b.n_shingles, texts_[b.text].article);
        });
        return entries_;
    }

private:
    /// For so many entries and no more: there are as many as there are texts where texts are made of the same phrases.
    void make_room(std::size_t n_entries) {
        entries_.clear();
        if (n_entries <= entries_.capacity()) return;
        entries_.shrink_to_fit();
        entries_.reserve(n_entries);
    }
    std::span<ComparedText const> texts_;
    KeyCounts counts_;
    std::vector<BandEntry> entries_;
};

/// Past the last entry that entry i is compared with.
std::size_t end_of_window(std::vector<BandEntry> const& entries, std::size_t i) {
    auto const most = std::min(entries.size(), i + 1 + bucket_window);
    auto end = i + 1;
    while (end < most && entries[end].key == entries[i].key)
        ++end;
    return end;
}

/// In the order of `texts`.
std::vector<ShortSketch> short_sketches(SketchStore const& store, std::span<ComparedText const> texts) {
    std::vector<ShortSketch> result;
    result.reserve(texts.size());
    for (auto const& text : texts)
        result.emplace_back(store.minima(text.sketch));
    return result;
}

/// The keys of one band, in the order of `texts`, whose sketches ascend.
void read_keys(SketchStore const& store, std::size_t band, std::span<ComparedText const> texts,
               std::vector<std::uint64_t>& keys) {
    constexpr std::size_t at_once = 1024;
    std::array<std::uint64_t, at_once> read;
    keys.clear();
    for (std::size_t i = 0; i < texts.size();) {
        std::size_t const first = texts[i].sketch;
        auto const n = std::min(at_once, store.size() - first);
        store.band_keys(band, first, std::span(read).first(n));
        for (; i < texts.size() && texts[i].sketch < first + n; ++i)
            keys.push_back(read[texts[i].sketch - first]);
    }
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
    if (match.resemblance == 0.0 || fewer < limits.containment_shingles || more > std::uint64_t{greatest_ratio} * fewer)
        return false;
    match.containment = containment(a, b);
    match.is_excerpt = true;
    return match.containment >= limits.containment;
}

TextSketch sketch_in(SketchStore const& store, ComparedText const& text) {
    TextSketch sketch;
    sketch.n_shingles = text.n_shingles;
    auto const minima = store.minima(text.sketch);
    sketch.minima.assign(minima.begin(), minima.end());
    return sketch;
}

std::vector<TextMatch> find_similar_texts(SketchStore const& store, std::span<ComparedText const> chosen,
                                          LikenessLimits const& limits, std::size_t* n_compared) {
    if (chosen.size() <= few_texts) return compare_all(store, chosen, limits, n_compared);
    auto const by_sketch = [](ComparedText const& x, ComparedText const& y) { return x.sketch < y.sketch; };
    std::vector<ComparedText> sorted;  // empty: they are
    if (!std::is_sorted(chosen.begin(), chosen.end(), by_sketch)) {
        sorted.assign(chosen.begin(), chosen.end());
        std::sort(sorted.begin(), sorted.end(), by_sketch);
    }
    auto const texts = sorted.empty() ? chosen : std::span<ComparedText const>(sorted);
    std::vector<TextMatch> matches;
    auto const in_short = short_sketches(store, texts);
    std::vector<std::uint64_t> keys;
    keys.reserve(texts.size());
    Bucket bucket(texts);
    for (std::size_t band = 0; band < sketch_bands; ++band) {
        read_keys(store, band, texts, keys);
        auto const& entries = bucket.shared(keys);
        auto const n_known = static_cast<std::ptrdiff_t>(matches.size());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            auto const end = end_of_window(entries, i);
            if (n_compared != nullptr) *n_compared += end - i - 1;
            // Entries ascend by length: what falls short of what the longest needs is not alike, nearly all pairs.
            auto const most_different = ShortSketch::most_different(
                least_resemblance(entries[i].n_shingles, entries[end - 1].n_shingles, limits));
            std::optional<TextSketch> sketch;
            for (std::size_t j = i + 1; j < end; ++j) {
                auto const n_different = ShortSketch::n_different(in_short[entries[i].text], in_short[entries[j].text]);
                if (n_different > most_different) continue;
                auto const &one = texts[entries[i].text], &other = texts[entries[j].text];
                if (ShortSketch::greatest_resemblance(n_different) <
                    least_resemblance(one.n_shingles, other.n_shingles, limits))  // one has no more: entries ascend
                    continue;
                TextMatch match;
                std::tie(match.a, match.b) = std::minmax<std::size_t>(one.article, other.article);
                if (std::binary_search(matches.begin(), matches.begin() + n_known, match, by_pair)) continue;
                if (!sketch) sketch = sketch_in(store, one);
                if (is_alike(*sketch, sketch_in(store, other), limits, match)) matches.push_back(match);
            }
        }
        // `matches` stays sorted, with no pair twice.
        std::sort(matches.begin() + n_known, matches.end(), by_pair);
        std::inplace_merge(matches.begin(), matches.begin() + n_known, matches.end(), by_pair);
    }
    return matches;
}

}  // namespace dossier
