// Whole articles judged by nothing but a headline (FNC-1): supports, refutes, neutral or silent.
// DOSSIER_ACCURACY_DETAILS=1 prints the confusion matrices.
#include <map>

#include "accuracy.hpp"
#include "dossier/evidence/article_reading.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "stance/fnc1_pairs.hpp"
#include "stance/labelled.hpp"

namespace {

using accuracy::Part;
using accuracy::fnc1::Confusion;

std::vector<accuracy::Figure> measure(std::filesystem::path const& corpora) {
    auto const set = accuracy::fnc1::read_pairs(corpora);
    auto const& lexicon = dossier::built_in_lexicon();
    std::map<std::string, dossier::ArticleOutline> articles;
    for (auto const& [body_id, article] : set.articles)
        articles.emplace(body_id, dossier::ArticleOutline(article, lexicon));
    std::map<std::string, dossier::StatementOutline> statements;
    for (auto const& pair : set.pairs)
        if (!statements.contains(pair.headline))
            statements.emplace(pair.headline, dossier::StatementOutline(pair.headline, lexicon));

    Confusion tuned, aside;
    for (auto const& pair : set.pairs) {
        auto const verdict = dossier::judge_article(statements.at(pair.headline), articles.at(pair.body_id));
        (pair.aside ? aside : tuned).add(pair.label, verdict.stance);
    }
    if (accuracy::shows_details()) {
        tuned.print("fnc1, statement only, tuned: rows are labels");
        aside.print("fnc1, statement only, kept aside: rows are labels");
    }
    std::vector<accuracy::Figure> figures;
    for (auto const part : {Part::tuned, Part::aside}) {
        auto const& confusion = part == Part::aside ? aside : tuned;
        bool const counts = part == Part::aside;
        figures.push_back({"stance/fnc1", "macro-F1, headline alone", part, confusion.macro_f1(), 0.50,
                           confusion.size(), counts, confusion.note()});
        figures.push_back({"stance/fnc1", "weighted score, headline alone", part, confusion.weighted_score(), 0.796,
                           confusion.size(), counts, "whole events kept aside"});
    }
    return figures;
}

accuracy::Registered const registered("stance", 410, measure);

}  // namespace
