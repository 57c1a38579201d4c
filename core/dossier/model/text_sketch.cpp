#include "dossier/model/text_sketch.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

namespace {

/// Spreads every bit of `value` over the whole word (the finaliser of SplitMix64).
constexpr std::uint64_t mixed(std::uint64_t value) noexcept {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

constexpr bool is_word_byte(unsigned char byte) noexcept {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

/// Bytes of the punctuation that begins at `at`, which is no ASCII; 0: a letter begins there.
std::size_t wide_punctuation(std::string_view text, std::size_t at) noexcept {
    auto const byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    if (byte(0) == 0xC2) return 2;                                          // U+0080 - U+00BF
    if (byte(0) == 0xC3 && (byte(1) == 0x97 || byte(1) == 0xB7)) return 2;  // times, divided by
    if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return 3;  // U+2000 - U+207F
    if (byte(0) == 0xE3 && byte(1) == 0x80) return 3;                       // U+3000 - U+303F
    return 0;
}

/// Lower case of a byte of ASCII, or of the second byte of a Latin-1 letter in UTF-8.
unsigned char lower(unsigned char byte, unsigned char before) noexcept {
    if (byte >= 'A' && byte <= 'Z') return static_cast<unsigned char>(byte + 0x20);
    return before == 0xC3 && byte >= 0x80 && byte <= 0x9E ? static_cast<unsigned char>(byte + 0x20) : byte;
}

/// Hands the hash (FNV-1a) of every word of `text` to `take`.
template <class Take>
void for_each_word(std::string_view text, Take&& take) {
    constexpr std::uint64_t basis = 0xCBF29CE484222325u, prime = 0x100000001B3u;
    std::uint64_t hash = basis;
    unsigned char before = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        auto const byte = at < text.size() ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(' ');
        auto const wide = byte >= 0xC2 ? wide_punctuation(text, at) : 0;
        if (is_word_byte(byte) && wide == 0) {
            hash = (hash ^ lower(byte, before)) * prime;
            before = byte;
            continue;
        }
        if (hash != basis) take(mixed(hash));
        hash = basis;
        before = 0;
        if (wide != 0) at += wide - 1;
    }
}

/// Words in, shingles out: a rolling polynomial over the last words_per_shingle words.
class Shingles {
public:
    void add(std::uint64_t word) {
        auto& oldest = window_[n_words_ % words_per_shingle];
        rolling_ = (rolling_ - oldest * highest_power) * factor + word;
        oldest = word;
        text_ = mixed(text_ + word);
        if (++n_words_ >= words_per_shingle) hashes_.push_back(mixed(rolling_));
    }

    /// Different shingles, sorted.
    [[nodiscard]] std::vector<std::uint64_t> take() {
        if (n_words_ > 0 && n_words_ < words_per_shingle) hashes_.push_back(text_);
        std::sort(hashes_.begin(), hashes_.end());
        hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
        return std::move(hashes_);
    }
    [[nodiscard]] std::size_t n_words() const noexcept { return n_words_; }
    [[nodiscard]] std::uint64_t text() const noexcept { return text_; }

private:
    static constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u;
    static constexpr std::uint64_t highest_power = factor * factor * factor * factor;
    static_assert(words_per_shingle == 5, "highest_power is factor to the words_per_shingle - 1");

    std::array<std::uint64_t, words_per_shingle> window_{};
    std::uint64_t rolling_ = 0, text_ = 0;
    std::size_t n_words_ = 0;
    std::vector<std::uint64_t> hashes_;
};

/// The least of the shingles that fall into each bin; the bins split the hashes into ranges of one size.
std::vector<std::uint32_t> minima_of(std::vector<std::uint64_t> const& sorted) {
    constexpr int bin_bits = 7;
    static_assert(sketch_bins == 1u << bin_bits);
    std::vector<std::uint32_t> minima(sketch_bins, empty_bin);
    for (auto const hash : sorted) {
        auto& least = minima[hash >> (64 - bin_bits)];
        auto const value = static_cast<std::uint32_t>(hash >> (32 - bin_bits));
        least = std::min(least, std::min(value, empty_bin - 1));
    }
    return minima;
}

bool comparable(TextSketch const& a, TextSketch const& b) noexcept {
    return a.minima.size() == sketch_bins && b.minima.size() == sketch_bins;
}

}  // namespace

TextSketch sketch_of(std::span<Sentence const> sentences) {
    Shingles shingles;
    for (auto const& sentence : sentences)
        if (may_be_quoted(sentence.role)) for_each_word(sentence.text, [&](std::uint64_t word) { shingles.add(word); });
    TextSketch sketch;
    if (shingles.n_words() == 0) return sketch;
    sketch.text_hash = std::max<std::uint64_t>(shingles.text(), 1);
    auto const hashes = shingles.take();
    sketch.n_shingles = static_cast<std::uint32_t>(std::min<std::size_t>(hashes.size(), 0xFFFFFFFFu));
    if (sketch.n_shingles >= least_sketch_shingles) sketch.minima = minima_of(hashes);
    return sketch;
}

double resemblance(TextSketch const& a, TextSketch const& b) noexcept {
    if (!comparable(a, b)) return 0.0;
    std::uint32_t n_equal = 0, n_both_empty = 0;
    for (std::size_t i = 0; i < sketch_bins; ++i) {
        n_equal += a.minima[i] == b.minima[i];
        n_both_empty += (a.minima[i] & b.minima[i]) == empty_bin;
    }
    return static_cast<double>(n_equal - n_both_empty) / static_cast<double>(sketch_bins - n_both_empty);
}

double containment(TextSketch const& a, TextSketch const& b) noexcept {
    auto const jaccard = resemblance(a, b);
    if (jaccard == 0.0) return 0.0;
    auto const n_shared = jaccard / (1.0 + jaccard) * (static_cast<double>(a.n_shingles) + b.n_shingles);
    return std::min(1.0, n_shared / std::min(a.n_shingles, b.n_shingles));
}

}  // namespace dossier
