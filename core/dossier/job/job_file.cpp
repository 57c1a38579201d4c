#include "dossier/job/job_file.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "dossier/claims/config_check.hpp"
#include "dossier/diagnostics/near_path.hpp"
#include "dossier/job/alert_table.hpp"
#include "dossier/job/job_file_codes.hpp"
#include "dossier/job/schema.hpp"
#include "dossier/job/sources_manifest.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"
#include "dossier/sources/records/column_names.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Kind = ConfigNode::Kind;

constexpr double megabyte = 1024.0 * 1024.0;

/// Files that every run writes beside its outputs.
constexpr std::array<std::string_view, 2> reserved_files{"analysis.sqlite", "manifest.json"};

// --- where outputs go -----------------------------------------------------------------------------------------------

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        auto const end = std::min(path.find('/', begin), path.size());
        parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// Why a file cannot go there, so that the published set unpacks on any system; empty when it can.
std::string trouble_with(std::string_view file) {
    constexpr std::string_view not_portable = R"(\:*?"<>|)";
    constexpr std::size_t longest_part = 200;  // bytes; staged names add to it
    if (file.starts_with('/')) return "the path is absolute";
    if (auto const at = file.find_first_of(not_portable); at != std::string_view::npos)
        return std::string("the character ") + file[at] + " does not belong in a file name";
    for (auto const part : parts_of(file)) {
        if (part.empty()) return "a part of the path is empty";
        if (part == "..") return "it would leave the published set";
        if (part.front() == '.') return "a name with a dot in front is hidden";
        if (part.front() == '-') return "a name with a hyphen in front reads as an option";
        if (part.front() == ' ' || part.back() == ' ') return "a name begins or ends in a space";
        if (part.back() == '.') return "a name ends in a dot";
        if (part.size() > longest_part) return "a name is longer than 200 bytes";
    }
    return {};
}

