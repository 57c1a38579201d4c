#include "pdf_file.hpp"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <new>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "deflate.hpp"
#include "links.hpp"
#include "object_streams.hpp"
#include "tag_writer.hpp"
#include "unicode.hpp"

namespace dossier::pdf {

namespace {

char hex_digit(unsigned value) noexcept {
    return "0123456789ABCDEF"[value & 15u];
}

class File {
public:
    explicit File(bool is_tagged) : doc_(HPDF_New(nullptr, nullptr)), is_tagged_(is_tagged) {
        if (doc_ == nullptr) throw std::bad_alloc();
        HPDF_SetCompressionMode(doc_, HPDF_COMP_ALL);
        HPDF_SetPagesConfiguration(doc_, 64);  // a flat page tree fails after 32,767 pages
        doc_->pdf_version = HPDF_VER_15;
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() { HPDF_Free(doc_); }

    void describe(DocumentFacts const& facts);
    void embed(EmbeddedFont const& font);
    void add_page(Page& page);
    void add_bookmarks(std::vector<Bookmark> const& bookmarks);
    /// From here on libharu makes no objects.
    void begin_own_objects() { first_own_object_ = static_cast<std::uint32_t>(n_objects()); }
    void add_links(Page const& page, std::map<std::string, Place> const& anchors);
    void save(std::vector<std::unique_ptr<Structure>> const& structures, Output& output);

private:
    void check() const {
        auto const code = HPDF_GetError(doc_);
        if (code == HPDF_FAILD_TO_ALLOC_MEM) throw std::bad_alloc();
        if (code != HPDF_OK) throw PluginError("the PDF library failed with code " + std::to_string(code));
    }
    [[nodiscard]] HPDF_MMgr memory() const { return doc_->mmgr; }
    HPDF_Dict indirect_dict() {
        auto* const dict = HPDF_Dict_New(memory());
        if (dict == nullptr || HPDF_Xref_Add(doc_->xref, dict) != HPDF_OK) throw std::bad_alloc();
        return dict;
    }
    HPDF_Dict stream(std::string_view bytes) {
        auto* const dict = HPDF_DictStream_New(memory(), doc_->xref);
        if (dict == nullptr) throw std::bad_alloc();
        dict->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
        write(dict->stream, bytes);
        return dict;
    }
    static void write(HPDF_Stream out, std::string_view bytes) {
        HPDF_Stream_Write(out, reinterpret_cast<HPDF_BYTE const*>(bytes.data()), static_cast<HPDF_UINT>(bytes.size()));
    }
    /// A text string in UTF-16, whatever its characters.
    void add_text(HPDF_Dict dict, char const* key, std::string const& utf8) {
        std::string room;
        auto bytes = utf16_with_mark(settable(shortened(utf8, longest_bookmark), room));
        HPDF_Dict_Add(dict, key,
                      HPDF_Binary_New(memory(), reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                                      static_cast<HPDF_UINT>(bytes.size())));
    }
    HPDF_Dict cid_system() {
        auto* const system = HPDF_Dict_New(memory());
        HPDF_Dict_Add(system, "Registry", HPDF_String_New(memory(), "Adobe", nullptr));
        HPDF_Dict_Add(system, "Ordering", HPDF_String_New(memory(), "Identity", nullptr));
        HPDF_Dict_AddNumber(system, "Supplement", 0);
        return system;
    }
    HPDF_Dict descriptor_of(EmbeddedFont const& font);
    HPDF_Array widths_by_code(EmbeddedFont const& font);
    HPDF_Array widths_by_cid(EmbeddedFont const& font);
    HPDF_Array destination(Place const& place) {
        auto* const array = HPDF_Array_New(memory());
        HPDF_Array_Add(array, pages_.at(place.page));
        HPDF_Array_AddName(array, "XYZ");
        HPDF_Array_AddNumber(array, 0);
        HPDF_Array_AddReal(array,
                           static_cast<HPDF_REAL>(std::clamp(place.page->height - place.y, 0.0, place.page->height)));
        HPDF_Array_AddNumber(array, 0);  // the reader's own zoom
        return array;
    }
    static std::uint32_t number_of(HPDF_Dict dict) { return dict->header.obj_id & 0x00ffffffu; }
    [[nodiscard]] std::size_t n_objects() const { return doc_->xref->entries->count; }
    std::uint32_t own_object(std::string text);
    void refer(HPDF_Dict dict, char const* key, std::uint32_t number);
    /// Where libharu put its objects, in the order of their numbers, and where they end.
    [[nodiscard]] std::vector<std::uint32_t> offsets() const;
    /// The next so many bytes of what libharu saved.
    std::string_view read_saved(std::size_t size);
    /// Hands over what libharu saved, up to its own table of objects.
    void write_objects(std::vector<std::uint32_t> const& offsets, ObjectStreams& out);

    void say_that_it_is_tagged();

    HPDF_Doc doc_;
    bool is_tagged_;
    std::uint32_t first_own_object_ = 0;  ///< those before are libharu's
    std::vector<std::string> own_objects_;
    std::string saved_;  ///< what was read last of what libharu saved
    std::deque<HPDF_Null_Rec> stand_ins_;
    HPDF_Dict fonts_ = nullptr;
    std::unordered_map<Page const*, HPDF_Page> pages_;
    std::unordered_map<Page const*, PageObject> page_objects_;
    std::uint32_t n_keys_ = 0;  ///< StructParents and StructParent that were given away
};

int days_of_month(int year, int month) {
    std::chrono::year_month_day_last const last(
        std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month))));
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

/// The day of an ISO date; months and days that are not said are the first.
HPDF_Date haru_date(std::string const& iso) {
    auto const number = [&](std::size_t at, std::size_t size, int fallback) {
        if (iso.size() < at + size) return fallback;
        int value = 0;
        for (auto i = at; i < at + size; ++i) {
            if (iso[i] < '0' || iso[i] > '9') return fallback;
            value = value * 10 + (iso[i] - '0');
        }
        return value;
    };
    HPDF_Date date{};
    date.year = number(0, 4, 2000), date.month = std::clamp(number(5, 2, 1), 1, 12);
    date.day = std::clamp(number(8, 2, 1), 1, days_of_month(date.year, date.month));
    date.ind = 'Z';
    return date;
}

void File::describe(DocumentFacts const& facts) {
    HPDF_SetInfoAttr(doc_, HPDF_INFO_PRODUCER, "libharu");
    auto* const info = doc_->info;
    if (info == nullptr) throw std::bad_alloc();
    add_text(info, "Title", facts.title);
    add_text(info, "Creator", facts.generator);
    auto const date = haru_date(facts.as_of);
    HPDF_SetInfoDateAttr(doc_, HPDF_INFO_CREATION_DATE, date);
    HPDF_SetInfoDateAttr(doc_, HPDF_INFO_MOD_DATE, date);
    auto* const catalog = doc_->catalog;
    if (!facts.language.empty())
        HPDF_Dict_Add(catalog, "Lang", HPDF_String_New(memory(), facts.language.c_str(), nullptr));
    auto* const preferences = HPDF_Dict_New(memory());
    HPDF_Dict_Add(catalog, "ViewerPreferences", preferences);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    if (is_tagged_) say_that_it_is_tagged();
    check();
}

void File::say_that_it_is_tagged() {
    auto* const mark_info = HPDF_Dict_New(memory());
    HPDF_Dict_Add(doc_->catalog, "MarkInfo", mark_info);
    HPDF_Dict_AddBoolean(mark_info, "Marked", HPDF_TRUE);
}

/// The frame of a CMap: a program that a reader runs to learn what codes of two bytes mean.
std::string code_map(std::string const& name, std::string const& ordering, int type, std::string const& entries) {
    return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe) "
           "/Ordering (" +
           ordering + ") /Supplement 0 >> def\n/CMapName /" + name + " def\n/CMapType " + std::to_string(type) +
           " def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + entries +
           "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (char const c : bytes)
        out += hex_digit(static_cast<unsigned char>(c) >> 4), out += hex_digit(static_cast<unsigned char>(c));
    return out;
}

