// What the runs were given: versions and digests of the run itself, then its plugins.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "dossier/store/comparison_parts.hpp"

namespace dossier::comparison {
namespace {

using enum ChangeKind;
using Cause = ChangeCause;

enum RunColumn : int {
    schema_version,
    tool_version,
    lexicon_sha256,
    statement_model_sha256,
    registry_sha256,
    annotations_sha256,
    job_sha256,
    definitions_sha256
};

bool emit_if_differs(ComparedFiles const& files, RowPair const& run, RunColumn column, ChangeKind kind,
                     std::string aspect = {}) {
    if (!run.differs(column)) return false;
    auto change = change_of(kind, run, column);
    change.aspect = std::move(aspect);
    change.causes.add(kind <= statement_model_changed && kind != tool_changed ? Cause::tool_version : Cause::input);
    files.emit(std::move(change));
    return true;
}

void compare_run(ComparedFiles& files, RowPair const& run, InputChanges& changes) {
    emit_if_differs(files, run, schema_version, schema_changed);
    changes.tool = emit_if_differs(files, run, tool_version, tool_changed);
    changes.lexicon = emit_if_differs(files, run, lexicon_sha256, lexicon_changed);
    changes.statement_model = emit_if_differs(files, run, statement_model_sha256, statement_model_changed);
    // An older file knows its registry by its files only.
    changes.definitions =
        run.differs(files.rows.both_have("run", "definitions_sha256") ? definitions_sha256 : registry_sha256);
    emit_if_differs(files, run, registry_sha256, registry_changed,
                    run.differs(definitions_sha256) ? "definitions" : "files");
    changes.annotations = emit_if_differs(files, run, annotations_sha256, annotations_changed);
    bool const made_by_jobs = !run.before->is_null(job_sha256) && !run.after->is_null(job_sha256);
    changes.job = made_by_jobs && emit_if_differs(files, run, job_sha256, job_changed);
}

std::int64_t n_engine_failures(AnalysisFile& file) {
    Query count(file, "SELECT count(*) FROM diagnostics WHERE code = 'DOS0522'");
    count.next();
    return count.number(0);
}

void compare_runs(ComparedFiles& files, InputChanges& changes) {
    auto& rows = files.rows;
    rows.merge("SELECT " +
                   rows.columns("run", {"schema_version", "tool_version", "lexicon_sha256", "statement_model_sha256",
                                        "registry_sha256", "annotations_sha256", "job_sha256", "definitions_sha256"}) +
                   " FROM run LIMIT 1",
               0, [&](RowPair const& run) {
                   if (!run.both()) (run.before == nullptr ? rows.before() : rows.after()).fail("it has no run");
                   compare_run(files, run, changes);
               });
    changes.engine_failures = n_engine_failures(rows.before()) != n_engine_failures(rows.after());
}

enum ComponentColumn : int { component_kind, component_name, version, sha256, options_sha256 };

/// "1.0.0, 1f2e3d4c5b6a"
std::optional<std::string> component_text(Query const* row) {
    if (row == nullptr) return std::nullopt;
    if (row->is_null(sha256)) return "could not be read";
    constexpr std::size_t shown_digits = 12;
    return std::string(row->text(version)).append(", ").append(row->text(sha256).substr(0, shown_digits));
}

void compare_component(ComparedFiles const& files, RowPair const& component, bool is_engine, InputChanges& changes) {
    auto causes = ChangeCauses().add_if(!component.both(), changes.job ? Cause::job : Cause::input);
    if (component.both())
        causes.add_if(component.differs(version) || component.differs(sha256), Cause::plugin)
            .add_if(component.differs(options_sha256), Cause::options);
    if (causes.empty()) return;
    auto const& row = component.any();
    Change change;
    change.kind = is_engine ? engine_changed : plugin_changed;
    change.aspect = std::string(row.text(component_kind)).append(":").append(row.text(component_name));
    change.before = component_text(component.before), change.after = component_text(component.after);
    change.causes = causes;
    if (is_engine) changes.engines.emplace(change.aspect, causes);
    files.emit(std::move(change));
}

}  // namespace

InputChanges compare_inputs(ComparedFiles& files) {
    InputChanges changes;
    compare_runs(files, changes);
    for (bool const engines : {true, false})
        files.rows.merge("SELECT kind, name, " +
                             files.rows.columns("components", {"version", "sha256", "options_sha256"}) +
                             " FROM components WHERE kind " + (engines ? "=" : "<>") + " 'engine' ORDER BY kind, name",
                         2, [&](RowPair const& component) { compare_component(files, component, engines, changes); });
    return changes;
}

}  // namespace dossier::comparison
