#include "dossier/sources/apply_declared.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace dossier {
namespace {

void declare(std::string const& value, Stated& stated) {
    if (!value.empty()) stated = {value, "sources.toml", false};
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
}

std::string_view without_dot(std::string_view path) noexcept {
    return path.starts_with("./") ? path.substr(2) : path;
}

}  // namespace

void apply_declared(std::span<DeclaredSource const> declared, std::vector<Article>& articles,
                    Diagnostics& diagnostics) {
    std::map<std::string_view, std::size_t> by_path;
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        by_path.emplace(articles[i].path, i);
        paths.push_back(articles[i].path);
    }
    std::map<std::string_view, std::size_t> seen;
    for (auto const& source : declared) {
        auto const path = without_dot(source.path);
        auto const found = by_path.find(path);
        if (found == by_path.end()) {
            Diagnostic diagnostic{
                Severity::warning, "DOS0320", source.place, "no article has the path \"" + source.path + "\"", {}, {}};
            if (auto const near = nearest(path, paths); !near.empty())
                diagnostic.notes.push_back("did you mean \"" + std::string(near) + "\"?");
            diagnostics.add(std::move(diagnostic));
            continue;
        }
        if (++seen[found->first] == 2)
            diagnostics.add({Severity::warning,
                             "DOS0321",
                             source.place,
                             "\"" + source.path + "\" is declared more than once; the last value of each key counts",
                             {},
                             {}});
        declare_all(source, articles[found->second]);
    }
}

}  // namespace dossier
