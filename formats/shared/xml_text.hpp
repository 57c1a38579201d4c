// Text between the tags of XML, HTML and SVG, and in attribute values in double quotes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/clean_text.hpp"

namespace dossier::formats {

/// `text` cleaned (clean_text.hpp) and escaped; U+FFFD for U+FFFE and U+FFFF, which are no characters of XML. Line breaks
/// become "\n".
inline std::string xml_text(std::string_view text) {
    std::string markup;
    markup.reserve(text.size() + text.size() / 16);
    for (std::size_t offset = 0; offset < text.size();) {
        auto const point = code_point_at(text, offset);
        auto const next = offset + point.size;
        switch (point.value) {
            case '&': markup += "&amp;"; break;
            case '<': markup += "&lt;"; break;
            case '>': markup += "&gt;"; break;
            case '"': markup += "&quot;"; break;
            case '\'': markup += "&#39;"; break;
            case '\r':
                if (next == text.size() || text[next] != '\n') markup += '\n';
                break;
            case 0xFFFE:
            case 0xFFFF: markup += replacement_character; break;
            default:
                markup += point.valid && !is_treacherous(point.value) ? text.substr(offset, point.size)
                                                                      : replacement_character;
        }
        offset = next;
    }
    return markup;
}

}  // namespace dossier::formats
