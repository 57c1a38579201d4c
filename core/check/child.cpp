#include "child.hpp"

#include <cxxabi.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "dossier/plugin/utf8.hpp"
#include "plugin_under_test.hpp"
#include "sandbox.hpp"

namespace dossier::check {
namespace {

constexpr std::size_t longest_sentence = 2000;
constexpr std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // as jobs have it by default
constexpr char doing_line = '@', kept_line = 'k', broken_line = 'b', not_applicable_line = 'n';

std::string one_line(std::string_view text) {
    auto line = printable(text, longest_sentence);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

void tell(char kind, std::string_view text) {
    auto const line = kind + one_line(text) + '\n';
    (void)!::write(child_verdict, line.data(), line.size());
}

char line_of(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::kept: return kept_line;
        case Verdict::Kind::broken: return broken_line;
        case Verdict::Kind::not_applicable: break;
    }
    return not_applicable_line;
}

void enter_sandbox_of(Trial const& trial, double seconds) {
    worker::SandboxRequest request;
    request.readable = {trial.plugin_path, trial.analyses};
    request.seconds = seconds;
    request.memory_bytes = memory_bytes;
    request.allow_unsandboxed =
        true;  // the plugin is its author's own; where the kernel cannot, the rest is still worth it
    if (auto const sandbox = worker::enter_sandbox(request); !sandbox.problem.empty())
        throw std::runtime_error("the kit cannot put up its sandbox: " + sandbox.problem);
}

}  // namespace

Verdict try_rule(Rule const& rule, Trial const& trial) {
    try {
        return rule.try_out(trial);
    } catch (abi::__forced_unwind&) {
        throw;  // the thread is being ended, and nobody may stop that
    } catch (RuleBroken const& error) {
        return broken(error.what());
    } catch (std::exception const& error) {
        return broken(std::string("it let an exception escape: ") + error.what() +
                      "; none may cross a call, a failure is a status");
    } catch (...) {
        return broken("it let an exception of unknown type escape; none may cross a call, a failure is a status");
    }
}

int work_as_child(Rule const& rule, Trial trial, double seconds) {
    static_assert(child_status == worker_status);
    trial.doing = [](std::string const& what) { tell(doing_line, what); };
    if (rule.setting == Setting::sandbox) enter_sandbox_of(trial, seconds);
    auto const verdict = try_rule(rule, trial);
    tell(line_of(verdict.kind), verdict.sentence);
    std::fflush(nullptr);
    ::_exit(0);  // not exit: destructors of the plugin's statics are not what is tried
}

ChildWords read_child_words(std::string_view text) {
    ChildWords words;
    while (!text.empty()) {
        auto const end = text.find('\n');
        if (end == std::string_view::npos) break;
        auto const line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.empty()) continue;
        std::string rest(line.substr(1));
        switch (line.front()) {
            case doing_line: words.doing = std::move(rest); break;
            case kept_line: words.verdict = kept(); break;
            case broken_line: words.verdict = broken(std::move(rest)); break;
            case not_applicable_line: words.verdict = not_applicable(std::move(rest)); break;
            default: break;
        }
    }
    return words;
}

}  // namespace dossier::check
