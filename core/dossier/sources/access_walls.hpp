// Pages that stand where the article should be: robot checks, cookie dialogs, log-in pages, paywalls, error pages, empty searches.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::sources {

/// A passage of a page, as the block classifier took it.
struct PagePassage {
    std::string text;       ///< comparable(), the first 600 bytes are enough
    bool article_text;      ///< running text, lists and quotations of the article
    std::size_t words = 0;  ///< of the whole passage
};

/// What an article that is none is instead.
struct Wall {
    std::string code;    ///< DOS0308, or DOS0340 where there never was an article on the page
    std::string reason;  ///< follows "the article": "is the stub before a paywall"
};

/// Whether the page is a wall with little or no article on it. An article that writes about cookies, paywalls or robots is
/// none: its own text is longer than any wall.
[[nodiscard]] std::optional<Wall> wall_in_place_of_article(std::string_view title,
                                                           std::vector<PagePassage> const& page);

/// The passage, at or after the article's last one, that says that the rest is for subscribers.
[[nodiscard]] bool rest_is_behind_paywall(std::vector<PagePassage> const& page);

/// The page says of its own article that it was retracted, or is the notice of it.
[[nodiscard]] bool is_marked_as_retracted(std::string_view title, std::vector<PagePassage> const& page);

}  // namespace dossier::sources
