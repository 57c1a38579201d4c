#include "style.hpp"

#include "shared/charts/palette.hpp"

namespace dossier::pdf {

namespace {

Color on_paper(charts::Ink ink) {
    auto const color = charts::color_of(ink);
    return {color.red, color.green, color.blue};
}

}  // namespace

StanceColors stance_colors(std::string_view stance) noexcept {
    auto const inks = charts::stance_inks(stance);
    return {on_paper(inks.text), on_paper(inks.fill), on_paper(inks.on_fill)};
}

}  // namespace dossier::pdf
