#include "recompute.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"
#include "dossier/findings/overrides.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/article_keys.hpp"
#include "dossier/job/known_article.hpp"
#include "dossier/job/last_run.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/store/article_cache.hpp"
#include "exit_code.hpp"
#include "explanation.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

/// What the cache has to say of an article, beside what was found anew.
enum class CacheState { none, same, other };

struct Recomputed {
    Article article;  ///< without sentences
    ArticleEvidence evidence;
    std::vector<ArticleStance> stances;  ///< as they count, of all claims
    CacheState cache = CacheState::none;
};

std::string text_of(ArticleEvidence const& evidence) {
    std::string text;
    append_evidence(text, {}, evidence);
    return text;
}

/// Reads and asks the articles that are meant, from scratch, and looks them up in the cache.
class Recomputation {
public:
    Recomputation(ExplainOptions const& options, LoadedJob const& loaded, PluginEngines& engines)
        : options_(options),
          loaded_(loaded),
          engines_(engines),
          adjudication_(loaded.annotations, *loaded.registry),
          engine_(*loaded.registry, built_in_lexicon()),
          keys_(*loaded.job, *loaded.registry, engines.engines(), options.allow_unsandboxed),
          cache_(std::filesystem::path(options.output) / "cache", CacheUse::look) {}

    void run(Diagnostics& diagnostics) {
        ReadingSettings const settings{options_.threads, options_.allow_unsandboxed};
        read_articles(
            *loaded_.job, settings, [&](std::vector<Article>& batch) { take(batch); }, diagnostics);
        if (diagnostics.has_errors() || cache_.size() == 0) return;
        ArticleMemory memory{cache_, keys_, {}};
        Diagnostics told_already;
        std::size_t next = 0;
        read_or_recall_articles(
            *loaded_.job, find_articles(*loaded_.job), settings, &memory,
            [&](std::vector<Article>& batch, std::vector<Recollection>& recollections) {
                for (std::size_t i = 0; i < batch.size(); ++i) {
                    if (!is_meant(batch[i], options_.article) || next == found_.size()) continue;
                    auto& found = found_[next++];
                    if (!recollections[i].evidence) continue;
                    bool const is_same = text_of(*recollections[i].evidence) == text_of(found.evidence) &&
                                         encode_reading(batch[i], {}) == encode_reading(found.article, {});
                    found.cache = is_same ? CacheState::same : CacheState::other;
                }
            },
            told_already);
    }

    [[nodiscard]] std::vector<Recomputed> const& found() const noexcept { return found_; }
    [[nodiscard]] ArticleKeys const& keys() const noexcept { return keys_; }
    [[nodiscard]] std::string const& last_settings() const noexcept { return cache_.last_settings(); }

private:
    void take(std::vector<Article>& batch) {
        std::erase_if(batch, [&](Article const& article) { return !is_meant(article, options_.article); });
        std::vector<ArticleEvidence> evidence(batch.size());
        for_each_index(batch.size(), options_.threads,
                       [&](std::size_t i) { evidence[i] = engine_.analyse(batch[i], false); });
        engines_.decide(batch, evidence, false);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            adjudication_.read(batch[i], evidence[i]);
            Recomputed one{std::move(batch[i]), std::move(evidence[i]), {}, CacheState::none};
            one.stances = article_stances(one.article, one.evidence, *loaded_.registry);
            apply_overrides(adjudication_.overrides_of(one.article.id), one.evidence.items, one.stances);
            std::vector<Sentence>().swap(one.article.sentences);
            found_.push_back(std::move(one));
        }
    }

    ExplainOptions const& options_;
    LoadedJob const& loaded_;
    PluginEngines& engines_;
    Adjudication adjudication_;
    Engine engine_;
    ArticleKeys keys_;
    ArticleCache cache_;
    std::vector<Recomputed> found_;
};

/// A claim and an article: then and now.
struct Comparison {
    std::string claim_id;
    Recomputed const& now;
    std::optional<std::string> article_id_then;
    std::vector<StoredStance> stances_then, stances_now;
    std::vector<StaleCause> causes;

    [[nodiscard]] bool is_same() const { return stances_then == stances_now; }
    /// Another answer of which nothing tells why.
    [[nodiscard]] bool is_unexplained() const {
        return (causes.empty() && !is_same()) || now.cache == CacheState::other;
    }
};

std::vector<StoredStance> stances_on(std::string const& claim_id, std::vector<ArticleStance> const& stances) {
    std::vector<StoredStance> stored;
    for (auto const& row : stances)
        if (row.claim_id == claim_id)
            stored.push_back({row.condition_id, name_of(row.stance), static_cast<std::int64_t>(row.n_supporting),
                              static_cast<std::int64_t>(row.n_refuting)});
    std::sort(stored.begin(), stored.end(),
              [](StoredStance const& a, StoredStance const& b) { return a.condition_id < b.condition_id; });
    return stored;
}

