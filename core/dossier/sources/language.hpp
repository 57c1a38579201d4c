// Which language an article is written in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// What language_of() says of running text that is not English, in a language that it does not know (ISO 639-2).
inline constexpr std::string_view unknown_language = "und";

/// ISO 639-1 code by function words (en de fr es it pt nl sv da no fi pl cs sk ro hu tr hr id ms vi tl sw ca af) or script
/// (ru el he ar hi th zh ja ko …); `unknown_language`: 50 words and more of which hardly one is English; empty: nothing stands
/// out. Fewer than 20 words are enough only where hardly one could be English. Where English is one of two languages of
/// nearly equal weight, it is English.
[[nodiscard]] std::string language_of(std::vector<std::string_view> const& passages);

/// "German" for "de"; the code itself where it is not known.
[[nodiscard]] std::string_view language_name(std::string_view code) noexcept;

}  // namespace dossier::sources
