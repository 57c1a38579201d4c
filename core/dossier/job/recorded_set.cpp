#include "dossier/job/recorded_set.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/failure.hpp"
#include "dossier/diagnostics/shell_words.hpp"
#include "dossier/history/published_sets.hpp"
#include "dossier/job/manifest.hpp"
#include "dossier/job/publication.hpp"
#include "dossier/store/analysis_file.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

/// Hands `take` each row of a SELECT; none, or no more, where the file cannot be asked that.
template <class Take>
void for_each_row(AnalysisFile& file, std::string_view sql, Take const& take) {
    try {
        for (Query row(file, sql); row.next();)
            take(row);
    } catch (Failure const&) {
    }
}

void read_outputs(fs::path const& folder, RecordedSet& recorded) {
    auto const summary = published_summary(folder.parent_path().parent_path(), folder.filename().string());
    if (!summary) return;
    recorded.key = summary->key;
    for (auto const& output : summary->outputs)
        recorded.outputs.push_back({output.file, output.bytes, output.sha256});
}

void read_verdicts(AnalysisFile& file, RecordedSet& recorded) {
    for_each_row(file,
                 "SELECT claim_id, direction_word, agreement_word, certainty_word, coverage_word, n_articles,"
                 " n_clusters, supports, refutes, mixed FROM consensus WHERE condition_id = ''"
                 " ORDER BY claim_position",
                 [&](Query const& row) {
                     auto const text = [&](int column) { return std::string(row.text(column)); };
                     recorded.verdicts.push_back({text(0), text(1), text(2), text(3), text(4), row.number(5),
                                                  row.number(6), row.number(7), row.number(8), row.number(9)});
                 });
}

/// "1 article new", "2 verdicts changed".
std::string counted_kind(std::size_t n, std::string_view kind) {
    auto const noun_end = std::min(kind.find('_'), kind.size());
    auto words = counted(n, kind.substr(0, noun_end)) + std::string(kind.substr(noun_end));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

/// As of when, and how many changes of each kind, in the order in which changes come.
void read_run(AnalysisFile& file, RecordedSet& recorded) {
    std::optional<bool> compared;
    for_each_row(file, "SELECT previous_as_of IS NOT NULL, as_of FROM run", [&](Query const& row) {
        compared = row.number(0) != 0;
        recorded.as_of = row.text(1);
    });
    if (!compared) return;  // it cannot be read
    if (!*compared) {
        recorded.changed = "first set";
        return;
    }
    // What differs in several ways is one thing that changed; a plugin is named by its aspect alone.
    for_each_row(file,
                 "SELECT kind, count(DISTINCT coalesce(claim_id, '') || ' ' || coalesce(condition_id, '') || ' ' ||"
                 " coalesce(article_id, '') || ' ' || coalesce(factor_id, '') || ' ' ||"
                 " CASE WHEN kind IN ('engine_changed', 'plugin_changed') THEN aspect ELSE '' END)"
                 " FROM changes GROUP BY kind ORDER BY min(position)",
                 [&](Query const& row) {
                     auto const n = static_cast<std::size_t>(row.number(1));
                     recorded.changed += (recorded.changed.empty() ? "" : ", ") + counted_kind(n, row.text(0));
                 });
}

void read_analysis(AnalysisFile& file, RecordedSet& recorded) {
    auto const counted = file.steps().count();  // one limit for all that is asked
    read_verdicts(file, recorded);
    for_each_row(file, "SELECT count(*), count(*) FILTER (WHERE status = 'not_assessable') FROM articles",
                 [&](Query const& row) {
                     recorded.articles = {row.number(0), row.number(1)};
                 });
    read_run(file, recorded);
}

}  // namespace

RecordedSet read_recorded_set(fs::path const& set) {
    RecordedSet recorded;
    read_outputs(set, recorded);
    try {
        AnalysisFile file((set / "analysis.sqlite").string(), AnalysisFile::Access::read);
        read_analysis(file, recorded);
    } catch (Failure const&) {  // what cannot be read is left out
    }
    return recorded;
}

Diagnostics take_in_leftovers(RunHistory& history) {
    auto const& path = history.database().path();
    Diagnostics messages;
    for (auto const killed : history.mark_interrupted(read_recorded_set)) {
        auto const number = std::to_string(killed);
        messages.add({Severity::warning,
                      "DOS0852",
                      {path.string(), 0, 0, 0},
                      "run " + number + " was interrupted before it came to its end",
                      {},
                      {"for all that is known of it: dossier show " + number + " --output " +
                       shell_word(path.parent_path().string())}});
    }
    return messages;
}

std::string compared_with_again(fs::path const& folder) {
    auto const latest = latest_set(folder).value_or("");
    auto const summary = latest.empty() ? std::nullopt : published_summary(folder, latest);
    return summary && !summary->complete ? summary->compared_with : std::string();
}

}  // namespace dossier
