#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/job/evaluation.hpp"
#include "dossier/job/gold_answers.hpp"
#include "dossier/job/job_plugins.hpp"
#include "dossier/job/judge_pairs.hpp"
#include "dossier/job/labelled_file.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "evaluation_text.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

constexpr Stance of_a_passage[] = {Stance::supports, Stance::refutes, Stance::mixed, Stance::neutral, Stance::silent};

/// One line of --predictions.
struct Prediction {
    std::string id;
    std::optional<Stance> answer;
    std::optional<double> confidence;
};

/// As a field between TABs.
std::string field(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
}

/// Columns id, prediction, confidence; the last two are empty where nothing was answered, or no calibration applies.
void write_predictions(std::string const& path, std::vector<Prediction> const& predictions) {
    if (path.empty()) return;
    std::string text = "id\tprediction\tconfidence\n";
    for (auto const& prediction : predictions)
        text += field(prediction.id) + '\t' + (prediction.answer ? name_of(*prediction.answer) : "") + '\t' +
                (prediction.confidence ? fmt::format("{:.6f}", *prediction.confidence) : "") + '\n';
    std::ofstream file(path, std::ios::binary);
    file << text << std::flush;
    if (!file) throw Failure(FailureKind::io, path + ": the predictions could not be written", path);
}

/// The classes of --classes, or those that occur as labels, or supports, refutes and neutral; in the order of Stance.
std::optional<std::vector<Stance>> classes_for(EvaluateOptions const& options, LabelledPairs const& pairs) {
    std::set<Stance> classes;
    for (auto const& name : options.classes) {
        auto const stance = stance_named(name);
        if (!stance || *stance == Stance::not_assessable) {
            std::vector<std::string> names;
            for (auto const known : of_a_passage)
                names.emplace_back(name_of(known));
            auto const guess = nearest(name, names);
            std::fprintf(stderr,
                         "dossier: no class is called \"%s\"%s\n  classes: supports, refutes, mixed, neutral, silent\n",
                         name.c_str(), guess.empty() ? "" : ("; did you mean \"" + std::string(guess) + "\"?").c_str());
            return std::nullopt;
        }
        classes.insert(*stance);
    }
    if (classes.empty())
        for (auto const& pair : pairs.rows)
            if (pair.label) classes.insert(*pair.label);
    if (classes.empty()) classes = {Stance::supports, Stance::refutes, Stance::neutral};
    return std::vector<Stance>(classes.begin(), classes.end());
}

char const* origin_of_classes(EvaluateOptions const& options, LabelledPairs const& pairs) {
    if (!options.classes.empty()) return "as --classes says";
    return pairs.has_labels ? "those that occur as labels in the file"
                            : "the usual ones, since the file has no labels; --classes gives others";
}

char const* in_words(PairMethod method) {
    return method == PairMethod::articles ? "from the claim's words alone, each text as a whole article"
                                          : "from the claim's words alone, by the statement model";
}

/// Each reason for which claims were not judged, once, with an example.
void tell_of_problems(std::vector<PairVerdict> const& verdicts, LabelledPairs const& pairs, Evaluated& evaluated) {
    std::map<std::string, std::pair<std::size_t, std::string>> problems;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (verdicts[i].problem.empty()) continue;
        auto& [n, example] = problems[verdicts[i].problem];
        if (n++ == 0) example = pairs.rows[i].id;
    }
    for (auto const& [problem, seen] : problems)
        evaluated.remarks.push_back(
            fmt::format("{} not judged: {} (first: {})", counted(seen.first, "row"), problem, seen.second));
}

int finish(Evaluated const& evaluated, Diagnostics& diagnostics, EvaluateOptions const& options) {
    diagnostics.sort();
    print_messages(diagnostics, options);
    print(options.json ? evaluation_as_json(evaluated) : evaluation_as_text(evaluated));
    return diagnostics.has_warnings_or_errors() ? exit_warnings : exit_done;
}

int evaluate_pairs(EvaluateOptions const& options) {
    Diagnostics diagnostics;
    auto const pairs = read_pairs(options.pairs, diagnostics);
    if (!pairs) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    auto const classes = classes_for(options, *pairs);
    if (!classes) return exit_usage;
    auto const verdicts = judge_pairs(pairs->rows, *classes, built_in_lexicon(), options.threads);

    Evaluated evaluated{options.pairs,
                        pairs->rows.size(),
                        pairs->n_left_out,
                        *classes,
                        origin_of_classes(options, *pairs),
                        in_words(method_for(pairs->rows, *classes)),
                        {},
                        {},
                        {}};
    std::vector<JudgedCase> cases;
    std::vector<Prediction> predictions;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        auto const& pair = pairs->rows[i];
        if (pair.label) cases.push_back({{*pair.label}, verdicts[i].answer});
        if (verdicts[i].answer) ++evaluated.n_answers[*verdicts[i].answer];
        predictions.push_back({pair.id, verdicts[i].answer, verdicts[i].confidence});
    }
    if (pairs->has_labels) evaluated.report = evaluate(cases);
    tell_of_problems(verdicts, *pairs, evaluated);
    write_predictions(options.predictions, predictions);
    return finish(evaluated, diagnostics, options);
}

int evaluate_gold(EvaluateOptions const& options) {
    Diagnostics diagnostics;
    auto const loaded = load_without_annotations(options.job, diagnostics);
    auto const gold = read_gold(options.gold, diagnostics);
    if (!loaded.complete() || !gold || diagnostics.has_errors()) {
        diagnostics.sort();
        print_messages(diagnostics, options);
        return exit_usage;
    }
    auto const catalogue = find_plugins_of(options.job, options);
    auto engines = engines_of(loaded, catalogue, options, diagnostics);
    if (diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    auto const answers = answer_gold(*loaded.job, *loaded.registry, *gold, {options.threads, options.allow_unsandboxed},
                                     built_in_lexicon(), engines, diagnostics);
    if (diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    Evaluated evaluated{options.gold, 0, gold->n_left_out, {}, "", "by the job's registry, " + options.job, {}, {}, {}};
    std::vector<JudgedCase> cases;
    std::vector<Prediction> predictions;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto const& row = gold->rows[i];
        if (!answers[i].stance) {
            ++evaluated.n_left_out;
            continue;
        }
        cases.push_back({row.accepted, answers[i].stance});
        if (std::find(row.accepted.begin(), row.accepted.end(), *answers[i].stance) == row.accepted.end())
            evaluated.wrong.push_back({row.claim, row.article, row.accepted, *answers[i].stance});
        ++evaluated.n_answers[*answers[i].stance];
        predictions.push_back({row.claim + " " + row.article, answers[i].stance, answers[i].confidence});
    }
    evaluated.n_rows = cases.size();
    evaluated.explained_by = "dossier explain " + options.job;
    evaluated.report = evaluate(cases);
    for (auto const& score : evaluated.report->scores)
        evaluated.classes.push_back(score.stance);
    evaluated.origin_of_classes = "those that occur as label or answer";
    write_predictions(options.predictions, predictions);
    diagnostics.append(engines.messages());
    auto const code = finish(evaluated, diagnostics, options);
    return engines.messages().has_errors() ? exit_plugin_failed : code;
}

}  // namespace

int evaluate_command(EvaluateOptions const& options) {
    return options.pairs.empty() ? evaluate_gold(options) : evaluate_pairs(options);
}

}  // namespace dossier
