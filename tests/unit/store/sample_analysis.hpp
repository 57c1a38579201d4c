// An invented analysis that has a bit of everything: copies, conditions, a contradiction, a cut-off and an unreadable file.
#pragma once

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"
#include "dossier/store/analysis_writer.hpp"

namespace dossier::test {

struct SampleAnalysis {
    ClaimRegistry registry;
    std::vector<Article> articles;
    std::vector<ArticleEvidence> evidence;
    Diagnostics diagnostics;

    SampleAnalysis() {
        registry.outcome = "insomnia";
        add_claim("causes", "Evening coffee causes insomnia.", {"before-noon", "late"});
        add_claim("tolerance", "Regular drinkers become tolerant.", {});
        add_claim("tea", "Tea does the same.", {"late"});
        registry.conditions = {condition("before-noon", "when drunk before noon"),
                               condition("late", "when drunk late")};
        registry.risk_factors = {factor("late-hour", "a late hour"), factor("dose", "more than four cups"),
                                 factor("genes", "slow metabolism")};

        // Ids are file names: anything may be in them.
        add_article("Ärger & \"Zitate\"/<b>1</b>", "Coffee and sleep", "It keeps people awake at night.");
        add_article("b", "", "Coffee drunk before noon does not disturb sleep.");
        add_article("copy of b", "Coffee, again", "Coffee drunk before noon does not disturb sleep.");
        add_article("d", "The | pipe", "Late coffee disturbs sleep. Late coffee never disturbs sleep.");
        add_article("e", "In German", "Kaffee hält wach.");
        add_article("f", "Cut off", "Coffee is");
        articles[0].title.proposed = true;
        articles[0].url.value = "https://example.org/coffee";
        articles[0].published.value = "2021-03";
        articles[0].study_design.value = "randomised trial";
        articles[1].conflict_of_interest.value = "sells coffee";
        articles[4].status = ArticleStatus::not_assessable;
        articles[4].status_reason = "the language is de";
        articles[4].language = "de";
        articles[5].truncated = true;

        support(0, "causes", "It keeps people awake at night.");
        support(0, "tolerance", "Drinkers get used to it.");
        refute(1, "causes", "Coffee drunk before noon does not disturb sleep.", "before-noon");
        refute(2, "causes", "Coffee drunk before noon does not disturb sleep.", "before-noon");
        support(3, "causes", "Late coffee disturbs sleep.", "late");
        refute(3, "causes", "Late coffee never disturbs sleep.", "late");
        evidence[0].items.back().hedged = true;
        evidence[0].items.back().attribution = Attribution::reported;
        mention(0, "late-hour", FactorDirection::raises, "A late hour raises the risk.", true);
        mention(1, "late-hour", FactorDirection::raises, "A late hour is worse.");
        mention(3, "dose", FactorDirection::raises, "More than four cups are worse.", false, "late");
        quantity(0, "%", 30, "up to", "up to 30%");
        quantity(3, "OR", 1.9, "=", "OR 1.9 (95% CI 1.2 to 3.0)");
        auto& odds_ratio = evidence[3].quantities.back();
        odds_ratio.ci_low = 1.2, odds_ratio.ci_high = 3.0, odds_ratio.ci_level = 0.95;
        odds_ratio.population = "adults";
        diagnostics.add(
            {Severity::warning, "DOS0301", {"e.txt", 0, 0, 0}, "the language is de", "", {"only en is read"}});
        diagnostics.add({Severity::note, "DOS0302", {"f.txt", 3, 7, 1}, "the capture breaks off", "", {}});
    }

