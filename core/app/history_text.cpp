#include "history_text.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "console.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/diagnostics/render.hpp"
#include "dossier/diagnostics/shell_words.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

/// A cell as it is shown, and how wide.
struct Cell {
    std::string shown;
    std::size_t width = 0;
};

Cell cell_of(std::string const& text) {
    auto const is_plain = [](char c) { return c >= ' ' && c <= '~'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return {text, text.size()};
    Cell cell;
    for (std::size_t offset = 0; offset < text.size();) {
        auto const unit = display_unit(text, offset);
        cell.shown += unit.shown;
        cell.width += unit.width;
        offset += unit.bytes;
    }
    return cell;
}

/// At most so many code points.
std::string shortened(std::string const& text, std::size_t most) {
    std::size_t offset = 0;
    for (std::size_t n = 0; offset < text.size(); ++n) {
        if (n == most) return text.substr(0, offset) + "…";
        offset += display_unit(text, offset).bytes;
    }
    return text;
}

std::string joined(std::vector<std::string> const& parts, std::string_view between) {
    std::string text;
    for (auto const& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : std::string(between)) + part;
    return text;
}

/// What a line of the list says last.
std::string what_came_of(RunEntry const& entry) {
    return joined(
        {shortened(entry.failure, 120), entry.changed, entry.n_alerts > 0 ? counted(entry.n_alerts, "alert") : "",
         entry.n_not_delivered > 0 ? counted(entry.n_not_delivered, "alert") + " NOT DELIVERED" : "",
         entry.pinned ? "pinned" : "", entry.pruned.empty() ? "" : "pruned"},
        "; ");
}

Json null_if_empty(std::string const& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

template <class Value>
Json null_if_none(std::optional<Value> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

// --- one run in words ---------------------------------------------------------------------------------------------

std::string state_text(RunEntry const& entry) {
    std::string text = name_of(entry.state);
    if (entry.exit_code) text += ", exit code " + std::to_string(*entry.exit_code);
    if (entry.state == RunState::interrupted && entry.made_set) text += " after its set was published";
    return text;
}

std::string set_text(ToldRun const& run) {
    auto const& entry = run.record.entry;
    if (entry.run_id.empty()) return {};
    return joined({"runs/" + entry.run_id, run.is_latest ? "the latest" : "",
                   run.maker ? "made by run " + std::to_string(run.maker->number) : "", entry.pinned ? "pinned" : "",
                   entry.pruned.empty() || !entry.made_set ? "" : "removed " + time_text(entry.pruned)},
                  ", ");
}

std::string command_text(RunRecord const& record) {
    if (record.arguments.empty()) return "not known: the set was made before there was a history";
    auto words = record.arguments;
    words.insert(words.begin(), "dossier");
    return command_line(words);
}

Rows facts_of(ToldRun const& run) {
    auto const& record = run.record;
    auto const& entry = record.entry;
    auto const& [n_articles, n_not_assessable] = record.articles;
    Rows const facts{
        {"state", state_text(entry)},
        {"failure", entry.failure},
        {"began", time_text(entry.began)},
        {"ended", time_text(entry.ended)},
        {"took", entry.milliseconds ? duration_text(*entry.milliseconds) : ""},
        {"started", name_of(entry.trigger)},
        {"covers", joined(record.periods, ", ")},
        {"job", entry.job},
        {"as of", entry.as_of},
        {"command", command_text(record)},
        {"in", record.working_folder},
        {"Dossier", entry.tool_version},
        {"set", set_text(run)},
        {"key", entry.key},
        {"changed", entry.changed},
        {"articles", n_articles == 0 ? ""
                                     : std::to_string(n_articles) + ", " + std::to_string(n_not_assessable) +
                                           " of them not assessable"},
        {"pruned", entry.pruned.empty() ? "" : time_text(entry.pruned) + "; what else was known of it is gone"}};
    Rows told;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(told),
                 [](auto const& fact) { return !fact[1].empty(); });
    return told;
}

Rows verdict_rows(std::vector<RunVerdict> const& verdicts) {
    Rows rows{{"claim", "sources", "supports", "refutes", "mixed", "direction", "agreement", "certainty", "coverage"}};
    for (auto const& v : verdicts)
        rows.push_back({v.claim_id, std::to_string(v.n_clusters), std::to_string(v.supports), std::to_string(v.refutes),
                        std::to_string(v.mixed), v.direction, v.agreement, v.certainty, v.coverage});
    return rows;
}

Rows output_rows(std::vector<RunOutput> const& outputs) {
    Rows rows{{"file", "bytes", "sha256"}};
    for (auto const& output : outputs)
        rows.push_back({output.file, std::to_string(output.bytes), output.sha256});
    return rows;
}

Rows alert_rows(std::vector<AlertLogEntry> const& alerts) {
    Rows rows;
    for (auto const& alert : alerts)
        rows.push_back(
            {joined({alert.alert_id + " " + std::string(name_of(alert.event)) + ": " + alert.sentence,
                     alert.delivery == AlertDelivery::none ? "" : std::string(name_of(alert.delivery)), alert.problem},
                    "; ")});
    return rows;
}

Rows message_rows(RunRecord const& record) {
    Rows rows;
    for (auto const& d : record.diagnostics.items())
        rows.push_back({place_text(d.place) + name_of(d.severity) + ": " + d.message + " [" + d.code + "]"});
    if (record.n_more_diagnostics > 0)
        rows.push_back({"and " + std::to_string(record.n_more_diagnostics) + " more, which were not kept"});
    return rows;
}

std::string section(std::string const& title, Rows const& rows, std::size_t n_headings) {
    return rows.size() <= n_headings ? std::string() : "\n" + title + "\n" + aligned(rows, "  ");
}

// --- one run for programs -----------------------------------------------------------------------------------------

Json json_of(RunVerdict const& v) {
    return {{"claim_id", v.claim_id},     {"direction", v.direction},
            {"agreement", v.agreement},   {"certainty", v.certainty},
            {"coverage", v.coverage},     {"n_articles", v.n_articles},
            {"n_clusters", v.n_clusters}, {"supports", v.supports},
            {"refutes", v.refutes},       {"mixed", v.mixed}};
}

Json json_of(Diagnostic const& d) {
    return {{"severity", name_of(d.severity)},
            {"code", d.code},
            {"file", null_if_empty(d.place.file)},
            {"line", d.place.line},
            {"column", d.place.column},
            {"message", d.message}};
}

Json json_of(AlertLogEntry const& alert) {
    return {
        {"alert_id", alert.alert_id}, {"event", name_of(alert.event)},       {"at", alert.at},
        {"sentence", alert.sentence}, {"delivery", name_of(alert.delivery)}, {"problem", null_if_empty(alert.problem)}};
}

template <class Values>
Json json_list(Values const& values) {
    Json list = Json::array();
    for (auto const& value : values)
        list.push_back(json_of(value));
    return list;
}

}  // namespace

std::string place_text(Place const& place) {
    if (place.file.empty()) return {};
    auto text = place.file;
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
    return text + ": ";
}

std::string no_folder_in_words(fs::path const& folder) {
    return "there is no folder " + folder.string() + "; --output names the one that `dossier run` writes to";
}

std::optional<HistoryDatabase> read_history(fs::path const& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw Failure(FailureKind::io, no_folder_in_words(folder), folder.string());
    return HistoryDatabase::open_to_read(folder);
}

void settle(RunEntry& entry, bool is_going_on) {
    if (entry.state == RunState::running && !is_going_on) entry.state = RunState::interrupted;
}

int no_such_run(HistoryOptions const& options) {
    return refuse(
        options, "DOS0854", "no run in " + options.output + " is called \"" + options.run + "\"",
        "a run is called by its number, its run id or the beginning of that, latest or last; `dossier history "
        "--output " +
            shell_word(options.output) + "` names them");
}

std::string duration_text(std::int64_t milliseconds) {
    char text[48];
    if (milliseconds < 59'950) {
        std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(milliseconds) / 1000);
        return text;
    }
    auto const seconds = static_cast<long long>((milliseconds + 500) / 1000);
    if (seconds < 3600)
        std::snprintf(text, sizeof text, "%lld min %02lld s", seconds / 60, seconds % 60);
    else
        std::snprintf(text, sizeof text, "%lld h %02lld min", seconds / 3600, seconds / 60 % 60);
    return text;
}

