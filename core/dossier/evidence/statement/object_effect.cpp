#include "dossier/evidence/statement/object_effect.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>

namespace dossier {

extern char const* const statement_words_text;

namespace {

struct Side {
    std::size_t group = 0;
    bool second = false;
};

/// The tables [effects], [things] and opposites of words.en.toml, by stem. Only read once built.
struct EffectWords {
    std::map<std::string, ObjectEffect, std::less<>>
        effects;  ///< and by word, where the stem hides a denial ("harmless")
    std::map<std::string, int, std::less<>> valences;
    std::map<std::string, std::vector<Side>, std::less<>> sides;  ///< by word: "harmless" and "harmful" have one stem
    std::map<std::string, std::vector<std::string>, std::less<>> likened;

    EffectWords() {
        auto const file = toml::parse(std::string_view(statement_words_text), std::string_view("words.en.toml"));
        constexpr std::array<std::pair<char const*, ObjectEffect>, 6> kinds{{{"more", ObjectEffect::more},
                                                                             {"less", ObjectEffect::less},
                                                                             {"better", ObjectEffect::better},
                                                                             {"worse", ObjectEffect::worse},
                                                                             {"helped", ObjectEffect::helped},
                                                                             {"harmed", ObjectEffect::harmed}}};
        for (auto const& [name, effect] : kinds)
            for (auto const& word : words_of(file["effects"][name]))
                effects.emplace(word.ends_with("less") ? word : stem_of(word), effect);
        for (auto const& word : words_of(file["things"]["wanted"]))
            valences.emplace(stem_of(word), 1);
        for (auto const& word : words_of(file["things"]["unwanted"]))
            valences.emplace(stem_of(word), -1);
        std::size_t n_groups = 0;
        for (auto const& group : *file["opposites"].as_array())
            add_opposites(toml::node_view(group), n_groups++);
    }

private:
    static std::vector<std::string> words_of(toml::node_view<toml::node const> list) {
        std::vector<std::string> words;
        auto const* array = list.as_array();
        if (!array) throw std::logic_error("words.en.toml lacks a list of effects, things or opposites");
        for (auto const& word : *array)
            words.push_back(word.value_or(std::string()));
        return words;
    }

    void add_opposites(toml::node_view<toml::node const> group, std::size_t number) {
        std::vector<std::string> all;
        for (std::size_t side = 0; side < 2; ++side)
            for (auto const& word : words_of(group[side])) {
                sides[word].push_back({number, side == 1});
                all.push_back(word);
            }
        for (auto const& word : all) {
            auto& others = likened[stem_of(word)];
            others.insert(others.end(), all.begin(), all.end());
        }
    }
};

EffectWords const& effect_words() {
    static EffectWords const words;
    return words;
}

int amount_of(ObjectEffect effect) {
    switch (effect) {
        case ObjectEffect::more:
        case ObjectEffect::helped: return 1;
        case ObjectEffect::less:
        case ObjectEffect::harmed: return -1;
        default: return 0;
    }
}

int value_of(ObjectEffect effect) {
    switch (effect) {
        case ObjectEffect::better:
        case ObjectEffect::helped: return 1;
        case ObjectEffect::worse:
        case ObjectEffect::harmed: return -1;
        default: return 0;
    }
}

/// +1 more of it, -1 less; 0: not known. "Helped" is less of what is unwanted ("helps back pain"), "harmed" always less.
int sign_of(ObjectEffect effect, int valence) {
    if (effect == ObjectEffect::helped) return valence;
    if (effect == ObjectEffect::harmed || value_of(effect) == 0) return amount_of(effect);
    return value_of(effect) * valence;
}

}  // namespace

ObjectEffect effect_of(ReadWord const& word) {
    auto const& listed = effect_words().effects;
    if (auto const found = listed.find(word.text); found != listed.end() && word.text.ends_with("less"))
        return found->second;
    if (auto const found = listed.find(word.stem); found != listed.end()) return found->second;
    if (word.is(WordClass::down)) return ObjectEffect::less;
    if (word.is(WordClass::bad)) return ObjectEffect::worse;
    if (word.is(WordClass::good)) return ObjectEffect::better;
    if (word.is(WordClass::up) || word.is(WordClass::cause)) return ObjectEffect::more;
    return ObjectEffect::none;
}

bool is_listed_effect(ReadWord const& word) {
    return effect_words().effects.contains(word.stem);
}

ObjectEffect reversed(ObjectEffect effect) noexcept {
    switch (effect) {
        case ObjectEffect::more: return ObjectEffect::less;
        case ObjectEffect::less: return ObjectEffect::more;
        case ObjectEffect::better: return ObjectEffect::worse;
        case ObjectEffect::worse: return ObjectEffect::better;
        case ObjectEffect::helped: return ObjectEffect::harmed;
        case ObjectEffect::harmed: return ObjectEffect::helped;
        case ObjectEffect::none: break;
    }
    return ObjectEffect::none;
}

int relation_of(ObjectEffect a, ObjectEffect b, int valence) noexcept {
    if (a == ObjectEffect::none || b == ObjectEffect::none) return 0;
    if (a == b) return 1;
    if (valence == 0) {
        auto const by_amount = amount_of(a) * amount_of(b);
        return by_amount != 0 ? by_amount : value_of(a) * value_of(b);
    }
    return sign_of(a, valence) * sign_of(b, valence);
}

int valence_of(ReadWord const& thing) {
    auto const& known = effect_words().valences;
    if (auto const found = known.find(thing.stem); found != known.end()) return found->second;
    if (thing.is(WordClass::bad)) return -1;
    return thing.is(WordClass::good) ? 1 : 0;
}

int likeness_of(std::string const& word, std::string const& other) {
    auto const& sides = effect_words().sides;
    auto const mine = sides.find(word), theirs = sides.find(other);
    if (mine == sides.end() || theirs == sides.end()) return 0;
    int likeness = 0;
    for (auto const& a : mine->second)
        for (auto const& b : theirs->second)
            if (a.group == b.group) likeness = a.second == b.second ? 1 : -1;
    return likeness;
}

std::vector<std::string> const& likened_to(std::string const& stem) {
    static std::vector<std::string> const none;
    auto const& all = effect_words().likened;
    auto const found = all.find(stem);
    return found == all.end() ? none : found->second;
}

}  // namespace dossier
