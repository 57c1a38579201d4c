#include "dossier/job/run_job.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <map>
#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/statement_model.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/history/published_sets.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/manifest.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/plugin_notes.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/job/rendering.hpp"
#include "dossier/job/same_inputs.hpp"
#include "dossier/job/verdicts.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/heap.hpp"
#include "dossier/plugin/options.hpp"
#include "dossier/plugin/worker_client.hpp"
#include "dossier/store/analysed_quotes.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "dossier/store/article_cache.hpp"
#include "dossier/store/comparison.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr char const* analysis_file = "analysis.sqlite";

struct FileDigest {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// nullopt if the file cannot be read.
std::optional<FileDigest> digest_of_file(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::vector<char> buffer(256 * 1024);
    FileDigest digest;
    Sha256 hash;
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        auto const n = static_cast<std::size_t>(file.gcount());
        hash.update({buffer.data(), n});
        digest.bytes += n;
    }
    if (file.bad()) return std::nullopt;
    digest.sha256 = hash.hex();
    return digest;
}

/// The set that `latest` leads to, as it was found when the run began.
struct LatestSet {
    std::string run_id;
    std::optional<ManifestSummary> manifest;
    bool is_whole = false;  ///< every file is as it was published
};

/// One run of a job: the state that its steps hand on.
class JobRun {
public:
    JobRun(Job const& job, ClaimRegistry const& registry, std::vector<ResolvedOutput> const& outputs,
           std::vector<ResolvedEngine> const& engines, OutputLock const& held, RunSettings const& settings)
        : job_(job),
          registry_(registry),
          outputs_(outputs),
          engines_(engines),
          output_(held.folder()),
          settings_(settings) {}

    RunOutcome run() {
        step("reading " + job_.path);
        look_at_latest();
        if (is_made_of_the_same()) return std::move(outcome_);
        read_and_store();
        if (analysis_.refused) return std::move(outcome_);
        outcome_.key = key();
        if (is_published()) return std::move(outcome_);
        compare();
        render();
        publish();
        return std::move(outcome_);
    }

private:
    void step(std::string_view what) const {
        if (settings_.step) settings_.step(what);
    }

    void read_and_store() {
        std::optional<ArticleCache> cache;
        if (settings_.use_cache) cache.emplace(output_ / "cache");
        if (read_and_store(cache ? &*cache : nullptr)) return;
        set_.reset();
        (void)read_and_store(nullptr);
    }

    /// What is read goes into the database batch by batch, and nothing of it is kept but what sums up.
    /// @return false: to be done again without the cache (StreamedAnalysis::again_without_cache)
    [[nodiscard]] bool read_and_store(ArticleCache* cache) {
        AnalysisSettings settings;
        settings.cache = cache;
        settings.n_threads = settings_.n_threads;
        settings.allow_unsandboxed = settings_.allow_unsandboxed;
        auto workers = worker_settings();
        workers.scratch_folder = output_;
        PluginEngines engines(registry_, engines_, workers);
        settings.engines = &engines;
        Adjudication adjudication(settings_.annotations, registry_);
        settings.adjudication = &adjudication;
        std::optional<AnalysisWriter> writer;  // made when the job's sources were found to be in order
        std::optional<Summing> summing;
        auto const begin = [&] {
            if (writer) return;
            set_.emplace(output_);
            summing.emplace(registry_, set_->path());
            writer.emplace((set_->path() / analysis_file).string());
            writer->add_registry(registry_, engines.deciders());
        };
        auto const take = [&](std::vector<Article> const& articles, std::vector<ArticleEvidence>& evidence) {
            begin();
            for (std::size_t i = 0; i < articles.size(); ++i) {
                auto const overrides = adjudication.overrides_of(articles[i].id);
                auto const stances = summing->add(articles[i], evidence[i], overrides);
                add_quotes(overrides, evidence[i]);
                writer->add_article(articles[i], evidence[i], stances);
            }
        };
        analysis_ = analyse_in_batches(job_, registry_, make_built_in_lexicon(), settings, take,
                                       std::exchange(found_, std::nullopt));
        if (analysis_.again_without_cache) return false;
        for (auto const& account : engines.accounts())
            notes_.take(account, analysis_file);
        outcome_.plugin_failed = notes_.any_failed();
        outcome_.diagnostics.append(analysis_.diagnostics);
        outcome_.warnings = analysis_.diagnostics.has_warnings_or_errors();
        refuse_contradictions(adjudication);
        if (analysis_.refused) return true;
        begin();
        step("summing up " + std::to_string(analysis_.n_articles) + " articles, " +
             std::to_string(analysis_.n_articles - analysis_.n_recalled) + " of them analysed anew");
        give_back_free_memory();
        auto const summary = summing->finish();
        summing.reset();  // what is sorted next needs room
        outcome_.warnings |= summary.any_not_assessable;
        writer->add_summary(summary);
        verdicts_ = verdicts_of(registry_, summary);
        writer->add_annotations(adjudication.outcomes(), adjudication.agreement(), adjudication.confusion());
        writer->add_diagnostics(relative_to_job(analysis_.diagnostics));
        writer->add_components(components());
        writer->finish({job_.title, job_.as_of, DOSSIER_VERSION, analysis_.inputs_sha256, registry_.sha256,
                        settings_.annotations.sha256, built_in_lexicon_sha256(), StatementModel::built_in_sha256(),
                        job_.sha256});
        return true;
    }

