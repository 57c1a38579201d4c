#include "dossier/evidence/quantities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "dossier/evidence/context.hpp"
#include "dossier/evidence/phrase_index.hpp"

namespace dossier {

namespace {

constexpr std::array<std::string_view, 7> short_names = {"IRR", "SMD", "OR", "HR", "RR", "PR", "MD"};
constexpr std::size_t max_population_words = 6;
constexpr std::size_t max_to_estimate = 12;     // words between the name of a measure and its estimate
constexpr std::size_t max_to_share = 40;        // words between "of the 250 patients" and the share
constexpr std::size_t max_listed = 6;           // estimates before their intervals
constexpr std::size_t max_unit_words = 2;       // "points", "mm Hg", between a number and its interval
constexpr std::size_t max_to_value = 6;         // the same where no interval confirms that the number is one
constexpr std::size_t max_to_interval = 5;      // words between an estimate and its interval
constexpr std::size_t max_to_bound = 3;         // words between the bounds of an interval
constexpr std::size_t max_to_adjusted = 4;      // words between "adjusted" and the measure, or the interval and it
constexpr std::size_t max_interval_words = 10;  // "95% confidence intervals (95% CI)"
constexpr std::size_t max_within_name = 5;      // words from "mean" to "difference"
constexpr std::size_t max_to_next = 3;          // words between estimates whose intervals follow together

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

/// Why a word may belong to a quantity.
enum class Hint : std::uint32_t { share, in, small_number, measure, measure_start, short_measure };

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

bool has_digit_at(std::string_view text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// "OR" is a measure, "or" is none.
bool has_capital(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::uint32_t hint_of(Token const& token) {
    static WordTable const hints = make_hints();
    return hints.find(token.text, token.hash);
}

bool starts_measure(Token const& token) {
    auto const hint = hint_of(token);
    return hint >= static_cast<std::uint32_t>(Hint::measure) && hint <= static_cast<std::uint32_t>(Hint::short_measure);
}

struct Interval {
    double low = 0.0, high = 0.0;
    std::optional<double> level;
    std::size_t next = 0;  ///< token behind it
};

/// Reads numbers and their company out of one sentence.
class QuantityReader {
public:
    QuantityReader(std::string_view text, Lexicon const& lexicon)
        : text_(text), lexicon_(lexicon), tokens_(tokenize(text)), used_(tokens_.size(), false) {}

    std::vector<Quantity> read() {
        bool const has_digit = std::any_of(text_.begin(), text_.end(), [](char c) { return c >= '0' && c <= '9'; });
        bool const has_share = text_.find(" in ") != std::string_view::npos;
        if (!has_digit && !has_share) return {};
        if (has_digit) effects();
        percentages();
        std::vector<Quantity> quantities;
        for (auto& [place, quantity] : found_)
            quantities.push_back(std::move(quantity));
        return quantities;
    }

private:
    std::string_view raw(std::size_t i) const {
        return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
    }
    std::string_view word(std::size_t i) const { return i < tokens_.size() ? std::string_view(tokens_[i].text) : ""; }

    /// The value of token i, with its sign; thousands separators and raised points are understood.
    std::optional<double> number(std::size_t i) const {
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

    /// "1,24" and "0,125": no thousands end so.
    static bool has_decimal_comma(std::string_view text) {
        auto const comma = text.find(',');
        if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos ||
            text.find('.') != std::string_view::npos)
            return false;
        return text.size() - comma - 1 != 3 || text.starts_with('0');
    }

    /// "1.3,2.0": two bounds without a space between.
    std::optional<std::pair<double, double>> number_pair(std::size_t i) const {
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

    /// "RR1.23": the short name that is written together with its number; empty: none.
    std::string_view glued_name(std::size_t i) const {
        auto const whole = raw(i);
        auto const glued = std::find_if(short_names.begin(), short_names.end(), [&](std::string_view name) {
            return whole.starts_with(name) && has_digit_at(whole, name.size());
        });
        return glued == short_names.end() ? std::string_view() : *glued;
    }

    /// ".80": the point stands before the token, and nothing before the point.
    bool lacks_zero(std::size_t i) const {
        auto const begin = tokens_[i].begin;
        if (begin == 0 || text_[begin - 1] != '.') return false;
        auto const c = begin == 1 ? ' ' : text_[begin - 2];
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ')');
    }

    /// Bytes of the minus right before `begin`; 0: none.
    std::size_t minus_before(std::size_t begin) const {
        auto const before = text_.substr(0, begin);
        for (std::string_view const minus : {"-", "\u2212", "\u2013", "\u2010", "\u2011"})
            if (before.ends_with(minus)) return minus.size();
        return 0;
    }

    /// A minus is a sign, not the hyphen of a range, unless a number or a word stands right before it. "0.5 -0.9" is a
    /// range, "-0.9 -0.5" is two numbers.
    bool is_negative(std::size_t i) const {
        auto const begin = tokens_[i].begin - (lacks_zero(i) ? 1 : 0);
        auto const length = minus_before(begin);
        if (length == 0) return false;
        if (begin == length) return true;
        auto const c = text_[begin - length - 1];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%') return false;
        bool const follows_number = i > 0 && number_text(i - 1) && tokens_[i - 1].end + 1 == begin - length && c == ' ';
        return !follows_number || minus_before(tokens_[i - 1].begin - (lacks_zero(i - 1) ? 1 : 0)) > 0;
    }
    bool number_text(std::size_t i) const {
        return !tokens_[i].text.empty() && tokens_[i].text[0] >= '0' && tokens_[i].text[0] <= '9';
    }

    /// The measure named at token i, and the token behind its name.
    std::optional<std::pair<std::string, std::size_t>> measure(std::size_t i) const {
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
                    same &= here == part ||
                            (here.size() == part.size() + 1 && here.starts_with(part) && here.back() == 's');
                }
            bool const is_change = word(at) == "reduction" || word(at) == "reductions" || word(at) == "increase";
            if (same) return is_change ? std::nullopt : std::optional(std::pair{in_units(name.measure, i, at), at});
        }
        if (auto const behind = mean_difference(i)) return std::pair{in_units("MD", i, *behind), *behind};
        if (auto const known = short_name(i)) return std::pair{std::string(known->name), i + 1};
        return std::nullopt;
    }

    /// A mean difference that is called standardised, up to two words before its name or within, is in standard
    /// deviations.
    std::string in_units(std::string measure, std::size_t first, std::size_t behind) const {
        for (auto i = first < 2 ? 0 : first - 2; measure == "MD" && i < behind; ++i)
            if (word(i).starts_with("standardis") || word(i).starts_with("standardiz")) return "SMD";
        return measure;
    }

    /// "mean adjusted difference", "mean (95% CI) difference", "difference between the means"; the token behind.
    std::optional<std::size_t> mean_difference(std::size_t i) const {
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
            bool const ends = tokens_[at].before != Mark::none || tokens_[at].opens > 0 || number(at) ||
                              word(at) == "of" || word(at) == "and" || word(at) == "was" || word(at) == "were";
            if (ends && !tokens_[at].joined) return std::nullopt;
        }
        return std::nullopt;
    }

