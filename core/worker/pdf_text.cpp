#include "pdf_text.hpp"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <string>

#include "dossier/plugin/frames.hpp"

namespace dossier::worker {
namespace {

constexpr std::size_t max_information_bytes = 4096;  // of one value
constexpr std::string_view white_space(" \t\r\n\f\0", 6);

/// Why a document is refused: one clause, as an article's status_reason.
struct Refusal {
    std::string reason;
};

std::string utf8(poppler::ustring const& text) {
    auto const bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

std::string information(poppler::document const& document, char const* key) {
    auto value = utf8(document.info_key(key));
    return value.size() <= max_information_bytes ? value : std::string();
}

/// Images are streams, and streams are never packed into others, so each shows its dictionary in the file.
bool shows_images(std::string_view bytes) {
    constexpr std::string_view key = "/Subtype", image = "/Image";
    for (auto at = bytes.find(key); at != std::string_view::npos; at = bytes.find(key, at)) {
        at = bytes.find_first_not_of(white_space, at + key.size());
        if (at != std::string_view::npos && bytes.substr(at).starts_with(image)) return true;
    }
    return false;
}

std::unique_ptr<poppler::document> opened(std::string_view bytes) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw Refusal{"is larger than the PDF reader can open (2 GiB)"};
    std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) throw Refusal{"is damaged: it cannot be read as a PDF"};
    if (document->is_locked()) throw Refusal{"is encrypted and opens with a password only"};
    return document;
}

void send_pages(poppler::document const& document, std::string_view bytes, PdfRequest const& request,
                FrameWriter& output) {
    int const n_pages = document.pages();
    if (n_pages <= 0) throw Refusal{"is damaged: it holds no pages"};
    if (static_cast<std::uint64_t>(n_pages) > request.max_pages)
        throw Refusal{"has more pages than the limit (" + std::to_string(n_pages) + ", limit " +
                      std::to_string(request.max_pages) + ")"};
    std::uint64_t text_bytes = 0;
    int n_readable = 0;
    bool has_text = false;
    for (int i = 0; i < n_pages; ++i) {
        std::unique_ptr<poppler::page> const page(document.create_page(i));
        std::string text;
        if (page) text = utf8(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
        text_bytes += text.size();
        if (text_bytes > request.max_text_bytes)
            throw Refusal{"has more text than the limit (" + std::to_string(request.max_text_bytes) + " bytes)"};
        if (page) ++n_readable;
        has_text = has_text || text.find_first_not_of(white_space) != std::string::npos;
        if (!output.send(FrameKind::pdf_page, text)) throw Refusal{"was not read to its end"};
    }
    if (n_readable == 0) throw Refusal{"is damaged: none of its pages can be read"};
    if (!has_text)
        throw Refusal{shows_images(bytes) ? "holds images only, no text (a scan without text recognition)"
                                          : "holds no text"};
}

void refuse(FrameWriter& output, WorkerError error, std::string reason) {
    output.send(FrameKind::error, encode_error({error, std::move(reason), {}}));
    output.flush();
}

}  // namespace

bool send_pdf_text(std::string_view bytes, PdfRequest const& request, FrameWriter& output) {
    // Its messages would fill standard error, and they say nothing to who only has the file.
    poppler::set_debug_error_function([](std::string const&, void*) {}, nullptr);
    try {
        auto const document = opened(bytes);
        PdfInformation const stated{information(*document, "Title"), information(*document, "Author"),
                                    information(*document, "CreationDate")};
        output.send(FrameKind::pdf_information, encode_pdf_information(stated));
        send_pages(*document, bytes, request, output);
        return output.end();
    } catch (Refusal const& refusal) {
        refuse(output, WorkerError::refused, refusal.reason);
    } catch (std::bad_alloc const&) {
        refuse(output, WorkerError::out_of_memory, {});
    } catch (std::exception const&) {
        refuse(output, WorkerError::refused, "is damaged: it cannot be read as a PDF");
    }
    return false;
}

}  // namespace dossier::worker
