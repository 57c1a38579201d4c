// Doctor: what this machine and this installation can do, tried out rather than looked up.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/options.hpp"
#include "dossier/plugin/plugin_records.hpp"
#include "dossier/plugin/worker_client.hpp"
#include "dossier/store/analysis_writer.hpp"
#include "exit_code.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t little_room = std::uintmax_t{1} << 30;

/// One word of each script that articles in the wild bring along; a font that lacks it is worth knowing of.
constexpr char const* words_in_many_scripts = "dossier, досье, φάκελος, תיק, ملف, फ़ाइल, แฟ้ม, 檔案, ファイル, 파일";

enum class Health { ok, warning, failed };

/// What was found, printed as it comes.
class Examination {
public:
    explicit Examination(bool quiet) : quiet_(quiet) {}
    void add(Health verdict, std::string_view what, std::string const& detail) {
        worst_ = std::max(worst_, verdict);
        if (quiet_ && verdict == Health::ok) return;
        constexpr char const* words[] = {"ok", "warning", "failed"};
        print(fmt::format("{:<8} {:<21} {}\n", words[static_cast<int>(verdict)], what, detail));
    }
    [[nodiscard]] int exit_code() const noexcept {
        return worst_ == Health::ok ? exit_done : worst_ == Health::warning ? exit_warnings : exit_failed;
    }

private:
    bool quiet_;
    Health worst_ = Health::ok;
};

/// A folder of its own under the system's temporary one, gone with this object.
class WorkFolder {
public:
    WorkFolder() {
        std::error_code error;
        auto const temporary = fs::temp_directory_path(error);
        if (error) throw Failure(FailureKind::io, "there is no folder for temporary files: " + error.message());
        auto pattern = (temporary / "dossier-doctor-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            throw Failure(FailureKind::io, "cannot make a folder in " + temporary.string(), temporary.string(), errno);
        path_ = pattern;
    }
    WorkFolder(WorkFolder const&) = delete;
    WorkFolder& operator=(WorkFolder const&) = delete;
    ~WorkFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path const& path() const noexcept { return path_; }

private:
    fs::path path_;
};

dossier_text as_text(std::string_view text) {
    return {text.data(), text.size()};
}

void say(Spool& flow, dossier_block const& block) {
    std::string bytes;
    if (auto const problem = encode_block(block, bytes)) throw Failure(FailureKind::io, *problem);
    flow.append(bytes);
}

/// A table, without which formats that write data have nothing to write.
void say_table(Spool& flow) {
    dossier_column column{};
    column.size = sizeof column;
    column.key = as_text("word"), column.title = as_text("Word"), column.kind = DOSSIER_CELL_TEXT;
    dossier_table table{};
    table.size = sizeof table;
    table.caption = as_text("A table"), table.anchor = as_text("table"), table.columns = &column, table.n_columns = 1;
    say(flow, {DOSSIER_TABLE_BEGIN, 0, &table});
    dossier_cell cell{};
    cell.kind = DOSSIER_CELL_TEXT, cell.text = as_text("dossier");
    dossier_row const row{sizeof row, &cell, 1, {}};
    say(flow, {DOSSIER_ROW, 0, &row});
    say(flow, {DOSSIER_TABLE_END, 0, nullptr});
}

/// A page with words of many scripts.
void fill_with_sample(Spool& flow) {
    dossier_heading heading{};
    heading.size = sizeof heading;
    heading.level = 1, heading.text = as_text("A page to try formats out");
    say(flow, {DOSSIER_HEADING, 0, &heading});
    dossier_run const run{0, 0, as_text(words_in_many_scripts), {}};
    dossier_paragraph const paragraph{sizeof paragraph, &run, 1};
    say(flow, {DOSSIER_PARAGRAPH, 0, &paragraph});
    say_table(flow);
    flow.close({});
}

/// An analysis of nothing.
fs::path write_empty_analysis(fs::path const& folder) {
    auto const file = folder / "analysis.sqlite";
    ClaimRegistry const registry;
    AnalysisWriter writer(file.string());
    writer.add_registry(registry);
    writer.add_summary(Summing(registry, folder).finish());
    writer.finish({"A page to try formats out", "2000-01-01", DOSSIER_VERSION, "", "", "", "", ""});
    return file;
}

void examine_folder(std::string_view what, fs::path const& folder, Examination& examination) {
    std::error_code error;
    auto existing = folder;
    while (!existing.empty() && !fs::exists(existing, error) && existing != existing.parent_path())
        existing = existing.parent_path();
    if (!fs::is_directory(existing, error) || ::access(existing.c_str(), W_OK | X_OK) != 0)
        return examination.add(Health::warning, what, folder.string() + " cannot be written");
    auto const room = fs::space(existing, error);
    if (error)
        return examination.add(Health::warning, what,
                               folder.string() + ", how much is free cannot be told: " + error.message());
    auto const detail = fmt::format("{}, {:.1f} GiB free", folder.string(),
                                    static_cast<double>(room.available) / static_cast<double>(little_room));
    examination.add(room.available < little_room ? Health::warning : Health::ok, what, detail);
}

void examine_folders(Catalogue const& catalogue, Examination& examination) {
    std::error_code error;
    examine_folder("temporary files", fs::temp_directory_path(error), examination);
    examine_folder("this folder", fs::current_path(error), examination);
    auto const records = plugin_records_file();
    if (records.empty())
        examination.add(Health::warning, "state", "no HOME and no XDG_STATE_HOME: crashed plugins are not remembered");
    else
        examine_folder("state", records.parent_path(), examination);
    for (auto const& folder : catalogue.folders)
        examination.add(Health::ok, "plugins", folder + (fs::is_directory(folder, error) ? "" : " (not there)"));
}

/// Every plugin, and each of its components on an analysis of nothing or a sample page.
class Trial {
public:
    Trial(CommonOptions const& options, Examination& examination)
        : examination_(examination), analysis_(write_empty_analysis(folder_.path())), sample_(folder_.path()) {
        fill_with_sample(sample_);
        WorkerSettings settings;
        settings.allow_unsandboxed = options.allow_unsandboxed;
        settings.scratch_folder = folder_.path();
        settings.when_crashed = quarantine;
        workers_.emplace(settings);
    }

