// Results for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "runner.hpp"

namespace dossier::check {

/// "P401 FAILED  report `x` runs to its end: it crashed (SIGSEGV) …", without a line break.
[[nodiscard]] std::string line_of(Result const& result);
/// "34 rules kept, 1 broken, 3 not tried"
[[nodiscard]] std::string sum_of(std::vector<Result> const& results);
/// JUnit XML, one test case per result.
[[nodiscard]] std::string junit_of(std::vector<Result> const& results, std::string const& plugin_path);

}  // namespace dossier::check
