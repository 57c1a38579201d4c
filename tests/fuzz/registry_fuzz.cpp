// claims.toml out of any bytes, beside a registry that it may extend.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/claims/registry_file.hpp"

namespace {

void check_registry(dossier::ClaimRegistry const& registry) {
    fuzz::require_that(!registry.claims.empty(), "a registry has a claim");
    for (auto const& claim : registry.claims)
        fuzz::require_that(!claim.id.empty() && !claim.statement.empty(), "a claim has an id and a statement");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static fuzz::OwnFolder const folder;
    static auto const base = folder.file("base.toml", "[[claim]]\nid = \"base\"\nstatement = \"Tea is healthy\"\n");
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    auto const path = folder.file("claims.toml", text);
    auto const registry = fuzz::check_reading(
        [&](dossier::Diagnostics& found) { return dossier::load_registry(path, "claims.toml", found); }, "claims.toml",
        text);
    if (registry) check_registry(*registry);
    return 0;
}
