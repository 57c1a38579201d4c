#include "dossier/findings/clusters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "dossier/findings/duplicate_records.hpp"
#include "dossier/findings/plain_words.hpp"
#include "dossier/findings/similar_texts.hpp"

namespace dossier {

namespace {

/// Groups that grow together; the root of a group is its least member.
class Groups {
public:
    explicit Groups(std::size_t n) : parents_(n) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }
    std::size_t root(std::size_t member) {
        while (parents_[member] != member)
            member = parents_[member] = parents_[parents_[member]];
        return member;
    }
    /// @return false if they were one group already
    bool join(std::size_t a, std::size_t b) {
        auto const [least, greater] = std::minmax({root(a), root(b)});
        parents_[greater] = least;
        return least != greater;
    }

private:
    std::vector<std::size_t> parents_;
};

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

/// Whether a study reference, as same_study_key has it, names one study beyond doubt: a DOI, a PMID, a PMC or trial number.
bool is_identifier(std::string_view key) {
    auto const are_digits = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (key.starts_with("10."))
        return key.find('/') != std::string_view::npos && key.find_first_of(" ;,") == std::string_view::npos;
    if (key.starts_with("nct")) return key.size() == 11 && are_digits(key.substr(3));
    if (key.starts_with("pmc")) return key.size() > 5 && are_digits(key.substr(3));
    return key.size() >= 5 && key.size() <= 8 && are_digits(key);
}

/// A web address so that two spellings of one compare equal: no scheme, no "www.", no fragment, no closing slash.
std::string address_key(std::string_view url) {
    std::string const text = folded(url.substr(0, url.find('#')));
    std::string_view key = text;
    if (!drop_prefix(key, "https://") && !drop_prefix(key, "http://")) return {};
    drop_prefix(key, "www.");
    return key.find('/') == std::string_view::npos ? std::string() : std::string(key);
}

/// Whether a press release is named so that no other can be meant: by its address, or with a number as wires give them.
bool names_one_release(std::string_view release) {
    constexpr std::size_t least_digits = 5;
    std::size_t n_digits = 0;
    for (char const c : release) {
        n_digits = c >= '0' && c <= '9' ? n_digits + 1 : 0;
        if (n_digits == least_digits) return true;
    }
    return !address_key(release).empty();
}

std::string percent(double share) {
    return std::to_string(std::lround(share * 100.0));
}

/// "92 %", "81 to 97 %".
std::string percent_range(double least, double greatest) {
    auto const low = percent(least), high = percent(greatest);
    return (low == high ? low : low + " to " + high) + " %";
}

/// The links of one cluster in words: kinds in their order, what they share named once.
std::string words_of(std::vector<SourceLink> const& links) {
    std::vector<std::string> reasons;
    std::map<SourceLinkKind, std::pair<double, double>> shared;
    for (auto const& link : links) {
        auto const [range, added] = shared.try_emplace(link.kind, link.shared_text, link.shared_text);
        range->second.first = std::min(range->second.first, link.shared_text);
        range->second.second = std::max(range->second.second, link.shared_text);
    }
    for (auto const& link : links) {
        auto const range = [&] { return percent_range(shared[link.kind].first, shared[link.kind].second); };
        std::string words;
        switch (link.kind) {
            case SourceLinkKind::same_text: words = "same text"; break;
            case SourceLinkKind::near_duplicate:
                words = "near-duplicate text (about " + range() + " of 5-word shingles shared)";
                break;
            case SourceLinkKind::excerpt:
                words = "one text is part of another (about " + range() + " of its 5-word shingles)";
                break;
            case SourceLinkKind::same_record: words = "same bibliographic record"; break;
            case SourceLinkKind::same_study: words = "rest on the same study: " + link.detail; break;
            case SourceLinkKind::reports_study: words = "one is the study that another rests on: " + link.detail; break;
            case SourceLinkKind::same_press_release: words = "same press release: " + link.detail; break;
        }
        if (std::find(reasons.begin(), reasons.end(), words) == reasons.end()) reasons.push_back(std::move(words));
    }
    std::string text;
    for (auto const& reason : reasons)
        text += (text.empty() ? "" : "; ") + reason;
    return text;
}

/// Finds the links between articles and joins those that they link.
class Clustering {
public:
    explicit Clustering(std::span<Article const> articles) {
        for (auto const& article : articles)
            articles_.push_back(&article);
        std::sort(articles_.begin(), articles_.end(), [](auto const* a, auto const* b) { return a->id < b->id; });
    }

    std::vector<Cluster> result(std::size_t* n_compared) {
        link_same_texts();
        link_similar_texts();
        link_records();
        link_studies();
        link_press_releases();
        if (n_compared != nullptr) *n_compared = n_compared_;
        return clusters();
    }

private:
    struct Link {
        std::size_t a = 0, b = 0;  ///< a < b
        SourceLinkKind kind = SourceLinkKind::same_text;
        std::string detail;
        double shared_text = 0.0;
    };

    [[nodiscard]] bool may_join_by_likeness(std::size_t a, std::size_t b) const {
        return !articles_[a]->independent && !articles_[b]->independent;
    }

