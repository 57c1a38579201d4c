#include "dossier/diagnostics/bounded_messages.hpp"

#include <algorithm>

namespace dossier {

void BoundedMessages::add(Diagnostics const& messages, std::string const& file, Diagnostics& out) {
    for (auto const& message : messages.items()) {
        if (message.severity == Severity::error) {
            out.add(message);
            continue;
        }
        auto& seen = seen_[{file, message.code}];
        if (++seen.n <= most) {
            out.add(message);
            continue;
        }
        if (seen.n == most + 1) seen.first_untold = message.place;
        if (message.severity == Severity::warning) seen.severity = Severity::warning;
    }
}

void BoundedMessages::tell_the_rest(Diagnostics& out) {
    for (auto const& [key, seen] : seen_) {
        if (seen.n <= most) continue;
        auto const n = std::to_string(seen.n - most);
        out.add({seen.severity, key.second, seen.first_untold, n + " more like this in " + key.first, {}, {}});
    }
    seen_.clear();
}

}  // namespace dossier
