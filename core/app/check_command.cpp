#include "commands.hpp"
#include "console.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/job_plugins.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

std::string counted(std::size_t n, std::string const& noun) {
    return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

/// Everything but rendering: what the job's outputs need, its articles, the registry's own examples.
void check_all(LoadedJob const& loaded, Catalogue const& catalogue, CheckOptions const& options,
               Diagnostics& diagnostics) {
    if (loaded.job) {
        WorkerSettings settings;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        Diagnostics mistakes;
        for (auto const& output : resolve_outputs(*loaded.job, catalogue, WorkerClient(settings), mistakes)) {
            for (auto const& report : output.reports)
                if (!report.failure.empty()) mistakes.add({Severity::error, "DOS0521", {}, report.failure, {}, {}});
            if (!output.format.failure.empty())
                mistakes.add({Severity::error, "DOS0521", {}, output.format.failure, {}, {}});
        }
        (void)read_articles(*loaded.job, {}, mistakes);
        diagnostics.append(mistakes);
    }
    if (loaded.registry) check_examples(*loaded.registry, built_in_lexicon(), diagnostics);
}

}  // namespace

int check_command(CheckOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load(options.job, diagnostics);
    auto const catalogue = find_plugins(options);
    check_all(loaded, catalogue, options, diagnostics);
    diagnostics.append(catalogue.diagnostics);
    diagnostics.sort();
    print_messages(diagnostics, options);
    if (diagnostics.has_errors() || !loaded.complete()) return exit_usage;
    if (!options.quiet)
        print(options.job + ": " + counted(loaded.registry->claims.size(), "claim") + " and " +
              counted(loaded.job->outputs.size(), "output") + ", no mistakes\n");
    return diagnostics.empty() ? exit_done : exit_warnings;
}

}  // namespace dossier
