// Archive reader: the members of a ZIP or tar file, and what a compressed file holds, one after the other (libarchive).
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "dossier/sources/byte_stream.hpp"
#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/containers/file_stream.hpp"

namespace dossier::sources {

/// libarchive's reader over a stream of ours.
class ArchiveHandle;

enum class MemberType { file, folder, link, device };

struct Member {
    std::string name;  ///< as it stands in the archive, UTF-8, '/' separated; hostile. Empty: there is none
    MemberType type = MemberType::file;
    bool encrypted = false;
};

/// Reads members in the order of the archive. As a stream it gives the bytes of the member that next() came to.
class ArchiveReader final : public ByteStream {
public:
    /// @param kind    an archive
    /// @param packed  must outlive this; where it is seekable, members that are passed over are not read
    ArchiveReader(ContainerKind kind, ByteStream& packed);
    ArchiveReader(ContainerKind kind, SeekableStream& packed);
    ~ArchiveReader() override;

    /// @return false at the end, or where broken() says why there is no more
    [[nodiscard]] bool next(Member& member);
    /// Why neither this member nor any after it can be read, one clause; empty: they can.
    [[nodiscard]] std::string const& broken() const noexcept { return broken_; }

    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
    /// Why this member cannot be read to its end.
    [[nodiscard]] std::string problem() const override { return broken_.empty() ? member_problem_ : broken_; }

private:
    ContainerKind kind_;
    std::unique_ptr<ArchiveHandle> handle_;
    std::string broken_, member_problem_;
};

/// What a compressed file holds.
class Unpacker final : public ByteStream {
public:
    /// @param kind    a compressed file
    /// @param packed  must outlive this
    Unpacker(ContainerKind kind, ByteStream& packed);
    ~Unpacker() override;
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
    [[nodiscard]] std::string problem() const override { return problem_; }

private:
    std::unique_ptr<ArchiveHandle> handle_;
    std::string problem_;
};

}  // namespace dossier::sources
