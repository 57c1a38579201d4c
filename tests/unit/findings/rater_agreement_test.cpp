#include "dossier/findings/rater_agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "dossier/findings/two_rater_table.hpp"

namespace {

using dossier::AgreementCoefficient;
using dossier::AgreementEstimate;
using dossier::AgreementStatus;
using dossier::AgreementWeights;
using dossier::MeasurementLevel;
using dossier::RatingTable;
using dossier::Weighting;

using Row = std::vector<std::string>;

/// A table from its rows, one unit each; "" is a missing rating. Categories are those that occur, by number if they all are
/// numbers, else by name with the scores 1, 2, 3, …
RatingTable table_of(std::vector<Row> const& rows) {
    std::map<std::string, double> scores;
    bool numbers = true;
    for (auto const& row : rows)
        for (auto const& cell : row)
            if (!cell.empty()) {
                scores[cell] = 0;
                numbers = numbers && cell.find_first_not_of("0123456789") == std::string::npos;
            }
    double next = 1;
    for (auto& [name, score] : scores)
        score = numbers ? std::stod(name) : next++;
    std::map<double, std::uint32_t> category;
    for (auto const& [name, score] : scores)
        category[score] = 0;
    RatingTable table;
    for (auto& [score, number] : category) {
        number = static_cast<std::uint32_t>(table.scores.size());
        table.scores.push_back(score);
    }
    for (auto const& row : rows) {
        table.n_raters = std::max(table.n_raters, row.size());
        auto& unit = table.units.emplace_back();
        for (std::size_t rater = 0; rater < row.size(); ++rater)
            if (!row[rater].empty()) unit.push_back({static_cast<std::uint32_t>(rater), category[scores[row[rater]]]});
    }
    return table;
}

/// The same from raters' rows: "1 * 2|1 1 2", where * is missing.
RatingTable table_of_raters(std::string const& text) {
    std::vector<Row> rows;
    std::istringstream raters(text);
    std::size_t rater = 0;
    for (std::string line; std::getline(raters, line, '|'); ++rater) {
        std::istringstream cells(line);
        std::size_t unit = 0;
        for (std::string cell; cells >> cell; ++unit) {
            if (rows.size() <= unit) rows.emplace_back();
            rows[unit].resize(rater + 1);
            rows[unit][rater] = cell == "*" ? "" : cell;
        }
    }
    for (auto& row : rows)
        row.resize(rater);
    return table_of(rows);
}

double value(AgreementEstimate const& estimate) {
    EXPECT_TRUE(estimate.value) << name_of(estimate.status);
    return estimate.value.value_or(NAN);
}

// ---- statistics.md 4.8, golden values

// Fleiss (1971), as in Gwet's irrCAC: 15 patients, 6 raters, 5 diagnoses; counts per diagnosis.
RatingTable six_raters() {
    std::vector<std::vector<int>> const counts = {{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6},
                                                  {0, 3, 0, 3, 0}, {2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0},
                                                  {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6}, {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0},
                                                  {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}};
    RatingTable table;
    table.scores = {1, 2, 3, 4, 5};
    table.n_raters = 6;
    for (auto const& row : counts) {
        auto& unit = table.units.emplace_back();
        for (std::size_t k = 0; k < row.size(); ++k)
            for (int i = 0; i < row[k]; ++i)
                unit.push_back({static_cast<std::uint32_t>(unit.size()), static_cast<std::uint32_t>(k)});
    }
    return table;
}

TEST(RaterAgreementGolden, SixRatersOfFifteenPatients) {
    auto const table = six_raters();
    EXPECT_NEAR(value(estimate_agreement(AgreementCoefficient::fleiss, table)), 0.4139265, 5e-8);
    EXPECT_NEAR(value(estimate_agreement(AgreementCoefficient::gwet, table)), 0.4448007, 5e-8);
    EXPECT_NEAR(value(estimate_agreement(AgreementCoefficient::brennan_prediger, table)), 0.4388889, 5e-8);
    EXPECT_NEAR(value(estimate_agreement(AgreementCoefficient::krippendorff, table)), 0.4204384, 5e-8);
}

// Gwet (2014): 100 pregnancies, two abstractors.
std::vector<double> const abstractors = {13, 0, 0, 0, 20, 7, 0, 4, 56};

TEST(RaterAgreementGolden, TwoAbstractorsOfAHundredPregnancies) {
    AgreementWeights const identity(Weighting::identity, std::vector<double>{1, 2, 3});
    auto const of = [&](AgreementCoefficient coefficient) {
        return value(estimate_two_rater_table(coefficient, abstractors, identity));
    };
    EXPECT_NEAR(of(AgreementCoefficient::percent_agreement), 0.89, 1e-12);
    EXPECT_NEAR(of(AgreementCoefficient::cohen), 0.7964094, 5e-8);
    EXPECT_NEAR(of(AgreementCoefficient::gwet), 0.8493305, 5e-8);
    EXPECT_NEAR(of(AgreementCoefficient::brennan_prediger), 0.835, 1e-12);
}

constexpr char const* three_raters =
    "* * * * * 3 4 1 2 1 1 3 3 * 3|1 * 2 1 3 3 4 3 * * * * * * *|* * 2 1 3 4 4 * 2 1 1 3 3 * 4";
// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), p. 8.
constexpr char const* four_raters =
    "1 2 3 3 2 1 4 1 2 * * *|1 2 3 3 2 2 4 1 2 5 * 3|* 3 3 3 2 3 4 2 2 5 1 *|1 2 3 3 2 4 4 1 2 5 1 *";

TEST(RaterAgreementGolden, AlphaOfThreeRatersWithManyMissingRatings) {
    auto const table = table_of_raters(three_raters);
    EXPECT_NEAR(value(krippendorff_alpha(table, MeasurementLevel::nominal)), 0.691358, 5e-7);
    EXPECT_NEAR(value(krippendorff_alpha(table, MeasurementLevel::interval)), 0.810845, 5e-7);
}

TEST(RaterAgreementGolden, AlphaOfKrippendorffsFourRatersAndTwelveUnits) {
    auto const table = table_of_raters(four_raters);
    EXPECT_NEAR(value(krippendorff_alpha(table, MeasurementLevel::nominal)), 0.743421, 5e-7);
    EXPECT_NEAR(value(krippendorff_alpha(table, MeasurementLevel::ordinal)), 0.815388, 5e-7);
    EXPECT_NEAR(value(krippendorff_alpha(table, MeasurementLevel::interval)), 0.849107, 5e-7);
}

// ---- Degenerate cases (statistics.md 4.8): a status, no value, p_o where there is one

void expect_no_value(AgreementEstimate const& estimate, AgreementStatus status) {
    EXPECT_EQ(estimate.status, status);
    EXPECT_FALSE(estimate.value);
    EXPECT_FALSE(estimate.standard_error);
    EXPECT_FALSE(estimate.interval);
    EXPECT_FALSE(estimate.p_value);
}

std::vector<AgreementCoefficient> const chance_corrected = {
    AgreementCoefficient::cohen,       AgreementCoefficient::conger, AgreementCoefficient::scott,
    AgreementCoefficient::fleiss,      AgreementCoefficient::gwet,   AgreementCoefficient::brennan_prediger,
    AgreementCoefficient::krippendorff};

TEST(RaterAgreement, HasNoValueWhenAllRatingsAreTheSame) {
    auto table = table_of({{"a", "a"}, {"a", "a"}, {"a", "a"}});
    table.scores = {1, 2};  // another could have been chosen
    for (auto const coefficient : chance_corrected) {
        auto const estimate = estimate_agreement(coefficient, table);
        expect_no_value(estimate, AgreementStatus::no_variation);
        EXPECT_EQ(estimate.observed, 1.0);
    }
    for (auto const level : {MeasurementLevel::nominal, MeasurementLevel::ordinal, MeasurementLevel::interval})
        expect_no_value(krippendorff_alpha(table, level), AgreementStatus::no_variation);
    EXPECT_EQ(estimate_agreement(AgreementCoefficient::percent_agreement, table).value, 1.0);
}

TEST(RaterAgreement, HasNoValueWhenThereIsOnlyOneCategoryToChoose) {
    auto const table = table_of({{"a", "a"}, {"a", "a"}});
    for (auto const coefficient : chance_corrected)
        expect_no_value(estimate_agreement(coefficient, table), AgreementStatus::no_variation);
}

TEST(RaterAgreement, HasNoValueWithOneRaterWithoutOverlapAndWithoutData) {
    for (auto const coefficient : chance_corrected) {
        expect_no_value(estimate_agreement(coefficient, table_of({{"a", ""}, {"b", ""}})), AgreementStatus::one_rater);
        expect_no_value(estimate_agreement(coefficient, table_of({{"a", ""}, {"", "b"}})), AgreementStatus::no_overlap);
        expect_no_value(estimate_agreement(coefficient, table_of({{"", ""}})), AgreementStatus::no_data);
        expect_no_value(estimate_agreement(coefficient, RatingTable{}), AgreementStatus::no_data);
    }
}

TEST(RaterAgreement, HasAValueButNoStandardErrorForOneUnit) {
    auto const estimate = estimate_agreement(AgreementCoefficient::gwet, table_of({{"a", "b"}}));
    EXPECT_TRUE(estimate.value);
    EXPECT_FALSE(estimate.standard_error);
}

TEST(RaterAgreement, CohensKappaIsCongersAndScottsPiIsFleissKappaWhereTwoRatersRateEverything) {
    auto const table = table_of({{"a", "a"}, {"a", "b"}, {"b", "b"}, {"c", "b"}, {"c", "c"}, {"a", "a"}});
    EXPECT_DOUBLE_EQ(value(estimate_agreement(AgreementCoefficient::cohen, table)),
                     value(estimate_agreement(AgreementCoefficient::conger, table)));
    EXPECT_DOUBLE_EQ(value(estimate_agreement(AgreementCoefficient::scott, table)),
                     value(estimate_agreement(AgreementCoefficient::fleiss, table)));
}

TEST(RaterAgreement, OfTwoRatersIsTheSameFromRatingsAndFromTheirTable) {
    RatingTable ratings;
    ratings.scores = {1, 2, 3}, ratings.n_raters = 2;
    for (std::uint32_t a = 0; a < 3; ++a)
        for (std::uint32_t b = 0; b < 3; ++b)
            for (int i = 0; i < static_cast<int>(abstractors[a * 3 + b]); ++i)
                ratings.units.push_back({{0, a}, {1, b}});
    for (auto const weighting : {Weighting::identity, Weighting::linear, Weighting::bipolar}) {
        AgreementWeights const weights(weighting, ratings.scores);
        for (auto const coefficient : chance_corrected) {
            auto const one = estimate_agreement(coefficient, ratings, weights);
            auto const other = estimate_two_rater_table(coefficient, abstractors, weights);
            EXPECT_NEAR(value(one), value(other), 1e-12);
            EXPECT_NEAR(*one.standard_error * std::sqrt(99.0 / 100.0), *other.standard_error, 1e-12);
        }
    }
}

TEST(RaterAgreement, OfATableThatDoesNotVaryHasNoValue) {
    for (auto const coefficient : chance_corrected) {
        auto const estimate = estimate_two_rater_table(coefficient, std::vector<double>{7},
                                                       {Weighting::identity, std::vector<double>{1}});
        expect_no_value(estimate, AgreementStatus::no_variation);
        EXPECT_EQ(estimate.observed, 1.0);
        EXPECT_TRUE(std::isfinite(*estimate.expected));
        expect_no_value(estimate_two_rater_table(coefficient, std::vector<double>{0, 0, 0, 0},
                                                 {Weighting::identity, std::vector<double>{1, 2}}),
                        AgreementStatus::no_data);
    }
}

TEST(RaterAgreement, OfDrawnUnitsIsThatOfATableOfThem) {
    auto const table = table_of_raters(four_raters);
    auto drawn = table;
    drawn.units = {table.units[5], table.units[5], table.units[0], table.units[9]};
    std::vector<double> times(table.units.size(), 0.0);
    times[5] = 2, times[0] = times[9] = 1;
    for (auto const coefficient : {AgreementCoefficient::conger, AgreementCoefficient::gwet})
        EXPECT_DOUBLE_EQ(*resampled_agreement(coefficient, table, times),
                         value(estimate_agreement(coefficient, drawn)));
    EXPECT_DOUBLE_EQ(*resampled_alpha(table, MeasurementLevel::ordinal, times),
                     value(krippendorff_alpha(drawn, MeasurementLevel::ordinal)));
}

TEST(RaterAgreement, CopesWithAUnitThatVeryManyRated) {
    RatingTable table;
    table.scores = {1, 2}, table.n_raters = 300'000;
    auto& unit = table.units.emplace_back();
    for (std::uint32_t rater = 0; rater < table.n_raters; ++rater)
        unit.push_back({rater, rater % 2});
    table.units.push_back({{0, 1}});
    for (auto const coefficient : {AgreementCoefficient::conger, AgreementCoefficient::fleiss,
                                   AgreementCoefficient::gwet, AgreementCoefficient::krippendorff})
        EXPECT_TRUE(estimate_agreement(coefficient, table).value);
}

// ---- The corpora, where they are present

std::filesystem::path const corpus = std::filesystem::path(DOSSIER_SOURCE_DIR) / "../shared/corpora/numbers/agreement";

std::vector<Row> cells_of(std::filesystem::path const& path, char separator) {
    std::vector<Row> rows;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        auto& row = rows.emplace_back(1);
        for (char const c : line) {
            if (c == separator)
                row.emplace_back();
            else if (c != '\r')
                row.back() += c;
        }
    }
    if (!rows.empty()) rows.erase(rows.begin());
    return rows;
}

