#include "dossier/sources/apply_declared.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace dossier {
namespace {

constexpr std::size_t most_paths_to_suggest = 2000;

/// "https://doi.org/10.1000/XYZ" -> "10.1000/xyz"
std::string bare_doi(std::string_view declared) {
    auto const at = declared.find("10.");
    std::string doi(at == std::string_view::npos ? declared : declared.substr(at));
    for (char& c : doi)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return doi;
}

void declare(std::string const& value, Stated& stated) {
    if (!value.empty()) stated = {value, "sources.toml", false};
}

void declare_retracted(DeclaredSource const& source, Article& article) {
    if (!source.retracted || article.retracted) return;
    article.retracted = true;
    article.status_reason +=
        std::string(article.status_reason.empty() ? "" : "; ") + "was retracted, by what sources.toml says";
}

void declare_all(DeclaredSource const& source, Article& article) {
    declare(source.title, article.title);
    declare(source.author, article.author);
    declare(source.published, article.published);
    declare(source.publisher, article.publisher);
    declare(source.url, article.url);
    declare(source.study_design, article.study_design);
    declare(source.conflict_of_interest, article.conflict_of_interest);
    declare(source.funding, article.funding);
    declare(source.rests_on, article.rests_on);
    declare(source.population, article.population);
    declare(source.risk_of_bias, article.risk_of_bias);
    declare(source.press_release, article.press_release);
    if (!source.doi.empty()) article.citation.doi = bare_doi(source.doi);
    if (source.weight != 1.0) article.weight = source.weight;
    article.independent = article.independent || source.independent;
    declare_retracted(source, article);
}

std::string_view without_dot(std::string_view path) noexcept {
    return path.starts_with("./") ? path.substr(2) : path;
}

}  // namespace

DeclaredSources::DeclaredSources(std::span<DeclaredSource const> declared, Diagnostics& diagnostics) {
    for (auto const& source : declared) {
        auto& known = by_path_[std::string(without_dot(source.path))];
        known.tables.push_back(&source);
        if (known.tables.size() == 2)
            diagnostics.add({Severity::warning,
                             "DOS0321",
                             source.place,
                             "\"" + source.path + "\" is declared more than once; the last value of each key counts",
                             {},
                             {}});
    }
}

void DeclaredSources::apply_to(Article& article) {
    // From the whole to the part: file, member, record.
    std::set<std::string_view> paths{article.origin.file, article.path};
    auto const record = article.origin.record == 0 ? std::string_view::npos : article.path.rfind('#');
    if (record != std::string_view::npos) paths.insert(std::string_view(article.path).substr(0, record));
    bool found = false;
    for (auto const path : paths) {  // sorted, so each before those that it begins
        auto const known = by_path_.find(path);
        if (known == by_path_.end()) continue;
        found = known->second.used = true;
        for (auto const* source : known->second.tables)
            declare_all(*source, article);
    }
    if (!found && !by_path_.empty() && unmatched_paths_.size() < most_paths_to_suggest)
        unmatched_paths_.insert(article.path);
}

void DeclaredSources::report_unused(Diagnostics& diagnostics) const {
    std::vector<std::string> const paths(unmatched_paths_.begin(), unmatched_paths_.end());
    for (auto const& [path, known] : by_path_) {
        if (known.used) continue;
        auto const& source = *known.tables.front();
        Diagnostic diagnostic{
            Severity::warning, "DOS0320", source.place, "no article has the path \"" + source.path + "\"", {}, {}};
        if (auto const near = nearest(path, paths); !near.empty())
            diagnostic.notes.push_back("did you mean \"" + std::string(near) + "\"?");
        diagnostics.add(std::move(diagnostic));
    }
}

}  // namespace dossier
