#include "dossier/store/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dossier/diagnostics/failure.hpp"
#include "made_run.hpp"

namespace {

using dossier::Change;
using dossier::ChangeKind;
using dossier::changes_between;
using dossier::Direction;
using dossier::Failure;
using dossier::Stance;
using dossier::test::MadeRun;
using dossier::test::TemporaryFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAreArray;

std::string bytes_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> query(std::string const& path, std::string const& sql) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    std::vector<std::string> rows;
    auto const take = [](void* into, int n, char** values, char**) {
        std::string row;
        for (int i = 0; i < n; ++i)
            row += (i == 0 ? "" : "|") + std::string(values[i] == nullptr ? "-" : values[i]);
        static_cast<std::vector<std::string>*>(into)->push_back(row);
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), take, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
    return rows;
}

/// "stance_flipped causes b: supports -> refutes, for article_text"
std::string in_words(Change const& change) {
    std::string words(name_of(change.kind));
    for (auto const& part : {change.claim_id, change.article_id, change.factor_id, change.aspect})
        if (!part.empty()) words += " " + part;
    if (change.condition_id && !change.condition_id->empty()) words += " under " + *change.condition_id;
    return words + ": " + change.before.value_or("-") + " -> " + change.after.value_or("-") + ", for " +
           change.causes.words();
}

/// Two runs, as a test makes them differ.
struct TwoRuns : testing::Test {
    MadeRun before, after;
    TemporaryFolder folder;
    std::string const path_before = folder.file("before.sqlite"), path_after = folder.file("after.sqlite");

    std::vector<Change> changes() {
        before.write(path_before), after.write(path_after);
        expect_the_same_by_digests();
        return changes_between(path_before, path_after);
    }
    /// Whatever a test changed: who looks at the digests of articles first finds what who looks at all columns finds.
    void expect_the_same_by_digests() const {
        std::vector<std::string> written;
        for (auto const earlier : {dossier::Earlier::may_be_edited, dossier::Earlier::is_as_written}) {
            auto const copy = folder.file("compared.sqlite");
            std::filesystem::copy_file(path_after, copy, std::filesystem::copy_options::overwrite_existing);
            dossier::add_changes(copy, path_before, earlier);
            written.push_back(bytes_of(copy));
        }
        EXPECT_TRUE(written[0] == written[1]) << "digests hide or invent a change";
    }
    /// All of these kinds; of any kind where none is given.
    std::vector<std::string> words(std::set<ChangeKind> const& kinds = {}) {
        std::vector<std::string> all;
        for (auto const& change : changes())
            if (kinds.empty() || kinds.contains(change.kind)) all.push_back(in_words(change));
        return all;
    }
    std::vector<std::string> stances() {
        return words({ChangeKind::stance_new, ChangeKind::stance_lost, ChangeKind::stance_flipped});
    }
    /// b supports where it refuted.
    void flip(MadeRun& run) {
        run.evidence[1].items.clear();
        run.support(1, "causes", "Coffee drunk before noon does disturb sleep.");
    }
};

TEST_F(TwoRuns, HaveNoChangesWhereNothingChanged) {
    EXPECT_THAT(words(), IsEmpty());
    EXPECT_EQ(dossier::add_changes(path_after, path_before), 0u);
    EXPECT_THAT(query(path_after, "SELECT previous_as_of, previous_inputs_sha256, n_changes FROM run"),
                ElementsAre("2026-11-22|" + std::string(64, 'a') + "|0"));
}

TEST_F(TwoRuns, HaveNoChangesWhereThereIsNoRunBefore) {
    after.write(path_after);
    auto const bytes = bytes_of(path_after);
    EXPECT_EQ(dossier::add_changes(path_after, std::nullopt), 0u);
    EXPECT_EQ(bytes_of(path_after), bytes);
    EXPECT_THAT(changes_between(std::nullopt, path_after), IsEmpty());
    EXPECT_THAT(query(path_after, "SELECT previous_as_of, n_changes FROM run"), ElementsAre("-|0"));
}

TEST_F(TwoRuns, AreNotChangedByTheDayTheySpeakFor) {
    after.info.as_of = "2026-12-01";
    EXPECT_THAT(words(), IsEmpty());
}

// --- articles ---------------------------------------------------------------------------------------------------------

TEST_F(TwoRuns, TellANewArticleAndWhatItBrings) {
    after.add_article("new", "Coffee in space", "Coffee disturbs sleep in orbit.");
    after.support(6, "causes", "Coffee disturbs sleep in orbit.");
    after.mention(6, "genes", dossier::FactorDirection::raises, "Slow metabolism raises it.");
    EXPECT_THAT(words(),
                ElementsAre("article_new new: - -> Coffee in space, for input",
                            "stance_new causes new: - -> supports, for article_new",
                            "factor_new genes: - -> raises, for article_new",
                            "verdict_changed causes direction: evenly divided -> no clear direction, for article_new",
                            "verdict_changed causes agreement: low -> medium, for article_new",
                            "verdict_changed causes coverage under before-noon: partial -> thin, for article_new",
                            "verdict_changed causes coverage under late: partial -> thin, for article_new",
                            "verdict_changed tolerance coverage: partial -> thin, for article_new"));
}

