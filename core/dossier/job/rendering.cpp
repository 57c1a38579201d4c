#include "dossier/job/rendering.hpp"

#include <cstdint>
#include <utility>

#include "dossier/job/quote_contexts.hpp"
#include "dossier/plugin/options.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

ReportOutcome run_report(ResolvedComponent const& report, WorkerClient const& workers, fs::path const& database,
                         QuoteVerifier& quotes) {
    if (report.failure.empty())
        return workers.run_report(
            *report.plugin, report.description.name, report.options, database,
            {[&](dossier_quote const& quote) { return quotes.check(quote); },
             [&](std::int64_t number, std::string_view text) { return quotes.check_cell(number, text); }});
    ReportOutcome outcome;
    outcome.failure = WorkerFailure::refused;
    outcome.sentence = report.failure;
    return outcome;
}

}  // namespace

std::vector<ManifestOutput> Rendering::render(fs::path const& folder, fs::path const& database,
                                              DocumentHead const& head,
                                              std::function<void(std::string_view)> const& step) {
    settings_.scratch_folder = folder;
    WorkerClient const workers(settings_);
    QuoteVerifier quotes(job_, database, settings_.allow_unsandboxed, checked_);
    QuoteContexts contexts(job_, database, settings_.allow_unsandboxed);
    DocumentSources const sources{database, [&](dossier_quote const& quote) { return contexts.around(quote); }};
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        auto const& output = job_.outputs[i];
        if (step) step("writing " + output.file);
        std::vector<DocumentPart> parts;
        for (std::size_t j = 0; j < outputs_[i].reports.size(); ++j)
            parts.push_back(
                part_of(outputs_[i].reports[j], output.reports[j].options, workers, database, quotes, output.file));
        write_output(workers, outputs_[i].format, head, parts, sources, folder, output);
    }
    warnings_ = quotes.warnings();
    return std::move(written_);
}

DocumentPart Rendering::part_of(ResolvedComponent const& report, std::vector<JobOption> const& job_options,
                                WorkerClient const& workers, fs::path const& database, QuoteVerifier& quotes,
                                std::string const& output) {
    auto const id = component_of(report) + '\0' + digest_text(report.options);
    auto found = flows_.find(id);
    if (found == flows_.end()) {
        found = flows_.emplace(id, run_report(report, workers, database, quotes)).first;
        notes_.take(report, found->second, job_options);
    }
    auto const& flow = found->second;
    if (!flow.ok()) notes_.take_failure(output, report, flow.sentence);
    return {report.description.name, flow.flow ? &*flow.flow : nullptr, flow.sentence};
}

void Rendering::write_output(WorkerClient const& workers, ResolvedComponent const& format, DocumentHead const& head,
                             std::vector<DocumentPart> const& parts, DocumentSources const& sources,
                             fs::path const& folder, JobOutput const& output) {
    auto const& file = output.file;
    FormatOutcome outcome;
    if (format.failure.empty()) {
        fs::create_directories((folder / file).parent_path());
        outcome =
            workers.run_format(*format.plugin, format.description, format.options, head, parts, folder / file, sources);
    } else {
        outcome.failure = WorkerFailure::refused;
        outcome.sentence = format.failure;
    }
    notes_.take(format, outcome, output.options);
    if (!outcome.ok()) notes_.take_failure(file, format, outcome.sentence);
    for (auto const& written : outcome.files)
        written_.push_back({written.name.empty() ? file : file + "/" + written.name, written.size, written.sha256});
}

}  // namespace dossier
