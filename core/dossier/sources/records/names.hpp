// Names of people in one field: how exports put several into one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// Names of a list, each as stated and without the list's own marks. Knows "Smith, J.; Doe, A.", "Smith J|Doe A",
/// "Smith, J. and Doe, A.", one name a line, and commas where every part is a family name with initials ("Smith J, Doe AB").
/// Anything else is one name.
[[nodiscard]] std::vector<std::string> names_in(std::string_view list);

}  // namespace dossier::sources
