#include "dossier/claims/registry_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/model/digest.hpp"
#include "support/temporary_folder.hpp"

namespace {

using dossier::ClaimRegistry;
using dossier::Degree;
using dossier::Diagnostic;
using dossier::Diagnostics;
using dossier::FactorDirection;
using dossier::load_registry;
using dossier::Phrase;
using dossier_test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts(std::vector<Phrase> const& phrases) {
    std::vector<std::string> result;
    for (auto const& phrase : phrases)
        result.push_back(phrase.text);
    return result;
}

class RegistryFile : public testing::Test {
protected:
    std::optional<ClaimRegistry> load(std::string_view text) {
        folder_.write("claims.toml", text);
        return load_registry(folder_ / "claims.toml", "claims.toml", diagnostics_);
    }

    /// "line:column code" of every message.
    std::vector<std::string> places() const {
        std::vector<std::string> result;
        for (auto const& d : diagnostics_.items())
            result.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " + d.code);
        return result;
    }

    /// The only message.
    Diagnostic only() const {
        EXPECT_EQ(diagnostics_.items().size(), 1u) << render(diagnostics_.items(), dossier::MessageFormat::human);
        return diagnostics_.items().empty() ? Diagnostic{} : diagnostics_.items().front();
    }

    TemporaryFolder folder_;
    Diagnostics diagnostics_;
};

constexpr char const* least = "[[claim]]\nid = \"a\"\nstatement = \"Coffee harms sleep.\"\n";

// --- what a registry means --------------------------------------------------------------------------------------

TEST_F(RegistryFile, NeedsNoMoreThanAnIdAndAStatement) {
    auto const registry = load(least);
    ASSERT_TRUE(registry);
    EXPECT_TRUE(diagnostics_.empty());
    EXPECT_EQ(registry->language, "en");
    ASSERT_EQ(registry->claims.size(), 1u);
    auto const& claim = registry->claims[0];
    EXPECT_EQ(claim.id, "a");
    EXPECT_EQ(claim.statement, "Coffee harms sleep.");
    EXPECT_EQ(claim.degree, Degree::none);
    EXPECT_EQ(claim.weight, 1.0);
    EXPECT_EQ(claim.place, (dossier::Place{"claims.toml", 2, 6, 3}));
    EXPECT_EQ(registry->sha256, dossier::sha256_hex(least));
}

TEST_F(RegistryFile, ReadsWhatPeopleJudgeOfCertainty) {
    auto const registry = load(std::string(least) + R"(conditions = ["late"]
[[claim.certainty]]
domain = "risk of bias"
levels_down = 2
who = "anna-k"
why = "Nobody was blind."
when = 2026-11-20
condition = "late"
[[claim.certainty]]
level = "very low"
who = "bert"
why = "Two small studies."
[[condition]]
id = "late"
phrases = ["at night"]
)");
    ASSERT_TRUE(registry);
    ASSERT_EQ(registry->certainty.size(), 2u);
    auto const& of_domain = registry->certainty[0];
    EXPECT_EQ(of_domain.claim_id, "a");
    EXPECT_EQ(of_domain.condition_id, "late");
    EXPECT_EQ(of_domain.domain, "risk of bias");
    EXPECT_EQ(of_domain.levels_down, 2);
    EXPECT_EQ(of_domain.level, "");
    EXPECT_EQ(of_domain.who, "anna-k");
    EXPECT_EQ(of_domain.when, "2026-11-20");
    EXPECT_EQ(of_domain.why, "Nobody was blind.");
    EXPECT_EQ(of_domain.place.line, 5u);
    EXPECT_EQ(registry->certainty[1].domain, "");
    EXPECT_EQ(registry->certainty[1].level, "very low");
}

TEST_F(RegistryFile, RefusesAJudgementThatIsOfNothingOrOfBoth) {
    for (auto const* choice : {"", "domain = \"imprecision\"", "levels_down = 1",
                               "domain = \"imprecision\"\nlevels_down = 1\nlevel = \"low\""}) {
        diagnostics_ = {};
        EXPECT_FALSE(load(std::string(least) + "[[claim.certainty]]\nwho = \"anna\"\nwhy = \"So.\"\n" + choice));
        EXPECT_EQ(only().code, "DOS0123") << choice;
    }
}

TEST_F(RegistryFile, RefusesAJudgementUnderAConditionThatTheClaimDoesNotName) {
    EXPECT_FALSE(load(std::string(least) + "[[claim.certainty]]\nlevel = \"low\"\nwho = \"anna\"\nwhy = \"So.\"\n"
                                           "condition = \"late\"\n"));
    EXPECT_EQ(only().code, "DOS0124");
}

TEST_F(RegistryFile, ReadsEveryKey) {
    auto const registry = load(R"(
[registry]
title = "Coffee"
language = "en"
about = ["coffee", "espresso*"]
others = ["tea"]
outcome = "poor sleep"
outcome_terms = ["insomnia"]

[[claim]]
id = "night"
statement = "Coffee at night harms sleep."
about = ["late coffee"]
outcome = "waking"
supports = ["keep* awake"]
refutes = ["sleep well"]
conditions = ["evening"]
only_under = ["evening", "much"]
parent = "harm"
contrary_of = "harm"
degree = "high"
weight = 2
[claim.examples]
supports = ["It keeps awake."]
refutes = ["They sleep well."]
silent = ["Coffee is brown.", "Is it?"]

[[claim]]
id = "harm"
statement = "Coffee harms."

[[condition]]
id = "evening"
name = "in the evening"
phrases = ["at night"]

[[condition]]
id = "much"
phrases = ["five cups"]

[[risk_factor]]
id = "slow-metabolism"
phrases = ["slow metabolism"]
usual_direction = "no_effect"

[[risk_factor]]
id = "age"
name = "old age"
outcome = "waking"
phrases = ["old*"]
)");
    ASSERT_TRUE(registry) << render(diagnostics_.items(), dossier::MessageFormat::human);
    EXPECT_EQ(registry->title, "Coffee");
    EXPECT_THAT(texts(registry->about), ElementsAre("coffee", "espresso*"));
    EXPECT_THAT(texts(registry->others), ElementsAre("tea"));
    EXPECT_THAT(texts(registry->outcome_terms), ElementsAre("insomnia"));
    auto const& night = registry->claims[0];
    EXPECT_THAT(texts(night.about), ElementsAre("late coffee"));
    EXPECT_EQ(night.outcome, "waking");
    EXPECT_THAT(texts(night.supports), ElementsAre("keep* awake"));
    EXPECT_THAT(texts(night.refutes), ElementsAre("sleep well"));
    EXPECT_THAT(night.conditions, ElementsAre("evening"));
    EXPECT_THAT(night.only_under, ElementsAre("evening", "much"));
    EXPECT_EQ(night.parent, "harm");
    EXPECT_EQ(night.contrary_of, "harm");
    EXPECT_EQ(night.degree, Degree::high);
    EXPECT_EQ(night.weight, 2.0);
    EXPECT_THAT(texts(night.examples.supports), ElementsAre("It keeps awake."));
    EXPECT_THAT(texts(night.examples.refutes), ElementsAre("They sleep well."));
    EXPECT_THAT(texts(night.examples.silent), ElementsAre("Coffee is brown.", "Is it?"));
    EXPECT_EQ(night.supports[0].place, (dossier::Place{"claims.toml", 15, 13, 13}));
    auto const& harm = registry->claims[1];
    EXPECT_THAT(texts(harm.about), ElementsAre("coffee", "espresso*")) << "inherited";
    EXPECT_EQ(harm.outcome, "poor sleep") << "inherited";
    EXPECT_EQ(registry->find_condition("evening")->name, "in the evening");
    EXPECT_EQ(registry->find_condition("much")->name, "much");
    EXPECT_EQ(registry->risk_factors[0].name, "slow metabolism");
    EXPECT_EQ(registry->risk_factors[0].usual_direction, FactorDirection::no_effect);
    EXPECT_EQ(registry->risk_factors[0].outcome, "poor sleep");
    EXPECT_EQ(registry->risk_factors[1].usual_direction, FactorDirection::unclear);
    EXPECT_EQ(registry->risk_factors[1].outcome, "waking");
}

TEST_F(RegistryFile, KeepsTheOrderOfTheFile) {
    auto const registry = load("[[claim]]\nid='z'\nstatement='Z'\n[[claim]]\nid='a'\nstatement='A'\n");
    ASSERT_TRUE(registry);
    EXPECT_EQ(registry->claims[0].id, "z");
    EXPECT_EQ(registry->claims[1].id, "a");
}

TEST_F(RegistryFile, TakesAByteOrderMarkAndWindowsLineEnds) {
    auto const registry = load("\xEF\xBB\xBF[[claim]]\r\nid = 'a'\r\nstatement = 'A'\r\nx = 1\r\n");
    EXPECT_FALSE(registry);
    EXPECT_EQ(only().place.line, 4u);
    EXPECT_EQ(only().source_line, "x = 1");
}

// --- extends ----------------------------------------------------------------------------------------------------

TEST_F(RegistryFile, ReadsBaseFilesFirstAndEachOnce) {
    folder_.write("more/base.toml",
                  "[registry]\ntitle='Base'\noutcome='harm'\nabout=['brew','coffee']\nextends=['root.toml']\n"
                  "[[claim]]\nid='base'\nstatement='B'\n");
    folder_.write("more/root.toml", "[[claim]]\nid='root'\nstatement='R'\n[[condition]]\nid='c'\nphrases=['much']\n");
    auto const registry = load(
        "[registry]\ntitle='Top'\nabout=['coffee']\nextends=['more/base.toml','more/root.toml']\n"
        "[[claim]]\nid='top'\nstatement='T'\nparent='root'\nconditions=['c']\n");
    ASSERT_TRUE(registry) << render(diagnostics_.items(), dossier::MessageFormat::human);
    ASSERT_EQ(registry->claims.size(), 3u);
    EXPECT_EQ(registry->claims[0].id, "root");
    EXPECT_EQ(registry->claims[1].id, "base");
    EXPECT_EQ(registry->claims[2].id, "top");
    EXPECT_EQ(registry->claims[1].place.file, "more/base.toml");
    EXPECT_EQ(registry->title, "Top");
    EXPECT_EQ(registry->outcome, "harm");
    EXPECT_THAT(texts(registry->about), ElementsAre("brew", "coffee"));
    EXPECT_THAT(texts(registry->claims[0].about), ElementsAre("brew", "coffee"))
        << "a base claim inherits what the file that extends it says";
}

TEST_F(RegistryFile, NamesBothPlacesOfAnIdGivenInTwoFiles) {
    folder_.write("base.toml", "[[claim]]\nid='a'\nstatement='A'\n");
    EXPECT_FALSE(load("[registry]\nextends=['base.toml']\n[[claim]]\nid='a'\nstatement='B'\n"));
    EXPECT_EQ(only().code, "DOS0130");
    EXPECT_EQ(only().place.line, 4u);
    EXPECT_THAT(only().notes, ElementsAre("first: base.toml:2:4"));
}

TEST_F(RegistryFile, TellsTheWholeCircleOfExtends) {
    folder_.write("b.toml", "[registry]\nextends=['sub/../c.toml']\n");
    folder_.write("c.toml", "[registry]\nextends=['b.toml']\n");
    folder_.write("sub/x", "");
    EXPECT_FALSE(load(std::string("[registry]\nextends=['b.toml']\n") + least));
    EXPECT_EQ(only().code, "DOS0133");
    EXPECT_EQ(only().place.file, "c.toml");
    EXPECT_THAT(only().notes, ElementsAre("b.toml extends c.toml extends b.toml"));
}

TEST_F(RegistryFile, MayNotExtendItself) {
    EXPECT_FALSE(load(std::string("[registry]\nextends=['claims.toml']\n") + least));
    EXPECT_THAT(only().notes, ElementsAre("claims.toml extends claims.toml"));
}

TEST_F(RegistryFile, ExtendsOverAHundredFilesAndNoMore) {
    for (int i = 0; i < 150; ++i)
        folder_.write(std::to_string(i) + ".toml", "[registry]\nextends=['" + std::to_string(i + 1) + ".toml']\n");
    EXPECT_FALSE(load(std::string("[registry]\nextends=['0.toml']\n") + least));
    EXPECT_EQ(only().code, "DOS0137");
    EXPECT_EQ(only().place.file, "98.toml") << "the registry itself and 99 more have been read";
}

TEST_F(RegistryFile, OpensNothingOutsideItsRoot) {
    TemporaryFolder const outside;
    outside.write("secret.toml", least);
    std::filesystem::create_symlink(outside / "secret.toml", folder_ / "link.toml");
    auto const up = "../" + outside.path().filename().string() + "/secret.toml";
    EXPECT_FALSE(load("[registry]\nextends=['link.toml', '" + up + "', '/etc/passwd']\n" + least));
    EXPECT_THAT(places(), ElementsAre("2:10 DOS0136", "2:23 DOS0136", testing::EndsWith("DOS0136")));
}

TEST_F(RegistryFile, ReadsAboveItsFolderWhereTheRootAllows) {
    folder_.write("shared.toml", "[[claim]]\nid='shared'\nstatement='S'\n");
    folder_.write("topic/claims.toml", "[registry]\nextends=['../shared.toml']\n");
    auto const path = folder_ / "topic/claims.toml";
    EXPECT_FALSE(load_registry(path, "topic/claims.toml", diagnostics_));
    EXPECT_EQ(only().code, "DOS0136");
    diagnostics_ = {};
    auto const registry = load_registry(path, "topic/claims.toml", diagnostics_, folder_.path());
    ASSERT_TRUE(registry);
    EXPECT_EQ(registry->claims[0].place.file, "shared.toml");
}

TEST_F(RegistryFile, SaysWhichFileIsMissingWhereItIsNamed) {
    EXPECT_FALSE(load(std::string("[registry]\nextends=['none.toml']\n") + least));
    EXPECT_EQ(only().message, "\"none.toml\" cannot be read: no such file");
    EXPECT_EQ(only().place, (dossier::Place{"claims.toml", 2, 10, 11}));
}

TEST_F(RegistryFile, GuessesNoReferencesWhileAFileIsMissing) {
    EXPECT_FALSE(load("[registry]\nextends=['none.toml']\n[[claim]]\nid='a'\nstatement='A'\nparent='in-none'\n"));
    EXPECT_THAT(places(), ElementsAre("2:10 DOS0101"));
}

TEST_F(RegistryFile, ChecksTheOtherFilesWhenOneIsNotToml) {
    folder_.write("base.toml", "[registry\n");
    EXPECT_FALSE(load("[registry]\nextends=['base.toml']\n[[claim]]\nid='a'\n"));
    EXPECT_THAT(places(), ElementsAre("1:10 DOS0102", "3:1 DOS0110"));
}

// --- mistakes ---------------------------------------------------------------------------------------------------

TEST_F(RegistryFile, TellsEveryMistakeAtOnceSortedByPlace) {
    EXPECT_FALSE(
        load("[[claim]]\nid = 'A b'\nstatment = 'x'\nweight = -1\ndegree = 'hihg'\nsupports = 'x'\n"
             "parent = 'nobody'\n[claim.examples]\nsupport = ['x']\n[[claim]]\nid='b'\nstatement=''\n"));
    EXPECT_THAT(places(), ElementsAre("2:6 DOS0119", "3:1 DOS0103", "4:10 DOS0115", "5:10 DOS0114", "6:12 DOS0111",
                                      "7:10 DOS0131", "9:1 DOS0103", "12:11 DOS0112"));
}

TEST_F(RegistryFile, ProposesTheNearestKeyAndListsAll) {
    EXPECT_FALSE(load(std::string(least) + "suports = ['x']\n"));
    EXPECT_EQ(only().message, "[[claim]] has no key \"suports\"; did you mean \"supports\"?");
    EXPECT_THAT(only().notes, ElementsAre("keys: id, statement, about, outcome, supports, refutes, conditions, "
                                          "only_under, parent, contrary_of, degree, weight, [claim.examples], "
                                          "[[claim.certainty]]"));
}

TEST_F(RegistryFile, KnowsWhichTableAKeyBelongsTo) {
    EXPECT_FALSE(load(std::string("others = ['tea']\n") + least));
    EXPECT_THAT(only().notes, testing::Contains("[registry] has a key \"others\""));
}

TEST_F(RegistryFile, DoesNotMissAKeyThatIsOnlyMisspelt) {
    EXPECT_FALSE(load("[[claim]]\nid='a'\nstatment='A'\n"));
    EXPECT_EQ(only().code, "DOS0103");
}

TEST_F(RegistryFile, SaysWhatATypeIsAndWhatItShouldBe) {
    EXPECT_FALSE(load("[claim]\nid='a'\nstatement='A'\n"));
    EXPECT_EQ(only().message, "claim takes a list of tables, not a table");
    EXPECT_THAT(only().notes, ElementsAre("write [[claim]] in double brackets, once for each"));
    diagnostics_ = {};
    EXPECT_FALSE(load(std::string("[[registry]]\n") + least));
    EXPECT_EQ(only().message, "registry takes a table, not a list");
    diagnostics_ = {};
    EXPECT_FALSE(load(std::string(least) + "supports = ['x', 5]\n"));
    EXPECT_EQ(only().message, "every item of supports is a phrase; this is a whole number");
    EXPECT_EQ(only().place.column, 18u);
    diagnostics_ = {};
    EXPECT_FALSE(load(std::string(least) + "weight = '2'\n"));
    EXPECT_EQ(only().message, "weight takes a number, not a text");
    EXPECT_THAT(only().notes, ElementsAre("write the number without quotation marks"));
}

TEST_F(RegistryFile, RefusesWeightsThatAreNoNumbers) {
    for (auto const* weight : {"nan", "inf", "-0.5", "-1"}) {
        diagnostics_ = {};
        EXPECT_FALSE(load(std::string(least) + "weight = " + weight + "\n")) << weight;
        EXPECT_EQ(only().code, "DOS0115");
        EXPECT_THAT(only().message, testing::EndsWith("but must be 0 or more"));
    }
    diagnostics_ = {};
    EXPECT_TRUE(load(std::string(least) + "weight = 0\n"));
}

TEST_F(RegistryFile, PointsIntoAPhraseThatCannotBeUsed) {
    EXPECT_FALSE(load(std::string(least) + "supports = [\"é é {b\"]\n"));
    EXPECT_EQ(only().code, "DOS0134");
    EXPECT_EQ(only().place.column, 18u) << "at the brace, counted in code points";
    EXPECT_EQ(only().place.length, 1u);
}

TEST_F(RegistryFile, PointsAtAWholePhraseThatIsWrittenWithEscapes) {
    EXPECT_FALSE(load(std::string(least) + "supports = [\"\\u00e9 {b\"]\n"));
    EXPECT_EQ(only().place.column, 13u);
    EXPECT_EQ(only().place.length, 11u);
}

TEST_F(RegistryFile, PointsIntoALiteralPhraseToo) {
    EXPECT_FALSE(load(std::string(least) + "supports = ['é é {b']\n"));
    EXPECT_EQ(only().place.column, 18u);
}

TEST_F(RegistryFile, RefusesAPhraseThatDecidesBothWays) {
    EXPECT_FALSE(load(std::string(least) + "supports=['Keeps Awake']\nrefutes=['keeps awake']\n"));
    EXPECT_EQ(only().code, "DOS0135");
    EXPECT_EQ(only().place.line, 5u);
    EXPECT_THAT(only().notes, testing::Contains("under supports: claims.toml:4:11"));
    diagnostics_ = {};
    EXPECT_FALSE(load(std::string(least) + "supports=['{keeps|holds} awake']\nrefutes=['holds awake']\n"));
    EXPECT_THAT(only().notes, testing::Contains("both match: holds awake"));
    diagnostics_ = {};
    EXPECT_TRUE(load(std::string(least) + "supports=['keeps awake']\nrefutes=['keeps']\n"));
}

TEST_F(RegistryFile, ProposesTheNearestReference) {
    EXPECT_FALSE(load(std::string(least) + "conditions=['evenin']\ncontrary_of='A'\n[[condition]]\nid='evening'\n"
                                           "phrases=['late']\n"));
    ASSERT_EQ(diagnostics_.items().size(), 2u);
    EXPECT_EQ(diagnostics_.items()[0].message, "no condition has the id \"evenin\"; did you mean \"evening\"?");
    EXPECT_THAT(diagnostics_.items()[0].notes, ElementsAre("conditions: evening"));
    EXPECT_EQ(diagnostics_.items()[1].message, "no claim has the id \"A\"; did you mean \"a\"?");
}

TEST_F(RegistryFile, TellsACircleOfParentsOnce) {
    EXPECT_FALSE(
        load("[[claim]]\nid='a'\nstatement='A'\nparent='b'\n[[claim]]\nid='b'\nstatement='B'\nparent='c'\n"
             "[[claim]]\nid='c'\nstatement='C'\nparent='b'\n"));
    EXPECT_EQ(only().code, "DOS0138");
    EXPECT_EQ(only().place.line, 8u);
    EXPECT_THAT(only().notes, ElementsAre("b is part of c is part of b"));
}

TEST_F(RegistryFile, RefusesAClaimThatIsItsOwnParentOrContrary) {
    EXPECT_FALSE(load(std::string(least) + "parent='a'\ncontrary_of='a'\n"));
    EXPECT_THAT(places(), ElementsAre("4:8 DOS0138", "5:13 DOS0132"));
}

TEST_F(RegistryFile, LetsTwoClaimsBeContraryToEachOther) {
    EXPECT_TRUE(load(std::string(least) + "contrary_of='b'\n[[claim]]\nid='b'\nstatement='B'\ncontrary_of='a'\n"));
}

TEST_F(RegistryFile, RefusesTextsThatWouldBreakAReport) {
    EXPECT_FALSE(load("[[claim]]\nid='a'\nstatement=\"A\\u0000b\"\n[[claim]]\nid='b'\nstatement='''A\nb'''\n"));
    EXPECT_THAT(places(), ElementsAre("3:11 DOS0113", "6:11 DOS0113"));
    diagnostics_ = {};
    EXPECT_TRUE(load("[[claim]]\nid='a'\nstatement=\"\"\"Coffee \\\n   harms.\"\"\"\n"));
}

TEST_F(RegistryFile, WantsAtLeastOneClaim) {
    EXPECT_FALSE(load(""));
    EXPECT_EQ(only().code, "DOS0139");
    diagnostics_ = {};
    EXPECT_FALSE(load("[[condition]]\nid='c'\nphrases=['x y']\n"));
    EXPECT_EQ(only().code, "DOS0139");
}

TEST_F(RegistryFile, DoesNotCopyALongLineForEachMistakeInIt) {
    std::string phrases;
    for (int i = 0; i < 20'000; ++i)
        phrases += "12, ";
    EXPECT_FALSE(load(std::string(least) + "supports = [" + phrases + "]\n"));
    std::size_t n_bytes = 0, n_shown = 0;
    for (auto const& diagnostic : diagnostics_.items()) {
        n_bytes += diagnostic.source_line.size();
        n_shown += !diagnostic.source_line.empty();
    }
    EXPECT_EQ(diagnostics_.items().size(), 20'000u);
    EXPECT_GT(n_shown, 10u);
    EXPECT_LE(n_bytes, 4u << 20);
}

TEST_F(RegistryFile, SaysThatAFileIsMissing) {
    EXPECT_FALSE(load_registry(folder_ / "none.toml", "none.toml", diagnostics_));
    EXPECT_EQ(only().message, "this file cannot be read: no such file");
    EXPECT_EQ(only().place, (dossier::Place{"none.toml", 0, 0, 0}));
    diagnostics_ = {};
    EXPECT_FALSE(load_registry(folder_.path(), "folder", diagnostics_));
    EXPECT_EQ(only().message, "this file cannot be read: it is a folder, not a file");
}

TEST_F(RegistryFile, RefusesAFileThatIsTooLarge) {
    EXPECT_FALSE(load(least + std::string(2u << 20, '\n')));
    EXPECT_EQ(only().message, "this file cannot be read: it is larger than 1 MiB");
}

TEST_F(RegistryFile, RefusesNestingThatWouldOverflow) {
    std::string keys = "a";
    for (int i = 0; i < 200'000; ++i)
        keys += ".a";
    EXPECT_FALSE(load(keys + " = 1\n"));
    EXPECT_EQ(only().message, "not valid TOML: it is nested too deeply");
    diagnostics_ = {};
    EXPECT_FALSE(load("a = " + std::string(400'000, '[')));
    EXPECT_EQ(only().message, "not valid TOML: it is nested too deeply");
    diagnostics_ = {};
    EXPECT_TRUE(
        load(std::string("[registry]\ntitle = '") + std::string(500, '[') + std::string(500, '.') + "'\n" + least))
        << "brackets and dots within a text are no nesting";
}

TEST_F(RegistryFile, ExplainsCommonSlipsOfSyntax) {
    EXPECT_FALSE(load("[[claim]]\nid = \"a\nstatement = \"A\"\n"));
    EXPECT_EQ(only().message, "not valid TOML: the closing quotation mark is missing");
    EXPECT_EQ(only().place.line, 2u);
    diagnostics_ = {};
    EXPECT_FALSE(load("[[claim]]\nid = coffee\n"));
    EXPECT_THAT(only().notes, ElementsAre("a text stands in quotation marks"));
    diagnostics_ = {};
    EXPECT_FALSE(load("[[claim]]\nid = “a”\n"));
    EXPECT_THAT(only().notes, ElementsAre(HasSubstr("straight quotation marks")));
    diagnostics_ = {};
    EXPECT_FALSE(load("[registry]\ntitle='a'\n[registry]\n"));
    EXPECT_THAT(only().notes, ElementsAre(HasSubstr("double brackets")));
}

}  // namespace
