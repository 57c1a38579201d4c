#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

/// The run that is to be tried again. None: the last one went well.
std::optional<RunRecord> chosen(RunHistory const& history, HistoryOptions const& options) {
    if (!options.run.empty()) return history.run(options.run);
    auto last = history.run("last");
    if (last && last->entry.is_good()) return std::nullopt;
    return last;
}

[[noreturn]] void fail(std::string const& what, std::string const& path) {
    throw Failure(FailureKind::io, what + " " + path + ": " + std::strerror(errno), path, errno);
}

/// The arguments of a run with another output folder: the one that they name may be gone since.
std::vector<std::string> with_output(std::vector<std::string> const& words, std::string const& output) {
    auto const names_output = [](std::string_view word) {
        return word == "--output" || word.starts_with("--output=") || word.starts_with("-o");
    };
    auto const end = std::find(words.begin(), words.end(), "--");
    std::vector<std::string> kept;
    for (auto word = words.begin(); word != end; ++word) {
        if (!names_output(*word))
            kept.push_back(*word);
        else if ((*word == "--output" || *word == "-o") && std::next(word) != end)
            ++word;
    }
    // At the end, since the last one counts: an `-o` behind another short option ("-qo out") is not found.
    kept.insert(kept.end(), {"--output", output});
    kept.insert(kept.end(), end, words.end());
    return kept;
}

/// This program becomes the run of these words in this folder.
[[noreturn]] void become(std::vector<std::string> words, std::string const& folder) {
    words.insert(words.begin(), "dossier");
    if (::chdir(folder.c_str()) != 0) fail("the run cannot be started where it was started:", folder);
    std::vector<char*> arguments;
    for (auto& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv("/proc/self/exe", arguments.data());
    fail("could not start", "/proc/self/exe");
}

}  // namespace

int retry_command(HistoryOptions const& options) {
    auto database = read_history(options.output);
    auto const record = database ? chosen(RunHistory(*database, now), options) : std::nullopt;
    if (!record && !options.run.empty()) return no_such_run(options);
    if (!record) {
        if (!options.quiet) print("nothing to try again: no run failed since the last one that went well\n");
        return exit_done;
    }
    auto const name = "run " + std::to_string(record->entry.number);
    if (run_is_going_on(options.output))
        throw Failure(FailureKind::locked, "another run is writing to " + options.output + "; wait for it",
                      options.output);
    if (record->arguments.empty() || record->arguments.front() != "run")
        return refuse(options, "DOS0856", "how " + name + " was started is not known",
                      "its set was made before there was a history; start it with `dossier run`");
    auto const output = fs::absolute(options.output).lexically_normal();
    auto words = with_output(record->arguments, output.string());
    if (!options.quiet) {
        print("trying " + name + " again: " + command_line(words) + "\n");
        std::fflush(stdout);
    }
    database.reset();
    become(std::move(words), record->working_folder);
}

}  // namespace dossier
