#include "dossier/job/alerts.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "dossier/claims/config_document.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/history/alert_states.hpp"
#include "dossier/history/run_history.hpp"
#include "dossier/history/utc_time.hpp"
#include "dossier/job/alert_message.hpp"
#include "dossier/job/alert_readings.hpp"
#include "dossier/job/alert_step.hpp"
#include "dossier/job/alert_table.hpp"
#include "dossier/job/hook_process.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

Diagnostic told_at(JobAlert const& alert, Severity severity, std::string code, std::string message) {
    return diagnostic_at(severity, std::move(code), alert.place, std::move(message));
}

// --- which alerts fire ------------------------------------------------------------------------------------------------

class Evaluation {
public:
    Evaluation(Job const& job, AlertRun const& run, HistoryDatabase const& history, AlertOutcome& outcome)
        : job_(job), run_(run), history_(history), states_(history), outcome_(outcome), now_(utc_text(run.clock())) {
        facts_.as_of = run.as_of;
        if (!run.set.empty()) database_ = (run.set / "analysis.sqlite").string();
    }

    /// To be run within a transaction.
    void look_at_all() {
        read_history();
        std::vector<std::string> ids;
        for (auto const& alert : job_.alerts) {
            ids.push_back(alert.id);
            if (run_.analysed || asks_for_history(alert)) try_to_look_at(alert);
        }
        tell_unread();
        if (run_.analysed) states_.forget_all_but(ids);
        states_.forget_old_events();
    }

private:
    void read_history() {
        if (std::none_of(job_.alerts.begin(), job_.alerts.end(), asks_for_history)) return;
        constexpr std::size_t most_runs = 1000;  // enough for any number that somebody asks for
        RunHistory const runs(history_, run_.clock);
        if (auto const good = runs.last_good())
            if (auto const ended = time_of_utc(good->ended))
                facts_.last_good_run_age = std::max(
                    0.0, std::chrono::duration<double, std::chrono::days::period>(run_.clock() - *ended).count());
        auto const entries = runs.runs({.only_failed = false, .limit = most_runs});
        auto const good =
            std::find_if(entries.begin(), entries.end(), [](RunEntry const& entry) { return entry.is_good(); });
        facts_.failed_runs =
            std::count_if(entries.begin(), good, [](RunEntry const& entry) { return !entry.is_adopted(); });
        if (facts_.last_good_run_age && facts_.failed_runs == 0) facts_.last_good_run_age = 0.0;
    }

    /// A set that cannot be read costs the alerts that look at it, and no other.
    void try_to_look_at(JobAlert const& alert) {
        try {
            look_at(alert);
        } catch (Failure const& failure) {
            if (database_.empty() || failure.path() != database_) throw;
            unread_.push_back(alert.id);
            why_unread_ = failure.what();
        }
    }

    void tell_unread() {
        if (unread_.empty()) return;
        Diagnostic diagnostic{Severity::warning, "DOS0804", {}, {}, {}, {}};
        diagnostic.message = "the alerts on the set were not looked at: " + why_unread_;
        diagnostic.notes.push_back(listed("they are", unread_));
        outcome_.diagnostics.add(std::move(diagnostic));
    }

    /// Reads all that it needs of the set before it stores anything.
    void look_at(JobAlert const& alert) {
        AlertNews news;
        news.readings = read_for(alert, database_, facts_);
        auto const before = states_.state(alert.id);
        auto const stepped = step(before, observe(alert, news.readings));
        bool const is_event = stepped.step == AlertStep::fired || stepped.step == AlertStep::cleared;
        auto const claim = is_event ? claim_summary_for(alert, database_) : ClaimSummary();
        states_.set_state(alert.id, stepped.state);
        if (stepped.step == AlertStep::missing) note_missing(alert, news.readings);
        if (!is_event) return;
        news.event = stepped.step == AlertStep::fired ? AlertEvent::fired : AlertEvent::cleared;
        if (!stepped.begins_anew) news.before = before->readings;
        tell(alert, std::move(news), claim, stepped.state.definition);
    }

    [[nodiscard]] AlertObservation observe(JobAlert const& alert, AlertReadings const& readings) const {
        AlertObservation observation;
        observation.when = holds(alert.when, readings);
        observation.clear_when = alert.clear_when                     ? holds(*alert.clear_when, readings)
                                 : observation.when == Holds::unknown ? Holds::unknown
                                 : observation.when == Holds::yes     ? Holds::no
                                                                      : Holds::yes;
        observation.hold = alert.hold;
        observation.is_of_changes = asks_for_changes(alert);
        observation.definition = definition_of(alert);
        observation.set_id = run_.set.filename().string();
        observation.readings = json_of(readings);
        observation.run = run_.number;
        observation.now = now_;
        return observation;
    }

