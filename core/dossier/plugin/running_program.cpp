#include "dossier/plugin/running_program.hpp"

#include <system_error>

namespace dossier {

std::filesystem::path folder_of_running_program() {
    std::error_code error;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path() : program.parent_path();
}

std::filesystem::path companion_program(std::string const& name) {
    auto const folder = folder_of_running_program();
    std::error_code error;
    auto beside = folder / name;
    if (std::filesystem::exists(beside, error)) return beside;
    return (folder / ".." / "libexec" / "dossier" / name).lexically_normal();
}

}  // namespace dossier
