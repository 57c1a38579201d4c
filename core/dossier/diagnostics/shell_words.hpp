// Shell words: commands that people copy from what Dossier says.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dossier {

/// A word as a shell would take it: in single quotes unless it is plain. "out put" -> "'out put'"
[[nodiscard]] std::string shell_word(std::string_view word);
/// Words as a shell would take them.
[[nodiscard]] std::string command_line(std::span<std::string const> words);

}  // namespace dossier
