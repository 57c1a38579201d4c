// What the host does with the blocks of a worker that a plugin has taken over: the grammar, the spool, and the document for a format that
// carries everything and for one that carries nothing. What passed the grammar can be sent on, and passes it again.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config_checks.hpp"
#include "dossier/plugin/assemble.hpp"
#include "dossier/plugin/block_codec.hpp"
#include "dossier/plugin/block_grammar.hpp"
#include "dossier/plugin/frames.hpp"
#include "dossier/plugin/spool.hpp"

namespace {

using namespace dossier;

constexpr std::uint64_t carries_everything = ~std::uint64_t{0};

/// Takes the frames as the host does. @return nothing: the worker is stopped
std::optional<Spool> spooled(std::string_view bytes) {
    std::optional<Spool> spool(std::in_place, std::filesystem::path());
    BlockGrammar grammar;
    BlockDecoder decoder;
    FrameReader reader;
    reader.add(bytes);
    while (auto const frame = reader.next()) {
        auto const* const block = frame->kind == FrameKind::block ? decoder.decode(frame->payload) : nullptr;
        if (block == nullptr || grammar.check(*block)) return std::nullopt;
        if (is_known_block(block->kind)) spool->append(frame->payload);
    }
    if (reader.broken() || grammar.finish()) return std::nullopt;
    spool->close(grammar.note_anchors());
    return spool;
}

void check_document(Spool const& spool, std::uint64_t carries) {
    DocumentHead head;
    head.title = "A title", head.as_of = "2026-01-31", head.generator = "Dossier";
    std::vector<DocumentPart> const parts = {{"report", &spool, {}}, {"failed", nullptr, "report `failed` failed"}};
    std::string encoded;
    BlockDecoder decoder;
    assemble(head, parts, carries, [&](dossier_block const& block) {
        encoded.clear();
        fuzz::require_that(!encode_block(block, encoded), "every block of a document can be sent");
        fuzz::require_that(decoder.decode(encoded) != nullptr, "and is understood");
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const spool = spooled({reinterpret_cast<char const*>(bytes), size});
    if (!spool) return 0;
    check_document(*spool, carries_everything);
    check_document(*spool, 0);
    return 0;
}
