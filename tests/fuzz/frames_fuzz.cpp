// What the host reads from a worker, which a plugin may have taken over: frames, and the payload of each kind. The first
// byte says in how large pieces the rest arrives. What is decoded must survive being sent again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/engine_frames.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/pdf_frames.hpp"

namespace {

using namespace dossier;

void check_block(std::string_view payload) {
    BlockDecoder decoder, again;
    auto const* const block = decoder.decode(payload);
    if (block == nullptr) return;
    std::string first, second;
    if (encode_block(*block, first)) std::abort();
    auto const* const same = again.decode(first);
    if (same == nullptr || encode_block(*same, second) || first != second) std::abort();
}

void check_description(std::string_view payload) {
    auto const components = decode_description(payload);
    if (!components) return;
    auto const encoded = encode_description(*components);
    auto const again = decode_description(encoded);
    if (!again || encode_description(*again) != encoded) std::abort();
}

void check_error(std::string_view payload) {
    auto const error = decode_error(payload);
    if (!error) return;
    auto const again = decode_error(encode_error(*error));
    if (!again || again->message != error->message || again->option != error->option) std::abort();
}

/// What was decoded, sent and decoded once more, is sent as the same bytes.
template <class Decode, class Encode>
void check_sending(std::string_view payload, Decode const& decode, Encode const& encode) {
    auto const decoded = decode(payload);
    if (!decoded) return;
    auto const encoded = encode(*decoded);
    auto const again = decode(encoded);
    if (!again || encode(*again) != encoded) std::abort();
}

void check_article(std::string_view payload) {
    check_sending(payload, decode_article, encode_article);
    auto const article = decode_article(payload);
    if (article && encoded_size(*article) != encode_article(*article).size()) std::abort();
}

// The other way round: what the worker reads. It must hold as well, though only the host writes it.
void check_request(std::string_view payload) {
    auto const request = decode_request(payload);
    if (!request) return;
    auto const encoded = encode_request(*request);
    auto const again = decode_request(encoded);
    if (!again || encode_request(*again) != encoded) std::abort();
}

void check_payload(Frame const& frame) {
    switch (frame.kind) {
        case FrameKind::block: return check_block(frame.payload);
        case FrameKind::description: return check_description(frame.payload);
        case FrameKind::error: return check_error(frame.payload);
        case FrameKind::request:
            check_request(frame.payload);
            return check_sending(frame.payload, decode_pdf_request, encode_pdf_request);
        case FrameKind::judgement: return check_sending(frame.payload, decode_judgement, encode_judgement);
        case FrameKind::pdf_information:
            return check_sending(frame.payload, decode_pdf_information, encode_pdf_information);
        case FrameKind::claim: return check_sending(frame.payload, decode_claim, encode_claim);
        case FrameKind::article: return check_article(frame.payload);
        default: return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    if (size == 0) return 0;
    std::string_view rest(reinterpret_cast<char const*>(bytes) + 1, size - 1);
    std::size_t const piece = std::size_t{bytes[0]} + 1;
    FrameReader reader;
    while (!rest.empty() && !reader.broken()) {
        auto const n = std::min(piece, rest.size());
        reader.add(rest.substr(0, n));
        rest.remove_prefix(n);
        while (auto const frame = reader.next())
            check_payload(*frame);
    }
    return 0;
}
