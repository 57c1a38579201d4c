#include "plugin_under_test.hpp"

#include <dlfcn.h>

#include <array>

#include "dossier/plugin/utf8.hpp"

namespace dossier::check {

Entry load_entry(Trial const& trial) {
    void* const library = ::dlopen(trial.plugin_path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw RuleBroken(std::string("it cannot be loaded: ") + ::dlerror());
    auto const entry = reinterpret_cast<Entry>(::dlsym(library, "dossier_plugin_entry"));
    if (entry == nullptr) throw RuleBroken("it does not export dossier_plugin_entry");
    return entry;
}

dossier_plugin const& load_table(Trial const& trial) {
    auto const* const table = load_entry(trial)(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR);
    if (table == nullptr)
        throw RuleBroken("dossier_plugin_entry returned NULL for plugin ABI " + std::to_string(DOSSIER_ABI_MAJOR) +
                         "." + std::to_string(DOSSIER_ABI_MINOR) + ", although the metadata say that it works with it");
    return *table;
}

dossier_component const& load_component(Trial const& trial) {
    auto const& table = load_table(trial);
    auto const& wanted = trial.component.value();
    for (std::size_t i = 0; i < table.n_components; ++i)
        if (table.components[i]->kind == abi_kind(wanted.kind) && view(table.components[i]->name) == wanted.name)
            return *table.components[i];
    throw RuleBroken("its table lacks " + std::string(name_of(wanted.kind)) + " `" + wanted.name + "`");
}

std::vector<dossier_option const*> options_of(dossier_component const& component) {
    std::vector<dossier_option const*> options;
    auto const* next = reinterpret_cast<char const*>(component.options);
    for (std::size_t i = 0; i < component.n_options; ++i, next += component.options->size)
        options.push_back(reinterpret_cast<dossier_option const*>(next));
    return options;
}

std::vector<dossier_option_value> option_values(dossier_component const& component,
                                                std::optional<std::pair<std::size_t, dossier_value>> const& replaced) {
    std::vector<dossier_option_value> values;
    for (auto const* option : options_of(component)) {
        bool const other = replaced && replaced->first == values.size();
        values.push_back({sizeof(dossier_option_value), option->key, other ? replaced->second : option->default_value});
    }
    return values;
}

std::string status_text(dossier_status status, std::string const& said) {
    constexpr std::array names = {
        "DOSSIER_OK",        "DOSSIER_DONE",      "DOSSIER_FAILED",    "DOSSIER_BAD_OPTION",   "DOSSIER_BAD_QUERY",
        "DOSSIER_BAD_BLOCK", "DOSSIER_NO_OUTPUT", "DOSSIER_CANCELLED", "DOSSIER_BAD_ARGUMENT", "DOSSIER_OUT_OF_MEMORY"};
    std::string text = "it gave status " + std::to_string(status);
    if (status >= 0 && static_cast<std::size_t>(status) < names.size())
        text += std::string(" (") + names[static_cast<std::size_t>(status)] + ")";
    return text + (said.empty() ? " and no reason" : " and said: " + printable(said, 300));
}

}  // namespace dossier::check
