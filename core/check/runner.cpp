#include "runner.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <set>

#include "analyses.hpp"
#include "child.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/stopped_call.hpp"
#include "dossier/plugin/utf8.hpp"
#include "metadata_of.hpp"
#include "process.hpp"

namespace dossier::check {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// The line of a sanitizer's report that says what it found.
std::string sanitizer_line(std::string const& printed) {
    for (auto const* sign : {"ERROR: AddressSanitizer: ", "runtime error: ", "WARNING: ThreadSanitizer: "}) {
        auto const at = printed.find(sign);
        if (at == std::string::npos) continue;
        return printable(std::string_view(printed).substr(at, printed.find('\n', at) - at), 300);
    }
    return {};
}

/// The system call that the sandbox stopped, if it left its number.
std::optional<std::uint32_t> stopped_call(std::string const& status) {
    auto const at = status.rfind(static_cast<char>(WorkerStatus::violation));
    std::uint32_t call = 0;
    if (at == std::string::npos || status.size() - at < 1 + sizeof call) return std::nullopt;
    std::memcpy(&call, status.data() + at + 1, sizeof call);
    return call;
}

/// Why a child ended without a verdict.
std::string end_of(ProcessOutcome const& outcome, double timeout) {
    if (outcome.timed_out || outcome.signal == SIGXCPU)
        return "it ran longer than " + std::to_string(static_cast<long>(timeout)) + " s";
    if (auto const found = sanitizer_line(outcome.printed); !found.empty()) return found;
    if (outcome.signal == SIGSYS) {
        auto const call = stopped_call(outcome.status);
        return call ? attempt_of(*call) : "it tried to start a process or a thread";
    }
    if (outcome.signal == SIGXFSZ) return "it tried to write a file";
    if (outcome.signal != 0) {
        auto const* const name = ::sigabbrev_np(outcome.signal);
        return "it crashed (" + (name == nullptr ? std::to_string(outcome.signal) : "SIG" + std::string(name)) + ")";
    }
    return "it ended the process (exit status " + std::to_string(outcome.exit_status) + ")";
}

class Checker {
public:
    Checker(CheckOptions const& options, std::function<void(Result const&)> const& tell)
        : options_(options), tell_(tell), wanted_(wanted_codes(options.only)) {}

    bool check() {
        for (auto const& rule : all_rules())
            if (rule.scope == Scope::file || rule.scope == Scope::plugin) check(rule, std::nullopt);
        if (!failed_.contains({"P101", ""}))
            for (auto const& component : metadata_of(options_.plugin_path).provides)
                for (auto const& rule : all_rules())
                    if (is_about(rule, component.kind)) check(rule, component);
        return good_;
    }

private:
    /// The codes asked for and those they need.
    static std::set<std::string, std::less<>> wanted_codes(std::vector<std::string> const& only) {
        std::set<std::string, std::less<>> codes(only.begin(), only.end());
        for (auto const rules = all_rules(); auto const& code : only)
            for (auto const needed : find_rule(code)->needs)
                codes.merge(wanted_codes({std::string(needed)}));
        return codes;
    }

    void check(Rule const& rule, std::optional<ProvidedComponent> const& component) {
        if (!wanted_.empty() && !wanted_.contains(std::string_view(rule.code))) return;
        Result result{&rule, component, {}, {}, 0.0};
        auto const subject = component ? std::string(name_of(component->kind)) + ":" + component->name : std::string();
        if (auto const missing = need_that_failed(rule, subject); !missing.empty()) {
            result.outcome = Result::Outcome::not_tried, result.sentence = "not tried, since " + missing + " failed";
        } else {
            auto const begin = Clock::now();
            auto const verdict = try_out(rule, component);
            result.seconds = seconds_since(begin);
            result.outcome = verdict.kind == Verdict::Kind::kept     ? Result::Outcome::ok
                             : verdict.kind == Verdict::Kind::broken ? Result::Outcome::failed
                                                                     : Result::Outcome::not_applicable;
            result.sentence = verdict.sentence;
        }
        if (result.outcome == Result::Outcome::failed) good_ = false;
        if (result.outcome == Result::Outcome::failed || result.outcome == Result::Outcome::not_tried)
            failed_.emplace(rule.code, subject);
        bool const asked_for = options_.only.empty() ||
                               std::find(options_.only.begin(), options_.only.end(), rule.code) != options_.only.end();
        if (asked_for || result.outcome == Result::Outcome::failed) tell_(result);
    }

    [[nodiscard]] std::string need_that_failed(Rule const& rule, std::string const& subject) const {
        for (auto const needed : rule.needs)
            for (auto const& of : {std::string(), subject})
                if (failed_.contains({std::string(needed), of})) return std::string(needed);
        return {};
    }

    Verdict try_out(Rule const& rule, std::optional<ProvidedComponent> const& component) {
        Trial trial{options_.plugin_path, component, {}, options_.seed, options_.thorough};
        if (rule.setting == Setting::kit) return try_rule(rule, trial);
        if (component) trial.analyses = analyses_for(component->kind, rule.reads_large);
        if (options_.in_process) return try_rule(rule, trial);
        return judge(rule, run_self(arguments_for(rule, trial), std::chrono::duration<double>(options_.timeout)));
    }

    [[nodiscard]] std::vector<std::string> arguments_for(Rule const& rule, Trial const& trial) const {
        std::vector<std::string> arguments{"dossier-check-plugin",
                                           trial.plugin_path,
                                           "--child",
                                           rule.code,
                                           "--seed",
                                           std::to_string(trial.seed),
                                           "--timeout",
                                           std::to_string(options_.timeout)};
        if (trial.component)
            arguments.insert(arguments.end(), {"--component", std::string(name_of(trial.component->kind)) + ":" +
                                                                  trial.component->name});
        if (!trial.analyses.empty()) arguments.insert(arguments.end(), {"--analyses", trial.analyses.string()});
        if (trial.thorough) arguments.emplace_back("--thorough");
        return arguments;
    }

    [[nodiscard]] Verdict judge(Rule const& rule, ProcessOutcome const& outcome) const {
        if (!outcome.problem.empty()) throw std::runtime_error("the kit cannot start itself: " + outcome.problem);
        auto const words = read_child_words(outcome.words);
        if (!words.verdict)
            return broken(end_of(outcome, options_.timeout) + (words.doing.empty() ? "" : " " + words.doing));
        if (words.verdict->kind == Verdict::Kind::kept && rule.silent && outcome.n_printed != 0)
            return broken("it printed " + std::to_string(outcome.n_printed) + " bytes, beginning \"" +
                          printable(outcome.printed, 60) + "\"; what it has to say goes to host->log and host->error");
        return *words.verdict;
    }

    std::filesystem::path const& analyses_for(ComponentKind kind, bool with_large) {
        analyses_.provide(kind, with_large);
        return analyses_.folder();
    }

    CheckOptions const& options_;
    std::function<void(Result const&)> const& tell_;
    std::set<std::string, std::less<>> wanted_;
    std::set<std::pair<std::string, std::string>> failed_;  ///< codes, with their component or ""
    Analyses analyses_;
    bool good_ = true;
};

}  // namespace

bool check_plugin(CheckOptions const& options, std::function<void(Result const&)> const& tell) {
    return Checker(options, tell).check();
}

}  // namespace dossier::check