/// The same file, or one inside the other, on systems that know no case too.
bool collide(std::string_view a, std::string_view b) {
    auto const folded = [](std::string_view path) {
        std::string text(path);
        for (auto& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text + "/";
    };
    auto const first = folded(a), second = folded(b);
    return first.starts_with(second) || second.starts_with(first);
}

std::string at(Place const& place) {
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

class OutputFileCheck {
public:
    OutputFileCheck(ConfigDocument const& document, Diagnostics& diagnostics)
        : document_(document), diagnostics_(diagnostics) {}

    void check(ConfigNode const& file) {
        if (file.text.empty()) return;  // told by check_config
        if (auto const trouble = trouble_with(file.text); !trouble.empty())
            return add("DOS0217", file, "nothing can be written to " + in_quotes(file.text) + ": " + trouble,
                       "write a path within the published set: \"summary.pdf\" or \"tables/stances.csv\"");
        for (auto const reserved : reserved_files)
            if (collide(file.text, reserved))
                return add("DOS0230", file, in_quotes(file.text) + " is kept for the run's own file",
                           "choose another name");
        for (auto const* other : seen_)
            if (collide(file.text, other->text))
                return add("DOS0231", file,
                           file.text == other->text ? "another output is written to " + in_quotes(file.text) + " too"
                                                    : in_quotes(file.text) + " and " + in_quotes(other->text) +
                                                          " would overwrite each other",
                           "the other output: " + at(other->place));
        seen_.push_back(&file);
    }

private:
    void add(std::string_view code, ConfigNode const& file, std::string message, std::string note) {
        auto diagnostic = document_.error(code, file.place, std::move(message));
        diagnostic.notes.push_back(std::move(note));
        diagnostics_.add(std::move(diagnostic));
    }

    ConfigDocument const& document_;
    Diagnostics& diagnostics_;
    std::vector<ConfigNode const*> seen_;
};

// --- options --------------------------------------------------------------------------------------------------------

class OptionReader {
public:
    OptionReader(ConfigDocument const& document, Diagnostics& diagnostics)
        : document_(document), diagnostics_(diagnostics) {}

    void read(ConfigEntry const& entry, std::vector<JobOption>& options) {
        auto const& node = entry.value;
        JobOption option{entry.key, false, entry.place, node.place, line_at(entry.place), line_at(node.place)};
        switch (node.kind) {
            case Kind::text: option.value = node.text; break;
            case Kind::integer: option.value = node.integer; break;
            case Kind::real: option.value = node.real; break;
            case Kind::boolean: option.value = node.boolean; break;
            default:
                return diagnostics_.add(document_.error("DOS0233", node.place,
                                                        "the option " + in_quotes(entry.key) +
                                                            " takes a text, a number, true or false, not " +
                                                            std::string(words_for(node.kind))));
        }
        options.push_back(std::move(option));
    }

private:
    [[nodiscard]] std::string line_at(Place const& place) const { return document_.line_to_show(place.line); }

    ConfigDocument const& document_;
    Diagnostics& diagnostics_;
};

JobEngine engine_of(ConfigView const& view, ConfigDocument const& document, Diagnostics& diagnostics) {
    JobEngine engine;
    engine.place = view.place();
    if (auto const* name = view.value("name")) {
        engine.name = name->text;
        engine.place = name->place;
        engine.source_line = document.line_to_show(name->place.line);
    }
    for (auto const* claim : view.texts("claims"))
        engine.claims.push_back({claim->text, claim->place});
    OptionReader reader(document, diagnostics);
    if (auto const* options = view.value("options"))
        for (auto const& entry : options->entries)
            reader.read(entry, engine.options);
    return engine;
}

// --- outputs --------------------------------------------------------------------------------------------------------

class OutputReader {
public:
    OutputReader(ConfigDocument const& document, Diagnostics& diagnostics)
        : document_(document),
          diagnostics_(diagnostics),
          option_reader_(document, diagnostics),
          files_(document, diagnostics) {}

    [[nodiscard]] JobOutput read(ConfigView const& view) {
        JobOutput output;
        output.place = view.place();
        for (auto const* name : view.texts("reports"))
            output.reports.push_back({name->text, name->place, line_at(name->place), {}});
        if (auto const* format = view.value("format")) {
            output.format = format->text;
            output.format_place = format->place;
            output.format_line = line_at(format->place);
        }
        if (auto const* file = view.value("file")) {
            output.file = file->text;
            output.file_place = file->place;
            files_.check(*file);
        }
        if (auto const* options = view.value("options")) read_options(*options, output);
        return output;
    }

private:
    [[nodiscard]] std::string line_at(Place const& place) const { return document_.line_to_show(place.line); }

    void read_options(ConfigNode const& options, JobOutput& output) {
        for (auto const& entry : options.entries) {
            if (entry.value.kind == Kind::table) {
                read_report_options(entry, output);
            } else {
                option_reader_.read(entry, output.options);
            }
        }
    }

    void read_report_options(ConfigEntry const& entry, JobOutput& output) {
        auto const report = std::find_if(output.reports.begin(), output.reports.end(),
                                         [&](JobReport const& known) { return known.name == entry.key; });
        if (report == output.reports.end()) return no_such_report(entry, output);
        for (auto const& option : entry.value.entries)
            option_reader_.read(option, report->options);
    }

    void no_such_report(ConfigEntry const& entry, JobOutput const& output) {
        std::vector<std::string> names;
        for (auto const& report : output.reports)
            names.push_back(report.name);
        auto diagnostic =
            document_.error("DOS0232", entry.place,
                            "this output has no report " + in_quotes(entry.key) + did_you_mean(entry.key, names));
        diagnostic.notes.push_back(listed("reports of this output", names));
        diagnostics_.add(std::move(diagnostic));
    }

    ConfigDocument const& document_;
    Diagnostics& diagnostics_;
    OptionReader option_reader_;
    OutputFileCheck files_;
};

// --- the rest of the job --------------------------------------------------------------------------------------------

std::vector<Phrase> globs_of(ConfigView const& view, std::string_view key) {
    std::vector<Phrase> globs;
    for (auto const* node : view.texts(key))
        globs.push_back({node->text, node->place});
    return globs;
}

Phrase phrase_of(ConfigView const& view, std::string_view key) {
    auto const* node = view.value(key);
    return {view.text(key), node != nullptr ? node->place : Place()};
}

JobLimits limits_of(ConfigView const& view) {
    auto const bytes = [&](std::string_view key) { return static_cast<std::size_t>(view.number(key) * megabyte); };
    JobLimits limits;
    limits.article_bytes = bytes("article_megabytes");
    limits.container_bytes = bytes("container_megabytes");
    limits.container_files = static_cast<std::size_t>(view.number("container_files"));
    limits.container_ratio = view.number("container_ratio");
    limits.container_depth = static_cast<unsigned>(view.number("container_depth"));
    limits.output_bytes = bytes("output_megabytes");
    limits.plugin_seconds = view.number("plugin_seconds");
    limits.plugin_memory_bytes = bytes("plugin_memory_megabytes");
    return limits;
}

std::optional<JobHistory> history_of(ConfigView const& view) {
    if (view.node() == nullptr) return std::nullopt;
    return JobHistory{static_cast<std::size_t>(view.number("keep")), view.flag("keep_weekly")};
}

std::vector<JobTable> tables_of(ConfigView const& view_of_sources) {
    std::vector<JobTable> tables;
    for (auto const& view : view_of_sources.tables("table")) {
        auto& table = tables.emplace_back();
        table.files = globs_of(view, "files");
        auto const columns = view.table("columns");
        for (auto const& field : sources::mappable_fields())
            if (auto const* column = columns.value(field)) table.columns.emplace(field, column->text);
    }
    return tables;
}

void read_manifest(ConfigView const& sources, Job& job, Diagnostics& diagnostics) {
    auto const* name = sources.value("manifest");
    if (name == nullptr || name->text.empty() || name->text.find('\0') != std::string::npos) return;
    job.sources.manifest = name->text;
    auto declared = load_sources_manifest(fs::path(job.folder) / name->text, shown_path(job, name->text), diagnostics,
                                          unreadable(job, {name->text, name->place}));
    if (declared) job.declared = std::move(*declared);
}

/// Limits out of range have been told; what they would come to in bytes need not exist.
Job job_of(ConfigDocument const& document, std::string const& path, Diagnostics& diagnostics) {
    bool const well_formed = !diagnostics.has_errors();
    ConfigView const root(&document.root, job_table());
    Job job;
    job.path = path;
    job.folder = fs::path(path).parent_path().string();
    job.title = root.table("job").text("title");
    job.as_of = root.table("job").text("as_of");
    job.sources.include = globs_of(root.table("sources"), "include");
    job.sources.exclude = globs_of(root.table("sources"), "exclude");
    job.sources.tables = tables_of(root.table("sources"));
    read_manifest(root.table("sources"), job, diagnostics);
    job.registry = phrase_of(root.table("registry"), "file");
    job.annotations = phrase_of(root.table("registry"), "annotations");
    OutputReader outputs(document, diagnostics);
    for (auto const& view : root.tables("output"))
        job.outputs.push_back(outputs.read(view));
    for (auto const& view : root.tables("engine"))
        job.engines.push_back(engine_of(view, document, diagnostics));
    job.alerts = read_alerts(root.tables("alert"), document, diagnostics);
    if (well_formed) {
        job.limits = limits_of(root.table("limits"));
        job.history = history_of(root.table("history"));
    }
    job.sha256 = sha256_hex(document.bytes);
    return job;
}

}  // namespace

std::optional<Job> load_job_as_far_as_possible(fs::path const& path, Diagnostics& diagnostics) {
    Diagnostics found;
    std::optional<Job> job;
    if (auto const document = read_config(path, path.string(), job_codes, found)) {
        check_config(*document, job_table(), job_codes, {}, found);
        job = job_of(*document, path.string(), found);
        job->has_mistakes = found.has_errors();
    }
    found.sort();
    diagnostics.append(found);
    return job;
}

std::optional<Job> load_job(fs::path const& path, Diagnostics& diagnostics) {
    Diagnostics found;
    auto job = load_job_as_far_as_possible(path, found);
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    return job;
}

std::string shown_path(Job const& job, std::string_view relative) {
    return (fs::path(job.folder) / fs::path(relative)).lexically_normal().string();
}

Diagnostic unreadable(Job const& job, Phrase const& file) {
    bool const is_named = file.place.line > 0;
    auto diagnostic =
        is_named
            ? diagnostic_at(Severity::error, {}, file.place, in_quotes(file.text) + " cannot be read")
            : diagnostic_at(Severity::error, {}, {shown_path(job, file.text), 0, 0, 0}, "this file cannot be read");
    add_near_path(diagnostic, job.folder, file.text);
    if (!is_named) diagnostic.notes.push_back("the job names no other: [registry] file = \"...\" does");
    return diagnostic;
}

Diagnostic diagnostic_at(Severity severity, std::string code, Place place, std::string message) {
    constexpr std::size_t most = 16u << 20;
    constexpr std::size_t longest_shown = 4u << 10;
    Diagnostic diagnostic{severity, std::move(code), std::move(place), std::move(message), {}, {}};
    auto const file = read_file(diagnostic.place.file, most);
    std::string_view text = file.bytes;
    for (std::size_t line = 1; line < diagnostic.place.line; ++line) {
        auto const end = text.find('\n');
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (diagnostic.place.line > 0 && text.size() <= longest_shown) diagnostic.source_line = text;
    return diagnostic;
}

}  // namespace dossier
