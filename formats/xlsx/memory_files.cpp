#include "memory_files.hpp"

#include <minizip/ioapi.h>
#include <minizip/zip.h>
#include <sys/types.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>

#include "shortage.hpp"
#include "spool.hpp"

// libxlsxwriter 1.1.4 puts every part of a workbook into a temporary file (lxw_tmpfile) and these into a package that it
// opens by name (minizip's zipOpen). The sandbox has no files to write, and rightly so. Both functions are looked up when
// the library is loaded, first in the plugin that it was loaded for, so the two below take their places.

namespace dossier::formats {
namespace {

std::atomic<std::size_t> n_files{0};
thread_local std::string* open_package = nullptr;

// ---- Temporary files

/// Calls of a C library, which no exception may cross: failing is `failed` with errno.
template <class Result, class Work>
Result guarded(Result failed, Work work) noexcept {
    try {
        return work();
    } catch (std::exception const&) {
        ShortageWatch::report();
        errno = ENOMEM;
        return failed;
    }
}

ssize_t read_spool(void* spool, char* room, std::size_t size) {
    return guarded<ssize_t>(-1, [&] { return static_cast<ssize_t>(static_cast<Spool*>(spool)->read(room, size)); });
}

ssize_t write_spool(void* spool, char const* bytes, std::size_t size) {
    return guarded<ssize_t>(0, [&] {  // 0 is how a cookie's write says that it failed
        static_cast<Spool*>(spool)->write({bytes, size});
        return static_cast<ssize_t>(size);
    });
}

/// Such files are written, rewound and read: nothing else is offered.
int seek_spool(void* spool, off64_t* offset, int whence) {
    if (whence == SEEK_SET && *offset == 0 && !static_cast<Spool*>(spool)->is_begun()) return 0;
    errno = ESPIPE;
    return -1;
}

int close_spool(void* spool) {
    delete static_cast<Spool*>(spool);
    return 0;
}

std::FILE* open_spool() {
    auto spool = std::make_unique<Spool>();
    auto* const file = ::fopencookie(spool.get(), "w+", {read_spool, write_spool, seek_spool, close_spool});
    if (file != nullptr) (void)spool.release();
    return file;
}

// ---- The package

struct Package {
    std::string* bytes;
    std::size_t position = 0;
};

voidpf open_bytes(voidpf bytes, void const*, int) {
    return guarded<voidpf>(nullptr, [&] { return new Package{static_cast<std::string*>(bytes)}; });
}

uLong read_bytes(voidpf, voidpf stream, void* room, uLong size) {
    auto& package = *static_cast<Package*>(stream);
    auto const taken = std::min<std::size_t>(size, package.bytes->size() - package.position);
    std::memcpy(room, package.bytes->data() + package.position, taken);
    package.position += taken;
    return static_cast<uLong>(taken);
}

uLong write_bytes(voidpf, voidpf stream, void const* bytes, uLong size) {
    return guarded<uLong>(0, [&] {
        auto& package = *static_cast<Package*>(stream);
        auto const overwritten = std::min<std::size_t>(size, package.bytes->size() - package.position);
        package.bytes->replace(package.position, overwritten, static_cast<char const*>(bytes), size);
        package.position += size;
        return size;
    });
}

ZPOS64_T tell_bytes(voidpf, voidpf stream) {
    return static_cast<Package*>(stream)->position;
}

long seek_bytes(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    auto& package = *static_cast<Package*>(stream);
    auto const base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? package.position
                      : origin == ZLIB_FILEFUNC_SEEK_END ? package.bytes->size()
                                                         : 0;
    if (base + offset > package.bytes->size()) return -1;
    package.position = base + offset;
    return 0;
}

int close_bytes(voidpf, voidpf stream) {
    delete static_cast<Package*>(stream);
    return 0;
}

int no_error(voidpf, voidpf) {
    return 0;
}

}  // namespace

PackageInMemory::PackageInMemory(std::string& package) noexcept {
    open_package = &package;
}

PackageInMemory::~PackageInMemory() {
    open_package = nullptr;
}

std::size_t n_memory_files() noexcept {
    return n_files;
}

}  // namespace dossier::formats

extern "C" {

__attribute__((visibility("default"))) std::FILE* lxw_tmpfile(char*) {
    using namespace dossier::formats;
    ++n_files;
    return guarded<std::FILE*>(nullptr, [] { return open_spool(); });
}

__attribute__((visibility("default"))) zipFile ZEXPORT zipOpen(char const*, int append) {
    using namespace dossier::formats;
    if (open_package == nullptr) return nullptr;
    zlib_filefunc64_def functions{open_bytes, read_bytes,  write_bytes, tell_bytes,
                                  seek_bytes, close_bytes, no_error,    open_package};
    return ::zipOpen2_64("package", append, nullptr, &functions);
}
}
