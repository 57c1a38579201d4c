#include "dossier/job/known_article.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "dossier/model/bytes.hpp"

namespace dossier {
namespace {

// The members of each type that are kept, named once for writing and reading. The bindings name every member, so that a new
// one does not compile until somebody has thought of it here. Left out are what is dropped or found anew: of an article its id
// and sentences, of what is said of it the article's id and the decisions.

template <class Value, class Type>
concept same_but_const = std::is_same_v<std::remove_const_t<Value>, Type>;

template <same_but_const<ByteRange> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [begin, end] = value;
    visit(begin, end);
}

template <same_but_const<Stated> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [text, origin, proposed] = value;
    visit(text, origin, proposed);
}

template <same_but_const<ArticleOrigin> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [file, member, record, bytes] = value;
    visit(file, member, record, bytes);
}

template <same_but_const<Citation> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [authors, journal, year, volume, issue, pages, doi, pmid, pmcid, accession, types, keywords, references] =
        value;
    visit(authors, journal, year, volume, issue, pages, doi, pmid, pmcid, accession, types, keywords, references);
}

template <same_but_const<TextSketch> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [text_hash, n_shingles, minima] = value;
    visit(text_hash, n_shingles, minima);
}

template <same_but_const<Article> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [id, path, origin, format, encoding, sha256, title, author, published, publisher, url, study_design,
           conflict_of_interest, funding, rests_on, population, risk_of_bias, weight, press_release, citation, language,
           independent, status, status_reason, truncated, retracted, sentences, n_sentences, sketch] = value;
    static_cast<void>(id), static_cast<void>(sentences);
    visit(path, origin, format, encoding, sha256, title, author, published, publisher, url, study_design,
          conflict_of_interest, funding, rests_on, population, risk_of_bias, weight, press_release, citation, language,
          independent, status, status_reason, truncated, retracted, n_sentences, sketch);
}

template <same_but_const<Place> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [file, line, column, length] = value;
    visit(file, line, column, length);
}

template <same_but_const<Diagnostic> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [severity, code, place, message, source_line, notes] = value;
    visit(severity, code, place, message, source_line, notes);
}

template <same_but_const<EvidenceItem> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [claim_id, article_id, direction, strength, hedged, attribution, causal_strength, decided_by, confidence,
           condition_id, quote, bytes, line, page, sentence, rule] = value;
    static_cast<void>(article_id);
    visit(claim_id, direction, strength, hedged, attribution, causal_strength, decided_by, confidence, condition_id,
          quote, bytes, line, page, sentence, rule);
}

template <same_but_const<RiskMention> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [factor_id, article_id, direction, quote, bytes, line, page, condition_id, with_evidence] = value;
    static_cast<void>(article_id);
    visit(factor_id, direction, quote, bytes, line, page, condition_id, with_evidence);
}

template <same_but_const<Quantity> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [article_id, measure, estimate, ci_low, ci_high, ci_level, comparator, population, adjustment, factor_ids,
           denominator, outside_interval, quote, bytes, line, page, text] = value;
    static_cast<void>(article_id);
    visit(measure, estimate, ci_low, ci_high, ci_level, comparator, population, adjustment, factor_ids, denominator,
          outside_interval, quote, bytes, line, page, text);
}

template <same_but_const<ArticleEvidence> Value, class Visit>
void visit_members(Value& value, Visit visit) {
    auto& [article_id, items, mentions, quantities, decisions, undecided_claims] = value;
    static_cast<void>(article_id), static_cast<void>(decisions);
    visit(items, mentions, quantities, undecided_claims);
}

/// The last of its values: what is greater is none of them.
constexpr SentenceRole last_of(SentenceRole) {
    return SentenceRole::boilerplate;
}
constexpr ArticleStatus last_of(ArticleStatus) {
    return ArticleStatus::not_assessable;
}
constexpr Severity last_of(Severity) {
    return Severity::error;
}
constexpr Direction last_of(Direction) {
    return Direction::neutral;
}
constexpr Attribution last_of(Attribution) {
    return Attribution::recommended;
}
constexpr CausalStrength last_of(CausalStrength) {
    return CausalStrength::direct;
}
constexpr FactorDirection last_of(FactorDirection) {
    return FactorDirection::unclear;
}

