#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/bounded_messages.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/sources/apply_declared.hpp"
#include "dossier/sources/read_article.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t max_bytes_in_memory = std::size_t{1} << 30;  // standard input, or a file read as another format

constexpr std::array formats = {sources::Format::text,        sources::Format::markdown,   sources::Format::html,
                                sources::Format::jats,        sources::Format::pdf,        sources::Format::ris,
                                sources::Format::nbib,        sources::Format::ciw,        sources::Format::bibtex,
                                sources::Format::endnote_xml, sources::Format::pubmed_xml, sources::Format::csv,
                                sources::Format::tsv,         sources::Format::jsonl};

// --- what is shown ---

struct NamedValue {
    char const* name;
    Stated const& stated;
};

std::vector<NamedValue> metadata_of(Article const& article) {
    return {{"title", article.title},
            {"author", article.author},
            {"published", article.published},
            {"publisher", article.publisher},
            {"url", article.url},
            {"study_design", article.study_design},
            {"population", article.population},
            {"conflict_of_interest", article.conflict_of_interest},
            {"funding", article.funding},
            {"rests_on", article.rests_on},
            {"press_release", article.press_release}};
}

struct NamedText {
    char const* name;
    std::string const& value;
};

std::vector<NamedText> citation_of(Citation const& citation) {
    return {{"journal", citation.journal}, {"year", citation.year},   {"volume", citation.volume},
            {"issue", citation.issue},     {"pages", citation.pages}, {"doi", citation.doi},
            {"pmid", citation.pmid},       {"pmcid", citation.pmcid}, {"accession", citation.accession}};
}

struct NamedList {
    char const* name;
    std::vector<std::string> const& values;
};

std::vector<NamedList> lists_of(Citation const& citation) {
    return {{"authors", citation.authors},
            {"publication_types", citation.publication_types},
            {"keywords", citation.keywords},
            {"references", citation.references}};
}

std::string place_of(Article const& article, Sentence const& sentence) {
    auto const page = sentence.page == 0 ? std::string() : fmt::format(":page {}", sentence.page);
    return fmt::format("{}{}:{} [{}-{}]", display_text(article.path), page, sentence.line, sentence.bytes.begin,
                       sentence.bytes.end);
}

std::string head_of(Article const& article) {
    std::string out = display_text(article.path) + "\n";
    auto const into = std::back_inserter(out);
    fmt::format_to(into, "  format: {}{}\n", article.format,
                   article.encoding.empty() ? "" : " (" + article.encoding + ")");
    for (auto const& [name, stated] : metadata_of(article))
        if (!stated.value.empty())
            fmt::format_to(into, "  {}: {} ({}{})\n", name, display_text(stated.value), display_text(stated.origin),
                           stated.proposed ? ", proposed" : "");
    for (auto const& [name, value] : citation_of(article.citation))
        if (!value.empty()) fmt::format_to(into, "  {}: {}\n", name, display_text(value));
    if (!article.language.empty()) fmt::format_to(into, "  language: {}\n", article.language);
    if (article.status == ArticleStatus::not_assessable)
        fmt::format_to(into, "  not assessable: {}\n", display_text(article.status_reason));
    else if (!article.status_reason.empty())
        fmt::format_to(into, "  note: {}\n", display_text(article.status_reason));
    if (article.truncated) out += "  the capture breaks off\n";
    return out;
}

std::string as_text(Article const& article, bool sentences) {
    std::string out = head_of(article);
    auto paragraph = static_cast<std::size_t>(-1);
    for (auto const& sentence : article.sentences) {
        if (sentences) {
            out +=
                place_of(article, sentence) + " " + name_of(sentence.role) + ": " + display_text(sentence.text) + "\n";
        } else if (sentence.role != SentenceRole::boilerplate) {
            out += sentence.paragraph == paragraph ? " " : "\n\n";
            out += display_text(sentence.text);
            paragraph = sentence.paragraph;
        }
    }
    return sentences ? out : out + "\n";
}

Json citation_as_json(Citation const& citation) {
    Json json = Json::object();
    for (auto const& [name, value] : citation_of(citation))
        if (!value.empty()) json[name] = value;
    for (auto const& [name, values] : lists_of(citation))
        if (!values.empty()) json[name] = values;
    return json;
}

Json as_json(Sentence const& sentence) {
    Json json = {
        {"role", name_of(sentence.role)}, {"line", sentence.line},           {"byte_begin", sentence.bytes.begin},
        {"byte_end", sentence.bytes.end}, {"paragraph", sentence.paragraph}, {"heading", sentence.heading},
        {"text", sentence.text}};
    if (sentence.page > 0) json["page"] = sentence.page;
    return json;
}

Json as_json(Article const& article) {
    Json metadata = Json::object();
    for (auto const& [name, stated] : metadata_of(article))
        if (!stated.value.empty())
            metadata[name] = {{"value", stated.value}, {"origin", stated.origin}, {"proposed", stated.proposed}};
    Json sentences = Json::array();
    for (auto const& sentence : article.sentences)
        sentences.push_back(as_json(sentence));
    Json json = {{"path", article.path},
                 {"format", article.format},
                 {"encoding", article.encoding},
                 {"language", article.language},
                 {"sha256", article.sha256},
                 {"status", article.status == ArticleStatus::ok ? "ok" : "not_assessable"},
                 {"status_reason", article.status_reason},
                 {"truncated", article.truncated},
                 {"metadata", std::move(metadata)},
                 {"citation", citation_as_json(article.citation)},
                 {"file", article.origin.file}};
    if (!article.origin.member.empty()) json["member"] = article.origin.member;
    if (article.origin.record > 0) json["record"] = article.origin.record;
    json["sentences"] = std::move(sentences);
    return json;
}

