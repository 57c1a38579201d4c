// Alert condition: the small language of `when` and `clear_when`, read and told apart from what is none.
//
//   condition  = test { "and" test }
//   test       = measure ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) number
//              | measure "is" [ "not" ] word { "or" word }
//   word       = "'" characters "'"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/alert.hpp"

namespace dossier {

/// What is wrong with a condition, and where in its text.
struct AlertConditionError {
    std::string_view code;
    std::size_t offset = 0, length = 0;  ///< bytes of the text
    std::string message;
    std::vector<std::string> notes;
};

struct ParsedAlertCondition {
    AlertCondition condition;  ///< the tests that are right
    std::vector<AlertConditionError> errors;
};

inline constexpr std::size_t most_alert_tests = 16;  ///< of one condition

/// Reads a condition. Every test that is wrong gives one error.
[[nodiscard]] ParsedAlertCondition parse_alert_condition(std::string_view text);

/// The condition as it is kept and shown: one space between words, numbers in their shortest form. Equal texts ask the same.
[[nodiscard]] std::string text_of(AlertCondition const& condition);

/// "<", …, "is not"
[[nodiscard]] std::string_view symbol_of(AlertComparison comparison) noexcept;

/// A number in its shortest form: "0.5", "3".
[[nodiscard]] std::string shortest_text(double number);

}  // namespace dossier
