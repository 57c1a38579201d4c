// How abstracts write effect sizes: one sentence for each notation, of our own making.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/quantities.hpp"

namespace {

using dossier::built_in_lexicon;
using dossier::quantities_in;

struct Wanted {
    std::string measure;
    double estimate, low, high;
    std::string adjustment = {};
};

struct Notation {
    std::string sentence;
    std::vector<Wanted> effects;
};

void PrintTo(Notation const& notation, std::ostream* out) {
    *out << notation.sentence;
}

class EffectNotation : public testing::TestWithParam<Notation> {};

TEST_P(EffectNotation, IsRead) {
    auto const& [sentence, wanted] = GetParam();
    std::vector<dossier::Quantity> found;
    for (auto const& quantity : quantities_in(sentence, built_in_lexicon()))
        if (quantity.measure != "%") found.push_back(quantity);
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_EQ(found[i].measure, wanted[i].measure);
        EXPECT_DOUBLE_EQ(found[i].estimate, wanted[i].estimate);
        ASSERT_TRUE(found[i].ci_low && found[i].ci_high);
        EXPECT_DOUBLE_EQ(*found[i].ci_low, wanted[i].low);
        EXPECT_DOUBLE_EQ(*found[i].ci_high, wanted[i].high);
        EXPECT_EQ(found[i].adjustment, wanted[i].adjustment);
    }
}

Notation one(std::string sentence, std::string measure, double estimate, double low, double high,
             std::string adjustment = {}) {
    return {std::move(sentence), {{std::move(measure), estimate, low, high, std::move(adjustment)}}};
}

INSTANTIATE_TEST_SUITE_P(
    Brackets, EffectNotation,
    testing::Values(one("Night work raised the odds (OR = 2.1 (95% CI: 1.2-3.4)).", "OR", 2.1, 1.2, 3.4),
                    one("Night work raised the odds (OR=2.1; 95%CI=1.2-3.4).", "OR", 2.1, 1.2, 3.4),
                    one("Night work raised the odds [OR 2.1 (1.2-3.4)].", "OR", 2.1, 1.2, 3.4),
                    one("It had an odds ratio of 2.1 [1.2, 3.4].", "OR", 2.1, 1.2, 3.4),
                    one("It had an odds ratio of 2.1 (1.2 to 3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell, OR [95% CI] 2.1 [1.2-3.4].", "OR", 2.1, 1.2, 3.4),
                    one("It fell, OR [CI 95%]: 2.1 [1.2-3.4].", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR, 95% CI: 2.1, 1.2-3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR; 95% CI = 2.1; 1.2-3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell {OR 2.1, 95% CI {1.2, 3.4}}.", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR 2.1 [95% CI 1.2;3.4]).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR = 2.1, 95% CI = [1.2, 3.4], p = 0.01).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR = 2.1, CI = 1.2 to 3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (OR: 2.1; CI: 1.2 - 3.4; p: 0.01).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (odds ratio [OR] = 2.1, confidence interval [CI] = 1.2-3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (odds ratio, 2.1; 95% confidence interval [CI], 1.2-3.4).", "OR", 2.1, 1.2, 3.4),
                    one("It fell (odds ratio: 2.1 with 95% CI: 1.2 to 3.4).", "OR", 2.1, 1.2, 3.4)));

