// What dossier and dossier-pdf-reader say to each other, in the frames of frames.hpp.
//
// The host sends a request and the file in frames of bytes. The reader answers with the sandbox it is in, the document
// information, a frame per page, and END; or with an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

struct PdfRequest {
    std::uint64_t file_bytes = 0;      ///< how many follow
    double seconds = 0.0;              ///< of processor time
    std::uint64_t memory_bytes = 0;    ///< of address space
    std::uint64_t max_pages = 0;       ///< a document with more is refused
    std::uint64_t max_text_bytes = 0;  ///< of all pages together, as UTF-8
    bool allow_unsandboxed = false;
};

[[nodiscard]] std::string encode_pdf_request(PdfRequest const& request);
[[nodiscard]] std::optional<PdfRequest> decode_pdf_request(std::string_view bytes);

/// Of the document information dictionary, as stated. Empty: not stated.
struct PdfInformation {
    std::string title, author;
    std::string created;  ///< "D:20220403180542+02'00'"
};

[[nodiscard]] std::string encode_pdf_information(PdfInformation const& information);
/// nullopt unless all of it is there and UTF-8.
[[nodiscard]] std::optional<PdfInformation> decode_pdf_information(std::string_view bytes);

}  // namespace dossier
