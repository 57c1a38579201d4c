#include "dossier/findings/clusters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <numeric>

#include "dossier/model/digest.hpp"

namespace dossier {

namespace {

bool is_main_text(SentenceRole role) noexcept {
    return role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
}

/// SHA-256 of the sentences that may be quoted; empty when there are none.
std::string main_text_key(Article const& article) {
    Sha256 digest;
    bool any = false;
    for (auto const& sentence : article.sentences) {
        if (!is_main_text(sentence.role)) continue;
        any = true;
        digest.update(sentence.text);
        digest.update("\n");
    }
    return any ? digest.hex() : std::string();
}

/// Groups that grow together; the root of a group is its least member.
class Groups {
public:
    explicit Groups(std::size_t n) : parents_(n) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }
    std::size_t root(std::size_t member) {
        while (parents_[member] != member)
            member = parents_[member] = parents_[parents_[member]];
        return member;
    }
    void join(std::size_t a, std::size_t b) {
        auto const [least, greater] = std::minmax({root(a), root(b)});
        parents_[greater] = least;
    }

private:
    std::vector<std::size_t> parents_;
};

/// Why articles of one group are one source.
struct Reasons {
    bool same_text = false;
    std::vector<std::string> studies;  ///< as declared by the first article that names each
};

std::string words_of(Reasons const& reasons) {
    std::string words = reasons.same_text ? "same text" : "";
    for (auto const& study : reasons.studies)
        words += (words.empty() ? "" : "; ") + ("rest on the same study: " + study);
    return words;
}

/// Drops `prefix` from the front if it is there.
bool drop_prefix(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string folded(std::string_view text) {
    std::string result;
    for (char const c : text) {
        bool const space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (space && (result.empty() || result.back() == ' ')) continue;
        result += space ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    while (!result.empty() && (result.back() == ' ' || result.back() == '.' || result.back() == '/'))
        result.pop_back();
    return result;
}

}  // namespace

std::string same_study_key(std::string_view rests_on) {
    static constexpr std::array<std::string_view, 8> prefixes = {
        "https://", "http://", "dx.", "doi.org/", "www.", "doi:", "doi ", "pubmed.ncbi.nlm.nih.gov/"};
    std::string const text = folded(rests_on);
    std::string_view key = text;
    for (auto const prefix : prefixes)
        drop_prefix(key, prefix);
    drop_prefix(key, "pmid:") || drop_prefix(key, "pmid ");
    while (!key.empty() && key.front() == ' ')
        key.remove_prefix(1);
    return std::string(key);
}

std::vector<Cluster> cluster_articles(std::span<Article const> articles) {
    std::vector<Article const*> sorted;
    for (auto const& article : articles)
        sorted.push_back(&article);
    std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) { return a->id < b->id; });

    Groups groups(sorted.size());
    std::map<std::string, std::size_t> first_with_text, first_with_study;
    std::vector<std::pair<std::size_t, std::string>> shared;  // member, study it shares; empty: the text
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (auto const key = main_text_key(*sorted[i]); !key.empty())
            if (auto const [first, added] = first_with_text.emplace(key, i); !added) {
                groups.join(first->second, i);
                shared.emplace_back(i, "");
            }
        auto const& study = sorted[i]->rests_on;
        if (auto const key = study.proposed ? "" : same_study_key(study.value); !key.empty())
            if (auto const [first, added] = first_with_study.emplace(key, i); !added) {
                groups.join(first->second, i);
                shared.emplace_back(i, sorted[first->second]->rests_on.value);
            }
    }

    std::map<std::size_t, Reasons> reasons;
    for (auto const& [member, study] : shared) {
        auto& group = reasons[groups.root(member)];
        if (study.empty()) group.same_text = true;
        auto const known = std::find(group.studies.begin(), group.studies.end(), study) != group.studies.end();
        if (!study.empty() && !known) group.studies.push_back(study);
    }

    std::map<std::size_t, Cluster> clusters;  // by least member, so by id of the first article
    for (std::size_t i = 0; i < sorted.size(); ++i)
        clusters[groups.root(i)].article_ids.push_back(sorted[i]->id);
    std::vector<Cluster> result;
    for (auto& [root, cluster] : clusters) {
        cluster.id = cluster.article_ids.front();
        if (auto const why = reasons.find(root); why != reasons.end()) cluster.reason = words_of(why->second);
        result.push_back(std::move(cluster));
    }
    return result;
}

Stance cluster_stance(std::span<Stance const> articles) noexcept {
    auto const says = [&](Stance stance) {
        return std::find(articles.begin(), articles.end(), stance) != articles.end();
    };
    bool const supports = says(Stance::supports), refutes = says(Stance::refutes);
    if (says(Stance::mixed) || (supports && refutes)) return Stance::mixed;
    if (supports) return Stance::supports;
    if (refutes) return Stance::refutes;
    if (says(Stance::neutral)) return Stance::neutral;
    if (says(Stance::silent) || articles.empty()) return Stance::silent;
    return Stance::not_assessable;
}

}  // namespace dossier
