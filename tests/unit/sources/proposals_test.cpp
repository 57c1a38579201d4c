// Short articles, labelled before the rules were written: what a reader says at once, and what must not be concluded.
#include "dossier/sources/proposals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "corpus.hpp"

namespace {

using dossier::Article;
using testing::HasSubstr;
using testing::StartsWith;

struct Case {
    char const* expected;  // "": nothing is proposed
    char const* title;
    char const* text;
};

Article read(Case const& c) {
    return corpus::read("a.md", "# " + std::string(c.title) + "\n\n" + c.text + "\n");
}

void expect_all(std::span<Case const> cases, dossier::Stated Article::*field) {
    for (auto const& c : cases) {
        auto const article = read(c);
        EXPECT_EQ((article.*field).value, c.expected)
            << c.title << "\n  " << c.text << "\n  " << (article.*field).origin;
        if (!(article.*field).value.empty()) {
            EXPECT_TRUE((article.*field).proposed);
        }
    }
}

constexpr Case designs[] = {
    // trials
    {"randomised trial", "Walking and sleep",
     "We randomly assigned 120 adults to walking or to usual care. Sleep improved in both groups."},
    {"randomised trial", "Tea for tired nurses: a randomised controlled trial",
     "We gave tea or hot water to 80 nurses. Tiredness fell by a third."},
    {"randomised trial", "Zinc and colds",
     "In this double-blind, placebo-controlled, randomised trial, 60 students took zinc. Colds were shorter."},
    {"randomised trial", "Omega-3 in asthma",
     "Methods: Participants were randomised to fish oil or olive oil. Results: We found that lung function did not "
     "differ."},
    {"randomised trial", "School gardens",
     "We conducted a cluster randomized trial in 24 schools. Children in garden schools ate more vegetables."},
    {"randomised trial", "A Phase 3, Randomized, Placebo-Controlled Study of Nasal Salt Water",
     "The study enrolled 300 patients. We report results at one year."},
    {"clinical trial", "Cold rooms and burns",
     "We did an open-label, single-arm trial in 30 patients with burns. All wounds closed."},
    {"clinical trial", "Breathing exercise in older adults: a non-randomised controlled trial",
     "We enrolled 70 adults from two towns. One town exercised."},
    // observation
    {"cohort study", "Coffee and gout",
     "In this prospective cohort study, we followed 4,000 drivers for ten years. Gout was rarer in coffee drinkers."},
    {"cohort study", "Night shifts and stroke: a retrospective cohort study",
     "We used records of 12,000 nurses. Stroke was more common after nights."},
    {"cohort study", "Naps",
     "Our cohort comprised 900 men. We followed them up for six years and counted heart attacks."},
    {"case-control study", "Hair dye and bladder cancer",
     "We conducted a case-control study with 200 cases and 400 controls. Dye use did not differ."},
    {"case-control study", "Lead pipes: a population-based case-control study",
     "We compared homes of ill and well children. Pipes were older in cases."},
    {"cross-sectional study", "Screens and eyes",
     "This cross-sectional study surveyed 700 pupils. Short sight was found in half of them."},
    {"cross-sectional study", "Loneliness in ports: a cross-sectional survey",
     "We asked 350 sailors once. A fifth felt lonely."},
    {"case report", "Liver failure after green tea",
     "We report a case of liver failure in a man who drank extracts. He recovered."},
    {"case report", "A strange rash",
     "A 45-year-old woman presented with a rash after eating mango. We describe her treatment."},
    {"case series", "Eye injuries from corks: a case series",
     "We describe six patients. All were injured at weddings."},
    {"animal study", "Licorice raises blood pressure in rats",
     "We fed licorice to 40 male Wistar rats. Their blood pressure rose."},
    {"animal study", "Sleep loss and memory",
     "Mice were kept awake for two days. The mice then failed the maze. We killed the mice and stained their brains."},
    {"in vitro study", "Garlic kills cultured cells",
     "We treated HeLa cells with garlic oil. Cultured cells died within a day."},
    {"in vitro study", "Honey against bacteria",
     "The effect was tested in vitro. We exposed cell lines to honey and measured growth in cell culture."},
    {"modelling study", "Salt tax and strokes: a microsimulation study",
     "We used a Markov model of the population. The model predicts fewer strokes."},
    {"qualitative study", "Why nurses leave",
     "We held semi-structured interviews with 20 nurses. Thematic analysis gave four themes."},
    // reviews
    {"systematic review", "Vitamin D and falls: a systematic review",
     "We searched five databases for randomised trials. Twenty trials were included."},
    {"systematic review", "Exercise and pain",
     "We searched PubMed and Embase to May 2020. Two reviewers screened titles. Data from 14 randomised trials were "
     "pooled."},
    {"systematic review", "Yoga for the back: systematic review and meta-analysis of randomised controlled trials",
     "We pooled twelve trials. Pain fell slightly."},
    {"meta-analysis", "A meta-analysis of cohort studies on nuts",
     "We pooled nine cohorts. Nuts went with longer life."},
    {"narrative review", "The gut and the brain: a narrative review",
     "Bacteria make acids. We discuss how these may reach the brain."},
    {"narrative review", "Sugar and mood",
     "In this review, we summarise what is known on sugar and mood. Much of it is from animals."},
    {"guideline", "Clinical practice guideline for earache",
     "The panel recommends waiting for two days. We recommend paracetamol."},
    {"guideline", "Management of nosebleeds: a consensus statement",
     "The expert panel agreed on nine points. We recommend pressure first."},
    {"protocol of a randomised trial", "Swimming for asthma: study protocol for a randomised controlled trial",
     "We will randomise 200 children. The primary outcome will be wheeze."},
    {"protocol of a systematic review", "Protocol for a systematic review of ear candles",
     "We will search four databases. Two reviewers will screen."},
    // about studies
    {"news report of a randomised trial", "Walking helps the heart, trial finds",
     "Researchers at Lund University enrolled 300 people in a randomised trial. The team said that walkers lived "
     "longer. The study was published in the journal Heart Steps."},
    {"news report of a cohort study", "Coffee drinkers live longer",
     "A new study followed 9,000 people for ten years. The cohort study, published in the journal Bean, found fewer "
     "deaths, the researchers said."},
    {"news report of a systematic review", "Pills no better than rest, review finds",
     "Scientists at Oslo looked at 40 trials in a systematic review. The researchers said that rest was as good."},
    {"news report", "Minister opens hospital",
     "The minister told reporters that the hospital would open in May. A spokeswoman said in a statement that it was "
     "late."},
    {"opinion", "Opinion: We drink too much coffee",
     "I think that we all drink too much. In my view the mug should be smaller."},
    {"opinion", "Editorial: the price of rest", "Rest is cheap and yet nobody sells it. That should change."},
    {"opinion", "The trouble with trials",
     "The views expressed here are those of the author. Trials cost too much, in my opinion."},
    {"preprint", "Moss and mood", "This preprint has not been peer reviewed. Moss grows on walls and cheers people."},
    {"health information page", "What is gout?",
     "Gout is a kind of arthritis.\n\n## Symptoms of gout\n\nYou may have a red toe. It hurts at night.\n\n## "
     "Causes\n\nIt is caused by crystals.\n\n## When to see a doctor\n\nTalk to your doctor if it does not go away."},
    // nothing may be concluded
    {"", "Bees on roofs", "Bees live on the roof of the opera. They make honey in June."},
    {"", "Rest is good", "Randomised trials are needed before anyone can say more. Until then people may rest."},
    {"", "Magnets", "This was not a randomised trial. The magnets were handed out at a fair."},
    {"", "Sleep in ports",
     "We studied how sailors sleep. Smith et al. reported that 40 sailors were randomly assigned to lamps. In an "
     "earlier "
     "trial sailors were randomised to tea."},
    {"", "Views of tea", "We asked 300 guests, who were randomly selected from the list of the hotel. Most like tea."},
    {"", "Kelp", "No randomised controlled trial has looked at kelp. People eat it all the same."},
    {"", "Cold water", "Future cohort studies should ask whether swimmers catch fewer colds. Nobody knows today."},
    {"", "On rats", "There are rats in the cellar of the theatre. The cat is afraid of them."},
    {"", "A good case", "The lawyer made a case for a longer break. The judge agreed with him."},
    {"", "Film review", "The film is long and the actors are tired. The critic slept well."},
    {"", "Old bridges", "The bridge was opened in 1903. A trial of strength was held with forty cows."},
    {"", "Bread", "A systematic review of bread would be a fine thing. None has been written."},
    {"", "Trains", "The trains run on time. The guidelines for drivers are long."},
    {"", "A model village", "The model village has a small church. Children like to look at it."},
    {"", "Trials of the past", "The witch trials of the town are told in a museum. Guides lead visitors through."},
};

constexpr Case populations[] = {
    {"human", "Walking and sleep",
     "We randomly assigned 120 adults to walking or usual care. The participants slept better."},
    {"human", "Iron in pregnancy", "We enrolled 200 pregnant women. All women gave consent."},
    {"human", "Coffee and gout",
     "In this cohort study, we followed 4,000 men for ten years. Participants filled in forms."},
    {"human", "Rash after mango", "A 45-year-old woman presented with a rash. We report a case of allergy."},
    {"human", "Pills and falls",
     "A total of 312 patients were included in this randomised trial. Mean age was 71 years."},
    {"human", "Voices", "We held semi-structured interviews with 20 patients. Participants spoke of fear."},
    {"human", "Salt", "We recruited 40 healthy volunteers. Each volunteer ate salt in a randomised trial."},
    {"human", "Childhood asthma",
     "We conducted a case-control study of 90 children with asthma and 90 healthy children."},
    {"animal", "Licorice raises blood pressure in rats", "We fed licorice to 40 rats. Their blood pressure rose."},
    {"animal", "Memory after sleep loss",
     "C57BL/6 mice were kept awake. The mice failed the maze. We found that memory faded."},
    {"animal", "Zebrafish and light", "We raised zebrafish larvae in the dark. The larvae swam less."},
    {"animal", "Drug passes into milk",
     "Male Sprague-Dawley rats were given the drug. We found it in the milk of rats. The rats were well."},
    {"animal", "Hips of dogs", "We conducted a randomised trial in 40 dogs with sore hips. The dogs walked better."},
    {"animal", "A mouse model of gout", "We used a mouse model. Mice were fed crystals, and the mice limped."},
    {"animal", "Monkeys on sugar", "We gave sugar to twelve rhesus monkeys. The monkeys slept less."},
    {"animal", "Tea calms mice",
     "Researchers at Lund gave tea to mice. The mice slept longer, the team said. A new study, it was published in the "
     "journal Leaf."},
    {"in vitro", "Garlic kills cultured cells", "We treated HeLa cells with garlic oil. The cultured cells died."},
    {"in vitro", "Honey", "We exposed cell lines to honey in vitro. Growth stopped in cell culture."},
    {"in vitro", "A dye for bone",
     "Human osteoblast cell lines were cultured with the dye. We found that cells grew in vitro."},
    // who is studied is not who is named
    {"human", "From mice to patients",
     "Earlier work was done in mice. We randomly assigned 90 patients to the drug. The patients were followed for a "
     "year, and participants kept diaries."},
    {"animal", "A drug against migraine in mice",
     "Many patients suffer from migraine. We gave the drug to mice. The mice were calmer than mice on saline."},
    {"", "Bees on roofs", "Bees live on the roof of the opera. They make honey."},
    {"", "A rat in the kitchen", "There is a rat in the kitchen of the hotel. Guests left."},
    {"", "The computer mouse", "The mouse was invented in 1964. It had a wooden box."},
    {"", "Bread and butter", "Bread is baked at night. Butter is spread on it in the morning."},
    {"", "Vitro glass", "The factory makes glass for windows. It was built in 1909."},
    {"", "A cell in the tower", "The prisoner sat in his cell. He wrote a book there."},
};

constexpr Case conflicts[] = {
    {"sells the treatment", "Is drip therapy safe?",
     "At our clinic we treat every guest with care. Our therapists will guide you. Book an appointment online. Call us "
     "today for a free consultation."},
    {"sells the treatment", "Why seaweed works",
     "Our products are made by hand from seaweed. We sell them in glass jars. Add to cart and order now. Our "
     "supplements help you sleep."},
    {"sells the treatment", "Laser for scars",
     "We offer laser treatment in three cities. Our team of experts and our physicians treat scars. Schedule your "
     "visit. Our patients love it."},
    {"sells the treatment", "Recovery starts here",
     "Our treatment center in the hills is calm. Our program lasts 30 days. Contact us today. Our specialists wait for "
     "you."},
    {"earns commission on sales", "Nine best pillows",
     "We may earn a commission if you buy through links on this page.\n\nThe first pillow is soft. The second pillow "
     "is filled with down from the north and holds its shape."},
    {"earns commission on sales", "Best blenders",
     "This post contains affiliate links.\n\nThe blender is loud but quick. It crushes ice and nuts, and the glass can "
     "be washed in a machine."},
    {"earns commission on sales", "Running shoes",
     "As an Amazon Associate I earn from qualifying purchases. These shoes are light."},
    {"earns commission on sales", "Good lamps",
     "We may receive a small commission when you click a link and buy. This lamp is bright."},
    {"sponsored content", "Sleep like a king", "This article was sponsored by Dream Beds. Beds matter for sleep."},
    {"sponsored content", "Healthy teeth", "Paid partnership with Brush House. Brush twice a day."},
    {"sponsored content", "The juice cure", "This content is paid for by Juice Works. Juice is good for everyone."},
    {"sponsored content", "Strong bones", "Sponsored content. Milk makes bones strong, people say."},
    {"sponsored content", "Hair again", "Advertorial. Hair grows where the tonic is rubbed in."},
    {"financial ties declared", "Statins at 80",
     "We enrolled 900 patients. Dr Hale has received consulting fees from Norva Pharma. The other authors declare no "
     "competing interests."},
    {"financial ties declared", "Insulin pump",
     "We tested the pump in 50 adults. Two authors are employees of Pumpworks."},
    {"financial ties declared", "Asthma spray",
     "Competing interests: JB owns stock in Sprayco. We found that the spray works."},
    {"financial ties declared", "Knee gel",
     "We tested a gel. A.K. holds a patent on the gel and serves on the advisory board of Gelon."},
    {"financial ties declared", "Eye drops",
     "Dr Moss reports personal fees from Dropline, outside the submitted work. Eyes were less dry."},
    {"funded by industry", "Chocolate and memory",
     "We randomly assigned 60 people to cocoa. This study was funded by Sweetwell Inc."},
    {"funded by industry", "New pill", "The trial was sponsored by Norva Pharmaceuticals. Pain fell by half."},
    {"funded by industry", "Sugar and teeth",
     "Funding: The study was supported by an unrestricted grant from the manufacturer. Teeth were counted."},
    {"none declared", "Moss and mood", "We asked 40 people about moss. The authors declare no competing interests."},
    {"none declared", "Nuts", "We pooled nine cohorts. Conflict of interest: none declared."},
    {"none declared", "Salt", "We fed salt to volunteers. The authors have nothing to disclose."},
    {"none declared", "Rest", "We watched people rest. The authors declare that they have no conflicts of interest."},
    {"none declared", "Walks", "We walked. The author reports no financial relationships or conflicts of interest."},
    {"", "Bees on roofs", "Bees live on the roof. They make honey, and the opera sells it in June."},
    {"", "A clinic closes", "The clinic in the valley closed in May. Its patients were sent to the city."},
    {"", "Conflict of interest in sport",
     "A conflict of interest arises when the referee owns the club. The league has rules on it."},
    {"", "The commission met", "The commission met on Tuesday. It will earn little thanks for its report."},
    {"", "A bill for rest", "The bill was sponsored by Senator Hale. It passed in the evening."},
    {"", "Grants", "The choir was supported by a grant from the city. It sang all summer."},
    {"", "We offer a view", "We offer a short view of the year. It was a wet one."},
    {"", "Affiliates", "The station and its affiliates were off the air. Rain had cut the line."},
    {"", "Partners", "The town works in partnership with the school. Children plant trees."},
};

constexpr Case fundings[] = {
    {"This study was funded by the Swedish Research Council.", "Walking",
     "We enrolled 40 people. This study was funded by the Swedish Research Council."},
    {"The work was supported by a grant from the Moss Trust.", "Moss",
     "We asked people about moss. The work was supported by a grant from the Moss Trust."},
    {"Funding was provided by the Ministry of Health.", "Salt",
     "We fed salt to volunteers. Funding was provided by the Ministry of Health."},
    {"The research was financed by Norva Pharma.", "Pills",
     "We tested pills. The research was financed by Norva Pharma."},
    {"This research received no external funding.", "Rest",
     "We watched people rest. This research received no external funding."},
    {"Funding: National Sleep Fund.", "Naps", "We watched people nap. Funding: National Sleep Fund."},
    {"This work was funded by NIH grant R01 12345.", "Genes",
     "We read genes. This work was funded by NIH grant R01 12345."},
    {"", "Bridge", "The bridge was funded by a toll. It opened in 1903."},
    {"", "Funding crisis", "Funding for schools has fallen. Teachers are worried."},
    {"", "Choir", "The choir was supported by a piano. It sang all summer."},
    {"", "Trials", "Who pays? Many trials are funded by companies, and this worries people."},
};

constexpr Case studies[] = {
    {"10.1234/leaf.5678", "Tea calms", "The study was published in Leaf (doi: 10.1234/leaf.5678). Tea calms."},
    {"10.1234/leaf.5678", "Tea calms", "Reference: https://doi.org/10.1234/leaf.5678. Tea calms people."},
    {"PMID:12345678", "Tea calms", "Tea calms people. PMID: 12345678."},
    {"PMC7654321", "Tea calms",
     "Read the paper: https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/. Tea calms people."},
    {"arXiv:2101.01234", "Sums", "The paper is on arXiv:2101.01234. Sums are hard."},
    {"NCT01234567", "Zinc", "We randomly assigned 60 students (ClinicalTrials.gov NCT01234567). Colds were shorter."},
    {"10.1101/2021.02.03.21251234", "Masks",
     "The preprint is at https://www.medrxiv.org/content/10.1101/2021.02.03.21251234v1. Masks help."},
    {"10.1234/a.1", "Two numbers of one paper", "Source: Leaf 2020, doi:10.1234/a.1, PMID 12345678. Tea calms."},
    {"10.1234/own.9", "Other work cited",
     "Earlier work (10.1234/old.1) was small. Earlier work (10.1234/old.2) was smaller. Journal reference: Smith A. "
     "Tea. Leaf 2021. DOI: 10.1234/own.9"},
    {"Tea and calm in night nurses (Leaf)", "Tea calms",
     "The study, \"Tea and calm in night nurses,\" was published in the journal Leaf. Tea calms."},
    {"Warm milk and the length of sleep (Annals of Milk)", "Milk",
     "\"Warm milk and the length of sleep\" appeared in Annals of Milk on Tuesday. Milk is white."},
    {"researchers at Lund University (Heart Steps)", "Walks",
     "Researchers at Lund University report in Heart Steps that walking helps. They asked 300 people."},
    {"researchers at the University of Oslo (Bone)", "Bones",
     "Scientists at the University of Oslo gave milk to 90 people. The findings were published in the journal Bone."},
    {"researchers at the University of Bergen", "Rain",
     "Researchers at the University of Bergen say that rain cheers people. They asked 300 people."},
    {"study in the journal Leaf", "Tea again",
     "The study, published in the journal Leaf, found that tea calms. It was short."},
    {"", "Bees", "Bees live on roofs. They make honey."},
    {"", "Two papers", "One paper (doi:10.1234/a.1) says yes. Another (doi:10.1234/b.2) says no."},
    {"", "Version 10.2", "Version 10.2/3 of the program is out. It is quicker."},
    {"", "The pmc", "The PMC 12 is a small car. It has four wheels."},
    {"", "Number", "Call 12345678 for a taxi. It comes at once."},
    {"", "Researchers say", "Researchers disagree on tea. Some like it and some do not."},
    {"", "Published", "The book was published in Paris. It sold well."},
    {"", "Published in", "The report was published in May 2020. It is long."},
    {"", "A quote", "\"Tea is the best of drinks,\" the minister said in the journal of the house. He drank."},
    {"", "Universities", "Lund University has 40,000 students. Many of them ride bicycles."},
};

constexpr Case releases[] = {
    {"Reuters", "Tea prices rise",
     "LONDON (Reuters) - Tea prices rose on Tuesday, traders said. They blamed the rain."},
    {"Associated Press", "Tea prices rise",
     "NEW YORK (AP) \u2014 Tea prices rose on Tuesday. Traders blamed the rain."},
    {"AFP", "Tea prices rise", "PARIS (AFP) - Tea prices rose on Tuesday. Traders blamed the rain."},
    {"Associated Press", "Storm", "The storm took roofs.\n\nCopyright 2020 The Associated Press. All rights reserved."},
    {"EurekAlert", "Tea calms", "Tea calms people, a team says.\n\nNews release from EurekAlert!"},
    {"PR Newswire", "New tea", "BOSTON, May 3, 2020 /PRNewswire/ -- Tea House has a new tea. It is green."},
    {"Business Wire", "New tea", "BOSTON--(BUSINESS WIRE)--Tea House has a new tea. It is green."},
    {"GlobeNewswire", "New tea", "BOSTON, May 03, 2020 (GLOBE NEWSWIRE) -- Tea House has a new tea. It is green."},
    {"Newswise", "Tea calms", "Newswise \u2014 Tea calms people, a team says. It was small."},
    {"University of Lund", "Tea calms",
     "Tea calms people, a team says.\n\nMaterials provided by University of Lund. Note: Content may be edited for "
     "style and length."},
    {"Lund University", "Tea calms", "Tea calms people, a team says.\n\nSource: Lund University"},
    {"Karolinska Institutet", "Tea calms", "Tea calms people, a team says.\n\nProvided by Karolinska Institutet"},
    {"The Conversation", "Tea calms",
     "Tea calms people, a team says.\n\nThis article was originally published on The Conversation. Read the original "
     "article."},
    {"The Conversation", "Tea calms",
     "Tea calms people, a team says.\n\nThis article is republished from The Conversation under a Creative Commons "
     "license."},
    {"Leaf Daily", "Tea calms", "This story originally appeared in Leaf Daily. Tea calms people."},
    {"press release", "New tea", "FOR IMMEDIATE RELEASE\n\nTea House has a new tea. It is green."},
    {"", "Bees", "Bees live on roofs. They make honey."},
    {"", "Source of the river", "Source: the spring in the hills. The river runs north."},
    {"", "A press release", "The minister read the press release aloud. Nobody laughed."},
    {"", "AP classes", "Pupils take AP classes in May. The AP exam is hard."},
    {"", "Reuters bought", "Reuters was bought by Thomson. The price was high."},
    {"", "Rivals", "The minister told Reuters that tea was cheap. He smiled."},
    {"", "Originally", "The house was originally published as a drawing. Then it was built."},
    {"", "Provided", "Meals are provided by the school. They are warm."},
    {"", "Materials", "Materials provided by the town were used for the roof. It is new."},
};

TEST(Proposals, NameTheDesignThatTheTextGivesItself) {
    expect_all(designs, &Article::study_design);
}

TEST(Proposals, SayWhoWasStudied) {
    expect_all(populations, &Article::population);
}

TEST(Proposals, ShowSignsOfAnInterest) {
    expect_all(conflicts, &Article::conflict_of_interest);
}

TEST(Proposals, QuoteWhoPaid) {
    expect_all(fundings, &Article::funding);
}

TEST(Proposals, NameTheStudyThatATextRestsOn) {
    expect_all(studies, &Article::rests_on);
}

TEST(Proposals, NameThePressReleaseOrAgency) {
    expect_all(releases, &Article::press_release);
}

}  // namespace
