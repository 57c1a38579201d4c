// An output folder of its own for a test, and what stands in one.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "dossier/history/run_history.hpp"
#include "support/temporary_folder.hpp"

namespace dossier::history_tests {

class OutputFolder {
public:
    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

    void write(std::string const& file, std::string const& bytes) const {
        std::filesystem::create_directories((path_ / file).parent_path());
        std::ofstream(path_ / file, std::ios::binary) << bytes;
    }
    [[nodiscard]] std::string read(std::string const& file) const {
        std::ifstream stream(path_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    [[nodiscard]] bool has(std::string const& file) const {
        return std::filesystem::exists(std::filesystem::symlink_status(path_ / file));
    }

    /// A published set.
    void make_set(std::string const& run_id) const {
        write("runs/" + run_id + "/manifest.json", "{}\n");
        write("runs/" + run_id + "/tables/claims.csv", "claim\n");
    }
    /// One that was finished on 2026-11-22, by HourlyClock.
    void make_set(std::string const& run_id, std::chrono::minutes time_of_day) const {
        using namespace std::chrono;
        make_set(run_id);
        sys_seconds const finished = sys_days(year(2026) / 11 / 22) + time_of_day;
        std::filesystem::last_write_time(path_ / "runs" / run_id / "manifest.json", file_clock::from_sys(finished));
    }
    void lead_latest_to(std::string const& run_id) const {
        std::filesystem::remove(path_ / "latest");
        std::filesystem::create_symlink("runs/" + run_id, path_ / "latest");
    }

private:
    dossier_test::TemporaryFolder folder_;
    std::filesystem::path const path_ = folder_.path();
};

/// 2026-11-22 06:00:00 UTC, and an hour more each time it is asked.
class HourlyClock {
public:
    std::chrono::system_clock::time_point operator()() {
        using namespace std::chrono;
        return sys_days(year(2026) / 11 / 22) + hours(6 + n_asked_++);
    }

private:
    int n_asked_ = 0;
};

inline RunStart by_hand() {
    RunStart start;
    start.job = "/reviews/job.toml";
    start.arguments = {"run", "job.toml", "--output", "a folder"};
    start.working_folder = "/reviews";
    start.tool_version = "1.0.0";
    return start;
}

inline RunEnd published(std::string run_id) {
    RunEnd end;
    end.state = RunState::published;
    end.exit_code = 0;
    end.milliseconds = 1234;
    end.as_of = "2026-11-22";
    end.run_id = std::move(run_id);
    end.key = std::string(64, 'a');
    return end;
}

inline RunEnd unchanged(std::string run_id) {
    auto end = published(std::move(run_id));
    end.state = RunState::unchanged;
    return end;
}

inline RunEnd failed(std::string sentence) {
    RunEnd end;
    end.state = RunState::failed;
    end.exit_code = 6;
    end.failure = std::move(sentence);
    return end;
}

}  // namespace dossier::history_tests
