#include "dossier/evidence/registry_index.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/passive.hpp"
#include "dossier/evidence/statement/statement_reader.hpp"
#include "dossier/evidence/statement_model.hpp"

namespace dossier {

namespace {

constexpr std::size_t most_kin = 64;  // groups that share a term and are noted for it

bool ends_in_consonant_y(std::string const& word) {
    return word.size() > 2 && word.back() == 'y' &&
           std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos;
}

bool is_plural(std::string const& word) {
    return word.size() > 3 && word.ends_with("s") && !word.ends_with("ss") && !word.ends_with("us") &&
           !word.ends_with("is");
}

/// The word and its plain plural or singular: "{injury|injuries}".
std::string in_both_numbers(std::string const& word) {
    auto other = word;
    if (word.size() > 4 && word.ends_with("ies"))
        other.replace(word.size() - 3, 3, "y");
    else if (is_plural(word))
        other.pop_back();
    else if (ends_in_consonant_y(word))
        other.replace(word.size() - 1, 1, "ies");
    else if (word.ends_with("s") || word.ends_with("x") || word.ends_with("ch") || word.ends_with("sh"))
        other += "es";
    else
        other += "s";
    return "{" + word + "|" + other + "}";
}

/// An outcome given in words, as phrases: "head injury" also as "injuries to the head".
std::vector<Phrase> outcome_phrases(std::string const& outcome) {
    std::vector<std::string> words;
    for (auto const& token : tokenize(outcome))
        words.emplace_back(token.text);
    std::vector<Phrase> phrases;
    if (words.empty()) return phrases;
    std::string before;
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        before += words[i] + " ";
    phrases.push_back({before + in_both_numbers(words.back()), {}});
    if (words.size() == 2) phrases.push_back({in_both_numbers(words[1]) + " {of|to} [the] " + words[0], {}});
    return phrases;
}

bool is_gap(std::vector<PhrasePattern::Variant> const& part) {
    return part.size() == 1 && part[0].size() == 1 && part[0][0].kind == PhraseElement::Kind::gap;
}

/// A cue of a verb, a gap and words: the words, the gap and the verb, where it can be a participle. nullopt: another cue.
std::optional<PhrasePattern> passive_of(PhrasePattern const& cue) {
    if (cue.parts.size() < 3 || !is_gap(cue.parts[1]) || std::any_of(cue.parts.begin() + 2, cue.parts.end(), is_gap))
        return std::nullopt;
    std::vector<PhrasePattern::Variant> verbs;
    for (auto const& verb : cue.parts[0]) {
        if (verb.size() != 1) continue;
        bool const can_be_participle =
            verb[0].kind == PhraseElement::Kind::stem || verb[0].text.ends_with("ed") || verb[0].text.size() <= 7;
        if (can_be_participle) verbs.push_back(verb);
    }
    if (verbs.empty()) return std::nullopt;
    PhrasePattern turned{"passive of " + cue.source, {cue.parts.begin() + 2, cue.parts.end()}};
    turned.parts.push_back(cue.parts[1]);
    turned.parts.push_back(std::move(verbs));
    return turned;
}

std::uint64_t key_of(PhraseRole role, std::uint32_t owner) {
    return std::uint64_t{static_cast<unsigned>(role)} << 32 | owner;
}

}  // namespace

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
    add_outcomes_of_factors(registry, lexicon);
    for (std::uint32_t i = 0; i < registry.claims.size(); ++i) {
        auto const& claim = registry.claims[i];
        auto about = claim.about.empty() ? registry.about : claim.about;
        if (claim.supports.empty() && claim.refutes.empty()) {
            ReadStatement const statement(claim.statement, lexicon);
            if (!statement.problem().empty()) without_cues_.push_back(claim.id);
            if (about.empty()) about = subject_of(statement);
            for (std::uint32_t word = 0; statement.problem().empty() && word < statement.terms().size(); ++word)
                if (!statement.terms()[word].empty()) add({statement.terms()[word], {}}, {PhraseRole::term, i, word});
        }
        claim_groups_.push_back(group(about));
        group_was_given_.resize(groups_.size());
        if (!claim.about.empty()) group_was_given_[claim_groups_.back()] = true;
        for (auto const& cue : claim.supports)
            add_cue(cue, {PhraseRole::supports, i});
        for (auto const& cue : claim.refutes)
            add_cue(cue, {PhraseRole::refutes, i});
    }
    sort_owners();
    note_rivals();
}

void RegistryIndex::note_rivals() {
    kin_.resize(groups_.size());
    group_was_given_.resize(groups_.size());
    for (auto const& uses : uses_) {
        std::vector<std::uint32_t> sharing;
        for (auto const& use : uses)
            if (use.role == PhraseRole::about) sharing.push_back(use.owner);
        if (sharing.size() > most_kin) sharing.resize(most_kin);
        for (auto const group : sharing)
            kin_[group].insert(kin_[group].end(), sharing.begin(), sharing.end());
    }
    for (auto& kin : kin_) {
        std::sort(kin.begin(), kin.end());
        kin.erase(std::unique(kin.begin(), kin.end()), kin.end());
    }
}

