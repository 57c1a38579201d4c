#include "dossier/sources/source_text.hpp"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <chrono>
#include <string>
#include <vector>

#include "corpus.hpp"
#include "dossier/sources/unicode.hpp"

namespace {

using dossier::sources::SourceText;
using dossier::sources::wide_encoding_of;

std::string wide(std::string_view ascii, std::size_t width, bool big_endian) {
    std::string out;
    for (char const c : ascii) {
        std::string unit(width, '\0');
        unit[big_endian ? width - 1 : 0] = c;
        out += unit;
    }
    return out;
}

/// `text` in the encoding that ICU calls `name`.
std::string encoded(std::string_view text, char const* name) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(text.size() * 4 + 16, '\0');
    auto* const to = ucnv_open(name, &status);
    auto* const from = ucnv_open("UTF-8", &status);
    char* target = out.data();
    char const* source = text.data();
    ucnv_convertEx(to, from, &target, out.data() + out.size(), &source, text.data() + text.size(), nullptr, nullptr,
                   nullptr, nullptr, true, true, &status);
    EXPECT_TRUE(U_SUCCESS(status)) << name;
    ucnv_close(to);
    ucnv_close(from);
    out.resize(static_cast<std::size_t>(target - out.data()));
    return out;
}

constexpr std::string_view english =
    "Walking lowers blood pressure in most people who try it.\nNobody knows for how long it does.\n";

TEST(SourceText, KnowsWideTextWithoutAMarkByItsNulBytes) {
    struct Case {
        std::size_t width;
        bool big_endian;
        char const* name;
    };
    for (auto const& [width, big_endian, name] : {Case{2, false, "UTF-16LE"}, Case{2, true, "UTF-16BE"},
                                                  Case{4, false, "UTF-32LE"}, Case{4, true, "UTF-32BE"}}) {
        auto const bytes = wide(english, width, big_endian);
        EXPECT_EQ(wide_encoding_of(bytes), name);
        SourceText const text(bytes, "");
        EXPECT_EQ(text.encoding(), name);
        EXPECT_EQ(text.text(), english);
        EXPECT_EQ(text.undecodable().n, 0u);
        EXPECT_EQ(text.to_source(10), 10 * width);
        EXPECT_EQ(text.to_text(10 * width), 10u);
    }
}

TEST(SourceText, TakesNoBinaryDataForWideText) {
    std::string counters;
    for (unsigned i = 0; i < 4096; ++i) {
        counters += static_cast<char>(i & 0xFF);
        counters += '\0';
    }
    EXPECT_EQ(wide_encoding_of(counters), "");
    EXPECT_EQ(wide_encoding_of(std::string(4096, '\0')), "");
    EXPECT_EQ(wide_encoding_of(std::string("a\0b", 3)), "");
    EXPECT_EQ(wide_encoding_of(english), "");
    EXPECT_EQ(wide_encoding_of(""), "");
}

TEST(SourceText, WideArticleWithoutAMarkIsReadAndWithoutAReproach) {
    dossier::Diagnostics diagnostics;
    auto const bytes = wide(english, 2, false);
    auto const article = corpus::read("walking.txt", bytes, &diagnostics);
    EXPECT_EQ(article.encoding, "UTF-16LE");
    EXPECT_EQ(article.status, dossier::ArticleStatus::ok) << article.status_reason;
    ASSERT_EQ(article.sentences.size(), 2u);
    auto const range = article.sentences[1].bytes;
    EXPECT_EQ(bytes.substr(range.begin, range.end - range.begin), wide("Nobody knows for how long it does.", 2, false));
}

TEST(SourceText, ReadsUtf16ThatIsCutInTheMiddleOfACharacter) {
    auto bytes = wide(english, 2, false);
    bytes.pop_back();
    SourceText const text(bytes, "");
    EXPECT_EQ(text.encoding(), "UTF-16LE");
    EXPECT_EQ(text.undecodable().n, 1u);
}

// What stands in the file for U+FFFD: one for each longest part that might have begun a character (Unicode 15, 3.9).
TEST(SourceText, ReplacesWhatIsNoUtf8) {
    struct Case {
        std::string bytes, wanted;
    };
    for (auto const& [bytes, wanted] : {
             Case{"a\xFFz", "a\uFFFDz"},
             Case{"a\xC3z", "a\uFFFDz"},
             Case{"a\xE2\x82z", "a\uFFFDz"},
             Case{"a\xF0\x9F\x98z", "a\uFFFDz"},
             Case{"a\xC0\xAFz", "a\uFFFD\uFFFDz"},
             Case{"a\xE0\x9F\x80z", "a\uFFFD\uFFFD\uFFFDz"},
             Case{"a\xED\xA0\x80z", "a\uFFFD\uFFFD\uFFFDz"},
             Case{"a\xF4\x90\x80\x80z", "a\uFFFD\uFFFD\uFFFD\uFFFDz"},
             Case{"a\xF8\x88\x80\x80\x80z", "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDz"},
             Case{"a\x80\x80z", "a\uFFFD\uFFFDz"},
             Case{"a\xE2\x82\xC3\xA9z", "a\uFFFD\u00E9z"},
             Case{"a\uFFFDz", "a\uFFFDz"},
             Case{"a\uFFFE\U0010FFFFz", "a\uFFFE\U0010FFFFz"},
         }) {
        SourceText const text(bytes, "utf-8");
        EXPECT_EQ(text.text(), wanted);
        EXPECT_EQ(text.to_source(text.text().size() - 1), bytes.size() - 1);
        EXPECT_EQ(text.to_text(0), 0u);
    }
}

