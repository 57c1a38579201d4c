#include "dossier/model/article.hpp"

namespace dossier {

char const* name_of(SentenceRole role) noexcept {
    switch (role) {
        case SentenceRole::statement: return "statement";
        case SentenceRole::list_item: return "list_item";
        case SentenceRole::quotation: return "quotation";
        case SentenceRole::title: return "title";
        case SentenceRole::heading: return "heading";
        case SentenceRole::question: return "question";
        case SentenceRole::fragment: return "fragment";
        case SentenceRole::boilerplate: return "boilerplate";
    }
    return "boilerplate";
}

}  // namespace dossier