TEST_F(TwoRuns, TellAnArticleThatIsGoneAndWhatGoesWithIt) {
    after.remove(3);
    EXPECT_THAT(words(), Contains("article_gone d: The | pipe -> -, for input"));
    EXPECT_THAT(stances(), ElementsAre("stance_lost causes d: mixed -> -, for article_gone"));
    EXPECT_THAT(words({ChangeKind::factor_lost}), ElementsAre("factor_lost dose: raises -> -, for article_gone"));
}

TEST_F(TwoRuns, TellAnotherTextAndTheStanceThatFlippedForIt) {
    after.rewrite(1);
    after.support(1, "causes", "Coffee drunk before noon does disturb sleep.");
    EXPECT_THAT(words({ChangeKind::article_changed}), ElementsAre("article_changed b text: " + std::string(64, '0') +
                                                                  " -> " + std::string(64, '1') + ", for input"));
    auto const all = changes();
    auto const flip = std::find_if(all.begin(), all.end(),
                                   [](Change const& change) { return change.kind == ChangeKind::stance_flipped; });
    ASSERT_NE(flip, all.end());
    EXPECT_EQ(in_words(*flip), "stance_flipped causes b: refutes -> supports, for article_text");
    EXPECT_EQ(flip->cause, "the article's text changed");
    EXPECT_EQ(flip->quote_before, "Coffee drunk before noon does not disturb sleep.");
    EXPECT_EQ(flip->quote_after, "Coffee drunk before noon does disturb sleep.");
}

TEST_F(TwoRuns, TellWhatAnArticleThatTakesNoSideSaysInstead) {
    after.rewrite(1);
    EXPECT_THAT(stances(), ElementsAre("stance_lost causes b: refutes -> silent, for article_text"));
    std::swap(before, after);
    EXPECT_THAT(stances(), ElementsAre("stance_new causes b: silent -> refutes, for article_text"));
}

TEST_F(TwoRuns, TellWhatCannotBeReadAnyMore) {
    after.rewrite(0);
    after.articles[0].status = dossier::ArticleStatus::not_assessable;
    after.articles[0].status_reason = "is encrypted";
    auto const id = after.articles[0].id;
    EXPECT_THAT(words({ChangeKind::article_unreadable}),
                ElementsAre("article_unreadable " + id + ": - -> is encrypted, for article_text"));
    EXPECT_THAT(stances(), Contains("stance_lost causes " + id +
                                    ": supports -> not_assessable, for article_text,article_readability"));
    std::swap(before, after);
    EXPECT_THAT(words({ChangeKind::article_readable}),
                ElementsAre("article_readable " + id + ": is encrypted -> -, for article_text"));
}

TEST_F(TwoRuns, TellARetractionAndWhoSaysSo) {
    after.articles[1].retracted = true;
    EXPECT_THAT(words(), ElementsAre("article_retracted b: not retracted -> retracted, for declared"));
    after.rewrite(1);
    EXPECT_THAT(words(), Contains("article_retracted b: not retracted -> retracted, for article_text"));
    std::swap(before, after);
    EXPECT_THAT(words(), Contains("article_reinstated b: retracted -> not retracted, for article_text"));
}

TEST_F(TwoRuns, TellWhatIsDeclaredOtherwiseOfAnArticle) {
    after.articles[0].risk_of_bias.value = "high";
    auto const id = after.articles[0].id;
    EXPECT_THAT(words({ChangeKind::article_changed}),
                ElementsAre("article_changed " + id + " risk_of_bias: - -> high, for declared"));
}

TEST_F(TwoRuns, TellAValueThatWasReadOutOfAnotherText) {
    after.rewrite(0);
    after.articles[0].title.value = "Coffee and dreams";
    EXPECT_THAT(words({ChangeKind::article_changed}),
                Contains("article_changed " + after.articles[0].id +
                         " title: Coffee and sleep -> Coffee and dreams, for article_text"));
}

// --- causes of a stance -----------------------------------------------------------------------------------------------

TEST_F(TwoRuns, NameTheDefinitionOfTheClaimAndNoOther) {
    after.registry.claims[0].supports.push_back({"disturbs sleep", {}});
    after.info.registry_sha256 = std::string(64, '9');
    flip(after);
    after.support(1, "tolerance", "Drinkers get used to it.");
    EXPECT_THAT(words({ChangeKind::registry_changed}),
                ElementsAre("registry_changed definitions: " + std::string(64, 'b') + " -> " + std::string(64, '9') +
                            ", for input"));
    EXPECT_THAT(words({ChangeKind::claim_changed}),
                ElementsAre(StartsWith("claim_changed causes definition: "),
                            "claim_changed causes decided_by: engine:statement-model -> engine, for claim_definition"));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for claim_definition",
                                       "stance_new tolerance b: silent -> supports, for registry"));
}

