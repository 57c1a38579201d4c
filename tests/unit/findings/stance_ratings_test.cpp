#include "dossier/findings/stance_ratings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace {

using dossier::agreement_between_raters;
using dossier::agreement_of_detector_and_people;
using dossier::DetectorRating;
using dossier::RaterAgreement;
using dossier::Stance;
using dossier::StanceRating;
using testing::HasSubstr;

StanceRating rating(std::string rater, int unit, Stance stance) {
    return {std::move(rater), "claim", "article " + std::to_string(unit), "", stance};
}

/// Two raters of units 0, 1, 2, …
std::vector<StanceRating> pairs(std::vector<std::pair<Stance, Stance>> const& stances) {
    std::vector<StanceRating> ratings;
    for (std::size_t i = 0; i < stances.size(); ++i) {
        ratings.push_back(rating("ann", static_cast<int>(i), stances[i].first));
        ratings.push_back(rating("ben", static_cast<int>(i), stances[i].second));
    }
    return ratings;
}

RaterAgreement row(std::vector<RaterAgreement> const& rows, std::string const& coefficient) {
    auto const found = std::find_if(rows.begin(), rows.end(),
                                    [&](RaterAgreement const& one) { return one.coefficient == coefficient; });
    EXPECT_NE(found, rows.end()) << coefficient;
    return found == rows.end() ? RaterAgreement{} : *found;
}

constexpr auto supports = Stance::supports, refutes = Stance::refutes, mixed = Stance::mixed, silent = Stance::silent;

// Statistics by hand: 8 of 10 agree; shares .5 .5 and .5 .5 of two categories, so that p_e is .5.
TEST(StanceRatings, OfTwoPeopleGiveEveryCoefficientAndItsInterval) {
    std::vector<std::pair<Stance, Stance>> stances(4, {supports, supports});
    stances.insert(stances.end(), 4, {refutes, refutes});
    stances.push_back({supports, refutes}), stances.push_back({refutes, supports});
    auto const rows = agreement_between_raters(pairs(stances));
    std::vector<std::string> names;
    for (auto const& one : rows) {
        names.push_back(one.coefficient);
        EXPECT_EQ(one.comparison, "between raters");
        EXPECT_EQ(one.status, "ok");
        EXPECT_EQ(one.n_units, 10u);
        EXPECT_EQ(one.n_raters, 2u);
        EXPECT_EQ(one.n_ratings, 20u);
        EXPECT_EQ(one.observed_agreement, 0.8);
        ASSERT_TRUE(one.ci_low && one.ci_high) << one.coefficient;
        EXPECT_LT(*one.ci_low, *one.value);
        EXPECT_GT(*one.ci_high, *one.value);
    }
    EXPECT_THAT(names, testing::ElementsAre("percent agreement", "Cohen's kappa", "Scott's pi", "Gwet's AC1",
                                            "Brennan-Prediger", "Krippendorff's alpha (nominal)",
                                            "Krippendorff's alpha (ordinal)"));
    EXPECT_DOUBLE_EQ(*row(rows, "Cohen's kappa").value, 0.6);
    EXPECT_DOUBLE_EQ(*row(rows, "Gwet's AC1").value, 0.6);
    EXPECT_DOUBLE_EQ(*row(rows, "Krippendorff's alpha (nominal)").value, 0.62);  // 1 - .2 * 19 / (20 * .5)
}

TEST(StanceRatings, OfThreePeopleAreComparedByKappasForMany) {
    std::vector<StanceRating> ratings;
    for (int unit = 0; unit < 6; ++unit)
        for (auto const* who : {"ann", "ben", "cem"})
            ratings.push_back(rating(who, unit, unit % 2 == 0 ? supports : refutes));
    auto const rows = agreement_between_raters(ratings);
    EXPECT_EQ(row(rows, "Conger's kappa").value, 1.0);
    EXPECT_EQ(row(rows, "Fleiss' kappa").value, 1.0);
}

TEST(StanceRatings, AreTheSameInAnyOrder) {
    auto ratings = pairs({{supports, supports},
                          {mixed, refutes},
                          {silent, silent},
                          {supports, mixed},
                          {refutes, refutes},
                          {supports, supports},
                          {silent, supports}});
    auto const once = agreement_between_raters(ratings);
    std::reverse(ratings.begin(), ratings.end());
    auto const again = agreement_between_raters(ratings);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        EXPECT_EQ(once[i].value, again[i].value);
        EXPECT_EQ(once[i].ci_low, again[i].ci_low);
        EXPECT_EQ(once[i].note, again[i].note);
    }
}

TEST(StanceRatings, CountTheLaterOfTwoByOnePersonOnOneUnit) {
    auto ratings = pairs({{supports, supports}, {refutes, refutes}});
    ratings.push_back(rating("ann", 0, refutes));
    EXPECT_EQ(row(agreement_between_raters(ratings), "percent agreement").value, 0.5);
}

