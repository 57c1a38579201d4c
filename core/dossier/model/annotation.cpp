#include "dossier/model/annotation.hpp"

namespace dossier {

char const* name_of(AnnotationRole role) noexcept {
    return role == AnnotationRole::rating ? "rating" : "override";
}

char const* name_of(AnnotationStatus status) noexcept {
    switch (status) {
        case AnnotationStatus::applied: return "applied";
        case AnnotationStatus::compared: return "compared";
        case AnnotationStatus::superseded: return "superseded";
        case AnnotationStatus::stale: break;
    }
    return "stale";
}

}  // namespace dossier
