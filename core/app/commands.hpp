// Commands: one function per word after `dossier`; each returns the exit code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dossier/diagnostics/diagnostic.hpp"

namespace dossier {

/// What every command understands.
struct CommonOptions {
    MessageFormat message_format = MessageFormat::human;
    bool quiet = false;                       ///< errors only
    int verbosity = 0;                        ///< 1 steps, 2 details
    std::vector<std::string> plugin_folders;  ///< searched before the default ones
    bool allow_unsandboxed = false;           ///< run plugins where the kernel has no Landlock; recorded
    unsigned threads = 0;                     ///< 0: one per core; results do not depend on it
};

struct RunOptions : CommonOptions {
    std::string job, output = "dossier-output";
};
struct CheckOptions : CommonOptions {
    std::string job;
    bool coverage = false;  ///< also sentences that name subject and outcome and hold no cue
    bool json = false;      ///< of the coverage
};
struct ExplainOptions : CommonOptions {
    std::string job, claim, article;  ///< article empty: all
    bool articles = false;            ///< which articles are one source, instead of a claim
    bool json = false;
};
struct EvaluateOptions : CommonOptions {
    std::string pairs;                 ///< labelled claims and texts; empty: `job` and `gold`
    std::string job, gold;             ///< labelled stances of the job's articles
    std::vector<std::string> classes;  ///< what may be answered; empty: the labels of the file
    std::string predictions;           ///< where each answer is written; empty: nowhere
    bool json = false;
};
struct ReviewOptions : CommonOptions {
    std::string job;
    std::string out;         ///< where a sheet is written; "-": standard output
    std::string in;          ///< a sheet that is read back; one of the two is given
    std::string rater, who;  ///< whom a sheet is for; who filled it in
    std::string role = "override";
    bool blind = false;
    std::size_t limit = 0;  ///< rows of a sheet; 0: all
};
struct TextOptions : CommonOptions {
    std::vector<std::string> files;  ///< "-": standard input
    bool sentences = false, json = false;
    std::string as;   ///< a format's name; empty: by name and content
    std::string job;  ///< empty: the limits that a job has when it sets none
};
struct PluginsOptions : CommonOptions {
    std::string name;  ///< of a report or format; for `info`
};

int run_command(RunOptions const& options);
int check_command(CheckOptions const& options);
int explain_command(ExplainOptions const& options);
int evaluate_command(EvaluateOptions const& options);
int review_command(ReviewOptions const& options);
int text_command(TextOptions const& options);
/// What `dossier text --as` understands.
[[nodiscard]] std::vector<std::string> text_formats();
int plugins_list_command(PluginsOptions const& options);
int plugins_info_command(PluginsOptions const& options);
int schema_command(std::string const& which);

}  // namespace dossier
