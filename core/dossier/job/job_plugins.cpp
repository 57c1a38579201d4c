#include "dossier/job/job_plugins.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "dossier/job/file_endings.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/plugin/options.hpp"

namespace dossier {
namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

char const* code_for_unknown(ComponentKind kind) {
    switch (kind) {
        case ComponentKind::report: return "DOS0204";
        case ComponentKind::format: return "DOS0205";
        case ComponentKind::engine: break;
    }
    return "DOS0206";
}

Diagnostic unknown_component(ComponentKind kind, std::string const& name, Place const& place, std::string const& line,
                             Catalogue const& catalogue) {
    auto const names = catalogue.names(kind);
    std::string const word = name_of(kind);
    auto const guess = nearest(name, names);
    Diagnostic diagnostic{Severity::error, code_for_unknown(kind), place, {}, line, {}};
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
    if (!plugin->unusable.empty()) {
        auto const subject = std::string(name_of(kind)) + " `" + name + "` ";
        // In the words of the run in which it crashed, so that its place in the document reads as it did.
        component.failure = plugin->crash.starts_with(subject) ? plugin->crash : subject + plugin->unusable;
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

bool is_unknown(ResolvedComponent const& component) {
    return component.plugin == nullptr && component.failure.empty() && !component.description.name.empty();
}

/// Which engine decides each claim.
class ClaimShares {
public:
    ClaimShares(ClaimRegistry const& registry, Diagnostics& diagnostics)
        : registry_(registry), diagnostics_(diagnostics), owners_(registry.claims.size(), nullptr) {}

    [[nodiscard]] std::vector<std::size_t> take(JobEngine const& engine) {
        std::vector<std::size_t> claims;
        if (engine.claims.empty())
            for (std::size_t i = 0; i < owners_.size(); ++i)
                take(i, engine, engine.place, claims);
        std::size_t n_unknown = 0;
        for (auto const& id : engine.claims) {
            if (auto const claim = find(id.text))
                take(*claim, engine, id.place, claims);
            else if (++n_unknown <= most_told)
                tell_unknown(id);
        }
        if (n_unknown > most_told)
            diagnostics_.add(diagnostic_at(
                Severity::error, "DOS0207", engine.place,
                std::to_string(n_unknown - most_told) + " further claims that it names are not in the registry"));
        std::sort(claims.begin(), claims.end());
        return claims;
    }

private:
    static constexpr std::size_t most_told = 20;  // unknown claims of one engine

    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const {
        for (std::size_t i = 0; i < registry_.claims.size(); ++i)
            if (registry_.claims[i].id == id) return i;
        return std::nullopt;
    }

    void tell_unknown(Phrase const& id) {
        std::vector<std::string> ids;
        for (auto const& claim : registry_.claims)
            ids.push_back(claim.id);
        auto const guess = nearest(id.text, ids);
        auto diagnostic =
            diagnostic_at(Severity::error, "DOS0207", id.place,
                          "no claim is called \"" + id.text + "\"" +
                              (guess.empty() ? std::string() : "; did you mean \"" + std::string(guess) + "\"?"));
        diagnostic.notes.push_back("claims of the registry: " + joined(ids));
        diagnostics_.add(std::move(diagnostic));
    }

    void take(std::size_t claim, JobEngine const& engine, Place const& place, std::vector<std::size_t>& claims) {
        auto const*& owner = owners_[claim];
        if (owner == nullptr) {
            owner = &engine;
            return claims.push_back(claim);
        }
        if (told_ == &engine && engine.claims.empty()) return;  // one message, however many claims
        told_ = &engine;
        auto diagnostic = diagnostic_at(
            Severity::error, "DOS0208", place,
            "the claim \"" + registry_.claims[claim].id + "\" is decided by engine \"" + owner->name + "\" already");
        diagnostic.notes.push_back("name in `claims` what each engine is to decide");
        diagnostics_.add(std::move(diagnostic));
    }

    ClaimRegistry const& registry_;
    Diagnostics& diagnostics_;
    std::vector<JobEngine const*> owners_;  ///< by claim; nullptr: the built-in rules
    JobEngine const* told_ = nullptr;
};

}  // namespace

std::string component_of(ResolvedComponent const& component) {
    return std::string(name_of(component.description.kind)) + ":" + component.description.name;
}

std::optional<std::string> quarantine_note(ResolvedComponent const& component) {
    if (component.plugin == nullptr || component.plugin->crash.empty()) return std::nullopt;
    return "it is quarantined since that run; `dossier plugins retry " + component.description.name +
           "` tries it again";
}

std::vector<ResolvedEngine> resolve_engines(Job const& job, ClaimRegistry const& registry, Catalogue const& catalogue,
                                            WorkerClient const& workers, Diagnostics& diagnostics) {
    Descriptions descriptions(workers);
    ClaimShares shares(registry, diagnostics);
    std::vector<ResolvedEngine> resolved;
    for (auto const& engine : job.engines) {
        auto& made = resolved.emplace_back();
        made.place = engine.place;
        made.component =
            resolve(ComponentKind::engine, engine.name, engine.options, catalogue, descriptions, diagnostics);
        if (is_unknown(made.component))
            diagnostics.add(
                unknown_component(ComponentKind::engine, engine.name, engine.place, engine.source_line, catalogue));
        made.claims = shares.take(engine);
    }
    return resolved;
}

std::vector<ResolvedOutput> resolve_outputs(Job const& job, Catalogue const& catalogue, WorkerClient const& workers,
                                            Diagnostics& diagnostics) {
    Descriptions descriptions(workers);
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
        if (auto warning = misleading_ending(output, made.format.description)) diagnostics.add(std::move(*warning));
    }
    return resolved;
}

}  // namespace dossier
