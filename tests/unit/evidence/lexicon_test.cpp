#include "dossier/evidence/lexicon.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "dossier/diagnostics/failure.hpp"
#include "dossier/evidence/context.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/file_bytes.hpp"

namespace {

using dossier::built_in_lexicon;
using dossier::Diagnostics;
using dossier::Lexicon;
using dossier::LexiconRule;
using dossier::PhraseMatch;
using dossier::read_lexicon;
using dossier::RuleScope;
using dossier::SentenceContext;
using dossier::tokenize;

/// A sentence with the words in [brackets] marked.
struct Example {
    std::string text;
    std::size_t begin = 0, end = 0;  ///< bytes of the marked words; equal: none
};

Example read_example(std::string const& written) {
    Example example;
    for (char const c : written) {
        if (c == '[')
            example.begin = example.text.size();
        else if (c == ']')
            example.end = example.text.size();
        else
            example.text += c;
    }
    return example;
}

enum class Found { not_at_all, found, governs };

Found run(LexiconRule const& rule, Example const& example) {
    auto const tokens = tokenize(example.text);
    SentenceContext const context(tokens, built_in_lexicon());
    PhraseMatch marked;
    bool any = false;
    for (std::uint32_t i = 0; i < tokens.size(); ++i)
        if (tokens[i].begin >= example.begin && tokens[i].end <= example.end) {
            if (!any) marked.first = i;
            any = true;
            marked.last = i;
            marked.named |= std::uint64_t{1} << (i - marked.first);
        }
    auto found = Found::not_at_all;
    for (auto const& hit : context.hits())
        if (hit.rule->id == rule.id) {
            found = std::max(found, Found::found);
            if (any && hit.governs(marked)) found = Found::governs;
        }
    return found;
}

TEST(BuiltInLexicon, IsTheFileOfTheSourceTreeWithoutAMistake) {
    Diagnostics diagnostics;
    auto const lexicon = load_lexicon(DOSSIER_SOURCE_DIR "/config/lexicon/en.toml", diagnostics);
    EXPECT_EQ(render(diagnostics.items(), dossier::MessageFormat::human), "");
    ASSERT_EQ(lexicon.rules().size(), built_in_lexicon().rules().size());
    EXPECT_GT(lexicon.rules().size(), 40u);
    EXPECT_EQ(lexicon.index().size(), built_in_lexicon().index().size());
}

/// Compares all members by their values; the text is what a failure shows.
std::string text_of(LexiconRule const& rule) {
    std::string text = rule.id + '/' + name_of(rule.kind) + '/' + std::to_string(static_cast<int>(rule.scope)) + '/' +
                       std::to_string(rule.reach) + '/' + std::to_string(rule.strength) + '/' + rule.value + '/';
    for (bool const flag : {rule.joined, rule.predicative, rule.behind_verb, rule.until_verb, rule.until_same})
        text += flag ? '1' : '0';
    for (auto const& phrase : rule.phrases)
        text += "\n" + phrase.text + ' ' + phrase.place.file + ':' + std::to_string(phrase.place.line) + ':' +
                std::to_string(phrase.place.column);
    for (auto const* examples : {&rule.examples, &rule.counter_examples})
        for (auto const& example : *examples)
            text += "\n" + example;
    return text;
}

// It is read when the program is built, and its index is made smaller: nothing of it may be lost on the way.
TEST(BuiltInLexicon, SaysAndFindsWhatIsReadOfTheFile) {
    Diagnostics diagnostics;
    auto const read = load_lexicon(DOSSIER_SOURCE_DIR "/config/lexicon/en.toml", diagnostics);
    auto const& kept = built_in_lexicon();
    ASSERT_EQ(kept.rules().size(), read.rules().size());
    std::size_t n_found = 0;
    for (std::size_t i = 0; i < read.rules().size(); ++i) {
        auto const& rule = read.rules()[i];
        auto of_file = text_of(rule);
        for (std::string const folder = DOSSIER_SOURCE_DIR "/config/lexicon/";
             of_file.find(folder) != std::string::npos;)
            of_file.erase(of_file.find(folder), folder.size());
        EXPECT_EQ(text_of(kept.rules()[i]), of_file);
        for (auto const* examples : {&rule.examples, &rule.counter_examples})
            for (auto const& example : *examples) {
                auto const tokens = tokenize(read_example(example).text);
                std::vector<PhraseMatch> of_read, of_kept;
                read.index().find(tokens, of_read);
                kept.index().find(tokens, of_kept);
                EXPECT_EQ(of_read, of_kept) << example;
                n_found += of_kept.size();
            }
    }
    EXPECT_GT(n_found, 1000u);
    for (std::uint32_t phrase = 0; phrase < read.index().size(); ++phrase)
        ASSERT_EQ(read.rule_of(phrase).id, kept.rule_of(phrase).id);
}

TEST(BuiltInLexicon, IsKnownByTheDigestOfItsFile) {
    auto const file = dossier::read_file(DOSSIER_SOURCE_DIR "/config/lexicon/en.toml", 1 << 20);
    EXPECT_EQ(dossier::built_in_lexicon_sha256(), dossier::sha256_hex(file.bytes));
}

TEST(KeptLexicon, IsRefusedWhereItIsDamaged) {
    Diagnostics diagnostics;
    auto const lexicon =
        read_lexicon("[[rule]]\nid = 'not'\nkind = 'negation'\nphrases = ['{not|no} ... harm*']\nexamples = ['not']\n",
                     "a", diagnostics);
    auto const bytes = lexicon.encode();
    ASSERT_TRUE(Lexicon::decode(bytes));
    EXPECT_EQ(Lexicon::decode(bytes)->encode(), bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(Lexicon::decode(std::string_view(bytes).substr(0, size))) << size;
}

TEST(BuiltInLexicon, EveryRuleGovernsWhatItsExamplesMark) {
    for (auto const& rule : built_in_lexicon().rules()) {
        EXPECT_FALSE(rule.examples.empty()) << rule.id;
        for (auto const& written : rule.examples) {
            auto const example = read_example(written);
            auto const expected = example.begin == example.end ? Found::found : Found::governs;
            EXPECT_EQ(run(rule, example), expected) << rule.id << ": " << written;
        }
    }
}

TEST(BuiltInLexicon, NoRuleGovernsWhatItsCounterExamplesMark) {
    for (auto const& rule : built_in_lexicon().rules())
        for (auto const& written : rule.counter_examples)
            EXPECT_NE(run(rule, read_example(written)), Found::governs) << rule.id << ": " << written;
}

/// Kinds whose scope decides how a clause is read; of the others the contrast test below is enough.
bool needs_counter_example(LexiconRule const& rule) {
    using dossier::RuleKind;
    switch (rule.kind) {
        case RuleKind::negation:
        case RuleKind::hedge:
        case RuleKind::historical:
        case RuleKind::hypothetical:
        case RuleKind::experiencer:
        case RuleKind::recommendation:
        case RuleKind::question:
        case RuleKind::association:
        case RuleKind::modal:
        case RuleKind::no_finding: return rule.scope != RuleScope::none;
        default: return false;
    }
}

TEST(BuiltInLexicon, EveryRuleWithAScopeShowsWhereItEnds) {
    for (auto const& rule : built_in_lexicon().rules())
        if (needs_counter_example(rule)) {
            EXPECT_FALSE(rule.counter_examples.empty()) << rule.id;
        }
}

std::string without_marks(std::string const& written) {
    auto text = read_example(written).text;
    while (!text.empty() && (text.back() == '.' || text.back() == '?'))
        text.pop_back();
    return text;
}

TEST(BuiltInLexicon, NoScopeCrossesAContrast) {
    for (auto const& rule : built_in_lexicon().rules())
        for (auto const& written : rule.examples) {
            if (rule.scope == RuleScope::none) continue;
            auto const text = without_marks(written);
            for (auto const& around : {text + ", but [grass] stays green.", "[Grass] stays green, but " + text + "."})
                EXPECT_NE(run(rule, read_example(around)), Found::governs) << rule.id << ": " << around;
        }
}

/// docs/context-rules.md lists each kind and each rule; a change here must reach the reader.
TEST(BuiltInLexicon, IsListedInTheDocumentation) {
    std::ifstream file(DOSSIER_SOURCE_DIR "/docs/context-rules.md");
    std::string const page{std::istreambuf_iterator<char>(file), {}};
    for (auto const& rule : built_in_lexicon().rules()) {
        EXPECT_NE(page.find("`" + rule.id + "`"), std::string::npos)
            << rule.id << " is missing: run scripts/write-context-rules";
        EXPECT_NE(page.find("`" + std::string(name_of(rule.kind)) + "`"), std::string::npos) << name_of(rule.kind);
    }
}

TEST(LexiconFile, ReportsEveryMistakeWithItsPlace) {
    Diagnostics diagnostics;
    auto const lexicon = read_lexicon(
        "[[rule]]\nid = \"a\"\nkind = \"negatoin\"\nphrases = [\"not\", \"risk ...\"]\nexamples = [\"Not so.\"]\n"
        "[[rule]]\nid = \"a\"\nkind = \"hedge\"\nscoop = \"forward\"\nphrases = [\"may\"]\n",
        "my.toml", diagnostics);
    std::vector<std::string> messages;
    for (auto const& diagnostic : diagnostics.items()) {
        EXPECT_EQ(diagnostic.place.file, "my.toml");
        EXPECT_GT(diagnostic.place.line, 0u);
        messages.push_back(diagnostic.code + " " + diagnostic.message);
    }
    std::vector<std::string> const expected{
        "DOS0411 no kind is called \"negatoin\"; did you mean \"negation\"?",
        "DOS0413 \"risk ...\" cannot be used: a gap at the end matches nothing more",
        "DOS0411 a rule has no key \"scoop\"; did you mean \"scope\"?", "DOS0411 two rules are called \"a\"",
        "DOS0412 rule \"a\" has no example sentence"};
    EXPECT_EQ(messages, expected);
    EXPECT_EQ(lexicon.rules().size(), 2u);
}

TEST(LexiconFile, ReportsBrokenTomlAndAMonster) {
    for (auto const& text : {std::string("[[rule"), std::string((1u << 20) + 1, '#'), std::string("kind = 1")}) {
        Diagnostics diagnostics;
        EXPECT_TRUE(read_lexicon(text, "my.toml", diagnostics).rules().empty());
        EXPECT_TRUE(diagnostics.has_errors());
    }
}

TEST(LexiconFile, AMissingFileIsAFailureOfTheWorld) {
    Diagnostics diagnostics;
    EXPECT_THROW((void)load_lexicon("/nowhere/en.toml", diagnostics), dossier::Failure);
}

}  // namespace
