// What components say about themselves, and whether they can be made as they say.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "check_host.hpp"
#include "dossier/plugin/utf8.hpp"
#include "instance.hpp"
#include "plugin_under_test.hpp"
#include "rule.hpp"

namespace dossier::check {
namespace {

constexpr std::size_t most_options = 256, most_choices = 1024, longest_sentence = 1000;

/// A line that people read; what is wrong with it, or nothing.
std::optional<std::string> unfit_sentence(std::string const& what, dossier_text text) {
    if (text.size != 0 && text.data == nullptr) return what + " has a size but no bytes";
    auto const words = view(text);
    if (words.empty()) return what + " is empty; say in one sentence what it is for";
    if (words.size() > longest_sentence) return what + " is longer than 1,000 bytes; one sentence will do";
    if (!is_utf8(words)) return what + " is not UTF-8";
    if (words.find_first_of("\n\r\t") != words.npos) return what + " is more than one line; one sentence will do";
    return std::nullopt;
}

bool has_function_of_its_kind(dossier_component const& component) {
    switch (component.kind) {
        case DOSSIER_COMPONENT_REPORT: return component.run != nullptr;
        case DOSSIER_COMPONENT_FORMAT: return component.open != nullptr;
        default: return component.judge != nullptr;
    }
}

Verdict is_well_formed(Trial const& trial) {
    auto const& component = load_component(trial);
    if (component.size < sizeof component)
        return broken("its size is " + std::to_string(component.size) + "; it is sizeof(dossier_component)");
    if (component.doc_model == 0 || component.doc_model > DOSSIER_DOC_MODEL)
        return broken("its doc_model is " + std::to_string(component.doc_model) + "; it is DOSSIER_DOC_MODEL, " +
                      std::to_string(DOSSIER_DOC_MODEL));
    if (component.create == nullptr || component.destroy == nullptr)
        return broken("it has no create or no destroy; every component has both");
    if (!has_function_of_its_kind(component))
        return broken("it lacks the function of its kind; a report has run, a format open, an engine judge");
    if (component.reserved != 0)
        return broken("its member `reserved` is not 0; whoever fills in a struct sets it to 0");
    if (auto unfit = unfit_sentence("its summary", component.summary)) return broken(*unfit);
    return kept();
}

// ---- Options

std::optional<std::string> unfit_default(dossier_option const& option) {
    auto const& value = option.default_value;
    if (value.type != option.type) return "its default is of another type";
    bool const bounded = option.minimum <= option.maximum;
    auto const outside = [&](double number) {
        return bounded && !(number >= option.minimum && number <= option.maximum);
    };
    switch (option.type) {
        case DOSSIER_INTEGER:
            if (outside(static_cast<double>(value.integer))) return "its default lies outside of its bounds";
            break;
        case DOSSIER_REAL:
            if (!std::isfinite(value.real)) return "its default is not a finite number";
            if (outside(value.real)) return "its default lies outside of its bounds";
            break;
        case DOSSIER_TEXT: {
            if (!is_utf8(view(value.text))) return "its default is not UTF-8";
            auto const* const end = option.choices + option.n_choices;
            bool const chosen = option.n_choices == 0 || std::any_of(option.choices, end, [&](dossier_text choice) {
                                    return view(choice) == view(value.text);
                                });
            if (!chosen) return "its default is none of its choices";
            break;
        }
        default: break;
    }
    return std::nullopt;
}

std::optional<std::string> unfit_choices(dossier_option const& option) {
    if (option.n_choices == 0) return std::nullopt;
    if (option.type != DOSSIER_TEXT) return "it has choices, but is not text";
    if (option.choices == nullptr || option.n_choices > most_choices) return "its choices are malformed";
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < option.n_choices; ++i) {
        if (!is_utf8(view(option.choices[i]))) return "a choice is not UTF-8";
        if (!seen.insert(view(option.choices[i])).second) return "a choice stands twice among its choices";
    }
    return std::nullopt;
}

std::optional<std::string> unfit_bounds(dossier_option const& option) {
    bool const number = option.type == DOSSIER_INTEGER || option.type == DOSSIER_REAL;
    if (!number) return std::nullopt;
    if (std::isnan(option.minimum) || std::isnan(option.maximum)) return "a bound is not a number";
    bool const whole = option.minimum == std::floor(option.minimum) && option.maximum == std::floor(option.maximum);
    if (option.type == DOSSIER_INTEGER && option.minimum <= option.maximum && !whole)
        return "it is an integer whose bounds are not whole numbers";
    return std::nullopt;
}

std::optional<std::string> unfit_option(dossier_option const& option) {
    if (option.size < sizeof option) return "its size is smaller than sizeof(dossier_option)";
    if (!is_key(view(option.key))) return "its key is not [a-z][a-z0-9_]*, at most 64 bytes";
    if (option.type < DOSSIER_INTEGER || option.type > DOSSIER_BOOLEAN)
        return "its type is none of integer, real, text and boolean";
    if (auto unfit = unfit_choices(option)) return unfit;
    if (auto unfit = unfit_bounds(option)) return unfit;
    if (auto unfit = unfit_default(option)) return unfit;
    return unfit_sentence("its doc", option.doc);
}

Verdict has_sound_options(Trial const& trial) {
    auto const& component = load_component(trial);
    if (component.n_options > most_options || (component.options == nullptr && component.n_options != 0))
        return broken("it has " + std::to_string(component.n_options) + " options" +
                      (component.options == nullptr ? ", but `options` is NULL" : "; 256 are the most"));
    if (component.n_options != 0 && component.options->size < sizeof(dossier_option))
        return broken("the size of its options is smaller than sizeof(dossier_option)");
    std::set<std::string_view> keys;
    for (auto const* option : options_of(component)) {
        auto const key = "option \"" + printable(view(option->key), 64) + "\": ";
        if (option->size != component.options->size) return broken(key + "its size is not that of the first option");
        if (auto unfit = unfit_option(*option)) return broken(key + *unfit);
        if (!keys.insert(view(option->key)).second) return broken(key + "another option has the same key");
    }
    return kept();
}

// ---- Formats

bool is_media_type(std::string_view type) {
    auto const slash = type.find('/');
    auto const is_token = [](std::string_view token) {
        return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
        });
    };
    if (slash == type.npos) return false;
    auto const rest = type.substr(slash + 1);
    return is_token(type.substr(0, slash)) && is_token(rest.substr(0, rest.find(';')));
}

