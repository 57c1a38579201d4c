// Command line: the tables of options, from which help comes too. Each command adds its own.
#pragma once

#include <CLI/CLI.hpp>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "exit_code.hpp"

namespace dossier {

/// What is called, and what came of it. Outlives the parsing.
struct CommandLine {
    CLI::App app;
    std::vector<std::string> arguments;  ///< the words behind `dossier`
    int exit_code = exit_done;           ///< of the command that was called
};

// Jobs: run, check, explain, evaluate, review, text, new, schema
void declare_run(CommandLine& line);
void declare_check(CommandLine& line);
void declare_explain(CommandLine& line);
void declare_evaluate(CommandLine& line);
void declare_review(CommandLine& line);
void declare_text(CommandLine& line);
void declare_new(CommandLine& line);
void declare_schema(CommandLine& line);

// What runs came to, and when they are due: history, show, pin, unpin, prune, retry, diff, status, schedule
void declare_history(CommandLine& line);
void declare_diff(CommandLine& line);
void declare_status(CommandLine& line);
void declare_schedule(CommandLine& line);

// Plugins and the machine: plugins, doctor
void declare_plugins(CommandLine& line);
void declare_doctor(CommandLine& line);

void add_common(CLI::App& command, CommonOptions& options);
/// Of commands that read articles and run no plugin.
void add_unsandboxed_reading(CLI::App& command, CommonOptions& options);
void add_plugins(CLI::App& command, CommonOptions& options);
/// Of commands that run the plugins of a job.
void add_job_plugins(CLI::App& command, CommonOptions& options);

/// Sets up logging and runs a command; whatever the world does wrong becomes one sentence and an exit code.
template <class Options>
int guarded(int (*command)(Options const&), Options const& options) {
    auto logger = spdlog::stderr_color_mt("dossier");
    logger->set_pattern("%l: %v");
    logger->set_level(options.verbosity >= 2   ? spdlog::level::debug
                      : options.verbosity == 1 ? spdlog::level::info
                                               : spdlog::level::err);
    spdlog::set_default_logger(logger);
    try {
        return command(options);
    } catch (Failure const& failure) {
        tell_failure(failure, options);
        return exit_code_of(failure.kind());
    } catch (std::filesystem::filesystem_error const& error) {
        auto const path = error.path1().string();
        tell_failure(Failure(FailureKind::io, path + ": " + error.code().message(), path), options);
        return exit_code_of(FailureKind::io);
    }
}

}  // namespace dossier
