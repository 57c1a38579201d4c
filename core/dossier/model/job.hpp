// Job: what to read, which registry to ask, what to make. Read from job.toml by job/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/alert.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// A plugin option as written in the job; the plugin's declaration decides whether it fits.
struct JobOption {
    std::string key;
    std::variant<bool, std::int64_t, double, std::string> value;
    Place key_place, value_place;
    std::string key_line, value_line;  ///< source lines, for diagnostics
};

struct JobReport {
    std::string name;
    Place place;
    std::string source_line;
    std::vector<JobOption> options;  ///< from [output.options.<report>]
};

struct JobOutput {
    std::vector<JobReport> reports;
    std::string format;
    Place format_place;
    std::string format_line;
    std::string file;  ///< relative, no "..", unique; a folder for formats that write several files
    Place file_place;
    Place place;
    std::vector<JobOption> options;  ///< for the format, from [output.options]
};

/// A stance engine of a plugin and the claims that it decides ([[engine]]).
struct JobEngine {
    std::string name;
    Place place;
    std::string source_line;
    std::vector<Phrase> claims;  ///< ids; empty: every claim
    std::vector<JobOption> options;
};

struct JobLimits {
    std::size_t article_bytes = 64u << 20;               ///< larger files, members and records are not_assessable
    std::size_t container_bytes = std::size_t{4} << 30;  ///< unpacked from one file
    std::size_t container_files = 200'000;               ///< members of one file
    double container_ratio = 250.0;                      ///< unpacked to packed bytes
    unsigned container_depth = 2;                        ///< containers within containers
    std::size_t output_bytes = std::size_t{1} << 30;     ///< per output
    double plugin_seconds = 60.0;                        ///< wall clock, per report or format run
    std::size_t plugin_memory_bytes = std::size_t{1} << 30;
};

/// Which runs keep their sets ([history]).
struct JobHistory {
    std::size_t keep = 50;    ///< the last runs, at least 1
    bool keep_weekly = true;  ///< also one of each week
};

/// How the columns of some tables (CSV, TSV, JSON Lines) are called ([[sources.table]]).
struct JobTable {
    std::vector<Phrase> files;                   ///< globs relative to the job's folder
    std::map<std::string, std::string> columns;  ///< Dossier's field -> column
};

struct JobSources {
    std::vector<Phrase> include, exclude;  ///< globs relative to the job's folder
    std::string manifest;                  ///< sources.toml, relative to the job's folder; empty: none
    std::vector<JobTable> tables;
};

/// Metadata of one article declared by a person ([[source]] in sources.toml). Empty = not declared.
struct DeclaredSource {
    std::string path;  ///< relative to the job's folder
    std::string title, author, published, publisher, url, study_design, conflict_of_interest, funding, rests_on;
    std::string population, press_release, doi;
    std::string risk_of_bias;  ///< "low", "some concerns", "high"
    double weight = 1.0;       ///< >= 0
    bool independent = false;  ///< a source of its own, whatever likeness suggests
    bool retracted = false;
    Place place;
};

struct Job {
    std::string path;    ///< of job.toml, as given
    std::string folder;  ///< of job.toml; everything in it is relative to this
    std::string title;
    std::string as_of;  ///< ISO date, the only date in a report
    JobSources sources;
    std::vector<DeclaredSource> declared;
    Phrase registry;     ///< claims.toml, relative to folder; of line 0 where the job does not name it
    Phrase annotations;  ///< annotations.toml, relative to folder; empty: none
    std::vector<JobOutput> outputs;
    std::vector<JobEngine> engines;  ///< no claim is decided by two
    std::vector<JobAlert> alerts;    ///< ids are unique
    JobLimits limits;
    std::optional<JobHistory> history;  ///< without: every set is kept
    std::string sha256;                 ///< of the job file's bytes
    bool has_mistakes = false;          ///< in the job file, so that what it says may not be what was meant
};

}  // namespace dossier
