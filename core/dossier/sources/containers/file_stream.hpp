// File stream: a file's bytes piece by piece, and from any place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "dossier/model/file_bytes.hpp"
#include "dossier/sources/byte_stream.hpp"

namespace dossier::sources {

/// Bytes of known number that can be read from any place.
class SeekableStream : public ByteStream {
public:
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    /// The next read() begins there. @return false beyond the end: the place stays
    [[nodiscard]] virtual bool seek(std::uint64_t offset) noexcept = 0;
};

/// A regular file. Never blocks on a pipe or device: those are not_a_file.
class FileStream final : public SeekableStream {
public:
    explicit FileStream(std::filesystem::path const& path);
    ~FileStream() override;
    FileStream(FileStream const&) = delete;
    FileStream& operator=(FileStream const&) = delete;

    /// Why the file could not be opened. Reading gives nothing then.
    [[nodiscard]] ReadProblem open_problem() const noexcept { return open_problem_; }
    /// Whether the file that was opened is in `folder` (canonical) or below, whatever links the path went through, and whatever they
    /// were when somebody looked before. False where the system cannot tell.
    [[nodiscard]] bool lies_below(std::string const& folder) const;
    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
    [[nodiscard]] bool seek(std::uint64_t offset) noexcept override;
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
    [[nodiscard]] std::string problem() const override;

private:
    int descriptor_ = -1;
    std::uint64_t size_ = 0, at_ = 0;
    ReadProblem open_problem_ = ReadProblem::none;
    std::string path_without_links_;  ///< that led to the file; empty: it may have led through links
    bool failed_ = false;
};

/// Bytes that are in memory already and outlive this.
class SeekableMemory final : public SeekableStream {
public:
    explicit SeekableMemory(std::string_view bytes) noexcept : bytes_(bytes) {}
    [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }
    [[nodiscard]] bool seek(std::uint64_t offset) noexcept override;
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace dossier::sources