/// Columns from `first` on, without blanks in the cells.
std::vector<Row> ratings_of(std::string const& file, std::size_t first) {
    auto rows = cells_of(corpus / "gwet_datasets" / file, ',');
    for (auto& row : rows) {
        row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(first));
        for (auto& cell : row)
            std::erase(cell, ' ');
    }
    return rows;
}

RatingTable raw_data(std::string const& name) {
    if (name == "raw_4raters") return table_of(ratings_of("cac.raw4raters.csv", 1));
    if (name == "raw_5observers") return table_of(ratings_of("cac.raw5obser.csv", 1));
    if (name == "raw_g1g2") return table_of(ratings_of("cac.raw.g1g2.csv", 2));
    if (name == "raw_gender") return table_of(ratings_of("cac.raw.gender.csv", 1));
    return table_of(ratings_of("cac.ben.gerry.csv", 2));
}

/// irrCAC's table of four diagnoses has the second rater in its rows: only lopsided weights can tell.
std::vector<double> transposed(std::vector<double> const& counts, std::size_t q) {
    std::vector<double> turned(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i)
        turned[i % q * q + i / q] = counts[i];
    return turned;
}

std::vector<double> cross_table(std::string const& name) {
    std::vector<double> counts;
    for (auto const& row :
         cells_of(corpus / "gwet_datasets" / (name.substr(std::string("table_").size()) + ".csv"), ','))
        for (std::size_t i = 1; i < row.size(); ++i)
            counts.push_back(std::stod(row[i]));
    return counts.size() == 16 ? transposed(counts, 4) : counts;
}

