#include "dossier/findings/overlap.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "dossier/findings/clusters.hpp"

namespace dossier {

namespace {

/// FNV-1a, its bits stirred, since names of studies are much alike.
std::uint64_t hash_of(std::string_view text) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

void keep_each_once(std::vector<std::uint64_t>& hashes) {
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

/// What same_study_key and is_study_identifier make of a reference as readers write it: "doi:10.1000/xyz". Lists of references
/// are long, and nearly all are of this kind; empty for others.
std::string_view plain_doi(std::string_view reference) noexcept {
    constexpr std::string_view prefix = "doi:";
    if (!reference.starts_with("doi:10.")) return {};
    auto const doi = reference.substr(prefix.size());
    bool const is_plain = std::all_of(
        doi.begin(), doi.end(), [](char c) { return c > ' ' && c != ',' && c != ';' && !(c >= 'A' && c <= 'Z'); });
    return is_plain && doi.find('/') != std::string_view::npos && doi.back() != '.' && doi.back() != '/'
               ? doi
               : std::string_view();
}

/// 0: the name tells of no one study.
std::uint64_t study_of(std::string const& name, bool must_be_identifier) {
    if (auto const doi = plain_doi(name); !doi.empty()) return hash_of(doi);
    auto const key = same_study_key(name);
    return key.empty() || (must_be_identifier && !is_study_identifier(key)) ? 0 : hash_of(key);
}

/// An article is not a study that it rests on, even where its references name it.
void leave_out_itself(Citation const& citation, std::vector<std::uint64_t>& hashes) {
    for (auto const* own : {&citation.doi, &citation.pmid, &citation.pmcid})
        if (auto const hash = study_of(*own, false); hash != 0) std::erase(hashes, hash);
}

std::vector<std::uint64_t> studies_named_by(Article const& article) {
    std::vector<std::uint64_t> hashes;
    auto const add = [&](std::string const& name, bool must_be_identifier) {
        if (auto const hash = study_of(name, must_be_identifier); hash != 0) hashes.push_back(hash);
    };
    add(article.rests_on.value, article.rests_on.proposed);
    for (auto const& reference : article.citation.references) {
        if (hashes.size() >= StudyCitations::most_per_article) break;
        add(reference, true);
    }
    if (hashes.empty()) return hashes;
    leave_out_itself(article.citation, hashes);
    keep_each_once(hashes);
    return hashes;
}

}  // namespace

std::optional<double> corrected_covered_area(std::size_t citations, std::size_t studies,
                                             std::size_t articles) noexcept {
    if (studies == 0 || articles < 2) return std::nullopt;
    auto const n = static_cast<double>(citations), r = static_cast<double>(studies), c = static_cast<double>(articles);
    return (n - r) / (r * c - r);
}

std::string overlap_band(double covered_area) {
    if (covered_area < 0.05) return "slight";
    if (covered_area < 0.10) return "moderate";
    return covered_area < 0.15 ? "high" : "very high";
}

void StudyCitations::add(Article const& article) {
    if (!too_many_) {
        auto const named = studies_named_by(article);
        too_many_ = studies_.size() + named.size() > most_citations;
        if (too_many_)
            std::deque<std::uint64_t>().swap(studies_);
        else
            studies_.insert(studies_.end(), named.begin(), named.end());
    }
    ends_.push_back(static_cast<std::uint32_t>(studies_.size()));
}

StudyCitations::Range StudyCitations::named_by(std::uint32_t article) const {
    return {article == 0 ? 0 : ends_[article - 1], ends_[article]};
}

StudyOverlap StudyCitations::of_all() const {
    std::vector<Range> ranges;
    for (std::uint32_t article = 0; article < ends_.size() && !too_many_; ++article)
        if (auto const range = named_by(article); range.begin != range.end) ranges.push_back(range);
    return overlap_of(ranges);
}

StudyOverlap StudyCitations::of(std::span<std::uint32_t const> articles, std::string claim_id) const {
    std::vector<Range> ranges;
    if (!too_many_)
        for (auto const article : articles)
            if (auto const range = named_by(article); range.begin != range.end) ranges.push_back(range);
    auto overlap = overlap_of(ranges);
    overlap.claim_id = std::move(claim_id);
    return overlap;
}

/// Part by part, by their first bits, so that no copy of all is made.
std::size_t StudyCitations::n_different(std::span<Range const> ranges) const {
    constexpr unsigned n_bits = 4;
    std::size_t n = 0;
    std::vector<std::uint64_t> hashes;
    for (std::uint64_t part = 0; part < 1u << n_bits; ++part) {
        hashes.clear();
        for (auto const range : ranges)
            for (auto i = range.begin; i < range.end; ++i)
                if (studies_[i] >> (64 - n_bits) == part) hashes.push_back(studies_[i]);
        keep_each_once(hashes);
        n += hashes.size();
    }
    return n;
}

StudyOverlap StudyCitations::overlap_of(std::span<Range const> ranges) const {
    StudyOverlap overlap;
    for (auto const range : ranges)
        overlap.citations += range.end - range.begin;
    overlap.studies = n_different(ranges);
    overlap.articles = ranges.size();
    overlap.covered_area = corrected_covered_area(overlap.citations, overlap.studies, overlap.articles);
    if (overlap.covered_area)
        overlap.band = overlap_band(*overlap.covered_area);
    else if (too_many_)
        overlap.reason = "more than " + std::to_string(most_citations) + " references: too many to compare";
    else
        overlap.reason = std::string(overlap.articles == 0 ? "no article" : "only one article") +
                         " names a study by DOI, PMID, PMC or trial number or has one declared; a study that a text"
                         " only describes does not count";
    return overlap;
}

}  // namespace dossier
