#include "dossier/job/annotations.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "dossier/claims/certainty_judgement.hpp"
#include "dossier/claims/config_check.hpp"
#include "dossier/diagnostics/system_failure.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/job/job_file_codes.hpp"
#include "dossier/model/descriptor.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/model/replace_file.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using enum ConfigType;

constexpr ConfigCodes codes = [] {
    auto of_annotations = job_codes;
    of_annotations.not_allowed = "DOS0214";
    of_annotations.bad_id = "DOS0219";
    return of_annotations;
}();

/// Names that stand for no person where reports say who decided.
constexpr std::array<std::string_view, 4> reserved_names{"engine", "data", "detector", "people"};

// --- what may stand in the file -------------------------------------------------------------------------------------

ConfigTable const annotation{
    .title = "[[annotation]]",
    .doc = "What one person says of one article on one claim.",
    .keys = {
        {.name = "claim", .type = reference, .required = true, .doc = "Id of the claim."},
        {.name = "article", .type = text, .required = true, .doc = "Id or path of the article."},
        {.name = "condition",
         .type = reference,
         .doc = "Id of the condition under which the article is read; without it, the claim as a whole."},
        {.name = "stance",
         .type = text,
         .required = true,
         .doc = "What the article says on the claim, as this person reads it.",
         .allowed = {"supports", "refutes", "mixed", "neutral", "silent", "not_assessable"}},
        {.name = "role",
         .type = text,
         .fallback = R"("override")",
         .doc =
             "An override decides the stance in place of the engine. A rating is one of several independent readings: "
             "it is compared, never applied.",
         .allowed = {"override", "rating"}},
        {.name = "who", .type = identifier, .required = true, .doc = "Who says so: a person's id, shown in reports."},
        {.name = "when", .type = date, .doc = "The day on which it was decided."},
        {.name = "why", .type = text, .doc = "The reason, in one sentence; an override needs one."},
        {.name = "quote",
         .type = text,
         .doc = "The sentence that the stance rests on, word for word; it must still stand in the article."},
        {.name = "quote_sha256", .type = text, .doc = "SHA-256 of that sentence, where `quote` is not given."},
        {.name = "article_sha256",
         .type = text,
         .doc = "SHA-256 of the article that was looked at; once it differs, the annotation is stale."},
        {.name = "statement_sha256",
         .type = text,
         .doc = "SHA-256 of the claim's statement; once it differs, the annotation is stale."},
    }};

ConfigTable const certainty{
    .title = "[[certainty]]",
    .doc = "A person's judgement of the certainty of the evidence on one claim, in place of what the data suggest.",
    .keys = certainty_keys(true)};

ConfigTable const annotations_file{
    .title = "an annotations file",
    .doc = "What people decided or rated, claim by claim and article by article.",
    .keys = {
        {.name = "annotation", .type = tables, .doc = "One decision or rating each.", .table = &annotation},
        {.name = "certainty", .type = tables, .doc = "One judgement of certainty each.", .table = &certainty},
    }};

// --- reading --------------------------------------------------------------------------------------------------------

std::string at(Place const& place) {
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

Stance stance_called(std::string_view word) {
    for (auto const stance :
         {Stance::supports, Stance::refutes, Stance::mixed, Stance::neutral, Stance::silent, Stance::not_assessable})
        if (word == name_of(stance)) return stance;
    return Stance::silent;  // told by check_config
}

/// A sentence as articles have it: white space folded to single spaces.
std::string folded(std::string_view text) {
    std::string out;
    bool gap = false;
    for (char const c : text) {
        bool const is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!is_space && gap && !out.empty()) out += ' ';
        gap = is_space;
        if (!is_space) out += c;
    }
    return out;
}

/// Digests of what an annotation was said of.
using Words = std::tuple<std::string_view, std::string_view, std::string_view>;
Words words_of(Annotation const& of) noexcept {
    return {of.quote_sha256, of.article_sha256, of.statement_sha256};
}

