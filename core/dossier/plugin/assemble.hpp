// Assembling a document: the flows of several reports, each in its section, as one stream of blocks for one format.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dossier/plugin/lowering.hpp"
#include "dossier/plugin/spool.hpp"

namespace dossier {

struct DocumentHead {
    std::string title;            ///< the job's
    std::string as_of;            ///< ISO date
    std::string language = "en";  ///< BCP 47
    std::string generator;        ///< "Dossier 1.0.0"
};

/// One report of an output.
struct DocumentPart {
    std::string report;           ///< the component's name
    Spool const* flow = nullptr;  ///< what it said; nullptr: it failed, and its section says so
    std::string failure;          ///< the sentence to be shown in place of the flow
};

/// The anchors under which the parts' sections stand: the report's name, or with a number in front where that would
/// clash with another part's. A part's own anchors are prefixed with its section's and a hyphen.
[[nodiscard]] std::vector<std::string> section_anchors(std::span<DocumentPart const> parts);

/// Sends the whole document to `receiver`, lowered to what `carries` says. Constant memory.
void assemble(DocumentHead const& head, std::span<DocumentPart const> parts, std::uint64_t carries,
              BlockReceiver const& receiver);

}  // namespace dossier