    /// Of two people's decisions in force that contradict each other nothing says which one holds.
    void refuse_contradictions(Adjudication const& adjudication) {
        auto const contradictions = adjudication.contradictions();
        analysis_.refused |= !contradictions.empty();
        outcome_.diagnostics.append(contradictions);
    }

    /// In the order in which the job names them, each once, with the options of all its uses.
    [[nodiscard]] std::vector<ComponentInfo> components() const {
        std::vector<ComponentInfo> found;
        std::map<std::string, std::size_t> places;
        for_each_component([&](ResolvedComponent const& component) {
            auto const options = component.options.empty() ? "" : sha256_hex(digest_text(component.options));
            auto const [place, is_new] = places.try_emplace(component_of(component), found.size());
            if (!is_new) {
                auto& known = found[place->second].options_sha256;
                if (known != options) known = sha256_hex(known + options);
                return;
            }
            auto const* plugin = component.plugin;
            found.push_back({name_of(component.description.kind), component.description.name,
                             plugin != nullptr ? plugin->metadata.version : "", plugin != nullptr ? plugin->sha256 : "",
                             options});
        });
        return found;
    }

    [[nodiscard]] WorkerSettings worker_settings() const {
        WorkerSettings settings;
        settings.limits = job_.limits;
        settings.allow_unsandboxed = settings_.allow_unsandboxed;
        settings.when_crashed = settings_.when_crashed;
        return settings;
    }

    /// SHA-256 over everything that decides the outputs.
    [[nodiscard]] std::string key() const {
        Sha256 digest;
        auto const add = [&](std::string_view text) {
            digest.update(text);
            digest.update(std::string_view("\0", 1));
        };
        for (auto const* part :
             {&job_.sha256, &registry_.sha256, &settings_.annotations.sha256, &analysis_.inputs_sha256})
            add(*part);
        add(DOSSIER_VERSION);
        add(built_in_lexicon_sha256());
        add(StatementModel::built_in_sha256());
        if (!settings_.stated_as_of.empty()) add("as of " + settings_.stated_as_of);
        add(settings_.allow_unsandboxed ? "plugins may run without a sandbox" : "");
        for_each_component([&](ResolvedComponent const& component) {
            bool const is_kept_off =  // by a person; one that crashed gives what it gave then
                component.plugin != nullptr && !component.plugin->unusable.empty() && component.plugin->crash.empty();
            add(component.plugin != nullptr && !is_kept_off ? component.plugin->sha256 : component.failure);
        });
        return digest.hex();
    }

    template <class Visit>
    void for_each_component(Visit const& visit) const {
        for (auto const& engine : engines_)
            visit(engine.component);
        for (auto const& output : outputs_) {
            for (auto const& report : output.reports)
                visit(report);
            visit(output.format);
        }
    }

    void look_at_latest() {
        auto const run_id = latest_set(output_);
        if (!run_id || run_id->empty()) return;
        latest_.emplace();
        latest_->run_id = *run_id;
        latest_->manifest = published_summary(output_, *run_id);
        latest_->is_whole = latest_->manifest && stands(*run_id, *latest_->manifest);
    }

    /// Whether the files alone tell that the latest set would be made again: then nothing is analysed.
    bool is_made_of_the_same() {
        // What the manifest says of job and registry spares reading the files where the answer is no anyway; the key decides.
        bool const may_be = settings_.use_cache && engines_.empty() && !registry_.claims.empty() && latest_ &&
                            latest_->is_whole && latest_->manifest->complete &&
                            latest_->manifest->job_sha256 == job_.sha256 &&
                            latest_->manifest->registry_sha256 == registry_.sha256;
        if (!may_be) return false;
        found_ = find_articles(job_);
        auto same = same_inputs(job_, *found_, output_ / "runs" / latest_->run_id / analysis_file);
        if (!same) return false;
        analysis_.inputs_sha256 = std::move(same->sha256);
        if (key() != latest_->manifest->key) return false;
        outcome_.key = latest_->manifest->key;
        outcome_.warnings = same->messages.has_warnings_or_errors() || same->any_not_assessable;
        outcome_.diagnostics.append(same->messages);
        take_latest();
        return true;
    }

