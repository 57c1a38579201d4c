// Options of the commands on jobs: run, check, explain, evaluate, review, text, new, schema.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "command_line.hpp"
#include "commands.hpp"
#include "dossier/schedule/calendar.hpp"
#include "dossier/sources/metadata.hpp"
#include "option_checks.hpp"

namespace dossier {
namespace {

/// A check for CLI11: an empty text, or what is wrong.
std::string is_a_date_or_today(std::string const& text) {
    return text == "today" || (text.size() == 10 && sources::iso_date(text) == text)
               ? ""
               : "\"" + text + "\" is no date; write 2026-11-22, or today";
}

std::string is_a_schedule(std::string const& text) {
    std::string problem;
    return parse_schedule(text, problem) ? "" : "\"" + text + "\": " + problem;
}

}  // namespace

void declare_run(CommandLine& line) {
    auto const options = std::make_shared<RunOptions>();
    auto& run = *options;
    auto* run_app = line.app.add_subcommand("run", "make the reports that a job names");
    run_app->add_option("job", run.job, "the job file")->required();
    run.arguments = line.arguments;
    run_app->add_option("-o,--output", run.output, "folder for runs/<id>/ and latest")
        ->take_last()  // `dossier retry` gives its own behind that of the run
        ->capture_default_str();
    run_app->add_option("--threads", run.threads, "articles read at a time; 0: one per core")
        ->check(whole_number(0, 256))
        ->capture_default_str();
    add_common(*run_app, run);
    add_job_plugins(*run_app, run);
    run_app
        ->add_option("--as-of", run.as_of,
                     "the day for which the summary speaks, instead of the job's; today: this day")
        ->check(is_a_date_or_today);
    auto* scheduled = run_app->add_flag("--scheduled", run.scheduled,
                                        "nobody is watching: said in the history, also of a job with mistakes");
    run_app
        ->add_option("--schedule", run.schedule,
                     "when this run was due, as for `dossier schedule`: tells which dates it covers")
        ->check(is_a_schedule)
        ->needs(scheduled);
    run_app->add_flag("--hooks", run.hooks, "start the hooks of alerts that fire, as scheduled runs do");
    run_app->add_flag("--no-cache", run.no_cache, "read and judge every article anew");
    run_app->add_flag("--alert-exit-code", run.alert_exit_code, "end with 4 if an alert fired");
    run_app->callback([&line, options] { line.exit_code = guarded(run_command, *options); });
}

void declare_check(CommandLine& line) {
    auto const options = std::make_shared<CheckOptions>();
    auto& check = *options;
    auto* check_app = line.app.add_subcommand("check", "look for mistakes in a job and its registry; make nothing");
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
        ->check(whole_number(0, 256))
        ->capture_default_str();
    add_common(*check_app, check);
    add_job_plugins(*check_app, check);
    check_app->callback([&line, options] { line.exit_code = guarded(check_command, *options); });
}

void declare_explain(CommandLine& line) {
    auto const options = std::make_shared<ExplainOptions>();
    auto& explain = *options;
    auto* explain_app =
        line.app.add_subcommand("explain", "why an article has its stance on a claim, or is one source with another");
    explain_app->description(
        "Why an article has its stance on a claim, or is one source with another.\n\n"
        "Examples:\n"
        "  dossier explain job.toml --claim sleep --article 04-digest   one claim, one article\n"
        "  dossier explain job.toml --claim sleep                       one claim, every article\n"
        "  dossier explain job.toml --article 04-digest                 every claim, one article\n"
        "  dossier explain job.toml --claim sleep --json                one JSON object per article and line\n"
        "  dossier explain job.toml --articles                          which articles are one source, and why\n"
        "  dossier explain job.toml --recompute --output out -a 04-digest   what of the last run is stale, and why\n");
    explain_app->add_option("job", explain.job, "the job file")->required();
    auto* claim = explain_app->add_option("-c,--claim", explain.claim, "id of the claim; without it, every claim");
    auto* articles = explain_app->add_flag("--articles", explain.articles, "which articles are one source, and why")
                         ->excludes(claim);
    auto* recompute = explain_app
                          ->add_flag("--recompute", explain.recompute,
                                     "read and judge from scratch, and say what of the last run is stale and why")
                          ->excludes(articles);
    explain_app->add_option("-o,--output", explain.output, "folder of the last run; for --recompute")
        ->needs(recompute)
        ->capture_default_str();
    explain_app->add_option("-a,--article", explain.article, "id or path of the article; without it, every article");
    explain_app->add_flag("--json", explain.json, "for programs");
    explain_app->add_option("--threads", explain.threads, "articles read at a time; 0: one per core")
        ->check(whole_number(0, 256))
        ->capture_default_str();
    add_common(*explain_app, explain);
    add_job_plugins(*explain_app, explain);
    explain_app->callback([&line, options] {
        if (options->claim.empty() && options->article.empty() && !options->articles)
            throw CLI::RequiredError("--claim, --article or --articles");
        line.exit_code = guarded(explain_command, *options);
    });
}

void declare_evaluate(CommandLine& line) {
    auto const options = std::make_shared<EvaluateOptions>();
    auto& evaluate = *options;
    auto* evaluate_app = line.app.add_subcommand("evaluate", "how often Dossier and labelled data agree");
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
        ->check(whole_number(0, 256))
        ->capture_default_str();
    add_job_plugins(*evaluate_app, evaluate);
    add_common(*evaluate_app, evaluate);
    evaluate_app->callback([&line, options] {
        if (options->pairs.empty() && options->gold.empty()) throw CLI::RequiredError("--pairs, or a job with --gold,");
        line.exit_code = guarded(evaluate_command, *options);
    });
}

void declare_review(CommandLine& line) {
    auto const options = std::make_shared<ReviewOptions>();
    auto& review = *options;
    auto* review_app =
        line.app.add_subcommand("review", "what most needs a human eye: a sheet out, and filled in again");
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
        ->check(whole_number(0, 1'000'000));
    review_app->add_option("--who", review.who, "who filled it in, where the sheet does not say")->needs(sheet_in);
    review_app
        ->add_option("--role", review.role, "override: decides the stances; rating: is compared with other ratings")
        ->needs(sheet_in)
        ->check(one_of({"override", "rating"}));
    review_app->add_option("--threads", review.threads, "articles read at a time; 0: one per core")
        ->check(whole_number(0, 256))
        ->capture_default_str();
    add_job_plugins(*review_app, review);
    add_common(*review_app, review);
    review_app->callback([&line, options] {
        if (options->out.empty() && options->in.empty()) throw CLI::RequiredError("--out or --in");
        line.exit_code = guarded(review_command, *options);
    });
}

void declare_text(CommandLine& line) {
    auto const options = std::make_shared<TextOptions>();
    auto& text = *options;
    auto* text_app = line.app.add_subcommand("text", "what Dossier reads in a file: metadata and main text");
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
        ->check(one_of(text_formats()));
    text_app->add_option("--job", text.job, "take limits, column mappings and declared metadata from this job");
    add_unsandboxed_reading(*text_app, text);
    add_common(*text_app, text);
    text_app->callback([&line, options] { line.exit_code = guarded(text_command, *options); });
}

void declare_new(CommandLine& line) {
    auto const options = std::make_shared<NewOptions>();
    auto& created = *options;
    auto* new_app = line.app.add_subcommand("new", "begin a job or a plugin, with files to go on from");
    new_app->require_subcommand(1);
    auto* new_job_app = new_app->add_subcommand("job", "a job that runs at once: articles, claims, job.toml");
    new_job_app->description(
        "Write a job that runs at once: three short articles, claims.toml and job.toml, with comments that explain "
        "them.\n\n"
        "Example:\n"
        "  dossier new job night-lights && dossier run night-lights/job.toml --output out\n");
    new_job_app->add_option("folder", created.folder, "the folder to make")->required();
    add_common(*new_job_app, created);
    new_job_app->callback([&line, options] { line.exit_code = guarded(new_job_command, *options); });
    auto* new_plugin_app = new_app->add_subcommand("plugin", "a plugin that works, with its test");
    new_plugin_app->description(
        "Write a plugin that works: source, CMakeLists.txt, README and a test. It is called as its folder.\n\n"
        "Examples:\n"
        "  dossier new plugin open-questions --report            a report in C++\n"
        "  dossier new plugin plugins/roff --format --lang c     a format in C\n");
    new_plugin_app->add_option("folder", created.folder, "the folder to make")->required();
    std::vector<CLI::Option*> kinds;
    for (std::string const kind : {"report", "format", "engine"}) {
        auto* flag = new_plugin_app->add_flag_callback(
            "--" + kind, [&created, kind] { created.kind = kind; },
            kind == "report"   ? "it reads the analysis and says what is in a document"
            : kind == "format" ? "it writes documents as files"
                               : "it decides what articles say about claims");
        for (auto* other : kinds)
            flag->excludes(other);
        kinds.push_back(flag);
    }
    new_plugin_app->add_option("--lang", created.language, "c: C99; cpp: C++17")
        ->check(one_of({"c", "cpp"}))
        ->capture_default_str();
    add_common(*new_plugin_app, created);
    new_plugin_app
        ->add_option("--plugin-path", created.plugin_folders,
                     "a folder of plugins whose names are taken (also: DOSSIER_PLUGIN_PATH)")
        ->check(CLI::ExistingDirectory);
    new_plugin_app->callback([&line, options] {
        if (options->kind.empty()) throw CLI::RequiredError("--report, --format or --engine");
        line.exit_code = guarded(new_plugin_command, *options);
    });
}

void declare_schema(CommandLine& line) {
    auto const options = std::make_shared<std::string>();
    auto& schema = *options;
    auto* schema_app = line.app.add_subcommand("schema", "JSON Schema of a configuration file, for editors");
    schema_app->add_option("file", schema, "registry, job, sources, annotations or alert (what a hook reads)")
        ->required()
        ->check(one_of({"registry", "job", "sources", "annotations", "alert"}));
    schema_app->callback([&line, options] { line.exit_code = schema_command(*options); });
}

}  // namespace dossier
