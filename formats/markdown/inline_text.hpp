// Text within a line of GitHub Flavored Markdown: nothing in it means anything but itself.
#pragma once

#include <dossier/plugin.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::formats {

/// `text` on one line: cleaned, a line break with the spaces around it is one space, a tab is a space.
[[nodiscard]] std::string single_line(std::string_view text);

/// single_line without spaces at its ends.
[[nodiscard]] std::string trimmed_line(std::string_view text);

/// trimmed_line, every character escaped that Markdown would read as more than itself.
/// May stand in a table cell, but not at the start of a line: see block_line.
[[nodiscard]] std::string escaped(std::string_view text);

/// The same for a heading, where '#' at the end would be dropped.
[[nodiscard]] std::string escaped_heading(std::string_view text);

/// `line` as the first one of a block: what would begin a heading, list or rule is escaped.
[[nodiscard]] std::string block_line(std::string line);

/// Which links are written; the others are shown as plain text.
enum class Links { all, web_only };

/// `target` as a link destination: an http(s) or mailto address or, unless `links` is web_only, "#anchor". Empty where
/// it is none of these.
[[nodiscard]] std::string link_destination(std::string_view target, Links links);

/// "[shown](target)", where `shown` is Markdown already; `shown` alone if `target` may not be linked to.
[[nodiscard]] std::string linked(std::string shown, std::string_view target, Links links);

/// Runs of styled text, without spaces at the ends. May not stand at the start of a line: see block_line.
[[nodiscard]] std::string styled(dossier_run const* runs, std::size_t n_runs, Links links);

/// `text` behind a footnote's "[^1]: ". A host without footnotes would take a single word there for the address of a
/// link and show nothing; it is kept from that.
[[nodiscard]] std::string footnote(std::string text);

/// To be called before '[' is put behind `line`: an exclamation mark at its end would make an image of it.
void escape_exclamation(std::string& line);

/// `text` in strong type, "" if there is nothing to be seen.
[[nodiscard]] std::string strong(std::string_view text);

/// `text` as a double-quoted YAML scalar.
[[nodiscard]] std::string yaml_quoted(std::string_view text);

}  // namespace dossier::formats
