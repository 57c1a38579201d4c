// What the head of an HTML page says about the article: JSON-LD, meta tags, canonical link, title element.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/document.hpp"
#include "dossier/sources/html_tokens.hpp"

namespace dossier::sources {

/// Collects metadata from tags as they are read. Within a key the most trusted statement stands first.
class HtmlMetadata {
public:
    explicit HtmlMetadata(std::vector<MetadataItem>& out) noexcept : out_(out) {}
    void take_tag(HtmlToken const& tag);
    /// Content of <title> or <script>.
    void take_raw(HtmlToken const& tag, std::string_view content);
    /// The author's name as an element of the page states it.
    void take_byline(std::string_view name);

private:
    void take_meta(HtmlToken const& tag);
    void take_labelled(std::string_view name, std::string_view content);
    void take_json_ld(std::string_view json);
    void add(std::string_view key, std::string_view value, std::string_view origin, int trust);
    std::vector<MetadataItem>& out_;
    std::vector<int> trust_;
    std::string author_field_;  // the meta tag that a label before it says to hold the author; empty: none
};

/// "By Ada Smith" and the like, in an element whose markup says that it is a byline; empty: no name.
[[nodiscard]] std::string name_in_byline_element(std::string_view text);

/// "Trial finds nothing | The Daily" without its site: cut at " | ", " - ", " – ", " — ", " » " where what follows is
/// short or is the site's name.
[[nodiscard]] std::string without_site_suffix(std::string_view title, std::string_view site);

}  // namespace dossier::sources
