// dossier: the command line.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "console.hpp"
#include "dossier/model/heap.hpp"
#include "exit_code.hpp"
#include "option_checks.hpp"

namespace dossier {
namespace {

/// The commands' names, for "did you mean".
std::vector<std::string> names_of(CLI::App const& app) {
    std::vector<std::string> names;
    for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

/// What is wrong with the first word that no command took; empty: they took all.
std::string unexpected_word(CLI::App const& app) {
    auto const* command = &app;
    for (auto called = app.get_subcommands(); !called.empty(); called = command->get_subcommands())
        command = called.back();
    auto words = app.remaining(true);
    if (words.empty()) return {};
    auto option = std::find_if(words.begin(), words.end(), [](auto const& word) { return word.starts_with('-'); });
    if (option == words.end()) return "the word \"" + words.front() + "\" is not expected";
    option->erase(std::min(option->find('='), option->size()));
    std::vector<std::string> known;
    for (auto const* one : command->get_options())
        for (auto const& name : one->get_lnames())
            known.push_back("--" + name);
    auto const guess = nearest(*option, known);
    return "there is no option " + *option + (guess.empty() ? "" : "; did you mean " + std::string(guess) + "?");
}

int usage_error(CLI::App const& app, CLI::ParseError const& error, int argc, char** argv) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::string const first = argc > 1 ? argv[1] : "";
    auto const names = names_of(app);
    bool const known =
        first.empty() || first.front() == '-' || std::find(names.begin(), names.end(), first) != names.end();
    if (known) {
        auto const unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)
                                 ? unexpected_word(app)
                                 : std::string();
        std::fprintf(stderr, "dossier: %s\n  for help: dossier %s--help\n",
                     (unknown.empty() ? plain_words(error) : unknown).c_str(),
                     !first.empty() && first.front() != '-' ? (first + " ").c_str() : "");
    } else {
        auto const guess = nearest(first, names);
        std::fprintf(stderr, "dossier: no command is called \"%s\"%s\n  for help: dossier --help\n", first.c_str(),
                     guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    }
    return exit_usage;
}

int dispatch(int argc, char** argv) {
    CommandLine line;
    auto& app = line.app;
    app.name("dossier");
    app.description(
        "Dossier: evidence summaries that a reader can check word by word.\n\n"
        "Examples:\n"
        "  dossier run job.toml --output out        make the reports that the job names\n"
        "  dossier check job.toml                   look for mistakes, make nothing\n"
        "  dossier explain job.toml --claim c       why each article has its stance on a claim\n"
        "  dossier explain job.toml --articles      which articles are one source, and why\n"
        "  dossier review job.toml --out sheet.csv  what most needs a human eye, to be filled in and read back\n"
        "  dossier evaluate --pairs labelled.tsv    how often Dossier and labelled data agree\n"
        "  dossier text article.html --sentences    what Dossier reads in a file\n"
        "  dossier history --output out             what runs came to; also: show, pin, prune, retry\n"
        "  dossier new job night-lights             a job to begin with; `dossier new plugin` likewise\n");
    app.set_version_flag("--version", DOSSIER_VERSION);
    app.require_subcommand(1);
    line.arguments.assign(argv + 1, argv + argc);
    declare_run(line);
    declare_check(line);
    declare_explain(line);
    declare_evaluate(line);
    declare_review(line);
    declare_text(line);
    declare_new(line);
    declare_plugins(line);
    declare_schedule(line);
    declare_doctor(line);
    declare_history(line);
    declare_diff(line);
    declare_status(line);
    declare_schema(line);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return usage_error(app, error, argc, argv);
    }
    return line.exit_code;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
    // A reader that went away, and a file that may not grow any more, are failed writes and not the end of a run.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    dossier::keep_large_blocks_apart();
    try {
        auto const exit_code = dossier::dispatch(argc, argv);
        errno = 0;
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
        if (errno == EPIPE || dossier::reader_went_away()) return exit_code;
        std::fprintf(stderr, "dossier: standard output could not be written\n");
        return exit_code == dossier::exit_done ? dossier::exit_failed : exit_code;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "dossier: internal error: %s\n", error.what());
        return dossier::exit_failed;
    }
}
