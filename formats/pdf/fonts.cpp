#include "fonts.hpp"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <dossier/plugin.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

// Fixed files, never what fontconfig finds: a damaged or foreign font must not reach the parsers, and the same input
// gives the same bytes. Each face lists its file and, from the package that is always there, the next best.
struct FaceFiles {
    char const* preferred;
    char const* fallback;
    bool bold, italic, serif, fixed_pitch;
};
constexpr std::array<FaceFiles, n_faces> face_files{{
    {"DejaVuSansCondensed", "DejaVuSans", false, false, false, false},
    {"DejaVuSansCondensed-Bold", "DejaVuSans-Bold", true, false, false, false},
    {"DejaVuSansCondensed-Oblique", "DejaVuSans", false, true, false, false},
    {"DejaVuSansCondensed-BoldOblique", "DejaVuSans-Bold", true, true, false, false},
    {"DejaVuSerifCondensed", "DejaVuSerif", false, false, true, false},
    {"DejaVuSerifCondensed-Italic", "DejaVuSerif", false, true, true, false},
    {"DejaVuSansMono", "DejaVuSansMono", false, false, false, true},
    {"DejaVuSansMono-Bold", "DejaVuSansMono-Bold", true, false, false, true},
    {"DejaVuSans", "DejaVuSans", false, false, false, false},
}};
constexpr char const* font_folder = "/usr/share/fonts/truetype/dejavu/";

template <class Type, void (*destroy)(Type*)>
struct Destroyer {
    void operator()(Type* object) const noexcept { destroy(object); }
};
using BlobHandle = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_t, hb_blob_destroy>>;
using FaceHandle = std::unique_ptr<hb_face_t, Destroyer<hb_face_t, hb_face_destroy>>;
using FontHandle = std::unique_ptr<hb_font_t, Destroyer<hb_font_t, hb_font_destroy>>;
using BufferHandle = std::unique_ptr<hb_buffer_t, Destroyer<hb_buffer_t, hb_buffer_destroy>>;
using SubsetHandle = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_t, hb_subset_input_destroy>>;

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

BlobHandle open_font(FaceFiles const& files) {
    for (auto const* name : {files.preferred, files.fallback}) {
        BlobHandle blob(hb_blob_create_from_file_or_fail((std::string(font_folder) + name + ".ttf").c_str()));
        if (blob != nullptr) return blob;
    }
    throw PluginError(std::string("the font ") + font_folder + files.fallback +
                      ".ttf cannot be read; install the packages fonts-dejavu-core and fonts-dejavu-extra");
}

}  // namespace

struct FontSet::LoadedFace {
    explicit LoadedFace(FaceFiles const& files)
        : blob(open_font(files)),
          face(hb_face_create(blob.get(), 0)),
          font(hb_font_create(face.get())),
          buffer(hb_buffer_create()),
          units_per_em(static_cast<int>(hb_face_get_upem(face.get()))) {
        cids.push_back({0, {}, 0});  // CID 0 is .notdef, which is never shown
    }
    [[nodiscard]] int thousandths(int units) const noexcept {
        int const scaled = units * 1000;
        return (scaled >= 0 ? scaled + units_per_em / 2 : scaled - units_per_em / 2) / units_per_em;
    }
    [[nodiscard]] bool has(char32_t code_point) const {
        hb_codepoint_t glyph = 0;
        return hb_font_get_nominal_glyph(font.get(), code_point, &glyph) != 0;
    }
    std::uint16_t cid_of(hb_codepoint_t glyph, std::u32string_view text) {
        auto const number = static_cast<std::uint16_t>(cids.size());
        auto const [entry, is_new] = numbers.try_emplace({glyph, std::u32string(text)}, number);
        if (is_new) {
            if (cids.size() >= 0xffff)
                throw PluginError("the document uses more than 65,534 different glyphs of a font");
            auto const advance = thousandths(hb_font_get_glyph_h_advance(font.get(), glyph));
            cids.push_back({static_cast<std::uint16_t>(glyph), std::u32string(text), advance});
        }
        return entry->second;
    }

    struct Cid {
        std::uint16_t glyph;
        std::u32string text;
        int width;
    };
    BlobHandle blob;
    FaceHandle face;
    FontHandle font;
    BufferHandle buffer;
    int units_per_em;
    std::vector<Cid> cids;
    std::map<std::pair<hb_codepoint_t, std::u32string>, std::uint16_t> numbers;
    std::unordered_map<std::string, Word, StringHash, std::equal_to<>> words;
};

FontSet::FontSet(std::function<void(std::string const&)> warn) : warn_(std::move(warn)) {}
FontSet::~FontSet() = default;

FontSet::LoadedFace& FontSet::loaded(Face face) {
    auto& slot = faces_[static_cast<std::size_t>(face)];
    if (slot == nullptr) slot = std::make_unique<LoadedFace>(face_files[static_cast<std::size_t>(face)]);
    return *slot;
}

