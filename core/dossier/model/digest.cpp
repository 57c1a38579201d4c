#include "dossier/model/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>
#include <span>

namespace dossier {

namespace {

// Looked up once: to fetch it costs as much as to digest a short text.
EVP_MD const* algorithm() {
    struct Free {
        void operator()(EVP_MD* fetched) const noexcept { EVP_MD_free(fetched); }
    };
    static std::unique_ptr<EVP_MD, Free> const fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return fetched ? fetched.get() : throw std::bad_alloc();
}

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
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() { restart(); }
    ~State() { EVP_MD_CTX_free(context); }
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    void restart() {
        if (context == nullptr || EVP_DigestInit_ex(context, algorithm(), nullptr) != 1) throw std::bad_alloc();
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) throw std::bad_alloc();
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(state_->context, digest.data(), &size) != 1) throw std::bad_alloc();
    return hex_of(std::span(digest).first(size));
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm(), nullptr) != 1) throw std::bad_alloc();
    return hex_of(std::span(digest).first(size));
}

}  // namespace dossier
