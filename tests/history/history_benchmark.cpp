// How long `dossier history` takes on 10,000 runs, and how long a run spends on its own line in such a history.
//
//   history_benchmark PROGRAM    prints milliseconds, the best and the median of 20
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "dossier/history/pruning.hpp"
#include "golden/dossier_process.hpp"

namespace {

namespace fs = std::filesystem;

using namespace dossier;

constexpr int n_runs = 10'000;

RunEnd end_of_run(int n) {
    RunEnd end;
    end.state = n % 7 == 0 ? RunState::failed : n % 3 == 0 ? RunState::published : RunState::unchanged;
    end.exit_code = n % 7 == 0 ? 6 : 3;
    end.milliseconds = 60'000 + n;
    end.as_of = "2026-11-22";
    end.run_id = "2026-11-22-" + std::to_string(n);
    end.key = std::string(64, 'a');
    if (n % 7 == 0) end.failure = "could not write /data/out/.staging-x/coffee.pdf: No space left on device";
    if (end.state != RunState::published) return end;
    end.changed = "3 article new, 1 stance flipped";
    end.articles = {1000, 10};
    for (int i = 0; i < 5; ++i)
        end.outputs.push_back({"tables/" + std::to_string(i) + ".csv", 4711, std::string(64, 'b')});
    for (int i = 0; i < 20; ++i)
        end.verdicts.push_back({"claim-" + std::to_string(i), "most sources refute", "high agreement", "low certainty",
                                "wide coverage", 90, 70, 10, 50, 10});
    for (int i = 0; i < 10; ++i)
        end.diagnostics.add({Severity::warning, "DOS0305", {"articles/a.html", 3, 4, 1}, "is not UTF-8", {}, {}});
    return end;
}

/// In one transaction: what is measured is not how long it takes to make ten thousand lines durable.
void fill(fs::path const& folder) {
    auto const database = HistoryDatabase::open(folder);
    RunHistory const history(database, std::chrono::system_clock::now);
    RunStart start;
    start.job = "/data/reviews/coffee/job.toml";
    start.arguments = {"run", "job.toml", "--output", "/data/out", "--scheduled", "--as-of", "today"};
    start.working_folder = "/data/reviews/coffee";
    start.trigger = RunTrigger::schedule;
    start.periods = {"2026-11-22 06:00 +01:00"};
    start.tool_version = "1.0.0";
    HistoryStatement(database, "PRAGMA synchronous = OFF").run();
    RunHistory writer(database, std::chrono::system_clock::now);
    for (int n = 1; n <= n_runs; ++n)
        writer.finish(writer.begin(start), end_of_run(n));
}

void measure(char const* what, std::function<void()> const& work) {
    std::vector<double> times;
    for (int i = 0; i < 20; ++i) {
        auto const begin = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    std::printf("%-44s best %7.1f ms, median %7.1f ms\n", what, times.front(), times[times.size() / 2]);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    dossier::test::TemporaryFolder const temporary;
    auto const& folder = temporary.path();
    fill(folder);
    std::printf("%d runs, history.sqlite of %.1f MB\n", n_runs,
                static_cast<double>(fs::file_size(folder / "history.sqlite")) / 1e6);
    auto const command = [&](std::vector<std::string> words) {
        words.insert(words.begin(), argv[1]);
        words.insert(words.end(), {"--output", folder.string()});
        return [words] {
            if (dossier::test::run_program(words).exit_code != 0) std::printf("it failed\n");
        };
    };
    measure("dossier --version", [&] { static_cast<void>(dossier::test::run_program({argv[1], "--version"})); });
    measure("dossier history", command({"history"}));
    measure("dossier history --limit 0", command({"history", "--limit", "0"}));
    measure("dossier history --limit 0 --json", command({"history", "--limit", "0", "--json"}));
    measure("dossier history --failed", command({"history", "--failed"}));
    measure("dossier show 9999", command({"show", "9999"}));
    measure("a run's own line: open, begin, finish", [&] {
        auto const database = HistoryDatabase::open_or_begin_anew(folder);
        RunHistory history(database, std::chrono::system_clock::now);
        history.mark_interrupted();
        history.finish(history.begin({}), end_of_run(3));
    });
    measure("retention, nothing to remove", [&] {
        auto const database = HistoryDatabase::open(folder);
        static_cast<void>(
            plan_pruning(RunHistory(database, std::chrono::system_clock::now), folder, {n_runs * 2, true}, ""));
    });
    return 0;
}
