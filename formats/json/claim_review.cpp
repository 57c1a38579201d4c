#include "claim_review.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace dossier::formats {
namespace {

/// The shortest decimal; empty where the number is not defined.
std::string decimal(double number) {
    if (!std::isfinite(number)) return {};
    std::array<char, 32> room;
    return {room.data(), std::to_chars(room.data(), room.data() + room.size(), number).ptr};
}

/// "1 refutes it", "3 refute it".
std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string explained_direction(Verdict const& verdict) {
    auto const share = decimal(verdict.direction_share);
    return "Of " + counted(verdict.n_clusters, "independent source ", "independent sources ") +
           counted(verdict.supports, "supports it, ", "support it, ") +
           counted(verdict.refutes, "refutes it, ", "refute it, ") +
           counted(verdict.mixed, "says both, ", "say both, ") +
           counted(verdict.neutral, "takes no side, ", "take no side, ") +
           counted(verdict.silent, "says nothing, ", "say nothing, ") + std::to_string(verdict.not_assessable) +
           " could not be assessed." +
           (share.empty() ? "" : " Supporting share of those that take a side: " + share + ".") +
           (verdict.fragile ? " Leaving out one source gives another verdict." : "");
}

std::string explained_agreement(Verdict const& verdict) {
    auto const value = decimal(verdict.agreement_value);
    return value.empty() ? "Fewer than two sources take a stance." : "van der Eijk's A, from -1 to 1: " + value + ".";
}

std::string explained_coverage(Verdict const& verdict) {
    auto const share = decimal(verdict.coverage_share);
    return share.empty() ? "No source could be assessed."
                         : "Share of the sources that could be assessed which say which way it is: " + share + ".";
}

/// One part of a verdict. There is no ratingValue: a word is no number between two others.
void write_rating(std::string_view aspect, std::string_view word, std::string_view explanation, JsonWriter& json) {
    json.begin_object();
    json.member("@type", "Rating");
    json.member("reviewAspect", aspect);
    json.member("alternateName", word);
    json.member("ratingExplanation", explanation);
    json.end_object();
}

void write_ratings(Verdict const& verdict, JsonWriter& json) {
    json.begin_array();
    write_rating("direction", verdict.direction, explained_direction(verdict), json);
    write_rating("agreement", verdict.agreement, explained_agreement(verdict), json);
    write_rating("certainty", verdict.certainty,
                 "Certainty of the body of evidence, as the data suggest or as a person judged it.", json);
    write_rating("coverage", verdict.coverage, explained_coverage(verdict), json);
    json.end_array();
}

void write_author(Publication const& publication, JsonWriter& json) {
    bool const is_program = publication.author.empty();
    json.begin_object();
    json.member("@type", is_program ? "SoftwareApplication" : "Organization");
    json.member("name", is_program ? publication.generator : publication.author);
    json.end_object();
}

void write_claim(Verdict const& verdict, JsonWriter& json) {
    json.begin_object();
    json.member("@type", "Claim");
    json.member("identifier", verdict.claim_id);
    json.member("text", verdict.statement);
    json.end_object();
}

void write_review(Verdict const& verdict, Publication const& publication, JsonWriter& json) {
    json.begin_object();
    json.member("@context", "https://schema.org");
    json.member("@type", "ClaimReview");
    if (!publication.url.empty()) json.member("url", publication.url);
    json.member("datePublished", publication.as_of);
    json.key("author");
    write_author(publication, json);
    json.member("claimReviewed", verdict.statement);
    json.key("itemReviewed");
    write_claim(verdict, json);
    json.key("reviewRating");
    write_ratings(verdict, json);
    json.end_object();
}

}  // namespace

void write_claim_reviews(std::vector<Verdict> const& verdicts, Publication const& publication, JsonWriter& json) {
    json.begin_array(Elements::one_per_line);
    for (auto const& verdict : verdicts)
        write_review(verdict, publication, json);
    json.end_array();
}

}  // namespace dossier::formats
