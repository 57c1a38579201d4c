#include "dossier/findings/pooled_effects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "dossier/findings/meta_analysis.hpp"
#include "dossier/findings/summarise.hpp"
#include "findings_fixture.hpp"

namespace {

using dossier::Article;
using dossier::ArticleEvidence;
using dossier::EffectUse;
using dossier::Findings;
using dossier::PooledEffect;
using dossier::Quantity;

/// An effect in a sentence of its own that names high-dose.
struct Stated {
    std::string measure = "OR";
    double estimate = 1.5, low = 1.2, high = 1.9;
    std::string adjustment = {}, population = {};
};

class PooledEffects : public testing::Test {
protected:
    /// An article of one effect; more of them by say().
    void article(std::string const& id, Stated const& stated, std::string const& factor = "high-dose") {
        articles_.push_back(dossier::test::article(id));
        evidence_.push_back({});
        evidence_.back().article_id = id;
        say(stated, factor);
    }
    Quantity& say(Stated const& stated, std::string const& factor = "high-dose") {
        auto& evidence = evidence_.back();
        Quantity quantity;
        quantity.article_id = evidence.article_id;
        quantity.measure = stated.measure;
        quantity.estimate = stated.estimate;
        quantity.ci_low = stated.low, quantity.ci_high = stated.high, quantity.ci_level = 0.95;
        quantity.adjustment = stated.adjustment, quantity.population = stated.population;
        quantity.bytes = {100 * evidence.quantities.size(), 100 * evidence.quantities.size() + 90};
        if (!factor.empty()) quantity.factor_ids = {factor};
        evidence.quantities.push_back(quantity);
        return evidence.quantities.back();
    }
    Findings findings() const { return dossier::summarise(articles_, dossier::test::registry(), evidence_); }

