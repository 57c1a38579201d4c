#include "dossier/job/alert_table.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "dossier/job/alert_condition.hpp"
#include "dossier/job/alert_measures.hpp"
#include "dossier/job/job_file.hpp"
#include "dossier/model/digest.hpp"

namespace dossier {
namespace {

template <class Is>
bool any_measure(JobAlert const& alert, Is const& is) {
    auto const any = [&](AlertCondition const& condition) {
        return std::any_of(condition.tests.begin(), condition.tests.end(),
                           [&](AlertTest const& test) { return is(*find_alert_measure(test.measure)); });
    };
    return any(alert.when) || (alert.clear_when && any(*alert.clear_when));
}

bool asks_for(JobAlert const& alert, MeasureOf of) {
    return any_measure(alert, [&](AlertMeasure const& measure) { return measure.of == of; });
}

class AlertReader {
public:
    AlertReader(ConfigDocument const& document, Diagnostics& diagnostics)
        : document_(document), diagnostics_(diagnostics) {}

    JobAlert read(ConfigView const& view) {
        JobAlert alert;
        alert.place = view.place();
        read_id(view, alert);
        if (auto const* claim = view.value("claim")) alert.claim = {claim->text, claim->place};
        if (auto const* condition = view.value("condition")) alert.condition = {condition->text, condition->place};
        bool all_read = true;
        if (auto const* when = view.value("when")) all_read &= read_condition(*when, alert.when);
        if (auto const* clear = view.value("clear_when"))
            all_read &= read_condition(*clear, alert.clear_when.emplace());
        alert.hold = static_cast<unsigned>(std::clamp(view.number("hold"), 1.0, 1000.0));
        alert.hook = hook_of(view);
        if (all_read) check_claim(view, alert);
        check_idle_keys(view, alert);
        return alert;
    }

private:
    void add(std::string_view code, Place const& place, std::string message, std::vector<std::string> notes) {
        auto diagnostic = document_.error(code, place, std::move(message));
        diagnostic.notes = std::move(notes);
        diagnostics_.add(std::move(diagnostic));
    }

    void read_id(ConfigView const& view, JobAlert& alert) {
        auto const* id = view.value("id");
        if (id == nullptr) return;
        alert.id = id->text;
        alert.place = id->place;
        if (!id->text.empty() && !ids_.insert(id->text).second)
            add("DOS0280", id->place, "another alert is called " + in_quotes(id->text) + " too",
                {"its state is kept under its id: choose another"});
    }

    /// @return whether it could be read
    bool read_condition(ConfigNode const& text, AlertCondition& condition) {
        if (text.text.find_first_not_of(" \t\r\n") == std::string::npos) return false;  // told by check_config
        auto parsed = parse_alert_condition(text.text);
        for (auto& error : parsed.errors)
            add(error.code, document_.place_inside(text, error.offset, error.length), std::move(error.message),
                std::move(error.notes));
        condition = std::move(parsed.condition);
        return parsed.errors.empty();
    }

    static AlertHook hook_of(ConfigView const& view) {
        AlertHook hook;
        for (auto const* argument : view.texts("hook")) {
            if (hook.command.empty()) hook.place = argument->place;
            hook.command.push_back(argument->text);
        }
        hook.seconds = std::clamp(view.number("hook_seconds"), 0.1, 3600.0);
        hook.retries = static_cast<unsigned>(std::clamp(view.number("hook_retries"), 0.0, 10.0));
        hook.pause_seconds = std::clamp(view.number("hook_pause_seconds"), 0.0, 600.0);
        hook.when_cleared = view.flag("hook_when_cleared");
        return hook;
    }

    /// Measures of a claim need one, and a claim or a condition needs measures that look at it.
    void check_claim(ConfigView const& view, JobAlert const& alert) {
        bool const of_claim = asks_for(alert, MeasureOf::claim), of_changes = asks_for(alert, MeasureOf::changes);
        if (of_claim && alert.claim.text.empty())
            return add("DOS0284", view.value("when")->place, "this is measured on a claim, but the alert names none",
                       {"write: claim = \"id of a claim\""});
        if (!alert.claim.text.empty() && !of_claim && !of_changes)
            add("DOS0284", alert.claim.place, "nothing that the alert measures is of a claim",
                {"leave claim out, or measure it: direction_share < 0.5"});
        if (!alert.condition.text.empty() && !of_claim)
            add("DOS0284", alert.condition.place, "nothing that the alert measures is under a condition",
                {"leave condition out; changes are counted on a claim whatever the condition"});
    }