TEST_F(TwoRuns, AreNotReadOtherwiseBecauseOfAComment) {
    after.info.registry_sha256 = std::string(64, '9');
    flip(after);
    EXPECT_THAT(words({ChangeKind::registry_changed}), ElementsAre(StartsWith("registry_changed files: ")));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for "));
}

TEST_F(TwoRuns, TellClaimsThatAreNewAndGone) {
    after.registry.claims[1].id = "habit";
    for (auto& item : after.evidence[0].items)
        if (item.claim_id == "tolerance") item.claim_id = "habit";
    auto const id = after.articles[0].id;
    EXPECT_THAT(words({ChangeKind::claim_new, ChangeKind::claim_gone}),
                ElementsAre("claim_new habit: - -> Regular drinkers become tolerant., for input",
                            "claim_gone tolerance: Regular drinkers become tolerant. -> -, for input"));
    EXPECT_THAT(stances(), ElementsAre("stance_new habit " + id + ": - -> supports, for claim_new",
                                       "stance_lost tolerance " + id + ": supports -> -, for claim_gone"));
    EXPECT_THAT(words({ChangeKind::verdict_changed}), IsEmpty()) << "a claim that was not there had no verdict";
}

TEST_F(TwoRuns, TellAnotherStatement) {
    after.registry.claims[2].statement = "Tea does not.";
    EXPECT_THAT(words(), ElementsAre("claim_changed tea statement: Tea does the same. -> Tea does not., for input"));
}

TEST_F(TwoRuns, NameTheRulesOfTheTool) {
    flip(after);
    after.info.lexicon_sha256 = std::string(64, '9');
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for lexicon"));
    EXPECT_THAT(words({ChangeKind::lexicon_changed}), Contains(StartsWith("lexicon_changed: cccc")));
    after.info.tool_version = "1.1.0";
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for lexicon,tool_version"));
    EXPECT_THAT(words({ChangeKind::tool_changed}), ElementsAre("tool_changed: 1.0.0 -> 1.1.0, for input"));
}

TEST_F(TwoRuns, NameTheStatementModelForClaimsThatItDecidesOnly) {
    after.info.statement_model_sha256 = std::string(64, '9');
    flip(after);
    before.registry.claims[0].supports = after.registry.claims[0].supports = {{"disturbs sleep", {}}};
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for "));
    before.registry.claims[0].supports.clear(), after.registry.claims[0].supports.clear();
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for statement_model"));
}

TEST_F(TwoRuns, NameTheEngineOfAPluginForItsOwnClaimsOnly) {
    before.components = {{"engine", "words", "1.0.0", std::string(64, '3'), {}}};
    after.components = {{"engine", "words", "1.0.1", std::string(64, '4'), {}}};
    before.deciders = after.deciders = {{"causes", "engine:words"}};
    after.info.lexicon_sha256 = std::string(64, '9');
    flip(after);
    after.support(1, "tolerance", "Drinkers get used to it.");
    EXPECT_THAT(words({ChangeKind::engine_changed}),
                ElementsAre("engine_changed engine:words: 1.0.0, 333333333333 -> 1.0.1, 444444444444, for plugin"));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for plugin",
                                       StartsWith("stance_new tolerance b: silent -> supports, for lexicon")));
}

TEST_F(TwoRuns, NameOptionsAndFailuresOfAnEngine) {
    before.components = {{"engine", "words", "1.0.0", std::string(64, '3'), std::string(64, '1')}};
    after.components = {{"engine", "words", "1.0.0", std::string(64, '3'), std::string(64, '2')}};
    before.deciders = after.deciders = {{"causes", "engine:words"}};
    flip(after);
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for options"));
    after.components = before.components;
    after.diagnostics.add({dossier::Severity::error, "DOS0522", {}, "the engine failed", {}, {}});
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for engine_failed"));
}

TEST_F(TwoRuns, TellThatAnotherEngineDecidesAClaim) {
    after.deciders = {{"causes", "engine:words"}};
    after.info.job_sha256 = std::string(64, '9');
    flip(after);
    EXPECT_THAT(words({ChangeKind::claim_changed}),
                ElementsAre("claim_changed causes decided_by: engine:statement-model -> engine:words, for job"));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for decider"));
}

