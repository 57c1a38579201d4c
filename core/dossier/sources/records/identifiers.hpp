// Identifiers of publications as exports write them: with resolver or label, in upper or lower case.
#pragma once

#include <string>
#include <string_view>

namespace dossier::sources {

/// The first DOI in `text`, lower case, without resolver and label: "10.1000/xyz"; empty: there is none. Percent escapes are
/// resolved where it follows "doi.org/".
[[nodiscard]] std::string doi_in(std::string_view text);

/// The same of a value that is nothing but a DOI. Those that hold an item number in angle brackets ("…016<0123:abc>2.0.co;2",
/// of journals before 2005) are whole there.
[[nodiscard]] std::string doi_of(std::string_view value);

/// Digits of a value that is nothing but a PubMed number ("12345", "PMID:12345"); empty: it is something else.
[[nodiscard]] std::string pmid_of(std::string_view value);
/// Digits after "PMID:" anywhere in `text`; empty: there are none.
[[nodiscard]] std::string pmid_in(std::string_view text);
/// "PMC123" where it stands in `text`; empty: it does not.
[[nodiscard]] std::string pmcid_in(std::string_view text);

}  // namespace dossier::sources
