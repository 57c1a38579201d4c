#include "dossier/sources/containers/archive_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <new>

#include "dossier/diagnostics/display_text.hpp"
#include "dossier/sources/source_text.hpp"
#include "dossier/sources/unicode.hpp"

namespace dossier::sources {
namespace {

/// libarchive turns names into the character set of the thread's locale. This makes that UTF-8, which every glibc has.
class NamesInUtf8 {
public:
    NamesInUtf8() noexcept : before_(::uselocale(utf8())) {}
    ~NamesInUtf8() { ::uselocale(before_); }
    NamesInUtf8(NamesInUtf8 const&) = delete;
    NamesInUtf8& operator=(NamesInUtf8 const&) = delete;

private:
    static locale_t utf8() noexcept {
        static locale_t const made = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);  // null: uselocale changes nothing
        return made;
    }
    locale_t before_;
};

constexpr std::size_t smallest_piece = 4u << 10;
constexpr int max_retries = 16;

int filter_of(ContainerKind kind) noexcept {
    switch (kind) {
        case ContainerKind::gzip: return ARCHIVE_FILTER_GZIP;
        case ContainerKind::zstd: return ARCHIVE_FILTER_ZSTD;
        case ContainerKind::xz: return ARCHIVE_FILTER_XZ;
        case ContainerKind::bzip2: return ARCHIVE_FILTER_BZIP2;
        default: return ARCHIVE_FILTER_NONE;
    }
}

}  // namespace

class ArchiveHandle {
public:
    ArchiveHandle(ContainerKind kind, ByteStream& packed, SeekableStream* seekable)
        : archive_(::archive_read_new()), packed_(packed), seekable_(seekable) {
        if (archive_ == nullptr) throw std::bad_alloc();
        support(kind);
        ::archive_read_set_callback_data(archive_, this);
        ::archive_read_set_read_callback(archive_, &ArchiveHandle::read_packed);
        if (seekable_ != nullptr) ::archive_read_set_seek_callback(archive_, &ArchiveHandle::seek_packed);
        if (seekable_ != nullptr) ::archive_read_set_skip_callback(archive_, &ArchiveHandle::skip_packed);
        opened_ = supported_ && ::archive_read_open1(archive_) >= ARCHIVE_WARN;
    }
    ~ArchiveHandle() { ::archive_read_free(archive_); }
    ArchiveHandle(ArchiveHandle const&) = delete;
    ArchiveHandle& operator=(ArchiveHandle const&) = delete;

    /// ARCHIVE_OK, ARCHIVE_WARN, ARCHIVE_EOF, ARCHIVE_FAILED or ARCHIVE_FATAL
    int next(archive_entry*& entry) {
        NamesInUtf8 const names;
        int status = opened_ ? ARCHIVE_RETRY : ARCHIVE_FATAL;
        for (int i = 0; status == ARCHIVE_RETRY && i < max_retries; ++i)
            status = ::archive_read_next_header(archive_, &entry);
        return status == ARCHIVE_RETRY ? ARCHIVE_FATAL : status;
    }

    /// Bytes read, or one of the above.
    la_ssize_t read(char* to, std::size_t size) {
        la_ssize_t n = ARCHIVE_RETRY;
        for (int i = 0; n == ARCHIVE_RETRY && i < max_retries; ++i)
            n = ::archive_read_data(archive_, to, size);
        return n;
    }

    /// "is damaged (…)", or what was wrong with the packed bytes themselves.
    [[nodiscard]] std::string problem() const {
        if (auto packed = packed_.problem(); !packed.empty()) return packed;
        auto const* said = ::archive_error_string(archive_);
        bool const nothing_read = said != nullptr && std::string_view(said) == "Unrecognized archive format";
        return said == nullptr || nothing_read ? "is damaged or cut off" : "is damaged (" + display_text(said) + ")";
    }

private:
    void support(ContainerKind kind) {
        if (kind == ContainerKind::zip)
            supported_ = ::archive_read_support_format_zip(archive_) == ARCHIVE_OK;
        else if (kind == ContainerKind::tar)
            supported_ = ::archive_read_support_format_tar(archive_) == ARCHIVE_OK;
        else  // this one filter and no other, so that each level of packing is counted
            supported_ = ::archive_read_support_format_raw(archive_) == ARCHIVE_OK &&
                         ::archive_read_append_filter(archive_, filter_of(kind)) == ARCHIVE_OK;
    }