TEST_F(TwoRuns, NameThePersonWhoDecidedAndNotWhatTheEngineWouldSayToday) {
    after.override_stance(1, "causes", Stance::mixed, Stance::refutes);
    after.info.lexicon_sha256 = std::string(64, '9');
    EXPECT_THAT(words({ChangeKind::override_new}), ElementsAre("override_new causes b: - -> mixed (jm), for input"));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> mixed, for override_by_person"));
}

TEST_F(TwoRuns, NameThePersonAndTheEngineWhereAnOverrideIsGoneAndBothMattered) {
    before.override_stance(1, "causes", Stance::mixed, Stance::refutes);
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: mixed -> refutes, for override_by_person"));
    after.info.lexicon_sha256 = std::string(64, '9');
    flip(after);
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: mixed -> supports, for override_by_person,lexicon"));
}

TEST_F(TwoRuns, SayWhyAnOverrideNoLongerHoldsThoughNobodyTouchedIt) {
    before.override_stance(1, "causes", Stance::mixed, Stance::refutes);
    after.info.annotations_sha256 = before.info.annotations_sha256;
    after.rewrite(1);
    after.refute(1, "causes", "Coffee before noon is harmless.");
    EXPECT_THAT(words({ChangeKind::override_gone}),
                ElementsAre("override_gone causes b: mixed (jm) -> -, for article_text"));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: mixed -> refutes, for override_by_person"));
}

TEST_F(TwoRuns, TellAnOverrideThatDecidesOtherwise) {
    before.override_stance(1, "causes", Stance::mixed, Stance::refutes);
    after.override_stance(1, "causes", Stance::silent, Stance::refutes);
    after.info.annotations_sha256 = std::string(64, '9');
    EXPECT_THAT(words({ChangeKind::override_changed}),
                ElementsAre("override_changed causes b: mixed (jm) -> silent (jm), for input"));
    EXPECT_THAT(stances(), ElementsAre("stance_lost causes b: mixed -> silent, for override_by_person"));
}

TEST_F(TwoRuns, NameEveryCauseThatCannotBeToldApart) {
    after.rewrite(1);
    after.support(1, "causes", "Coffee drunk before noon does disturb sleep.");
    after.info.lexicon_sha256 = std::string(64, '9');
    after.registry.claims[0].supports.push_back({"does disturb", {}});
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for "
                                       "article_text,claim_definition,lexicon"));
}

TEST_F(TwoRuns, BlameTheJobOnlyWhereNothingElseIsKnown) {
    after.info.job_sha256 = std::string(64, '9');
    flip(after);
    EXPECT_THAT(words({ChangeKind::job_changed}), ElementsAre(StartsWith("job_changed: eeee")));
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for job"));
    after.info.lexicon_sha256 = std::string(64, '9');
    EXPECT_THAT(stances(), ElementsAre("stance_flipped causes b: refutes -> supports, for lexicon"));
}

// --- risk factors, verdicts, plugins ----------------------------------------------------------------------------------

TEST_F(TwoRuns, TellTheDirectionOfARiskFactor) {
    after.rewrite(3);
    after.evidence[3].mentions.clear();
    after.mention(3, "dose", dossier::FactorDirection::lowers, "More than four cups are better.", false, "late");
    EXPECT_THAT(words({ChangeKind::factor_changed}), ElementsAre("factor_changed dose: raises -> lowers, for "));
    after.info.lexicon_sha256 = std::string(64, '9');
    EXPECT_THAT(words({ChangeKind::factor_changed}), ElementsAre("factor_changed dose: raises -> lowers, for lexicon"));
}

TEST_F(TwoRuns, CountTheArticlesThatNameAFactorNow) {
    after.add_article("x", "X", "Slow metabolism raises it.");
    after.mention(6, "genes", dossier::FactorDirection::raises, "Slow metabolism raises it.");
    after.rewrite(1);
    after.mention(1, "genes", dossier::FactorDirection::raises, "Slow metabolism raises it.");
    auto const all = changes();
    auto const factor = std::find_if(all.begin(), all.end(),
                                     [](Change const& change) { return change.kind == ChangeKind::factor_new; });
    ASSERT_NE(factor, all.end());
    EXPECT_EQ(factor->cause, "2 articles name it now: the article is new; the article's text changed");
}

TEST_F(TwoRuns, CountWhatMovedAVerdict) {
    flip(after);
    after.evidence[2].items.clear();
    after.support(2, "causes", "Coffee drunk before noon does disturb sleep.");
    after.add_article("x", "X", "Coffee disturbs sleep, again.");
    after.support(6, "causes", "Coffee disturbs sleep, again.");
    auto const all = changes();
    auto const verdict = std::find_if(all.begin(), all.end(), [](Change const& change) {
        return change.kind == ChangeKind::verdict_changed && change.condition_id == "";
    });
    ASSERT_NE(verdict, all.end());
    EXPECT_EQ(verdict->cause, "2 stances flipped, 1 article new");
    EXPECT_THAT(words({ChangeKind::verdict_changed}), Contains("verdict_changed causes direction: evenly divided -> "
                                                               "supports prevail, for article_new,stances"));
}