    struct ShortName {
        std::string_view name;
        char const* adjustment = "";
    };

    /// "OR", "aORs", "HRadj" at token i.
    std::optional<ShortName> short_name(std::size_t i) const {
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

    bool is_interval_word(std::size_t i) const {
        auto const w = word(i);
        return w == "ci" || w == "cis" || w == "cri" || w == "confidence" || w == "credible" || w == "ic" ||
               (w == "c" && word(i + 1) == "i") || (w == "i" && i > 0 && word(i - 1) == "c");
    }

    /// "95 % CI" at token i; returns the token behind it.
    std::optional<std::pair<double, std::size_t>> level(std::size_t i) const {
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
        static constexpr std::array<std::string_view, 6> heads = {"interval", "intervals", "limits",
                                                                  "bounds",   "ci",        "cis"};
        if (is_one_of(others, word(at))) return std::pair{*value / 100.0, at + 1};
        if (!is_interval_word(at) && !number(at) && is_one_of(heads, word(at + 1)))
            return std::pair{*value / 100.0, at + 2};  // "95% uncertainty interval", "95% exact CI"
        if (!is_interval_word(at)) return std::nullopt;
        return std::pair{*value / 100.0, behind_interval_words(at)};
    }

    std::size_t behind_interval_words(std::size_t at) const {
        static constexpr std::array<std::string_view, 3> heads = {"interval", "intervals", "limits"};
        auto const end = at + max_interval_words;
        while (at < end && (is_interval_word(at) || is_one_of(heads, word(at))))
            ++at;
        return at;
    }

    /// The level once more, or behind its name: "95% confidence interval (95% CI) 1.4-6.2", "CI 95% 1.6-2.6".
    std::optional<std::pair<double, std::size_t>> repeated_level(std::size_t i) const {
        if (auto const again = level(i)) return again;
        static constexpr std::array usual = {80.0, 90.0, 95.0, 97.5, 99.0, 99.9};
        auto const value = number(i);
        if (!value || !is_one_of(usual, *value) || word(i + 1) != "%" || !number(i + 2) || tokens_[i + 2].joined ||
            tokens_[i + 2].before == Mark::dash)
            return std::nullopt;
        return std::pair{*value / 100.0, i + 2};
    }

    /// Two bounds from token i on: "1.5-54.7", "1.09 to 1.32", "0.29, 0.82", with units between.
    std::optional<Interval> bounds(std::size_t i) const {
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

    /// Behind "p = 0.01", "p value 0.01"; the token itself where no number follows.
    std::size_t behind_p_value(std::size_t at) const {
        auto value = at + 1;
        if (word(value) == "value") ++value;
        if (word(value) == "for") value += 2;  // "p for trend"
        return number(value) ? value + 1 : at;
    }

    bool is_p_value(std::size_t i) const {
        for (auto at = i; at > 0 && i - at < 4;)
            if (word(--at) == "p") return behind_p_value(at) == i + 1;
        return false;
    }

    /// The interval that follows an estimate.
    std::optional<Interval> interval(std::size_t i) const {
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
            for (auto again = repeated_level(from); again && from < at + max_interval_words;
                 again = repeated_level(from)) {
                share = again->first;
                from = again->second;
            }
            auto found = bounds(from);
            if (found) found->level = share;
            return found;
        }
        return std::nullopt;
    }

    void use(std::size_t first, std::size_t behind) {
        for (auto i = first; i < behind && i < used_.size(); ++i)
            used_[i] = true;
    }

    void add_effect(std::string const& name, std::size_t first, std::size_t estimate,
                    std::optional<Interval> const& range) {
        Quantity quantity;
        quantity.measure = name;
        quantity.estimate = *number(estimate);
        auto before = estimate;
        quantity.comparator = comparator_before(estimate, before);
        quantity.outside_interval = range && (quantity.estimate < range->low || quantity.estimate > range->high);
        auto behind = estimate + 1;
        if (range) {
            quantity.ci_low = range->low;
            quantity.ci_high = range->high;
            quantity.ci_level = range->level;
            behind = range->next;
        }
        quantity.adjustment = adjustment_of(first, estimate, behind);
        quantity.text = std::string(text_.substr(tokens_[first].begin, tokens_[behind - 1].end - tokens_[first].begin));
        use(first, behind);
        found_.emplace(tokens_[first].begin, std::move(quantity));
    }

    /// What token i says of adjustment: "adjusted", "crude", or nothing (empty).
    std::string_view adjustment_at(std::size_t i) const {
        static constexpr std::array<std::string_view, 4> crude = {"unadjusted", "univariate", "univariable",
                                                                  "bivariate"};
        static constexpr std::array<std::string_view, 4> adjusted = {"multivariable", "multivariate", "multivariately",
                                                                     "multivariably"};
        auto const w = word(i);
        if (w.empty()) return {};
        if (is_one_of(crude, w)) return "crude";
        if (is_one_of(adjusted, w)) return "adjusted";
        if (w == "crude" || w == "adj") return is_measure_near(i) ? (w == "adj" ? "adjusted" : "crude") : "";
        bool const is_about_others =
            (w == "adjusted" || w == "adjustment" || w == "adjusting" || w == "controlling" || w == "controlled") &&
            (word(i + 1) == "for" || (w == "adjusted" && is_measure_near(i)));
        if (!is_about_others) return {};
        bool const denied = i > 0 && (word(i - 1) == "not" || word(i - 1) == "without" || word(i - 1) == "before" ||
                                      word(i - 1) == "non");
        return denied ? "crude" : "adjusted";
    }

    bool is_measure_near(std::size_t i) const {
        for (auto at = i + 1; at < tokens_.size() && at <= i + max_to_adjusted; ++at)
            if (measure(at) || !glued_name(at).empty()) return true;
        return false;
    }

    /// The name itself says it, else words up to the estimate, else words right behind the interval, else what the
    /// sentence said last before.
    std::string adjustment_of(std::size_t first, std::size_t estimate, std::size_t behind) {
        std::string_view found;
        for (; framed_ < first; ++framed_)
            if (auto const said = adjustment_at(framed_); !said.empty()) frame_ = said;
        for (auto i = first; i <= estimate; ++i) {
            if (auto const name = short_name(i); name && *name->adjustment != 0) found = name->adjustment;
            if (auto const said = adjustment_at(i); !said.empty()) found = said;
            if (i > first && i < estimate && measure(i - 1) &&
                (word(i) == "a" || word(i) == "adj" || word(i) == "adjusted"))
                found = "adjusted";  // "OR(adj)", "HR [a]"
        }
        if (found.empty()) found = adjustment_behind(behind);
        return std::string(found.empty() ? frame_ : found);
    }

    /// "1.4 (1.1-1.8) after adjustment for age", unless another effect follows that these words may introduce.
    std::string_view adjustment_behind(std::size_t behind) const {
        std::string_view found;
        for (auto i = behind; i < tokens_.size() && i < behind + max_to_adjusted && found.empty(); ++i) {
            if (measure(i) || (tokens_[i].before == Mark::semicolon && i > behind)) return {};
            if (word(i) != "adjusted" || word(i + 1) == "for") found = adjustment_at(i);
        }
        for (auto i = behind; !found.empty() && i < tokens_.size() && i < behind + max_to_share; ++i)
            if (measure(i)) return {};
        return found;
    }

    void effects() {
        std::string last;
        for (std::size_t i = 0; i < tokens_.size();) {
            if (is_coefficient(i)) last.clear();
            if (auto const name = glued_name(i); !name.empty()) {
                last = name;
                auto range = interval(i + 1);
                if (!range) range = bare_interval(i);
                add_effect(last, i, i, range);
                i = range ? range->next : i + 1;
                continue;
            }
            auto const named = measure(i);
            if (!named) {
                if (auto const stated = interval_before_measure(i)) {
                    i = *stated;
                    continue;
                }
                // A further estimate of the measure named before: "… and 2.0 (95% CI 1.3-2.9)".
                auto const range = last.empty() || !number(i) || is_p_value(i) || level(i) || word(i + 1) == "%"
                                       ? std::nullopt
                                       : interval_close(i);
                if (range) {
                    add_effect(last, i, i, range);
                    i = range->next;
                } else {
                    ++i;
                }
                continue;
            }
            last = named->first;
            i = effect(i, named->first, named->second);
        }
    }

    /// The interval right behind the number at i, with no words of the sentence in between.
    std::optional<Interval> interval_close(std::size_t i) const {
        if (level(i + 1) || is_interval_word(i + 1)) return interval(i + 1);
        for (auto at = i + 2; at <= i + 1 + max_unit_words && at < tokens_.size() && !number(at - 1); ++at)
            if (level(at)) return interval(at);  // "10.0 points, 95% CI 1.0 to 19.1"
        bool const continues =
            i > 0 && (tokens_[i].opens > 0 || word(i - 1) == "and" || tokens_[i].before == Mark::comma);
        if (tokens_[i].joined || (!continues && !looks_like_effect(i))) return std::nullopt;
        return bare_interval(i);
    }

    /// "1.4 (1.1-1.8)" within a sentence that gave an effect before: decimals throughout, bounds in brackets, and no word
    /// that says that it is something else.
    bool looks_like_effect(std::size_t i) const {
        static constexpr std::array<std::string_view, 10> others = {"median", "mean", "average", "averages", "age",
                                                                    "range",  "sd",   "se",      "iqr",      "score"};
        for (std::size_t back = 1; back <= 3 && back <= i; ++back)
            if (is_one_of(others, word(i - back))) return false;
        auto const has_decimals = [&](std::size_t at) { return word(at).find_first_of(".,\xc2") != std::string::npos; };
        return i + 2 < tokens_.size() && tokens_[i + 1].opens > 0 && has_decimals(i) && has_decimals(i + 1);
    }

    /// A regression coefficient, which is none of our measures.
    bool is_coefficient(std::size_t i) const {
        static constexpr std::array<std::string_view, 6> names = {"coefficient", "coefficients", "beta",
                                                                  "\u03b2",      "slope",        "r"};
        return is_one_of(names, word(i));
    }

    /// "0.73, 0.53-0.99", "0.42 [-0.08 to 0.93]" and "0.42 [95%: 0.1-0.9]": bounds that nothing calls an interval, on both
    /// sides of the number.
    std::optional<Interval> bare_interval(std::size_t i) const {
        auto const estimate = number(i);
        auto const stated = estimate ? repeated_level(i + 1) : std::nullopt;
        auto const from = stated ? stated->second : i + 1;
        auto const low = number(from);
        if (!estimate || !low) return std::nullopt;
        auto const& apart = tokens_[i + 1];
        if (apart.before != Mark::comma && apart.before != Mark::semicolon && apart.opens == 0) return std::nullopt;
        auto const at = from + (word(from + 1) == "to" ? 2 : 1);
        auto const high = number(at);
        if (!high || tokens_[at].closes > 0 || word(at + 1) == "%") return std::nullopt;
        bool const is_bracketed = apart.opens > 0 && tokens_[at].before != Mark::none &&
                                  (at + 1 == tokens_.size() || tokens_[at + 1].closes > 0);
        bool const is_range = at == from + 2 || tokens_[at].joined || tokens_[at].before == Mark::dash || is_bracketed;
        if (!is_range || *low >= *estimate || *estimate >= *high) return std::nullopt;
        return Interval{*low, *high, stated ? std::optional(stated->first) : std::nullopt, at + 1};
    }

    /// "95 % confidence interval 0.4 to 1.5, odds ratio = 0.75": the interval comes first. Returns the token behind.
    std::optional<std::size_t> interval_before_measure(std::size_t i) {
        if (!level(i) && !is_interval_word(i)) return std::nullopt;
        auto const range = interval(i);
        if (!range || range->next >= tokens_.size()) return std::nullopt;
        auto const named = measure(range->next);
        if (!named) return std::nullopt;
        auto at = named->second;
        while (word(at) == "of" || word(at) == "was")
            ++at;
        if (!number(at) || tokens_[at].opens > 0 || level(at) || interval(at + 1)) return std::nullopt;
        add_effect(named->first, i, at, Interval{range->low, range->high, range->level, at + 1});
        return at + 1;
    }

    /// "OR 1=1" is a condition of a program, and no odds ratio.
    [[nodiscard]] bool is_equated(std::size_t at) const {
        auto const next = text_.find_first_not_of(" '\"", tokens_[at].end);
        return next != std::string_view::npos && text_[next] == '=';
    }

    /// One effect whose measure is named at `first`; returns where to go on.
    std::size_t effect(std::size_t first, std::string name, std::size_t at) {
        std::optional<double> share;
        bool range_first = false;
        for (std::size_t skipped = 0; at < tokens_.size() && skipped <= max_to_estimate;) {
            if (auto const again = measure(at)) {                        // "odds ratio (OR)"
                if (name == "IRR" && again->first == "RR") name = "RR";  // "rate ratio (RR)"
                if (name == "MD" && again->first == "SMD") name = "SMD";
                if (again->first != name) return at;
                at = again->second;
                continue;
            }
            if (auto const found = level(at)) {  // "OR (95% CI): 1.5 (1.2-1.9)"
                share = found->first;
                at = found->second;
                range_first = true;
                ++skipped;
                continue;
            }
            if (is_interval_word(at)) {
                at = behind_interval_words(at);
                range_first = true;
                ++skipped;
                continue;
            }
            if (word(at) == "p") return at + 1;
            bool const is_share = word(at + 1) == "%" && (name != "MD" || !interval(at + 1));
            if (!number(at) || is_share) {
                ++skipped;
                ++at;
                continue;
            }
            auto range = range_first ? bounds(at + 1) : interval(at + 1);
            if (!range && range_first) range = interval(at + 1);
            if (!range) range = bare_interval(at);
            if (range && !range->level) range->level = share;
            if (!range && !range_first)
                if (auto const behind = scattered_effects(name, first, at)) return *behind;
            if (!range && !states_value(first, at)) {  // "the odds ratio per 5 years"
                ++skipped;
                ++at;
                continue;
            }
            if (!range && (skipped > max_to_value || is_equated(at))) return at + 1;
            if (auto const later = range && !range_first ? later_estimate(first, at, *range) : std::nullopt) {
                ++skipped;
                at = *later;
                continue;
            }
            if (auto const behind = range_first || !range ? std::nullopt : listed_effects(name, first, at, *range))
                return *behind;
            add_effect(name, first, at, range);
            return range ? range->next : at + 1;
        }
        return at;
    }

    /// "per 5 years was 1.6 (95% CI 1.3-2.0)", at 5: the number behind it that the interval belongs to.
    std::optional<std::size_t> later_estimate(std::size_t first, std::size_t at, Interval const& range) const {
        static constexpr std::array<std::string_view, 6> glue = {"was", "were", "is", "are", "of", "equals"};
        if (states_value(first, at)) return std::nullopt;
        auto const lies_within = [&](std::size_t i) { return *number(i) >= range.low && *number(i) <= range.high; };
        for (auto i = at + 1; i < range.next && i <= at + max_to_interval; ++i) {
            if (level(i) || is_interval_word(i) || measure(i)) return std::nullopt;
            if (!number(i) || is_p_value(i) || word(i + 1) == "%" || !lies_within(i)) continue;
            if (!lies_within(at) || is_one_of(glue, word(i - 1))) return i;
        }
        return std::nullopt;
    }

    /// "1.5 and 2.0 (95% CI 1.2-1.9 and 1.4-2.9)": as many intervals as estimates, in their order. Returns the token
    /// behind; nothing is added where they do not pair up.
    std::optional<std::size_t> listed_effects(std::string const& name, std::size_t first, std::size_t estimate,
                                              Interval const& range) {
        std::vector<std::size_t> estimates{estimate};
        for (auto at = estimate + 1; estimates.size() < max_listed; ++at) {
            if (word(at) == "and") ++at;
            if (!number(at) || level(at) || word(at + 1) == "%" || tokens_[at].opens > 0 || tokens_[at].joined) break;
            estimates.push_back(at);
        }
        if (estimates.size() == 1) return std::nullopt;
        auto const ranges = intervals_from(range, estimates.size());
        return ranges.empty() ? std::nullopt : std::optional(add_listed(name, first, estimates, ranges));
    }

    /// "1.6 for men and 1.2 for women (95% CI 1.3-2.0 and 1.0-1.5)", at 1.6: the same with words between, where each
    /// estimate lies in its interval.
    std::optional<std::size_t> scattered_effects(std::string const& name, std::size_t first, std::size_t estimate) {
        std::vector<std::size_t> estimates{estimate};
        auto at = estimate + 1;
        for (std::size_t between = 0; at < tokens_.size() && !level(at) && !is_interval_word(at); ++at) {
            if (measure(at) || word(at) == "p" || tokens_[at].opens > 0 || word(at + 1) == "%") return std::nullopt;
            bool const is_next = number(at) && !tokens_[at].joined;
            between = is_next ? 0 : between + 1;
            if (is_next) estimates.push_back(at);
            if (between > max_to_next || estimates.size() > max_listed) return std::nullopt;
        }
        auto const range = at < tokens_.size() && estimates.size() > 1 ? interval(at) : std::nullopt;
        if (!range) return std::nullopt;
        auto const ranges = intervals_from(*range, estimates.size());
        for (std::size_t i = 0; i < ranges.size(); ++i)
            if (*number(estimates[i]) < ranges[i].low || *number(estimates[i]) > ranges[i].high) return std::nullopt;
        return ranges.empty() ? std::nullopt : std::optional(add_listed(name, first, estimates, ranges));
    }

    /// `first` and the intervals behind it, n in all; none where they are fewer.
    std::vector<Interval> intervals_from(Interval const& first, std::size_t n) const {
        std::vector<Interval> ranges{first};
        while (ranges.size() < n) {
            auto at = ranges.back().next;
            for (auto const end = at + max_interval_words;
                 at < end && (word(at) == "and" || is_interval_word(at) || level(at));)
                at = level(at) ? level(at)->second : at + 1;
            auto next = number(at) ? bounds(at) : std::nullopt;
            if (!next) return {};
            next->level = first.level;
            ranges.push_back(*next);
        }
        return ranges;
    }

    std::size_t add_listed(std::string const& name, std::size_t first, std::vector<std::size_t> const& estimates,
                           std::vector<Interval> const& ranges) {
        for (std::size_t i = 0; i < estimates.size(); ++i)
            add_effect(name, i == 0 ? first : estimates[i], estimates[i], ranges[i]);
        return ranges.back().next;
    }

    /// Without an interval a number must stand right behind the measure: "OR 2.5", "an odds ratio of 2.5".
    bool states_value(std::size_t first, std::size_t at) const {
        static constexpr std::array<std::string_view, 5> glue = {"of", "was", "is", "equal", "to"};
        auto from = measure(first)->second;
        while (from < at && (is_one_of(glue, word(from)) || measure(from)))
            ++from;
        return from == at;
    }

    /// "5" for "one in five".
    static std::string format_count(double count) { return std::to_string(static_cast<int>(count)); }

    std::string comparator_before(std::size_t i, std::size_t& first) {
        if (!context_) context_.emplace(tokens_, lexicon_);
        for (auto const& hit : context_->hits())
            if (hit.rule->kind == RuleKind::comparator && hit.match.last + 1 == i) {
                first = std::min<std::size_t>(first, hit.match.first);
                return hit.rule->value;
            }
        return "=";
    }

    /// "of students taking it", "of all users" and "of the 340 users", without the number: up to a verb, a comma or the
    /// end of the clause.
    std::string population(std::size_t i) {
        if (word(i) != "of" && word(i) != "in" && word(i) != "among") return {};
        if (auto const counted = counted_by(i))
            i = *counted;
        else if (number(i + 1))
            return {};  // "in 2020"
        if (!context_) context_.emplace(tokens_, lexicon_);
        auto last = i;
        bool behind_relative = false;  // "those who worked at night reported"
        for (auto at = i + 1; at < tokens_.size() && at <= i + max_population_words; ++at) {
            bool const is_relative = word(at - 1) == "who" || word(at - 1) == "that" || word(at - 1) == "which";
            bool const is_verb =
                !opens_noun_phrase(at - 1) && (context_->at(at, RuleKind::verb) || context_->at(at, RuleKind::hedge) ||
                                               is_past_verb(at, i, behind_relative));
            if (tokens_[at].before != Mark::none || (!is_relative && context_->clause(at) != context_->clause(i)) ||
                (!is_relative && is_verb))
                break;
            behind_relative |= is_relative;
            last = at;
        }
        if (last == i || (last == i + 1 && is_determiner(last))) return {};
        return std::string(text_.substr(tokens_[i + 1].begin, tokens_[last].end - tokens_[i + 1].begin));
    }

    /// "of the falls": what follows is no verb.
    bool opens_noun_phrase(std::size_t at) const {
        static constexpr std::array<std::string_view, 9> openers = {"the", "a",   "an",  "our",  "their",
                                                                    "its", "his", "her", "these"};
        return is_one_of(openers, word(at));
    }

    /// Names nobody by itself.
    bool is_determiner(std::size_t at) const {
        static constexpr std::array<std::string_view, 8> others = {"all",  "any",  "each", "some",
                                                                   "such", "this", "that", "those"};
        return opens_noun_phrase(at) || is_one_of(others, word(at));
    }

    /// "30% of users reported low mood": a past tense behind a plural; "users treated with it" is none.
    bool is_past_verb(std::size_t at, std::size_t of, bool behind_relative) const {
        static constexpr std::array<std::string_view, 14> participles_go_on = {
            "with", "by", "in", "to", "for", "at", "from", "on", "as", "within", "under", "after", "before", "during"};
        static constexpr std::array<std::string_view, 5> plurals = {"people", "men", "women", "children", "those"};
        static constexpr std::array<std::string_view, 8> irregular = {"had",  "said", "felt", "slept",
                                                                      "fell", "got",  "went", "did"};
        if (at < of + 2) return false;
        auto const before = word(at - 1);
        if (!behind_relative && !before.ends_with('s') && !is_one_of(plurals, before)) return false;
        if (is_one_of(irregular, word(at))) return true;
        return word(at).size() > 4 && word(at).ends_with("ed") && !is_one_of(participles_go_on, word(at + 1));
    }

    /// The number in "of [the] 340 users" at i; percentages are no numbers of people.
    std::optional<std::size_t> counted_by(std::size_t i) const {
        if (word(i) != "of" && word(i) != "among" && word(i) != "in") return std::nullopt;
        auto const at = word(i + 1) == "the" || word(i + 1) == "all" || word(i + 1) == "our" ? i + 2 : i + 1;
        auto const count = number(at);
        bool const is_count = count && *count >= 2.0 && *count == std::floor(*count) && word(at + 1) != "%" &&
                              word(at + 1) != "percent" && word(at + 1) != "per" && !is_year(i, at, *count);
        return is_count ? std::optional(at) : std::nullopt;
    }

    bool is_year(std::size_t i, std::size_t at, double count) const {
        return word(i) == "in" && at == i + 1 && count >= 1800.0 && count < 2100.0;
    }

    /// What a share is taken of: the number, and the token of the first word that names who was counted.
    struct Whole {
        std::size_t number = 0, named = 0;
    };

    /// "12 of 340 users (3.5 %)" and "12/340 (3.5 %)", where both numbers make that share.
    std::optional<Whole> whole_before(std::size_t first, double percent) const {
        if (tokens_[first].opens == 0) return std::nullopt;
        auto const lowest = first > max_population_words + 2 ? first - max_population_words - 2 : 1;
        for (auto at = first; at-- > lowest;) {
            auto const whole = number(at);
            if (!whole || *whole < 2.0) continue;
            auto part = at - 1;
            bool const is_fraction = text_.substr(tokens_[part].end, tokens_[at].begin - tokens_[part].end) == "/";
            while (!is_fraction && part > 0 && (word(part) == "the" || word(part) == "of" || word(part) == "out"))
                --part;
            auto const some = number(part);
            if (some && (is_fraction || part + 1 < at) && std::abs(100.0 * *some / *whole - percent) < 1.0)
                return Whole{at, at + 1 < first ? at + 1 : 0};
            return std::nullopt;
        }
        return std::nullopt;
    }

    /// "3.5 % (12/340)", "3.5 % (12 of 340)".
    std::optional<Whole> whole_behind(std::size_t behind, double percent) const {
        if (behind + 1 >= tokens_.size() || tokens_[behind].opens == 0) return std::nullopt;
        auto const at = word(behind + 1) == "of" ? behind + 2 : behind + 1;
        auto const some = number(behind), whole = number(at);
        if (!some || !whole || *whole < 2.0 || std::abs(100.0 * *some / *whole - percent) >= 1.0) return std::nullopt;
        return Whole{at, 0};
    }

    /// "Of the 250 patients, 30 % slept badly."
    std::optional<Whole> whole_of_clause(std::size_t first) const {
        for (auto i = first; i-- > 0 && first - i <= max_to_share;) {
            if (tokens_[i].before > Mark::comma) return std::nullopt;
            bool const leads = i == 0 || tokens_[i].before == Mark::comma || word(i - 1) == "and";
            auto const at = word(i) == "in" || !leads ? std::nullopt : counted_by(i);
            if (at)
                return *at + 1 < first && tokens_[*at + 1].before == Mark::none ? std::optional(Whole{*at, *at + 1})
                                                                                : std::nullopt;
        }
        return std::nullopt;
    }

    void set_whole(Quantity& quantity, std::size_t first, std::size_t behind) {
        auto const counted = counted_by(behind);
        auto whole = counted ? std::optional(Whole{*counted, 0}) : whole_before(first, quantity.estimate);
        if (!whole) whole = whole_behind(behind, quantity.estimate);
        if (!whole && quantity.population.empty()) whole = whole_of_clause(first);
        if (!whole) return;
        quantity.denominator = std::string(raw(whole->number));
        if (whole->named != 0 && quantity.population.empty()) quantity.population = words_up_to(whole->named, first);
    }

    /// From token `at` to the next mark or verb, not further than before token `end`.
    std::string words_up_to(std::size_t at, std::size_t end) {
        if (!context_) context_.emplace(tokens_, lexicon_);
        auto last = at;
        while (last + 1 < end && last < at + max_population_words && tokens_[last + 1].before == Mark::none &&
               tokens_[last + 1].opens == 0 && !context_->at(last + 1, RuleKind::verb))
            ++last;
        return std::string(text_.substr(tokens_[at].begin, tokens_[last].end - tokens_[at].begin));
    }

    void add_share(std::size_t first, std::size_t behind, double percent, std::string comparator) {
        Quantity quantity;
        quantity.measure = "%";
        quantity.estimate = percent;
        quantity.comparator = std::move(comparator);
        quantity.population = population(behind);
        set_whole(quantity, first, behind);
        quantity.text = std::string(text_.substr(tokens_[first].begin, tokens_[behind - 1].end - tokens_[first].begin));
        found_.emplace(tokens_[first].begin, std::move(quantity));
        use(first, behind);
    }

    void percentages() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (used_[i]) continue;
            if (one_in(i)) continue;
            auto const value = number(i);
            if (!value) continue;
            auto behind = i + 1;
            if (word(behind) == "%" || word(behind) == "percent")
                ++behind;
            else if (word(behind) == "per" && word(behind + 1) == "cent")
                behind += 2;
            else
                continue;
            if (is_interval_word(behind)) continue;
            auto first = i;
            if (i > 0 && !used_[i - 1] && number(i - 1) && tokens_[i].begin - tokens_[i - 1].end <= 4 &&
                (tokens_[i].joined || tokens_[i].before == Mark::dash)) {  // "10-20%": no single number
                add_share(i - 1, i, *number(i - 1), "at least");
                add_share(i, behind, std::abs(*value), "up to");
                continue;
            }
            auto const comparator = comparator_before(i, first);
            add_share(first, behind, *value, comparator);
        }
    }

