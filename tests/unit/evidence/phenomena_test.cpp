// Comparison, degree, condition, attribution, subject and contrast: sentences with the reading a linguist gives them.
// Each file in phenomena/ has a small registry and its cases; a "second" file was written after the rules, and blind.
#include <gtest/gtest.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"

namespace {

using namespace dossier;
namespace fs = std::filesystem;

/// One text on one claim, and how it is to be read.
struct Case {
    std::vector<std::string> text;  ///< sentences; "# …" is a heading over those that follow, "• …" a list item
    std::string claim;
    std::string stance;       ///< "supports", or several that are defensible: "refutes|neutral"; "none": takes no side
    std::string attribution;  ///< of the first quote; empty: any
    std::map<std::string, std::string> under;  ///< stance by condition, "always" for none
    std::string known_miss;                    ///< why it is read wrongly today; empty: it must be right
    std::size_t line = 0;
};

std::vector<std::string> texts(toml::node_view<toml::node const> node) {
    std::vector<std::string> list;
    if (auto const* array = node.as_array())
        for (auto const& element : *array)
            list.push_back(element.value_or(std::string{}));
    else if (node)
        list.push_back(node.value_or(std::string{}));
    return list;
}

std::vector<Phrase> phrases(toml::node_view<toml::node const> node) {
    std::vector<Phrase> list;
    for (auto const& text : texts(node))
        list.push_back({text, {}});
    return list;
}

Claim claim_of(toml::table const& table) {
    Claim claim;
    claim.id = table["id"].value_or(std::string{});
    claim.statement = table["statement"].value_or(std::string{});
    claim.about = phrases(table["about"]);
    claim.supports = phrases(table["supports"]);
    claim.refutes = phrases(table["refutes"]);
    claim.conditions = texts(table["conditions"]);
    claim.only_under = texts(table["only_under"]);
    auto const degree = table["degree"].value_or(std::string{});
    claim.degree = degree == "low" ? Degree::low : degree == "high" ? Degree::high : Degree::none;
    return claim;
}

Case case_of(toml::table const& table) {
    Case c;
    c.text = texts(table["text"]);
    c.claim = table["claim"].value_or(std::string{});
    c.stance = table["stance"].value_or(std::string{});
    c.attribution = table["attribution"].value_or(std::string{});
    c.known_miss = table["known_miss"].value_or(std::string{});
    c.line = table.source().begin.line;
    if (auto const* under = table["under"].as_table())
        for (auto const& [condition, stance] : *under)
            c.under[std::string(condition)] = stance.value_or(std::string{});
    return c;
}

/// A file of phenomena/.
struct Sample {
    ClaimRegistry registry;
    std::vector<Case> cases;
};

template <class Take>
void for_each_table(toml::table const& file, std::string_view name, Take take) {
    if (auto const* tables = file[name].as_array())
        for (auto const& table : *tables)
            if (table.is_table()) take(*table.as_table());
}

Sample read_sample(fs::path const& path) {
    auto const file = toml::parse_file(path.string());
    toml::table const& root = file;
    Sample sample;
    sample.registry.about = phrases(root["about"]);
    sample.registry.others = phrases(root["others"]);
    for_each_table(root, "claim", [&](auto const& t) { sample.registry.claims.push_back(claim_of(t)); });
    for_each_table(root, "condition", [&](auto const& t) {
        auto const id = t["id"].value_or(std::string{});
        sample.registry.conditions.push_back({id, id, phrases(t["phrases"]), {}});
    });
    for_each_table(root, "risk_factor", [&](auto const& t) {
        auto const id = t["id"].value_or(std::string{});
        sample.registry.risk_factors.push_back({id, id, {}, phrases(t["phrases"]), FactorDirection::unclear, {}});
    });
    for_each_table(root, "case", [&](auto const& t) { sample.cases.push_back(case_of(t)); });
    return sample;
}

SentenceRole role_of(std::string const& text) {
    if (text.ends_with('?')) return SentenceRole::question;
    if (text.starts_with("• ")) return SentenceRole::list_item;
    return text.starts_with("“") && text.ends_with("”") ? SentenceRole::quotation : SentenceRole::statement;
}

Article article_of(Case const& c) {
    Article article;
    article.id = "article";
    std::string heading;
    for (auto const& text : c.text) {
        Sentence sentence;
        sentence.text = text.starts_with("# ") ? text.substr(2) : text;
        sentence.role = text.starts_with("# ") ? SentenceRole::heading : role_of(text);
        if (sentence.role == SentenceRole::heading) heading = sentence.text;
        sentence.heading = sentence.role == SentenceRole::heading ? "" : heading;
        article.sentences.push_back(sentence);
    }
    return article;
}

bool is_accepted(Stance stance, std::string const& accepted) {
    if (accepted == "none") return stance == Stance::neutral || stance == Stance::silent;
    return ("|" + accepted + "|").find("|" + std::string(name_of(stance)) + "|") != std::string::npos;
}

std::string wanted(std::string const& what, std::string const& expected, std::string const& found) {
    return what + " wanted " + expected + ", found " + found + "; ";
}

/// What is wrong with the reading; empty: nothing.
std::string mistakes(Case const& c, std::vector<EvidenceItem> const& items) {
    auto const by_condition = count_quotes(items, c.claim);
    std::string found;
    if (auto const stance = overall_stance(by_condition); !is_accepted(stance, c.stance))
        found += wanted("stance", c.stance, name_of(stance));
    for (auto const& [condition, accepted] : c.under) {
        auto const stratum = by_condition.find(condition == "always" ? "" : condition);
        auto const stance = stratum == by_condition.end() ? Stance::silent : stance_of(stratum->second);
        if (!is_accepted(stance, accepted)) found += wanted(condition, accepted, name_of(stance));
    }
    auto const quote =
        std::find_if(items.begin(), items.end(), [&](auto const& item) { return item.claim_id == c.claim; });
    if (!c.attribution.empty() && quote != items.end() && name_of(quote->attribution) != c.attribution)
        found += wanted("attribution", c.attribution, name_of(quote->attribution));
    return found;
}

std::string told(Case const& c, ArticleEvidence const& evidence) {
    std::string text;
    for (auto const& decision : evidence.decisions)
        if (decision.claim_id == c.claim) text += "\n    '" + decision.cue + "': " + decision.reason;
    return text;
}

class Phenomenon : public testing::TestWithParam<std::string> {};

TEST_P(Phenomenon, IsReadAsALinguistReadsIt) {
    auto const path = fs::path(DOSSIER_SOURCE_DIR) / "tests/unit/evidence/phenomena" / (GetParam() + ".toml");
    auto const sample = read_sample(path);
    Engine const engine(sample.registry, built_in_lexicon());
    std::size_t right = 0;
    for (auto const& c : sample.cases) {
        ASSERT_TRUE(sample.registry.find_claim(c.claim)) << path << ":" << c.line << ": no such claim";
        auto const evidence = engine.analyse(article_of(c), true);
        auto const wrong = mistakes(c, evidence.items);
        right += wrong.empty();
        if (c.known_miss.empty())
            EXPECT_EQ(wrong, "") << GetParam() << ".toml:" << c.line << ": \"" << c.text.back() << "\" on " << c.claim
                                 << told(c, evidence);
        else
            EXPECT_NE(wrong, "") << GetParam() << ".toml:" << c.line << ": \"" << c.text.back()
                                 << "\" is read rightly now: take known_miss away";
    }
    std::cout << GetParam() << ": " << right << " of " << sample.cases.size() << " right\n";
}

std::vector<std::string> sample_names() {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(fs::path(DOSSIER_SOURCE_DIR) / "tests/unit/evidence/phenomena"))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// An example of docs/stances.md: - “text” – `claim`, under `condition`: **stance**
struct Example {
    std::string text, claim, condition, stance;
};

std::string between(std::string const& line, std::string_view left, std::string_view right) {
    auto const begin = line.find(left);
    auto const end = begin == std::string::npos ? begin : line.find(right, begin + left.size());
    return end == std::string::npos ? std::string{} : line.substr(begin + left.size(), end - begin - left.size());
}

std::vector<Example> documented_examples() {
    std::vector<Example> examples;
    std::ifstream page(fs::path(DOSSIER_SOURCE_DIR) / "docs/stances.md");
    for (std::string line; std::getline(page, line);)
        if (line.starts_with("- “"))
            examples.push_back({between(line, "- “", "” –"), between(line, "– `", "`"), between(line, "under `", "`"),
                                between(line, "**", "**")});
    return examples;
}

std::string joined(std::vector<std::string> const& sentences) {
    std::string text;
    for (auto const& sentence : sentences)
        text += (text.empty() ? "" : " ") + sentence;
    return text;
}

bool is_tested(Example const& example, std::vector<Case> const& cases) {
    return std::any_of(cases.begin(), cases.end(), [&](Case const& c) {
        auto const stratum = c.under.find(example.condition);
        return joined(c.text) == example.text && c.claim == example.claim && c.known_miss.empty() &&
               (example.condition.empty() ? c.stance == example.stance
                                          : stratum != c.under.end() && stratum->second == example.stance);
    });
}

TEST(DocumentedStances, AreThoseOfTestedSentences) {
    std::vector<Case> cases;
    for (auto const& name : sample_names())
        for (auto& c :
             read_sample(fs::path(DOSSIER_SOURCE_DIR) / "tests/unit/evidence/phenomena" / (name + ".toml")).cases)
            cases.push_back(std::move(c));
    auto const examples = documented_examples();
    EXPECT_GE(examples.size(), 30u);
    for (auto const& example : examples)
        EXPECT_TRUE(is_tested(example, cases)) << example.claim << ": " << example.text;
}

// Outcome 3 of issue 4: asserted and denied in one article, with both quotes to show for it.
TEST(Contradiction, KeepsBothQuotes) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "coffee-pressure";
    claim.about = {{"coffee", {}}};
    claim.supports = {{"{raise|raises} blood pressure", {}}};
    registry.claims = {claim};
    Case c;
    c.text = {"Coffee raises blood pressure.", "It is drunk all over the world.",
              "Coffee does not raise blood pressure."};
    auto const article = article_of(c);
    auto const evidence = Engine(registry, built_in_lexicon()).analyse(article, true);
    ASSERT_EQ(evidence.items.size(), 2u);
    EXPECT_EQ(evidence.items[0].quote, c.text[0]);
    EXPECT_EQ(evidence.items[0].direction, Direction::supports);
    EXPECT_EQ(evidence.items[1].quote, c.text[2]);
    EXPECT_EQ(evidence.items[1].direction, Direction::refutes);
    auto const stances = article_stances(article, evidence, registry);
    ASSERT_EQ(stances.size(), 1u);
    EXPECT_EQ(stances[0].stance, Stance::mixed);
    EXPECT_TRUE(stances[0].internally_contradictory);
    EXPECT_FALSE(stances[0].explained_by_conditions);
    ASSERT_EQ(evidence.decisions.size(), 2u);  // what `dossier explain` tells
    EXPECT_EQ(evidence.decisions[0].reason, "counts for the claim; it is said of 'Coffee'");
    EXPECT_EQ(evidence.decisions[1].reason, "counts against the claim, negated by 'not'; it is said of 'Coffee'");
}

INSTANTIATE_TEST_SUITE_P(Of, Phenomenon, testing::ValuesIn(sample_names()),
                         [](auto const& sample) { return sample.param; });

}  // namespace
