#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "dossier/plugin/component.hpp"
#include "exit_code.hpp"
#include "scaffold.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

/// Words that CMake keeps for targets of its own.
constexpr std::array<std::string_view, 11> names_of_cmake{"all",        "clean",         "codegen", "depend",
                                                          "help",       "install",       "package", "preinstall",
                                                          "edit-cache", "rebuild-cache", "test"};

void add_error(Diagnostics& diagnostics, char const* code, std::string message, std::vector<std::string> notes = {}) {
    diagnostics.add({Severity::error, code, {}, std::move(message), {}, std::move(notes)});
}

/// "examples/open-questions/" -> the same without the last slash, from the root.
fs::path whole_path(std::string const& folder) {
    auto path = fs::absolute(folder.empty() ? "." : folder).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

/// Says why a new folder cannot be made at `target`.
void check_target(fs::path const& target, std::string const& as_written, Diagnostics& diagnostics) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(target, error)))
        add_error(diagnostics, "DOS0702", "there is something at \"" + display_text(as_written) + "\" already",
                  {"nothing is ever overwritten: choose another name, or move it away"});
    else if (!fs::is_directory(target.parent_path(), error))
        add_error(diagnostics, "DOS0703", "\"" + display_text(as_written) + "\" would be in a folder that is not there",
                  {"make it first: " + display_text((fs::path(as_written) / "").parent_path().parent_path().string())});
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The nearest name that a component may have: "Open Questions!" -> "open-questions"; empty: nothing is left of it.
std::string usable_name(std::string_view word) {
    std::string name;
    for (char const c : word) {
        auto const lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (is_letter_or_digit(lower))
            name += lower;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    name.erase(0, std::min(name.find_first_not_of("0123456789-"), name.size()));
    name.resize(std::min<std::size_t>(name.size(), 64));
    name.erase(name.find_last_not_of('-') + 1);
    return name;
}

char const* article_of(ComponentKind kind) {
    return kind == ComponentKind::engine ? "an" : "a";
}

/// Says why a component cannot be called `name`; `kind` may not have one of that name yet.
void check_name(std::string const& name, ComponentKind kind, Catalogue const& catalogue, Diagnostics& diagnostics) {
    if (!is_component_name(name) || name.back() == '-') {
        auto const usable = usable_name(name);
        add_error(
            diagnostics, "DOS0701",
            fmt::format("\"{}\" cannot be the name of {} {}", display_text(name), article_of(kind), name_of(kind)),
            {"names are lower-case letters, digits and hyphens, with a letter first, at most 64",
             usable.empty() ? "such as: my-" + std::string(name_of(kind)) : "nearest: " + usable});
    } else if (std::find(names_of_cmake.begin(), names_of_cmake.end(), name) != names_of_cmake.end()) {
        add_error(diagnostics, "DOS0704", fmt::format("\"{}\" is a word that CMake keeps for itself", name),
                  {fmt::format("such as: {}-{}", name, name_of(kind))});
    } else if (auto const* plugin = catalogue.find(kind, name)) {
        add_error(diagnostics, "DOS0705",
                  fmt::format("there is {} {} called \"{}\" already", article_of(kind), name_of(kind), name),
                  {"in: " + plugin->path});
    }
}

/// "open-questions" -> "open_questions".
std::string as_identifier(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
/// "open-questions" -> "OpenQuestions".
std::string as_class_name(std::string_view name) {
    std::string result;
    bool begins = true;
    for (char const c : name) {
        if (c != '-') result += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = c == '-';
    }
    return result;
}

/// Scaffolds of plugins call themselves my-report, my_report and MyReport.
std::vector<Replacement> renaming(ComponentKind kind, std::string const& name) {
    auto const old_name = "my-" + std::string(name_of(kind));
    return {{old_name, name},
            {as_identifier(old_name), as_identifier(name)},
            {as_class_name(old_name), as_class_name(name)}};
}

std::string today() {
    return fmt::format("{:%Y-%m-%d}", fmt::localtime(std::time(nullptr)));
}

/// Writes the copy unless there are messages; says what to do with it.
int copy(std::vector<std::string> const& scaffolds, std::vector<Replacement> const& replacements,
         std::string const& as_written, std::string const& next_steps, Diagnostics const& diagnostics,
         CommonOptions const& options) {
    print_messages(diagnostics, options);
    if (diagnostics.has_errors()) return exit_usage;
    auto const files = copy_scaffolds(scaffolds, replacements, whole_path(as_written));
    if (options.quiet) return exit_done;
    auto const shown = (fs::path(as_written) / "").parent_path().string();
    std::string text = "made " + shown + ":";
    for (auto const& file : files)
        text += " " + file.string();
    print(text + "\n" + fmt::format(fmt::runtime(next_steps), fmt::arg("folder", shell_word(shown))));
    return exit_done;
}

}  // namespace

int new_plugin_command(NewOptions const& options) {
    auto const kind = *component_kind(options.kind);
    auto const target = whole_path(options.folder);
    auto const name = target.filename().string();
    Diagnostics diagnostics;
    check_name(name, kind, find_plugins(options), diagnostics);
    check_target(target, options.folder, diagnostics);
    return copy({"plugin", options.kind, options.kind + "-" + options.language}, renaming(kind, name), options.folder,
                "next:\n  cd {folder}\n  cmake -S . -B build\n  cmake --build build\n  ctest --test-dir build\n",
                diagnostics, options);
}

int new_job_command(NewOptions const& options) {
    Diagnostics diagnostics;
    check_target(whole_path(options.folder), options.folder, diagnostics);
    return copy({"job"}, {{{"2026-01-01", today()}}}, options.folder,
                "next:\n  dossier run {folder}/job.toml --output {folder}/out\n", diagnostics, options);
}

}  // namespace dossier
