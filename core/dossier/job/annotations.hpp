// Annotations file: reads annotations.toml, the ledger of what people decided, and adds to it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "dossier/claims/config_table.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

inline constexpr std::size_t largest_annotations_file = 16u << 20;  ///< bytes; a larger file is refused

/// The whole of annotations.toml, and its JSON Schema for editors.
[[nodiscard]] ConfigTable const& annotations_table();
[[nodiscard]] std::string annotations_schema();

/// Reads an annotations file. Every mistake is told, sorted by place; only a syntax error ends the file. Whether claim,
/// article and text are still as they were is known once the articles are read (job/adjudication.hpp).
///
/// @param path   where the file is
/// @param shown  how messages name it
/// @return nullopt when there was an error
[[nodiscard]] std::optional<Annotations> load_annotations(std::filesystem::path const& path, std::string const& shown,
                                                          Diagnostics& diagnostics);

/// The same of a file's bytes.
[[nodiscard]] std::optional<Annotations> parse_annotations(std::string bytes, std::string const& shown,
                                                           Diagnostics& diagnostics);

/// Hands people's judgements of certainty to the registry, where they win over its own. One whose claim or condition is not
/// there is stale: a warning (DOS0255), and left out.
void add_certainty(Annotations const& annotations, ClaimRegistry& registry, Diagnostics& diagnostics);

/// An annotation as people would write it, to be added to a file.
struct AnnotationText {
    Annotation annotation;
    std::string quote;  ///< the words of its quote; empty: it has none
};
/// One [[annotation]] after the other, each with an empty line before it.
[[nodiscard]] std::string annotations_as_toml(std::span<AnnotationText const> annotations);

/// Adds text to the end of a file in one step: whoever reads it sees the old file or the new one, whatever happens
/// meanwhile. What is there stays byte for byte; a file that is not there is made.
/// @param expected_sha256  of the file's bytes as they were read; empty: there was no file
/// @throws Failure io when it cannot be written, or when somebody else changed it meanwhile
void append_to_file(std::filesystem::path const& path, std::string const& expected_sha256, std::string_view text);

}  // namespace dossier
