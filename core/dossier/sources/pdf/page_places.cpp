#include "dossier/sources/pdf/page_places.hpp"

namespace dossier::sources {

/// Line breaks between the begin of the page that holds `end` and `end`.
std::size_t PagePlaces::lines_before(std::size_t end) const noexcept {
    std::size_t n = 0;
    for (; end > 0 && text_[end - 1] != '\f'; --end)
        n += text_[end - 1] == '\n' ? 1 : 0;
    return n;
}

PagePlace PagePlaces::at(std::size_t offset) noexcept {
    for (; at_ < offset; ++at_) {
        if (text_[at_] == '\f')
            place_ = {place_.page + 1, 1};
        else if (text_[at_] == '\n')
            ++place_.line;
    }
    while (at_ > offset) {
        --at_;
        if (text_[at_] == '\f')
            place_ = {place_.page - 1, 1 + lines_before(at_)};
        else if (text_[at_] == '\n')
            --place_.line;
    }
    return place_;
}

}  // namespace dossier::sources