    void link(std::size_t a, std::size_t b, SourceLinkKind kind, std::string detail = {}, double shared_text = 0.0) {
        if (a == b) return;
        links_.push_back({std::min(a, b), std::max(a, b), kind, std::move(detail), shared_text});
    }

    // Each with the first of its equals; of those one goes on to link_similar_texts.
    void link_same_texts() {
        using Text = std::pair<std::uint64_t, std::uint32_t>;
        std::map<Text, std::size_t> first_with;
        std::set<Text> compared;
        for (std::size_t i = 0; i < articles_.size(); ++i) {
            auto const& sketch = articles_[i]->sketch;
            if (articles_[i]->status != ArticleStatus::ok || sketch.n_shingles < least_same_text_shingles) continue;
            Text const text{sketch.text_hash, sketch.n_shingles};
            link(first_with.try_emplace(text, i).first->second, i, SourceLinkKind::same_text);
            if (!articles_[i]->independent && compared.insert(text).second) texts_.push_back(i);
        }
    }

    // The likest pairs first, so that groups form around texts that are most alike.
    void link_similar_texts() {
        auto matches = similar_among(texts_, near_duplicate_limits);
        auto const likeness = [](TextMatch const& match) { return std::max(match.resemblance, match.containment); };
        std::stable_sort(matches.begin(), matches.end(), [&](TextMatch const& x, TextMatch const& y) {
            return std::pair(x.is_excerpt, -likeness(x)) < std::pair(y.is_excerpt, -likeness(y));
        });
        Groups groups(articles_.size());
        std::vector<std::size_t> longest(articles_.size());  // text of the group, at its root
        std::iota(longest.begin(), longest.end(), std::size_t{0});
        auto const is_longer = [&](std::size_t a, std::size_t b) {
            return std::pair(articles_[a]->sketch.n_shingles, b) > std::pair(articles_[b]->sketch.n_shingles, a);
        };
        for (auto const& match : matches) {
            auto const a = longest[groups.root(match.a)], b = longest[groups.root(match.b)];
            if (a == b) continue;
            TextMatch longest_match;
            if (!is_alike(articles_[a]->sketch, articles_[b]->sketch, same_group_limits, longest_match)) continue;
            groups.join(match.a, match.b);
            longest[groups.root(match.a)] = is_longer(a, b) ? a : b;
            link(match.a, match.b, match.is_excerpt ? SourceLinkKind::excerpt : SourceLinkKind::near_duplicate, {},
                 match.is_excerpt ? match.containment : match.resemblance);
        }
    }

    /// Matches among some of the articles, by index of the article.
    std::vector<TextMatch> similar_among(std::vector<std::size_t> const& chosen, LikenessLimits const& limits) {
        std::vector<TextSketch const*> sketches;
        for (auto const index : chosen)
            sketches.push_back(&articles_[index]->sketch);
        auto matches = find_similar_texts(sketches, limits, &n_compared_);
        for (auto& match : matches)
            match.a = chosen[match.a], match.b = chosen[match.b];
        return matches;
    }

    void link_records() {
        std::size_t n = 0;
        for (auto const& match : find_duplicate_records(articles_, &n))
            if (may_join_by_likeness(match.a, match.b))
                link(match.a, match.b, SourceLinkKind::same_record, match.fields);
        n_compared_ += n;
    }

    /// Articles that rest on one study, declared or by an identifier in the text; and those that are that study.
    struct Study {
        std::vector<std::size_t> declared, proposed, itself;  ///< articles
    };

    void link_studies() {
        std::map<std::string, Study> studies;
        for (std::size_t i = 0; i < articles_.size(); ++i) {
            auto const& rests_on = articles_[i]->rests_on;
            auto key = same_study_key(rests_on.value);
            if (key.empty() || (rests_on.proposed && !may_propose(*articles_[i], key))) continue;
            auto& study = studies[std::move(key)];
            (rests_on.proposed ? study.proposed : study.declared).push_back(i);
        }
        for (std::size_t i = 0; i < articles_.size(); ++i)
            for (auto const& key : own_keys(articles_[i]->citation))
                if (auto const study = studies.find(key); study != studies.end()) study->second.itself.push_back(i);
        for (auto const& [key, study] : studies)
            link_study(study);
    }

    /// Whether a proposed study may join articles. An article that is the study does not rest on it; whether two of those are
    /// one publication is for their records to say.
    static bool may_propose(Article const& article, std::string const& key) {
        auto const own = own_keys(article.citation);
        return is_identifier(key) && !article.independent && std::find(own.begin(), own.end(), key) == own.end();
    }

    static std::vector<std::string> own_keys(Citation const& citation) {
        std::vector<std::string> keys;
        for (auto const* identifier : {&citation.doi, &citation.pmid, &citation.pmcid})
            if (!identifier->empty()) keys.push_back(same_study_key(*identifier));
        return keys;
    }