// --- what is read ---

FileBytes standard_input_bytes() {
    FileBytes read;
    std::array<char, 1 << 16> piece;
    for (;;) {
        auto const n = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) return read;
        if (n < 0) return {{}, ReadProblem::failed, errno};
        if (read.bytes.size() + static_cast<std::size_t>(n) > max_bytes_in_memory)
            return {{}, ReadProblem::too_large, 0};
        read.bytes.append(piece.data(), static_cast<std::size_t>(n));
    }
}

/// Where a file stands as the job names it; the working folder's name of it when it is outside.
struct FileInJob {
    std::string folder, file;
};

FileInJob within(Job const& job, std::string const& file) {
    if (job.path.empty()) return {"", file};
    std::error_code error;
    auto const folder = fs::weakly_canonical(job.folder.empty() ? fs::path(".") : fs::path(job.folder), error);
    auto const inside = fs::weakly_canonical(fs::path(file), error).lexically_relative(folder).generic_string();
    if (error || inside.empty() || inside.starts_with("..")) return {"", file};
    return {job.folder, inside};
}

class TextShower {
public:
    TextShower(TextOptions const& options, Job const& job)
        : options_(options),
          job_(job),
          inputs_(input_options(job)),
          reading_(read_options(job, options.allow_unsandboxed)),
          declared_(job.declared, diagnostics_) {
        for (auto const format : formats)
            if (options.as == name_of(format)) as_ = format;
    }

    int show_all() {
        for (auto const& file : options_.files) {
            if (reader_went_away()) break;
            show(file);
            pass_on_messages(file);
            bounded_.tell_the_rest(told_);
            print_as_they_come();
        }
        declared_.report_unused(told_);
        print_messages(told_, options_);
        return warned_ || told_.has_warnings_or_errors() ? exit_warnings : exit_done;
    }

private:
    void show(std::string const& file) {
        auto const take = [this](ArticleInput&& input) { return show_article(input); };
        bool const standard_input = file == "-";
        auto const id = standard_input ? std::string("standard-input") : fs::path(file).stem().string();
        if (!standard_input && !as_) {
            auto const [folder, inside] = within(job_, file);
            auto inputs = inputs_;
            if (folder.empty()) inputs.root.clear();  // who names a file outside of a job means it, wherever it lies
            return for_each_input(folder, inside, id, inputs, take, diagnostics_);
        }
        if (standard_input) return show_whole(standard_input_bytes(), file, id);
        show_whole(read_file(file, max_bytes_in_memory), file, id);
    }

    void show_whole(FileBytes const& read, std::string const& file, std::string const& id) {
        if (read.problem == ReadProblem::none)
            return for_each_input_in(
                read.bytes, file, id, inputs_, as_ ? &*as_ : nullptr,
                [this](ArticleInput&& input) { return show_article(input); }, diagnostics_);
        ArticleInput input;
        input.path = input.origin.file = file;
        input.problem = read.problem == ReadProblem::too_large
                            ? "is larger than 1 GiB, the limit for standard input and --as"
                            : std::string("cannot be read: ") + words_for(read.problem);
        input.problem_code = read.problem == ReadProblem::too_large ? "DOS0302" : "DOS0301";
        show_article(input);
    }

    bool show_article(ArticleInput const& input) {
        auto article = read_article(input, reading_, diagnostics_);
        declared_.apply_to(article);
        if (!first_ && !options_.json) print("\n");
        first_ = false;
        print(options_.json ? as_json(article).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                            : as_text(article, options_.sentences));
        pass_on_messages(article.origin.file);
        return !reader_went_away();
    }

    void pass_on_messages(std::string const& file) {
        bounded_.add(diagnostics_, file, told_);
        diagnostics_ = {};
        print_as_they_come();
    }

    // Behind the article that they are about. Formats that are one document wait.
    void print_as_they_come() {
        if (options_.message_format != MessageFormat::human || told_.empty()) return;
        warned_ = warned_ || told_.has_warnings_or_errors();
        std::fflush(stdout);
        print_messages(told_, options_);
        told_ = {};
    }

    TextOptions const& options_;
    Job const& job_;
    InputOptions inputs_;
    ReadOptions reading_;
    Diagnostics diagnostics_;  // of what is being read
    Diagnostics told_;         // what is told of them, not printed yet
    BoundedMessages bounded_;
    DeclaredSources declared_;
    std::optional<sources::Format> as_;
    bool first_ = true, warned_ = false;
};

}  // namespace

std::vector<std::string> text_formats() {
    std::vector<std::string> names;
    for (auto const format : formats)
        names.emplace_back(name_of(format));
    return names;
}

int text_command(TextOptions const& options) {
    Job job;
    if (!options.job.empty()) {
        Diagnostics diagnostics;
        auto const loaded = load_without_annotations(options.job, diagnostics);
        if (!loaded.job) {
            print_messages(diagnostics, options);
            return exit_usage;
        }
        job = *loaded.job;
    }
    return TextShower(options, job).show_all();
}

}  // namespace dossier