TEST(SourceText, ReadsDeclaredCodePagesAndPointsBackIntoThem) {
    struct Case {
        char const* label;  // as the page declares it
        char const* icu;    // as ICU writes it
        char const* words;
    };
    for (auto const& [label, icu, words] :
         {Case{"Shift_JIS", "Shift_JIS", "\u8840\u5727\u304C\u4E0B\u304C\u308A\u307E\u3059\u3002 Walking helps."},
          Case{"x-sjis", "Shift_JIS", "\u6B69\u304F\u3068 blood pressure \u304C\u4E0B\u304C\u308B\u3002"},
          Case{"GB18030", "GB18030", "\u8D70\u8DEF\u53EF\u4EE5\u964D\u4F4E\u8840\u538B\u3002 \u20AC 5"},
          Case{"gb2312", "GB18030", "\u8D70\u8DEF\u53EF\u4EE5\u964D\u4F4E\u8840\u538B\u3002"},
          Case{"Big5", "Big5", "\u8D70\u8DEF\u53EF\u4EE5\u964D\u4F4E\u8840\u58D3\u3002 Yes."},
          Case{"EUC-KR", "windows-949", "\uAC77\uAE30\uB294 \uD608\uC555\uC744 \uB0AE\uCD98\uB2E4."},
          Case{"EUC-JP", "EUC-JP", "\u6B69\u304F\u3068\u8840\u5727\u304C\u4E0B\u304C\u308B\u3002"},
          Case{"KOI8-R", "KOI8-R", "\u0425\u043E\u0434\u044C\u0431\u0430 \u043F\u043E\u043B\u0435\u0437\u043D\u0430."},
          Case{"windows-1251", "windows-1251",
               "\u0425\u043E\u0434\u044C\u0431\u0430 \u043F\u043E\u043B\u0435\u0437\u043D\u0430."},
          Case{"ISO-8859-2", "ISO-8859-2", "Ch\u016Fze pom\u00E1h\u00E1 \u017Een\u00E1m."},
          Case{"ISO-8859-5", "ISO-8859-5", "\u0425\u043E\u0434\u044C\u0431\u0430."},
          Case{"ISO-8859-7", "ISO-8859-7", "\u03A4\u03BF \u03C0\u03B5\u03C1\u03C0\u03AC\u03C4\u03B7\u03BC\u03B1."},
          Case{"ISO-8859-9", "windows-1254", "Y\u00FCr\u00FCy\u00FC\u015F tansiyonu d\u00FC\u015F\u00FCr\u00FCr."},
          Case{"ISO-8859-15", "ISO-8859-15", "Caf\u00E9 costs \u20AC 5."},
          Case{"ISO-8859-1", "windows-1252", "\u201CCaf\u00E9\u201D \u2013 \u20AC 5."},
          Case{"windows-874", "windows-874", "\u0E40\u0E14\u0E34\u0E19\u0E44\u0E14\u0E49\u0E1C\u0E25"}}) {
        auto const bytes = encoded(words, icu);
        SourceText const text(bytes, label);
        EXPECT_EQ(text.text(), words) << label;
        EXPECT_EQ(text.undecodable().n, 0u) << label;
        for (std::size_t at = 0; at < text.text().size();) {
            auto const length = dossier::sources::code_point_at(text.text(), at).length;
            auto const begin = text.to_source(at), end = text.to_source(at + length);
            EXPECT_EQ(bytes.substr(begin, end - begin), encoded(text.text().substr(at, length), icu)) << label;
            EXPECT_EQ(text.to_text(begin), at) << label;
            at += length;
        }
    }
}

TEST(SourceText, DetectsCodePagesThatNothingDeclares) {
    struct Case {
        char const* icu;
        char const* sentence;
    };
    for (auto const& [icu, sentence] :
         {Case{"Shift_JIS",
               "\u6BCE\u65E5\u6B69\u304F\u3068\u8840\u5727\u304C\u4E0B\u304C\u308B\u3053\u3068\u304C\u77E5\u3089"
               "\u308C\u3066\u3044\u307E\u3059\u3002 "},
          Case{"KOI8-R",
               "\u0415\u0436\u0435\u0434\u043D\u0435\u0432\u043D\u0430\u044F \u0445\u043E\u0434\u044C\u0431\u0430 "
               "\u0441\u043D\u0438\u0436\u0430\u0435\u0442 \u0434\u0430\u0432\u043B\u0435\u043D\u0438\u0435. "},
          Case{"GB18030",
               "\u6BCF\u5929\u8D70\u8DEF\u53EF\u4EE5\u964D\u4F4E\u8840\u538B\uFF0C\u8FD9\u662F\u5927\u5BB6\u90FD\u77E5"
               "\u9053\u7684\u3002 "}}) {
        std::string words;
        for (int i = 0; i < 12; ++i)
            words += sentence;
        EXPECT_EQ(SourceText(encoded(words, icu), "").text(), words) << icu;
    }
}