    /// Nothing is published: the latest set is what this run would have made.
    void take_latest() {
        outcome_.unchanged = true;
        outcome_.published = output_ / "runs" / latest_->run_id;
        for (auto const& file : latest_->manifest->outputs)
            outcome_.files.push_back(file.file);
    }

    /// Whether the latest set is of the same inputs, whole and as it was made: then there is nothing to make.
    bool is_published() {
        if (!latest_) return false;
        auto const& [run_id, manifest, is_whole] = *latest_;
        manifest_.compared_with = run_id;
        if (!is_whole) {
            outcome_.diagnostics.add({Severity::warning,
                                      "DOS0525",
                                      {(output_ / "runs" / run_id).string(), 0, 0, 0},
                                      "the latest set is no longer as it was published, so another is made",
                                      {},
                                      {"a file of it was changed, damaged or removed, or could not be read"}});
            outcome_.warnings = true;
        }
        if (!is_whole || manifest->key != outcome_.key) return false;
        if (!manifest->complete) {  // made again, since what failed may work now
            last_failed_ = run_id;
            manifest_.compared_with = manifest->compared_with;
            return false;
        }
        take_latest();
        return true;
    }

    /// Writes into the database what changed since the set before.
    void compare() {
        auto const database = (set_->path() / analysis_file).string();
        auto const before = output_ / "runs" / manifest_.compared_with / analysis_file;
        if (!fs::exists(before)) manifest_.compared_with.clear();  // removed, or moved away
        if (manifest_.compared_with.empty()) return;
        try {
            bool const is_latest = latest_ && latest_->run_id == manifest_.compared_with;
            add_changes(database, before.string(),
                        is_latest && latest_->is_whole ? Earlier::is_as_written : Earlier::may_be_edited);
        } catch (Failure const& failure) {
            if (failure.path() != before) throw;
            outcome_.diagnostics.add({Severity::warning,
                                      "DOS0524",
                                      {before.string(), 0, 0, 0},
                                      "the set before cannot be compared with, so this one counts as the first",
                                      {},
                                      {failure.what()}});
            outcome_.warnings = true;
            manifest_.compared_with.clear();
        }
    }

    /// An id that no set has yet.
    [[nodiscard]] std::string free_run_id() const {
        auto const base = job_.as_of + "-" + outcome_.key.substr(0, 12);
        auto id = base;
        for (int n = 2; fs::exists(output_ / "runs" / id); ++n)
            id = base + "-" + std::to_string(n);
        return id;
    }

    /// Whether every file of a published set is still as it was.
    [[nodiscard]] bool stands(std::string const& run_id, ManifestSummary const& summary) const {
        return std::all_of(summary.outputs.begin(), summary.outputs.end(), [&](ManifestOutput const& output) {
            auto const file = digest_of_file(output_ / "runs" / run_id / output.file);
            return file && file->bytes == output.bytes && file->sha256 == output.sha256;
        });
    }

    /// Places relative to the job's folder, and nothing of where plugins lie, so that the database does not depend on where the job
    /// was started from, nor on which machine.
    [[nodiscard]] Diagnostics relative_to_job(Diagnostics const& shown) const {
        auto const prefix = shown_path(job_, "");
        Diagnostics relative;
        for (auto diagnostic : shown.items()) {
            if (prefix.ends_with('/') && diagnostic.place.file.starts_with(prefix))
                diagnostic.place.file.erase(0, prefix.size());
            if (diagnostic.code == "DOS0522") std::erase_if(diagnostic.notes, is_of_this_machine);
            relative.add(std::move(diagnostic));
        }
        return relative;
    }

    void render() {
        Rendering rendering(job_, outputs_, worker_settings(), analysis_.checked, notes_);
        DocumentHead const head{job_.title, job_.as_of, registry_.language, "Dossier " DOSSIER_VERSION, verdicts_};
        manifest_.outputs = rendering.render(set_->path(), set_->path() / analysis_file, head, settings_.step);
        auto const& warnings = rendering.warnings();
        outcome_.warnings |= !warnings.empty();
        outcome_.plugin_failed = notes_.any_failed();
        outcome_.diagnostics.append(warnings);
    }

