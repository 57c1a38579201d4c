// Student's t: tail and 95 % point.
#pragma once

namespace dossier {

/// Chance of a value at least as far from 0 as `t`, either way, under `degrees` > 0 degrees of freedom. In [0, 1].
[[nodiscard]] double student_t_p_value(double t, double degrees);

/// The t of which 95 % lie within -t and t.
[[nodiscard]] double student_t_95(double degrees);

}  // namespace dossier