std::string two_bytes(unsigned number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xffu)};
}

/// Entries of a CMap for some codes, in blocks as short as readers want them.
template <class ValueOf>
std::string code_entries(std::vector<unsigned> const& codes, std::string const& operation, ValueOf value_of) {
    constexpr std::size_t most_in_block = 100;
    std::string entries;
    for (std::size_t begin = 0; begin < codes.size(); begin += most_in_block) {
        auto const end = std::min(begin + most_in_block, codes.size());
        entries += std::to_string(end - begin) + " begin" + operation + "\n";
        for (auto i = begin; i < end; ++i)
            entries += "<" + hex_of(two_bytes(codes[i])) + "> " + value_of(codes[i]) + "\n";
        entries += "end" + operation + "\n";
    }
    return entries;
}

/// What each code stands for in text, where it stands for any.
std::string to_unicode_map(EmbeddedFont const& font) {
    std::vector<unsigned> codes;
    for (unsigned code = 1; code < font.texts.size(); ++code)
        if (!font.texts[code].empty()) codes.push_back(code);
    auto const entries = code_entries(codes, "bfchar", [&](unsigned code) {
        std::string utf8;
        for (auto const c : font.texts[code])
            append_utf8(utf8, c);
        return "<" + hex_of(utf16_with_mark(utf8)).substr(4) + ">";
    });
    return code_map("Adobe-Identity-UCS", "UCS", 2, entries);
}

