// Effect sizes with their intervals, on real sentences.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "acceptance/corpora.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"

namespace {

using namespace dossier;

struct Effect {
    std::string measure;
    double estimate = 0, low = 0, high = 0;
};

/// The few fields of the label's JSON that are compared.
std::vector<Effect> read_effects(std::string const& json) {
    std::vector<Effect> effects;
    auto const number = [&](std::string const& key, std::size_t from) {
        auto const at = json.find("\"" + key + "\": ", from);
        return std::strtod(json.c_str() + at + key.size() + 4, nullptr);
    };
    for (auto at = json.find("\"measure\""); at != std::string::npos; at = json.find("\"measure\"", at + 1)) {
        auto const begin = json.find('"', at + 10) + 1;
        effects.push_back({json.substr(begin, json.find('"', begin) - begin), number("estimate", at),
                           number("ci_low", at), number("ci_high", at)});
    }
    return effects;
}

bool same(Effect const& wanted, Quantity const& found) {
    auto const near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    return found.measure == wanted.measure && near(found.estimate, wanted.estimate) &&
           near(found.ci_low.value_or(NAN), wanted.low) && near(found.ci_high.value_or(NAN), wanted.high);
}

TEST(EffectSizes, AreReadFromRealSentences) {
    auto const path = test::corpora() / "numbers/effect_sizes/open.tsv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "the sentences are not there: " << path;
    double hits = 0, found_all = 0, wanted_all = 0;
    for (auto const& row : test::read_tsv(path)) {
        auto wanted = read_effects(row.at("effects_json"));
        wanted_all += static_cast<double>(wanted.size());
        for (auto const& quantity : quantities_in(row.at("sentence"), built_in_lexicon())) {
            if (quantity.measure == "%" || !quantity.ci_low) continue;
            ++found_all;
            auto const match = std::find_if(wanted.begin(), wanted.end(),
                                            [&](Effect const& effect) { return same(effect, quantity); });
            if (match != wanted.end()) {
                ++hits;
                wanted.erase(match);
            } else if (std::getenv("DOSSIER_SHOW_MISSES")) {
                std::cout << "wrong\t" << quantity.measure << " " << quantity.text << "\t" << row.at("sentence")
                          << "\n";
            }
        }
        if (!wanted.empty() && std::getenv("DOSSIER_SHOW_MISSES"))
            std::cout << "missed " << wanted.front().measure << " " << wanted.front().estimate << "\t"
                      << row.at("sentence") << "\n";
    }
    std::cout << "effect sizes: precision " << hits / found_all << ", recall " << hits / wanted_all << "\n";
    EXPECT_GT(hits / found_all, 0.95);
    EXPECT_GT(hits / wanted_all, 0.94);
}

}  // namespace