    void run(CataloguedPlugin const& plugin) {
        auto const name = "plugin " + plugin.metadata.name;
        if (!plugin.unusable.empty()) return examination_.add(Health::warning, name, plugin.unusable);
        auto const description = workers_->describe(plugin);
        if (!told_sandbox_) tell_sandbox(description);
        if (!description.ok()) return examination_.add(Health::failed, name, description.sentence);
        for (auto const& component : description.components)
            run(plugin, component);
    }

private:
    void tell_sandbox(Outcome const& outcome) {
        told_sandbox_ = true;
        auto const& sandbox = outcome.sandbox;
        bool const stands = sandbox.landlock > 0 && sandbox.seccomp;
        examination_.add(
            stands ? Health::ok : Health::failed, "sandbox",
            stands ? fmt::format("Landlock ABI {} and seccomp", sandbox.landlock)
                   : "plugins cannot be shut in: " + (outcome.ok() ? "they would run freely" : outcome.sentence));
    }

    void run(CataloguedPlugin const& plugin, ComponentDescription const& component) {
        auto const name = std::string(name_of(component.kind)) + " " + component.name;
        Diagnostics ignored;
        auto const options = resolve_options(component, {}, ignored);
        if (component.kind == ComponentKind::engine) return examination_.add(Health::ok, name, "can be loaded");
        if (component.kind == ComponentKind::report) {
            auto const outcome = workers_->run_report(plugin, component.name, options, analysis_, {});
            return tell(name, outcome, "ran on an analysis of nothing");
        }
        DocumentPart const parts[] = {{"sample", &sample_, ""}};
        DocumentHead const head{"A page to try formats out", "2000-01-01", "en", "Dossier " DOSSIER_VERSION};
        auto const outcome = workers_->run_format(plugin, component, options, head, parts,
                                                  folder_.path() / component.name, {analysis_, {}});
        std::uint64_t n_bytes = 0;
        for (auto const& file : outcome.files)
            n_bytes += file.size;
        tell(name, outcome, fmt::format("wrote a page of {} bytes", n_bytes));
    }

    void tell(std::string const& name, Outcome const& outcome, std::string const& success) {
        if (!outcome.ok()) return examination_.add(Health::failed, name, outcome.sentence);
        bool warned = false;
        for (auto const& line : outcome.log) {
            if (line.level != DOSSIER_LOG_WARNING) continue;
            examination_.add(Health::warning, name, line.text);
            warned = true;
        }
        if (!warned) examination_.add(Health::ok, name, success);
    }

    Examination& examination_;
    WorkFolder folder_;
    fs::path analysis_;
    Spool sample_;
    std::optional<WorkerClient> workers_;
    bool told_sandbox_ = false;
};

}  // namespace

int doctor_command(CommonOptions const& options) {
    Examination examination(options.quiet);
    examination.add(Health::ok, "dossier",
                    fmt::format("{}, plugin ABI {}.{}", DOSSIER_VERSION, DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR));
    auto const catalogue = find_plugins(options);
    examine_folders(catalogue, examination);
    for (auto const& diagnostic : catalogue.diagnostics.items())
        examination.add(Health::warning, "plugins", diagnostic.place.file + ": " + diagnostic.message);
    if (catalogue.plugins.empty()) examination.add(Health::failed, "plugins", "none was found, so nothing can be made");
    Trial trial(options, examination);
    for (auto const& plugin : catalogue.plugins)
        trial.run(plugin);
    return examination.exit_code();
}

}  // namespace dossier
