// Long use: thousands of scheduled runs, a day apart by a clock that is told what time it is, while articles come and go.
// Memory, descriptors, disk and time per run stay what they were.
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "robustness/crash_job.hpp"
#include "support/sanitized.hpp"

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

constexpr std::size_t n_articles_at_a_time = 8, n_kept_sets = 5;

/// What one run used.
struct Use {
    int exit_code = -1;
    double peak_kib = 0.0;     ///< resident, of the run's own process
    double descriptors = 0.0;  ///< the highest number that it had open
    double cpu_ms = 0.0;       ///< of it and of its workers
    double wall_ms = 0.0;
    double sets_kib = 0.0;  ///< of the output folder, afterwards, but for the two that follow
    double cache_kib = 0.0;
    double history_kib = 0.0;
};

/// libfaketime; empty: it is not installed.
fs::path clock_library() {
    for (auto const& folder : fs::directory_iterator("/usr/lib"))
        if (auto const library = folder.path() / "faketime" / "libfaketime.so.1"; fs::exists(library)) return library;
    return {};
}

std::string day_text(std::size_t day) {
    constexpr std::time_t first = 1'767'592'800;  // 2026-01-05 06:00:00 UTC, a Monday
    std::time_t const time = first + static_cast<std::time_t>(day) * 86'400;
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[sizeof "@2026-01-05 06:00:00"];
    std::strftime(text, sizeof text, "@%Y-%m-%d %H:%M:%S", &parts);
    return text;
}

double kib_below(fs::path const& path) {
    if (fs::is_regular_file(path)) return static_cast<double>(fs::file_size(path)) / 1024.0;
    double sum = 0.0;
    if (!fs::exists(path)) return sum;
    for (auto const& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file() && !entry.is_symlink()) sum += static_cast<double>(entry.file_size()) / 1024.0;
    return sum;
}

double milliseconds(timeval const& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

class LongUse : public testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(job_folder() / "articles");
        write("claims.toml",
              "[registry]\nabout = [\"lamp*\"]\n\n[[claim]]\nid = \"harm\"\nstatement = \"A lamp at night harms "
              "sleep.\"\n"
              "supports = [\"harms sleep\"]\nrefutes = [\"does not harm sleep\"]\n");
        write("job.toml",
              "[job]\ntitle = \"Lamps, day by day\"\nas_of = \"2026-01-01\"\n\n[sources]\ninclude = "
              "[\"articles/*.txt\"]\n\n[registry]\nfile = \"claims.toml\"\n\n[history]\nkeep = " +
                  std::to_string(n_kept_sets) +
                  "\nkeep_weekly = false\n\n[[output]]\nreports = [\"consensus\", \"stance-table\"]\nformat "
                  "= \"markdown\"\nfile = \"report.md\"\n\n[[output]]\nreports = [\"stance-table\"]\nformat "
                  "= \"csv\"\nfile = \"tables\"\n");
    }

    [[nodiscard]] fs::path job_folder() const { return folder_.path() / "job"; }
    [[nodiscard]] fs::path output() const { return folder_.path() / "out"; }
    void write(fs::path const& name, std::string const& text) const { std::ofstream(job_folder() / name) << text; }
    static std::string article(std::size_t number) { return "articles/a" + std::to_string(number) + ".txt"; }

    /// One article comes and one goes, but for every fourth day, on which nothing changes.
    void turn_to(std::size_t day) const {
        if (day % 4 == 3) return;
        write(article(day), "Study " + std::to_string(day) + " found that a lamp at night " +
                                (day % 3 == 0 ? "does not harm sleep.\n" : "harms sleep.\n"));
        if (day >= n_articles_at_a_time) fs::remove(job_folder() / article(day - n_articles_at_a_time));
    }

    Use run_on(std::size_t day, fs::path const& clock) const {
        auto const report = folder_.path() / "descriptors", err = folder_.path() / "err";
        fs::remove(report);
        std::vector<std::string> words{
            DOSSIER_PROGRAM, "run",  (job_folder() / "job.toml").string(), "--output", output().string(), "--scheduled",
            "--as-of",       "today"};
        std::vector<std::string> variables{"PATH=/usr/bin:/bin",
                                           "TZ=UTC",
                                           "FAKETIME=" + day_text(day),
                                           "FAKETIME_DONT_FAKE_MONOTONIC=1",
                                           "NO_FAKE_STAT=1",
                                           "LD_PRELOAD=" + clock.string() + ":" FAULTY_CALLS,
                                           "FAULTY_REPORT=" + report.string(),
                                           "XDG_STATE_HOME=" + (folder_.path() / "state").string()};
        auto const pointers = [](std::vector<std::string>& strings) {
            std::vector<char*> result;
            for (auto& string : strings)
                result.push_back(string.data());
            result.push_back(nullptr);
            return result;
        };
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        pid_t process = -1;
        auto const begin = std::chrono::steady_clock::now();
        auto const error = posix_spawn(&process, DOSSIER_PROGRAM, &actions, nullptr, pointers(words).data(),
                                       pointers(variables).data());
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) throw std::runtime_error("the run cannot be started");
        int status = 0;
        rusage usage{};
        wait4(process, &status, 0, &usage);
        Use use;
        use.wall_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
        use.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (use.exit_code != 0) std::printf("day %zu: %s", day, bytes_of(err).c_str());
        use.peak_kib = static_cast<double>(usage.ru_maxrss);
        use.cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
        use.descriptors = peak_descriptor_in(report);
        use.cache_kib = kib_below(output() / "cache");
        use.history_kib = kib_below(output() / "history.sqlite");
        use.sets_kib = kib_below(output()) - use.cache_kib - use.history_kib;
        return use;
    }

    static double peak_descriptor_in(fs::path const& report) {
        std::ifstream lines(report);
        double number = 0.0;
        for (std::string word; lines >> word;)
            if (word == "peak_descriptor") lines >> number;
        return number;
    }

    TemporaryFolder folder_;
};