TEST(SourceText, ReadsAFewForeignSignsInEnglishAsWindows1252) {
    std::string const bytes = std::string(english) +
                              "It\x92s what the \x93"
                              "nurses\x94 said \x96 at 20 \xB0"
                              "C.";
    SourceText const text(bytes, "");
    EXPECT_EQ(text.encoding(), "windows-1252");
    EXPECT_TRUE(
        text.text().ends_with("It\u2019s what the \u201Cnurses\u201D said \u2013 at 20 \u00B0"
                              "C."));
}

TEST(SourceText, UnknownLabelIsNoLabel) {
    EXPECT_EQ(SourceText("caf\xE9 au lait and more of it", "klingon-8").encoding(), "windows-1252");
    EXPECT_EQ(SourceText("plain", "iso-2022-jp").encoding(), "UTF-8");
}

TEST(SourceText, TakesNoLabelThatBrowsersDoNotKnow) {
    std::string const page = std::string(english) + "It\x92s what the nurses said at 20 \xB0 C, caf\xE9 or not.";
    for (auto const* const label : {"utf-32", "UTF-32LE", "utf-7", "ibm-37", "cp037", "scsu", "cesu-8", "bocu-1"}) {
        SourceText const text(page, label);
        EXPECT_EQ(text.encoding(), "windows-1252") << label;
        EXPECT_EQ(text.undecodable().n, 0u) << label;
    }
    EXPECT_EQ(SourceText(page, "utf-16le").encoding(), "UTF-8")
        << "that it was read at all shows that it is not UTF-16";
    EXPECT_EQ(SourceText(page, " Latin1 ").encoding(), "windows-1252");
    EXPECT_EQ(SourceText(page, "iso-8859-2").encoding(), "ISO-8859-2");
    EXPECT_EQ(SourceText(page, "cp1251").encoding(), "windows-1251");
}

TEST(SourceText, FindsThePlacesOfManyCharactersInTime) {
    std::string words;
    for (int i = 0; i < 200'000; ++i)
        words += "\u6BCE\u65E5 ";
    auto const bytes = encoded(words, "Shift_JIS");
    auto const begin = std::chrono::steady_clock::now();
    SourceText const text(bytes, "shift_jis");
    ASSERT_EQ(text.text(), words);
    for (std::size_t i = 0; i < 200'000; ++i)
        ASSERT_EQ(text.to_source(i * 7), i * 5);
    EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 5.0);
}

TEST(SourceText, EverySentenceStandsWhereItsBytesAre) {
    constexpr std::string_view words =
        "Une \u00E9tude.\r\n\r\nThe caf\u00E9 of the clinic sells tea to everybody who walks in. It costs \u20AC 2, "
        "which "
        "is half of what coffee costs. Nobody knows \u201Cwhy\u201D that is so.\r\nThe na\u00EFve reader may ask the "
        "nurses.\r\n";
    for (auto const* const encoding : {"UTF-8", "windows-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "UTF-32LE"}) {
        std::string plain(words);
        if (std::string_view(encoding) == "ISO-8859-15")
            for (auto const* mark : {"\u201C", "\u201D"})
                plain.replace(plain.find(mark), 3, "\"");
        auto const bytes = encoded(plain, encoding);
        std::string const path = std::string_view(encoding) == "ISO-8859-15" ? "a.html" : "a.txt";
        auto const page = path == "a.html" ? "<meta charset=iso-8859-15><p>" + bytes : bytes;
        auto const article = corpus::read(path, page);
        ASSERT_GE(article.sentences.size(), 4u) << encoding;
        for (auto const& sentence : article.sentences) {
            auto const piece = page.substr(sentence.bytes.begin, sentence.bytes.end - sentence.bytes.begin);
            EXPECT_EQ(encoded(sentence.text, encoding), piece) << encoding;
        }
    }
}

TEST(SourceText, ComposesForMatchingButPointsAtWhatStands) {
    std::string const bytes = "The cafe\u0301 of the clinic sells tea to everybody who walks in.";
    auto const article = corpus::read("a.txt", bytes);
    ASSERT_EQ(article.sentences.size(), 1u);
    EXPECT_TRUE(article.sentences[0].text.starts_with("The caf\u00E9 of"));
    EXPECT_EQ(article.sentences[0].bytes.end, bytes.size());
}

}  // namespace
