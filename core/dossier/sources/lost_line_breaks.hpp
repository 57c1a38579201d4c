// Lost line breaks: where one line of web text holds what were several, each side is told apart by its form.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier::sources {

inline constexpr std::size_t max_line_head =
    80;  ///< bytes of a name, a greeting, a place: what is longer is running text

/// Whether a new line must have begun at `at`, though no stop says so: after a row of signs ("=====", "*****"), around
/// the date and time of a mail, after an address, an emoticon, a greeting, the place and agency of a news item, and
/// before a closing formula. Looks at most a few dozen bytes to either side.
/// @param begin  where the sentence that would end here began
/// @pre begin < at < text.size(); white space stands before `at`, none at it
[[nodiscard]] bool has_lost_line_break(std::string_view text, std::size_t begin, std::size_t at);

/// A word in lower case that no message begins with, and no time before it: no new line begins at nearly all words, unless a
/// label ("Email:") stands at the begin.
/// @param last_before  the byte before the white space before the word
/// @param distance     of the word from the begin
[[nodiscard]] inline bool is_within_line(char first, char last_before, std::size_t distance) noexcept {
    if (first < 'a' || first > 'z') return false;
    bool const message = first == 'i' || first == 't' || first == 'w' || first == 'y';
    bool const short_head = distance <= max_line_head + 1;  // with the space
    if (message && short_head) return false;
    bool const blank = last_before == ' ' || last_before == '\n' || last_before == '\t' || last_before == '\r';
    return !blank && last_before != 'M' && !(last_before >= '0' && last_before <= '9');
}

/// Length of the emoticon at `at`: ":-)", ";)", ":P"; 0: there is none that stands alone.
[[nodiscard]] std::size_t emoticon_length(std::string_view text, std::size_t at) noexcept;

}  // namespace dossier::sources
