#include "plugin_text.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/diagnostics/display_text.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

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

Json value_json(OptionScalar const& value) {
    return std::visit([](auto const& plain) { return Json(plain); }, value);
}

std::vector<std::string> abilities_of(ComponentDescription const& component) {
    constexpr std::array<std::pair<std::uint64_t, char const*>, 5> abilities{{{DOSSIER_CARRIES_CHARTS, "charts"},
                                                                              {DOSSIER_CARRIES_LINKS, "links"},
                                                                              {DOSSIER_CARRIES_NOTES, "notes"},
                                                                              {DOSSIER_CARRIES_CONTEXT, "context"},
                                                                              {DOSSIER_CARRIES_KEYS, "keys"}}};
    std::vector<std::string> carried;
    for (auto const& [bit, name] : abilities)
        if ((component.carries & bit) != 0) carried.emplace_back(name);
    return carried;
}

char const* type_key(OptionType type) {
    switch (type) {
        case OptionType::integer: return "integer";
        case OptionType::real: return "real";
        case OptionType::text: return "text";
        case OptionType::boolean: return "boolean";
    }
    return "text";
}

Json option_json(OptionDeclaration const& option) {
    Json json{{"key", option.key}, {"type", type_key(option.type)}, {"default", value_json(option.fallback)}};
    if (option.has_bounds()) json["minimum"] = option.minimum, json["maximum"] = option.maximum;
    if (!option.choices.empty()) json["choices"] = option.choices;
    json["doc"] = option.doc;
    return json;
}

std::string abi_text(PluginMetadata const& metadata) {
    return fmt::format("{}.{}", metadata.abi_major, metadata.abi_minor);
}

std::string sandbox_text(SandboxState const& sandbox) {
    if (sandbox.landlock == 0 || !sandbox.seccomp) return "none: this kernel cannot shut plugins in";
    return fmt::format("Landlock ABI {} and seccomp", sandbox.landlock);
}

}  // namespace

std::string component_text(ComponentDescription const& component, CataloguedPlugin const& plugin,
                           SandboxState const& sandbox) {
    std::string out =
        fmt::format("{} {}: {}\n  plugin: {} {} (ABI {})\n  SHA-256: {}\n  sandbox: {}\n", name_of(component.kind),
                    component.name, component.summary, display_text(plugin.path), plugin.metadata.version,
                    abi_text(plugin.metadata), plugin.sha256, sandbox_text(sandbox));
    auto const into = std::back_inserter(out);
    if (!component.media_type.empty()) fmt::format_to(into, "  media type: {}\n", component.media_type);
    if (component.kind == ComponentKind::format)
        fmt::format_to(into, "  carries: {}\n  writes: {}\n", fmt::join(abilities_of(component), " "),
                       component.several_files ? "several files, into the folder that `file` names" : "one file");
    if (component.options.empty()) out += "  no options\n";
    for (auto const& option : component.options) {
        fmt::format_to(into, "  {} = {}  # {}", option.key, value_text(option.fallback), name_of(option.type));
        if (option.has_bounds()) fmt::format_to(into, " from {} to {}", option.minimum, option.maximum);
        for (std::size_t i = 0; i < option.choices.size(); ++i)
            fmt::format_to(into, "{}\"{}\"", i == 0 ? ": " : ", ", option.choices[i]);
        fmt::format_to(into, "; {}\n", option.doc);
    }
    return out;
}

Json plugin_json(CataloguedPlugin const& plugin) {
    Json provides = Json::array();
    for (auto const& offered : plugin.metadata.provides)
        provides.push_back({{"kind", name_of(offered.kind)}, {"name", offered.name}});
    return {{"name", plugin.metadata.name},
            {"version", plugin.metadata.version},
            {"abi", abi_text(plugin.metadata)},
            {"path", plugin.path},
            {"sha256", plugin.sha256},
            {"provides", provides},
            {"unusable", plugin.unusable.empty() ? Json() : Json(plugin.unusable)}};
}

Json component_json(ComponentDescription const& component, CataloguedPlugin const& plugin,
                    SandboxState const& sandbox) {
    Json options = Json::array();
    for (auto const& option : component.options)
        options.push_back(option_json(option));
    Json json{{"kind", name_of(component.kind)}, {"name", component.name}, {"summary", component.summary}};
    if (component.kind == ComponentKind::format) {
        json["media_type"] = component.media_type;
        json["carries"] = abilities_of(component);
        json["several_files"] = component.several_files;
    }
    json["options"] = options;
    json["plugin"] = plugin_json(plugin);
    json["sandbox"] = {{"landlock", sandbox.landlock}, {"seccomp", sandbox.seccomp}};
    return json;
}

}  // namespace dossier
