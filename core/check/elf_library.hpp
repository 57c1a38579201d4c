// What a shared library tells the loader, read from its bytes without running or mapping any of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::check {

struct ElfLibrary {
    std::vector<std::string> exported;  ///< global and weak symbols that others see, but unique ones
    std::vector<std::string> unique;    ///< STB_GNU_UNIQUE: one for the whole process, so the library is never unloaded
    std::vector<std::string> needed;    ///< libraries, as DT_NEEDED has them
    std::optional<std::string> run_path;  ///< DT_RPATH or DT_RUNPATH
    bool text_relocations = false;
    bool executable_stack = false;
};

/// Either `contents` are there, or `problem` says in one clause why not.
struct ElfReading {
    std::optional<ElfLibrary> contents;
    std::string problem;
};

/// @param file  all bytes of the library; may be anything. Nothing is allocated in proportion to what they claim.
[[nodiscard]] ElfReading read_elf_library(std::string_view file);

}  // namespace dossier::check
