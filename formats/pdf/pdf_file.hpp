// The file: finished pages, fonts, links and bookmarks as PDF objects. The only part that knows libharu.
#pragma once

#include <dossier/plugin.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "blocks.hpp"
#include "fonts.hpp"
#include "page.hpp"
#include "structure.hpp"

namespace dossier::pdf {

/// Where a link or bookmark leads.
struct Place {
    Page const* page = nullptr;
    double y = 0;  ///< from the top
};

struct Bookmark {
    int level = 1;      ///< from 1; at most one deeper than the bookmark before
    std::string title;  ///< at most longest_bookmark characters
    Place place;
};

/// Readers show bookmarks in a narrow column, and libharu refuses texts of 64 KiB.
inline constexpr std::size_t longest_bookmark = 500;

struct FinishedDocument {
    DocumentFacts facts;
    std::vector<std::unique_ptr<Structure>>
        structures;                            ///< in the order of their pages, all tagged or none; outlive them
    std::vector<std::unique_ptr<Page>> pages;  ///< in their final order, at least one
    std::map<std::string, Place> anchors;      ///< by name, without "#"
    std::vector<Bookmark> bookmarks;
};

/// Builds the file in memory and hands it to `output` in chunks. Links to anchors that do not exist are left out.
/// Throws PluginError when libharu gives up, Stopped when the host takes no more.
void write_pdf(FinishedDocument& document, FontSet const& fonts, Output& output);

}  // namespace dossier::pdf
