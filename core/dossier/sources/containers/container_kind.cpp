#include "dossier/sources/containers/container_kind.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dossier/sources/file_name.hpp"

namespace dossier::sources {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view start;
    ContainerKind kind;
};
constexpr auto magics = std::to_array<Magic>({
    {"PK\x03\x04"sv, ContainerKind::zip},
    {"PK\x05\x06"sv, ContainerKind::zip},  // without members
    {"PK\x07\x08"sv, ContainerKind::zip},  // once split into volumes
    {"\x1F\x8B\x08"sv, ContainerKind::gzip},
    {"\x28\xB5\x2F\xFD"sv, ContainerKind::zstd},
    {"\xFD"
     "7zXZ\0"sv,
     ContainerKind::xz},
});

struct OtherMagic {
    std::string_view start, name;
};
constexpr auto archives_not_read = std::to_array<OtherMagic>({
    {"7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    {"Rar!\x1A\x07"sv, "a RAR archive"},
    {"MSCF\0\0\0\0"sv, "a cabinet archive"},
    {"!<arch>\n"sv, "an ar archive"},
    {"\x1F\x9D"sv, "compressed by the old compress program"},
    {"LZIP\x01"sv, "an lzip file"},
    {"\x04\x22\x4D\x18"sv, "an LZ4 file"},
});

constexpr auto office_extensions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"docx", "DOCX"},
    {"docm", "DOCX"},
    {"dotx", "DOCX"},
    {"xlsx", "XLSX"},
    {"xlsm", "XLSX"},
    {"pptx", "PPTX"},
    {"odt", "ODT"},
    {"ods", "ODS"},
    {"odp", "ODP"},
    {"epub", "EPUB"},
    {"pages", "Pages"},
});

/// bzip2's three letters begin words too; its block or end mark does not.
bool is_bzip2(std::string_view start) noexcept {
    return start.size() >= 10 && start.starts_with("BZh") && start[3] >= '1' && start[3] <= '9' &&
           (start.substr(4, 6) == "1AY&SY" || start.substr(4, 6) == "\x17\x72\x45\x38\x50\x90");
}

/// A tar file has no magic number of its own in its oldest form, but every header carries its checksum.
bool is_tar(std::string_view start) noexcept {
    constexpr std::size_t header = 512, sum_at = 148, sum_size = 8;
    if (start.size() < header || start[0] == '\0') return false;
    unsigned stated = 0;
    bool any = false;
    for (char const c : start.substr(sum_at, sum_size)) {
        if (c == ' ' && !any) continue;
        if (c < '0' || c > '7') break;
        stated = stated * 8 + static_cast<unsigned>(c - '0');
        any = true;
    }
    if (!any) return false;  // nearly all that is none: its sum is not asked for
    unsigned sum = 0;
    for (std::size_t i = 0; i < header; ++i)
        sum += i >= sum_at && i < sum_at + sum_size ? ' ' : static_cast<unsigned char>(start[i]);
    return stated == sum;
}

/// Name of the first member, as its own header states it.
std::string_view first_member_of_zip(std::string_view start) noexcept {
    constexpr std::size_t header = 30;
    if (start.size() < header) return {};
    auto const size =
        static_cast<std::size_t>(static_cast<unsigned char>(start[26]) | static_cast<unsigned char>(start[27]) << 8);
    return start.substr(header, size);
}

/// "DOCX", …; empty: not an office document. All of them are ZIP files with fixed members at their start.
std::string office_document(std::string_view path, std::string_view start) {
    auto const first = first_member_of_zip(start);
    bool const open_document = first == "mimetype";
    bool const open_xml = first == "[Content_Types].xml" || first == "_rels/.rels" || first.starts_with("docProps/");
    auto const extension = extension_of(path);
    for (auto const& [ending, name] : office_extensions)
        if (extension == ending) return std::string(name);
    if (open_document)
        return start.find("application/epub+zip") != std::string_view::npos                 ? "EPUB"
               : start.find("application/vnd.oasis.opendocument") != std::string_view::npos ? "OpenDocument"
                                                                                            : "";
    if (!open_xml) return {};
    return start.find("word/") != std::string_view::npos  ? "DOCX"
           : start.find("xl/") != std::string_view::npos  ? "XLSX"
           : start.find("ppt/") != std::string_view::npos ? "PPTX"
                                                          : "Office Open XML";
}

}  // namespace

Recognised recognise_container(std::string_view path, std::string_view start) {
    for (auto const& [magic, kind] : magics) {
        if (!start.starts_with(magic)) continue;
        auto const office = kind == ContainerKind::zip ? office_document(path, start) : std::string();
        if (office.empty()) return {kind, {}};
        return {ContainerKind::refused, "is an office document (" + office + "), save it as PDF, HTML or text"};
    }
    for (auto const& [magic, name] : archives_not_read)
        if (start.starts_with(magic))
            return {ContainerKind::refused, "is " + std::string(name) + ", pack it as .zip or .tar.gz"};
    if (is_bzip2(start)) return {ContainerKind::bzip2, {}};
    if (is_tar(start)) return {ContainerKind::tar, {}};
    return {};
}

std::string_view words_for(ContainerKind kind) noexcept {
    switch (kind) {
        case ContainerKind::none: return {};
        case ContainerKind::zip: return "a ZIP archive";
        case ContainerKind::tar: return "a tar archive";
        case ContainerKind::gzip: return "gzip data";
        case ContainerKind::zstd: return "zstd data";
        case ContainerKind::xz: return "xz data";
        case ContainerKind::bzip2: return "bzip2 data";
        case ContainerKind::refused: return "an office document or an archive that is not read";
    }
    return {};
}

bool may_be_container(std::string_view path) {
    static constexpr auto extensions = std::to_array<std::string_view>({"zip", "tar", "tgz", "tbz2", "txz", "tzst"});
    auto const extension = extension_of(name_unpacked(path));
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

std::string name_unpacked(std::string_view path) {
    auto const extension = extension_of(path);
    auto const stem = std::string(path.substr(0, path.size() - extension.size() - (extension.empty() ? 0 : 1)));
    for (auto const packed : {"gz", "zst", "xz", "bz2"})
        if (extension == packed) return stem;
    for (auto const packed : {"tgz", "tbz2", "txz", "tzst"})
        if (extension == packed) return stem + ".tar";
    return std::string(path);
}

}  // namespace dossier::sources
