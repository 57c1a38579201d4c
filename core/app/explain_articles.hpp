// Explain articles: which articles are one source, and what shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/finding.hpp"

namespace dossier {

/// The articles of a job and the sources that they come to.
struct ArticlesExplanation {
    std::vector<Article> const& articles;
    std::vector<Cluster> const& clusters;  ///< of these articles
    std::string_view only;                 ///< id of an article: its source alone; empty: every source
};

/// For people. Each source of several articles with its articles and links, then what each publisher's sources are worth
/// together, then the articles that stand alone. Ends in a line break.
[[nodiscard]] std::string articles_as_text(ArticlesExplanation const& explanation);

/// The same for programs: one JSON object, indented, ending in a line break.
[[nodiscard]] std::string articles_as_json(ArticlesExplanation const& explanation);

}  // namespace dossier
