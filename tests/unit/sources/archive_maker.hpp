// Archives made in memory: good ones with libarchive, hostile ZIP files byte by byte.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace archives {

struct Entry {
    std::string name, bytes;
    char type = 'f';          ///< f file, d folder, s symbolic link, h hard link, c device
    std::string target = {};  ///< of a link
};

enum class Packing { zip, tar, tar_gz, tar_xz, tar_zst, tar_bz2, gz, xz, zst, bz2 };

namespace detail {

inline la_ssize_t append(archive*, void* out, void const* bytes, std::size_t size) {
    static_cast<std::string*>(out)->append(static_cast<char const*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

inline void choose(archive* a, Packing packing) {
    switch (packing) {
        case Packing::zip: archive_write_set_format_zip(a); return;
        case Packing::gz:
        case Packing::xz:
        case Packing::zst:
        case Packing::bz2: archive_write_set_format_raw(a); break;
        default: archive_write_set_format_pax_restricted(a);
    }
    if (packing == Packing::gz || packing == Packing::tar_gz) archive_write_add_filter_gzip(a);
    if (packing == Packing::xz || packing == Packing::tar_xz) archive_write_add_filter_xz(a);
    if (packing == Packing::zst || packing == Packing::tar_zst) archive_write_add_filter_zstd(a);
    if (packing == Packing::bz2 || packing == Packing::tar_bz2) archive_write_add_filter_bzip2(a);
}

inline void describe(archive_entry* entry, Entry const& from) {
    archive_entry_copy_pathname(entry, from.name.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, from.type == 'd'   ? AE_IFDIR
                                      : from.type == 's' ? AE_IFLNK
                                      : from.type == 'c' ? AE_IFCHR
                                                         : AE_IFREG);
    if (from.type == 's') archive_entry_copy_symlink(entry, from.target.c_str());
    if (from.type == 'h') archive_entry_copy_hardlink(entry, from.target.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(from.bytes.size()));
}

}  // namespace detail

inline std::string pack(Packing packing, std::vector<Entry> const& entries) {
    std::string out;
    archive* const a = archive_write_new();
    detail::choose(a, packing);
    archive_write_set_bytes_in_last_block(a, 1);
    if (archive_write_open(a, &out, nullptr, detail::append, nullptr) != ARCHIVE_OK)
        throw std::runtime_error(archive_error_string(a));
    for (auto const& from : entries) {
        archive_entry* const entry = archive_entry_new();
        detail::describe(entry, from);
        if (archive_write_header(a, entry) < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(a));
        if (!from.bytes.empty()) archive_write_data(a, from.bytes.data(), from.bytes.size());
        archive_entry_free(entry);
    }
    archive_write_free(a);
    return out;
}

inline std::string compress(Packing packing, std::string const& bytes) {
    return pack(packing, {{"data", bytes}});
}

/// A file that holds `n_mebibytes` of zeros.
inline std::string compressed_zeros(Packing packing, int n_mebibytes) {
    std::string out;
    std::string const mebibyte(1u << 20, '\0');
    archive* const a = archive_write_new();
    detail::choose(a, packing);
    archive_write_open(a, &out, nullptr, detail::append, nullptr);
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_copy_pathname(entry, "zeros.txt");
    archive_entry_set_size(entry, static_cast<la_int64_t>(n_mebibytes) << 20);
    archive_write_header(a, entry);
    for (int i = 0; i < n_mebibytes; ++i)
        archive_write_data(a, mebibyte.data(), mebibyte.size());
    archive_entry_free(entry);
    archive_write_free(a);
    return out;
}

// --- ZIP files by hand, to lie in ---

inline std::string number(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
}

struct ZipEntry {
    std::string name, bytes;
    std::uint16_t flags = 0;
    std::uint32_t external_attributes = 0;
    bool wrong_checksum = false;
    std::string name_in_directory = {};  ///< where it differs
};

/// A ZIP file of stored members.
inline std::string stored_zip(std::vector<ZipEntry> const& entries) {
    std::string out, directory;
    for (auto const& e : entries) {
        auto const offset = out.size();
        auto const bytes = reinterpret_cast<Bytef const*>(e.bytes.data());
        auto const sum = crc32(0, bytes, static_cast<uInt>(e.bytes.size())) ^ (e.wrong_checksum ? 1u : 0u);
        auto const common = number(e.flags, 2) + number(0, 2) + number(0, 4) + number(sum, 4) +
                            number(e.bytes.size(), 4) + number(e.bytes.size(), 4);
        out += "PK\x03\x04" + number(20, 2) + common + number(e.name.size(), 2) + number(0, 2) + e.name + e.bytes;
        auto const& name = e.name_in_directory.empty() ? e.name : e.name_in_directory;
        directory += "PK\x01\x02" + number(0x0314, 2) + number(20, 2) + common + number(name.size(), 2) + number(0, 2) +
                     number(0, 2) + number(0, 2) + number(0, 2) + number(e.external_attributes, 4) + number(offset, 4) +
                     name;
    }
    auto const n = std::min<std::size_t>(entries.size(), 0xFFFF);
    auto const at = out.size();
    return out + directory + "PK\x05\x06" + number(0, 4) + number(n, 2) + number(n, 2) + number(directory.size(), 4) +
           number(at, 4) + number(0, 2);
}

}  // namespace archives
