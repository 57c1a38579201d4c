#include "dossier/job/file_endings.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "dossier/job/job_file.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier {
namespace {

struct Ending {
    std::string_view ending, media_type;
};

/// As registered with IANA, the usual one of a media type first.
constexpr std::array endings = {
    Ending{".pdf", "application/pdf"},
    Ending{".html", "text/html"},
    Ending{".htm", "text/html"},
    Ending{".md", "text/markdown"},
    Ending{".markdown", "text/markdown"},
    Ending{".json", "application/json"},
    Ending{".csv", "text/csv"},
    Ending{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

/// In lower case, with its dot; empty: there is none.
std::string ending_of(std::string const& file) {
    auto const name = file.substr(file.rfind('/') + 1);
    auto const dot = name.rfind('.');
    return dot == std::string::npos ? std::string() : sources::ascii_lower(name.substr(dot));
}

}  // namespace

std::optional<Diagnostic> misleading_ending(JobOutput const& output, ComponentDescription const& format) {
    auto const ending = ending_of(output.file);
    auto const* const said =
        std::find_if(endings.begin(), endings.end(), [&](Ending one) { return one.ending == ending; });
    if (said == endings.end()) return std::nullopt;
    auto const warn = [&](std::string message, std::string note) {
        auto diagnostic = diagnostic_at(Severity::warning, "DOS0514", output.file_place, std::move(message));
        diagnostic.notes.push_back(std::move(note));
        return diagnostic;
    };
    if (format.several_files)
        return warn("\"" + output.file + "\" will be a folder", "the format \"" + format.name +
                                                                    "\" writes several files; name the folder "
                                                                    "without an ending");
    auto const* const usual =
        std::find_if(endings.begin(), endings.end(), [&](Ending one) { return one.media_type == format.media_type; });
    if (usual == endings.end() || said->media_type == format.media_type) return std::nullopt;
    return warn("\"" + output.file + "\" ends as files of another format do",
                "a file of the format \"" + format.name + "\" ends in " + std::string(usual->ending));
}

}  // namespace dossier