std::string words_of(StoredStance const& stance) {
    auto const under = stance.condition_id.empty() ? std::string() : "under " + stance.condition_id + ": ";
    return fmt::format("{}{} ({} for, {} against)", under, stance.stance, stance.n_supporting, stance.n_refuting);
}

std::string words_of(std::vector<StoredStance> const& stances) {
    std::string words;
    for (auto const& stance : stances)
        words += (words.empty() ? "" : "; ") + words_of(stance);
    return words.empty() ? "nothing" : words;
}

char const* words_of(CacheState state) {
    switch (state) {
        case CacheState::none: return "nothing that holds now: the next run analyses the article anew";
        case CacheState::same: return "what was found from scratch";
        case CacheState::other: break;
    }
    return "SOMETHING ELSE than was found from scratch: please report it, and delete the folder cache";
}

std::string as_text(Comparison const& comparison, std::string const& run_id) {
    auto const& article = comparison.now.article;
    auto text = fmt::format("{}: {}  {}\n", comparison.claim_id, article.id, display_text(article.path));
    text += "  last run     " + (run_id.empty() ? "there is none" : words_of(comparison.stances_then)) + "\n";
    text += "  from scratch " + words_of(comparison.stances_now) + "\n";
    for (auto const& [part, what] : comparison.causes)
        text += "  stale        " + part + ": " + what + "\n";
    if (comparison.causes.empty() && !run_id.empty()) text += "  stale        nothing\n";
    if (comparison.causes.empty() && !run_id.empty() && !comparison.is_same())
        text += "  THE RESULTS DIFFER though nothing is stale: please report it\n";
    return text + "  cache        " + words_of(comparison.now.cache) + "\n";
}

Json as_json(std::vector<StoredStance> const& stances) {
    Json list = Json::array();
    for (auto const& stance : stances)
        list.push_back({{"condition", stance.condition_id},
                        {"stance", stance.stance},
                        {"n_supporting", stance.n_supporting},
                        {"n_refuting", stance.n_refuting}});
    return list;
}

std::string as_json(Comparison const& comparison, std::string const& run_id) {
    Json causes = Json::array();
    for (auto const& [part, what] : comparison.causes)
        causes.push_back({{"part", part}, {"what", what}});
    auto const cache = comparison.now.cache;
    Json json = {{"claim", comparison.claim_id},
                 {"article", comparison.now.article.id},
                 {"path", comparison.now.article.path},
                 {"last_run", run_id.empty() ? Json() : Json(run_id)},
                 {"last", run_id.empty() ? Json() : as_json(comparison.stances_then)},
                 {"recomputed", as_json(comparison.stances_now)},
                 {"same", run_id.empty() ? Json() : Json(comparison.is_same())},
                 {"stale", causes},
                 {"cache", cache == CacheState::none   ? "none"
                           : cache == CacheState::same ? "same"
                                                       : "other"}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// What there is to say of a claim and an article, held against the last run if there was one.
Comparison compare(Claim const& claim, Recomputed const& now, std::optional<LastRun>& last,
                   std::vector<StaleCause> const& of_all) {
    Comparison comparison{claim.id, now, {}, {}, stances_on(claim.id, now.stances), of_all};
    if (!last) return comparison;
    comparison.article_id_then = last->article_id(now.article.path);
    if (comparison.article_id_then) comparison.stances_then = last->stances(claim.id, *comparison.article_id_then);
    for (auto& cause : last->causes(now.article))
        comparison.causes.insert(comparison.causes.begin(), std::move(cause));
    return comparison;
}

}  // namespace

int recompute_stances(ExplainOptions const& options, LoadedJob const& loaded, PluginEngines& engines,
                      Diagnostics diagnostics) {
    Recomputation recomputation(options, loaded, engines);
    recomputation.run(diagnostics);
    bool const readable = !diagnostics.has_errors();
    diagnostics.append(engines.messages());
    diagnostics.sort();
    print_messages(diagnostics, options);
    if (!readable) return exit_usage;
    if (recomputation.found().empty()) {
        fmt::print(stderr, "dossier: the job has no article \"{}\"\n", display_text(options.article));
        return exit_usage;
    }

    auto last = LastRun::in(options.output);
    auto const run_id = last ? last->run_id() : std::string();
    std::vector<StaleCause> of_all;
    if (last)
        of_all = last->causes(recomputation.keys().parts(), recomputation.last_settings(), loaded.annotations.sha256);
    bool any_unexplained = false;
    for (auto const& claim : loaded.registry->claims) {
        if (!options.claim.empty() && claim.id != options.claim) continue;
        for (auto const& one : recomputation.found()) {
            auto const comparison = compare(claim, one, last, of_all);
            print(options.json ? as_json(comparison, run_id) : as_text(comparison, run_id));
            any_unexplained |= last && comparison.is_unexplained();
        }
    }
    if (any_unexplained) return exit_failed;
    return engines.messages().empty() ? exit_done : exit_plugin_failed;
}

}  // namespace dossier
