// Objects in compressed streams, a few hundred together, and the table of all objects that ends the file (PDF 1.5). libharu
// knows neither: it would write each of a table's million cells as an object of its own, uncompressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dossier::pdf {

class ObjectStreams {
public:
    using Sink = std::function<void(std::string_view)>;
    /// @param header     what the file begins with
    /// @param n_objects  their numbers are less than this; those that are never added are free
    ObjectStreams(Sink sink, std::string_view header, std::size_t n_objects);

    /// @param text  the object without "obj" and "endobj", no stream
    void add(std::uint32_t number, std::string_view text);
    /// @param object  from its number to "endobj"
    void add_stream(std::uint32_t number, std::string_view object);
    /// @param trailer  entries of the trailer, as in "/Root 1 0 R"
    void finish(std::string_view trailer);

private:
    void write(std::string_view bytes);
    void write_stream(std::uint32_t number, std::string_view entries, std::string_view data);
    void flush();
    void set_row(std::size_t number, unsigned type, std::uint32_t second, unsigned third);

    Sink sink_;
    std::size_t n_written_ = 0;
    std::string rows_;  ///< the table of objects, row_size bytes each
    std::string numbers_, bodies_;
    std::size_t n_in_stream_ = 0;
};

}  // namespace dossier::pdf