    void check_idle_keys(ConfigView const& view, JobAlert const& alert) {
        if (!view.has("hook"))
            for (auto const* key : {"hook_seconds", "hook_retries", "hook_pause_seconds", "hook_when_cleared"})
                if (auto const* value = view.value(key))
                    add("DOS0286", value->place, std::string(key) + " does nothing without a hook",
                        {"write: hook = [\"program\", \"argument\"]"});
        if (!asks_for_changes(alert)) return;
        for (auto const* key : {"clear_when", "hold", "hook_when_cleared"})
            if (auto const* value = view.value(key))
                add("DOS0286", value->place, std::string(key) + " does nothing in an alert on changes",
                    {"each set's changes are news of their own: it fires for every set for which its condition holds"});
    }

    ConfigDocument const& document_;
    Diagnostics& diagnostics_;
    std::set<std::string> ids_;
};

void no_such(std::string const& what, Phrase const& named, std::vector<std::string> const& known,
             Diagnostics& diagnostics) {
    if (named.text.empty() || std::find(known.begin(), known.end(), named.text) != known.end()) return;
    auto diagnostic =
        diagnostic_at(Severity::error, "DOS0285", named.place,
                      "no " + what + " is called " + in_quotes(named.text) + did_you_mean(named.text, known));
    diagnostic.notes.push_back(listed(what + "s of the registry", known));
    diagnostics.add(std::move(diagnostic));
}

/// A claim and a condition that are there, but do not go together.
void not_looked_at(JobAlert const& alert, ClaimRegistry const& registry, Diagnostics& diagnostics) {
    auto const* claim = registry.find_claim(alert.claim.text);
    if (claim == nullptr || registry.find_condition(alert.condition.text) == nullptr) return;
    auto const& under = claim->conditions;
    if (std::find(under.begin(), under.end(), alert.condition.text) != under.end()) return;
    auto diagnostic = diagnostic_at(
        Severity::error, "DOS0285", alert.condition.place,
        "the claim " + in_quotes(claim->id) + " is not looked at under " + in_quotes(alert.condition.text));
    diagnostic.notes.push_back(listed("its conditions", under));
    diagnostics.add(std::move(diagnostic));
}

}  // namespace

std::vector<JobAlert> read_alerts(std::vector<ConfigView> const& tables, ConfigDocument const& document,
                                  Diagnostics& diagnostics) {
    AlertReader reader(document, diagnostics);
    std::vector<JobAlert> alerts;
    for (auto const& view : tables)
        alerts.push_back(reader.read(view));
    return alerts;
}

void check_alerts(std::vector<JobAlert> const& alerts, ClaimRegistry const& registry, Diagnostics& diagnostics) {
    std::vector<std::string> claims, conditions;
    for (auto const& claim : registry.claims)
        claims.push_back(claim.id);
    for (auto const& condition : registry.conditions)
        conditions.push_back(condition.id);
    for (auto const& alert : alerts) {
        no_such("claim", alert.claim, claims, diagnostics);
        no_such("condition", alert.condition, conditions, diagnostics);
        not_looked_at(alert, registry, diagnostics);
    }
}

bool asks_for_changes(JobAlert const& alert) {
    return asks_for(alert, MeasureOf::changes);
}

bool asks_for_history(JobAlert const& alert) {
    return asks_for(alert, MeasureOf::history);
}

std::string definition_of(JobAlert const& alert) {
    auto const nul = std::string(1, '\0');
    return sha256_hex(alert.id + nul + alert.claim.text + nul + alert.condition.text + nul + text_of(alert.when) + nul +
                      (alert.clear_when ? text_of(*alert.clear_when) : "") + nul + std::to_string(alert.hold));
}

}  // namespace dossier
