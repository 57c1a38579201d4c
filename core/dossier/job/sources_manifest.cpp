#include "dossier/job/sources_manifest.hpp"

#include <map>
#include <utility>

#include "dossier/claims/config_check.hpp"
#include "dossier/job/job_file_codes.hpp"
#include "dossier/job/schema.hpp"
#include "dossier/sources/design_slip.hpp"

namespace dossier {
namespace {

DeclaredSource source_of(ConfigView const& view) {
    DeclaredSource source;
    source.path = std::filesystem::path(view.text("path")).lexically_normal().generic_string();
    source.title = view.text("title");
    source.author = view.text("author");
    source.published = view.text("published");
    source.publisher = view.text("publisher");
    source.url = view.text("url");
    source.study_design = view.text("study_design");
    source.conflict_of_interest = view.text("conflict_of_interest");
    source.funding = view.text("funding");
    source.rests_on = view.text("rests_on");
    source.population = view.text("population");
    source.risk_of_bias = view.text("risk_of_bias");
    source.weight = view.number("weight");
    source.press_release = view.text("press_release");
    source.doi = view.text("doi");
    source.independent = view.flag("independent");
    source.retracted = view.flag("retracted");
    auto const* path = view.value("path");
    source.place = path != nullptr ? path->place : view.place();
    return source;
}

/// Two declarations of one article: which one is meant?
void check_unique(ConfigDocument const& document, std::vector<DeclaredSource> const& sources,
                  Diagnostics& diagnostics) {
    std::map<std::string, Place> first;
    for (auto const& source : sources) {
        auto const [known, is_new] = first.emplace(source.path, source.place);
        if (is_new || source.path.empty()) continue;
        auto diagnostic = document.error("DOS0234", source.place, in_quotes(source.path) + " is declared twice");
        diagnostic.notes.push_back("first: " + known->second.file + ":" + std::to_string(known->second.line) + ":" +
                                   std::to_string(known->second.column));
        diagnostics.add(std::move(diagnostic));
    }
}

/// Any words may name a design, but one that is misspelt has no level of evidence, and nobody would notice.
void check_design(ConfigDocument const& document, ConfigView const& view, Diagnostics& diagnostics) {
    auto const* design = view.value("study_design");
    if (design == nullptr) return;
    auto const text = view.text("study_design");
    auto const slip = slip_in_design(text);
    if (!slip) return;
    auto diagnostic =
        document.error("DOS0235", document.place_inside(*design, slip->begin, slip->size),
                       "study_design is " + in_quotes(text) + "; did you mean " + in_quotes(slip->meant) + "?");
    diagnostic.severity = Severity::warning;
    diagnostics.add(std::move(diagnostic));
}

}  // namespace

std::optional<std::vector<DeclaredSource>> load_sources_manifest(std::filesystem::path const& path,
                                                                 std::string const& shown, Diagnostics& diagnostics,
                                                                 std::optional<Diagnostic> naming) {
    Diagnostics found;
    std::vector<DeclaredSource> sources;
    if (auto const document = read_config(path, shown, job_codes, found, std::move(naming))) {
        check_config(*document, sources_table(), job_codes, {}, found);
        for (auto const& view : ConfigView(&document->root, sources_table()).tables("source")) {
            sources.push_back(source_of(view));
            check_design(*document, view, found);
        }
        check_unique(*document, sources, found);
    }
    found.sort();
    diagnostics.append(found);
    if (found.has_errors()) return std::nullopt;
    return sources;
}

}  // namespace dossier
