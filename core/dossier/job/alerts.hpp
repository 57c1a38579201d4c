// Alerts: at the end of a run, finds out which alerts fire and tells their hooks.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/history/history_database.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// What alerts have to know of the run that ends.
struct AlertRun {
    std::int64_t number = 0;    ///< in the history, where it is finished
    bool analysed = false;      ///< it published a set or found nothing changed; else only alerts on runs are looked at
    std::string as_of;          ///< ISO date for which it speaks
    std::filesystem::path set;  ///< folder that `latest` leads to, DIR/runs/<id>; empty: nothing is published
    bool hooks_allowed = true;  ///< else what is to be told waits for a run in which they are
    std::function<std::chrono::system_clock::time_point()> clock = std::chrono::system_clock::now;
    std::function<void(std::chrono::duration<double>)> wait = {};  ///< between attempts; empty: sleeps
    std::chrono::duration<double> most_time{
        600.0};  ///< for all hooks of a run; what is left then waits for the next run
};

struct AlertOutcome {
    bool fired = false;                  ///< some alert fired in this run
    std::vector<std::string> sentences;  ///< `alert "sleep" fired: …`, one per event, in the order of the job
    Diagnostics diagnostics;             ///< warnings: hooks that failed; notes: values that are missing
};

/// Looks at every alert of the job and stores what it came to, then has its hooks run. Each event is told once at most: it is
/// stored as pending before its hook is started and as started when it is, and what a killed run left as started is never told
/// again. Of a job file with mistakes nothing is looked at. Called at the end of every run whose job could be read, under the folder's lock, after the history knows how it went.
///
/// @throws Failure as HistoryDatabase; what is not stored then was not told
AlertOutcome evaluate_alerts(Job const& job, AlertRun const& run, HistoryDatabase const& history);

}  // namespace dossier
