#include "dossier/model/digest.hpp"

#include <gtest/gtest.h>

namespace {

using dossier::Sha256;
using dossier::sha256_hex;

// FIPS 180-4, examples of SHA-256.
TEST(Sha256Digest, MatchesPublishedExamples) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256Digest, OfPiecesIsTheDigestOfTheWhole) {
    Sha256 digest;
    digest.update("a");
    digest.update("");
    digest.update("bc");
    EXPECT_EQ(digest.hex(), sha256_hex("abc"));
}

}  // namespace
