// What to show a person when two versions of a file differ.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::test {

/// The first differences, line by line ("-" expected, "+" actual, with line numbers), or for what is not text the
/// lengths and the first differing byte. Empty when both are equal.
[[nodiscard]] std::string difference(std::string_view expected, std::string_view actual, std::size_t most_lines = 12);

}  // namespace dossier::test
