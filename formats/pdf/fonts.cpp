#include "fonts.hpp"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <dossier/plugin.hpp>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

template <class Type, void (*destroy)(Type*)>
struct Destroyer {
    void operator()(Type* object) const noexcept { destroy(object); }
};
using BlobHandle = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_t, hb_blob_destroy>>;
using FaceHandle = std::unique_ptr<hb_face_t, Destroyer<hb_face_t, hb_face_destroy>>;
using FontHandle = std::unique_ptr<hb_font_t, Destroyer<hb_font_t, hb_font_destroy>>;
using BufferHandle = std::unique_ptr<hb_buffer_t, Destroyer<hb_buffer_t, hb_buffer_destroy>>;
using SubsetHandle = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_t, hb_subset_input_destroy>>;
using PlanHandle = std::unique_ptr<hb_subset_plan_t, Destroyer<hb_subset_plan_t, hb_subset_plan_destroy>>;

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

/// Maps the file into memory, so that a collection of 20 MB costs what is read
/// of it. Null: it is not there.
BlobHandle open_font(FontFile const& file) {
    for (auto const& path : file.paths)
        if (BlobHandle blob(hb_blob_create_from_file_or_fail(path.c_str())); blob != nullptr) return blob;
    if (file.required)
        throw PluginError("the font " + file.paths.back() +
                          " cannot be read; install the packages fonts-dejavu-core "
                          "and fonts-dejavu-extra");
    return nullptr;
}

bool is_joiner_or_selector(char32_t c) noexcept {
    return c == 0x200c || c == 0x200d || c == 0x200e || c == 0x200f || (c & ~0xfu) == 0xfe00;
}

bool is_ideographic(hb_script_t script) noexcept {
    return script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA || script == HB_SCRIPT_KATAKANA ||
           script == HB_SCRIPT_BOPOMOFO;
}

char const* language_of(Region region) noexcept {
    switch (region) {
        case Region::taiwan: return "zh-Hant";
        case Region::hong_kong: return "zh-HK";
        case Region::japan: return "ja";
        case Region::korea: return "ko";
        default: return "zh-Hans";
    }
}

}  // namespace

// ---- Fonts in use
// -------------------------------------------------------------------------------------------------

struct FontSet::LoadedFont {
    explicit LoadedFont(BlobHandle file, unsigned index)
        : face(hb_face_create(file.get(), index)),
          font(hb_font_create(face.get())),
          units_per_em(static_cast<int>(hb_face_get_upem(face.get()))) {
        codes.push_back({0, {}, 0});  // code 0 is .notdef, which is never shown
    }
    [[nodiscard]] int thousandths(int units) const noexcept {
        int const scaled = units * 1000;
        return (scaled >= 0 ? scaled + units_per_em / 2 : scaled - units_per_em / 2) / units_per_em;
    }
    [[nodiscard]] hb_codepoint_t glyph_of(char32_t code_point) const {
        hb_codepoint_t glyph = 0;
        return hb_font_get_nominal_glyph(font.get(), code_point, &glyph) != 0 ? glyph : 0;
    }
    /// The code of a glyph that stands for a text. When all codes are taken: that
    /// of a replacement.
    std::uint16_t code_of(hb_codepoint_t glyph, std::u32string_view text) {
        return code_of(glyph, text, thousandths(hb_font_get_glyph_h_advance(font.get(), glyph)));
    }
    std::uint16_t code_of(hb_codepoint_t glyph, std::u32string_view text, int width) {
        constexpr std::size_t last_code = 0xffff;
        if (codes.size() >= last_code) {
            if (codes.size() == last_code)
                codes.push_back({static_cast<std::uint16_t>(glyph_of(replacement_character)),
                                 std::u32string(1, replacement_character), width});
            auto const known = numbers.find({glyph, width, std::u32string(text)});
            return known != numbers.end() ? known->second : static_cast<std::uint16_t>(last_code);
        }
        auto const next = static_cast<std::uint16_t>(codes.size());
        auto const [entry, is_new] = numbers.try_emplace({glyph, width, std::u32string(text)}, next);
        if (is_new) codes.push_back({static_cast<std::uint16_t>(glyph), std::u32string(text), width});
        return entry->second;
    }