AgreementWeights weights_named(std::string const& name, std::vector<double> const& scores) {
    static std::map<std::string, Weighting> const weightings = {
        {"identity", Weighting::identity}, {"linear", Weighting::linear},   {"quadratic", Weighting::quadratic},
        {"ordinal", Weighting::ordinal},   {"radical", Weighting::radical}, {"ratio", Weighting::ratio},
        {"circular", Weighting::circular}, {"bipolar", Weighting::bipolar}};
    if (auto const found = weightings.find(name); found != weightings.end()) return {found->second, scores};
    // "weights": lopsided weights of the tester's own.
    if (scores.size() == 3) return {3, {1, .5, 0, 0, 1, .5, .5, 0, 1}};
    if (scores.size() == 4) return {4, {1, .67, .33, 0, 0, 1, .67, .33, 0, 0, 1, .67, .33, 0, 0, 1}};
    return {5, {1, .75, .5, .25, 0, 0, 1, .75, .5, .25, .25, 0, 1, .75, .5, .5, .25, 0, 1, .75, .75, .5, .25, 0, 1}};
}

AgreementCoefficient coefficient_named(std::string const& name) {
    static std::map<std::string, AgreementCoefficient> const coefficients = {
        {"bp", AgreementCoefficient::brennan_prediger},   {"conger", AgreementCoefficient::conger},
        {"fleiss", AgreementCoefficient::fleiss},         {"gwet", AgreementCoefficient::gwet},
        {"cohen", AgreementCoefficient::cohen},           {"scott", AgreementCoefficient::scott},
        {"pa2", AgreementCoefficient::percent_agreement}, {"krippendorff", AgreementCoefficient::krippendorff}};
    return coefficients.at(name);
}

