// The kit's dossier_host: answers as the worker's does, counts what is asked, and can be made to fail.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis_reader.hpp"
#include "dossier/plugin.h"
#include "plugin_under_test.hpp"

namespace dossier::check {

/// How the host behaves. The n-th call is counted from 1; 0: never.
struct HostManners {
    std::string analysis;                  ///< database; empty: there is none
    bool several_files = false;            ///< of the format
    std::uint64_t failing_write = 0;       ///< this write, or begin_file, and all after it are refused
    std::uint64_t cancelled_from_row = 0;  ///< this row and all after it answer DOSSIER_CANCELLED, as does cancelled()
};

class CheckHost {
public:
    explicit CheckHost(HostManners manners);
    CheckHost(CheckHost const&) = delete;
    CheckHost& operator=(CheckHost const&) = delete;

    [[nodiscard]] dossier_host const* table() const noexcept { return &table_; }

    /// "it gave status …", or nothing if the status is DOSSIER_OK. Adds why the last query was refused.
    [[nodiscard]] std::optional<std::string> failure(dossier_status status) const;
    [[nodiscard]] std::string output() const;  ///< all files with their names, as one text to compare

    std::string error, error_option;          ///< what the component said last
    std::uint64_t n_queries = 0, n_rows = 0;  ///< queries run, rows given
    std::int64_t open_queries = 0;
    std::uint64_t n_writes = 0;  ///< and begin_file
    std::uint64_t n_bytes = 0;
    std::uint64_t n_after_refusal = 0;         ///< calls after one that was refused
    std::map<std::string, std::string> files;  ///< "" is the only one of a format that begins none
    std::string misuse;                        ///< of files: the first rule broken

private:
    dossier_status write(char const* bytes, std::size_t size);
    dossier_status begin_file(std::string const& name);
    bool refused();
    void fill_in_queries();
    void fill_in_output();
    void misused(std::string what);

    HostManners manners_;
    worker::AnalysisReader analysis_;
    dossier_host table_{};
    std::string shown_, file_;
    bool refused_ = false, cancelled_ = false, begun_ = false;
};

/// What a format may write before the kit takes it for endless.
inline constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20;

}  // namespace dossier::check
