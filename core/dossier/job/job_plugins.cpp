#include "dossier/job/job_plugins.hpp"

#include <algorithm>
#include <span>

#include "dossier/plugin/options.hpp"

namespace dossier {
namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

Diagnostic unknown_component(ComponentKind kind, std::string const& name, Place const& place, std::string const& line,
                             Catalogue const& catalogue) {
    auto const names = catalogue.names(kind);
    std::string const word = name_of(kind);
    auto const guess = nearest(name, names);
    Diagnostic diagnostic{Severity::error, kind == ComponentKind::report ? "DOS0204" : "DOS0205", place, {}, line, {}};
    diagnostic.message = "no " + word + " is called \"" + name + "\"";
    if (!guess.empty()) diagnostic.message += "; did you mean \"" + std::string(guess) + "\"?";
    diagnostic.notes.push_back(word + "s found: " + joined(names));
    diagnostic.notes.push_back("searched: " + joined(catalogue.folders));
    return diagnostic;
}

/// Asks each plugin once, however many outputs use it.
class Descriptions {
public:
    explicit Descriptions(WorkerClient const& workers) : workers_(&workers) {}

    DescribeOutcome const& of(CataloguedPlugin const& plugin) {
        auto const found = asked_.find(plugin.path);
        if (found != asked_.end()) return found->second;
        return asked_.emplace(plugin.path, workers_->describe(plugin)).first->second;
    }

private:
    WorkerClient const* workers_;
    std::map<std::string, DescribeOutcome> asked_;
};

ResolvedComponent resolve(ComponentKind kind, std::string const& name, std::span<JobOption const> job_options,
                          CataloguedPlugin const* plugin, Descriptions& descriptions, Diagnostics& diagnostics) {
    ResolvedComponent component;
    component.plugin = plugin;
    component.description.kind = kind;
    component.description.name = name;
    if (plugin == nullptr) return component;  // the diagnostic has been given
    auto const& outcome = descriptions.of(*plugin);
    auto const* description = outcome.ok() ? outcome.find(kind, name) : nullptr;
    if (description != nullptr) {
        component.description = *description;
        component.options = resolve_options(*description, job_options, diagnostics);
    } else if (outcome.ok()) {
        component.failure = "the plugin " + plugin->path + " does not hold the " + name_of(kind) + " \"" + name +
                            "\" that its metadata names";
    } else {
        component.failure = outcome.sentence;
    }
    return component;
}

}  // namespace

std::vector<ResolvedOutput> resolve_outputs(Job const& job, Catalogue const& catalogue, WorkerClient const& workers,
                                            Diagnostics& diagnostics) {
    Descriptions descriptions(workers);
    std::vector<ResolvedOutput> resolved;
    for (auto const& output : job.outputs) {
        auto& made = resolved.emplace_back();
        for (auto const& report : output.reports) {
            auto const* plugin = catalogue.find(ComponentKind::report, report.name);
            if (plugin == nullptr && !report.name.empty())
                diagnostics.add(
                    unknown_component(ComponentKind::report, report.name, report.place, report.source_line, catalogue));
            made.reports.push_back(
                resolve(ComponentKind::report, report.name, report.options, plugin, descriptions, diagnostics));
        }
        auto const* plugin = catalogue.find(ComponentKind::format, output.format);
        if (plugin == nullptr && !output.format.empty())
            diagnostics.add(unknown_component(ComponentKind::format, output.format, output.format_place,
                                              output.format_line, catalogue));
        made.format = resolve(ComponentKind::format, output.format, output.options, plugin, descriptions, diagnostics);
    }
    return resolved;
}

}  // namespace dossier
