#include "dossier/model/claim.hpp"

#include <algorithm>

namespace dossier {
namespace {

template <class Entry>
Entry const* find_by_id(std::vector<Entry> const& entries, std::string_view id) noexcept {
    auto const found = std::find_if(entries.begin(), entries.end(), [&](Entry const& e) { return e.id == id; });
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> texts_of(std::vector<Phrase> const& phrases) {
    std::vector<std::string> texts;
    for (auto const& phrase : phrases)
        texts.push_back(phrase.text);
    return texts;
}

Claim const* ClaimRegistry::find_claim(std::string_view id) const noexcept {
    return find_by_id(claims, id);
}

Condition const* ClaimRegistry::find_condition(std::string_view id) const noexcept {
    return find_by_id(conditions, id);
}

char const* name_of(FactorDirection direction) noexcept {
    switch (direction) {
        case FactorDirection::raises: return "raises";
        case FactorDirection::lowers: return "lowers";
        case FactorDirection::no_effect: return "no_effect";
        case FactorDirection::unclear: return "unclear";
    }
    return "unclear";
}

char const* name_of(Degree degree) noexcept {
    switch (degree) {
        case Degree::none: return "none";
        case Degree::low: return "low";
        case Degree::high: return "high";
    }
    return "none";
}

}  // namespace dossier
