// The page around the document: policy, style, title, contents, filters, footer, script.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facets.hpp"

namespace dossier::html {

/// A heading, for the table of contents.
struct Entry {
    unsigned level = 1;
    std::string id, text;
};

struct PageHead {
    std::string title, as_of, language, generator;
    std::string theme;  ///< "auto", "light" or "dark"
    bool scripts = true;
};

/// From the doctype to the end of the title, before the table of contents.
[[nodiscard]] std::string page_begin(PageHead const& head);

/// The table of contents; empty where there is nothing to choose from.
[[nodiscard]] std::string contents(std::vector<Entry> const& entries);

/// The bar of filters and search, which the script shows.
[[nodiscard]] std::string filter_bar(Facets const& facets);

/// From the end of the main part to that of the page.
[[nodiscard]] std::string page_end(PageHead const& head);

}  // namespace dossier::html
