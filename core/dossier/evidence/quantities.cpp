#include "dossier/evidence/quantities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "dossier/evidence/context.hpp"

namespace dossier {

namespace {

constexpr std::size_t max_population_words = 6;
constexpr std::size_t max_to_estimate = 6;  // words between the name of a measure and its estimate
constexpr std::size_t max_to_interval = 5;  // words between an estimate and its interval
constexpr std::size_t max_to_bound = 3;     // words between the bounds of an interval

template <typename Values, typename Value>
bool is_one_of(Values const& words, Value const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
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
        auto const& text = tokens_[i].text;
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
        static constexpr std::string_view short_names[] = {"IRR", "OR", "HR", "RR", "PR", "MD"};
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
        return w == "ci" || w == "cis" || w == "cri" || w == "confidence" || w == "credible" || w == "ic" || w == "c.i";
    }

    /// "95 % CI" at token i; returns the token behind it.
    std::optional<std::pair<double, std::size_t>> level(std::size_t i) const {
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

    /// The interval that follows an estimate.
    std::optional<Interval> interval(std::size_t i) const {
        for (auto at = i; at < tokens_.size() && at <= i + max_to_interval; ++at) {
            if (measure(at) || word(at) == "p") return std::nullopt;
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
            auto const named = measure(i);
            if (!named) {
                // A further estimate of the measure named before: "… and 2.0 (95% CI 1.3-2.9)".
                auto const range =
                    last.empty() || !number(i) || level(i) || word(i + 1) == "%" ? std::nullopt : interval_close(i + 1);
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

    /// The interval right behind the number, with no words of the sentence in between.
    std::optional<Interval> interval_close(std::size_t i) const {
        if (level(i) || is_interval_word(i)) return interval(i);
        return std::nullopt;
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
            if (range && !range->level) range->level = share;
            if (!range && !states_value(first, at)) return at + 1;
            add_effect(name, first, at, range);
            return range ? range->next : at + 1;
        }
        return at;
    }

    /// Without an interval a number must stand right behind the measure: "OR 2.5", "an odds ratio of 2.5".
    bool states_value(std::size_t first, std::size_t at) const {
        static constexpr std::array<std::string_view, 5> glue = {"of", "was", "is", "equal", "to"};
        auto from = measure(first)->second;
        while (from < at && (is_one_of(glue, word(from)) || measure(from)))
            ++from;
        return from == at;
    }

    std::string comparator_before(std::size_t i, std::size_t& first) {
        if (!context_) context_.emplace(tokens_, lexicon_);
        for (auto const& hit : context_->hits())
            if (hit.rule->kind == RuleKind::comparator && hit.match.last + 1 == i) {
                first = std::min<std::size_t>(first, hit.match.first);
                return hit.rule->value;
            }
        return "=";
    }

    /// "of students taking it" and "of all users": up to a verb, a comma or the end of the clause.
    std::string population(std::size_t i) {
        if (word(i) != "of" && word(i) != "in" && word(i) != "among") return {};
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

    void add_share(std::size_t first, std::size_t behind, double percent, std::string comparator) {
        Quantity quantity;
        quantity.measure = "%";
        quantity.estimate = percent;
        quantity.comparator = std::move(comparator);
        quantity.population = population(behind);
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

std::vector<Quantity> quantities_in(std::string_view sentence, Lexicon const& lexicon) {
    return QuantityReader(sentence, lexicon).read();
}

}  // namespace dossier
