#include "va_spec.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/web_address.hpp"

namespace dossier::formats {
namespace {

/// What stances and quotes are both sorted by.
using ClaimAndArticle = std::pair<std::int64_t, std::int64_t>;  ///< positions

struct StatedStance {
    ClaimAndArticle place;
    std::string claim_id, statement, condition_id, condition_name, stance, decided_by, overridden;
    std::optional<double> confidence;
    std::string article_id, path, title, url, doi, pmid;
};

struct StatedQuote {
    ClaimAndArticle place;
    std::string evidence_id, condition_id, condition_name, direction, quote, attribution, path;
    std::int64_t byte_begin, byte_end, line, page;
    double strength;
    bool hedged;
};

constexpr std::string_view stances_sql =
    "SELECT s.claim_position, s.article_position, s.claim_id, c.statement, s.condition_id, k.name, s.stance,"
    " s.decided_by, s.overridden, s.confidence, s.article_id, s.path, a.title, a.url, a.doi, a.pmid"
    " FROM stances s JOIN claims c ON c.position = s.claim_position JOIN articles a ON a.position = s.article_position"
    " LEFT JOIN conditions k ON k.position = s.condition_position"
    " WHERE s.stance IN ('supports', 'refutes', 'mixed', 'neutral')"
    " ORDER BY s.claim_position, s.article_position, s.condition_position";

constexpr std::string_view quotes_sql =
    "SELECT e.claim_position, e.article_position, e.evidence_id, e.condition_id, k.name, e.direction, e.quote,"
    " e.attribution, e.path, e.byte_begin, e.byte_end, e.line, e.page, e.strength, e.hedged"
    " FROM evidence e LEFT JOIN conditions k ON k.condition_id = e.condition_id"
    " ORDER BY e.claim_position, e.article_position, e.evidence_id";

StatedStance read_stance(Row const& r) {
    return {{r.integer(0), r.integer(1)},
            r.text(2),
            r.text(3),
            r.text(4),
            r.text(5),
            r.text(6),
            r.text(7),
            r.text(8),
            r.real(9),
            r.text(10),
            r.text(11),
            r.text(12),
            r.text(13),
            r.text(14),
            r.text(15)};
}

StatedQuote read_quote(Row const& r) {
    return {{r.integer(0), r.integer(1)},
            r.text(2),
            r.text(3),
            r.text(4),
            r.text(5),
            r.text(6),
            r.text(7),
            r.text(8),
            r.integer(9),
            r.integer(10),
            r.integer(11),
            r.integer(12),
            r.real(13).value_or(0.0),
            r.integer(14) != 0};
}

/// VA-Spec has one word for what is of two minds and for what takes no side.
std::string_view direction_of(std::string_view stance) {
    return stance == "supports" ? "supports" : stance == "refutes" ? "disputes" : "neutral";
}

void write_concept(std::string_view type, std::string_view id, std::string_view name, JsonWriter& json) {
    json.begin_object();
    if (!id.empty()) json.member("id", id);
    json.member("type", "MappableConcept");
    json.member("conceptType", type);
    json.member("name", name);
    json.end_object();
}

/// A claim is a sentence that is not taken apart, so the proposition says of it under which condition it holds.
/// @param said  the stance or the quote that is under a condition
template <class Said>
void write_proposition(StatedStance const& stance, Said const& said, JsonWriter& json) {
    json.begin_object();
    json.member("type", "CustomProposition");
    json.member("customPropositionType", "ClaimUnderCondition");
    json.key("subject");
    write_concept("claim", stance.claim_id, stance.statement, json);
    json.member("predicate", "holdsUnder");
    json.key("object");
    write_concept("condition", said.condition_id, said.condition_id.empty() ? "no condition" : said.condition_name,
                  json);
    json.end_object();
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// As the schema of VA-Spec wants it: "10.", digits, a slash and a word.
bool is_doi(std::string_view doi) {
    auto const slash = doi.find('/');
    if (doi.substr(0, 3) != "10." || slash == std::string_view::npos || slash + 1 == doi.size()) return false;
    auto const prefix = doi.substr(3, slash - 3);
    char const next = doi[slash + 1];
    bool const is_word = is_digit(next) || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    return !prefix.empty() && std::all_of(prefix.begin(), prefix.end(), is_digit) && is_word;
}

void write_article(StatedStance const& stance, JsonWriter& json) {
    json.begin_object();
    json.member("id", stance.article_id);
    json.member("type", "Document");
    json.member("name", stance.path);
    if (!stance.title.empty()) json.member("title", stance.title);
    if (is_web_address(stance.url)) {
        json.key("urls");
        json.begin_array();
        json.value(stance.url);
        json.end_array();
    }
    if (is_doi(stance.doi)) json.member("doi", stance.doi);
    if (!stance.pmid.empty()) json.member("pmid", stance.pmid);
    json.end_object();
}

void write_contribution(StatedStance const& stance, JsonWriter& json) {
    json.begin_object();
    json.member("type", "Contribution");
    json.key("contributor");
    json.begin_object();
    json.member("type", "Agent");
    json.member("name", stance.decided_by);
    json.end_object();
    json.member("activityType", "decision of the stance");
    json.end_object();
}

template <class Value>
void write_extension(std::string_view name, Value const& value, JsonWriter& json) {
    json.begin_object();
    json.member("name", name);
    json.member("value", value);
    json.end_object();
}

void write_locator(StatedQuote const& quote, JsonWriter& json) {
    json.begin_object();
    json.member("name", "locator");
    json.key("value");
    json.begin_object();
    json.member("path", quote.path);
    json.member("byte_begin", quote.byte_begin);
    json.member("byte_end", quote.byte_end);
    json.member("line", quote.line);
    if (quote.page > 0) json.member("page", quote.page);
    json.end_object();
    json.end_object();
}

/// A quote is what the article states: a Statement of its own.
void write_item(StatedStance const& stance, StatedQuote const& quote, JsonWriter& json) {
    json.begin_object();
    json.member("id", quote.evidence_id);
    json.member("type", "Statement");
    json.key("proposition");
    write_proposition(stance, quote, json);
    json.member("direction", direction_of(quote.direction));
    json.member("description", quote.quote);
    json.key("reportedIn");
    json.begin_array();
    json.begin_object();
    json.member("id", stance.article_id);
    json.member("type", "Document");
    json.end_object();
    json.end_array();
    json.key("extensions");
    json.begin_array();
    write_locator(quote, json);
    write_extension("strength_of_wording", quote.strength, json);
    write_extension("hedged", quote.hedged, json);
    write_extension("attribution", quote.attribution, json);
    json.end_array();
    json.end_object();
}

void write_items(StatedStance const& stance, std::vector<StatedQuote> const& quotes, JsonWriter& json) {
    json.key("hasEvidenceItems");
    json.begin_array();
    for (auto const& quote : quotes)
        if (stance.condition_id.empty() || quote.condition_id == stance.condition_id) write_item(stance, quote, json);
    json.end_array();
}

void write_line(StatedStance const& stance, std::vector<StatedQuote> const& quotes, JsonWriter& json) {
    json.begin_object();
    json.member("id", stance.claim_id + "/" + stance.article_id + "/" + stance.condition_id);
    json.member("type", "EvidenceLine");
    json.key("targetProposition");
    write_proposition(stance, stance, json);
    json.member("directionOfEvidenceProvided", direction_of(stance.stance));
    json.key("evidenceOutcome");
    write_concept("stance", {}, stance.stance, json);
    json.key("reportedIn");
    json.begin_array();
    write_article(stance, json);
    json.end_array();
    json.key("contributions");
    json.begin_array();
    write_contribution(stance, json);
    json.end_array();
    write_items(stance, quotes, json);
    if (stance.confidence || !stance.overridden.empty()) {
        json.key("extensions");
        json.begin_array();
        if (stance.confidence) write_extension("confidence", *stance.confidence, json);
        if (!stance.overridden.empty()) write_extension("overridden", stance.overridden, json);
        json.end_array();
    }
    json.end_object();
}

/// The quotes of one article on one claim after the other, as far as they are asked for in order.
class QuotesInOrder {
public:
    explicit QuotesInOrder(Analysis const& analysis)
        : rows_(analysis.query<StatedQuote>(quotes_sql, {}, &read_quote)), next_(rows_.begin()) {}

    std::vector<StatedQuote> const& of(ClaimAndArticle place) {
        if (place == place_) return quotes_;
        place_ = place;
        quotes_.clear();
        for (; next_ != rows_.end() && next_->place <= place; ++next_)
            if (next_->place == place) quotes_.push_back(*next_);
        return quotes_;
    }

private:
    Rows<StatedQuote> rows_;
    Rows<StatedQuote>::iterator next_;
    ClaimAndArticle place_{};
    std::vector<StatedQuote> quotes_;
};

}  // namespace

void write_va_spec(Analysis const& analysis, JsonWriter& json) {
    QuotesInOrder quotes(analysis);
    json.begin_object(Elements::one_per_line);
    json.member("version", va_spec_version);
    json.key("evidence_lines");
    json.begin_array(Elements::one_per_line);
    for (auto const& stance : analysis.query<StatedStance>(stances_sql, {}, &read_stance))
        write_line(stance, quotes.of(stance.place), json);
    json.end_array();
    json.end_object();
}

}  // namespace dossier::formats
