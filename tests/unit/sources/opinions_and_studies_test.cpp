// When a text is called an opinion, and what a publication rests on.
#include <gtest/gtest.h>

#include <string>

#include "corpus.hpp"
#include "dossier/sources/proposals.hpp"

namespace {

using dossier::Article;
using dossier::Sentence;
using dossier::SentenceRole;

Article made_of(std::vector<std::pair<SentenceRole, std::string>> const& parts) {
    Article article;
    for (auto const& [role, text] : parts) {
        Sentence sentence;
        sentence.text = text;
        sentence.role = role;
        sentence.paragraph = article.sentences.size();
        article.sentences.push_back(std::move(sentence));
    }
    return article;
}

std::string design_of(Article article) {
    dossier::sources::propose(article, {});
    return article.study_design.value;
}

using enum SentenceRole;

TEST(Opinions, AreNotProposedFromAMenu) {
    EXPECT_EQ(design_of(made_of({{boilerplate, "News"},
                                 {boilerplate, "Sport"},
                                 {boilerplate, "Opinion"},
                                 {title, "Rain on Tuesday"},
                                 {statement, "Rain fell on the harbour in the morning."}})),
              "");
    EXPECT_EQ(design_of(made_of({{boilerplate, "Opinion"},
                                 {boilerplate, "Sport"},
                                 {title, "Rain on Tuesday"},
                                 {statement, "Rain fell on the harbour in the morning."}})),
              "");
}

TEST(Opinions, AreProposedFromALabelRightAboveTheArticle) {
    EXPECT_EQ(design_of(made_of({{boilerplate, "Opinion"},
                                 {title, "Rain is good for us"},
                                 {statement, "Rain fell on the harbour in the morning."}})),
              "opinion");
}

TEST(Opinions, AreNotTheWordsOfSomebodyWhoIsQuoted) {
    EXPECT_EQ(corpus::read("a.txt",
                           "Final in the rain\n\nThe match lasted four hours. \"I think I played one of my best "
                           "matches,\" he said. \"The grass was wet. In my opinion it was too wet.\"\n\n"
                           "I believe it was the rain, she said.\n")
                  .study_design.value,
              "");
    EXPECT_EQ(corpus::read("a.txt",
                           "The trouble with grass\n\nI think that grass is too wet. In my opinion it should be "
                           "roofed. The roof would cost little.\n")
                  .study_design.value,
              "opinion");
}

TEST(RestsOn, IsNotTheArticleItself) {
    auto record = made_of({{title, "Tea and sleep in nurses"},
                           {statement, "We randomly assigned 40 nurses to tea or water (NCT01234567)."}});
    record.citation.doi = "10.1234/leaf.9";
    dossier::sources::propose(record, record.citation.doi);
    EXPECT_EQ(record.rests_on.value, "");
    EXPECT_EQ(record.citation.doi, "10.1234/leaf.9");
    record.citation = {};
    dossier::sources::propose(record, {});
    EXPECT_EQ(record.rests_on.value, "NCT01234567") << "nothing says that it is published";
    auto const page = corpus::read(
        "a.html",
        "<html><head><title>Tea and sleep</title><meta name='citation_doi' content='doi:10.1234/Leaf.9'></head>"
        "<body><article><h1>Tea and sleep</h1><p>We randomly assigned forty nurses to tea or to water, and "
        "wrote down for two weeks how long they had slept at home.</p></article></body></html>");
    EXPECT_EQ(page.rests_on.value, "");
    EXPECT_EQ(page.citation.doi, "10.1234/leaf.9");
}

TEST(RestsOn, IsTheStudyOfWhichANewsReportTells) {
    std::string const text =
        "<article><h1>Tea calms nurses</h1><p>Researchers at Lund University gave tea to forty nurses, the researchers "
        "said on Monday. The study was published in the journal Leaf (doi: 10.1234/leaf.9).</p><p>The team said that "
        "nurses who drank tea slept longer.</p></article></body></html>";
    auto const page =
        corpus::read("a.html", "<html><head><meta name='citation_doi' content='10.1234/leaf.9'></head><body>" + text);
    EXPECT_TRUE(page.study_design.value.starts_with("news")) << page.study_design.value;
    EXPECT_EQ(page.rests_on.value, "10.1234/leaf.9");
    EXPECT_TRUE(page.rests_on.origin.starts_with("text: ")) << page.rests_on.origin;
    EXPECT_EQ(page.citation.doi, "") << "the study's, not its own";
}

}  // namespace
