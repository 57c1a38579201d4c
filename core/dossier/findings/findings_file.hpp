// Findings file: where findings put what they ask for again later, so that memory does not grow with the articles.
#pragma once

#include <cstddef>
#include <filesystem>

#include "dossier/model/descriptor.hpp"

namespace dossier {

/// A file that nobody else can open and that is gone when it is closed.
class FindingsFile {
public:
    /// @param folder  empty: the system's folder for temporary files
    /// @throws Failure (io) if it cannot be made
    explicit FindingsFile(std::filesystem::path folder);

    /// @throws Failure (io): disk full
    void append(void const* data, std::size_t size) const;
    /// @param offset  in bytes; so many bytes stand there
    /// @throws Failure (io): they cannot be read
    void read(std::size_t offset, void* data, std::size_t size) const;

private:
    std::filesystem::path folder_;
    Descriptor opened_;
};

}  // namespace dossier