Verdict says_what_it_writes(Trial const& trial) {
    auto const& component = load_component(trial);
    if (!is_media_type(view(component.media_type)))
        return broken("its media type is \"" + printable(view(component.media_type), 100) +
                      "\"; it is one like \"text/csv\", in lower case");
    constexpr std::uint64_t known = DOSSIER_CARRIES_CHARTS | DOSSIER_CARRIES_LINKS | DOSSIER_CARRIES_NOTES |
                                    DOSSIER_CARRIES_CONTEXT | DOSSIER_CARRIES_KEYS;
    if ((component.carries & ~known) != 0)
        return broken("its `carries` has bits that no DOSSIER_CARRIES_* has; set only those that it can carry");
    if (component.several_files > 1) return broken("its several_files is neither 0 nor 1");
    return kept();
}

// ---- Made as declared

Verdict works_in_the_sandbox(Trial const& trial) {
    trial.doing("while it was being loaded");
    auto const& component = load_component(trial);
    CheckHost host({});
    trial.doing("in create");
    Instance instance(component, host);
    if (auto failure = host.failure(instance.created()))
        return broken("create with all options at their defaults: " + *failure + "; defaults always work");
    trial.doing("in destroy");
    instance.destroy();
    return kept();
}

/// Values at the ends of what an option declares, each with a name for messages.
struct EdgeValue {
    dossier_value value;
    std::string name;
    bool must_work = true;  ///< false: the component may refuse it as DOSSIER_BAD_OPTION
};

dossier_value integer_value(std::int64_t number) {
    return {DOSSIER_INTEGER, 0, number, 0.0, {}};
}

