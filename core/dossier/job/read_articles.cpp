#include "dossier/job/read_articles.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/near_path.hpp"
#include "dossier/job/checked_quotes.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/known_article.hpp"
#include "dossier/job/parallel.hpp"
#include "dossier/job/pdf_reader.hpp"
#include "dossier/sources/apply_declared.hpp"
#include "dossier/sources/unicode.hpp"
#include "dossier/sources/web_address.hpp"

namespace dossier {
namespace {

bool names_folder(Job const& job, std::string const& glob) {
    std::error_code error;
    return std::filesystem::is_directory(std::filesystem::path(job.folder) / glob, error);
}

/// "articles/" and "articles" -> "articles/*"
std::string within_folder(std::string const& folder, std::string const& glob) {
    return (std::filesystem::path(folder) / glob).generic_string();
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
            add_near_path(diagnostic, job.folder, glob.glob);
            if (names_folder(job, glob.glob))
                diagnostic.notes.push_back("it is a folder: write \"" + within_folder(glob.glob, "*") +
                                           "\" for the files in it, \"" + within_folder(glob.glob, "**") +
                                           "\" for those in its folders too");
            diagnostic.notes.push_back("searched below: " + (job.folder.empty() ? "." : job.folder));
            diagnostics.add(std::move(diagnostic));
        }
    }
}

/// A path as documents may hold it: what is no UTF-8 as "\xF6".
std::string in_utf8(std::string const& path) {
    return sources::is_valid_utf8(path) ? path : display_text(path);
}

