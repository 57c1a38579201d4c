// Scripts of the world: what is drawn is what FreeType draws, and what is copied is what went in.
#include <ft2build.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hb-ft.h>
#include <hb.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <sstream>

#include "pdf_tools.hpp"
#include "support/format_harness.hpp"

namespace {

using namespace dossier::test;
using dossier::Blocks;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

FormatPlugin const& plugin() {
    static FormatPlugin const one(FORMAT_PLUGIN);
    return one;
}

constexpr char const* dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed.ttf";
constexpr char const* noto_cjk = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

std::string noto(std::string const& name) {
    return "/usr/share/fonts/truetype/noto/" + name + "-Regular.ttf";
}

/// Text in one script: a word to look at, and a line to copy.
struct Sample {
    std::string script, font, language, word, line;
};

std::vector<Sample> const& samples() {
    static std::vector<Sample> const all = {
        {"Latin", dejavu, "en", "Ếoffặǻçfl", "The office fixed five affluent flukes: Müller-Şahin’s naïve ặǻ."},
        {"Greek", dejavu, "el", "Πλάτωνᾧ", "Ο Πλάτων και η νυχτερινή εργασία"},
        {"Cyrillic", dejavu, "ru", "Ёжикйў", "Ночная работа повышает риск диабета."},
        {"Arabic", noto("NotoSansArabic"), "ar", "الإصابةبسكري", "ارتفع خطر الإصابة بالسكري لدى العاملين ليلا"},
        {"Arabic with vowels", noto("NotoSansArabic"), "ar", "مُحَمَّدٌ", "مُحَمَّد قال لا إله إلا الله"},
        {"Hebrew", noto("NotoSansHebrew"), "he", "בְּרֵאשִׁית", "בְּרֵאשִׁית עבודת לילה מעלה את הסיכון לסוכרת"},
        {"Syriac", noto("NotoSansSyriac"), "syr", "ܫܠܡܐ", "ܫܠܡܐ ܥܠܡܐ"},
        {"Devanagari", noto("NotoSansDevanagari"), "hi", "हिन्दीक्ष्मकर्ता",
         "रात की पाली में काम करने से मधुमेह का जोखिम बढ़ता है। हिन्दी क्ष्य"},
        {"Bengali", noto("NotoSansBengali"), "bn", "ঝুঁকিডায়াবেটিস", "রাতের শিফটে কাজ করলে ডায়াবেটিসের ঝুঁকি বাড়ে।"},
        {"Tamil", noto("NotoSansTamil"), "ta", "நோயின்கௌ", "இரவுப் பணி நீரிழிவு நோயின் அபாயத்தை அதிகரிக்கிறது."},
        {"Telugu", noto("NotoSansTelugu"), "te", "మధుమేహంక్ష", "రాత్రి పని మధుమేహం ప్రమాదాన్ని పెంచుతుంది."},
        {"Malayalam", noto("NotoSansMalayalam"), "ml", "പ്രമേഹംകൊ", "രാത്രി ജോലി പ്രമേഹ സാധ്യത വർദ്ധിപ്പിക്കുന്നു."},
        {"Oriya", noto("NotoSansOriya"), "or", "ଓଡ଼ିଆ", "ଓଡ଼ିଆ ଭାଷା"},
        {"Thai", noto("NotoSansThai"), "th", "เสี่ยงน้ำ", "การทำงานกะกลางคืนเพิ่มความเสี่ยงต่อโรคเบาหวานน้ำ"},
        {"Khmer", noto("NotoSansKhmer"), "km", "ភាសាខ្មែរ", "ភាសាខ្មែរ និងការងារ"},
        {"Myanmar", noto("NotoSansMyanmar"), "my", "မြန်မာ", "မြန်မာဘာသာ"},
        {"Tibetan", "/usr/share/fonts/truetype/noto/NotoSerifTibetan-Regular.ttf", "bo", "བོད་ཡིག", "བོད་ཡིག བོད་"},
        {"Ethiopic", noto("NotoSansEthiopic"), "am", "የሌሊትሥራ", "የሌሊት ሥራ የስኳር በሽታን አደጋ ይጨምራል።"},
        {"Han, China", noto_cjk, "zh-Hans", "夜班糖尿病骨直", "这项研究发现夜班工作会增加糖尿病的风险。"},
        {"Han, Japan", noto_cjk, "ja", "夜勤糖尿病骨直リスク", "夜勤は糖尿病のリスクを高めることが示された。"},
        {"Hangul", noto_cjk, "ko", "당뇨병위험을", "야간 근무는 당뇨병 위험을 높인다는 연구 결과가 있다."},
        {"Letters above U+FFFF", noto("NotoSansMath"), "en", "𝓐𝓑𝛼𝛽𝔄", "𝓐𝓑 und 𝛼𝛽"},
        {"Han above U+FFFF", noto_cjk, "zh-Hans", "𠀋𡈽𠮷", "姓氏𠀋𡈽𠮷野"},
    };
    return all;
}

Document paragraph_on_page_two(std::string const& text) {
    Document document;
    document.begin("T").begin_section("report");
    document.out().page_break();
    document.out().paragraph(text);
    document.end_section().end();
    return document;
}

// ---- Pictures -----------------------------------------------------------------------------------------------------

/// Grey pixels, 0 is white.
struct Picture {
    int width = 0, height = 0;
    std::vector<unsigned char> pixels;

