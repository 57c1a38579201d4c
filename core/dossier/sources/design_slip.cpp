#include "dossier/sources/design_slip.hpp"

#include <algorithm>
#include <array>

#include "dossier/sources/unicode.hpp"

namespace dossier {

namespace {

constexpr std::size_t shortest_word = 5;  // in shorter ones a slip is as often another word

/// Words that tell designs apart, where another word is seldom one slip away.
constexpr auto design_words = std::to_array<std::string_view>(
    {"aggregation",   "allocation", "analyses",     "analysis",     "animal",        "animals",       "blinded",
     "clinical",      "cluster",    "cohort",       "cohorts",      "control",       "controlled",    "controls",
     "crossover",     "experiment", "experimental", "guideline",    "guidelines",    "historically",  "interventional",
     "interview",     "interviews", "laboratory",   "literature",   "longitudinal",  "marketing",     "metaanalysis",
     "modeling",      "modelling",  "multicenter",  "multicentre",  "narrative",     "nonrandomised", "nonrandomized",
     "observational", "opinion",    "opinions",     "placebo",      "pragmatic",     "preprint",      "prospective",
     "protocol",      "protocols",  "qualitative",  "quantitative", "randomisation", "randomised",    "randomization",
     "randomized",    "registry",   "report",       "reports",      "retrospective", "review",        "reviews",
     "scoping",       "sectional",  "series",       "simulation",   "studies",       "study",         "survey",
     "surveys",       "systematic", "trial",        "trials",       "umbrella"});

/// Words of their own that look like slips.
constexpr auto other_words =
    std::to_array<std::string_view>({"clusters", "cohorte", "experiments", "interviewer", "preview", "previews",
                                     "resort", "resorts", "reviewed", "reviewer", "sturdy", "systemic", "triad"});

bool is_one_slip(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty() && a.front() == b.front())
        a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back())
        a.remove_suffix(1), b.remove_suffix(1);
    if (a.size() <= 1 && b.size() <= 1) return a.size() + b.size() > 0;
    return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

/// The word of a design that was meant; empty: it is one, or none is near.
std::string_view meant_by(std::string_view word) {
    auto const is_word = [&](auto const& words) { return std::find(words.begin(), words.end(), word) != words.end(); };
    if (word.size() < shortest_word || is_word(design_words) || is_word(other_words)) return {};
    auto const found = std::find_if(design_words.begin(), design_words.end(),
                                    [&](std::string_view known) { return is_one_slip(word, known); });
    return found == design_words.end() ? std::string_view() : *found;
}

}  // namespace

std::optional<DesignSlip> slip_in_design(std::string_view design) {
    auto const lowered = sources::ascii_lower(design);
    auto const is_letter = [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; };
    std::optional<DesignSlip> slip;
    std::string right;
    for (std::size_t begin = 0; begin < lowered.size();) {
        auto end = begin;
        while (end < lowered.size() && is_letter(lowered[end]))
            ++end;
        auto const meant = meant_by(std::string_view(lowered).substr(begin, end - begin));
        if (!meant.empty() && !slip) slip = DesignSlip{begin, end - begin, {}};
        if (end == begin) ++end;  // what stands between words
        right += meant.empty() ? design.substr(begin, end - begin) : meant;
        begin = end;
    }
    if (slip) slip->meant = std::move(right);
    return slip;
}

}  // namespace dossier
