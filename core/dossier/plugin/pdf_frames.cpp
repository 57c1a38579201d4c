#include "dossier/plugin/pdf_frames.hpp"

#include "dossier/model/bytes.hpp"
#include "dossier/plugin/utf8.hpp"

namespace dossier {

std::string encode_pdf_request(PdfRequest const& request) {
    std::string bytes;
    put(bytes, request.file_bytes), put(bytes, request.seconds), put(bytes, request.memory_bytes);
    put(bytes, request.max_pages), put(bytes, request.max_text_bytes);
    put(bytes, static_cast<std::uint8_t>(request.allow_unsandboxed));
    return bytes;
}

std::optional<PdfRequest> decode_pdf_request(std::string_view bytes) {
    ByteReader reader(bytes);
    PdfRequest request;
    request.file_bytes = reader.take<std::uint64_t>();
    request.seconds = reader.take<double>();
    request.memory_bytes = reader.take<std::uint64_t>();
    request.max_pages = reader.take<std::uint64_t>();
    request.max_text_bytes = reader.take<std::uint64_t>();
    request.allow_unsandboxed = reader.take<std::uint8_t>() != 0;
    if (!reader.complete()) return std::nullopt;
    return request;
}

std::string encode_pdf_information(PdfInformation const& information) {
    std::string bytes;
    put_text(bytes, information.title), put_text(bytes, information.author), put_text(bytes, information.created);
    return bytes;
}

std::optional<PdfInformation> decode_pdf_information(std::string_view bytes) {
    ByteReader reader(bytes);
    PdfInformation information;
    information.title = reader.take_text();
    information.author = reader.take_text();
    information.created = reader.take_text();
    if (!reader.complete() || !is_utf8(information.title) || !is_utf8(information.author) ||
        !is_utf8(information.created))
        return std::nullopt;
    return information;
}

}  // namespace dossier
