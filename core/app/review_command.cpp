#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/review_queue.hpp"
#include "dossier/job/review_sheet.hpp"
#include "dossier/model/file_bytes.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string counted(std::size_t n, std::string const& noun) {
    return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

std::string at(Place const& place) {
    return place.file + ":" + std::to_string(place.line);
}

/// The job's articles, read and asked, with annotations held against them.
/// @return the exit code; nullopt: all is well
std::optional<int> read_and_ask(ReviewOptions const& options, LoadedJob const& loaded, Adjudication& adjudication,
                                TakeAnalysed const& take) {
    Diagnostics diagnostics;
    auto const catalogue = find_plugins(options);
    auto engines = engines_of(loaded, catalogue, options, diagnostics);
    if (!diagnostics.has_errors()) {
        AnalysisSettings settings;
        settings.n_threads = options.threads;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        settings.engines = &engines;
        settings.adjudication = &adjudication;
        auto const analysis = analyse_in_batches(*loaded.job, *loaded.registry, built_in_lexicon(), settings, take);
        if (analysis.refused) diagnostics.append(analysis.diagnostics);
    }
    if (!diagnostics.has_errors() && engines.messages().empty()) return std::nullopt;
    bool const mistakes = diagnostics.has_errors();
    diagnostics.append(engines.messages());
    print_messages(diagnostics, options);
    return mistakes ? exit_usage : exit_plugin_failed;
}

// --- a sheet out ----------------------------------------------------------------------------------------------------

/// What the sheet does not ask again: of a rater their own ratings, else what an override decided.
void leave_out_answered(Adjudication const& adjudication, ReviewOptions const& options, ReviewQueue& queue) {
    for (auto const& [annotation, status, reason, detector] : adjudication.outcomes()) {
        bool const is_override = annotation.role == AnnotationRole::override_stance;
        bool const answered = options.blind ? !is_override && annotation.who == options.rater : is_override;
        if (status != AnnotationStatus::stale && answered)
            queue.leave_out(annotation.claim_id, annotation.article_id, annotation.condition_id);
    }
}

/// Never over a file that is there: it may be filled in.
void write_new_file(std::string const& path, std::string_view bytes) {
    auto const fail = [&](int error) {
        throw Failure(FailureKind::io,
                      error == EEXIST ? path + " is there already, and may be filled in; choose another name"
                                      : "could not write " + path + ": " + std::strerror(error),
                      path, error);
    };
    int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) fail(errno);
    int error = 0;
    while (!bytes.empty() && error == 0) {
        auto const n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) error = errno;
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::close(fd) != 0 && error == 0) error = errno;
    if (error == 0) return;
    ::unlink(path.c_str());
    fail(error);
}

void tell_of_sheet(ReviewOptions const& options, std::size_t n_written, std::size_t n_all, std::size_t n_pressing,
                   std::size_t n_not_kept) {
    if (options.quiet || options.out == "-") return;
    print("wrote " + options.out + ": " + counted(n_written, "row") +
          (n_written < n_all ? " of " + std::to_string(n_all) : "") +
          (options.blind ? "\n" : ", " + std::to_string(n_pressing) + " with something the matter\n"));
    if (n_not_kept > 0)
        print("  " + counted(n_not_kept, "stance") + " with nothing the matter not among them: too many to list\n");
}

int write_sheet(ReviewOptions const& options, LoadedJob const& loaded) {
    Adjudication adjudication(loaded.annotations, *loaded.registry);
    Summing summing(*loaded.registry);
    ReviewQueue queue(*loaded.registry);
    auto const take = [&](std::vector<Article>& articles, std::vector<ArticleEvidence>& evidence) {
        for (std::size_t i = 0; i < articles.size(); ++i)
            queue.add(articles[i], evidence[i],
                      summing.add(articles[i], evidence[i], adjudication.overrides_of(articles[i].id)));
    };
    if (auto const trouble = read_and_ask(options, loaded, adjudication, take)) return *trouble;
    print_messages(adjudication.messages(), options);
    leave_out_answered(adjudication, options, queue);
    auto rows = queue.finish(summing.finish());
    auto const n_all = rows.size();
    if (options.limit > 0 && rows.size() > options.limit) rows.resize(options.limit);
    auto const n_written = rows.size();
    auto const n_pressing = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](ReviewRow const& row) { return !row.reasons.empty(); }));
    auto const sheet = review_sheet(std::move(rows), {options.rater, options.blind});
    if (options.out == "-")
        print(sheet);
    else
        write_new_file(options.out, sheet);
    tell_of_sheet(options, n_written, n_all, n_pressing, queue.n_not_kept());
    return exit_done;
}

// --- a sheet in -----------------------------------------------------------------------------------------------------

/// What the ledger has already, by question; ratings by rater too.
class Ledger {
public:
    explicit Ledger(Annotations const& annotations) {
        for (auto const& item : annotations.items)
            items_.emplace(key_of(item), &item);
    }
    [[nodiscard]] Annotation const* find(Annotation const& annotation) const {
        auto const found = items_.find(key_of(annotation));
        return found == items_.end() ? nullptr : found->second;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, std::string>;
    static Key key_of(Annotation const& item) {
        return {item.role == AnnotationRole::rating ? item.who : std::string(), item.claim_id, item.article_id,
                item.condition_id};
    }
    std::map<Key, Annotation const*> items_;
};

/// What becomes of the rows of a sheet.
class SheetIntake {
public:
    SheetIntake(Annotations const& ledger, Adjudication const& checked) : ledger_(ledger), checked_(checked) {}

