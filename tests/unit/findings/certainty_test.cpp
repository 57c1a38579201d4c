#include "dossier/findings/certainty.hpp"

#include <gtest/gtest.h>

#include "findings_fixture.hpp"

namespace {

using dossier::BodyOfEvidence;
using dossier::suggest_certainty;
using testing::Test;

BodyOfEvidence eight_good_sources() {
    BodyOfEvidence body;
    body.tally = {.supports = 8};
    body.n_study_design = 8;
    return body;
}

TEST(Certainty, IsHighWhenNothingLowersIt) {
    auto const certainty = suggest_certainty(eight_good_sources());
    EXPECT_EQ(certainty.level, "high");
    EXPECT_TRUE(certainty.reasons.empty());
}

TEST(Certainty, IsNotRatedWithoutInformativeSources) {
    BodyOfEvidence body;
    body.tally = {.neutral = 3, .silent = 4};
    EXPECT_EQ(suggest_certainty(body).level, "");
    EXPECT_EQ(dossier::certainty_word(""), "not rated");
}

// statistics.md 4.11: a single study is at least one level down.
TEST(Certainty, OfOneSourceIsAtMostLow) {
    auto body = eight_good_sources();
    body.tally = {.supports = 1};
    body.n_study_design = 1;
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "low");
    EXPECT_EQ(certainty.reasons, std::vector<std::string>{"imprecision: rests on one source (two levels down)"});
}

TEST(Certainty, EachDomainLowersItWithItsReason) {
    auto conflict = eight_good_sources();
    conflict.n_conflict_of_interest = 3;
    EXPECT_EQ(suggest_certainty(conflict).reasons.at(0),
              "selection: 3 of 8 informative sources with a conflict of interest (one level down)");
    auto animals = eight_good_sources();
    animals.n_animal = 4;
    EXPECT_EQ(suggest_certainty(animals).reasons.at(0),
              "indirectness: 4 of 8 informative sources rest on animal or laboratory studies (one level down)");
    auto disagreement = eight_good_sources();
    disagreement.unexplained_disagreement = true;
    EXPECT_EQ(suggest_certainty(disagreement).reasons.at(0),
              "inconsistency: sources disagree, or are mixed, under the same condition (one level down)");
    auto few = eight_good_sources();
    few.tally = {.supports = 4};
    few.n_study_design = 4;
    EXPECT_EQ(suggest_certainty(few).reasons.at(0),
              "imprecision: only 4 informative sources, fewer than 6 (one level down)");
    auto opinions = eight_good_sources();
    opinions.n_study_design = 0;
    EXPECT_EQ(suggest_certainty(opinions).level, "moderate");
    auto publisher = eight_good_sources();
    publisher.one_publisher = true;
    EXPECT_EQ(suggest_certainty(publisher).reasons.at(0),
              "selection: all informative sources have the same publisher (one level down)");
}

TEST(Certainty, OfCorrelationsOnlyIsOneLevelDownAndNoMore) {
    auto body = eight_good_sources();
    body.n_correlational_only = 8;
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "moderate");
    EXPECT_EQ(certainty.reasons, std::vector<std::string>{"risk of bias: all informative sources state correlations, "
                                                          "none an effect (one level down)"});
    body.n_study_design = 0;  // the same domain is not lowered twice
    EXPECT_EQ(suggest_certainty(body).level, "moderate");
    body = eight_good_sources();
    body.n_correlational_only = 7;
    EXPECT_EQ(suggest_certainty(body).level, "high");
}

TEST(Certainty, KnowsSourcesThatStateCorrelationsOnly) {
    using dossier::CausalStrength;
    using dossier::Direction;
    std::vector<dossier::EvidenceItem> quotes(3);
    auto const set = [&](std::size_t i, Direction direction, CausalStrength strength) {
        quotes[i].direction = direction;
        quotes[i].causal_strength = strength;
    };
    EXPECT_FALSE(dossier::states_correlation_only({}));
    EXPECT_FALSE(dossier::states_correlation_only(quotes)) << "no link is stated";
    set(0, Direction::supports, CausalStrength::correlational);
    set(1, Direction::refutes, CausalStrength::none);
    set(2, Direction::neutral, CausalStrength::direct);
    EXPECT_TRUE(dossier::states_correlation_only(quotes)) << "what only discusses does not count";
    quotes[0].condition_id = "misuse";
    EXPECT_TRUE(dossier::states_correlation_only(quotes, "misuse"));
    EXPECT_FALSE(dossier::states_correlation_only(quotes, "supervised"));
    set(1, Direction::refutes, CausalStrength::conditional);
    EXPECT_FALSE(dossier::states_correlation_only(quotes));
}

TEST(Certainty, NeverFallsBelowVeryLow) {
    BodyOfEvidence body;
    body.tally = {.mixed = 1};
    body.n_conflict_of_interest = 1, body.n_animal = 1, body.unexplained_disagreement = true;
    auto const certainty = suggest_certainty(body);
    EXPECT_EQ(certainty.level, "very low");
    EXPECT_EQ(certainty.reasons.size(), 5u);
}

TEST(SourceTraits, ReadConflictsOfInterest) {
    auto article = dossier::test::article("a");
    EXPECT_FALSE(dossier::has_conflict_of_interest(article));
    for (auto const* none : {"none", "None declared", "No", "no conflict of interest", "n/a"}) {
        article.conflict_of_interest.value = none;
        EXPECT_FALSE(dossier::has_conflict_of_interest(article)) << none;
    }
    for (auto const* some : {"sells the treatment", "sponsored by the maker", "no grants, but owns shares"}) {
        article.conflict_of_interest.value = some;
        EXPECT_TRUE(dossier::has_conflict_of_interest(article)) << some;
    }
}

TEST(SourceTraits, ReadStudyDesigns) {
    auto article = dossier::test::article("a");
    auto const animal = [&](char const* design) {
        return article.study_design.value = design, is_animal_study(article);
    };
    auto const study = [&](char const* design) {
        return article.study_design.value = design, has_study_design(article);
    };
    EXPECT_TRUE(animal("animal study (mice)"));
    EXPECT_TRUE(animal("In vitro"));
    EXPECT_FALSE(animal("narrative review"));
    EXPECT_FALSE(animal("rather general remarks"));  // "rat" is a word, not a beginning
    EXPECT_TRUE(study("Randomised controlled trial"));
    EXPECT_TRUE(study("meta-analysis"));
    EXPECT_FALSE(study("randomised trial in mice"));
    EXPECT_FALSE(study("news report"));
    EXPECT_FALSE(study("news report of a randomised trial"));
    EXPECT_FALSE(study("protocol of a randomised trial"));
    EXPECT_FALSE(study("narrative review"));
    EXPECT_TRUE(study("cohort study (preprint)"));
    EXPECT_FALSE(study(""));
}

TEST(SourceTraits, TakeThePopulationIntoAccount) {
    auto article = dossier::test::article("a");
    article.study_design.value = "randomised trial";
    article.population.value = "animal";
    EXPECT_TRUE(is_animal_study(article));
    EXPECT_FALSE(has_study_design(article));
    article.population.value = "human";
    EXPECT_FALSE(is_animal_study(article));
    EXPECT_TRUE(has_study_design(article));
}

}  // namespace
