// Unpack budget: how much may come out of one file on disk, over all the containers within it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dossier/sources/byte_stream.hpp"
#include "dossier/sources/input.hpp"

namespace dossier::sources {

/// Counts what each level of packing gives. A container within a container is a level of its own: all containers of one
/// level share its count, so that many small bombs are one bomb.
class UnpackBudget {
public:
    UnpackBudget(InputOptions const& options, std::uint64_t packed_bytes) noexcept
        : options_(options), packed_bytes_(packed_bytes) {}

    void add_bytes(std::size_t level, std::uint64_t bytes);
    void add_member();
    /// Which bound was passed, as one clause ("unpacks to more than 4096 MiB"); empty: none.
    [[nodiscard]] std::string const& exceeded() const noexcept { return exceeded_; }

private:
    InputOptions const& options_;
    std::uint64_t packed_bytes_;
    std::vector<std::uint64_t> unpacked_bytes_;  // by level
    std::size_t n_members_ = 0;
    std::string exceeded_;
};

/// A stream whose bytes count; it ends where the budget does.
class CountedStream final : public ByteStream {
public:
    CountedStream(ByteStream& from, UnpackBudget& budget, std::size_t level) noexcept
        : from_(from), budget_(budget), level_(level) {}
    [[nodiscard]] std::size_t read(char* to, std::size_t size) override;
    [[nodiscard]] std::string problem() const override;

private:
    ByteStream& from_;
    UnpackBudget& budget_;
    std::size_t level_;
};

}  // namespace dossier::sources
