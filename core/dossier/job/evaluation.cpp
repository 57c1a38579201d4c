#include "dossier/job/evaluation.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace dossier {

namespace {

constexpr std::array all_stances{Stance::supports, Stance::refutes, Stance::mixed,
                                 Stance::neutral,  Stance::silent,  Stance::not_assessable};

bool is_right(JudgedCase const& judged) {
    return judged.answer &&
           std::find(judged.accepted.begin(), judged.accepted.end(), *judged.answer) != judged.accepted.end();
}

/// Of several accepted labels the one that was answered stands for the case, else the first.
Stance label_of(JudgedCase const& judged) {
    return is_right(judged) ? *judged.answer : judged.accepted.front();
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t column_of(std::vector<Stance> const& classes, Stance stance) {
    return static_cast<std::size_t>(std::find(classes.begin(), classes.end(), stance) - classes.begin());
}

void count(EvaluationReport& report, std::span<JudgedCase const> cases) {
    std::set<Stance> seen;
    for (auto const& judged : cases) {
        seen.insert(label_of(judged));
        if (judged.answer) seen.insert(*judged.answer);
    }
    report.classes.assign(seen.begin(), seen.end());
    auto const n_classes = report.classes.size();
    report.confusion.assign(n_classes, std::vector<std::size_t>(n_classes + 1, 0));
    for (auto const& judged : cases) {
        auto const column = judged.answer ? column_of(report.classes, *judged.answer) : n_classes;
        ++report.confusion[column_of(report.classes, label_of(judged))][column];
        ++report.n;
        report.n_right += is_right(judged) ? 1 : 0;
        report.n_not_judged += judged.answer ? 0 : 1;
    }
}

ClassScore score_of(EvaluationReport const& report, std::size_t at) {
    ClassScore score;
    score.stance = report.classes[at];
    for (std::size_t other = 0; other < report.classes.size(); ++other)
        score.n_answered += report.confusion[other][at];
    for (auto const n : report.confusion[at])
        score.n_labelled += n;
    score.n_right = report.confusion[at][at];
    score.precision = share(score.n_right, score.n_answered);
    score.recall = share(score.n_right, score.n_labelled);
    score.f1 = share(2 * score.n_right, score.n_answered + score.n_labelled);
    return score;
}

/// The organisers' scorer of the Fake News Challenge (FakeNewsChallenge/fnc-1-baseline, utils/score.py), in quarters.
std::optional<double> weighted_score(EvaluationReport const& report) {
    auto const n_labelled = [&](Stance stance) {
        auto const at = column_of(report.classes, stance);
        return at == report.classes.size() ? std::size_t{0} : report.scores[at].n_labelled;
    };
    for (auto const stance : {Stance::supports, Stance::refutes, Stance::neutral, Stance::silent})
        if (n_labelled(stance) == 0) return std::nullopt;
    std::size_t quarters = 0, most = 0;
    for (std::size_t label = 0; label < report.classes.size(); ++label) {
        bool const silent = report.classes[label] == Stance::silent;
        most += (silent ? 1 : 4) * report.scores[label].n_labelled;
        for (std::size_t answer = 0; answer < report.classes.size(); ++answer) {
            bool const told_silent = report.classes[answer] == Stance::silent;
            if (silent == told_silent)
                quarters += (label == answer && !silent ? 4 : 1) * report.confusion[label][answer];
        }
    }
    return share(quarters, most);
}

void note_shares_of_nothing(EvaluationReport& report) {
    for (auto const& score : report.scores) {
        std::string const name = name_of(score.stance);
        if (score.n_answered == 0) report.notes.push_back(name + " was never answered: its precision is shown as 0");
        if (score.n_labelled == 0)
            report.notes.push_back("no case is labelled " + name + ": its recall is shown as 0, and lowers macro-F1");
    }
    if (report.n_not_judged > 0)
        report.notes.push_back(std::to_string(report.n_not_judged) +
                               (report.n_not_judged == 1 ? " case was" : " cases were") +
                               " not judged, which counts as wrong");
}

}  // namespace

std::optional<Stance> stance_named(std::string_view name) noexcept {
    for (auto const stance : all_stances)
        if (name == name_of(stance)) return stance;
    return std::nullopt;
}

EvaluationReport evaluate(std::span<JudgedCase const> cases) {
    EvaluationReport report;
    count(report, cases);
    for (std::size_t i = 0; i < report.classes.size(); ++i) {
        report.scores.push_back(score_of(report, i));
        report.macro_f1 += report.scores.back().f1 / static_cast<double>(report.classes.size());
    }
    report.accuracy = share(report.n_right, report.n);
    report.weighted_score = weighted_score(report);
    note_shares_of_nothing(report);
    return report;
}

}  // namespace dossier
