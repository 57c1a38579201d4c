#include "object_streams.hpp"

#include "deflate.hpp"

namespace dossier::pdf {

namespace {

constexpr std::size_t row_size = 7;  // type, four bytes of offset or stream, two of place in the stream
constexpr std::size_t most_in_stream = 400, most_bytes_in_stream = 1u << 16;
enum RowType : unsigned { free_row = 0, offset_row = 1, in_stream_row = 2 };

}  // namespace

ObjectStreams::ObjectStreams(Sink sink, std::string_view header, std::size_t n_objects) : sink_(std::move(sink)) {
    rows_.resize(n_objects * row_size, '\0');
    for (std::size_t i = 0; i < n_objects; ++i)
        set_row(i, free_row, 0, 0xffffu);
    write(header);
}

void ObjectStreams::set_row(std::size_t number, unsigned type, std::uint32_t second, unsigned third) {
    auto* const row = rows_.data() + number * row_size;
    row[0] = static_cast<char>(type);
    for (int i = 0; i < 4; ++i)
        row[1 + i] = static_cast<char>(second >> (24 - 8 * i));
    row[5] = static_cast<char>(third >> 8), row[6] = static_cast<char>(third);
}

void ObjectStreams::write(std::string_view bytes) {
    sink_(bytes);
    n_written_ += bytes.size();
}

void ObjectStreams::write_stream(std::uint32_t number, std::string_view entries, std::string_view data) {
    auto const packed = deflated(data);
    write(std::to_string(number) + " 0 obj\n<<" + std::string(entries) + "/Filter/FlateDecode/Length " +
          std::to_string(packed.size()) + ">>\nstream\n");
    write(packed);
    write("\nendstream\nendobj\n");
}

void ObjectStreams::add(std::uint32_t number, std::string_view text) {
    auto const stream = static_cast<std::uint32_t>(rows_.size() / row_size);  // the next number that is free
    set_row(number, in_stream_row, stream, static_cast<unsigned>(n_in_stream_));
    numbers_ += std::to_string(number) + ' ' + std::to_string(bodies_.size()) + ' ';
    bodies_ += text;
    bodies_ += '\n';
    if (++n_in_stream_ == most_in_stream || bodies_.size() >= most_bytes_in_stream) flush();
}

void ObjectStreams::add_stream(std::uint32_t number, std::string_view object) {
    set_row(number, offset_row, static_cast<std::uint32_t>(n_written_), 0);
    write(object);
}

void ObjectStreams::flush() {
    if (n_in_stream_ == 0) return;
    auto const number = rows_.size() / row_size;
    rows_.resize(rows_.size() + row_size);
    set_row(number, offset_row, static_cast<std::uint32_t>(n_written_), 0);
    write_stream(static_cast<std::uint32_t>(number),
                 "/Type/ObjStm/N " + std::to_string(n_in_stream_) + "/First " + std::to_string(numbers_.size()),
                 numbers_ + bodies_);
    numbers_.clear(), bodies_.clear();
    n_in_stream_ = 0;
}

void ObjectStreams::finish(std::string_view trailer) {
    flush();
    auto const number = rows_.size() / row_size, begin = n_written_;
    rows_.resize(rows_.size() + row_size);
    set_row(number, offset_row, static_cast<std::uint32_t>(begin), 0);
    // Rows differ little from the ones before: as differences (PNG predictor "up") they nearly vanish.
    std::string differences;
    differences.reserve((number + 1) * (row_size + 1));
    for (std::size_t i = 0; i <= number; ++i) {
        differences += '\2';
        for (std::size_t k = 0; k < row_size; ++k) {
            auto const above = i == 0 ? '\0' : rows_[(i - 1) * row_size + k];
            differences += static_cast<char>(static_cast<unsigned char>(rows_[i * row_size + k]) -
                                             static_cast<unsigned char>(above));
        }
    }
    write_stream(static_cast<std::uint32_t>(number),
                 "/Type/XRef/Size " + std::to_string(number + 1) + std::string(trailer) +
                     "/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>",
                 differences);
    write("startxref\n" + std::to_string(begin) + "\n%%EOF\n");
}

}  // namespace dossier::pdf
