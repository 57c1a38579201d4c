// Alert: what a person wants to be told of, and by which program. Read from [[alert]] of job.toml by job/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

enum class AlertComparison { below, at_most, above, at_least, equal, not_equal, is, is_not };

/// "direction_share < 0.5" or "certainty_word is 'low certainty' or 'very low certainty'".
struct AlertTest {
    std::string measure;  ///< one of alert_measures()
    AlertComparison comparison = AlertComparison::equal;
    double number = 0.0;             ///< of a measure that is a number
    std::vector<std::string> words;  ///< of `is` and `is_not`; at least one
};

/// All of its tests must hold.
struct AlertCondition {
    std::vector<AlertTest> tests;  ///< at least one
};

/// A program that is told when an alert fires.
struct AlertHook {
    std::vector<std::string> command;  ///< program and arguments, for no shell; empty: nobody is told
    Place place;                       ///< of the program
    double seconds = 30.0;             ///< after which it is killed, with all that it started
    unsigned retries = 2;              ///< after it said, by its exit status, that it failed
    double pause_seconds = 5.0;        ///< before each of them
    bool when_cleared = false;         ///< it is told of that too
};

struct JobAlert {
    std::string id;
    Place place;
    Phrase claim;      ///< id; its text is empty if the alert is about no claim
    Phrase condition;  ///< id of a condition of the registry; its text is empty: overall
    AlertCondition when;
    std::optional<AlertCondition> clear_when;  ///< nullopt: when `when` holds no more
    unsigned hold = 1;                         ///< runs in a row in which `when` must hold before it fires
    AlertHook hook;
};

}  // namespace dossier
