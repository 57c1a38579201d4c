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

constexpr std::array<std::string_view, 6> short_names = {"IRR", "OR", "HR", "RR", "PR", "MD"};
constexpr std::size_t max_population_words = 6;
constexpr std::size_t max_to_estimate = 12;  // words between the name of a measure and its estimate
constexpr std::size_t max_to_share = 40;     // words between "of the 250 patients" and the share
constexpr std::size_t max_listed = 6;        // estimates before their intervals
constexpr std::size_t max_unit_words = 2;    // "points", "mm Hg", between a number and its interval
constexpr std::size_t max_to_value = 6;      // the same where no interval confirms that the number is one
constexpr std::size_t max_to_interval = 5;   // words between an estimate and its interval
constexpr std::size_t max_to_bound = 3;      // words between the bounds of an interval

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
    for (auto const* word : {"incidence", "incident", "rate", "odds", "hazard", "hazards", "risk", "prevalence", "mean",
                             "incidences", "incidents", "rates", "oddss", "hazardss", "risks", "prevalences", "means"})
        add(word, Hint::measure_start);
    for (std::string const prefix : {"", "a", "adj", "c", "s", "w"})
        for (std::string const name : {"irr", "or", "hr", "rr", "pr", "md"})
            for (auto const* ending : {"", "s"})
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
        for (std::size_t k = 0; k < text.size(); ++k) {
            if (text.compare(k, 2, "\u00b7") == 0) {
                digits += '.';
                ++k;
            } else if (text[k] != ',') {
                digits += text[k];
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

    /// "RR1.23": the short name that is written together with its number; empty: none.
    std::string_view glued_name(std::size_t i) const {
        auto const name = raw(i).substr(0, raw(i).starts_with("IRR") ? 3 : 2);
        bool const is_glued = raw(i).size() > name.size() && is_one_of(short_names, name) &&
                              raw(i)[name.size()] >= '0' && raw(i)[name.size()] <= '9';
        return is_glued ? name : std::string_view();
    }

    /// ".80": the point stands before the token, and nothing before the point.
    bool lacks_zero(std::size_t i) const {
        auto const begin = tokens_[i].begin;
        if (begin == 0 || text_[begin - 1] != '.') return false;
        auto const c = begin == 1 ? ' ' : text_[begin - 2];
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ')');
    }

    /// A minus is a sign, not the hyphen of a range, unless a number or a word stands right before it.
    bool is_negative(std::size_t i) const {
        auto const begin = tokens_[i].begin - (lacks_zero(i) ? 1 : 0);
        auto const before = text_.substr(0, begin);
        std::size_t length = 0;
        for (std::string_view const minus : {"-", "\u2212", "\u2013", "\u2010"})
            if (before.ends_with(minus)) length = minus.size();
        if (length == 0) return false;
        if (begin == length) return true;
        auto const c = text_[begin - length - 1];
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%') &&
               !(c == ' ' && i > 0 && number_text(i - 1) && text_[begin - 1] != '-' && spaced(begin));
    }
    bool number_text(std::size_t i) const {
        return !tokens_[i].text.empty() && tokens_[i].text[0] >= '0' && tokens_[i].text[0] <= '9';
    }
    bool spaced(std::size_t begin) const { return begin > 0 && text_[begin - 1] == ' '; }

    /// The measure named at token i, and the token behind its name.
    std::optional<std::pair<std::string, std::size_t>> measure(std::size_t i) const {
        struct Name {
            std::array<std::string_view, 3> words;
            char const* measure;
        };
        if (i >= tokens_.size() || !starts_measure(tokens_[i])) return std::nullopt;
        static constexpr Name names[] = {
            {{"incidence", "rate", "ratio"}, "IRR"}, {{"incident", "rate", "ratio"}, "IRR"},
            {{"rate", "ratio", ""}, "IRR"},          {{"odds", "ratio", ""}, "OR"},
            {{"hazard", "ratio", ""}, "HR"},         {{"hazards", "ratio", ""}, "HR"},
            {{"risk", "ratio", ""}, "RR"},           {{"relative", "risk", ""}, "RR"},
            {{"prevalence", "ratio", ""}, "PR"},     {{"mean", "difference", ""}, "MD"},
            {{"relative", "rate", ""}, "RR"},        {{"mean", "differences", ""}, "MD"}};
        for (auto const& name : names) {
            std::size_t at = i;
            bool same = true;
            for (auto const& part : name.words)
                if (!part.empty()) {
                    auto const here = word(at++);
                    same &= here == part ||
                            (here.size() == part.size() + 1 && here.starts_with(part) && here.back() == 's');
                }
            if (same) return std::pair{std::string(name.measure), at};
        }
        auto name = raw(i);
        if (name.size() > 2 && name.back() == 's') name.remove_suffix(1);
        for (auto const prefix : {"a", "A", "adj", "c", "s", "W"})
            for (auto const known : short_names)
                if (name == known || name == std::string(prefix) + std::string(known))
                    return std::pair{std::string(known), i + 1};
        return std::nullopt;
    }

    bool is_interval_word(std::size_t i) const {
        auto const w = word(i);
        return w == "ci" || w == "cis" || w == "cri" || w == "confidence" || w == "credible" || w == "ic" ||
               (w == "c" && word(i + 1) == "i") || (w == "i" && i > 0 && word(i - 1) == "c");
    }

    /// "95 % CI" at token i; returns the token behind it.
    std::optional<std::pair<double, std::size_t>> level(std::size_t i) const {
        if (word(i) == "ci95") return std::pair{0.95, word(i + 1) == "%" ? i + 2 : i + 1};
        auto const value = number(i);
        if (!value || *value < 50.0 || *value >= 100.0) return std::nullopt;
        auto at = i + 1;
        if (word(at) == "%")
            ++at;
        else if (word(at) == "percent" || word(at) == "per")
            at += word(at) == "per" ? 2 : 1;
        if (!is_interval_word(at)) return std::nullopt;
        return std::pair{*value / 100.0, behind_interval_words(at)};
    }

    std::size_t behind_interval_words(std::size_t at) const {
        while (is_interval_word(at) || word(at) == "interval" || word(at) == "intervals" || word(at) == "limits")
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
            if (measure(at) || word(at) == "p") return std::nullopt;
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
        auto const value = word(at + 1) == "value" ? at + 2 : at + 1;
        return number(value) ? value + 1 : at;
    }

    bool is_p_value(std::size_t i) const {
        return i > 0 && (word(i - 1) == "p" || (i > 1 && word(i - 1) == "value" && word(i - 2) == "p"));
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
            while (auto const again = repeated_level(from)) {
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
        quantity.outside_interval = range && (quantity.estimate < range->low || quantity.estimate > range->high);
        auto behind = estimate + 1;
        if (range) {
            quantity.ci_low = range->low;
            quantity.ci_high = range->high;
            quantity.ci_level = range->level;
            behind = range->next;
        }
        quantity.text = std::string(text_.substr(tokens_[first].begin, tokens_[behind - 1].end - tokens_[first].begin));
        use(first, behind);
        found_.emplace(tokens_[first].begin, std::move(quantity));
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
        return continues && !tokens_[i].joined ? bare_interval(i) : std::nullopt;
    }

    /// A regression coefficient, which is none of our measures.
    bool is_coefficient(std::size_t i) const {
        static constexpr std::array<std::string_view, 6> names = {"coefficient", "coefficients", "beta",
                                                                  "\u03b2",      "slope",        "r"};
        return is_one_of(names, word(i));
    }

    /// "0.73, 0.53-0.99" and "0.42 [-0.08 to 0.93]": bounds that nothing calls an interval, on both sides of the number.
    std::optional<Interval> bare_interval(std::size_t i) const {
        auto const estimate = number(i), low = number(i + 1);
        if (!estimate || !low || (tokens_[i + 1].before != Mark::comma && tokens_[i + 1].opens == 0))
            return std::nullopt;
        auto const at = i + (word(i + 2) == "to" ? 3 : 2);
        auto const high = number(at);
        if (!high || tokens_[at].closes > 0 || word(at + 1) == "%") return std::nullopt;
        bool const is_bracketed = tokens_[i + 1].opens > 0 && tokens_[at].before != Mark::none &&
                                  (at + 1 == tokens_.size() || tokens_[at + 1].closes > 0);
        bool const is_range = at == i + 3 || tokens_[at].joined || tokens_[at].before == Mark::dash || is_bracketed;
        if (!is_range || *low >= *estimate || *estimate >= *high) return std::nullopt;
        return Interval{*low, *high, std::nullopt, at + 1};
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

    /// One effect whose measure is named at `first`; returns where to go on.
    std::size_t effect(std::size_t first, std::string const& name, std::size_t at) {
        std::optional<double> share;
        bool range_first = false;
        for (std::size_t skipped = 0; at < tokens_.size() && skipped <= max_to_estimate;) {
            if (auto const again = measure(at)) {  // "odds ratio (OR)"
                if (again->first != name && !(name == "IRR" && again->first == "RR")) return at;
                at = again->second;
                continue;
            }
            if (auto const found = level(at)) {  // "OR (95% CI): 1.5 (1.2-1.9)"
                share = found->first;
                at = found->second;
                range_first = true;
                continue;
            }
            if (is_interval_word(at)) {
                at = behind_interval_words(at);
                range_first = true;
                continue;
            }
            if (word(at) == "p") return at + 1;
            if (!number(at) || word(at + 1) == "%") {
                ++skipped;
                ++at;
                continue;
            }
            auto range = range_first ? bounds(at + 1) : interval(at + 1);
            if (!range && range_first) range = interval(at + 1);
            if (!range) range = bare_interval(at);
            if (range && !range->level) range->level = share;
            if (!range && (skipped > max_to_value || !states_value(first, at))) return at + 1;
            if (auto const behind = range_first || !range ? std::nullopt : listed_effects(name, first, at, *range))
                return *behind;
            add_effect(name, first, at, range);
            return range ? range->next : at + 1;
        }
        return at;
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
        std::vector<Interval> ranges{range};
        while (ranges.size() < estimates.size()) {
            auto at = ranges.back().next;
            while (word(at) == "and" || is_interval_word(at) || level(at))
                at = level(at) ? level(at)->second : at + 1;
            auto next = number(at) ? bounds(at) : std::nullopt;
            if (!next) return std::nullopt;
            next->level = range.level;
            ranges.push_back(*next);
        }
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
        for (auto at = i + 1; at < tokens_.size() && at <= i + max_population_words; ++at) {
            if (tokens_[at].before != Mark::none || context_->clause(at) != context_->clause(i) ||
                context_->at(at, RuleKind::verb) || context_->at(at, RuleKind::hedge))
                break;
            last = at;
        }
        if (last == i) return {};
        return std::string(text_.substr(tokens_[i + 1].begin, tokens_[last].end - tokens_[i + 1].begin));
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