class Encoder {
public:
    explicit Encoder(std::string& bytes) : bytes_(bytes) {}

    void operator()(auto const&... values) { (add(values), ...); }

private:
    void add(std::string const& text) { put_text(bytes_, text); }
    void add(bool value) { put(bytes_, static_cast<std::uint8_t>(value)); }
    void add(double value) { put(bytes_, value); }
    void add(std::uint32_t value) { put(bytes_, value); }
    void add(std::uint64_t value) { put(bytes_, value); }
    template <class Value>
    requires std::is_enum_v<Value>
    void add(Value value) { put(bytes_, static_cast<std::uint8_t>(value)); }
    template <class Value>
    void add(std::optional<Value> const& value) {
        add(value.has_value());
        if (value) add(*value);
    }
    template <class Value>
    void add(std::vector<Value> const& values) {
        put(bytes_, static_cast<std::uint32_t>(values.size()));
        for (auto const& value : values)
            add(value);
    }
    template <class Value>
    requires std::is_class_v<Value>
    void add(Value const& value) { visit_members(value, *this); }
    std::string& bytes_;
};

class Decoder {
public:
    explicit Decoder(ByteReader& reader) : reader_(reader) {}

    void operator()(auto&... values) { (take(values), ...); }

    /// Every value was one that is written.
    [[nodiscard]] bool understood() const noexcept { return understood_; }

private:
    void take(std::string& text) { text = reader_.take_text(); }
    void take(bool& value) {
        auto const byte = reader_.take<std::uint8_t>();
        understood_ &= byte <= 1;
        value = byte != 0;
    }
    void take(double& value) { value = reader_.take<double>(); }
    void take(std::uint32_t& value) { value = reader_.take<std::uint32_t>(); }
    void take(std::uint64_t& value) { value = reader_.take<std::uint64_t>(); }
    template <class Value>
    requires std::is_enum_v<Value>
    void take(Value& value) {
        auto const byte = reader_.take<std::uint8_t>();
        bool const is_value = byte <= static_cast<std::uint8_t>(last_of(Value()));
        understood_ &= is_value;
        value = static_cast<Value>(is_value ? byte : 0);
    }
    template <class Value>
    void take(std::optional<Value>& value) {
        bool has_value = false;
        take(has_value);
        value.reset();
        if (has_value) take(value.emplace());
    }
    /// As many as there are bytes for; each takes four at least.
    template <class Value>
    void take(std::vector<Value>& values) {
        constexpr std::size_t least_bytes = 4;
        auto const n = reader_.take_count(least_bytes);
        values.clear();
        values.reserve(std::min(n, usual_values));
        for (std::size_t i = 0; i < n && !reader_.failed(); ++i)
            take(values.emplace_back());
    }
    template <class Value>
    requires std::is_class_v<Value>
    void take(Value& value) {
        visit_members(value, [this](auto&... members) { (take(members), ...); });
    }
    static constexpr std::size_t usual_values = 128;  ///< a sketch has as many; more get room when they come
    ByteReader& reader_;
    bool understood_ = true;
};

}  // namespace

std::string words_for_engines(Article const& article) {
    std::string words;
    Encoder encode(words);
    encode(article.id, article.title.value, article.language, article.study_design.value, article.status);
    return words;
}

std::string encode_reading(Article const& article, Diagnostics const& messages) {
    std::string entry;
    Encoder encode(entry);
    encode(article, messages.items());
    return entry;
}

void append_evidence(std::string& entry, std::string_view asked_as, ArticleEvidence const& evidence) {
    put_text(entry, asked_as);
    Encoder encode(entry);
    encode(evidence);
}

bool decode_known_article(std::string_view entry, KnownArticle& known) {
    ByteReader reader(entry);
    Decoder decode(reader);
    std::vector<Diagnostic> messages;
    decode(known.article, messages, known.asked_as, known.evidence);
    known.messages = {};
    for (auto& message : messages)
        known.messages.add(std::move(message));
    return reader.complete() && decode.understood();
}

void set_article_id(std::string const& id, ArticleEvidence& evidence) {
    evidence.article_id = id;
    for (auto& item : evidence.items)
        item.article_id = id;
    for (auto& mention : evidence.mentions)
        mention.article_id = id;
    for (auto& quantity : evidence.quantities)
        quantity.article_id = id;
}

}  // namespace dossier
