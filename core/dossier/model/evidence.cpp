#include "dossier/model/evidence.hpp"

namespace dossier {

char const* name_of(Direction direction) noexcept {
    switch (direction) {
        case Direction::supports: return "supports";
        case Direction::refutes: return "refutes";
        case Direction::neutral: return "neutral";
    }
    return "neutral";
}

char const* name_of(Attribution attribution) noexcept {
    switch (attribution) {
        case Attribution::asserted: return "asserted";
        case Attribution::reported: return "reported";
        case Attribution::asked: return "asked";
        case Attribution::rebutted: return "rebutted";
        case Attribution::hypothetical: return "hypothetical";
        case Attribution::recommended: return "recommended";
    }
    return "asserted";
}

char const* name_of(CausalStrength strength) noexcept {
    switch (strength) {
        case CausalStrength::none: return "none";
        case CausalStrength::correlational: return "correlational";
        case CausalStrength::conditional: return "conditional";
        case CausalStrength::direct: break;
    }
    return "direct";
}

char const* name_of(Stance stance) noexcept {
    switch (stance) {
        case Stance::supports: return "supports";
        case Stance::refutes: return "refutes";
        case Stance::mixed: return "mixed";
        case Stance::neutral: return "neutral";
        case Stance::silent: return "silent";
        case Stance::not_assessable: return "not_assessable";
    }
    return "not_assessable";
}

}  // namespace dossier
