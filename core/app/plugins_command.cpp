#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <iterator>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/plugin/worker_client.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

constexpr std::array component_kinds{ComponentKind::report, ComponentKind::format, ComponentKind::engine};

std::string value_text(OptionScalar const& value) {
    return std::visit(
        [](auto const& plain) -> std::string {
            using Plain = std::decay_t<decltype(plain)>;
            if constexpr (std::is_same_v<Plain, bool>)
                return plain ? "true" : "false";
            else if constexpr (std::is_same_v<Plain, std::string>)
                return "\"" + plain + "\"";
            else
                return fmt::format("{}", plain);
        },
        value);
}

void describe(ComponentDescription const& component, CataloguedPlugin const& plugin) {
    std::string out = fmt::format("{} {}: {}\n  plugin: {} {} (ABI {}.{})\n", name_of(component.kind), component.name,
                                  component.summary, plugin.path, plugin.metadata.version, plugin.metadata.abi_major,
                                  plugin.metadata.abi_minor);
    auto const into = std::back_inserter(out);
    if (!component.media_type.empty()) fmt::format_to(into, "  media type: {}\n", component.media_type);
    if (component.kind == ComponentKind::format)
        fmt::format_to(into, "  carries: {}{}{}\n  writes: {}\n",
                       (component.carries & DOSSIER_CARRIES_CHARTS) != 0 ? "charts " : "",
                       (component.carries & DOSSIER_CARRIES_LINKS) != 0 ? "links " : "",
                       (component.carries & DOSSIER_CARRIES_NOTES) != 0 ? "notes" : "",
                       component.several_files ? "several files, into the folder that `file` names" : "one file");
    if (component.options.empty()) out += "  no options\n";
    for (auto const& option : component.options) {
        fmt::format_to(into, "  {} = {}  # {}", option.key, value_text(option.fallback), name_of(option.type));
        if (option.has_bounds()) fmt::format_to(into, " from {} to {}", option.minimum, option.maximum);
        for (std::size_t i = 0; i < option.choices.size(); ++i)
            fmt::format_to(into, "{}\"{}\"", i == 0 ? ": " : ", ", option.choices[i]);
        fmt::format_to(into, "; {}\n", option.doc);
    }
    print(out);
}

}  // namespace

int plugins_list_command(PluginsOptions const& options) {
    auto const catalogue = find_plugins(options);
    for (auto const kind : component_kinds)
        for (auto const& name : catalogue.names(kind)) {
            auto const& plugin = *catalogue.find(kind, name);
            print(fmt::format("{} {} {} {}\n", name_of(kind), name, plugin.metadata.version, plugin.path));
        }
    print_messages(catalogue.diagnostics, options);
    return catalogue.diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

int plugins_info_command(PluginsOptions const& options) {
    auto const catalogue = find_plugins(options);
    WorkerSettings settings;
    settings.allow_unsandboxed = options.allow_unsandboxed;
    WorkerClient const workers(settings);
    bool found = false;
    for (auto const kind : component_kinds) {
        auto const* plugin = catalogue.find(kind, options.name);
        if (plugin == nullptr) continue;
        found = true;
        auto const outcome = workers.describe(*plugin);
        auto const* component = outcome.find(kind, options.name);
        if (!outcome.ok() || component == nullptr) {
            std::fprintf(stderr, "dossier: %s\n", outcome.sentence.c_str());
            return exit_plugin_failed;
        }
        describe(*component, *plugin);
    }
    if (found) return exit_done;
    std::vector<std::string> names;
    for (auto const kind : component_kinds)
        for (auto const& name : catalogue.names(kind))
            names.push_back(name);
    auto const guess = nearest(options.name, names);
    std::fprintf(stderr, "dossier: no report, format or engine is called \"%s\"%s\n", options.name.c_str(),
                 guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    return exit_usage;
}

}  // namespace dossier
