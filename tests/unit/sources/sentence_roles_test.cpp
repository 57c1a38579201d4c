#include "dossier/sources/sentence_roles.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "corpus.hpp"
#include "dossier/sources/unicode.hpp"

namespace {

using namespace dossier;
using dossier::sources::asks;
using dossier::sources::item_mark_length;
using dossier::sources::QuotedParts;

SentenceRole role_in_text(std::string_view text, bool quoted = false) {
    return sources::role_of({sources::BlockRole::main, text, false, false, quoted});
}

/// Roles of the sentences of one paragraph, as "text|role".
std::vector<std::string> roles_in(std::string_view paragraph) {
    std::vector<std::string> roles;
    QuotedParts const quoted(paragraph);
    for (auto const& span : split_sentences(paragraph)) {
        auto const text = sources::folded(paragraph.substr(span.begin, span.end - span.begin));
        roles.push_back(text + "|" + name_of(role_in_text(text, quoted.hold(span))));
    }
    return roles;
}
using Roles = std::vector<std::string>;

struct Expected {
    char const* text;
    SentenceRole role;
};

TEST(SentenceRoles, ToldByTheSentenceItself) {
    for (auto const& [text, role] : {
             Expected{"Walking lowers blood pressure by a few points.", SentenceRole::statement},
             Expected{"Does walking lower blood pressure?", SentenceRole::question},
             Expected{"Does walking lower blood pressure?!", SentenceRole::question},
             Expected{"Does walking lower blood pressure (and for how long?)", SentenceRole::question},
             Expected{"Does walking lower blood pressure [in the elderly?]", SentenceRole::question},
             Expected{"\"Does walking lower blood pressure?\"", SentenceRole::question},
             Expected{"\u201CDoes walking lower blood pressure?\u201D", SentenceRole::question},
             Expected{"\u00ABDoes walking lower blood pressure?\u00BB", SentenceRole::question},
             Expected{"\u2018Does walking lower blood pressure?\u2019", SentenceRole::question},
             Expected{"*Does walking lower blood pressure?*", SentenceRole::question},
             Expected{"\u201CDoes walking lower blood pressure?\u201D she asked.", SentenceRole::question},
             Expected{"\"Who pays for the trial?\" asked one of the nurses.", SentenceRole::question},
             Expected{"The question of who pays was answered last week.", SentenceRole::statement},
             Expected{"Asked \u201Cwho pays?\u201D, the minister pointed at the insurers and left the room.",
                      SentenceRole::statement},
             Expected{"\u201CWho pays?\u201D is the title of a report that found no effect on the heart at all.",
                      SentenceRole::statement},
             Expected{"\u8840\u5727\u306F\u4E0B\u304C\u308A\u307E\u3059\u304B\uFF1F", SentenceRole::question},
             Expected{"- Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"\u2022 Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"\u00B7 Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"1. Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"12) Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"(3) Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"a) Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"(b) Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"iv) Walking lowers blood pressure.", SentenceRole::list_item},
             Expected{"A. Walker measured the blood pressure of forty nurses.", SentenceRole::statement},
             Expected{"2020 was the year in which most nurses began to walk.", SentenceRole::statement},
             Expected{"120 mmHg is where the trouble begins.", SentenceRole::statement},
             Expected{"Blood pressure after walking", SentenceRole::fragment},
             Expected{"Forty-one", SentenceRole::fragment},
         })
        EXPECT_STREQ(name_of(role_in_text(text)), name_of(role)) << text;
}

TEST(SentenceRoles, QuotationIsWhatStandsInQuotationMarksFromEndToEnd) {
    EXPECT_EQ(roles_in("\u201CWalking helps my patients.\u201D So says the head of the ward."),
              (Roles{"\u201CWalking helps my patients.\u201D|quotation", "So says the head of the ward.|statement"}));
    EXPECT_EQ(roles_in("\"Walking helps my patients,\" says the head of the ward."),
              (Roles{"\"Walking helps my patients,\" says the head of the ward.|statement"}));
}

TEST(SentenceRoles, QuotationGoesOnThroughSeveralSentences) {
    EXPECT_EQ(roles_in("She was clear: \u201CWalking helps. It lowers the pressure in weeks. Pills are slower.\u201D "
                       "Others doubt that."),
              (Roles{"She was clear: \u201CWalking helps.|statement", "It lowers the pressure in weeks.|quotation",
                     "Pills are slower.\u201D|quotation", "Others doubt that.|statement"}));
    EXPECT_EQ(roles_in("\"Walking helps. It lowers the pressure in weeks.\" Others doubt that."),
              (Roles{"\"Walking helps.|quotation", "It lowers the pressure in weeks.\"|quotation",
                     "Others doubt that.|statement"}));
}

TEST(SentenceRoles, QuotationThatIsNotClosedGoesOnToTheEndOfTheParagraph) {
    EXPECT_EQ(roles_in("\u201CWalking helps many. It lowers the pressure."),
              (Roles{"\u201CWalking helps many.|quotation", "It lowers the pressure.|quotation"}));
}

TEST(SentenceRoles, OddStraightMarkOpensNoQuotation) {
    EXPECT_EQ(roles_in("The screen of 5\" was used. Walking helps many."),
              (Roles{"The screen of 5\" was used.|statement", "Walking helps many.|statement"}));
}

TEST(SentenceRoles, QuotationOfOneWordIsNoQuotation) {
    EXPECT_EQ(roles_in("The \u201Ccure\u201D did not help anybody. The \"cure\" was dear."),
              (Roles{"The \u201Ccure\u201D did not help anybody.|statement", "The \"cure\" was dear.|statement"}));
}

TEST(SentenceRoles, BlocksOfTheirOwnKindKeepIt) {
    constexpr std::string_view text = "Walking lowers blood pressure.";
    using sources::BlockRole;
    EXPECT_EQ(sources::role_of({BlockRole::title, text, false, false, false}), SentenceRole::title);
    EXPECT_EQ(sources::role_of({BlockRole::heading, "Does it last?", false, false, false}), SentenceRole::heading);
    EXPECT_EQ(sources::role_of({BlockRole::boilerplate, text, false, false, false}), SentenceRole::boilerplate);
    EXPECT_EQ(sources::role_of({BlockRole::fragment, text, false, false, false}), SentenceRole::fragment);
    EXPECT_EQ(sources::role_of({BlockRole::list_item, text, false, false, false}), SentenceRole::list_item);
    EXPECT_EQ(sources::role_of({BlockRole::list_item, "Does it last?", false, false, false}), SentenceRole::question);
    EXPECT_EQ(sources::role_of({BlockRole::quotation, text, false, false, false}), SentenceRole::quotation);
    EXPECT_EQ(sources::role_of({BlockRole::main, text, true, false, false}), SentenceRole::fragment);
}

TEST(SentenceRoles, OfAnArticleAreThoseOfItsParts) {
    auto const article =
        corpus::read("walking.txt",
                     "Walking and the heart\n\nWalking lowers blood pressure in most people who try it. "
                     "\u201CMy patients walk every day. They feel better for it.\u201D Does it last? "
                     "Nobody has looked for longer than a year.\n\n"
                     "- Walk for half an hour.\n- Walk every day.\n");
    std::vector<std::string> roles;
    for (auto const& sentence : article.sentences)
        roles.emplace_back(name_of(sentence.role));
    EXPECT_EQ(roles, (std::vector<std::string>{"title", "statement", "quotation", "quotation", "question", "statement",
                                               "list_item", "list_item"}));
}

TEST(Asks, OnlyWhereTheQuestionEndsTheSentenceOrIsAllThatIsSaid) {
    EXPECT_TRUE(asks("Really?"));
    EXPECT_TRUE(asks("(Really?)"));
    EXPECT_FALSE(asks("He asked why. Nobody knew."));
    EXPECT_FALSE(asks(""));
    EXPECT_FALSE(asks("See https://example.org/?q=1 for more."));
}

TEST(ItemMark, IsTheSignAndItsSpace) {
    EXPECT_EQ(item_mark_length("- one"), 2u);
    EXPECT_EQ(item_mark_length("\u2022 one"), 4u);
    EXPECT_EQ(item_mark_length("10. one"), 4u);
    EXPECT_EQ(item_mark_length("(iii) one"), 6u);
    EXPECT_EQ(item_mark_length("-5 degrees"), 0u);
    EXPECT_EQ(item_mark_length("3.5 points"), 0u);
    EXPECT_EQ(item_mark_length("1985. one"), 0u);
    EXPECT_EQ(item_mark_length(""), 0u);
}

}  // namespace
