#include "dossier/job/alert_step.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using dossier::AlertObservation;
using dossier::AlertPhase;
using dossier::AlertState;
using dossier::AlertStep;
using dossier::Holds;
using dossier::step;

Holds contrary(Holds when) {
    return when == Holds::unknown ? Holds::unknown : when == Holds::yes ? Holds::no : Holds::yes;
}

/// An alert without clear_when, looked at in one set.
AlertObservation seen(Holds when, unsigned hold = 1) {
    AlertObservation observation;
    observation.when = when;
    observation.clear_when = contrary(when);
    observation.hold = hold;
    observation.definition = "d";
    observation.set_id = "set";
    observation.now = "2026-11-22T06:00:00Z";
    return observation;
}

/// What a run of observations leads to, from nothing.
std::vector<AlertStep> steps_of(std::vector<AlertObservation> const& observations) {
    std::vector<AlertStep> steps;
    std::optional<AlertState> state;
    for (auto const& observation : observations) {
        auto const stepped = step(state, observation);
        steps.push_back(stepped.step);
        state = stepped.state;
    }
    return steps;
}

using Steps = std::vector<AlertStep>;

TEST(Alert, FiresOnceAndClearsOnce) {
    EXPECT_EQ(steps_of({seen(Holds::no), seen(Holds::yes), seen(Holds::yes), seen(Holds::no), seen(Holds::no)}),
              (Steps{AlertStep::quiet, AlertStep::fired, AlertStep::holding, AlertStep::cleared, AlertStep::quiet}));
}

TEST(Alert, FiresInItsFirstRunIfItsConditionHoldsThere) {
    auto const stepped = step(std::nullopt, seen(Holds::yes));
    EXPECT_EQ(stepped.step, AlertStep::fired);
    EXPECT_TRUE(stepped.begins_anew);
    EXPECT_EQ(stepped.state.since, "2026-11-22T06:00:00Z");
}

TEST(Alert, FiresAgainAfterItWasCleared) {
    EXPECT_EQ(steps_of({seen(Holds::yes), seen(Holds::no), seen(Holds::yes)}),
              (Steps{AlertStep::fired, AlertStep::cleared, AlertStep::fired}));
}

TEST(Alert, WaitsForTheRunsInARowThatItIsAskedTo) {
    EXPECT_EQ(steps_of({seen(Holds::yes, 3), seen(Holds::yes, 3), seen(Holds::no, 3), seen(Holds::yes, 3),
                        seen(Holds::yes, 3), seen(Holds::yes, 3), seen(Holds::yes, 3)}),
              (Steps{AlertStep::waiting, AlertStep::waiting, AlertStep::quiet, AlertStep::waiting, AlertStep::waiting,
                     AlertStep::fired, AlertStep::holding}));
}

TEST(Alert, DoesNotCountARunInWhichAValueWasMissing) {
    EXPECT_EQ(steps_of({seen(Holds::yes, 2), seen(Holds::unknown, 2), seen(Holds::yes, 2), seen(Holds::yes, 2)}),
              (Steps{AlertStep::waiting, AlertStep::missing, AlertStep::waiting, AlertStep::fired}));
}

TEST(Alert, NeitherFiresNorClearsOnAMissingValue) {
    EXPECT_EQ(
        steps_of({seen(Holds::unknown), seen(Holds::yes), seen(Holds::unknown), seen(Holds::yes), seen(Holds::no)}),
        (Steps{AlertStep::missing, AlertStep::fired, AlertStep::missing, AlertStep::holding, AlertStep::cleared}));
}

TEST(Alert, KeepsFiringBetweenItsTwoConditions) {
    auto between = seen(Holds::no);  // below neither 0.5 nor above 0.6
    between.clear_when = Holds::no;
    EXPECT_EQ(steps_of({seen(Holds::yes), between, seen(Holds::yes), between, seen(Holds::no), between}),
              (Steps{AlertStep::fired, AlertStep::holding, AlertStep::holding, AlertStep::holding, AlertStep::cleared,
                     AlertStep::quiet}));
}

TEST(Alert, DoesNotFlutterWhereItsConditionsOverlap) {
    auto both = seen(Holds::yes);
    both.clear_when = Holds::yes;
    EXPECT_EQ(steps_of({both, both, both}), (Steps{AlertStep::fired, AlertStep::holding, AlertStep::holding}));
}

TEST(Alert, BeginsAnewWhenItAsksForSomethingElse) {
    auto other = seen(Holds::yes);
    other.definition = "another";
    auto const first = step(std::nullopt, seen(Holds::yes));
    auto const changed = step(first.state, other);
    EXPECT_EQ(changed.step, AlertStep::fired);
    EXPECT_TRUE(changed.begins_anew);
    EXPECT_EQ(step(changed.state, other).step, AlertStep::holding);
}

