// Effect sizes with their intervals, out of real sentences.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "accuracy.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"
#include "stance/labelled.hpp"

namespace accuracy {
namespace {

using dossier::Quantity;

struct Effect {
    std::string measure;
    double estimate = 0.0, low = 0.0, high = 0.0;
};

std::vector<Effect> read_effects(std::string const& json) {
    std::vector<Effect> effects;
    for (auto const& effect : nlohmann::json::parse(json))
        effects.push_back({effect.at("measure").get<std::string>(), effect.at("estimate").get<double>(),
                           effect.at("ci_low").get<double>(), effect.at("ci_high").get<double>()});
    return effects;
}

bool is_same(Effect const& wanted, Quantity const& found) {
    auto const near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    return found.measure == wanted.measure && near(found.estimate, wanted.estimate) &&
           near(found.ci_low.value_or(NAN), wanted.low) && near(found.ci_high.value_or(NAN), wanted.high);
}

bool is_outside(Effect const& effect) {
    return effect.estimate < effect.low || effect.estimate > effect.high;
}

struct Counts {
    YesNo effects, flags;
    std::size_t n_wanted = 0;
};

void compare(Row const& row, bool shown, Counts& counts) {
    auto wanted = read_effects(row.at("effects_json"));
    counts.n_wanted += wanted.size();
    for (auto const& quantity : dossier::quantities_in(row.at("sentence"), dossier::built_in_lexicon())) {
        if (quantity.measure == "%" || !quantity.ci_low) continue;
        auto const match =
            std::find_if(wanted.begin(), wanted.end(), [&](Effect const& effect) { return is_same(effect, quantity); });
        bool const right = match != wanted.end();
        counts.effects.add(right, true);
        if (right) {
            counts.flags.add(is_outside(*match), quantity.outside_interval);
            wanted.erase(match);
        } else if (shown) {
            std::printf("  wrong: %s \"%s\" | %s\n", quantity.measure.c_str(), quantity.text.c_str(),
                        row.at("sentence").c_str());
        }
    }
    for (auto const& effect : wanted) {
        counts.effects.add(true, false);
        if (shown)
            std::printf("  missed: %s %g | %s\n", effect.measure.c_str(), effect.estimate, row.at("sentence").c_str());
    }
}

/// Sentences of one article stay on one side.
std::vector<Figure> measure(std::filesystem::path const& corpora) {
    Counts tuned, aside;
    for (auto const& row : read_labelled(corpora / "numbers" / "effect_sizes" / "open.tsv")) {
        bool const is_aside = is_kept_aside(row.at("source"));
        compare(row, !is_aside && shows_details(), is_aside ? aside : tuned);
    }
    std::vector<Figure> figures;
    for (auto const part : {Part::tuned, Part::aside}) {
        auto const& counts = part == Part::tuned ? tuned : aside;
        figures.push_back(
            {"numbers/effect_sizes", "precision", part, counts.effects.precision(), 0.95, counts.n_wanted, true, ""});
        figures.push_back(
            {"numbers/effect_sizes", "recall", part, counts.effects.recall(), 0.95, counts.n_wanted, true, ""});
    }
    YesNo flags = tuned.flags;
    flags.hits += aside.flags.hits;
    flags.misses += aside.flags.misses;
    flags.false_alarms += aside.flags.false_alarms;
    figures.push_back({"numbers/effect_sizes", "F1 of outside its own interval", Part::all, flags.f(), 1.0,
                       flags.hits + flags.misses, true, ""});
    return figures;
}

Registered const registered("stance", 300, measure);

}  // namespace
}  // namespace accuracy
