#include "dossier/plugin/utf8.hpp"

#include <cstdint>

namespace dossier {
namespace {

/// Bytes of the well-formed character that `bytes` begins with; 0 if it begins with none.
std::size_t character_size(std::string_view bytes) noexcept {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    std::size_t const size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < size) return 0;
    // Only the second byte is narrower than 80 to BF, after E0, ED, F0 and F4.
    unsigned const lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned const highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < lowest || byte(1) > highest) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    return size;
}

/// C0 and C1 controls, and the marks that turn the direction of what follows.
bool is_control(std::string_view character) noexcept {
    auto const first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return (first < 0x20 && first != '\n') || first == 0x7F;
    auto const second = static_cast<unsigned char>(character[1]);
    if (character.size() == 2) return first == 0xC2 && second < 0xA0;
    if (character.size() != 3 || first != 0xE2) return false;
    auto const third = static_cast<unsigned char>(character[2]);
    return (second == 0x80 && ((third >= 0xAA && third <= 0xAE) || third == 0x8E || third == 0x8F)) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

void add_escaped(std::string& text, std::string_view bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        text += "\\x";
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        // Most text is ASCII: skip it eight bytes at a time.
        while (bytes.size() >= 8) {
            std::uint64_t eight = 0;
            __builtin_memcpy(&eight, bytes.data(), sizeof eight);
            if ((eight & 0x8080808080808080U) != 0) break;
            bytes.remove_prefix(8);
        }
        if (bytes.empty()) return true;
        auto const size = character_size(bytes);
        if (size == 0) return false;
        bytes.remove_prefix(size);
    }
    return true;
}

std::string printable(std::string_view bytes, std::size_t limit) {
    std::string text;
    while (!bytes.empty() && text.size() < limit) {
        auto const size = character_size(bytes);
        auto const character = bytes.substr(0, size == 0 ? 1 : size);
        if (size == 0 || is_control(character))
            add_escaped(text, character);
        else
            text += character;
        bytes.remove_prefix(character.size());
    }
    if (!bytes.empty()) text += " …";
    return text;
}

}  // namespace dossier
