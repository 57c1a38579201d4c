// Duplicate records: one publication that stands in two bibliographic databases, or in one of them twice.
//
// Candidates share a key (blocking); each pair is scored field by field as in record linkage (Fellegi and Sunter, JASA
// 1969, 64:1183-1210), over the fields that deduplication for systematic reviews compares (ASySD: Hair et al., BMC Biology
// 2023, 21:189). The weights are round numbers of our own, so that a person can add them up.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"

namespace dossier {

/// Two records of one publication.
struct RecordMatch {
    std::size_t a = 0, b = 0;  ///< indices of the articles compared, a < b
    int score = 0;             ///< sum of the weights, at least duplicate_record_score
    std::string fields;        ///< what agrees: "title, first author, year, journal, first page"
};

/// The sum from which two records are one publication. Title (same 6, alike 4, one begins or ends with the other 3, and never below
/// that), DOI (4, -4), PMID (6, -6), first page (3, -2), first author (2; any other shared author 1; none -3), journal (2,
/// abbreviated or not; -2), volume (1, -1), issue (1, 0), year (same 1, next to each other 0, else -3). What one of them does
/// not state weighs nothing. Records with different DOIs are two publications whatever the sum, unless they have one PMID, or
/// journal, volume and first page in common.
inline constexpr int duplicate_record_score = 8;

/// Whether an article is known by bibliographic details: a journal, a DOI or a PMID.
[[nodiscard]] bool is_record(Article const& article) noexcept;

/// Compares two records; nullopt when they are two publications. A correction, a reply or a comment is not what it
/// corrects or replies to, nor is part I part II. Records without a title are one if they share DOI or PMID.
[[nodiscard]] std::optional<RecordMatch> compare_records(Article const& a, Article const& b);

/// Pairs from which the groups of duplicates follow, sorted; of a large group not every pair. No group joins records of
/// different DOIs or PMIDs by way of a third that has none: that one goes with the record that it is most like. Articles that
/// are no records are passed over. Takes time that grows close to linearly.
///
/// @param n_compared  if given, set to the number of pairs that were compared
[[nodiscard]] std::vector<RecordMatch> find_duplicate_records(std::span<Article const* const> articles,
                                                              std::size_t* n_compared = nullptr);

}  // namespace dossier
