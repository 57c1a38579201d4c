// SHA-256, by which inputs, plugins and outputs are known.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace dossier {

/// SHA-256 of `bytes`, 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The same, over bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    void update(std::string_view bytes);
    /// Ends the digest; call one of them, once.
    [[nodiscard]] std::string hex();
    [[nodiscard]] std::string bytes();  ///< 32 of them

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dossier
