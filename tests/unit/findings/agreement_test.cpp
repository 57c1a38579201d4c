#include "dossier/findings/agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using dossier::polarisation;
using dossier::shannon_entropy;
using dossier::tastle_wierman_consensus;
using dossier::van_der_eijk_agreement;

// Published: Cns .7256876 (CRAN agrmt, man/consensus), A .6113333 (CRAN agrmt, man/agreement.Rd).
TEST(Agreement, MatchesPublishedValues) {
    std::vector<double> const frequencies{30, 40, 210, 130, 530, 50, 10};
    EXPECT_NEAR(van_der_eijk_agreement(frequencies).value(), .6113333, 5e-8);
    EXPECT_NEAR(tastle_wierman_consensus(frequencies).value(), .7256876, 5e-8);
}

struct GoldenAgreement {
    std::vector<double> frequencies;  // refutes, mixed, supports
    double consensus, agreement, polarisation;
};

class GoldenAgreements : public testing::TestWithParam<GoldenAgreement> {};

TEST_P(GoldenAgreements, AreReproduced) {
    auto const& golden = GetParam();
    EXPECT_NEAR(tastle_wierman_consensus(golden.frequencies).value(), golden.consensus, 5e-7);
    EXPECT_NEAR(van_der_eijk_agreement(golden.frequencies).value(), golden.agreement, 5e-7);
    EXPECT_NEAR(polarisation(*van_der_eijk_agreement(golden.frequencies)), golden.polarisation, 5e-7);
}

// statistics.md 4.5, the whole table.
INSTANTIATE_TEST_SUITE_P(
    Statistics45, GoldenAgreements,
    testing::Values(GoldenAgreement{{0, 0, 5}, 1, 1, 0}, GoldenAgreement{{0, 5, 0}, 1, 1, 0},
                    GoldenAgreement{{0, 0, 1}, 1, 1, 0}, GoldenAgreement{{2, 0, 2}, 0, -1, 1},
                    GoldenAgreement{{1, 0, 1}, 0, -1, 1}, GoldenAgreement{{1, 0, 4}, .278072, .2, .4},
                    GoldenAgreement{{2, 0, 3}, .029049, -.6, .8}, GoldenAgreement{{1, 1, 3}, .279477, .4, .3},
                    GoldenAgreement{{0, 2, 3}, .601014, .6, .2}, GoldenAgreement{{1, 1, 1}, .333333, 0, .5},
                    GoldenAgreement{{2, 1, 2}, .2, -.4, .7}));

TEST(Agreement, IsAbsentWithoutSources) {
    EXPECT_FALSE(van_der_eijk_agreement(std::vector<double>{0, 0, 0}));
    EXPECT_FALSE(tastle_wierman_consensus(std::vector<double>{0, 0, 0}));
    EXPECT_FALSE(van_der_eijk_agreement(std::vector<double>{}));
}

// statistics.md 4.5: H / log2 K.
TEST(Entropy, IsOneWhereAllPositionsAreEquallyFrequentAndZeroWhereOneIs) {
    EXPECT_NEAR(dossier::relative_entropy(std::vector<double>{4, 4, 4}).value(), 1.0, 1e-12);
    EXPECT_EQ(dossier::relative_entropy(std::vector<double>{0, 4, 0}).value(), 0.0);
    EXPECT_NEAR(dossier::relative_entropy(std::vector<double>{2, 0, 2}).value(), 1.0 / std::log2(3.0), 1e-12);
    EXPECT_FALSE(dossier::relative_entropy(std::vector<double>{0, 0, 0}));
}

TEST(Agreement, CountsOnlyInformativeSources) {
    auto const frequencies = dossier::ordinal_frequencies(
        {.supports = 3, .refutes = 1, .mixed = 2, .neutral = 7, .silent = 8, .not_assessable = 9});
    EXPECT_EQ(frequencies, (std::array<double, 3>{1, 2, 3}));
}

// Published values and values computed from the published formulas: see the corpus's README.txt.
TEST(Agreement, EqualsTheOrdinalReferenceVectors) {
    std::filesystem::path const file = DOSSIER_SOURCE_DIR "/../shared/corpora/numbers/agreement/ordinal_agreement.tsv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no reference vectors at " << file;
    std::ifstream rows(file);
    std::string row;
    std::getline(rows, row);  // head
    std::size_t n_rows = 0;
    while (std::getline(rows, row)) {
        std::istringstream cells(row);
        std::string id, vector, agreement, polarised, consensus, leik, entropy;
        std::getline(cells, id, '\t');
        std::getline(cells, vector, '\t');
        std::getline(cells, agreement, '\t');
        std::getline(cells, polarised, '\t');
        std::getline(cells, consensus, '\t');
        std::getline(cells, leik, '\t');
        std::getline(cells, entropy, '\t');
        std::istringstream numbers(vector);
        std::vector<double> frequencies;
        for (double number = 0; numbers >> number;)
            frequencies.push_back(number);
        auto const a = van_der_eijk_agreement(frequencies);
        auto const cns = tastle_wierman_consensus(frequencies);
        ASSERT_TRUE(a && cns) << id;
        EXPECT_NEAR(*a, std::stod(agreement), 1e-6) << id;
        EXPECT_NEAR(polarisation(*a), std::stod(polarised), 1e-6) << id;
        EXPECT_NEAR(*cns, std::stod(consensus), 1e-6) << id;
        EXPECT_NEAR(shannon_entropy(frequencies).value(), std::stod(entropy), 1e-6) << id;
        ++n_rows;
    }
    EXPECT_EQ(n_rows, 39u);
}

}  // namespace
