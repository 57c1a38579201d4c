#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/summarise.hpp"
#include "dossier/job/adjudication.hpp"
#include "dossier/job/analysis.hpp"
#include "dossier/job/annotations.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/plugin_engines.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/job/review_queue.hpp"
#include "dossier/job/review_sheet.hpp"
#include "dossier/model/descriptor.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string at(Place const& place) {
    return place.file + ":" + std::to_string(place.line);
}

/// The job's articles, read and asked, with annotations held against them.
/// @return the exit code; nullopt: all is well
std::optional<int> read_and_ask(ReviewOptions const& options, LoadedJob const& loaded, Adjudication& adjudication,
                                TakeAnalysed const& take) {
    Diagnostics diagnostics;
    auto const catalogue = find_plugins_of(options.job, options);
    auto engines = engines_of(loaded, catalogue, options, diagnostics);
    if (!diagnostics.has_errors()) {
        AnalysisSettings settings;
        settings.n_threads = options.threads;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        settings.engines = &engines;
        settings.adjudication = &adjudication;
        auto const analysis = analyse_in_batches(*loaded.job, *loaded.registry, built_in_lexicon(), settings, take);
        // What annotations come to is said row by row; that articles are missing from the sheet, only here.
        for (auto const& message : analysis.diagnostics.items())
            if (analysis.refused || is_of_reading(message.code)) diagnostics.add(message);
    }
    bool const mistakes = diagnostics.has_errors(), failed = !engines.messages().empty();
    diagnostics.append(engines.messages());
    print_messages(diagnostics, options);
    if (!mistakes && !failed) return std::nullopt;
    return mistakes ? exit_usage : exit_plugin_failed;
}

// --- a sheet out ----------------------------------------------------------------------------------------------------

