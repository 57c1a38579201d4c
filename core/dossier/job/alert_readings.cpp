#include "dossier/job/alert_readings.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>
#include <vector>

#include "dossier/job/alert_measures.hpp"
#include "dossier/store/analysis_file.hpp"

namespace dossier {
namespace {

/// A finished analysis, opened when something is asked of it. Empty path: there is none.
class FinishedAnalysis {
public:
    explicit FinishedAnalysis(std::string path) : path_(std::move(path)) {}
    [[nodiscard]] bool is_there() const noexcept { return !path_.empty(); }

    /// Hands each row of what a measure asks for to `take`.
    template <class Take>
    void select(AlertMeasure const& measure, JobAlert const& alert, Take const& take) {
        constexpr std::string_view kinds = "changes.";
        std::string_view const name = measure.name;
        select(measure.sql, alert, take, name.starts_with(kinds) ? name.substr(kinds.size()) : std::string_view());
    }
    /// @param sql  may use ?1 (the alert's claim), ?2 (its condition) and ?3 (`kind`)
    template <class Take>
    void select(std::string_view sql, JobAlert const& alert, Take const& take, std::string_view kind = {}) {
        if (!file_) file_.emplace(path_, AnalysisFile::Access::read);
        Query row(*file_, sql);
        row.with(alert.claim.text).with(alert.condition.text).with(kind);
        while (row.next())
            take(row);
    }

private:
    std::string path_;
    std::optional<AnalysisFile> file_;
};

AlertReading missing(std::string reason) {
    return {std::monostate{}, std::move(reason)};
}

/// Why a column of a claim that is there may be NULL, as the page on the analysis database says it.
std::string reason_of_null(std::string_view measure) {
    if (measure == "agreement") return "fewer than two sources inform on it";
    if (measure == "coverage") return "no source could be read";
    return "no source takes a side";
}

AlertReading read_age(FinishedAnalysis& analysis, AlertMeasure const& measure, JobAlert const& alert,
                      RunFacts const& facts) {
    std::optional<double> least;
    analysis.select(measure, alert, [&](Query const& row) {
        if (auto const days = days_until(row.text(0), facts.as_of)) least = std::min(least.value_or(*days), *days);
    });
    if (!least) return missing("no article that could tell states when it was published");
    return {*least, {}};
}

AlertReading read_value(FinishedAnalysis& analysis, AlertMeasure const& measure, JobAlert const& alert) {
    auto reading = missing("the set knows no claim \"" + alert.claim.text + "\"" +
                           (alert.condition.text.empty() ? "" : " under \"" + alert.condition.text + "\""));
    analysis.select(measure, alert, [&](Query const& row) {
        if (row.is_null(0)) {
            reading = missing(reason_of_null(measure.name));
        } else if (measure.is_number()) {
            reading = {row.real(0), {}};
        } else {
            reading = {std::string(measured_word(row.text(0))), {}};
        }
    });
    return reading;
}

AlertReading read_history(AlertMeasure const& measure, RunFacts const& facts) {
    if (measure.name == "last_good_run_age")
        return facts.last_good_run_age ? AlertReading{*facts.last_good_run_age, {}} : missing("no run was good yet");
    return facts.failed_runs ? AlertReading{static_cast<double>(*facts.failed_runs), {}} : missing("not known");
}

AlertReading read(FinishedAnalysis& analysis, AlertMeasure const& measure, JobAlert const& alert,
                  RunFacts const& facts) {
    if (measure.of == MeasureOf::history) return read_history(measure, facts);
    if (!analysis.is_there()) return missing("nothing is published yet");
    return measure.name.ends_with("_age") ? read_age(analysis, measure, alert, facts)
                                          : read_value(analysis, measure, alert);
}

bool compare(double value, AlertComparison comparison, double number) {
    switch (comparison) {
        case AlertComparison::below: return value < number;
        case AlertComparison::at_most: return value <= number;
        case AlertComparison::above: return value > number;
        case AlertComparison::at_least: return value >= number;
        case AlertComparison::equal: return value == number;
        default: return value != number;
    }
}

Holds holds(AlertTest const& test, AlertReadings const& readings) {
    auto const found = readings.find(test.measure);
    if (found == readings.end() || found->second.is_missing()) return Holds::unknown;
    auto const& value = found->second.value;
    if (auto const* number = std::get_if<double>(&value))
        return compare(*number, test.comparison, test.number) ? Holds::yes : Holds::no;
    bool const is_one =
        std::find(test.words.begin(), test.words.end(), std::get<std::string>(value)) != test.words.end();
    return is_one == (test.comparison == AlertComparison::is) ? Holds::yes : Holds::no;
}

std::optional<int> part_of(std::string_view date, std::size_t offset, std::size_t digits) {
    int value = 0;
    if (date.size() < offset + digits) return std::nullopt;
    auto const* const begin = date.data() + offset;
    auto const [end, error] = std::from_chars(begin, begin + digits, value);
    if (error != std::errc{} || end != begin + digits || *begin == '-') return std::nullopt;
    return value;
}

/// The last day that a partial date can mean.
std::optional<std::chrono::sys_days> last_day_of(std::string_view date) {
    using namespace std::chrono;
    auto const y = part_of(date, 0, 4);
    if (!y) return std::nullopt;
    if (date.size() == 4) return sys_days(year(*y) / December / 31);
    auto const m = part_of(date, 5, 2);
    if (!m || date[4] != '-' || *m < 1 || *m > 12) return std::nullopt;
    auto const in_month = year(*y) / month(static_cast<unsigned>(*m));
    if (date.size() == 7) return sys_days(in_month / last);
    auto const d = part_of(date, 8, 2);
    if (!d || date.size() != 10 || date[7] != '-') return std::nullopt;
    auto const whole = in_month / day(static_cast<unsigned>(*d));
    return whole.ok() ? std::optional(sys_days(whole)) : std::nullopt;
}

}  // namespace

AlertReadings read_for(JobAlert const& alert, std::string const& database, RunFacts const& facts) {
    FinishedAnalysis analysis(database);
    AlertReadings readings;
    auto const read_all = [&](AlertCondition const& condition) {
        for (auto const& test : condition.tests)
            if (auto const* measure = find_alert_measure(test.measure); !readings.contains(test.measure))
                readings.emplace(test.measure, read(analysis, *measure, alert, facts));
    };
    read_all(alert.when);
    if (alert.clear_when) read_all(*alert.clear_when);
    return readings;
}

ClaimSummary claim_summary_for(JobAlert const& alert, std::string const& database) {
    ClaimSummary summary;
    FinishedAnalysis analysis(database);
    if (alert.claim.text.empty() || !analysis.is_there()) return summary;
    analysis.select(
        "SELECT statement, direction_word, agreement_word, certainty_word, coverage_word FROM consensus"
        " WHERE claim_id = ?1 AND condition_id = ?2",
        alert, [&](Query const& row) {
            auto const text = [&](int column) { return std::string(row.text(column)); };
            summary = {text(0), text(1), text(2), text(3), text(4), 0};
        });
    analysis.select("SELECT count(*) FROM evidence WHERE claim_id = ?1 AND (?2 = '' OR condition_id = ?2)", alert,
                    [&](Query const& row) { summary.n_quotes = row.number(0); });
    return summary;
}

Holds holds(AlertCondition const& condition, AlertReadings const& readings) {
    auto result = Holds::yes;
    for (auto const& test : condition.tests) {
        auto const one = holds(test, readings);
        if (one == Holds::no) return Holds::no;
        if (one == Holds::unknown) result = Holds::unknown;
    }
    return result;
}

std::optional<double> days_until(std::string_view published, std::string_view as_of) {
    auto const from = last_day_of(published), to = last_day_of(as_of);
    if (!from || !to) return std::nullopt;
    return std::max(0.0, static_cast<double>((*to - *from).count()));
}

}  // namespace dossier
