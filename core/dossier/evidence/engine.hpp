// Stance engine: reads one article against the registry; what it says, word for word, and why it was read that way.
//
// All phrases of all claims, conditions and risk factors are found in one pass over the words of a sentence; the
// context rules of the lexicon (NegEx/ConText, design.md 6) are run on sentences with a hit only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

class Lexicon;

/// Pure and thread-safe once built: the same article gives the same evidence, whoever asks and how often.
class Engine {
public:
    /// Copies what it needs from both. Phrases that parse_phrase refuses are left out (claims/ has reported them).
    Engine(ClaimRegistry const& registry, Lexicon const& lexicon);
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    /// Evidence comes from statements, list items and quotations only; headings, titles and questions of the article
    /// are read for the subject and shown as refused decisions.
    /// An article that is not assessable gives nothing.
    /// @param keep_decisions  also say what became of every cue found (`dossier explain`)
    [[nodiscard]] ArticleEvidence analyse(Article const& article, bool keep_decisions) const;

    /// Claims that have no cues and whose statement gives too little to derive any ("too little to go on: add cues"),
    /// in registry order. No article is assessable on them.
    [[nodiscard]] std::vector<std::string> const& claims_without_cues() const noexcept;

private:
    struct Compiled;
    std::unique_ptr<Compiled const> compiled_;
};

}  // namespace dossier