    // What was read from the text joins nobody of whom a person says that he is independent.
    void link_study(Study const& study) {
        auto const free = std::find_if(study.declared.begin(), study.declared.end(),
                                       [&](std::size_t index) { return !articles_[index]->independent; });
        auto const of_proposed = free != study.declared.end() ? *free
                                 : study.proposed.empty()     ? articles_.size()
                                                              : study.proposed.front();
        for (auto const index : study.declared)
            link_by_study(study.declared.front(), index, SourceLinkKind::same_study);
        for (auto const index : study.proposed)
            link_by_study(of_proposed, index, SourceLinkKind::same_study);
        for (auto const index : study.itself) {
            if (!study.declared.empty())
                link_by_study(study.declared.front(), index, SourceLinkKind::reports_study);
            else if (!articles_[index]->independent)
                link_by_study(of_proposed, index, SourceLinkKind::reports_study);
        }
    }

    void link_by_study(std::size_t resting, std::size_t other, SourceLinkKind kind) {
        link(resting, other, kind, articles_[resting]->rests_on.value);
    }

    void link_press_releases() {
        std::map<std::string, std::vector<std::size_t>> named, by_address;
        for (std::size_t i = 0; i < articles_.size(); ++i) {
            auto const& release = articles_[i]->press_release.value;
            if (release.empty() || articles_[i]->independent) continue;
            auto const address = address_key(release);
            named[address.empty() ? plain_text(release) : address].push_back(i);
            if (!address.empty()) by_address[address].push_back(i);
        }
        for (auto const& [name, members] : named) {
            auto const& release = articles_[members.front()]->press_release.value;
            if (names_one_release(release)) {
                for (auto const index : members)
                    link(members.front(), index, SourceLinkKind::same_press_release, release);
                continue;
            }
            for (auto const& match : similar_among(members, same_release_limits))
                link(match.a, match.b, SourceLinkKind::same_press_release, release,
                     std::max(match.resemblance, match.containment));
        }
        // The press release itself may be among the articles.
        for (std::size_t i = 0; i < articles_.size(); ++i) {
            if (articles_[i]->independent) continue;
            auto const users = by_address.find(address_key(articles_[i]->url.value));
            if (users == by_address.end()) continue;
            link(users->second.front(), i, SourceLinkKind::same_press_release, articles_[i]->url.value);
        }
    }

    std::vector<Cluster> clusters() {
        // Of several links of one kind those that join something are enough.
        std::stable_sort(links_.begin(), links_.end(), [](Link const& x, Link const& y) {
            return std::tuple(x.kind, -x.shared_text, x.a, x.b) < std::tuple(y.kind, -y.shared_text, y.a, y.b);
        });
        Groups groups(articles_.size());
        std::vector<Link const*> kept;
        for (std::size_t begin = 0, end = 0; begin < links_.size(); begin = end) {
            Groups of_this_kind(articles_.size());
            for (; end < links_.size() && links_[end].kind == links_[begin].kind; ++end) {
                if (of_this_kind.join(links_[end].a, links_[end].b)) kept.push_back(&links_[end]);
                groups.join(links_[end].a, links_[end].b);
            }
        }
        std::map<std::size_t, Cluster> clusters;  // by least member, so by id of the first article
        for (std::size_t i = 0; i < articles_.size(); ++i)
            clusters[groups.root(i)].article_ids.push_back(articles_[i]->id);
        std::sort(kept.begin(), kept.end(), [](Link const* x, Link const* y) {
            return std::tie(x->kind, x->a, x->b) < std::tie(y->kind, y->a, y->b);
        });
        for (auto const* link : kept)
            clusters[groups.root(link->a)].links.push_back({articles_[link->a]->id, articles_[link->b]->id, link->kind,
                                                            link->detail, std::round(link->shared_text * 100) / 100});
        std::vector<Cluster> result;
        for (auto& [root, cluster] : clusters) {
            cluster.id = cluster.article_ids.front();
            cluster.reason = words_of(cluster.links);
            result.push_back(std::move(cluster));
        }
        return result;
    }

    std::vector<Article const*> articles_;  ///< by id
    std::vector<std::size_t> texts_;        ///< those whose text is compared with others: of equal ones the first
    std::vector<Link> links_;
    std::size_t n_compared_ = 0;
};

}  // namespace

std::string same_study_key(std::string_view rests_on) {
    static constexpr auto prefixes = std::to_array<std::string_view>(
        {"https://", "http://", "dx.", "doi.org/", "www.", "doi:", "doi ", "pubmed.ncbi.nlm.nih.gov/",
         "ncbi.nlm.nih.gov/pubmed/", "ncbi.nlm.nih.gov/pmc/articles/", "pmc.ncbi.nlm.nih.gov/articles/",
         "pmcid:", "clinicaltrials.gov/", "ct2/", "show/", "study/"});
    std::string const text = folded(rests_on);
    std::string_view key = text;
    for (auto const prefix : prefixes) {
        drop_prefix(key, prefix);
        drop_prefix(key, " ");
    }
    drop_prefix(key, "pmid:") || drop_prefix(key, "pmid ");
    while (!key.empty() && key.front() == ' ')
        key.remove_prefix(1);
    return std::string(key);
}

std::vector<Cluster> cluster_articles(std::span<Article const> articles, std::size_t* n_compared) {
    return Clustering(articles).result(n_compared);
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