constexpr char const* encoding_name = "Dossier-Codes";

/// Which glyph each code shows, for programs that are keyed by CID. TrueType has a table for that.
std::string encoding_map(EmbeddedFont const& font) {
    std::vector<unsigned> codes(font.glyph_ids.size() - 1);
    std::iota(codes.begin(), codes.end(), 1u);
    return code_map(encoding_name, "Identity", 1, code_entries(codes, "cidchar", [&](unsigned code) {
                        return std::to_string(font.glyph_ids[code]);
                    }));
}

HPDF_Dict File::descriptor_of(EmbeddedFont const& font) {
    auto* const program = stream(font.program);
    if (font.is_cff)
        HPDF_Dict_AddName(program, "Subtype", "CIDFontType0C");
    else
        HPDF_Dict_AddNumber(program, "Length1", static_cast<HPDF_INT32>(font.program.size()));

    auto* const descriptor = indirect_dict();
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", font.name.c_str());
    constexpr int fixed_pitch = 1, serif = 2, symbolic = 4, italic = 64;
    HPDF_Dict_AddNumber(
        descriptor, "Flags",
        symbolic | (font.fixed_pitch ? fixed_pitch : 0) | (font.serif ? serif : 0) | (font.italic ? italic : 0));
    auto* const box = HPDF_Array_New(memory());
    HPDF_Dict_Add(descriptor, "FontBBox", box);
    for (auto const edge : font.bounding_box)
        HPDF_Array_AddNumber(box, edge);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", font.italic ? -11 : 0);
    HPDF_Dict_AddNumber(descriptor, "Ascent", font.ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", font.descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", font.cap_height);
    HPDF_Dict_AddNumber(descriptor, "StemV", font.bold ? 140 : 80);
    HPDF_Dict_Add(descriptor, font.is_cff ? "FontFile3" : "FontFile2", program);
    return descriptor;
}

/// Widths of TrueType glyphs by code, in arrays no longer than libharu allows.
HPDF_Array File::widths_by_code(EmbeddedFont const& font) {
    constexpr std::size_t most_in_array = 1000;
    auto* const widths = HPDF_Array_New(memory());
    for (std::size_t begin = 0; begin < font.widths.size(); begin += most_in_array) {
        auto* const part = HPDF_Array_New(memory());
        HPDF_Array_AddNumber(widths, static_cast<HPDF_INT32>(begin));
        HPDF_Array_Add(widths, part);
        for (auto i = begin; i < std::min(begin + most_in_array, font.widths.size()); ++i)
            HPDF_Array_AddNumber(part, font.widths[i]);
    }
    return widths;
}

/// Widths of CFF glyphs by CID: ranges of one width, over glyphs that are not used as well.
HPDF_Array File::widths_by_cid(EmbeddedFont const& font) {
    std::map<std::uint16_t, int> by_cid;
    for (std::size_t code = 1; code < font.glyph_ids.size(); ++code)
        by_cid.emplace(font.glyph_ids[code], font.widths[code]);
    auto* const widths = HPDF_Array_New(memory());
    for (auto it = by_cid.begin(); it != by_cid.end();) {
        auto last = it;
        for (auto next = it; next != by_cid.end() && next->second == it->second; ++next)
            last = next;
        for (auto const number : {static_cast<int>(it->first), static_cast<int>(last->first), it->second})
            HPDF_Array_AddNumber(widths, number);
        it = std::next(last);
    }
    return widths;
}