std::string time_text(std::string_view utc) {
    std::string text(utc);
    if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
    return text;
}

std::string aligned(Rows const& rows, std::string_view indent) {
    std::vector<std::vector<Cell>> shown;
    std::vector<std::size_t> widths;
    for (auto const& row : rows) {
        auto& cells = shown.emplace_back();
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(cell_of(row[i]));
            widths[i] = std::max(widths[i], cells[i].width);
        }
    }
    std::string text;
    for (auto const& cells : shown) {
        text += indent;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += cells[i].shown;
            if (i + 1 < cells.size()) text.append(widths[i] - cells[i].width + 2, ' ');
        }
        text.erase(text.find_last_not_of(' ') + 1);
        text += '\n';
    }
    return text;
}

std::string history_table(std::span<RunEntry const> entries) {
    Rows rows{{"run", "began", "state", "exit", "took", "set", "what came of it"}};
    for (auto const& entry : entries)
        rows.push_back({std::to_string(entry.number), time_text(entry.began), name_of(entry.state),
                        entry.exit_code ? std::to_string(*entry.exit_code) : "-",
                        entry.milliseconds ? duration_text(*entry.milliseconds) : "-",
                        entry.run_id.empty() ? "-" : entry.run_id, what_came_of(entry)});
    return aligned(rows, "");
}

