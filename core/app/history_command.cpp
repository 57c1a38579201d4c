#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

void print_json(std::vector<RunEntry> const& entries) {
    for (auto const& entry : entries)
        print(json_of(entry).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void print_table(std::vector<RunEntry> const& entries, std::int64_t n_all, HistoryOptions const& options) {
    if (entries.empty()) {
        print((options.only_failed ? "no run failed in " : "no runs are recorded in ") + options.output + "\n");
        return;
    }
    print(history_table(entries));
    if (entries.size() == options.limit && static_cast<std::int64_t>(entries.size()) < n_all && !options.quiet)
        print("the last " + std::to_string(entries.size()) + "; --limit 0 lists all\n");
}

}  // namespace

int history_command(HistoryOptions const& options) {
    std::vector<RunEntry> entries;
    std::int64_t n_all = 0;
    if (auto const database = read_history(options.output)) {
        RunHistory const history(*database, now);
        bool const is_going_on = run_is_going_on(options.output);
        entries = history.runs(
            {.only_failed = options.only_failed, .nobody_is_running = !is_going_on, .limit = options.limit});
        for (auto& entry : entries)
            settle(entry, is_going_on);
        n_all = history.count();
    }
    if (options.json)
        print_json(entries);
    else
        print_table(entries, n_all, options);
    return exit_done;
}

}  // namespace dossier
