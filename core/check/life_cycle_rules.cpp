// Instances: many one after the other, two side by side, and what a component prints while it works.
#include <malloc.h>

#include <algorithm>
#include <limits>

#include "analyses.hpp"
#include "document_generator.hpp"
#include "format_run.hpp"
#include "instance.hpp"
#include "question.hpp"
#include "report_run.hpp"
#include "rule.hpp"

// There where a sanitizer's allocator stands in for malloc.
extern "C" __attribute__((weak)) std::size_t __sanitizer_get_current_allocated_bytes();

namespace dossier::check {
namespace {

std::size_t bytes_in_use() {
    if (__sanitizer_get_current_allocated_bytes != nullptr) return __sanitizer_get_current_allocated_bytes();
    auto const state = ::mallinfo2();
    return state.uordblks + state.hblkhd;
}

std::string analysis_of(Trial const& trial) {
    return file_of(trial.analyses, AnalysisKind::ordinary).string();
}

/// The component does what it is for, once. @return what came of it, to compare
std::string work(Trial const& trial, dossier_component const& component) {
    switch (trial.component->kind) {
        case ComponentKind::report: {
            ReportManners manners;
            manners.host.analysis = analysis_of(trial);
            return run_report(component, manners).sha256;
        }
        case ComponentKind::format: {
            FormatManners manners;
            manners.host.analysis = analysis_of(trial);
            auto const document =
                generated_document({DocumentShape::everything, trial.seed, false, false}, component.carries);
            return run_format(component, document, manners).output;
        }
        case ComponentKind::engine: break;
    }
    CheckHost host({});
    Instance instance(component, host);
    return ask(component, instance.get(), host, QuestionKind::ordinary).text;
}

/// Bytes more in use after `n_times` than before: the least of many rounds, since allocators keep some back at first, of
/// each size a little.
template <class Call>
std::size_t growth(std::size_t n_times, Call const& call) {
    constexpr int n_rounds = 40;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (int round = 0; round < n_rounds && least != 0; ++round) {
        auto const before = bytes_in_use();
        for (std::size_t i = 0; i < n_times; ++i)
            call();
        auto const after = bytes_in_use();
        least = std::min(least, after > before ? after - before : 0);
    }
    return least;
}

Verdict gives_memory_back(Trial const& trial) {
    auto const& component = load_component(trial);
    // What grows by less than this in a round is a cache or the allocator's, not a leak of every round.
    constexpr std::size_t least_leak = 8;
    std::size_t const n_made = trial.thorough ? 10'000 : 1000, n_worked = trial.thorough ? 200 : 40;
    trial.doing("while it was made and destroyed");
    auto const made = growth(n_made, [&] {
        CheckHost host({});
        Instance const instance(component, host);
    });
    if (made >= n_made * least_leak)
        return broken("making and destroying it " + std::to_string(n_made) + " times left " + std::to_string(made) +
                      " bytes in use; destroy gives back all that create took");
    trial.doing("while it worked again and again");
    auto const worked = growth(n_worked, [&] { (void)work(trial, component); });
    if (worked >= n_worked * least_leak)
        return broken("working " + std::to_string(n_worked) + " times left " + std::to_string(worked) +
                      " bytes in use; destroy gives back all that the instance took");
    return kept();
}

/// Two formats that take the same document in turns, the second some blocks behind.
std::string interleaved(Trial const& trial, dossier_component const& component) {
    constexpr std::size_t behind = 3;
    auto const document = generated_document({DocumentShape::everything, trial.seed, false, false}, component.carries);
    FormatManners manners;
    manners.host.analysis = analysis_of(trial);
    manners.host.several_files = component.several_files != 0;
    OpenFormat first(component, manners), second(component, manners);
    for (std::size_t i = 0; i < document.size() + behind; ++i) {
        if (i < document.size()) (void)first.take(document, i, i + 1);
        if (i >= behind) (void)second.take(document, i - behind, i - behind + 1);
    }
    auto output = first.finish().output;
    return output == second.finish().output ? output : std::string();
}

Verdict lives_beside_another(Trial const& trial) {
    auto const& component = load_component(trial);
    auto const alone = work(trial, component);
    trial.doing("with two instances side by side");
    bool good = false;
    if (trial.component->kind == ComponentKind::format) {
        good = interleaved(trial, component) == alone;
    } else {
        CheckHost host({analysis_of(trial)});
        Instance const before(component, host);
        auto const first = work(trial, component);
        Instance const after(component, host);
        good = first == alone && work(trial, component) == alone;
    }
    if (good) return kept();
    return broken(
        "with a second instance beside it, it gave something else than alone; what an instance knows stands in the "
        "instance, not in variables that all share");
}

Verdict prints_nothing_at_work(Trial const& trial) {
    (void)work(trial, load_component(trial));
    return kept();  // what it printed, the kit sees from outside
}

}  // namespace

std::vector<Rule> life_cycle_rules() {
    using enum Setting;
    constexpr auto component = Scope::component;
    return {
        {"P701",
         "prints nothing while it works",
         component,
         sandbox,
         {"P205", "P402", "P502", "P601"},
         &prints_nothing_at_work,
         true},
        {"P702", "gives memory back", component, sandbox, {"P402", "P413", "P502", "P602"}, &gives_memory_back},
        {"P703", "lives beside another instance", component, sandbox, {"P408", "P503", "P603"}, &lives_beside_another},
    };
}

}  // namespace dossier::check
