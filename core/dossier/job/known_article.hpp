// Known article: what a run found out about one article, as the cache holds it (store/article_cache.hpp).
#pragma once

#include <string>
#include <string_view>

#include "dossier/diagnostics/diagnostic.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

struct KnownArticle {
    Article article;       ///< as it was read, before anything was declared of it; without its sentences
    Diagnostics messages;  ///< of reading it
    std::string
        asked_as;  ///< what engines saw of it beside its sentences, when `evidence` was found (words_for_engines)
    ArticleEvidence evidence;  ///< without ids of the article and without decisions
};

/// What engines see of an article beside its sentences: all that a person may have declared of it, or that other files decide.
[[nodiscard]] std::string words_for_engines(Article const& article);

/// An entry of the cache is the one, then the other.
[[nodiscard]] std::string encode_reading(Article const& article, Diagnostics const& messages);
void append_evidence(std::string& entry, std::string_view asked_as, ArticleEvidence const& evidence);

/// Takes any bytes.
/// @return false: they are no entry. Then `known` may hold anything
[[nodiscard]] bool decode_known_article(std::string_view entry, KnownArticle& known);

/// Gives evidence out of the cache the id that its article has in this run.
void set_article_id(std::string const& id, ArticleEvidence& evidence);

}  // namespace dossier
