#include "evaluation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/display_text.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t name_width = 16, number_width = 12;

std::string names_of(std::vector<Stance> const& classes, char const* between = ", ") {
    std::string names;
    for (auto const stance : classes)
        names += std::string(names.empty() ? "" : between) + name_of(stance);
    return names;
}

void write_matrix(std::string& out, EvaluationReport const& report) {
    auto const into = std::back_inserter(out);
    bool const some_not_judged = report.n_not_judged > 0;
    fmt::format_to(into, "\n{:<{}}{:>{}}\n{:<{}}", "", name_width, "answered", number_width, "labelled", name_width);
    for (auto const stance : report.classes)
        fmt::format_to(into, "{:>{}}", name_of(stance),
                       std::max(number_width, std::string_view(name_of(stance)).size() + 2));
    out += some_not_judged ? "  not judged\n" : "\n";
    for (std::size_t label = 0; label < report.classes.size(); ++label) {
        fmt::format_to(into, "{:<{}}", name_of(report.classes[label]), name_width);
        for (std::size_t answer = 0; answer < report.classes.size(); ++answer)
            fmt::format_to(into, "{:>{}}", report.confusion[label][answer],
                           std::max(number_width, std::string_view(name_of(report.classes[answer])).size() + 2));
        if (some_not_judged) fmt::format_to(into, "{:>{}}", report.confusion[label].back(), number_width);
        out += '\n';
    }
}

void write_scores(std::string& out, EvaluationReport const& report) {
    auto const into = std::back_inserter(out);
    fmt::format_to(into, "\n{:<{}}{:>12}{:>12}{:>12}{:>12}\n", "", name_width, "precision", "recall", "F1", "labelled");
    for (auto const& score : report.scores)
        fmt::format_to(into, "{:<{}}{:>12.3f}{:>12.3f}{:>12.3f}{:>12}\n", name_of(score.stance), name_width,
                       score.precision, score.recall, score.f1, score.n_labelled);
    fmt::format_to(into, "\n{:<{}}{:>12.3f}\n{:<{}}{:>12.3f}   {} of {}\n", "macro-F1", name_width, report.macro_f1,
                   "accuracy", name_width, report.accuracy, report.n_right, report.n);
    if (report.weighted_score)
        fmt::format_to(into, "{:<{}}{:>12.3f}   as the Fake News Challenge scores\n", "weighted score", name_width,
                       *report.weighted_score);
}

/// Row by row, and how to ask why.
void write_wrong_answers(std::string& out, Evaluated const& evaluated) {
    constexpr std::size_t most_shown = 40;
    auto const into = std::back_inserter(out);
    auto const& wrong = evaluated.wrong;
    if (wrong.empty()) return;
    fmt::format_to(into, "\n{} answered otherwise:\n", counted(wrong.size(), "row"));
    for (std::size_t i = 0; i < std::min(wrong.size(), most_shown); ++i) {
        auto const& one = wrong[i];
        fmt::format_to(into, "  {}, {}: labelled {}, answered {}\n", display_text(one.claim), display_text(one.article),
                       names_of(one.accepted, " or "), name_of(one.answer));
    }
    if (wrong.size() > most_shown)
        fmt::format_to(into, "  and {} more, which --json names\n", wrong.size() - most_shown);
    fmt::format_to(into, "why: {} --claim {} --article {}\n", display_text(evaluated.explained_by),
                   display_text(wrong.front().claim), display_text(wrong.front().article));
}

Json as_json(std::vector<WrongAnswer> const& wrong) {
    Json rows = Json::array();
    for (auto const& one : wrong) {
        Json accepted = Json::array();
        for (auto const stance : one.accepted)
            accepted.push_back(name_of(stance));
        rows.push_back({{"claim", one.claim},
                        {"article", one.article},
                        {"accepted_stances", std::move(accepted)},
                        {"answer", name_of(one.answer)}});
    }
    return rows;
}

Json as_json(EvaluationReport const& report) {
    Json rows = Json::array(), scores = Json::array();
    for (std::size_t label = 0; label < report.classes.size(); ++label) {
        Json answers = Json::object();
        for (std::size_t answer = 0; answer < report.classes.size(); ++answer)
            answers[name_of(report.classes[answer])] = report.confusion[label][answer];
        rows.push_back({{"label", name_of(report.classes[label])},
                        {"answers", std::move(answers)},
                        {"not_judged", report.confusion[label].back()}});
    }
    for (auto const& score : report.scores)
        scores.push_back({{"class", name_of(score.stance)},
                          {"n_labelled", score.n_labelled},
                          {"n_answered", score.n_answered},
                          {"n_right", score.n_right},
                          {"precision", score.precision},
                          {"recall", score.recall},
                          {"f1", score.f1}});
    return {{"n", report.n},
            {"n_right", report.n_right},
            {"n_not_judged", report.n_not_judged},
            {"accuracy", report.accuracy},
            {"macro_f1", report.macro_f1},
            {"weighted_score", report.weighted_score ? Json(*report.weighted_score) : Json(nullptr)},
            {"confusion", std::move(rows)},
            {"scores", std::move(scores)},
            {"notes", report.notes}};
}

}  // namespace

std::string evaluation_as_text(Evaluated const& evaluated) {
    std::string out =
        fmt::format("{}: {}, judged {}\n", evaluated.file, counted(evaluated.n_rows, "row"), evaluated.method);
    auto const into = std::back_inserter(out);
    if (evaluated.n_left_out > 0)
        fmt::format_to(into, "{} left out (see the messages)\n", counted(evaluated.n_left_out, "row"));
    if (evaluated.n_rows == 0) return out + "no row is left to compare\n";
    fmt::format_to(into, "classes: {} ({})\n", names_of(evaluated.classes), evaluated.origin_of_classes);
    if (evaluated.report) {
        write_matrix(out, *evaluated.report);
        write_scores(out, *evaluated.report);
        write_wrong_answers(out, evaluated);
        for (auto const& note : evaluated.report->notes)
            fmt::format_to(into, "note: {}\n", note);
    } else {
        out += "answers:";
        for (auto const& [stance, n] : evaluated.n_answers)
            fmt::format_to(into, " {} {}", n, name_of(stance));
        out += "\nno scores: the file has no column \"label\"\n";
    }
    for (auto const& remark : evaluated.remarks)
        fmt::format_to(into, "note: {}\n", remark);
    return out;
}

std::string evaluation_as_json(Evaluated const& evaluated) {
    Json classes = Json::array(), answers = Json::object();
    for (auto const stance : evaluated.classes)
        classes.push_back(name_of(stance));
    for (auto const& [stance, n] : evaluated.n_answers)
        answers[name_of(stance)] = n;
    Json const all = {{"file", evaluated.file},
                      {"method", evaluated.method},
                      {"n_rows", evaluated.n_rows},
                      {"n_left_out", evaluated.n_left_out},
                      {"classes", std::move(classes)},
                      {"origin_of_classes", evaluated.origin_of_classes},
                      {"answers", std::move(answers)},
                      {"evaluation", evaluated.report ? as_json(*evaluated.report) : Json(nullptr)},
                      {"wrong", as_json(evaluated.wrong)},
                      {"remarks", evaluated.remarks}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dossier
