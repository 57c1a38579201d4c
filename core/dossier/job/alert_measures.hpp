// Alert measures: everything that the condition of an alert can look at, declared once.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

enum class MeasureOf {
    claim,     ///< a column of the view `consensus`, on the alert's claim
    analysis,  ///< the analysis as a whole
    changes,   ///< differences to the set before; on the alert's claim if it names one
    history,   ///< the runs themselves
};

struct AlertMeasure {
    std::string name;
    MeasureOf of = MeasureOf::analysis;
    std::string doc;                                                     ///< what it is, for the reference page
    std::vector<std::string> words;                                      ///< that it may be; empty: it is a number
    double least = 0.0, most = std::numeric_limits<double>::infinity();  ///< of a number
    std::string sql;  ///< gives one value or none; ?1 is the claim, ?2 the condition or '', ?3 the kind of change

    [[nodiscard]] bool is_number() const noexcept { return words.empty(); }
};

/// All of them, in the order of the reference page.
[[nodiscard]] std::span<AlertMeasure const> alert_measures();

/// nullptr: there is none of that name.
[[nodiscard]] AlertMeasure const* find_alert_measure(std::string_view name);

/// The word of a measure that stands for `stored`: "no evidence found" for "no evidence found in 5 articles".
[[nodiscard]] std::string_view measured_word(std::string_view stored) noexcept;

/// Every measure in Markdown: docs/alert-measures.md. Ends in a line break.
[[nodiscard]] std::string alert_measures_reference();

}  // namespace dossier