    /// "one in five", "1 in 5".
    bool one_in(std::size_t i) {
        static constexpr std::array<std::string_view, 10> small = {"one", "two",   "three", "four", "five",
                                                                   "six", "seven", "eight", "nine", "ten"};
        auto const count = [&](std::size_t at) -> std::optional<double> {
            auto const named = std::find(small.begin(), small.end(), word(at));
            if (named != small.end()) return static_cast<double>(named - small.begin() + 1);
            return number(at);
        };
        auto const part = count(i);
        if (!part || word(i + 1) != "in" || !count(i + 2) || word(i + 3) == "%") return false;
        auto const whole = *count(i + 2);
        if (*part < 1.0 || whole <= *part || whole > 1000.0 || tokens_[i + 1].before != Mark::none ||
            (number(i) && *part > 10.0))
            return false;
        auto first = i;
        auto const comparator = comparator_before(i, first);
        auto const behind = i + 3;
        add_share(first, behind, 100.0 * *part / whole, comparator);
        auto& quantity = found_.find(tokens_[first].begin)->second;
        quantity.denominator = format_count(whole);
        if (quantity.population.empty() && behind < tokens_.size() && tokens_[behind].before == Mark::none)
            quantity.population = std::string(raw(behind));
        return true;
    }

    std::string_view text_;
    Lexicon const& lexicon_;
    Tokens tokens_;
    std::vector<bool> used_;
    std::optional<SentenceContext> context_;
    std::map<std::size_t, Quantity> found_;  ///< by place
    std::string_view frame_;                 ///< what the sentence said last of adjustment, before token framed_
    std::size_t framed_ = 0;
};

}  // namespace

