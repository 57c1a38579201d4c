// Title, author, date, publisher and address: from what the format states, then from the text itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/sources/block_features.hpp"
#include "dossier/sources/document.hpp"

namespace dossier::sources {

/// Fills title, author, published, publisher, url, and what front matter declares of the rest.
/// @param features  of the document's blocks; only read of captured text
void state_metadata(Document const& document, std::vector<BlockFeatures> const& features, Format format,
                    Article& article);

/// ISO 8601 as far as `text` states a date that includes its year: "2021-03-04", "2021-03", "2021"; empty: it does not.
/// Reads ISO dates, "March 4, 2021", "4 Mar 2021", "March 2021". Purely numeric dates but ISO are ambiguous and not read.
[[nodiscard]] std::string iso_date(std::string_view text);

}  // namespace dossier::sources
