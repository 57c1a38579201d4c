// Sketch store: the text sketches of any number of articles, on disk beyond the first few thousand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "dossier/findings/findings_file.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/text_sketch.hpp"

namespace dossier {

/// Minima of one sketch, TextSketch::minima.
using SketchMinima = std::array<std::uint32_t, sketch_bins>;

/// Two adjacent minima of a sketch are a band; texts with an equal band are candidates for being alike.
inline constexpr std::size_t sketch_bands = sketch_bins / 2;

/// Keeps sketches by the number under which they were added, from 0. Memory stays below a few MiB; what is more lies in
/// files under no name. Not for several threads.
class SketchStore {
public:
    /// @param folder  of the files; empty: the system's folder for temporary files
    explicit SketchStore(std::filesystem::path folder = {});

    /// @param sketch  with all its minima
    /// @throws Failure (io): disk full
    void add(TextSketch const& sketch);
    /// After the last add(): what there is in memory goes where the rest is, if there is so much that it lies on disk.
    /// @throws Failure (io): disk full
    void seal();
    [[nodiscard]] std::size_t size() const noexcept { return n_; }

    [[nodiscard]] SketchMinima minima(std::size_t number) const;
    /// The band keys of sketches from `first` on, as many as `keys` has room for. Empty bins have borrowed from others, so
    /// that short texts have bands, too.
    void band_keys(std::size_t band, std::size_t first, std::span<std::uint64_t> keys) const;

private:
    void end_chunk();
    std::filesystem::path folder_;
    std::vector<FindingsFile> files_;  ///< minima by sketch, keys by chunk and band; none until they are needed
    std::vector<SketchMinima> chunk_;  ///< the sketches that are not in the files yet
    std::array<std::vector<std::uint64_t>, sketch_bands> keys_;  ///< by band: of the same
    std::size_t n_ = 0;
};

}  // namespace dossier
