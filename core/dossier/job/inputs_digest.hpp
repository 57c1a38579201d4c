// Inputs digest: what a job reads, as one number.
#pragma once

#include <string>
#include <string_view>

#include "dossier/model/article.hpp"
#include "dossier/model/digest.hpp"
#include "dossier/model/job.hpp"

namespace dossier {

/// SHA-256 over every article in the order of reading, where it stands, its bytes and what it shares with the others of its
/// file, and over what is declared of them.
class InputsDigest {
public:
    /// @param sha256   Article::sha256; empty: it could not be read
    /// @param context  ArticleKeys::digest_of its context
    void add(std::string_view path, ByteRange bytes, std::string_view sha256, std::string_view context);
    /// Call it once.
    [[nodiscard]] std::string finish(Job const& job);

private:
    void add(std::string_view text);
    Sha256 digest_;
};

}  // namespace dossier
