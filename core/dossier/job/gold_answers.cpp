#include "dossier/job/gold_answers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"

namespace dossier {

namespace {

std::string_view file_name(std::string_view path) {
    auto const slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::set<std::string, std::less<>> names_of(Article const& article) {
    auto const name = file_name(article.path);
    return {article.id, article.path, std::string(name), std::string(name.substr(0, name.rfind('.')))};
}

/// Warnings about names that mean nothing. However many there are, a few are told, and those with a guess.
class UnknownNames {
public:
    UnknownNames(std::vector<std::string> known, Diagnostics& diagnostics)
        : known_(std::move(known)), diagnostics_(diagnostics) {}

    /// @param problem  begins the message: `the job has no article "x"`
    void add(char const* code, Place const& place, std::string problem, std::string_view name, std::size_t n_rows) {
        if (n_guesses_++ < BoundedMessages::most)
            if (auto const guess = nearest(name, known_); !guess.empty())
                problem += "; did you mean \"" + std::string(guess) + "\"?";
        tell(code, place, std::move(problem), n_rows, {});
    }
    void tell(char const* code, Place const& place, std::string problem, std::size_t n_rows, std::string note) {
        auto diagnostic = n_told_++ < BoundedMessages::most
                              ? diagnostic_at(Severity::warning, code, place, std::move(problem))
                              : Diagnostic{Severity::warning, code, place, std::move(problem), {}, {}};
        diagnostic.notes.push_back(std::to_string(n_rows) + (n_rows == 1 ? " row is left out" : " rows are left out"));
        if (!note.empty()) diagnostic.notes.push_back(std::move(note));
        Diagnostics one;
        one.add(std::move(diagnostic));
        bounded_.add(one, place.file, diagnostics_);
    }
    void finish() { bounded_.tell_the_rest(diagnostics_); }

private:
    std::vector<std::string> known_;
    Diagnostics& diagnostics_;
    BoundedMessages bounded_;
    std::size_t n_guesses_ = 0, n_told_ = 0;
};

/// The rows of a gold file by the name of their article.
class GoldRows {
public:
    explicit GoldRows(GoldStances const& gold) : gold_(gold) {
        for (std::size_t i = 0; i < gold.rows.size(); ++i)
            wanted_[gold.rows[i].article].rows.push_back(i);
    }

    /// Rows that this article answers. Each name is asked for once per article.
    [[nodiscard]] std::vector<std::size_t> rows_of(Article const& article) const {
        std::vector<std::size_t> rows;
        for (auto const& name : names_of(article))
            if (auto const found = wanted_.find(name); found != wanted_.end())
                rows.insert(rows.end(), found->second.rows.begin(), found->second.rows.end());
        return rows;
    }

    void note(Article const& article) {
        ids_.push_back(article.id);
        for (auto const& name : names_of(article))
            if (auto const found = wanted_.find(name); found != wanted_.end()) ++found->second.n_articles;
    }

    /// Takes back what rows with an unclear article were answered, and says so once per name.
    void refuse_unclear(std::vector<GoldAnswer>& answers, Diagnostics& diagnostics) const {
        UnknownNames unknown(ids_, diagnostics);
        for (auto const& [name, wanted] : wanted_) {
            if (wanted.n_articles == 1) continue;
            for (auto const row : wanted.rows)
                answers[row] = {};
            auto const& place = gold_.rows[wanted.rows.front()].article_place;
            if (wanted.n_articles == 0)
                unknown.add("DOS0245", place, "the job has no article \"" + name + "\"", name, wanted.rows.size());
            else
                unknown.tell("DOS0245", place,
                             std::to_string(wanted.n_articles) + " articles of the job go by \"" + name + "\"",
                             wanted.rows.size(), "name it by its id or its path");
        }
        unknown.finish();
    }

private:
    struct Wanted {
        std::vector<std::size_t> rows;
        std::size_t n_articles = 0;
    };
    GoldStances const& gold_;
    std::map<std::string, Wanted, std::less<>> wanted_;
    std::vector<std::string> ids_;
};

void refuse_unknown_claims(GoldStances const& gold, ClaimRegistry const& registry, std::vector<GoldAnswer>& answers,
                           Diagnostics& diagnostics) {
    std::vector<std::string> ids;
    for (auto const& claim : registry.claims)
        ids.push_back(claim.id);
    std::map<std::string, std::vector<std::size_t>> unknown;
    for (std::size_t i = 0; i < gold.rows.size(); ++i)
        if (registry.find_claim(gold.rows[i].claim) == nullptr) unknown[gold.rows[i].claim].push_back(i);
    UnknownNames names(std::move(ids), diagnostics);
    for (auto const& [name, rows] : unknown) {
        for (auto const row : rows)
            answers[row] = {};
        names.add("DOS0244", gold.rows[rows.front()].claim_place, "the registry has no claim \"" + name + "\"", name,
                  rows.size());
    }
    names.finish();
}

}  // namespace

std::vector<GoldAnswer> answer_gold(Job const& job, ClaimRegistry const& registry, GoldStances const& gold,
                                    ReadingSettings const& settings, Lexicon const& lexicon, PluginEngines& engines,
                                    Diagnostics& diagnostics) {
    std::vector<GoldAnswer> answers(gold.rows.size());
    GoldRows rows(gold);
    Engine const engine(registry, lexicon);
    auto const answer = [&](Article const& article, ArticleEvidence const& evidence) {
        auto const stances = article_stances(article, evidence, registry);
        for (auto const row : rows.rows_of(article))
            for (auto const& stance : stances)
                if (stance.condition_id.empty() && stance.claim_id == gold.rows[row].claim)
                    answers[row] = {stance.stance, stance.confidence};
    };
    auto const take = [&](std::vector<Article>& batch) {
        for (auto const& article : batch)
            rows.note(article);
        std::erase_if(batch, [&](Article const& article) { return rows.rows_of(article).empty(); });
        std::vector<ArticleEvidence> evidence(batch.size());
        for_each_index(batch.size(), settings.n_threads,
                       [&](std::size_t i) { evidence[i] = engine.analyse(batch[i], false); });
        engines.decide(batch, evidence, false);
        for (std::size_t i = 0; i < batch.size(); ++i)
            answer(batch[i], evidence[i]);
    };
    read_articles(job, settings, take, diagnostics);
    if (diagnostics.has_errors()) return answers;
    rows.refuse_unclear(answers, diagnostics);
    refuse_unknown_claims(gold, registry, answers, diagnostics);
    return answers;
}

}  // namespace dossier