    void add_claim(std::string id, std::string statement, std::vector<std::string> conditions) {
        Claim claim;
        claim.id = std::move(id), claim.statement = std::move(statement), claim.conditions = std::move(conditions);
        registry.claims.push_back(claim);
    }
    void add_article(std::string id, std::string title, std::string text) {
        Article article;
        article.path = "articles/" + id + ".txt";
        article.format = "text", article.encoding = "UTF-8", article.language = "en";
        article.sha256 = std::string(64, '0');
        article.title.value = std::move(title);
        Sentence sentence;
        sentence.text = std::move(text), sentence.line = 1;
        article.sentences = {sentence};
        article.n_sentences = 1;
        // As if the text went on: one of two sentences is no sign of a common source.
        article.sketch = {std::hash<std::string>{}(sentence.text), 100, {}};
        article.id = std::move(id);
        evidence.push_back({article.id, {}, {}, {}, {}, {}});
        articles.push_back(article);
    }
    void support(std::size_t article, std::string claim, std::string quote, std::string condition = {}) {
        add_quote(article, std::move(claim), Direction::supports, std::move(quote), std::move(condition));
    }
    void refute(std::size_t article, std::string claim, std::string quote, std::string condition = {}) {
        add_quote(article, std::move(claim), Direction::refutes, std::move(quote), std::move(condition));
    }
    void add_quote(std::size_t article, std::string claim, Direction direction, std::string quote,
                   std::string condition) {
        EvidenceItem item;
        item.claim_id = std::move(claim), item.article_id = articles[article].id, item.direction = direction;
        item.condition_id = std::move(condition), item.quote = std::move(quote);
        item.bytes = next_place(item.quote.size()), item.line = 1 + next_ / 80, item.rule = "cue 'sleep'";
        evidence[article].items.push_back(item);
    }
    void mention(std::size_t article, std::string factor_id, FactorDirection direction, std::string quote,
                 bool with_evidence = false, std::string condition = {}) {
        RiskMention one;
        one.factor_id = std::move(factor_id), one.article_id = articles[article].id, one.direction = direction;
        one.quote = std::move(quote), one.with_evidence = with_evidence, one.condition_id = std::move(condition);
        one.bytes = next_place(one.quote.size()), one.line = 1 + next_ / 80;
        evidence[article].mentions.push_back(one);
    }
    void quantity(std::size_t article, std::string measure, double estimate, std::string comparator, std::string text) {
        Quantity one;
        one.article_id = articles[article].id, one.measure = std::move(measure), one.estimate = estimate;
        one.comparator = std::move(comparator), one.text = text, one.quote = "It was " + text + ".";
        one.bytes = next_place(one.quote.size()), one.line = 1 + next_ / 80;
        evidence[article].quantities.push_back(one);
    }

    /// Writes everything to a new database at `path`.
    void write(std::string const& path) const {
        AnalysisWriter writer(path);
        Summing summing(registry);
        writer.add_registry(registry);
        for (std::size_t i = 0; i < articles.size(); ++i) {
            auto const of_article = std::find_if(evidence.begin(), evidence.end(), [&](ArticleEvidence const& one) {
                return one.article_id == articles[i].id;
            });
            auto const& said = of_article == evidence.end() ? ArticleEvidence{} : *of_article;
            writer.add_article(articles[i], said, summing.add(articles[i], said));
        }
        writer.add_summary(summing.finish());
        writer.add_diagnostics(diagnostics);
        writer.finish({"Coffee & sleep",
                       "2026-11-22",
                       "1.0.0",
                       std::string(64, 'a'),
                       std::string(64, 'b'),
                       {},
                       std::string(64, 'c'),
                       std::string(64, 'd')});
    }

private:
    static Condition condition(std::string id, std::string name) {
        Condition result;
        result.id = std::move(id), result.name = std::move(name);
        return result;
    }
    static RiskFactor factor(std::string id, std::string name) {
        RiskFactor result;
        result.id = std::move(id), result.name = std::move(name);
        result.usual_direction = FactorDirection::raises;
        return result;
    }
    ByteRange next_place(std::size_t size) {
        next_ += size + 1;
        return {next_ - size - 1, next_ - 1};
    }
    std::size_t next_ = 0;
};

/// A folder of its own, gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-store-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) std::perror("mkdtemp");
        path_ = name;
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(std::string const& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace dossier::test
