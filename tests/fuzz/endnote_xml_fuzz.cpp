#include "records_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return records_fuzz::check(dossier::sources::Format::endnote_xml, data, size);
}