    [[nodiscard]] int at(int x, int y) const {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[static_cast<std::size_t>(y * width + x)];
    }
    void add(int x, int y, int darkness) {
        if (x < 0 || y < 0 || x >= width || y >= height) return;
        auto& pixel = pixels[static_cast<std::size_t>(y * width + x)];
        pixel = static_cast<unsigned char>(std::min(255, pixel + darkness));
    }
    /// What is inked, without the white around it.
    [[nodiscard]] Picture trimmed() const {
        int left = width, right = -1, top = height, bottom = -1;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                if (at(x, y) >= 96)
                    left = std::min(left, x), right = std::max(right, x), top = std::min(top, y),
                    bottom = std::max(bottom, y);
        Picture out{std::max(0, right - left + 1), std::max(0, bottom - top + 1), {}};
        for (int y = top; y <= bottom; ++y)
            for (int x = left; x <= right; ++x)
                out.pixels.push_back(static_cast<unsigned char>(at(x, y)));
        return out;
    }
};

constexpr double resolution = 300, type_size = 16;  // dots per inch; points, the largest that the format sets

/// The body of page two of a file, running head and foot cut off.
Picture drawn_body(std::string const& pdf) {
    auto const image = PdfFile(pdf).run("pdftoppm -gray -f 2 -l 2 -r " + std::to_string(resolution));
    std::istringstream in(image);
    std::string magic;
    Picture page;
    int most = 0;
    in >> magic >> page.width >> page.height >> most;
    in.get();
    std::string pixels(static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height), '\xff');
    in.read(pixels.data(), static_cast<std::streamsize>(pixels.size()));
    auto const margin = static_cast<int>(50 / 25.4 * resolution);
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x) {
            auto const byte = static_cast<unsigned char>(pixels[static_cast<std::size_t>(y * page.width + x)]);
            bool const in_body = y > margin && y < page.height - margin;
            page.pixels.push_back(in_body ? static_cast<unsigned char>(255 - byte) : 0);
        }
    return page.trimmed();
}

