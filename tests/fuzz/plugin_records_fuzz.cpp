// plugins.json out of any bytes. What is read survives being written again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config_checks.hpp"
#include "dossier/plugin/plugin_records.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static fuzz::OwnFolder const folder;
    auto const path = folder.file("plugins.json", {reinterpret_cast<char const*>(bytes), size});
    dossier::PluginRecords records(path);
    fuzz::require_that(records.problem().empty() || records.all().empty(), "a file that is wrong has no records");
    if (!records.problem().empty()) return 0;
    auto const before = records.all();
    (void)records.lift("/no/such/plugin.so");
    dossier::PluginRecords const again(path);
    fuzz::require_that(again.problem().empty() && again.all() == records.all(), "what is written reads the same");
    for (auto const& record : again.all())
        fuzz::require_that(std::find(before.begin(), before.end(), record) != before.end(), "no record is made up");
    return 0;
}