    static la_ssize_t read_packed(archive* archive, void* self, void const** bytes) {
        auto& handle = *static_cast<ArchiveHandle*>(self);
        auto const n = handle.packed_.read(handle.buffer_.data(), handle.piece_);
        handle.piece_ = std::min(handle.piece_ * 2, handle.buffer_.size());
        *bytes = handle.buffer_.data();
        handle.at_ += n;
        if (n > 0 || handle.packed_.problem().empty()) return static_cast<la_ssize_t>(n);
        ::archive_set_error(archive, EIO, "the packed bytes end");
        return ARCHIVE_FATAL;
    }

    static la_int64_t seek_packed(archive*, void* self, la_int64_t offset, int whence) {
        auto& handle = *static_cast<ArchiveHandle*>(self);
        auto const size = static_cast<la_int64_t>(handle.seekable_->size());
        la_int64_t const from = whence == SEEK_END ? size : whence == SEEK_CUR ? handle.at_ : 0;
        if (offset < -from || offset > size - from) return ARCHIVE_FATAL;
        if (!handle.seekable_->seek(static_cast<std::uint64_t>(from + offset))) return ARCHIVE_FATAL;
        handle.piece_ = smallest_piece;
        return handle.at_ = from + offset;
    }

    static la_int64_t skip_packed(archive* archive, void* self, la_int64_t request) {
        auto const before = static_cast<ArchiveHandle*>(self)->at_;
        auto const after = seek_packed(archive, self, request, SEEK_CUR);
        return after < 0 ? 0 : after - before;  // what is not skipped is read
    }

    archive* archive_;
    ByteStream& packed_;
    SeekableStream* seekable_;
    la_int64_t at_ = 0;  // of packed_
    bool supported_ = false, opened_ = false;
    std::size_t piece_ = smallest_piece;  // read at once: after a leap little may be wanted
    std::array<char, 64u << 10> buffer_{};
};

// --- members ----------------------------------------------------------------------------------------------------------

namespace {

/// Names that are not UTF-8 come from the time before it: ZIP then means code page 437, tar the writer's own.
std::string name_of(archive_entry* entry, ContainerKind kind) {
    auto const* name = ::archive_entry_pathname(entry);
    if (name == nullptr) return {};
    std::string_view const bytes = name;
    if (is_valid_utf8(bytes)) return std::string(bytes);
    return std::string(SourceText(bytes, KnownEncoding{kind == ContainerKind::zip ? "ibm437" : "windows-1252"}).text());
}

MemberType type_of(archive_entry* entry) {
    if (::archive_entry_hardlink(entry) != nullptr || ::archive_entry_symlink(entry) != nullptr)
        return MemberType::link;
    switch (::archive_entry_filetype(entry)) {
        case 0:  // not said
        case AE_IFREG: return MemberType::file;
        case AE_IFDIR: return MemberType::folder;
        case AE_IFLNK: return MemberType::link;
        default: return MemberType::device;
    }
}

}  // namespace

ArchiveReader::ArchiveReader(ContainerKind kind, ByteStream& packed)
    : kind_(kind), handle_(std::make_unique<ArchiveHandle>(kind, packed, nullptr)) {}
ArchiveReader::ArchiveReader(ContainerKind kind, SeekableStream& packed)
    : kind_(kind), handle_(std::make_unique<ArchiveHandle>(kind, packed, &packed)) {}
ArchiveReader::~ArchiveReader() = default;

bool ArchiveReader::next(Member& member) {
    if (!broken_.empty()) return false;
    member_problem_.clear();
    archive_entry* entry = nullptr;
    auto const status = handle_->next(entry);
    if (status == ARCHIVE_EOF) return false;
    if (status < ARCHIVE_WARN) {
        broken_ = handle_->problem();
        return false;
    }
    NamesInUtf8 const names;
    member.name = name_of(entry, kind_);
    member.type = type_of(entry);
    member.encrypted = ::archive_entry_is_encrypted(entry) != 0;
    return true;
}

std::size_t ArchiveReader::read(char* to, std::size_t size) {
    if (!problem().empty()) return 0;
    auto const n = handle_->read(to, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    (n <= ARCHIVE_FATAL ? broken_ : member_problem_) = handle_->problem();
    return 0;
}

// --- compressed files -------------------------------------------------------------------------------------------------

Unpacker::Unpacker(ContainerKind kind, ByteStream& packed)
    : handle_(std::make_unique<ArchiveHandle>(kind, packed, nullptr)) {
    archive_entry* entry = nullptr;
    auto const status = handle_->next(entry);
    if (status < ARCHIVE_WARN) problem_ = handle_->problem();
    if (status == ARCHIVE_EOF || !problem_.empty()) handle_.reset();
}
Unpacker::~Unpacker() = default;

std::size_t Unpacker::read(char* to, std::size_t size) {
    if (handle_ == nullptr || !problem_.empty()) return 0;
    auto const n = handle_->read(to, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    problem_ = handle_->problem();
    return 0;
}

}  // namespace dossier::sources