TEST(Alert, OnChangesFiresForEachSetOnce) {
    auto const of_set = [](std::string set, Holds when) {
        auto observation = seen(when);
        observation.is_of_changes = true;
        observation.set_id = std::move(set);
        return observation;
    };
    EXPECT_EQ(
        steps_of({of_set("a", Holds::no), of_set("b", Holds::yes), of_set("b", Holds::yes), of_set("c", Holds::yes),
                  of_set("d", Holds::no), of_set("d", Holds::no), of_set("b", Holds::yes)}),
        (Steps{AlertStep::quiet, AlertStep::fired, AlertStep::holding, AlertStep::fired, AlertStep::quiet,
               AlertStep::quiet, AlertStep::fired}));
}

/// Every state, every observation: what must be true of each step, whatever came before.
TEST(Alert, KeepsItsPromisesInEveryStepThereIs) {
    std::size_t n_steps = 0, n_fired = 0, n_cleared = 0;
    std::vector<std::optional<AlertState>> befores{std::nullopt};
    for (auto const phase : {AlertPhase::quiet, AlertPhase::firing})
        for (unsigned const streak : {0u, 1u, 2u})
            for (auto const* definition : {"d", "another"})
                for (auto const* set : {"set", "older"}) {
                    AlertState state;
                    state.phase = phase, state.streak = phase == AlertPhase::quiet ? streak : 0;
                    state.definition = definition, state.set_id = set;
                    if (phase == AlertPhase::firing) state.since = "2026-11-21T06:00:00Z";
                    befores.emplace_back(state);
                }
    for (auto const& before : befores)
        for (auto const when : {Holds::no, Holds::yes, Holds::unknown})
            for (auto const clear : {Holds::no, Holds::yes, Holds::unknown})
                for (unsigned const hold : {1u, 2u, 3u})
                    for (bool const of_changes : {false, true}) {
                        auto observation = seen(when, hold);
                        observation.clear_when = clear;
                        observation.is_of_changes = of_changes;
                        auto const stepped = step(before, observation);
                        ++n_steps;
                        bool const anew = !before || before->definition != "d";
                        bool const news = of_changes && !anew && before->set_id != "set";
                        bool const was_firing = !anew && !news && before->phase == AlertPhase::firing;
                        unsigned const streak = anew || news || was_firing ? 0 : before->streak;
                        bool const fires = !was_firing && when == Holds::yes && streak + 1 >= hold;
                        bool const clears = was_firing && clear == Holds::yes && when != Holds::yes;
                        EXPECT_EQ(stepped.step == AlertStep::fired, fires);
                        EXPECT_EQ(stepped.step == AlertStep::cleared, clears);
                        EXPECT_EQ(stepped.begins_anew, anew);
                        bool const is_firing = stepped.state.phase == AlertPhase::firing;
                        EXPECT_EQ(is_firing, fires || (was_firing && !clears));
                        EXPECT_EQ(stepped.state.since.empty(), !is_firing);
                        EXPECT_EQ(stepped.state.definition, "d");
                        EXPECT_EQ(stepped.state.set_id, "set");
                        if (is_firing || when != Holds::yes) {
                            EXPECT_EQ(stepped.state.streak, 0u);
                        }
                        // The same seen again never fires twice.
                        if (fires) {
                            EXPECT_NE(step(stepped.state, observation).step, AlertStep::fired);
                        }
                        n_fired += fires ? 1 : 0;
                        n_cleared += clears ? 1 : 0;
                    }
    EXPECT_EQ(n_steps, 25u * 3 * 3 * 3 * 2);
    EXPECT_GT(n_fired, 100u);
    EXPECT_GT(n_cleared, 10u);
}

TEST(Alert, AlternatesBetweenFiringAndClearingOverLongRandomHistories) {
    std::mt19937 random(7);
    std::size_t n_fired = 0;
    for (int history = 0; history < 200; ++history) {
        std::optional<AlertState> state;
        int fired_and_not_cleared = 0;
        for (int run = 0; run < 200; ++run) {
            auto observation = seen(static_cast<Holds>(random() % 3), static_cast<unsigned>(1 + random() % 3));
            if (random() % 2 == 0) observation.clear_when = static_cast<Holds>(random() % 3);
            auto const stepped = step(state, observation);
            if (stepped.step == AlertStep::fired) ++fired_and_not_cleared, ++n_fired;
            if (stepped.step == AlertStep::cleared) --fired_and_not_cleared;
            ASSERT_EQ(fired_and_not_cleared, stepped.state.phase == AlertPhase::firing ? 1 : 0);
            state = stepped.state;
        }
    }
    EXPECT_GT(n_fired, 1000u);
}

}  // namespace
