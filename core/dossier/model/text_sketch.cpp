#include "dossier/model/text_sketch.hpp"

#include <algorithm>
#include <array>
#include <bit>
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

/// What each byte is to a word: the lower case of a letter or digit of ASCII, or one of these.
constexpr unsigned char parts_words = 0, is_wide = 1;
constexpr auto word_bytes = [] {
    std::array<unsigned char, 256> bytes{};
    for (std::size_t c = 0; c < bytes.size(); ++c) {
        bool const upper = c >= 'A' && c <= 'Z', word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bytes[c] = static_cast<unsigned char>(c >= 0x80 ? is_wide : upper ? c + 0x20 : word ? c : parts_words);
    }
    return bytes;
}();

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

/// Lower case of the second byte of a Latin-1 letter in UTF-8; other bytes as they are.
unsigned char lower_wide(unsigned char byte, unsigned char before) noexcept {
    return before == 0xC3 && byte >= 0x80 && byte <= 0x9E ? static_cast<unsigned char>(byte + 0x20) : byte;
}

/// Hands the hash (FNV-1a) of every word of `text` to `take`.
template <class Take>
void for_each_word(std::string_view text, Take&& take) {
    constexpr std::uint64_t basis = 0xCBF29CE484222325u, prime = 0x100000001B3u;
    std::uint64_t hash = basis;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = static_cast<unsigned char>(text[at]);
        auto folded = word_bytes[byte];
        if (folded == is_wide) {
            auto const punctuation = byte >= 0xC2 ? wide_punctuation(text, at) : 0;
            folded =
                punctuation > 0 ? parts_words : lower_wide(byte, at > 0 ? static_cast<unsigned char>(text[at - 1]) : 0);
            if (punctuation > 0) at += punctuation - 1;
        }
        if (folded != parts_words) {
            hash = (hash ^ folded) * prime;
            continue;
        }
        if (hash != basis) take(mixed(hash));
        hash = basis;
    }
    if (hash != basis) take(mixed(hash));
}

/// Words in, shingles out: a rolling polynomial over the last words_per_shingle words.
class Shingles {
public:
    void add(std::uint64_t word) {
        auto& oldest = window_[next_];
        next_ = next_ + 1 == words_per_shingle ? 0 : next_ + 1;
        rolling_ = (rolling_ - oldest * highest_power) * factor + word;
        oldest = word;
        text_ = mixed(text_ + word);
        if (++n_words_ >= words_per_shingle) hashes_.push_back(std::max<std::uint64_t>(mixed(rolling_), 1));
    }

    void reserve(std::size_t n_words) { hashes_.reserve(n_words); }
    /// As they come; some may be there more than once.
    [[nodiscard]] std::vector<std::uint64_t> take() {
        if (n_words_ > 0 && n_words_ < words_per_shingle) hashes_.push_back(std::max<std::uint64_t>(text(), 1));
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
    std::size_t next_ = 0, n_words_ = 0;
    std::vector<std::uint64_t> hashes_;
};

/// How many of the hashes differ. None of them is 0.
std::size_t n_different(std::vector<std::uint64_t>& hashes) {
    constexpr std::size_t most_in_table = 4096;  // whoever can make hashes clash cannot make it slow
    if (hashes.size() > most_in_table) {
        std::sort(hashes.begin(), hashes.end());
        return static_cast<std::size_t>(std::unique(hashes.begin(), hashes.end()) - hashes.begin());
    }
    std::vector<std::uint64_t> table(std::bit_ceil(hashes.size() * 2 + 1));
    auto const last = table.size() - 1;
    std::size_t n = 0;
    for (auto const hash : hashes) {
        auto place = static_cast<std::size_t>(hash) & last;
        while (table[place] != 0 && table[place] != hash)
            place = (place + 1) & last;
        n += table[place] == 0;
        table[place] = hash;
    }
    return n;
}

/// The least of the shingles that fall into each bin; the bins split the hashes into ranges of one size.
std::vector<std::uint32_t> minima_of(std::vector<std::uint64_t> const& hashes) {
    constexpr int bin_bits = 7;
    static_assert(sketch_bins == 1u << bin_bits);
    std::vector<std::uint32_t> minima(sketch_bins, empty_bin);
    for (auto const hash : hashes) {
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
    constexpr std::size_t bytes_per_word = 5;  // more or less, with the space behind it
    Shingles shingles;
    std::size_t n_bytes = 0;
    for (auto const& sentence : sentences)
        n_bytes += sentence.text.size();
    shingles.reserve(n_bytes / bytes_per_word);
    for (auto const& sentence : sentences)
        if (may_be_quoted(sentence.role)) for_each_word(sentence.text, [&](std::uint64_t word) { shingles.add(word); });
    TextSketch sketch;
    if (shingles.n_words() == 0) return sketch;
    sketch.text_hash = std::max<std::uint64_t>(shingles.text(), 1);
    auto hashes = shingles.take();
    auto const minima = minima_of(hashes);
    sketch.n_shingles = static_cast<std::uint32_t>(std::min<std::size_t>(n_different(hashes), 0xFFFFFFFFu));
    if (sketch.n_shingles >= least_sketch_shingles) sketch.minima = minima;
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
