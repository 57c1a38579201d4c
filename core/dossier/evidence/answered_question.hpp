// Answered questions: "Is it safe? Hardly." says what the question only asks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "dossier/evidence/article_view.hpp"

namespace dossier {

/// How the sentence behind a question answers it.
struct Answer {
    std::size_t sentence = 0;  ///< index into Article::sentences
    bool is_yes = false;
    std::string words;  ///< "Hardly", as it stands there
};

/// The answer to a question that asks for yes or no, where the next sentence opens with one. A question may be a heading over
/// its answer, or the title over the first sentence. nullopt: it asks for something else, offers a choice ("… or …"), or what
/// follows only weighs it ("Yes, but …").
[[nodiscard]] std::optional<Answer> answer_to(ArticleView& view, std::size_t sentence);

}  // namespace dossier