/// Whether `number` rounds to what is stated to `decimals` (ties either way); what is not stated fits anything.
bool fits(std::string const& stated, std::optional<double> number, int decimals) {
    return stated.empty() || (number && std::abs(*number - std::stod(stated)) <= 0.5 * std::pow(10, -decimals) + 1e-9);
}

TEST(RaterAgreementCorpus, EqualsAllRowsOfIrrCac) {
    if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "the corpus is absent: " << corpus;
    auto const rows = cells_of(corpus / "irrcac_expected.tsv", '\t');
    EXPECT_EQ(rows.size(), 159u);
    std::map<std::string, int> compared;
    for (auto const& row : rows) {
        bool const raw = row[0] == "raw";
        AgreementEstimate estimate;
        if (raw) {
            auto const table = raw_data(row[1]);
            estimate = estimate_agreement(coefficient_named(row[3]), table, weights_named(row[2], table.scores));
        } else {
            auto const counts = cross_table(row[1]);
            std::vector<double> scores(counts.size() == 9 ? 3 : 4);
            for (std::size_t i = 0; i < scores.size(); ++i)
                scores[i] = static_cast<double>(i + 1);
            estimate = estimate_two_rater_table(coefficient_named(row[3]), counts, weights_named(row[2], scores));
        }
        auto const check = [&](char const* column, std::string const& stated, std::optional<double> number,
                               int decimals = 3) {
            EXPECT_TRUE(fits(stated, number, decimals))
                << row[11] << " " << row[2] << " " << column << ": " << stated << " is " << number.value_or(NAN);
            if (!stated.empty() && fits(stated, number, decimals)) ++compared[column];
        };
        check("value", row[4], estimate.value);
        check("p_o", row[5], estimate.observed);
        check("p_e", row[6], estimate.expected);
        // irrCAC sums lopsided weights of a table over one side only in these standard errors; Gwet (2014) over both.
        bool const one_sided_sums =
            !raw && row[2] == "weights" && (row[3] == "cohen" || row[3] == "scott" || row[3] == "krippendorff");
        if (one_sided_sums) continue;
        check("se", row[7], estimate.standard_error);
        check("ci_low", row[8], estimate.interval ? std::optional(estimate.interval->lower) : std::nullopt);
        check("ci_high", row[9], estimate.interval ? std::optional(estimate.interval->upper) : std::nullopt);
        // irrCAC 0.2 leaves out the factor 2 of the two-sided test for Brennan-Prediger.
        auto const p = raw && row[3] == "bp" ? *estimate.p_value / 2 : estimate.p_value;
        check("p", row[10], p, row[10].find("e-06") == std::string::npos ? 5 : 6);
    }
    EXPECT_EQ(compared["value"], 159);
    EXPECT_EQ(compared["p_o"], 65);
    EXPECT_EQ(compared["p_e"], 65);
    EXPECT_EQ(compared["se"], 121);
    EXPECT_EQ(compared["ci_low"], 156);
    EXPECT_EQ(compared["ci_high"], 156);
    EXPECT_EQ(compared["p"], 65);
}

TEST(RaterAgreementCorpus, EqualsFastKrippendorff) {
    if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "the corpus is absent: " << corpus;
    static std::map<std::string, MeasurementLevel> const levels = {{"nominal", MeasurementLevel::nominal},
                                                                   {"ordinal", MeasurementLevel::ordinal},
                                                                   {"interval", MeasurementLevel::interval},
                                                                   {"ratio", MeasurementLevel::ratio}};
    auto const rows = cells_of(corpus / "krippendorff_reference.tsv", '\t');
    EXPECT_EQ(rows.size(), 5u);
    for (auto const& row : rows) {
        auto const decimals = static_cast<int>(row[3].size()) - 2;
        EXPECT_TRUE(fits(row[3], krippendorff_alpha(table_of_raters(row[1]), levels.at(row[2])).value, decimals))
            << row[0];
    }
}

}  // namespace
