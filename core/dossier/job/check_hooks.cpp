#include "dossier/job/check_hooks.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "dossier/claims/config_document.hpp"
#include "dossier/job/hook_process.hpp"
#include "dossier/job/job_file.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

bool is_program(fs::path const& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

/// Empty: nothing is.
std::string what_is_wrong_with(fs::path const& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return "is not there";
    if (!fs::is_regular_file(path, error)) return "is no file";
    return is_program(path) ? "" : "may not be executed";
}

bool is_in_path(std::string_view name) {
    auto const* const stated = std::getenv("PATH");
    std::string_view folders = stated != nullptr ? stated : default_search_path;
    while (true) {
        auto const end = folders.find(':');
        if (is_program(fs::path(folders.substr(0, end)) / name)) return true;
        if (end == std::string_view::npos) return false;
        folders.remove_prefix(end + 1);
    }
}

}  // namespace

Diagnostics check_hooks(Job const& job) {
    Diagnostics diagnostics;
    for (auto const& alert : job.alerts) {
        if (alert.hook.command.empty()) continue;
        auto const& program = alert.hook.command.front();
        bool const is_path = program.find('/') != std::string::npos;
        auto const wrong = is_path               ? what_is_wrong_with(fs::path(job.folder) / program)
                           : is_in_path(program) ? std::string()
                                                 : "is in no folder of PATH";
        if (wrong.empty()) continue;
        auto warning =
            diagnostic_at(Severity::warning, "DOS0287", alert.hook.place,
                          "the alert " + in_quotes(alert.id) + " will tell nobody: the program of its hook " + wrong);
        warning.notes.emplace_back(
            is_path ? "a program with a / is a path from the job's folder; `chmod +x` lets it be executed"
                    : "for a file of your own write its path, with a /");
        diagnostics.add(std::move(warning));
    }
    return diagnostics;
}

}  // namespace dossier