    struct Code {
        std::uint16_t glyph;
        std::u32string text;
        int width;
    };
    FaceHandle face;
    FontHandle font;
    int units_per_em;
    std::vector<Code> codes;
    std::map<std::tuple<hb_codepoint_t, int, std::u32string>, std::uint16_t> numbers;
};

/// Part of a word in one script and font.
struct FontSet::Run {
    std::size_t begin, end;
    FontNumber font;
    hb_script_t script;
    bool replaced;  ///< one character that no font has
};

struct FontSet::WordCache {
    using Words = std::unordered_map<std::string, Word, StringHash, std::equal_to<>>;
    std::array<Words, n_faces * n_regions * 2> by_variant;

    Words& of(Face look, Setting const& setting) {
        return by_variant[(static_cast<std::size_t>(look) * n_regions + static_cast<std::size_t>(setting.region)) * 2 +
                          (setting.right_to_left ? 1 : 0)];
    }
};

struct FontSet::Shaper {
    BufferHandle buffer{hb_buffer_create()};
};

FontSet::FontSet(std::function<void(std::string const&)> warn)
    : warn_(std::move(warn)),
      shaper_(std::make_unique<Shaper>()),
      fonts_(n_fonts()),
      is_absent_(n_fonts()),
      words_(std::make_shared<WordCache>()) {}
FontSet::~FontSet() = default;

FontSet::LoadedFont* FontSet::font_or_null(FontNumber number) {
    auto& slot = fonts_[number];
    if (slot != nullptr || is_absent_[number]) return slot.get();
    auto const& file = font_file(number);
    auto blob = open_font(file);
    is_absent_[number] = blob == nullptr;
    if (blob != nullptr) slot = std::make_unique<LoadedFont>(std::move(blob), file.index);
    return slot.get();
}

FontSet::LoadedFont& FontSet::loaded(FontNumber number) {
    return *font_or_null(number);
}

bool FontSet::has(FontNumber number, char32_t code_point) {
    auto const* const font = font_or_null(number);
    return font != nullptr && font->glyph_of(code_point) != 0;
}

int FontSet::width(FontNumber font, std::uint16_t code) const {
    return fonts_[font]->codes[code].width;
}

Glyph FontSet::silent(Glyph glyph) {
    auto& font = *fonts_[glyph.font];
    auto const shown = font.codes[glyph.code];
    glyph.code = font.code_of(shown.glyph, {}, shown.width);
    return glyph;
}

std::u32string const& FontSet::text(FontNumber font, std::uint16_t code) const {
    return fonts_[font]->codes[code].text;
}

Glyph FontSet::space(Face look) {
    return shape(look, " ").glyphs.front();
}

