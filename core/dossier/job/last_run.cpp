#include "dossier/job/last_run.hpp"

#include <algorithm>
#include <utility>

#include "dossier/history/published_sets.hpp"

namespace dossier {
namespace {

std::string value_of(RunParts const& parts, std::string_view name) {
    auto const found = std::find_if(parts.begin(), parts.end(), [&](auto const& part) { return part.first == name; });
    return found == parts.end() ? std::string() : found->second;
}

/// How people call a part of what a run goes by (ArticleKeys::parts), once it has changed.
StaleCause cause_of(std::string const& name) {
    if (name == "program") return {"program", "Dossier or a library of it is another build"};
    if (name == "registry") return {"registry", "the registry has changed"};
    if (name == "lexicon") return {"rules", "the rules for words and phrases have changed"};
    if (name == "statement model") return {"rules", "the statement model has changed"};
    if (name == "limit of an article") return {"limits", "the job allows articles of another size"};
    if (name == "sandbox") return {"sandbox", "whether plugins may run without a sandbox has changed"};
    if (name.starts_with("engine "))
        return {"plugin engine:" + name.substr(7), "the engine, its options, its claims or its worker have changed"};
    return {name, "it has changed"};
}

void add_once(std::vector<StaleCause>& causes, StaleCause cause) {
    auto const is_same = [&](StaleCause const& known) { return known.part == cause.part && known.what == cause.what; };
    if (std::none_of(causes.begin(), causes.end(), is_same)) causes.push_back(std::move(cause));
}

}  // namespace

LastRun::LastRun(std::string run_id, std::string const& database)
    : run_id_(std::move(run_id)), file_(database, AnalysisFile::Access::read) {}

std::optional<LastRun> LastRun::in(std::filesystem::path const& output) {
    auto id = latest_set(output);
    if (!id || id->empty()) return std::nullopt;
    auto const database = (output / "runs" / *id / "analysis.sqlite").string();
    return LastRun(std::move(*id), database);
}

std::vector<StaleCause> LastRun::causes(RunParts const& now, std::string_view settings,
                                        std::string const& annotations_sha256) {
    std::vector<StaleCause> causes;
    Query run(file_,
              "SELECT registry_sha256, lexicon_sha256, statement_model_sha256, annotations_sha256 FROM run LIMIT 1");
    if (!run.next()) file_.fail("it says nothing of its run");
    int column = 0;
    for (auto const* name : {"registry", "lexicon", "statement model"})
        if (run.text(column++) != value_of(now, name)) add_once(causes, cause_of(name));
    if (run.text(column) != annotations_sha256) add_once(causes, {"annotations", "what people decided has changed"});
    auto const then = run_parts_in(settings);
    for (auto const& [name, value] : now)
        if (!then.empty() && value_of(then, name) != value) add_once(causes, cause_of(name));
    for (auto const& [name, value] : then)
        if (value_of(now, name).empty()) add_once(causes, cause_of(name));
    return causes;
}

std::vector<StaleCause> LastRun::causes(Article const& article) {
    Query query(file_, "SELECT sha256 FROM articles WHERE path = ?1 LIMIT 1");
    if (!query.with(article.path).next()) return {{"file", "the article was not there"}};
    if (query.text(0) == article.sha256) return {};
    return {{"file", "the article's file has changed"}};
}

std::optional<std::string> LastRun::article_id(std::string const& path) {
    Query query(file_, "SELECT article_id FROM articles WHERE path = ?1 LIMIT 1");
    return query.with(path).next() ? std::optional(std::string(query.text(0))) : std::nullopt;
}

std::vector<StoredStance> LastRun::stances(std::string const& claim_id, std::string const& article_id) {
    std::vector<StoredStance> stances;
    Query query(file_,
                "SELECT condition_id, stance, n_supporting, n_refuting FROM stances"
                " WHERE claim_id = ?1 AND article_id = ?2 ORDER BY condition_id");
    for (query.with(claim_id).with(article_id); query.next();)
        stances.push_back({std::string(query.text(0)), std::string(query.text(1)), query.number(2), query.number(3)});
    return stances;
}

}  // namespace dossier
