// Annotations file: reads annotations.toml, the ledger of what people decided, and adds to it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dossier/claims/config_table.hpp"
#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/annotation.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

inline constexpr std::size_t largest_annotations_file = 16u << 20;  ///< bytes; a larger file is refused

/// The whole of annotations.toml, and its JSON Schema for editors.
[[nodiscard]] ConfigTable const& annotations_table();
[[nodiscard]] std::string annotations_schema();

/// Whether reports call something else so: the id of no person.
[[nodiscard]] bool is_reserved_name(std::string_view who) noexcept;

/// Whether two annotations name the same words of article and claim, so that both are stale or neither is.
[[nodiscard]] bool name_the_same_words(Annotation const& a, Annotation const& b);

/// How messages call two that contradict each other (DOS0250), and the earlier one.
[[nodiscard]] std::string words_for_contradiction(Annotation const& later, Annotation const& earlier);
[[nodiscard]] std::string words_for_other(Annotation const& earlier);

/// Reads an annotations file. Two that contradict each other are a mistake (DOS0250) if they name the same words; of others
/// only those in force may not, and what is in force is known once the articles are read. Every mistake is told,
/// sorted by place; only a syntax error ends the file. Whether claim, article and text are still as they were is job/adjudication.hpp's.
///
/// @param path   where the file is
/// @param shown  how messages name it
/// @param naming  the error to add when the file cannot be read, as for read_config(); it gets its code here
/// @return nullopt when there was an error
[[nodiscard]] std::optional<Annotations> load_annotations(std::filesystem::path const& path, std::string const& shown,
                                                          Diagnostics& diagnostics,
                                                          std::optional<Diagnostic> naming = std::nullopt);

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
/// meanwhile. What is there stays byte for byte, and what is added ends its lines as the file's first line does; a
/// file that is not there is made.
/// @param expected_sha256  of the file's bytes as they were read; empty: there was no file
/// @throws Failure io when it cannot or may not be written, when somebody else changed it meanwhile, and when it would be
///         larger than `largest_annotations_file`, so that nobody could read it again
void append_to_file(std::filesystem::path const& path, std::string const& expected_sha256, std::string_view text);

}  // namespace dossier
