#include "dossier/job/parallel.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>
#include <string>

namespace {

using dossier::for_each_index;

TEST(ForEachIndex, CallsEveryItemOnceWhateverTheNumberOfThreads) {
    for (unsigned n_threads : {0u, 1u, 2u, 7u}) {
        std::vector<int> calls(1000, 0);
        for_each_index(calls.size(), n_threads, [&](std::size_t i) { ++calls[i]; });
        EXPECT_EQ(std::count(calls.begin(), calls.end(), 1), 1000) << n_threads << " threads";
    }
}

TEST(ForEachIndex, OfNothingCallsNothing) {
    for_each_index(0, 4, [](std::size_t) { FAIL(); });
}

TEST(ForEachIndex, RethrowsTheFailureOfTheLowestItem) {
    try {
        for_each_index(100, 4, [](std::size_t i) {
            if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
        });
        FAIL() << "nothing was thrown";
    } catch (std::runtime_error const& error) {
        EXPECT_STREQ(error.what(), "3");
    }
}

}  // namespace
