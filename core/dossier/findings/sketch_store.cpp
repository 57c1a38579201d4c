#include "dossier/findings/sketch_store.hpp"

#include <algorithm>
#include <utility>

namespace dossier {

namespace {

constexpr std::size_t chunk_sketches = 2048;
constexpr std::size_t chunk_key_bytes = chunk_sketches * sketch_bands * sizeof(std::uint64_t);

constexpr std::uint32_t scrambled(std::uint32_t value) noexcept {
    value = (value ^ (value >> 16)) * 0x7FEB352Du;
    value = (value ^ (value >> 15)) * 0x846CA68Bu;
    return value ^ (value >> 16);
}

/// A sketch whose empty bins borrow from others, in an order that depends on the bin only (A. Shrivastava, "Optimal
/// densification", ICML 2017).
SketchMinima densified(SketchMinima const& sketch) {
    auto minima = sketch;
    for (std::uint32_t bin = 0; bin < sketch_bins; ++bin) {
        auto from = bin;
        for (std::uint32_t attempt = 0; sketch[from] == empty_bin && attempt < 4096; ++attempt)
            from = scrambled(bin * 4096 + attempt) % sketch_bins;
        minima[bin] = sketch[from];
    }
    return minima;
}

std::uint64_t key_of(SketchMinima const& minima, std::size_t band) noexcept {
    return std::uint64_t{minima[2 * band]} << 32 | minima[2 * band + 1];
}

}  // namespace

SketchStore::SketchStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

void SketchStore::add(TextSketch const& sketch) {
    chunk_.emplace_back();
    std::copy_n(sketch.minima.begin(), sketch_bins, chunk_.back().begin());
    auto const minima = densified(chunk_.back());
    for (std::size_t band = 0; band < sketch_bands; ++band) {
        keys_[band].push_back(key_of(minima, band));
    }
    ++n_;
    if (chunk_.size() == chunk_sketches) end_chunk();
}

void SketchStore::end_chunk() {
    if (files_.empty()) {
        files_.emplace_back(folder_);
        files_.emplace_back(folder_);
    }
    files_[0].append(chunk_.data(), chunk_.size() * sizeof(SketchMinima));
    for (auto& keys : keys_) {
        files_[1].append(keys.data(), keys.size() * sizeof(std::uint64_t));
        keys.clear();
    }
    chunk_.clear();
}

void SketchStore::seal() {
    if (files_.empty() || chunk_.empty()) return;
    end_chunk();
    chunk_.shrink_to_fit();
    for (auto& keys : keys_)
        keys.shrink_to_fit();
}

SketchMinima SketchStore::minima(std::size_t number) const {
    auto const n_filed = n_ - chunk_.size();
    if (number >= n_filed) return chunk_[number - n_filed];
    SketchMinima result;
    files_[0].read(number * sizeof result, result.data(), sizeof result);
    return result;
}

void SketchStore::band_keys(std::size_t band, std::size_t first, std::span<std::uint64_t> keys) const {
    auto const n_filed = n_ - chunk_.size();
    while (!keys.empty() && first < n_filed) {
        auto const chunk = first / chunk_sketches, within = first % chunk_sketches;
        auto const n_in_chunk = std::min(chunk_sketches, n_filed - chunk * chunk_sketches);
        auto const n = std::min(keys.size(), n_in_chunk - within);
        files_[1].read(chunk * chunk_key_bytes + (band * n_in_chunk + within) * sizeof(std::uint64_t), keys.data(),
                       n * sizeof(std::uint64_t));
        keys = keys.subspan(n);
        first += n;
    }
    if (!keys.empty())
        std::copy_n(keys_[band].begin() + static_cast<std::ptrdiff_t>(first - n_filed), keys.size(), keys.begin());
}

}  // namespace dossier
