// Subject: what a clause is about: the claim's subject, something it is compared with, or something else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "dossier/evidence/article_view.hpp"

namespace dossier {

/// Who or what the words of a cue are said of.
struct SubjectReading {
    bool is_subject = false;
    double strength = 1.0;  ///< lower when the subject is only understood from around the sentence
    std::string reason;     ///< one clause
};

/// Whether risk factors are subjects of their own. To a claim about coffee "dehydration raises the risk" is said of something
/// else; where risk factors are read, it is what is looked for, even if the registry names it among the others.
enum class RiskFactors : std::uint8_t { are_other_subjects, are_looked_for };

/// Resolves subjects within one article.
class SubjectResolver {
public:
    explicit SubjectResolver(ArticleView& view, RiskFactors factors = RiskFactors::are_other_subjects)
        : view_(view), factors_(factors) {}

    /// @param group  of subject terms (RegistryIndex); an empty group makes everything the subject
    [[nodiscard]] SubjectReading of(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group);

private:
    struct Term {
        PhraseMatch match;
        bool about = false;
    };
    enum class Mention { nothing, subject, other };

    std::vector<Term> terms(std::span<PhraseMatch const> matches, std::uint32_t group) const;
    std::vector<Term> unframed(std::vector<Term> terms, PhraseMatch const& cue, SentenceContext const& context) const;
    std::optional<SubjectReading> pointed_at(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group);
    static bool is_absent(Term const& term, PhraseMatch const& cue, SentenceContext const& context);
    static std::uint32_t pronoun_before(PhraseMatch const& cue, SentenceContext const& context);
    static bool is_means_of_pronoun(Term const& term, PhraseMatch const& cue, SentenceContext const& context);
    static bool is_object_of_pronoun(Term const& term, PhraseMatch const& cue, SentenceContext const& context);
    SubjectReading by_term(std::vector<Term> const& terms, std::size_t chosen, PhraseMatch const& cue,
                           SentenceContext const& context, std::size_t sentence) const;
    bool is_amount(std::size_t begin, std::size_t end, std::size_t sentence);
    std::string unknown_subject(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group);
    std::string agent_behind(PhraseMatch const& cue, std::size_t sentence);
    std::string origin_behind(PhraseMatch const& cue, std::size_t sentence);
    std::string own_noun_phrase(std::size_t begin, std::size_t sentence);
    bool is_known(std::size_t token, std::size_t sentence);
    bool is_factor_of_its_own(PhraseMatch const& match, SentenceContext const& context) const;
    std::string definite_subject(std::size_t begin, PhraseMatch const& cue, std::size_t sentence);
    std::string clefted_subject(PhraseMatch const& cue, std::size_t sentence, std::uint32_t group);
    Mention mention_in(std::size_t sentence, std::uint32_t group);
    Mention mention_in(ReadText const& read, std::uint32_t group) const;
    SubjectReading inherited(std::size_t sentence, std::uint32_t group);
    bool is_main_subject(std::uint32_t group);
    std::string words(std::size_t sentence, PhraseMatch const& match) const;

    ArticleView& view_;
    RiskFactors factors_;
    std::map<std::uint32_t, bool> main_subject_;
};

}  // namespace dossier
