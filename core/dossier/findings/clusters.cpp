#include "dossier/findings/clusters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "dossier/findings/duplicate_records.hpp"
#include "dossier/findings/main_texts.hpp"
#include "dossier/findings/plain_words.hpp"
#include "dossier/findings/similar_texts.hpp"

namespace dossier {

namespace {

/// Groups that grow together; the root of a group is its least member. Who joined nobody takes no room.
class Groups {
public:
    std::size_t root(std::size_t member) const {
        for (auto parent = parents_.find(member); parent != parents_.end(); parent = parents_.find(member))
            member = parent->second;
        return member;
    }
    /// @return false if they were one group already
    bool join(std::size_t a, std::size_t b) {
        auto const root_a = root(a), root_b = root(b);
        auto const [least, greater] = std::minmax(root_a, root_b);
        shorten(a, least), shorten(b, least);
        if (least == greater) return false;
        parents_[greater] = least;
        return true;
    }

private:
    void shorten(std::size_t member, std::size_t root) {
        while (member > root) {
            auto& parent = parents_.try_emplace(member, root).first->second;
            member = std::exchange(parent, root);
            if (member == root) return;
        }
    }
    std::unordered_map<std::size_t, std::size_t> parents_;  ///< of all but roots
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

/// Finds the links between articles and joins those that they link. Articles go by their rank.
class Clustering {
public:
    /// @param details  of the articles that have some by which they may be linked, with their ranks
    /// @param addresses  of articles that are no source of their own
    Clustering(ArticleIds const& ids, SketchStore const& store, std::map<std::size_t, Article> const& details,
               std::map<std::size_t, std::string> const& addresses)
        : ids_(ids), store_(store), articles_(details), addresses_(addresses) {}

    /// @param texts  by article
    std::vector<SharedSource> result(std::vector<MainText>&& texts, std::size_t* n_compared) {
        link_same_texts(texts);
        keep_texts_of_releases(texts);
        std::vector<MainText>().swap(texts);  // what comes next needs room
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
        return !articles_.at(a).independent && !articles_.at(b).independent;
    }

    void link(std::size_t a, std::size_t b, SourceLinkKind kind, std::string detail = {}, double shared_text = 0.0) {
        if (a == b) return;
        links_.push_back({std::min(a, b), std::max(a, b), kind, std::move(detail), shared_text});
    }

    // Each with the first of its equals; of those one goes on to link_similar_texts.
    void link_same_texts(std::vector<MainText> const& main_texts) {
        std::vector<std::uint32_t> order;  // of main_texts: equal ones side by side, then by article
        order.reserve(main_texts.size());
        for (std::uint32_t i = 0; i < main_texts.size(); ++i)
            if (main_texts[i].is_readable && main_texts[i].n_shingles >= least_same_text_shingles) order.push_back(i);
        auto const text = [&](std::uint32_t i) { return std::tie(main_texts[i].hash, main_texts[i].n_shingles); };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tie(main_texts[a].hash, main_texts[a].n_shingles, a) <
                   std::tie(main_texts[b].hash, main_texts[b].n_shingles, b);
        });
        texts_.reserve(order.size());
        for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
            bool is_compared = false;
            for (; end < order.size() && text(order[end]) == text(order[begin]); ++end) {
                auto const& equal = main_texts[order[end]];
                link(main_texts[order[begin]].article, equal.article, SourceLinkKind::same_text);
                if (is_compared || equal.is_independent) continue;
                is_compared = true;
                if (equal.sketch != no_sketch) texts_.push_back({equal.article, equal.sketch, equal.n_shingles});
            }
        }
        std::sort(texts_.begin(), texts_.end(), [](auto const& a, auto const& b) { return a.article < b.article; });
    }

