// dossier: the command line. Options are declared here once; help and completion come from the same table.
#include <CLI/CLI.hpp>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

std::map<std::string, MessageFormat> const message_formats{
    {"human", MessageFormat::human}, {"json", MessageFormat::json}, {"sarif", MessageFormat::sarif}};

void add_common(CLI::App& command, CommonOptions& options) {
    command.add_option("--message-format", options.message_format, "how messages are written: human, json or sarif")
        ->transform(CLI::CheckedTransformer(message_formats, CLI::ignore_case))
        ->default_str("human");
    command.add_flag("-q,--quiet", options.quiet, "print errors only");
    command.add_flag("-v,--verbose", options.verbosity, "say what is being done; twice: in detail");
}

/// Of commands that read articles and run no plugin.
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
        std::fprintf(stderr, "dossier: %s\n", failure.what());
        switch (failure.kind()) {
            case FailureKind::publish: return exit_not_published;
            case FailureKind::locked: return exit_locked;
            case FailureKind::plugin: return exit_plugin_failed;
            case FailureKind::io:
            case FailureKind::store: return exit_failed;
        }
        return exit_failed;
    }
}

/// The commands' names, for "did you mean".
std::vector<std::string> names_of(CLI::App const& app) {
    std::vector<std::string> names;
    for (auto const* command : app.get_subcommands([](CLI::App const*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

int usage_error(CLI::App const& app, CLI::ParseError const& error, int argc, char** argv) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::string const first = argc > 1 ? argv[1] : "";
    auto const names = names_of(app);
    bool const known =
        first.empty() || first.front() == '-' || std::find(names.begin(), names.end(), first) != names.end();
    if (known) {
        std::fprintf(stderr, "dossier: %s\n  for help: dossier %s--help\n", error.what(),
                     !first.empty() && first.front() != '-' ? (first + " ").c_str() : "");
    } else {
        auto const guess = nearest(first, names);
        std::fprintf(stderr, "dossier: no command is called \"%s\"%s\n  for help: dossier --help\n", first.c_str(),
                     guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
    }
    return exit_usage;
}

int dispatch(int argc, char** argv) {
    CLI::App app{
        "Dossier: evidence summaries that a reader can check word by word.\n\n"
        "Examples:\n"
        "  dossier run job.toml --output out        make the reports that the job names\n"
        "  dossier check job.toml                   look for mistakes, make nothing\n"
        "  dossier explain job.toml --claim c       why each article has its stance on a claim\n"
        "  dossier explain job.toml --articles      which articles are one source, and why\n"
        "  dossier review job.toml --out sheet.csv  what most needs a human eye, to be filled in and read back\n"
        "  dossier evaluate --pairs labelled.tsv    how often Dossier and labelled data agree\n"
        "  dossier text article.html --sentences    what Dossier reads in a file\n",
        "dossier"};
    app.set_version_flag("--version", DOSSIER_VERSION);
    app.require_subcommand(1);
    int result = exit_done;

    RunOptions run;
    auto* run_app = app.add_subcommand("run", "make the reports that a job names");
    run_app->add_option("job", run.job, "the job file")->required();
    run_app->add_option("-o,--output", run.output, "folder for runs/<id>/ and latest")->capture_default_str();
    run_app->add_option("--threads", run.threads, "articles read at a time; 0: one per core")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    add_common(*run_app, run);
    add_plugins(*run_app, run);
    run_app->callback([&] { result = guarded(run_command, run); });

    CheckOptions check;
    auto* check_app = app.add_subcommand("check", "look for mistakes in a job and its registry; make nothing");
    check_app->description(
        "Look for mistakes in a job and its registry, and say what its cues do in the articles; make nothing.\n\n"
        "Examples:\n"
        "  dossier check job.toml                      mistakes, examples of the registry, cues that never fire\n"
        "  dossier check job.toml --coverage           sentences that no cue decides: the next cues\n"
        "  dossier check job.toml --coverage --json    the same, all of them, for programs\n");
    check_app->add_option("job", check.job, "the job file")->required();
    auto* coverage = check_app->add_flag("--coverage", check.coverage,
                                         "list sentences that name the subject and an outcome and hold no cue");
    check_app->add_flag("--json", check.json, "the list for programs")->needs(coverage);
    check_app->add_option("--threads", check.threads, "articles read at a time; 0: one per core")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    add_common(*check_app, check);
    add_plugins(*check_app, check);
    check_app->callback([&] { result = guarded(check_command, check); });

    ExplainOptions explain;
    auto* explain_app =
        app.add_subcommand("explain", "why an article has its stance on a claim, or is one source with another");
    explain_app->description(
        "Why an article has its stance on a claim, or is one source with another.\n\n"
        "Examples:\n"
        "  dossier explain job.toml --claim sleep --article 04-digest   one claim, one article\n"
        "  dossier explain job.toml --claim sleep                       one claim, every article\n"
        "  dossier explain job.toml --article 04-digest                 every claim, one article\n"
        "  dossier explain job.toml --claim sleep --json                one JSON object per article and line\n"
        "  dossier explain job.toml --articles                          which articles are one source, and why\n");
    explain_app->add_option("job", explain.job, "the job file")->required();
    auto* claim = explain_app->add_option("-c,--claim", explain.claim, "id of the claim; without it, every claim");
    explain_app->add_flag("--articles", explain.articles, "which articles are one source, and why")->excludes(claim);
    explain_app->add_option("-a,--article", explain.article, "id or path of the article; without it, every article");
    explain_app->add_flag("--json", explain.json, "for programs");
    explain_app->add_option("--threads", explain.threads, "articles read at a time; 0: one per core")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    add_common(*explain_app, explain);
    add_plugins(*explain_app, explain);
    explain_app->callback([&] {
        if (explain.claim.empty() && explain.article.empty() && !explain.articles)
            throw CLI::RequiredError("--claim, --article or --articles");
        result = guarded(explain_command, explain);
    });

    EvaluateOptions evaluate;
    auto* evaluate_app = app.add_subcommand("evaluate", "how often Dossier and labelled data agree");
    evaluate_app->description(
        "How often Dossier and labelled data agree: confusion matrix, precision, recall and F1 per class, macro-F1.\n\n"
        "Examples:\n"
        "  dossier evaluate --pairs labelled.tsv                       each claim by its words alone, on the text "
        "beside it\n"
        "  dossier evaluate --pairs new.tsv --predictions answers.tsv  no labels needed: what would be answered\n"
        "  dossier evaluate job.toml --gold gold.tsv                   the job's registry on the job's articles\n"
        "  dossier evaluate --pairs labelled.tsv --classes supports,refutes,neutral --json\n\n"
        "Files are tables with a line of names first, fields between TABs without quoting (or .csv).\n"
        "  --pairs  claim, evidence_text; if there are, id and label (supports, refutes, mixed, neutral, silent)\n"
        "  --gold   claim, article, accepted_stances (several joined by |)\n");
    auto* evaluate_job = evaluate_app->add_option("job", evaluate.job, "the job file; with --gold");
    auto* pairs =
        evaluate_app->add_option("--pairs", evaluate.pairs, "labelled claims and texts")->excludes(evaluate_job);
    auto* gold = evaluate_app->add_option("--gold", evaluate.gold, "labelled stances of the job's articles")
                     ->needs(evaluate_job)
                     ->excludes(pairs);
    evaluate_job->needs(gold);
    evaluate_app
        ->add_option("--classes", evaluate.classes, "what may be answered; without it, the labels that the file has")
        ->delimiter(',')
        ->needs(pairs);
    evaluate_app->add_option("--predictions", evaluate.predictions,
                             "write id, prediction and confidence of each row to this file");
    evaluate_app->add_flag("--json", evaluate.json, "for programs");
    evaluate_app->add_option("--threads", evaluate.threads, "0: one per core; answers do not depend on it")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    add_plugins(*evaluate_app, evaluate);
    add_common(*evaluate_app, evaluate);
    evaluate_app->callback([&] {
        if (evaluate.pairs.empty() && evaluate.gold.empty()) throw CLI::RequiredError("--pairs, or a job with --gold,");
        result = guarded(evaluate_command, evaluate);
    });

    ReviewOptions review;
    auto* review_app = app.add_subcommand("review", "what most needs a human eye: a sheet out, and filled in again");
    review_app->description(
        "What most needs a human eye, as a sheet for a spreadsheet; and what was filled in, back into "
        "annotations.toml.\n\n"
        "Examples:\n"
        "  dossier review job.toml --out sheet.csv                       every stance, the most doubtful first\n"
        "  dossier review job.toml --in sheet.csv --who jm               what jm filled in decides from now on\n"
        "  dossier review job.toml --out ab.csv --blind --rater ab --limit 40\n"
        "                                                                for a rater who sees nothing of the engine\n"
        "  dossier review job.toml --in ab.csv --who ab --role rating    compared with other raters, never applied\n");
    review_app->add_option("job", review.job, "the job file")->required();
    auto* sheet_out = review_app->add_option("--out", review.out, "write a sheet to this new file; -: standard output");
    auto* sheet_in =
        review_app
            ->add_option("--in", review.in, "read a sheet that was filled in, and add it to the job's annotations")
            ->excludes(sheet_out);
    auto* rater =
        review_app->add_option("--rater", review.rater, "whom the sheet is for: a person's id")->needs(sheet_out);
    review_app->add_flag("--blind", review.blind, "nothing of what the engine says, in an order of the rater's own")
        ->needs(rater);
    review_app->add_option("--limit", review.limit, "rows of the sheet; 0: all")
        ->needs(sheet_out)
        ->check(CLI::Range(0, 1'000'000));
    review_app->add_option("--who", review.who, "who filled it in, where the sheet does not say")->needs(sheet_in);
    review_app
        ->add_option("--role", review.role, "override: decides the stances; rating: is compared with other ratings")
        ->needs(sheet_in)
        ->check(CLI::IsMember({"override", "rating"}));
    review_app->add_option("--threads", review.threads, "articles read at a time; 0: one per core")
        ->check(CLI::Range(0, 256))
        ->capture_default_str();
    add_plugins(*review_app, review);
    add_common(*review_app, review);
    review_app->callback([&] {
        if (review.out.empty() && review.in.empty()) throw CLI::RequiredError("--out or --in");
        result = guarded(review_command, review);
    });

    TextOptions text;
    auto* text_app = app.add_subcommand("text", "what Dossier reads in a file: metadata and main text");
    text_app->description(
        "What Dossier reads in a file: metadata, each with where it came from, and main text.\n\n"
        "Examples:\n"
        "  dossier text article.html                        metadata and main text\n"
        "  dossier text article.html --sentences            every sentence with its role, line and bytes\n"
        "  dossier text library.ris papers.zip --json       one JSON object per article and line\n"
        "  curl -s https://example.org/a | dossier text - --as html\n"
        "  dossier text articles/a.html --job job.toml      with the job's limits, columns and sources.toml\n");
    text_app->add_option("files", text.files, "articles, exports or containers; -: standard input")->required();
    text_app->add_flag("--sentences", text.sentences, "every sentence with its role, line and bytes");
    text_app->add_flag("--json", text.json, "for programs: one JSON object per article and line");
    text_app->add_option("--as", text.as, "read as this format instead of what name and content say")
        ->check(CLI::IsMember(text_formats()));
    text_app->add_option("--job", text.job, "take limits, column mappings and declared metadata from this job");
    add_unsandboxed_reading(*text_app, text);
    add_common(*text_app, text);
    text_app->callback([&] { result = guarded(text_command, text); });

    PluginsOptions plugins;
    auto* plugins_app = app.add_subcommand("plugins", "the reports and formats that are installed");
    plugins_app->require_subcommand(1);
    auto* list_app = plugins_app->add_subcommand("list", "name them; runs none of their code");
    add_common(*list_app, plugins);
    add_plugins(*list_app, plugins);
    list_app->callback([&] { result = guarded(plugins_list_command, plugins); });
    auto* info_app = plugins_app->add_subcommand("info", "options and abilities of one");
    info_app->add_option("name", plugins.name, "of a report or format")->required();
    add_common(*info_app, plugins);
    add_plugins(*info_app, plugins);
    info_app->callback([&] { result = guarded(plugins_info_command, plugins); });

    std::string schema;
    auto* schema_app = app.add_subcommand("schema", "JSON Schema of a configuration file, for editors");
    schema_app->add_option("file", schema, "registry, job, sources or annotations")
        ->required()
        ->check(CLI::IsMember({"registry", "job", "sources", "annotations"}));
    schema_app->callback([&] { result = schema_command(schema); });

    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return usage_error(app, error, argc, argv);
    }
    return result;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is a failed write, not the end of a run
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
