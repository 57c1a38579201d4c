// What reports say, over analyses of every kind, to sinks that take it and sinks that do not.
#include <algorithm>
#include <set>

#include "analyses.hpp"
#include "plugin_under_test.hpp"
#include "report_run.hpp"
#include "rule.hpp"
#include "sample.hpp"

namespace dossier::check {
namespace {

ReportManners over(Trial const& trial, AnalysisKind kind) {
    ReportManners manners;
    manners.host.analysis = file_of(trial.analyses, kind).string();
    return manners;
}

Verdict runs_to_its_end(Trial const& trial) {
    auto const& component = load_component(trial);
    auto manners = over(trial, AnalysisKind::ordinary);
    manners.check_grammar = false;
    trial.doing("while it ran");
    auto const outcome = run_report(component, manners);
    if (outcome.flooded)
        return broken("it said more than 2,000,000 blocks over an analysis of six articles; a report comes to an end");
    if (outcome.failure) return broken(*outcome.failure + "; over an ordinary analysis a report gives DOSSIER_OK");
    return kept();
}

/// Runs over one analysis, called `what`; the blocks must be right.
auto says_sound_blocks_over(AnalysisKind kind, std::string const& what) {
    return [=](Trial const& trial) {
        auto const& component = load_component(trial);
        trial.doing("while it ran over " + what);
        auto const outcome = run_report(component, over(trial, kind));
        if (outcome.broken)
            return broken("over " + what + ": " + *outcome.broken +
                          "; the grammar stands in plugin.h above the kinds of blocks");
        if (outcome.failure)
            return broken("over " + what + ": " + *outcome.failure +
                          "; it has to say what there is, or that there is nothing");
        return kept();
    };
}

Verdict says_the_same_twice(Trial const& trial) {
    auto const& component = load_component(trial);
    for (auto const kind : {AnalysisKind::ordinary, AnalysisKind::hostile}) {
        auto const first = run_report(component, over(trial, kind));
        (void)run_report(component, over(trial, AnalysisKind::one_claim));
        auto const second = run_report(component, over(trial, kind));
        auto const third = run_report(component, over(trial, kind));
        if (first.sha256 != second.sha256 || second.sha256 != third.sha256)
            return broken(
                "it said other blocks when it ran over the same analysis again; what it says follows "
                "from the analysis and the options alone: no clock, no chance, no state kept between runs");
    }
    return kept();
}

Verdict passes_refusals_on(Trial const& trial) {
    auto const& component = load_component(trial);
    auto manners = over(trial, AnalysisKind::ordinary);
    auto const n_calls = run_report(component, manners).n_calls;
    for (auto const refusal : {DOSSIER_NO_OUTPUT, DOSSIER_CANCELLED})
        for (auto const call : sample(n_calls, trial)) {
            manners.failing_call = call, manners.refusal = refusal;
            auto const where = "when the sink refused call " + std::to_string(call) + " of " + std::to_string(n_calls);
            trial.doing(where);
            auto const outcome = run_report(component, manners);
            if (outcome.n_after_refusal != 0)
                return broken(where + ", it said " + std::to_string(outcome.n_after_refusal) +
                              " more; after a status other than DOSSIER_OK a report returns");
            if (outcome.refused && outcome.status != refusal)
                return broken(where + " with status " + std::to_string(refusal) + ", it returned " +
                              std::to_string(outcome.status) + "; a report passes the sink's status on");
        }
    return kept();
}

Verdict notices_cancellation(Trial const& trial) {
    auto const& component = load_component(trial);
    auto manners = over(trial, AnalysisKind::large);
    auto const n_rows = run_report(component, manners).n_rows;
    if (n_rows == 0) return not_applicable("it reads no rows");
    for (auto const row : {std::uint64_t{1}, n_rows / 2, n_rows}) {
        manners.host.cancelled_from_row = std::max<std::uint64_t>(row, 1);
        manners.check_grammar = false;
        auto const where = "when the run was cancelled at row " + std::to_string(row) + " of " + std::to_string(n_rows);
        trial.doing(where);
        auto const outcome = run_report(component, manners);
        if (outcome.n_rows_after_refusal != 0)
            return broken(where + ", it asked for " + std::to_string(outcome.n_rows_after_refusal) +
                          " rows more; after a status other than DOSSIER_OK and DOSSIER_DONE a report returns");
        if (outcome.status == DOSSIER_OK)
            return broken(where + ", it returned DOSSIER_OK, as if it had said all; it passes next_row's status on");
    }
    return kept();
}

Verdict takes_numbers_from_the_analysis(Trial const& trial) {
    auto const outcome = run_report(load_component(trial), over(trial, AnalysisKind::ordinary));
    if (outcome.number_from_nowhere.empty()) return kept();
    return broken(outcome.number_from_nowhere +
                  " gives a number, but nothing was asked of the analysis before; numbers come "
                  "from queries, or stand in a row with the quote that they are read from");
}

Verdict quotes_the_analysis(Trial const& trial) {
    auto const& component = load_component(trial);
    for (auto const kind : {AnalysisKind::ordinary, AnalysisKind::hostile}) {
        auto manners = over(trial, kind);
        manners.check_quotes = true;
        if (auto const outcome = run_report(component, manners); outcome.broken)
            return broken(*outcome.broken + "; a quote has the words and the place of its row, byte for byte");
    }
    return kept();
}

Verdict closes_queries(Trial const& trial) {
    auto const& component = load_component(trial);
    auto manners = over(trial, AnalysisKind::ordinary);
    auto const outcome = run_report(component, manners);
    manners.failing_call = outcome.n_calls / 2 + 1;
    for (auto const open : {outcome.open_queries, run_report(component, manners).open_queries})
        if (open != 0)
            return broken("it left " + std::to_string(open) +
                          " of its queries open; close_rows follows every query, also "
                          "where a report gives up");
    return kept();
}

}  // namespace

std::vector<Rule> report_rules() {
    using enum Setting;
    constexpr auto report = Scope::report;
    auto const keeps_the_grammar = says_sound_blocks_over(AnalysisKind::ordinary, "an ordinary analysis");
    auto const bears_nothing = says_sound_blocks_over(AnalysisKind::empty, "an empty analysis");
    auto const bears_one_claim =
        says_sound_blocks_over(AnalysisKind::one_claim, "an analysis of one claim and one article");
    auto const bears_many_rows = says_sound_blocks_over(AnalysisKind::large, "a large analysis");
    auto const bears_any_text =
        says_sound_blocks_over(AnalysisKind::hostile, "an analysis in many scripts, with NULs and markup");
    auto const bears_unknown_numbers =
        says_sound_blocks_over(AnalysisKind::unknown, "an analysis whose numbers are unknown (NULL)");
    return {
        {"P401", "runs to its end", report, sandbox, {"P304"}, &runs_to_its_end},
        {"P402", "keeps the grammar of blocks", report, sandbox, {"P401"}, keeps_the_grammar},
        {"P403", "bears an empty analysis", report, sandbox, {"P402"}, bears_nothing},
        {"P404", "bears an analysis of one claim", report, sandbox, {"P402"}, bears_one_claim},
        {"P405", "bears a large analysis", report, sandbox, {"P402"}, bears_many_rows, false, true},
        {"P406", "bears any text", report, sandbox, {"P402"}, bears_any_text},
        {"P407", "bears unknown numbers", report, sandbox, {"P402"}, bears_unknown_numbers},
        {"P408", "says the same blocks twice", report, sandbox, {"P403", "P404", "P406"}, &says_the_same_twice},
        {"P409", "passes refusals on", report, sandbox, {"P402"}, &passes_refusals_on},
        {"P410", "notices that it was cancelled", report, sandbox, {"P405"}, &notices_cancellation, false, true},
        {"P411", "takes its numbers from the analysis", report, sandbox, {"P402"}, &takes_numbers_from_the_analysis},
        {"P412", "quotes what the analysis has", report, process, {"P406"}, &quotes_the_analysis},
        {"P413", "closes its queries", report, sandbox, {"P402"}, &closes_queries},
    };
}

}  // namespace dossier::check
