// Assembling a document: the flows of several reports, each in its section, as one stream of blocks for one format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/plugin/lowering.hpp"
#include "dossier/plugin/spool.hpp"

namespace dossier {

/// dossier_verdict, which see.
struct Verdict {
    std::string claim_id, statement, direction, agreement, certainty, coverage;
    std::uint64_t n_articles = 0, n_clusters = 0;
    std::uint64_t supports = 0, refutes = 0, mixed = 0, neutral = 0, silent = 0, not_assessable = 0;
    std::optional<double> direction_share, agreement_value, coverage_share;
    bool fragile = false;
};

struct DocumentHead {
    std::string title;            ///< the job's
    std::string as_of;            ///< ISO date
    std::string language = "en";  ///< BCP 47
    std::string generator;        ///< "Dossier 1.0.0"
    std::vector<Verdict>
        verdicts{};  ///< one per claim, in the registry's order; beyond most_verdicts they are left out
};
inline constexpr std::size_t most_verdicts = 10'000;

/// What stands around a quote in its article.
struct QuoteContext {
    std::string before, after;  ///< either may be empty
};
/// Asked for every quote of a document whose format carries context.
using ContextLookup = std::function<QuoteContext(dossier_quote const&)>;

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
/// @param context  empty: quotes come alone, whatever the format carries
void assemble(DocumentHead const& head, std::span<DocumentPart const> parts, std::uint64_t carries,
              BlockReceiver const& receiver, ContextLookup const& context = {});

}  // namespace dossier
