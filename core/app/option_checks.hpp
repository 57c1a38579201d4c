// Option checks: what the value of an option may be, and in which words it is refused.
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

/// One of these words, as written. Refuses others with the nearest, or with all of them.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// A whole number from `least` to `most`, both included.
[[nodiscard]] CLI::Validator whole_number(std::int64_t least, std::int64_t most);

/// What is wrong with the words of a command line, in a sentence that names the option.
[[nodiscard]] std::string plain_words(CLI::ParseError const& error);

}  // namespace dossier