INSTANTIATE_TEST_SUITE_P(
    Levels, EffectNotation,
    testing::Values(one("It fell (HR 0.72, 95% confidence interval 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95%CI 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, CI 95 % 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% credible interval 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CrI 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% confidence limits 0.55, 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CL 0.55, 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 99% CI 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 97.5% CI 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95-percent confidence interval 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95 per cent confidence interval 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% C.I.: 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, CI(95%) 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CI from 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CI ranging from 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CI between 0.55 and 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% CIs 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94),
                    one("It fell (HR 0.72, 95% confidence intervals (CI): 0.55 to 0.94).", "HR", 0.72, 0.55, 0.94)));

// Standardised mean differences, by any of their names; a mean difference in units stays one.
INSTANTIATE_TEST_SUITE_P(
    InStandardDeviations, EffectNotation,
    testing::Values(
        one("Pain fell (SMD -0.42, 95% CI -0.66 to -0.18).", "SMD", -0.42, -0.66, -0.18),
        one("Pain fell (SMD = -0.42; 95% CI: -0.66, -0.18).", "SMD", -0.42, -0.66, -0.18),
        one("Pain fell (SMD: \u22120.42 [95% CI \u22120.66 to \u22120.18]).", "SMD", -0.42, -0.66, -0.18),
        one("Reading rose (SMD 0.31 [0.10, 0.52]).", "SMD", 0.31, 0.10, 0.52),
        one("The standardised mean difference was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10, 0.52),
        one("The standardized mean difference was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10, 0.52),
        one("The standardised mean difference (SMD) was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10, 0.52),
        one("The pooled standardised weighted mean difference was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10,
            0.52),
        one("The standardised difference in means was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10, 0.52),
        one("The mean standardised difference was 0.31 (95% CI 0.10 to 0.52).", "SMD", 0.31, 0.10, 0.52),
        one("Weeds were fewer on mulched plots (standardized mean difference, -1.2; 95% CI, -1.9 to -0.5).", "SMD",
            -1.2, -1.9, -0.5),
        one("Sleep improved (Cohen's d = 0.55, 95% CI 0.21 to 0.89).", "SMD", 0.55, 0.21, 0.89),
        one("Sleep improved (Cohen\u2019s d 0.55; 95% CI [0.21, 0.89]).", "SMD", 0.55, 0.21, 0.89),
        one("Sleep improved, with a Cohen d of 0.55 (95% CI, 0.21-0.89).", "SMD", 0.55, 0.21, 0.89),
        one("Marks rose (Hedges' g = 0.18, 95% CI 0.02 to 0.34).", "SMD", 0.18, 0.02, 0.34),
        one("Marks rose (Hedges\u2019 g = 0.18; 95% CI 0.02 to 0.34).", "SMD", 0.18, 0.02, 0.34),
        one("Marks rose (Hedges g 0.18, 95% CI 0.02 to 0.34).", "SMD", 0.18, 0.02, 0.34),
        one("Marks rose (Hedges's g 0.18, 95% CI 0.02 to 0.34).", "SMD", 0.18, 0.02, 0.34),
        one("Anxiety fell (pooled SMD = -0.37; 95% CI -0.50 to -0.24; P < 0.001; I2 = 60%).", "SMD", -0.37, -0.50,
            -0.24),
        one("Anxiety fell (SMDs -0.37, 95% CI -0.50 to -0.24).", "SMD", -0.37, -0.50, -0.24),
        one("The mean difference (SMD) was -0.37 (95% CI -0.50 to -0.24).", "SMD", -0.37, -0.50, -0.24),
        one("Anxiety fell (adjusted standardised mean difference -0.37, 95% CI -0.50 to -0.24).", "SMD", -0.37, -0.50,
            -0.24, "adjusted"),
        one("Weight fell by a mean difference of -1.2 kg (95% CI -2.0 to -0.4) under a standardised diet.", "MD", -1.2,
            -2.0, -0.4),
        one("After a standardised meal of 500 kcal the mean difference was 1.2 mmol/L (95% CI 0.4 to 2.0).", "MD", 1.2,
            0.4, 2.0),
        Notation{"Pain fell (SMD -0.42, 95% CI -0.66 to -0.18) and so did weight (MD -1.2 kg, 95% CI -2.0 to -0.4).",
                 {{"SMD", -0.42, -0.66, -0.18}, {"MD", -1.2, -2.0, -0.4}}},
        Notation{"The standardised incidence ratio was 1.4 (95% CI 1.1 to 1.8).", {}},
        Notation{"Of 30 pupils, Cohen taught 12 (95% of them girls).", {}}));

INSTANTIATE_TEST_SUITE_P(
    Digits, EffectNotation,
    testing::Values(
        one("It fell (RR 1\u00b72, 95% CI 1\u00b70\u20131\u00b75).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR: 1.2, CI95% 1.0/1.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1,2; 95% CI 1,0-1,5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR = 1,24 [IC 95% 1,05 - 1,51]).", "RR", 1.24, 1.05, 1.51),
        one("It fell (RR .82; 95% CI .70, .95).", "RR", 0.82, 0.70, 0.95),
        one("It fell (RR 1.2, 95% CI 1.0\u20131.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0\u20131.5; n = 1,234).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0 \u2013 1.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0\u20141.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0\u22121.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0~1.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR 1.2, 95% CI 1.0..1.5).", "RR", 1.2, 1.0, 1.5),
        one("It fell (RR, 1.2\u2009[95% CI, 1.0\u2009-\u20091.5]).", "RR", 1.2, 1.0, 1.5),
        one("The mean difference was \u22121.2 kg (95% CI \u22122.0 to \u22120.4).", "MD", -1.2, -2.0, -0.4),
        one("The mean difference was -1.2 kg (95% CI -2.0, -0.4).", "MD", -1.2, -2.0, -0.4),
        one("The mean difference was -1.2 kg (95% CI: -2.0; 0.4).", "MD", -1.2, -2.0, 0.4),
        one("The mean difference was \u20131.2 kg (95% CI \u20132.0 to 0.4).", "MD", -1.2, -2.0, 0.4),
        one("The mean difference (MD) was 1,200 steps (95% CI 800 to 1,600).", "MD", 1200, 800, 1600),
        one("It fell (MD -0.5 mm Hg, 95% CI -0.9 to -0.1 mm Hg).", "MD", -0.5, -0.9, -0.1),
        one("It fell (weighted mean difference, -0.5 mm; 95% CI, -0.9 to -0.1 mm).", "MD", -0.5, -0.9, -0.1),
        one("It fell (WMD = -0.5, 95% CI = -0.9 - -0.1).", "MD", -0.5, -0.9, -0.1)));

INSTANTIATE_TEST_SUITE_P(
    Words, EffectNotation,
    testing::Values(
        one("There was an odds ratio of 1.5 with a 95% confidence interval from 1.1 to 2.0.", "OR", 1.5, 1.1, 2.0),
        one("The hazard ratio for death was 1.5 and the 95% confidence interval was 1.1 to 2.0.", "HR", 1.5, 1.1, 2.0),
        one("The odds ratio was 1.5, with a 95% CI of 1.1-2.0.", "OR", 1.5, 1.1, 2.0),
        one("Those who smoke had a relative risk of 1.5 (95% CI, 1.1 to 2.0) of falling.", "RR", 1.5, 1.1, 2.0),
        one("Relative to day work, the odds ratio for night work was 1.5 (CI, 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("The incidence rate ratio (IRR) was 1.5 (95% CI 1.1 to 2.0).", "IRR", 1.5, 1.1, 2.0),
        one("It was more frequent (prevalence ratio 1.5, 95% CI 1.1-2.0).", "PR", 1.5, 1.1, 2.0),
        one("It was more frequent (rate ratio, 1.5; 95% CI, 1.1-2.0; P = .03).", "IRR", 1.5, 1.1, 2.0),
        one("It was more frequent (risk ratio [RR]: 1.5; 95% CI: 1.1-2.0; I2 = 0%).", "RR", 1.5, 1.1, 2.0),
        one("Night work was associated with falls (OR 1.5; P = .03; 95% CI, 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("Night work was associated with falls (P = .03; OR 1.5; 95% CI, 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("Night work was associated with falls (P < .001, OR = 1.5, 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("In 312 nurses (mean age 41.5), night work predicted falls (OR 1.5, 95% CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("Falls were 30% rarer (HR 0.70, 95% CI 0.55-0.90).", "HR", 0.70, 0.55, 0.90),
        one("The odds ratio (95% confidence interval) was 1.5 (1.1, 2.0).", "OR", 1.5, 1.1, 2.0),
        one("The OR (95% CI) for falls among night workers was 1.5 (1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("Odds ratio for falls = 1.5; 95% confidence interval = 1.1 to 2.0.", "OR", 1.5, 1.1, 2.0)));

INSTANTIATE_TEST_SUITE_P(
    Adjustment, EffectNotation,
    testing::Values(one("It rose (aOR 1.4; 95% CI, 1.1\u20131.8; P = .01).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (AOR=1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (adjusted odds ratio 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (adjusted odds ratio [aOR] 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (adj. OR 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (ORadj 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (OR(adj) = 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (multivariable-adjusted HR 1.4, 95% CI 1.1-1.8).", "HR", 1.4, 1.1, 1.8, "adjusted"),
                    one("After adjustment for age, the HR was 1.4 (95% CI 1.1-1.8).", "HR", 1.4, 1.1, 1.8, "adjusted"),
                    one("Adjusted for age and sex, the HR was 1.4 (95% CI 1.1-1.8).", "HR", 1.4, 1.1, 1.8, "adjusted"),
                    one("The HR adjusted for age was 1.4 (95% CI 1.1-1.8).", "HR", 1.4, 1.1, 1.8, "adjusted"),
                    one("In multivariable analysis, the HR was 1.4 (95% CI 1.1-1.8).", "HR", 1.4, 1.1, 1.8, "adjusted"),
                    one("It rose (unadjusted OR 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "crude"),
                    one("It rose (crude OR 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "crude"),
                    one("It rose (cOR 1.4, 95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "crude"),
                    one("In univariate analysis the OR was 1.4 (95% CI 1.1-1.8).", "OR", 1.4, 1.1, 1.8, "crude"),
                    Notation{"It rose (crude OR 1.6, 95% CI 1.3-2.0; adjusted OR 1.4, 95% CI 1.1-1.8).",
                             {{"OR", 1.6, 1.3, 2.0, "crude"}, {"OR", 1.4, 1.1, 1.8, "adjusted"}}},
                    Notation{
                        "It rose (OR 1.6, 95% CI 1.3-2.0), also after adjustment for age (aOR 1.4, 95% CI 1.1-1.8).",
                        {{"OR", 1.6, 1.3, 2.0, ""}, {"OR", 1.4, 1.1, 1.8, "adjusted"}}}));

INSTANTIATE_TEST_SUITE_P(
    Several, EffectNotation,
    testing::Values(
        Notation{"It rose with smoking (OR 1.6, 95% CI 1.3-2.0) and with drinking (OR 1.4, 95% CI 1.1-1.8).",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"It rose with smoking (OR 1.6, 95% CI 1.3-2.0) and with drinking (1.4, 1.1-1.8).",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"The odds ratios were 1.6 (1.3-2.0), 1.4 (1.1-1.8) and 1.2 (0.9-1.6).",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}, {"OR", 1.2, 0.9, 1.6}}},
        Notation{"The odds ratios for men and women were 1.6 and 1.4, respectively (95% CI 1.3-2.0 and 1.1-1.8).",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"The ORs (95% CIs) for men and women were 1.6 (1.3-2.0) and 1.4 (1.1-1.8), respectively.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"Deaths (RR 0.8, 95% CI 0.6-1.0), falls (RR 0.7; 0.5-0.9) and burns (RR 1.1; 0.9-1.3) were counted.",
                 {{"RR", 0.8, 0.6, 1.0}, {"RR", 0.7, 0.5, 0.9}, {"RR", 1.1, 0.9, 1.3}}},
        Notation{"Hazard ratios were 1.6 [95% CI: 1.3; 2.0] in men versus 1.4 [95% CI: 1.1; 1.8] in women.",
                 {{"HR", 1.6, 1.3, 2.0}, {"HR", 1.4, 1.1, 1.8}}},
        Notation{"Age (OR 1.6; CI 1.3-2.0; p<0.001), sex (OR 1.4; CI 1.1-1.8; p=0.02) and HR 0.9 (0.8-1.0) for time.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}, {"HR", 0.9, 0.8, 1.0}}}));

INSTANTIATE_TEST_SUITE_P(
    OtherNumbers, EffectNotation,
    testing::Values(
        one("The odds ratio per 5 years was 1.6 (95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("The odds ratio for each 10 year increase in age was 1.6 (95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("The OR for stage 3 disease was 1.6 (95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("The HR for 3-year survival was 1.6 (95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0),
        one("The HR per 1-SD increase was 1.6 (95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0),
        one("The HR at 5 years: 1.6 (1.3-2.0).", "HR", 1.6, 1.3, 2.0),
        one("The mean difference at 12 weeks was -1.2 points (95% CI -2.0 to -0.4).", "MD", -1.2, -2.0, -0.4),
        one("The mean difference between groups at week 6 was 3.1 (95% CI 1.2 to 5.0).", "MD", 3.1, 1.2, 5.0),
        one("It rose (odds ratio 1.6, SE 0.2, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("It rose (OR 1.6, P for trend = 0.01, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("It rose (RR 0.80; 95% CI, 0.60-1.07; 12 trials; n = 2,345).", "RR", 0.80, 0.60, 1.07),
        one("It rose (pooled OR 1.6; 95 % CI 1.3-2.0; I2 = 45 %).", "OR", 1.6, 1.3, 2.0),
        one("It rose (4 trials; OR 1.6; 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("It rose (12.1% v 8.3%; OR 1.6; 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
        one("It rose (OR 1.6; 12.1% v 8.3%; 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0)));

INSTANTIATE_TEST_SUITE_P(Glued, EffectNotation,
                         testing::Values(one("It rose (OR 1.6, 95%-CI: 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (OR 1.6, CI95 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (OR 1.6, 95CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (OR1.6, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),

                                         one("The odds-ratio was 1.6 (95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),

                                         one("It rose (OR 1.6, 95% CI=1.3,2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (MD -1.2, 95%CI [-2.0,-0.4]).", "MD", -1.2, -2.0, -0.4),
                                         one("It rose (OR 1.6 95% CI 1.3 2.0).", "OR", 1.6, 1.3, 2.0)));

INSTANTIATE_TEST_SUITE_P(Names, EffectNotation,
                         testing::Values(one("It rose (uOR 1.6, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0, "crude"),
                                         one("It rose (pOR 1.6, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (aHR 1.6, 95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0, "adjusted"),
                                         one("It rose (aIRR 1.6, 95% CI 1.3-2.0).", "IRR", 1.6, 1.3, 2.0, "adjusted"),
                                         one("It rose (aPR: 1.6, 95% CI: 1.3-2.0).", "PR", 1.6, 1.3, 2.0, "adjusted"),
                                         one("It rose (sHR 1.6, 95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0),
                                         one("It rose (subhazard ratio 1.6, 95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0),
                                         one("It rose (relative odds 1.6, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0),
                                         one("It rose (relative hazard 1.6, 95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0),
                                         one("It rose (incidence-rate ratio 1.6, 95% CI 1.3-2.0).", "IRR", 1.6, 1.3,
                                             2.0),
                                         one("The difference in means was 1.6 (95% CI 1.3-2.0).", "MD", 1.6, 1.3, 2.0),
                                         one("It rose (ORa 1.6, 95% CI 1.3-2.0).", "OR", 1.6, 1.3, 2.0, "adjusted"),
                                         one("It rose (HR(a) 1.6, 95% CI 1.3-2.0).", "HR", 1.6, 1.3, 2.0, "adjusted")));

INSTANTIATE_TEST_SUITE_P(
    FurtherOnes, EffectNotation,
    testing::Values(
        Notation{"Odds ratios were 1.6 (95% CI 1.3-2.0) for men; 1.4 (1.1-1.8) for women.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"Odds ratios: men 1.6 (1.3-2.0), women 1.4 (1.1-1.8).",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"The OR was 1.6 (95% CI 1.3-2.0) in men compared to 1.4 (1.1-1.8) in women.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"The OR rose from 1.2 (95% CI 1.0-1.5) in the first to 1.6 (1.3-2.0) in the last quartile.",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}}},
        Notation{"Hazard ratios for mild, moderate, and severe disease were 1.2 (95% CI: 1.0, 1.5), 1.6 (95% CI: 1.3,"
                 " 2.0), and 2.2 (95% CI: 1.8, 2.9), respectively.",
                 {{"HR", 1.2, 1.0, 1.5}, {"HR", 1.6, 1.3, 2.0}, {"HR", 2.2, 1.8, 2.9}}},
        Notation{"Men (OR, 1.6; 95% CI, 1.3-2.0) and women (OR, 1.4; 95% CI, 1.1-1.8) slept badly.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}}},
        Notation{"RR for tea, 1.6; 95% CI, 1.3-2.0; and RR for milk, 1.4; 95% CI, 1.1-1.8.",
                 {{"RR", 1.6, 1.3, 2.0}, {"RR", 1.4, 1.1, 1.8}}},
        Notation{"The RR was 1.6 (95% CI 1.3-2.0) at 1 year, 1.4 (1.1-1.8) at 2 years, and 1.2 (0.9-1.6) at 5 years.",
                 {{"RR", 1.6, 1.3, 2.0}, {"RR", 1.4, 1.1, 1.8}, {"RR", 1.2, 0.9, 1.6}}},
        Notation{"Mean differences were -1.2 (-2.0 to -0.4) and -0.9 (-1.5 to -0.3) kg.",
                 {{"MD", -1.2, -2.0, -0.4}, {"MD", -0.9, -1.5, -0.3}}},
        Notation{"Smoking (odds ratio 1.6, 1.3 to 2.0), tea (1.4, 1.1 to 1.8) and milk (1.2, 0.9 to 1.6) mattered.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}, {"OR", 1.2, 0.9, 1.6}}},
        Notation{"Smoking (OR 1.6, CI 1.3-2.0), tea (1.4, CI 1.1-1.8) and milk (1.2; CI 0.9-1.6) mattered.",
                 {{"OR", 1.6, 1.3, 2.0}, {"OR", 1.4, 1.1, 1.8}, {"OR", 1.2, 0.9, 1.6}}},
        Notation{"ORs for one, two and three drinks were 1.2 (1.0-1.5), 1.6 (1.3-2.0), 2.2 (1.8-2.9).",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}, {"OR", 2.2, 1.8, 2.9}}},
        Notation{"ORs were 1.2, 95% CI 1.0-1.5 for tea, and 1.6, 95% CI 1.3-2.0 for milk.",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}}},
        Notation{"The OR was 1.6 (95% CI 1.3-2.0); the median stay was 5 days (3-9).", {{"OR", 1.6, 1.3, 2.0}}},
        Notation{"The OR was 1.6 (95% CI 1.3-2.0), and patients stayed a median of 5 (3-9) days.",
                 {{"OR", 1.6, 1.3, 2.0}}}));

INSTANTIATE_TEST_SUITE_P(
    Orders, EffectNotation,
    testing::Values(one("It rose (OR 1.5/95% CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR=1.5[95%CI:1.1-2.0]).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (95% CI 1.1 to 2.0, OR 1.5).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5; 1.1 to 2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 (1.1 - 2.0)).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, z = 2.5, p = .01, 95% CI [1.1, 2.0]).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, log-rank p = .01, 95% CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR = 1.5 (p<0.001) (95% CI 1.1-2.0)).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 [95%: 1.1-2.0]).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 (1.1-2.0; 95% CI)).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, IC95% 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR = 1.5; 95% CI for OR: 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 (two-sided 95% CI 1.1-2.0)).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 95% (CI 1.1-2.0)).", "OR", 1.5, 1.1, 2.0),
                    one("The risk ratio was 1.5 at 1 year (95% CI 1.1-2.0).", "RR", 1.5, 1.1, 2.0),
                    one("The hazard ratio for men (n = 30) was 1.5 (95% CI 1.1-2.0).", "HR", 1.5, 1.1, 2.0),
                    one("The RR at 1 year was 1.5 (95% CI 0.9-2.0).", "RR", 1.5, 0.9, 2.0),
                    one("Of 300 nurses, 120 fell (40%; RR 1.5; 95% CI 1.1-2.0).", "RR", 1.5, 1.1, 2.0),
                    one("It rose (odds ratio = 1.5 with 95% confidence limits of 1.1 and 2.0).", "OR", 1.5, 1.1, 2.0)));

INSTANTIATE_TEST_SUITE_P(
    MoreNames, EffectNotation,
    testing::Values(
        one("The rate ratio (RR) was 1.5 (95% CI 1.1-2.0).", "RR", 1.5, 1.1, 2.0),
        one("The hazard rate ratio was 1.5 (95% CI 1.1-2.0).", "HR", 1.5, 1.1, 2.0),
        one("The prevalence rate ratio was 1.5 (95% CI 1.1-2.0).", "PR", 1.5, 1.1, 2.0),
        one("The prevalence odds ratio was 1.5 (95% CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("The odd ratio was 1.5 (95% CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
        one("The mean (95% CI) difference was 1.5 (1.1 to 2.0) kg.", "MD", 1.5, 1.1, 2.0),
        one("The mean adjusted difference was 1.5 kg (95% CI 1.1 to 2.0).", "MD", 1.5, 1.1, 2.0, "adjusted"),
        one("The mean between-group difference was 1.5 kg (95% CI 1.1 to 2.0).", "MD", 1.5, 1.1, 2.0),
        one("The difference in mean weight was 1.5 kg (95% CI 1.1 to 2.0).", "MD", 1.5, 1.1, 2.0),
        one("The difference between the means was 1.5 kg (95% CI 1.1 to 2.0).", "MD", 1.5, 1.1, 2.0),
        Notation{"The relative risk reduction was 0.27 (95% CI 0.03-0.45).", {}},
        Notation{"The odds ratios (95% confidence intervals) were: tea, 1.2 (1.0-1.5); milk, 1.6 (1.3-2.0).",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}}},
        Notation{"OR [95% CI] for tea versus water: 1.2 [1.0-1.5]; for milk versus water: 1.6 [1.3-2.0].",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}}},
        Notation{"Odds ratios for falling among nurses who had worked by night for many years, compared with"
                 " nurses who never had, were 1.2 (95% CI 1.0-1.5) and 1.6 (95% CI 1.3-2.0).",
                 {{"OR", 1.2, 1.0, 1.5}, {"OR", 1.6, 1.3, 2.0}}},
        Notation{"The RR was 1.6 for men (95% CI 1.3-2.0) and 1.2 for women (95% CI 1.0-1.5).",
                 {{"RR", 1.6, 1.3, 2.0}, {"RR", 1.2, 1.0, 1.5}}},
        Notation{"The RR was 1.6 for men and 1.2 for women (95% CI 1.3-2.0 and 1.0-1.5).",
                 {{"RR", 1.6, 1.3, 2.0}, {"RR", 1.2, 1.0, 1.5}}}));

INSTANTIATE_TEST_SUITE_P(
    Intervals, EffectNotation,
    testing::Values(one("It rose (OR 1.5, 95% CI 1.1 -2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, 95% CI 1.1 \u20132.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5 (1.1 -2.0)).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, 95% CI 1.1\u20112.0).", "OR", 1.5, 1.1, 2.0),
                    one("It fell (MD -1.5, 95% CI -2.0 -1.1).", "MD", -1.5, -2.0, -1.1),
                    one("It rose (OR 1.5, 95% uncertainty interval 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, 95% UI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, 95% exact CI 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("It rose (OR 1.5, 95% interval 1.1-2.0).", "OR", 1.5, 1.1, 2.0),
                    one("The mean difference was 5.2% (95% CI 1.1% to 9.3%).", "MD", 5.2, 1.1, 9.3),
                    one("The mean difference was -5.2% (95% CI, -9.3 to -1.1%).", "MD", -5.2, -9.3, -1.1),
                    one("The mean difference was 1.2 mL/min/1.73 m2 (95% CI 0.4 to 2.0).", "MD", 1.2, 0.4, 2.0)));

TEST(EffectNotations, LongNonsenseIsReadInTimeThatGrowsWithItsLength) {
    for (std::string const piece :
         {"OR 1.5 and 1.6 for ", "and and ", "mean (95% CI ", "p for ", "-1 ", "OR for ", "1.5 (", "95% CI 95% CI ",
          "adjusted for ", "1,5,", "of users reported ", "HR 95% interval "}) {
        std::string text = "OR 1.5 ";
        while (text.size() < 100000)
            text += piece;
        (void)quantities_in(text, built_in_lexicon());
    }
}

}  // namespace
