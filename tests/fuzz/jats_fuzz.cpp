// Journal XML out of any bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dossier/sources/journal/journal_xml.hpp"
#include "fuzz_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const file(reinterpret_cast<char const*>(bytes), size);
    fuzz::check_places(dossier::sources::read_jats(file), size);
    fuzz::check_article(dossier::sources::Format::jats, file);
    return 0;
}
