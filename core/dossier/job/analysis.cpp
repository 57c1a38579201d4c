#include "dossier/job/analysis.hpp"

#include <utility>

#include "dossier/evidence/engine.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/check_examples.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/sources/apply_declared.hpp"
#include "dossier/sources/find_articles.hpp"
#include "dossier/sources/read_article.hpp"
#include "dossier/sources/web_address.hpp"

namespace dossier {
namespace {

std::vector<std::string> texts_of(std::vector<Phrase> const& phrases) {
    std::vector<std::string> texts;
    for (auto const& phrase : phrases)
        texts.push_back(phrase.text);
    return texts;
}

void report_globs(Job const& job, FoundArticles const& found, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < found.globs.size(); ++i) {
        auto const& glob = found.globs[i];
        auto const& place = job.sources.include[i].place;
        if (!glob.refused.empty()) {
            auto diagnostic = diagnostic_at(Severity::error, "DOS0220", place,
                                            "the glob \"" + glob.glob + "\" is refused: it " + glob.refused);
            diagnostic.notes.push_back("globs are relative to the job's folder and stay inside it");
            diagnostics.add(std::move(diagnostic));
        } else if (glob.n_files == 0) {
            auto diagnostic =
                diagnostic_at(Severity::error, "DOS0221", place, "no article matches the glob \"" + glob.glob + "\"");
            diagnostic.notes.push_back("searched below: " + (job.folder.empty() ? "." : job.folder));
            diagnostics.add(std::move(diagnostic));
        }
    }
}

void report_refused_files(Job const& job, FoundArticles const& found, Diagnostics& diagnostics) {
    for (auto const& path : found.refused_paths)
        diagnostics.add(
            {Severity::warning, "DOS0222", {path}, "is left out: the link leads out of the job's folder", {}, {}});
    for (auto const& folder : found.unreadable_folders)
        diagnostics.add(
            {Severity::warning, "DOS0223", {shown_path(job, folder)}, "the folder could not be listed", {}, {}});
}

/// An address that no document may link to is left out; where a person stated it, that is said.
void keep_web_address(Job const& job, Article& article, Diagnostics& diagnostics) {
    if (article.url.value.empty()) return;
    if (auto address = web_address(article.url.value)) {
        article.url.value = std::move(*address);
        return;
    }
    if (!article.url.proposed) {
        Diagnostic warning{Severity::warning, "DOS0322", {shown_path(job, article.path)}, {}, {}, {}};
        warning.message =
            "the url \"" + article.url.value.substr(0, 200) + "\" is left out (" + article.url.origin + ")";
        warning.notes.push_back("a url begins with https:// or http:// and holds no white space");
        diagnostics.add(std::move(warning));
    }
    article.url = {};
}

std::string digest_of_inputs(Job const& job, std::vector<Article> const& articles) {
    Sha256 digest;
    auto const add = [&](std::string const& text) {
        digest.update(text);
        digest.update(std::string_view("\0", 1));
    };
    for (auto const& article : articles) {
        add(article.path);
        add(article.sha256);
    }
    for (auto const& source : job.declared)
        for (auto const* value :
             {&source.path, &source.title, &source.author, &source.published, &source.publisher, &source.url,
              &source.study_design, &source.conflict_of_interest, &source.funding, &source.rests_on})
            add(*value);
    return digest.hex();
}

}  // namespace

std::vector<Article> read_articles(Job const& job, AnalysisSettings const& settings, Diagnostics& diagnostics) {
    auto const found = find_articles(job.folder, texts_of(job.sources.include), texts_of(job.sources.exclude));
    report_globs(job, found, diagnostics);
    report_refused_files(job, found, diagnostics);
    if (diagnostics.has_errors()) return {};

    ReadOptions options;
    options.max_bytes = job.limits.article_bytes;
    std::vector<Article> articles(found.articles.size());
    std::vector<Diagnostics> messages(found.articles.size());
    for_each_index(found.articles.size(), settings.n_threads, [&](std::size_t i) {
        articles[i] = read_article_file(found.articles[i].id, job.folder, found.articles[i].path, options, messages[i]);
    });
    for (auto const& message : messages)
        diagnostics.append(message);
    apply_declared(job.declared, articles, diagnostics);
    for (auto& article : articles)
        keep_web_address(job, article, diagnostics);
    return articles;
}

JobAnalysis analyse(Job const& job, ClaimRegistry const& registry, Lexicon const& lexicon,
                    AnalysisSettings const& settings) {
    JobAnalysis analysis;
    analysis.articles = read_articles(job, settings, analysis.diagnostics);
    if (analysis.diagnostics.has_errors()) return analysis;

    Engine const engine(registry, lexicon);
    warn_of_claims_without_cues(engine, registry, analysis.diagnostics);
    analysis.diagnostics.sort();
    analysis.evidence.resize(analysis.articles.size());
    for_each_index(analysis.articles.size(), settings.n_threads, [&](std::size_t i) {
        analysis.evidence[i] = engine.analyse(analysis.articles[i], settings.keep_decisions);
    });
    analysis.findings = summarise(analysis.articles, registry, analysis.evidence);
    analysis.inputs_sha256 = digest_of_inputs(job, analysis.articles);
    return analysis;
}

}  // namespace dossier
