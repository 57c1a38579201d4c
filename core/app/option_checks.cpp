#include "option_checks.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {
namespace {

std::string joined(std::vector<std::string> const& words, char const* between) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : between) + word;
    return text;
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
    auto description = "{" + joined(words, ",") + "}";
    return {[words = std::move(words)](std::string const& text) -> std::string {
                if (std::find(words.begin(), words.end(), text) != words.end()) return {};
                auto const guess = nearest(text, words);
                return "\"" + text + "\" is not known; " +
                       (guess.empty() ? "write one of " + joined(words, ", ")
                                      : "did you mean \"" + std::string(guess) + "\"?");
            },
            std::move(description)};
}

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
    auto const range = std::to_string(least) + " to " + std::to_string(most);
    return {[=](std::string const& text) -> std::string {
                std::int64_t value = 0;
                auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
                bool const is_number = problem == std::errc() && end == text.data() + text.size();
                if (is_number && least <= value && value <= most) return {};
                return "\"" + text + "\" is no whole number from " + range;
            },
            range};
}

std::string plain_words(CLI::ParseError const& error) {
    std::string_view const said = error.what();
    auto const kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
    if (kind == CLI::ExitCodes::ArgumentMismatch && said.ends_with(" missing"))
        return std::string(said.substr(0, said.find(':'))) + " needs a value";
    constexpr std::string_view unconverted = "Could not convert: ";
    if (kind == CLI::ExitCodes::ConversionError && said.starts_with(unconverted)) {
        auto const option = said.substr(unconverted.size());
        return std::string(option.substr(0, option.find(" = "))) +
               " takes no value";  // numbers have checks of their own
    }
    return std::string(said);
}

}  // namespace dossier
