#include "font_list.hpp"

#include <array>

namespace dossier::pdf {

namespace {

constexpr char const* dejavu = "/usr/share/fonts/truetype/dejavu/";  // fonts-dejavu-core,
                                                                     // fonts-dejavu-extra
constexpr char const* noto = "/usr/share/fonts/truetype/noto/";      // fonts-noto-core
constexpr char const* noto_cjk = "/usr/share/fonts/opentype/noto/";  // fonts-noto-cjk
constexpr char const* symbola =
    "/usr/share/fonts/truetype/ancient-scripts/"
    "Symbola_hint.ttf";  // fonts-symbola

struct ScriptFont {
    hb_script_t script;
    char const* name;             ///< "-Regular.ttf" and "-Bold.ttf" follow
    bool after_the_look = false;  ///< DejaVu draws the script as well, and in the
                                  ///< look of the text around it
};

// Scripts that people write in today, and some that scholars quote.
constexpr std::array script_fonts{
    ScriptFont{HB_SCRIPT_ARABIC, "NotoSansArabic"},
    ScriptFont{HB_SCRIPT_HEBREW, "NotoSansHebrew"},
    ScriptFont{HB_SCRIPT_DEVANAGARI, "NotoSansDevanagari"},
    ScriptFont{HB_SCRIPT_BENGALI, "NotoSansBengali"},
    ScriptFont{HB_SCRIPT_GURMUKHI, "NotoSansGurmukhi"},
    ScriptFont{HB_SCRIPT_GUJARATI, "NotoSansGujarati"},
    ScriptFont{HB_SCRIPT_ORIYA, "NotoSansOriya"},
    ScriptFont{HB_SCRIPT_TAMIL, "NotoSansTamil"},
    ScriptFont{HB_SCRIPT_TELUGU, "NotoSansTelugu"},
    ScriptFont{HB_SCRIPT_KANNADA, "NotoSansKannada"},
    ScriptFont{HB_SCRIPT_MALAYALAM, "NotoSansMalayalam"},
    ScriptFont{HB_SCRIPT_SINHALA, "NotoSansSinhala"},
    ScriptFont{HB_SCRIPT_THAI, "NotoSansThai"},
    ScriptFont{HB_SCRIPT_LAO, "NotoSansLao"},
    ScriptFont{HB_SCRIPT_TIBETAN, "NotoSerifTibetan"},
    ScriptFont{HB_SCRIPT_MYANMAR, "NotoSansMyanmar"},
    ScriptFont{HB_SCRIPT_KHMER, "NotoSansKhmer"},
    ScriptFont{HB_SCRIPT_ETHIOPIC, "NotoSansEthiopic"},
    ScriptFont{HB_SCRIPT_SYRIAC, "NotoSansSyriac"},
    ScriptFont{HB_SCRIPT_THAANA, "NotoSansThaana"},
    ScriptFont{HB_SCRIPT_NKO, "NotoSansNKo"},
    ScriptFont{HB_SCRIPT_ADLAM, "NotoSansAdlam"},
    ScriptFont{HB_SCRIPT_MONGOLIAN, "NotoSansMongolian"},
    ScriptFont{HB_SCRIPT_CHEROKEE, "NotoSansCherokee"},
    ScriptFont{HB_SCRIPT_CANADIAN_SYLLABICS, "NotoSansCanadianAboriginal"},
    ScriptFont{HB_SCRIPT_YI, "NotoSansYi"},
    ScriptFont{HB_SCRIPT_JAVANESE, "NotoSansJavanese"},
    ScriptFont{HB_SCRIPT_BALINESE, "NotoSansBalinese"},
    ScriptFont{HB_SCRIPT_SUNDANESE, "NotoSansSundanese"},
    ScriptFont{HB_SCRIPT_CHAM, "NotoSansCham"},
    ScriptFont{HB_SCRIPT_OL_CHIKI, "NotoSansOlChiki"},
    ScriptFont{HB_SCRIPT_MEETEI_MAYEK, "NotoSansMeeteiMayek"},
    ScriptFont{HB_SCRIPT_LEPCHA, "NotoSansLepcha"},
    ScriptFont{HB_SCRIPT_TAI_LE, "NotoSansTaiLe"},
    ScriptFont{HB_SCRIPT_NEW_TAI_LUE, "NotoSansNewTaiLue"},
    ScriptFont{HB_SCRIPT_VAI, "NotoSansVai"},
    ScriptFont{HB_SCRIPT_COPTIC, "NotoSansCoptic"},
    ScriptFont{HB_SCRIPT_GOTHIC, "NotoSansGothic"},
    ScriptFont{HB_SCRIPT_RUNIC, "NotoSansRunic"},
    ScriptFont{HB_SCRIPT_CUNEIFORM, "NotoSansCuneiform"},
    ScriptFont{HB_SCRIPT_EGYPTIAN_HIEROGLYPHS, "NotoSansEgyptianHieroglyphs"},
    ScriptFont{HB_SCRIPT_TIFINAGH, "NotoSansTifinagh", true},
    ScriptFont{HB_SCRIPT_ARMENIAN, "NotoSansArmenian", true},
    ScriptFont{HB_SCRIPT_GEORGIAN, "NotoSansGeorgian", true},
};

// Whatever the script: letters that DejaVu lacks, ideographs, signs.
constexpr std::array general_fonts{"NotoSans", "NotoSansMath", "NotoSansSymbols2", "NotoSansSymbols", "NotoMusic"};

// Numbers on the list: the looks, two for each script (regular, bold), two of
// CJK, the general ones, Symbola.
constexpr std::size_t first_of_scripts = n_faces;
constexpr std::size_t first_of_cjk = first_of_scripts + 2 * script_fonts.size();
constexpr std::size_t first_general = first_of_cjk + 2;
constexpr std::size_t symbola_at = first_general + general_fonts.size();
constexpr std::size_t n_listed = symbola_at + 1;
static_assert(n_listed <= 256, "a FontNumber is one byte");

FontFile look(std::string const& name, std::string const& stand_in, bool bold, bool italic, bool serif, bool fixed) {
    return {{dejavu + name + ".ttf", dejavu + stand_in + ".ttf"}, 0, bold, italic, serif, fixed, true};
}

FontFile sans(std::vector<std::string> paths, bool bold = false) {
    return {std::move(paths), 0, bold, false, false, false, false};
}

std::vector<FontFile> listed_fonts() {
    std::vector<FontFile> fonts{
        look("DejaVuSansCondensed", "DejaVuSans", false, false, false, false),
        look("DejaVuSansCondensed-Bold", "DejaVuSans-Bold", true, false, false, false),
        look("DejaVuSansCondensed-Oblique", "DejaVuSans", false, true, false, false),
        look("DejaVuSansCondensed-BoldOblique", "DejaVuSans-Bold", true, true, false, false),
        look("DejaVuSerifCondensed", "DejaVuSerif", false, false, true, false),
        look("DejaVuSerifCondensed-Italic", "DejaVuSerif", false, true, true, false),
        look("DejaVuSansMono", "DejaVuSansMono", false, false, false, true),
        look("DejaVuSansMono-Bold", "DejaVuSansMono-Bold", true, false, false, true),
        look("DejaVuSans", "DejaVuSans", false, false, false, false),
    };
    for (auto const& font : script_fonts) {
        auto const stem = std::string(noto) + font.name;
        fonts.push_back(sans({stem + "-Regular.ttf"}));
        fonts.push_back(sans({stem + "-Bold.ttf"}, true));
    }
    // One collection for China, Japan and Korea: the shaper picks each region's
    // shapes by language.
    fonts.push_back(sans({std::string(noto_cjk) + "NotoSansCJK-Regular.ttc"}));
    fonts.push_back(sans({std::string(noto_cjk) + "NotoSansCJK-Bold.ttc"}, true));
    for (auto const* const name : general_fonts)
        fonts.push_back(sans({std::string(noto) + name + "-Regular.ttf"}));
    fonts.push_back(sans({symbola}));
    return fonts;
}

std::vector<FontFile> const& fonts() {
    static std::vector<FontFile> const all = listed_fonts();
    return all;
}

}  // namespace

std::size_t n_fonts() {
    return fonts().size();
}

FontFile const& font_file(FontNumber number) {
    return fonts().at(number);
}

std::vector<FontNumber> fonts_to_ask(Face look, hb_script_t script) {
    std::vector<FontNumber> order;
    bool const bold = font_file(number_of(look)).bold;
    auto const add = [&](std::size_t number) { order.push_back(static_cast<FontNumber>(number)); };
    auto const add_both = [&](std::size_t regular) {  // the right weight first
        add(regular + (bold ? 1 : 0)), add(regular + (bold ? 0 : 1));
    };
    auto const add_script_font = [&](bool after_the_look) {
        for (std::size_t i = 0; i < script_fonts.size(); ++i)
            if (script_fonts[i].script == script && script_fonts[i].after_the_look == after_the_look)
                add_both(first_of_scripts + 2 * i);
    };
    add_script_font(false);
    for (auto const face : {look, Face::wide, Face::mono, Face::serif})
        add(number_of(face));
    add_script_font(true);
    add(first_general);  // Latin, Greek and Cyrillic letters come before
                         // ideographs' look-alikes
    add_both(first_of_cjk);
    for (auto number = first_general + 1; number < n_listed; ++number)
        add(number);
    return order;
}

}  // namespace dossier::pdf
