// Bytes that come piece by piece: a file, a member of a container, what a compressed file unpacks to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::sources {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Fills `to` with up to `size` bytes. @return how many; 0: the end, or problem() says why there is no more
    [[nodiscard]] virtual std::size_t read(char* to, std::size_t size) = 0;
    /// Why reading stopped before the end, one clause; empty: it did not.
    [[nodiscard]] virtual std::string problem() const { return {}; }
};

/// Bytes that are in memory already and outlive this.
class MemoryStream final : public ByteStream {
public:
    explicit MemoryStream(std::string_view bytes) noexcept : rest_(bytes) {}
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override {
        auto const n = rest_.copy(to, size);
        rest_.remove_prefix(n);
        return n;
    }

private:
    std::string_view rest_;
};

}  // namespace dossier::sources
