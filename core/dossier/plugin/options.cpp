#include "dossier/plugin/options.hpp"
#include "dossier/model/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace dossier {
namespace {

std::string scalar_text(OptionScalar const& value) {
    if (auto const* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
    if (auto const* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (auto const* real = std::get_if<double>(&value)) return number_text(*real);
    return "\"" + std::get<std::string>(value) + "\"";
}

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string of_component(ComponentDescription const& component) {
    return std::string(name_of(component.kind)) + " \"" + component.name + "\"";
}

Diagnostic mistake(char const* code, Place const& place, std::string const& source_line, std::string message) {
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.place = place;
    diagnostic.source_line = source_line;
    diagnostic.message = std::move(message);
    return diagnostic;
}

Diagnostic unknown_key(ComponentDescription const& component, JobOption const& option) {
    std::vector<std::string> keys;
    for (auto const& declared : component.options)
        keys.push_back(declared.key);
    std::sort(keys.begin(), keys.end());
    auto message = of_component(component) + " has no option \"" + option.key + "\"";
    if (auto const near = nearest(option.key, keys); !near.empty())
        message += "; did you mean \"" + std::string(near) + "\"?";
    auto diagnostic = mistake("DOS0510", option.key_place, option.key_line, std::move(message));
    diagnostic.notes.push_back(keys.empty() ? "it has no options" : "its options: " + joined(keys));
    return diagnostic;
}

/// The job's value as the declared type; nullopt if it is of another. A whole number is a number as well.
std::optional<OptionScalar> as_declared(OptionDeclaration const& declared, OptionScalar const& value) {
    auto const* const integer = std::get_if<std::int64_t>(&value);
    switch (declared.type) {
        case OptionType::boolean:
            if (std::holds_alternative<bool>(value)) return value;
            break;
        case OptionType::integer:
            if (integer != nullptr) return value;
            break;
        case OptionType::real:
            if (integer != nullptr) return static_cast<double>(*integer);
            if (auto const* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real)) return value;
            break;
        case OptionType::text:
            if (std::holds_alternative<std::string>(value)) return value;
            break;
    }
    return std::nullopt;
}

bool within_bounds(OptionDeclaration const& declared, OptionScalar const& value) {
    if (!declared.has_bounds()) return true;
    double number = 0.0;
    if (auto const* integer = std::get_if<std::int64_t>(&value))
        number = static_cast<double>(*integer);
    else if (auto const* real = std::get_if<double>(&value))
        number = *real;
    else
        return true;
    return declared.minimum <= number && number <= declared.maximum;
}

bool is_choice(OptionDeclaration const& declared, OptionScalar const& value) {
    auto const* text = std::get_if<std::string>(&value);
    return text == nullptr || declared.choices.empty() ||
           std::find(declared.choices.begin(), declared.choices.end(), *text) != declared.choices.end();
}

std::string range_text(OptionDeclaration const& declared) {
    return "allowed: " + number_text(declared.minimum) + " to " + number_text(declared.maximum);
}

Diagnostic wrong_type(OptionDeclaration const& declared, JobOption const& option) {
    auto diagnostic =
        mistake("DOS0511", option.value_place, option.value_line,
                "option \"" + option.key + "\" takes " + name_of(declared.type) + ", not " + scalar_text(option.value));
    if (declared.has_bounds()) diagnostic.notes.push_back(range_text(declared));
    if (!declared.choices.empty()) diagnostic.notes.push_back("choices: " + joined(declared.choices));
    return diagnostic;
}

Diagnostic out_of_bounds(OptionDeclaration const& declared, JobOption const& option) {
    auto diagnostic = mistake("DOS0512", option.value_place, option.value_line,
                              "option \"" + option.key + "\" cannot be " + scalar_text(option.value));
    diagnostic.notes.push_back(range_text(declared));
    return diagnostic;
}

Diagnostic no_choice(OptionDeclaration const& declared, JobOption const& option) {
    auto const& text = std::get<std::string>(option.value);
    auto message = "option \"" + option.key + "\" cannot be \"" + text + "\"";
    if (auto const near = nearest(text, declared.choices); !near.empty())
        message += "; did you mean \"" + std::string(near) + "\"?";
    auto diagnostic = mistake("DOS0513", option.value_place, option.value_line, std::move(message));
    diagnostic.notes.push_back("choices: " + joined(declared.choices));
    return diagnostic;
}

/// What is wrong with the job's value, or nothing and `value` is set.
std::optional<Diagnostic> take(OptionDeclaration const& declared, JobOption const& option, OptionScalar& value) {
    auto typed = as_declared(declared, option.value);
    if (!typed) return wrong_type(declared, option);
    if (!within_bounds(declared, *typed)) return out_of_bounds(declared, option);
    if (!is_choice(declared, *typed)) return no_choice(declared, option);
    value = std::move(*typed);
    return std::nullopt;
}

}  // namespace

std::vector<OptionValue> resolve_options(ComponentDescription const& component, std::span<JobOption const> job_options,
                                         Diagnostics& diagnostics) {
    std::vector<OptionValue> values;
    for (auto const& declared : component.options)
        values.push_back({declared.key, declared.fallback});
    for (auto const& option : job_options) {
        auto const declared = std::find_if(component.options.begin(), component.options.end(),
                                           [&](OptionDeclaration const& one) { return one.key == option.key; });
        if (declared == component.options.end()) {
            diagnostics.add(unknown_key(component, option));
            continue;
        }
        auto const index = static_cast<std::size_t>(declared - component.options.begin());
        if (auto wrong = take(*declared, option, values[index].value)) diagnostics.add(std::move(*wrong));
    }
    return values;
}

std::string digest_text(OptionScalar const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* number = std::get_if<double>(&value)) {
        std::array<char, 40> digits{};
        return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr};
    }
    return scalar_text(value);
}

std::string digest_text(std::vector<OptionValue> const& options) {
    std::string text;
    for (auto const& option : options)
        text += option.key + '=' + digest_text(option.value) + '\0';
    return text;
}

}  // namespace dossier
