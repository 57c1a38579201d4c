// Hostile and damaged input: no crash, no hang, bounded work, and offsets that still hold.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "corpus.hpp"
#include "dossier/sources/quote_check.hpp"

namespace {

using dossier::ArticleStatus;
using dossier::Diagnostics;

std::string repeated(std::string_view part, std::size_t n) {
    std::string text;
    text.reserve(part.size() * n);
    for (std::size_t i = 0; i < n; ++i)
        text += part;
    return text;
}

// Ten seconds is the promise for any one file; tests run beside other work, so they ask for no less.
class Deadline {
public:
    ~Deadline() { EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(), 10.0); }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

void expect_sound(std::string const& path, std::string const& bytes, Diagnostics* diagnostics = nullptr) {
    Deadline const deadline;
    auto const article = corpus::read(path, bytes, diagnostics);
    if (article.sentences.empty()) return;
    dossier::QuoteChecker const checker(path, bytes);
    std::size_t const step = 1 + article.sentences.size() / 200;
    for (std::size_t i = 0; i < article.sentences.size(); i += step) {
        auto const& sentence = article.sentences[i];
        ASSERT_LE(sentence.bytes.end, bytes.size());
        ASSERT_TRUE(checker.stands(sentence.bytes, sentence.text))
            << path << ": " << sentence.text << "\n/ " << checker.text_at(sentence.bytes);
    }
}

TEST(Bombs, OfMarkupAreReadInTimeWithOneDiagnostic) {
    std::string attributes = "<p";
    for (int i = 0; i < 100'000; ++i)
        attributes += " a" + std::to_string(i) + "=1";
    for (auto const& [bomb, troubles] : std::vector<std::pair<std::string, std::size_t>>{
             {attributes + ">Some text.</p>", 1},
             {repeated("<b>", 100'000) + "Some text.", 1},
             {repeated("<div>", 100'000) + "Some text." + repeated("</div>", 100'000), 1}}) {
        Diagnostics diagnostics;
        expect_sound("a.html", bomb, &diagnostics);
        std::size_t n = 0;
        for (auto const& item : diagnostics.items())
            n += item.code == "DOS0311";
        EXPECT_EQ(n, troubles) << bomb.substr(0, 40);
    }
}

TEST(Bombs, OfOneSignAreReadInTime) {
    for (std::string_view const sign :
         {"<", "&", "</", "<!--", "<a ", "<p>", "</p>", "<![CDATA[", "<script>", "<a href=\"", "<li>",
          "<table><tr><td>", "&#", "<!-->", "<br>", "</b>", "<svg>", "</br>"})
        expect_sound("a.html", repeated(sign, (1u << 20) / sign.size()));
    for (std::string_view const sign :
         {"[", "*", "`", ">", "- ", "#", "![", "|", "_a", "<", "\\", "[a](", "1. ", "a\n\n", "&amp;"})
        expect_sound("a.md", repeated(sign, (256u << 10) / sign.size()));
    for (std::string_view const sign : {".", "?", "(", "\"", "a.", "A. ", "\n", "\r", "- ", "\u2026", "e.g. ", "\u00A0",
                                        "1. ", "a b c d e f g h.B", ". . ", "10.1234/", "by "})
        expect_sound("a.txt", repeated(sign, (1u << 20) / sign.size()));
}

// A line that begins like a title and goes on with more words than anybody numbers.
TEST(Bombs, OfOneLineOfManyWordsAreReadInTime) {
    std::string line = "Great title words of coffee and sleep " + repeated("= ", 10'000);
    for (int i = 0; i < 70'000; ++i)
        line += "word" + std::to_string(i) + ' ';
    expect_sound("a.txt", line + "\n\nCoffee keeps people awake. They sleep badly after it, and are tired.\n");
}

// Runs in a process of its own, whose greatest size is known when it is gone.
void expect_read_within_memory(std::string const& what, std::string const& bytes) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    Deadline const deadline;
    auto const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto const article = corpus::read("a.html", bytes);
        ::_exit(article.id == "article" ? 0 : 1);
    }
    int status = 0;
    rusage usage{};
    ASSERT_EQ(::wait4(child, &status, 0, &usage), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << what;
    EXPECT_LT(usage.ru_maxrss, 512L << 10) << what << " (KiB)";
    std::cout << what << ": " << (usage.ru_maxrss >> 10) << " MiB\n";
#else
    static_cast<void>(bytes);
    std::cout << what << ": a sanitizer needs memory of its own\n";
#endif
}

TEST(Bombs, OfMarkupStayWithinHalfAGibibyte) {
    expect_read_within_memory("one attribute of 20 MB",
                              "<p title=\"" + std::string(20'000'000, 'a') + "\">Some text.</p>");
    expect_read_within_memory("a link of 20 MB", "<a href=\"" + std::string(20'000'000, 'a') + "\">Some text.</a>");
    std::string attributes = "<p";
    for (int i = 0; i < 100'000; ++i)
        attributes += " a" + std::to_string(i) + "=\"some value\"";
    expect_read_within_memory("100,000 attributes", attributes + ">Some text.</p>");
    expect_read_within_memory("1,000,000 nested <div>", repeated("<div>", 1'000'000) + "Some text.");
    expect_read_within_memory("60 KB of <b>", repeated("<b>", 20'000) + "Some text.");
    expect_read_within_memory("100,000 sentences below a heading of 1 MB",
                              "<h2>" + repeated("tea ", 250'000) + "</h2><p>" + repeated("Tea is warm. ", 100'000));
}

TEST(Bombs, OfMetadataAreReadInTime) {
    expect_sound("a.html", "<script type=application/ld+json>" + repeated("[", 400'000) + "</script><p>Text.");
    expect_sound("a.html",
                 "<script type=application/ld+json>" + repeated("{\"@graph\":[", 40'000) + "</script><p>Text.");
    expect_sound("a.html", repeated("<meta name=citation_author content=\"A B\">", 50'000) + "<p>Text.");
    expect_sound("a.md", "---\n" + repeated("a: b\n", 100'000) + "---\nText.\n");
}

TEST(Bombs, OfOneHugeLineAreBounded) {
    Deadline const deadline;
    dossier::ReadOptions options;
    options.max_bytes = 200u << 20;
    std::string const line(100u << 20, 'a');
    Diagnostics diagnostics;
    EXPECT_EQ(corpus::read("a.txt", line, &diagnostics, options).status, ArticleStatus::not_assessable);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0309");
    EXPECT_EQ(corpus::read("a.txt", line).status, ArticleStatus::not_assessable) << "beyond the usual limit";
}

TEST(Bombs, OfManyTinyParagraphsAreBounded) {
    for (auto const& [path, part] :
         std::vector<std::pair<char const*, char const*>>{{"a.txt", "a\n\n"}, {"a.md", "a\n\n"}, {"a.html", "<p>a"}}) {
        Deadline const deadline;
        Diagnostics diagnostics;
        EXPECT_EQ(corpus::read(path, repeated(part, 600'000), &diagnostics).status, ArticleStatus::not_assessable);
        ASSERT_EQ(diagnostics.items().size(), 1u);
        EXPECT_EQ(diagnostics.items()[0].code, "DOS0309");
    }
}

TEST(Bombs, OfALongLineBecomeFragments) {
    auto const article = corpus::read("a.txt", repeated("lorem ", 200'000));
    ASSERT_FALSE(article.sentences.empty());
    for (auto const& sentence : article.sentences) {
        EXPECT_LE(sentence.text.size(), 4096u);
        EXPECT_FALSE(corpus::is_admissible(sentence.role)) << sentence.text.substr(0, 60);
    }
}

std::string const seed_page =
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Tea &amp; co</title><script>if (a<b) "
    "x();</script></head><body><article><h1>Tea</h1>"
    "<p>Tea is drunk by many people in the world &mdash; caf\u00E9s sell it. It&#8217;s warm.</p><ul><li>One "
    "<b>bold</b> item.<li>Two</ul>"
    "<blockquote>Quoted words of a person.</blockquote><table><tr><td>Cell</td></tr></table><!-- note --><p>The end of "
    "it all.</p></article></body></html>";
std::string const seed_markdown =
    "---\ntitle: Tea\n---\n# Tea\n\nTea is *drunk* by many &amp; all, caf\u00E9s [sell](x) it.\nIt is `warm`.\n\n- "
    "One\n- Two\n\n> Quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>Html <b>text</b></div>\n";
std::string const seed_text =
    "Tea and people\n\nBy Ada Smith\n\nTea is drunk by many people, e.g. in caf\u00E9s. \u201CIt is warm.\u201D (They "
    "say.)However, it cools\u2026\n\n  \u2022 One\n  \u2022 Two\n\nLeave a Reply\n";

TEST(DamagedInput, OfEveryKindKeepsItsOffsets) {
    std::mt19937 random(20260101);  // the same damage on every run
    struct Seed {
        char const* path;
        std::string const* text;
    };
    std::string const alphabet = "<>&\"'=/!-[]()#*`|\n\r\t .;aZ0\x80\xC3\xE2\xFF\xFE\xEF";
    for (auto const& [path, text] :
         {Seed{"a.html", &seed_page}, Seed{"a.md", &seed_markdown}, Seed{"a.txt", &seed_text}}) {
        for (std::size_t cut = 0; cut <= text->size(); cut += 1 + cut / 40)
            expect_sound(path, text->substr(0, cut));
        for (int round = 0; round < 200; ++round) {
            std::string damaged = *text;
            for (std::size_t k = 0, n = 1 + random() % 12; k < n; ++k) {
                std::size_t const at = random() % damaged.size();
                char const c = alphabet[random() % alphabet.size()];
                switch (random() % 4) {
                    case 0: damaged[at] = c; break;
                    case 1: damaged.insert(at, 1 + random() % 6, c); break;
                    case 2: damaged.erase(at, 1 + random() % 20); break;
                    default: damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 40)); break;
                }
                if (damaged.empty()) damaged = "x";
            }
            expect_sound(path, damaged);
        }
    }
}

TEST(DamagedInput, OfTheHostileCorporaIsRead) {
    auto const folder = corpus::folder("hostile");
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the hostile corpora are not there: " << folder;
    int n = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.file_size() > (4u << 20)) continue;
        auto const bytes = corpus::bytes_of(entry.path());
        for (auto const* path : {"a.txt", "a.md", "a.html"})
            expect_sound(path, bytes);
        ++n;
    }
    std::cout << "hostile files read, three ways each: " << n << "\n";
    EXPECT_GT(n, 0);
}

}  // namespace
