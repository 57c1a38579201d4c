#include "dossier/model/digest.hpp"

// The functions below the EVP ones: those fetch their algorithm, which reads OpenSSL's configuration and sets up its
// providers, 2.5 ms of each worker's start.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <array>
#include <span>

namespace dossier {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string hex_of(std::span<unsigned char const> digest) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (auto const byte : digest) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

}  // namespace

struct Sha256::State {
    SHA256_CTX context{};
    State() { SHA256_Init(&context); }
    Digest end() {
        Digest digest{};
        SHA256_Final(digest.data(), &context);
        return digest;
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

std::string Sha256::hex() {
    return hex_of(state_->end());
}

std::string Sha256::bytes() {
    auto const digest = state_->end();
    return {digest.begin(), digest.end()};
}

std::string sha256_hex(std::string_view bytes) {
    Sha256 digest;
    digest.update(bytes);
    return digest.hex();
}

}  // namespace dossier
