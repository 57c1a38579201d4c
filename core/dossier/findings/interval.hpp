// Interval: a closed range of plausible values.
#pragma once

namespace dossier {

/// [lower, upper]; for shares both ends lie in [0, 1].
struct Interval {
    double lower = 0.0;
    double upper = 0.0;

    friend bool operator==(Interval const&, Interval const&) = default;
};

}  // namespace dossier
