#include "dossier/sources/sentences.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus.hpp"

namespace {

using dossier::split_sentences;
using Strings = std::vector<std::string>;

Strings split(std::string_view text, std::size_t max_bytes = 4096) {
    Strings parts;
    for (auto const& span : split_sentences(text, max_bytes))
        parts.emplace_back(text.substr(span.begin, span.end - span.begin));
    return parts;
}

std::string folded(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const space = c == ' ' || c == '\n' || c == '\t';
        if (!space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

TEST(Sentences, EndAtAStopBeforeACapital) {
    EXPECT_EQ(split("Walking helps. It lowers blood pressure!  Does it last? Yes."),
              (Strings{"Walking helps.", "It lowers blood pressure!", "Does it last?", "Yes."}));
}

TEST(Sentences, AreNotEndedByAbbreviationsInitialsAndDecimals) {
    EXPECT_EQ(
        split("Dr. J. K. Lund et al. reported 3.5 mmol vs. 4.1 mmol (e.g. Fig. 2) in the U.S. trial. Others agree."),
        (Strings{"Dr. J. K. Lund et al. reported 3.5 mmol vs. 4.1 mmol (e.g. Fig. 2) in the U.S. trial.",
                 "Others agree."}));
}

TEST(Sentences, EndAtAUnitBehindANumberWhereACapitalFollows) {
    EXPECT_EQ(split("Walkers lost 0.7 kg. Observers lost nothing, and 5 kg. of flour were left."),
              (Strings{"Walkers lost 0.7 kg.", "Observers lost nothing, and 5 kg. of flour were left."}));
}

TEST(Sentences, KeepWhatClosesAfterTheStop) {
    EXPECT_EQ(
        split("She said \u201Cit works.\u201D (Nobody else did.) Then [1] it ended.[2,3] All left."),
        (Strings{"She said \u201Cit works.\u201D", "(Nobody else did.)", "Then [1] it ended.[2,3]", "All left."}));
}

TEST(Sentences, EndAtAStopWithoutSpaceAsInCapturedPages) {
    EXPECT_EQ(split("It is given under control.However, sleep suffers.Many stop."),
              (Strings{"It is given under control.", "However, sleep suffers.", "Many stop."}));
    EXPECT_EQ(split("See example.com or Node.js at https://Example.Org/a.Html now."),
              (Strings{"See example.com or Node.js at https://Example.Org/a.Html now."}));
}

TEST(Sentences, GoOnAfterAParenthesisThatEndsInAStop) {
    EXPECT_EQ(split("It needs signals. (dopamine, serotonin, etc.). Users are not at risk. None is."),
              (Strings{"It needs signals. (dopamine, serotonin, etc.).", "Users are not at risk.", "None is."}));
}

TEST(Sentences, AreNotEndedByAnEllipsisWithinThem) {
    EXPECT_EQ(split("It was \u2026 well, hard. We went on... and on. But then... Nothing."),
              (Strings{"It was \u2026 well, hard.", "We went on... and on.", "But then...", "Nothing."}));
}

TEST(Sentences, LeaveOutOnlyWhiteSpace) {
    std::string const text = " \n Coffee? No.\u00A0Tea (green). \t";
    std::size_t covered = 0;
    for (auto const& span : split_sentences(text))
        covered += span.end - span.begin;
    EXPECT_EQ(covered, text.size() - 3 - 1 - 2 - 2);
}

TEST(Sentences, ThatAreTooLongAreCutBetweenCharacters) {
    std::string words, solid;
    for (int i = 0; i < 1000; ++i)
        words += "word ";
    for (int i = 0; i < 1000; ++i)
        solid += "\u00E9";
    for (auto const& text : {words, solid})
        for (auto const& part : split(text, 100)) {
            EXPECT_LE(part.size(), 100u);
            EXPECT_EQ(part.size() % (text == solid ? 2 : 1), 0u);
        }
    EXPECT_EQ(folded(words).size(), [&] {
        std::size_t n = 0;
        for (auto const& part : split(words, 100))
            n += part.size() + 1;
        return n - 1;
    }());
}

// Pragmatic Segmenter's golden rules for English (diasks2/pragmatic_segmenter, MIT).
TEST(Sentences, FollowTheGoldenRules) {
    auto const file = corpus::folder("text/sbd_golden_rules") / "golden_rules_en.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "the golden rules are not there: " << file;
    int right = 0, all = 0;
    for (auto const& line : corpus::lines_of(file)) {
        auto const rule = nlohmann::json::parse(line);
        Strings found, wanted;
        for (auto const& part : split(rule["text"].get<std::string>()))
            found.push_back(folded(part));
        for (auto const& part : rule["sentences"])
            wanted.push_back(folded(part.get<std::string>()));
        ++all;
        if (found == wanted)
            ++right;
        else {
            std::cout << "  misses " << rule["name"] << "\n";
            for (auto const& part : found)
                std::cout << "    | " << part << "\n";
        }
    }
    std::cout << "golden rules: " << right << " of " << all << "\n";
    EXPECT_GE(right, 50);
}

struct Boundaries {
    std::size_t found = 0, wanted = 0, right = 0;
    double f() const {
        return found + wanted == 0 ? 0 : 2.0 * static_cast<double>(right) / static_cast<double>(found + wanted);
    }
};

// Sentences whose begin and end are both right count (as in the CoNLL shared tasks), paragraph by paragraph.
void count(Strings const& paragraph, Boundaries& b) {
    std::string text;
    std::vector<dossier::SentenceSpan> wanted;
    for (auto const& sentence : paragraph) {
        if (!text.empty()) text += ' ';
        wanted.push_back({text.size(), text.size() + sentence.size()});
        text += sentence;
    }
    auto const found = split_sentences(text);
    b.found += found.size();
    b.wanted += wanted.size();
    for (auto const& span : found)
        b.right += static_cast<std::size_t>(std::count(wanted.begin(), wanted.end(), span));
}

TEST(Sentences, OfWebTextAreFound) {
    auto const file = corpus::folder("text/sbd_ud_ewt") / "open.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "UD English EWT is not there: " << file;
    Boundaries tuned, aside;
    for (auto const& line : corpus::lines_of(file)) {
        auto const document = nlohmann::json::parse(line);
        bool const kept = corpus::is_kept_aside(document["doc"].get<std::string>());
        for (auto const& paragraph : document["paragraphs"])
            count(paragraph.get<Strings>(), kept ? aside : tuned);
    }
    std::cout << "UD EWT sentence F: " << tuned.f() << ", on the third kept aside " << aside.f() << "\n";
    EXPECT_GE(tuned.f(), 0.78);
    EXPECT_GE(aside.f(), 0.80);
}

TEST(Sentences, BeginInLowerCaseWhereTheWriterDoesWithoutCapitals) {
    EXPECT_EQ(split("are you there? i am not. the dog is small."),
              (Strings{"are you there?", "i am not.", "the dog is small."}));
    EXPECT_EQ(split("Walking helps many. it lowers the pressure."),
              (Strings{"Walking helps many.", "it lowers the pressure."}));
}

TEST(Sentences, AreNotEndedByAStopBeforeLowerCaseThatMayAbbreviate) {
    for (auto const* const whole : {"The conc. of the drug fell.", "Doses of approx. the same size were given.",
                                    "It grew in E. coli and in yeast.", "The mice (n = 5 vs. 6 in all) were fed.",
                                    "She was born ca. the same year.", "Given i.v. it works at once.",
                                    "Yahoo! is a company.", "It left behind ... and so on."})
        EXPECT_EQ(split(whole), Strings{whole});
}

TEST(Sentences, AreToldApartWhereLineBreaksWereLost) {
    EXPECT_EQ(split("Ada Walker 02/13/2001 08:02 PM The trial is over."),
              (Strings{"Ada Walker", "02/13/2001 08:02 PM", "The trial is over."}));
    EXPECT_EQ(split("It is over. Best regards, Ada Walker"), (Strings{"It is over.", "Best regards,", "Ada Walker"}));
    EXPECT_EQ(split("Write to ada@example.org The office is open."),
              (Strings{"Write to ada@example.org", "The office is open."}));
    EXPECT_EQ(split("LONDON (Agency) - The trial is over."), (Strings{"LONDON (Agency) -", "The trial is over."}));
    EXPECT_EQ(split("Contact: none ========== The trial is over."),
              (Strings{"Contact: none", "==========", "The trial is over."}));
    EXPECT_EQ(split("Does it sell tea? thanks I have asked twice."),
              (Strings{"Does it sell tea?", "thanks", "I have asked twice."}));
}

TEST(Sentences, OfRunningTextAreNotTornByWhatOnlyLooksLikeALostLineBreak) {
    for (auto const* const whole :
         {"The effect was large (p < 0.001) - The Lancet said so.", "Let It Be was played to the mice.",
          "On 3/5/2001 the trial began.", "The ratio 3:45 was used by Walker and Smith.",
          "Ketamine - a drug - was given to them.", "They met in Paris, London and Rome.",
          "Regards were sent, Ada said.", "The well-known Best practice guide is old."})
        EXPECT_EQ(split(whole), Strings{whole});
}

TEST(Sentences, KeepEmoticonsAndItemsInParentheses) {
    EXPECT_EQ(split("It helps! :-) So do it."), (Strings{"It helps! :-)", "So do it."}));
    EXPECT_EQ(split("(a) It helps. (b) It is cheap."), (Strings{"(a) It helps.", "(b) It is cheap."}));
}

TEST(Sentences, TakeTimeThatGrowsWithTheTextAlone) {
    for (auto const* const piece : {"(", "a@b.c ", ". ", "A ", "\" ", "=====", "1) ", "( a. B "}) {
        std::string text;
        while (text.size() < 2'000'000)
            text += piece;
        EXPECT_FALSE(split(text).empty()) << piece;
    }
}

}  // namespace
