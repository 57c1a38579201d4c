#include "explain_articles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "dossier/diagnostics/counted.hpp"
#include "dossier/diagnostics/display_text.hpp"
#include "dossier/findings/publisher_families.hpp"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

std::string words_of(SourceLink const& link) {
    auto const percent = fmt::format("about {:.0f} %", link.shared_text * 100);
    switch (link.kind) {
        case SourceLinkKind::same_text: return "same text";
        case SourceLinkKind::near_duplicate:
            return "near-duplicate text: " + percent + " of the 5-word shingles of both are shared";
        case SourceLinkKind::excerpt:
            return "the longer text has " + percent + " of the 5-word shingles of the shorter one";
        case SourceLinkKind::same_record: return "same bibliographic record; equal: " + link.detail;
        case SourceLinkKind::same_study: return "both rest on the same study: " + link.detail;
        case SourceLinkKind::reports_study: return "one is the study that the other rests on: " + link.detail;
        case SourceLinkKind::same_press_release:
            return "same press release: " + link.detail +
                   (link.shared_text > 0 ? "; " + percent + " of the 5-word shingles are shared" : "");
    }
    return {};
}

/// The articles and sources of an explanation, looked up by id.
class Lookup {
public:
    explicit Lookup(ArticlesExplanation const& explanation) {
        for (auto const& article : explanation.articles)
            articles_.emplace(article.id, &article);
        for (auto const& cluster : explanation.clusters)
            for (auto const& id : cluster.article_ids)
                source_of_.emplace(id, &cluster);
    }
    [[nodiscard]] Article const& article(std::string const& id) const { return *articles_.at(id); }

    /// Different sources among the articles of a family, by their ids.
    [[nodiscard]] std::set<std::string> sources(PublisherFamily const& family) const {
        std::set<std::string> ids;
        for (auto const& id : family.article_ids)
            ids.insert(source_of_.at(id)->id);
        return ids;
    }

private:
    std::map<std::string, Article const*, std::less<>> articles_;
    std::map<std::string, Cluster const*, std::less<>> source_of_;
};

bool is_shown(ArticlesExplanation const& explanation, std::vector<std::string> const& article_ids) {
    return explanation.only.empty() ||
           std::find(article_ids.begin(), article_ids.end(), explanation.only) != article_ids.end();
}

void describe_article(std::string& out, Article const& article) {
    fmt::format_to(std::back_inserter(out), "  {}  {}\n", display_text(article.id), display_text(article.path));
    if (!article.title.value.empty())
        fmt::format_to(std::back_inserter(out), "    \"{}\"\n", display_text(article.title.value));
    if (article.independent)
        out += "    declared independent in sources.toml: joined by same text or a declared study only\n";
}

void describe_source(std::string& out, Cluster const& cluster, Lookup const& lookup) {
    fmt::format_to(std::back_inserter(out), "\nsource {}: {}; {}\n", display_text(cluster.id),
                   counted(cluster.article_ids.size(), "article"), cluster.reason);
    for (auto const& id : cluster.article_ids)
        describe_article(out, lookup.article(id));
    for (auto const& link : cluster.links)
        fmt::format_to(std::back_inserter(out), "  {} = {}\n    {}\n", display_text(link.article_a),
                       display_text(link.article_b), words_of(link));
}

/// Families of several sources: those of one are in the list of sources already.
std::vector<std::pair<PublisherFamily, std::set<std::string>>> families_of(ArticlesExplanation const& explanation,
                                                                           Lookup const& lookup) {
    std::vector<std::pair<PublisherFamily, std::set<std::string>>> families;
    for (auto& family : publisher_families(explanation.articles)) {
        if (!is_shown(explanation, family.article_ids)) continue;
        auto sources = lookup.sources(family);
        if (sources.size() >= 2) families.emplace_back(std::move(family), std::move(sources));
    }
    return families;
}

void describe_families(std::string& out, ArticlesExplanation const& explanation, Lookup const& lookup) {
    auto const families = families_of(explanation, lookup);
    if (families.empty()) return;
    out += "\nsources of one publisher or site (each keeps its vote)\n";
    for (auto const& [family, sources] : families)
        fmt::format_to(
            std::back_inserter(out),
            "  {}: {}, worth {:.2f} independent ones if those of one publisher correlate by {:.1f}\n    {}\n",
            family.name, counted(sources.size(), "source"), effective_sources(sources.size(), same_publisher_rho),
            same_publisher_rho, fmt::join(sources, ", "));
}

void describe_alone(std::string& out, ArticlesExplanation const& explanation, Lookup const& lookup) {
    std::vector<std::string> alone;
    for (auto const& cluster : explanation.clusters)
        if (cluster.article_ids.size() == 1 && is_shown(explanation, cluster.article_ids))
            alone.push_back(cluster.article_ids.front());
    if (alone.empty()) return;
    fmt::format_to(std::back_inserter(out), "\n{} alone: nothing links {} to another\n",
                   counted(alone.size(), "article"), alone.size() == 1 ? "it" : "one of them");
    for (auto const& id : alone)
        describe_article(out, lookup.article(id));
}

Json as_json(SourceLink const& link) {
    return {{"article_a", link.article_a},
            {"article_b", link.article_b},
            {"kind", name_of(link.kind)},
            {"detail", link.detail},
            {"shared_text", link.shared_text > 0 ? Json(link.shared_text) : Json(nullptr)}};
}

Json as_json(Article const& article) {
    return {{"id", article.id},
            {"path", article.path},
            {"title", article.title.value},
            {"publisher", article.publisher.value},
            {"independent", article.independent}};
}

Json as_json(Cluster const& cluster, Lookup const& lookup) {
    Json articles = Json::array(), links = Json::array();
    for (auto const& id : cluster.article_ids)
        articles.push_back(as_json(lookup.article(id)));
    for (auto const& link : cluster.links)
        links.push_back(as_json(link));
    return {
        {"id", cluster.id}, {"reason", cluster.reason}, {"articles", std::move(articles)}, {"links", std::move(links)}};
}

}  // namespace

std::string articles_as_text(ArticlesExplanation const& explanation) {
    Lookup const lookup(explanation);
    std::string out = fmt::format("{}, {}\n", counted(explanation.articles.size(), "article"),
                                  counted(explanation.clusters.size(), "independent source"));
    for (auto const& cluster : explanation.clusters)
        if (cluster.article_ids.size() >= 2 && is_shown(explanation, cluster.article_ids))
            describe_source(out, cluster, lookup);
    describe_families(out, explanation, lookup);
    describe_alone(out, explanation, lookup);
    return display_lines(out);
}

std::string articles_as_json(ArticlesExplanation const& explanation) {
    Lookup const lookup(explanation);
    Json sources = Json::array(), families = Json::array();
    for (auto const& cluster : explanation.clusters)
        if (is_shown(explanation, cluster.article_ids)) sources.push_back(as_json(cluster, lookup));
    for (auto const& [family, source_ids] : families_of(explanation, lookup))
        families.push_back({{"name", family.name},
                            {"articles", family.article_ids},
                            {"sources", source_ids},
                            {"effective_sources", effective_sources(source_ids.size(), same_publisher_rho)}});
    Json const explained = {{"n_articles", explanation.articles.size()},
                            {"n_sources", explanation.clusters.size()},
                            {"sources", std::move(sources)},
                            {"publisher_families", std::move(families)}};
    return explained.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dossier
