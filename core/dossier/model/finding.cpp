#include "dossier/model/finding.hpp"

namespace dossier {

char const* name_of(SourceLinkKind kind) noexcept {
    switch (kind) {
        case SourceLinkKind::same_text: return "same_text";
        case SourceLinkKind::near_duplicate: return "near_duplicate";
        case SourceLinkKind::excerpt: return "excerpt";
        case SourceLinkKind::same_record: return "same_record";
        case SourceLinkKind::same_study: return "same_study";
        case SourceLinkKind::reports_study: return "reports_study";
        case SourceLinkKind::same_press_release: return "same_press_release";
    }
    return "same_text";
}

}  // namespace dossier
