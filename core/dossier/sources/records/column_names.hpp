// Names of columns and JSON members: those that a job maps, and those that common exports use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/records/record_fields.hpp"
#include "dossier/sources/records/record_splitter.hpp"

namespace dossier::sources {

/// What a column is for: as the job maps it, else as Scopus, Web of Science, PubMed, Embase, Ovid, Zotero, EndNote, Covidence,
/// Rayyan, ASySD and others call it. Letter case, spaces and punctuation do not matter. A field that the job maps is taken
/// from nowhere else.
/// @param column  of JSON: names of the members on the way, joined by "."
[[nodiscard]] FieldUse use_of_column(RecordContext const& context, std::string_view column);

/// Dossier's own names of fields, as a job maps them: "title", "abstract", "author", …
[[nodiscard]] std::vector<std::string_view> mappable_fields();

/// What is wrong with the mapping: a name that is no field. @param header  empty: the columns are not known
/// @return one clause; empty: nothing
[[nodiscard]] std::string mapping_trouble(RecordContext const& context);

}  // namespace dossier::sources
