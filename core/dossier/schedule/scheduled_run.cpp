#include "dossier/schedule/scheduled_run.hpp"

#include <algorithm>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

constexpr std::size_t longest_stem = 40, digits_of_digest = 12;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// "Night lights.toml" -> "Night-lights"
std::string plain_stem(std::filesystem::path const& job) {
    std::string stem;
    for (char const c : job.stem().string())
        if (is_plain(c))
            stem += c;
        else if (!stem.empty() && stem.back() != '-')
            stem += '-';
    stem.resize(std::min(stem.size(), longest_stem));
    while (stem.ends_with('-'))
        stem.pop_back();
    return stem;
}

}  // namespace

bool can_be_scheduled(std::string_view path) {
    for (std::size_t at = 0; at < path.size();) {
        auto const unit = display_unit(path, at);
        auto const byte = static_cast<unsigned char>(path[at]);
        bool const is_invalid = byte >= 0x80 && unit.bytes == 1;
        if (byte < 0x20 || byte == 0x7f || is_invalid) return false;
        at += unit.bytes;
    }
    return !path.empty();
}

std::vector<std::string> command_of(ScheduledRun const& run) {
    std::vector<std::string> command{run.program,   "run",     run.job, "--output",   run.output,
                                     "--scheduled", "--as-of", "today", "--schedule", expression_of(run.schedule)};
    command.insert(command.end(), run.options.begin(), run.options.end());
    return command;
}

std::string unit_name(std::filesystem::path const& job) {
    auto const stem = plain_stem(job);
    return "dossier-" + stem + (stem.empty() ? "" : "-") + sha256_hex(job.string()).substr(0, digits_of_digest);
}

}  // namespace dossier