    void publish() {
        step("publishing");
        auto const run_id = free_run_id();
        auto const& folder = set_->path();
        fill_manifest(folder, run_id);
        if (failed_as_before(folder)) {
            outcome_.unchanged = true;
            outcome_.published = output_ / "runs" / last_failed_;
        } else {
            outcome_.published =
                set_->publish(run_id, [&](auto const& write) { write_manifest(manifest_, inputs_in(folder), write); });
        }
        for (auto const& output : manifest_.outputs)
            outcome_.files.push_back(output.file);
    }

    /// A plugin that fails the same way every time must not fill the disk with equal sets.
    [[nodiscard]] bool failed_as_before(fs::path const& folder) const {
        if (last_failed_.empty()) return false;
        auto same = manifest_;
        same.run_id = last_failed_;
        Sha256 hash;
        write_manifest(same, inputs_in(folder), [&](std::string_view part) { hash.update(part); });
        return published_manifest_sha256(output_, last_failed_) == hash.hex();
    }

    /// The articles, out of the database.
    [[nodiscard]] static ManifestInputs inputs_in(fs::path const& folder) {
        return [database = (folder / analysis_file).string()](auto const& take) {
            AnalysedQuotes(database).for_each_article([&](AnalysedArticle const& article) {
                take({article.path, article.sha256});
            });
        };
    }

    void fill_manifest(fs::path const& folder, std::string const& run_id) {
        manifest_.run_id = run_id;
        manifest_.key = outcome_.key;
        manifest_.tool_version = DOSSIER_VERSION;
        manifest_.job_title = job_.title;
        manifest_.as_of = job_.as_of;
        manifest_.job_sha256 = job_.sha256;
        manifest_.registry_sha256 = registry_.sha256;
        manifest_.annotations_sha256 = settings_.annotations.sha256;
        manifest_.lexicon_sha256 = built_in_lexicon_sha256();
        manifest_.statement_model_sha256 = StatementModel::built_in_sha256();
        manifest_.unsandboxed = notes_.any_unsandboxed();
        manifest_.failures = notes_.failures();
        add_plugins();
        auto const database = digest_of_file(folder / analysis_file);
        if (!database)
            throw Failure(FailureKind::publish, "could not read back " + (folder / analysis_file).string(),
                          (folder / analysis_file).string());
        manifest_.outputs.push_back({analysis_file, database->bytes, database->sha256});
        std::sort(manifest_.outputs.begin(), manifest_.outputs.end(),
                  [](auto const& a, auto const& b) { return a.file < b.file; });
    }

    void add_plugins() {
        std::map<std::string, ManifestPlugin> plugins;
        auto const add = [&](ResolvedComponent const& component) {
            if (component.plugin == nullptr) return;
            auto const& plugin = *component.plugin;
            plugins[component_of(component)] = {component_of(component), fs::path(plugin.path).filename().string(),
                                                plugin.metadata.version, plugin.sha256};
        };
        for_each_component(add);
        for (auto& [component, plugin] : plugins)
            manifest_.plugins.push_back(std::move(plugin));
    }

    Job const& job_;
    ClaimRegistry const& registry_;
    std::vector<ResolvedOutput> const& outputs_;
    std::vector<ResolvedEngine> const& engines_;
    fs::path const& output_;  ///< locked
    RunSettings const& settings_;
    RunOutcome outcome_;
    StreamedAnalysis analysis_;
    std::optional<LatestSet> latest_;     ///< none: there is none, or it cannot be told which
    std::optional<FoundArticles> found_;  ///< until they are read
    std::optional<StagedSet> set_;        ///< in the making; none when the job was refused
    std::vector<Verdict> verdicts_;
    Manifest manifest_;
    std::string last_failed_;  ///< id of the latest set, if it is of the same key and a plugin failed in it; else empty
    PluginNotes notes_{outcome_.diagnostics};
};

}  // namespace

RunOutcome run_job(Job const& job, ClaimRegistry const& registry, std::vector<ResolvedOutput> const& outputs,
                   std::vector<ResolvedEngine> const& engines, OutputLock const& held,
                   RunSettings const& settings) try {
    return JobRun(job, registry, outputs, engines, held, settings).run();
} catch (Failure const& failure) {
    // Whatever the world refuses a run, what matters to who started it is that nothing was published.
    if (failure.kind() != FailureKind::io && failure.kind() != FailureKind::store) throw;
    throw Failure(FailureKind::publish, failure.what(), failure.path(), failure.system_error());
} catch (fs::filesystem_error const& error) {
    throw Failure(FailureKind::publish, error.what(), error.path1().string(), error.code().value());
} catch (std::bad_alloc const&) {
    throw Failure(FailureKind::publish, "memory ran out, so nothing was published", {}, ENOMEM);
}

}  // namespace dossier
