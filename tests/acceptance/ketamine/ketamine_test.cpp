// The five articles on ketamine and addiction, against what an analyst noted by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "acceptance/corpora.hpp"
#include "dossier/claims/registry_file.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/sources/read_article.hpp"

namespace {

using namespace dossier;
using dossier::test::corpora;
using dossier::test::read_tsv;
using dossier::test::split;

std::map<std::string, Article> read_articles() {
    std::map<std::string, Article> articles;
    for (auto const& entry : std::filesystem::directory_iterator(corpora() / "ketamine" / "articles")) {
        std::ifstream file(entry.path(), std::ios::binary);
        std::string const bytes{std::istreambuf_iterator<char>(file), {}};
        Diagnostics diagnostics;
        auto const name = entry.path().filename().string();
        articles.emplace(name, read_article(entry.path().stem().string(), name, bytes, {}, diagnostics));
    }
    return articles;
}

ClaimRegistry read_registry() {
    Diagnostics diagnostics;
    auto const path = std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/acceptance/ketamine/claims.toml";
    auto registry = load_registry(path, path.filename().string(), diagnostics);
    EXPECT_EQ(render(diagnostics.items(), MessageFormat::human), "");
    return registry.value_or(ClaimRegistry{});
}

/// Stance per article and claim, and the evidence it rests on.
struct Analysis {
    std::map<std::string, ArticleEvidence> evidence;                ///< by file name
    std::map<std::pair<std::string, std::string>, Stance> stances;  ///< by claim and file name
};

Analysis analyse(ClaimRegistry const& registry, std::map<std::string, Article> const& articles) {
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

bool is_accepted(Analysis const& analysis, test::Row const& row) {
    auto const found = analysis.stances.find({row.at("claim"), row.at("article")});
    if (found == analysis.stances.end()) return false;
    auto const accepted = split(row.at("accepted_stances"), '|');
    return std::find(accepted.begin(), accepted.end(), name_of(found->second)) != accepted.end();
}

class Ketamine : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(corpora() / "ketamine"))
            GTEST_SKIP() << "the articles are not there: " << corpora() / "ketamine";
        articles_ = read_articles();
        registry_ = read_registry();
        analysis_ = analyse(registry_, articles_);
    }

    std::map<std::string, Article> articles_;
    ClaimRegistry registry_;
    Analysis analysis_;
};

TEST_F(Ketamine, EveryStanceIsOneThatAnAnalystAccepts) {
    std::size_t right = 0, all = 0;
    for (auto const& row : read_tsv(corpora() / "ketamine/gold-stances.tsv")) {
        ++all;
        if (is_accepted(analysis_, row)) {
            ++right;
            continue;
        }
        auto const stance = analysis_.stances[{row.at("claim"), row.at("article")}];
        std::cout << "miss\t" << row.at("claim") << "\t" << row.at("article") << "\twanted "
                  << row.at("accepted_stances") << "\tgot " << name_of(stance) << "\n";
        for (auto const& item : analysis_.evidence[row.at("article")].items)
            if (item.claim_id == row.at("claim"))
                std::cout << "      " << name_of(item.direction) << " [" << item.condition_id << "] " << item.rule
                          << "\n        \"" << item.quote << "\"\n";
    }
    std::cout << right << " of " << all << " stances accepted\n";
    EXPECT_EQ(right, all);
}

TEST_F(Ketamine, EveryInformativeStanceHasAQuoteThatBearsOnIt) {
    for (auto const& [key, stance] : analysis_.stances) {
        if (stance != Stance::supports && stance != Stance::refutes && stance != Stance::mixed) continue;
        auto const& [claim, name] = key;
        std::size_t quotes = 0;
        std::cout << claim << " / " << name << ": " << name_of(stance) << "\n";
        for (auto const& item : analysis_.evidence[name].items)
            if (item.claim_id == claim && item.direction != Direction::neutral) {
                ++quotes;
                std::cout << "    " << name_of(item.direction) << (item.condition_id.empty() ? "" : " under ")
                          << item.condition_id << ", " << item.rule << "\n        \"" << item.quote << "\"\n";
                EXPECT_EQ(articles_[name].sentences[item.sentence].text, item.quote);
            }
        EXPECT_GT(quotes, 0u) << claim << " " << name;
    }
}

