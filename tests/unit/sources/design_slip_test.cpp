#include "dossier/sources/design_slip.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace {

using dossier::slip_in_design;

TEST(DesignSlip, IsAWordThatIsOneSlipFromAWordOfADesign) {
    for (auto const& [written, meant] :
         {std::pair{"randomised trail", "randomised trial"},
          std::pair{"Radnomised trial (pilot)", "randomised trial (pilot)"},
          std::pair{"sytematic review", "systematic review"}, std::pair{"case-controll study", "case-control study"},
          std::pair{"Cohrt stduy", "cohort study"}, std::pair{"news reprot of a surveyy", "news report of a survey"}}) {
        auto const slip = slip_in_design(written);
        ASSERT_TRUE(slip) << written;
        EXPECT_EQ(slip->meant, meant);
    }
    auto const slip = slip_in_design("randomised trail");
    EXPECT_EQ(std::pair(slip->begin, slip->size), std::pair(std::size_t{11}, std::size_t{5}));
}

TEST(DesignSlip, IsNoWordThatIsOnlyNotKnown) {
    for (auto const* design : {"",
                               "randomised trial",
                               "Randomized Controlled Trials",
                               "news report, one clinic's records",
                               "patient leaflet",
                               "news report of an animal study (rats)",
                               "test-negative design",
                               "étude de cohorte",
                               "n-of-1 trial",
                               "systemic review",
                               "non-randomised study",
                               "meta-analyses",
                               "quasi-experimental study",
                               "in vitro study",
                               "cross-sectional survey",
                               "health information page",
                               "news aggregation",
                               "marketing page",
                               "preprint",
                               "modelling study",
                               "qualitative study",
                               "guideline",
                               "case series",
                               "scoping review",
                               "mixed methods study"})
        EXPECT_FALSE(slip_in_design(design)) << design;
}

}  // namespace