void File::embed(EmbeddedFont const& embedded) {
    auto* const descendant = indirect_dict();
    HPDF_Dict_AddName(descendant, "Type", "Font");
    HPDF_Dict_AddName(descendant, "Subtype", embedded.is_cff ? "CIDFontType0" : "CIDFontType2");
    HPDF_Dict_AddName(descendant, "BaseFont", embedded.name.c_str());
    HPDF_Dict_Add(descendant, "CIDSystemInfo", cid_system());
    HPDF_Dict_Add(descendant, "FontDescriptor", descriptor_of(embedded));
    HPDF_Dict_Add(descendant, "W", embedded.is_cff ? widths_by_cid(embedded) : widths_by_code(embedded));

    auto* const font = indirect_dict();
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", embedded.name.c_str());
    if (embedded.is_cff) {
        auto* const encoding = stream(encoding_map(embedded));
        HPDF_Dict_AddName(encoding, "Type", "CMap");
        HPDF_Dict_AddName(encoding, "CMapName", encoding_name);
        HPDF_Dict_Add(encoding, "CIDSystemInfo", cid_system());
        HPDF_Dict_Add(font, "Encoding", encoding);
    } else {
        std::string glyph_ids;
        for (auto const id : embedded.glyph_ids)
            glyph_ids += two_bytes(id);
        HPDF_Dict_Add(descendant, "CIDToGIDMap", stream(glyph_ids));
        HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    }
    auto* const descendants = HPDF_Array_New(memory());
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Array_Add(descendants, descendant);
    HPDF_Dict_Add(font, "ToUnicode", stream(to_unicode_map(embedded)));

    if (fonts_ == nullptr) fonts_ = indirect_dict();  // one for all pages
    HPDF_Dict_Add(fonts_, ("F" + std::to_string(embedded.number)).c_str(), font);
    check();
}

void File::add_page(Page& page) {
    auto* const haru_page = HPDF_AddPage(doc_);
    check();
    HPDF_Page_SetWidth(haru_page, static_cast<HPDF_REAL>(page.width));
    HPDF_Page_SetHeight(haru_page, static_cast<HPDF_REAL>(page.height));
    auto* const resources = static_cast<HPDF_Dict>(HPDF_Dict_GetItem(haru_page, "Resources", HPDF_OCLASS_DICT));
    if (resources != nullptr && fonts_ != nullptr) HPDF_Dict_Add(resources, "Font", fonts_);
    auto* const contents = static_cast<HPDF_PageAttr>(haru_page->attr)->contents;
    write(contents->stream, deflated(page.take_content()));
    contents->filter = HPDF_STREAM_FILTER_NONE;  // not again by libharu, but said by us
    contents->write_fn = [](HPDF_Dict, HPDF_Stream out) { return HPDF_Stream_WriteStr(out, "/Filter/FlateDecode\n"); };
    if (is_tagged_) {
        HPDF_Dict_AddName(haru_page, "Tabs", "S");  // links follow each other as the structure has them
        HPDF_Dict_AddNumber(haru_page, "StructParents", static_cast<HPDF_INT32>(n_keys_));
    }
    page_objects_[&page] = {number_of(haru_page), n_keys_++, page.n_marks(), {}};
    pages_.emplace(&page, haru_page);
    check();
}

/// An object that is written behind libharu's own. @return its number
std::uint32_t File::own_object(std::string text) {
    own_objects_.push_back(std::move(text));
    return first_own_object_ + static_cast<std::uint32_t>(own_objects_.size() - 1);
}

/// libharu writes dictionaries that refer to objects it does not know: all that a reference needs is a number.
void File::refer(HPDF_Dict dict, char const* key, std::uint32_t number) {
    auto& stand_in = stand_ins_.emplace_back();
    stand_in.header.obj_id = number | HPDF_OTYPE_INDIRECT;
    stand_in.header.obj_class = HPDF_OCLASS_NULL;
    HPDF_Dict_Add(dict, key, &stand_in);
    check();
}

void File::add_links(Page const& page, std::map<std::string, Place> const& anchors) {
    std::string annotations;
    auto& objects = page_objects_.at(&page).annotations;
    objects.resize(page.links.size());
    for (std::size_t i = 0; i < page.links.size(); ++i) {
        auto const& link = page.links[i];
        std::string leads;
        if (link.target.front() == '#') {
            auto const anchor = anchors.find(link.target.substr(1));
            if (anchor == anchors.end()) continue;
            auto const& [target, y] = anchor->second;
            leads = link_to_page(page_objects_.at(target).number, target->height, y);
        } else {
            auto const uri = safe_uri(link.target);
            if (uri.empty()) continue;
            leads = link_to_uri(uri);
        }
        auto const key = n_keys_++;
        auto const shown_key = is_tagged_ ? std::optional(key) : std::nullopt;
        objects[i] = {own_object(link_annotation(link.area, page.height, shown_key, leads)), key};
        annotations += std::to_string(objects[i].number) + " 0 R ";
    }
    if (!annotations.empty()) refer(pages_.at(&page), "Annots", own_object("[" + annotations + "]"));
}

