// sources.toml out of any bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/job/sources_manifest.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static fuzz::OwnFolder const folder;
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    auto const path = folder.file("sources.toml", text);
    auto const sources = fuzz::check_reading(
        [&](dossier::Diagnostics& found) { return dossier::load_sources_manifest(path, "sources.toml", found); },
        "sources.toml", text);
    if (!sources) return 0;
    for (auto const& source : *sources)
        fuzz::require_that(!source.path.empty(), "a source has a path");
    return 0;
}