TEST_F(TwoRuns, TellAVerdictWithoutEvidenceThatSilenceMoved) {
    after.add_quote(1, "tea", Direction::neutral, "Tea was discussed.", {});
    EXPECT_THAT(words({ChangeKind::verdict_changed}),
                ElementsAre("verdict_changed tea direction: no evidence found in 4 articles -> discussed without a "
                            "stance, for silent_sources"));
    after.evidence[1].items.pop_back();
    after.add_article("new", "Tea", "Tea was discussed.");
    after.add_quote(6, "tea", Direction::neutral, "Tea was discussed.", {});
    EXPECT_THAT(words({ChangeKind::verdict_changed}),
                Contains("verdict_changed tea direction: no evidence found in 4 articles -> discussed without a "
                         "stance, for article_new"));
}

TEST_F(TwoRuns, TellAVerdictWithoutEvidenceThatUnreadableArticlesMoved) {
    for (auto& article : after.articles)
        article.status = dossier::ArticleStatus::not_assessable;
    auto const verdicts = words({ChangeKind::verdict_changed});
    EXPECT_THAT(verdicts, Contains("verdict_changed tea direction: no evidence found in 4 articles -> not assessable, "
                                   "for article_readability"));
    EXPECT_THAT(verdicts, Contains("verdict_changed tea agreement: no evidence -> not assessable, for "
                                   "article_readability"));
}

TEST_F(TwoRuns, TellAVerdictThatAPersonsJudgementMoved) {
    dossier::CertaintyJudgement judgement;
    judgement.claim_id = "causes", judgement.level = "high", judgement.who = "jm", judgement.why = "I know.";
    after.registry.certainty = {judgement};
    EXPECT_THAT(words(), ElementsAre("judgement_changed causes certainty: - -> high (jm), for input",
                                     "verdict_changed causes certainty: very low certainty -> high certainty, for "
                                     "judgement"));
}

TEST_F(TwoRuns, TellAVerdictThatMovedBecauseTwoArticlesAreOneSourceNow) {
    after.articles[3].sketch = after.articles[0].sketch;  // the same text
    EXPECT_THAT(words({ChangeKind::verdict_changed}),
                Contains(testing::AllOf(StartsWith("verdict_changed causes "), testing::HasSubstr("sources"))));
    EXPECT_THAT(stances(), IsEmpty());
}

TEST_F(TwoRuns, TellPluginsThatWriteFromEnginesThatDecide) {
    before.components = {{"report", "summary", "1.0.0", std::string(64, '3'), {}},
                         {"report", "quotes", "1.0.0", std::string(64, '3'), {}}};
    after.components = {{"report", "summary", "1.0.0", std::string(64, '4'), {}}};
    EXPECT_THAT(words(),
                ElementsAre("plugin_changed report:quotes: 1.0.0, 333333333333 -> -, for input",
                            "plugin_changed report:summary: 1.0.0, 333333333333 -> 1.0.0, 444444444444, for plugin"));
}

// --- files ------------------------------------------------------------------------------------------------------------

TEST_F(TwoRuns, StandInTheViewAsTheyWereFound) {
    after.rewrite(1);
    after.support(1, "causes", "Coffee drunk before noon does disturb sleep.");
    after.registry.claims[0].supports.push_back({"does disturb", {}});
    after.info.inputs_sha256 = std::string(64, '8');
    auto const found = changes();
    ASSERT_THAT(found, Not(IsEmpty()));
    EXPECT_EQ(dossier::add_changes(path_after, path_before), found.size());
    std::vector<std::string> expected;
    for (auto const& change : found) {
        auto const or_null = [](std::string const& text) { return text.empty() ? std::string("-") : text; };
        expected.push_back(std::string(name_of(change.kind)) + "|" + or_null(change.claim_id) + "|" +
                           or_null(change.article_id) + "|" + change.condition_id.value_or("-") + "|" +
                           or_null(change.aspect) + "|" + change.before.value_or("-") + "|" +
                           change.after.value_or("-") + "|" + or_null(change.causes.words()) + "|" +
                           or_null(change.cause) + "|" + or_null(change.quote_before));
    }
    EXPECT_EQ(query(path_after,
                    "SELECT kind, claim_id, article_id, condition_id, aspect, before, after, causes, cause,"
                    " quote_before FROM changes"),
              expected);
    EXPECT_THAT(query(path_after, "SELECT previous_inputs_sha256, n_changes FROM run"),
                ElementsAre(std::string(64, 'a') + "|" + std::to_string(found.size())));
    EXPECT_THAT(query(path_after, "PRAGMA integrity_check"), ElementsAre("ok"));
    EXPECT_FALSE(std::filesystem::exists(path_after + "-journal"));
}

