// Engines behind their process: what they are asked, what they may answer, and what a bad one costs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "fixture_run.hpp"

namespace {

using namespace dossier;

EngineClaim const claim{"harm", "Coffee harms sleep", "sleep", {"coffee"}, {"harms sleep"}, {}};

std::vector<EngineArticle> two_articles() {
    EngineArticle first{"a1", "On coffee", "en", {}};
    first.sentences = {{"What coffee does", "", DOSSIER_ROLE_HEADING},
                       {"Coffee harms sleep.", "What coffee does", DOSSIER_ROLE_STATEMENT},
                       {"Tea does not.", "What coffee does", DOSSIER_ROLE_STATEMENT}};
    auto second = first;
    second.article_id = "a2";
    second.sentences[1].text = "Coffee never harms sleep.";
    return {first, second};
}

EngineOutcome ask(std::string const& engine, std::vector<JobOption> const& job_options,
                  std::vector<EngineArticle> const& articles) {
    auto const& plugin = fixture(ComponentKind::engine, engine);
    auto settings = short_limits();
    settings.limits.plugin_seconds = 2.0;
    WorkerClient const workers(settings);
    auto const described = workers.describe(plugin);
    EXPECT_TRUE(described.ok()) << described.sentence;
    Diagnostics mistakes;
    auto const options = resolve_options(*described.find(ComponentKind::engine, engine), job_options, mistakes);
    std::vector<EngineClaim> const claims{claim};
    return workers.run_engine(plugin, engine, options, claims, articles);
}

TEST(Engine, AnswersEachArticleAndClaimInOrder) {
    auto const outcome = ask("engine-misbehaves", {}, two_articles());
    ASSERT_TRUE(outcome.ok()) << outcome.sentence;
    ASSERT_EQ(outcome.judgements.size(), 2U);
    for (std::uint32_t i = 0; i < 2; ++i) {
        EXPECT_EQ(outcome.judgements[i].article, i);
        EXPECT_EQ(outcome.judgements[i].claim, 0U);
        EXPECT_EQ(outcome.judgements[i].sentence, 1U);
        EXPECT_EQ(outcome.judgements[i].direction, 1);
        EXPECT_DOUBLE_EQ(outcome.judgements[i].strength, 0.5);
        EXPECT_EQ(outcome.judgements[i].confidence, 0.75);
        EXPECT_EQ(outcome.judgements[i].reason, "as asked");
    }
}

TEST(EngineFrames, CarryAnArticleWithEachHeadingOnce) {
    EngineArticle article{"a1", "On coffee", "en", {}};
    article.sentences = {{"One.", "First", DOSSIER_ROLE_STATEMENT},
                         {"Two.", "First", DOSSIER_ROLE_STATEMENT},
                         {"Three.", "", DOSSIER_ROLE_QUESTION},
                         {"Four.", "Second", DOSSIER_ROLE_LIST_ITEM}};
    auto const bytes = encode_article(article);
    EXPECT_EQ(bytes.size(), encoded_size(article));
    auto const decoded = decode_article(bytes);
    ASSERT_TRUE(decoded);
    ASSERT_EQ(decoded->sentences.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(decoded->sentences[i].text, article.sentences[i].text);
        EXPECT_EQ(decoded->sentences[i].heading, article.sentences[i].heading);
        EXPECT_EQ(decoded->sentences[i].role, article.sentences[i].role);
    }
    for (std::size_t n = 0; n < bytes.size(); ++n)
        EXPECT_FALSE(decode_article(std::string_view(bytes).substr(0, n)));
}

TEST(Engine, IsNotAskedWhereThereIsNoArticle) {
    auto const outcome = ask("engine-misbehaves", {}, {});
    EXPECT_TRUE(outcome.ok()) << outcome.sentence;
    EXPECT_TRUE(outcome.judgements.empty());
}

struct Misbehaviour {
    std::string how;
    WorkerFailure failure;
    std::string sentence;
};

void PrintTo(Misbehaviour const& one, std::ostream* out) {
    *out << one.how;
}

class MisbehavingEngine : public testing::TestWithParam<Misbehaviour> {};

TEST_P(MisbehavingEngine, CostsItsOwnPartAndSaysWhy) {
    auto const& [how, failure, sentence] = GetParam();
    JobOption option;
    option.key = "how", option.value = how;
    auto const before = n_descriptors();
    auto const outcome = ask("engine-misbehaves", {option}, two_articles());
    EXPECT_EQ(outcome.sentence, "engine `engine-misbehaves` " + sentence);
    EXPECT_EQ(outcome.failure, failure);
    EXPECT_TRUE(outcome.judgements.empty());
    EXPECT_EQ(n_children(), 0);
    EXPECT_EQ(n_descriptors(), before);
}

Misbehaviour const misbehaviours[] = {
    {"heading", WorkerFailure::component, "failed: it judged sentence 0, which is never evidence"},
    {"beyond", WorkerFailure::component, "failed: it judged sentence 3 of 3"},
    {"twice", WorkerFailure::component, "failed: it judged sentence 1 twice"},
    {"direction", WorkerFailure::component, "failed: it judged sentence 1 with a direction other than 1, 0 and -1"},
    {"strength", WorkerFailure::component, "failed: it judged sentence 1 with a strength outside of 0 to 1"},
    {"confidence", WorkerFailure::component, "failed: it judged sentence 1 with a confidence outside of 0 to 1"},
    {"reason", WorkerFailure::component, "failed: it judged sentence 1 without a reason"},
    {"long-reason", WorkerFailure::component,
     "failed: it judged sentence 1 with a reason that is not UTF-8 of at most 1000 bytes"},
    {"throws", WorkerFailure::component, "failed: no model file"},
    {"crashes", WorkerFailure::crashed, "crashed (SIGSEGV)"},
    {"sleeps", WorkerFailure::timed_out, "was stopped: it ran longer than 2 s"},
};

INSTANTIATE_TEST_SUITE_P(All, MisbehavingEngine, testing::ValuesIn(misbehaviours));

}  // namespace
