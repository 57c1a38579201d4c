#include "dossier/job/job_plugins.hpp"

#include <algorithm>
#include <filesystem>
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

/// What the catalogue says of a plugin file that is named after the component (with '_' for '-') but cannot be used;
/// nullptr: there is no such file.
Diagnostic const* broken_plugin_named(std::string const& component, Catalogue const& catalogue) {
    for (auto const& diagnostic : catalogue.diagnostics.items()) {
        if (diagnostic.code != "DOS0501" && diagnostic.code != "DOS0503") continue;
        auto name = std::filesystem::path(diagnostic.place.file).stem().string();
        std::replace(name.begin(), name.end(), '_', '-');
        if (name == component) return &diagnostic;
    }
    return nullptr;
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
                          Catalogue const& catalogue, Descriptions& descriptions, Diagnostics& diagnostics) {
    ResolvedComponent component;
    auto const* plugin = component.plugin = catalogue.find(kind, name);
    component.description.kind = kind;
    component.description.name = name;
    if (plugin == nullptr) {
        if (auto const* broken = broken_plugin_named(name, catalogue)) {
            component.failure = std::string(name_of(kind)) + " `" + name + "`: " + broken->message;
            component.broken_file = broken->place.file;
        }
        return component;
    }
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
    auto const is_unknown = [](ResolvedComponent const& component) {
        return component.plugin == nullptr && component.failure.empty() && !component.description.name.empty();
    };
    std::vector<ResolvedOutput> resolved;
    for (auto const& output : job.outputs) {
        auto& made = resolved.emplace_back();
        for (auto const& report : output.reports) {
            made.reports.push_back(
                resolve(ComponentKind::report, report.name, report.options, catalogue, descriptions, diagnostics));
            if (is_unknown(made.reports.back()))
                diagnostics.add(
                    unknown_component(ComponentKind::report, report.name, report.place, report.source_line, catalogue));
        }
        made.format =
            resolve(ComponentKind::format, output.format, output.options, catalogue, descriptions, diagnostics);
        if (is_unknown(made.format))
            diagnostics.add(unknown_component(ComponentKind::format, output.format, output.format_place,
                                              output.format_line, catalogue));
    }
    return resolved;
}

}  // namespace dossier
