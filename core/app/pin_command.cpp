#include "commands.hpp"
#include "console.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "exit_code.hpp"
#include "history_text.hpp"
#include "run_record.hpp"

namespace dossier {
namespace {

int set_pinned(HistoryOptions const& options, bool pinned) {
    if (!read_history(options.output)) return no_such_run(options);
    auto const database = HistoryDatabase::open(options.output);
    RunHistory history(database, now);
    auto const record = history.run(options.run);
    if (!record) return no_such_run(options);
    auto const& entry = record->entry;
    auto const name = "run " + std::to_string(entry.number);
    if (!history.set_pinned(entry.number, pinned))
        return refuse(options, "DOS0855", name + " was pruned: nothing is left of it that could be kept",
                      "`dossier history --output " + shell_word(options.output) + "` says what is left");
    if (!options.quiet)
        print(name + (pinned ? " is pinned: it is kept until it is unpinned\n" : " is no longer pinned\n"));
    return exit_done;
}

}  // namespace

int pin_command(HistoryOptions const& options) {
    return set_pinned(options, true);
}

int unpin_command(HistoryOptions const& options) {
    return set_pinned(options, false);
}

}  // namespace dossier
