#include "dossier/diagnostics/diagnostic.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dossier {

void Diagnostics::add(Diagnostic diagnostic) {
    items_.push_back(std::move(diagnostic));
}

void Diagnostics::append(Diagnostics const& others) {
    items_.insert(items_.end(), others.items_.begin(), others.items_.end());
}

bool Diagnostics::has_errors() const noexcept {
    return std::any_of(items_.begin(), items_.end(), [](Diagnostic const& d) { return d.severity == Severity::error; });
}

bool Diagnostics::has_warnings_or_errors() const noexcept {
    return std::any_of(items_.begin(), items_.end(), [](Diagnostic const& d) { return d.severity != Severity::note; });
}

void Diagnostics::sort() {
    std::stable_sort(items_.begin(), items_.end(), [](Diagnostic const& a, Diagnostic const& b) {
        return std::tie(a.place.file, a.place.line, a.place.column, a.code) <
               std::tie(b.place.file, b.place.line, b.place.column, b.code);
    });
}

}  // namespace dossier
