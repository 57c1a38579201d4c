#include "dossier/sources/journal/journal_xml.hpp"

namespace dossier::sources {

Document read_jats(std::string_view) {
    return {};
}

Document read_pubmed_article(std::string_view) {
    return {};
}

}  // namespace dossier::sources
