#include "dossier/findings/plain_words.hpp"

#include <algorithm>
#include <cstddef>

namespace dossier {

namespace {

// Base letters of U+00C0 to U+017F, a space where there is none.
constexpr std::string_view latin_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_letters.size() == 0x180 - 0xC0);

}  // namespace

std::vector<std::string> plain_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto const close = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = static_cast<unsigned char>(text[at]);
        auto const next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0u;
        bool const continues = next >= 0x80 && next < 0xC0;
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            word += text[at];
        } else if (byte >= 'A' && byte <= 'Z') {
            word += static_cast<char>(byte + 32);
        } else if (byte == '\'') {
            continue;  // "patient's" is one word, as with U+2019 below
        } else if (byte >= 0xC3 && byte <= 0xC5 && continues) {
            char const letter = latin_letters[(byte - 0xC3u) * 64 + (next - 0x80u)];
            letter == ' ' ? close() : word.push_back(letter);
            ++at;
        } else if (byte == 0xC2 && continues) {
            close();
            ++at;
        } else if (text.substr(at, 3) == "\xE2\x80\x99") {
            at += 2;
        } else if (byte == 0xE2 && (next == 0x80 || next == 0x81)) {
            close();
            at += 2;
        } else if ((byte == 0xCC && continues) || (byte == 0xCD && continues && next <= 0xAF)) {
            ++at;  // a combining mark
        } else if (byte >= 0x80) {
            word += text[at];
        } else {
            close();
        }
    }
    close();
    return words;
}

std::string plain_text(std::string_view text) {
    std::string result;
    for (auto const& word : plain_words(text))
        result += (result.empty() ? "" : " ") + word;
    return result;
}

std::string without_tags(std::string_view text) {
    constexpr std::size_t longest_tag = 40;
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '<') {
            auto const after = at + 1 < text.size() ? text[at + 1] : ' ';
            bool const tag = after == '/' || (after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z');
            auto const end =
                tag ? text.substr(0, std::min(text.size(), at + longest_tag)).find('>', at) : std::string_view::npos;
            if (end != std::string_view::npos) {
                at = end;
                continue;
            }
        }
        result += text[at];
    }
    return result;
}

}  // namespace dossier
