// Checked quotes: quotes that were compared with the bytes of their file while these were at hand, so that the file need not be
// read again for them (docs/incremental.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dossier/model/evidence.hpp"
#include "dossier/sources/input.hpp"

namespace dossier {

/// Whether the bytes of a plain text, white space folded, are the quote as they stand. No: it has to be looked at closely.
[[nodiscard]] bool stands_plainly(ArticleInput const& input, ByteRange range, std::string_view quote);

/// Whether that is so of every quote of an article.
[[nodiscard]] bool stand_plainly(ArticleInput const& input, ArticleEvidence const& evidence);

/// A number for a file as it is now, by what its folder says of it: its inode, its size, when it was changed. Another number
/// means that it may have changed. 0: that cannot be told, since it is not there, or was changed so lately that it might be
/// changed once more within one tick of the file system's clock.
[[nodiscard]] std::uint64_t state_of_file(std::string const& folder, std::string const& file);

}  // namespace dossier
