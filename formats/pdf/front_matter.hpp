// What stands before the reports and around them: title, verdicts, contents, running heads.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "blocks.hpp"
#include "flow.hpp"

namespace dossier::pdf {

/// Title, date and maker at the top of page one, where the document has no cover.
void draw_title(Flow& flow, DocumentFacts const& facts);

struct Cover {
    std::unique_ptr<Structure> structure;
    std::vector<std::unique_ptr<Page>> pages;
};

/// Title, the verdicts in their four parts, and contents with page numbers.
/// @param bookmarks, body  what the contents list, and the pages that follow
/// @param anchors          gets those that the entries lead to
Cover cover_of(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
               std::vector<Bookmark> const& bookmarks, std::vector<std::unique_ptr<Page>> const& body,
               std::map<std::string, Place>& anchors);

/// Running heads and "page x of y", on all pages that are not bare.
void draw_furniture(PageSetup const& setup, FontSet& fonts, DocumentFacts const& facts,
                    std::vector<std::unique_ptr<Page>> const& pages);

}  // namespace dossier::pdf
