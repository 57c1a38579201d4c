#include "dossier/sources/pdf/pdf_pages.hpp"

namespace dossier::sources {

std::string text_of(PdfPages const& pages) {
    std::string text;
    for (auto const& page : pages.pages) {
        text += page;
        text += '\f';
    }
    return text;
}

Document read_pdf_text(std::string_view, PdfPages const&) {
    return {};
}

}  // namespace dossier::sources
