#include "dossier/findings/spaced_words.hpp"

#include <algorithm>

namespace dossier {

namespace {

/// Where `words` say `term`; npos: nowhere.
std::size_t place_of(std::string_view words, std::string_view term) {
    if (words.size() < term.size() + 2) return std::string_view::npos;  // most terms are longer than it
    for (auto at = words.find(term); at != std::string_view::npos; at = words.find(term, at + 1))
        if (words[at - 1] == ' ' && words[at + term.size()] == ' ') return at;
    return std::string_view::npos;
}

}  // namespace

std::string spaced_words(std::string_view text) {
    std::string words = " ";
    for (char const c : text) {
        if (c >= 'A' && c <= 'Z')
            words += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

bool says(std::string_view words, std::string_view term) {
    return place_of(words, term) != std::string_view::npos;
}

bool says_any(std::string_view words, std::span<std::string_view const> terms) {
    return std::any_of(terms.begin(), terms.end(), [&](std::string_view term) { return says(words, term); });
}

std::string without(std::string words, std::span<std::string_view const> terms) {
    for (auto const term : terms)
        for (auto at = place_of(words, term); at != std::string_view::npos; at = place_of(words, term))
            words.erase(at, term.size() + 1);
    return words;
}

}  // namespace dossier
