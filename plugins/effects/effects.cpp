// Effects: effect sizes of the articles, pooled where that is allowed, with a forest plot for each group; and every other
// number, with the reason why it is not pooled.
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "shared/wording.hpp"

namespace {

using dossier::Cell;
using dossier::Column;
using dossier::shared::counted;
using dossier::shared::number_shown;
using dossier::shared::or_empty;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double no_effect_of_ratio = 1.0, no_effect_of_difference = 0.0;
// I2 in words: Higgins et al. 2003, BMJ 327:557-560.
constexpr double low_i2 = 0.25, moderate_i2 = 0.50, high_i2 = 0.75;

/// A row of the view `quantities`.
struct Number {
    std::string article_id, measure, comparator, population, denominator, adjustment, factor_id, reason;
    std::optional<double> estimate, ci_low, ci_high, ci_level, standard_error, weight_fixed, weight_random;
    std::string text, quote, path, url;
    std::int64_t byte_begin = 0, byte_end = 0, line = 0, page = 0, group = 0;
    bool outside_interval = false;
};

/// A row of the view `pooled_effects`.
struct Pooled {
    std::int64_t group = 0, n = 0;
    std::string factor_id, measure, population, adjustment, method, note;
    double estimate = 0.0, low = 0.0, high = 0.0;
    std::optional<double> hartung_knapp_low, hartung_knapp_high, prediction_low, prediction_high;
    double q = 0.0, q_p = 1.0, i2 = 0.0, tau2 = 0.0;
};

struct LeftOut {
    std::string article_id;
    double estimate = 0.0, low = 0.0, high = 0.0;
};

Number read_number(dossier::Row const& r) {
    Number one;
    one.article_id = r.text(0), one.measure = r.text(1), one.comparator = r.text(2), one.population = r.text(3);
    one.denominator = r.text(4), one.adjustment = r.text(5), one.factor_id = r.text(6), one.reason = r.text(7);
    one.estimate = r.real(8), one.ci_low = r.real(9), one.ci_high = r.real(10), one.ci_level = r.real(11);
    one.standard_error = r.real(12), one.weight_fixed = r.real(13), one.weight_random = r.real(14);
    one.text = r.text(15), one.quote = r.text(16), one.path = r.text(17), one.url = r.text(18);
    one.byte_begin = r.integer(19), one.byte_end = r.integer(20), one.line = r.integer(21), one.page = r.integer(22);
    one.group = r.integer(23), one.outside_interval = r.integer(24) != 0;
    return one;
}

Pooled read_pooled(dossier::Row const& r) {
    Pooled one;
    one.group = r.integer(0), one.n = r.integer(1);
    one.factor_id = r.text(2), one.measure = r.text(3), one.population = r.text(4), one.adjustment = r.text(5);
    one.method = r.text(6), one.note = r.text(7);
    one.estimate = r.real(8).value_or(nothing), one.low = r.real(9).value_or(nothing);
    one.high = r.real(10).value_or(nothing);
    one.hartung_knapp_low = r.real(11), one.hartung_knapp_high = r.real(12);
    one.prediction_low = r.real(13), one.prediction_high = r.real(14);
    one.q = r.real(15).value_or(0.0), one.q_p = r.real(16).value_or(1.0);
    one.i2 = r.real(17).value_or(0.0), one.tau2 = r.real(18).value_or(0.0);
    return one;
}

bool is_ratio(std::string const& measure) {
    return measure != "MD" && measure != "SMD";
}
double no_effect_of(std::string const& measure) {
    return is_ratio(measure) ? no_effect_of_ratio : no_effect_of_difference;
}

std::string measure_in_words(std::string const& measure) {
    static std::map<std::string, std::string> const names = {{"OR", "odds ratio"},
                                                             {"RR", "risk ratio"},
                                                             {"HR", "hazard ratio"},
                                                             {"IRR", "incidence rate ratio"},
                                                             {"PR", "prevalence ratio"},
                                                             {"MD", "mean difference"},
                                                             {"SMD", "standardised mean difference"},
                                                             {"%", "percentage"}};
    auto const found = names.find(measure);
    return found == names.end() ? measure : found->second;
}

std::string between(double low, double high) {
    return number_shown(low) + " to " + number_shown(high);
}

std::string p_in_words(double p) {
    return p < 0.001 ? "p < 0.001" : "p = " + number_shown(p, 3);
}

std::string heterogeneity_word(double i2) {
    if (i2 < low_i2) return "little or no";
    if (i2 < moderate_i2) return "low";
    return i2 < high_i2 ? "moderate" : "high";
}

/// By which the tables of effects, of groups and of their sources are joined.
Column group_id_column() {
    auto column = Column::integer("group_id", "Group id", "The group of pooled_effects in analysis.sqlite.");
    column.role = DOSSIER_COLUMN_KEY;
    return column;
}

constexpr std::size_t most_kept = 50'000;  // of effects, and of percentages

class Effects final : public dossier::Report {
public:
    explicit Effects(dossier::OptionValues const& options)
        : method_(options.text("method")),
          max_rows_(static_cast<std::size_t>(options.integer("max_rows"))),
          quotes_(options.boolean("quotes")),
          percentages_(options.boolean("percentages")) {}