TEST_F(Ketamine, BoilerplateIsNeverEvidence) {
    for (auto const& row : read_tsv(corpora() / "ketamine/gold-boilerplate.tsv")) {
        auto const& text = row.at("boilerplate_that_must_not_be_quoted_as_evidence");
        auto const& evidence = analysis_.evidence[row.at("article")];
        for (auto const& item : evidence.items)
            EXPECT_EQ(item.quote.find(text), std::string::npos) << item.quote;
        for (auto const& mention : evidence.mentions)
            EXPECT_EQ(mention.quote.find(text), std::string::npos) << mention.quote;
        for (auto const& quantity : evidence.quantities)
            EXPECT_EQ(quantity.quote.find(text), std::string::npos) << quantity.quote;
    }
}

TEST_F(Ketamine, RiskFactorsAreFoundWithTheirDirection) {
    std::set<std::pair<std::string, std::string>> wanted;
    std::map<std::string, std::string> directions;
    for (auto const& row : read_tsv(corpora() / "ketamine/gold-risk-factors.tsv")) {
        directions[row.at("risk_factor")] = row.at("direction");
        for (auto const& name : split(row.at("articles_that_name_it"), ','))
            wanted.emplace(row.at("risk_factor"), name);
    }
    std::set<std::pair<std::string, std::string>> found, further;
    for (auto const& [name, evidence] : analysis_.evidence)
        for (auto const& mention : evidence.mentions) {
            auto const right = directions[mention.factor_id] == name_of(mention.direction);
            auto const key = std::pair(mention.factor_id, name);
            if (right && wanted.contains(key))
                found.insert(key);
            else if (further.emplace(mention.factor_id, name).second)
                std::cout << "further\t" << mention.factor_id << "\t" << name << "\t" << name_of(mention.direction)
                          << "\t\"" << mention.quote << "\"\n";
        }
    for (auto const& key : wanted)
        EXPECT_TRUE(found.contains(key)) << "missing: " << key.first << " in " << key.second;
    std::cout << found.size() << " of " << wanted.size() << " risk factors, " << further.size() << " further\n";
    EXPECT_LE(further.size(), 3u);
}

TEST_F(Ketamine, QuantitiesAreFoundWithTheirComparator) {
    for (auto const& row : read_tsv(corpora() / "ketamine/gold-quantities.tsv")) {
        bool found = false;
        for (auto const& quantity : analysis_.evidence[row.at("article")].quantities)
            found |= quantity.text == row.at("quantity") &&
                     quantity.quote.find(row.at("sentence_contains")) != std::string::npos &&
                     (quantity.comparator == "=" ? quantity.text.starts_with("1.3")
                                                 : quantity.text.starts_with(quantity.comparator));
        EXPECT_TRUE(found) << row.at("quantity");
    }
}

TEST_F(Ketamine, MetadataIsReadAsAnAnalystWouldNoteIt) {
    for (auto const& row : read_tsv(corpora() / "ketamine/gold-metadata.tsv")) {
        auto const& article = articles_[row.at("article")];
        EXPECT_EQ(article.title.value, row.at("title")) << row.at("article");
        EXPECT_EQ(article.author.value, row.at("author")) << row.at("article");
        EXPECT_EQ(article.published.value, row.at("date")) << row.at("article");
    }
}

/// No stance may hang on one phrase that the analyst happened to think of.
TEST_F(Ketamine, StancesSurviveTheLossOfAnyOneCue) {
    auto const gold = read_tsv(corpora() / "ketamine/gold-stances.tsv");
    std::size_t right = 0, all = 0;
    auto const without = [&](std::size_t claim, std::vector<Phrase> Claim::*list, std::size_t cue) {
        auto registry = registry_;
        auto& cues = registry.claims[claim].*list;
        auto const text = cues[cue].text;
        cues.erase(cues.begin() + static_cast<std::ptrdiff_t>(cue));
        auto const analysis = analyse(registry, articles_);
        std::size_t lost = 0;
        for (auto const& row : gold) {
            ++all;
            bool const accepted = is_accepted(analysis, row);
            right += accepted;
            lost += !accepted;
        }
        if (lost > 0) std::cout << lost << " lost without " << registry.claims[claim].id << " '" << text << "'\n";
    };
    for (std::size_t claim = 0; claim < registry_.claims.size(); ++claim)
        for (auto const list : {&Claim::supports, &Claim::refutes})
            for (std::size_t cue = 0; cue < (registry_.claims[claim].*list).size(); ++cue)
                without(claim, list, cue);
    auto const share = static_cast<double>(right) / static_cast<double>(all);
    std::cout << "rows right with one cue left out: " << 100.0 * share << " %\n";
    EXPECT_GE(share, 0.95);
}

}  // namespace
