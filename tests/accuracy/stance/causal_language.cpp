// Causal strength of the conclusions of medical papers: none, correlational, conditional, direct (Yu, Li & Wang 2019).
#include <cstdio>

#include "accuracy.hpp"
#include "dossier/evidence/causal_strength.hpp"
#include "stance/labelled.hpp"

namespace accuracy {
namespace {

std::string label_of(std::string const& sentence) {
    auto const tokens = dossier::tokenize(sentence);
    dossier::SentenceContext const context(tokens, dossier::built_in_lexicon());
    return name_of(dossier::read_causal_strength(context).strength);
}

/// "direct_causal" is our "direct".
std::string wanted_of(Row const& row) {
    auto const& label = row.at("label");
    return label.substr(0, label.find("_causal"));
}

std::vector<Figure> measure(std::filesystem::path const& corpora) {
    Confusion tuned, aside;
    std::size_t n_tuned = 0, n_aside = 0;
    for (auto const& row : read_labelled(corpora / "stance" / "causal_language" / "open.tsv")) {
        bool const is_aside = is_kept_aside(row.at("id"));
        auto const found = label_of(row.at("sentence"));
        (is_aside ? aside : tuned).add(wanted_of(row), found);
        ++(is_aside ? n_aside : n_tuned);
        if (!is_aside && shows_details() && wanted_of(row) != found)
            std::printf("  %s, read as %s: %s\n", wanted_of(row).c_str(), found.c_str(), row.at("sentence").c_str());
    }
    if (shows_details()) std::printf("%s%s", tuned.table().c_str(), aside.table().c_str());
    return {
        {"stance/causal_language", "macro-F1 of four classes", Part::tuned, tuned.macro_f(), 0.75, n_tuned, true, ""},
        {"stance/causal_language", "macro-F1 of four classes", Part::aside, aside.macro_f(), 0.75, n_aside, true,
         "three regular expressions: .63; BioBERT: .883"}};
}

Registered const registered("stance", 200, measure);

}  // namespace
}  // namespace accuracy
