// One run of a report, with a sink that remembers what it needs to and can refuse.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "check_host.hpp"
#include "plugin_under_test.hpp"

namespace dossier::check {

struct ReportManners {
    HostManners host;
    bool check_grammar = true;
    bool check_quotes = false;  ///< every quote stands in the analysis, word for word
    /// This call of the sink, or the first after it that is more than the end of a table or list, and all that follow
    /// answer `refusal`; from 1; 0: none.
    std::uint64_t failing_call = 0;
    dossier_status refusal = DOSSIER_NO_OUTPUT;
};

struct ReportOutcome {
    dossier_status status = DOSSIER_OK;
    std::optional<std::string> failure;  ///< CheckHost::failure
    std::optional<std::string> broken;   ///< the rule of blocks that was broken
    std::string sha256;                  ///< of all blocks
    std::uint64_t n_blocks = 0, n_calls = 0, n_rows = 0;
    bool refused = false;               ///< the sink has refused a call
    std::uint64_t n_after_refusal = 0;  ///< calls of the sink after one that it refused, but for ends of what was open
    std::uint64_t n_rows_after_refusal = 0;
    std::int64_t open_queries = 0;
    std::string number_from_nowhere;  ///< the first block with a number that came before any query; empty: none
    bool flooded = false;             ///< it said more blocks than the kit waits for
};

/// Creates, runs and destroys the report. Throws RuleBroken if it cannot be made.
[[nodiscard]] ReportOutcome run_report(dossier_component const& component, ReportManners const& manners);

}  // namespace dossier::check
