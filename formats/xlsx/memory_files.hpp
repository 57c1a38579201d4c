// Where libxlsxwriter writes: into memory, because a plugin has no files.
#pragma once

#include <cstddef>
#include <string>

namespace dossier::formats {

/// While it lives, the workbook that this thread closes is written into `package` instead of a file.
class PackageInMemory {
public:
    explicit PackageInMemory(std::string& package) noexcept;
    PackageInMemory(PackageInMemory const&) = delete;
    PackageInMemory& operator=(PackageInMemory const&) = delete;
    ~PackageInMemory();
};

/// How many temporary files libxlsxwriter was given in memory since the library was loaded.
[[nodiscard]] std::size_t n_memory_files() noexcept;

}  // namespace dossier::formats