bool may_hold_quantities(std::string_view sentence, Tokens const& tokens) {
    auto const is_count = [&](std::size_t i) {
        if (i >= tokens.size()) return false;
        auto const& token = tokens[i];
        return has_digit_at(token.text, 0) || hint_of(token) == static_cast<std::uint32_t>(Hint::small_number);
    };
    bool has_number = false, has_word = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        has_number |= has_digit_at(token.text, 0);
        if (has_digit_at(token.text, token.text.size() - 1) && !has_digit_at(token.text, 0)) return true;  // "RR1.23"
        auto const hint = hint_of(token);
        if (hint == WordTable::none) continue;
        switch (static_cast<Hint>(hint)) {
            case Hint::share:
            case Hint::measure: has_word = true; break;
            case Hint::short_measure:
                has_word |= has_capital(sentence.substr(token.begin, token.end - token.begin));
                break;
            case Hint::in:
                if (i > 0 && is_count(i - 1) && is_count(i + 1)) return true;
                break;
            case Hint::small_number:
            case Hint::measure_start: break;
        }
    }
    return has_number && has_word;
}

std::vector<Quantity> quantities_in(std::string_view sentence, Lexicon const& lexicon) {
    return QuantityReader(sentence, lexicon).read();
}

}  // namespace dossier
