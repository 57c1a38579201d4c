// Article reading: what a whole article says on a claim of which nothing but the statement is known.
//
// Three questions, one after the other: is the article about the statement at all (else it is silent); does it stand for the
// story, pass it on, or say that it is wrong; and which way does the statement itself point.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/model/article.hpp"
#include "dossier/model/evidence.hpp"

namespace dossier {

class Lexicon;

/// What a statement is about, and how it puts it. Taken apart once, for any number of articles.
struct StatementOutline {
    StatementOutline(std::string_view statement, Lexicon const& lexicon);

    /// Too few content words to tell which articles are about it: every article is silent.
    [[nodiscard]] bool says_too_little() const noexcept { return words.size() < 2; }

    std::vector<std::string> words;  ///< stems of its content words, sorted, each once; words of reporting are left out
    /// It passes something on and commits to nothing ("reportedly", "X claims"): no article can take its side.
    bool keeps_distance = false;
    std::string distance_words;  ///< by which it does; empty: it does not
    bool denies = false;         ///< it says that a story is wrong: who stands for the story is against the statement
};

/// How an article puts its story. Taken apart once, for any number of statements.
class ArticleOutline {
public:
    /// Sentences that are no part of the main text are left out. Linear in the text.
    ArticleOutline(Article const& article, Lexicon const& lexicon);

    struct Outlined {
        std::size_t sentence = 0;  ///< index into Article::sentences
        bool may_be_quoted = false;
        std::vector<std::string> words;         ///< stems, sorted, each once
        std::vector<std::string> denied_words;  ///< of these that a denial governs
        std::size_t n_words = 0;
        std::size_t doubts = 0, rebuttals = 0;    ///< rules found in it that pass on, or say that something is wrong
        std::string doubt_words, rebuttal_words;  ///< of several the first
    };
    std::vector<Outlined> sentences;  ///< in order
    std::size_t n_words = 0;
};

struct ArticleVerdict {
    Stance stance = Stance::silent;  ///< supports, refutes, neutral or silent
    /// How much of the statement's content words its opening and the nearest sentence hold, and how many sentences speak
    /// of them; [0, 1].
    double relevance = 0.0;
    /// The quote that stands for the stance, index into Article::sentences. None: silent.
    std::optional<std::size_t> sentence;
    std::string reason;  ///< one clause
};

[[nodiscard]] ArticleVerdict judge_article(StatementOutline const& statement, ArticleOutline const& article);

/// The same for one article and one statement.
[[nodiscard]] ArticleVerdict judge_article(std::string_view statement, Article const& article, Lexicon const& lexicon);

}  // namespace dossier
