#include "dossier/plugin/engine_frames.hpp"

#include <cmath>
#include <limits>

#include "dossier/model/bytes.hpp"
#include "dossier/plugin.h"
#include "dossier/plugin/utf8.hpp"

namespace dossier {
namespace {

void put_texts(std::string& bytes, std::vector<std::string> const& texts) {
    put(bytes, static_cast<std::uint32_t>(texts.size()));
    for (auto const& text : texts)
        put_text(bytes, text);
}

std::vector<std::string> take_texts(ByteReader& reader) {
    std::vector<std::string> texts(reader.take_count(4));
    for (auto& text : texts)
        text = reader.take_text();
    return texts;
}

bool is_share(double value) {
    return value >= 0.0 && value <= 1.0;  // false for NaN
}

}  // namespace

bool may_be_judged(std::uint32_t role) noexcept {
    return role == DOSSIER_ROLE_STATEMENT || role == DOSSIER_ROLE_LIST_ITEM || role == DOSSIER_ROLE_QUOTATION;
}

std::string encode_claim(EngineClaim const& claim) {
    std::string bytes;
    put_text(bytes, claim.claim_id), put_text(bytes, claim.statement), put_text(bytes, claim.outcome);
    put_texts(bytes, claim.about), put_texts(bytes, claim.supports), put_texts(bytes, claim.refutes);
    return bytes;
}

std::optional<EngineClaim> decode_claim(std::string_view bytes) {
    ByteReader reader(bytes);
    EngineClaim claim;
    claim.claim_id = reader.take_text(), claim.statement = reader.take_text(), claim.outcome = reader.take_text();
    claim.about = take_texts(reader), claim.supports = take_texts(reader), claim.refutes = take_texts(reader);
    if (!reader.complete()) return std::nullopt;
    return claim;
}

std::string encode_article(EngineArticle const& article) {
    std::string bytes;
    put_text(bytes, article.article_id), put_text(bytes, article.title), put_text(bytes, article.language);
    put(bytes, static_cast<std::uint32_t>(article.sentences.size()));
    std::string_view heading;
    for (auto const& sentence : article.sentences) {
        bool const changes = sentence.heading != heading;
        put_text(bytes, sentence.text);
        put(bytes, sentence.role);
        put(bytes, static_cast<std::uint8_t>(changes));
        if (changes) put_text(bytes, heading = sentence.heading);
    }
    return bytes;
}

std::size_t encoded_size(EngineArticle const& article) noexcept {
    constexpr std::size_t length_bytes = 4;
    auto size = 4 * length_bytes + article.article_id.size() + article.title.size() + article.language.size();
    std::string_view heading;
    for (auto const& sentence : article.sentences) {
        size += length_bytes + sentence.text.size() + sizeof sentence.role + 1;
        if (sentence.heading != heading) size += length_bytes + sentence.heading.size();
        heading = sentence.heading;
    }
    return size;
}

std::optional<EngineArticle> decode_article(std::string_view bytes) {
    ByteReader reader(bytes);
    EngineArticle article;
    article.article_id = reader.take_text(), article.title = reader.take_text(), article.language = reader.take_text();
    article.sentences.resize(reader.take_count(9));
    std::string_view heading;
    for (auto& sentence : article.sentences) {
        sentence.text = reader.take_text();
        sentence.role = reader.take<std::uint32_t>();
        if (reader.take<std::uint8_t>() != 0) heading = reader.take_text();
        sentence.heading = heading;
    }
    if (!reader.complete()) return std::nullopt;
    return article;
}

std::string encode_judgement(EngineJudgement const& judgement) {
    std::string bytes;
    put(bytes, judgement.article), put(bytes, judgement.claim), put(bytes, judgement.sentence);
    put(bytes, static_cast<std::int32_t>(judgement.direction));
    put(bytes, static_cast<std::uint8_t>(judgement.hedged));
    put(bytes, judgement.strength);
    put(bytes, judgement.confidence.value_or(std::numeric_limits<double>::quiet_NaN()));
    put_text(bytes, judgement.reason);
    return bytes;
}

std::optional<EngineJudgement> decode_judgement(std::string_view bytes) {
    ByteReader reader(bytes);
    EngineJudgement judgement;
    judgement.article = reader.take<std::uint32_t>(), judgement.claim = reader.take<std::uint32_t>();
    judgement.sentence = reader.take<std::uint32_t>();
    judgement.direction = reader.take<std::int32_t>();
    judgement.hedged = reader.take<std::uint8_t>() != 0;
    judgement.strength = reader.take<double>();
    if (auto const confidence = reader.take<double>(); !std::isnan(confidence)) judgement.confidence = confidence;
    judgement.reason = reader.take_text();
    bool const sound = reader.complete() && judgement.direction >= -1 && judgement.direction <= 1 &&
                       is_share(judgement.strength) && is_share(judgement.confidence.value_or(0.0)) &&
                       !judgement.reason.empty() && judgement.reason.size() <= max_reason_bytes &&
                       is_utf8(judgement.reason);
    if (!sound) return std::nullopt;
    return judgement;
}

}  // namespace dossier
