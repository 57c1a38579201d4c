#include "dossier/diagnostics/bounded_messages.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::BoundedMessages;
using dossier::Diagnostics;
using dossier::Severity;

Diagnostics messages(std::size_t n, char const* code, Severity severity, std::size_t first_line = 1) {
    Diagnostics all;
    for (std::size_t i = 0; i < n; ++i)
        all.add({severity, code, {"refs.zip!/a.ris", first_line + i}, "no abstract", {}, {}});
    return all;
}

TEST(BoundedMessages, PassesOnTheFirstOfEachCodeAndCountsTheRest) {
    BoundedMessages bounded;
    Diagnostics out;
    bounded.add(messages(25, "DOS0315", Severity::warning), "refs.zip", out);
    bounded.add(messages(1000, "DOS0315", Severity::warning, 100), "refs.zip", out);
    bounded.add(messages(3, "DOS0314", Severity::warning), "refs.zip", out);
    bounded.tell_the_rest(out);
    ASSERT_EQ(out.items().size(), 20u + 3u + 1u);
    EXPECT_EQ(out.items().back().message, "1005 more like this in refs.zip");
    EXPECT_EQ(out.items().back().place.line, 21u) << "where the first that is not told stands";
    EXPECT_EQ(out.items().back().severity, Severity::warning);
}

TEST(BoundedMessages, CountsEachFileForItself) {
    BoundedMessages bounded;
    Diagnostics out;
    bounded.add(messages(20, "DOS0315", Severity::note), "a.ris", out);
    bounded.add(messages(20, "DOS0315", Severity::note), "b.ris", out);
    bounded.tell_the_rest(out);
    EXPECT_EQ(out.items().size(), 40u);
}

TEST(BoundedMessages, NeverHoldsAnErrorBack) {
    BoundedMessages bounded;
    Diagnostics out;
    bounded.add(messages(30, "DOS0220", Severity::error), "a", out);
    bounded.tell_the_rest(out);
    EXPECT_EQ(out.items().size(), 30u);
}

}  // namespace
