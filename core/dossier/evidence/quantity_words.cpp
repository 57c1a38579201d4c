#include "dossier/evidence/quantity_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "dossier/evidence/phrase_index.hpp"
#include "dossier/evidence/word_hash.hpp"

namespace dossier {

namespace {

constexpr std::array<std::string_view, 7> short_names = {"IRR", "SMD", "OR", "HR", "RR", "PR", "MD"};
constexpr std::size_t max_to_bound = 3;     // words between the bounds of an interval
constexpr std::size_t max_within_name = 5;  // words from "mean" to "difference"

/// What may be written together with a short name, and what it says of adjustment: "aOR", "ORadj", "uHR".
struct NamePart {
    std::string_view text;
    char const* adjustment;
};
constexpr std::array<NamePart, 11> name_prefixes = {{{"", ""},
                                                     {"a", "adjusted"},
                                                     {"A", "adjusted"},
                                                     {"adj", "adjusted"},
                                                     {"m", "adjusted"},
                                                     {"c", "crude"},
                                                     {"u", "crude"},
                                                     {"s", ""},
                                                     {"S", ""},
                                                     {"p", ""},
                                                     {"W", ""}}};
constexpr std::array<NamePart, 5> name_endings = {
    {{"", ""}, {"s", ""}, {"adj", "adjusted"}, {"a", "adjusted"}, {"c", "crude"}}};

template <typename Values, typename Value>
bool is_one_of(Values const& words, Value const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Every quantity holds one of these words (folded), by which the name of a measure starts or goes on, or a name glued to its number, "RR1.23".
WordTable make_hints() {
    WordTable hints;
    auto const add = [&](std::string const& word, Hint hint) {
        hints.add(word, hash_of_word(word), static_cast<std::uint32_t>(hint));
    };
    for (auto const* word : {"%", "percent", "cent"})
        add(word, Hint::share);
    add("in", Hint::in);
    for (auto const* word : {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
        add(word, Hint::small_number);
    for (auto const* word : {"ratio", "ratios", "relative", "relatives", "difference", "differences", "differencess"})
        add(word, Hint::measure);
    for (auto const* word :
         {"incidence",  "incident",    "rate",       "odds",      "hazard", "hazards",      "risk",
          "prevalence", "mean",        "incidences", "incidents", "rates",  "oddss",        "hazardss",
          "risks",      "prevalences", "means",      "subhazard", "odd",    "standardised", "standardized"})
        add(word, Hint::measure_start);
    for (auto const* word : {"cohen", "cohens", "hedges", "hedge", "hedges'"})  // "Cohen's d", "Hedges' g"
        add(word, Hint::measure);
    for (std::string const prefix : {"", "a", "adj", "m", "c", "u", "s", "p", "w"})
        for (std::string const name : {"irr", "smd", "or", "hr", "rr", "pr", "md"})
            for (auto const* ending : {"", "s", "adj", "a", "c"})
                add(prefix + name + ending, Hint::short_measure);
    return hints;
}

bool starts_measure(Token const& token) {
    auto const hint = quantity_hints().find(token.text, token.hash);
    return hint >= static_cast<std::uint32_t>(Hint::measure) && hint <= static_cast<std::uint32_t>(Hint::short_measure);
}

}  // namespace

WordTable const& quantity_hints() {
    static WordTable const hints = make_hints();
    return hints;
}

std::string_view QuantityWords::raw(std::size_t i) const {
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
}

std::string_view QuantityWords::word(std::size_t i) const {
    return i < tokens_.size() ? std::string_view(tokens_[i].text) : "";
}

std::optional<double> QuantityWords::number(std::size_t i) const {
    if (i >= tokens_.size()) return std::nullopt;
    std::string digits;
    std::string_view const text = std::string_view(tokens_[i].text).substr(glued_name(i).size());
    bool const decimal_comma = has_decimal_comma(text);
    for (std::size_t k = 0; k < text.size(); ++k) {
        if (text.compare(k, 2, "\u00b7") == 0) {
            digits += '.';
            ++k;
        } else if (text[k] != ',') {
            digits += text[k];
        } else if (decimal_comma) {
            digits += '.';
        }
    }
    double value = 0.0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty() || digits[0] < '0' ||
        digits[0] > '9')
        return std::nullopt;
    if (lacks_zero(i) && digits.find('.') == std::string::npos)
        value /= std::pow(10.0, static_cast<double>(digits.size()));
    return is_negative(i) ? -value : value;
}

bool QuantityWords::has_decimal_comma(std::string_view text) {
    auto const comma = text.find(',');
    if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos ||
        text.find('.') != std::string_view::npos)
        return false;
    return text.size() - comma - 1 != 3 || text.starts_with('0');
}

std::optional<std::pair<double, double>> QuantityWords::number_pair(std::size_t i) const {
    auto const text = word(i);
    auto const comma = text.find(',');
    if (comma == std::string_view::npos || comma < 3 || text.find(',', comma + 1) != std::string_view::npos)
        return std::nullopt;
    auto const value = [](std::string_view part) -> std::optional<double> {
        double read = 0.0;
        auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), read);
        bool const is_whole = error == std::errc() && end == part.data() + part.size();
        return is_whole && part.find('.') != std::string_view::npos ? std::optional(read) : std::nullopt;
    };
    auto const low = value(text.substr(0, comma)), high = value(text.substr(comma + 1));
    if (!low || !high) return std::nullopt;
    return std::pair{is_negative(i) ? -*low : *low, *high};
}

