#include "dossier/findings/pooled_effects.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "dossier/findings/meta_analysis.hpp"
#include "dossier/findings/settled.hpp"

namespace dossier {

namespace {

constexpr std::array<std::string_view, 7> measures = {"OR", "RR", "HR", "IRR", "PR", "MD", "SMD"};
constexpr std::array<std::string_view, 3> adjustments = {"", "adjusted", "crude"};
constexpr std::array methods = {PoolingMethod::fixed, PoolingMethod::dersimonian_laird, PoolingMethod::reml,
                                PoolingMethod::paule_mandel};
constexpr std::size_t longest_name = 400;    // bytes that are compared, of a population or unit
constexpr std::size_t most_names = 1 << 18;  // those after share a number, and are not pooled
constexpr double much_heterogeneity = 0.5;   // I2, Cochrane Handbook 10.10.2: "may represent substantial"

template <typename Names>
std::size_t place_among(Names const& names, std::string_view name) noexcept {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool is_ratio(std::string_view measure) noexcept {
    return measure != "MD" && measure != "SMD";
}

std::string_view reason_in_the_number(Quantity const& quantity) noexcept {
    if (quantity.measure == "%") return "a percentage is not an effect size";
    if (quantity.comparator != "=") return "it is a bound or a rough number, no point estimate";
    if (!quantity.ci_low || !quantity.ci_high) return "no confidence interval is stated";
    if (quantity.outside_interval) return "the estimate lies outside its own interval: check the article";
    if (is_ratio(quantity.measure) && (quantity.estimate <= 0 || *quantity.ci_low <= 0))
        return "a ratio of zero or less has no logarithm: check the article";
    if (!(*quantity.ci_low < *quantity.ci_high)) return "its interval has no width: check the article";
    return {};
}

struct Scaled {
    double estimate = 0.0;
    std::optional<double> standard_error;
};

/// Where there is an interval, and of ratios positive numbers.
std::optional<Scaled> on_scale(Quantity const& quantity) noexcept {
    if (!quantity.ci_low || !quantity.ci_high) return std::nullopt;
    double const level = quantity.ci_level.value_or(0.95);
    if (!is_ratio(quantity.measure))
        return Scaled{quantity.estimate, standard_error_of({*quantity.ci_low, *quantity.ci_high}, level)};
    if (quantity.estimate <= 0 || *quantity.ci_low <= 0) return std::nullopt;
    return Scaled{std::log(quantity.estimate),
                  standard_error_of({std::log(*quantity.ci_low), std::log(*quantity.ci_high)}, level)};
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// "kg" in "-2.3 kg (95 % CI -4.1 to -0.5)": what stands between the estimate and the next bracket, mark or number; empty: nothing.
std::string_view unit_of(Quantity const& quantity) {
    if (quantity.measure == "SMD") return "standard deviations";
    std::string_view const text = quantity.text;
    std::string digits;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        digits.clear();
        for (; at < text.size() && (is_digit(text[at]) || text[at] == '.' || text[at] == ','); ++at)
            if (text[at] != ',') digits += text[at];
        double value = 0.0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (value != std::abs(quantity.estimate)) continue;
        auto const begin = std::min(text.find_first_not_of(' ', at), text.size());
        auto const end = std::min(text.find_first_of("([{,;:0123456789", begin), text.size());
        auto const unit = text.substr(begin, end - begin);
        return unit.substr(0, unit.find_last_not_of(' ') + 1);
    }
    return {};
}

/// What is compared of a name; no character of UTF-8 is cut in two.
std::string_view beginning_of(std::string_view name) noexcept {
    if (name.size() <= longest_name) return name;
    auto end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
        --end;
    return name.substr(0, end);
}

/// From the scale of pooling to that of the measure. Ratios stay above 0 and finite.
double shown(double value, bool ratio) {
    return ratio ? std::clamp(settled(std::exp(std::min(value, 30.0))), 1e-12, 1e12) : settled(value);
}

}  // namespace

std::string_view reason_not_poolable(Quantity const& quantity) noexcept {
    if (auto const reason = reason_in_the_number(quantity); !reason.empty()) return reason;
    if (quantity.factor_ids.empty()) return "its sentence names no risk factor of the registry";
    if (quantity.factor_ids.size() > 1)
        return "its sentence names several risk factors: which one it belongs to is not known";
    return {};
}

EffectGathering::EffectGathering(ClaimRegistry const& registry) : registry_(registry) {
    for (std::size_t i = 0; i < registry.risk_factors.size(); ++i)
        factors_.emplace(registry.risk_factors[i].id, static_cast<std::uint32_t>(i));
    names_.emplace("", 0);
}

std::uint32_t EffectGathering::number_of_name(std::string_view name) {
    std::string key(beginning_of(name));
    std::transform(key.begin(), key.end(), key.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    auto const n = static_cast<std::uint32_t>(std::min(names_.size(), most_names));
    if (n == most_names) {
        auto const known = names_.find(key);
        return known == names_.end() ? n : known->second;
    }
    return names_.emplace(std::move(key), n).first->second;
}

void EffectGathering::add(std::uint32_t number, Article const& article, ArticleEvidence const& evidence) {
    for (std::size_t place = 0; place < evidence.quantities.size(); ++place) {
        auto const& quantity = evidence.quantities[place];
        auto const measure = place_among(measures, quantity.measure);
        if (measure == measures.size()) continue;
        if (quantity.factor_ids.size() != 1) continue;
        auto const factor = factors_.find(quantity.factor_ids.front());
        if (factor == factors_.end()) continue;
        Effect effect;
        effect.article = number;
        effect.place = static_cast<std::uint32_t>(place);
        effect.factor = factor->second;
        effect.measure = static_cast<std::uint8_t>(measure);
        auto const adjustment = place_among(adjustments, quantity.adjustment) % adjustments.size();
        effect.adjustment = static_cast<std::uint8_t>(adjustment);
        effect.population =
            number_of_name(quantity.population.empty() ? article.population.value : quantity.population);
        if (auto const scaled = on_scale(quantity)) {
            effect.estimate = scaled->estimate;
            effect.standard_error = settled(scaled->standard_error.value_or(0.0));
        }
        if (!is_ratio(quantity.measure)) effect.unit = number_of_name(unit_of(quantity));
        effect.reason = reason_not_poolable(quantity);
        if (effect.reason.empty() && !is_ratio(quantity.measure) && effect.unit == 0)
            effect.reason = "the unit of the difference is not stated: it cannot be told what it may be pooled with";
        if (effect.reason.empty() && effect.standard_error <= 0)
            effect.reason = "its interval is too narrow to reckon with";
        if (effect.reason.empty() && std::max(effect.population, effect.unit) == most_names)
            effect.reason = "there are too many different populations and units to compare them";
        effects_.push_back(effect);
    }
}

/// What is done once all effects are known.
class EffectGathering::Pooling {
public:
    Pooling(EffectGathering const& gathered, ArticleIds const& ids,
            std::function<std::uint32_t(std::uint32_t)> const& cluster_of)
        : gathered_(gathered), ids_(ids), name_of_(gathered.names_.size() + 1) {
        for (auto const& [name, number] : gathered.names_)
            name_of_[number] = name;
        for (auto const& effect : gathered.effects_) {
            auto const rank = ids.rank_of(effect.article);
            candidates_.push_back({&effect, candidates_.size(), rank, cluster_of(rank)});
            findings_.uses.push_back(use_of(effect));
        }
        std::erase_if(candidates_, [](Candidate const& candidate) { return !candidate.effect->reason.empty(); });
        std::sort(candidates_.begin(), candidates_.end(),
                  [&](Candidate const& a, Candidate const& b) { return order_of(a) < order_of(b); });
    }

    EffectFindings pool_all() {
        for (std::size_t begin = 0, end = 0; begin < candidates_.size(); begin = end) {
            while (end < candidates_.size() && kind_of(candidates_[end]) == kind_of(candidates_[begin]))
                ++end;
            pool_kind(begin, end);
        }
        explain_the_lonely();
        return std::move(findings_);
    }

private:
    struct Candidate {
        Effect const* effect = nullptr;
        std::size_t use = 0;  ///< index of its EffectUse
        std::uint32_t rank = 0, cluster = 0;
    };
    using Candidates = std::vector<Candidate>;

    /// What must be the same for effects to be pooled.
    using Kind = std::tuple<std::uint32_t, std::uint8_t, std::string_view, std::string_view, std::uint8_t>;
    Kind kind_of(Candidate const& candidate) const {
        auto const& effect = *candidate.effect;
        return {effect.factor, effect.measure, name_of_[effect.unit], name_of_[effect.population], effect.adjustment};
    }
    /// Within a kind the effects of a cluster stand together, that which is taken first.
    using Order = std::tuple<Kind, std::uint32_t, double, std::uint32_t, std::uint32_t>;
    Order order_of(Candidate const& candidate) const {
        return {kind_of(candidate), candidate.cluster, candidate.effect->standard_error, candidate.rank,
                candidate.effect->place};
    }

    EffectUse use_of(Effect const& effect) const {
        EffectUse use;
        use.article = effect.article + std::size_t{1};
        use.place = effect.place;
        use.factor_id = gathered_.registry_.risk_factors[effect.factor].id;
        use.reason_not_pooled = effect.reason;
        if (effect.standard_error > 0) use.standard_error = effect.standard_error;
        return use;
    }

    void pool_kind(std::size_t begin, std::size_t end) {
        Candidates taken;
        for (auto i = begin; i < end; ++i) {
            if (taken.empty() || taken.back().cluster != candidates_[i].cluster)
                taken.push_back(candidates_[i]);
            else
                findings_.uses[candidates_[i].use].reason_not_pooled =
                    "another effect of the same independent source is taken, which is the more precise: " +
                    place_of(taken.back(), candidates_[i]);
        }
        if (taken.size() < 2)
            lonely_.push_back(taken.front());
        else
            pool_taken(taken);
    }

    std::string place_of(Candidate const& taken, Candidate const& other) const {
        return taken.rank == other.rank ? "it stands in the same article" : "it stands in " + ids_.id_at(taken.rank);
    }

    void pool_taken(Candidates const& taken) {
        std::vector<StudyEffect> effects;
        for (auto const& [effect, use, rank, cluster] : taken)
            effects.push_back({effect->estimate, effect->standard_error * effect->standard_error});
        auto const group = findings_.pooled.empty() ? 1 : findings_.pooled.back().group + 1;
        auto const first_row = findings_.pooled.size();
        std::string missing;  // methods that found no answer
        for (auto const method : methods) {
            auto const result = pool(effects, method);
            if (!result.pooled && method == PoolingMethod::fixed)
                return refuse(taken, std::string(in_words(result.outcome)));
            if (!result.pooled) {
                missing += "; by " + std::string(name_of(method)) + ", " + std::string(in_words(result.outcome));
                continue;
            }
            findings_.pooled.push_back(row_of(taken, group, method, *result.pooled));
            note_weights(taken, method, result.pooled->weights);
            leave_out(taken, effects, group, method);
        }
        for (auto row = first_row; row < findings_.pooled.size(); ++row) {
            auto& note = findings_.pooled[row].note;
            note = note.empty() && !missing.empty() ? missing.substr(2) : note + missing;
        }
        for (auto const& candidate : taken)
            findings_.uses[candidate.use].group = group;
    }

    void refuse(Candidates const& taken, std::string const& reason) {
        for (auto const& candidate : taken)
            findings_.uses[candidate.use].reason_not_pooled = reason;
    }

    void note_weights(Candidates const& taken, PoolingMethod method, std::vector<double> const& weights) {
        for (std::size_t i = 0; i < taken.size(); ++i) {
            auto& use = findings_.uses[taken[i].use];
            if (method == PoolingMethod::fixed) use.weight_fixed = weights[i];
            if (method == PoolingMethod::dersimonian_laird) use.weight_random = weights[i];
        }
    }

    PooledEffect row_of(Candidates const& taken, std::size_t group, PoolingMethod method, Pooled const& pooled) const {
        auto const& effect = *taken.front().effect;
        bool const ratio = is_ratio(measures[effect.measure]);
        PooledEffect row;
        row.group = group;
        row.factor_id = gathered_.registry_.risk_factors[effect.factor].id;
        row.measure = measures[effect.measure];
        row.population = name_of_[effect.population];
        row.adjustment = adjustments[effect.adjustment];
        row.n_effects = row.n_clusters = taken.size();
        row.method = name_of(method);
        row.estimate = shown(pooled.estimate, ratio);
        row.ci_low = shown(pooled.interval.lower, ratio);
        row.ci_high = shown(pooled.interval.upper, ratio);
        if (pooled.hartung_knapp) {
            row.hartung_knapp_low = shown(pooled.hartung_knapp->lower, ratio);
            row.hartung_knapp_high = shown(pooled.hartung_knapp->upper, ratio);
        }
        if (pooled.prediction) {
            row.prediction_low = shown(pooled.prediction->lower, ratio);
            row.prediction_high = shown(pooled.prediction->upper, ratio);
        }
        row.q = pooled.q, row.q_p = pooled.q_p, row.i2 = pooled.i2, row.tau2 = pooled.tau2;
        row.note = note_on(pooled, taken.size(), method);
        if (!ratio)
            row.note = "the differences are in " + name_of_[effect.unit] + (row.note.empty() ? "" : "; ") + row.note;
        return row;
    }

    static std::string note_on(Pooled const& pooled, std::size_t k, PoolingMethod method) {
        std::vector<std::string> notes;
        if (k == 2)
            notes.push_back(method == PoolingMethod::fixed
                                ? "it rests on two effects"
                                : "it rests on two effects: the Hartung-Knapp interval has one degree of freedom and"
                                  " says little, and nothing can be predicted");
        if (k == 3 && pooled.prediction)
            notes.push_back("the prediction interval has one degree of freedom and is wide for that reason too");
        if (method == PoolingMethod::fixed && pooled.i2 >= much_heterogeneity)
            notes.push_back("the effects differ by more than chance, which the fixed-effect estimate leaves out");
        if (pooled.hartung_knapp &&
            pooled.hartung_knapp->upper - pooled.hartung_knapp->lower < pooled.interval.upper - pooled.interval.lower)
            notes.push_back("the Hartung-Knapp interval is the narrower one here: rely on the wider");
        std::string text;
        for (auto const& note : notes)
            text += (text.empty() ? "" : "; ") + note;
        return text;
    }

    void leave_out(Candidates const& taken, std::vector<StudyEffect> const& effects, std::size_t group,
                   PoolingMethod method) {
        if (taken.size() < 3 || taken.size() > most_left_out) return;
        bool const ratio = is_ratio(measures[taken.front().effect->measure]);
        auto const results = pool_leaving_one_out(effects, method);
        auto const first = findings_.left_out.size();
        for (std::size_t i = 0; i < taken.size(); ++i) {
            if (!results[i].pooled) continue;
            auto const& [lower, upper] = results[i].pooled->interval;
            findings_.left_out.push_back({group, ids_.id_at(taken[i].rank), std::string(name_of(method)),
                                          shown(results[i].pooled->estimate, ratio), shown(lower, ratio),
                                          shown(upper, ratio)});
        }
        std::sort(findings_.left_out.begin() + static_cast<std::ptrdiff_t>(first), findings_.left_out.end(),
                  [](EffectLeftOut const& a, EffectLeftOut const& b) { return a.article_id < b.article_id; });
    }

    /// A factor, with a measure, population and adjustment, each plus one; 0: whichever.
    using Aspect = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;

    /// Says of an effect that none can be pooled with how the nearest of the others differ.
    void explain_the_lonely() {
        std::map<Aspect, std::set<std::uint32_t>> clusters;  // the first two of each
        auto const note = [&](Aspect const& aspect, std::uint32_t cluster) {
            if (auto& known = clusters[aspect]; known.size() < 2) known.insert(cluster);
        };
        for (auto const& [effect, use, rank, cluster] : candidates_) {
            std::uint32_t const measure = effect->measure + 1u, adjustment = effect->adjustment + 1u;
            note({effect->factor, measure, effect->population + 1, 0}, cluster);
            note({effect->factor, measure, 0, adjustment}, cluster);
            note({effect->factor, measure, 0, 0}, cluster);
            note({effect->factor, 0, 0, 0}, cluster);
        }
        for (auto const& [effect, use, rank, cluster] : lonely_) {
            auto const factor = effect->factor;
            auto const another = [&](std::uint32_t measure, std::uint32_t population, std::uint32_t adjustment) {
                auto const& known = clusters.at({factor, measure, population, adjustment});
                return known.size() > 1;
            };
            std::uint32_t const measure = effect->measure + 1u, adjustment = effect->adjustment + 1u;
            auto& reason = findings_.uses[use].reason_not_pooled;
            if (!is_ratio(measures[effect->measure]) && another(measure, 0, 0))
                reason = "the other differences are in other units, of other populations or adjusted otherwise";
            else if (another(measure, effect->population + 1, 0))
                reason =
                    "the other effects of this measure differ in adjustment: adjusted, crude and not stated are"
                    " never pooled with one another";
            else if (another(measure, 0, adjustment))
                reason = "the other effects of this measure are of other populations";
            else if (another(measure, 0, 0))
                reason = "the other effects of this measure differ in population and in adjustment";
            else if (another(0, 0, 0))
                reason =
                    "the other effects of this factor are of other measures, which are never pooled with one another";
            else
                reason = "no other independent source gives an effect of this factor: it is shown, not pooled";
        }
    }

    EffectGathering const& gathered_;
    ArticleIds const& ids_;
    std::vector<std::string> name_of_;  ///< by number
    Candidates candidates_, lonely_;
    EffectFindings findings_;
};

EffectFindings EffectGathering::finish(ArticleIds const& ids,
                                       std::function<std::uint32_t(std::uint32_t)> const& cluster_of) {
    return Pooling(*this, ids, cluster_of).pool_all();
}

}  // namespace dossier
