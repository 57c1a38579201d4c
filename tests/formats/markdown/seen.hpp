// What a reader sees of a text that the format was given.
#pragma once

#include <algorithm>
#include <string>

#include "shared/clean_text.hpp"

namespace dossier::test {

/// The text on one line: a line break with the spaces around it is one space, none at the ends.
inline std::string seen(std::string const& text) {
    auto line = formats::clean_text(text);
    std::replace(line.begin(), line.end(), '\t', ' ');
    std::replace(line.begin(), line.end(), '\r', '\n');
    for (int round = 0; round < 2; ++round)
        for (auto const* const wide : {"\n ", " \n", "\n\n"})
            for (auto at = line.find(wide); at != std::string::npos; at = line.find(wide))
                line.replace(at, 2, "\n");
    std::replace(line.begin(), line.end(), '\n', ' ');
    auto const first = line.find_first_not_of(' ');
    return first == std::string::npos ? std::string() : line.substr(first, line.find_last_not_of(' ') - first + 1);
}

}  // namespace dossier::test