Json json_of(RunEntry const& entry) {
    return {{"number", entry.number},
            {"began", entry.began},
            {"ended", null_if_empty(entry.ended)},
            {"state", name_of(entry.state)},
            {"exit_code", null_if_none(entry.exit_code)},
            {"milliseconds", null_if_none(entry.milliseconds)},
            {"started", name_of(entry.trigger)},
            {"job", null_if_empty(entry.job)},
            {"as_of", null_if_empty(entry.as_of)},
            {"tool_version", null_if_empty(entry.tool_version)},
            {"run_id", null_if_empty(entry.run_id)},
            {"made_set", entry.made_set},
            {"key", null_if_empty(entry.key)},
            {"failure", null_if_empty(entry.failure)},
            {"changed", null_if_empty(entry.changed)},
            {"n_alerts", entry.n_alerts},
            {"n_not_delivered", entry.n_not_delivered},
            {"pinned", entry.pinned},
            {"pruned", null_if_empty(entry.pruned)}};
}

std::string run_text(ToldRun const& run) {
    auto const& record = run.record;
    return "run " + std::to_string(record.entry.number) + "\n" + aligned(facts_of(run), "  ") +
           section("verdicts", verdict_rows(record.verdicts), 1) + section("alerts", alert_rows(run.alerts), 0) +
           section("messages", message_rows(record), 0) + section("outputs", output_rows(record.outputs), 1);
}

Json json_of(ToldRun const& run) {
    auto const& record = run.record;
    auto json = json_of(record.entry);
    json["is_latest"] = run.is_latest;
    json["made_by"] = run.maker ? Json(run.maker->number) : Json(nullptr);
    json["arguments"] = record.arguments;
    json["working_folder"] = null_if_empty(record.working_folder);
    json["periods"] = record.periods;
    json["n_articles"] = record.articles.n;
    json["n_not_assessable"] = record.articles.n_not_assessable;
    json["verdicts"] = json_list(record.verdicts);
    json["alerts"] = json_list(run.alerts);
    json["messages"] = json_list(record.diagnostics.items());
    json["n_more_messages"] = record.n_more_diagnostics;
    Json outputs = Json::array();
    for (auto const& output : record.outputs)
        outputs.push_back({{"file", output.file}, {"bytes", output.bytes}, {"sha256", output.sha256}});
    json["outputs"] = std::move(outputs);
    return json;
}

}  // namespace dossier