/// A word as HarfBuzz shapes it and FreeType draws it.
class Drawing {
public:
    Drawing(std::string const& font, std::string const& language, std::string const& word) {
        FT_Init_FreeType(&library_);
        if (FT_New_Face(library_, font.c_str(), 0, &face_) != 0) throw std::runtime_error("no font " + font);
        FT_Set_Char_Size(face_, 0, static_cast<FT_F26Dot6>(type_size * 64), static_cast<FT_UInt>(resolution), 0);
        auto* const shaper = hb_ft_font_create_referenced(face_);
        hb_ft_font_set_load_flags(shaper, FT_LOAD_NO_HINTING);
        auto* const buffer = hb_buffer_create();
        hb_buffer_add_utf8(buffer, word.data(), static_cast<int>(word.size()), 0, -1);
        hb_buffer_guess_segment_properties(buffer);
        hb_buffer_set_language(buffer, hb_language_from_string(language.c_str(), -1));
        hb_shape(shaper, buffer, nullptr, 0);
        unsigned n = 0;
        auto const* const infos = hb_buffer_get_glyph_infos(buffer, &n);
        auto const* const positions = hb_buffer_get_glyph_positions(buffer, nullptr);
        infos_.assign(infos, infos + n);
        positions_.assign(positions, positions + n);
        hb_buffer_destroy(buffer);
        hb_font_destroy(shaper);
    }
    Drawing(Drawing const&) = delete;
    Drawing& operator=(Drawing const&) = delete;
    ~Drawing() {
        FT_Done_Face(face_);
        FT_Done_FreeType(library_);
    }
    [[nodiscard]] bool has_all_glyphs() const {
        return std::none_of(infos_.begin(), infos_.end(), [](auto const& info) { return info.codepoint == 0; });
    }
    [[nodiscard]] std::size_t n_glyphs() const { return infos_.size(); }
    /// @param without  number of a glyph that is left out; n_glyphs(): none
    [[nodiscard]] Picture picture(std::size_t without) const {
        Picture out{2400, 400, std::vector<unsigned char>(2400 * 400)};
        long pen = 100 * 64;
        for (std::size_t i = 0; i < infos_.size(); ++i) {
            if (i != without) draw(out, infos_[i].codepoint, pen + positions_[i].x_offset, positions_[i].y_offset);
            pen += positions_[i].x_advance;
        }
        return out.trimmed();
    }

private:
    void draw(Picture& out, unsigned glyph, long x, long y) const {
        if (FT_Load_Glyph(face_, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return;
        FT_Outline_Translate(&face_->glyph->outline, x & 63, y & 63);
        FT_Render_Glyph(face_->glyph, FT_RENDER_MODE_NORMAL);
        auto const& bitmap = face_->glyph->bitmap;
        for (unsigned row = 0; row < bitmap.rows; ++row)
            for (unsigned column = 0; column < bitmap.width; ++column)
                out.add(static_cast<int>(x >> 6) + face_->glyph->bitmap_left + static_cast<int>(column),
                        240 - static_cast<int>(y >> 6) - face_->glyph->bitmap_top + static_cast<int>(row),
                        bitmap.buffer[row * static_cast<unsigned>(bitmap.pitch) + column]);
    }
    FT_Library library_ = nullptr;
    FT_Face face_ = nullptr;
    std::vector<hb_glyph_info_t> infos_;
    std::vector<hb_glyph_position_t> positions_;
};

/// Dark pixels of `one` that have nothing dark near them in `other`, both laid over each other.
int n_unmatched(Picture const& one, Picture const& other, int dx, int dy) {
    constexpr int dark = 128, shadow = 64, near = 1;
    int n = 0;
    for (int y = 0; y < one.height; ++y)
        for (int x = 0; x < one.width; ++x) {
            if (one.at(x, y) < dark) continue;
            bool matched = false;
            for (int j = -near; j <= near && !matched; ++j)
                for (int i = -near; i <= near && !matched; ++i)
                    matched = other.at(x + dx + i, y + dy + j) >= shadow;
            n += matched ? 0 : 1;
        }
    return n;
}

/// How far two pictures differ: pixels of either that the other lacks, where they fit best.
int difference(Picture const& one, Picture const& other) {
    int least = std::numeric_limits<int>::max();
    int const slack_x = std::min(8, 2 + std::abs(one.width - other.width));
    int const slack_y = std::min(8, 2 + std::abs(one.height - other.height));
    for (int dy = -slack_y; dy <= slack_y; ++dy)
        for (int dx = -slack_x; dx <= slack_x; ++dx)
            least = std::min(least, std::max(n_unmatched(one, other, dx, dy), n_unmatched(other, one, -dx, -dy)));
    return least;
}

constexpr int alike = 2;  // pixels: strays at the edges of strokes; a point of Hebrew has over 8 that are its own

std::string safe_name(testing::TestParamInfo<Sample> const& info) {
    std::string name;
    for (char const c : info.param.script)
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
    return name;
}

class PdfScripts : public testing::TestWithParam<Sample> {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(GetParam().font))
            GTEST_SKIP() << GetParam().font << " is not installed; scripts/setup --tests installs it";
    }
    [[nodiscard]] static std::string pdf_of(std::string const& text) {
        RenderSettings settings;
        settings.options = {{"font_size", type_size}, {"margin", 50.0}, {"orientation", std::string("landscape")}};
        auto const rendering = render(plugin(), paragraph_on_page_two(text), settings);
        EXPECT_EQ(rendering.status, DOSSIER_OK);
        EXPECT_THAT(rendering.log, IsEmpty()) << "every character has a glyph";
        return rendering.only_file();
    }
};