void FontSet::trim() {
    auto const has_many_words = [](WordCache::Words const& words) { return words.size() > 40'000; };
    auto const& all = words_->by_variant;
    if (std::any_of(all.begin(), all.end(), has_many_words)) words_ = std::make_shared<WordCache>();
}

std::shared_ptr<void const> FontSet::kept_words() const {
    return words_;
}

void FontSet::set_language(std::string_view tag) {
    constexpr std::size_t longest_tag = 35;  // BCP 47, section 4.4.1
    if (!tag.empty() && tag.size() <= longest_tag) language_ = tag;
}

Region FontSet::region_of(bool has_kana, bool has_hangul) const noexcept {
    auto const begins = [&](std::string_view with) { return language_.compare(0, with.size(), with) == 0; };
    if (begins("ja")) return Region::japan;
    if (begins("ko")) return Region::korea;
    if (begins("zh-HK") || begins("zh-Hant-HK") || begins("yue")) return Region::hong_kong;
    if (begins("zh-Hant") || begins("zh-TW")) return Region::taiwan;
    if (begins("zh")) return Region::china;
    return has_kana ? Region::japan : has_hangul ? Region::korea : Region::china;
}

// ---- Shaping
// ------------------------------------------------------------------------------------------------------

FontNumber FontSet::font_for(Face look, std::uint32_t script, char32_t code_point) {
    auto& order = orders_[{look, script}];
    if (order.empty()) order = fonts_to_ask(look, static_cast<hb_script_t>(script));
    for (auto const number : order)
        if (has(number, code_point)) return number;
    return number_of(look);
}

void FontSet::report_missing(char32_t code_point) {
    constexpr std::size_t most_reports = 24;
    if (missing_.size() > most_reports || std::find(missing_.begin(), missing_.end(), code_point) != missing_.end())
        return;
    missing_.push_back(code_point);
    if (missing_.size() > most_reports)
        return warn_(
            "more characters are in no font of the PDF format; the rest "
            "is not listed");
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string number;
    for (int shift = code_point > 0xfffff ? 20 : code_point > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
        number += digits[(code_point >> shift) & 15];
    std::string shown;
    append_utf8(shown, code_point);
    warn_("no font of the PDF format has the character U+" + number + " (" + shown + "); a replacement is shown");
}

Word const& FontSet::shape(Face look, std::string_view utf8, Setting const& setting) {
    auto& words = words_->of(look, setting);
    if (auto const known = words.find(utf8); known != words.end()) return known->second;

    std::u32string text;
    for (std::size_t at = 0; at < utf8.size();)
        text.push_back(next_code_point(utf8, at));
    auto runs = runs_of(look, text);
    if (setting.right_to_left) std::reverse(runs.begin(), runs.end());
    Word word;
    for (auto const& run : runs)
        shape_run(run, std::u32string_view(text).substr(run.begin, run.end - run.begin), setting, word);
    for (auto const& glyph : word.glyphs)
        word.width += glyph.advance;
    word.is_letter_by_letter = word.glyphs.size() == text.size() &&
                               std::all_of(word.glyphs.begin(), word.glyphs.end(), [](Glyph const& glyph) {
                                   return !glyph.shares_text && glyph.advance != 0 && glyph.dx == 0 && glyph.dy == 0;
                               });
    return words.emplace(std::string(utf8), std::move(word)).first->second;
}

std::vector<Glyph> FontSet::blanks_for(FontNumber number, std::u32string_view text, int width) {
    if (text.empty()) return {};
    constexpr int width_step = 20;  // few widths, few codes
    if (loaded(number).glyph_of(' ') == 0) number = number_of(Face::wide);
    auto& font = loaded(number);
    int const wanted = width / static_cast<int>(text.size());
    int const blank_width = std::max(wanted / width_step * width_step, width_step);
    std::vector<Glyph> blanks;
    for (std::size_t i = 0; i < text.size(); ++i) {
        Glyph blank;
        blank.font = number;
        blank.code = font.code_of(font.glyph_of(' '), text.substr(i, 1), blank_width);
        blank.advance = static_cast<std::int16_t>(wanted);
        blanks.push_back(blank);
    }
    return blanks;
}

std::vector<FontSet::Run> FontSet::runs_of(Face look, std::u32string const& text) {
    auto* const functions = hb_unicode_funcs_get_default();
    std::vector<Run> runs;
    hb_script_t script = HB_SCRIPT_COMMON;  // of the letters so far
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = text[at];
        auto const own_script = hb_unicode_script(functions, c);
        bool const binds = own_script == HB_SCRIPT_INHERITED || is_joiner_or_selector(c);
        if (at > 0 && binds && !runs.back().replaced && (is_joiner_or_selector(c) || has(runs.back().font, c))) {
            runs.back().end = at + 1;  // takes the font and script of what stands before it
            continue;
        }
        bool const says_script = own_script != HB_SCRIPT_COMMON && own_script != HB_SCRIPT_INHERITED;
        bool const new_script = says_script && script != HB_SCRIPT_COMMON && own_script != script;
        if (says_script) script = own_script;
        auto const font = font_for(look, script, c);
        bool const replaced = !binds && !has(font, c);
        if (runs.empty() || runs.back().font != font || runs.back().replaced || replaced || new_script)
            runs.push_back({at, at + 1, font, script, replaced});
        else
            runs.back().end = at + 1, runs.back().script = script;
        if (replaced) report_missing(c);
    }
    return runs;
}

void FontSet::shape_run(Run const& run, std::u32string_view text, Setting const& setting, Word& word) {
    auto number = run.font;
    if (run.replaced && !has(number, replacement_character)) number = number_of(Face::wide);
    auto& font = loaded(number);
    auto* const buffer = shaper_->buffer.get();
    std::u32string_view const shown = run.replaced ? std::u32string_view(&replacement_character, 1) : text;
    hb_buffer_clear_contents(buffer);
    // By character, not by grapheme, so that a mark drawn as its own glyph keeps
    // its own text.
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_codepoints(buffer, reinterpret_cast<hb_codepoint_t const*>(shown.data()),
                             static_cast<int>(shown.size()), 0, static_cast<int>(shown.size()));
    hb_buffer_set_script(buffer, run.script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : run.script);
    hb_buffer_set_direction(buffer, setting.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    auto const* const language = is_ideographic(run.script) ? language_of(setting.region) : language_.c_str();
    hb_buffer_set_language(buffer, hb_language_from_string(language, -1));  // not the environment's
    hb_shape(font.font.get(), buffer, nullptr, 0);

    unsigned n_glyphs = 0;
    auto const* const infos = hb_buffer_get_glyph_infos(buffer, &n_glyphs);
    auto const* const positions = hb_buffer_get_glyph_positions(buffer, nullptr);
    auto const end_of_cluster = [&](unsigned i) {  // in the text; from right to left it is the cluster to the left
        auto next = i;
        while (next < n_glyphs && infos[next].cluster == infos[i].cluster)
            next += setting.right_to_left ? ~0u : 1u;  // below the first comes a number beyond the last
        return next < n_glyphs ? infos[next].cluster : static_cast<unsigned>(shown.size());
    };
    auto const is_placed_mark = [&](unsigned i) {
        return positions[i].x_advance == 0 && (positions[i].x_offset != 0 || positions[i].y_offset != 0);
    };
    auto const space = font.glyph_of(' ');
    auto const add_blank = [&](std::u32string_view own_text) {  // without width
        Glyph blank;
        blank.font = number;
        blank.code = font.code_of(space, own_text, 0);
        blank.starts_cluster = blank.starts_text = false;
        blank.shares_text = true;
        word.glyphs.push_back(blank);
    };
    for (unsigned first = 0; first < n_glyphs;) {
        // What shares a text: a cluster, and from left to right the marks that are set over, under or into it.
        auto last = first + 1;
        while (last < n_glyphs &&
               (infos[last].cluster == infos[last - 1].cluster || (!setting.right_to_left && is_placed_mark(last))))
            ++last;
        for (auto i = first; i < last; ++i) {
            // The first glyph of a cluster stands for its text, further ones for nothing of their own.
            std::u32string_view own_text;
            if (i == first || infos[i].cluster != infos[i - 1].cluster)
                own_text = run.replaced ? text : shown.substr(infos[i].cluster, end_of_cluster(i) - infos[i].cluster);
            // Marks piled upon each other may leave the page, where poppler reads nothing: a blank below says their text.
            bool const is_far = !setting.right_to_left && std::abs(positions[i].y_offset) > font.units_per_em;
            bool const is_said_by_blank = is_far && last - first > 1 && space != 0;
            Glyph glyph;
            glyph.font = number;
            glyph.code = font.code_of(infos[i].codepoint, is_said_by_blank ? std::u32string_view() : own_text);
            glyph.advance = static_cast<std::int16_t>(font.thousandths(positions[i].x_advance));
            glyph.dx = static_cast<std::int16_t>(font.thousandths(positions[i].x_offset));
            glyph.dy = static_cast<std::int16_t>(font.thousandths(positions[i].y_offset));
            // A mark that takes no room stays with its letter, which in right-to-left text stands behind it.
            bool const is_on_its_own = i == 0 || positions[setting.right_to_left ? i - 1 : i].x_advance != 0;
            glyph.starts_cluster = i == first && is_on_its_own;
            glyph.starts_text = i == first;
            glyph.shares_text = last - first > 1;
            word.glyphs.push_back(glyph);
            if (is_said_by_blank) add_blank(own_text);
        }
        // Readers take a text to end where its last glyph does, so a mark is followed by an end without width.
        if (!setting.right_to_left && last - first > 1 && positions[last - 1].x_advance == 0 && space != 0)
            add_blank({});
        first = last;
    }
}

// ---- Embedding
// ----------------------------------------------------------------------------------------------------

namespace {

/// Six letters that say which glyphs are inside, as PDF wants before the name
/// of a subset.
std::string subset_tag(std::vector<std::uint16_t> const& glyph_ids) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (auto const id : glyph_ids)
        hash = (hash ^ id) * 0x100000001b3u;
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26)
        tag.push_back(static_cast<char>('A' + hash % 26));
    return tag;
}

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    auto const* const data = hb_blob_get_data(blob, &size);
    return {data, size};
}

