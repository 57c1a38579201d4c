// Documents to try formats with, made by the grammar of blocks from a seed: every kind of block, cell and chart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::check {

enum class DocumentShape {
    nothing,     ///< a document without sections
    everything,  ///< every kind of block once, every kind of cell and chart, nested lists, empty tables
    random       ///< what the seed decides
};

struct DocumentSettings {
    DocumentShape shape = DocumentShape::everything;
    std::uint64_t seed = 1;
    bool hostile = false;         ///< texts that formats trip over, in every place where a text stands
    bool unknown_blocks = false;  ///< blocks of kinds that are yet to be invented stand between the others
};

/// The document as the host hands it to a format that carries what `carries` says: lowered, one encoded block per element
/// (plugin/block_codec.hpp). The same settings give the same blocks. Keeps the grammar, or throws std::logic_error.
[[nodiscard]] std::vector<std::string> generated_document(DocumentSettings const& settings, std::uint64_t carries);

/// What stands in hostile documents: each is one text.
[[nodiscard]] std::vector<std::string> const& hostile_texts();

}  // namespace dossier::check
