#include "dossier/history/run_history.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <utility>

#include "dossier/diagnostics/render.hpp"
#include "dossier/history/published_sets.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<RunState, char const*> state_names[] = {
    {RunState::running, "running"}, {RunState::published, "published"}, {RunState::unchanged, "unchanged"},
    {RunState::refused, "refused"}, {RunState::failed, "failed"},       {RunState::interrupted, "interrupted"}};

/// A word of a later version is a run that did not go well.
RunState state_called(std::string_view name) {
    for (auto const& [state, word] : state_names)
        if (word == name) return state;
    return RunState::failed;
}

std::string json_list(std::vector<std::string> const& texts) {
    return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> texts_in(std::string const& json) {
    std::vector<std::string> texts;
    auto const list = nlohmann::json::parse(json, nullptr, false);
    if (!list.is_array()) return texts;
    for (auto const& text : list)
        if (text.is_string()) texts.push_back(text.get<std::string>());
    return texts;
}

/// NULL where there is nothing to say.
std::optional<std::string_view> maybe(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

constexpr std::string_view entry_columns =
    "number, began, ended, state, exit_code, milliseconds, job, trigger, as_of, tool_version, run_id, key, failure,"
    " changed, made_set, pinned, pruned, (SELECT count(*) FROM alert_log WHERE run = runs.number AND event = 'fired'),"
    " (SELECT count(*) FROM alert_log WHERE run = runs.number AND delivery IN ('failed', 'unknown'))";

RunEntry entry_of(HistoryStatement const& row) {
    RunEntry entry;
    entry.number = row.number(0);
    entry.began = row.text(1);
    entry.ended = row.text(2);
    entry.state = state_called(row.text(3));
    if (!row.is_null(4)) entry.exit_code = static_cast<int>(row.number(4));
    if (!row.is_null(5)) entry.milliseconds = row.number(5);
    entry.job = row.text(6);
    entry.trigger = row.text(7) == name_of(RunTrigger::schedule) ? RunTrigger::schedule : RunTrigger::by_hand;
    entry.as_of = row.text(8);
    entry.tool_version = row.text(9);
    entry.run_id = row.text(10);
    entry.key = row.text(11);
    entry.failure = row.text(12);
    entry.changed = row.text(13);
    entry.made_set = row.number(14) != 0;
    entry.pinned = row.number(15) != 0;
    entry.pruned = row.text(16);
    entry.n_alerts = row.number(17);
    entry.n_not_delivered = row.number(18);
    return entry;
}

// In SQL, as RunEntry::is_good() and is_adopted() are; what is neither, nor running, failed.

std::string const& good() {
    static auto const sql = "(state IN ('published', 'unchanged') AND ifnull(exit_code <> " +
                            std::to_string(plugin_failed_exit_code) + ", false))";
    return sql;
}

constexpr std::string_view adopted = "(state = 'published' AND exit_code IS NULL)";

/// @param nobody_is_running  then what is marked as running failed as well
std::string failed(bool nobody_is_running = false) {
    auto sql = "(NOT " + good() + " AND NOT " + std::string(adopted);
    if (!nobody_is_running) sql += " AND state <> 'running'";
    return sql + ")";
}

std::string select_entries(std::string_view rest) {
    return "SELECT " + std::string(entry_columns) + " FROM runs " + std::string(rest);
}

std::optional<RunEntry> first_entry(HistoryDatabase const& database, std::string_view rest) {
    HistoryStatement rows(database, select_entries(rest));
    if (!rows.with().next()) return std::nullopt;
    return entry_of(rows);
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// --- details of a run --------------------------------------------------------------------------------------------------

void add_outputs(HistoryDatabase const& database, std::int64_t number, std::vector<RunOutput> const& outputs) {
    HistoryStatement insert(database, "INSERT OR REPLACE INTO run_outputs VALUES (?1, ?2, ?3, ?4)");
    for (auto const& output : outputs)
        insert.run(number, output.file, output.bytes, output.sha256);
}

void add_verdicts(HistoryDatabase const& database, std::int64_t number, std::vector<RunVerdict> const& verdicts) {
    HistoryStatement insert(database,
                            "INSERT INTO run_verdicts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    std::int64_t position = 0;
    for (auto const& v : verdicts)
        insert.run(number, position++, v.claim_id, v.direction, v.agreement, v.certainty, v.coverage, v.n_articles,
                   v.n_clusters, v.supports, v.refutes, v.mixed);
}

/// The worst first, behind those that are there already, and of the others only so many; the rest is counted.
void add_diagnostics(HistoryDatabase const& database, std::int64_t number, Diagnostics const& diagnostics) {
    std::vector<Diagnostic const*> worst_first;
    for (auto const& diagnostic : diagnostics.items())
        worst_first.push_back(&diagnostic);
    std::stable_sort(worst_first.begin(), worst_first.end(),
                     [](auto const* a, auto const* b) { return a->severity > b->severity; });
    HistoryStatement count(database, "SELECT count(*) FROM run_diagnostics WHERE number = ?1");
    auto position = count.with(number).next() ? static_cast<std::size_t>(count.number(0)) : 0;
    auto const room = RunHistory::most_diagnostics - std::min(position, RunHistory::most_diagnostics);
    auto const n_more = worst_first.size() - std::min(worst_first.size(), room);
    worst_first.resize(worst_first.size() - n_more);
    HistoryStatement insert(database, "INSERT INTO run_diagnostics VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    for (auto const* d : worst_first)
        insert.run(number, position++, name_of(d->severity), d->code, maybe(d->place.file), d->place.line,
                   d->place.column, d->message);
    HistoryStatement(database, "UPDATE runs SET n_more_diagnostics = n_more_diagnostics + ?2 WHERE number = ?1")
        .run(number, n_more);
}

std::vector<RunOutput> outputs_of(HistoryDatabase const& database, std::int64_t number) {
    std::vector<RunOutput> outputs;
    HistoryStatement rows(database, "SELECT file, bytes, sha256 FROM run_outputs WHERE number = ?1 ORDER BY file");
    for (rows.with(number); rows.next();)
        outputs.push_back({rows.text(0), static_cast<std::uint64_t>(rows.number(1)), rows.text(2)});
    return outputs;
}

std::vector<RunVerdict> verdicts_of(HistoryDatabase const& database, std::int64_t number) {
    std::vector<RunVerdict> verdicts;
    HistoryStatement rows(database,
                          "SELECT claim_id, direction, agreement, certainty, coverage, n_articles, n_clusters,"
                          " supports, refutes, mixed FROM run_verdicts WHERE number = ?1 ORDER BY position");
    for (rows.with(number); rows.next();)
        verdicts.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.number(5),
                            rows.number(6), rows.number(7), rows.number(8), rows.number(9)});
    return verdicts;
}

Severity severity_called(std::string_view name) {
    for (auto const severity : {Severity::note, Severity::warning})
        if (name == name_of(severity)) return severity;
    return Severity::error;
}

Diagnostics diagnostics_of(HistoryDatabase const& database, std::int64_t number) {
    Diagnostics diagnostics;
    HistoryStatement rows(database,
                          "SELECT severity, code, file, line, \"column\", message FROM run_diagnostics"
                          " WHERE number = ?1 ORDER BY position");
    for (rows.with(number); rows.next();)
        diagnostics.add(
            {severity_called(rows.text(0)),
             rows.text(1),
             {rows.text(2), static_cast<std::size_t>(rows.number(3)), static_cast<std::size_t>(rows.number(4)), 0},
             rows.text(5),
             {},
             {}});
    return diagnostics;
}

RunRecord record_of(HistoryDatabase const& database, RunEntry entry) {
    RunRecord record;
    HistoryStatement rest(database,
                          "SELECT arguments, periods, working_folder, n_articles, n_not_assessable, n_more_diagnostics"
                          " FROM runs WHERE number = ?1");
    if (rest.with(entry.number).next()) {
        record.arguments = texts_in(rest.text(0));
        record.periods = texts_in(rest.text(1));
        record.working_folder = rest.text(2);
        record.articles = {rest.number(3), rest.number(4)};
        record.n_more_diagnostics = static_cast<std::size_t>(rest.number(5));
    }
    record.outputs = outputs_of(database, entry.number);
    record.verdicts = verdicts_of(database, entry.number);
    record.diagnostics = diagnostics_of(database, entry.number);
    record.entry = std::move(entry);
    return record;
}

// --- sets of which no run knows ---------------------------------------------------------------------------------------

/// Sets in runs/ that no run made, the oldest first.
std::vector<PublishedSet> unknown_sets(HistoryDatabase const& database) {
    HistoryStatement known(database, "SELECT 1 FROM runs WHERE run_id = ?1 AND made_set AND pruned IS NULL");
    std::vector<PublishedSet> unknown;
    for (auto& set : published_sets(database.path().parent_path()))
        if (!known.with(set.run_id).next()) unknown.push_back(std::move(set));
    return unknown;
}

/// A set that no run made, and what is in it.
struct FoundSet {
    PublishedSet set;
    RecordedSet content;
};

std::vector<FoundSet> found_sets(HistoryDatabase const& database, ReadSet const& read) {
    std::vector<FoundSet> found;
    for (auto& set : unknown_sets(database)) {
        auto content = read ? read(database.path().parent_path() / "runs" / set.run_id) : RecordedSet();
        found.push_back({std::move(set), std::move(content)});
    }
    return found;
}

/// The newest run that may have published it, and then was killed or failed before it could say so.
std::optional<std::int64_t> maker_of(HistoryDatabase const& database, PublishedSet const& set) {
    constexpr auto leeway = std::chrono::minutes(5);  // between the clocks of machines that share a folder
    HistoryStatement maker(database,
                           "SELECT max(number) FROM runs WHERE state IN ('failed', 'interrupted') AND run_id IS NULL"
                           " AND pruned IS NULL AND began <= ?1 AND ?2 <= coalesce(ended,"
                           " (SELECT later.began FROM runs AS later WHERE later.number > runs.number"
                           "  ORDER BY later.number LIMIT 1), ?2) HAVING count(*) > 0");
    auto const began_by = utc_text(set.finished + leeway), ended_since = utc_text(set.finished - leeway);
    if (!maker.with(began_by, ended_since).next()) return std::nullopt;
    return maker.number(0);
}

void give_set(HistoryDatabase const& database, std::int64_t number, FoundSet const& found) {
    HistoryStatement update(database,
                            "UPDATE runs SET run_id = ?2, made_set = 1, as_of = ?3, key = ?4, changed = ?5,"
                            " n_articles = ?6, n_not_assessable = ?7 WHERE number = ?1");
    auto const& content = found.content;
    update.run(number, found.set.run_id, maybe(content.as_of), maybe(content.key), maybe(content.changed),
               content.articles.n, content.articles.n_not_assessable);
    for (auto const* table : {"run_outputs", "run_verdicts"})
        HistoryStatement(database, std::string("DELETE FROM ") + table + " WHERE number = ?1").run(number);
    add_outputs(database, number, content.outputs);
    add_verdicts(database, number, content.verdicts);
}

/// A line of its own.
void adopt(HistoryDatabase const& database, FoundSet const& found) {
    HistoryStatement insert(database,
                            "INSERT INTO runs (began, ended, state, job, arguments, working_folder, trigger, periods,"
                            " tool_version) VALUES (?1, ?1, 'published', '', '[]', '', 'by hand', '[]', '')"
                            " RETURNING number");
    auto const finished = utc_text(found.set.finished);
    std::int64_t number = 0;
    for (insert.with(finished); insert.next();)
        number = insert.number(0);
    give_set(database, number, found);
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    auto const seconds_of = floor<seconds>(time);
    auto const day = floor<days>(seconds_of);
    year_month_day const date(day);
    hh_mm_ss const clock(seconds_of - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

char const* name_of(RunState state) noexcept {
    for (auto const& [candidate, name] : state_names)
        if (candidate == state) return name;
    return "failed";
}

char const* name_of(RunTrigger trigger) noexcept {
    return trigger == RunTrigger::schedule ? "schedule" : "by hand";
}

bool RunEntry::is_good() const noexcept {
    return (state == RunState::published || state == RunState::unchanged) && exit_code &&
           exit_code != plugin_failed_exit_code;
}

std::vector<std::int64_t> RunHistory::mark_interrupted(ReadSet const& read) {
    std::vector<std::int64_t> killed;
    auto found = found_sets(*database_, read);  // before the transaction, which keeps others waiting
    database_->transaction([&] {
        HistoryStatement running(*database_, "SELECT number FROM runs WHERE state = 'running' ORDER BY number");
        while (running.next())
            killed.push_back(running.number(0));
        HistoryStatement mark(*database_, "UPDATE runs SET state = 'interrupted' WHERE number = ?1");
        for (auto const number : killed)
            mark.run(number);
        std::vector<FoundSet> of_nobody;
        for (; !found.empty(); found.pop_back()) {  // the newest first, to the newest run
            if (auto const maker = maker_of(*database_, found.back().set))
                give_set(*database_, *maker, found.back());
            else
                of_nobody.push_back(std::move(found.back()));
        }
        for (; !of_nobody.empty(); of_nobody.pop_back())
            adopt(*database_, of_nobody.back());
    });
    return killed;
}

std::int64_t RunHistory::begin(RunStart const& start) {
    std::int64_t number = 0;
    database_->transaction([&] {
        HistoryStatement insert(*database_,
                                "INSERT INTO runs (began, state, job, arguments, working_folder, trigger, periods,"
                                " tool_version) VALUES (?1, 'running', ?2, ?3, ?4, ?5, ?6, ?7)");
        auto const began = utc_text(clock_()), arguments = json_list(start.arguments),
                   periods = json_list(start.periods);
        insert.run(began, start.job, arguments, start.working_folder, name_of(start.trigger), periods,
                   start.tool_version);
        HistoryStatement last(*database_, "SELECT last_insert_rowid()");
        if (last.next()) number = last.number(0);
    });
    return number;
}

void RunHistory::finish(std::int64_t number, RunEnd const& end) {
    database_->transaction([&] {
        HistoryStatement update(*database_,
                                "UPDATE runs SET ended = ?2, state = ?3, exit_code = ?4, milliseconds = ?5, as_of = ?6,"
                                " run_id = ?7, made_set = ?8, key = ?9, failure = ?10, changed = ?11, n_articles = ?12,"
                                " n_not_assessable = ?13 WHERE number = ?1");
        auto const ended = utc_text(clock_());
        bool const made_set = end.state == RunState::published && !end.run_id.empty();
        update.run(number, ended, name_of(end.state), end.exit_code, end.milliseconds, maybe(end.as_of),
                   maybe(end.run_id), made_set, maybe(end.key), maybe(end.failure), maybe(end.changed), end.articles.n,
                   end.articles.n_not_assessable);
        add_outputs(*database_, number, end.outputs);
        add_verdicts(*database_, number, end.verdicts);
        add_diagnostics(*database_, number, end.diagnostics);
    });
}

void RunHistory::amend(std::int64_t number, int exit_code, Diagnostics const& said) {
    database_->transaction([&] {
        HistoryStatement(*database_, "UPDATE runs SET exit_code = ?2 WHERE number = ?1").run(number, exit_code);
        add_diagnostics(*database_, number, said);
    });
}

std::vector<RunEntry> RunHistory::runs(RunFilter const& filter) const {
    auto const asked = filter.only_failed ? failed(filter.nobody_is_running) : "true";
    auto rest = "WHERE " + asked + (filter.only_unpruned ? " AND pruned IS NULL" : "") + " ORDER BY number DESC";
    if (filter.limit > 0) rest += " LIMIT " + std::to_string(filter.limit);
    HistoryStatement rows(*database_, select_entries(rest));
    std::vector<RunEntry> entries;
    while (rows.next())
        entries.push_back(entry_of(rows));
    return entries;
}

std::int64_t RunHistory::count() const {
    HistoryStatement rows(*database_, "SELECT count(*) FROM runs");
    return rows.next() ? rows.number(0) : 0;
}

std::optional<std::int64_t> RunHistory::number_called(std::string_view name) const {
    if (name == "last") {
        HistoryStatement newest(*database_,
                                "SELECT number FROM runs ORDER BY " + std::string(adopted) + ", number DESC LIMIT 1");
        return newest.next() ? std::optional(newest.number(0)) : std::nullopt;
    }
    if (auto const number = number_in(name)) {
        HistoryStatement same(*database_, "SELECT number FROM runs WHERE number = ?1");
        if (same.with(*number).next()) return number;
    }
    auto const run_id = name == "latest" ? latest_set(database_->path().parent_path()).value_or("") : std::string(name);
    if (run_id.empty()) return std::nullopt;
    // The newest that made a set called so; names of sets that are gone are given again.
    HistoryStatement exact(*database_, "SELECT number FROM runs WHERE run_id = ?1 AND made_set ORDER BY number DESC");
    if (exact.with(run_id).next()) return exact.number(0);
    HistoryStatement beginning(*database_,
                               "SELECT max(number), count(DISTINCT run_id) FROM runs"
                               " WHERE made_set AND substr(run_id, 1, length(?1)) = ?1");
    if (beginning.with(run_id).next() && beginning.number(1) == 1) return beginning.number(0);
    return std::nullopt;
}

std::optional<RunRecord> RunHistory::run(std::string_view name) const {
    auto const number = number_called(name);
    if (!number) return std::nullopt;
    auto entry = first_entry(*database_, "WHERE number = " + std::to_string(*number));
    if (!entry) return std::nullopt;
    return record_of(*database_, std::move(*entry));
}

std::optional<RunEntry> RunHistory::last_good() const {
    return first_entry(*database_, "WHERE " + good() + " ORDER BY number DESC LIMIT 1");
}

std::optional<RunEntry> RunHistory::last_failed() const {
    auto newest = first_entry(*database_, "WHERE " + good() + " OR " + failed() + " ORDER BY number DESC LIMIT 1");
    return newest && !newest->is_good() ? newest : std::nullopt;
}

bool RunHistory::set_pinned(std::int64_t number, bool pinned) {
    bool changed = false;
    database_->transaction([&] {
        HistoryStatement update(*database_,
                                "UPDATE runs SET pinned = ?2 WHERE number = ?1 AND (pruned IS NULL OR NOT ?2)"
                                " RETURNING number");
        update.with(number, pinned);
        while (update.next())
            changed = true;
    });
    return changed;
}

void RunHistory::mark_pruned(std::vector<std::int64_t> const& numbers) {
    database_->transaction([&] {
        auto const now = utc_text(clock_());
        HistoryStatement mark(*database_, "UPDATE runs SET pruned = ?2 WHERE number = ?1");
        for (auto const number : numbers)
            mark.run(number, now);
        for (auto const* table : {"run_outputs", "run_diagnostics", "run_verdicts"}) {
            HistoryStatement remove(*database_, std::string("DELETE FROM ") + table + " WHERE number = ?1");
            for (auto const number : numbers)
                remove.run(number);
        }
    });
}

std::size_t RunHistory::forget_pruned(std::size_t most) {
    std::size_t n_forgotten = 0;
    database_->transaction([&] {
        auto const n = static_cast<std::size_t>(count());
        if (n <= most) return;
        HistoryStatement remove(*database_,
                                "DELETE FROM runs WHERE number IN (SELECT number FROM runs"
                                " WHERE pruned IS NOT NULL AND NOT pinned AND number IS NOT"
                                " (SELECT max(number) FROM runs WHERE " +
                                    good() + ") ORDER BY number LIMIT ?1)");
        remove.run(n - most);
        n_forgotten = n - static_cast<std::size_t>(count());
    });
    return n_forgotten;
}

bool run_is_going_on(fs::path const& folder) {
    struct stat lock {};
    if (::stat((folder / ".lock").c_str(), &lock) != 0) return false;
    std::ifstream locks("/proc/locks");
    if (!locks) return true;
    // "1: FLOCK  ADVISORY  WRITE 4242 08:01:131075 0 EOF". The device is left out: of some file systems stat says another.
    auto const inode = ":" + std::to_string(lock.st_ino);
    for (std::string line; std::getline(locks, line);) {
        std::istringstream words(line);
        std::string number, kind, mode, access, process, file;
        if (words >> number >> kind >> mode >> access >> process >> file && kind == "FLOCK" && file.ends_with(inode))
            return true;
    }
    return false;
}

}  // namespace dossier