/// What the sheet does not ask again: of a rater their own ratings, else what an override decided.
void leave_out_answered(Adjudication const& adjudication, ReviewOptions const& options, ReviewQueue& queue) {
    for (auto const& [annotation, status, reason, detector] : adjudication.outcomes()) {
        bool const is_override = annotation.role == AnnotationRole::override_stance;
        bool const answered = options.blind ? !is_override && annotation.who == options.rater : is_override;
        if (is_in_force(status) && answered)
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
    int error = write_all(fd, bytes);
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
    auto messages = adjudication.messages();
    messages.append(adjudication.contradictions());
    print_messages(messages, options);
    if (messages.has_errors()) return exit_usage;
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

/// Annotations by question; ratings by rater too.
class ByQuestion {
public:
    void add(Annotation const& item) { items_[key_of(item)].push_back(&item); }

    /// The first on the same question of which this holds; null: there is none.
    template <class Predicate>
    [[nodiscard]] Annotation const* find(Annotation const& annotation, Predicate const& holds) const {
        auto const found = items_.find(key_of(annotation));
        if (found == items_.end()) return nullptr;
        auto const item = std::find_if(found->second.begin(), found->second.end(), holds);
        return item == found->second.end() ? nullptr : *item;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, std::string>;
    static Key key_of(Annotation const& item) {
        return {item.role == AnnotationRole::rating ? item.who : std::string(), item.claim_id, item.article_id,
                item.condition_id};
    }
    std::map<Key, std::vector<Annotation const*>> items_;
};

std::string words_for(Annotation const& annotation) {
    return at(annotation.place) + ": " + name_of(annotation.stance) + ", by " + annotation.who;
}

/// What becomes of the rows of a sheet.
class SheetIntake {
public:
    /// @param checked  the annotations that are there, and behind them the rows
    SheetIntake(Adjudication const& checked, std::vector<FilledRow> const& rows)
        : checked_(checked), outcomes_(checked.outcomes()) {
        auto const n_in_ledger = outcomes_.size() - rows.size();
        for (auto const& outcome : outcomes_.first(n_in_ledger))
            (is_in_force(outcome.status) ? in_force_ : stale_).add(outcome.annotation);
        auto const of_sheet = outcomes_.subspan(n_in_ledger);
        for (auto const& [annotation, status, reason, detector] : of_sheet)
            add_to_sheet(annotation);
        for (std::size_t i = 0; i < rows.size(); ++i)
            take(rows[i], of_sheet[i]);
    }

    [[nodiscard]] std::vector<AnnotationText> const& added() const noexcept { return added_; }
    [[nodiscard]] std::size_t n_known() const noexcept { return n_known_; }
    [[nodiscard]] std::size_t n_repeated() const noexcept { return n_repeated_; }
    [[nodiscard]] std::size_t n_refused() const noexcept { return n_refused_; }
    [[nodiscard]] Diagnostics const& messages() const noexcept { return messages_; }

private:
    void take(FilledRow const& row, AnnotationOutcome const& outcome) {
        auto const& annotation = outcome.annotation;
        auto const says_otherwise = [&](Annotation const* other) { return other->stance != annotation.stance; };
        auto const any = [](Annotation const*) { return true; };
        if (auto const* other = sheet_.find(annotation, says_otherwise))
            return refuse("DOS0270", annotation, "this row is not added: another one of the sheet says otherwise",
                          words_for(*other) + "; leave one of the two");
        if (auto const* known = in_force_.find(annotation, any)) {
            if (says_otherwise(known)) return refuse_for(annotation, *known);
            ++n_known_;
            return;
        }
        if (!is_in_force(outcome.status)) return refuse_stale(row, outcome);
        auto const same_quote = [&](Annotation const* other) { return other->quote_sha256 == annotation.quote_sha256; };
        if (taken_.find(annotation, same_quote) != nullptr) {
            ++n_repeated_;
            return;
        }
        add(row, outcome);
    }

    /// The first of each stance.
    void add_to_sheet(Annotation const& annotation) {
        auto const same = [&](Annotation const* other) { return other->stance == annotation.stance; };
        if (sheet_.find(annotation, same) == nullptr) sheet_.add(annotation);
    }

    void refuse_stale(FilledRow const& row, AnnotationOutcome const& outcome) {
        bool const lacks_quote = row.n_quotes > 0 && outcome.annotation.quote_sha256.empty() && outcome.detector &&
                                 outcome.reason.starts_with("no quote");
        refuse("DOS0267", outcome.annotation, "this row is not added: " + outcome.reason,
               lacks_quote ? "say in the column quote_number which of its quotes the stance rests on"
                           : "make a new sheet: dossier review JOB --out FILE");
    }

    /// A quote is what an annotation hangs on; where it has none, the whole article.
    void add(FilledRow const& row, AnnotationOutcome const& outcome) {
        AnnotationText text{outcome.annotation, quote_of(outcome.annotation)};
        if (!text.annotation.quote_sha256.empty()) text.annotation.article_sha256.clear();
        auto const in_its_way = [&](Annotation const* other) {
            return other->stance != text.annotation.stance && name_the_same_words(*other, text.annotation);
        };
        if (auto const* stale = stale_.find(text.annotation, in_its_way)) return refuse_for(outcome.annotation, *stale);
        if (row.quote_by_default) compare_with_engine(outcome, text.quote);
        taken_.add(outcome.annotation);
        added_.push_back(std::move(text));
    }

    /// Who fills in no number may have meant another sentence than the only one that is shown. Raters are not told what the
    /// engine says.
    void compare_with_engine(AnnotationOutcome const& outcome, std::string const& quote) {
        auto const person = outcome.annotation.stance, engine = outcome.detector.value_or(Stance::silent);
        bool const opposes = (person == Stance::supports && engine == Stance::refutes) ||
                             (person == Stance::refutes && engine == Stance::supports);
        if (!opposes || outcome.annotation.role == AnnotationRole::rating) return;
        messages_.add({Severity::note,
                       "DOS0271",
                       outcome.annotation.place,
                       std::string("this row says ") + name_of(person) +
                           ", and rests on its only quote, which the engine reads as " + name_of(engine),
                       {},
                       {question_in_words(outcome.annotation), "\"" + quote + "\"",
                        "it is added; if the stance rests on another sentence, give that in the annotations: quote = "
                        "\"…\""}});
    }

    [[nodiscard]] std::string quote_of(Annotation const& annotation) const {
        for (auto const& decision : checked_.overrides_of(annotation.article_id))
            if (decision.claim_id == annotation.claim_id && decision.condition_id == annotation.condition_id)
                for (auto const& item : decision.quotes)
                    if (sha256_hex(item.quote) == annotation.quote_sha256) return item.quote;
        return {};
    }

    static std::string question_in_words(Annotation const& annotation) {
        return "claim " + annotation.claim_id + ", article " + annotation.article_id;
    }

    void refuse_for(Annotation const& annotation, Annotation const& known) {
        refuse("DOS0268", annotation, "the annotations say otherwise of this stance already",
               words_for(known) + "; take that out first, if this one is to count");
    }

    void refuse(std::string code, Annotation const& annotation, std::string message, std::string note) {
        ++n_refused_;
        messages_.add({Severity::warning,
                       std::move(code),
                       annotation.place,
                       std::move(message),
                       {},
                       {question_in_words(annotation), std::move(note)}});
    }

    Adjudication const& checked_;
    std::span<AnnotationOutcome const> outcomes_;
    ByQuestion in_force_, stale_;  ///< of what is there
    ByQuestion sheet_, taken_;
    std::vector<AnnotationText> added_;
    std::size_t n_known_ = 0, n_repeated_ = 0, n_refused_ = 0;
    Diagnostics messages_;
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

void tell_of_intake(SheetIntake const& intake, FilledSheet const& sheet, std::string const& target, char const* noun) {
    print("added " + counted(intake.added().size(), noun) + " to " + target + "\n");
    if (intake.n_known() > 0) print("  skipped " + std::to_string(intake.n_known()) + ", there already\n");
    if (intake.n_repeated() > 0) print("  skipped " + std::to_string(intake.n_repeated()) + ", twice in the sheet\n");
    if (intake.n_refused() > 0) print("  refused " + std::to_string(intake.n_refused()) + "\n");
    if (sheet.n_empty > 0) print("  " + counted(sheet.n_empty, "row") + " without a stance\n");
}

int read_sheet(ReviewOptions const& options, LoadedJob& loaded) {
    Diagnostics diagnostics;
    auto const role = options.role == "rating" ? AnnotationRole::rating : AnnotationRole::override_stance;
    if (loaded.job->annotations.text.empty())
        diagnostics.add({Severity::error,
                         "DOS0269",
                         {options.job},
                         "the job does not say where annotations are kept",
                         {},
                         {"add annotations = \"annotations.toml\" to its [registry]"}});
    auto const path = fs::path(loaded.job->folder) / loaded.job->annotations.text;
    auto const shown = shown_path(*loaded.job, loaded.job->annotations.text);
    std::optional<Annotations> ledger;
    if (!diagnostics.has_errors()) ledger = read_ledger(path, shown, diagnostics);
    auto const sheet = read_review_sheet(options.in, role, options.who, diagnostics);
    if (diagnostics.has_errors()) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    auto all = *ledger;
    for (auto const& row : sheet->rows)
        all.items.push_back(row.annotation);
    Adjudication checked(all, *loaded.registry);
    auto const pass = [](std::vector<Article>&, std::vector<ArticleEvidence>&) {};
    if (auto const trouble = read_and_ask(options, loaded, checked, pass)) return *trouble;
    SheetIntake const intake(checked, sheet->rows);
    auto const text = annotations_as_toml(intake.added());
    if (!text.empty() && !would_read(path, shown, text, diagnostics)) {
        print_messages(diagnostics, options);
        return exit_usage;
    }
    if (!text.empty()) append_to_file(path, ledger->sha256, text);
    print_messages(intake.messages(), options);
    auto const target = shown + (!text.empty() && ledger->sha256.empty() ? ", a new file" : "");
    if (!options.quiet) tell_of_intake(intake, *sheet, target, role == AnnotationRole::rating ? "rating" : "override");
    return intake.n_refused() == 0 ? exit_done : exit_warnings;
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
