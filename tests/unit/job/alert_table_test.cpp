#include "dossier/job/alert_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "dossier/job/alert_condition.hpp"
#include "dossier/job/alert_readings.hpp"
#include "dossier/job/job_file.hpp"

namespace {

using dossier::AlertReadings;
using dossier::days_until;
using dossier::Diagnostics;
using dossier::Holds;
using dossier::JobAlert;
using testing::ElementsAre;

TEST(AlertTable, IsReadOutOfTheReferenceFile) {
    Diagnostics diagnostics;
    auto const job = dossier::load_job(DOSSIER_SOURCE_DIR "/config/job.toml", diagnostics);
    ASSERT_TRUE(job) << render(diagnostics.items(), dossier::MessageFormat::human);
    EXPECT_FALSE(job->has_mistakes);
    ASSERT_EQ(job->alerts.size(), 1u);
    auto const& alert = job->alerts[0];
    EXPECT_EQ(alert.id, "direction-turns");
    EXPECT_EQ(alert.claim.text, "keeps-awake");
    EXPECT_EQ(text_of(alert.when), "direction_share < 0.5 and refutes >= 3");
    ASSERT_TRUE(alert.clear_when);
    EXPECT_EQ(text_of(*alert.clear_when), "direction_share > 0.6");
    EXPECT_THAT(alert.hook.command, ElementsAre("hooks/mail", "reviewers@example.org"));
    EXPECT_EQ(alert.hook.seconds, 30.0);
    EXPECT_EQ(alert.hook.retries, 2u);
}

JobAlert alert(std::string_view when) {
    JobAlert alert;
    alert.id = "a";
    alert.claim.text = "sleep";
    alert.when = dossier::parse_alert_condition(when).condition;
    return alert;
}

TEST(AlertDefinition, IsAllThatDecidesWhenItFiresAndNothingElse) {
    auto const first = alert("supports < 3");
    auto const same = [&](auto const& change) {
        auto other = first;
        change(other);
        return definition_of(other) == definition_of(first);
    };
    EXPECT_TRUE(same([](JobAlert&) {}));
    EXPECT_TRUE(same([](JobAlert& other) { other.hook.command = {"mail"}; }));
    EXPECT_TRUE(same([](JobAlert& other) { other.place.line = 7; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.id = "b"; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.claim.text = "heart"; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.condition.text = "late"; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.when = alert("supports < 4").when; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.clear_when = alert("supports > 4").when; }));
    EXPECT_FALSE(same([](JobAlert& other) { other.hold = 2; }));
}

TEST(AlertTests, AllHaveToHoldAndAMissingValueDecidesNothing) {
    AlertReadings const readings{{"supports", {2.0, {}}},
                                 {"certainty_word", {std::string("low certainty"), {}}},
                                 {"direction_share", {std::monostate{}, "no source takes a side"}}};
    auto const of = [&](std::string_view text) {
        return holds(dossier::parse_alert_condition(text).condition, readings);
    };
    EXPECT_EQ(of("supports < 3"), Holds::yes);
    EXPECT_EQ(of("supports < 2"), Holds::no);
    EXPECT_EQ(of("supports <= 2 and supports >= 2 and supports = 2"), Holds::yes);
    EXPECT_EQ(of("supports != 2"), Holds::no);
    EXPECT_EQ(of("supports > 1 and certainty_word is 'low certainty' or 'very low certainty'"), Holds::yes);
    EXPECT_EQ(of("certainty_word is not 'low certainty'"), Holds::no);
    EXPECT_EQ(of("certainty_word is not 'high certainty' or 'not rated'"), Holds::yes);
    EXPECT_EQ(of("direction_share < 0.5"), Holds::unknown);
    EXPECT_EQ(of("direction_share < 0.5 and supports < 3"), Holds::unknown);
    EXPECT_EQ(of("direction_share < 0.5 and supports > 3"), Holds::no);
}

TEST(Age, IsCountedFromTheLastDayThatADateCanMean) {
    EXPECT_EQ(days_until("2026-11-20", "2026-11-22"), 2.0);
    EXPECT_EQ(days_until("2026-10", "2026-11-22"), 22.0);
    EXPECT_EQ(days_until("2024-02", "2024-03-01"), 1.0) << "a leap day";
    EXPECT_EQ(days_until("2025", "2026-01-01"), 1.0);
    EXPECT_EQ(days_until("2026", "2026-11-22"), 0.0) << "it may be of today";
    EXPECT_EQ(days_until("2027-01-01", "2026-11-22"), 0.0);
    for (auto const* date : {"", "26", "2026-13", "2026-02-30", "2026-1-1", "2026/11/22", "soon"})
        EXPECT_FALSE(days_until(date, "2026-11-22")) << date;
}

}  // namespace