    void note_missing(JobAlert const& alert, AlertReadings const& readings) {
        auto diagnostic =
            told_at(alert, Severity::note, "DOS0801",
                    "the alert " + in_quotes(alert.id) + " cannot tell: a value that it looks at is missing");
        for (auto const& [measure, reading] : readings)
            if (reading.is_missing()) diagnostic.notes.push_back(measure + ": " + reading.reason);
        outcome_.diagnostics.add(std::move(diagnostic));
    }

    void tell(JobAlert const& alert, AlertNews news, ClaimSummary const& claim, std::string const& definition) {
        news.run = run_.number;
        news.as_of = run_.as_of;
        news.at = now_;
        if (!run_.set.empty()) {
            news.set = fs::absolute(run_.set).lexically_normal().string();
            news.set_id = run_.set.filename().string();
        }
        news.delivery_id =
            sha256_hex(definition + std::string(name_of(news.event)) + std::to_string(run_.number) + news.set_id + now_)
                .substr(0, 32);
        AlertLogEntry entry;
        entry.alert_id = alert.id, entry.run = run_.number, entry.event = news.event, entry.at = now_;
        entry.sentence = sentence_of(alert, news, claim.statement);
        entry.message = message_of(alert, job_, news, claim, entry.sentence);
        entry.delivery_id = news.delivery_id;
        bool const is_told =
            !alert.hook.command.empty() && (news.event == AlertEvent::fired || alert.hook.when_cleared);
        entry.delivery = is_told ? AlertDelivery::pending : AlertDelivery::none;
        states_.add(entry);
        outcome_.fired |= news.event == AlertEvent::fired;
        outcome_.sentences.push_back("alert " + in_quotes(alert.id) + " " + std::string(name_of(news.event)) + ": " +
                                     entry.sentence);
    }

    Job const& job_;
    AlertRun const& run_;
    HistoryDatabase const& history_;
    AlertStates states_;
    AlertOutcome& outcome_;
    std::string now_, database_;
    RunFacts facts_;
    std::vector<std::string> unread_;  ///< ids of alerts that the set was not read for
    std::string why_unread_;
};

