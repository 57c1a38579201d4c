#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/history/published_sets.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {

int show_command(HistoryOptions const& options) {
    auto const database = read_history(options.output);
    if (!database) return no_such_run(options);
    RunHistory const history(*database, now);
    auto record = history.run(options.run);
    if (!record) return no_such_run(options);
    settle(record->entry, run_is_going_on(options.output));
    ToldRun told{std::move(*record), {}, {}, false};
    auto const& entry = told.record.entry;
    told.alerts = AlertStates(*database).of_run(entry.number);
    if (!entry.run_id.empty()) {
        told.is_latest = latest_set(options.output) == entry.run_id;
        if (auto maker = entry.made_set ? std::nullopt : history.run(entry.run_id))
            told.maker = std::move(maker->entry);
    }
    print(options.json ? json_of(told).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
                       : run_text(told));
    return exit_done;
}

}  // namespace dossier
