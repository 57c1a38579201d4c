#include "dossier/findings/student_t.hpp"

#include <boost/math/policies/policy.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace dossier {

namespace {

// Doubles throughout: long double differs between machines.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double student_t_p_value(double t, double degrees) {
    return boost::math::ibeta(degrees / 2, 0.5, degrees / (degrees + t * t), Policy());
}

double student_t_95(double degrees) {
    double const x = boost::math::ibeta_inv(degrees / 2, 0.5, 0.05, Policy());
    return std::sqrt(degrees * (1 - x) / x);
}

}  // namespace dossier
