#include "dossier/findings/flip_set.hpp"

#include <algorithm>
#include <array>

#include "dossier/findings/words.hpp"

namespace dossier {

namespace {

/// The sources of one kind that may be taken away.
struct Side {
    Stance stance;
    std::size_t n;     ///< how many there are
    std::size_t most;  ///< up to so many, the more are taken the more it flips: the leading side down to a tie
};

bool flips_without(StanceTally tally, std::string const& verdict, Stance stance, std::size_t n) {
    tally.of(stance) -= n;
    return tally.informative() == 0 || changes_verdict(verdict, direction_word(tally, 0));
}

/// How many of a side have to go; nullopt: not even all that may.
std::optional<std::size_t> fewest(StanceTally const& tally, std::string const& verdict, Side const& side) {
    if (side.most == 0 || !flips_without(tally, verdict, side.stance, side.most)) return std::nullopt;
    std::size_t too_few = 0, enough = side.most;
    while (enough - too_few > 1) {
        auto const middle = too_few + (enough - too_few) / 2;
        (flips_without(tally, verdict, side.stance, middle) ? enough : too_few) = middle;
    }
    return enough;
}

std::string in_words(Side const& side, std::size_t size) {
    std::string const plural = side.stance == Stance::mixed      ? "sources that are mixed"
                               : side.stance == Stance::supports ? "sources that support"
                                                                 : "sources that refute";
    std::string const singular = side.stance == Stance::mixed      ? "source that is mixed"
                                 : side.stance == Stance::supports ? "source that supports"
                                                                   : "source that refutes";
    if (side.n == 1) return "the one " + singular;
    if (size == side.n) return (size == 2 ? "both" : "all " + std::to_string(size)) + " " + plural;
    return "any " + (size == 1 ? "one" : std::to_string(size)) + " of the " + std::to_string(side.n) + " " + plural;
}

}  // namespace

std::optional<FlipSet> smallest_flip_set(StanceTally const& tally) {
    if (tally.informative() == 0) return std::nullopt;
    auto const [s, r, m] = std::array{tally.supports, tally.refutes, tally.mixed};
    if (s == r && s > 0) return FlipSet{1, "any one of the " + std::to_string(s + r) + " sources that take a side"};
    auto const lead = std::max(s, r) - std::min(s, r);
    Side const leading{s > r ? Stance::supports : Stance::refutes, std::max(s, r), lead};
    Side const lagging{s > r ? Stance::refutes : Stance::supports, std::min(s, r), std::min(s, r)};
    Side const mixed{Stance::mixed, m, m};
    auto const verdict = direction_word(tally, 0);
    std::optional<FlipSet> smallest;
    for (auto const& side : {leading, lagging, mixed})
        if (auto const n = fewest(tally, verdict, side); n && (!smallest || *n < smallest->size))
            smallest = FlipSet{*n, {}};
    if (!smallest) return std::nullopt;
    for (auto const& side : {leading, lagging, mixed})
        if (side.n >= smallest->size && flips_without(tally, verdict, side.stance, smallest->size))
            smallest->which += (smallest->which.empty() ? "" : ", or ") + in_words(side, smallest->size);
    return smallest;
}

}  // namespace dossier