bool RegistryIndex::names_rival(std::uint32_t phrase, std::uint32_t group) const noexcept {
    if (group == 0) return false;
    bool rival = group_was_given_[group] && has(phrase, PhraseRole::factor);
    if (!rival && !has(phrase, PhraseRole::about)) return false;
    for (auto const& use : uses_[phrase]) {
        if (use.role != PhraseRole::about) continue;
        if (use.owner == 0 || std::binary_search(kin_[group].begin(), kin_[group].end(), use.owner)) return false;
        rival = true;
    }
    return rival;
}

void RegistryIndex::sort_owners() {
    owners_.resize(uses_.size());
    for (std::size_t phrase = 0; phrase < uses_.size(); ++phrase) {
        auto& owners = owners_[phrase];
        owners.reserve(uses_[phrase].size());
        for (auto const& use : uses_[phrase])
            owners.push_back(key_of(use.role, use.owner));
        std::sort(owners.begin(), owners.end());
    }
}

/// A factor's outcome goes by its own words, or by those of the claims where it has none; where nothing at all names an
/// outcome, by words for any harm.
void RegistryIndex::add_outcomes_of_factors(ClaimRegistry const& registry, Lexicon const& lexicon) {
    for (std::uint32_t factor = 0; factor < registry.risk_factors.size(); ++factor) {
        auto const& own = registry.risk_factors[factor].outcome;
        bool named = !registry.outcome_terms.empty() || !own.empty();
        add_outcome(own, factor);
        for (auto const& claim : registry.claims)
            if (own.empty() && !claim.outcome.empty()) {
                add_outcome(claim.outcome, factor);
                named = true;
            }
        has_named_outcome_.push_back(named);
        if (named) continue;
        for (auto const& rule : lexicon.rules())
            if (rule.kind == RuleKind::harm)
                for (auto const& phrase : rule.phrases)
                    add(phrase, {PhraseRole::factor_outcome, factor});
    }
}

void RegistryIndex::add_outcome(std::string const& outcome, std::uint32_t factor) {
    for (auto const& phrase : outcome_phrases(outcome))
        add(phrase, {PhraseRole::factor_outcome, factor});
}

bool RegistryIndex::names_outcome(std::uint32_t phrase, std::uint32_t factor) const noexcept {
    return has(phrase, PhraseRole::outcome) || has(phrase, PhraseRole::factor_outcome, factor);
}

std::uint32_t RegistryIndex::group(std::vector<Phrase> const& about) {
    auto key = texts_of(about);
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
    if (auto const known = by_text_.find(phrase.text); known != by_text_.end()) return use_as(known->second, use);
    auto const parsed = parse_phrase(phrase.text);
    if (auto const* pattern = std::get_if<PhrasePattern>(&parsed))
        use_as(number_of(phrase.text, *pattern, phrase.text, false), use);
}

/// A cue as it is written, and "{ease*|reduc*} … pain" also as "pain … {ease*|reduc*}" where that is a passive.
void RegistryIndex::add_cue(Phrase const& phrase, PhraseUse use) {
    auto const parsed = parse_phrase(phrase.text);
    auto const* pattern = std::get_if<PhrasePattern>(&parsed);
    if (!pattern) return;
    use_as(number_of(phrase.text, *pattern, phrase.text, false), use);
    if (auto const turned = passive_of(*pattern)) use_as(number_of(turned->source, *turned, phrase.text, true), use);
}

/// The phrase that is found by `pattern`, new unless one is known by `key`.
/// @param shown  what explanations call it
std::uint32_t RegistryIndex::number_of(std::string const& key, PhrasePattern const& pattern, std::string const& shown,
                                       bool is_passive) {
    auto const [entry, fresh] = by_text_.try_emplace(key, 0);
    if (fresh) {
        entry->second = index_.add(pattern);
        uses_.emplace_back();
        roles_.push_back(0);
        texts_.push_back(shown);
        is_passive_.push_back(is_passive);
    }
    return entry->second;
}

void RegistryIndex::use_as(std::uint32_t phrase, PhraseUse use) {
    uses_[phrase].push_back(use);
    roles_[phrase] |= 1u << static_cast<unsigned>(use.role);
}

void RegistryIndex::find(Tokens const& tokens, std::vector<PhraseMatch>& matches) const {
    auto const n = static_cast<std::ptrdiff_t>(matches.size());
    index_.find(tokens, matches);
    matches.erase(std::remove_if(matches.begin() + n, matches.end(),
                                 [&](PhraseMatch const& match) {
                                     return is_passive_[match.phrase] && !is_passive_of(match, tokens);
                                 }),
                  matches.end());
}

ReadText RegistryIndex::read(std::string_view text) const {
    ReadText read{tokenize(text), {}};
    find(read.tokens, read.matches);
    return read;
}

bool RegistryIndex::has(std::uint32_t phrase, PhraseRole role, std::uint32_t owner) const noexcept {
    return has(phrase, role) && std::binary_search(owners_[phrase].begin(), owners_[phrase].end(), key_of(role, owner));
}

}  // namespace dossier