    std::vector<Article> articles_;
    std::vector<ArticleEvidence> evidence_;
};

TEST_F(PooledEffects, AreTheSameMeasureOfTheSameFactor) {
    article("a", {"OR", 1.5, 1.2, 1.9});
    article("b", {"OR", 2.0, 1.5, 2.7});
    article("c", {"OR", 1.1, 0.8, 1.5});
    auto const found = findings();
    ASSERT_EQ(found.pooled_effects.size(), 4u) << "one row for each method";
    auto const& fixed = found.pooled_effects.front();
    EXPECT_EQ(fixed.method, "fixed");
    EXPECT_EQ(fixed.factor_id, "high-dose");
    EXPECT_EQ(fixed.measure, "OR");
    EXPECT_EQ(fixed.n_effects, 3u);
    EXPECT_EQ(fixed.n_clusters, 3u);
    EXPECT_FALSE(fixed.hartung_knapp_low);
    std::vector<dossier::StudyEffect> effects;
    for (auto const& use : found.effects) {
        EXPECT_EQ(use.group, 1u);
        EXPECT_EQ(use.reason_not_pooled, "");
        auto const& quantity = evidence_[use.article - 1].quantities[use.place];
        effects.push_back({std::log(quantity.estimate), *use.standard_error * *use.standard_error});
    }
    ASSERT_EQ(effects.size(), 3u);
    auto const reml = dossier::pool(effects, dossier::PoolingMethod::reml).pooled.value();
    EXPECT_EQ(found.pooled_effects[2].method, "REML");
    EXPECT_NEAR(found.pooled_effects[2].estimate, std::exp(reml.estimate), 1e-11);
    EXPECT_NEAR(found.pooled_effects[2].prediction_high.value(), std::exp(reml.prediction->upper), 1e-11);
    EXPECT_NEAR(*found.effects[0].weight_fixed + *found.effects[1].weight_fixed + *found.effects[2].weight_fixed, 1.0,
                1e-11);
    ASSERT_EQ(found.effects_left_out.size(), 12u) << "each of three articles by each of four methods";
    EXPECT_EQ(found.effects_left_out[0].article_id, "a");
}

// statistics.md 4.9: the interval 1.2 to 3.4 has the standard error .265682.
TEST_F(PooledEffects, TakeTheirStandardErrorFromTheLogarithmsOfTheInterval) {
    article("a", {"RR", 2.0, 1.2, 3.4});
    EXPECT_NEAR(findings().effects.at(0).standard_error.value(), .265682, 5e-7);
}

TEST_F(PooledEffects, DifferencesArePooledOnTheirOwnScaleInOneUnit) {
    article("a", {"MD", -2.0, -3.0, -1.0});
    article("b", {"MD", -4.0, -5.0, -3.0});
    EXPECT_NE(findings().effects.at(0).reason_not_pooled.find("unit"), std::string::npos);
    evidence_[0].quantities[0].text = "mean difference was -2 kg (95% CI -3 to -1)";
    evidence_[1].quantities[0].text = "MD \u22124.0 points, 95% CI -5 to -3";
    EXPECT_TRUE(findings().pooled_effects.empty());
    evidence_[1].quantities[0].text = "MD \u22124.0 kg, 95% CI -5 to -3";
    auto const found = findings();
    EXPECT_NEAR(found.pooled_effects.at(0).estimate, -3.0, 1e-12);
    EXPECT_EQ(found.pooled_effects.at(0).note.find("the differences are in kg"), 0u);
    EXPECT_NEAR(found.effects.at(0).standard_error.value(), 1 / 1.959963984540054, 1e-11);
}

TEST_F(PooledEffects, StandardisedDifferencesArePooledInStandardDeviationsAndWithNothingElse) {
    article("a", {"SMD", -0.2, -0.3, -0.1});
    article("b", {"SMD", -0.4, -0.5, -0.3});
    article("c", {"MD", -4.0, -5.0, -3.0});
    auto const found = findings();
    EXPECT_NEAR(found.pooled_effects.at(0).estimate, -0.3, 1e-12);
    EXPECT_EQ(found.pooled_effects.at(0).measure, "SMD");
    EXPECT_EQ(found.pooled_effects.at(0).note.find("the differences are in standard deviations"), 0u);
    EXPECT_NE(found.effects.at(2).reason_not_pooled.find("unit"), std::string::npos);
}

// statistics.md 4.9: k = 1 is shown, not pooled; k = 2 predicts nothing.
TEST_F(PooledEffects, OneIsNotPooledAndTwoPredictNothing) {
    article("a", {});
    auto found = findings();
    EXPECT_TRUE(found.pooled_effects.empty());
    EXPECT_NE(found.effects.at(0).reason_not_pooled.find("no other independent source"), std::string::npos);
    article("b", {});
    found = findings();
    ASSERT_EQ(found.pooled_effects.size(), 4u);
    EXPECT_FALSE(found.pooled_effects[1].prediction_low);
    EXPECT_NE(found.pooled_effects[1].note.find("two effects"), std::string::npos);
    EXPECT_TRUE(found.effects_left_out.empty());
}

// statistics.md 4.9: never pool OR with RR, adjusted with crude.
TEST_F(PooledEffects, AreNeverOfTwoMeasuresAdjustmentsOrPopulations) {
    article("a", {"OR"});
    article("b", {"RR"});
    EXPECT_NE(findings().effects.at(0).reason_not_pooled.find("other measures"), std::string::npos);
    articles_.clear(), evidence_.clear();
    article("a", {"OR", 1.5, 1.2, 1.9, "adjusted"});
    article("b", {"OR", 1.5, 1.2, 1.9, "crude"});
    article("c", {"OR", 1.5, 1.2, 1.9, ""});
    EXPECT_TRUE(findings().pooled_effects.empty());
    EXPECT_NE(findings().effects.at(0).reason_not_pooled.find("adjustment"), std::string::npos);
    articles_.clear(), evidence_.clear();
    article("a", {"OR", 1.5, 1.2, 1.9, "", "adults"});
    article("b", {"OR", 1.5, 1.2, 1.9, "", "children"});
    EXPECT_TRUE(findings().pooled_effects.empty());
    EXPECT_NE(findings().effects.at(0).reason_not_pooled.find("other populations"), std::string::npos);
    article("c", {"OR", 1.5, 1.2, 1.9, "", "Children"});
    EXPECT_EQ(findings().pooled_effects.at(0).population, "children");
    articles_.clear(), evidence_.clear();
    article("a", {}, "high-dose");
    article("b", {}, "screening");
    EXPECT_TRUE(findings().pooled_effects.empty());
}

TEST_F(PooledEffects, TheirPopulationIsElseThatOfTheArticle) {
    article("a", {});
    article("b", {});
    articles_[0].population.value = "animal";
    articles_[1].population.value = "human";
    EXPECT_TRUE(findings().pooled_effects.empty());
    articles_[1].population.value = "animal";
    EXPECT_EQ(findings().pooled_effects.at(0).population, "animal");
}

TEST_F(PooledEffects, LongPopulationsAreToldApartAndNotCutWithinACharacter) {
    std::string const adults = "Adults of all ages who were seen in general practices in five regions of the country, ";
    article("a", {"OR", 1.5, 1.2, 1.9, "", adults + "men"});
    article("b", {"OR", 1.5, 1.2, 1.9, "", adults + "women"});
    EXPECT_TRUE(findings().pooled_effects.empty());
    articles_.clear(), evidence_.clear();
    std::string longest = "x";
    for (int i = 0; i < 300; ++i)
        longest += "é";
    article("a", {"OR", 1.5, 1.2, 1.9, "", longest});
    article("b", {"OR", 1.5, 1.2, 1.9, "", longest});
    auto const population = findings().pooled_effects.at(0).population;
    EXPECT_EQ(population, longest.substr(0, 399)) << "400 bytes would end within a character";
}

TEST_F(PooledEffects, OneSourceGivesOneTheMorePrecise) {
    article("a", {"OR", 1.5, 1.1, 2.1});
    say({"OR", 1.6, 1.5, 1.7});
    article("b", {"OR", 2.0, 1.5, 2.7});
    auto found = findings();
    ASSERT_EQ(found.pooled_effects.size(), 4u);
    EXPECT_EQ(found.pooled_effects[0].n_effects, 2u);
    EXPECT_EQ(found.effects[0].group, 0u);
    EXPECT_NE(found.effects[0].reason_not_pooled.find("same independent source"), std::string::npos);
    EXPECT_EQ(found.effects[1].group, 1u);
    articles_[1].sketch = articles_[0].sketch;  // now a and b are one source
    articles_[1].sentences = articles_[0].sentences;
    articles_[1].sha256 = articles_[0].sha256;
    articles_[0].rests_on.value = articles_[1].rests_on.value = "doi:10.1000/one";
    found = findings();
    EXPECT_TRUE(found.pooled_effects.empty());
}

TEST_F(PooledEffects, TheReasonWhyANumberCannotBePooledIsGivenInWords) {
    article("a", {});
    auto const reason_of = [&](Quantity const& quantity) {
        return std::string(dossier::reason_not_poolable(quantity));
    };
    auto quantity = evidence_.back().quantities.back();
    EXPECT_EQ(reason_of(quantity), "");
    quantity.comparator = "up to";
    EXPECT_NE(reason_of(quantity).find("bound"), std::string::npos);
    quantity.comparator = "=", quantity.outside_interval = true;
    EXPECT_NE(reason_of(quantity).find("outside its own interval"), std::string::npos);
    quantity.outside_interval = false, quantity.ci_low.reset();
    EXPECT_NE(reason_of(quantity).find("no confidence interval"), std::string::npos);
    quantity.ci_low = 0.0;
    EXPECT_NE(reason_of(quantity).find("logarithm"), std::string::npos);
    quantity.measure = "%";
    EXPECT_NE(reason_of(quantity).find("percentage"), std::string::npos);
    evidence_.back().quantities.back().factor_ids.push_back("screening");
    EXPECT_NE(reason_of(evidence_.back().quantities.back()).find("several"), std::string::npos);
    EXPECT_NE(reason_of(say({}, "")).find("no risk factor"), std::string::npos);
}

TEST_F(PooledEffects, DoNotDependOnTheOrderOfTheArticles) {
    for (auto const* id : {"a", "b", "c", "d"})
        article(id, {"HR", 1.2 + 0.1 * *id - 9.0, 0.9, 3.9});
    auto const forward = findings();
    std::reverse(articles_.begin(), articles_.end());
    auto const backward = findings();
    ASSERT_EQ(forward.pooled_effects.size(), backward.pooled_effects.size());
    for (std::size_t i = 0; i < forward.pooled_effects.size(); ++i) {
        EXPECT_EQ(forward.pooled_effects[i].estimate, backward.pooled_effects[i].estimate);
        EXPECT_EQ(forward.pooled_effects[i].tau2, backward.pooled_effects[i].tau2);
    }
}

TEST_F(PooledEffects, ManyOfOneKindTakeLittleTime) {
    for (int i = 0; i < 2000; ++i)
        article("a" + std::to_string(i), {"OR", 1.5 + 0.0001 * i, 1.2, 2.9});
    auto const found = findings();
    EXPECT_EQ(found.pooled_effects.at(0).n_effects, 2000u);
    EXPECT_TRUE(found.effects_left_out.empty()) << "leaving one out is for groups of up to 200";
}

}  // namespace