int FontSet::width(Face face, std::uint16_t cid) const {
    return faces_[static_cast<std::size_t>(face)]->cids[cid].width;
}

Glyph FontSet::space(Face face) {
    return shape(face, " ").glyphs.front();
}

void FontSet::trim() {
    constexpr std::size_t many_words = 40'000;
    for (auto& face : faces_)
        if (face != nullptr && face->words.size() > many_words) face->words.clear();
}

Face FontSet::face_for(Face wanted, char32_t code_point) {
    for (auto const face : {wanted, Face::wide, Face::mono, Face::serif})
        if (loaded(face).has(code_point)) return face;
    return wanted;
}

void FontSet::report_missing(char32_t code_point) {
    constexpr std::size_t most_reports = 24;
    if (missing_.size() > most_reports || std::find(missing_.begin(), missing_.end(), code_point) != missing_.end())
        return;
    missing_.push_back(code_point);
    if (missing_.size() > most_reports)
        return warn_("more characters are in no font of the PDF format; the rest is not listed");
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string number;
    for (int shift = code_point > 0xffff ? 20 : 12; shift >= 0; shift -= 4)
        number += digits[(code_point >> shift) & 15];
    std::string shown;
    append_utf8(shown, code_point);
    warn_("no font of the PDF format has the character U+" + number + " (" + shown + "); a replacement is shown");
}

Word const& FontSet::shape(Face face, std::string_view utf8) {
    auto& words = loaded(face).words;
    if (auto const known = words.find(utf8); known != words.end()) return known->second;

    std::u32string text;
    for (std::size_t at = 0; at < utf8.size();)
        text.push_back(next_code_point(utf8, at));
    Word word;
    auto* const functions = hb_unicode_funcs_get_default();
    auto const script_of = [&](char32_t c) { return hb_unicode_script(functions, c); };
    auto const binds = [&](char32_t c) {  // takes the face and script of what stands before it
        auto const script = script_of(c);
        return script == HB_SCRIPT_INHERITED || c == 0x200c || c == 0x200d || c == 0x200e || c == 0x200f ||
               (c & ~0xfu) == 0xfe00;
    };
    struct Run {
        std::size_t begin, end;
        Face face;
        bool replaced;
    };
    std::vector<Run> runs;
    hb_script_t script = HB_SCRIPT_COMMON;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && binds(text[at]) && !runs.back().replaced && loaded(runs.back().face).has(text[at])) {
            runs.back().end = at + 1;
            continue;
        }
        auto const own_face = face_for(face, text[at]);
        bool const replaced = !loaded(own_face).has(text[at]) && !binds(text[at]);
        auto const own_script = script_of(text[at]);
        bool const new_script = own_script != HB_SCRIPT_COMMON && script != HB_SCRIPT_COMMON && own_script != script;
        if (own_script != HB_SCRIPT_COMMON) script = own_script;
        if (runs.empty() || runs.back().face != own_face || runs.back().replaced || replaced || new_script)
            runs.push_back({at, at + 1, own_face, replaced});
        else
            runs.back().end = at + 1;
        if (replaced) report_missing(text[at]);
    }
    for (auto const& run : runs)
        shape_run(run.face, std::u32string_view(text).substr(run.begin, run.end - run.begin), run.replaced, word);
    for (auto const& glyph : word.glyphs)
        word.width += glyph.advance;
    return words.emplace(std::string(utf8), std::move(word)).first->second;
}

void FontSet::shape_run(Face face_name, std::u32string_view run, bool replaced, Word& word) {
    if (replaced && !loaded(face_name).has(replacement_character)) face_name = Face::wide;
    auto& face = loaded(face_name);
    auto* const buffer = face.buffer.get();
    std::u32string const shown = replaced ? std::u32string(1, replacement_character) : std::u32string(run);
    hb_buffer_clear_contents(buffer);
    // By character, not by grapheme, so that a mark drawn as its own glyph keeps its own text.
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_codepoints(buffer, reinterpret_cast<hb_codepoint_t const*>(shown.data()),
                             static_cast<int>(shown.size()), 0, static_cast<int>(shown.size()));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_language(buffer, hb_language_from_string("en", -1));  // not the environment's
    static constexpr hb_feature_t no_ligatures[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
    hb_shape(face.font.get(), buffer, no_ligatures, 2);

    unsigned n_glyphs = 0;
    auto const* const infos = hb_buffer_get_glyph_infos(buffer, &n_glyphs);
    auto const* const positions = hb_buffer_get_glyph_positions(buffer, nullptr);
    bool const backward = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(buffer));
    auto const cluster_end = [&](unsigned i) {  // where the text of glyph i's cluster ends
        auto end = static_cast<unsigned>(shown.size());
        for (unsigned k = 0; k < n_glyphs; ++k)
            if (infos[k].cluster > infos[i].cluster) end = std::min(end, infos[k].cluster);
        return end;
    };
    for (unsigned i = 0; i < n_glyphs; ++i) {
        bool const first_of_cluster = i == 0 || infos[i].cluster != infos[i - 1].cluster;
        auto const next_cluster = backward || i + 1 >= n_glyphs || infos[i + 1].cluster <= infos[i].cluster
                                      ? cluster_end(i)
                                      : infos[i + 1].cluster;
        // Further glyphs of a cluster stand for nothing of their own; readers want some text, so a zero width space.
        std::u32string const stands_for = replaced ? std::u32string(run)
                                          : first_of_cluster
                                              ? shown.substr(infos[i].cluster, next_cluster - infos[i].cluster)
                                              : std::u32string(1, 0x200b);
        auto const advance = face.thousandths(positions[i].x_advance);
        Glyph glyph;
        glyph.face = face_name;
        glyph.cid = face.cid_of(infos[i].codepoint, stands_for);
        glyph.advance = static_cast<std::int16_t>(advance);
        glyph.dx = static_cast<std::int16_t>(face.thousandths(positions[i].x_offset));
        glyph.dy = static_cast<std::int16_t>(face.thousandths(positions[i].y_offset));
        glyph.starts_cluster = first_of_cluster && (advance != 0 || i == 0);
        word.glyphs.push_back(glyph);
    }
}