TEST_F(TwoRuns, AreComparedAnewWhereTheyWereComparedBefore) {
    flip(after);
    auto const n = changes().size();
    EXPECT_EQ(dossier::add_changes(path_after, path_before), n);
    EXPECT_EQ(dossier::add_changes(path_after, path_before), n);
    EXPECT_THAT(query(path_after, "SELECT n_changes FROM run"), ElementsAre(std::to_string(n)));
}

TEST_F(TwoRuns, AreComparedByDigestsOnlyWhereTheEarlierIsAsItWasWritten) {
    before.write(path_before), after.write(path_after);
    ASSERT_THAT(query(path_after, "SELECT DISTINCT length(digest) FROM t_article"), ElementsAre("32"));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_before.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, "UPDATE t_article SET title = 'Another'", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    auto const n = query(path_after, "SELECT article_id FROM articles").size();
    EXPECT_EQ(dossier::add_changes(path_after, path_before, dossier::Earlier::is_as_written), 0u);
    EXPECT_EQ(dossier::add_changes(path_after, path_before), n);
}

TEST_F(TwoRuns, OfManyArticlesAreComparedRowByRowWhereMostDiffer) {
    for (auto* run : {&before, &after}) {
        auto const article = run->articles[0];
        for (int i = 0; i < 200; ++i) {
            auto& more = run->articles.emplace_back(article);
            more.id = "more" + std::to_string(1000 + i), more.path = more.id + ".txt";
            more.title.value = run == &before ? "Then" : "Now";
            run->evidence.emplace_back().article_id = more.id;
        }
    }
    EXPECT_THAT(words({ChangeKind::article_changed}), testing::SizeIs(200));
}

TEST_F(TwoRuns, GiveTheSameBytesWhereverTheyLie) {
    flip(after);
    (void)changes();
    auto const elsewhere = folder.file("elsewhere.sqlite"), again = folder.file("again.sqlite");
    before.write(elsewhere), after.write(again);
    EXPECT_EQ(dossier::add_changes(path_after, path_before), dossier::add_changes(again, elsewhere));
    EXPECT_EQ(bytes_of(path_after), bytes_of(again));
}

/// Whose fault it is, and whether the finished file is as it was.
void expect_refused(std::string const& before, std::string const& after) {
    auto const bytes = bytes_of(after);
    try {
        (void)dossier::add_changes(after, before);
        FAIL() << "a damaged file was compared";
    } catch (Failure const& failure) {
        EXPECT_EQ(failure.kind(), dossier::FailureKind::store);
        EXPECT_EQ(failure.path(), before);
    }
    EXPECT_EQ(bytes_of(after), bytes);
}

