#include "dossier/evidence/quantities.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "dossier/evidence/context.hpp"
#include "dossier/evidence/quantity_words.hpp"

namespace dossier {

namespace {

constexpr std::size_t max_population_words = 6;
constexpr std::size_t max_to_estimate = 12;  // words between the name of a measure and its estimate
constexpr std::size_t max_to_share = 40;     // words between "of the 250 patients" and the share
constexpr std::size_t max_listed = 6;        // estimates before their intervals
constexpr std::size_t max_unit_words = 2;    // "points", "mm Hg", between a number and its interval
constexpr std::size_t max_to_value = 6;      // the same where no interval confirms that the number is one
constexpr std::size_t max_to_adjusted = 4;   // words between "adjusted" and the measure, or the interval and it
constexpr std::size_t max_to_next = 3;       // words between estimates whose intervals follow together

template <typename Values, typename Value>
bool is_one_of(Values const& words, Value const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "OR" is a measure, "or" is none.
bool has_capital(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Reads numbers and their company out of one sentence.
class QuantityReader : QuantityWords {
public:
    QuantityReader(std::string_view text, Lexicon const& lexicon)
        : QuantityWords(text), lexicon_(lexicon), used_(tokens_.size(), false) {}

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
            bool const is_share = (word(at + 1) == "%" || range_of_shares(at)) && (name != "MD" || !interval(at + 1));
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
            auto const behind = behind_percent(i + 1);
            if (auto const range = range_of_shares(i); range && !used_[range->high]) {  // "10-20%": no single number
                add_share(i, behind, *value, "at least");
                add_share(range->high, range->next, std::abs(*number(range->high)), "up to");
                continue;
            }
            if (behind == i + 1 || is_interval_word(behind)) continue;
            auto first = i;
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

    Lexicon const& lexicon_;
    std::vector<bool> used_;
    std::optional<SentenceContext> context_;
    std::map<std::size_t, Quantity> found_;  ///< by place
    std::string_view frame_;                 ///< what the sentence said last of adjustment, before token framed_
    std::size_t framed_ = 0;
};

}  // namespace

bool may_hold_quantities(std::string_view sentence, Tokens const& tokens) {
    auto const& hints = quantity_hints();
    auto const is_count = [&](Token const& token) {
        auto const hint = hints.find(token.text, token.hash);
        return has_digit_at(token.text, 0) || hint == static_cast<std::uint32_t>(Hint::small_number);
    };
    bool has_number = false, has_word = false;
    for (auto const& token : tokens) {
        bool const begins_in_digit = has_digit_at(token.text, 0);
        has_number |= begins_in_digit;
        if (!begins_in_digit && has_digit_at(token.text, token.text.size() - 1)) return true;  // "RR1.23"
        auto const hint = hints.find(token.text, token.hash);
        if (hint == WordTable::none) continue;
        switch (static_cast<Hint>(hint)) {
            case Hint::share:
            case Hint::measure: has_word = true; break;
            case Hint::short_measure:
                has_word |= has_capital(sentence.substr(token.begin, token.end - token.begin));
                break;
            case Hint::in:
                if (&token != tokens.begin() && &token + 1 != tokens.end() && is_count(*(&token - 1)) &&
                    is_count(*(&token + 1)))
                    return true;
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
