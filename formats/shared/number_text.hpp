// Numbers as data files have them: the shortest text that reads back as the same number, in no one's locale.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>

namespace dossier::formats {

/// Room for any number: the longest shortest form of a double takes 24 characters, of an integer 20.
using NumberText = std::array<char, 32>;

/// The text stands in `room`.
template <class Number>
std::string_view shortest(Number number, NumberText& room) {
    auto const end = std::to_chars(room.data(), room.data() + room.size(), number).ptr;
    return {room.data(), static_cast<std::size_t>(end - room.data())};
}

}  // namespace dossier::formats
