// The report `effects` over a real analysis database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report_of_sample.hpp"

namespace {

using dossier::FactorDirection;
using dossier::test::as_text;
using dossier::test::blocks_of;
using dossier::test::OptionMap;
using dossier::test::Said;
using dossier::test::SampleAnalysis;
using testing::HasSubstr;
using testing::Not;

/// The sample, with odds ratios of late coffee in articles of their own, "study 0", "study 1", … .
class Studies {
public:
    void add(double estimate, double low, double high, std::string const& factor = "late-hour") {
        auto const name = "study " + std::to_string(n_++);
        sample.add_article(name, name, "Of late coffee, by " + name + ".");
        auto const article = sample.articles.size() - 1;
        auto const number = "OR " + std::to_string(estimate).substr(0, 4);
        sample.quantity(article, "OR", estimate, "=", number);
        auto& quantity = sample.evidence[article].quantities.back();
        quantity.ci_low = low, quantity.ci_high = high, quantity.ci_level = 0.95;
        quantity.outside_interval = estimate < low || estimate > high;
        quantity.factor_ids = {factor};
        sample.mention(article, factor, FactorDirection::raises, quantity.quote);
        auto& mention = sample.evidence[article].mentions.back();
        mention.bytes = quantity.bytes, mention.line = quantity.line;
    }
    std::vector<Said> blocks(OptionMap const& options = {}) const { return blocks_of("effects", sample, options); }
    SampleAnalysis sample;

private:
    int n_ = 0;
};

Studies three_studies() {
    Studies studies;
    studies.add(1.5, 1.2, 1.9);
    studies.add(2.0, 1.5, 2.7);
    studies.add(1.1, 0.8, 1.5);
    return studies;
}

Said const* forest_in(std::vector<Said> const& blocks) {
    auto const found = std::find_if(blocks.begin(), blocks.end(), [](Said const& said) {
        return said.kind == DOSSIER_CHART && said.level == DOSSIER_CHART_FOREST;
    });
    return found == blocks.end() ? nullptr : &*found;
}

TEST(EffectsReport, DrawsAForestPlotOfEachGroup) {
    auto const blocks = three_studies().blocks();
    auto const* forest = forest_in(blocks);
    ASSERT_NE(forest, nullptr);
    EXPECT_THAT(forest->categories, testing::ElementsAre("study 0", "study 1", "study 2", "Pooled",
                                                         "Pooled, Hartung-Knapp", "Prediction interval"));
    EXPECT_THAT(forest->marks,
                testing::ElementsAre(0u, 0u, 0u, DOSSIER_MARK_POOLED, DOSSIER_MARK_POOLED, DOSSIER_MARK_PREDICTION));
    EXPECT_EQ(forest->reference, 1.0);
    EXPECT_EQ(forest->values[0], 1.5);
    EXPECT_NEAR(forest->weights[0] + forest->weights[1] + forest->weights[2], 1.0, 1e-9);
    EXPECT_THAT(forest->alternative, HasSubstr("Pooled: "));
}

TEST(EffectsReport, SaysHeterogeneityInWordsWithItsNumbers) {
    auto const text = as_text(three_studies().blocks());
    EXPECT_THAT(text, HasSubstr("heterogeneity: I²"));
    EXPECT_THAT(text, HasSubstr("2 degrees of freedom"));
    EXPECT_THAT(text, HasSubstr("95 % prediction interval"));
    EXPECT_THAT(text, HasSubstr("Hartung and Knapp"));
    EXPECT_THAT(text, HasSubstr("Without one of the sources"));
}

TEST(EffectsReport, TakesTheMethodThatIsAskedFor) {
    auto const text = as_text(three_studies().blocks({{"method", std::string("REML")}}));
    EXPECT_THAT(text, HasSubstr("random effects, REML"));
    auto const fixed = as_text(three_studies().blocks({{"method", std::string("fixed")}}));
    EXPECT_THAT(fixed, HasSubstr("fixed effect, inverse variance"));
    EXPECT_THAT(fixed, Not(HasSubstr("In a further study like these")));
}

TEST(EffectsReport, GivesTheReasonWhyAnEffectIsNotPooled) {
    auto studies = three_studies();
    studies.add(2.5, 1.1, 2.0);  // outside its own interval
    studies.add(1.3, 1.1, 1.6, "genes");
    auto const text = as_text(studies.blocks());
    EXPECT_THAT(text, HasSubstr("the estimate lies outside its own interval"));
    EXPECT_THAT(text, HasSubstr("there is a misprint in the article"));
    EXPECT_THAT(text, HasSubstr("no other independent source gives an effect of this factor"));
    EXPECT_THAT(text, HasSubstr("its sentence names no risk factor")) << "the odds ratio of the sample itself";
}

TEST(EffectsReport, ListsPercentagesUnlessToldNotTo) {
    EXPECT_THAT(as_text(Studies().blocks()), HasSubstr("up to 30%"));
    EXPECT_THAT(as_text(Studies().blocks({{"percentages", false}})), Not(HasSubstr("up to 30%")));
    EXPECT_THAT(as_text(Studies().blocks({{"quotes", false}})), Not(HasSubstr("Where the numbers stand")));
}

TEST(EffectsReport, DrawsTheLargestWeightsOfManyAndCountsTheOthers) {
    Studies studies;
    for (int i = 0; i < 8; ++i)
        studies.add(1.5 + 0.01 * i, 1.2 - 0.05 * i, 1.9 + 0.05 * i);
    auto const blocks = studies.blocks({{"max_rows", std::int64_t{3}}});
    EXPECT_EQ(forest_in(blocks)->categories.size(), 6u);
    EXPECT_EQ(forest_in(blocks)->categories[0], "study 0");
    EXPECT_THAT(as_text(blocks), HasSubstr("5 effects with the smallest weights not drawn"));
}

TEST(EffectsReport, SaysThatThereIsNone) {
    Studies studies;
    for (auto& evidence : studies.sample.evidence)
        evidence.quantities.clear();
    EXPECT_THAT(as_text(studies.blocks()), HasSubstr("No effect sizes"));
}

}  // namespace