    static std::vector<dossier::Option> options() {
        return {
            dossier::Option::text("method", "DerSimonian-Laird", {"DerSimonian-Laird", "REML", "Paule-Mandel", "fixed"},
                                  "how effects are pooled in words, plots and leave-one-out tables"),
            dossier::Option::integer("max_rows", 60, 2, 1000,
                                     "effects drawn in a forest plot: those with the largest weights"),
            dossier::Option::boolean("quotes", true, "show the sentences that the numbers stand in"),
            dossier::Option::boolean("percentages", true, "list percentages too")};
    }

    void write(dossier::Analysis const& analysis, dossier::Blocks& out) override {
        read(analysis);
        out.heading(1, "Effect sizes", "effects");
        say_summary(out);
        if (n_left_out_ > 0)
            out.callout(DOSSIER_CALLOUT_WARNING, "Not all numbers are listed",
                        "Of effects and of percentages the first " + std::to_string(most_kept) + " are; " +
                            std::to_string(n_left_out_) + " more stand in the view quantities of analysis.sqlite.");
        for (auto const& group : groups_)
            if (group.method == method_) say_group(analysis, group, out);
        if (!groups_.empty()) tabulate_methods(out);
        if (!effects_.empty()) tabulate_effects(out);
        if (percentages_ && !shares_.empty()) tabulate_percentages(out);
        if (quotes_) say_quotes(out);
    }

private:
    void read(dossier::Analysis const& analysis) {
        for (auto const& article : analysis.articles())
            titles_[article.article_id] = article.title.empty() ? article.article_id : article.title;
        for (auto const& factor : analysis.risk_factors())
            factors_[factor.factor_id] = factor.name;
        for (auto const& one : analysis.query<Number>(
                 "SELECT article_id, measure, comparator, population, denominator, adjustment, factor_id,"
                 " reason_not_pooled, estimate, ci_low, ci_high, ci_level, standard_error, weight_fixed, weight_random,"
                 " text, quote, path, url, byte_begin, byte_end, line, page, group_id, outside_interval FROM quantities"
                 " ORDER BY article_id, byte_begin, place",
                 {}, read_number)) {
            auto& list = one.measure == "%" ? shares_ : effects_;
            if (list.size() >= most_kept) {  // a worker's memory is bounded
                ++n_left_out_;
                continue;
            }
            anchors_.emplace(place_of(one), "number-" + std::to_string(anchors_.size() + 1));
            list.push_back(one);
        }
        for (auto const& group : analysis.query<Pooled>(
                 "SELECT group_id, n_effects, factor_id, measure, population, adjustment, method, note, estimate, "
                 "ci_low,"
                 " ci_high, hartung_knapp_low, hartung_knapp_high, prediction_low, prediction_high, q, q_p, i2, tau2"
                 " FROM pooled_effects ORDER BY group_id, method",
                 {}, read_pooled))
            groups_.push_back(group);
    }

