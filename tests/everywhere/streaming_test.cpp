// Long tables: formats of data write them in bounded memory; formats of pages show the first rows and say so.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "golden/dossier_process.hpp"
#include "support/sanitized.hpp"

extern char** environ;

namespace {

namespace fs = std::filesystem;
using namespace dossier::test;

bool long_wanted() {
    auto const* const wanted = std::getenv("DOSSIER_LONG");
    return wanted != nullptr && std::string(wanted) == "1";
}

/// A run of a job with one table of so many rows.
struct LongRun {
    int exit_code = -1;
    double peak_mebibytes = 0;  ///< of dossier or its workers, whichever had most
    double seconds = 0;         ///< of processors
    std::string messages;
    fs::path file;
};

void write_job(fs::path const& folder, std::string const& format, std::string const& file, std::int64_t n_rows) {
    fs::create_directories(folder / "articles");
    std::ofstream(folder / "articles/one.txt") << "Kava is addictive.\n";
    std::ofstream(folder / "claims.toml") << "[[claim]]\nid = \"a\"\nstatement = \"Kava is addictive.\"\nabout = "
                                             "[\"kava\"]\nsupports = [\"addictive\"]\n";
    std::ofstream(folder / "job.toml")
        << "[job]\ntitle = \"Long\"\nas_of = 2026-01-01\n[sources]\ninclude = [\"articles/*\"]\n"
        << "[[output]]\nreports = [\"many-rows\"]\nformat = \"" << format << "\"\nfile = \"" << file
        << "\"\n[output.options.many-rows]\nrows = " << n_rows << "\n[limits]\nplugin_seconds = 900.0\n";
}

LongRun run_long(TemporaryFolder const& folder, std::string const& format, std::string const& file,
                 std::int64_t n_rows) {
    auto const job = folder.path() / (format + std::to_string(n_rows));
    write_job(job, format, file, n_rows);
    std::vector<std::string> command{
        DOSSIER_PROGRAM, "run",           (job / "job.toml").string(), "--output", (job / "out").string(),
        "--plugin-path", DOSSIER_FIXTURES};
    std::vector<char*> arguments;
    for (auto& argument : command)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    auto const messages = (job / "messages").string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t child = 0;
    auto const failure = posix_spawn(&child, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) throw std::runtime_error("cannot start " + command.front());
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);  // counts the workers that it waited for
    LongRun run;
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    run.peak_mebibytes = static_cast<double>(usage.ru_maxrss) / 1024;
    run.seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                  static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    run.messages = bytes_of(messages);
    run.file = job / "out/latest" / file;
    return run;
}

/// Times that `mark` stands in a file or in the files of a folder.
std::size_t count(fs::path const& file, std::string const& mark) {
    std::size_t n = 0;
    if (fs::is_directory(file)) {
        for (auto const& entry : fs::directory_iterator(file))
            n += count(entry.path(), mark);
        return n;
    }
    std::ifstream in(file, std::ios::binary);
    std::string part, rest;
    for (std::vector<char> buffer(1 << 20); in.read(buffer.data(), 1 << 20), in.gcount() > 0;) {
        part = rest + std::string(buffer.data(), static_cast<std::size_t>(in.gcount()));
        for (auto at = part.find(mark); at != std::string::npos; at = part.find(mark, at + mark.size()))
            ++n;
        rest = part.size() < mark.size() ? part : part.substr(part.size() - mark.size() + 1);
    }
    return n;
}

constexpr char const* in_each_row = "a name of some length";  // as the fixture says it

std::int64_t n_rows_here() {
    return long_wanted() ? 1'000'000 : sanitized ? 20'000 : 100'000;
}

struct DataFormat {
    char const *name, *file;
};

class LongTable : public testing::TestWithParam<DataFormat> {};

TEST_P(LongTable, IsWrittenInWholeAndInBoundedMemory) {
    TemporaryFolder const folder;
    auto const [name, file] = GetParam();
    auto const n = n_rows_here();
    auto const small = run_long(folder, name, file, n / 20);
    auto const large = run_long(folder, name, file, n);
    ASSERT_EQ(small.exit_code, 0) << small.messages;
    ASSERT_EQ(large.exit_code, 0) << large.messages;
    EXPECT_EQ(count(large.file, in_each_row), static_cast<std::size_t>(n));
    std::printf("%s: %lld rows, at most %.0f MiB (%.0f MiB for a twentieth of them), %.1f s\n", name,
                static_cast<long long>(n), large.peak_mebibytes, small.peak_mebibytes, large.seconds);
    if (sanitized) return;
    EXPECT_LT(large.peak_mebibytes, small.peak_mebibytes + 32);
    EXPECT_LT(large.peak_mebibytes, 200);
}

INSTANTIATE_TEST_SUITE_P(As, LongTable,
                         testing::Values(DataFormat{"csv", "tables"}, DataFormat{"json", "a.json"},
                                         DataFormat{"markdown", "a.md"}),
                         [](auto const& format) { return std::string(format.param.name); });

class LongTableOnPages : public testing::TestWithParam<DataFormat> {};

TEST_P(LongTableOnPages, ShowsItsFirstRowsAndSaysSo) {
    if (!long_wanted()) GTEST_SKIP() << "a million rows on pages: set DOSSIER_LONG=1";
    TemporaryFolder const folder;
    auto const [name, file] = GetParam();
    auto const run = run_long(folder, name, file, 1'000'000);
    std::printf("%s: 1000000 rows, at most %.0f MiB, %.1f s, exit code %d\n%s\n", name, run.peak_mebibytes, run.seconds,
                run.exit_code, run.messages.c_str());
    EXPECT_TRUE(run.exit_code == 0 || run.exit_code == 3);
    EXPECT_TRUE(fs::exists(run.file));
    EXPECT_NE(run.messages.find("rows; the first"), std::string::npos);
    EXPECT_LT(run.peak_mebibytes, 1024);
}

INSTANTIATE_TEST_SUITE_P(As, LongTableOnPages,
                         testing::Values(DataFormat{"pdf", "a.pdf"}, DataFormat{"html", "a.html"}),
                         [](auto const& format) { return std::string(format.param.name); });

}  // namespace