class AnnotationReader {
public:
    AnnotationReader(ConfigDocument const& document, Diagnostics& diagnostics)
        : document_(document), diagnostics_(diagnostics) {}

    Annotation read(ConfigView const& view) {
        Annotation read;
        read.role = view.text("role") == "rating" ? AnnotationRole::rating : AnnotationRole::override_stance;
        read.who = view.text("who");
        read.when = view.text("when");
        read.claim_id = view.text("claim");
        read.article_id = view.text("article");
        read.condition_id = view.text("condition");
        read.stance = stance_called(view.text("stance"));
        read.why = view.text("why");
        read.quote_sha256 = digest(view, "quote_sha256");
        read.article_sha256 = digest(view, "article_sha256");
        read.statement_sha256 = digest(view, "statement_sha256");
        auto const* claim = view.value("claim");
        read.place = claim != nullptr ? claim->place : view.place();
        if (auto const* quote = view.value("quote")) add_quote(*quote, view, read);
        check_who(view);
        if (read.role == AnnotationRole::override_stance && !view.has("why"))
            add("DOS0254", view.place(), "this override does not say why",
                "write why = \"…\": one sentence; only a rating may go without");
        return read;
    }

    /// A ledger that says two things of one question and the same words says nothing. Where the words differ, one may be
    /// the renewal of another that is stale.
    void check_contradictions(std::vector<Annotation> const& items) {
        using Question = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view, Words>;
        std::map<Question, Annotation const*> first;
        for (auto const& item : items) {
            bool const is_rating = item.role == AnnotationRole::rating;
            auto const [known, is_new] =
                first.emplace(Question{is_rating ? std::string_view(item.who) : std::string_view(), item.claim_id,
                                       item.article_id, item.condition_id, words_of(item)},
                              &item);
            if (is_new || known->second->stance == item.stance) continue;
            auto const& other = *known->second;
            add("DOS0250", item.place, words_for_contradiction(item, other), words_for_other(other));
        }
    }

private:
    void add(std::string_view code, Place const& place, std::string message, std::string note) {
        auto diagnostic = document_.error(code, place, std::move(message));
        diagnostic.notes.push_back(std::move(note));
        diagnostics_.add(std::move(diagnostic));
    }

    /// Lower-case hex; empty: not given, or no digest.
    std::string digest(ConfigView const& view, std::string_view key) {
        auto const* node = view.value(key);
        if (node == nullptr || node->text.empty()) return {};
        auto text = node->text;
        for (auto& c : text)
            if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        bool const is_hex = std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
        if (is_hex && text.size() == 64) return text;
        add("DOS0251", node->place, in_quotes(node->text) + " is not a SHA-256",
            "a SHA-256 has 64 hex digits; dossier review writes them");
        return {};
    }

    void add_quote(ConfigNode const& quote, ConfigView const& view, Annotation& read) {
        auto const sha256 = sha256_hex(folded(quote.text));
        if (!read.quote_sha256.empty() && read.quote_sha256 != sha256)
            add("DOS0252", view.value("quote_sha256")->place, "this is not the SHA-256 of the quote beside it",
                "give one of the two; that of the quote is " + sha256);
        read.quote_sha256 = sha256;
    }

    void check_who(ConfigView const& view) {
        auto const* who = view.value("who");
        if (who == nullptr || !is_reserved_name(who->text)) return;
        add("DOS0253", who->place, in_quotes(who->text) + " is the id of no person: reports call something else so",
            "write the id of the person who says so");
    }

    ConfigDocument const& document_;
    Diagnostics& diagnostics_;
};