std::string table_of(hb_face_t* face, hb_tag_t tag) {
    BlobHandle const blob(hb_face_reference_table(face, tag));
    return bytes_of(blob.get());
}

struct Subset {
    std::string program;
    bool is_cff;
    std::vector<std::uint16_t> glyph_ids;  ///< in the program, for each glyph asked for
};

/// Cuts out the glyphs and what they are made of, numbered anew.
Subset subset_of(hb_face_t* face, std::vector<std::uint16_t> const& glyph_ids) {
    SubsetHandle const input(hb_subset_input_create_or_fail());
    if (input == nullptr) throw std::bad_alloc();
    auto* const glyphs = hb_subset_input_glyph_set(input.get());
    for (auto const id : glyph_ids)
        hb_set_add(glyphs, id);
    // What draws glyphs is kept; character maps and layout are the shaper's
    // business and are done.
    auto* const dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (auto const tag : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
                           HB_TAG('B', 'A', 'S', 'E'), HB_TAG('M', 'A', 'T', 'H'), HB_TAG('V', 'O', 'R', 'G'),
                           HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('c', 'm', 'a', 'p'),
                           HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'),
                           HB_TAG('k', 'e', 'r', 'n'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('F', 'F', 'T', 'M')})
        hb_set_add(dropped, tag);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    PlanHandle const plan(hb_subset_plan_create_or_fail(face, input.get()));
    FaceHandle const subset(plan == nullptr ? nullptr : hb_subset_plan_execute_or_fail(plan.get()));
    if (subset == nullptr) throw PluginError("a font could not be subset for the PDF file");

    Subset out;
    out.program = table_of(subset.get(), HB_TAG('C', 'F', 'F', ' '));
    out.is_cff = !out.program.empty();
    // A CFF program keyed by CID keeps the CIDs of its glyphs, which in the fonts
    // on the list are the glyph ids.
    if (out.is_cff) return out.glyph_ids = glyph_ids, out;
    BlobHandle const blob(hb_face_reference_blob(subset.get()));
    out.program = bytes_of(blob.get());
    auto const* const new_ids = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    for (auto const id : glyph_ids)
        out.glyph_ids.push_back(static_cast<std::uint16_t>(hb_map_get(new_ids, id)));
    return out;
}

