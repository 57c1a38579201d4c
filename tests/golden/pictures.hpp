// Pictures of pages: drawn by poppler, kept as small PNG files, compared with a tolerance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace dossier::test {

/// Shades of grey, 0 black to 255 white, row by row.
struct Picture {
    std::size_t width = 0, height = 0;
    std::vector<std::uint8_t> pixels;
    [[nodiscard]] std::uint8_t& at(std::size_t x, std::size_t y) { return pixels[y * width + x]; }
    [[nodiscard]] std::uint8_t at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
};

inline constexpr int picture_resolution = 32;  ///< dots per inch: words are grey bars, but each has its place

/// One picture per page of a PDF file. Throws std::runtime_error where pdftoppm fails.
std::vector<Picture> pictures_of(std::filesystem::path const& pdf, int resolution = picture_resolution);

/// Writes 16 shades: a few kilobytes per page.
void write_png(std::filesystem::path const& file, Picture const& picture);
/// nullopt: there is no such file, or it is no picture.
std::optional<Picture> read_png(std::filesystem::path const& file);

/// The share of the page that looks different, in [0, 1]; 1 where the sizes differ. Edges that are smoothed differently
/// do not count: neighbourhoods of 3 by 3 pixels are compared, and small differences of grey are none.
double difference_of(Picture const& a, Picture const& b);
/// Above this, pictures do not show the same page: a word that moved by its own width.
inline constexpr double most_difference = 0.0006;

}  // namespace dossier::test
