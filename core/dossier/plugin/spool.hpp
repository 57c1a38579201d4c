// Spool: the checked blocks of one report, on disk under no name, from where any number of formats can be fed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "dossier/model/descriptor.hpp"

namespace dossier {

/// A file that nobody else can open and that is gone when it is closed.
class ScratchFile {
public:
    /// @param folder  empty: the system's folder for temporary files
    /// @throws Failure (io) if it cannot be made
    explicit ScratchFile(std::filesystem::path const& folder);

    /// Appends; buffered. @return whether all that was appended is in the file now @throws Failure (io): disk full
    bool append(std::string_view bytes);
    /// Hands all appended bytes to the system.
    void flush();
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Reads at most `size` bytes from `offset` on; fewer only at the end. Everything must have been flushed.
    /// Any number of threads may read at once.
    std::size_t read_at(std::uint64_t offset, char* bytes, std::size_t size) const;
    /// A new descriptor for reading the file from its start, close-on-exec; the caller closes it.
    [[nodiscard]] int open_for_reading() const;

private:
    Descriptor opened_;
    std::uint64_t size_ = 0;
    std::string buffer_;
};

class Spool {
public:
    explicit Spool(std::filesystem::path const& folder) : file_(folder) {}

    /// @param block  one encoded block (encode_block)
    void append(std::string_view block);
    /// To be called after the last block, before reading.
    void close(std::set<std::string> note_anchors);

    [[nodiscard]] std::uint64_t n_blocks() const noexcept { return n_blocks_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return file_.size(); }  ///< bytes
    [[nodiscard]] std::set<std::string> const& note_anchors() const noexcept { return note_anchors_; }

    /// Goes through the blocks once, in order. Holds one block in memory. Several readers may go at once.
    class Reader {
    public:
        explicit Reader(Spool const& spool) : spool_(&spool) {}
        /// The next encoded block, until the next call; empty at the end.
        [[nodiscard]] std::string_view next();

    private:
        void fill(std::size_t wanted);
        Spool const* spool_;
        std::uint64_t offset_ = 0;  ///< in the file, of the end of buffer_
        std::string buffer_;
        std::size_t used_ = 0;  ///< of buffer_
    };

private:
    ScratchFile file_;
    std::uint64_t n_blocks_ = 0;
    std::set<std::string> note_anchors_;
};

}  // namespace dossier
