#include "golden/pictures.hpp"

#include <png.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace dossier::test {

namespace {

std::string output_of(std::string const& command) {
    auto* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::string output;
    std::array<char, 1 << 16> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        output.append(buffer.data(), n);
    if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
    return output;
}

Picture next_pgm(std::istream& in) {
    Picture picture;
    std::string magic;
    std::size_t white = 0;
    in >> magic >> picture.width >> picture.height >> white;
    if (magic != "P5" || white != 255) throw std::runtime_error("pdftoppm drew something else than grey pages");
    in.get();
    picture.pixels.resize(picture.width * picture.height);
    in.read(reinterpret_cast<char*>(picture.pixels.data()), static_cast<std::streamsize>(picture.pixels.size()));
    return picture;
}

/// The mean of the 3 by 3 pixels around.
int smoothed(Picture const& picture, std::size_t x, std::size_t y) {
    int sum = 0;
    for (std::size_t dy = 0; dy < 3; ++dy)
        for (std::size_t dx = 0; dx < 3; ++dx)
            sum += picture.at(x + dx - 1, y + dy - 1);
    return sum / 9;
}

}  // namespace

std::vector<Picture> pictures_of(std::filesystem::path const& pdf, int resolution) {
    std::istringstream in(
        output_of("pdftoppm -gray -r " + std::to_string(resolution) + " '" + pdf.string() + "' 2> /dev/null"));
    std::vector<Picture> pictures;
    while (in.peek() != std::char_traits<char>::eof())
        pictures.push_back(next_pgm(in));
    return pictures;
}

void write_png(std::filesystem::path const& file, Picture const& picture) {
    auto few = picture.pixels;
    for (auto& pixel : few)
        pixel = static_cast<std::uint8_t>((pixel + 8) / 17 * 17);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width), image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_GRAY;
    if (png_image_write_to_file(&image, file.c_str(), 0, few.data(), 0, nullptr) == 0)
        throw std::runtime_error(file.string() + ": " + image.message);
}

std::optional<Picture> read_png(std::filesystem::path const& file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, file.c_str()) == 0) return std::nullopt;
    image.format = PNG_FORMAT_GRAY;
    Picture picture{image.width, image.height, std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
    if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0) return std::nullopt;
    return picture;
}

double difference_of(Picture const& a, Picture const& b) {
    if (a.width != b.width || a.height != b.height || a.width < 3 || a.height < 3) return 1;
    constexpr int same_grey = 34;
    std::size_t n_different = 0;
    for (std::size_t y = 1; y + 1 < a.height; ++y)
        for (std::size_t x = 1; x + 1 < a.width; ++x)
            n_different += std::abs(smoothed(a, x, y) - smoothed(b, x, y)) > same_grey ? 1 : 0;
    return static_cast<double>(n_different) / static_cast<double>(a.width * a.height);
}

}  // namespace dossier::test
