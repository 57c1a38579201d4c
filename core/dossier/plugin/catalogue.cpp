#include "dossier/plugin/catalogue.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/plugin/running_program.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_plugin_bytes = std::size_t{256} << 20;

void warn(Catalogue& catalogue, char const* code, fs::path const& file, std::string message,
          std::vector<std::string> notes = {}) {
    Diagnostic diagnostic;
    diagnostic.severity = Severity::warning;
    diagnostic.code = code;
    diagnostic.place.file = file.string();
    diagnostic.message = std::move(message);
    diagnostic.notes = std::move(notes);
    catalogue.diagnostics.add(std::move(diagnostic));
}

/// Why a file could not be read, as the end of a sentence.
std::string reason(ReadProblem problem) {
    bool const about_the_file = problem == ReadProblem::folder || problem == ReadProblem::not_a_file ||
                                problem == ReadProblem::too_large || problem == ReadProblem::failed;
    return std::string(about_the_file ? "it " : "") + words_for(problem);
}

/// Whoever can write to the file or its folder can make Dossier run their code.
bool anyone_may_write(fs::path const& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0;
}

std::vector<fs::path> library_files(fs::path const& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".so") files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Warns of what an earlier plugin offers already, and takes it off the list.
void drop_doubles(Catalogue& catalogue, CataloguedPlugin& plugin) {
    std::erase_if(plugin.metadata.provides, [&](ProvidedComponent const& offered) {
        auto const* earlier = catalogue.find(offered.kind, offered.name);
        if (earlier == nullptr) return false;
        warn(catalogue, "DOS0502", plugin.path,
             std::string(name_of(offered.kind)) + " \"" + offered.name + "\" is offered by an earlier plugin too",
             {"used: " + earlier->path});
        return true;
    });
}

bool same_file_again(Catalogue const& catalogue, std::string const& path) {
    return std::any_of(catalogue.plugins.begin(), catalogue.plugins.end(),
                       [&](CataloguedPlugin const& plugin) { return plugin.path == path; });
}

void take_up(Catalogue& catalogue, fs::path const& file) {
    std::error_code error;
    auto const canonical = fs::canonical(file, error);
    if (error) return warn(catalogue, "DOS0501", file, "plugin cannot be used: it is a link that leads nowhere");
    if (same_file_again(catalogue, canonical.string())) return;
    if (anyone_may_write(canonical) || anyone_may_write(canonical.parent_path()))
        return warn(catalogue, "DOS0503", file, "plugin cannot be used: anyone may write to it or to its folder",
                    {"chmod o-w on the file and its folder makes it usable"});
    auto const bytes = read_file(canonical, max_plugin_bytes);
    if (bytes.problem != ReadProblem::none)
        return warn(catalogue, "DOS0501", file, "plugin cannot be used: " + reason(bytes.problem));
    auto reading = read_plugin_metadata(bytes.bytes);
    if (!reading.metadata) return warn(catalogue, "DOS0501", file, "plugin cannot be used: it " + reading.problem);
    CataloguedPlugin plugin{
        canonical.string(), bytes.bytes.size(), sha256_hex(bytes.bytes), std::move(*reading.metadata), {}, {}};
    drop_doubles(catalogue, plugin);
    catalogue.plugins.push_back(std::move(plugin));
}

/// Empty: there is no user with a home.
fs::path user_plugin_folder() {
    auto const folder = [](char const* variable) {
        char const* const value = std::getenv(variable);
        fs::path const path = value == nullptr ? "" : value;
        return path.is_absolute() ? path : fs::path();
    };
    if (auto const data = folder("XDG_DATA_HOME"); !data.empty()) return data / "dossier" / "plugins";
    if (auto const home = folder("HOME"); !home.empty()) return home / ".local/share/dossier/plugins";
    return {};
}

}  // namespace

CataloguedPlugin const* Catalogue::find(ComponentKind kind, std::string_view name) const noexcept {
    for (auto const& plugin : plugins)
        for (auto const& offered : plugin.metadata.provides)
            if (offered.kind == kind && offered.name == name) return &plugin;
    return nullptr;
}

std::vector<std::string> Catalogue::names(ComponentKind kind) const {
    std::vector<std::string> names;
    for (auto const& plugin : plugins)
        for (auto const& offered : plugin.metadata.provides)
            if (offered.kind == kind) names.push_back(offered.name);
    std::sort(names.begin(), names.end());
    return names;
}

Catalogue scan_plugins(std::span<fs::path const> folders) {
    Catalogue catalogue;
    for (auto const& folder : folders) {
        catalogue.folders.push_back(folder.lexically_normal().string());
        for (auto const& file : library_files(folder))
            take_up(catalogue, file);
    }
    return catalogue;
}

std::vector<fs::path> default_plugin_folders() {
    std::vector<fs::path> folders;
    if (char const* const listed = std::getenv("DOSSIER_PLUGIN_PATH")) {
        std::string_view rest = listed;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(':'), rest.size());
            if (end > 0) folders.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    if (auto const user = user_plugin_folder(); !user.empty()) folders.push_back(user);
    if (auto const program = folder_of_running_program(); !program.empty())
        folders.push_back((program / ".." / "lib" / "dossier" / "plugins").lexically_normal());
    return folders;
}

}  // namespace dossier
