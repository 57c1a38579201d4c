// Statements about an article rather than of it: interests, funding, thanks, contributions.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace dossier::sources {

enum class Statement {
    none,
    conflict_of_interest,
    funding,
    other  ///< thanks, contributions, availability of data, …
};

/// What a section, footnote or acknowledgement is: by its declared type, else its title, else the words it begins with.
[[nodiscard]] Statement statement_of(pugi::xml_node element);

/// What a heading or run-in label says of the text it stands before.
[[nodiscard]] Statement statement_titled(std::string_view title);

/// The statement itself: without its title, its label and a run-in "Competing interests:".
[[nodiscard]] std::string statement_text(pugi::xml_node element);

}  // namespace dossier::sources