std::string_view without_last_breaks(std::string_view text) {
    auto const last = text.find_last_not_of("\r\n");
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// --- telling the hooks ------------------------------------------------------------------------------------------------

class Deliveries {
public:
    Deliveries(Job const& job, AlertRun const& run, HistoryDatabase const& history, AlertOutcome& outcome)
        : job_(job), run_(run), states_(history), outcome_(outcome) {}

    /// What a killed run left as started. To be called before any hook is.
    void give_up_started() {
        for (auto& entry : states_.undelivered())
            if (entry.delivery == AlertDelivery::started)
                end(entry, AlertDelivery::unknown,
                    "the run was killed while its hook ran: whether anybody was told is not known");
    }

    void make_all() {
        began_ = Clock::now();
        std::size_t n_waiting = 0;
        for (auto& entry : states_.undelivered()) {
            auto const* alert = alert_of(entry);
            if (alert == nullptr) {
                end(entry, AlertDelivery::dropped, "the job has no such alert with a hook any more");
            } else if (!run_.hooks_allowed || !suffices_for(*alert)) {
                ++n_waiting;
            } else if (!make(entry, *alert)) {
                ++n_waiting;
            }
        }
        if (n_waiting > 0) tell_waiting(n_waiting);
    }

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] Seconds time_left() const { return run_.most_time - (Clock::now() - began_); }

    /// Whether what is left allows a hook its own limit or half of what a run has: one that is cut off is never run again.
    [[nodiscard]] bool suffices_for(JobAlert const& alert, Seconds pause = Seconds(0)) const {
        return pause + std::min(Seconds(alert.hook.seconds), run_.most_time / 2) <= time_left();
    }

    [[nodiscard]] JobAlert const* alert_of(AlertLogEntry const& entry) const {
        auto const found = std::find_if(job_.alerts.begin(), job_.alerts.end(), [&](JobAlert const& alert) {
            return alert.id == entry.alert_id && !alert.hook.command.empty();
        });
        return found == job_.alerts.end() ? nullptr : &*found;
    }

    /// Only a hook that says itself that it failed is run again: one that was killed may have told somebody.
    /// @return false: the time does not suffice for another attempt, which the next run makes
    bool make(AlertLogEntry& entry, JobAlert const& alert) {
        for (;;) {
            ++entry.attempts;
            entry.delivery = AlertDelivery::started;
            states_.set_delivery(entry);
            auto const left = std::chrono::floor<std::chrono::milliseconds>(time_left());
            auto const limit = std::min<Seconds>(Seconds(alert.hook.seconds), left);
            auto const ended = run_hook(call_for(entry, alert, limit));
            entry.output = ended.output;
            if (ended.is_good()) return end(entry, AlertDelivery::delivered, {}), true;
            auto const problem = "its hook " + ended.sentence(limit);
            if (ended.kind == HookEnd::Kind::signalled || ended.kind == HookEnd::Kind::timed_out)
                return end(entry, AlertDelivery::unknown, problem + ": whether anybody was told is not known"), true;
            bool const was_last = ended.kind == HookEnd::Kind::not_started || entry.attempts > alert.hook.retries;
            if (was_last) return end(entry, AlertDelivery::failed, problem + after_attempts(entry.attempts)), true;
            entry.delivery = AlertDelivery::pending;  // if the run is killed meanwhile, the next one goes on here
            entry.problem = problem;
            states_.set_delivery(entry);
            Seconds const pause(alert.hook.pause_seconds);
            if (!suffices_for(alert, pause)) return false;
            wait(pause);
        }
    }

    static std::string after_attempts(unsigned n) {
        return n == 1 ? ": nobody was told" : " in the last of " + std::to_string(n) + " attempts: nobody was told";
    }

    [[nodiscard]] HookCall call_for(AlertLogEntry const& entry, JobAlert const& alert, Seconds limit) const {
        HookCall call;
        call.command = alert.hook.command;
        call.folder = job_.folder;
        call.input = entry.message;
        call.limit = limit;
        call.variables = {{"DOSSIER_ALERT", entry.alert_id},
                          {"DOSSIER_ALERT_EVENT", std::string(name_of(entry.event))},
                          {"DOSSIER_ALERT_SENTENCE", entry.sentence},
                          {"DOSSIER_DELIVERY_ID", entry.delivery_id},
                          {"DOSSIER_ATTEMPT", std::to_string(entry.attempts)}};
        return call;
    }

    void wait(Seconds pause) const {
        if (run_.wait) return run_.wait(pause);
        std::this_thread::sleep_for(pause);
    }

    /// Stores how a delivery ended, and says so where it did not end well.
    void end(AlertLogEntry& entry, AlertDelivery delivery, std::string problem) {
        entry.delivery = delivery;
        entry.problem = std::move(problem);
        states_.set_delivery(entry);
        if (delivery == AlertDelivery::delivered) return;
        auto const* alert = alert_of(entry);
        auto const severity = delivery == AlertDelivery::dropped ? Severity::note : Severity::warning;
        auto const message = "the alert " + in_quotes(entry.alert_id) + " " + std::string(name_of(entry.event)) +
                             ", but " + entry.problem;
        auto diagnostic = alert != nullptr ? told_at(*alert, severity, "DOS0802", message)
                                           : Diagnostic{severity, "DOS0802", {}, message, {}, {}};
        diagnostic.notes.push_back("what was to be told: " + entry.sentence);
        if (!entry.output.empty())
            diagnostic.notes.push_back("it printed: " + display_text(without_last_breaks(entry.output)));
        outcome_.diagnostics.add(std::move(diagnostic));
    }

    void tell_waiting(std::size_t n) {
        auto const message =
            (n == 1 ? std::string("1 alert is") : std::to_string(n) + " alerts are") + " not told yet: ";
        if (run_.hooks_allowed) {
            outcome_.diagnostics.add({Severity::warning,
                                      "DOS0803",
                                      {},
                                      message + "hooks took all the time that a run has for them",
                                      {},
                                      {"the next run goes on with them"}});
        } else {
            outcome_.diagnostics.add({Severity::note,
                                      "DOS0803",
                                      {},
                                      message + "this run may not start hooks",
                                      {},
                                      {"the next run with --scheduled or --hooks tells them"}});
        }
    }

    Job const& job_;
    AlertRun const& run_;
    AlertStates states_;
    AlertOutcome& outcome_;
    Clock::time_point began_ = Clock::now();
};

}  // namespace

AlertOutcome evaluate_alerts(Job const& job, AlertRun const& run, HistoryDatabase const& history) {
    AlertOutcome outcome;
    if (job.has_mistakes) return outcome;
    Deliveries deliveries(job, run, history, outcome);
    deliveries.give_up_started();
    try {
        AlertOutcome looked_at;
        history.transaction([&] { Evaluation(job, run, history, looked_at).look_at_all(); });
        outcome.fired = looked_at.fired;
        outcome.sentences = std::move(looked_at.sentences);
        outcome.diagnostics.append(looked_at.diagnostics);
    } catch (Failure const& failure) {
        bool const is_of_history = failure.path() == history.path().string();
        if (is_of_history) throw;
        outcome.diagnostics.add({Severity::warning,
                                 "DOS0804",
                                 {},
                                 std::string("the alerts were not looked at: ") + failure.what(),
                                 {},
                                 {}});
    }
    deliveries.make_all();
    return outcome;
}

}  // namespace dossier
