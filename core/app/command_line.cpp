#include "command_line.hpp"

#include <map>
#include <string>

#include "option_checks.hpp"

namespace dossier {
namespace {

std::map<std::string, MessageFormat> const message_formats{
    {"human", MessageFormat::human}, {"json", MessageFormat::json}, {"sarif", MessageFormat::sarif}};

}  // namespace

void add_common(CLI::App& command, CommonOptions& options) {
    command
        .add_option_function<std::string>(
            "--message-format",
            [&options](std::string const& word) { options.message_format = message_formats.at(word); },
            "how messages are written: human, json or sarif")
        ->check(one_of({"human", "json", "sarif"}))
        ->default_str("human");
    command.add_flag("-q,--quiet", options.quiet, "print errors only");
    command.add_flag("-v,--verbose", options.verbosity, "say what is being done; twice: in detail");
}

void add_unsandboxed_reading(CLI::App& command, CommonOptions& options) {
    command.add_flag("--allow-unsandboxed", options.allow_unsandboxed,
                     "read PDFs even where the kernel has no Landlock");
}

void add_plugins(CLI::App& command, CommonOptions& options) {
    command
        .add_option("--plugin-path", options.plugin_folders,
                    "search this folder for plugins first (also: DOSSIER_PLUGIN_PATH)")
        ->check(CLI::ExistingDirectory);
    command.add_flag("--allow-unsandboxed", options.allow_unsandboxed,
                     "run plugins even where the kernel has no Landlock; recorded in the manifest");
}

void add_job_plugins(CLI::App& command, CommonOptions& options) {
    add_plugins(command, options);
    command.add_flag("--locked", options.locked, "run only plugins that plugins.lock beside the job lists");
}

}  // namespace dossier