// ---- Embedding --------------------------------------------------------------------------------------------------

namespace {

/// Six letters that say which glyphs are inside, as PDF wants before the name of a subset.
std::string subset_tag(std::vector<std::uint16_t> const& glyph_ids) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (auto const id : glyph_ids)
        hash = (hash ^ id) * 0x100000001b3u;
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26)
        tag.push_back(static_cast<char>('A' + hash % 26));
    return tag;
}

std::string subset_program(hb_face_t* face, std::vector<std::uint16_t> const& glyph_ids) {
    SubsetHandle const input(hb_subset_input_create_or_fail());
    if (input == nullptr) throw std::bad_alloc();
    auto* const glyphs = hb_subset_input_glyph_set(input.get());
    for (auto const id : glyph_ids)
        hb_set_add(glyphs, id);
    // What draws glyphs is kept; character maps and layout are the shaper's business and are done.
    auto* const dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (auto const tag : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
                           HB_TAG('c', 'm', 'a', 'p'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'),
                           HB_TAG('O', 'S', '/', '2'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('g', 'a', 's', 'p'),
                           HB_TAG('F', 'F', 'T', 'M')})
        hb_set_add(dropped, tag);
    hb_subset_input_set_flags(
        input.get(), HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    FaceHandle const subset(hb_subset_or_fail(face, input.get()));
    if (subset == nullptr) throw PluginError("a font could not be subset for the PDF file");
    BlobHandle const blob(hb_face_reference_blob(subset.get()));
    unsigned size = 0;
    auto const* const data = hb_blob_get_data(blob.get(), &size);
    return {data, size};
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

std::vector<EmbeddedFace> FontSet::embed() const {
    std::vector<EmbeddedFace> embedded;
    for (std::size_t i = 0; i < n_faces; ++i) {
        if (faces_[i] == nullptr || faces_[i]->cids.size() < 2) continue;
        auto const& loaded_face = *faces_[i];
        EmbeddedFace out;
        out.face = static_cast<Face>(i);
        for (auto const& cid : loaded_face.cids) {
            out.widths.push_back(cid.width);
            out.glyph_ids.push_back(cid.glyph);
            out.texts.push_back(cid.text);
        }
        out.program = subset_program(loaded_face.face.get(), out.glyph_ids);
        out.name = subset_tag(out.glyph_ids) + "+" + postscript_name(loaded_face.face.get());
        BlobHandle const head(hb_face_reference_table(loaded_face.face.get(), HB_TAG('h', 'e', 'a', 'd')));
        unsigned size = 0;
        auto const* const bytes = hb_blob_get_data(head.get(), &size);
        for (std::size_t k = 0; k < 4 && size >= 44; ++k)
            out.bounding_box[k] = loaded_face.thousandths(big_endian_16(bytes + 36 + 2 * k));
        hb_font_extents_t extents{};
        hb_font_get_h_extents(loaded_face.font.get(), &extents);
        out.ascent = loaded_face.thousandths(extents.ascender);
        out.descent = loaded_face.thousandths(extents.descender);
        hb_position_t cap_height = 0;
        hb_ot_metrics_get_position(loaded_face.font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT, &cap_height);
        out.cap_height = loaded_face.thousandths(cap_height);
        out.bold = face_files[i].bold, out.italic = face_files[i].italic;
        out.serif = face_files[i].serif, out.fixed_pitch = face_files[i].fixed_pitch;
        embedded.push_back(std::move(out));
    }
    return embedded;
}

}  // namespace dossier::pdf
