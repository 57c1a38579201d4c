#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/plugin/plugin_lock.hpp"
#include "dossier/plugin/plugin_records.hpp"
#include "dossier/plugin/worker_client.hpp"
#include "exit_code.hpp"
#include "plugin_text.hpp"

namespace dossier {
namespace {

constexpr std::array component_kinds{ComponentKind::report, ComponentKind::format, ComponentKind::engine};

std::string json_text(nlohmann::ordered_json const& json) {
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

WorkerClient client(PluginsOptions const& options) {
    WorkerSettings settings;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    settings.when_crashed = quarantine;
    return WorkerClient(settings);
}

/// The plugins that offer a component of this name; none: says so, with the nearest name.
std::vector<CataloguedPlugin const*> plugins_offering(std::string const& name, Catalogue const& catalogue) {
    std::vector<CataloguedPlugin const*> found;
    std::vector<std::string> names;
    for (auto const kind : component_kinds) {
        auto const* plugin = catalogue.find(kind, name);
        if (plugin != nullptr && std::find(found.begin(), found.end(), plugin) == found.end()) found.push_back(plugin);
        for (auto& known : catalogue.names(kind))
            names.push_back(std::move(known));
    }
    if (found.empty()) {
        auto const guess = nearest(name, names);
        std::fprintf(stderr, "dossier: no report, format or engine is called \"%s\"%s\n", name.c_str(),
                     guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    }
    return found;
}

/// Asks a plugin in the sandbox what it holds, against what its metadata says. Prints a line. @return whether all is well
bool verify(CataloguedPlugin const& plugin, WorkerClient const& workers) {
    auto const report = [&](std::string const& verdict) {
        print(fmt::format("{} {}  {}: {}\n", plugin.metadata.name, plugin.metadata.version, display_text(plugin.path),
                          display_text(verdict)));
        return false;
    };
    if (!plugin.unusable.empty()) return report(plugin.unusable);
    auto const outcome = workers.describe(plugin);
    if (!outcome.ok()) return report(outcome.sentence);
    for (auto const& offered : plugin.metadata.provides)
        if (outcome.find(offered.kind, offered.name) == nullptr)
            return report(
                fmt::format("lacks the {} \"{}\" that its metadata names", name_of(offered.kind), offered.name));
    report("ok");
    return true;
}

}  // namespace

int plugins_list_command(PluginsOptions const& options) {
    auto const catalogue = find_plugins(options);
    if (options.json) {
        auto all = nlohmann::ordered_json::array();
        for (auto const& plugin : catalogue.plugins)
            all.push_back(plugin_json(plugin));
        print(json_text(all));
    } else {
        for (auto const kind : component_kinds)
            for (auto const& name : catalogue.names(kind)) {
                auto const& plugin = *catalogue.find(kind, name);
                print(fmt::format("{} {} {} {}{}\n", name_of(kind), name, plugin.metadata.version,
                                  display_text(plugin.path),
                                  plugin.unusable.empty() ? "" : "  " + display_text(plugin.unusable)));
            }
    }
    print_messages(catalogue.diagnostics, options);
    return catalogue.diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

int plugins_info_command(PluginsOptions const& options) {
    auto const catalogue = find_plugins(options);
    auto const workers = client(options);
    auto const found = plugins_offering(options.name, catalogue);
    if (found.empty()) return exit_usage;
    auto shown = nlohmann::ordered_json::array();
    for (auto const* plugin : found) {
        if (!plugin->unusable.empty()) {
            std::fprintf(stderr, "dossier: plugin `%s` %s\n", plugin->metadata.name.c_str(), plugin->unusable.c_str());
            return exit_plugin_failed;
        }
        auto const outcome = workers.describe(*plugin);
        if (!outcome.ok()) {
            std::fprintf(stderr, "dossier: %s\n", outcome.sentence.c_str());
            return exit_plugin_failed;
        }
        for (auto const& component : outcome.components) {
            if (component.name != options.name) continue;
            if (options.json)
                shown.push_back(component_json(component, *plugin, outcome.sandbox));
            else
                print(component_text(component, *plugin, outcome.sandbox));
        }
    }
    if (options.json) print(json_text(shown));
    return exit_done;
}

int plugins_verify_command(PluginsOptions const& options) {
    auto catalogue = find_plugins(options);
    if (!options.lock.empty()) lock_plugins(options.lock, catalogue);
    auto const workers = client(options);
    bool all_well = true;
    for (auto const& plugin : catalogue.plugins)
        all_well = verify(plugin, workers) && all_well;
    print_messages(catalogue.diagnostics, options);
    if (!all_well) return exit_plugin_failed;
    return catalogue.diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

int plugins_retry_command(PluginsOptions const& options) {
    PluginRecords known(plugin_records_file());
    auto const catalogue = find_plugins(options);
    auto const found = plugins_offering(options.name, catalogue);
    if (found.empty()) return exit_usage;
    auto const workers = client(options);
    bool all_well = true;
    for (auto const* plugin : found) {
        if (!known.lift(plugin->path))
            print(fmt::format("{}: nothing was held against it\n", display_text(plugin->path)));
        auto again = *plugin;
        again.unusable.clear();
        all_well = verify(again, workers) && all_well;
    }
    return all_well ? exit_done : exit_plugin_failed;
}

int plugins_disable_command(PluginsOptions const& options) {
    PluginRecords known(plugin_records_file());
    auto const catalogue = find_plugins(options);
    auto const found = plugins_offering(options.name, catalogue);
    if (found.empty()) return exit_usage;
    for (auto const* plugin : found) {
        known.switch_off(*plugin);
        print(
            fmt::format("{} is switched off; `dossier plugins retry {}` switches it on\n", plugin->path, options.name));
    }
    return exit_done;
}

int plugins_lock_command(PluginsOptions const& options) {
    auto const catalogue = find_plugins(options);
    print(plugin_lock_text(catalogue));
    print_messages(catalogue.diagnostics, options);
    return catalogue.diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

}  // namespace dossier
