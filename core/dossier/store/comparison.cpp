#include "dossier/store/comparison.hpp"

#include <cstdint>
#include <utility>

#include "dossier/store/analysis_file.hpp"
#include "dossier/store/comparison_parts.hpp"

namespace dossier {
namespace {

/// Part by part, in the order of ChangeKind.
void compare(AnalysisFile& before, AnalysisFile& after, Earlier earlier,
             std::function<void(Change const&)> const& take) {
    using namespace comparison;
    ComparedFiles files(before, after, take);
    if (earlier == Earlier::is_as_written) files.look_at_digests();
    auto const inputs = compare_inputs(files);
    auto const claims = compare_claims(files, inputs);
    ReadingCauses const reading(files, inputs, claims);
    auto const overrides = compare_overrides(files, inputs, reading);
    auto const articles = compare_articles(files, inputs);
    auto const moves = compare_stances(files, claims, overrides, reading);
    compare_factors(files, inputs);
    compare_verdicts(files, {inputs, claims, articles, moves});
}

/// Rows of t_change.
class ChangeTable {
public:
    explicit ChangeTable(AnalysisFile& file)
        : insert_(file, "INSERT INTO t_change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)") {}

    void add(Change const& change) {
        auto const words = change.causes.words();
        insert_.with(++n_).with(name_of(change.kind));
        with_text(change.claim_id);
        with_optional(change.condition_id);
        with_text(change.article_id), with_text(change.factor_id), with_text(change.aspect);
        with_optional(change.before), with_optional(change.after);
        with_text(change.quote_before), with_text(words), with_text(change.cause);
        insert_.next();
    }
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(n_); }

private:
    void with_text(std::string const& text) { text.empty() ? insert_.with_null() : insert_.with(text); }
    void with_optional(std::optional<std::string> const& text) { text ? insert_.with(*text) : insert_.with_null(); }
    Query insert_;
    std::int64_t n_ = 0;
};

/// Which run it was that `after` was compared with.
void name_previous(AnalysisFile& before, AnalysisFile& after) {
    Query run(before, "SELECT as_of, inputs_sha256 FROM run");
    if (!run.next()) before.fail("it has no run");
    Query(after, "UPDATE t_run SET previous_as_of = ?1, previous_inputs_sha256 = ?2")
        .with(run.text(0))
        .with(run.text(1))
        .next();
}

}  // namespace

void for_each_change(std::string const& before, std::string const& after,
                     std::function<void(Change const&)> const& take) {
    AnalysisFile earlier(before, AnalysisFile::Access::read), later(after, AnalysisFile::Access::read);
    compare(earlier, later, Earlier::may_be_edited, take);
}

std::vector<Change> changes_between(std::optional<std::string> const& before, std::string const& after) {
    std::vector<Change> changes;
    if (before) for_each_change(*before, after, [&](Change const& change) { changes.push_back(change); });
    return changes;
}

std::size_t add_changes(std::string const& after, std::optional<std::string> const& before, Earlier state) {
    if (!before) return 0;
    AnalysisFile earlier(*before, AnalysisFile::Access::read), later(after, AnalysisFile::Access::add);
    later.run("BEGIN");
    try {
        later.run("DELETE FROM t_change");  // of an earlier comparison, where there was one
        name_previous(earlier, later);
        ChangeTable table(later);
        std::function<void(Change const&)> const take = [&](Change const& change) { table.add(change); };
        compare(earlier, later, state, take);
        later.run("COMMIT");
        return table.size();
    } catch (...) {
        later.roll_back();
        throw;
    }
}

}  // namespace dossier
