#include "dossier/history/pruning.hpp"

#include <set>
#include <utility>

#include "dossier/history/published_sets.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::vector<RetentionEntry> entries_of(RunHistory const& history) {
    std::vector<RetentionEntry> entries;
    for (auto& entry : history.runs({.only_unpruned = true}))
        entries.push_back({entry.number, std::move(entry.began), std::move(entry.run_id), entry.made_set, entry.pinned,
                           entry.state == RunState::running});
    return entries;
}

Retention plan(std::vector<RetentionEntry> const& entries, fs::path const& folder, RetentionPolicy const& policy,
               std::string_view compared_with) {
    auto const latest = latest_set(folder);
    if (!latest) return {};  // which set must stay cannot be told
    return what_goes(entries, policy, *latest, compared_with);
}

/// Under hidden names; what cannot be hidden stays, and so do the runs that made it.
void hide_sets(fs::path const& folder, std::vector<RetentionEntry> const& entries, Pruned& pruned) {
    std::set<std::string> stay;
    for (auto const& run_id : pruned.removed.run_ids) {
        auto problem = hide_set(folder, run_id);
        if (problem.empty()) continue;
        stay.insert(run_id);
        pruned.not_removed.push_back(std::move(problem));
    }
    std::erase_if(pruned.removed.run_ids, [&](std::string const& run_id) { return stay.contains(run_id); });
    std::set<std::int64_t> makers;
    for (auto const& entry : entries)
        if (entry.made_set && stay.contains(entry.run_id)) makers.insert(entry.number);
    std::erase_if(pruned.removed.numbers, [&](std::int64_t number) { return makers.contains(number); });
}

}  // namespace

Retention plan_pruning(RunHistory const& history, fs::path const& folder, RetentionPolicy const& policy,
                       std::string_view compared_with) {
    return plan(entries_of(history), folder, policy, compared_with);
}

Pruned prune(RunHistory& history, fs::path const& folder, RetentionPolicy const& policy, std::string_view compared_with,
             std::size_t most_lines) {
    Pruned pruned;
    remove_hidden_sets(folder);  // of one that was killed, or found no room for the history: makes room now
    // Hidden first, then out of the history, then gone: whenever this is killed, the next time does the rest. In one
    // transaction, so that nobody pins meanwhile what is going.
    history.database().transaction([&] {
        auto const entries = entries_of(history);
        pruned.removed = plan(entries, folder, policy, compared_with);
        hide_sets(folder, entries, pruned);
        if (!pruned.removed.numbers.empty()) history.mark_pruned(pruned.removed.numbers);
        pruned.n_forgotten = history.forget_pruned(most_lines);
    });
    remove_hidden_sets(folder);
    return pruned;
}

}  // namespace dossier
