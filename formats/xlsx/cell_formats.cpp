#include "cell_formats.hpp"

#include <new>
#include <string>

namespace dossier::formats {
namespace {

constexpr lxw_color_t ink = 0x1F2933, faint_ink = 0x5C636B, link_ink = 0x0B57A4, head_fill = 0x24405C;

struct TintColors {
    lxw_color_t text, fill;
};

TintColors colors_of(Tint tint) noexcept {
    switch (tint) {
        case Tint::supports: return {0x005696, 0xE1EEF8};
        case Tint::refutes: return {0xA83C06, 0xFBE9DF};
        case Tint::mixed: return {0x6B3F94, 0xF0E8F6};
        case Tint::neutral: return {0x4A525A, 0xE9EDF0};
        case Tint::warning: return {0x755A00, 0xFCF3D9};
        case Tint::failure: return {0x9B1C1C, 0xFBE4E4};
        case Tint::silent:
        case Tint::not_assessable:
        case Tint::none: break;
    }
    return {faint_ink, LXW_COLOR_UNSET};
}

std::string number_format(CellLook const& look) {
    auto const decimals = look.decimals == 0 ? std::string() : "." + std::string(look.decimals, '0');
    switch (look.shape) {
        case NumberShape::integer: return "0";
        case NumberShape::real: return "0" + decimals;
        case NumberShape::percent: return "0" + decimals + " %";
        case NumberShape::date: return "yyyy-mm-dd";
        case NumberShape::none: break;
    }
    return {};
}

lxw_format* head(lxw_format* format) {
    ::format_set_bold(format);
    ::format_set_text_wrap(format);
    ::format_set_font_color(format, LXW_COLOR_WHITE);
    ::format_set_bg_color(format, head_fill);
    return format;
}

void tint(lxw_format* format, Tint tint) {
    auto const colors = colors_of(tint);
    ::format_set_font_color(format, colors.text);
    if (colors.fill != LXW_COLOR_UNSET) ::format_set_bg_color(format, colors.fill);
}

}  // namespace

lxw_format* CellFormats::operator()(Role role, CellLook const& look) {
    auto const key = std::tuple(role, look.shape, look.decimals, look.tint, look.bold, look.wrapped);
    auto const [at, is_new] = made_.try_emplace(key, nullptr);
    if (is_new) at->second = make(role, look);
    return at->second;
}

lxw_format* CellFormats::make(Role role, CellLook const& look) const {
    auto* const format = ::workbook_add_format(workbook_);
    if (format == nullptr) throw std::bad_alloc();
    ::format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    ::format_set_font_color(format, ink);
    if (look.shape == NumberShape::none && role != Role::title && role != Role::subtitle)
        ::format_set_indent(format, 1);
    if (role == Role::head) return head(format);
    if (role == Role::title) ::format_set_font_size(format, 18), ::format_set_bold(format);
    if (role == Role::subtitle) ::format_set_font_color(format, faint_ink);
    if (look.wrapped) ::format_set_text_wrap(format);
    if (look.bold) ::format_set_bold(format);
    if (auto const shape = number_format(look); !shape.empty()) ::format_set_num_format(format, shape.c_str());
    if (look.tint != Tint::none) tint(format, look.tint);
    if (role == Role::link) ::format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (role == Role::link && look.tint == Tint::none) ::format_set_font_color(format, link_ink);
    return format;
}

}  // namespace dossier::formats
