// What engines judge, and that they judge it the same way every time.
#include "instance.hpp"
#include "question.hpp"
#include "rule.hpp"
#include "sample.hpp"

namespace dossier::check {
namespace {

/// An engine made for one trial.
struct Engine {
    explicit Engine(Trial const& trial) : component(load_component(trial)), host({}), instance(component, host) {
        if (auto failure = host.failure(instance.created())) throw RuleBroken("create: " + *failure);
    }
    Answer ask(QuestionKind kind, std::uint64_t refused_from = 0) {
        return check::ask(component, instance.get(), host, kind, refused_from);
    }
    dossier_component const& component;
    CheckHost host;
    Instance instance;
};

Verdict answers(Trial const& trial) {
    Engine engine(trial);
    trial.doing("while it judged an ordinary article");
    auto const answer = engine.ask(QuestionKind::ordinary);
    // What it judges wrongly is another rule's; a status that follows from being told so is no failure of its own.
    if (answer.failure && answer.broken.empty())
        return broken(*answer.failure + "; an engine that has no judgement says none, and gives DOSSIER_OK");
    return kept();
}

Verdict judges_what_may_be_judged(Trial const& trial) {
    Engine engine(trial);
    for (auto const kind : {QuestionKind::ordinary, QuestionKind::other}) {
        auto const answer = engine.ask(kind);
        if (!answer.broken.empty()) return broken(answer.broken);
    }
    return kept();
}

Verdict answers_the_same(Trial const& trial) {
    Engine engine(trial), fresh(trial);
    auto const first = engine.ask(QuestionKind::ordinary).text;
    for (auto const kind : {QuestionKind::other, QuestionKind::empty, QuestionKind::ordinary, QuestionKind::other})
        (void)engine.ask(kind);
    (void)fresh.ask(QuestionKind::other);
    if (engine.ask(QuestionKind::ordinary).text == first && fresh.ask(QuestionKind::ordinary).text == first)
        return kept();
    return broken(
        "it answered the same question otherwise after it had been asked others; an answer follows from the question "
        "and the options alone");
}

/// Judges an article of a kind that engines may be unprepared for, called `what`.
auto bears(QuestionKind kind, std::string const& what) {
    return [=](Trial const& trial) {
        Engine engine(trial);
        trial.doing("while it judged " + what);
        auto const answer = engine.ask(kind);
        if (!answer.broken.empty()) return broken(what + ": " + answer.broken);
        if (answer.failure) return broken(what + ": " + *answer.failure);
        return kept();
    };
}

Verdict passes_refusals_on(Trial const& trial) {
    Engine engine(trial);
    auto const n = engine.ask(QuestionKind::ordinary).n_judgements;
    if (n == 0) return not_applicable("it judges nothing in the kit's article");
    for (auto const position : sample(n, trial)) {
        auto const where = "when judgement " + std::to_string(position) + " of " + std::to_string(n) + " was refused";
        trial.doing(where);
        auto const answer = engine.ask(QuestionKind::ordinary, position);
        if (answer.n_after_refusal != 0)
            return broken(where + ", it went on; after a status other than DOSSIER_OK an engine returns");
        if (answer.status == DOSSIER_OK) return broken(where + ", it said DOSSIER_OK; an engine passes the status on");
    }
    return kept();
}

}  // namespace

std::vector<Rule> engine_rules() {
    using enum Setting;
    constexpr auto engine = Scope::engine;
    auto const bears_nothing = bears(QuestionKind::empty, "an article without sentences");
    auto const bears_any_text = bears(QuestionKind::hostile, "an article in many scripts, with NULs and markup");
    auto const bears_a_long_article = bears(QuestionKind::many, "an article of 5,000 sentences");
    return {
        {"P601", "answers a question", engine, sandbox, {"P304"}, &answers},
        {"P602", "judges only what may be judged", engine, sandbox, {"P601"}, &judges_what_may_be_judged},
        {"P603", "gives the same answer whatever was asked before", engine, sandbox, {"P602"}, &answers_the_same},
        {"P604", "bears an article without sentences", engine, sandbox, {"P602"}, bears_nothing},
        {"P605", "bears any text", engine, sandbox, {"P602"}, bears_any_text},
        {"P606", "bears a long article", engine, sandbox, {"P602"}, bears_a_long_article},
        {"P607", "passes refusals on", engine, sandbox, {"P602"}, &passes_refusals_on},
    };
}

}  // namespace dossier::check