void File::add_bookmarks(std::vector<Bookmark> const& bookmarks) {
    if (bookmarks.empty()) return;
    std::vector<HPDF_Outline> parents{nullptr};  // by level
    for (auto const& bookmark : bookmarks) {
        auto const level = std::min(static_cast<std::size_t>(std::max(bookmark.level, 1)), parents.size());
        parents.resize(level);
        auto* const outline = HPDF_CreateOutline(doc_, parents.back(), "-", nullptr);
        check();
        add_text(outline, "Title", bookmark.title);
        HPDF_Dict_Add(outline, "Dest", destination(bookmark.place));
        HPDF_Outline_SetOpened(outline, level == 1 ? HPDF_TRUE : HPDF_FALSE);
        parents.push_back(outline);
    }
    HPDF_SetPageMode(doc_, HPDF_PAGE_MODE_USE_OUTLINE);
    check();
}

std::vector<std::uint32_t> File::offsets() const {
    std::vector<std::uint32_t> offsets;
    for (std::size_t i = 1; i < n_objects(); ++i)  // number 0 is nobody's
        offsets.push_back(HPDF_Xref_GetEntry(doc_->xref, static_cast<HPDF_UINT>(i))->byte_offset);
    offsets.push_back(doc_->xref->addr);
    if (!std::is_sorted(offsets.begin(), offsets.end()))
        throw PluginError("the PDF library saved objects in another order than that of their numbers");
    return offsets;
}

std::string_view File::read_saved(std::size_t size) {
    saved_.resize(size);
    for (std::size_t n_read = 0; n_read < size;) {
        auto n = static_cast<HPDF_UINT32>(size - n_read);
        HPDF_ReadFromStream(doc_, reinterpret_cast<HPDF_BYTE*>(saved_.data()) + n_read, &n);
        if (n == 0) throw PluginError("the PDF library lost part of the document");
        n_read += n;
    }
    return saved_;
}

void File::write_objects(std::vector<std::uint32_t> const& offsets, ObjectStreams& out) {
    constexpr std::string_view before = " obj\n", end = "\nendobj\n", end_of_stream = "endstream";
    for (std::uint32_t i = 0; i + 1 < offsets.size(); ++i) {
        auto const number = i + 1;
        auto const object = read_saved(offsets[i + 1] - offsets[i]);
        auto const begin = object.find(before);
        if (begin == std::string_view::npos || !object.ends_with(end))
            throw PluginError("the PDF library writes objects otherwise than it used to");
        auto const text = object.substr(begin + before.size(), object.size() - end.size() - begin - before.size());
        if (text.ends_with(end_of_stream))
            out.add_stream(number, object);
        else
            out.add(number, text);
    }
    HPDF_ResetError(doc_);  // reading to the end of the stream counts as one
}

void File::save(std::vector<std::unique_ptr<Structure>> const& structures, Output& output) {
    std::optional<TagWriter> tags;
    auto const first_tag = first_own_object_ + static_cast<std::uint32_t>(own_objects_.size());
    if (is_tagged_) {
        std::vector<Structure const*> parts;
        for (auto const& structure : structures)
            parts.push_back(structure.get());
        tags.emplace(std::move(parts), page_objects_, n_keys_);
        refer(doc_->catalog, "StructTreeRoot", first_tag);
    }
    HPDF_SaveToStream(doc_);  // not to a file: libharu reports success on a full disk
    check();
    if (n_objects() != first_own_object_) throw PluginError("the PDF library numbered objects while it saved them");
    auto const offsets = this->offsets();
    HPDF_ResetStream(doc_);
    ObjectStreams objects([&](std::string_view bytes) { output.write(bytes.data(), bytes.size()); },
                          read_saved(offsets.front()),
                          n_objects() + own_objects_.size() + (tags ? tags->n_objects() : 0));
    write_objects(offsets, objects);
    for (std::size_t i = 0; i < own_objects_.size(); ++i)
        objects.add(first_own_object_ + static_cast<std::uint32_t>(i), own_objects_[i]);
    if (tags) tags->write(first_tag, objects);
    objects.finish("/Root " + std::to_string(number_of(doc_->catalog)) + " 0 R/Info " +
                   std::to_string(number_of(doc_->info)) + " 0 R");
}

}  // namespace

void write_pdf(FinishedDocument& document, FontSet const& fonts, Output& output) {
    File file(document.structures.front()->is_tagged());
    file.describe(document.facts);
    for (auto const& face : fonts.embed())
        file.embed(face);
    for (auto& page : document.pages)
        file.add_page(*page);
    file.add_bookmarks(document.bookmarks);
    file.begin_own_objects();
    for (auto const& page : document.pages)
        file.add_links(*page, document.anchors);
    file.save(document.structures, output);
}

}  // namespace dossier::pdf