double median(std::vector<Use> const& uses, std::size_t begin, std::size_t n, double Use::*figure) {
    std::vector<double> values;
    for (std::size_t i = begin; i < begin + n; ++i)
        values.push_back(uses[i].*figure);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n / 2), values.end());
    return values[n / 2];
}

TEST_F(LongUse, UsesNoMoreOfAnythingAtItsEndThanAtItsBeginning) {
    if (sanitized) GTEST_SKIP() << "libfaketime and the sanitizer both want to be loaded first";
    auto const clock = clock_library();
    if (clock.empty()) GTEST_SKIP() << "faketime is not installed";
    auto const n_runs = number_from_environment("DOSSIER_USES", is_long_run() ? 2000 : 28);
    auto const n_compared = std::min<std::size_t>(100, n_runs / 4);
    std::vector<Use> uses;
    for (std::size_t day = 0; day < n_articles_at_a_time; ++day)
        turn_to(day);
    for (std::size_t day = n_articles_at_a_time; day < n_articles_at_a_time + n_runs; ++day) {
        turn_to(day);
        uses.push_back(run_on(day, clock));
        ASSERT_EQ(uses.back().exit_code, 0) << "day " << day;
        if (uses.size() % 100 == 0) std::fprintf(stderr, "%zu of %zu\n", uses.size(), n_runs);
    }
    ASSERT_EQ(faults_in(output()), std::vector<std::string>());
    ASSERT_EQ(leftovers_in(output()), std::vector<std::string>());
    ASSERT_GT(uses.back().descriptors, 2.0) << "descriptors were not counted";

    std::size_t const first = n_kept_sets + 2, last = n_runs - n_compared;  // until then sets gather
    struct Figure {
        char const* name;
        double Use::*figure;
        double most_growth;  ///< as a factor
        double allowance;
    };
    // Entries of the cache that nobody needs may weigh a mebibyte (docs/incremental.md); the history keeps a line for each run.
    constexpr double unneeded_kib = 1024.0, line_kib = 1.0;
    for (auto const& [name, figure, most_growth, allowance] :
         {Figure{"resident memory, KiB", &Use::peak_kib, 1.05, 1024.0},
          Figure{"highest descriptor", &Use::descriptors, 1.0, 0.0}, Figure{"processor, ms", &Use::cpu_ms, 1.5, 20.0},
          Figure{"sets, KiB", &Use::sets_kib, 1.1, 64.0}, Figure{"cache, KiB", &Use::cache_kib, 2.0, unneeded_kib},
          Figure{"history, KiB", &Use::history_kib, 1.0, line_kib * static_cast<double>(n_runs)},
          Figure{"wall clock, ms", &Use::wall_ms, 1.0, 1e9}}) {
        auto const before = median(uses, first, n_compared, figure), after = median(uses, last, n_compared, figure);
        std::printf("%-22s first %zu: %10.1f  last %zu: %10.1f\n", name, n_compared, before, n_compared, after);
        EXPECT_LE(after, before * most_growth + allowance) << name;
    }
}

}  // namespace