    // The likest pairs first, so that groups form around texts that are most alike.
    void link_similar_texts() {
        auto matches = find_similar_texts(store_, texts_, near_duplicate_limits, &n_compared_);
        auto const likeness = [](TextMatch const& match) { return std::max(match.resemblance, match.containment); };
        std::stable_sort(matches.begin(), matches.end(), [&](TextMatch const& x, TextMatch const& y) {
            return std::pair(x.is_excerpt, -likeness(x)) < std::pair(y.is_excerpt, -likeness(y));
        });
        Groups groups;
        std::unordered_map<std::size_t, std::size_t> longest;  // text of a group of several, at its root
        auto const longest_of = [&](std::size_t member) {
            auto const root = groups.root(member);
            auto const found = longest.find(root);
            return found == longest.end() ? root : found->second;
        };
        for (auto const& match : matches) {
            auto const a = longest_of(match.a), b = longest_of(match.b);
            if (a == b) continue;
            auto const text_a = compared_text(a), text_b = compared_text(b);
            TextMatch longest_match;
            if (!is_alike(sketch_in(store_, text_a), sketch_in(store_, text_b), same_group_limits, longest_match))
                continue;
            groups.join(match.a, match.b);
            longest[groups.root(match.a)] = std::pair(text_a.n_shingles, b) > std::pair(text_b.n_shingles, a) ? a : b;
            link(match.a, match.b, match.is_excerpt ? SourceLinkKind::excerpt : SourceLinkKind::near_duplicate, {},
                 match.is_excerpt ? match.containment : match.resemblance);
        }
    }

    [[nodiscard]] ComparedText const& compared_text(std::size_t article) const {
        return *std::lower_bound(texts_.begin(), texts_.end(), article,
                                 [](ComparedText const& text, std::size_t wanted) { return text.article < wanted; });
    }

    void keep_texts_of_releases(std::vector<MainText> const& main_texts) {
        for (auto const& text : main_texts)
            if (auto const article = articles_.find(text.article);
                text.sketch != no_sketch && article != articles_.end() && !article->second.press_release.value.empty())
                release_texts_.push_back({text.article, text.sketch, text.n_shingles});
    }

    /// Matches among some of the articles that name a press release.
    std::vector<TextMatch> similar_among(std::vector<std::size_t> const& chosen, LikenessLimits const& limits) {
        std::vector<ComparedText> texts;
        for (auto const article : chosen) {
            auto const text =
                std::lower_bound(release_texts_.begin(), release_texts_.end(), article,
                                 [](ComparedText const& one, std::size_t wanted) { return one.article < wanted; });
            if (text != release_texts_.end() && text->article == article) texts.push_back(*text);
        }
        return find_similar_texts(store_, texts, limits, &n_compared_);
    }

    void link_records() {
        std::vector<Article const*> articles;
        std::vector<std::size_t> ranks;
        for (auto const& [rank, article] : articles_)
            articles.push_back(&article), ranks.push_back(rank);
        std::size_t n = 0;
        for (auto const& match : find_duplicate_records(articles, &n))
            if (may_join_by_likeness(ranks[match.a], ranks[match.b]))
                link(ranks[match.a], ranks[match.b], SourceLinkKind::same_record, match.fields);
        n_compared_ += n;
    }

    /// Articles that rest on one study, declared or by an identifier in the text; and those that are that study.
    struct Study {
        std::vector<std::size_t> declared, proposed, itself;  ///< articles
    };

    void link_studies() {
        std::map<std::string, Study> studies;
        for (auto const& [rank, article] : articles_) {
            auto const& rests_on = article.rests_on;
            auto key = same_study_key(rests_on.value);
            if (key.empty() || (rests_on.proposed && !may_propose(article, key))) continue;
            auto& study = studies[std::move(key)];
            (rests_on.proposed ? study.proposed : study.declared).push_back(rank);
        }
        for (auto const& [rank, article] : articles_)
            for (auto const& key : own_keys(article.citation))
                if (auto const study = studies.find(key); study != studies.end()) study->second.itself.push_back(rank);
        for (auto const& [key, study] : studies)
            link_study(study);
    }

    /// Whether a proposed study may join articles. An article that is the study does not rest on it; whether two of those are
    /// one publication is for their records to say.
    static bool may_propose(Article const& article, std::string const& key) {
        auto const own = own_keys(article.citation);
        return is_study_identifier(key) && !article.independent && std::find(own.begin(), own.end(), key) == own.end();
    }

    static std::vector<std::string> own_keys(Citation const& citation) {
        std::vector<std::string> keys;
        for (auto const* identifier : {&citation.doi, &citation.pmid, &citation.pmcid})
            if (!identifier->empty()) keys.push_back(same_study_key(*identifier));
        return keys;
    }

    static constexpr auto nobody = static_cast<std::size_t>(-1);

