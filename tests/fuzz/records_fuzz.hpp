// Exports of records as a fuzz target: whatever the bytes are, the records are slices of them, in order, the same however the
// bytes arrive, and what is read of a record points into it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/sources/records/record_splitter.hpp"

namespace records_fuzz {

using namespace dossier::sources;

/// Hands out at most `piece` bytes at a time.
class PieceStream final : public ByteStream {
public:
    PieceStream(std::string_view bytes, std::size_t piece) noexcept : rest_(bytes), piece_(piece) {}
    std::size_t read(char* to, std::size_t size) override {
        auto const n = rest_.copy(to, std::min(size, piece_));
        rest_.remove_prefix(n);
        return n;
    }

private:
    std::string_view rest_;
    std::size_t piece_;
};

inline void require(bool holds) {
    if (!holds) std::abort();
}

inline void read(Format format, RecordSlice const& slice, RecordContext const& context) {
    auto const document = read_record(format, slice.bytes, context);
    for (auto const& block : document.blocks) {
        auto const& text = block.text;
        require(!text.empty());
        for (std::size_t i = 0; i < text.text().size(); i += 1 + i / 8) {
            require(text.origin_begin(i) < slice.bytes.size());
            require(text.origin_end(i + 1) <= slice.bytes.size());
        }
        require(text.origin_end(text.text().size()) <= slice.bytes.size());
    }
}

struct Place {
    std::size_t begin, size, line;
    std::string broken;
    bool operator==(Place const&) const = default;
};

/// @param read_too  reads each record as well
inline std::vector<Place> split(Format format, std::string_view bytes, std::size_t piece, std::size_t max_record_bytes,
                                bool read_too) {
    PieceStream stream(bytes, piece);
    auto const splitter = make_record_splitter(format, stream, {}, max_record_bytes);
    std::vector<Place> places;
    std::size_t end = 0;
    for (RecordSlice slice; splitter->next(slice);) {
        require(slice.byte_begin >= end && slice.byte_begin + slice.bytes.size() <= bytes.size());
        require(bytes.substr(slice.byte_begin, slice.bytes.size()) == slice.bytes);
        require(!slice.bytes.empty() || !slice.broken.empty());
        require(slice.line >= 1 && (places.empty() || slice.line >= places.back().line));
        end = slice.byte_begin + slice.bytes.size();
        places.push_back({slice.byte_begin, slice.bytes.size(), slice.line, slice.broken});
        if (read_too && slice.broken.empty()) read(format, slice, *splitter->context());
    }
    return places;
}

inline int check(Format format, std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    auto const whole = split(format, bytes, size + 1, std::size_t{1} << 20, true);
    require(split(format, bytes, 1, std::size_t{1} << 20, false) == whole);
    require(split(format, bytes, 7, std::size_t{1} << 20, false) == whole);
    split(format, bytes, 5, 64, true);  // most records are too large
    // As one record, whatever it is.
    if (!bytes.empty()) read(format, {std::string(bytes), 0, 1, {}}, {});
    return 0;
}

}  // namespace records_fuzz