std::string_view QuantityWords::glued_name(std::size_t i) const {
    auto const whole = raw(i);
    auto const glued = std::find_if(short_names.begin(), short_names.end(), [&](std::string_view name) {
        return whole.starts_with(name) && has_digit_at(whole, name.size());
    });
    return glued == short_names.end() ? std::string_view() : *glued;
}

bool QuantityWords::lacks_zero(std::size_t i) const {
    auto const begin = tokens_[i].begin;
    if (begin == 0 || text_[begin - 1] != '.') return false;
    auto const c = begin == 1 ? ' ' : text_[begin - 2];
    return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ')');
}

std::size_t QuantityWords::minus_before(std::size_t begin) const {
    auto const before = text_.substr(0, begin);
    for (std::string_view const minus : {"-", "\u2212", "\u2013", "\u2010", "\u2011"})
        if (before.ends_with(minus)) return minus.size();
    return 0;
}

bool QuantityWords::is_negative(std::size_t i) const {
    auto const begin = tokens_[i].begin - (lacks_zero(i) ? 1 : 0);
    auto const length = minus_before(begin);
    if (length == 0) return false;
    if (begin == length) return true;
    auto const c = text_[begin - length - 1];
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%') return false;
    bool const follows_number = i > 0 && number_text(i - 1) && tokens_[i - 1].end + 1 == begin - length && c == ' ';
    return !follows_number || minus_before(tokens_[i - 1].begin - (lacks_zero(i - 1) ? 1 : 0)) > 0;
}

bool QuantityWords::number_text(std::size_t i) const {
    return !tokens_[i].text.empty() && tokens_[i].text[0] >= '0' && tokens_[i].text[0] <= '9';
}

std::optional<std::pair<std::string, std::size_t>> QuantityWords::measure(std::size_t i) const {
    struct Name {
        std::array<std::string_view, 3> words;
        char const* measure;
    };
    if (i >= tokens_.size() || !starts_measure(tokens_[i])) return std::nullopt;
    static constexpr Name names[] = {{{"incidence", "rate", "ratio"}, "IRR"},
                                     {{"incident", "rate", "ratio"}, "IRR"},
                                     {{"hazard", "rate", "ratio"}, "HR"},
                                     {{"prevalence", "rate", "ratio"}, "PR"},
                                     {{"difference", "in", "mean"}, "MD"},
                                     {{"rate", "ratio", ""}, "IRR"},
                                     {{"cohen", "d", ""}, "SMD"},
                                     {{"hedges", "g", ""}, "SMD"},
                                     {{"hedges'", "g", ""}, "SMD"},
                                     {{"hedge", "g", ""}, "SMD"},
                                     {{"odds", "ratio", ""}, "OR"},
                                     {{"odd", "ratio", ""}, "OR"},
                                     {{"relative", "odds", ""}, "OR"},
                                     {{"hazard", "ratio", ""}, "HR"},
                                     {{"hazards", "ratio", ""}, "HR"},
                                     {{"subhazard", "ratio", ""}, "HR"},
                                     {{"relative", "hazard", ""}, "HR"},
                                     {{"risk", "ratio", ""}, "RR"},
                                     {{"relative", "risk", ""}, "RR"},
                                     {{"relative", "rate", ""}, "RR"},
                                     {{"prevalence", "ratio", ""}, "PR"},
                                     {{"mean", "difference", ""}, "MD"}};
    for (auto const& name : names) {
        std::size_t at = i;
        bool same = true;
        for (auto const& part : name.words)
            if (!part.empty()) {
                auto const here = word(at++);
                same &=
                    here == part || (here.size() == part.size() + 1 && here.starts_with(part) && here.back() == 's');
            }
        bool const is_change = word(at) == "reduction" || word(at) == "reductions" || word(at) == "increase";
        if (same) return is_change ? std::nullopt : std::optional(std::pair{in_units(name.measure, i, at), at});
    }
    if (auto const behind = mean_difference(i)) return std::pair{in_units("MD", i, *behind), *behind};
    if (auto const known = short_name(i)) return std::pair{std::string(known->name), i + 1};
    return std::nullopt;
}

