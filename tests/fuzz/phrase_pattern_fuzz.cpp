// Phrases as an analyst may write them. What is accepted is within its bounds; an error points into the phrase.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

#include "dossier/claims/phrase_pattern.hpp"

namespace {

using namespace dossier;

void check(PhrasePattern const& pattern) {
    if (pattern.variants().empty() || pattern.variants().size() > max_phrase_variants) std::abort();
    for (auto const& variant : pattern.variants()) {
        if (variant.empty()) std::abort();
        for (auto const& element : variant)
            if (element.text.empty() != (element.kind == PhraseElement::Kind::gap)) std::abort();
    }
}

void check(PhraseError const& error, std::size_t size) {
    if (error.message.empty() || error.offset > size || error.length > size - error.offset) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const phrase(reinterpret_cast<char const*>(bytes), size);
    auto const parsed = parse_phrase(phrase);
    if (auto const* const pattern = std::get_if<PhrasePattern>(&parsed)) check(*pattern);
    if (auto const* const error = std::get_if<PhraseError>(&parsed)) check(*error, size);
    auto const folded = fold(phrase);
    if (fold(folded).size() > folded.size() * 4 + 16) std::abort();
    return 0;
}
