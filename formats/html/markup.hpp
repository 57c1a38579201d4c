// Text, links and identifiers as HTML that is well-formed XML too: nothing in a text means anything but itself.
#pragma once

#include <dossier/plugin.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::html {

/// `text` for between tags and for attribute values in double quotes: formats/shared/xml_text.hpp.
[[nodiscard]] std::string escaped(std::string_view text);

/// The same without spaces and line breaks at its ends.
[[nodiscard]] std::string trimmed(std::string_view text);

/// ` name="value"`, the value escaped; nothing for an empty value.
[[nodiscard]] std::string attribute(std::string_view name, std::string_view value);

/// ` id="…"` for an anchor of the document; nothing where there is none, or it is none.
[[nodiscard]] std::string id_attribute(std::string_view anchor);

/// Attributes of a link: ` href="…"`, with rel where it leads out of the page. Empty where `target` is neither "#anchor"
/// nor an address that a document may lead to (formats/shared/web_address.hpp).
[[nodiscard]] std::string link_attributes(std::string_view target);

/// `markup` as a link to `target`; `markup` alone where `target` may not be linked to or there is nothing to click on.
[[nodiscard]] std::string linked(std::string const& markup, std::string_view target, std::string_view css_class = {});

/// Runs of styled text.
[[nodiscard]] std::string styled(dossier_run const* runs, std::size_t n_runs);

/// The text of runs without style; not escaped.
[[nodiscard]] std::string plain(dossier_run const* runs, std::size_t n_runs);

/// A stance as the host shows it ("▲ supports"), its symbol apart from its words; `shown` not escaped.
[[nodiscard]] std::string stance_markup(std::string_view shown);

/// "1,234,567".
[[nodiscard]] std::string grouped(std::size_t number);

}  // namespace dossier::html
