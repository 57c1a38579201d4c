// Verdicts as schema.org ClaimReview, JSON-LD; docs/formats/json.md maps each field.
#pragma once

#include <string>
#include <vector>

#include "json_writer.hpp"
#include "verdict.hpp"

namespace dossier::formats {

/// Who publishes the reviews, and where. Empty: the program, nowhere.
struct Publication {
    std::string author, url, generator, as_of;
};

/// Writes an array of ClaimReview objects, one per verdict. No part becomes a number on a scale from false to true.
void write_claim_reviews(std::vector<Verdict> const& verdicts, Publication const& publication, JsonWriter& json);

}  // namespace dossier::formats
