#include "dossier/job/alert_measures.hpp"

#include <algorithm>
#include <cmath>

#include "dossier/model/decimal.hpp"
#include "dossier/store/change.hpp"

namespace dossier {
namespace {

constexpr double without_end = std::numeric_limits<double>::infinity();

AlertMeasure word_of_claim(std::string name, std::string doc, std::vector<std::string> words) {
    auto sql = "SELECT " + name + " FROM consensus WHERE claim_id = ?1 AND condition_id = ?2";
    return {std::move(name), MeasureOf::claim, std::move(doc), std::move(words), 0, 0, std::move(sql)};
}

AlertMeasure number_of_claim(std::string name, std::string doc, double least = 0, double most = without_end) {
    auto sql = "SELECT " + name + " FROM consensus WHERE claim_id = ?1 AND condition_id = ?2";
    return {std::move(name), MeasureOf::claim, std::move(doc), {}, least, most, std::move(sql)};
}

AlertMeasure number_of(MeasureOf of, std::string name, std::string doc, std::string sql) {
    return {std::move(name), of, std::move(doc), {}, 0, without_end, std::move(sql)};
}

std::vector<AlertMeasure> measures_of_claims() {
    return {
        word_of_claim("direction_word", "which way the independent sources point",
                      {"supports prevail", "leans towards support", "no clear direction", "leans towards refutation",
                       "refutes prevail", "evenly divided", "mostly mixed", "consistently mixed", "rests on one source",
                       "discussed without a stance", "no evidence found", "no evidence under this condition",
                       "not assessable", "no articles"}),
        word_of_claim("agreement_word", "how far they agree",
                      {"unanimous", "unanimous, on being mixed", "high", "high, on being mixed", "medium", "low",
                       "polarised", "one source, agreement not defined", "no evidence", "not assessable"}),
        word_of_claim("certainty_word", "how certain the body of evidence is",
                      {"high certainty", "moderate certainty", "low certainty", "very low certainty", "not rated"}),
        word_of_claim("coverage_word", "how many of those that could be read inform on it",
                      {"broad", "partial", "thin", "none", "not assessable"}),
        number_of_claim("direction_share", "supports / (supports + refutes)", 0, 1),
        number_of_claim("ci_low", "lower end of the 95 % interval of direction_share", 0, 1),
        number_of_claim("ci_high", "upper end of that interval", 0, 1),
        number_of_claim("posterior", "P(share > 1/2)", 0, 1),
        number_of_claim("agreement", "van der Eijk's A", -1, 1),
        number_of_claim("coverage", "share of the sources that could be read that inform on it", 0, 1),
        number_of_claim("supports", "independent sources that support"),
        number_of_claim("refutes", "independent sources that refute"),
        number_of_claim("mixed", "independent sources that say both"),
        number_of_claim("neutral", "independent sources that discuss it without a stance"),
        number_of_claim("silent", "independent sources that say nothing on it"),
        number_of_claim("not_assessable", "independent sources that cannot tell"),
        number_of(MeasureOf::claim, "newest_evidence_age",
                  "days from the newest article that takes a stance on it to the run's as_of",
                  "SELECT DISTINCT a.published FROM taken_stances s JOIN articles a ON a.article_id = s.article_id"
                  " WHERE s.claim_id = ?1 AND s.condition_id = ?2 AND a.published IS NOT NULL"),
    };
}

std::vector<AlertMeasure> measures_of_the_analysis() {
    constexpr auto of = MeasureOf::analysis;
    auto const messages = [](std::string const& severity) {
        return "SELECT count(*) FROM diagnostics WHERE severity = '" + severity + "'";
    };
    return {
        number_of(of, "articles", "articles looked at", "SELECT n_articles FROM run"),
        number_of(of, "articles_not_assessable", "of these, articles that could not be assessed",
                  "SELECT n_not_assessable FROM run"),
        number_of(of, "independent_sources", "independent sources that the articles form",
                  "SELECT n_clusters FROM run"),
        number_of(of, "annotations_stale", "annotations that no longer match text or claim", "SELECT n_stale FROM run"),
        number_of(of, "errors", "messages of the analysis that are errors", messages("error")),
        number_of(of, "warnings", "messages of the analysis that are warnings", messages("warning")),
        number_of(of, "notes", "messages of the analysis that are notes", messages("note")),
        number_of(of, "newest_article_age", "days from the newest article that could be assessed to the run's as_of",
                  "SELECT DISTINCT published FROM articles WHERE status = 'ok' AND published IS NOT NULL"),
    };
}

std::vector<AlertMeasure> measures_of_changes() {
    std::string const counted = "SELECT count(*) FROM changes WHERE (?1 = '' OR claim_id = ?1)";
    std::vector<AlertMeasure> measures{number_of(
        MeasureOf::changes, "changes", "differences to the set before, of any kind", counted + " AND ?3 = ''")};
    for (auto const kind : change_kinds()) {
        std::string name(kind);
        auto words = name;
        std::replace(words.begin(), words.end(), '_', ' ');
        measures.push_back(number_of(MeasureOf::changes, "changes." + name, "of these, those of the kind " + words,
                                     counted + " AND kind = ?3"));
    }
    return measures;
}

std::vector<AlertMeasure> measures_of_history() {
    return {
        number_of(MeasureOf::history, "last_good_run_age",
                  "days since a run last did all that the job asks; 0 after a good run", ""),
        number_of(MeasureOf::history, "failed_runs",
                  "runs in a row that failed, were refused or were killed, this one included", ""),
    };
}

std::vector<AlertMeasure> all_measures() {
    std::vector<AlertMeasure> all;
    for (auto const& part :
         {measures_of_claims(), measures_of_the_analysis(), measures_of_changes(), measures_of_history()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::string values_of(AlertMeasure const& measure) {
    if (measure.is_number())
        return number_text(measure.least) +
               (std::isfinite(measure.most) ? " to " + number_text(measure.most) : " or more");
    std::string text;
    for (auto const& word : measure.words)
        text += (text.empty() ? "`" : ", `") + word + "`";
    return text;
}

}  // namespace

std::span<AlertMeasure const> alert_measures() {
    static auto const all = all_measures();
    return all;
}

AlertMeasure const* find_alert_measure(std::string_view name) {
    auto const all = alert_measures();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](AlertMeasure const& known) { return known.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view measured_word(std::string_view stored) noexcept {
    constexpr std::string_view counted = "no evidence found";
    return stored.starts_with(counted) ? counted : stored;
}

std::string alert_measures_reference() {
    std::string page =
        "# What alerts can measure\n\nEach may stand in `when` and `clear_when` of an [alert](alerts.md). Words stand "
        "in "
        "single quotation marks. A measure that has no value, such as the direction_share of a claim on which no "
        "source takes "
        "a side, makes the test neither hold nor fail.\n\n"
        "| measure | of | takes | meaning |\n| --- | --- | --- | --- |\n";
    auto const of = [](MeasureOf what) {
        switch (what) {
            case MeasureOf::claim: return "the claim";
            case MeasureOf::analysis: return "the analysis";
            case MeasureOf::changes: return "the changes";
            case MeasureOf::history: return "the runs";
        }
        return "";
    };
    for (auto const& measure : alert_measures())
        page +=
            "| `" + measure.name + "` | " + of(measure.of) + " | " + values_of(measure) + " | " + measure.doc + " |\n";
    return page;
}

}  // namespace dossier
