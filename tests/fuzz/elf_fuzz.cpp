// Plugin metadata out of any bytes, as an ELF file and as the text of the section.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dossier/plugin/elf_metadata.hpp"

namespace {

void check(dossier::MetadataReading const& reading) {
    if (reading.metadata.has_value() != reading.problem.empty()) std::abort();
    if (reading.metadata && (reading.metadata->name.empty() || reading.metadata->provides.empty())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const file(reinterpret_cast<char const*>(bytes), size);
    check(dossier::read_plugin_metadata(file));
    check(dossier::parse_plugin_metadata(file));
    return 0;
}
