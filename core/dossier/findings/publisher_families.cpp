#include "dossier/findings/publisher_families.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include "dossier/findings/plain_words.hpp"

namespace dossier {

namespace {

// Below these, each name has an owner of its own: second-level country domains, and hosts of blogs.
constexpr auto shared_suffixes = std::to_array<std::string_view>(
    {"co.uk",        "org.uk",    "ac.uk",      "gov.uk",     "nhs.uk",      "me.uk",        "com.au",
     "net.au",       "org.au",    "edu.au",     "gov.au",     "co.nz",       "org.nz",       "ac.nz",
     "govt.nz",      "co.za",     "org.za",     "ac.za",      "co.in",       "org.in",       "ac.in",
     "gov.in",       "nic.in",    "co.jp",      "or.jp",      "ac.jp",       "go.jp",        "co.kr",
     "or.kr",        "com.br",    "org.br",     "gov.br",     "com.cn",      "org.cn",       "edu.cn",
     "gov.cn",       "com.hk",    "com.sg",     "edu.sg",     "com.mx",      "com.tr",       "com.ar",
     "com.my",       "com.ph",    "com.pk",     "co.il",      "ac.il",       "blogspot.com", "wordpress.com",
     "substack.com", "github.io", "medium.com", "tumblr.com", "wixsite.com", "weebly.com"});

// Addresses here say where an article was found, not who published it.
constexpr auto indexes = std::to_array<std::string_view>(
    {"doi.org", "nih.gov", "europepmc.org", "archive.org", "archive.today", "archive.ph", "researchgate.net",
     "semanticscholar.org", "google.com", "googleusercontent.com", "academia.edu"});

template <std::size_t n>
bool is_one_of(std::string_view text, std::array<std::string_view, n> const& list) noexcept {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// The last `n_labels` labels of a host.
std::string_view last_labels(std::string_view host, int n_labels) noexcept {
    auto begin = host.size();
    for (int label = 0; label < n_labels && begin != std::string_view::npos && begin != 0; ++label)
        begin = host.find_last_of('.', begin - 1);
    return begin == std::string_view::npos ? host : host.substr(begin == 0 ? 0 : begin + 1);
}

/// "Smith Media, Inc." is "smith media".
std::string publisher_key(std::string_view publisher) {
    static constexpr auto legal_forms = std::to_array<std::string_view>(
        {"inc", "ltd", "llc", "limited", "gmbh", "plc", "corp", "co", "bv", "ag", "the"});
    std::string key;
    for (auto const& word : plain_words(publisher))
        if (!is_one_of(word, legal_forms)) key += (key.empty() ? "" : " ") + word;
    return key;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t member) {
    while (parents[member] != member)
        member = parents[member] = parents[parents[member]];
    return member;
}

}  // namespace

std::string site_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    auto host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    host = host.substr(host.rfind('@') + 1);  // npos + 1 is 0
    host = host.substr(0, host.find(':'));
    while (host.ends_with('.'))
        host.remove_suffix(1);
    std::string lower(host);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    bool const is_number = lower.find_first_not_of("0123456789.") == std::string::npos;
    if (lower.find('.') == std::string::npos || is_number) return is_number ? lower : std::string();
    auto const site = last_labels(lower, is_one_of(last_labels(lower, 2), shared_suffixes) ? 3 : 2);
    return is_one_of(site, indexes) ? std::string() : std::string(site);
}

std::vector<PublisherFamily> publisher_families(std::span<Article const> articles) {
    std::vector<Article const*> sorted;
    for (auto const& article : articles)
        sorted.push_back(&article);
    std::sort(sorted.begin(), sorted.end(), [](auto const* a, auto const* b) { return a->id < b->id; });

    std::vector<std::size_t> parents(sorted.size());
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    std::map<std::string, std::size_t> first_with;
    auto const join = [&](std::string const& key, std::size_t member) {
        auto const [least, greater] = std::minmax(
            {root_of(parents, first_with.try_emplace(key, member).first->second), root_of(parents, member)});
        parents[greater] = least;
    };
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        auto const& article = *sorted[i];
        auto const& house = article.publisher.value.empty() ? article.citation.journal : article.publisher.value;
        if (auto const key = publisher_key(house); !key.empty()) join("house " + key, i);
        if (auto const site = site_of(article.url.value); !site.empty()) join("site " + site, i);
    }

    std::map<std::size_t, PublisherFamily> families;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        auto const& article = *sorted[i];
        auto& family = families[root_of(parents, i)];
        if (family.name.empty()) family.name = article.publisher.value;
        family.article_ids.push_back(article.id);
    }
    std::vector<PublisherFamily> result;
    for (auto& [root, family] : families) {
        if (family.article_ids.size() < 2) continue;
        auto const& first = *sorted[root];
        if (family.name.empty()) family.name = first.citation.journal;
        if (family.name.empty()) family.name = site_of(first.url.value);
        result.push_back(std::move(family));
    }
    std::stable_sort(result.begin(), result.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return result;
}

double effective_sources(std::size_t n_sources, double rho) noexcept {
    if (n_sources == 0) return 0.0;
    auto const n = static_cast<double>(n_sources);
    return n / (1.0 + (n - 1.0) * rho);
}

}  // namespace dossier