    void take(FilledRow const& row, AnnotationOutcome const& outcome) {
        auto const& annotation = outcome.annotation;
        if (auto const* known = ledger_.find(annotation)) {
            if (known->stance == annotation.stance)
                ++n_known_;
            else
                refuse("DOS0268", annotation, "the annotations say otherwise of this stance already",
                       at(known->place) + ": " + name_of(known->stance) + ", by " + known->who +
                           "; take that out first, if this one is to count");
            return;
        }
        if (outcome.status != AnnotationStatus::stale) return add(annotation);
        bool const lacks_quote = row.n_quotes > 0 && annotation.quote_sha256.empty() && outcome.detector &&
                                 outcome.reason.starts_with("no quote");
        refuse("DOS0267", annotation, "this row is not added: " + outcome.reason,
               lacks_quote ? "say in the column quote_number which of its quotes the stance rests on"
                           : "make a new sheet: dossier review JOB --out FILE");
    }

    [[nodiscard]] std::vector<AnnotationText> const& added() const noexcept { return added_; }
    [[nodiscard]] std::size_t n_known() const noexcept { return n_known_; }
    [[nodiscard]] Diagnostics const& refusals() const noexcept { return refusals_; }

private:
    /// A quote is what an annotation hangs on; where it has none, the whole article.
    void add(Annotation const& annotation) {
        AnnotationText text{annotation, quote_of(annotation)};
        if (!annotation.quote_sha256.empty()) text.annotation.article_sha256.clear();
        added_.push_back(std::move(text));
    }

    [[nodiscard]] std::string quote_of(Annotation const& annotation) const {
        for (auto const& decision : checked_.overrides_of(annotation.article_id))
            if (decision.claim_id == annotation.claim_id && decision.condition_id == annotation.condition_id &&
                !decision.quotes.empty())
                return decision.quotes.front().quote;
        return {};
    }

    void refuse(std::string code, Annotation const& annotation, std::string message, std::string note) {
        refusals_.add({Severity::warning,
                       std::move(code),
                       annotation.place,
                       std::move(message),
                       {},
                       {"claim " + annotation.claim_id + ", article " + annotation.article_id, std::move(note)}});
    }

    Ledger ledger_;
    Adjudication const& checked_;
    std::vector<AnnotationText> added_;
    std::size_t n_known_ = 0;
    Diagnostics refusals_;
};

/// The ledger as it is; a file that is not there yet is an empty one.
std::optional<Annotations> read_ledger(fs::path const& path, std::string const& shown, Diagnostics& diagnostics) {
    std::error_code error;
    if (!fs::exists(path, error)) return Annotations{};
    return load_annotations(path, shown, diagnostics);
}

/// Nothing is written that could not be read again.
bool would_read(fs::path const& path, std::string const& shown, std::string const& added, Diagnostics& diagnostics) {
    auto bytes = read_file(path, largest_annotations_file).bytes;
    if (!bytes.empty() && bytes.back() != '\n') bytes += '\n';
    return parse_annotations(bytes + added, shown + " (with the new rows)", diagnostics).has_value();
}

void tell_of_intake(SheetIntake const& intake, FilledSheet const& sheet, std::string const& shown, char const* noun) {
    print("added " + counted(intake.added().size(), noun) + " to " + shown + "\n");
    if (intake.n_known() > 0) print("  skipped " + std::to_string(intake.n_known()) + ", there already\n");
    if (auto const n = intake.refusals().items().size(); n > 0) print("  refused " + std::to_string(n) + "\n");
    if (sheet.n_empty > 0) print("  " + counted(sheet.n_empty, "row") + " without a stance\n");
}

int read_sheet(ReviewOptions const& options, LoadedJob& loaded) {
    Diagnostics diagnostics;
    auto const role = options.role == "rating" ? AnnotationRole::rating : AnnotationRole::override_stance;
    if (loaded.job->annotations.empty())
        diagnostics.add({Severity::error,
                         "DOS0269",
                         {options.job},
                         "the job does not say where annotations are kept",
                         {},
                         {"add annotations = \"annotations.toml\" to its [registry]"}});
    auto const path = fs::path(loaded.job->folder) / loaded.job->annotations;
    auto const shown = shown_path(*loaded.job, loaded.job->annotations);
    std::optional<Annotations> ledger;
    if (!diagnostics.has_errors()) ledger = read_ledger(path, shown, diagnostics);
    auto const sheet = read_review_sheet(options.in, role, options.who, diagnostics);
    if (diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    Annotations filled;
    for (auto const& row : sheet->rows)
        filled.items.push_back(row.annotation);
    Adjudication checked(filled, *loaded.registry);
    auto const pass = [](std::vector<Article>&, std::vector<ArticleEvidence>&) {};
    if (auto const trouble = read_and_ask(options, loaded, checked, pass)) return *trouble;
    SheetIntake intake(*ledger, checked);
    for (std::size_t i = 0; i < sheet->rows.size(); ++i)
        intake.take(sheet->rows[i], checked.outcomes()[i]);
    auto const text = annotations_as_toml(intake.added());
    if (!text.empty() && !would_read(path, shown, text, diagnostics)) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    if (!text.empty()) append_to_file(path, ledger->sha256, text);
    print_messages(intake.refusals(), options);
    if (!options.quiet) tell_of_intake(intake, *sheet, shown, role == AnnotationRole::rating ? "rating" : "override");
    return intake.refusals().empty() ? exit_done : exit_warnings;
}

}  // namespace

int review_command(ReviewOptions const& options) {
    Diagnostics diagnostics;
    bool const reads = !options.in.empty();
    auto loaded = reads ? load_without_annotations(options.job, diagnostics) : load(options.job, diagnostics);
    if (!loaded.complete() || diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    return reads ? read_sheet(options, loaded) : write_sheet(options, loaded);
}

}  // namespace dossier
