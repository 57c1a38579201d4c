#include "dossier/sources/quote_check.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "corpus.hpp"

namespace {

using dossier::ByteRange;
using dossier::QuoteChecker;

// The same text in several encodings. Only characters that windows-1252 has.
std::u32string const words =
    U"Caf\u00E9 owners \u201Chate\u201D tea \u2013 or so they say, na\u00EFvely. It costs \u20AC 5, which is \u00BD of "
    U"what coffee costs them.\n\n"
    U"A second paragraph has no accents at all, but it has two sentences. Here is the other one.\n";

std::string utf8(std::u32string const& text) {
    std::string out;
    for (char32_t const c : text) {
        if (c < 0x80)
            out += static_cast<char>(c);
        else if (c < 0x800) {
            out += static_cast<char>(0xC0 | (c >> 6));
            out += static_cast<char>(0x80 | (c & 0x3F));
        } else {
            out += static_cast<char>(0xE0 | (c >> 12));
            out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return out;
}

std::string utf32(std::u32string_view text, bool big_endian) {
    std::string bytes;
    auto const add = [&](char32_t value) {
        for (int i = 0; i < 4; ++i)
            bytes += static_cast<char>(value >> 8 * (big_endian ? 3 - i : i) & 0xFF);
    };
    add(0xFEFF);
    for (auto const value : text)
        add(value);
    return bytes;
}

std::string utf16(std::u32string const& text, bool big_endian) {
    std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (char32_t const c : text) {
        char const high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
        out += big_endian ? high : low;
        out += big_endian ? low : high;
    }
    return out;
}

std::string windows_1252(std::u32string const& text) {
    std::string out;
    for (char32_t const c : text)
        out += c == 0x201C   ? '\x93'
               : c == 0x201D ? '\x94'
               : c == 0x2013 ? '\x96'
               : c == 0x20AC ? '\x80'
                             : static_cast<char>(c);
    return out;
}

void expect_every_quote_stands(std::string const& path, std::string const& bytes) {
    auto const article = corpus::read(path, bytes);
    QuoteChecker const checker(path, bytes);
    std::size_t previous = 0;
    for (auto const& sentence : article.sentences) {
        ASSERT_LT(sentence.bytes.begin, sentence.bytes.end) << path;
        ASSERT_LE(sentence.bytes.end, bytes.size()) << path;
        EXPECT_GE(sentence.bytes.begin, previous) << path << ": " << sentence.text;
        EXPECT_TRUE(checker.stands(sentence.bytes, sentence.text))
            << path << ": " << sentence.text << "\nbut there stands: " << checker.text_at(sentence.bytes);
        EXPECT_GE(sentence.line, 1u);
        previous = sentence.bytes.begin;
    }
}

TEST(QuoteCheck, StandsForEverySentenceInEveryEncoding) {
    for (auto const& bytes : {utf8(words), "\xEF\xBB\xBF" + utf8(words), utf16(words, false), utf16(words, true),
                              utf32(words, false), utf32(words, true), windows_1252(words)})
        for (auto const* path : {"a.txt", "a.md", "a.html"})
            expect_every_quote_stands(path, bytes);
}

TEST(QuoteCheck, ReadsEveryEncodingToTheSameSentences) {
    auto const wanted = corpus::read("a.txt", utf8(words));
    ASSERT_GE(wanted.sentences.size(), 4u);
    struct Encoded {
        std::string bytes, name;
    };
    for (auto const& [bytes, name] : {Encoded{utf16(words, false), "UTF-16LE"}, Encoded{utf16(words, true), "UTF-16BE"},
                                      Encoded{utf32(words, false), "UTF-32LE"}, Encoded{utf32(words, true), "UTF-32BE"},
                                      Encoded{windows_1252(words), "windows-1252"}}) {
        auto const article = corpus::read("a.txt", bytes);
        EXPECT_EQ(article.encoding, name);
        ASSERT_EQ(article.sentences.size(), wanted.sentences.size());
        for (std::size_t i = 0; i < wanted.sentences.size(); ++i) {
            EXPECT_EQ(article.sentences[i].text, wanted.sentences[i].text);
            EXPECT_EQ(article.sentences[i].line, wanted.sentences[i].line);
        }
    }
}

TEST(QuoteCheck, PointsIntoWindows1252AtItsOwnBytes) {
    auto const bytes = windows_1252(words);
    auto const article = corpus::read("a.txt", bytes);
    auto const& second = article.sentences[1];
    EXPECT_EQ(bytes.substr(second.bytes.begin, second.bytes.end - second.bytes.begin),
              "It costs \x80 5, which is \xBD of what coffee costs them.");
}

TEST(QuoteCheck, PointsAroundEntitiesAndTags) {
    std::string const bytes =
        "<html><meta charset=windows-1252><body><p>First comes a sentence that is long enough to be read as "
        "text.\r\n&ldquo;Tea&nbsp;<i>is</i> caf\xE9&#8217;s "
        "<a href=\"x&amp;y\">friend</a>,&rdquo; she said &amp; left. Last one.</p>";
    auto const article = corpus::read("a.html", bytes);
    ASSERT_GE(article.sentences.size(), 2u);
    auto const& sentence = article.sentences[1];
    EXPECT_EQ(sentence.text, "\u201CTea is caf\u00E9\u2019s friend,\u201D she said & left.");
    EXPECT_EQ(bytes.substr(sentence.bytes.begin, 7), "&ldquo;");
    EXPECT_EQ(bytes.substr(sentence.bytes.end - 5, 5), "left.");
    EXPECT_EQ(sentence.line, 2u);
    EXPECT_TRUE(dossier::quote_stands("a.html", bytes, sentence.bytes, sentence.text));
}

TEST(QuoteCheck, RefusesWhatDoesNotStandThere) {
    std::string const bytes = utf8(words);
    auto const article = corpus::read("a.txt", bytes);
    auto const& sentence = article.sentences[0];
    QuoteChecker const checker("a.txt", bytes);
    EXPECT_FALSE(checker.stands(sentence.bytes, sentence.text + "."));
    EXPECT_FALSE(checker.stands({sentence.bytes.begin + 1, sentence.bytes.end}, sentence.text));
    EXPECT_FALSE(checker.stands({sentence.bytes.begin, sentence.bytes.end + 9}, sentence.text));
    EXPECT_FALSE(checker.stands({0, bytes.size() + 1}, sentence.text));
    EXPECT_FALSE(checker.stands({4, 4}, ""));
    EXPECT_FALSE(checker.stands({9, 4}, "x"));
    EXPECT_FALSE(checker.stands({3, 4}, "\u00E9")) << "half a character";
    std::string changed = bytes;
    changed[sentence.bytes.begin + 1] = 'o';
    EXPECT_FALSE(dossier::quote_stands("a.txt", changed, sentence.bytes, sentence.text));
}

TEST(QuoteCheck, StandsForDecomposedLettersWhichAreShownComposed) {
    std::string const bytes = "The cafe\xCC\x81 was full of people who had come to drink their tea there.\n";
    auto const article = corpus::read("a.txt", bytes);
    ASSERT_EQ(article.sentences.size(), 1u);
    EXPECT_EQ(article.sentences[0].text.substr(0, 9), "The caf\u00E9");
    EXPECT_EQ(article.sentences[0].bytes, (ByteRange{0, bytes.size() - 1}));
    expect_every_quote_stands("a.txt", bytes);
}

TEST(QuoteCheck, StandsForEverySentenceOfRealArticlesAndPages) {
    auto const articles = corpus::folder("ketamine") / "articles";
    auto const pages = corpus::folder("text/html_article_extraction") / "open" / "html";
    if (!std::filesystem::exists(articles) || !std::filesystem::exists(pages))
        GTEST_SKIP() << "the corpora are not there: " << articles;
    for (auto const& entry : std::filesystem::directory_iterator(articles))
        expect_every_quote_stands(entry.path().filename().string(), corpus::bytes_of(entry.path()));
    int n = 0;
    for (auto const& entry : std::filesystem::directory_iterator(pages))
        if (++n <= 30) expect_every_quote_stands(entry.path().stem().string(), corpus::gunzipped(entry.path()));
}

}  // namespace
