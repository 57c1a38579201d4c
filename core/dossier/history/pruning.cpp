#include "dossier/history/pruning.hpp"

#include <cerrno>
#include <set>
#include <utility>

#include "dossier/diagnostics/failure.hpp"
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
/// @param hidden  grows by those that were hidden, also when this throws
void hide_sets(fs::path const& folder, std::vector<RetentionEntry> const& entries, Pruned& pruned,
               std::vector<HiddenSet>& hidden) {
    std::set<std::string> stay;
    for (auto const& run_id : pruned.removed.run_ids) {
        auto [name, problem] = hide_set(folder, run_id);
        if (!name.empty()) hidden.push_back({run_id, std::move(name)});
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

/// Sets are hidden, and the history says so; or it throws, and neither is so.
Pruned hide_and_mark(RunHistory& history, fs::path const& folder, RetentionPolicy const& policy,
                     std::string_view compared_with, std::size_t most_lines) {
    std::vector<HiddenSet> hidden;
    try {
        Pruned pruned;
        history.database().transaction([&] {  // one, so that nobody pins meanwhile what is going
            auto const entries = entries_of(history);
            pruned.removed = plan(entries, folder, policy, compared_with);
            hide_sets(folder, entries, pruned, hidden);
            if (!pruned.removed.numbers.empty()) history.mark_pruned(pruned.removed.numbers);
            pruned.n_forgotten = history.forget_pruned(most_lines);
        });
        return pruned;
    } catch (Failure const& failure) {
        if (failure.system_error() != ENOSPC) show_again(folder, hidden);
        throw;
    } catch (...) {
        show_again(folder, hidden);
        throw;
    }
}

}  // namespace

Retention plan_pruning(RunHistory const& history, fs::path const& folder, RetentionPolicy const& policy,
                       std::string_view compared_with) {
    return plan(entries_of(history), folder, policy, compared_with);
}

Pruned prune(RunHistory& history, fs::path const& folder, RetentionPolicy const& policy, std::string_view compared_with,
             std::size_t most_lines) {
    remove_hidden_sets(folder);  // of one that was killed
    // Hidden first, then out of the history, then gone: whenever this is killed, the next time does the rest.
    auto const once = [&] { return hide_and_mark(history, folder, policy, compared_with, most_lines); };
    Pruned pruned;
    try {
        pruned = once();
    } catch (Failure const& failure) {
        if (failure.system_error() != ENOSPC) throw;
        remove_hidden_sets(folder);  // makes the room that the history needs to say so
        pruned = once();
    }
    remove_hidden_sets(folder);
    return pruned;
}

}  // namespace dossier
