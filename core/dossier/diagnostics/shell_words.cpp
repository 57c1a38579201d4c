#include "dossier/diagnostics/shell_words.hpp"

namespace dossier {

std::string shell_word(std::string_view word) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
    std::string quoted = "'";
    for (char const c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string command_line(std::span<std::string const> words) {
    std::string line;
    for (auto const& word : words)
        line += (line.empty() ? "" : " ") + shell_word(word);
    return line;
}

}  // namespace dossier
