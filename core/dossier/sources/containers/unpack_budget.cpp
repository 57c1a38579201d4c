#include "dossier/sources/containers/unpack_budget.hpp"

namespace dossier::sources {
namespace {

constexpr std::uint64_t bytes_without_ratio = 16u << 20;  // short files may be very repetitive

}  // namespace

void UnpackBudget::add_bytes(std::size_t level, std::uint64_t bytes) {
    if (level >= unpacked_bytes_.size()) unpacked_bytes_.resize(level + 1);
    auto const unpacked = unpacked_bytes_[level] += bytes;
    if (!exceeded_.empty()) return;
    if (unpacked > options_.max_container_bytes)
        exceeded_ = "unpacks to more than " + std::to_string(options_.max_container_bytes >> 20) + " MiB";
    else if (unpacked > bytes_without_ratio &&
             static_cast<double>(unpacked) > options_.max_container_ratio * static_cast<double>(packed_bytes_))
        exceeded_ = "unpacks to more than " + std::to_string(static_cast<long>(options_.max_container_ratio)) +
                    " times its size";
}

void UnpackBudget::add_member() {
    if (++n_members_ > options_.max_container_files && exceeded_.empty())
        exceeded_ = "holds more than " + std::to_string(options_.max_container_files) + " files";
}

std::size_t CountedStream::read(char* to, std::size_t size) {
    if (!budget_.exceeded().empty()) return 0;
    auto const n = from_.read(to, size);
    budget_.add_bytes(level_, n);
    return budget_.exceeded().empty() ? n : 0;
}

std::string CountedStream::problem() const {
    return budget_.exceeded().empty() ? from_.problem() : budget_.exceeded();
}

}  // namespace dossier::sources
