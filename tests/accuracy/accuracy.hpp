// Accuracy: what the toolkit reaches on labelled data, one figure per line against its target.
//
// A file per data set registers its measurement; main.cpp runs and prints them, scripts/accuracy writes docs/accuracy.md.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace accuracy {

enum class Part {
    tuned,  ///< what was looked at while tuning
    aside,  ///< kept aside: never looked at while tuning
    all     ///< not split, since nothing was tuned on it, or it is too small
};

struct Figure {
    std::string set;     ///< folder in corpora/: "text/html_article_extraction"
    std::string metric;  ///< "F1 of 4-gram shingles"
    Part part = Part::all;
    double value = 0.0;
    double target = 0.0;  ///< value >= target passes
    std::size_t n = 0;    ///< cases behind the value
    bool counts = true;   ///< false: shown for information, no target
    std::string note;     ///< one clause; may be empty
};

/// @param corpora  the folder of labelled data, known to be there
using Measure = std::vector<Figure> (*)(std::filesystem::path const& corpora);

/// A file-level constant of this type makes a measurement known.
/// @param topic  "sources", "stance", …: the argument of scripts/accuracy
/// @param order  place in the list
struct Registered {
    Registered(std::string topic, int order, Measure measure);
};

/// Kept aside while tuning: a third, by a hash of the case's name that no platform changes.
[[nodiscard]] bool is_kept_aside(std::string_view name) noexcept;

}  // namespace accuracy