TEST_P(PdfScripts, AreDrawnAsFreeTypeDrawsThem) {
    SKIP_WITHOUT("pdftoppm");
    auto const& sample = GetParam();
    Drawing const drawing(sample.font, sample.language, sample.word);
    ASSERT_TRUE(drawing.has_all_glyphs()) << "the sample is not for this font";
    auto const page = drawn_body(pdf_of(sample.word));
    EXPECT_LE(difference(page, drawing.picture(drawing.n_glyphs())), alike);
    // The check sees every glyph: without any one of them the pictures differ.
    for (std::size_t i = 0; i < drawing.n_glyphs(); ++i) {
        auto const incomplete = drawing.picture(i);
        if (difference(drawing.picture(drawing.n_glyphs()), incomplete) == 0) continue;  // it has no ink
        EXPECT_GT(difference(page, incomplete), 2 * alike) << "glyph " << i << " could be missing unseen";
    }
}

/// What pdftotext marks right-to-left lines with.
std::string without_direction_marks(std::string text) {
    for (std::string const mark : {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c"})
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.erase(at, mark.size());
    return text;
}

/// The words of the body as its tags say them, one paragraph or cell behind the other.
std::string tagged_text(PdfFile const& file) {
    std::istringstream dump(file.run("pdfinfo -struct-text"));
    std::string text;
    bool is_body = false;
    for (std::string line; std::getline(dump, line);) {
        auto const indent = line.find_first_not_of(' ');
        if (indent == std::string::npos) continue;
        is_body = is_body || line.compare(indent, 4, "Sect") == 0;
        if (is_body && line[indent] == '"') text += line.substr(indent + 1, line.size() - indent - 2);
    }
    return PdfFile::squeezed(text);
}

std::size_t n_times(std::string const& part, std::string const& text) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

TEST_P(PdfScripts, CopyAsTheyWentIn) {
    SKIP_WITHOUT("pdftotext");
    SKIP_WITHOUT("qpdf");
    auto const bytes = pdf_of(GetParam().line);
    PdfFile const file(bytes);
    auto const text = without_direction_marks(file.run("pdftotext -f 2", "-"));  // poppler's words on errors as well
    EXPECT_THAT(PdfFile::squeezed(text), HasSubstr(GetParam().line));
    EXPECT_THAT(text, Not(HasSubstr("\u200b")));
    EXPECT_THAT(file.run("qpdf --check"), HasSubstr("No syntax or stream encoding errors found"));
    std::istringstream fonts(file.run("pdffonts"));
    std::string line;
    std::getline(fonts, line), std::getline(fonts, line);  // the head
    while (std::getline(fonts, line))
        EXPECT_THAT(line, HasSubstr("yes yes yes")) << "embedded, subset, Unicode";
    EXPECT_TRUE(pdf_of(GetParam().line) == bytes) << "the same bytes twice";
}

TEST_P(PdfScripts, AreTaggedInTheOrderOfReading) {
    SKIP_WITHOUT("pdfinfo");
    EXPECT_EQ(tagged_text(PdfFile(pdf_of(GetParam().line))), GetParam().line);
}

/// Scripts and directions in one line; `line` alone counts. All in fonts that other samples have.
std::vector<Sample> const& mixtures() {
    static auto const arabic = noto("NotoSansArabic"), hebrew = noto("NotoSansHebrew"), adlam = noto("NotoSansAdlam");
    static auto const tower = [] {
        std::string text = "ด";
        for (int i = 0; i < 90; ++i)
            text += i % 10 < 5 ? "้" : "็";
        return text;
    }();
    static std::vector<Sample> const all = {
        {"Hebrew in English", hebrew, "en", "", "The word שלום means peace, and 12 is 12."},
        {"Hebrew with points in English", hebrew, "en", "", "In בְּרֵאשִׁית the points (אָלֶף) stay."},
        {"Words of Hebrew in English", hebrew, "en", "",
         "The report of that year says עבודת לילה מעלה סיכון and little else."},
        {"Brackets around Hebrew", hebrew, "en", "", "Peace (שלום), some people in [שלום עולם], or “שלום”."},
        {"English in Hebrew", hebrew, "he", "", "המילה peace היא שלום"},
        {"Arabic in English", arabic, "en", "", "The risk (الخطر) rose; لا إله إلا الله is said."},
        {"Arabic with vowels in English", arabic, "en", "", "He is مُحَمَّدٌ الإصابة here."},
        {"Number in Arabic", arabic, "ar", "", "هذا نص عربي مع 123 رقم"},
        {"Bracketed number in Arabic", arabic, "ar", "", "ارتفع الخطر (42) لدى العاملين"},
        {"Estimate in Arabic", arabic, "ar", "", "ارتفع الخطر (RR 1.24; 95% CI 1.10–1.39) لدى العاملين"},
        {"Arabic digits", arabic, "ar", "", "العدد ١٢٣٫٥ من ٢٠٠"},
        {"Bracketed words in Arabic", arabic, "ar", "", "قال (نعم) ثم [لا] أخيرا."},
        {"Sentences in Hebrew", hebrew, "he", "", "עבודת לילה, מעלה את הסיכון. האם (בשנת 2020)? כן: ב-12%!"},
        {"Thai in English", noto("NotoSansThai"), "en", "", "Water น้ำ, risk ความเสี่ยง, he ผู้ที่ป่วย."},
        {"Devanagari in English", noto("NotoSansDevanagari"), "en", "", "That कि हिन्दी कर्ता र्कि is written."},
        {"Right to left above U+FFFF", adlam, "en", "",
         "They call it 𞤀𞤣𞤤𞤢𞤥 𞤆𞤵𞤤𞤢𞤪, or so (𞤆𞤵𞤤𞤢𞤪) they say."},
        {"Marks in a pile", noto("NotoSansThai"), "en", "", "A tower " + tower + " of marks"},
        {"Left to right above U+FFFF", noto("NotoSansMath"), "en", "", "An 𝓐𝓑 with 𝛼𝛽, שלום and x."},
        {"Vietnamese decomposed", dejavu, "vi", "", "Vie\u0323\u0302t be\u0323\u0304d x\u0302\u0323y, office"},
    };
    return all;
}

class PdfMixtures : public PdfScripts {};

TEST_P(PdfMixtures, AreTaggedInTheOrderOfReading) {
    SKIP_WITHOUT("pdfinfo");
    EXPECT_EQ(tagged_text(PdfFile(pdf_of(GetParam().line))), GetParam().line);
}

TEST_P(PdfMixtures, CopyInTheOrderOfReading) {
    SKIP_WITHOUT("pdftotext");
    // Several times, since pdftotext says all lines of a page in the direction of most of its letters.
    auto const& line = GetParam().line;
    PdfFile const file(pdf_of(line + " " + line + " " + line));
    for (std::string const mode : {"", "-layout"}) {
        auto const text = PdfFile::squeezed(without_direction_marks(file.run("pdftotext -f 2 " + mode, "-")));
        EXPECT_EQ(n_times(line, text), 3u) << mode << ": " << text;
    }
}

TEST_P(PdfMixtures, StayThatWayInNarrowCells) {
    SKIP_WITHOUT("pdfinfo");
    SKIP_WITHOUT("pdftotext");
    Document document;
    document.begin("T").begin_section("report");
    {
        std::vector<dossier::Column> columns;
        std::vector<dossier::Cell> cells;
        for (int i = 0; i < 12; ++i) {
            columns.push_back(dossier::Column::text("c" + std::to_string(i), "C"));
            cells.emplace_back(GetParam().line);
        }
        document.out().table("Narrow", columns).cells_row(cells);
    }
    document.end_section().end();
    PdfFile const file(render(plugin(), document).only_file());
    EXPECT_EQ(n_times(GetParam().line, tagged_text(file)), 12u);
}

INSTANTIATE_TEST_SUITE_P(All, PdfMixtures, testing::ValuesIn(mixtures()), safe_name);

INSTANTIATE_TEST_SUITE_P(All, PdfScripts, testing::ValuesIn(samples()), safe_name);

}  // namespace