TEST_F(TwoRuns, RefuseAFileThatIsNoAnalysisOrNotThere) {
    after.write(path_after);
    expect_refused(path_before, path_after);
    std::ofstream(path_before) << "not a database";
    expect_refused(path_before, path_after);
    std::filesystem::remove(path_before);
    sqlite3* other = nullptr;
    sqlite3_open(path_before.c_str(), &other);
    sqlite3_exec(other, "CREATE TABLE run (as_of)", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    expect_refused(path_before, path_after);
}

TEST_F(TwoRuns, RefuseAFileThatIsCutOffOrOverwritten) {
    flip(after);
    (void)changes();
    auto const whole = bytes_of(path_before);
    std::ofstream(path_before, std::ios::binary) << whole.substr(0, whole.size() / 2);
    expect_refused(path_before, path_after);
    auto damaged = whole;
    std::fill(damaged.begin() + 3 * 4096, damaged.begin() + 40 * 4096, '\xFF');
    std::ofstream(path_before, std::ios::binary) << damaged;
    expect_refused(path_before, path_after);
}

TEST_F(TwoRuns, LeaveTheFinishedFileAsItWasWhenTheOtherIsFoundDamagedHalfWay) {
    for (std::size_t i = 0; i < 400; ++i) {
        auto const id = "z" + std::to_string(1000 + i);
        before.add_article(id, "Z", "Z says so.");
        before.support(6 + i, "causes", "Z says so, number " + std::to_string(i) + ".");
    }
    (void)changes();
    auto damaged = bytes_of(path_before);
    std::size_t n_refused = 0;
    for (std::size_t page = 20; page * 4096 < damaged.size(); page += 5) {
        auto one = damaged;
        std::fill_n(one.begin() + static_cast<std::ptrdiff_t>(page * 4096), 4096, '\x7F');
        std::ofstream(path_before, std::ios::binary) << one;
        auto const bytes = bytes_of(path_after);
        try {
            (void)changes_between(path_before, path_after);  // the page is not looked at
        } catch (Failure const&) {
            ++n_refused;
            expect_refused(path_before, path_after);
        }
        EXPECT_EQ(bytes_of(path_after), bytes);
    }
    EXPECT_GT(n_refused, 3u) << "no damage was met";
}

TEST_F(TwoRuns, AreComparedOverWhatBothHaveWhereOneIsOlder) {
    flip(after);
    after.info.registry_sha256 = std::string(64, '9');
    before.write(path_before), after.write(path_after);
    sqlite3* database = nullptr;
    sqlite3_open(path_before.c_str(), &database);
    for (auto const* sql :
         {"PRAGMA user_version = 1", "UPDATE t_run SET schema_version = 1", "DROP VIEW claims",
          "CREATE VIEW claims AS SELECT position, claim_id, statement, parent_id, contrary_of, outcome, degree, weight"
          " FROM t_claim"})
        EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
    std::vector<std::string> found;
    for (auto const& change : changes_between(path_before, path_after))
        found.push_back(in_words(change));
    EXPECT_THAT(found, Contains("schema_changed: 1 -> 2, for tool_version"));
    EXPECT_THAT(found, Contains(StartsWith("stance_flipped causes b: refutes -> supports, for ")));
    EXPECT_THAT(found, Not(Contains(StartsWith("claim_changed"))));
}

TEST_F(TwoRuns, DoNotDependOnTheOrderInWhichArticlesWereRead) {
    std::reverse(after.articles.begin(), after.articles.end());
    std::reverse(after.evidence.begin(), after.evidence.end());
    EXPECT_THAT(stances(), IsEmpty());
    EXPECT_THAT(words({ChangeKind::article_new, ChangeKind::article_gone, ChangeKind::article_changed}), IsEmpty());
}

// --- whatever the runs are --------------------------------------------------------------------------------------------

/// A run that differs from the sample in ways that a number decides.
MadeRun varied(std::uint32_t seed) {
    MadeRun run;
    auto const next = [&seed](std::uint32_t n) {
        seed = seed * 1664525u + 1013904223u;
        return (seed >> 16) % n;
    };
    for (std::size_t i = 0; i < 4; ++i) {
        run.add_article("v" + std::to_string(i), "V", "V says so.");
        if (next(2) == 0) continue;
        auto const direction = next(2) == 0 ? Direction::supports : Direction::refutes;
        run.add_quote(run.articles.size() - 1, next(2) == 0 ? "causes" : "tea", direction, "V says so.", "");
        run.articles.back().sha256 = std::string(64, static_cast<char>('0' + next(3)));
        run.articles.back().retracted = next(4) == 0;
        if (next(4) == 0) run.mention(run.articles.size() - 1, "genes", dossier::FactorDirection::raises, "Genes do.");
        if (next(5) == 0) run.override_stance(run.articles.size() - 1, "tea", Stance::neutral, Stance::supports);
    }
    if (next(2) == 0) run.remove(next(static_cast<std::uint32_t>(run.articles.size())));
    if (next(3) == 0) run.registry.claims[2].statement = "Tea does not.";
    if (next(3) == 0) run.info.lexicon_sha256 = std::string(64, '7');
    return run;
}

/// What a change is when the runs are looked at the other way round.
Change mirrored(Change change) {
    static std::vector<std::pair<ChangeKind, ChangeKind>> const opposites{
        {ChangeKind::claim_new, ChangeKind::claim_gone},
        {ChangeKind::override_new, ChangeKind::override_gone},
        {ChangeKind::article_new, ChangeKind::article_gone},
        {ChangeKind::article_retracted, ChangeKind::article_reinstated},
        {ChangeKind::article_unreadable, ChangeKind::article_readable},
        {ChangeKind::stance_new, ChangeKind::stance_lost},
        {ChangeKind::factor_new, ChangeKind::factor_lost}};
    for (auto const& [one, other] : opposites)
        if (change.kind == one || change.kind == other) {
            change.kind = change.kind == one ? other : one;
            break;
        }
    std::swap(change.before, change.after);
    return change;
}

std::string without_causes(Change const& change) {
    auto const words = in_words(change);
    return words.substr(0, words.rfind(", for "));
}

TEST(Comparison, IsTheSameBothWaysAndAgreesWithWhatTheFilesSay) {
    TemporaryFolder folder;
    auto const a = folder.file("a.sqlite"), b = folder.file("b.sqlite");
    std::size_t n_changes = 0;
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        varied(2 * seed).write(a), varied(2 * seed + (seed % 8 == 0 ? 0 : 1)).write(b);
        std::vector<std::string> forth, back, verdicts, stances;
        for (auto const& change : changes_between(a, b)) {
            ++n_changes;
            forth.push_back(without_causes(change));
            auto const of = change.claim_id + "|" + change.condition_id.value_or("-");
            if (change.kind == ChangeKind::verdict_changed)
                verdicts.push_back(of + "|" + change.aspect + "|" + *change.before + "|" + *change.after);
            if (change.kind >= ChangeKind::stance_new && change.kind <= ChangeKind::stance_flipped)
                stances.push_back(change.claim_id + "|" + change.article_id);
        }
        for (auto const& change : changes_between(b, a))
            back.push_back(without_causes(mirrored(change)));
        EXPECT_THAT(back, UnorderedElementsAreArray(forth)) << seed;
        EXPECT_EQ(forth.empty(), bytes_of(a) == bytes_of(b)) << seed;

        std::string const both = "ATTACH '" + a + "' AS x; ATTACH '" + b + "' AS y; ";
        std::string words_sql;
        for (std::string const aspect : {"direction", "agreement", "certainty", "coverage"})
            words_sql +=
                (words_sql.empty() ? "" : " UNION ALL ") +
                ("SELECT p.claim_id, p.condition_id, '" + aspect + "', p." + aspect + "_word, q." + aspect +
                 "_word FROM x.consensus p JOIN y.consensus q USING (claim_id, condition_id) WHERE p." + aspect +
                 "_word <> q." + aspect + "_word AND NOT (p." + aspect + "_word LIKE 'no evidence found in %' AND q." +
                 aspect + "_word LIKE 'no evidence found in %')");
        EXPECT_THAT(verdicts, UnorderedElementsAreArray(query(":memory:", both + words_sql))) << seed;
        std::string const side =
            "(SELECT claim_id, article_id, stance FROM %.stances WHERE condition_id = '' AND"
            " stance IN ('supports', 'refutes', 'mixed'))";
        auto const of = [&](char file) {
            auto sql = side;
            sql[sql.find('%')] = file;
            return sql;
        };
        auto const apart = query(":memory:", both + "SELECT DISTINCT claim_id, article_id FROM (SELECT * FROM " +
                                                 of('x') + " EXCEPT SELECT * FROM " + of('y') +
                                                 ") UNION SELECT claim_id, article_id FROM (SELECT * FROM " + of('y') +
                                                 " EXCEPT SELECT * FROM " + of('x') + ")");
        EXPECT_THAT(stances, UnorderedElementsAreArray(apart)) << seed;
    }
    EXPECT_GT(n_changes, 200u) << "the runs hardly differed";
}

