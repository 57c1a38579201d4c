// News that is passed on, vouched for, or taken back: how the parts of an article decide together.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"
#include "dossier/findings/article_stance.hpp"

namespace {

using dossier::Stance;

dossier::ClaimRegistry registry() {
    dossier::Claim claim;
    claim.id = "fox-on-ferry";
    claim.statement = "A fox travelled on the night ferry.";
    claim.supports = {{"fox … {ferry|boat}", {}}};
    dossier::ClaimRegistry registry;
    registry.claims = {claim};
    return registry;
}

Stance read(std::vector<std::string> const& sentences) {
    static auto const claims = registry();
    static dossier::Engine const engine(claims, dossier::built_in_lexicon());
    dossier::Article article;
    article.id = "article";
    for (auto const& text : sentences) {
        dossier::Sentence sentence;
        sentence.text = text;
        article.sentences.push_back(sentence);
    }
    return dossier::article_stances(article, engine.analyse(article, false), claims).front().stance;
}

TEST(Hearsay, IsWhatNobodyVouchesFor) {
    for (auto const* text :
         {"A fox allegedly took the ferry.", "Sources say that a fox took the ferry.",
          "According to people familiar with the matter, a fox took the ferry.",
          "Reports suggest that a fox took the ferry.", "The newspaper reported that a fox took the ferry.",
          "According to the Daily Mail a fox took the ferry.", "A sailor claims to have seen a fox on the ferry.",
          "She insists that a fox took the ferry.", "If true, a fox took the ferry."})
        EXPECT_EQ(read({text}), Stance::neutral) << text;
}

TEST(Hearsay, IsNotWhatOfficialsSayOrStudiesFind) {
    for (auto const* text : {"Police said that a fox took the ferry.", "Researchers found that a fox took the ferry.",
                             "The company confirmed that a fox took the ferry.", "A fox took the ferry."})
        EXPECT_EQ(read({text}), Stance::supports) << text;
}

TEST(Hearsay, IsNoSurerForBeingRetold) {
    EXPECT_EQ(read({"A fox reportedly took the ferry.", "The fox left the ferry in Holland."}), Stance::neutral);
}

TEST(Hearsay, EndsWhereSomebodyVouchesForIt) {
    EXPECT_EQ(read({"A fox reportedly took the ferry.", "The captain confirmed a fox on the ferry."}),
              Stance::supports);
    EXPECT_EQ(read({"A fox reportedly took the ferry.", "A study of foxes traced the fox to the ferry."}),
              Stance::supports);
}

TEST(Hearsay, ThatComesLaterLeavesWhatWasStatedBefore) {
    EXPECT_EQ(read({"A fox took the ferry.", "The fox reportedly slept on the ferry."}), Stance::supports);
}

TEST(Hearsay, ThatIsTakenBackRefutes) {
    for (auto const* text :
         {"The claim that a fox took the ferry is false.", "That a fox took the ferry was a false story.",
          "The fox on the ferry has been debunked.", "The fox on the ferry was exposed as an elaborate hoax.",
          "The captain pushed back against a report that a fox took the ferry.",
          "The captain denied that a fox took the ferry."})
        EXPECT_EQ(read({text}), Stance::refutes) << text;
}

TEST(Hearsay, IsAlsoWhatSomebodyHasNotCommentedOn) {
    EXPECT_EQ(read({"The captain has not commented on a fox on the ferry."}), Stance::neutral);
}

TEST(Hearsay, AskingWhySomethingHappenedGrantsThatItDid) {
    EXPECT_EQ(read({"That was not why the fox took the ferry."}), Stance::supports);
}

}  // namespace