std::string QuantityWords::in_units(std::string measure, std::size_t first, std::size_t behind) const {
    for (auto i = first < 2 ? 0 : first - 2; measure == "MD" && i < behind; ++i)
        if (word(i).starts_with("standardis") || word(i).starts_with("standardiz")) return "SMD";
    return measure;
}

std::optional<std::size_t> QuantityWords::mean_difference(std::size_t i) const {
    auto const is = [&](std::size_t at, std::string_view name) {
        return word(at) == name || (word(at).starts_with(name) && word(at).size() == name.size() + 1);
    };
    if (is(i, "difference") && word(i + 1) == "between") {
        auto const at = word(i + 2) == "the" ? i + 3 : i + 2;
        return is(at, "mean") ? std::optional(at + 1) : std::nullopt;
    }
    if (word(i) != "mean") return std::nullopt;
    for (auto at = i + 1; at < tokens_.size() && at <= i + max_within_name; ++at) {
        if (is(at, "difference")) return at + 1;
        if (auto const stated = tokens_[at].opens > 0 ? level(at) : std::nullopt) {
            at = stated->second - 1;
            continue;
        }
        bool const ends = tokens_[at].before != Mark::none || tokens_[at].opens > 0 || number(at) || word(at) == "of" ||
                          word(at) == "and" || word(at) == "was" || word(at) == "were";
        if (ends && !tokens_[at].joined) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<QuantityWords::ShortName> QuantityWords::short_name(std::size_t i) const {
    auto const whole = raw(i);
    for (auto const known : short_names) {
        auto const at = whole.find(known);
        if (at == std::string_view::npos) continue;
        auto const prefix = whole.substr(0, at), ending = whole.substr(at + known.size());
        auto const is = [](std::string_view text) {
            return [text](NamePart const& part) { return part.text == text; };
        };
        auto const first = std::find_if(name_prefixes.begin(), name_prefixes.end(), is(prefix));
        auto const last = std::find_if(name_endings.begin(), name_endings.end(), is(ending));
        if (first != name_prefixes.end() && last != name_endings.end())
            return ShortName{known, *last->adjustment != 0 ? last->adjustment : first->adjustment};
    }
    return std::nullopt;
}

bool QuantityWords::is_interval_word(std::size_t i) const {
    auto const w = word(i);
    return w == "ci" || w == "cis" || w == "cri" || w == "confidence" || w == "credible" || w == "ic" ||
           (w == "c" && word(i + 1) == "i") || (w == "i" && i > 0 && word(i - 1) == "c");
}

std::optional<std::pair<double, std::size_t>> QuantityWords::level(std::size_t i) const {
    if (word(i) == "ci95" || word(i) == "95ci" || word(i) == "ic95")
        return std::pair{0.95, word(i + 1) == "%" ? i + 2 : i + 1};
    auto const value = number(i);
    if (!value || *value < 50.0 || *value >= 100.0) return std::nullopt;
    auto at = i + 1;
    if (word(at) == "%")
        ++at;
    else if (word(at) == "percent" || word(at) == "per")
        at += word(at) == "per" ? 2 : 1;
    static constexpr std::array<std::string_view, 5> others = {"cl", "cls", "ui", "interval", "intervals"};
    static constexpr std::array<std::string_view, 6> heads = {"interval", "intervals", "limits", "bounds", "ci", "cis"};
    if (is_one_of(others, word(at))) return std::pair{*value / 100.0, at + 1};
    if (!is_interval_word(at) && !number(at) && is_one_of(heads, word(at + 1)))
        return std::pair{*value / 100.0, at + 2};  // "95% uncertainty interval", "95% exact CI"
    if (!is_interval_word(at)) return std::nullopt;
    return std::pair{*value / 100.0, behind_interval_words(at)};
}

std::size_t QuantityWords::behind_interval_words(std::size_t at) const {
    static constexpr std::array<std::string_view, 3> heads = {"interval", "intervals", "limits"};
    auto const end = at + max_interval_words;
    while (at < end && (is_interval_word(at) || is_one_of(heads, word(at))))
        ++at;
    return at;
}

std::optional<std::pair<double, std::size_t>> QuantityWords::repeated_level(std::size_t i) const {
    if (auto const again = level(i)) return again;
    static constexpr std::array usual = {80.0, 90.0, 95.0, 97.5, 99.0, 99.9};
    auto const value = number(i);
    if (!value || !is_one_of(usual, *value) || word(i + 1) != "%" || !number(i + 2) || tokens_[i + 2].joined ||
        tokens_[i + 2].before == Mark::dash)
        return std::nullopt;
    return std::pair{*value / 100.0, i + 2};
}

std::optional<QuantityWords::Interval> QuantityWords::bounds(std::size_t i) const {
    std::optional<double> low;
    auto at = i;
    for (std::size_t skipped = 0; at < tokens_.size() && skipped <= max_to_bound; ++at) {
        if (!low && at > 0 && word(at - 1) == "for" && measure(at)) continue;  // "95% CI for OR: 1.1-2.0"
        if (measure(at) || word(at) == "p") return std::nullopt;
        if (auto const pair = low ? std::nullopt : number_pair(at))
            return Interval{std::min(pair->first, pair->second), std::max(pair->first, pair->second), std::nullopt,
                            at + 1};
        auto const value = number(at);
        if (!value) {
            ++skipped;
            continue;
        }
        if (!low) {
            low = value;
            skipped = 0;
            continue;
        }
        return Interval{std::min(*low, *value), std::max(*low, *value), std::nullopt, at + 1};
    }
    return std::nullopt;
}

std::size_t QuantityWords::behind_p_value(std::size_t at) const {
    auto value = at + 1;
    if (word(value) == "value") ++value;
    if (word(value) == "for") value += 2;  // "p for trend"
    return number(value) ? value + 1 : at;
}

std::size_t QuantityWords::behind_percent(std::size_t at) const {
    if (word(at) == "%" || word(at) == "percent") return at + 1;
    return word(at) == "per" && word(at + 1) == "cent" ? at + 2 : at;
}

std::optional<QuantityWords::ShareRange> QuantityWords::range_of_shares(std::size_t i) const {
    constexpr std::size_t widest_dash = 4;  // bytes between the bounds: a dash and spaces
    auto const low = number(i);
    if (!low) return std::nullopt;
    auto high = behind_percent(i + 1);
    auto const says = [&](std::size_t before, std::string_view text) {
        return i >= before && word(i - before) == text;
    };
    bool const ranges = says(2, "ranging") || says(2, "ranged") || says(2, "ranges") || says(2, "range");
    if (word(high) == "to" || word(high) == "and") {
        if (word(high) == "and" ? !says(1, "between") : says(1, "from") && !ranges) return std::nullopt;
        ++high;
    } else if (high >= tokens_.size() || !(tokens_[high].joined || tokens_[high].before == Mark::dash) ||
               tokens_[high].begin - tokens_[high - 1].end > widest_dash) {
        return std::nullopt;
    }
    auto const value = number(high);
    auto const next = behind_percent(high + 1);
    if (!value || next == high + 1 || is_interval_word(next) || std::abs(*value) <= *low) return std::nullopt;
    return ShareRange{high, next};
}

bool QuantityWords::is_p_value(std::size_t i) const {
    for (auto at = i; at > 0 && i - at < 4;)
        if (word(--at) == "p") return behind_p_value(at) == i + 1;
    return false;
}

std::optional<QuantityWords::Interval> QuantityWords::interval(std::size_t i) const {
    for (auto at = i; at < tokens_.size() && at <= i + max_to_interval; ++at) {
        if (measure(at)) return std::nullopt;
        if (word(at) == "p") {  // "OR 1.5 (p = 0.01; 95% CI 1.2-1.9)"
            auto const behind = behind_p_value(at);
            if (!level(behind) && !is_interval_word(behind)) return std::nullopt;
            at = behind;
        }
        std::optional<double> share;
        std::size_t from = 0;
        if (auto const found = level(at)) {
            share = found->first;
            from = found->second;
        } else if (is_interval_word(at)) {
            from = behind_interval_words(at);
        } else {
            continue;
        }
        for (auto again = repeated_level(from); again && from < at + max_interval_words; again = repeated_level(from)) {
            share = again->first;
            from = again->second;
        }
        auto found = bounds(from);
        if (found) found->level = share;
        return found;
    }
    return std::nullopt;
}

}  // namespace dossier