    void say_summary(dossier::Blocks& out) const {
        if (effects_.empty()) {
            out.callout(DOSSIER_CALLOUT_INFO, "No effect sizes",
                        "No article gives an odds, risk, hazard, rate or prevalence ratio or a mean difference.");
            return;
        }
        auto const is_pooled = [](Number const& one) { return one.group > 0; };
        auto const n = static_cast<std::int64_t>(effects_.size());
        auto const n_pooled = std::count_if(effects_.begin(), effects_.end(), is_pooled);
        auto const n_groups = groups_.empty() ? 0 : groups_.back().group;
        out.paragraph(
            "The articles give " + dossier::strong(counted(n, "effect size", "effect sizes")) + "; " +
            (n_pooled == 0 ? dossier::Text("none can be pooled")
                           : dossier::strong(std::to_string(n_pooled)) + (n_pooled == 1 ? " enters " : " enter ") +
                                 counted(n_groups, "pooled estimate", "pooled estimates")) +
            ". Pooled are effects of one measure on one factor, of one population and one adjustment, each from"
            " another independent source; every other one is listed with the reason why it is not.");
        auto const n_outside =
            std::count_if(effects_.begin(), effects_.end(), [](Number const& one) { return one.outside_interval; });
        if (n_outside > 0)
            out.callout(
                DOSSIER_CALLOUT_WARNING, "Outside its own interval",
                counted(n_outside, "effect lies", "effects lie") +
                    " outside the interval that is printed with it: there is a misprint in the article, or it was"
                    " misread. Check before you use it.");
    }

    // ---- One group

    std::string name_of(Pooled const& group) const {
        auto const factor = factors_.find(group.factor_id);
        std::string name =
            (factor == factors_.end() ? group.factor_id : factor->second) + ", " + measure_in_words(group.measure);
        if (!group.adjustment.empty()) name += ", " + group.adjustment;
        if (!group.population.empty()) name += ", " + group.population;
        return name;
    }

    void say_group(dossier::Analysis const& analysis, Pooled const& group, dossier::Blocks& out) const {
        out.heading(2, name_of(group), "group-" + std::to_string(group.group));
        out.paragraph(dossier::strong(group.measure + " " + number_shown(group.estimate)) + " (95 % interval " +
                      between(group.low, group.high) + "), pooled from " +
                      counted(group.n, "independent source", "independent sources") + " (" + in_words(group.method) +
                      "). " + reading(group));
        out.paragraph(heterogeneity(group));
        if (!group.note.empty()) out.callout(DOSSIER_CALLOUT_INFO, "What to know", as_sentence(group.note));
        draw(group, out);
        leave_one_out(analysis, group, out);
    }

    static std::string as_sentence(std::string text) {
        if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
        return text + ".";
    }

    static std::string in_words(std::string const& method) {
        return method == "fixed" ? "fixed effect, inverse variance" : "random effects, " + method;
    }

    /// Where the interval lies, and what Hartung and Knapp's says.
    static std::string reading(Pooled const& group) {
        double const no_effect = no_effect_of(group.measure);
        auto const at = number_shown(no_effect, 0);
        std::string text = group.low > no_effect    ? "The whole interval lies above no effect (" + at + ")."
                           : group.high < no_effect ? "The whole interval lies below no effect (" + at + ")."
                                                    : "The interval includes no effect (" + at + ").";
        if (!group.hartung_knapp_low || !group.hartung_knapp_high) return text;
        bool const includes = *group.hartung_knapp_low <= no_effect && *group.hartung_knapp_high >= no_effect;
        return text + " The interval after Hartung and Knapp, which allows for the few sources, is " +
               between(*group.hartung_knapp_low, *group.hartung_knapp_high) +
               (includes ? " and includes no effect." : ".");
    }

