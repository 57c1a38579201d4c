// How sentences are read, phenomenon by phenomenon, on several topics. One table per phenomenon.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dossier/evidence/engine.hpp"
#include "dossier/evidence/lexicon.hpp"

namespace {

using namespace dossier;

std::vector<Phrase> phrases(std::vector<std::string> const& texts) {
    std::vector<Phrase> list;
    for (auto const& text : texts)
        list.push_back({text, {}});
    return list;
}

Claim claim(std::string id, std::vector<std::string> const& about, std::vector<std::string> const& supports,
            std::vector<std::string> const& refutes = {}) {
    Claim claim;
    claim.id = std::move(id);
    claim.about = phrases(about);
    claim.supports = phrases(supports);
    claim.refutes = phrases(refutes);
    return claim;
}

/// Four topics in one registry, so that each sentence must also leave the other claims alone.
ClaimRegistry registry() {
    ClaimRegistry registry;
    registry.others = phrases({"tea", "cocoa", "alcohol", "nicotine", "television", "books", "mopeds", "cars",
                               "calcium", "vitamin c", "cocaine", "bicycles"});
    registry.conditions = {
        {"evening", "in the evening", phrases({"in the evening", "at night", "before bed", "late"}), {}},
        {"moderate", "in moderation", phrases({"in moderation", "moderate {use|amounts}", "in small amounts"}), {}},
        {"tampered", "tampered with", phrases({"tampered", "{modified|cheap} chargers"}), {}}};
    registry.claims = {
        claim("insomnia", {"coffee", "caffeine", "espresso"},
              {"insomnia", "{keep|keeps|kept} … awake", "harm* sleep", "disrupt* sleep"}),
        claim("myopia", {"screen*", "tablet*", "smartphone*"},
              {"myopia", "short-sighted*", "harm* … eyes", "damag* … eyes"}),
        claim("colds", {"vitamin d"},
              {"prevent* {colds|infections}", "protect* against {colds|infections}", "effective against colds"}),
        claim("fire", {"e-bike*", "e-bikes"}, {"catch* fire", "caught fire", "fire hazard", "dangerous", "explode*"})};
    auto risk = claim("fire-risk-low", {"e-bike*"}, {"risk of fire", "fire risk", "danger of fire", "flammable"});
    risk.degree = Degree::low;
    registry.claims.push_back(risk);
    auto evening = claim("evening-sleep", {"coffee", "espresso"}, {"{keep|keeps} … awake", "disrupt* sleep"});
    evening.only_under = {"evening"};
    registry.claims.push_back(evening);
    registry.claims.push_back(claim("weaker", {"coffee", "e-bike*"},
                                    {"less {harmful|dangerous} than", "not as {harmful|dangerous} as", "safer than"}));
    return registry;
}

Article article(std::vector<std::string> const& sentences, std::string const& title = {}) {
    Article article;
    article.id = "article";
    article.title.value = title;
    for (auto const& text : sentences) {
        Sentence sentence;
        sentence.text = text;
        sentence.role = text.ends_with('?') ? SentenceRole::question : SentenceRole::statement;
        article.sentences.push_back(sentence);
    }
    return article;
}

/// "supports", "refutes", "mixed", "neutral" or "-" for the last sentence.
std::string read(std::string const& claim_id, std::vector<std::string> const& sentences,
                 std::string const& title = {}) {
    static Engine const engine(registry(), built_in_lexicon());
    auto const evidence = engine.analyse(article(sentences, title), true);
    bool supports = false, refutes = false, neutral = false;
    for (auto const& item : evidence.items)
        if (item.claim_id == claim_id && item.sentence + 1 == sentences.size()) {
            supports |= item.direction == Direction::supports;
            refutes |= item.direction == Direction::refutes;
            neutral |= item.direction == Direction::neutral;
        }
    if (supports && refutes) return "mixed";
    return supports ? "supports" : refutes ? "refutes" : neutral ? "neutral" : "-";
}

struct Case {
    char const* claim;
    std::vector<std::string> sentences;  ///< the last one is judged
    char const* expected;
};

void expect(std::vector<Case> const& cases) {
    for (auto const& c : cases)
        EXPECT_EQ(read(c.claim, c.sentences), c.expected) << c.claim << ": " << c.sentences.back();
}

TEST(Negation, TurnsWhatItGovernsAndNothingElse) {
    expect({{"insomnia", {"Coffee causes insomnia."}, "supports"},
            {"insomnia", {"Coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"Coffee doesn’t keep most adults awake."}, "refutes"},
            {"insomnia", {"There is no evidence that coffee causes insomnia."}, "refutes"},
            {"insomnia", {"Caffeine never disrupts sleep."}, "refutes"},
            {"insomnia", {"Neither coffee nor its smell causes insomnia."}, "refutes"},
            {"insomnia", {"The trial failed to show that coffee harms sleep."}, "refutes"},
            {"insomnia", {"Insomnia from coffee was ruled out."}, "refutes"},
            {"insomnia", {"Coffee is unlikely to cause insomnia."}, "refutes"},
            {"insomnia", {"Coffee is not a medicine, but it causes insomnia."}, "supports"},
            {"insomnia", {"Coffee has no smell when it is cold; it causes insomnia."}, "supports"},
            {"insomnia", {"Coffee is not sweet and it keeps people awake."}, "supports"},
            {"insomnia", {"Coffee is not harmless because it disrupts sleep."}, "supports"},
            {"insomnia", {"If it is not filtered, coffee keeps people awake."}, "supports"},
            {"insomnia", {"Without sugar, coffee keeps people awake."}, "supports"},
            {"insomnia", {"No, coffee disrupts sleep."}, "supports"},
            {"myopia", {"Screens do not make children short-sighted."}, "refutes"},
            {"myopia", {"Screens make children short-sighted."}, "supports"},
            {"myopia", {"Tablets cannot damage the eyes."}, "refutes"},
            {"myopia", {"Researchers found no link between screens and myopia."}, "refutes"},
            {"myopia", {"The absence of myopia among screen users surprised nobody."}, "refutes"},
            {"colds", {"Vitamin D does not prevent colds."}, "refutes"},
            {"colds", {"Vitamin D is not effective against colds."}, "refutes"},
            {"colds", {"Vitamin D is effective against colds."}, "supports"},
            {"fire", {"None of the e-bikes caught fire."}, "refutes"},
            {"fire", {"E-bikes are non-dangerous."}, "refutes"},
            {"fire", {"E-bikes are not cheap, yet they catch fire."}, "supports"},
            {"fire", {"Far from being toys, e-bikes are dangerous."}, "supports"}});
}

TEST(Negation, OfANegationAsserts) {
    expect({{"insomnia", {"It is false that coffee never causes insomnia."}, "supports"},
            {"insomnia", {"No study has failed to find that coffee disrupts sleep."}, "supports"},
            {"insomnia", {"It is not true that coffee does not cause insomnia."}, "supports"},
            {"myopia", {"There is no question that screens harm the eyes."}, "supports"},
            {"myopia", {"Nobody disputes that tablets damage the eyes."}, "supports"},

            {"colds", {"Hardly anyone doubts that vitamin D prevents colds."}, "supports"},
            {"colds", {"There is no doubt that vitamin D does not prevent colds."}, "refutes"},
            {"colds", {"It is a mistake to think that vitamin D does not prevent colds."}, "supports"},
            {"fire", {"It is not rare that e-bikes catch fire."}, "supports"},
            {"fire", {"E-bikes are not without danger: they catch fire."}, "supports"},
            {"fire", {"Nothing suggests that e-bikes are not dangerous."}, "supports"},
            {"insomnia", {"It cannot be ruled out that coffee causes insomnia."}, "supports"},
            {"insomnia", {"Nobody doubts that coffee keeps people awake."}, "supports"},
            {"insomnia", {"Coffee is not unlikely to cause insomnia."}, "supports"},
            {"insomnia", {"Coffee not only tastes bitter but also disrupts sleep."}, "supports"},
            {"insomnia", {"There is no doubt that coffee keeps people awake."}, "supports"},
            {"insomnia", {"The insomnia that coffee causes should not be underestimated."}, "supports"},
            {"insomnia", {"Coffee never fails to keep me awake."}, "supports"},
            {"insomnia", {"Insomnia is not uncommon after coffee."}, "supports"},
            {"myopia", {"The damage that tablets do cannot be denied: they harm the eyes."}, "supports"},
            {"myopia", {"It is not impossible that screens cause myopia."}, "supports"},
            {"fire", {"The danger cannot be excluded that e-bikes catch fire."}, "supports"},
            {"fire", {"E-bikes are no doubt dangerous."}, "supports"},
            {"fire", {"No one denies that e-bikes catch fire."}, "supports"},
            {"colds", {"Doctors do not dispute that vitamin D prevents colds."}, "supports"},
            {"colds", {"There is no lack of proof that vitamin D prevents colds."}, "supports"},
            {"insomnia", {"Coffee does not cause insomnia without exception."}, "refutes"}});
}

TEST(Hedge, KeepsTheDirectionAndLowersTheStrength) {
    static Engine const engine(registry(), built_in_lexicon());
    auto const strength = [&](char const* text) {
        auto const evidence = engine.analyse(article({text}), false);
        return evidence.items.empty() ? -1.0 : evidence.items.front().strength;
    };
    auto const plain = strength("Coffee causes insomnia.");
    EXPECT_EQ(plain, 1.0);
    for (auto const* hedged : {"Coffee may cause insomnia.",
                               "Coffee might cause insomnia.",
                               "Coffee could possibly cause insomnia.",
                               "Coffee probably causes insomnia.",
                               "Coffee seems to cause insomnia.",
                               "Insomnia from coffee is possible.",
                               "Perhaps coffee causes insomnia.",
                               "Coffee apparently disrupts sleep.",
                               "Coffee tends to keep people awake.",
                               "Coffee is likely to cause insomnia.",
                               "In theory coffee causes insomnia.",
                               "It is possible that coffee causes insomnia.",
                               "Coffee can sometimes cause insomnia.",
                               "Coffee is thought to disrupt sleep.",
                               "It is plausible that caffeine disrupts sleep.",
                               "Coffee presumably keeps people awake.",
                               "Coffee is suspected of causing insomnia.",
                               "The results suggest that coffee causes insomnia.",
                               "Insomnia may occur after coffee.",
                               "Coffee would seem to disrupt sleep.",
                               "Espresso likely keeps most people awake.",
                               "Arguably, coffee disrupts sleep."}) {
        EXPECT_LT(strength(hedged), plain) << hedged;
        EXPECT_GT(strength(hedged), 0.0) << hedged;
        EXPECT_EQ(read("insomnia", {hedged}), "supports") << hedged;
    }
    // Nobody has shown it: that denies less than that it does not.
    EXPECT_LT(strength("There was no evidence that coffee caused insomnia."),
              strength("Coffee does not cause insomnia."));
    EXPECT_LT(strength("There was a lack of evidence that coffee caused insomnia."), plain);
    EXPECT_LT(strength("Coffee may perhaps cause insomnia."), strength("Coffee may cause insomnia."));
    for (auto const* certain :
         {"Coffee definitely causes insomnia.", "Coffee clearly disrupts sleep.", "Coffee keeps every guest awake."})
        EXPECT_EQ(strength(certain), plain) << certain;
    expect({{"insomnia", {"Coffee may not cause insomnia."}, "refutes"},
            {"insomnia", {"Coffee probably does not disrupt sleep."}, "refutes"},
            {"fire", {"E-bikes may be dangerous."}, "supports"},
            {"colds", {"Vitamin D appears to prevent infections."}, "supports"}});
}

TEST(Comparison, SaysNothingAboutTheThingItself) {
    expect({{"fire", {"E-bikes are no more dangerous than bicycles."}, "-"},
            {"fire", {"E-bikes, unlike mopeds, are dangerous."}, "supports"},
            {"fire", {"Mopeds are more dangerous than e-bikes."}, "-"},
            {"insomnia", {"Coffee disrupts sleep more than tea does."}, "supports"},
            {"insomnia", {"Coffee keeps people awake longer than tea."}, "supports"},
            {"myopia", {"Books cause myopia as often as screens do."}, "-"},

            {"weaker", {"Coffee is not as harmful as alcohol."}, "supports"},
            {"weaker", {"Coffee is as harmful as alcohol."}, "-"},
            {"fire", {"E-bikes are not as dangerous as mopeds."}, "-"},
            {"fire", {"E-bikes are less dangerous than mopeds."}, "-"},
            {"fire", {"E-bikes are more dangerous than bicycles."}, "-"},
            {"fire", {"E-bikes are as dangerous as cars."}, "-"},
            {"fire", {"E-bikes are equally dangerous."}, "-"},
            {"fire", {"Compared with cars, e-bikes are dangerous."}, "supports"},
            {"fire", {"Unlike bicycles, e-bikes catch fire."}, "supports"},
            {"fire", {"While e-bikes are not as dangerous as mopeds, they catch fire."}, "supports"},
            {"fire", {"E-bikes are dangerous, more so than bicycles."}, "supports"},
            {"weaker", {"E-bikes are not as dangerous as mopeds."}, "supports"},
            {"weaker", {"E-bikes are less dangerous than mopeds."}, "supports"},
            {"weaker", {"E-bikes are no less dangerous than mopeds."}, "refutes"},
            {"weaker", {"Coffee is not less harmful than tea."}, "refutes"},
            {"weaker", {"E-bikes are safer than mopeds."}, "supports"},
            {"insomnia", {"Coffee is more likely to cause insomnia than headaches."}, "supports"},
            {"insomnia", {"Coffee is more likely to cause headaches than insomnia."}, "-"},
            {"insomnia", {"Coffee keeps people awake as well as cheerful."}, "supports"},
            {"insomnia", {"More than half of those who drink coffee report insomnia."}, "supports"},
            {"myopia", {"Screens damage the eyes less than books do."}, "supports"}});
}

TEST(Degree, AnswersHowMuchAndNotWhether) {
    expect({{"fire-risk-low", {"E-bikes are slightly flammable."}, "supports"},
            {"fire-risk-low", {"The danger of fire with e-bikes is enormous."}, "refutes"},
            {"fire-risk-low", {"With e-bikes the risk of fire is by no means low."}, "refutes"},
            {"fire-risk-low", {"There is virtually no risk of fire with e-bikes."}, "supports"},
            {"fire-risk-low", {"The fire risk of e-bikes is anything but negligible."}, "refutes"},
            {"fire-risk-low", {"E-bikes pose a serious danger of fire."}, "refutes"},
            {"fire-risk-low", {"The fire risk of e-bikes is extremely small."}, "supports"},
            {"insomnia", {"Coffee only slightly disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee severely disrupts sleep."}, "supports"},
            {"myopia", {"Screens greatly damage the eyes."}, "supports"},
            {"fire-risk-low", {"The risk of fire with e-bikes is low."}, "supports"},
            {"fire-risk-low", {"The risk of fire with e-bikes is high."}, "refutes"},
            {"fire-risk-low", {"E-bikes have a very low fire risk."}, "supports"},
            {"fire-risk-low", {"E-bikes carry a considerable fire risk."}, "refutes"},
            {"fire-risk-low", {"The risk of fire with e-bikes is not high."}, "supports"},
            {"fire-risk-low", {"The risk of fire with e-bikes is not low."}, "refutes"},
            {"fire-risk-low", {"The danger of fire with e-bikes is negligible."}, "supports"},
            {"fire-risk-low", {"E-bikes are not highly flammable."}, "supports"},
            {"fire-risk-low", {"E-bikes are highly flammable."}, "refutes"},
            {"fire-risk-low", {"E-bikes are not flammable."}, "supports"},
            {"fire-risk-low", {"There is a risk of fire with e-bikes."}, "-"},
            {"fire-risk-low", {"The risk of fire with e-bikes is small when they are maintained."}, "supports"},
            {"fire-risk-low", {"The risk of fire rises when e-bikes are ridden at high speed."}, "-"},
            {"fire-risk-low", {"E-bikes pose practically no danger of fire."}, "supports"},
            {"fire", {"E-bikes are not very dangerous."}, "neutral"},
            {"fire", {"E-bikes are slightly dangerous."}, "neutral"},
            {"fire", {"E-bikes are very dangerous."}, "supports"},
            {"fire", {"E-bikes are highly dangerous."}, "supports"},
            {"insomnia", {"Insomnia after coffee is negligible."}, "refutes"}});
}

TEST(Degree, IsStatedByWordsOfSafetyThemselves) {
    auto const reading = [](Degree degree, char const* text) {
        ClaimRegistry safety;
        auto only = claim("safety", {"e-bike*", "coffee"}, {"{safe|harmless}", "dangerous"});
        only.degree = degree;
        safety.claims.push_back(only);
        auto const evidence = Engine(safety, built_in_lexicon()).analyse(article({text}), false);
        return evidence.items.empty() ? "-" : name_of(evidence.items.front().direction);
    };
    for (auto const* low :
         {"E-bikes are safe.", "Coffee is harmless.", "E-bikes are very safe.", "Coffee is not dangerous.",
          "Doctors say coffee is safe.", "E-bikes are hardly dangerous.", "E-bikes are not very dangerous."}) {
        EXPECT_STREQ(reading(Degree::low, low), "supports") << low;
        EXPECT_STREQ(reading(Degree::high, low), "refutes") << low;
    }
    for (auto const* high : {"E-bikes are not safe.", "Coffee is far from harmless.", "E-bikes are dangerous.",
                             "It is a myth that coffee is harmless.", "E-bikes are very dangerous."}) {
        EXPECT_STREQ(reading(Degree::low, high), "refutes") << high;
        EXPECT_STREQ(reading(Degree::high, high), "supports") << high;
    }
    EXPECT_STREQ(reading(Degree::low, "Is coffee safe?"), "-");
    EXPECT_STREQ(reading(Degree::low, "Coffee is safer than alcohol."), "-");
}

TEST(Condition, GovernsItsClause) {
    expect({{"evening-sleep", {"In the evening, coffee keeps people awake."}, "supports"},
            {"evening-sleep", {"Drunk before bed, espresso keeps most people awake."}, "supports"},
            {"evening-sleep", {"Coffee disrupts sleep only when drunk late."}, "supports"},
            {"evening-sleep", {"Coffee that is drunk at night disrupts sleep."}, "supports"},
            {"evening-sleep", {"It is at night that coffee keeps people awake."}, "supports"},
            {"evening-sleep", {"At night coffee does not keep people awake."}, "refutes"},
            {"evening-sleep", {"Coffee never disrupts sleep, even late at night."}, "refutes"},
            {"evening-sleep", {"Coffee is drunk in the evening, but it keeps people awake in the morning."}, "-"},
            {"evening-sleep", {"Tea in the evening keeps people awake."}, "-"},
            {"evening-sleep", {"Late dinners and tea keep people awake."}, "-"},
            {"evening-sleep", {"Coffee in the evening keeps people awake."}, "supports"},
            {"evening-sleep", {"When drunk late, coffee disrupts sleep."}, "supports"},
            {"evening-sleep", {"Coffee disrupts sleep, especially at night."}, "supports"},
            {"evening-sleep", {"Coffee does not disrupt sleep in the evening."}, "refutes"},
            {"evening-sleep", {"Coffee keeps people awake."}, "-"},
            {"evening-sleep", {"Coffee keeps people awake in the morning."}, "-"},
            {"evening-sleep", {"Coffee keeps people awake, but in the evening tea is better."}, "-"}});
}

TEST(Condition, IsNamedInTheEvidence) {
    static Engine const engine(registry(), built_in_lexicon());
    auto const conditions = [&](char const* text) {
        std::string found;
        for (auto const& item : engine.analyse(article({text}), false).items)
            if (item.claim_id == "insomnia" || item.claim_id == "fire")
                found += std::string(name_of(item.direction)) + ":" + item.condition_id + " ";
        return found;
    };
    EXPECT_EQ(conditions("Coffee does not cause insomnia in moderation, but in the evening it keeps people awake."),
              "refutes:moderate supports:evening ");
    EXPECT_EQ(conditions("In moderation, coffee does not cause insomnia."), "refutes:moderate ");
    EXPECT_EQ(conditions("E-bikes catch fire when they have been tampered with."), "supports:tampered ");
    EXPECT_EQ(conditions("E-bikes that have not been tampered with do not catch fire."), "refutes: ");
    EXPECT_EQ(conditions("Coffee causes insomnia."), "supports: ");
    EXPECT_EQ(conditions("When modified chargers are used, e-bikes catch fire."), "supports:tampered ");
    EXPECT_EQ(conditions("E-bikes catch fire with cheap chargers."), "supports:tampered ");
    EXPECT_EQ(conditions("Without cheap chargers, e-bikes do not catch fire."), "refutes: ");
    EXPECT_EQ(conditions("Coffee in small amounts does not cause insomnia."), "refutes:moderate ");
    EXPECT_EQ(conditions("Moderate use of coffee causes insomnia."), "supports:moderate ");
}

TEST(Attribution, TellsWhatIsSaidFromWhatIsAskedSupposedOrRebutted) {
    expect({{"insomnia", {"Doctors do not think that coffee causes insomnia."}, "refutes"},
            {"insomnia", {"The professor does not expect coffee to cause insomnia."}, "refutes"},
            {"insomnia", {"Experts do not believe that an espresso now and then disrupts sleep."}, "refutes"},
            {"insomnia", {"The fear that coffee causes insomnia is unfounded."}, "refutes"},
            {"insomnia", {"Concerns that coffee disrupts sleep are groundless."}, "refutes"},
            {"insomnia", {"Coffee, the worry goes, causes insomnia."}, "supports"},
            {"fire", {"A blog claims that e-bikes explode."}, "neutral"},
            {"fire", {"A video purports to show that e-bikes explode."}, "neutral"},
            {"fire", {"E-bikes allegedly caught fire."}, "neutral"},
            {"fire", {"According to rumours, e-bikes explode."}, "neutral"},
            {"fire", {"Rumour has it that e-bikes catch fire."}, "neutral"},
            {"fire", {"A report that an e-bike caught fire could not be confirmed."}, "neutral"},
            {"fire", {"There are unverified reports that e-bikes explode."}, "neutral"},
            {"fire", {"Police are investigating whether e-bikes caught fire."}, "neutral"},
            {"fire", {"Researchers found that e-bikes catch fire."}, "supports"},
            {"fire", {"The trial showed that e-bikes are dangerous."}, "supports"},
            {"fire", {"Tests confirmed that e-bikes catch fire."}, "supports"},
            {"fire", {"Claims that e-bikes explode are false."}, "refutes"},
            {"fire", {"There is no evidence for the claim that e-bikes explode."}, "refutes"},
            {"fire", {"A rider claims to have seen e-bikes catch fire."}, "neutral"},
            {"fire", {"According to reports, e-bikes caught fire."}, "neutral"},
            {"insomnia", {"Doctors say coffee causes insomnia."}, "supports"},
            {"insomnia", {"According to a survey, coffee keeps people awake."}, "supports"},
            {"insomnia", {"A study found that coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"Doctors do not consider coffee to cause insomnia."}, "refutes"},
            {"insomnia", {"It is a myth that coffee causes insomnia."}, "refutes"},
            {"insomnia", {"That coffee causes insomnia is a common myth."}, "refutes"},
            {"insomnia", {"Contrary to popular belief, coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"Contrary to popular belief, coffee causes insomnia."}, "supports"},
            {"insomnia", {"It is a misconception that coffee does not cause insomnia."}, "supports"},
            {"insomnia", {"The false claim that coffee causes insomnia keeps coming back."}, "refutes"},
            {"insomnia", {"The idea that coffee causes insomnia has been debunked."}, "refutes"},
            {"insomnia", {"It is unclear whether coffee causes insomnia."}, "neutral"},
            {"insomnia", {"Whether coffee causes insomnia is still unknown."}, "neutral"},
            {"insomnia", {"The trial will investigate if coffee keeps people awake."}, "neutral"},
            {"insomnia", {"If coffee causes insomnia, drink less of it."}, "neutral"},
            {"insomnia", {"People should tell their doctor about insomnia from coffee."}, "neutral"},
            {"insomnia", {"Does coffee cause insomnia?"}, "-"},
            {"insomnia", {"Coffee drinkers can prevent insomnia by stopping early."}, "-"},
            {"insomnia", {"The clinic treats insomnia caused by coffee."}, "-"},
            {"insomnia", {"Coffee reduces the risk of insomnia."}, "refutes"},
            {"insomnia", {"It is widely believed that coffee causes insomnia."}, "neutral"},
            {"insomnia", {"It is widely recognised that coffee causes insomnia."}, "supports"},
            {"fire", {"The minister warned that e-bikes catch fire."}, "supports"},
            {"fire", {"Police denied that e-bikes caught fire."}, "refutes"},
            {"fire", {"The company rejects claims that e-bikes explode."}, "refutes"},
            {"fire", {"E-bikes were once considered dangerous."}, "-"},
            {"colds", {"Vitamin D prevents colds."}, "supports"},
            {"colds", {"More research is needed to find out whether vitamin D prevents colds."}, "neutral"}});
}

TEST(Attribution, ABeliefThatTheNextSentenceRebutsIsTurned) {
    static Engine const engine(registry(), built_in_lexicon());
    auto const evidence = engine.analyse(
        article({"It is widely believed that coffee causes insomnia.", "A new trial disproves this belief."}), false);
    ASSERT_EQ(evidence.items.size(), 1u);
    EXPECT_EQ(evidence.items[0].direction, Direction::refutes);
    EXPECT_EQ(evidence.items[0].attribution, Attribution::rebutted);
}

TEST(Attribution, AFearThatTheNextSentenceCallsUnfoundedIsTurned) {
    for (auto const* rebuttal :
         {"This fear is unfounded.", "Such worries are groundless.", "A study suggests that this concern is mistaken.",
          "That notion has been refuted.", "These claims are baseless."})
        for (auto const* belief :
             {"Many parents believe that coffee causes insomnia.", "Some people fear that coffee causes insomnia.",
              "Blogs claim that coffee causes insomnia."}) {
            static Engine const engine(registry(), built_in_lexicon());
            auto const evidence = engine.analyse(article({belief, rebuttal}), false);
            ASSERT_EQ(evidence.items.size(), 1u) << belief << " " << rebuttal;
            EXPECT_EQ(evidence.items[0].direction, Direction::refutes) << belief << " " << rebuttal;
        }
}

TEST(Quantifiers, FewHardlyAnyAndNobodyDeny) {
    expect({{"insomnia", {"Few people suffer insomnia from coffee."}, "refutes"},
            {"insomnia", {"Few drinkers of coffee report insomnia."}, "refutes"},
            {"insomnia", {"Hardly any coffee drinker suffers insomnia."}, "refutes"},
            {"insomnia", {"Nobody gets insomnia from coffee."}, "refutes"},
            {"insomnia", {"No one suffers insomnia from coffee."}, "refutes"},
            {"insomnia", {"According to nobody, coffee causes insomnia."}, "refutes"},
            {"insomnia", {"According to no study does coffee cause insomnia."}, "refutes"},
            {"fire", {"Few e-bikes catch fire."}, "refutes"},
            {"fire", {"A few e-bikes caught fire."}, "supports"},
            {"fire", {"In the past few years, e-bikes caught fire."}, "supports"},
            {"insomnia", {"Few doubt that coffee causes insomnia."}, "supports"},
            {"insomnia", {"Coffee keeps people awake every few hours."}, "supports"},
            {"insomnia", {"According to one study, coffee causes insomnia."}, "supports"}});
}

TEST(Quantifiers, ADenialOfAllIsNeitherSupportNorRefutation) {
    expect({{"fire", {"Not all e-bikes catch fire."}, "neutral"},
            {"insomnia", {"Not every cup of coffee keeps people awake."}, "neutral"},
            {"insomnia", {"Coffee does not keep everyone awake."}, "neutral"},
            {"insomnia", {"Coffee does not always disrupt sleep."}, "neutral"},
            {"insomnia", {"Coffee does not cause insomnia in everyone."}, "neutral"},
            {"colds", {"Vitamin D does not prevent infections in all children."}, "neutral"},
            {"colds", {"Vitamin D does not prevent infections in all children, but it prevents colds."}, "supports"},
            {"insomnia", {"Coffee does not disrupt sleep at all."}, "refutes"},
            {"insomnia", {"Coffee does not cause insomnia, and all doctors know it."}, "refutes"},
            {"insomnia", {"Coffee is not bitter, but it keeps all drinkers awake."}, "supports"},
            {"insomnia", {"After all, coffee does not cause insomnia."}, "refutes"}});
}

TEST(Rebuttal, OfWhatOneUsedToThink) {
    expect({{"insomnia", {"I used to think that coffee causes insomnia, but I was wrong."}, "refutes"},
            {"insomnia", {"We used to believe coffee disrupts sleep, but we were mistaken."}, "refutes"},
            {"insomnia", {"I used to think that coffee does not cause insomnia, but I was wrong."}, "supports"},
            {"insomnia", {"I used to think that coffee causes insomnia."}, "neutral"},
            {"insomnia", {"I used to think that tea is strong, but coffee causes insomnia."}, "supports"}});
    static Engine const engine(registry(), built_in_lexicon());
    auto const evidence =
        engine.analyse(article({"I used to think that coffee causes insomnia.", "I was wrong."}), false);
    ASSERT_EQ(evidence.items.size(), 1u);
    EXPECT_EQ(evidence.items[0].direction, Direction::refutes);
    EXPECT_EQ(evidence.items[0].attribution, Attribution::rebutted);
}

TEST(Subject, AnEnclosedComparisonCoversOnlyItself) {
    expect({{"insomnia", {"Coffee, unlike water, disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee, unlike tea, disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee, like tea, disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee, like most other hot drinks, disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee, unlike water or plain milk, does not disrupt sleep."}, "refutes"},
            {"insomnia", {"Coffee (unlike water) disrupts sleep."}, "supports"},
            {"insomnia", {"Tea, unlike coffee, disrupts sleep."}, "-"},
            {"insomnia", {"Unlike tea or cocoa, coffee does not disrupt sleep."}, "refutes"}});
}

TEST(Conditions, ThatTheRegistryDoesNotNameMakeNoRefutation) {
    expect({{"colds", {"If the tablet is swallowed dry, vitamin D does not prevent colds."}, "neutral"},
            {"insomnia", {"Unless it is very strong, coffee does not cause insomnia."}, "neutral"},
            {"insomnia", {"Unless it is drunk late, coffee does not cause insomnia."}, "neutral"},
            {"insomnia", {"Without caffeine, coffee would not keep people awake."}, "neutral"},
            {"insomnia", {"If it is drunk in moderation, coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"If it is not filtered, coffee keeps people awake."}, "supports"},
            {"insomnia", {"Without doubt, coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"Even if it is strong, coffee does not cause insomnia."}, "refutes"},
            {"insomnia", {"If it is strong, tea is bitter; coffee does not cause insomnia."}, "refutes"}});
    static Engine const engine(registry(), built_in_lexicon());
    auto const evidence = engine.analyse(article({"Unless it is strong, coffee does not cause insomnia."}), false);
    ASSERT_EQ(evidence.items.size(), 1u);
    EXPECT_NE(evidence.items[0].rule.find("under a condition that the registry does not name"), std::string::npos);
}

TEST(Subject, IsResolvedThroughPronounsGenericNounsHeadingAndTitle) {
    expect({{"insomnia", {"Espresso is strong.", "Drinking it causes insomnia."}, "supports"},
            {"insomnia", {"Coffee is bitter.", "Alcohol causes insomnia."}, "-"},
            {"fire", {"E-bikes and mopeds catch fire."}, "supports"},
            {"fire", {"Mopeds are fast.", "They catch fire."}, "-"},
            {"myopia", {"Tablets are cheap.", "Their use damages the eyes."}, "supports"},
            {"colds", {"Calcium, unlike vitamin D, prevents colds."}, "-"},
            {"insomnia", {"Tea causes insomnia."}, "-"},
            {"insomnia", {"Coffee is bitter.", "It causes insomnia."}, "supports"},
            {"insomnia", {"Coffee is bitter.", "The drink causes insomnia."}, "supports"},
            {"insomnia", {"Tea is bitter.", "It causes insomnia."}, "-"},
            {"insomnia", {"Unlike tea, coffee is bitter.", "It causes insomnia."}, "supports"},
            {"insomnia", {"Coffee and tea keep people awake."}, "supports"},
            {"insomnia", {"Unlike tea, coffee keeps people awake."}, "supports"},
            {"insomnia", {"Unlike coffee, tea keeps people awake."}, "-"},
            {"insomnia", {"Coffee is popular, but alcohol disrupts sleep."}, "-"},
            {"insomnia", {"Insomnia is common among those who drink coffee."}, "supports"},
            {"insomnia", {"Insomnia from alcohol is common where coffee is cheap."}, "-"},
            {"insomnia", {"It causes insomnia."}, "-"},
            {"insomnia", {"Coffee is bitter.", "Chocolate causes insomnia."}, "-"},
            {"insomnia", {"Coffee is bitter.", "A late dinner causes insomnia."}, "-"},
            {"insomnia", {"Coffee’s caffeine disrupts sleep."}, "supports"},
            {"fire", {"Cars catch fire."}, "-"},
            {"fire", {"E-bikes are fast.", "These vehicles catch fire."}, "supports"},
            {"myopia", {"Television damages the eyes, and so do screens."}, "-"},
            {"myopia", {"Long use of tablets damages the eyes."}, "supports"},
            {"colds", {"Vitamin C prevents colds."}, "-"},
            {"colds", {"Vitamin D, like vitamin C, prevents colds."}, "supports"}});
    EXPECT_EQ(read("insomnia", {"It causes insomnia."}, "What coffee does to you"), "supports");
}

TEST(Contrast, EndsScopesAndRefutesNothing) {
    expect({{"insomnia", {"Coffee does not cause headaches but insomnia."}, "supports"},
            {"insomnia", {"Coffee causes no headaches; it does cause insomnia."}, "supports"},
            {"insomnia", {"Even though coffee is not strong, it disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee, though not strong, keeps people awake."}, "supports"},
            {"insomnia", {"Coffee disrupts sleep, though not in everyone."}, "supports"},
            {"insomnia", {"In spite of what they say, coffee does not cause insomnia."}, "refutes"},
            {"myopia", {"Screens do not cause headaches, but they damage the eyes."}, "supports"},
            {"myopia", {"Screens do not harm the eyes, but books do."}, "refutes"},
            {"colds", {"Vitamin D is not a cure, but it protects against infections."}, "supports"},
            {"colds", {"Vitamin D does not prevent colds; on the other hand, it strengthens bones."}, "refutes"},
            {"fire", {"Nevertheless, e-bikes do not catch fire."}, "refutes"},
            {"fire", {"Although e-bikes catch fire, they are not expensive."}, "supports"},
            {"insomnia", {"Coffee is not bitter; however, it causes insomnia."}, "supports"},
            {"insomnia", {"Although coffee does not taste sweet, it keeps people awake."}, "supports"},
            {"insomnia", {"Coffee keeps people awake, but it does not taste bad."}, "supports"},
            {"insomnia", {"While coffee is not expensive, it disrupts sleep."}, "supports"},
            {"insomnia", {"Coffee does not cause insomnia, although it is strong."}, "refutes"},
            {"insomnia", {"Coffee does not cause insomnia; instead, it cheers people up."}, "refutes"},
            {"insomnia", {"Despite its taste, coffee causes insomnia."}, "supports"},
            {"insomnia", {"Coffee is no cure, yet it keeps people awake."}, "supports"},
            {"insomnia", {"Coffee may not cause headaches, but it does cause insomnia."}, "supports"},
            {"fire", {"E-bikes are not toys, whereas they are dangerous."}, "supports"},
            {"fire", {"E-bikes do not explode, but they catch fire."}, "mixed"},
            {"colds", {"Vitamin D does not heal bones; still, it prevents colds."}, "supports"},
            {"colds", {"However, vitamin D prevents colds."}, "supports"},
            {"insomnia", {"However, coffee does not cause insomnia."}, "refutes"}});
}

TEST(Roles, OnlyStatementsListItemsAndQuotationsAreEvidence) {
    static Engine const engine(registry(), built_in_lexicon());
    for (auto const role :
         {SentenceRole::statement, SentenceRole::list_item, SentenceRole::quotation, SentenceRole::title,
          SentenceRole::heading, SentenceRole::question, SentenceRole::fragment, SentenceRole::boilerplate}) {
        auto source = article({"Coffee causes insomnia."});
        source.sentences[0].role = role;
        auto const evidence = engine.analyse(source, true);
        bool const admissible =
            role == SentenceRole::statement || role == SentenceRole::list_item || role == SentenceRole::quotation;
        EXPECT_EQ(evidence.items.size(), admissible ? 1u : 0u) << name_of(role);
        if (!admissible && role != SentenceRole::boilerplate) {
            ASSERT_EQ(evidence.decisions.size(), 1u) << name_of(role);
            EXPECT_FALSE(evidence.decisions[0].counted);
            EXPECT_NE(evidence.decisions[0].reason.find("never evidence"), std::string::npos);
        }
    }
}

TEST(Decisions, TellTheCueItsPlaceTheScopesAndTheReason) {
    static Engine const engine(registry(), built_in_lexicon());
    std::string const text = "Coffee does not cause insomnia.";
    auto const evidence = engine.analyse(article({text}), true);
    ASSERT_EQ(evidence.decisions.size(), 1u);
    auto const& decision = evidence.decisions[0];
    EXPECT_EQ(text.substr(decision.begin, decision.end - decision.begin), "insomnia");
    EXPECT_TRUE(decision.counted);
    EXPECT_EQ(decision.direction, Direction::refutes);
    ASSERT_EQ(decision.modifiers.size(), 1u);
    EXPECT_EQ(decision.modifiers[0].kind, "negation");
    EXPECT_EQ(decision.modifiers[0].text, "not");
    EXPECT_EQ(text.substr(decision.modifiers[0].scope_begin,
                          decision.modifiers[0].scope_end - decision.modifiers[0].scope_begin),
              "cause insomnia");
    EXPECT_EQ(decision.reason, "counts against the claim, negated by 'not'; it is said of 'Coffee'");
    EXPECT_EQ(evidence.items.at(0).rule, "cue 'insomnia', negated by 'not'");
}

TEST(Quotes, OneQuoteCountsOncePerClaimHoweverManyCuesItHolds) {
    static Engine const engine(registry(), built_in_lexicon());
    auto const evidence = engine.analyse(
        article({"Coffee causes insomnia and disrupts sleep.", "Coffee causes insomnia and disrupts sleep."}), false);
    EXPECT_EQ(evidence.items.size(), 1u);
}

TEST(StatementOnlyClaims, AreReadByTheWordsOfTheirStatement) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "plants";
    claim.statement = "Houseplants purify indoor air.";
    registry.claims.push_back(claim);
    claim.id = "vague";
    claim.statement = "It is so.";
    registry.claims.push_back(claim);
    Engine const engine(registry, built_in_lexicon());
    EXPECT_EQ(engine.claims_without_cues(), (std::vector<std::string>{"vague"}));
    auto const direction = [&](char const* text) {
        auto const evidence = engine.analyse(article({text}), false);
        return evidence.items.empty() ? "-" : name_of(evidence.items[0].direction);
    };
    EXPECT_STREQ(direction("Houseplants purify the indoor air of offices."), "supports");
    EXPECT_STREQ(direction("Houseplants do not purify indoor air."), "refutes");
    EXPECT_STREQ(direction("Houseplants are green."), "-");
}

TEST(Engine, GivesNothingForAnArticleThatIsNotAssessable) {
    auto source = article({"Coffee causes insomnia."});
    source.status = ArticleStatus::not_assessable;
    EXPECT_TRUE(Engine(registry(), built_in_lexicon()).analyse(source, true).items.empty());
}

// "No. Not in healthy people." is no sentence where it stands by itself, and still an answer.
TEST(Answers, MayBeFragmentsAndMayAnswerTheTitle) {
    ClaimRegistry registry;
    Claim claim;
    claim.id = "insomnia";
    claim.about = {{"coffee", {}}};
    claim.supports = {{"cause* insomnia", {}}};
    registry.claims = {claim};
    Engine const engine(registry, built_in_lexicon());
    auto const directions = [&](SentenceRole asked, SentenceRole answered, std::string const& answer) {
        Article article;
        article.id = "a";
        article.sentences.resize(2);
        article.sentences[0].text = "Does coffee cause insomnia?";
        article.sentences[0].role = asked;
        article.sentences[1].text = answer;
        article.sentences[1].role = answered;
        if (asked == SentenceRole::heading) article.sentences[1].heading = article.sentences[0].text;
        std::string found;
        for (auto const& item : engine.analyse(article, false).items)
            found += item.direction == Direction::refutes ? "refutes " : "other ";
        return found;
    };
    EXPECT_EQ(directions(SentenceRole::heading, SentenceRole::fragment, "No. Not in healthy people."), "refutes ");
    EXPECT_EQ(directions(SentenceRole::title, SentenceRole::statement, "No, says a new review."), "refutes ");
    EXPECT_EQ(directions(SentenceRole::heading, SentenceRole::fragment, "No comments"), "");
    EXPECT_EQ(directions(SentenceRole::heading, SentenceRole::boilerplate, "No."), "");
    EXPECT_EQ(directions(SentenceRole::title, SentenceRole::statement, "No. 5 of our series."), "");
}

}  // namespace
