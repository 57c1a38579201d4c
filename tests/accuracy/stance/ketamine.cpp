// Five articles on ketamine and addiction against what an analyst noted, with a registry of general cues; and how much of
// it hangs on any one cue.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "accuracy.hpp"
#include "corpus_file.hpp"
#include "dossier/claims/registry_file.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/sources/read_article.hpp"
#include "labelled.hpp"

namespace accuracy {
namespace {

namespace fs = std::filesystem;
using namespace dossier;

using Articles = std::map<std::string, Article>;  ///< by file name

std::string const set_name = "ketamine";

std::vector<std::string> parts_of(std::string const& text, char separator) {
    std::vector<std::string> parts(1);
    for (char const c : text)
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

Articles read_articles(fs::path const& folder) {
    Articles articles;
    for (auto const& entry : fs::directory_iterator(folder)) {
        Diagnostics diagnostics;
        auto const name = entry.path().filename().string();
        articles.emplace(name,
                         read_article(entry.path().stem().string(), name, bytes_of(entry.path()), {}, diagnostics));
    }
    return articles;
}

/// What the engine makes of the articles.
struct Analysis {
    std::map<std::string, ArticleEvidence> evidence;                ///< by file name
    std::map<std::pair<std::string, std::string>, Stance> stances;  ///< by claim and file name
};

Analysis analyse(ClaimRegistry const& registry, Articles const& articles) {
    Analysis analysis;
    Engine const engine(registry, built_in_lexicon());
    for (auto const& [name, article] : articles) {
        auto evidence = engine.analyse(article, false);
        for (auto const& stance : article_stances(article, evidence, registry))
            if (stance.condition_id.empty()) analysis.stances[{stance.claim_id, name}] = stance.stance;
        analysis.evidence.emplace(name, std::move(evidence));
    }
    return analysis;
}

std::size_t n_right(Analysis const& analysis, std::vector<Row> const& gold) {
    return static_cast<std::size_t>(std::count_if(gold.begin(), gold.end(), [&](Row const& row) {
        auto const found = analysis.stances.find({row.at("claim"), row.at("article")});
        auto const accepted = parts_of(row.at("accepted_stances"), '|');
        return found != analysis.stances.end() &&
               std::find(accepted.begin(), accepted.end(), name_of(found->second)) != accepted.end();
    }));
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

Figure figure(char const* metric, double value, double target, std::size_t n, std::string note = {}) {
    return {set_name, metric, Part::all, value, target, n, true, std::move(note)};
}

Figure stances(Analysis const& analysis, std::vector<Row> const& gold) {
    return figure("gold stances right", share(n_right(analysis, gold), gold.size()), 1.0, gold.size());
}

/// A factor is found in an article when it is named there with the direction of the gold file.
Figure risk_factors(Analysis const& analysis, std::vector<Row> const& gold) {
    std::size_t wanted = 0, found = 0, named = 0;
    for (auto const& row : gold)
        for (auto const& name : parts_of(row.at("articles_that_name_it"), ',')) {
            auto const evidence = analysis.evidence.find(name);
            ++wanted;
            found += evidence != analysis.evidence.end() &&
                     std::any_of(evidence->second.mentions.begin(), evidence->second.mentions.end(),
                                 [&](RiskMention const& mention) {
                                     return mention.factor_id == row.at("risk_factor") &&
                                            row.at("direction") == name_of(mention.direction);
                                 });
        }
    for (auto const& [name, evidence] : analysis.evidence) {
        std::set<std::string> factors;
        for (auto const& mention : evidence.mentions)
            factors.insert(mention.factor_id);
        named += factors.size();
    }
    return figure("risk factors right", share(found, wanted), 1.0, wanted,
                  std::to_string(named - std::min(named, found)) + " further named");
}

/// Every cue of every claim is left out once; each time all rows are judged again.
std::vector<Figure> leave_one_cue_out(ClaimRegistry const& registry, Articles const& articles,
                                      std::vector<Row> const& gold) {
    std::size_t right = 0, n_cues = 0, worst = gold.size();
    std::string worst_cue;
    for (std::size_t claim = 0; claim < registry.claims.size(); ++claim)
        for (auto const list : {&Claim::supports, &Claim::refutes})
            for (std::size_t cue = 0; cue < (registry.claims[claim].*list).size(); ++cue) {
                auto fewer = registry;
                auto& cues = fewer.claims[claim].*list;
                auto const text = cues[cue].text;
                cues.erase(cues.begin() + static_cast<std::ptrdiff_t>(cue));
                auto const still_right = n_right(analyse(fewer, articles), gold);
                right += still_right;
                ++n_cues;
                if (still_right < worst) {
                    worst = still_right;
                    worst_cue = registry.claims[claim].id + ": " + text;
                }
            }
    return {figure("rows right with any one cue left out", share(right, n_cues * gold.size()), 0.95, n_cues,
                   "mean over the cues"),
            figure("rows right without the dearest cue", share(worst, gold.size()), 0.90, gold.size(), worst_cue)};
}

/// Rows whose text no evidence, mention or quantity quotes.
Figure boilerplate(Analysis const& analysis, std::vector<Row> const& gold) {
    std::size_t clean = 0;
    for (auto const& row : gold) {
        auto const& text = row.at("boilerplate_that_must_not_be_quoted_as_evidence");
        auto const found = analysis.evidence.find(row.at("article"));
        auto const quotes = [&](auto const& list) {
            return std::any_of(list.begin(), list.end(),
                               [&](auto const& one) { return one.quote.find(text) != std::string::npos; });
        };
        clean += found != analysis.evidence.end() && !quotes(found->second.items) && !quotes(found->second.mentions) &&
                 !quotes(found->second.quantities);
    }
    return figure("boilerplate never quoted", share(clean, gold.size()), 1.0, gold.size());
}

Figure quantities(Analysis const& analysis, std::vector<Row> const& gold) {
    std::size_t right = 0;
    for (auto const& row : gold) {
        auto const found = analysis.evidence.find(row.at("article"));
        right += found != analysis.evidence.end() &&
                 std::any_of(found->second.quantities.begin(), found->second.quantities.end(),
                             [&](Quantity const& quantity) {
                                 return quantity.text == row.at("quantity") &&
                                        quantity.quote.find(row.at("sentence_contains")) != std::string::npos;
                             });
    }
    return figure("quantities found", share(right, gold.size()), 1.0, gold.size());
}

std::vector<Figure> measure(fs::path const& corpora) {
    auto const folder = corpora / "ketamine";
    auto const articles = read_articles(folder / "articles");
    Diagnostics diagnostics;
    auto const path = fs::path(DOSSIER_SOURCE_DIR) / "tests/acceptance/ketamine/claims.toml";
    auto const registry = load_registry(path, path.filename().string(), diagnostics).value_or(ClaimRegistry{});
    auto const analysis = analyse(registry, articles);
    auto const gold = read_labelled(folder / "gold-stances.tsv");
    std::vector<Figure> figures = {stances(analysis, gold),
                                   risk_factors(analysis, read_labelled(folder / "gold-risk-factors.tsv"))};
    for (auto& one : leave_one_cue_out(registry, articles, gold))
        figures.push_back(std::move(one));
    figures.push_back(boilerplate(analysis, read_labelled(folder / "gold-boilerplate.tsv")));
    figures.push_back(quantities(analysis, read_labelled(folder / "gold-quantities.tsv")));
    return figures;
}

Registered const registered("stance", 50, measure);

}  // namespace
}  // namespace accuracy