    static std::string heterogeneity(Pooled const& group) {
        auto text = "The sources show " + heterogeneity_word(group.i2) + " heterogeneity: I² " +
                    number_shown(100 * group.i2, 0) + " %, Q " + number_shown(group.q) + " with " +
                    counted(group.n - 1, "degree", "degrees") + " of freedom, " + p_in_words(group.q_p) +
                    (group.method == "fixed" ? "." : ", τ² " + number_shown(group.tau2, 4) + ".");
        if (group.n < 5) text += " With so few sources the p-value says little.";
        if (group.prediction_low && group.prediction_high)
            text += " In a further study like these the effect is expected between " +
                    number_shown(*group.prediction_low) + " and " + number_shown(*group.prediction_high) +
                    " (95 % prediction interval).";
        return text;
    }

    /// Of the group, the largest weights, in the order of the articles.
    std::vector<Number const*> drawn(Pooled const& group) const {
        std::vector<Number const*> numbers;
        for (auto const& one : effects_)
            if (one.group == group.group) numbers.push_back(&one);
        if (numbers.size() <= max_rows_) return numbers;
        auto sorted = numbers;
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](Number const* a, Number const* b) { return weight_of(*a, group) > weight_of(*b, group); });
        sorted.resize(max_rows_);
        std::sort(sorted.begin(), sorted.end());  // they stand in one vector
        return sorted;
    }

    static double weight_of(Number const& one, Pooled const& group) {
        return (group.method == "fixed" ? one.weight_fixed : one.weight_random).value_or(0.0);
    }

    void draw(Pooled const& group, dossier::Blocks& out) const {
        dossier::Chart chart;
        chart.kind = DOSSIER_CHART_FOREST;
        chart.title = name_of(group);
        chart.anchor = "forest-" + std::to_string(group.group);
        chart.series = {measure_in_words(group.measure) + " [95 % CI]"};
        chart.category_title = "Source";
        chart.value_title = measure_in_words(group.measure) + " with its interval";
        chart.scale = is_ratio(group.measure) ? DOSSIER_SCALE_LOGARITHMIC : DOSSIER_SCALE_LINEAR;
        chart.reference = no_effect_of(group.measure);
        auto const add = [&](std::string const& name, double estimate, double low, double high, double weight,
                             std::uint32_t mark) {
            chart.categories.push_back(name);
            chart.values.insert(chart.values.end(), {estimate, low, high});
            chart.weights.push_back(weight);
            chart.marks.push_back(mark);
        };
        auto const shown = drawn(group);
        for (auto const* one : shown)
            add(titles_.at(one->article_id), one->estimate.value_or(nothing), one->ci_low.value_or(nothing),
                one->ci_high.value_or(nothing), weight_of(*one, group), 0);
        add("Pooled", group.estimate, group.low, group.high, nothing, DOSSIER_MARK_POOLED);
        if (group.hartung_knapp_low && group.hartung_knapp_high)
            add("Pooled, Hartung-Knapp", group.estimate, *group.hartung_knapp_low, *group.hartung_knapp_high, nothing,
                DOSSIER_MARK_POOLED);
        if (group.prediction_low && group.prediction_high)
            add("Prediction interval", nothing, *group.prediction_low, *group.prediction_high, nothing,
                DOSSIER_MARK_PREDICTION);
        chart.alternative = "Forest plot of " + counted(static_cast<std::int64_t>(shown.size()), "effect", "effects") +
                            ": " + name_of(group) + ". Pooled: " + number_shown(group.estimate) + " (" +
                            between(group.low, group.high) + "); no effect is " + number_shown(chart.reference, 0) +
                            ".";
        out.chart(chart);
        if (auto const n_hidden = group.n - static_cast<std::int64_t>(shown.size()); n_hidden > 0)
            out.paragraph(counted(n_hidden, "effect", "effects") + " with the smallest weights not drawn.");
    }

    void leave_one_out(dossier::Analysis const& analysis, Pooled const& group, dossier::Blocks& out) const {
        std::vector<LeftOut> rows;
        for (auto const& row : analysis.query<LeftOut>("SELECT article_id, estimate, ci_low, ci_high FROM "
                                                       "effects_left_out WHERE group_id = ?1 AND method = ?2",
                                                       {group.group, group.method}, [](dossier::Row const& r) {
                                                           return LeftOut{r.text(0), r.real(1).value_or(nothing),
                                                                          r.real(2).value_or(nothing),
                                                                          r.real(3).value_or(nothing)};
                                                       }))
            rows.push_back(row);
        if (rows.empty()) return;
        auto table = out.table(
            "Without one of the sources: " + name_of(group),
            {Column::text("left_out", "Left out"), Column::real("estimate", "Estimate", 2, "Pooled from the others."),
             Column::interval("interval", "95 % interval", 2),
             Column::text("no_effect", "No effect", "Whether its interval includes no effect."),
             Column::id("article_id", "Article id"), Column::id("factor_id", "Factor id"), group_id_column()},
            "left-out-" + std::to_string(group.group));
        double const no_effect = no_effect_of(group.measure);
        for (auto const& row : rows)
            table.row(titles_.at(row.article_id), row.estimate, Cell::interval(row.low, row.high),
                      row.low <= no_effect && row.high >= no_effect ? "included" : "not included", row.article_id,
                      or_empty(group.factor_id), group.group);
    }

    // ---- Tables over all groups

    void tabulate_methods(dossier::Blocks& out) const {
        out.heading(2, "Methods side by side", "methods");
        auto table = out.table(
            "Pooled estimates by each method",
            {Column::text("effect", "Effect"), Column::text("method", "Method"),
             Column::integer("n", "Sources", "Independent sources, one effect each."),
             Column::real("estimate", "Estimate", 2), Column::interval("interval", "95 % interval", 2),
             Column::interval("hartung_knapp", "Hartung-Knapp", 2, "95 % interval by t with n - 1 degrees of freedom."),
             Column::interval("prediction", "Prediction", 2, "95 %, from three sources on."),
             Column::percent("i2", "I²", 0, "(Q - df) / Q."), Column::real("q", "Q", 2),
             Column::real("q_p", "p of Q", 4),
             Column::real("tau2", "τ²", 4, "Variance between sources; of ratios, of their logarithms."),
             Column::text("note", "Note"), Column::id("factor_id", "Factor id"), group_id_column()},
            "pooled");
        for (auto const& row : groups_)
            table.row(Cell(name_of(row)).to(group_target(row.group)), row.method, row.n, row.estimate,
                      Cell::interval(row.low, row.high), Cell::interval(row.hartung_knapp_low, row.hartung_knapp_high),
                      Cell::interval(row.prediction_low, row.prediction_high), row.i2, row.q, row.q_p, row.tau2,
                      or_empty(row.note), or_empty(row.factor_id), row.group);
    }

    /// Empty where the chosen method found no answer, so that the group has no section.
    std::string group_target(std::int64_t group) const {
        bool const has_section = std::any_of(groups_.begin(), groups_.end(), [&](Pooled const& one) {
            return one.group == group && one.method == method_;
        });
        return has_section ? "#group-" + std::to_string(group) : "";
    }

    void tabulate_effects(dossier::Blocks& out) const {
        out.heading(2, "Every effect size", "every-effect");
        auto table = out.table(
            "Effect sizes that the articles give",
            {Column::text("as_stated", "As stated"),
             Column::text("factor", "Factor", "Empty: none is named, or several."),
             Column::text("measure", "Measure", "OR, RR, HR, IRR, PR, MD or SMD."),
             Column::real("estimate", "Estimate", 2),
             Column::interval("interval", "Interval", 2, "Empty: none is stated."),
             Column::percent("level", "Level", 0, "Level of the interval. Empty: not stated."),
             Column::text("adjustment", "Adjusted", "adjusted or crude. Empty: not stated."),
             Column::text("population", "Who was counted", "Empty: not stated."), Column::text("article", "Article"),
             Column::percent("weight_fixed", "Weight, fixed", 1, "Share of the pooled estimate. Empty: not pooled."),
             Column::percent("weight_random", "Weight, random", 1, "The same by DerSimonian and Laird."),
             Column::text("why_not", "Why it is not pooled", "Empty: it is."), Column::id("article_id", "Article id"),
             Column::id("factor_id", "Factor id"), group_id_column()},
            "effect-sizes");
        for (auto const& one : effects_) {
            auto const factor = factors_.find(one.factor_id);
            table.cells_row({stated(one), factor == factors_.end() ? Cell() : Cell(factor->second), Cell(one.measure),
                             Cell(one.estimate), Cell::interval(one.ci_low, one.ci_high), Cell(one.ci_level),
                             or_empty(one.adjustment), or_empty(one.population), Cell(titles_.at(one.article_id)),
                             Cell(one.weight_fixed), Cell(one.weight_random), or_empty(one.reason),
                             Cell(one.article_id), or_empty(one.factor_id), one.group > 0 ? Cell(one.group) : Cell()});
        }
    }

    void tabulate_percentages(dossier::Blocks& out) const {
        out.heading(2, "Percentages", "percentages");
        auto table = out.table(
            "Percentages that the articles give",
            {Column::text("as_stated", "As stated"),
             Column::text("comparator", "Comparator",
                          "“=” for a plain number; “up to” and “less than” bound it from "
                          "above, “at least” and “more than” from below."),
             Column::real("percentage", "%", 2), Column::text("population", "Who was counted", "Empty: not stated."),
             Column::text("denominator", "Out of", "How many were counted. Empty: not stated."),
             Column::text("article", "Article"), Column::id("article_id", "Article id")},
            "shares");
        for (auto const& one : shares_)
            table.row(stated(one), one.comparator, one.estimate, or_empty(one.population), or_empty(one.denominator),
                      titles_.at(one.article_id), one.article_id);
    }

    // ---- Quotes

    /// The same sentence may hold several numbers: it is quoted once.
    using Place = std::tuple<std::string, std::int64_t, std::int64_t>;
    static Place place_of(Number const& one) { return {one.article_id, one.byte_begin, one.byte_end}; }

    Cell stated(Number const& one) const {
        return Cell(one.text).to(quotes_ && is_quoted(one) ? "#" + anchors_.at(place_of(one)) : "");
    }
    bool is_quoted(Number const& one) const { return percentages_ || one.measure != "%"; }

    void say_quotes(dossier::Blocks& out) const {
        std::map<Place, Number const*> first;
        for (auto const* numbers : {&effects_, &shares_})
            for (auto const& one : *numbers)
                if (is_quoted(one)) first.emplace(place_of(one), &one);
        if (first.empty()) return;
        out.heading(2, "Where the numbers stand", "number-quotes");
        for (auto const& [place, one] : first) {
            dossier::Quoted quoted(*one);
            quoted.anchor = anchors_.at(place);
            quoted.back = one->measure == "%" ? "#shares" : "#effect-sizes";
            quoted.comment = titles_.at(one->article_id) + ": " + one->text;
            out.quote(quoted);
        }
    }

    std::string method_;
    std::int64_t n_left_out_ = 0;
    std::size_t max_rows_;
    bool quotes_, percentages_;
    std::map<std::string, std::string> titles_, factors_;
    std::vector<Number> effects_, shares_;
    std::vector<Pooled> groups_;  ///< by group, method
    std::map<Place, std::string> anchors_;
};

}  // namespace

DOSSIER_REPORT(Effects, "effects", "Effect sizes, pooled where they may be, with forest plots and heterogeneity")
