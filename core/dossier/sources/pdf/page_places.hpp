// Where a byte of a PDF's text stands: its page, and the line within that page.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier::sources {

struct PagePlace {
    std::size_t page = 1, line = 1;  ///< both from 1
};

/// Walks from the last offset asked for, so near ones are cheap.
class PagePlaces {
public:
    /// @param text  pages, each ended by a form feed; must outlive this object
    explicit PagePlaces(std::string_view text) noexcept : text_(text) {}
    /// @pre offset <= size of the text
    [[nodiscard]] PagePlace at(std::size_t offset) noexcept;

private:
    [[nodiscard]] std::size_t lines_before(std::size_t end) const noexcept;
    std::string_view text_;
    std::size_t at_ = 0;
    PagePlace place_;
};

}  // namespace dossier::sources