Annotations annotations_of(ConfigDocument const& document, Diagnostics& diagnostics) {
    ConfigView const root(&document.root, annotations_table());
    Annotations annotations;
    AnnotationReader reader(document, diagnostics);
    for (auto const& view : root.tables("annotation"))
        annotations.items.push_back(reader.read(view));
    reader.check_contradictions(annotations.items);
    for (auto const& view : root.tables("certainty")) {
        check_certainty_judgement(document, view, "DOS0257", diagnostics);
        annotations.certainty.push_back(read_certainty_judgement(view, view.text("claim")));
    }
    annotations.sha256 = sha256_hex(document.bytes);
    return annotations;
}

/// Why a judgement of certainty is stale; empty: it is not.
std::string trouble_with(CertaintyJudgement const& judgement, ClaimRegistry const& registry) {
    auto const* claim = registry.find_claim(judgement.claim_id);
    if (claim == nullptr) return "the registry has no claim " + in_quotes(judgement.claim_id);
    auto const& conditions = claim->conditions;
    bool const is_known = judgement.condition_id.empty() ||
                          std::find(conditions.begin(), conditions.end(), judgement.condition_id) != conditions.end();
    return is_known ? std::string()
                    : "the claim is not looked at under the condition " + in_quotes(judgement.condition_id);
}

// --- writing --------------------------------------------------------------------------------------------------------

/// A TOML basic string.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        bool const is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        out += is_control ? ' ' : c;  // validated texts have none
    }
    return out + '"';
}

void add_line(std::string& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out += std::string(key) + " = " + quoted(value) + "\n";
}

/// One writer in a folder at a time, so that nobody replaces a file between another's reading and replacing it. Where
/// folders cannot be locked, nobody waits.
class FolderLock {
public:
    explicit FolderLock(fs::path const& folder)
        : opened_(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        while (opened_.is_open() && ::flock(opened_.number(), LOCK_EX) != 0 && errno == EINTR) {
        }
    }

private:
    Descriptor opened_;
};

/// @throws Failure io when a file of `size` bytes may not stand in place of this one
void check_may_become(fs::path const& path, bool is_there, std::size_t size) {
    if (is_there && ::access(path.c_str(), W_OK) != 0) fail_at(path, "could not write", errno);
    if (size > largest_annotations_file)
        throw Failure(FailureKind::io,
                      path.string() + " would have " + std::to_string(size) + " bytes, more than the " +
                          std::to_string(largest_annotations_file) + " that can be read; nothing was added",
                      path.string(), EFBIG);
}

/// Text whose lines end in LF, with the line ends of these bytes.
std::string with_line_ends_of(std::string_view bytes, std::string_view text) {
    auto const first = bytes.find('\n');
    bool const adds_return = first != std::string_view::npos && first > 0 && bytes[first - 1] == '\r';
    std::string out;
    for (char const c : text)
        out += adds_return && c == '\n' ? "\r\n" : std::string(1, c);
    return out;
}

}  // namespace

bool is_reserved_name(std::string_view who) noexcept {
    return std::find(reserved_names.begin(), reserved_names.end(), who) != reserved_names.end();
}

bool name_the_same_words(Annotation const& a, Annotation const& b) {
    return words_of(a) == words_of(b);
}

std::string words_for_contradiction(Annotation const& later, Annotation const& earlier) {
    auto const what = later.role == AnnotationRole::rating
                          ? in_quotes(later.who) + " rates this article on this claim twice, and not alike: "
                          : std::string("two overrides on this claim and article do not agree: ");
    return what + name_of(later.stance) + " and " + name_of(earlier.stance);
}

std::string words_for_other(Annotation const& earlier) {
    return "the other: " + at(earlier.place) + ": " + name_of(earlier.stance) + ", by " + earlier.who;
}

ConfigTable const& annotations_table() {
    return annotations_file;
}

std::string annotations_schema() {
    return json_schema(annotations_file, "Dossier annotations", "annotations.toml");
}