    // What was read from the text joins nobody of whom a person says that he is independent.
    void link_study(Study const& study) {
        auto const free = std::find_if(study.declared.begin(), study.declared.end(),
                                       [&](std::size_t index) { return !articles_.at(index).independent; });
        auto const of_proposed = free != study.declared.end() ? *free
                                 : study.proposed.empty()     ? nobody
                                                              : study.proposed.front();
        for (auto const index : study.declared)
            link_by_study(study.declared.front(), index, SourceLinkKind::same_study);
        for (auto const index : study.proposed)
            link_by_study(of_proposed, index, SourceLinkKind::same_study);
        for (auto const index : study.itself) {
            if (!study.declared.empty())
                link_by_study(study.declared.front(), index, SourceLinkKind::reports_study);
            else if (of_proposed != nobody && !articles_.at(index).independent)
                link_by_study(of_proposed, index, SourceLinkKind::reports_study);
        }
    }

    void link_by_study(std::size_t resting, std::size_t other, SourceLinkKind kind) {
        link(resting, other, kind, articles_.at(resting).rests_on.value);
    }

    void link_press_releases() {
        std::map<std::string, std::vector<std::size_t>> named, by_address;
        for (auto const& [rank, article] : articles_) {
            auto const& release = article.press_release.value;
            if (release.empty() || article.independent) continue;
            auto const address = address_key(release);
            named[address.empty() ? plain_text(release) : address].push_back(rank);
            if (!address.empty()) by_address[address].push_back(rank);
        }
        for (auto const& [name, members] : named) {
            auto const& release = articles_.at(members.front()).press_release.value;
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
        for (auto const& [rank, url] : addresses_)
            if (auto const users = by_address.find(address_key(url)); users != by_address.end())
                link(users->second.front(), rank, SourceLinkKind::same_press_release, url);
    }

    std::vector<SharedSource> clusters() {
        // Of several links of one kind those that join something are enough.
        std::stable_sort(links_.begin(), links_.end(), [](Link const& x, Link const& y) {
            return std::tuple(x.kind, -x.shared_text, x.a, x.b) < std::tuple(y.kind, -y.shared_text, y.a, y.b);
        });
        Groups groups;
        std::vector<Link const*> kept;
        for (std::size_t begin = 0, end = 0; begin < links_.size(); begin = end) {
            Groups of_this_kind;
            for (; end < links_.size() && links_[end].kind == links_[begin].kind; ++end) {
                if (of_this_kind.join(links_[end].a, links_[end].b)) kept.push_back(&links_[end]);
                groups.join(links_[end].a, links_[end].b);
            }
        }
        std::map<std::size_t, SharedSource> clusters;  // by least member, so by id of the first article
        for (auto const* link : kept)
            for (auto const member : {link->a, link->b})
                clusters[groups.root(link->a)].ranks.push_back(static_cast<std::uint32_t>(member));
        std::sort(kept.begin(), kept.end(), [](Link const* x, Link const* y) {
            return std::tie(x->kind, x->a, x->b) < std::tie(y->kind, y->a, y->b);
        });
        for (auto const* link : kept)
            clusters[groups.root(link->a)].cluster.links.push_back({ids_.id_at(link->a), ids_.id_at(link->b),
                                                                    link->kind, link->detail,
                                                                    std::round(link->shared_text * 100) / 100});
        std::vector<SharedSource> result;
        for (auto& [root, source] : clusters) {
            auto& ranks = source.ranks;
            std::sort(ranks.begin(), ranks.end());
            ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
            for (auto const rank : ranks)
                source.cluster.article_ids.push_back(ids_.id_at(rank));
            source.cluster.id = source.cluster.article_ids.front();
            source.cluster.reason = words_of(source.cluster.links);
            result.push_back(std::move(source));
        }
        return result;
    }

    ArticleIds const& ids_;
    SketchStore const& store_;
    std::map<std::size_t, Article> const& articles_;
    std::map<std::size_t, std::string> const& addresses_;
    std::vector<ComparedText> texts_;          ///< those whose text is compared with others: of equal ones the first
    std::vector<ComparedText> release_texts_;  ///< of articles that name a press release; by article
    std::vector<Link> links_;
    std::size_t n_compared_ = 0;
};

/// Of an article what link_records and those below look at.
Article details_of(Article const& article) {
    Article details;
    details.title.value = article.title.value;
    details.published.value = article.published.value;
    details.author.value = article.author.value;
    details.rests_on = article.rests_on;
    details.press_release.value = article.press_release.value;
    details.citation = article.citation;
    details.citation.keywords.clear();
    details.citation.references.clear();
    details.independent = article.independent;
    return details;
}

/// The same by rank.
template <class Value>
std::map<std::size_t, Value> by_rank(std::map<std::size_t, Value>&& by_number, ArticleIds const& ids) {
    std::map<std::size_t, Value> result;
    while (!by_number.empty()) {
        auto node = by_number.extract(by_number.begin());
        node.key() = ids.rank_of(node.key());
        result.insert(std::move(node));
    }
    return result;
}

}  // namespace

