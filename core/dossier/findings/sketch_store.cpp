#include "dossier/findings/sketch_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dossier/diagnostics/failure.hpp"

namespace dossier {

namespace {

constexpr std::size_t chunk_sketches = 2048;
constexpr std::size_t chunk_key_bytes = chunk_sketches * sketch_bands * sizeof(std::uint64_t);

[[noreturn]] void fail(std::string const& what, std::filesystem::path const& folder, int error) {
    throw Failure(FailureKind::io, what + " in " + folder.string() + ": " + std::strerror(error), folder.string(),
                  error);
}

constexpr std::uint32_t scrambled(std::uint32_t value) noexcept {
    value = (value ^ (value >> 16)) * 0x7FEB352Du;
    value = (value ^ (value >> 15)) * 0x846CA68Bu;
    return value ^ (value >> 16);
}

/// A sketch whose empty bins borrow from others, in an order that depends on the bin only (A. Shrivastava, "Optimal
/// densification", ICML 2017).
SketchMinima densified(SketchMinima const& sketch) {
    auto minima = sketch;
    for (std::uint32_t bin = 0; bin < sketch_bins; ++bin) {
        auto from = bin;
        for (std::uint32_t attempt = 0; sketch[from] == empty_bin && attempt < 4096; ++attempt)
            from = scrambled(bin * 4096 + attempt) % sketch_bins;
        minima[bin] = sketch[from];
    }
    return minima;
}

std::uint64_t key_of(SketchMinima const& minima, std::size_t band) noexcept {
    return std::uint64_t{minima[2 * band]} << 32 | minima[2 * band + 1];
}

}  // namespace

/// A file that nobody else can open and that is gone when it is closed.
class SketchStore::File {
public:
    explicit File(std::filesystem::path const& folder) : folder_(folder) {
        descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (descriptor_ < 0) open_by_name();
    }
    File(File&& other) noexcept
        : folder_(std::move(other.folder_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept {
        std::swap(folder_, other.folder_);
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    void append(void const* data, std::size_t size) const {
        auto const* next = static_cast<char const*>(data);
        while (size > 0) {
            auto const n = ::write(descriptor_, next, size);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail("cannot write a temporary file", folder_, errno);
            next += n, size -= static_cast<std::size_t>(n);
        }
    }
    void read(std::size_t offset, void* data, std::size_t size) const {
        auto* next = static_cast<char*>(data);
        while (size > 0) {
            auto const n = ::pread(descriptor_, next, size, static_cast<off_t>(offset));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) fail("cannot read a temporary file", folder_, n == 0 ? EIO : errno);
            next += n, offset += static_cast<std::size_t>(n), size -= static_cast<std::size_t>(n);
        }
    }

private:
    void open_by_name() {  // file systems without O_TMPFILE
        auto name = (folder_ / ".dossier-sketches-XXXXXX").string();
        descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor_ < 0) fail("cannot make a temporary file", folder_, errno);
        ::unlink(name.c_str());
    }
    std::filesystem::path folder_;
    int descriptor_ = -1;
};

SketchStore::SketchStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
SketchStore::~SketchStore() = default;
SketchStore::SketchStore(SketchStore&&) noexcept = default;
SketchStore& SketchStore::operator=(SketchStore&&) noexcept = default;

void SketchStore::add(TextSketch const& sketch) {
    chunk_.emplace_back();
    std::copy_n(sketch.minima.begin(), sketch_bins, chunk_.back().begin());
    auto const minima = densified(chunk_.back());
    for (std::size_t band = 0; band < sketch_bands; ++band) {
        keys_[band].push_back(key_of(minima, band));
    }
    ++n_;
    if (chunk_.size() == chunk_sketches) end_chunk();
}

void SketchStore::end_chunk() {
    if (files_.empty()) {
        if (folder_.empty()) folder_ = std::filesystem::temp_directory_path();
        files_.emplace_back(folder_);
        files_.emplace_back(folder_);
    }
    files_[0].append(chunk_.data(), chunk_.size() * sizeof(SketchMinima));
    for (auto& keys : keys_) {
        files_[1].append(keys.data(), keys.size() * sizeof(std::uint64_t));
        keys.clear();
    }
    chunk_.clear();
}

SketchMinima SketchStore::minima(std::size_t number) const {
    auto const n_filed = n_ - chunk_.size();
    if (number >= n_filed) return chunk_[number - n_filed];
    SketchMinima result;
    files_[0].read(number * sizeof result, result.data(), sizeof result);
    return result;
}

void SketchStore::band_keys(std::size_t band, std::size_t first, std::span<std::uint64_t> keys) const {
    auto const n_filed = n_ - chunk_.size();
    while (!keys.empty() && first < n_filed) {
        auto const chunk = first / chunk_sketches, within = first % chunk_sketches;
        auto const n = std::min(keys.size(), chunk_sketches - within);
        files_[1].read(chunk * chunk_key_bytes + (band * chunk_sketches + within) * sizeof(std::uint64_t), keys.data(),
                       n * sizeof(std::uint64_t));
        keys = keys.subspan(n);
        first += n;
    }
    if (!keys.empty())
        std::copy_n(keys_[band].begin() + static_cast<std::ptrdiff_t>(first - n_filed), keys.size(), keys.begin());
}

}  // namespace dossier
