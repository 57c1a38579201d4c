// Blocks as bytes: how dossier_block travels between worker and host. Little endian, length first, no pointers. Cells, of which
// there are most, say first which of their members follow.
//
// The encoder reads structs that a plugin filled in, so it runs in the worker. The decoder takes any bytes at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/plugin.h"

namespace dossier {

/// A block may take this much encoded; whatever is larger is refused on both sides.
inline constexpr std::size_t max_block_bytes = std::size_t{16} << 20;

/// "heading", "row", …; "kind 99" for kinds this version does not know.
[[nodiscard]] std::string block_name(std::uint32_t kind);
[[nodiscard]] bool is_known_block(std::uint32_t kind) noexcept;

/// Appends the encoded block to `bytes`. A block of unknown kind is encoded as its kind alone.
/// Rows have at most 4,096 cells.
/// @return nullopt, or why the block cannot be read: "its struct is smaller than version 1.0 says"; `bytes` is then as
///         it was
[[nodiscard]] std::optional<std::string> encode_block(dossier_block const& block, std::string& bytes);

/// Turns encoded blocks back into structs, one at a time; keeps its buffers from block to block.
class BlockDecoder {
public:
    BlockDecoder();
    ~BlockDecoder();
    BlockDecoder(BlockDecoder const&) = delete;
    BlockDecoder& operator=(BlockDecoder const&) = delete;

    /// @param bytes  exactly one encoded block
    /// @return the block, or nullptr if the bytes are none. It borrows from `bytes` and from this decoder, until the
    ///         next call. Cells, columns and styles that this version does not know are made empty cells, text columns
    ///         and plain text.
    [[nodiscard]] dossier_block const* decode(std::string_view bytes);

private:
    struct Buffers;
    std::unique_ptr<Buffers> buffers_;
};

}  // namespace dossier
