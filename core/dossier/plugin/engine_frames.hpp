// Engine frames: what host and worker say to each other when an engine decides stances.
//
// The host sends every claim, then every article; the worker answers each article with judgements, and END at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// A claim as engines are told of it (dossier_claim).
struct EngineClaim {
    std::string claim_id, statement, outcome;
    std::vector<std::string> about, supports, refutes;
};

/// A sentence as engines are told of it (dossier_sentence). Borrows its texts.
struct EngineSentence {
    std::string_view text, heading;
    std::uint32_t role = 0;  ///< DOSSIER_ROLE_*
};

/// An article as engines are told of it. Borrows its texts.
struct EngineArticle {
    std::string_view article_id, title, language;
    std::vector<EngineSentence> sentences;
};

/// What an engine said of one sentence of one article (dossier_judgement).
struct EngineJudgement {
    std::uint32_t article = 0;  ///< number in the order sent, from 0
    std::uint32_t claim = 0;    ///< likewise
    std::uint32_t sentence = 0;
    int direction = 0;  ///< +1, 0, -1
    bool hedged = false;
    double strength = 0.0;             ///< [0, 1]
    std::optional<double> confidence;  ///< [0, 1]
    std::string reason;                ///< one clause, UTF-8, at most max_reason_bytes
};
inline constexpr std::size_t max_reason_bytes = 1000;

/// May a sentence of this role (DOSSIER_ROLE_*) be judged?
[[nodiscard]] bool may_be_judged(std::uint32_t role) noexcept;

[[nodiscard]] std::string encode_claim(EngineClaim const& claim);
[[nodiscard]] std::optional<EngineClaim> decode_claim(std::string_view bytes);
/// A heading is put where it changes only.
[[nodiscard]] std::string encode_article(EngineArticle const& article);
/// Bytes that encode_article would give; a frame holds at most max_frame_bytes.
[[nodiscard]] std::size_t encoded_size(EngineArticle const& article) noexcept;
/// What is decoded borrows from `bytes`.
[[nodiscard]] std::optional<EngineArticle> decode_article(std::string_view bytes);
[[nodiscard]] std::string encode_judgement(EngineJudgement const& judgement);
/// Takes any bytes. nullopt unless numbers are within their ranges and the reason is UTF-8 of allowed length.
[[nodiscard]] std::optional<EngineJudgement> decode_judgement(std::string_view bytes);

}  // namespace dossier
