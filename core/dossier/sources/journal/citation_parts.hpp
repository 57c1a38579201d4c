// Parts of a citation that both vocabularies of journal XML state: dates, identifiers, names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Of a list: authors, keywords, references. More are left out.
inline constexpr std::size_t max_values = 20'000;

/// "10.1000/xyz" of "https://doi.org/10.1000/XYZ" or "doi:10.1000/xyz"; empty: it is no DOI.
[[nodiscard]] std::string bare_doi(std::string_view text);

/// "2021-03-04" of "2021", "Mar" or "03", "4"; as far as they are stated and are a date.
[[nodiscard]] std::string date_of(std::string_view year, std::string_view month, std::string_view day);

/// The earliest of the dates that are stated to the day; of none, to the month; of none, the earliest year.
[[nodiscard]] std::string earliest(std::vector<std::string> const& dates);

/// "Smith, Jane"; either may be empty.
[[nodiscard]] std::string name_of_author(std::string const& surname, std::string const& given);

/// "Jane Smith, Kofi Mensah" out of "Smith, Jane" and "Mensah, Kofi"; "et al." stands for more than six.
[[nodiscard]] std::string byline_of(std::vector<std::string> const& authors);

/// Adds an item unless its value is empty.
void state(Document& document, std::string key, std::string value, std::string origin);

/// Adds a value unless it is empty or there, or there are 500: for short lists.
void add_once(std::vector<std::string>& values, std::string value);

}  // namespace dossier::sources
