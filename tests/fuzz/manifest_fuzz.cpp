// manifest.json of a published set out of any bytes: what a later run takes from it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/job/manifest.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const read = [&] { return dossier::read_manifest({reinterpret_cast<char const*>(bytes), size}); };
    auto const summary = read(), again = read();
    fuzz::require_that(summary.has_value() == again.has_value(), "the same file reads the same");
    if (!summary) return 0;
    fuzz::require_that(summary->key == again->key && summary->outputs.size() == again->outputs.size(),
                       "the same file reads the same");
    for (auto const& output : summary->outputs)
        fuzz::require_that(dossier::is_utf8(output.file), "names are UTF-8");
    return 0;
}