std::vector<EdgeValue> edges_of_number(dossier_option const& option) {
    bool const bounded = option.minimum <= option.maximum;
    constexpr double safe = 9007199254740992.0;  // beyond it not every whole number is a double
    std::vector<EdgeValue> edges;
    for (auto const& [number, name] : {std::pair(bounded ? option.minimum : -safe, "its minimum"),
                                       std::pair(bounded ? option.maximum : safe, "its maximum")}) {
        auto const held = std::clamp(number, -9e18, 9e18);
        auto const value = option.type == DOSSIER_INTEGER ? integer_value(static_cast<std::int64_t>(held))
                                                          : dossier_value{DOSSIER_REAL, 0, 0, number, {}};
        if (option.type == DOSSIER_REAL && !std::isfinite(number)) continue;
        edges.push_back(
            {value, bounded ? name : std::string("a very ") + (number < 0 ? "small" : "large") + " number", bounded});
    }
    return edges;
}

std::vector<EdgeValue> edges_of_text(dossier_option const& option) {
    using namespace std::string_literals;
    static std::string const longest(100'000, 'x');
    static std::string const hostile = "\xE2\x80\xAE\xD7\x90\xE6\xBC\xA2\0<script>%s\x1b[31m\n\"'"s;
    auto const text = [](std::string_view words) {
        return dossier_value{DOSSIER_TEXT, 0, 0, 0.0, {words.data(), words.size()}};
    };
    std::vector<EdgeValue> edges;
    for (std::size_t i = 0; i < option.n_choices; ++i)
        edges.push_back({text(view(option.choices[i])), "\"" + printable(view(option.choices[i]), 100) + "\""});
    if (option.n_choices != 0) return edges;
    edges.push_back({text({}), "empty text", false});
    edges.push_back({text(longest), "a text of 100,000 bytes", false});
    edges.push_back({text(hostile), "a text of many scripts and signs", false});
    return edges;
}

std::vector<EdgeValue> edges_of(dossier_option const& option) {
    switch (option.type) {
        case DOSSIER_INTEGER:
        case DOSSIER_REAL: return edges_of_number(option);
        case DOSSIER_TEXT: return edges_of_text(option);
        default: return {{{DOSSIER_BOOLEAN, 0, 0, 0.0, {}}, "false"}, {{DOSSIER_BOOLEAN, 1, 0, 0.0, {}}, "true"}};
    }
}

Verdict takes_options_at_their_bounds(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const options = options_of(component);
    for (std::size_t i = 0; i < options.size(); ++i)
        for (auto const& edge : edges_of(*options[i])) {
            auto const where = "option \"" + std::string(view(options[i]->key)) + "\" at " + edge.name;
            trial.doing("with " + where);
            CheckHost host({});
            Instance instance(component, host, std::pair(i, edge.value));
            auto const status = instance.created();
            if (status == DOSSIER_OK) continue;
            if (edge.must_work || status != DOSSIER_BAD_OPTION)
                return broken(where + ": " + *host.failure(status) +
                              (edge.must_work ? "; what the declaration allows works in every instance"
                                              : "; a value that cannot work is DOSSIER_BAD_OPTION with a reason"));
            if (host.error.empty())
                return broken(where + ": it gave DOSSIER_BAD_OPTION and no reason; say it with host->error");
        }
    return kept();
}

}  // namespace

std::vector<Rule> descriptor_rules() {
    using enum Setting;
    return {
        {"P301", "is a component as plugin.h has them", Scope::component, process, {"P203"}, &is_well_formed},
        {"P302", "declares sound options", Scope::component, process, {"P301"}, &has_sound_options},
        {"P303", "says what it writes", Scope::format, process, {"P301"}, &says_what_it_writes},
        {"P304",
         "is made and taken down in the sandbox",
         Scope::component,
         sandbox,
         {"P206", "P301", "P302"},
         &works_in_the_sandbox},
        {"P305",
         "takes every option at its bounds",
         Scope::component,
         sandbox,
         {"P304"},
         &takes_options_at_their_bounds},
    };
}

}  // namespace dossier::check
