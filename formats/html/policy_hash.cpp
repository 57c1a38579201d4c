#include "policy_hash.hpp"

// As in core/dossier/model/digest.cpp: the functions that fetch their algorithm take 2.5 ms to set up.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace dossier::html {

std::string policy_hash(std::string_view text) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, text.data(), text.size());
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256_Final(digest.data(), &context);
    std::array<unsigned char, 4 * (SHA256_DIGEST_LENGTH / 3 + 1) + 1> base64{};
    auto const length = EVP_EncodeBlock(base64.data(), digest.data(), SHA256_DIGEST_LENGTH);
    return "sha256-" + std::string(base64.begin(), base64.begin() + length);
}

}  // namespace dossier::html
