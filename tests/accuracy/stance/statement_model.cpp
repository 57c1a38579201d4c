// Statement-only claims: macro-F1 on pairs of statement and passage, by the weights fitted on the tuned part only.
#include "dossier/evidence/statement_model.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "corpus_file.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "judged_pairs.hpp"

namespace accuracy {

namespace {

using dossier::n_passage_stances;

Figure macro_f1(std::string const& set, double target, Part part, std::vector<JudgedPair> const& judged) {
    std::array<std::size_t, n_passage_stances> right{}, answered{}, labelled{};
    Figure figure{"stance/" + set, "macro-F1", part, 0.0, target, 0, target > 0.0, ""};
    for (auto const& pair : judged) {
        if (pair.part != part) continue;
        auto const label = static_cast<std::size_t>(pair.label), answer = static_cast<std::size_t>(pair.verdict.stance);
        ++labelled[label];
        ++answered[answer];
        if (label == answer) ++right[label];
        ++figure.n;
    }
    std::size_t n_classes = 0;
    for (std::size_t i = 0; i < n_passage_stances; ++i) {
        if (labelled[i] == 0) continue;
        ++n_classes;
        auto const f1 = 2.0 * static_cast<double>(right[i]) / static_cast<double>(answered[i] + labelled[i]);
        figure.value += f1;
        char text[48];
        std::snprintf(text, sizeof text, "%s%s %.3f", figure.note.empty() ? "" : ", ",
                      name_of(static_cast<dossier::PassageStance>(i)), f1);
        figure.note += text;
    }
    figure.value /= static_cast<double>(std::max<std::size_t>(1, n_classes));
    return figure;
}

template <std::size_t set>
std::vector<Figure> measure(std::filesystem::path const& corpora) {
    static constexpr struct {
        char const* name;
        double target;  ///< 0: shown for information
    } sets[] = {{"check_covid", 0.62}, {"scifact_rte", 0.67}, {"pubmedqa", 0.52}, {"evidence_inference", 0.0}};
    auto const judged = judged_pairs(corpora, sets[set].name);
    auto figures = std::vector{macro_f1(sets[set].name, sets[set].target, Part::tuned, judged),
                               macro_f1(sets[set].name, sets[set].target, Part::aside, judged)};
    figures[0].counts = false;
    figures[0].note += "; fitted on these rows";
    return figures;
}

Registered const check_covid("stance", 500, measure<0>);
Registered const scifact_rte("stance", 510, measure<1>);
Registered const pubmedqa("stance", 520, measure<2>);
Registered const evidence_inference("stance", 530, measure<3>);

}  // namespace

std::vector<JudgedPair> judged_pairs(std::filesystem::path const& corpora, std::string const& set) {
    static auto const model = dossier::StatementModel::read(
        bytes_of(std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/accuracy/stance/statement_model.tuned.toml"));
    auto const pairs = statement_pairs(corpora, set);
    auto const allowed = stances_of(pairs);
    std::vector<JudgedPair> judged;
    for (auto const& pair : pairs)
        judged.push_back(
            {pair.label, pair.part,
             model.judge(dossier::ReadStatement(pair.statement, dossier::built_in_lexicon()), pair.passage, allowed)});
    return judged;
}

}  // namespace accuracy
