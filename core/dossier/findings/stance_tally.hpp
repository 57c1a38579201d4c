// Stance tally: how many independent sources take which position on one claim under one condition.
#pragma once

#include <cstddef>

#include "dossier/model/evidence.hpp"

namespace dossier {

/// Clusters per stance. The six states are never merged (design.md 2, promise 4).
struct StanceTally {
    std::size_t supports = 0, refutes = 0, mixed = 0, neutral = 0, silent = 0, not_assessable = 0;

    /// The sources that take one side (n_d).
    [[nodiscard]] constexpr std::size_t directional() const noexcept { return supports + refutes; }
    /// The sources that say anything about which way it is (n_i).
    [[nodiscard]] constexpr std::size_t informative() const noexcept { return supports + refutes + mixed; }
    /// The sources that could be read: the denominator of coverage.
    [[nodiscard]] constexpr std::size_t assessable() const noexcept { return informative() + neutral + silent; }
    [[nodiscard]] constexpr std::size_t total() const noexcept { return assessable() + not_assessable; }

    /// The count of one stance, to be read or raised.
    [[nodiscard]] constexpr std::size_t& of(Stance stance) noexcept {
        switch (stance) {
            case Stance::supports: return supports;
            case Stance::refutes: return refutes;
            case Stance::mixed: return mixed;
            case Stance::neutral: return neutral;
            case Stance::silent: return silent;
            case Stance::not_assessable: break;
        }
        return not_assessable;
    }

    friend bool operator==(StanceTally const&, StanceTally const&) = default;
};

/// What a source says, given how many of its articles take which stance: the side its informative articles share, mixed if
/// they disagree; else neutral if one is, else silent if one could be read, else not_assessable. silent for no articles.
[[nodiscard]] constexpr Stance shared_stance(StanceTally const& articles) noexcept {
    if (articles.mixed > 0 || (articles.supports > 0 && articles.refutes > 0)) return Stance::mixed;
    if (articles.supports > 0) return Stance::supports;
    if (articles.refutes > 0) return Stance::refutes;
    if (articles.neutral > 0) return Stance::neutral;
    return articles.silent > 0 || articles.total() == 0 ? Stance::silent : Stance::not_assessable;
}

}  // namespace dossier
