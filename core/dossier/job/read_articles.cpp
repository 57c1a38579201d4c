#include "dossier/job/read_articles.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "dossier/job/job_file.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/pdf_reader.hpp"
#include "dossier/sources/apply_declared.hpp"
#include "dossier/sources/find_articles.hpp"
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

/// Messages about the parts of one file, so that an export of a million records without abstracts does not fill the
/// screen.
class BoundedMessages {
public:
    explicit BoundedMessages(Diagnostics& out) noexcept : out_(out) {}

    void add(Diagnostics const& messages, std::string const& file) {
        for (auto const& message : messages.items()) {
            auto& seen = seen_[{file, message.code}];
            if (++seen.n <= most)
                out_.add(message);
            else
                seen.severity = message.severity;
        }
    }
    void tell_the_rest() {
        for (auto const& [key, seen] : seen_)
            if (seen.n > most)
                out_.add({seen.severity,
                          key.second,
                          {key.first},
                          std::to_string(seen.n - most) + " more like these",
                          {},
                          {}});
    }

private:
    static constexpr std::size_t most = 20;
    struct Seen {
        std::size_t n = 0;
        Severity severity = Severity::note;
    };
    Diagnostics& out_;
    std::map<std::pair<std::string, std::string>, Seen> seen_;  // by file and code
};

/// Collects inputs until they are worth the threads' while, then reads them.
class BatchReader {
public:
    BatchReader(Job const& job, ReadingSettings const& settings, std::function<void(std::vector<Article>&)> const& take,
                Diagnostics& diagnostics)
        : job_(job),
          settings_(settings),
          options_(read_options(job, settings.allow_unsandboxed)),
          take_(take),
          diagnostics_(diagnostics),
          declared_(job.declared, diagnostics),
          messages_(diagnostics) {}

    void add(ArticleInput&& input) {
        bytes_ += input.bytes.size();
        inputs_.push_back(std::move(input));
        if (inputs_.size() >= most_inputs || bytes_ >= most_bytes) read();
    }

    void finish() {
        read();
        messages_.tell_the_rest();
        declared_.report_unused(diagnostics_);
    }

private:
    static constexpr std::size_t most_inputs = 512;
    static constexpr std::size_t most_bytes = std::size_t{16} << 20;

    void read() {
        if (inputs_.empty()) return;
        std::vector<Article> articles(inputs_.size());
        std::vector<Diagnostics> messages(inputs_.size());
        for_each_index(inputs_.size(), settings_.n_threads,
                       [&](std::size_t i) { articles[i] = read_article(inputs_[i], options_, messages[i]); });
        for (std::size_t i = 0; i < articles.size(); ++i) {
            messages_.add(messages[i], articles[i].origin.file);
            auto& article = articles[i];
            // The id of a file never has "#" or comes twice, but a folder may be named as an export is.
            if (!ids_.insert(article.id).second) {
                article.id = article.path;
                ids_.insert(article.id);
            }
            declared_.apply_to(article);
            keep_web_address(job_, article, diagnostics_);
        }
        inputs_.clear();
        bytes_ = 0;
        take_(articles);
    }

    Job const& job_;
    ReadingSettings const& settings_;
    ReadOptions const options_;
    std::function<void(std::vector<Article>&)> const& take_;
    Diagnostics& diagnostics_;
    DeclaredSources declared_;
    BoundedMessages messages_;
    std::set<std::string> ids_;
    std::vector<ArticleInput> inputs_;
    std::size_t bytes_ = 0;
};

}  // namespace

InputOptions input_options(Job const& job) {
    InputOptions options;
    options.max_article_bytes = job.limits.article_bytes;
    options.max_container_bytes = job.limits.container_bytes;
    options.max_container_files = job.limits.container_files;
    options.max_container_ratio = job.limits.container_ratio;
    options.max_container_depth = job.limits.container_depth;
    options.exclude = texts_of(job.sources.exclude);
    for (auto const& table : job.sources.tables)
        options.columns.push_back({texts_of(table.files), table.columns});
    return options;
}

ReadOptions read_options(Job const& job, bool allow_unsandboxed) {
    ReadOptions options;
    options.max_bytes = job.limits.article_bytes;
    PdfReaderSettings pdf;
    pdf.allow_unsandboxed = allow_unsandboxed;
    options.read_pdf = make_pdf_reader(pdf);
    return options;
}

void read_articles(Job const& job, ReadingSettings const& settings,
                   std::function<void(std::vector<Article>& batch)> const& take, Diagnostics& diagnostics) {
    auto const found = find_articles(job.folder, texts_of(job.sources.include), texts_of(job.sources.exclude));
    report_globs(job, found, diagnostics);
    report_refused_files(job, found, diagnostics);
    if (diagnostics.has_errors()) return;

    BatchReader reader(job, settings, take, diagnostics);
    auto const options = input_options(job);
    for (auto const& file : found.articles)
        for_each_input(
            job.folder, file.path, file.id, options,
            [&](ArticleInput&& input) {
                reader.add(std::move(input));
                return true;
            },
            diagnostics);
    reader.finish();
}

}  // namespace dossier
