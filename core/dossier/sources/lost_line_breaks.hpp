// Lost line breaks: where one line of web text holds what were several, each side is told apart by its form.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier::sources {

/// Whether a new line must have begun at `at`, though no stop says so: after a row of signs ("=====", "*****"), around
/// the date and time of a mail, after an address, an emoticon, a greeting, the place and agency of a news item, and
/// before a closing formula. Looks at most a few dozen bytes to either side.
/// @param begin  where the sentence that would end here began
/// @pre begin < at < text.size(); white space stands before `at`, none at it
[[nodiscard]] bool has_lost_line_break(std::string_view text, std::size_t begin, std::size_t at);

/// Length of the emoticon at `at`: ":-)", ";)", ":P"; 0: there is none that stands alone.
[[nodiscard]] std::size_t emoticon_length(std::string_view text, std::size_t at) noexcept;

}  // namespace dossier::sources
