// dossier diff: what changed between two analyses, and why.
#include <array>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "dossier/history/run_history.hpp"
#include "dossier/store/comparison.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr char const* analysis_file = "analysis.sqlite";

/// An analysis as the command line names it.
struct Named {
    std::string path;       ///< of its file; empty: there is none
    std::string code, why;  ///< then, what is wrong
    std::string note;       ///< and what would do
};

Named nothing_called(std::string const& name, DiffOptions const& options) {
    return {{},
            "DOS0861",
            "neither a file nor a run in " + options.output + " is called \"" + name + "\"",
            "give an analysis.sqlite, a folder that holds one, or a run: its number, its run id or latest"};
}

/// A run of the output folder, by what the history or the folder of sets calls it.
Named run_called(std::string const& name, DiffOptions const& options) {
    std::error_code error;
    auto const set_of = [&](std::string const& run_id) { return fs::path(options.output) / "runs" / run_id; };
    if (fs::is_directory(options.output, error))
        if (auto const database = read_history(options.output))
            if (auto const record = RunHistory(*database, now).run(name)) {
                auto const& entry = record->entry;
                if (entry.run_id.empty())
                    return {{},
                            "DOS0862",
                            "run " + name + " made no set",
                            "dossier show " + name + " --output " + shell_word(options.output) + " says why"};
                if (!fs::exists(set_of(entry.run_id) / analysis_file, error))
                    return {{},
                            "DOS0862",
                            "the set of run " + name + " is gone",
                            "`dossier prune` removes old sets; `dossier pin` keeps one"};
                return {(set_of(entry.run_id) / analysis_file).string(), {}, {}, {}};
            }
    auto const set = name == "latest" ? fs::path(options.output) / "latest" : set_of(name);
    bool const is_a_name = name.find('/') == std::string::npos && !name.starts_with('.');
    if (is_a_name && fs::exists(set / analysis_file, error)) return {(set / analysis_file).string(), {}, {}, {}};
    return nothing_called(name, options);
}

Named analysis_called(std::string const& name, DiffOptions const& options) {
    std::error_code error;
    if (fs::is_regular_file(name, error)) return {name, {}, {}, {}};
    if (fs::is_regular_file(fs::path(name) / analysis_file, error))
        return {(fs::path(name) / analysis_file).string(), {}, {}, {}};
    return run_called(name, options);
}

// --- for people -------------------------------------------------------------------------------------------------------

/// Digests by their first digits, which is enough to tell two apart.
std::string shown(std::optional<std::string> const& value) {
    constexpr std::size_t digest_digits = 64, shown_digits = 12;
    if (!value) return "(none)";
    bool const is_digest =
        value->size() == digest_digits && value->find_first_not_of("0123456789abcdef") == std::string::npos;
    return is_digest ? value->substr(0, shown_digits) + "…" : display_text(*value);
}

/// "causes-insomnia, under children, article birch", and what of it.
std::string subject_of(Change const& change) {
    std::string text;
    auto const add = [&](std::string_view label, std::string const& value) {
        if (value.empty()) return;
        text += (text.empty() ? "" : ", ") + std::string(label) + display_text(value);
    };
    add("", change.claim_id);
    add("under ", change.condition_id.value_or(""));
    add(change.claim_id.empty() ? "" : "article ", change.article_id);
    add("", change.factor_id);
    add("", change.aspect);
    return text;
}

std::string line_of(Change const& change) {
    auto const subject = subject_of(change);
    std::string words(name_of(change.kind));
    for (char& c : words)
        if (c == '_') c = ' ';
    std::string text = "  " + words + (subject.empty() ? "" : "  " + subject) + ": " + shown(change.before) + " -> " +
                       shown(change.after) + "\n";
    if (!change.quote_before.empty()) text += "      before: \"" + display_text(change.quote_before) + "\"\n";
    if (!change.quote_after.empty()) text += "      after:  \"" + display_text(change.quote_after) + "\"\n";
    return text + "      " + (change.cause.empty() ? "cause not known" : "because: " + display_text(change.cause)) +
           "\n";
}

/// Kinds that people look at together, in the order in which they care.
struct Group {
    std::string_view title;
    ChangeKind first, last;
    std::string text = {};
    std::size_t n = 0;
};

class ChangesText {
public:
    explicit ChangesText(std::size_t most) : most_(most) {}

    void add(Change const& change) {
        for (auto& group : groups_) {
            if (change.kind < group.first || change.kind > group.last) continue;
            if (most_ == 0 || group.n < most_) group.text += line_of(change);
            ++group.n;
        }
    }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (auto const& group : groups_) {
            if (group.n == 0) continue;
            all += (all.empty() ? "" : "\n") + std::string(group.title) + " (" + std::to_string(group.n) + ")\n" +
                   group.text;
            if (most_ != 0 && group.n > most_)
                all += "  and " + std::to_string(group.n - most_) + " more; --most 0 shows all\n";
        }
        return all.empty() ? "Nothing changed.\n" : all;
    }

private:
    using enum ChangeKind;
    std::size_t most_;
    std::array<Group, 6> groups_{Group{"Verdicts", verdict_changed, verdict_changed},
                                 {"Stances", stance_new, stance_flipped},
                                 {"Articles", article_new, article_readable},
                                 {"Risk factors", factor_new, factor_changed},
                                 {"Claims and what people decided", claim_new, override_changed},
                                 {"What the run was given, and its rules", schema_changed, plugin_changed}};
};

// --- for programs -----------------------------------------------------------------------------------------------------

using Json = nlohmann::ordered_json;

Json or_null(std::string const& text) {
    return text.empty() ? Json() : Json(text);
}

std::string json_line(Change const& change) {
    auto causes = Json::array();
    for (std::size_t i = 0; i < change_causes().size(); ++i)
        if (change.causes.has(static_cast<ChangeCause>(i))) causes.push_back(change_causes()[i]);
    Json const json{{"kind", name_of(change.kind)},
                    {"claim_id", or_null(change.claim_id)},
                    {"condition_id", change.condition_id ? Json(*change.condition_id) : Json()},
                    {"article_id", or_null(change.article_id)},
                    {"factor_id", or_null(change.factor_id)},
                    {"aspect", or_null(change.aspect)},
                    {"before", change.before ? Json(*change.before) : Json()},
                    {"after", change.after ? Json(*change.after) : Json()},
                    {"quote_before", or_null(change.quote_before)},
                    {"quote_after", or_null(change.quote_after)},
                    {"causes", std::move(causes)},
                    {"cause", or_null(change.cause)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

int diff_command(DiffOptions const& options) {
    auto const before = analysis_called(options.before, options);
    auto const after = analysis_called(options.after, options);
    for (auto const* named : {&before, &after})
        if (named->path.empty()) return refuse(options, named->code, named->why, named->note);
    bool any = false;
    ChangesText text(options.most);
    try {
        for_each_change(before.path, after.path, [&](Change const& change) {
            any = true;
            options.json ? print(json_line(change)) : text.add(change);
        });
    } catch (Failure const& failure) {
        return refuse(options, "DOS0863", failure.what(), "an analysis is made anew by `dossier run`");
    }
    if (!options.json) print(text.text());
    return any && options.exit_code ? exit_failed : exit_done;
}

}  // namespace dossier
