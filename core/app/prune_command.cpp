#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/counted.hpp"
#include "dossier/history/pruning.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/job/recorded_set.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

static_assert(plugin_failed_exit_code == exit_plugin_failed);

void print_text(Pruned const& pruned, HistoryOptions const& options) {
    auto const& [numbers, run_ids] = pruned.removed;
    std::string text;
    for (auto const& run_id : run_ids)
        text += "  runs/" + run_id + "\n";
    if (options.quiet) return;
    print((options.dry_run ? "would remove " : "removed ") + counted(run_ids.size(), "set") + " and what is kept of " +
          counted(numbers.size(), "run") + "\n" + text);
    if (pruned.n_forgotten > 0) print("forgot " + counted(pruned.n_forgotten, "run") + " that had been pruned\n");
}

void print_json(Pruned const& pruned, HistoryOptions const& options) {
    nlohmann::ordered_json const json{{"dry_run", options.dry_run},
                                      {"runs", pruned.removed.numbers},
                                      {"sets", pruned.removed.run_ids},
                                      {"n_forgotten", pruned.n_forgotten},
                                      {"not_removed", pruned.not_removed}};
    print(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

/// What would be removed, also of what a run that was killed left behind; nothing of that stays in the history.
Retention plan_only(RunHistory& history, RetentionPolicy const& policy, std::string const& folder) {
    struct Undo {};
    Retention planned;
    try {
        history.database().transaction([&] {
            history.mark_interrupted();
            planned = plan_pruning(history, folder, policy, compared_with_again(folder));
            throw Undo();
        });
    } catch (Undo const&) {
    }
    return planned;
}

}  // namespace

int prune_command(HistoryOptions const& options) {
    static_cast<void>(read_history(options.output));  // no lock is made in a folder that is not there
    OutputLock const held(options.output);
    auto const database = HistoryDatabase::open(options.output);
    RunHistory history(database, now);
    RetentionPolicy const policy{options.keep, options.keep_weekly};
    Diagnostics messages;
    Pruned pruned;
    if (options.dry_run) {
        pruned.removed = plan_only(history, policy, options.output);
    } else {
        messages = take_in_leftovers(history);
        pruned = prune(history, options.output, policy, compared_with_again(options.output),
                       options.forget ? 0 : most_lines_kept);
        messages.append(messages_of(pruned));
    }
    options.json ? print_json(pruned, options) : print_text(pruned, options);
    print_messages(messages, options);
    return pruned.not_removed.empty() ? exit_done : exit_failed;
}

}  // namespace dossier
