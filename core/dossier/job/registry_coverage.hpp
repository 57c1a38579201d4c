// Registry coverage: sentences that name the subject and the outcome and hold no cue; what the next cues might be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "dossier/evidence/lexicon.hpp"
#include "dossier/evidence/phrase_index.hpp"
#include "dossier/model/article.hpp"
#include "dossier/model/claim.hpp"

namespace dossier {

/// A sentence that no cue was found in.
struct UncoveredSentence {
    std::string article_id, path;
    std::size_t line = 0, page = 0;  ///< as in Sentence
    std::string text;
};

/// Sentences that put subject and outcome together in the same words.
struct UncoveredWording {
    std::string
        words;  ///< the words by which they are alike, first to last: "linked", "trigger"; empty: none between them
    std::string outcome;          ///< the phrase that names the outcome, as the registry writes it
    std::string cue;              ///< a phrase that finds them, to begin from: "linked … {sleep*|insomnia}"
    std::size_t n_articles = 0;   ///< that put it so; a sentence that stands in several articles counts in the first
    std::size_t n_sentences = 0;  ///< different ones
    std::vector<UncoveredSentence> examples;  ///< the first ones, at most three
};

struct CoverageReport {
    std::vector<UncoveredWording> wordings;  ///< most articles first, then most sentences, then by cue
    std::size_t n_sentences = 0;             ///< different sentences that name both and hold no cue
    std::size_t n_covered = 0;               ///< different sentences that name both and hold a cue
    std::size_t n_articles = 0;              ///< that could be read
    bool names_no_subject = false,
         names_no_outcome = false;  ///< the registry does not say it: then nothing can be found
    bool cut_off = false;           ///< there were more wordings or sentences than are kept (100,000 and 1,000,000)
};

/// Takes articles batch by batch and keeps wordings, not articles.
class RegistryCoverage {
public:
    /// The subject is named by `about` of the registry and its claims, the outcome by `outcome_terms` and every `outcome`.
    RegistryCoverage(ClaimRegistry const& registry, Lexicon const& lexicon);

    /// Sentences that may be quoted; a question is none.
    void add(std::span<Article const> articles);

    [[nodiscard]] CoverageReport report() const;

private:
    enum class Role : std::uint8_t { subject, outcome, cue };

    void add_phrase(std::string const& text, Role role);
    void add_sentence(Article const& article, Sentence const& sentence);
    [[nodiscard]] std::string words_around(Tokens const& tokens, PhraseMatch const& subject,
                                           PhraseMatch const& outcome) const;

    PhraseIndex index_;
    std::vector<Role> roles_;         ///< by phrase of the index
    std::vector<std::string> texts_;  ///< likewise
    std::set<std::string, std::less<>> function_words_;
    std::map<std::pair<std::string, std::string>, UncoveredWording> wordings_;  ///< by words (with side) and outcome
    std::map<std::pair<std::string, std::string>, std::string> last_article_;   ///< that was counted, by wording
    std::unordered_set<std::uint64_t> seen_;  ///< hashes of sentences; only asked for membership
    CoverageReport totals_;
};

/// For people: the first wordings, each with its sentences. @param most  wordings shown; the rest is counted
[[nodiscard]] std::string coverage_as_text(CoverageReport const& report, std::size_t most);
/// For programs: one JSON object, indented, with every wording.
[[nodiscard]] std::string coverage_as_json(CoverageReport const& report);

}  // namespace dossier
