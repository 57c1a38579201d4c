#include "dossier/findings/publisher_families.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
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

    PublisherIndex index;
    std::vector<std::uint32_t> numbers;
    for (auto const* article : sorted)
        numbers.push_back(index.add(*article));

    std::map<std::uint32_t, std::vector<Article const*>> members;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (numbers[i] != 0) members[index.family_of(numbers[i])].push_back(sorted[i]);
    std::vector<PublisherFamily> result;
    for (auto const& [number, of_family] : members) {
        if (of_family.size() < 2) continue;
        PublisherFamily family;
        for (auto const* article : of_family) {
            if (family.name.empty()) family.name = article->publisher.value;
            family.article_ids.push_back(article->id);
        }
        auto const& first = *of_family.front();
        if (family.name.empty()) family.name = first.citation.journal;
        if (family.name.empty()) family.name = site_of(first.url.value);
        result.push_back(std::move(family));
    }
    std::sort(result.begin(), result.end(), [](PublisherFamily const& a, PublisherFamily const& b) {
        return std::tie(a.name, a.article_ids.front()) < std::tie(b.name, b.article_ids.front());
    });
    return result;
}

std::uint32_t PublisherIndex::add(Article const& article) {
    auto const& house = article.publisher.value.empty() ? article.citation.journal : article.publisher.value;
    auto key = publisher_key(house);
    auto site = site_of(article.url.value);
    auto const by_name = key.empty() ? 0 : number_of("house " + std::move(key));
    auto const by_site = site.empty() ? 0 : number_of("site " + std::move(site));
    if (by_name == 0 || by_site == 0) return std::max(by_name, by_site);
    auto into = family_of(by_name), from = family_of(by_site);
    if (into == from) return by_name;
    if (sizes_[into] < sizes_[from]) std::swap(into, from);  // so that no path to a root gets long
    parents_[from] = into;
    sizes_[into] += sizes_[from];
    return by_name;
}

std::uint32_t PublisherIndex::number_of(std::string&& key) {
    auto const next = static_cast<std::uint32_t>(parents_.size());
    auto const [found, is_new] = numbers_.try_emplace(std::move(key), next);
    if (is_new) {
        parents_.push_back(next);
        sizes_.push_back(1);
    }
    return found->second;
}

std::uint32_t PublisherIndex::family_of(std::uint32_t number) const noexcept {
    while (parents_[number] != number)
        number = parents_[number];
    return number;
}

double effective_sources(std::size_t n_sources, double rho) noexcept {
    if (n_sources == 0) return 0.0;
    auto const n = static_cast<double>(n_sources);
    return n / (1.0 + (n - 1.0) * rho);
}

}  // namespace dossier
