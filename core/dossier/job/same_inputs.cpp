#include "dossier/job/same_inputs.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/diagnostics/render.hpp"
#include "dossier/job/article_keys.hpp"
#include "dossier/job/inputs_digest.hpp"
#include "dossier/job/read_articles.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/store/analysis_file.hpp"

namespace dossier {
namespace {

constexpr std::array severities = {Severity::note, Severity::warning, Severity::error};

/// Whether there is nothing to say about where the articles are looked for.
bool is_in_order(FoundArticles const& found) {
    return found.refused_paths.empty() && found.misnamed_paths.empty() && found.unreadable_folders.empty() &&
           std::all_of(found.globs.begin(), found.globs.end(),
                       [](GlobOutcome const& glob) { return glob.refused.empty() && glob.n_files > 0; });
}

/// The digest of all inputs; nullopt as soon as one differs.
std::optional<std::string> digest_if_same(Job const& job, FoundArticles const& found, AnalysisFile& file) {
    Query known(file, "SELECT path, sha256 FROM articles ORDER BY position");
    InputsDigest digest;
    bool same = true;
    auto const compare = [&](ArticleInput&& input) {
        same = input.problem.empty() && known.next() && known.text(0) == input.path;
        auto const sha256 = same ? sha256_hex(input.bytes) : std::string();
        same = same && known.text(1) == sha256;
        if (same) digest.add(input.path, input.origin.bytes, sha256, ArticleKeys::digest_of(input.context.get()));
        return same;
    };
    auto const options = input_options(job);
    auto const& [paths, ids] = found.articles;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        Diagnostics messages;
        for_each_input(job.folder, std::string(paths[i]), std::string(ids[i]), options, compare, messages);
        if (!same || !messages.empty()) return std::nullopt;
    }
    if (known.next()) return std::nullopt;  // an article is gone
    return digest.finish(job);
}

Severity severity_named(std::string_view name) {
    auto const found = std::find_if(severities.begin(), severities.end(),
                                    [&](Severity severity) { return name_of(severity) == name; });
    return found != severities.end() ? *found : Severity::error;
}

/// Whether a message can be made again from its row: it is about the text of an article, as the job names it. Others show lines
/// of other files, or name places that the database shortens; and a PDF's reader may come to something else next time.
bool comes_from_reading(Query const& row, TextList const& paths) {
    auto const code = row.text(1);
    if (!is_of_reading(code) || code == "DOS0313" || code == "DOS0322") return false;
    return is_among(row.text(2).substr(0, row.text(2).find("!/")), paths);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// What was said of the articles, as it was said then; nullopt if the database does not hold all of it.
std::optional<Diagnostics> messages_in(AnalysisFile& file, FoundArticles const& found) {
    Diagnostics messages;
    Query row(file, "SELECT severity, code, file, line, \"column\", message, notes FROM diagnostics ORDER BY position");
    while (row.next()) {
        if (!comes_from_reading(row, found.articles.paths)) return std::nullopt;
        Place const place{std::string(row.text(2)), static_cast<std::size_t>(row.number(3)),
                          static_cast<std::size_t>(row.number(4)), 0};
        messages.add({severity_named(row.text(0)),
                      std::string(row.text(1)),
                      place,
                      std::string(row.text(5)),
                      {},
                      lines_of(row.text(6))});
    }
    return messages;
}

std::int64_t number(AnalysisFile& file, std::string_view sql) {
    Query row(file, sql);
    return row.next() ? row.number(0) : 0;
}

}  // namespace

std::optional<SameInputs> same_inputs(Job const& job, FoundArticles const& found,
                                      std::filesystem::path const& database) try {
    if (!is_in_order(found)) return std::nullopt;
    AnalysisFile file(database.string(), AnalysisFile::Access::read);
    auto const counted = file.steps().count();  // one limit for all that is asked
    auto messages = messages_in(file, found);
    if (!messages) return std::nullopt;
    // Of an article that was cut off, only the run itself knows whether it might have said more.
    if (number(file, "SELECT count(*) FROM articles WHERE truncated AND status = 'ok'") != 0) return std::nullopt;
    auto digest = digest_if_same(job, found, file);
    if (!digest) return std::nullopt;
    bool const any_not_assessable = number(file, "SELECT count(*) FROM articles WHERE status <> 'ok'") != 0;
    return SameInputs{std::move(*digest), std::move(*messages), any_not_assessable};
} catch (Failure const& failure) {
    if (failure.kind() != FailureKind::store) throw;
    return std::nullopt;
}

}  // namespace dossier
