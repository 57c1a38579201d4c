#include "records_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    records_fuzz::check(dossier::sources::Format::tsv, data, size);
    return records_fuzz::check(dossier::sources::Format::csv, data, size);
}