std::optional<Annotations> parse_annotations(std::string bytes, std::string const& shown, Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<Annotations> annotations;
    if (auto const document = parse_config(std::move(bytes), shown, codes, found)) {
        check_config(*document, annotations_table(), codes, {}, found);
        annotations = annotations_of(*document, found);
    }
    found.sort();
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    return annotations;
}

std::optional<Annotations> load_annotations(fs::path const& path, std::string const& shown, Diagnostics& diagnostics,
                                            std::optional<Diagnostic> naming) {
    auto file = read_file(path, largest_annotations_file);
    if (file.problem == ReadProblem::none) return parse_annotations(std::move(file.bytes), shown, diagnostics);
    if (!naming) {
        naming = Diagnostic{};
        naming->place.file = shown;
        naming->message = "the annotations cannot be read";
    }
    naming->code = codes.unreadable;
    naming->message += std::string(": ") + words_for(file.problem);
    if (file.problem == ReadProblem::missing)
        naming->notes.emplace_back("where nothing is decided yet, an empty file will do");
    diagnostics.add(std::move(*naming));
    return std::nullopt;
}

void add_certainty(Annotations const& annotations, ClaimRegistry& registry, Diagnostics& diagnostics) {
    for (auto const& judgement : annotations.certainty) {
        auto const trouble = trouble_with(judgement, registry);
        if (trouble.empty()) {
            registry.certainty.push_back(judgement);
            continue;
        }
        auto diagnostic = diagnostic_at(Severity::warning, "DOS0255", judgement.place,
                                        "the judgement of certainty by " + judgement.who + " is stale: " + trouble);
        diagnostic.notes.emplace_back("it is not applied; correct it or take it out");
        diagnostics.add(std::move(diagnostic));
    }
}

std::string annotations_as_toml(std::span<AnnotationText const> annotations) {
    std::string out;
    for (auto const& [item, quote] : annotations) {
        out += "\n[[annotation]]\n";
        add_line(out, "claim", item.claim_id);
        add_line(out, "article", item.article_id);
        add_line(out, "condition", item.condition_id);
        add_line(out, "stance", name_of(item.stance));
        if (item.role == AnnotationRole::rating) add_line(out, "role", name_of(item.role));
        add_line(out, "who", item.who);
        if (!item.when.empty()) out += "when = " + item.when + "\n";
        add_line(out, "why", item.why);
        add_line(out, "quote", quote);
        if (quote.empty()) add_line(out, "quote_sha256", item.quote_sha256);
        add_line(out, "article_sha256", item.article_sha256);
        add_line(out, "statement_sha256", item.statement_sha256);
    }
    return out;
}

void append_to_file(fs::path const& path, std::string const& expected_sha256, std::string_view text) {
    std::error_code not_there;
    auto const target = fs::exists(path, not_there) ? fs::canonical(path) : path;  // a link stays a link
    FolderLock const lock(target.parent_path());
    auto const old = read_file(target, largest_annotations_file);
    if (old.problem != ReadProblem::none && old.problem != ReadProblem::missing)
        throw Failure(FailureKind::io, target.string() + ": " + words_for(old.problem), target.string(),
                      old.system_error);
    auto const sha256 = old.problem == ReadProblem::missing ? std::string() : sha256_hex(old.bytes);
    if (sha256 != expected_sha256)
        throw Failure(FailureKind::io, path.string() + " was changed by somebody else meanwhile; nothing was added",
                      path.string());
    struct stat before {};
    bool const is_there = ::stat(target.c_str(), &before) == 0;
    bool const ends_amid_line = !old.bytes.empty() && old.bytes.back() != '\n';
    auto const added = with_line_ends_of(old.bytes, (ends_amid_line ? "\n" : "") + std::string(text));
    check_may_become(target, is_there, old.bytes.size() + added.size());
    replace_file(target, old.bytes + added, is_there ? before.st_mode & 07777 : 0666 & ~file_creation_mask());
    sync_folder(target.parent_path());
}

}  // namespace dossier
