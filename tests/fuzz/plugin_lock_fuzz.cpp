// plugins.lock out of any bytes: every digest that it lists stands in it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/plugin/plugin_lock.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static fuzz::OwnFolder const folder;
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    auto const lock = dossier::read_plugin_lock(folder.file("plugins.lock", text));
    fuzz::require_that(lock.problem.empty() || lock.sha256.empty(), "a file that is wrong lists nothing");
    for (auto const& digest : lock.sha256)
        fuzz::require_that(digest.size() == 64 && text.find(digest) != std::string_view::npos, "no digest is made up");
    return 0;
}
