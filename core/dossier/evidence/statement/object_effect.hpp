// Object effect: what a word says happens to a thing, and whether two words say the same or the opposite of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dossier/evidence/statement/text_reading.hpp"

namespace dossier {

/// What is said to happen to the object.
enum class ObjectEffect : std::uint8_t {
    none,
    more,    ///< raised, triggered
    less,    ///< cut, prevented, relieved
    better,  ///< improved: more of what is wanted, less of what is not
    worse,
    helped,  ///< fostered: better, and more of it
    harmed   ///< hampered: worse, and less of it
};

/// By the lists of words.en.toml made for this, else by the word's classes.
[[nodiscard]] ObjectEffect effect_of(ReadWord const& word);
/// Only by those lists: a word that is hardly ever anything else.
[[nodiscard]] bool is_listed_effect(ReadWord const& word);
/// What the effect comes to where it is itself averted ("prevented an increase").
[[nodiscard]] ObjectEffect reversed(ObjectEffect effect) noexcept;
/// +1: the same effect, -1: opposite ones, 0: cannot be told.
/// @param valence  +1 for what people want more of, -1 for what they want less of, 0: not known
[[nodiscard]] int relation_of(ObjectEffect a, ObjectEffect b, int valence) noexcept;
/// What people want more of (+1) or less of (-1); 0: not known.
[[nodiscard]] int valence_of(ReadWord const& thing);

/// +1: the words, as they are written, stand for each other ("safe", "harmless"), -1: they exclude each other ("safe", "risky"),
/// 0: neither is known.
[[nodiscard]] int likeness_of(std::string const& word, std::string const& other);
/// All words that are known to stand for this one or to exclude it, as they are written; by its stem.
[[nodiscard]] std::vector<std::string> const& likened_to(std::string const& stem);

}  // namespace dossier