void report_refused_files(Job const& job, FoundArticles const& found, Diagnostics& diagnostics) {
    for (auto const& path : found.refused_paths)
        diagnostics.add({Severity::warning,
                         "DOS0222",
                         {in_utf8(path)},
                         "is left out: the link leads out of the job's folder",
                         {},
                         {}});
    for (auto const& path : found.misnamed_paths)
        diagnostics.add({Severity::warning,
                         "DOS0224",
                         {shown_path(job, in_utf8(path))},
                         sources::is_valid_utf8(path)
                             ? "is left out: there is a line break or another control character in its name"
                             : "is left out: its name is not UTF-8, so that no document could name it",
                         {},
                         {"rename the file, or unpack it with its names converted (unzip -O, convmv)"}});
    // Not a warning: articles that cannot be seen would read as articles that are gone.
    for (auto const& folder : found.unreadable_folders)
        diagnostics.add(
            {Severity::error, "DOS0223", {shown_path(job, in_utf8(folder))}, "the folder could not be listed", {}, {}});
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

/// Ids by a hash of 64 bits, open addressing: nine to eighteen bytes each. Two ids of one hash cost one of them its plain name.
class TakenIds {
public:
    /// @return false if it was taken
    bool insert(std::string_view id) {
        if (8 * (n_ + 1) > 7 * slots_.size()) grow();
        auto& slot = slot_of(slots_, hash(id));
        if (slot != 0) return false;
        slot = hash(id);
        ++n_;
        return true;
    }

private:
    static std::uint64_t hash(std::string_view id) noexcept {
        std::uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a, so that it is the same on every platform
        for (char const c : id)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
        return hash == 0 ? 1 : hash;
    }
    static std::uint64_t& slot_of(std::vector<std::uint64_t>& slots, std::uint64_t hash) noexcept {
        auto i = (hash ^ hash >> 32) & (slots.size() - 1);
        while (slots[i] != 0 && slots[i] != hash)
            i = (i + 1) & (slots.size() - 1);
        return slots[i];
    }
    void grow() {
        std::vector<std::uint64_t> larger(std::max<std::size_t>(1024, 2 * slots_.size()));
        for (auto const hash : slots_)
            if (hash != 0) slot_of(larger, hash) = hash;
        slots_ = std::move(larger);
    }
    std::vector<std::uint64_t> slots_;  ///< 0: free
    std::size_t n_ = 0;
};

/// Collects inputs until they are worth the threads' while, then reads them.
class BatchReader {
public:
    BatchReader(Job const& job, ReadingSettings const& settings, ArticleMemory* memory, TakeRead const& take,
                Diagnostics& diagnostics)
        : job_(job),
          settings_(settings),
          options_(read_options(job, settings.allow_unsandboxed)),
          memory_(memory),
          take_(take),
          diagnostics_(diagnostics),
          declared_(job.declared, diagnostics) {}

    /// @param state  of its file, from before that was opened
    void add(ArticleInput&& input, std::uint64_t state) {
        bytes_ += input.bytes.size();
        states_.push_back(state);
        contexts_.push_back(digest_of_context(input));
        inputs_.push_back(std::move(input));
        if (inputs_.size() >= settings_.batch || bytes_ >= most_bytes) read();
    }

    /// What there is to say about a file as a whole, or about parts of it that are no articles.
    void add_messages(Diagnostics const& messages, std::string const& file) {
        messages_.add(messages, file, diagnostics_);
    }

    void finish() {
        read();
        messages_.tell_the_rest(diagnostics_);
        declared_.report_unused(diagnostics_);
    }

private:
    static constexpr std::size_t most_bytes = std::size_t{16} << 20;

    /// One input and what comes of it.
    struct Reading {
        Article article;
        Diagnostics messages;
        Recollection recollection;
        std::string asked_as;            ///< of recollection.evidence: KnownArticle::asked_as
        bool is_known = false;           ///< the article is that of an earlier run
        bool is_read_otherwise = false;  ///< it was, but reading it again came to something else
    };

    void read() {
        if (inputs_.empty()) return;
        auto readings = recall_or_read();
        for (auto& reading : readings) {
            make_id_unique(reading.article);
            declared_.apply_to(reading.article);
        }
        settle(readings);
        for (auto& reading : readings)
            if (reading.is_read_otherwise) declared_.apply_to(reading.article);
        std::vector<Article> articles;
        std::vector<Recollection> recollections;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            auto& reading = readings[i];
            reading.recollection.context = std::move(contexts_[i]);
            keep_web_address(job_, reading.article, reading.messages);
            messages_.add(reading.messages, reading.article.origin.file, diagnostics_);
            articles.push_back(std::move(reading.article));
            recollections.push_back(std::move(reading.recollection));
        }
        inputs_.clear();
        contexts_.clear();
        states_.clear();
        bytes_ = 0;
        take_(articles, recollections);
    }

    /// Recalling an article takes so little that starting threads for it costs more than it saves.
    std::vector<Reading> recall_or_read() {
        std::vector<Reading> readings(inputs_.size());
        std::vector<std::size_t> unknown;
        for (std::size_t i = 0; i < inputs_.size(); ++i)
            if (!recall(i, readings[i])) unknown.push_back(i);
        for_each_index(unknown.size(), settings_.n_threads,
                       [&](std::size_t i) { read_anew(unknown[i], readings[unknown[i]]); });
        return readings;
    }

    /// @param reading  has the key under which it may be kept
    void read_anew(std::size_t i, Reading& reading) const {
        auto const& input = inputs_[i];
        auto const key = std::exchange(reading.recollection.key, std::nullopt);
        bool all_memory = true;
        reading.article = read_one(input, reading.messages, all_memory);
        if (!key || !all_memory || !comes_again(input, reading.messages)) return;
        reading.recollection.key = key;
        reading.recollection.reading = encode_reading(reading.article, reading.messages);
    }

    /// @param reading  gets the key, and all else where it is known
    /// @return false: it is to be read
    bool recall(std::size_t i, Reading& reading) {
        if (memory_ == nullptr) return false;
        auto const& input = inputs_[i];
        auto const& key = reading.recollection.key = memory_->keys.key_of(input, contexts_[i]);
        if (!key) return false;
        auto const entry = memory_->cache.find(*key, room_);
        KnownArticle known;
        if (!entry || !decode_known_article(*entry, known) || known.article.path != input.path) return false;
        constexpr std::size_t worth_keeping = 1 << 20;
        if (room_.size() > worth_keeping) std::string().swap(room_);
        reading.article = std::move(known.article);
        reading.article.id = input.id;
        reading.messages = std::move(known.messages);
        reading.recollection.evidence = std::move(known.evidence);
        if (stand_plainly(input, *reading.recollection.evidence)) reading.recollection.checked = states_[i];
        reading.asked_as = std::move(known.asked_as);
        reading.is_known = true;
        return true;
    }

    void settle(std::vector<Reading>& readings) const {
        std::vector<std::size_t> again;
        for (std::size_t i = 0; i < readings.size(); ++i)
            if (readings[i].is_known && !is_settled(readings[i])) again.push_back(i);
        for_each_index(again.size(), settings_.n_threads,
                       [&](std::size_t i) { read_again(again[i], readings[again[i]]); });
    }

    /// Of what is known holds what engines said only if they would see the same again, and the sentences may be needed.
    /// @return false: it is to be read again
    bool is_settled(Reading& reading) const {
        auto& article = reading.article;
        auto& recollection = reading.recollection;
        bool const holds = reading.asked_as == words_for_engines(article);
        bool const is_needed = memory_->needs_sentences && memory_->needs_sentences(article);
        if (holds) set_article_id(article.id, *recollection.evidence);
        if (!holds) recollection.evidence.reset();
        if (!holds || is_needed) {
            recollection.checked = 0;
            return false;
        }
        recollection.key.reset();  // it is kept already
        return true;
    }

    /// A second reading may fail, or end otherwise: then it counts, as in a run that knows nothing.
    void read_again(std::size_t i, Reading& reading) const {
        auto& recollection = reading.recollection;
        Diagnostics messages;
        bool all_memory = true;
        auto article = read_one(inputs_[i], messages, all_memory);
        bool const may_be_kept = all_memory && comes_again(inputs_[i], messages);
        recollection.reading = encode_reading(article, messages);
        auto const entry = memory_->cache.find(*recollection.key);
        if (may_be_kept && entry && entry->starts_with(recollection.reading)) {
            reading.article.sentences = std::move(article.sentences);
            if (recollection.evidence) recollection.key.reset();  // it is kept already
            return;
        }
        article.id = std::move(reading.article.id);
        reading.article = std::move(article);
        reading.messages = std::move(messages);
        reading.is_read_otherwise = true;
        recollection.evidence.reset();
        if (!may_be_kept) recollection.key.reset();
    }

    std::string const& digest_of_context(ArticleInput const& input) {
        if (input.context != context_) {
            context_ = input.context;
            context_digest_ = ArticleKeys::digest_of(context_.get());
        }
        return context_digest_;
    }

    /// An article that needs more memory than there is costs itself.
    /// @param all_memory  set to false then
    Article read_one(ArticleInput const& input, Diagnostics& messages, bool& all_memory) const {
        try {
            return read_article(input, options_, messages);
        } catch (std::bad_alloc const&) {
        } catch (std::length_error const&) {
        }
        all_memory = false;
        ArticleInput without_bytes;
        without_bytes.id = input.id;
        without_bytes.path = input.path;
        without_bytes.origin = input.origin;
        without_bytes.format = input.format;
        without_bytes.problem = "needs more memory than there is";
        without_bytes.problem_code = "DOS0309";
        return read_article(without_bytes, options_, messages);
    }

    /// Files have ids of their own, but a member's or record's may be like that of a file beside its container.
    void make_id_unique(Article& article) {
        auto const id = article.id;
        for (std::size_t n = 2; !ids_.insert(article.id); ++n)
            article.id = id + '~' + std::to_string(n);
    }

    Job const& job_;
    ReadingSettings const& settings_;
    ReadOptions const options_;
    ArticleMemory* memory_;  ///< null: none
    TakeRead const& take_;
    Diagnostics& diagnostics_;
    DeclaredSources declared_;
    BoundedMessages messages_;
    TakenIds ids_;
    std::vector<ArticleInput> inputs_;
    std::vector<std::string> contexts_;                      ///< of inputs_: ArticleKeys::digest_of
    std::vector<std::uint64_t> states_;                      ///< of the files of inputs_
    std::shared_ptr<sources::RecordContext const> context_;  ///< of the input added last
    std::string context_digest_;                             ///< of context_
    std::size_t bytes_ = 0;
    std::string room_;  ///< of the entry recalled last, used again by the next
};

}  // namespace

