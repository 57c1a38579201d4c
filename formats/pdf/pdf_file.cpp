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
#include <unordered_map>

#include "unicode.hpp"

namespace dossier::pdf {

namespace {

char hex_digit(unsigned value) noexcept {
    return "0123456789ABCDEF"[value & 15u];
}

/// Percent-encodes what may not stand in a URI; empty if the scheme is not one that a document may lead to.
std::string safe_uri(std::string const& url) {
    constexpr std::size_t longest = 2000;
    auto const begins = [&](std::string_view scheme) { return url.compare(0, scheme.size(), scheme) == 0; };
    if (!(begins("http://") || begins("https://") || begins("mailto:")) || url.size() > longest) return {};
    std::string out;
    for (char const c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || c == '<' || c == '>' || c == '"' || c == '(' || c == ')' || c == '\\')
            out += '%', out += hex_digit(byte >> 4), out += hex_digit(byte);
        else
            out += c;
    }
    return out;
}

class File {
public:
    File() : doc_(HPDF_New(nullptr, nullptr)) {
        if (doc_ == nullptr) throw std::bad_alloc();
        HPDF_SetCompressionMode(doc_, HPDF_COMP_ALL);
        HPDF_SetPagesConfiguration(doc_, 64);  // a flat page tree fails after 32,767 pages
        doc_->pdf_version = HPDF_VER_15;
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() { HPDF_Free(doc_); }

    void describe(DocumentFacts const& facts);
    void embed(EmbeddedFace const& face);
    void add_page(Page& page);
    void add_links(Page const& page, std::map<std::string, Place> const& anchors);
    void add_bookmarks(std::vector<Bookmark> const& bookmarks);
    void save(Output& output);

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
        auto bytes = utf16_with_mark(settable(utf8, room));
        HPDF_Dict_Add(dict, key,
                      HPDF_Binary_New(memory(), reinterpret_cast<HPDF_BYTE*>(bytes.data()),
                                      static_cast<HPDF_UINT>(bytes.size())));
    }
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

    HPDF_Doc doc_;
    HPDF_Dict fonts_ = nullptr;
    std::unordered_map<Page const*, HPDF_Page> pages_;
};

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
    date.day = std::clamp(number(8, 2, 1), 1, 28 + (date.month != 2 ? 2 : 1));
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
    check();
}