TEST(StanceRatings, AreOrdinalOnlyWhereEveryRatingOfAUnitIsOnTheScale) {
    auto const rows = agreement_between_raters(
        pairs({{supports, supports}, {mixed, supports}, {refutes, refutes}, {silent, supports}, {silent, silent}}));
    auto const ordinal = row(rows, "Krippendorff's alpha (ordinal)");
    EXPECT_EQ(ordinal.n_units, 3u);
    EXPECT_EQ(ordinal.n_ratings, 6u);
    EXPECT_THAT(ordinal.note, HasSubstr("3 of 5 units; the others hold a rating that is not on it"));
    EXPECT_THAT(ordinal.note, HasSubstr("fewer than 5 units: no interval"));
    EXPECT_EQ(row(rows, "Krippendorff's alpha (nominal)").n_units, 5u);
}

// Prevalence paradox (statistics.md 4.8): 18 of 20 agree, kappa is about 0.
TEST(StanceRatings, NameAC1WhereAgreementIsHighAndKappaLow) {
    std::vector<std::pair<Stance, Stance>> stances(18, {silent, silent});
    stances.push_back({silent, supports}), stances.push_back({supports, silent});
    auto const rows = agreement_between_raters(pairs(stances));
    auto const kappa = row(rows, "Cohen's kappa");
    EXPECT_LT(*kappa.value, 0);
    EXPECT_THAT(kappa.note, HasSubstr("prevalence paradox); Gwet's AC1 beside it is 0.89"));
    EXPECT_EQ(row(rows, "Gwet's AC1").note.find("paradox"), std::string::npos);
}

TEST(StanceRatings, ThatDoNotVaryHaveAStatusAndNoValue) {
    auto const rows = agreement_between_raters(pairs({{silent, silent}, {silent, silent}}));
    for (auto const& one : rows) {
        if (one.coefficient == "percent agreement" || one.coefficient == "Krippendorff's alpha (ordinal)") continue;
        EXPECT_EQ(one.status, "no-variation") << one.coefficient;
        EXPECT_FALSE(one.value);
        EXPECT_EQ(one.observed_agreement, 1.0);
    }
    EXPECT_EQ(row(rows, "percent agreement").value, 1.0);
    EXPECT_EQ(row(rows, "Krippendorff's alpha (ordinal)").status, "no-data");
}

TEST(StanceRatings, OfOnePersonOrWithoutOverlapHaveAStatus) {
    EXPECT_EQ(agreement_between_raters(std::vector{rating("ann", 0, supports)})[0].status, "one-rater");
    auto const apart = std::vector{rating("ann", 0, supports), rating("ben", 1, supports)};
    EXPECT_EQ(agreement_between_raters(apart)[0].status, "no-overlap");
    EXPECT_TRUE(agreement_between_raters({}).empty());
}

TEST(StanceRatings, OfADetectorAreComparedPairByPair) {
    std::vector<DetectorRating> ratings;
    for (int unit = 0; unit < 8; ++unit) {
        auto const detector = unit < 4 ? supports : silent;
        ratings.push_back({rating("ann", unit, unit < 3 ? supports : silent), detector});
        ratings.push_back({rating("ben", unit, detector), detector});
    }
    auto const rows = agreement_of_detector_and_people(ratings);
    auto const share = row(rows, "percent agreement");
    EXPECT_EQ(share.comparison, "detector and people");
    EXPECT_EQ(share.value, 15.0 / 16);
    EXPECT_EQ(share.n_units, 16u);
    EXPECT_EQ(row(rows, "Cohen's kappa").value, 0.875);
    auto const cells = dossier::confusion_of_detector_and_people(ratings);
    ASSERT_EQ(cells.size(), 3u);
    EXPECT_EQ(cells[0].detector, supports);
    EXPECT_EQ(cells[0].person, supports);
    EXPECT_EQ(cells[0].n, 7u);
    EXPECT_EQ(cells[1].person, silent);
    EXPECT_EQ(cells[1].n, 1u);
    EXPECT_EQ(cells[2].detector, silent);
    EXPECT_EQ(cells[2].n, 8u);
}

TEST(StanceRatings, OfTwentyThousandUnitsTakeSeconds) {
    std::vector<StanceRating> ratings;
    for (int unit = 0; unit < 20'000; ++unit)
        for (auto const* who : {"ann", "ben"})
            ratings.push_back(rating(who, unit, static_cast<Stance>((unit * 7 + (who[0] == 'a' ? 0 : unit % 3)) % 5)));
    auto const start = std::chrono::steady_clock::now();
    EXPECT_TRUE(agreement_between_raters(ratings)[5].ci_low);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(StanceRatings, OfAsManyPeopleAsUnitsTakeSeconds) {
    std::vector<StanceRating> ratings;
    for (int unit = 0; unit < 20'000; ++unit)
        for (int who = 0; who < 2; ++who)
            ratings.push_back(rating(std::to_string(unit + who), unit, static_cast<Stance>((unit + who * unit) % 4)));
    auto const start = std::chrono::steady_clock::now();
    EXPECT_TRUE(agreement_between_raters(ratings)[5].value);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