FoundArticles find_articles(Job const& job) {
    return find_articles(job.folder, texts_of(job.sources.include), texts_of(job.sources.exclude));
}

InputOptions input_options(Job const& job) {
    InputOptions options;
    options.max_article_bytes = job.limits.article_bytes;
    options.max_container_bytes = job.limits.container_bytes;
    options.max_container_files = job.limits.container_files;
    options.max_container_ratio = job.limits.container_ratio;
    options.max_container_depth = job.limits.container_depth;
    options.exclude = texts_of(job.sources.exclude);
    std::error_code error;  // a folder that is gone has no articles
    options.root = std::filesystem::canonical(job.folder.empty() ? "." : job.folder, error).string();
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
    read_or_recall_articles(
        job, find_articles(job), settings, nullptr,
        [&](std::vector<Article>& batch, std::vector<Recollection>&) { take(batch); }, diagnostics);
}

void read_or_recall_articles(Job const& job, FoundArticles found, ReadingSettings const& settings,
                             ArticleMemory* memory, TakeRead const& take, Diagnostics& diagnostics) {
    report_globs(job, found, diagnostics);
    report_refused_files(job, found, diagnostics);
    if (diagnostics.has_errors()) return;

    BatchReader reader(job, settings, memory, take, diagnostics);
    auto const options = input_options(job);
    for (std::size_t i = 0; i < found.articles.paths.size(); ++i) {
        found.articles.paths.release_before(i);  // what is read makes room for what is known of it
        found.articles.ids.release_before(i);
        std::string const path(found.articles.paths[i]);
        Diagnostics of_file;
        auto const state = memory != nullptr ? state_of_file(job.folder, path) : 0;
        for_each_input(
            job.folder, path, std::string(found.articles.ids[i]), options,
            [&](ArticleInput&& input) {
                reader.add(std::move(input), state);
                return true;
            },
            of_file);
        reader.add_messages(of_file, path);
    }
    reader.finish();
}

bool is_of_reading(std::string_view code) noexcept {
    return code.size() == 7 && code.substr(3, 2) == "03";
}

}  // namespace dossier
