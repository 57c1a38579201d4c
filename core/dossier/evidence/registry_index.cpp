#include "dossier/evidence/registry_index.hpp"

#include <algorithm>

#include "dossier/evidence/derived_cues.hpp"

namespace dossier {

RegistryIndex::RegistryIndex(ClaimRegistry const& registry, Lexicon const& lexicon) {
    group(registry.about);
    for (auto const& other : registry.others)
        add(other, {PhraseRole::other});
    for (auto const& outcome : registry.outcome_terms)
        add(outcome, {PhraseRole::outcome});
    for (std::uint32_t i = 0; i < registry.conditions.size(); ++i)
        for (auto const& phrase : registry.conditions[i].phrases)
            add(phrase, {PhraseRole::condition, i});
    for (std::uint32_t i = 0; i < registry.risk_factors.size(); ++i)
        for (auto const& phrase : registry.risk_factors[i].phrases)
            add(phrase, {PhraseRole::factor, i});
    for (std::uint32_t i = 0; i < registry.claims.size(); ++i) {
        auto const& claim = registry.claims[i];
        auto about = claim.about.empty() ? registry.about : claim.about;
        if (claim.supports.empty() && claim.refutes.empty()) {
            auto derived = derive_cues(claim.statement, about, lexicon);
            if (derived.cues.empty()) without_cues_.push_back(claim.id);
            if (about.empty()) about = std::move(derived.about);
            for (auto const& cue : derived.cues)
                add(cue, {derived.denies ? PhraseRole::refutes : PhraseRole::supports, i, true});
        }
        claim_groups_.push_back(group(about));
        for (auto const& cue : claim.supports)
            add(cue, {PhraseRole::supports, i});
        for (auto const& cue : claim.refutes)
            add(cue, {PhraseRole::refutes, i});
    }
}

std::uint32_t RegistryIndex::group(std::vector<Phrase> const& about) {
    std::vector<std::string> key;
    for (auto const& phrase : about)
        key.push_back(phrase.text);
    std::sort(key.begin(), key.end());
    auto const [entry, fresh] = groups_.try_emplace(key, static_cast<std::uint32_t>(groups_.size()));
    if (fresh) {
        group_empty_.push_back(key.empty());
        for (auto const& phrase : about)
            add(phrase, {PhraseRole::about, entry->second});
    }
    return entry->second;
}

void RegistryIndex::add(Phrase const& phrase, PhraseUse use) {
    auto found = by_text_.find(phrase.text);
    if (found == by_text_.end()) {
        auto const parsed = parse_phrase(phrase.text);
        auto const* pattern = std::get_if<PhrasePattern>(&parsed);
        if (!pattern) return;
        found = by_text_.emplace(phrase.text, index_.add(*pattern)).first;
        uses_.emplace_back();
        texts_.push_back(phrase.text);
    }
    uses_[found->second].push_back(use);
}

ReadText RegistryIndex::read(std::string_view text) const {
    ReadText read{tokenize(text), {}};
    index_.find(read.tokens, read.matches);
    return read;
}

bool RegistryIndex::has(std::uint32_t phrase, PhraseRole role, std::uint32_t owner) const noexcept {
    return std::any_of(uses_[phrase].begin(), uses_[phrase].end(),
                       [&](PhraseUse const& use) { return use.role == role && use.owner == owner; });
}

bool RegistryIndex::has(std::uint32_t phrase, PhraseRole role) const noexcept {
    return std::any_of(uses_[phrase].begin(), uses_[phrase].end(),
                       [&](PhraseUse const& use) { return use.role == role; });
}

}  // namespace dossier
