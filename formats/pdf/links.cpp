#include "links.hpp"

#include <algorithm>
#include <string_view>

#include "shared/web_address.hpp"

namespace dossier::pdf {

namespace {

char hex_digit(unsigned value) noexcept {
    return "0123456789ABCDEF"[value & 15u];
}

}  // namespace

std::string safe_uri(std::string const& url) {
    if (!formats::is_web_address(url)) return {};
    std::string out;
    for (char const c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || c == '<' || c == '>' || c == '"' || c == '(' || c == ')' || c == '\\')
            out += '%', out += hex_digit(byte >> 4), out += hex_digit(byte);
        else
            out += c;
    }
    return out;
}

std::string link_to_page(std::uint32_t page_object, double page_height, double y) {
    Operators out;
    out.add("/Dest[" + std::to_string(page_object) + " 0 R/XYZ 0 ");
    out.number(std::clamp(page_height - y, 0.0, page_height));
    out.add("0]");  // the reader's own zoom
    return std::move(out.text);
}

std::string link_to_uri(std::string const& uri) {
    return "/A<</Type/Action/S/URI/URI(" + uri + ")>>";
}

std::string link_annotation(Rect const& area, double page_height, std::optional<std::uint32_t> key,
                            std::string const& leads) {
    constexpr char const* printed_with_the_page = "/F 4";
    Operators out;
    out.add("<</Type/Annot/Subtype/Link");
    out.add(printed_with_the_page);
    out.add("/Border[0 0 0]/Rect[");
    out.number(area.x), out.number(page_height - area.y - area.height);
    out.number(area.x + area.width), out.number(page_height - area.y);
    out.add("]");
    if (key) out.add("/StructParent " + std::to_string(*key));
    out.add(leads + ">>");
    return std::move(out.text);
}

}  // namespace dossier::pdf