std::string postscript_name(hb_face_t* face) {
    char name[128] = "";
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
    return name;
}

int big_endian_16(char const* bytes) {
    return static_cast<std::int16_t>((static_cast<unsigned char>(bytes[0]) << 8) |
                                     static_cast<unsigned char>(bytes[1]));
}

}  // namespace

std::vector<EmbeddedFont> FontSet::embed() const {
    std::vector<EmbeddedFont> embedded;
    for (std::size_t number = 0; number < fonts_.size(); ++number)
        if (fonts_[number] != nullptr && fonts_[number]->codes.size() > 1)
            embedded.push_back(embedded_font(static_cast<FontNumber>(number)));
    return embedded;
}

EmbeddedFont FontSet::embedded_font(FontNumber number) const {
    auto const& font = *fonts_[number];
    EmbeddedFont out;
    out.number = number;
    std::vector<std::uint16_t> glyph_ids;
    for (auto const& code : font.codes) {
        out.widths.push_back(code.width);
        out.texts.push_back(code.text);
        glyph_ids.push_back(code.glyph);
    }
    auto subset = subset_of(font.face.get(), glyph_ids);
    out.program = std::move(subset.program);
    out.is_cff = subset.is_cff;
    out.name = subset_tag(glyph_ids) + "+" + postscript_name(font.face.get());
    out.glyph_ids = std::move(subset.glyph_ids);
    auto const head = table_of(font.face.get(), HB_TAG('h', 'e', 'a', 'd'));
    for (std::size_t k = 0; k < 4 && head.size() >= 44; ++k)
        out.bounding_box[k] = font.thousandths(big_endian_16(head.data() + 36 + 2 * k));
    hb_font_extents_t extents{};
    hb_font_get_h_extents(font.font.get(), &extents);
    out.ascent = font.thousandths(extents.ascender);
    out.descent = font.thousandths(extents.descender);
    hb_position_t cap_height = 0;
    hb_ot_metrics_get_position(font.font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT, &cap_height);
    out.cap_height = font.thousandths(cap_height);
    auto const& file = font_file(number);
    out.bold = file.bold, out.italic = file.italic, out.serif = file.serif, out.fixed_pitch = file.fixed_pitch;
    return out;
}

}  // namespace dossier::pdf