bool is_study_identifier(std::string_view key) {
    auto const are_digits = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (key.starts_with("10."))
        return key.find('/') != std::string_view::npos && key.find_first_of(" ;,") == std::string_view::npos;
    if (key.starts_with("nct")) return key.size() == 11 && are_digits(key.substr(3));
    if (key.starts_with("pmc")) return key.size() > 5 && are_digits(key.substr(3));
    return key.size() >= 5 && key.size() <= 8 && are_digits(key);
}

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

struct ClusterFinder::State {
    explicit State(std::filesystem::path const& scratch_folder) : sketches(scratch_folder), texts(scratch_folder) {}
    std::uint32_t n_articles = 0;
    SketchStore sketches;
    MainTexts texts;
    std::map<std::size_t, Article> details;        ///< by number of the article
    std::map<std::size_t, std::string> addresses;  ///< the same
};

ClusterFinder::ClusterFinder(std::filesystem::path const& scratch_folder)
    : state_(std::make_unique<State>(scratch_folder)) {}
ClusterFinder::~ClusterFinder() = default;

void ClusterFinder::add(Article const& article) {
    auto& state = *state_;
    auto const number = state.n_articles++;
    if (article.sketch.n_shingles > 0) {
        MainText text{
            article.sketch.text_hash, article.sketch.n_shingles, number, no_sketch, article.status == ArticleStatus::ok,
            article.independent};
        if (article.sketch.minima.size() == sketch_bins) {
            text.sketch = static_cast<std::uint32_t>(state.sketches.size());
            state.sketches.add(article.sketch);
        }
        state.texts.add(text);
    }
    if (is_record(article) || !article.rests_on.value.empty() || !article.press_release.value.empty() ||
        !article.citation.pmcid.empty())
        state.details.emplace(number, details_of(article));
    if (!article.url.value.empty() && !article.independent) state.addresses.emplace(number, article.url.value);
}

std::vector<SharedSource> ClusterFinder::shared_sources(ArticleIds const& ids, std::size_t* n_compared) {
    auto const held = std::move(state_);  // what it held is not needed once it was asked
    auto& state = *held;
    state.sketches.seal();
    auto texts = state.texts.all();
    for (auto& text : texts)
        text.article = ids.rank_of(text.article);
    std::sort(texts.begin(), texts.end(), [](MainText const& a, MainText const& b) { return a.article < b.article; });
    auto const details = by_rank(std::move(state.details), ids);
    auto const addresses = by_rank(std::move(state.addresses), ids);
    return Clustering(ids, state.sketches, details, addresses).result(std::move(texts), n_compared);
}

std::vector<Cluster> cluster_articles(std::span<Article const> articles, std::size_t* n_compared) {
    ArticleIds ids;
    ClusterFinder finder;
    for (auto const& article : articles) {
        ids.add(article.id);
        finder.add(article);
    }
    ids.rank();
    std::map<std::string, Cluster> clusters;
    std::vector<bool> is_shared(articles.size());
    for (auto& source : finder.shared_sources(ids, n_compared)) {
        for (auto const rank : source.ranks)
            is_shared[rank] = true;
        clusters.emplace(source.cluster.id, std::move(source.cluster));
    }
    for (std::size_t rank = 0; rank < articles.size(); ++rank)
        if (!is_shared[rank]) clusters.emplace(ids.id_at(rank), Cluster{ids.id_at(rank), {ids.id_at(rank)}, {}, {}});
    std::vector<Cluster> result;
    for (auto& [id, cluster] : clusters)
        result.push_back(std::move(cluster));
    return result;
}

}  // namespace dossier
