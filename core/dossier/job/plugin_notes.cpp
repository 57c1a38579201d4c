#include "dossier/job/plugin_notes.hpp"

#include <set>
#include <utility>

namespace dossier {
namespace {

/// The end of what a plugin printed, for a message: at most 400 bytes, cut between characters.
std::string end_of(std::string const& printed) {
    constexpr std::size_t most = 400;
    if (printed.size() <= most) return printed;
    auto begin = printed.size() - most;
    while (begin < printed.size() && (static_cast<unsigned char>(printed[begin]) & 0xC0) == 0x80)
        ++begin;
    return "…" + printed.substr(begin);
}

bool is_sandboxed(Outcome const& outcome) {
    return outcome.sandbox.landlock != 0 && outcome.sandbox.seccomp;
}

}  // namespace

void PluginNotes::take(EngineAccount const& account, std::string const& output) {
    take_log(account.component, account.outcome);
    if (account.asked) any_unsandboxed_ |= !is_sandboxed(account.outcome);
    if (account.outcome.ok()) return;
    take_failure(output, account.component, account.outcome.sentence);
    any_failed_ = true;
}

void PluginNotes::take(ResolvedComponent const& component, Outcome const& outcome,
                       std::vector<JobOption> const& job_options) {
    take_log(component, outcome);
    if (outcome.ok()) {
        any_unsandboxed_ |= !is_sandboxed(outcome);
        return;
    }
    Diagnostic diagnostic{Severity::error, "DOS0521", {component.broken_file}, outcome.sentence, {}, {}};
    for (auto const& option : job_options) {
        if (option.key != outcome.option) continue;
        diagnostic.place = option.value_place;
        diagnostic.source_line = option.value_line;
    }
    if (component.plugin != nullptr) diagnostic.notes.push_back("plugin: " + component.plugin->path);
    if (auto note = quarantine_note(component)) diagnostic.notes.push_back(std::move(*note));
    if (!outcome.stderr_tail.empty()) diagnostic.notes.push_back("it printed: " + end_of(outcome.stderr_tail));
    messages_->add(std::move(diagnostic));
    any_failed_ = true;
}

void PluginNotes::take_log(ResolvedComponent const& component, Outcome const& outcome) {
    std::set<std::string> told;  // a loop that logs says it once
    for (auto const& line : outcome.log)
        if (line.level >= DOSSIER_LOG_WARNING && told.insert(line.text).second)
            messages_->add({Severity::warning, "DOS0520", {}, component_of(component) + ": " + line.text, {}, {}});
}

void PluginNotes::take_failure(std::string const& output, ResolvedComponent const& component,
                               std::string const& sentence) {
    failures_.push_back({output, component_of(component), sentence});
}

}  // namespace dossier
