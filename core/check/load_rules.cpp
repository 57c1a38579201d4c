// What happens when the plugin is loaded and asked for its table, and what the process is like afterwards.
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <cstring>
#include <filesystem>

#include "dossier/plugin/elf_metadata.hpp"
#include "dossier/plugin/utf8.hpp"
#include "metadata_of.hpp"
#include "plugin_under_test.hpp"
#include "rule.hpp"

namespace dossier::check {
namespace {

constexpr int n_calls_of_entry = 3;

Verdict can_be_loaded(Trial const& trial) {
    trial.doing("while it was being loaded");
    (void)load_entry(trial);
    return kept();
}

Verdict gives_one_table(Trial const& trial) {
    trial.doing("in dossier_plugin_entry");
    auto const entry = load_entry(trial);
    auto const* const table = &load_table(trial);
    for (int i = 1; i < n_calls_of_entry; ++i)
        if (entry(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR) != table)
            return broken(
                "dossier_plugin_entry returned another table when it was called again; the table is one "
                "static object");
    return kept();
}

std::string version_text(unsigned major, unsigned minor) {
    return std::to_string(major) + "." + std::to_string(minor);
}

std::string component_text(ComponentKind kind, std::string_view name) {
    return std::string(name_of(kind)) + " `" + printable(name, 100) + "`";
}

/// What the table holds beyond, or without, what the metadata provide.
std::optional<std::string> components_disagree(dossier_plugin const& table, PluginMetadata const& metadata) {
    if (table.n_components != metadata.provides.size() || table.components == nullptr)
        return "the metadata provide " + std::to_string(metadata.provides.size()) + " components, the table holds " +
               std::to_string(table.n_components);
    for (auto const& provided : metadata.provides) {
        bool found = false;
        for (std::size_t i = 0; i < table.n_components; ++i) {
            auto const* const component = table.components[i];
            if (component == nullptr) return "component " + std::to_string(i + 1) + " of the table is NULL";
            found = found || (component->kind == abi_kind(provided.kind) && view(component->name) == provided.name);
        }
        if (!found)
            return "the metadata promise " + component_text(provided.kind, provided.name) + ", which the table lacks";
    }
    return std::nullopt;
}

Verdict agrees_with_metadata(Trial const& trial) {
    auto const metadata = metadata_of(trial.plugin_path);
    auto const& table = load_table(trial);
    if (table.abi_major != metadata.abi_major || table.abi_minor != metadata.abi_minor)
        return broken("the metadata say plugin ABI " + version_text(metadata.abi_major, metadata.abi_minor) +
                      ", the table " + version_text(table.abi_major, table.abi_minor) +
                      "; both come from the plugin.h that it is compiled with");
    if (table.size < sizeof table)
        return broken("the table's size is " + std::to_string(table.size) + "; it is sizeof(dossier_plugin)");
    if (view(table.name) != metadata.name)
        return broken("the metadata call it `" + metadata.name + "`, the table `" + printable(view(table.name), 100) +
                      "`; both give the plugin's name");
    if (view(table.version) != metadata.version)
        return broken("the metadata say version " + metadata.version + ", the table " +
                      printable(view(table.version), 100) + "; both give DOSSIER_PLUGIN_VERSION");
    if (auto disagree = components_disagree(table, metadata))
        return broken(*disagree + "; there is one line provides=<kind>:<name> for each component");
    return kept();
}

Verdict refuses_other_majors(Trial const& trial) {
    auto const entry = load_entry(trial);
    auto const own = load_table(trial).abi_major;
    for (auto const major : {0U, own + 1, 0xffffffffU}) {
        trial.doing("when dossier_plugin_entry was asked for plugin ABI " + version_text(major, 0));
        auto const* const table = entry(major, 0);
        if (table != nullptr && table->abi_major != own)
            return broken("asked for plugin ABI " + version_text(major, 0) + " it returned a table that says " +
                          version_text(table->abi_major, table->abi_minor) +
                          "; it returns NULL, or the table of the ABI " + "it was compiled with");
    }
    return kept();
}

Verdict prints_nothing(Trial const& trial) {
    (void)load_table(trial);
    return kept();  // what it printed, the kit sees from outside
}

std::size_t n_threads() {
    std::size_t n = 0;
    for ([[maybe_unused]] auto const& thread : std::filesystem::directory_iterator("/proc/self/task"))
        ++n;
    return n;
}

Verdict starts_no_thread(Trial const& trial) {
    auto const before = n_threads();
    (void)load_table(trial);
    auto const more = n_threads() - before;
    if (more == 0) return kept();
    return broken("it started " + std::to_string(more) + (more == 1 ? " thread" : " threads") +
                  " when it was loaded; a plugin needs none, and the sandbox stops it when it starts one");
}

/// What a library may not change behind its host's back.
struct ProcessState {
    std::string locale = ::setlocale(LC_ALL, nullptr);
    std::filesystem::path folder = std::filesystem::current_path();
    mode_t mask = 0;
    int rounding = std::fegetround();
    std::array<void*, 32> handlers{};
    sigset_t blocked{};

    ProcessState() {
        mask = ::umask(0);
        ::umask(mask);
        ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
        for (int signal = 1; signal < 32; ++signal) {
            struct sigaction action {};
            ::sigaction(signal, nullptr, &action);
            handlers[static_cast<std::size_t>(signal)] = reinterpret_cast<void*>(action.sa_handler);
        }
    }
};

Verdict leaves_process_as_it_was(Trial const& trial) {
    ProcessState const before;
    (void)load_table(trial);
    ProcessState const after;
    if (after.locale != before.locale)
        return broken("it set the locale from " + before.locale + " to " + after.locale +
                      "; numbers are written with std::to_chars, which knows none");
    if (after.folder != before.folder)
        return broken("it changed the working folder; a plugin reads and writes no files");
    if (after.mask != before.mask) return broken("it changed the umask; a plugin reads and writes no files");
    if (after.rounding != before.rounding)
        return broken("it changed the rounding mode of the processor; leave it alone");
    for (int signal = 1; signal < 32; ++signal) {
        auto const i = static_cast<std::size_t>(signal);
        if (after.handlers[i] != before.handlers[i])
            return broken("it changed what happens on SIG" + std::string(::sigabbrev_np(signal)) +
                          "; signals are the host's");
        if (::sigismember(&after.blocked, signal) != ::sigismember(&before.blocked, signal))
            return broken("it changed whether SIG" + std::string(::sigabbrev_np(signal)) +
                          " is blocked; signals are the host's");
    }
    return kept();
}

}  // namespace

std::vector<Rule> load_rules() {
    using enum Setting;
    return {
        {"P201", "can be loaded", Scope::plugin, process, {"P102", "P107"}, &can_be_loaded},
        {"P202", "gives one table, however often it is asked", Scope::plugin, process, {"P201"}, &gives_one_table},
        {"P203", "has a table that agrees with its metadata", Scope::plugin, process, {"P202"}, &agrees_with_metadata},
        {"P204", "refuses other major versions", Scope::plugin, process, {"P203"}, &refuses_other_majors},
        {"P205", "prints nothing when it is loaded", Scope::plugin, process, {"P203"}, &prints_nothing, true},
        {"P206", "starts no threads when it is loaded", Scope::plugin, process, {"P203"}, &starts_no_thread},
        {"P207", "leaves the process as it was", Scope::plugin, process, {"P203"}, &leaves_process_as_it_was},
    };
}

}  // namespace dossier::check
