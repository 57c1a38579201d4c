#include "dossier/evidence/statement/contrast.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace dossier {

namespace {

using Part = std::span<ReadWord const>;

constexpr std::size_t max_before_opening = 2;  // words before a contrast that opens its sentence

/// They open a subordinate clause: what they contrast with stands behind it.
bool is_concessive(std::string_view word) {
    static constexpr std::array concessives{"although", "though", "while", "whereas", "despite"};
    return std::find(concessives.begin(), concessives.end(), word) != concessives.end();
}

/// They may stand anywhere in the sentence that contrasts with the one before it.
bool is_adverb(std::string_view word) {
    static constexpr std::array adverbs{"however", "nevertheless", "nonetheless", "conversely"};
    return std::find(adverbs.begin(), adverbs.end(), word) != adverbs.end();
}

bool denies(Part part) {
    return std::any_of(part.begin(), part.end(), [](ReadWord const& word) {
        return word.is(WordClass::denial) || word.is(WordClass::no_effect);
    });
}

}  // namespace

bool contrast_turns(TextReading const& passage) {
    std::optional<bool> before;  // whether what stood last denies
    bool turned = false;
    auto const take = [&](Part part, bool contrasts) {
        if (part.empty()) return;
        bool const denied = denies(part);
        turned |= contrasts && before && *before != denied;
        before = denied;
    };
    for (auto const& sentence : passage.sentences) {
        Part const words(sentence.words);
        auto const found =
            std::find_if(words.begin(), words.end(), [](auto const& word) { return word.is(WordClass::contrast); });
        if (found == words.end()) {
            take(words, false);
            continue;
        }
        auto const at = static_cast<std::size_t>(found - words.begin());
        bool const opens = at < max_before_opening;
        auto parted = at;
        if (opens && is_concessive(found->text))
            while (parted < words.size() && words[parted].clause == found->clause)
                ++parted;
        else if (opens || (is_adverb(found->text) && words[at - 1].clause == found->clause))
            parted = 0;  // the whole sentence contrasts with the one before
        take(words.first(parted), false);
        take(words.subspan(parted), true);
    }
    return turned;
}

}  // namespace dossier
