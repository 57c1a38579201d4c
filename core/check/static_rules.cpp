// What can be seen of the file without running any of it.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "dossier/plugin.h"
#include "dossier/plugin/elf_metadata.hpp"
#include "elf_library.hpp"
#include "metadata_of.hpp"
#include "rule.hpp"

namespace dossier::check {
namespace {

constexpr char const* entry_name = "dossier_plugin_entry";

std::string bytes_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The first few, with how many more there are.
std::string listed(std::vector<std::string> const& names) {
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i)
        text += (i == 0 ? "`" : ", `") + names[i] + "`";
    if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
    return text;
}

Verdict has_metadata(Trial const& trial) {
    auto const reading = read_plugin_metadata(bytes_of(trial.plugin_path));
    if (!reading.metadata)
        return broken(
            "the file " + reading.problem +
            "; a plugin is a shared library in which DOSSIER_METADATA (or one of the C++ macros) stands once");
    auto const reading_of_elf = read_elf_library(bytes_of(trial.plugin_path));
    return reading_of_elf.contents ? kept() : broken(reading_of_elf.problem + "; link it again");
}

ElfLibrary library_of(Trial const& trial) {
    return read_elf_library(bytes_of(trial.plugin_path)).contents.value();  // P101 has seen to it
}

Verdict exports_entry(Trial const& trial) {
    auto const exported = library_of(trial).exported;
    if (std::find(exported.begin(), exported.end(), entry_name) != exported.end()) return kept();
    return broken(
        "the library does not export dossier_plugin_entry; declare it as plugin.h does, with DOSSIER_EXPORT and "
        "C linkage");
}

Verdict exports_nothing_else(Trial const& trial) {
    auto exported = library_of(trial).exported;
    std::set<std::string> allowed{entry_name};
    for (auto const& name : metadata_of(trial.plugin_path).interposes) {
        if (std::find(exported.begin(), exported.end(), name) == exported.end())
            return broken("its metadata say interposes=" + name +
                          ", but it does not export that; say so only of what it exports");
        allowed.insert(name);
    }
    std::erase_if(exported, [&](std::string const& name) { return allowed.contains(name); });
    if (exported.empty()) return kept();
    return broken("it also exports " + listed(exported) +
                  "; use dossier_add_plugin(), or the flags of pkg-config, which hide all but the entry");
}

Verdict has_no_unique_symbols(Trial const& trial) {
    auto const unique = library_of(trial).unique;
    if (unique.empty()) return kept();
    return broken(listed(unique) +
                  " would be shared with other plugins of the process (STB_GNU_UNIQUE); hide it with "
                  "the version script, or compile with -fno-gnu-unique");
}

Verdict has_no_run_path(Trial const& trial) {
    auto const path = library_of(trial).run_path;
    if (!path) return kept();
    return broken("it looks for libraries in \"" + *path + "\" of the machine it was built on; link without -rpath");
}

Verdict keeps_memory_apart(Trial const& trial) {
    auto const library = library_of(trial);
    if (library.text_relocations)
        return broken("the loader has to change its code (text relocations); compile all of it with -fPIC");
    if (library.executable_stack)
        return broken(
            "it wants an executable stack; link with -Wl,-z,noexecstack, and look for assembler sources "
            "without .note.GNU-stack");
    return kept();
}

Verdict is_for_this_abi(Trial const& trial) {
    auto const metadata = metadata_of(trial.plugin_path);
    if (metadata.abi_major == DOSSIER_ABI_MAJOR && metadata.abi_minor <= DOSSIER_ABI_MINOR) return kept();
    auto const version = [](unsigned major, unsigned minor) {
        return std::to_string(major) + "." + std::to_string(minor);
    };
    return broken("its metadata say plugin ABI " + version(metadata.abi_major, metadata.abi_minor) +
                  ", but this kit tries plugins out for " + version(DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR) +
                  "; use the kit of the Dossier whose headers it was built with");
}

}  // namespace

PluginMetadata metadata_of(std::string const& path) {
    return read_plugin_metadata(bytes_of(path)).metadata.value();
}

std::vector<Rule> static_rules() {
    using enum Setting;
    return {
        {"P101", "is a shared library with metadata", Scope::file, kit, {}, &has_metadata},
        {"P102", "exports dossier_plugin_entry", Scope::file, kit, {"P101"}, &exports_entry},
        {"P103", "exports nothing else", Scope::file, kit, {"P101"}, &exports_nothing_else},
        {"P104", "has no symbols that are unique in the process", Scope::file, kit, {"P101"}, &has_no_unique_symbols},
        {"P105", "has no run path", Scope::file, kit, {"P101"}, &has_no_run_path},
        {"P106", "leaves code unchanged and stacks unexecutable", Scope::file, kit, {"P101"}, &keeps_memory_apart},
        {"P107", "is built for an ABI that this Dossier offers", Scope::file, kit, {"P101"}, &is_for_this_abi},
    };
}

}  // namespace dossier::check