std::string to_unicode_map(EmbeddedFace const& face) {
    std::string map =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    auto const append_hex = [&](unsigned value) {
        for (int shift = 12; shift >= 0; shift -= 4)
            map += hex_digit(value >> shift);
    };
    constexpr std::size_t most_in_block = 100;
    for (std::size_t begin = 1; begin < face.texts.size(); begin += most_in_block) {
        auto const end = std::min(begin + most_in_block, face.texts.size());
        map += std::to_string(end - begin) + " beginbfchar\n";
        for (auto cid = begin; cid < end; ++cid) {
            map += '<', append_hex(static_cast<unsigned>(cid)), map += "> <";
            std::string utf8;
            for (auto const c : face.texts[cid])
                append_utf8(utf8, c);
            auto const units = utf16_with_mark(utf8);
            for (std::size_t i = 2; i < units.size(); ++i)
                map += hex_digit(static_cast<unsigned char>(units[i]) >> 4),
                    map += hex_digit(static_cast<unsigned char>(units[i]));
            map += ">\n";
        }
        map += "endbfchar\n";
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

void File::embed(EmbeddedFace const& face) {
    auto* const program = stream(face.program);
    HPDF_Dict_AddNumber(program, "Length1", static_cast<HPDF_INT32>(face.program.size()));

    auto* const descriptor = indirect_dict();
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", face.name.c_str());
    constexpr int fixed_pitch = 1, serif = 2, symbolic = 4, italic = 64;
    HPDF_Dict_AddNumber(
        descriptor, "Flags",
        symbolic | (face.fixed_pitch ? fixed_pitch : 0) | (face.serif ? serif : 0) | (face.italic ? italic : 0));
    auto* const box = HPDF_Array_New(memory());
    HPDF_Dict_Add(descriptor, "FontBBox", box);
    for (auto const edge : face.bounding_box)
        HPDF_Array_AddNumber(box, edge);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", face.italic ? -11 : 0);
    HPDF_Dict_AddNumber(descriptor, "Ascent", face.ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", face.descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", face.cap_height);
    HPDF_Dict_AddNumber(descriptor, "StemV", face.bold ? 140 : 80);
    HPDF_Dict_Add(descriptor, "FontFile2", program);

    std::string glyph_ids;
    for (auto const id : face.glyph_ids)
        glyph_ids += static_cast<char>(id >> 8), glyph_ids += static_cast<char>(id & 0xff);
    auto* const descendant = indirect_dict();
    HPDF_Dict_AddName(descendant, "Type", "Font");
    HPDF_Dict_AddName(descendant, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(descendant, "BaseFont", face.name.c_str());
    auto* const system = HPDF_Dict_New(memory());
    HPDF_Dict_Add(descendant, "CIDSystemInfo", system);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(memory(), "Adobe", nullptr));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(memory(), "Identity", nullptr));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_Add(descendant, "FontDescriptor", descriptor);
    auto* const widths = HPDF_Array_New(memory());
    HPDF_Dict_Add(descendant, "W", widths);
    HPDF_Array_AddNumber(widths, 0);
    auto* const widths_in_order = HPDF_Array_New(memory());
    HPDF_Array_Add(widths, widths_in_order);
    for (auto const width : face.widths)
        HPDF_Array_AddNumber(widths_in_order, width);
    HPDF_Dict_Add(descendant, "CIDToGIDMap", stream(glyph_ids));

    auto* const font = indirect_dict();
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", face.name.c_str());
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    auto* const descendants = HPDF_Array_New(memory());
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Array_Add(descendants, descendant);
    HPDF_Dict_Add(font, "ToUnicode", stream(to_unicode_map(face)));

    if (fonts_ == nullptr) fonts_ = indirect_dict();  // one for all pages
    HPDF_Dict_Add(fonts_, ("F" + std::to_string(static_cast<int>(face.face))).c_str(), font);
    check();
}

void File::add_page(Page& page) {
    auto* const haru_page = HPDF_AddPage(doc_);
    check();
    HPDF_Page_SetWidth(haru_page, static_cast<HPDF_REAL>(page.width));
    HPDF_Page_SetHeight(haru_page, static_cast<HPDF_REAL>(page.height));
    auto* const resources = static_cast<HPDF_Dict>(HPDF_Dict_GetItem(haru_page, "Resources", HPDF_OCLASS_DICT));
    if (resources != nullptr && fonts_ != nullptr) HPDF_Dict_Add(resources, "Font", fonts_);
    write(static_cast<HPDF_PageAttr>(haru_page->attr)->stream, page.content);
    page.content = {};  // held once only: the document may have thousands of pages
    pages_.emplace(&page, haru_page);
    check();
}

void File::add_links(Page const& page, std::map<std::string, Place> const& anchors) {
    HPDF_Array annotations = nullptr;
    for (auto const& link : page.links) {
        bool const internal = link.target.front() == '#';
        auto const anchor = internal ? anchors.find(link.target.substr(1)) : anchors.end();
        auto const uri = internal ? std::string() : safe_uri(link.target);
        if (internal ? anchor == anchors.end() : uri.empty()) continue;
        if (annotations == nullptr) {
            annotations = HPDF_Array_New(memory());
            HPDF_Dict_Add(pages_.at(&page), "Annots", annotations);
        }
        auto* const annotation = indirect_dict();
        HPDF_Array_Add(annotations, annotation);
        HPDF_Dict_AddName(annotation, "Type", "Annot");
        HPDF_Dict_AddName(annotation, "Subtype", "Link");
        HPDF_Dict_AddNumber(annotation, "F", 4);  // printed with the page
        auto* const area = HPDF_Array_New(memory());
        HPDF_Dict_Add(annotation, "Rect", area);
        for (double const edge : {link.area.x, page.height - link.area.y - link.area.height,
                                  link.area.x + link.area.width, page.height - link.area.y})
            HPDF_Array_AddReal(area, static_cast<HPDF_REAL>(edge));
        auto* const border = HPDF_Array_New(memory());
        HPDF_Dict_Add(annotation, "Border", border);
        for (int i = 0; i < 3; ++i)
            HPDF_Array_AddNumber(border, 0);
        if (internal) {
            HPDF_Dict_Add(annotation, "Dest", destination(anchor->second));
        } else {
            auto* const action = HPDF_Dict_New(memory());
            HPDF_Dict_Add(annotation, "A", action);
            HPDF_Dict_AddName(action, "Type", "Action");
            HPDF_Dict_AddName(action, "S", "URI");
            HPDF_Dict_Add(action, "URI", HPDF_String_New(memory(), uri.c_str(), nullptr));
        }
    }
    check();
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

void File::save(Output& output) {
    HPDF_SaveToStream(doc_);  // not to a file: libharu reports success on a full disk
    check();
    HPDF_ResetStream(doc_);
    std::vector<HPDF_BYTE> chunk(1u << 18);
    for (;;) {
        auto size = static_cast<HPDF_UINT32>(chunk.size());
        HPDF_ReadFromStream(doc_, chunk.data(), &size);
        if (size == 0) break;
        output.write(chunk.data(), size);
    }
}

}  // namespace

void write_pdf(FinishedDocument& document, FontSet const& fonts, Output& output) {
    File file;
    file.describe(document.facts);
    for (auto const& face : fonts.embed())
        file.embed(face);
    for (auto& page : document.pages)
        file.add_page(*page);
    for (auto const& page : document.pages)
        file.add_links(*page, document.anchors);
    file.add_bookmarks(document.bookmarks);
    file.save(output);
}

}  // namespace dossier::pdf