/// Writes `n` articles with five stances each; of the second run every hundredth has another text and another stance.
void write_many(std::string const& path, int n, bool is_second) {
    MadeRun run;
    run.articles.clear(), run.evidence.clear();
    run.registry.claims.clear();
    for (int i = 0; i < 20; ++i)
        run.add_claim("c" + std::to_string(i), "Claim number " + std::to_string(i) + " holds.", {});
    for (int i = 0; i < n; ++i) {
        auto const number = std::to_string(1'000'000 + i);
        auto const at = run.articles.size();
        run.add_article("a" + number, "Title " + number, "Sentence of " + number + ".");
        bool const is_changed = is_second && i % 100 == 0;
        if (is_changed) run.articles.back().sha256 = std::string(64, '1');
        for (int k = 0; k < 5; ++k)
            run.add_quote(at, "c" + std::to_string((i * 7 + k * 3) % 20),
                          is_changed && k == 0 ? Direction::refutes : Direction::supports,
                          "Quote " + std::to_string(k) + " of " + number + " says so.", "");
    }
    run.write(path);
}

/// Seconds of this process, however busy the machine is, to compare two runs of `n` articles.
double seconds_to_compare(int n) {
    TemporaryFolder folder;
    write_many(folder.file("before"), n, false), write_many(folder.file("after"), n, true);
    auto const begin = std::clock();
    std::int64_t n_flipped = 0;
    dossier::for_each_change(folder.file("before"), folder.file("after"), [&](Change const& change) {
        n_flipped += change.kind == ChangeKind::stance_flipped ? 1 : 0;
    });
    EXPECT_EQ(n_flipped, (n + 99) / 100);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(Comparison, TakesTimeInProportionToWhatIsCompared) {
    bool const is_long = std::getenv("DOSSIER_LONG") != nullptr;
    int const few = is_long ? 25'000 : 500;
    (void)seconds_to_compare(few);  // the first use of everything
    auto const for_few = seconds_to_compare(few), for_many = seconds_to_compare(4 * few);
    std::cout << 4 * few << " articles, " << 20 * few << " stances: " << for_many << " s\n";
    EXPECT_LT(for_many, 10 * for_few);
    if (is_long) {
        EXPECT_LT(for_many, 30.0);
    }
}

TEST(Change, HasANameForEveryKindAndCause) {
    for (auto const list : {dossier::change_kinds(), dossier::change_causes()}) {
        std::set<std::string_view> names;
        for (auto const name : list) {
            EXPECT_FALSE(name.empty());
            EXPECT_TRUE(names.insert(name).second) << name;
        }
    }
}

}  // namespace
